"""Smooth: a curve through the true dates of each zone, on a grid of dates that all zones and runs share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .columns import Columns, dates, whole
from .daily import CurveAnalysis, DailyCurves, DailySettings, daily_curves, few_zones
from .kinds import Part, join_parts, no_rows
from .rows import Rows

CURVE_COLUMNS = ("date", "fid", "value", "observed", "filled", "used", "weight", "count", "gap")
STATISTICS_COLUMNS = ("fid", "dates", "used", "spikes", "lambda", "df", "sd", "cv_mae", "cv_rmse", "longest_gap")


@dataclass(frozen=True)
class Smooth(CurveAnalysis):
    """The analysis ``smooth``.

    Attributes
    ----------
    daily
        how the curves are drawn.
    """

    KIND = "smooth"
    FILES = ("smooth", "smooth_stats")
    WITH_ATTRIBUTES = (True, False)

    def analyse(self, rows: Rows) -> Part:
        """See `Analysis.analyse`."""
        parts = [self._few(some) for some in few_zones(rows)]
        return join_parts(parts) if parts else Part((no_rows(*CURVE_COLUMNS), no_rows(*STATISTICS_COLUMNS)))

    def _few(self, rows: Rows) -> Part:
        drawn = daily_curves(rows, self.daily)
        if drawn is None:
            nothing = no_rows(*CURVE_COLUMNS), no_rows(*STATISTICS_COLUMNS)
            return Part(nothing, {"short": np.unique(rows.zone)})
        tables = (_curve_rows(drawn, self.daily), _statistics(drawn))
        return Part(tables, {"short": drawn.short, "shortened": drawn.zones[drawn.curves.shortened]})


def _curve_rows(drawn: DailyCurves, settings: DailySettings) -> Columns:
    """Return the dates of the grid and those of the observations, with the curve."""
    rows, observations, curves = drawn.rows, drawn.observations, drawn.curves
    series, day, row = _dates_of_zones(drawn, settings.step)
    # The used observations before and after each date, by one number per zone and day.
    reach = int(max(day.max(), rows.day.max())) - int(min(day.min(), rows.day.min())) + 1
    low = int(min(day.min(), rows.day.min()))
    used_day = rows.day[drawn.used]
    keys = observations.series * reach + (used_day - low)
    after = np.searchsorted(keys, series * reach + (day - low))
    first, last = drawn.first[series], drawn.last[series]
    inside = (day >= first) & (day <= last)
    next_day = used_day[np.minimum(after, used_day.size - 1)]
    on_it = inside & (next_day == day)
    before_day = np.where(on_it, day, used_day[np.maximum(after - 1, 0)])
    gap = np.where(inside, next_day - before_day, 0)
    nearest = np.where(inside, np.minimum(day - before_day, next_day - day), np.maximum(first - day, day - last))
    value = np.full(day.size, np.nan)
    shown = inside & (gap <= settings.max_gap)
    value[shown] = curves.curve[day[shown] - drawn.origin, series[shown]]
    observed = row >= 0
    weight = np.zeros(len(rows))
    weight[drawn.used] = curves.weight
    is_used = np.zeros(len(rows), np.int64)
    is_used[drawn.used] = 1
    return {
        "date": dates(day),
        "fid": drawn.zones[series],
        "value": value,
        "observed": np.where(observed, rows.value[row], np.nan),
        "filled": (2 * nearest > settings.step).astype(np.int64),
        "used": whole(is_used[row], observed),
        "weight": np.where(observed, weight[row], np.nan),
        "count": whole(rows.count[row], observed),
        "gap": whole(gap, inside),
    }


def _dates_of_zones(drawn: DailyCurves, step: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return series and day of every row to write, in order, and the observation on it, -1 for none."""
    rows = drawn.rows
    first, last = -(-drawn.first // step) * step, drawn.last // step * step
    sizes = np.maximum((last - first) // step + 1, 0)
    starts = np.cumsum(sizes) - sizes
    grid_series = np.repeat(np.arange(drawn.zones.size), sizes)
    grid_day = first[grid_series] + (np.arange(sizes.sum()) - starts[grid_series]) * step
    row_series = np.searchsorted(drawn.zones, rows.zone)
    series = np.concatenate([row_series, grid_series])
    day = np.concatenate([rows.day, grid_day])
    row = np.concatenate([np.arange(len(rows)), np.full(grid_day.size, -1)])
    # An observation on the grid comes before the grid's own date, which is then dropped.
    order = np.lexsort((row < 0, day, series))
    series, day, row = series[order], day[order], row[order]
    fresh = np.ones(day.size, bool)
    fresh[1:] = (np.diff(series) != 0) | (np.diff(day) != 0)
    return series[fresh], day[fresh], row[fresh]


def _statistics(drawn: DailyCurves) -> Columns:
    observations, curves = drawn.observations, drawn.curves
    series = observations.series
    used = observations.sizes
    squares = np.bincount(series, curves.weight * curves.residual**2)
    free = np.bincount(series, curves.weight) - np.nan_to_num(curves.freedom)
    known = ~np.isnan(curves.left_out)
    left_out = np.where(known, curves.left_out, 0)
    number = np.bincount(series, known)
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.sqrt(np.where(free > 0, squares / free, np.nan))
        mae = np.bincount(series, np.abs(left_out)) / number
        rmse = np.sqrt(np.bincount(series, left_out**2) / number)
    gaps = np.diff(observations.day, prepend=0)
    gaps[observations.begins] = 0
    return {
        "fid": drawn.zones,
        "dates": drawn.count_by_zone(drawn.passed),
        "used": used,
        "spikes": drawn.count_by_zone(drawn.spike),
        "lambda": curves.lam,
        "df": curves.freedom,
        "sd": sd,
        "cv_mae": mae,
        "cv_rmse": rmse,
        "longest_gap": np.maximum.reduceat(gaps, observations.begins),
    }
