"""The lines, points and areas of one zone in the chart: made once, and given other values for another zone.

To make an artist of matplotlib costs more than to draw it, so none is thrown away.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...engine.series.curves import Curve
from ..common.zone_style import colour_of, dash_of
from .content import SEN2CHAIN, SMOOTHED, Content, Display, ZoneContent
from .paint import Paint

_LINE, _THICK = 1.3, 1.8
_POINT_AREA = 26
_NOTHING: tuple[list[float], list[float]] = ([], [])


class ZoneArtists:
    """The artists of the zone at a position of the chart.

    Parameters
    ----------
    axes
        of matplotlib.
    number
        the position, which gives the colour.
    """

    def __init__(self, axes: Any, number: int) -> None:
        from matplotlib.collections import LineCollection, PolyCollection

        self.number = number
        colour, dash = colour_of(number), dash_of(number)

        def line(**look: Any) -> Any:
            return axes.plot([], [], color=colour, **{"lw": _LINE, **look})[0]

        def area(alpha: float, zorder: float) -> Any:
            return axes.add_collection(PolyCollection([], facecolor=colour, alpha=alpha, lw=0, zorder=zorder), False)

        self.line = line(ls=dash, zorder=4)
        self._filled = line(ls=(0, (2, 2)), zorder=4)
        self._extremes = [line(lw=0.9, ls=":", alpha=0.8, zorder=2) for _ in range(2)]
        self._normal = line(lw=1.1, ls=(0, (6, 2)), alpha=0.75, zorder=3)
        self._steps = line(lw=2.2, alpha=0.55, zorder=3, drawstyle="default")
        self._spikes = line(ls="none", marker="x", ms=6, mew=1.4, zorder=5)
        self._quartiles, self._years = area(0.17, 1), area(0.14, 0.5)
        self._points = axes.scatter([], [], s=_POINT_AREA, edgecolors=colour, linewidths=1.1, zorder=5)
        self._seasons = axes.add_collection(LineCollection([], colors=colour, lw=1.2, zorder=2), False)
        lines = [self.line, self._filled, *self._extremes, self._normal, self._steps, self._spikes]
        self._all = [*lines, self._quartiles, self._years, self._points, self._seasons]

    def hide(self) -> None:
        """Show nothing."""
        for artist in self._all:
            artist.set_visible(False)
        self.line.set_label("")

    def show(self, zone: ZoneContent, label: str, content: Content, paint: Paint) -> None:
        """Show a zone."""
        display, curve = content.display, zone.curve
        for artist in self._all:
            artist.set_visible(True)
        self.line.set_label(label)
        dates = date_numbers(curve)
        for artist, name in zip(self._extremes, ("min", "max")):
            artist.set_data(*((dates, curve.numbers[name]) if display.extremes else _NOTHING))
        quartiles = (dates, curve.numbers["percentile_25"], curve.numbers["percentile_75"])
        # Next to the band of other years nobody could tell whose it is.
        self._quartiles.set_verts(outlines(*quartiles) if display.band and zone.band is None else [])
        self._show_line(zone, dates, display)
        self._show_points(zone, dates, display, paint)
        self._show_years(zone)
        self._show_steps(zone)
        self._show_seasons(zone, display)

    def _show_line(self, zone: ZoneContent, dates: np.ndarray, display: Display) -> None:
        curve = zone.curve
        filled: tuple[Any, Any] = _NOTHING
        if display.line == SMOOTHED and zone.line is not None:
            day, value = zone.line.day.astype(float), zone.line.value
            # Where nothing was seen, the line is dashed; it reaches the day after, so that no hole is left.
            seen = ~zone.line.filled
            reach = seen | np.append(False, seen[:-1]) | np.append(seen[1:], False)
            data = (day, np.where(reach, value, np.nan))
            filled = (day, np.where(zone.line.filled, value, np.nan))
        elif display.line == SEN2CHAIN and curve.smooth_dates:
            data = (_numbers(curve.smooth_dates), np.array(curve.smooth_values))
        else:
            data = (dates, curve.numbers["mean"])
        self.line.set_data(*data)
        self.line.set_linewidth(_LINE if data[0] is dates else _THICK)
        self._filled.set_data(*filled)

    def _show_points(self, zone: ZoneContent, dates: np.ndarray, display: Display, paint: Paint) -> None:
        curve, colour = zone.curve, colour_of(self.number)
        spike = np.zeros(dates.size, bool)
        if display.line == SMOOTHED and zone.line is not None:
            spike = zone.line.spike
        mean = curve.numbers["mean"]
        shown = ~spike if display.points else np.zeros(dates.size, bool)
        self._points.set_offsets(np.column_stack([dates[shown], mean[shown]]))
        if shown.any():
            faces = paint.clouds(curve.cloudy[shown], colour) if display.clouds else colour
            self._points.set_facecolors(faces)
        crosses = spike & display.points
        self._spikes.set_data(dates[crosses], mean[crosses])

    def _show_years(self, zone: ZoneContent) -> None:
        band = zone.band
        day = np.empty(0) if band is None else band.day.astype(float)
        self._years.set_verts([] if band is None else outlines(day, band.low, band.high))
        self._normal.set_data(*(_NOTHING if band is None else (day, band.median)))

    def _show_steps(self, zone: ZoneContent) -> None:
        if zone.steps is None:
            self._steps.set_data(*_NOTHING)
            return
        begin, end, mean = zone.steps
        # A level per period, with a hole where there is none between two.
        across = np.column_stack([begin, end + 1, end + 1]).ravel().astype(float)
        level = np.column_stack([mean, mean, np.full(mean.size, np.nan)]).ravel()
        self._steps.set_data(across, level)

    def _show_seasons(self, zone: ZoneContent, display: Display) -> None:
        line = zone.line
        marks = []
        if line is not None and display.seasons and display.line == SMOOTHED:
            low, high = np.nanmin(line.value), np.nanmax(line.value)
            foot, tick = low - 0.03 * (high - low), 0.05 * (high - low)
            for season in line.seasons:
                marks.append([(season.sos, foot), (season.eos, foot)])
                marks += [[(day, foot - tick / 2), (day, foot + tick / 2)] for day in (season.sos, season.eos)]
                peak = line.value[season.pos - line.day[0]]
                if np.isfinite(peak):
                    marks.append([(season.pos, foot), (season.pos, peak)])
        self._seasons.set_segments(marks)


def date_numbers(curve: Curve) -> np.ndarray:
    """Return the dates of the rows of a curve as matplotlib counts them: days since 1970-01-01."""
    return _numbers(curve.dates)


def _numbers(dates: Any) -> np.ndarray:
    numbers: np.ndarray = np.array(dates, "datetime64[s]").astype(np.int64) / 86400
    return numbers


def outlines(across: np.ndarray, low: np.ndarray, high: np.ndarray) -> list[np.ndarray]:
    """Return the outlines of an area between two lines, one for each part without a hole."""
    known = np.isfinite(low) & np.isfinite(high)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    shapes = []
    for begin, end in zip(ends[::2], ends[1::2]):
        x, part = across[begin:end], slice(begin, end)
        shapes.append(np.column_stack([np.append(x, x[::-1]), np.append(low[part], high[part][::-1])]))
    return shapes
