"""The rows of an extraction for an analysis, some zones at a time.

This is the one place where analyses meet raw files.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..feedback import Feedback, StepFeedback
from ..library.product_id import parse_product
from ..series.batches import ZoneBatches, zone_batches
from ..series.best_rows import BestRows
from ..tree.columns import RESULT_COLUMNS
from ..tree.layout import Tree
from ..tree.raw_csv import folders, raw_files
from ..workers.executor import Executor
from .kinds import Acquisitions
from .periods import day_number
from .rows import CLOUDY_PROBABILITY, SCALE, Rows, Span, best_of_day

Result = TypeVar("Result")
_READ = 0.4  # about how far a run is when raw files that nobody has read yet are read
_PARTS_OF_PRODUCT = 7


@dataclass(frozen=True)
class TreeRows:
    """The rows of an index and a cloud mask.

    Attributes
    ----------
    acquisitions
        what there is of the index and the mask.
    batches
        the raw rows, some zones at a time.
    """

    acquisitions: Acquisitions
    batches: ZoneBatches
    _index: str
    _value: str

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the attributes of the zones."""
        return self.batches.columns[len(RESULT_COLUMNS) :]

    @property
    def damaged(self) -> tuple[Path, ...]:
        """Raw files that were left out; they were named."""
        return self.batches.damaged

    def each(
        self, function: Callable[[Rows], Result], feedback: Feedback, executor: Executor
    ) -> Generator[Result, None, None]:
        """Yield what a function makes of the rows of some zones, in the order of the zones.

        Raises
        ------
        Cancelled
            the user asked to stop.
        RawFileChanged
            a raw file changed meanwhile.
        """
        step = _Step(function, self._index, self._value, self.acquisitions.span)
        yield from self.batches.each(step, StepFeedback(feedback, _READ, 1.0), executor)


@dataclass(frozen=True)
class _Step:
    """A function of rows as one of the best raw rows; it can travel to another machine when the function can."""

    function: Callable[[Rows], Any]
    index: str
    value: str
    span: Span

    def __call__(self, best: BestRows) -> Any:
        return self.function(_rows_of(best, self.index, self.value, self.span))


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
    tree: Tree,
    index: str,
    mask_folder: str,
    value: str,
    acquisitions: Acquisitions,
    feedback: Feedback,
    executor: Executor,
) -> TreeRows:
    """Look at the raw files of an index and a cloud mask. Only for the holder of the tree's lock.

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
    executor
        the workers.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    batches = zone_batches(tree, index, mask_folder, StepFeedback(feedback, 0.0, _READ), executor, keep=True)
    # A file may be named otherwise than its rows say.
    days = [day_number(product.date.date()) for product in batches.products]
    bounds = [*days, *((acquisitions.span.first, acquisitions.span.last) if acquisitions.day.size else ())]
    span = Span(min(bounds, default=0), max(bounds, default=0))
    return TreeRows(replace(acquisitions, span=span), batches, index, value)


def _rows_of(best: BestRows, index: str, value: str, span: Span) -> Rows:
    day_of_product = np.array([day_number(product.date.date()) for product in best.products], np.int64)
    day, std = day_of_product[best.product], best.number("std")
    order = best_of_day(best.fid, day, best.count, std, best.quality.filename)
    zone = best.fid[order]
    first = order[np.flatnonzero(np.diff(zone, prepend=-1))]
    texts = best.tails.of(first).tolist()
    return Rows(
        zone=zone,
        day=day[order],
        value=best.number(value)[order] / SCALE,
        std=std[order] / SCALE,
        count=best.count[order],
        nodata=best.nodata[order],
        cloudy=((best.nbcld > 0) | (best.number("cldprb") >= CLOUDY_PROBABILITY))[order],
        filled=np.zeros(order.size),
        index=index,
        span=span,
        tails={zone: text.decode() for zone, text in zip(best.fid[first].tolist(), texts)},
    )
