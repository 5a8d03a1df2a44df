"""Anomaly: the value of a period compared with those of the same step of other years.

R are the values of the same step (month, dekad, week, season) of the same zone in the reference years, without the
year itself if that is left out. Of a value x:

* normal = mean(R); sd of R with ddof 1; difference = x - normal; ratio = 100 x / normal, for a normal of 0.05 or more;
* z = difference / max(sd, spread); neither sd nor z of one year in R;
* vci = 100 (x - min) / (max - min) over R and x (Kogan 1995, doi 10.1016/0273-1177(95)00079-T), where the range is not
  below the spread;
* percentile = 100 (number of R below x + half the number equal to x) / number of R.

A step that the first or the last acquisition of the extraction cuts is in no R.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..errors import Phrase, SettingRefused
from .aggregate import aggregate_rows, check_statistic, grouping
from .columns import Columns, dates
from .kinds import OBSERVATIONS, SMOOTHED, SOURCES, Acquisitions, Part, RemarkingAnalysis, no_rows
from .periods import DEKAD, MONTH, SEASON, WEEK, Calendar
from .rows import RowFilter, Rows, Span

PERIODS = (WEEK, DEKAD, MONTH, SEASON)
STATISTICS = ("mean", "median", "max", "pooled_mean")
_LEAST_NORMAL = 0.05
_QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
_NORMALS = ("step", "fid", "years", "mean", "sd", "min", "p10", "p25", "median", "p75", "p90", "max")
_ANOMALIES = (
    "period", "begin", "end", "fid", "value", "years", "normal", "sd", "difference", "ratio", "z", "vci", "percentile",
)  # fmt: skip


@dataclass(frozen=True)
class Anomaly(RemarkingAnalysis):
    """The analysis ``anomaly``.

    Attributes
    ----------
    calendar
        the periods, of one of the kinds `PERIODS`.
    rows
        which rows count; not for the smoothed curve.
    taken_from
        ``observations`` or ``smooth``.
    statistic
        the value of a period, one of `STATISTICS`.
    reference_min, reference_max
        the first and the last reference year; None for no limit.
    leave_out
        whether a year is compared with the other years only.
    min_years
        with fewer years in R there is nothing to compare with.
    spread
        what is taken for the spread of years that are more alike, index values.
    """

    calendar: Calendar = field(default_factory=Calendar)
    rows: RowFilter = field(default_factory=RowFilter)
    taken_from: str = OBSERVATIONS
    statistic: str = "mean"
    reference_min: int | None = None
    reference_max: int | None = None
    leave_out: bool = True
    min_years: int = 3
    spread: float = 0.02

    KIND = "anomaly"
    LIBRARIES = ("numpy", "pandas")
    WITH_ATTRIBUTES = (False, True)

    @property
    def file_names(self) -> tuple[str, ...]:
        """See `Analysis.file_names`."""
        name = self.calendar.name + ("_smooth" if self.taken_from == SMOOTHED else "")
        return f"{name}_normals", f"{name}_anomaly"

    @property
    def value(self) -> str:
        """See `Analysis.value`."""
        return self.rows.value

    @property
    def source(self) -> str:
        """See `Analysis.source`."""
        return self.taken_from

    def check(self) -> None:
        """See `Analysis.check`."""
        if self.calendar.kind not in PERIODS:
            raise SettingRefused(name="PERIOD", value=self.calendar.kind, wanted=", ".join(PERIODS))
        self.rows.check()
        if self.taken_from not in SOURCES:
            raise SettingRefused(name="SOURCE", value=self.taken_from, wanted=", ".join(SOURCES))
        check_statistic("STATISTIC", self.statistic, STATISTICS, self.taken_from)
        low, high = self.reference_min, self.reference_max
        if low is not None and high is not None and low > high:
            raise SettingRefused(
                name="REFERENCE_MIN",
                value=low,
                wanted=Phrase("a year that is not after REFERENCE_MAX ({high})", high=high),
            )
        if self.min_years < 1:
            raise SettingRefused(name="MIN_YEARS", value=self.min_years, wanted=Phrase("a number of 1 and more"))
        if not 0 < self.spread < np.inf:
            raise SettingRefused(name="SPREAD", value=self.spread, wanted=Phrase("a number above 0"))
        grouping()

    def remarks(self, acquisitions: Acquisitions) -> Iterator[Phrase]:
        """Say that the reference years were processed in different ways."""
        there = self.is_reference(self.calendar.begin_of(acquisitions.day))
        baselines = sorted({name for name, seen in zip(acquisitions.baseline, there.tolist()) if seen and name})
        if len(baselines) > 1:
            yield Phrase(
                "The reference years hold products of different processing baselines ({baselines}): part of a "
                "difference may come from the processing.",
                baselines=", ".join(baselines),
            )

    def is_reference(self, begin: np.ndarray) -> np.ndarray:
        """Tell which periods, given by their first days, are in the reference years."""
        year = self.calendar.year_of(begin)
        inside = np.ones(year.size, bool)
        if self.reference_min is not None:
            inside &= year >= self.reference_min
        if self.reference_max is not None:
            inside &= year <= self.reference_max
        return inside

    def analyse(self, rows: Rows) -> Part:
        """See `Analysis.analyse`."""
        counting = rows if self.taken_from == SMOOTHED else rows.some(self.rows.passes(rows))
        found = aggregate_rows(counting, self.calendar, {self.statistic}).dropna(subset=[self.statistic])
        if not len(found):
            return Part((no_rows(*_NORMALS), no_rows(*_ANOMALIES)))
        span = rows.span
        begin = found["begin"].to_numpy(np.int64)
        years = _Years(found["zone"].to_numpy(np.int64), self.calendar, begin, span)
        x = found[self.statistic].to_numpy(np.float64)
        is_whole = (begin >= span.first) & (self.calendar.end_of(begin) <= span.last)
        reference = years.spread(x, self.is_reference(begin) & is_whole)
        return Part((self._normals(years, reference), self._anomalies(years, reference, x, begin)))

    def _normals(self, years: _Years, reference: np.ndarray) -> Columns:
        number = (~np.isnan(reference)).sum(axis=1)
        enough = number >= self.min_years
        ordered = np.sort(reference, axis=1)
        mean, sd = _mean_and_sd(reference)
        statistics = {"mean": mean, "sd": sd, "min": ordered[:, 0]}
        statistics |= {name: _quantile(ordered, number, share) for name, share in _QUANTILES.items()}
        statistics["max"] = _quantile(ordered, number, 1.0)
        return {
            "step": years.step_of_group,
            "fid": years.zone_of_group,
            "years": number,
            **{name: np.where(enough, values, np.nan) for name, values in statistics.items()},
        }

    def _anomalies(self, years: _Years, reference: np.ndarray, x: np.ndarray, begin: np.ndarray) -> Columns:
        others = reference[years.group]
        if self.leave_out:
            others[np.arange(x.size), years.column] = np.nan
        number = (~np.isnan(others)).sum(axis=1)
        enough = number >= self.min_years
        normal, sd = _mean_and_sd(others)
        with np.errstate(divide="ignore", invalid="ignore"):
            difference = x - normal
            low = np.fmin(np.fmin.reduce(others, axis=1), x)
            high = np.fmax(np.fmax.reduce(others, axis=1), x)
            alike = (others < x[:, np.newaxis]).sum(axis=1) + (others == x[:, np.newaxis]).sum(axis=1) / 2
            compared = {
                "normal": normal,
                "sd": sd,
                "difference": difference,
                "ratio": np.where(normal >= _LEAST_NORMAL, 100 * x / normal, np.nan),
                "z": difference / np.maximum(sd, self.spread),
                "vci": np.where(high - low >= self.spread, 100 * (x - low) / (high - low), np.nan),
                "percentile": 100 * alike / number,
            }
        return {
            "period": self.calendar.labels(begin),
            "begin": dates(begin),
            "end": dates(self.calendar.end_of(begin)),
            "fid": years.zone_of_group[years.group],
            "value": x,
            "years": number,
            **{name: np.where(enough, values, np.nan) for name, values in compared.items()},
        }


class _Years:
    """Where the periods of zones are in a table with a row per zone and step and a column per year."""

    def __init__(self, zone: np.ndarray, calendar: Calendar, begin: np.ndarray, span: Span) -> None:
        of_row = calendar.steps(begin)
        steps = calendar.step_order(set(of_row))
        place = {step: number for number, step in enumerate(steps)}
        step = np.array([place[each] for each in of_row], np.int64)
        groups, self.group = np.unique(zone * len(steps) + step, return_inverse=True)
        self.zone_of_group = groups // len(steps)
        self.step_of_group = [steps[number] for number in (groups % len(steps)).tolist()]
        # All years of the extraction, so that a zone's sums do not depend on its neighbours.
        first, last = calendar.year_of(calendar.begin_of(np.array([span.first, span.last]))).tolist()
        self.column = calendar.year_of(begin) - first
        self._shape = groups.size, last - first + 1

    def spread(self, values: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Return the table with some of the values of the periods, NaN elsewhere."""
        table = np.full(self._shape, np.nan)
        table[self.group[which], self.column[which]] = values[which]
        return table


def _mean_and_sd(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation (ddof 1) of what is known in each row."""
    known = ~np.isnan(table)
    number = known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, table, 0).sum(axis=1) / number
        squares = np.where(known, table - mean[:, np.newaxis], 0) ** 2
        return mean, np.sqrt(np.where(number > 1, squares.sum(axis=1) / (number - 1), np.nan))


def _quantile(ordered: np.ndarray, number: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of each row, linear between its ascending values; NaN come last."""
    place = np.maximum(number - 1, 0) * share
    below = np.floor(place).astype(np.int64)
    above = np.ceil(place).astype(np.int64)
    rows = np.arange(len(ordered))
    low, high = ordered[rows, below], ordered[rows, above]
    quantile: np.ndarray = low + (high - low) * (place - below)
    return quantile
