"""Reads the time series of every zone of an extraction: what the plots, the report and the quicklooks show.

They come from the compiled file of all data when it is there and not older than the raw files; else the raw files are
compiled in memory, by the same rule, some zones at a time. A compiled file that is too large to be read at once is left
alone: the raw files hold the same rows.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from ..errors import KeyFieldUnknown
from ..feedback import Feedback, check
from ..files import is_folder, read_bytes, system_path
from ..library.product_id import parse_product
from ..tree.columns import PERIOD_FORMS, RESULT_COLUMNS
from ..tree.compiled_from import is_of_these
from ..tree.layout import Tree
from ..tree.raw_csv import ACQUISITION_YEARS, split_cells
from .batches import ZoneBatches, zone_batches
from .best_rows import BestRows
from .zone_series import NUMBERS, Choice, NamedZone, ZoneSeries

_CHECK_EVERY = 1 << 14
# A larger compiled file is not read: as text and numbers it would take eight times as much memory.
MOST_COMPILED_BYTES = 64 << 20
# About how far reading is when it is known where the rows come from.
OPENED = 0.4


@dataclass(frozen=True)
class SeriesSource:
    """Where the rows of an index and mask come from.

    Attributes
    ----------
    nothing
        a series without rows: whose rows they are, what was left out.
    whole
        all rows, where they come from the compiled file; else None.
    """

    nothing: ZoneSeries
    whole: ZoneSeries | None
    _batches: ZoneBatches | None
    _choice: Choice

    def parts(self, feedback: Feedback) -> Iterator[ZoneSeries]:
        """Yield the rows, some zones at a time, in the order of the zones; a zone is labelled by its key alone.

        Raises
        ------
        RawFileChanged
            a raw file changed meanwhile.
        Cancelled
            the user asked to stop.
        """
        if self.whole is not None:
            yield self.whole
        elif self._batches is not None:
            key = _key_place(self._batches.columns, self._choice.key_field)
            for best in self._batches.each(_same, feedback):
                yield _series_of(self.nothing, best, self._choice, key)

    def joined(self, parts: Sequence[ZoneSeries], labels: Mapping[int, str]) -> ZoneSeries:
        """Return the rows of parts that follow each other, with the names of the zones."""
        starts = np.cumsum([0, *(len(part) for part in parts)]).tolist()
        zones = [
            NamedZone(zone.fid, labels[zone.fid], slice(zone.rows.start + start, zone.rows.stop + start))
            for part, start in zip(parts, starts)
            for zone in part.zones
        ]
        parts = [*parts, self.nothing]
        return replace(
            self.nothing,
            zones=zones,
            when=np.concatenate([part.when for part in parts]),
            filename=[name for part in parts for name in part.filename],
            numbers={name: np.concatenate([part.numbers[name] for part in parts]) for name in NUMBERS},
        )


def open_zone_series(tree: Tree, index: str, mask_folder: str, choice: Choice, feedback: Feedback) -> SeriesSource:
    """Find out where the rows of one index and mask within the dates come from.

    Raises
    ------
    KeyFieldUnknown
        the rows have no such attribute.
    Cancelled
        the user asked to stop.
    """
    nothing = ZoneSeries(
        index, mask_folder, [], np.empty(0, "datetime64[s]"), [], {name: np.empty(0) for name in NUMBERS},
        without_row=_without_row(tree, index, mask_folder, choice),
    )  # fmt: skip
    # Where compile has put a column of its own, an attribute of that name has another one; in the raw files it has not.
    by_period = choice.key_field in PERIOD_FORMS
    compiled = None if by_period else _fresh_compiled(tree, index, mask_folder)
    if compiled is not None:
        feedback.info("{index} {mask}: from {file}.", index=index, mask=mask_folder, file=compiled.name)
        try:
            rows = csv.reader(io.StringIO(read_bytes(compiled).decode("utf-8-sig"), newline=""))
            whole = _read_table(nothing, rows, choice, feedback)
            return SeriesSource(replace(nothing, compiled=compiled), whole, None, choice)
        except (OSError, csv.Error, ValueError, LookupError, OverflowError) as error:
            feedback.warning(
                "{file} is damaged ({reason}): the raw data are shown instead. Compile again.",
                file=compiled.name, reason=f"{type(error).__name__}: {error}",
            )  # fmt: skip
    feedback.info("{index} {mask}: from the raw data.", index=index, mask=mask_folder)
    batches = zone_batches(tree, index, mask_folder, feedback)
    _key_place(batches.columns, choice.key_field)  # an unknown one is said before anything is drawn
    return SeriesSource(replace(nothing, damaged=batches.damaged), None, batches, choice)


def _same(best: BestRows) -> BestRows:
    return best


def _series_of(nothing: ZoneSeries, best: BestRows, choice: Choice, key: int | None) -> ZoneSeries:
    """Return the rows of some zones that are within the dates; a zone's label is its key."""
    inside = np.array([choice.has_date(product.date.date()) for product in best.products], bool)[best.product]
    rows = np.flatnonzero(inside)
    fid, product = best.fid[rows], best.product[rows]
    begins = np.flatnonzero(np.diff(fid, prepend=-1))
    bounds = [*begins.tolist(), rows.size]
    keys = _keys(best, rows, bounds, key)
    return replace(
        nothing,
        zones=[
            NamedZone(number, text, slice(begin, end))
            for number, text, begin, end in zip(fid[begins].tolist(), keys, bounds, bounds[1:])
        ],
        when=np.array([each.date for each in best.products], "datetime64[s]")[product],
        filename=[best.products[position].filename for position in product.tolist()],
        numbers={name: best.number(name)[rows] for name in NUMBERS},
    )


