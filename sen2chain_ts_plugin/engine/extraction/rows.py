"""Rows of one product, one per zone that has a valid pixel, and their raw CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from ..arrays import NDArray
from ..choices import STATISTICS
from ..library.index_product import IndexProduct
from ..tree.columns import Row
from .statistics import Amounts, Counts, Floats

# Each is a dozen objects of Python.
_ROWS_AT_ONCE = 1 << 14


@dataclass(frozen=True)
class ProductRows:
    """The rows of one index of one product under one cloud mask, by zone.

    Attributes
    ----------
    zone
        number of the zone in the layer, ascending, int64, shape (rows,); so are the others.
    count, nodata
        pixels of the zone with and without data in the masked raster; int64, or float64 where they belong by shares.
    cloudy
        pixels without data in the masked raster that the unmasked one has; None when there is no unmasked raster.
    probability
        mean cloud probability in %, NaN where no 20 m pixel belongs to the zone; None when there is no such raster.
    statistics
        of the valid pixels, by the names of `choices.STATISTICS`, in the unit of the raster (index x 10 000).
    """

    item: IndexProduct
    zone: Counts
    count: Amounts
    nodata: Amounts
    cloudy: Amounts | None
    probability: Floats | None
    statistics: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.zone)

    def tuples(self) -> Iterator[Row]:
        """Yield each row."""
        for begin in range(0, len(self), _ROWS_AT_ONCE):
            yield from map(Row._make, zip(*self._columns(slice(begin, begin + _ROWS_AT_ONCE))))

    def _columns(self, some: slice) -> tuple[Iterable[object], ...]:
        """Return the columns of some of the rows."""
        item = self.item
        return (
            repeat(item.product.acquired),
            self.zone[some].tolist(),
            repeat(item.product.tile),
            repeat(item.filename),
            self.count[some].tolist(),
            self.nodata[some].tolist(),
            repeat(None) if self.cloudy is None else self.cloudy[some].tolist(),
            repeat(None) if self.probability is None else _none_for_nan(self.probability[some]),
            *(self.statistics[name][some].tolist() for name in STATISTICS),
        )


def _none_for_nan(values: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
