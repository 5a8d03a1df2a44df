"""The lines of a report's charts: smoothed on the true dates, as in the dock, and what other years were like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...analysis.zone_lines import YearBand, ZoneLine, other_years, smoothed_lines, straight_line
from ...series.curves import INDEX_COLUMNS, Curve
from ...series.smoothing import SCALE
from ...series.zone_series import NUMBERS, NamedZone, ZoneSeries


@dataclass(frozen=True)
class ZoneLook:
    """What a chart of a zone draws, besides its rows.

    Attributes
    ----------
    rows
        the rows that have a value: positions in the arrays of the series.
    line
        the smoothed line; None where there are too few observations.
    years
        the other years over the last one; None where there are none.
    """

    rows: np.ndarray
    line: ZoneLine | None = None
    years: YearBand | None = None

    def against_other_years(self, series: ZoneSeries) -> tuple[float, float]:
        """Return the last value, as an index value, and the median of other years on that day; NaN for none."""
        if not self.rows.size:
            return float("nan"), float("nan")
        last = self.rows[-1]
        value = float(series.numbers["mean"][last]) / SCALE
        if self.years is None:
            return value, float("nan")
        day = int(series.when[last].astype("datetime64[D]").astype(np.int64))
        place = np.flatnonzero(self.years.day == day)
        return value, float(self.years.median[place[0]]) if place.size else float("nan")


def looks_of(series: ZoneSeries, zones: Sequence[NamedZone]) -> list[ZoneLook]:
    """Return what the charts of some zones draw."""
    rows = [_rows_with_value(series, zone) for zone in zones]
    curves = [_curve(series, zone, mine) for zone, mine in zip(zones, rows) if mine.size]
    lines = dict(zip((curve.zone for curve in curves), smoothed_lines(curves, series.index)))
    years = {curve.zone: _years(curve, lines[curve.zone]) for curve in curves}
    return [ZoneLook(mine, lines.get(zone.fid), years.get(zone.fid)) for zone, mine in zip(zones, rows)]


def _rows_with_value(series: ZoneSeries, zone: NamedZone) -> np.ndarray:
    rows = np.arange(zone.rows.start, zone.rows.stop)
    found: np.ndarray = rows[~np.isnan(series.numbers["mean"][rows])]
    return found


def _curve(series: ZoneSeries, zone: NamedZone, rows: np.ndarray) -> Curve:
    numbers = {name: series.numbers[name][rows] / (SCALE if name in INDEX_COLUMNS else 1) for name in NUMBERS}
    numbers["cldprb"] = np.full(rows.size, np.nan)  # the compiled rows have it too, but nothing here asks for it
    names = tuple(series.filename[row] for row in rows.tolist())
    return Curve(zone.fid, tuple(series.when[rows].tolist()), ("",) * rows.size, names, numbers)


def _years(curve: Curve, line: ZoneLine | None) -> YearBand | None:
    if line is None:
        return other_years(*straight_line(curve))
    return other_years(line.day, np.where(line.filled, np.nan, line.value))
