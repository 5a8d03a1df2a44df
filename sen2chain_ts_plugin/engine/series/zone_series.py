"""The time series of every zone of an extraction, as arrays: what the plots, the report and the quicklooks show.

They come from the compiled file of all data when it is there and not older than the raw files; else the raw files are
compiled in memory, by the same rule.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np

from ..dates import DateRange
from ..errors import KeyFieldUnknown, NothingToShow
from ..feedback import Feedback, check
from ..files import is_folder, read_bytes, system_path
from ..library.cloudmask import CloudMask, is_mask_folder
from ..library.product_id import parse_product
from ..tree.columns import PERIOD_FORMS, RESULT_COLUMNS
from ..tree.compiled_from import is_of_these
from ..tree.layout import Tree
from ..tree.raw_csv import ACQUISITION_YEARS, raw_files, split_cells
from ..zones.shapefile import record_count
from .best_rows import read_series
from .curves import extracted

NUMBERS = ("count", "nodata", "nbcld", "min", "max", "mean", "std", "median", "percentile_25", "percentile_75")
_CHECK_EVERY = 1 << 14


@dataclass(frozen=True)
class Choice:
    """What to show of an extraction.

    Attributes
    ----------
    indices, cloudmasks
        None for all there are; any version of OCM means all.
    date_min, date_max
        the first and the last day, both included; None for no limit.
    key_field
        the attribute that names the zones; empty for their numbers.
    """

    indices: tuple[str, ...] | None = None
    cloudmasks: tuple[CloudMask, ...] | None = None
    date_min: date | None = None
    date_max: date | None = None
    key_field: str = ""

    def has_date(self, day: date) -> bool:
        """Tell whether a day is within the dates."""
        return DateRange(self.date_min, self.date_max).holds(day)


@dataclass(frozen=True)
class NamedZone:
    """The rows of one zone: positions in the arrays of `ZoneSeries`, and the name it goes by."""

    fid: int
    label: str
    rows: slice


@dataclass(frozen=True)
class ZoneSeries:
    """One row per zone and date of one index and cloud mask, ordered by zone, then date.

    Attributes
    ----------
    index, mask_folder
        whose rows they are.
    zones
        those that have a row, by number.
    when
        the time of acquisition of each row, datetime64[s].
    filename
        the masked raster of each row.
    numbers
        the columns `NUMBERS`, float64, NaN where a cell is empty; index values times 10 000.
    compiled
        the file they come from; None when the raw files were compiled in memory.
    damaged
        raw files that were left out.
    without_row
        the days of the products that gave no row, ascending.
    """

    index: str
    mask_folder: str
    zones: list[NamedZone]
    when: np.ndarray
    filename: list[str]
    numbers: dict[str, np.ndarray]
    compiled: Path | None = None
    damaged: tuple[Path, ...] = ()
    without_row: list[date] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.filename)

    @property
    def share_without_data(self) -> np.ndarray:
        """The share of each zone's pixels that have no data, of each row, 0 to 1 (Sen2Chain's NaN ratio)."""
        share: np.ndarray = self.numbers["nodata"] / (self.numbers["count"] + self.numbers["nodata"])
        return share


def pairs_of(tree: Tree, choice: Choice, feedback: Feedback) -> list[tuple[str, str]]:
    """Return the indices and mask folders to show; what was asked for and is not there is said.

    Raises
    ------
    NothingToShow
        there is none of them.
    """
    there = {index: [mask for mask in masks if is_mask_folder(mask)] for index, masks in extracted(tree).items()}
    asked = None if choice.cloudmasks is None else list(dict.fromkeys(mask.folder for mask in choice.cloudmasks))
    pairs = []
    for index in sorted(there) if choice.indices is None else dict.fromkeys(choice.indices):
        for mask in there.get(index, []) if asked is None else asked:
            if mask in there.get(index, []):
                pairs.append((index, mask))
            else:
                feedback.warning("{index} {mask}: no raw data here, skipped.", index=index, mask=mask)
        if asked is None and index not in there:
            feedback.warning("{index}: no raw data here, skipped.", index=index)
    if not pairs:
        raise nothing_to_show(tree)
    return pairs


def nothing_to_show(tree: Tree) -> NothingToShow:
    """Return the failure that names what a tree has."""
    there = [f"{index} {mask}" for index, masks in extracted(tree).items() for mask in masks]
    return NothingToShow(folder=tree.folder, there=", ".join(there) or "-")


def read_zone_series(tree: Tree, index: str, mask_folder: str, choice: Choice, feedback: Feedback) -> ZoneSeries:
    """Read the rows of one index and mask within the dates.

    Raises
    ------
    KeyFieldUnknown
        the rows have no such attribute.
    Cancelled
        the user asked to stop.
    """
    without_row = _without_row(tree, index, mask_folder, choice)
    # Where compile has put a column of its own, an attribute of that name has another one; in the raw files it has not.
    by_period = choice.key_field in PERIOD_FORMS
    compiled = None if by_period else _fresh_compiled(tree, index, mask_folder)
    if compiled is not None:
        feedback.info("{index} {mask}: from {file}.", index=index, mask=mask_folder, file=compiled.name)
        try:
            rows = csv.reader(io.StringIO(read_bytes(compiled).decode("utf-8-sig"), newline=""))
            table = _fill_table(index, mask_folder, next(rows, []), rows, choice, feedback)
            return table.finish(compiled, (), without_row)
        except (OSError, csv.Error, ValueError, LookupError, OverflowError) as error:
            feedback.warning(
                "{file} is damaged ({reason}): the raw data are shown instead. Compile again.",
                file=compiled.name, reason=f"{type(error).__name__}: {error}",
            )  # fmt: skip
    feedback.info("{index} {mask}: from the raw data.", index=index, mask=mask_folder)
    series = read_series(raw_files(tree.raw_folder(index, mask_folder)), (), feedback)
    dates = [product.date_text.decode() for product in series.products]
    raw = ([dates[product], *cells] for product, cells in zip(series.product.tolist(), split_cells(series.lines)))
    table = _fill_table(index, mask_folder, ["date", *series.columns], raw, choice, feedback)
    return table.finish(None, series.damaged, without_row)


def _fill_table(
    index: str, mask_folder: str, header: list[str], rows: Iterator[list[str]], choice: Choice, feedback: Feedback
) -> _Table:
    table = _Table(index, mask_folder, _columns(header, choice.key_field))
    for number, cells in enumerate(rows):
        if number % _CHECK_EVERY == 0:
            check(feedback)
        table.add(cells, choice)
    return table


def number_of_zones(tree: Tree) -> int | None:
    """Return how many zones a tree has, from the index of its shapefile; None when that is missing."""
    try:
        return record_count(tree.shapefile)
    except OSError:
        return None


def evenly(zones: Sequence[NamedZone], most: int) -> list[NamedZone]:
    """Return all zones, or that many of them evenly spread over the list."""
    if len(zones) <= most:
        return list(zones)
    return [zones[int(position)] for position in np.linspace(0, len(zones) - 1, most).round()]


class _Table:
    """Rows on their way into arrays."""

    def __init__(self, index: str, mask_folder: str, columns: dict[str, int]) -> None:
        self._index, self._mask_folder = index, mask_folder
        self._key = columns.get("key")
        self._date, self._fid, self._filename = (columns[name] for name in ("date", "fid", "filename"))
        self._places = [columns[name] for name in NUMBERS]
        # A million rows are ten times smaller in arrays, with each text once.
        self._fids = array("q")
        self._numbers = array("d")
        self._texts: dict[str, str] = {}
        self._dates: list[str] = []
        self._names: list[str] = []
        self._labels: dict[int, str] = {}
        self._inside: dict[str, bool] = {}

    def add(self, cells: list[str], choice: Choice) -> None:
        """Take a row of a compiled file, unless its date is not asked for."""
        when = cells[self._date]
        if when not in self._inside:
            self._inside[when] = choice.has_date(date.fromisoformat(when[:10]))
        if not self._inside[when]:
            return
        fid = int(float(cells[self._fid]))
        self._fids.append(fid)
        self._dates.append(self._texts.setdefault(when, when))
        name = cells[self._filename]
        self._names.append(self._texts.setdefault(name, name))
        self._numbers.extend(float(cells[place] or "nan") for place in self._places)
        if self._key is not None and cells[self._key].strip():
            self._labels.setdefault(fid, cells[self._key].strip())

    def finish(self, compiled: Path | None, damaged: tuple[Path, ...], without_row: list[date]) -> ZoneSeries:
        """Return all rows taken, ordered by zone and date."""
        fid = np.array(self._fids, np.int64)
        known = {text: np.datetime64(datetime.fromisoformat(text), "s") for text in set(self._dates)}
        dates = np.array([known[text] for text in self._dates], "datetime64[s]")
        order = np.lexsort((dates, fid))
        values = np.array(self._numbers, np.float64).reshape(len(fid), len(NUMBERS))[order]
        _check(values, known)
        bounds = [*np.flatnonzero(np.diff(fid[order], prepend=-1)).tolist(), len(fid)]
        numbers = [int(fid[order[begin]]) for begin in bounds[:-1]]
        labels = unique_labels({number: self._labels.get(number, "") for number in numbers})
        return ZoneSeries(
            self._index,
            self._mask_folder,
            [NamedZone(n, labels[n], slice(begin, end)) for n, begin, end in zip(numbers, bounds, bounds[1:])],
            dates[order],
            [self._names[position] for position in order.tolist()],
            {name: values[:, position] for position, name in enumerate(NUMBERS)},
            compiled,
            damaged,
            without_row,
        )


def _check(values: np.ndarray, dates: dict[str, np.datetime64]) -> None:
    """Make sure that a table edited by somebody can be drawn: it has numbers of pixels, and days of this age."""
    pixels, std = values[:, :2], values[:, NUMBERS.index("std")]
    if not (np.isfinite(pixels).all() and (pixels >= 0).all() and (pixels.sum(axis=1) > 0).all()):
        raise ValueError("count, nodata")
    if np.isinf(values).any() or (std < 0).any():
        raise ValueError("std, infinite")
    for text, day in dates.items():
        if day.astype("datetime64[Y]").astype(int) + 1970 not in ACQUISITION_YEARS:
            raise ValueError(text)


def unique_labels(keys: Mapping[int, str]) -> dict[int, str]:
    """Return a name for each zone: its key, its number where it has none, both where others have the same key."""
    seen: dict[str, int] = {}
    for key in keys.values():
        seen[key] = seen.get(key, 0) + 1
    return {
        number: f"FID{number}" if not key else key if seen[key] == 1 else f"{key} (FID{number})"
        for number, key in keys.items()
    }


def _columns(header: Sequence[str], key_field: str) -> dict[str, int]:
    columns = {name: position for position, name in reversed(list(enumerate(header)))}
    if key_field and key_field != "fid":
        # What is named like a period is one of compile's columns, unless it was asked for: then these are raw rows.
        periods = () if key_field in PERIOD_FORMS else PERIOD_FORMS
        known = {*RESULT_COLUMNS, "completeness", *periods, ""}
        fields = [name for name in header if name not in known]
        if key_field not in fields:
            raise KeyFieldUnknown(field=key_field, there=", ".join(fields) or "-")
        columns["key"] = header.index(key_field)
    return columns


def _fresh_compiled(tree: Tree, index: str, mask_folder: str) -> Path | None:
    """Return the newest compiled file of all data, unless it may lack something of the raw files."""
    folder = tree.compiled_folder(index, mask_folder) / "all_data"
    found = []
    if is_folder(folder):
        with os.scandir(system_path(folder)) as entries:
            ends = f"_{index}_all_data.csv"
            found = [(changed, entry.name) for entry in entries if entry.name.endswith(ends)
                     for changed in _changed(entry)]  # fmt: skip
    if not found:
        return None
    changed, name = max(found)
    raw = tree.raw_folder(index, mask_folder)
    with os.scandir(system_path(raw)) as entries:
        newest = max((changed for entry in entries for changed in _changed(entry)), default=0)
    newest = max(newest, os.stat(system_path(raw)).st_mtime_ns)
    # A compile that finds a file as it should be does not touch it, whenever the raw files were written.
    is_fresh = changed >= newest or is_of_these(tree, index, mask_folder, folder / name)
    return folder / name if is_fresh else None


def _changed(entry: os.DirEntry[str]) -> Iterator[int]:
    """Yield when a file was changed; nothing for what is none, or is gone by now."""
    with contextlib.suppress(OSError):
        if entry.is_file():
            yield entry.stat().st_mtime_ns


def _without_row(tree: Tree, index: str, mask_folder: str, choice: Choice) -> list[date]:
    try:
        lines = read_bytes(tree.no_data_csv(index, mask_folder)).decode(errors="replace").splitlines()[1:]
    except OSError:
        return []
    days = set()
    for line in {line.strip().strip('"') for line in lines}:
        product = parse_product(line.partition(f"_{index}_")[0])
        if product is not None and choice.has_date(product.acquired.date()):
            days.add((product.acquired.date(), line))
    return sorted(day for day, _ in days)
