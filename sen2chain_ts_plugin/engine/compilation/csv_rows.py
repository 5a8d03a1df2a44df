"""Rows as text: the lines of compiled CSV files, and which of them belong to a period."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from math import isnan

import numpy as np

from ..dates import DateRange
from ..series.best_rows import BestRows
from ..series.smoothing import SCALE, Deviations, Smoothed, share_without_data
from ..tree.cells import Lines, join_rows, pieces_of
from ..tree.columns import PERIOD_FORMS, SMOOTH_COLUMNS

DEVIATION_COLUMNS = ("", "indice", "fid", "MAE", "RMSE", "MAPE")


class PeriodColumns:
    """The period columns of rows on some days.

    Parameters
    ----------
    days
        the days that rows can be on, ascending.
    columns
        which of `PERIOD_FORMS` the rows have.
    """

    def __init__(self, days: Sequence[date], columns: Sequence[str]) -> None:
        self._days = days
        self.columns = columns
        self._labels = {column: [day.strftime(PERIOD_FORMS[column]) for day in days] for column in columns}

    def split(self, column: str, day: np.ndarray) -> tuple[np.ndarray, list[tuple[str, int]]]:
        """Sort rows by a period; return their positions, and each period that has rows with how many it has.

        ``day`` is the position of each row's day.
        """
        labels = sorted(set(self._labels[column]))
        number = {label: position for position, label in enumerate(labels)}
        of_day = np.array([number[label] for label in self._labels[column]], np.int64)
        of_row = of_day[day]
        sizes = np.bincount(of_row, minlength=len(labels)).tolist()
        return np.argsort(of_row, kind="stable"), [(label, size) for label, size in zip(labels, sizes) if size]

    def between(self, dates: DateRange, day: np.ndarray) -> np.ndarray:
        """Return the positions of the rows in a range of dates."""
        inside = np.array([dates.holds(each) for each in self._days], bool)
        return np.flatnonzero(inside[day])

    def ends(self, without: str = "") -> list[bytes]:
        """Return, of each day, the text of the columns but one, a comma before each."""
        columns = [column for column in self.columns if column != without]
        return [
            "".join("," + self._labels[column][position] for column in columns).encode()
            for position in range(len(self._days))
        ]


class SeriesRows:
    """The rows of a series as lines, as they were extracted."""

    def __init__(self, series: BestRows, columns: Sequence[str]) -> None:
        self.periods = PeriodColumns([product.date.date() for product in series.products], columns)
        self.day = series.product
        self._series = series
        self._dates = pieces_of([product.date_text + b"," for product in series.products]).of(series.product)

    def __len__(self) -> int:
        return len(self._series)

    def lines(self, rows: np.ndarray, without: str = "") -> Lines:
        """Return the text of some rows, without the period column ``without``."""
        series = self._series
        ends = pieces_of([end + b"\n" for end in self.periods.ends(without)]).of(series.product)
        return join_rows([self._dates, series.rows.results, b",", series.completeness, series.tails, ends], rows)


class SmoothRows:
    """The grid dates of a smoothed series: what was observed on them, if anything was, and the smoothed value."""

    def __init__(self, series: BestRows, smooth: Smoothed, columns: Sequence[str]) -> None:
        days, self.day = np.unique(smooth.day, return_inverse=True)
        self.periods = PeriodColumns([date.fromordinal(day) for day in days.tolist()], columns)
        self._days = [date.fromordinal(day).isoformat().encode() for day in days.tolist()]
        self._series = series
        self._smooth = smooth
        self._pixels, self._percent = share_without_data(series.fid, series.count, series.nodata)

    def __len__(self) -> int:
        return len(self.day)

    def lines(self, rows: np.ndarray, without: str = "", *, gaps_have_periods: bool = True) -> Lines:
        """Return the text of some rows; see `SeriesRows.lines`.

        ``gaps_have_periods`` is false where period columns are filled only if something was observed.
        """
        series, smooth = self._series, self._smooth
        ends = self.periods.ends(without)
        columns = sum(column != without for column in self.periods.columns)
        gap_ends = ends if gaps_have_periods else [b"," * columns] * len(ends)
        rest_of_gap = b"," * (len(series.columns) - 1)
        observed = smooth.row[rows]
        seen = observed[observed >= 0]
        values = zip(
            series.lines_of(seen), self._pixels[seen].tolist(), self._percent[seen].tolist(),
            (series.mean[seen] / SCALE).tolist(),
        )  # fmt: skip
        cells = zip(
            self.day[rows].tolist(), smooth.fid[rows].tolist(), smooth.value[rows].tolist(), (observed >= 0).tolist()
        )
        lines = []
        for day, fid, value, is_observed in cells:
            if is_observed:
                line, pixels, percent, mean = next(values)
                total = int(pixels) if pixels.is_integer() else pixels
                cells_after = b",%r,%r,1,%r,%r\n" % (total, percent, mean, value)
                lines.append(self._days[day] + b"," + line + ends[day] + cells_after)
            else:
                lines.append(b"%b,%d%b%b,,,,,%r\n" % (self._days[day], fid, rest_of_gap, gap_ends[day], value))
        return Lines.of(lines)


def observed_header(columns: Sequence[str], periods: Sequence[str], without: str = "") -> bytes:
    """Return the first line of a file of rows as they were extracted."""
    return header(["date", *columns, *(column for column in periods if column != without)])


def smooth_header(columns: Sequence[str], periods: Sequence[str], without: str = "", *, numbered: bool = True) -> bytes:
    """Return the first line of a file of smoothed rows, which may begin with their number, in a column without name."""
    kept = (column for column in periods if column != without)
    return header([*([""] if numbered else []), "date", *columns, *kept, *SMOOTH_COLUMNS])


def deviation_lines(index: str, deviations: Deviations) -> Lines:
    """Return the lines that say how well the smoothing fits each zone, without their numbers."""
    columns = (deviations.fid, deviations.mae, deviations.rmse, deviations.mape)
    lines = []
    for fid, *values in zip(*(column.tolist() for column in columns)):
        cells = [index, fid, *("" if isnan(value) else repr(value) for value in values)]
        lines.append(",".join(map(str, cells)).encode() + b"\n")
    return Lines.of(lines)


def header(columns: Sequence[str]) -> bytes:
    """Return the first line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(columns)
    return line.getvalue().encode()
