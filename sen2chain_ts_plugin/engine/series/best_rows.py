"""The time series of all zones for one index and cloud mask: the best row of each zone and date.

Source of the rule: Sen2Chain 1.4.1, ``TimeSeriesCompil.compile_data``; where that leaves a tie open, the greatest file
name wins here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import RawDataDamaged
from ..feedback import Feedback, check
from ..text import unique_names
from ..tree.columns import RESULT_COLUMNS
from ..tree.raw_csv import RawFile, read_attribute_names, read_raw, rearrange, split_cells

# A zone is complete on a date when less than this share of it has no data for another reason than clouds.
_INCOMPLETE = 0.10
# What a shapefile leaves of a column's name: so many bytes, or so many characters and a number.
_CUT_NAME = 10
_KEPT_OF_IT = 8
# mean, std, median, two percentiles, completeness
_FLOATS = 6
_NUMBERS = ("fid", "count", "nodata", "nbcld", "mean", "std")


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
        ordered by date, then file name.
    product
        of each row the position of its product in ``products``, int32.
    fid
        int64.
    count, nodata, mean
        the results of these names, float64; ``mean`` is NaN where it is missing.
    quality
        what chose among the rows of a zone and date.
    lines
        of each row its text in the columns ``columns``.
    damaged
        the raw files that could not be used.
    """

    columns: tuple[str, ...]
    products: list[SeriesProduct]
    product: np.ndarray
    fid: np.ndarray
    count: np.ndarray
    nodata: np.ndarray
    mean: np.ndarray
    quality: Quality
    lines: list[bytes]
    damaged: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def values(self) -> Iterator[tuple[Any, ...]]:
        """Yield of each row the result columns and the completeness as plain values; None where there is none."""
        texts = split_cells(self.lines)
        for product, (fid, tile, filename, count, nodata, nbcld, cldprb, low, high, *rest) in zip(
            self.product.tolist(), texts
        ):
            pixels = (_whole(count), _whole(nodata), _whole(nbcld), _number(cldprb), _whole(low), _whole(high))
            floats = (_number(text) for text in rest[:_FLOATS])
            yield (self.products[product].date, int(float(fid)), tile, filename, *pixels, *floats)

    @property
    def days(self) -> np.ndarray:
        """The day of each row, int64, 1 for 0001-01-01."""
        of_product = np.array([product.date.toordinal() for product in self.products], np.int64)
        return of_product[self.product]


def read_series(
    paths: Sequence[Path],
    reserved: Sequence[str],
    feedback: Feedback,
    read: Callable[[Path], RawFile | None] = read_raw,
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
        gives the rows of a file, for who needs only some of them.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    names: dict[Path, tuple[str, ...]] = {}
    damaged = []
    for path in paths:
        try:
            names[path] = read_attribute_names(path)
        except RawDataDamaged as error:
            damaged.append(path)
            feedback.error(error.message, **error.values)
    whole = _whole_names(list(dict.fromkeys(names.values())))
    wanted = list(dict.fromkeys(name for header in whole.values() for name in header))
    products: list[SeriesProduct] = []
    numbers: dict[str, list[np.ndarray]] = {name: [] for name in _NUMBERS}
    lines: list[bytes] = []
    for position, path in enumerate(names):
        check(feedback)
        feedback.progress(position / len(names))
        try:
            raw = read(path)
        except RawDataDamaged as error:
            damaged.append(path)
            feedback.error(error.message, **error.values)
            continue
        if raw:
            products.append(SeriesProduct(raw.filename, raw.date, raw.date_text))
            for name, arrays in numbers.items():
                arrays.append(raw.numbers[name])
            lines += _lines(raw, whole[raw.attributes], wanted)
    taken = (*RESULT_COLUMNS, "completeness", *reserved)
    columns = (*RESULT_COLUMNS[1:], "completeness", *unique_names(wanted, taken))
    return _best(columns, products, numbers, lines, tuple(damaged))


def best_rows(fid: np.ndarray, date: np.ndarray, quality: Quality) -> np.ndarray:
    """Return the position of the best row for each zone and date, ordered by zone, then date.

    Parameters
    ----------
    fid, date
        int, of each row, not negative.
    quality
        of each row.
    """
    key = fid.astype(np.int64) * (int(date.max(initial=0)) + 1) + date
    order = np.argsort(key, kind="stable")
    ends = np.diff(key[order], append=-1) != 0
    begins = np.roll(ends, 1)
    # Few rows have a rival; only these have to be compared.
    rivals = np.flatnonzero(~(begins & ends))
    rows = order[rivals]
    order[rivals] = rows[quality.of(rows).sort(key[rows])]
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


def _outside(count: np.ndarray, nodata: np.ndarray, nbcld: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return (nodata - nbcld) / (count + nodata)


def _lines(raw: RawFile, names: Sequence[str], wanted: Sequence[str]) -> list[bytes]:
    tails = raw.tails if list(names) == list(wanted) else rearrange(raw.tails, names, wanted)
    shares = completeness(*(raw.numbers[name] for name in ("count", "nodata", "nbcld")))
    texts = [b"" if isnan(share) else b"%r" % share for share in shares.tolist()]
    return [b"%b,%b%b" % parts for parts in zip(raw.results, texts, tails)]


def _best(
    columns: tuple[str, ...],
    products: list[SeriesProduct],
    numbers: dict[str, list[np.ndarray]],
    lines: list[bytes],
    damaged: tuple[Path, ...],
) -> BestRows:
    sizes = [part.size for part in numbers["fid"]]
    column = {name: np.concatenate([np.empty(0), *parts]) for name, parts in numbers.items()}
    order = sorted(range(len(products)), key=lambda k: (products[k].date, products[k].filename))
    place = np.empty(len(products), np.int32)
    place[order] = np.arange(len(products))
    products = [products[k] for k in order]
    product = np.repeat(place, sizes)
    fid = column["fid"].astype(np.int64)
    quality = Quality(
        complete=_outside(column["count"], column["nodata"], column["nbcld"]) < _INCOMPLETE,
        baseline=_in_order([each.baseline for each in products])[product],
        count=column["count"],
        std=column["std"],
        filename=_in_order([each.filename for each in products])[product],
    )
    rows = best_rows(fid, _in_order([each.date.isoformat() for each in products])[product], quality)
    return BestRows(
        columns=columns,
        products=products,
        product=product[rows],
        fid=fid[rows],
        count=column["count"][rows],
        nodata=column["nodata"][rows],
        mean=column["mean"][rows],
        quality=quality.of(rows),
        lines=[lines[row] for row in rows.tolist()],
        damaged=damaged,
    )


def _in_order(values: Sequence[str]) -> np.ndarray:
    """Return, of each text, how many different ones come before it; int32."""
    number = {value: position for position, value in enumerate(sorted(set(values)))}
    return np.array([number[value] for value in values], np.int32)


def _whole_names(headers: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Map the attribute columns of each kind of file to the names to use: whole ones, where another kind has them."""
    return {
        header: next((other for other in headers if other != header and _is_cut(header, other)), header)
        for header in headers
    }


def _is_cut(names: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether some names are cut as GDAL cuts them for a shapefile (``a_long_nam``, or ``a_long_n_1``)."""
    return len(names) == len(whole) and all(
        name == full or (len(name.encode()) <= _CUT_NAME < len(full.encode()) and full.startswith(name[:_KEPT_OF_IT]))
        for name, full in zip(names, whole)
    )
