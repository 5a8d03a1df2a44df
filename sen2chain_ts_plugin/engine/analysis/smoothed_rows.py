"""The curve that Smooth wrote, as rows for another analysis: the dates of the grid that have a value."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import gcd
from pathlib import Path
from typing import TypeVar

import numpy as np

from ..errors import NotSmoothed, Phrase, SmoothedFileDamaged
from ..feedback import Feedback
from ..files import is_file, system_path
from ..tree.layout import Tree
from ..workers.executor import Executor
from .batches import in_order
from .kinds import Acquisitions
from .owned_files import recorded
from .periods import day_number
from .rows import Rows
from .smooth import CURVE_COLUMNS, Smooth

Result = TypeVar("Result")
_ZONES_AT_ONCE = 256
_COLUMNS = len(CURVE_COLUMNS)
_DATE, _FID, _VALUE, _OBSERVED, _FILLED = (
    CURVE_COLUMNS.index(name) for name in ("date", "fid", "value", "observed", "filled")
)


@dataclass(frozen=True)
class SmoothedRows:
    """The smoothed curves of an index and a cloud mask.

    Attributes
    ----------
    attributes
        the names of the attributes of the zones.
    acquisitions
        what there is of the index and the mask.
    damaged
        raw files that were left out: none, as none is read.
    path
        the file.
    step
        days between the dates of the grid.
    """

    attributes: tuple[str, ...]
    acquisitions: Acquisitions
    damaged: tuple[Path, ...]
    path: Path
    step: int
    index: str

    def each(
        self, function: Callable[[Rows], Result], feedback: Feedback, executor: Executor
    ) -> Generator[Result, None, None]:
        """Yield what a function makes of the rows of some zones, in the order of the zones.

        Raises
        ------
        Cancelled
            the user asked to stop.
        SmoothedFileDamaged
            the file is no longer as Smooth writes it.
        """
        yield from in_order(function, self._batches(), feedback, executor)

    def _batches(self) -> Iterator[Rows]:
        lines: list[list[str]] = []
        zones: set[str] = set()
        for cells in _lines(self.path):
            if cells[_FID] not in zones and len(zones) == _ZONES_AT_ONCE:
                yield self._rows(lines)
                lines, zones = [], set()
            zones.add(cells[_FID])
            lines.append(cells)
        if lines:
            yield self._rows(lines)

    def _rows(self, lines: list[list[str]]) -> Rows:
        try:
            day = np.array([_day(cells) for cells in lines], np.int64)
            zone = np.array([int(cells[_FID]) for cells in lines], np.int64)
            value = np.array([float(cells[_VALUE] or "nan") for cells in lines])
            filled = np.array([float(cells[_FILLED]) for cells in lines])
        except ValueError as error:
            raise SmoothedFileDamaged(path=self.path, reason=error) from error
        tails = {int(cells[_FID]): "," + cells[_COLUMNS] if len(cells) > _COLUMNS else "" for cells in lines}
        none = np.full(day.size, np.nan)
        cloudy = np.zeros(day.size, bool)
        span = self.acquisitions.span
        rows = Rows(zone, day, value, none, none, none, cloudy, filled, self.index, span, tails)
        return rows.some((day % self.step == 0) & ~np.isnan(value))


def open_smoothed(tree: Tree, index: str, folder: Path, acquisitions: Acquisitions, feedback: Feedback) -> SmoothedRows:
    """Open the smoothed file of an index and a cloud mask.

    Parameters
    ----------
    tree, index
        whose.
    folder
        where it is.
    acquisitions
        what there is of the index and the mask.
    feedback
        told when the record of the files cannot be read.

    Raises
    ------
    NotSmoothed
        there is none.
    SmoothedFileDamaged
        it is not as Smooth writes it.
    """
    path = folder / f"{tree.name}_{index}_{Smooth.FILES[0]}.csv"
    if not is_file(path):
        raise NotSmoothed(path=path)
    step = recorded(tree, path, feedback).get("parameters", {}).get("step")
    if not isinstance(step, int) or step < 1:
        step = _step_of(path)
    return SmoothedRows(_attributes(path), acquisitions, (), path, step, index)


def _attributes(path: Path) -> tuple[str, ...]:
    with open(system_path(path), encoding="utf-8", newline="") as stream:
        names = tuple(next(csv.reader(stream), ()))
    if names[:_COLUMNS] != CURVE_COLUMNS:
        raise SmoothedFileDamaged(path=path, reason=Phrase("its first line is not the header of a smoothed file"))
    return names[_COLUMNS:]


def _lines(path: Path) -> Iterator[list[str]]:
    """Yield the cells of the lines, the attributes of each as one text."""
    with open(system_path(path), encoding="utf-8", newline="") as stream:
        next(stream, "")
        for line in stream:
            cells = line.removesuffix("\n").split(",", _COLUMNS)
            if not line.endswith("\n") or len(cells) < _COLUMNS:
                raise SmoothedFileDamaged(path=path, reason=Phrase("its last line is cut"))
            yield cells


def _step_of(path: Path) -> int:
    """Return the step of the grid, from the dates without observation: these are on the grid."""
    days = {_day(cells) for cells in _lines(path) if not cells[_OBSERVED]}
    return reduce(gcd, days, 0) or 1


def _day(cells: list[str]) -> int:
    return day_number(date.fromisoformat(cells[_DATE]))
