"""Trend: whether the years of a zone go up or down, and how fast.

One value a year, over some months. Of n years t with values x:

* s = sum of sign(x_j - x_i) over all pairs i < j; tau = s / (n (n - 1) / 2) (tau-a);
* z = (s - sign s) / sqrt(v), v = [n (n - 1) (2 n + 5) - sum over ties of k (k - 1) (2 k + 5)] / 18, and p of both sides
  (Mann 1945, Kendall 1975);
* slope = the median of (x_j - x_i) / (t_j - t_i) (Theil 1950, Sen 1968), index values per year, with Sen's interval of
  95 %; intercept = median(x) - slope median(t - t_1), the line's value in the first year t_1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np

from ..errors import Phrase, SettingRefused
from .aggregate import aggregate_rows, check_statistic, grouping
from .anomaly import STATISTICS
from .columns import whole
from .kinds import OBSERVATIONS, Acquisitions, Part, RemarkingAnalysis, no_rows
from .periods import YEAR, Calendar, check_month
from .rows import RowFilter, Rows

_TWO_SIDES_OF_95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_COLUMNS = ("fid", "years", "tau", "s", "z", "p", "slope", "slope_low", "slope_high", "intercept")


class TrendOfYears(NamedTuple):
    """The trend of the values of some years; see the formulas above."""

    tau: float
    s: int
    z: float
    p: float
    slope: float
    slope_low: float
    slope_high: float
    intercept: float


_NONE = TrendOfYears(np.nan, 0, *[np.nan] * 6)


@dataclass(frozen=True)
class Trend(RemarkingAnalysis):
    """The analysis ``trend``.

    Attributes
    ----------
    rows
        which rows count.
    statistic
        the value of a year.
    from_month, to_month
        1 to 12; a range over the turn of the year belongs to the year in which it begins.
    min_years
        with fewer years there is no trend.
    """

    rows: RowFilter = field(default_factory=RowFilter)
    statistic: str = "mean"
    from_month: int = 1
    to_month: int = 12
    min_years: int = 5

    KIND = "trend"
    LIBRARIES = ("numpy", "pandas")
    FILES = ("trend",)
    WITH_ATTRIBUTES = (False,)

    @property
    def value(self) -> str:
        """See `Analysis.value`."""
        return self.rows.value

    @property
    def calendar(self) -> Calendar:
        """The years, which begin with the first of the months."""
        return Calendar(YEAR, start_month=self.from_month)

    def check(self) -> None:
        """See `Analysis.check`."""
        self.rows.check()
        check_statistic("STATISTIC", self.statistic, STATISTICS, OBSERVATIONS)
        check_month("FROM_MONTH", self.from_month)
        check_month("TO_MONTH", self.to_month)
        if self.min_years < 2:
            raise SettingRefused(name="MIN_YEARS", value=self.min_years, wanted=Phrase("a number of 2 and more"))
        grouping()

    def remarks(self, acquisitions: Acquisitions) -> Iterator[Phrase]:
        """Say which years are seen in part only."""
        span = acquisitions.span
        begins = self.calendar.between(span.first, span.last)
        ends = self._last_day(begins)
        cut = begins[((begins < span.first) & (ends >= span.first)) | ((begins <= span.last) & (ends > span.last))]
        if cut.size:
            yield Phrase(
                "The acquisitions begin or end within these years, which count all the same: {years}. FROM_MONTH and "
                "TO_MONTH limit each year to months that all of them have.",
                years=", ".join(self.calendar.labels(cut)),
            )

    def _last_day(self, begins: np.ndarray) -> np.ndarray:
        """Return the last day of the months that count, of years given by their first day."""
        months = begins.astype("datetime64[D]").astype("datetime64[M]") + ((self.to_month - self.from_month) % 12 + 1)
        last: np.ndarray = months.astype("datetime64[D]").astype(np.int64) - 1
        return last

    def analyse(self, rows: Rows) -> Part:
        """See `Analysis.analyse`."""
        counting = rows.some(self.rows.passes(rows))
        month = counting.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
        counting = counting.some((month - self.from_month) % 12 <= (self.to_month - self.from_month) % 12)
        found = aggregate_rows(counting, self.calendar, {self.statistic}).dropna(subset=[self.statistic])
        zones = np.unique(rows.zone)
        if not zones.size:
            return Part((no_rows(*_COLUMNS),))
        year = self.calendar.year_of(found["begin"].to_numpy(np.int64))
        value = found[self.statistic].to_numpy(np.float64)
        bounds = np.searchsorted(found["zone"].to_numpy(np.int64), np.append(zones, zones[-1:] + 1))
        number = np.diff(bounds)
        enough = number >= self.min_years
        trends = [
            trend_of(year[begin:end], value[begin:end]) if some else _NONE
            for begin, end, some in zip(bounds[:-1].tolist(), bounds[1:].tolist(), enough.tolist())
        ]
        table = np.array(trends, np.float64).reshape(-1, len(TrendOfYears._fields))
        columns = dict(zip(TrendOfYears._fields, table.T))
        return Part(({"fid": zones, "years": number, **columns, "s": whole(columns["s"], enough)},))


def trend_of(year: np.ndarray, value: np.ndarray) -> TrendOfYears:
    """Return the trend of the values of some years.

    Parameters
    ----------
    year
        int, ascending, at least two.
    value
        float64, of each year.
    """
    n = value.size
    first, second = np.triu_indices(n, 1)
    s = int(np.sign(value[second] - value[first]).sum())
    _, ties = np.unique(value, return_counts=True)
    variance = float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    z = (s - np.sign(s)) / sqrt(variance) if s else 0.0
    slopes = np.sort((value[second] - value[first]) / (year[second] - year[first]))
    slope = float(np.median(slopes))
    half_width = _TWO_SIDES_OF_95 * sqrt(variance)
    low = max(round((slopes.size - half_width) / 2) - 1, 0)
    high = min(round((slopes.size + half_width) / 2), slopes.size - 1)
    return TrendOfYears(
        tau=s / (n * (n - 1) / 2),
        s=s,
        z=float(z),
        p=erfc(abs(z) / sqrt(2)),
        slope=slope,
        slope_low=float(slopes[low]),
        slope_high=float(slopes[high]),
        intercept=float(np.median(value) - slope * np.median(year - year[0])),
    )
