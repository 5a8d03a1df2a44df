"""The time series of all zones for one index and cloud mask: the best row of each zone and date.

Source of the rule: Sen2Chain 1.4.1, ``TimeSeriesCompil.compile_data``; where that leaves a tie open, the greatest file
name wins here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np

from ..choices import STATISTICS
from ..errors import RawDataDamaged
from ..feedback import Feedback, check
from ..files import read_bytes
from ..tree.cells import Pieces, pieces_of
from ..tree.columns import RESULT_COLUMNS
from ..tree.raw_csv import header_of, split_cells, split_header
from ..tree.raw_rows import RawRows, joined, parse_together
from .attribute_columns import AttributeColumns

# A zone is complete on a date when less than this share of it has no data for another reason than clouds.
_INCOMPLETE = 0.10


@dataclass(frozen=True)
class SeriesProduct:
    """A product that has rows."""

    filename: str
    date: datetime
    date_text: bytes

    @property
    def baseline(self) -> str:
        """The processing baseline, like ``N0301``; empty in a file name that has none."""
        return "".join(self.filename.split("_")[3:4])


@dataclass(frozen=True)
class Quality:
    """What makes one row better than another for the same zone and date.

    Complete before incomplete, then the later baseline, the greater count, the smaller std (a missing one is the
    worst), the greater file name.

    Attributes
    ----------
    complete
        bool, of each row.
    baseline, filename
        int, of each row, in the order of the texts they stand for.
    count, std
        float64, of each row.
    """

    complete: np.ndarray
    baseline: np.ndarray
    count: np.ndarray
    std: np.ndarray
    filename: np.ndarray

    def of(self, rows: np.ndarray) -> Quality:
        """Return the quality of some rows."""
        return Quality(*(values[rows] for values in self._columns))

    def sort(self, *before: np.ndarray) -> np.ndarray:
        """Return the positions of the rows sorted by other keys, the last of them first, then from worst to best."""
        std = np.where(np.isnan(self.std), np.inf, self.std)
        return np.lexsort((self.filename, -std, self.count, self.baseline, self.complete, *before))

    @property
    def _columns(self) -> tuple[np.ndarray, ...]:
        return self.complete, self.baseline, self.count, self.std, self.filename


@dataclass(frozen=True)
class BestRows:
    """One row per zone and date, ordered by zone, then date.

    Attributes
    ----------
    columns
        the columns that ``lines`` have, from ``fid`` to the last attribute, ``completeness`` between the two kinds.
    products
        ordered by date, then file name; also those without a row here, where these are the rows of some zones only.
    product
        of each row the position of its product in ``products``, int32.
    rows
        the text of each row, with its attributes in the order of ``columns``.
    fid
        int64.
    count, nodata, nbcld
        the results of these names, float64; ``nbcld`` is NaN where it is missing.
    damaged
        the raw files that could not be used.
    """

    columns: tuple[str, ...]
    products: list[SeriesProduct]
    product: np.ndarray
    rows: RawRows
    fid: np.ndarray
    count: np.ndarray
    nodata: np.ndarray
    nbcld: np.ndarray
    damaged: tuple[Path, ...] = ()

    def __len__(self) -> int:
        return len(self.fid)

    def number(self, column: str) -> np.ndarray:
        """Return a result column, float64, in the unit of the raster; NaN where a cell is empty."""
        return self.rows.numbers(column)

    @cached_property
    def mean(self) -> np.ndarray:
        """The result of this name, float64; NaN where it is missing."""
        return self.number("mean")

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the attribute columns."""
        return self.columns[len(RESULT_COLUMNS) :]

    @cached_property
    def tails(self) -> Pieces:
        """The text of the attributes of each row, with the comma before them."""
        return self.rows.tails

    @cached_property
    def completeness(self) -> Pieces:
        """The completeness of each row, as text."""
        return _as_texts(completeness(self.count, self.nodata, self.nbcld))

    @property
    def lines(self) -> list[bytes]:
        """The text of each row in the columns ``columns``."""
        return self.lines_of(np.arange(len(self)))

    def lines_of(self, rows: np.ndarray) -> list[bytes]:
        """Return the text of some rows in the columns ``columns``."""
        parts = (self.rows.results, self.completeness, self.tails)
        return [b"%b,%b%b" % cells for cells in zip(*(part.of(rows).tolist() for part in parts))]

    @cached_property
    def quality(self) -> Quality:
        """What chose among the rows of a zone and date."""
        return _quality(self.products, self.product, self.rows, self.count, self.nodata, self.nbcld)

    def values(self) -> Iterator[tuple[Any, ...]]:
        """Yield of each row the result columns and the completeness as plain values; None where there is none."""
        texts = split_cells(self.lines)
        reads = [*(_whole if kind is int else _number for kind in STATISTICS.values()), _number]
        for product, (fid, tile, filename, count, nodata, nbcld, cldprb, *rest) in zip(self.product.tolist(), texts):
            pixels = (_pixels(count), _pixels(nodata), _pixels(nbcld), _number(cldprb))
            statistics = (read(text) for read, text in zip(reads, rest))
            yield (self.products[product].date, int(float(fid)), tile, filename, *pixels, *statistics)

    @property
    def days(self) -> np.ndarray:
        """The day of each row, int64, 1 for 0001-01-01."""
        of_product = np.array([product.date.toordinal() for product in self.products], np.int64)
        return of_product[self.product]


