"""What the analyses have in common: they take the rows of some zones, and give the rows of their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar

import numpy as np

from ..errors import Phrase
from .columns import ZONE, Columns, joined, length
from .rows import Rows, Span

OBSERVATIONS, SMOOTHED = SOURCES = ("observations", "smooth")


@dataclass(frozen=True)
class Part:
    """What an analysis makes of some zones.

    Attributes
    ----------
    tables
        the rows of each of its files, by zone.
    notes
        zones to be named at the end, by what there is to say of them; see `run`.
    """

    tables: tuple[Columns, ...]
    notes: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Acquisitions:
    """What an analysis may want to know of the products of an index and a mask before it sees their rows.

    Attributes
    ----------
    span
        the first and the last acquisition of the extraction.
    day
        int64, of each product of the index and the mask that has rows.
    baseline
        the processing baseline of each of them, like ``N0301``; empty where it is not known.
    """

    span: Span
    day: np.ndarray
    baseline: tuple[str, ...]


@dataclass(frozen=True)
class Analysis:
    """One of the analyses, with its settings. It travels to workers, and holds plain values only."""

    # The folder of its files, and what their names end with after the layer and the index.
    KIND: ClassVar[str] = ""
    FILES: ClassVar[tuple[str, ...]] = ()
    # Which of the files have the attributes of the zones.
    WITH_ATTRIBUTES: ClassVar[tuple[bool, ...]] = ()
    LIBRARIES: ClassVar[tuple[str, ...]] = ("numpy",)

    @property
    def file_names(self) -> tuple[str, ...]:
        """What the names of the files end with."""
        return self.FILES

    @property
    def with_attributes(self) -> tuple[bool, ...]:
        """Which of the files have the attributes of the zones."""
        return self.WITH_ATTRIBUTES

    @property
    def libraries(self) -> tuple[str, ...]:
        """What it computes with."""
        return self.LIBRARIES

    @property
    def value(self) -> str:
        """The statistic that is the value of a raw row."""
        raise NotImplementedError

    @property
    def source(self) -> str:
        """What it reads, one of `SOURCES`."""
        return OBSERVATIONS

    def check(self) -> None:
        """Make sure that it can be done.

        Raises
        ------
        SettingRefused, ScipyMissing, PandasMissing
            it cannot.
        """

    def analyse(self, rows: Rows) -> Part:
        """Analyse some zones, given all their rows; there may be none."""
        raise NotImplementedError

    def parameters(self) -> dict[str, Any]:
        """Return the settings as they are recorded."""
        return _recorded(asdict(self))


class RemarkingAnalysis(Analysis):
    """An analysis that has something to say before its results."""

    def remarks(self, acquisitions: Acquisitions) -> Iterator[Phrase]:
        """Yield what the user should know before looking at the results."""
        raise NotImplementedError


def join_parts(parts: Sequence[Part]) -> Part:
    """Return what was made of some zones after each other as one; tables without a row do not count."""
    tables = tuple(
        joined([table for table in same if length(table)] or [same[0]])
        for same in zip(*(part.tables for part in parts))
    )
    notes = {name: np.concatenate([part.notes[name] for part in parts if name in part.notes])
             for name in dict.fromkeys(name for part in parts for name in part.notes)}  # fmt: skip
    return Part(tables, notes)


def no_rows(*names: str) -> Columns:
    """Return columns without a row."""
    return {name: np.empty(0, np.int64 if name == ZONE else np.float64) for name in names}


def _recorded(values: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat.update(_recorded(value))
        else:
            flat[name] = str(value) if isinstance(value, date) else value
    return flat
