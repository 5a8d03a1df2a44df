"""The rows of an extraction for an analysis, some zones at a time.

This is the one place where analyses meet raw files.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from ..feedback import Feedback, StepFeedback
from ..library.product_id import parse_product
from ..series.best_rows import BestRows, read_series
from ..tree.columns import RESULT_COLUMNS
from ..tree.layout import Tree
from ..tree.raw_csv import folders, raw_files
from ..workers.executor import Executor
from .batches import in_order
from .kinds import Acquisitions
from .periods import day_number
from .rows import CLOUDY_PROBABILITY, SCALE, Rows, Span, best_of_day

Result = TypeVar("Result")
_ZONES_AT_ONCE = 256
_READ = 0.4  # about how far a run is when everything is read
_PARTS_OF_PRODUCT = 7


@dataclass(frozen=True)
class TreeRows:
    """The rows of an index and a cloud mask.

    Attributes
    ----------
    attributes
        the names of the attributes of the zones.
    acquisitions
        what there is of the index and the mask.
    damaged
        raw files that were left out; they were named.
    """

    attributes: tuple[str, ...]
    acquisitions: Acquisitions
    damaged: tuple[Path, ...]
    _best: BestRows
    _index: str
    _value: str

    def each(
        self, function: Callable[[Rows], Result], feedback: Feedback, executor: Executor
    ) -> Generator[Result, None, None]:
        """Yield what a function makes of the rows of some zones, in the order of the zones.

        Raises
        ------
        Cancelled
            the user asked to stop.
        """
        rows = _rows_of(self._best, self._index, self._value, self.acquisitions.span)
        zones = np.unique(rows.zone)
        batches = []
        for begin in range(0, zones.size, _ZONES_AT_ONCE):
            some = zones[begin : begin + _ZONES_AT_ONCE]
            batches.append(rows.some(np.arange(*np.searchsorted(rows.zone, (some[0], some[-1] + 1)))))
        yield from in_order(function, batches, feedback, executor)


@dataclass(frozen=True)
class AcquiredProduct:
    """A product that a tree has a raw file of, by the name of that file."""

    index: str
    mask_folder: str
    day: int
    baseline: str


def acquired_products(tree: Tree) -> list[AcquiredProduct]:
    """Return the products that a tree has raw files of, of every index and mask."""
    products = []
    root = tree.folder / "raw_data"
    for index in folders(root):
        for mask in folders(root / index):
            for path in raw_files(root / index / mask):
                product = parse_product("_".join(tree.masked_name(path).split("_")[:_PARTS_OF_PRODUCT]))
                if product is not None:
                    products.append(AcquiredProduct(index, mask, day_number(product.acquired.date()), product.baseline))
    return products


def acquisitions_of(products: Sequence[AcquiredProduct], index: str, mask_folder: str) -> Acquisitions:
    """Return what a tree has of an index and a mask, and from when to when it reaches with all of them."""
    days = [product.day for product in products]
    mine = [product for product in products if (product.index, product.mask_folder) == (index, mask_folder)]
    return Acquisitions(
        Span(min(days, default=0), max(days, default=0)),
        np.array([product.day for product in mine], np.int64),
        tuple(product.baseline for product in mine),
    )


def open_rows(
    tree: Tree, index: str, mask_folder: str, value: str, acquisitions: Acquisitions, feedback: Feedback
) -> TreeRows:
    """Read the raw files of an index and a cloud mask.

    Parameters
    ----------
    tree, index, mask_folder
        whose.
    value
        the statistic that is the value of a row.
    acquisitions
        what there is of the index and the mask.
    feedback
        told of files that are damaged, which are left out; asked for cancel.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    best = read_series(raw_files(tree.raw_folder(index, mask_folder)), (), StepFeedback(feedback, 0.0, _READ))
    days = [product.date.toordinal() - 719163 for product in best.products]
    # A file may be named otherwise than its rows say.
    bounds = [*days, *((acquisitions.span.first, acquisitions.span.last) if acquisitions.day.size else ())]
    acquisitions = replace(acquisitions, span=Span(min(bounds, default=0), max(bounds, default=0)))
    return TreeRows(best.columns[len(RESULT_COLUMNS) :], acquisitions, best.damaged, best, index, value)


def _rows_of(best: BestRows, index: str, value: str, span: Span) -> Rows:
    plain = [
        (zone, moment.toordinal(), found[RESULT_COLUMNS.index(value) - 2], std, count, nodata, cloudy, probability)
        for moment, zone, *found in best.values()
        for _, filename, count, nodata, cloudy, probability, _, _, _, std in [found[:10]]
    ]
    table = np.array(plain, np.float64).reshape(-1, 8)
    zone, day, values, std, count, nodata, cloudy, probability = table.T
    zone, day = zone.astype(np.int64), day.astype(np.int64) - 719163
    order = best_of_day(zone, day, count, std, best.quality.filename)
    first = order[np.flatnonzero(np.diff(zone[order], prepend=-1))]
    tails = {int(zone[row]): _tail(best.lines[row]) for row in first.tolist()}
    return Rows(
        zone[order], day[order], values[order] / SCALE, std[order] / SCALE, count[order], nodata[order],
        ((cloudy > 0) | (probability >= CLOUDY_PROBABILITY))[order], np.zeros(order.size), index, span, tails,
    )  # fmt: skip


def _tail(line: bytes) -> str:
    cells = line.split(b",", len(RESULT_COLUMNS))
    return "," + cells[-1].decode() if len(cells) > len(RESULT_COLUMNS) else ""