def _keys(best: BestRows, rows: np.ndarray, bounds: Sequence[int], key: int | None) -> list[str]:
    """Return the key of each zone: that of its first row that has one, or an empty text."""
    if key is None:
        return [""] * (len(bounds) - 1)
    keys = [cells[key].strip() for cells in split_cells(best.lines_of(rows[bounds[:-1]]))]
    for number, text in enumerate(keys):
        if not text:
            others = split_cells(best.lines_of(rows[bounds[number] : bounds[number + 1]]))
            keys[number] = next(filter(None, (cells[key].strip() for cells in others)), "")
    return keys


def _read_table(nothing: ZoneSeries, rows: Iterator[list[str]], choice: Choice, feedback: Feedback) -> ZoneSeries:
    header = next(rows, [])
    columns = {name: position for position, name in reversed(list(enumerate(header)))}
    table = _Table(columns, _key_place(header, choice.key_field))
    for number, cells in enumerate(rows):
        if number % _CHECK_EVERY == 0:
            check(feedback)
        table.add(cells, choice)
    return table.finish(nothing)


class _Table:
    """Rows on their way into arrays."""

    def __init__(self, columns: Mapping[str, int], key: int | None) -> None:
        self._key = key
        self._date, self._fid, self._filename = (columns[name] for name in ("date", "fid", "filename"))
        self._places = [columns[name] for name in NUMBERS]
        # A million rows are ten times smaller in arrays, with each text once.
        self._fids = array("q")
        self._numbers = array("d")
        self._texts: dict[str, str] = {}
        self._dates: list[str] = []
        self._names: list[str] = []
        self._keys: dict[int, str] = {}
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
            self._keys.setdefault(fid, cells[self._key].strip())

    def finish(self, nothing: ZoneSeries) -> ZoneSeries:
        """Return all rows taken, ordered by zone and date; a zone's label is its key."""
        fid = np.array(self._fids, np.int64)
        known = {text: np.datetime64(datetime.fromisoformat(text), "s") for text in set(self._dates)}
        dates = np.array([known[text] for text in self._dates], "datetime64[s]")
        order = np.lexsort((dates, fid))
        values = np.array(self._numbers, np.float64).reshape(len(fid), len(NUMBERS))[order]
        _check(values, known)
        bounds = [*np.flatnonzero(np.diff(fid[order], prepend=-1)).tolist(), len(fid)]
        numbers = [int(fid[order[begin]]) for begin in bounds[:-1]]
        return replace(
            nothing,
            zones=[
                NamedZone(number, self._keys.get(number, ""), slice(begin, end))
                for number, begin, end in zip(numbers, bounds, bounds[1:])
            ],
            when=dates[order],
            filename=[self._names[position] for position in order.tolist()],
            numbers={name: values[:, position] for position, name in enumerate(NUMBERS)},
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


def _key_place(header: Sequence[str], key_field: str) -> int | None:
    """Return which column names the zones; None for none."""
    if not key_field or key_field == "fid":
        return None
    # What is named like a period is one of compile's columns, unless it was asked for: then these are raw rows.
    periods = () if key_field in PERIOD_FORMS else PERIOD_FORMS
    known = {*RESULT_COLUMNS, "completeness", *periods, ""}
    fields = [name for name in header if name not in known]
    if key_field not in fields:
        raise KeyFieldUnknown(field=key_field, there=", ".join(fields) or "-")
    return list(header).index(key_field)


def _fresh_compiled(tree: Tree, index: str, mask_folder: str) -> Path | None:
    """Return the newest compiled file of all data, unless it may lack something of the raw files, or is too large."""
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
    if os.stat(system_path(folder / name)).st_size > MOST_COMPILED_BYTES:
        return None
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
