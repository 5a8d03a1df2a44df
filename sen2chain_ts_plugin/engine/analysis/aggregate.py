"""Aggregate: one value per zone and period, from observations or from the smoothed curve.

Over the observations of a period, with values m, standard deviations s within the zone and n pixels each:

* mean, median, min, max of m; std of m (ddof 0: of these dates, not of a sample); first and last by date;
* pooled_mean = sum(n m) / sum(n), the mean of all pixels of all dates;
* pooled_std = sqrt(sum(n (s^2 + m^2)) / sum(n) - pooled_mean^2), their standard deviation;
* dates, how many; pixels = sum(n); valid_share = sum(count) / sum(count + nodata).

Over the curve the values are those of the dates of the grid, and ``filled`` is the share of them that no observation is
near to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import Phrase, SettingRefused, TooManyColumns
from .columns import Columns, dates, whole
from .kinds import OBSERVATIONS, SMOOTHED, SOURCES, Analysis, Part
from .periods import Calendar
from .rows import RowFilter, Rows, Span

DATES, PIXELS = COUNTS = ("dates", "pixels")
POOLED = ("pooled_mean", "pooled_std")
STATISTICS = ("mean", "median", "min", "max", "std", "first", "last", *POOLED, *COUNTS)
DEFAULT_STATISTICS = ("mean", "median", "min", "max", "dates")
NO_WIDE = "none"
# What spreadsheets of every kind open.
MOST_COLUMNS = 2000


@dataclass(frozen=True)
class Aggregate(Analysis):
    """The analysis ``aggregate``.

    Attributes
    ----------
    calendar
        the periods.
    statistics
        among `STATISTICS`; ``dates`` and ``pixels`` are always there.
    rows
        which rows count; not for the smoothed curve.
    taken_from
        ``observations`` or ``smooth``.
    min_dates
        periods with fewer dates have no values.
    with_empty
        give every zone every period from the first acquisition of the extraction to the last.
    wide
        a statistic to lay out in a file of its own, a row per zone and a column per period; ``none`` for no such file.
    """

    calendar: Calendar = field(default_factory=Calendar)
    statistics: tuple[str, ...] = DEFAULT_STATISTICS
    rows: RowFilter = field(default_factory=RowFilter)
    taken_from: str = OBSERVATIONS
    min_dates: int = 1
    with_empty: bool = False
    wide: str = NO_WIDE

    KIND = "aggregate"
    LIBRARIES = ("numpy", "pandas")

    @property
    def file_names(self) -> tuple[str, ...]:
        """See `Analysis.file_names`."""
        name = self.calendar.name + ("_smooth" if self.taken_from == SMOOTHED else "")
        return (name,) if self.wide == NO_WIDE else (name, f"{name}_wide")

    @property
    def with_attributes(self) -> tuple[bool, ...]:
        """See `Analysis.with_attributes`."""
        return (True,) if self.wide == NO_WIDE else (True, True)

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
        self.calendar.check()
        self.rows.check()
        if self.taken_from not in SOURCES:
            raise SettingRefused(name="SOURCE", value=self.taken_from, wanted=", ".join(SOURCES))
        if self.min_dates < 1:
            raise SettingRefused(name="MIN_DATES", value=self.min_dates, wanted=Phrase("a number of 1 and more"))
        for name, asked in (("STATISTICS", self.statistics), ("WIDE", (self.wide,))):
            known = (*STATISTICS, *((NO_WIDE,) if name == "WIDE" else ()))
            for statistic in asked:
                check_statistic(name, statistic, known, self.taken_from)
        grouping()

    def analyse(self, rows: Rows) -> Part:
        """See `Analysis.analyse`."""
        asked = tuple(name for name in dict.fromkeys(self.statistics) if name not in COUNTS)
        filled = ("filled",) if self.taken_from == SMOOTHED else ()
        needed = {*asked, *filled, *((self.wide,) if self.wide != NO_WIDE else ())}
        found = aggregate_rows(self._counting(rows), self.calendar, needed)
        found = self._without_poor(found, np.unique(rows.zone), rows.span)
        begin = found["begin"].to_numpy(np.int64)
        columns: Columns = {
            "period": self.calendar.labels(begin),
            "begin": dates(begin),
            "end": dates(self.calendar.end_of(begin)),
            "fid": found["zone"].to_numpy(np.int64),
        }
        for name in (*COUNTS, "valid_share", *filled, *asked):
            values = found[name].to_numpy(np.float64)
            columns[name] = whole(values, ~np.isnan(values)) if name in COUNTS else values
        if self.wide == NO_WIDE:
            return Part((columns,))
        return Part((columns, self._wide(found, rows)))

    def _counting(self, rows: Rows) -> Rows:
        """Return the rows that count: those that pass the filters, or every row of a curve."""
        return rows if self.taken_from == SMOOTHED else rows.some(self.rows.passes(rows))

    def _without_poor(self, found: Any, zones: np.ndarray, span: Span) -> Any:
        """Take the values of periods that have too few dates, and add or drop periods without a value."""
        poor = found["dates"] < self.min_dates
        values = found.columns.difference(["zone", "begin", *COUNTS, "valid_share", "filled"])
        found.loc[poor, values] = np.nan
        if not self.with_empty:
            return found[~poor].reset_index(drop=True)
        pd = grouping()
        every = self.calendar.between(span.first, span.last)
        complete = pd.MultiIndex.from_product([zones, every], names=["zone", "begin"])
        found = found.set_index(["zone", "begin"]).reindex(complete)
        for name in COUNTS[: 1 if self.taken_from == SMOOTHED else 2]:
            found[name] = found[name].fillna(0)
        return found.reset_index()

    def _wide(self, found: Any, rows: Rows) -> Columns:
        begins = self.calendar.between(rows.span.first, rows.span.last)
        if begins.size > MOST_COLUMNS:
            raise TooManyColumns(number=begins.size, limit=MOST_COLUMNS)
        zones = np.unique(rows.zone)
        table = found.pivot(index="zone", columns="begin", values=self.wide).reindex(index=zones, columns=begins)
        columns: Columns = {"fid": zones}
        for label, begin in zip(self.calendar.labels(begins), begins.tolist()):
            values = table[begin].to_numpy(np.float64)
            known = ~np.isnan(values)
            columns[label] = whole(values, known) if self.wide in COUNTS else values
        return columns


def check_statistic(name: str, statistic: str, known: tuple[str, ...], source: str) -> None:
    """Raise `SettingRefused` for a statistic that is not known, or that the source does not have."""
    if source == SMOOTHED:
        known = tuple(each for each in known if each not in POOLED)
    if statistic not in known:
        raise SettingRefused(name=name, value=statistic, wanted=", ".join(known))


def grouping() -> Any:
    """Return pandas, which groups.

    Raises
    ------
    PandasMissing
        pandas is not installed.
    """
    from ..errors import PandasMissing
    from ..install import install_line

    try:
        import pandas as pd
    except ImportError as error:
        raise PandasMissing(reason=error, install=install_line("pandas")) from error
    return pd


def aggregate_rows(rows: Rows, calendar: Calendar, asked: set[str]) -> Any:
    """Return a table of pandas with a row per zone and period that has rows: zone, begin, and the statistics.

    ``dates``, ``pixels`` and ``valid_share`` are always there; the last two are NaN for a smoothed curve.
    """
    pd = grouping()
    table = pd.DataFrame(
        {
            "zone": rows.zone,
            "begin": calendar.begin_of(rows.day),
            "value": rows.value,
            "pixels": rows.count,
            "all": rows.count + rows.nodata,
            "filled": rows.filled,
            "sum": rows.count * rows.value,
            "squares": rows.count * (rows.std**2 + rows.value**2),
        }
    )
    groups = table.groupby(["zone", "begin"], sort=True)
    found = groups[["pixels", "all"]].sum(min_count=1)
    found["dates"] = groups.size()
    with np.errstate(divide="ignore", invalid="ignore"):
        found["valid_share"] = found["pixels"] / found["all"]
        pooled = groups["sum"].sum() / found["pixels"]
        if "pooled_mean" in asked:
            found["pooled_mean"] = pooled
        if "pooled_std" in asked:
            # A missing std leaves the sum unknown; rounding may bring the difference below 0.
            squares = groups["squares"].sum().where(groups["squares"].count() == found["dates"]) / found["pixels"]
            found["pooled_std"] = np.sqrt((squares - pooled**2).clip(lower=0))
    for name in ("mean", "median", "min", "max", "first", "last"):
        if name in asked:
            found[name] = getattr(groups["value"], name)()
    if "std" in asked:
        found["std"] = groups["value"].std(ddof=0)
    if "filled" in asked:
        found["filled"] = groups["filled"].mean()
    return found.drop(columns="all").reset_index()
