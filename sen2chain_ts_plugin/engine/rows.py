"""Rows of one product, one per zone that has a valid pixel, and their raw CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .arrays import NDArray
from .choices import STATISTICS
from .library import IndexProduct
from .statistics import Counts, Floats
from .tree import RESULT_COLUMNS, attribute_columns

# Inside a field these would break the line or the file for other readers; Sen2Chain removes all but NUL too.
_REMOVED = str.maketrans("", "", "\t\r\n\0")


# A row as plain values in the order of `RESULT_COLUMNS`; None where there is no value.
Row = tuple[Any, ...]


@dataclass(frozen=True)
class ProductRows:
    """The rows of one index of one product under one cloud mask, by zone.

    Attributes
    ----------
    zone
        number of the zone in the layer, ascending, int64, shape (rows,); so are the others.
    count, nodata
        pixels of the zone with and without data in the masked raster.
    cloudy
        pixels without data in the masked raster that the unmasked one has; None when there is no unmasked raster.
    probability
        mean cloud probability in %, NaN where no 20 m pixel belongs to the zone; None when there is no such raster.
    statistics
        of the valid pixels, by the names of `choices.STATISTICS`, in the unit of the raster (index x 10 000).
    """

    item: IndexProduct
    zone: Counts
    count: Counts
    nodata: Counts
    cloudy: Counts | None
    probability: Floats | None
    statistics: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.zone)

    def tuples(self) -> Iterator[Row]:
        """Yield each row."""
        item = self.item
        nothing = [None] * len(self)
        cloudy = nothing if self.cloudy is None else self.cloudy.tolist()
        probability = nothing if self.probability is None else _none_for_nan(self.probability)
        date, tile, name = item.product.acquired, item.product.tile, item.masked.name
        for zone, count, nodata, cloud, prob, *rest in zip(
            self.zone.tolist(),
            self.count.tolist(),
            self.nodata.tolist(),
            cloudy,
            probability,
            *(self.statistics[name].tolist() for name in STATISTICS),
        ):
            yield (date, zone, tile, name, count, nodata, cloud, prob, *rest)


def _none_for_nan(values: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def clean_text(text: str) -> str:
    """Return text as it stands in a field of a CSV: without tab, CR, LF and NUL."""
    text = text.translate(_REMOVED)
    # Half a character, as a program may leave it by cutting a text, has no UTF-8.
    return text if text.isascii() else text.encode(errors="replace").decode()


def csv_header(fields: Sequence[str]) -> str:
    """Return the first line of a raw CSV, given the names of the layer's attributes."""
    return ",".join([*RESULT_COLUMNS, *(_field(name) for name in attribute_columns(fields))]) + "\n"


def attribute_tails(attributes: Sequence[tuple[object, ...]]) -> list[str]:
    """Return the end of each zone's lines: its attributes, each with a comma before it, and the newline."""
    return ["".join(f",{_field(value)}" for value in values) + "\n" for values in attributes]


def to_csv(rows: ProductRows, header: str, tails: Sequence[str]) -> bytes:
    """Return the raw CSV of a product: UTF-8, comma, LF; floats in the shortest form that reads back exactly.

    Parameters
    ----------
    rows
        by zone.
    header
        from `csv_header`.
    tails
        from `attribute_tails`, one per zone of the layer.
    """
    return "".join([header, *csv_lines(rows.tuples(), tails)]).encode()


def csv_lines(rows: Iterable[Row], tails: Sequence[str]) -> Iterator[str]:
    """Yield the line of each row; ``tails`` from `attribute_tails`, one per zone of the layer."""
    for date, zone, tile, name, count, nodata, cloudy, probability, *statistics in rows:
        start = f"{date},{zone},{tile},{name},{count},{nodata},{_number(cloudy)},{_number(probability)},"
        yield start + ",".join(map(repr, statistics)) + tails[zone]


def _number(value: object) -> str:
    return "" if value is None else repr(value)


def _field(value: object) -> str:
    """Return a value as a field: empty for none, quoted only where it must be."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = clean_text(str(value))
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
