"""Rows as text: the lines of compiled CSV files, and which of them belong to a period."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from math import isnan

import numpy as np

from ..dates import DateRange
from ..feedback import Feedback, check
from ..series.best_rows import BestRows
from ..series.smoothing import SCALE, Deviations, Smoothed, share_without_data
from ..tree.columns import PERIOD_FORMS, SMOOTH_COLUMNS

_ROWS_AT_ONCE = 1 << 14


class Rows:
    """Rows, each on one of some dates, with the columns of some periods.

    Parameters
    ----------
    dates
        the days that rows can be on, ascending.
    date_of_row
        int, of each row the position of its day.
    columns
        which of `PERIOD_FORMS` the rows have.
    feedback
        asked for cancel while lines are made.
    """

    def __init__(
        self, dates: Sequence[date], date_of_row: np.ndarray, columns: Sequence[str], feedback: Feedback
    ) -> None:
        self.dates = dates
        self.columns = columns
        self._date_of_row = date_of_row
        self._feedback = feedback
        self._labels = {column: [day.strftime(PERIOD_FORMS[column]) for day in dates] for column in columns}
        self._known_ends: dict[str, list[bytes]] = {}

    def everything(self) -> np.ndarray:
        """Return the positions of all rows."""
        return np.arange(self._date_of_row.size)

    def split(self, column: str) -> Iterator[tuple[str, np.ndarray]]:
        """Yield each value of a period column with the positions of its rows, in order."""
        labels = sorted(set(self._labels[column]))
        number = {label: position for position, label in enumerate(labels)}
        of_date = np.array([number[label] for label in self._labels[column]], np.int64)
        of_row = of_date[self._date_of_row]
        order = np.argsort(of_row, kind="stable")
        bounds = np.searchsorted(of_row[order], np.arange(len(labels) + 1))
        for label, begin, end in zip(labels, bounds[:-1].tolist(), bounds[1:].tolist()):
            if begin < end:
                yield label, order[begin:end]

    def between(self, dates: DateRange) -> np.ndarray:
        """Return the positions of the rows in a range of dates."""
        inside = np.array([dates.holds(day) for day in self.dates], bool)
        return np.flatnonzero(inside[self._date_of_row])

    def first_and_last(self, rows: np.ndarray) -> tuple[date, date]:
        """Return the first and the last day of some rows, at least one."""
        positions = self._date_of_row[rows]
        return self.dates[int(positions.min())], self.dates[int(positions.max())]

    def pieces(self, rows: np.ndarray, without: str = "") -> Iterator[bytes]:
        """Yield the CSV text of some rows, the header first.

        Parameters
        ----------
        rows
            their positions.
        without
            the period column to leave out.
        """
        raise NotImplementedError

    def custom_pieces(self, rows: np.ndarray) -> Iterator[bytes]:
        """Yield the CSV text of some rows in the form of a custom file."""
        return self.pieces(rows)

    def _ends(self, without: str) -> list[bytes]:
        """Return, of each date, the text of the period columns but one, a comma before each."""
        if without not in self._known_ends:
            columns = [column for column in self.columns if column != without]
            self._known_ends[without] = [
                "".join("," + self._labels[column][position] for column in columns).encode()
                for position in range(len(self.dates))
            ]
        return self._known_ends[without]

    def _parts(self, rows: np.ndarray) -> Iterator[np.ndarray]:
        for begin in range(0, rows.size, _ROWS_AT_ONCE):
            check(self._feedback)
            yield rows[begin : begin + _ROWS_AT_ONCE]


class SeriesRows(Rows):
    """The rows of a series, as they were extracted."""

    def __init__(self, series: BestRows, columns: Sequence[str], feedback: Feedback) -> None:
        super().__init__([product.date.date() for product in series.products], series.product, columns, feedback)
        self._series = series
        self._begins = [product.date_text + b"," for product in series.products]

    def pieces(self, rows: np.ndarray, without: str = "") -> Iterator[bytes]:
        """See `Rows.pieces`."""
        series = self._series
        yield header(["date", *series.columns, *(column for column in self.columns if column != without)])
        lines, begins, ends = series.lines, self._begins, self._ends(without)
        for part in self._parts(rows):
            products = series.product[part].tolist()
            rows_of_part = zip(part.tolist(), products)
            # The text is copied once, into the piece: at a million rows memory is what takes the time.
            yield b"".join([text for row, p in rows_of_part for text in (begins[p], lines[row], ends[p], b"\n")])


class SmoothRows(Rows):
    """The grid dates of a smoothed series: what was observed on them, if anything was, and the smoothed value."""

    def __init__(self, series: BestRows, smooth: Smoothed, columns: Sequence[str], feedback: Feedback) -> None:
        days, date_of_row = np.unique(smooth.day, return_inverse=True)
        super().__init__([date.fromordinal(day) for day in days.tolist()], date_of_row, columns, feedback)
        self._series = series
        self._smooth = smooth
        self._days = [day.isoformat().encode() for day in self.dates]
        self._pixels, self._percent = share_without_data(series.fid, series.count, series.nodata)

    def pieces(self, rows: np.ndarray, without: str = "") -> Iterator[bytes]:
        """See `Rows.pieces`. Each row begins with its position, in a column without name."""
        return self._pieces(rows, without, numbered=True, gaps_have_periods=True)

    def all_data_pieces(self) -> Iterator[bytes]:
        """Yield the CSV text of all rows; period columns are filled only where something was observed."""
        return self._pieces(self.everything(), "", numbered=True, gaps_have_periods=False)

    def custom_pieces(self, rows: np.ndarray) -> Iterator[bytes]:
        """Yield the CSV text of some rows, without their positions."""
        return self._pieces(rows, "", numbered=False, gaps_have_periods=True)

    def _pieces(self, rows: np.ndarray, without: str, *, numbered: bool, gaps_have_periods: bool) -> Iterator[bytes]:
        series, smooth = self._series, self._smooth
        columns = [column for column in self.columns if column != without]
        yield header([*([""] if numbered else []), "date", *series.columns, *columns, *SMOOTH_COLUMNS])
        days = self._days
        ends = self._ends(without)
        gap_ends = ends if gaps_have_periods else [b"," * len(columns)] * len(ends)
        rest_of_gap = b"," * (len(series.columns) - 1)
        for part in self._parts(rows):
            observed = smooth.row[part]
            cells = zip(
                part.tolist(),
                self._date_of_row[part].tolist(),
                smooth.fid[part].tolist(),
                smooth.value[part].tolist(),
                observed.tolist(),
                self._pixels[observed].tolist(),
                self._percent[observed].tolist(),
                (series.mean[observed] / SCALE).tolist(),
            )
            lines = []
            for number, day, fid, value, row, pixels, percent, mean in cells:
                begin = b"%d,%b," % (number, days[day]) if numbered else days[day] + b","
                if row < 0:
                    lines.append(b"%b%d%b%b,,,,,%r\n" % (begin, fid, rest_of_gap, gap_ends[day], value))
                else:
                    values = b",%d,%r,1,%r,%r\n" % (pixels, percent, mean, value)
                    lines.append(begin + series.lines[row] + ends[day] + values)
            yield b"".join(lines)


def deviation_pieces(index: str, deviations: Deviations) -> Iterator[bytes]:
    """Yield the CSV text of how well the smoothing fits each zone."""
    yield header(["", "indice", "fid", "MAE", "RMSE", "MAPE"])
    columns = (deviations.fid, deviations.mae, deviations.rmse, deviations.mape)
    for number, (fid, *values) in enumerate(zip(*(column.tolist() for column in columns))):
        cells = [number, index, fid, *("" if isnan(value) else repr(value) for value in values)]
        yield ",".join(map(str, cells)).encode() + b"\n"


def header(columns: Sequence[str]) -> bytes:
    """Return the first line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(columns)
    return line.getvalue().encode()