def read_series(
    paths: Sequence[Path],
    reserved: Sequence[str],
    feedback: Feedback,
    read: Callable[[Path], bytes] = read_bytes,
) -> BestRows:
    """Read raw files and keep the best row of each zone and date.

    Parameters
    ----------
    paths
        the raw CSV files of one index and cloud mask. A file that is damaged is named through ``feedback.error`` and
        left out.
    reserved
        names of columns that are added later: an attribute named like one gets another name.
    feedback
        told the share of the files that were read; asked for cancel before each.
    read
        gives the text of a file, or its header and some of its lines; may raise OSError.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    damages: dict[Path, RawDataDamaged] = {}
    known: dict[bytes, tuple[str, ...]] = {}
    of_header: dict[tuple[str, ...], list[tuple[Path, bytes]]] = {}
    for position, path in enumerate(paths):
        check(feedback)
        feedback.progress(position / len(paths))
        try:
            header, lines = split_header(path, read(path))
            if header not in known:
                known[header] = header_of(path, header)
            of_header.setdefault(known[header], []).append((path, lines))
        except OSError as error:
            damages[path] = RawDataDamaged(path=path, reason=error.strerror or error)
        except RawDataDamaged as error:
            damages[path] = error
    files = [rows for attributes, some in of_header.items() for rows in _rows_of_files(attributes, some, damages)]
    damaged = [path for path in paths if path in damages]
    for path in damaged:
        feedback.error(damages[path].message, **damages[path].values)
    columns = AttributeColumns(list(of_header), reserved)
    return choose_best(files, columns, sorted_products(files), tuple(damaged))


def _rows_of_files(
    attributes: tuple[str, ...], files: Sequence[tuple[Path, bytes]], damages: dict[Path, RawDataDamaged]
) -> list[FileRows]:
    """Return the rows of files with the same columns, together; note the damaged ones."""
    try:
        rows, said = parse_together(files, len(attributes))
    except RawDataDamaged as error:
        if len(files) == 1:
            damages[files[0][0]] = error
            return []
        # Halving finds the one that is.
        halves = files[: len(files) // 2], files[len(files) // 2 :]
        return [found for some in halves for found in _rows_of_files(attributes, some, damages)]
    products = [
        (SeriesProduct(each.filename, each.date, each.date_text), each.rows) for each in said if each.date is not None
    ]
    return [FileRows(attributes, products, rows)]


@dataclass(frozen=True)
class FileRows:
    """Rows of raw files that have the same columns: their text, and how many are of each product, in this order."""

    attributes: tuple[str, ...]
    products: list[tuple[SeriesProduct, int]]
    rows: RawRows


def sorted_products(files: Iterable[FileRows]) -> list[SeriesProduct]:
    """Return the products that have rows, by date, then file name."""
    return sorted((product for each in files for product, _ in each.products), key=order_of_product)


def choose_best(
    files: Sequence[FileRows],
    attributes: AttributeColumns,
    products: list[SeriesProduct],
    damaged: tuple[Path, ...] = (),
) -> BestRows:
    """Return the best row of each zone and date among those of some files.

    Parameters
    ----------
    files
        the rows.
    attributes
        which columns they get.
    products
        all there are, ordered as `sorted_products` does.
    damaged
        the files that were left out.
    """
    place = {id(product): position for position, product in enumerate(products)}
    rows = joined([attributes.arranged(each.attributes, each.rows) for each in files])
    of_product = [(place[id(product)], number) for each in files for product, number in each.products]
    positions, sizes = np.array(of_product, np.int64).reshape(-1, 2).T
    product = np.repeat(positions.astype(np.int32), sizes)
    fid = rows.numbers("fid").astype(np.int64)
    count, nodata, nbcld = (rows.numbers(name) for name in ("count", "nodata", "nbcld"))
    dates = _in_order([each.date.isoformat() for each in products])

    def quality_of(some: np.ndarray) -> Quality:
        return _quality(products, product[some], rows.of(some), count[some], nodata[some], nbcld[some])

    best = best_rows(fid, dates[product], quality_of)
    return BestRows(
        attributes.columns, products, product[best], rows.of(best), fid[best], count[best], nodata[best], nbcld[best],
        damaged,
    )  # fmt: skip


def best_rows(fid: np.ndarray, date: np.ndarray, quality: Callable[[np.ndarray], Quality]) -> np.ndarray:
    """Return the position of the best row for each zone and date, ordered by zone, then date.

    Parameters
    ----------
    fid, date
        int, of each row, not negative.
    quality
        gives the quality of some rows.
    """
    key = fid.astype(np.int64) * (int(date.max(initial=0)) + 1) + date
    order = np.argsort(key, kind="stable")
    ends = np.diff(key[order], append=-1) != 0
    begins = np.roll(ends, 1)
    # Few rows have a rival; only these have to be compared.
    rivals = np.flatnonzero(~(begins & ends))
    rows = order[rivals]
    order[rivals] = rows[quality(rows).sort(key[rows])]
    best: np.ndarray = order[ends]
    return best


def completeness(count: np.ndarray, nodata: np.ndarray, nbcld: np.ndarray) -> np.ndarray:
    """Return the share of each zone that lies inside tile and swath: 1 - (nodata - nbcld) / (count + nodata).

    Clouds do not lower it. NaN where ``nbcld`` is missing.
    """
    return 1 - _outside(count, nodata, nbcld)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    # Sen2Chain writes 8.0 where it means 8.
    return int(float(text)) if text else None


def _pixels(text: str) -> float | None:
    """Return how many pixels, a float only where they belong by shares."""
    number = _number(text)
    return int(number) if number is not None and number.is_integer() else number


def _outside(count: np.ndarray, nodata: np.ndarray, nbcld: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return (nodata - nbcld) / (count + nodata)


def order_of_product(product: SeriesProduct) -> tuple[datetime, str]:
    """Return what products are sorted by."""
    return product.date, product.filename


def _quality(
    products: Sequence[SeriesProduct],
    product: np.ndarray,
    rows: RawRows,
    count: np.ndarray,
    nodata: np.ndarray,
    nbcld: np.ndarray,
) -> Quality:
    return Quality(
        complete=_outside(count, nodata, nbcld) < _INCOMPLETE,
        baseline=_in_order([each.baseline for each in products])[product],
        count=count,
        std=rows.numbers("std"),
        filename=_in_order([each.filename for each in products])[product],
    )


def _as_texts(values: np.ndarray) -> Pieces:
    """Return numbers as text, nothing for NaN."""
    # Most are 1, and many of the others are the same.
    others = np.flatnonzero(values != 1)
    known, number = np.unique(values[others], return_inverse=True)
    texts = pieces_of([b"1.0", *(b"" if isnan(value) else b"%r" % value for value in known.tolist())])
    which = np.zeros(values.size, np.int64)
    which[others] = number + 1
    return texts.of(which)


def _in_order(values: Sequence[str]) -> np.ndarray:
    """Return, of each text, how many different ones come before it; int32."""
    number = {value: position for position, value in enumerate(sorted(set(values)))}
    return np.array([number[value] for value in values], np.int32)
