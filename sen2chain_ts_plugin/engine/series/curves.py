"""The time series of some zones, for a chart: only their rows are read, whatever the size of the extraction.

The raw CSV are sorted by zone, Sen2Chain's too, and no cell holds a line end. So the line of a zone is found by halving
the file: some reads of 16 kB per file instead of all of it, and nothing has to be indexed or kept up to date.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..errors import Phrase, RawDataDamaged
from ..feedback import Feedback
from ..files import open_regular
from ..tree.cells import Pieces
from ..tree.columns import RESULT_COLUMNS
from ..tree.layout import Tree
from ..tree.raw_csv import folders, raw_files, split_cells
from .best_rows import BestRows, completeness, read_series
from .smoothing import SCALE, SmoothingSettings, smooth_series, usable_rows

# A stretch of a file that is read at once and searched line by line.
_STRETCH = 1 << 14
# The columns that hold values of the index, times `SCALE`.
INDEX_COLUMNS = ("mean", "std", "median", "min", "max", "percentile_25", "percentile_75")
NUMBER_COLUMNS = (*RESULT_COLUMNS[4:], "completeness")


@dataclass(frozen=True)
class Curve:
    """The best row of each date of one zone, as compile chooses it, by date.

    Attributes
    ----------
    zone
        the zone's number, ``fid``.
    dates
        when each row was acquired.
    tiles, filenames
        the tile and the masked raster of each row.
    numbers
        float64 arrays by the names of `NUMBER_COLUMNS`, NaN where a cell is empty; those of `INDEX_COLUMNS` are index
        values (0.5, not 5000).
    smooth_dates, smooth_values
        the line that Sen2Chain smooths, one value every 5 days; empty where there is none.
    smooth_used
        how many rows that line is made from: those on its dates that show enough of the zone.
    """

    zone: int
    dates: tuple[datetime, ...]
    tiles: tuple[str, ...]
    filenames: tuple[str, ...]
    numbers: dict[str, np.ndarray]
    smooth_dates: tuple[datetime, ...] = ()
    smooth_values: tuple[float, ...] = ()
    smooth_used: int = 0

    @property
    def cloudy(self) -> np.ndarray:
        """The cloudy share of the zone on each date, 0 to 1; NaN where it is not known."""
        with np.errstate(invalid="ignore", divide="ignore"):
            share: np.ndarray = self.numbers["nbcld"] / (self.numbers["count"] + self.numbers["nodata"])
        return share


def extracted(tree: Tree) -> dict[str, dict[str, int]]:
    """Return how many raw files a tree has, by index and by folder of the cloud mask; none that has no file."""
    found: dict[str, dict[str, int]] = {}
    for index in folders(tree.folder / "raw_data"):
        for mask in folders(tree.folder / "raw_data" / index):
            number = len(raw_files(tree.raw_folder(index, mask)))
            if number:
                found.setdefault(index, {})[mask] = number
    return found


def read_curves(
    tree: Tree,
    index: str,
    mask_folder: str,
    zones: Sequence[int],
    feedback: Feedback,
    smoothing: SmoothingSettings | None = None,
) -> list[Curve]:
    """Read the time series of some zones.

    Parameters
    ----------
    tree
        the extraction; it may be written to meanwhile.
    index, mask_folder
        one pair of `extracted`.
    zones
        their numbers.
    feedback
        told about files that are damaged, which are left out; asked for cancel before each file.
    smoothing
        how to smooth; None for no smoothed line. A zone that is too short for it has none.

    Returns
    -------
    list of Curve
        of the zones that have a row with a mean, in the order of ``zones``.

    Raises
    ------
    Cancelled
        the user asked to stop.
    ScipyMissing, SmoothingRefused
        there can be no smoothing of this kind.
    """
    wanted = sorted({zone for zone in zones if zone >= 0})
    paths = raw_files(tree.raw_folder(index, mask_folder))
    series = read_series(paths, (), feedback, partial(_read_zones, zones=wanted))
    curves = {zone: curve for zone, curve in _curves(series, smoothing, feedback).items() if zone in wanted}
    return [curves[zone] for zone in dict.fromkeys(zones) if zone in curves]


def _curves(series: BestRows, smoothing: SmoothingSettings | None, feedback: Feedback) -> dict[int, Curve]:
    if not len(series):
        return {}
    smooth = None
    usable_days: dict[int, list[int]] = {}
    if smoothing:
        smooth = smooth_series(series, smoothing, feedback)
        usable = usable_rows(series, smoothing.cover_max)
        for zone, day in zip(series.fid[usable].tolist(), series.days[usable].tolist()):
            usable_days.setdefault(zone, []).append(day)
    numbers = {name: series.number(name) for name in RESULT_COLUMNS[4:]}
    numbers["completeness"] = completeness(series.count, series.nodata, series.nbcld)
    for name in INDEX_COLUMNS:
        numbers[name] = numbers[name] / SCALE
    tiles, filenames = (_texts(series.rows.cells(name)) for name in ("tile", "filename"))
    drawn = np.flatnonzero(~np.isnan(series.mean))  # where somebody has edited the file there is nothing to draw
    curves = {}
    for rows in np.split(drawn, np.flatnonzero(np.diff(series.fid[drawn])) + 1):
        if not rows.size:
            continue
        zone = int(series.fid[rows[0]])
        days: tuple[datetime, ...] = ()
        values: tuple[float, ...] = ()
        used = 0
        if smooth is not None:
            here = smooth.fid == zone
            days = tuple(datetime.fromordinal(day) for day in smooth.day[here].tolist())
            values = tuple(smooth.value[here].tolist())
            used = int(np.isin(smooth.day[here], usable_days.get(zone, ())).sum())
        curves[zone] = Curve(
            zone,
            tuple(series.products[product].date for product in series.product[rows].tolist()),
            tuple(tiles[row] for row in rows.tolist()),
            tuple(filenames[row] for row in rows.tolist()),
            {name: numbers[name][rows] for name in NUMBER_COLUMNS},
            days, values, used,
        )  # fmt: skip
    return curves


def _texts(cells: Pieces) -> list[str]:
    """Return the texts of cells, of which many are the same."""
    found = cells.tolist()
    texts = {cell: text for cell in set(found) for (text,) in split_cells([cell])}
    return [texts[cell] for cell in found]


def _read_zones(path: Path, zones: Sequence[int]) -> bytes:
    """Return the header of a raw CSV and the lines of some zones, ascending."""
    with open_regular(path) as stream:
        lines = [stream.readline()]
        if zones:
            size = os.fstat(stream.fileno()).st_size
            first = _bracket(path, stream, stream.tell(), size, zones[0])
            last = first if len(zones) == 1 else _bracket(path, stream, first[0], size, zones[-1])
            lines += _lines_between(path, stream, first, last, zones)
    return b"".join(lines)


def _lines_between(
    path: Path, stream: BinaryIO, first: tuple[int, int], last: tuple[int, int], zones: Sequence[int]
) -> list[bytes]:
    """Return the lines of some zones; ``first`` brackets the first of them, ``last`` the last, or one after it."""
    # Where they lie close together, all lines from the first one on are read, else each is looked for.
    if len(zones) > 1 and last[0] - first[0] > _STRETCH * len(zones):
        half = len(zones) // 2
        middle = _bracket(path, stream, first[0], last[1], zones[half])
        return [
            *_lines_between(path, stream, first, middle, zones[:half]),
            *_lines_between(path, stream, middle, last, zones[half:]),
        ]
    wanted = set(zones)
    stream.seek(first[0])
    found = []
    for line in iter(stream.readline, b""):
        zone = _zone(path, line)
        if zone > zones[-1]:
            break
        if zone in wanted:
            found.append(line)
    return found


def _bracket(path: Path, stream: BinaryIO, begin: int, end: int, zone: int) -> tuple[int, int]:
    """Return two places, at most a stretch apart, between which the first line of a zone, or of one after it, begins.

    The first place is where a line begins. It is looked for between ``begin`` and ``end``.
    """
    # Lines before `begin` are of earlier zones; those from `end` on are of this zone or of later ones.
    while end - begin > _STRETCH:
        middle = (begin + end) // 2
        stream.seek(middle - 1)
        stream.readline()
        place = stream.tell()
        line = stream.readline() if place < end else b""
        if line and _zone(path, line) < zone:
            begin = place + len(line)
        else:
            end = middle
    return begin, end


def _zone(path: Path, line: bytes) -> int:
    cells = line.split(b",", 2)
    try:
        return int(float(cells[1]))  # Sen2Chain may write 8.0
    except (IndexError, ValueError, OverflowError) as error:
        raise RawDataDamaged(path=path, reason=Phrase("column 'fid' holds a value that is not a zone")) from error


def curves_csv(curves: Sequence[Curve], labels: Sequence[str]) -> str:
    """Return time series as CSV: a line per zone and date, of observations, of the smoothed line, or of both.

    Parameters
    ----------
    curves, labels
        of each zone its rows, and what it is called.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["zone", "label", "date", "tile", "filename", *NUMBER_COLUMNS, "smoothed"])
    for curve, label in zip(curves, labels):
        smooth = {moment.date(): value for moment, value in zip(curve.smooth_dates, curve.smooth_values)}
        lines: list[tuple[datetime, list[object]]] = []
        for row, moment in enumerate(curve.dates):
            numbers = [_text(float(curve.numbers[name][row])) for name in NUMBER_COLUMNS]
            smoothed = _text(smooth.pop(moment.date(), np.nan))
            lines.append((moment, [curve.tiles[row], curve.filenames[row], *numbers, smoothed]))
        empty = [""] * (len(NUMBER_COLUMNS) + 2)
        lines += [(datetime.combine(day, time()), [*empty, _text(value)]) for day, value in smooth.items()]
        for moment, cells in sorted(lines, key=lambda line: line[0]):
            writer.writerow([curve.zone, label, moment, *cells])
    return text.getvalue()


def _text(value: float) -> str:
    if np.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)
