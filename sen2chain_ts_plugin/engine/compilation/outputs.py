"""What each batch of zones adds to the files of a compile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ..choices import ALL_DATA, CUSTOM
from ..dates import DateRange
from ..feedback import Silent
from ..series.best_rows import BestRows, SeriesProduct
from ..series.smoothing import SCALE, Smoothed, deviations, smooth_series, usable_rows
from ..tree.cells import Lines
from .csv_rows import (
    DEVIATION_COLUMNS,
    SeriesRows,
    SmoothRows,
    deviation_lines,
    header,
    observed_header,
    smooth_header,
)

if TYPE_CHECKING:
    from .compile import CompileRequest

# The periods that split the rows into files, each by the column it brings. All columns of the periods asked for stand
# in every file, in this order, but a period's own column not in its own files.
SPLITS = {"yearly": "year", "monthly": "month", "weekly": "week", "daily": "day"}
SMOOTH = "_smooth"
STATISTICS = f"all_data{SMOOTH}_stats"


@dataclass(frozen=True)
class Addition:
    """Lines for one file.

    Attributes
    ----------
    part
        the part of the request that the file comes from.
    end
        what the name of the file ends with.
    header
        the first line of the file.
    lines
        to be added.
    counter
        what the number at the beginning of each line counts, among `BatchOutput.counts`; empty where there is none.
    numbers
        these numbers, counted from the first of the batch.
    """

    part: str
    end: str
    header: bytes
    lines: Lines
    counter: str = ""
    numbers: np.ndarray | None = None


@dataclass(frozen=True)
class BatchOutput:
    """What the zones of a batch add to the files.

    Attributes
    ----------
    rows
        how many all data have.
    additions
        in the order of the files.
    counts
        how many things there are of those that lines are numbered by.
    short
        the zones that are too short for the smoothing.
    series
        the rows, where they are wanted.
    """

    rows: int
    additions: list[Addition]
    counts: dict[str, int] = field(default_factory=dict)
    short: tuple[int, ...] = ()
    series: BestRows | None = None


def custom_name(products: Sequence[SeriesProduct], request: CompileRequest) -> str:
    """Return what the custom file is named after: the first and the last day that has rows; empty without any."""
    dates = DateRange(request.date_min, request.date_max)
    days = [day for product in products if dates.holds(day := product.date.date())]
    return f"{days[0]}_{days[-1]}" if days else ""


def parts_of(request: CompileRequest) -> list[str]:
    """Return the parts of a request, each with its files, in the order of the files."""
    periods = [period for period in SPLITS if period in request.periods]
    if CUSTOM in request.periods:
        periods.append(CUSTOM)
    parts = ([ALL_DATA] if ALL_DATA in request.periods else []) + periods
    if request.smoothing:
        parts += [ALL_DATA + SMOOTH] if request.smooth_all_data else []
        parts += [period + SMOOTH for period in periods]
    return parts


@dataclass(frozen=True)
class BatchWork:
    """Makes lines of the best rows of a batch of zones; for any thread, or another machine.

    Attributes
    ----------
    index
        of the rows.
    request
        what to compile.
    custom
        see `custom_name`.
    keep_series
        whether the rows are wanted as well as their lines.
    """

    index: str
    request: CompileRequest
    custom: str
    keep_series: bool

    def __call__(self, series: BestRows) -> BatchOutput:
        """Make the lines."""
        additions = list(self._observed(series))
        kept = series if self.keep_series else None
        if not self.request.smoothing:
            return BatchOutput(len(series), additions, series=kept)
        smooth = smooth_series(series, self.request.smoothing, Silent())
        additions += self._smoothed(series, smooth)
        counts = {"rows": smooth.fid.size, "zones": 0}
        if self.request.smooth_all_data:
            fit = self._fit(series, smooth)
            counts["zones"] = fit.lines.sizes.size
            additions.append(fit)
        return BatchOutput(len(series), additions, counts, smooth.short, kept)

    def _observed(self, series: BestRows) -> Iterator[Addition]:
        request = self.request
        rows = SeriesRows(series, request.columns)
        if ALL_DATA in request.periods:
            first = observed_header(series.columns, request.columns)
            yield Addition(ALL_DATA, "all_data", first, rows.lines(np.arange(len(rows))))
        for period, column in self._splits():
            positions, periods = rows.periods.split(column, rows.day)
            first = observed_header(series.columns, request.columns, column)
            texts = rows.lines(positions, column).split([size for _, size in periods])
            for (label, _), lines in zip(periods, texts):
                yield Addition(period, f"{period}_{label}", first, lines)
        if CUSTOM in request.periods:
            positions = rows.periods.between(self._dates, rows.day)
            if positions.size:
                first = observed_header(series.columns, request.columns)
                yield Addition(CUSTOM, self.custom, first, rows.lines(positions))

    def _smoothed(self, series: BestRows, smooth: Smoothed) -> Iterator[Addition]:
        request = self.request
        rows = SmoothRows(series, smooth, request.columns)
        if not len(rows):
            return
        if request.smooth_all_data:
            first = smooth_header(series.columns, request.columns)
            everything = np.arange(len(rows))
            lines = rows.lines(everything, gaps_have_periods=False)
            yield Addition(ALL_DATA + SMOOTH, f"all_data{SMOOTH}", first, lines, "rows", everything)
        for period, column in self._splits():
            positions, periods = rows.periods.split(column, rows.day)
            first = smooth_header(series.columns, request.columns, column)
            sizes = [size for _, size in periods]
            numbers = np.split(positions, np.cumsum(sizes)[:-1])
            for (label, _), lines, some in zip(periods, rows.lines(positions, column).split(sizes), numbers):
                yield Addition(period + SMOOTH, f"{period}_{label}{SMOOTH}", first, lines, "rows", some)
        if CUSTOM in request.periods and self.custom:
            positions = rows.periods.between(self._dates, rows.day)
            if positions.size:
                first = smooth_header(series.columns, request.columns, numbered=False)
                yield Addition(CUSTOM + SMOOTH, f"{self.custom}{SMOOTH}", first, rows.lines(positions))

    def _fit(self, series: BestRows, smooth: Smoothed) -> Addition:
        used = usable_rows(series, self.request.cover_max)
        found = deviations(smooth, series.fid[used], series.days[used], series.mean[used] / SCALE)
        lines = deviation_lines(self.index, found)
        numbers = np.arange(lines.sizes.size)
        return Addition(ALL_DATA + SMOOTH, STATISTICS, header(DEVIATION_COLUMNS), lines, "zones", numbers)

    @property
    def _dates(self) -> DateRange:
        return DateRange(self.request.date_min, self.request.date_max)

    def _splits(self) -> list[tuple[str, str]]:
        return [(period, column) for period, column in SPLITS.items() if period in self.request.periods]
