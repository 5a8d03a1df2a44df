"""What a chart of a zone draws besides its observations: the smoothed line, its seasons, other years, means of periods.

Nothing is computed here that an analysis does not compute: the line is that of `smooth`, the seasons are those of
`phenology`, the means those of `aggregate`, each with its defaults.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ..series.curves import Curve
from .daily import DailyCurves, DailySettings, daily_curves
from .periods import YEAR, Calendar
from .phenology import Phenology
from .rows import CLOUDY_PROBABILITY, RowFilter, Rows, Span, best_of_day

_EPOCH = datetime(1970, 1, 1)
_PERCENTILES = (10, 50, 90)
# Between observations that are further apart, three passes of both satellites, the line is a guess: days.
_SPARSE = 15
_SPREAD_STEP = 5  # days


@dataclass(frozen=True)
class SeasonDays:
    """The start, the peak and the end of a season, as days since 1970-01-01."""

    sos: int
    pos: int
    eos: int


@dataclass(frozen=True)
class ZoneLine:
    """The smoothed line of a zone.

    Attributes
    ----------
    day
        int64, every day from the first to the last used observation, since 1970-01-01.
    value
        float64, index values; NaN inside a long gap.
    filled
        bool: the observations before and after are more than 15 days apart.
    used, spike
        bool, of each row of the curve that it was drawn from.
    seasons
        in order.
    """

    day: np.ndarray
    value: np.ndarray
    filled: np.ndarray
    used: np.ndarray
    spike: np.ndarray
    seasons: tuple[SeasonDays, ...] = ()


@dataclass(frozen=True)
class YearBand:
    """The years before the last one, laid over its days.

    Attributes
    ----------
    first, last
        of the last year, as days since 1970-01-01.
    day
        int64, the days of the last year on which another year has a value.
    low, median, high
        float64, the 10th, 50th and 90th percentile of the other years.
    years
        how many there are.
    """

    first: int
    last: int
    day: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    years: int


@dataclass(frozen=True)
class Spread:
    """How the values of several zones are spread over time.

    Attributes
    ----------
    day
        int64, every 5 days since 1970-01-01.
    low, median, high
        float64, the 10th, 50th and 90th percentile of the zones; NaN where less than a third of them has a value.
    """

    day: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray


def smoothed_lines(curves: Sequence[Curve], index: str, start_month: int = 1) -> list[ZoneLine | None]:
    """Smooth the observations of each zone on their true dates.

    Parameters
    ----------
    curves
        the observations.
    index
        its name: of some indices a spike may point upwards.
    start_month
        with which a year begins, for the seasons.

    Returns
    -------
    list
        a line per curve; None where there are too few observations.
    """
    settings = DailySettings()
    if not curves:
        return []
    rows, places = _rows_of(curves, index, settings.rows)
    drawn = daily_curves(rows, settings)
    if drawn is None:
        return [None] * len(curves)
    seasons = _seasons(rows, settings, start_month)
    number = {zone: series for series, zone in enumerate(drawn.zones.tolist())}
    return [
        _line(curve, drawn, number[curve.zone], places[curve.zone], seasons.get(curve.zone, ()))
        if curve.zone in number
        else None
        for curve in curves
    ]


def straight_line(curve: Curve, max_gap: int = DailySettings.max_gap) -> tuple[np.ndarray, np.ndarray]:
    """Return a value for every day between observations, as straight lines; NaN inside a longer gap than ``max_gap``.

    Returns
    -------
    tuple of numpy.ndarray
        days since 1970-01-01, int64; index values, float64.
    """
    days, places = np.unique(_days_of(curve), return_index=True)
    values = curve.numbers["mean"][places]
    every = np.arange(days[0], days[-1] + 1)
    line = np.interp(every, days, values)
    after = np.searchsorted(days, every)
    gap = days[after] - days[np.maximum(after - 1, 0)]
    line[(gap > max_gap) & (days[after] != every)] = np.nan
    return every, line


def other_years(day: np.ndarray, value: np.ndarray, start_month: int = 1) -> YearBand | None:
    """Lay the years before the last one over its days.

    Parameters
    ----------
    day, value
        a value for every day, int64 since 1970-01-01 and float64; NaN where there is none.
    start_month
        with which a year begins.

    Returns
    -------
    YearBand or None
        None where there is no other year.
    """
    calendar = Calendar(YEAR, start_month=start_month)
    begins = calendar.begin_of(day)
    last = int(begins[-1])
    end = int(calendar.end_of(np.array([last]))[0])
    others = [begin for begin in np.unique(begins).tolist() if begin != last]
    if not others:
        return None
    table = np.full((len(others), end - last + 1), np.nan)
    for row, begin in enumerate(others):
        mine = begins == begin
        place = day[mine] - begin
        inside = place < table.shape[1]
        table[row, place[inside]] = value[mine][inside]
    seen = np.flatnonzero(~np.isnan(table).all(axis=0))
    if not seen.size:
        return None
    low, median, high = np.nanpercentile(table[:, seen], _PERCENTILES, axis=0)
    return YearBand(last, end, last + seen, low, median, high, len(others))


def spread_of(curves: Sequence[Curve]) -> Spread:
    """Return how the values of some zones, at least one, are spread: between observations each is a straight line."""
    lines = [straight_line(curve) for curve in curves]
    first, last = min(int(day[0]) for day, _ in lines), max(int(day[-1]) for day, _ in lines)
    days = np.arange(-(-first // _SPREAD_STEP) * _SPREAD_STEP, last + 1, _SPREAD_STEP)
    if not days.size:
        days = np.array([first])  # all within a few days
    table = np.full((len(lines), days.size), np.nan)
    for row, (day, value) in enumerate(lines):
        inside = (days >= day[0]) & (days <= day[-1])
        table[row, inside] = value[days[inside] - day[0]]
    # Of a few zones the others would be missed: the median would jump with every cloud.
    seen = np.flatnonzero(3 * (~np.isnan(table)).sum(axis=0) >= len(lines))
    spread = np.full((3, days.size), np.nan)
    if seen.size:
        spread[:, seen] = np.nanpercentile(table[:, seen], _PERCENTILES, axis=0)
    return Spread(days, *spread)


def period_means(curve: Curve, kind: str, start_month: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean of the observations in each period: its first and its last day, and the mean."""
    calendar = Calendar(kind, start_month=start_month)
    mean = curve.numbers["mean"]
    begins, group = np.unique(calendar.begin_of(_days_of(curve)), return_inverse=True)
    return begins, calendar.end_of(begins), np.bincount(group, mean) / np.bincount(group)


def as_datetime(day: int) -> datetime:
    """Return a day since 1970-01-01 as midnight of that day."""
    return _EPOCH + timedelta(days=int(day))


def _days_of(curve: Curve) -> np.ndarray:
    days: np.ndarray = np.array(curve.dates, "datetime64[D]").astype(np.int64)
    return days


def _rows_of(curves: Sequence[Curve], index: str, kept: RowFilter) -> tuple[Rows, dict[int, np.ndarray]]:
    """Return the best row of each zone and day, and the positions of the rows of each zone in its curve."""
    places: dict[int, np.ndarray] = {}
    parts: list[tuple[np.ndarray, ...]] = []
    for curve in sorted(curves, key=lambda curve: curve.zone):
        numbers, day = curve.numbers, _days_of(curve)
        zone = np.full(day.size, curve.zone, np.int64)
        names = np.argsort(np.argsort(np.array(curve.filenames)))
        place = best_of_day(zone, day, numbers["count"], numbers["std"], names)
        with np.errstate(invalid="ignore"):
            cloudy = (numbers["nbcld"] > 0) | (numbers["cldprb"] >= CLOUDY_PROBABILITY)
        columns = (zone, day, numbers[kept.value], numbers["std"], numbers["count"], numbers["nodata"], cloudy)
        parts.append(tuple(column[place] for column in columns))
        places[curve.zone] = place
    zone, day, value, std, count, nodata, cloudy = (np.concatenate(column) for column in zip(*parts))
    span = Span(int(day.min()), int(day.max()))
    return Rows(zone, day, value, std, count, nodata, cloudy, np.zeros(zone.size), index, span), places


def _line(
    curve: Curve, drawn: DailyCurves, series: int, place: np.ndarray, seasons: tuple[SeasonDays, ...]
) -> ZoneLine:
    """Return the line of a zone, given its number among those drawn, and the positions of its rows in its curve."""
    mine = drawn.rows.zone == curve.zone
    seen = drawn.rows.day[drawn.used][drawn.observations.series == series]
    day = np.arange(int(seen[0]), int(seen[-1]) + 1)
    value = drawn.curves.curve[day - drawn.origin, series].copy()
    after = np.searchsorted(seen, day)
    gap = np.where(seen[after] == day, 0, seen[after] - seen[np.maximum(after - 1, 0)])
    value[gap > DailySettings.max_gap] = np.nan
    used, spike = np.zeros(len(curve.dates), bool), np.zeros(len(curve.dates), bool)
    is_used = np.zeros(len(drawn.rows), bool)
    is_used[drawn.used] = True
    used[place], spike[place] = is_used[mine], drawn.spike[mine]
    return ZoneLine(day, value, gap > _SPARSE, used, spike, seasons)


def _seasons(rows: Rows, settings: DailySettings, start_month: int) -> dict[int, tuple[SeasonDays, ...]]:
    """Return the seasons of each zone that has some."""
    (table,) = Phenology(settings, start_month=start_month).analyse(rows).tables
    days = [np.array(table[name], "datetime64[D]").astype(np.int64).tolist() for name in ("sos", "pos", "eos")]
    seasons: dict[int, list[SeasonDays]] = {}
    for zone, *season in zip(np.asarray(table["fid"]).tolist(), *days):
        seasons.setdefault(zone, []).append(SeasonDays(*season))
    return {zone: tuple(sorted(mine, key=lambda season: season.pos)) for zone, mine in seasons.items()}
