"""Small plots of time series as inline SVG, for the report.

Instead of matplotlib: thousands of small curves in one page, in the colours of its style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ...analysis.zone_lines import YearBand, ZoneLine
from ...series.shown_zones import Overview
from ...series.zone_series import NamedZone, ZoneSeries
from ..html.calendar_svg import LEVELS
from ..html.page import Translate, escape
from .zone_lines import ZoneLook

# Sizes in pixels: of a zone's chart, of the chart of all zones; of the labels left and below.
_SMALL, _LARGE = (264, 124), (1120, 280)
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 6, 6, 30
_STRIP = 7
_STEP = 1000


@dataclass(frozen=True)
class Frame:
    """What the charts of a section share: the days and the values that they span, index values times 10 000."""

    first: np.datetime64
    last: np.datetime64
    low: float
    high: float


def frame_of(overview: Overview) -> Frame:
    """Return the frame in which all zones can be compared."""
    low, high = (0.0, 1.0) if np.isnan(overview.low) else (overview.low, overview.high)
    low, high = np.floor(low / _STEP) * _STEP, np.ceil(high / _STEP) * _STEP
    return Frame(overview.days[0], overview.days[-1], low, high if high > low else low + _STEP)


def level_of_share(share: float) -> int:
    """Return the level, 1 to 5, of a share from 0 to 1."""
    return min(int(share * LEVELS) + 1, LEVELS)


def zone_chart(series: ZoneSeries, zone: NamedZone, frame: Frame, look: ZoneLook, tr: Translate) -> str:
    """Return the chart of a zone: its observations, the smoothed line, other years, and how much was seen each time."""
    place = _Place(frame, *_SMALL)
    rows = look.rows
    x = place.x(series.when[rows])
    mean, low, high = (place.y(series.numbers[name][rows]) for name in ("mean", "percentile_25", "percentile_75"))
    seen = 1 - series.share_without_data[rows]
    spike = look.line.spike if look.line is not None else np.zeros(rows.size, bool)
    full = (seen >= 1) & ~spike
    line = [f'<path class="curve" d="{_line(x, mean)}"/>'] if look.line is None else _smoothed(place, look.line)
    shapes = [
        place.grid(),
        f'<path class="band" d="{_band(x, low, high)}"/>' if look.years is None else _other_years(place, look.years),
        *line,
        _dots(x[full], mean[full], 1.7, "dot"),
        _dots(x[~full & ~spike], mean[~full & ~spike], 2.1, "part"),
        _crosses(x[spike], mean[spike]),
        _seen_strip(place, x, seen),
    ]
    return place.svg(shapes, _zone_title(series, zone, seen, tr))


def all_zones_chart(overview: Overview, frame: Frame, tr: Translate) -> str:
    """Return the chart of all zones: the median of their means, and what lies between the 10th and 90th percentile."""
    place = _Place(frame, *_LARGE)
    x = place.x(overview.spread_days)
    low, middle, high = (place.y(row) for row in overview.spread)
    shapes = [
        place.grid(),
        f'<path class="band" d="{_band(x, low, high)}"/><path class="curve" d="{_line(x, middle)}"/>',
        _dots(x, middle, 2.4, "dot"),
    ]
    return place.svg(shapes, tr("median of the zones' means, and from 10 % to 90 % of them"))


class _Place:
    """Where days and values are in a chart."""

    def __init__(self, frame: Frame, width: int, height: int) -> None:
        self._frame = frame
        self._size = (width, height)
        self._days = max(float((frame.last - frame.first).astype(int)), 1.0)
        self.bottom = height - _BOTTOM
        self._right = width - _RIGHT

    def x(self, dates: np.ndarray) -> np.ndarray:
        """Return the horizontal places of dates, in pixels from the left."""
        days = (dates.astype("datetime64[s]") - self._frame.first.astype("datetime64[s]")).astype(np.float64) / 86400
        return _LEFT + np.clip(days / self._days, 0, 1) * (self._right - _LEFT)

    def y(self, values: np.ndarray) -> np.ndarray:
        """Return the vertical places of index values (times 10 000), in pixels from the top."""
        frame = self._frame
        share = (np.clip(values, frame.low, frame.high) - frame.low) / (frame.high - frame.low)
        return self.bottom - share * (self.bottom - _TOP)

    def grid(self) -> str:
        """Return the lines behind the curve, with their labels, as SVG."""
        frame = self._frame
        lines, texts = [], []
        for value in (frame.low, (frame.low + frame.high) / 2, frame.high):
            y = float(self.y(np.array([value]))[0])
            lines.append(f"M{_LEFT} {y:.1f}H{self._right}")
            label = f"{value / 10000:.2f}".replace("-", "\u2212")
            texts.append(f'<text x="{_LEFT - 5}" y="{y + 3.5:.1f}" font-size="10" text-anchor="end">{label}</text>')
        for day, label in self._ticks():
            x = float(self.x(np.array([day]))[0])
            lines.append(f"M{x:.1f} {_TOP}V{self.bottom}")
            anchor = "end" if x > self._right - 14 else "start" if x < _LEFT + 10 else "middle"
            y_text = self._size[1] - 5
            texts.append(f'<text x="{x:.1f}" y="{y_text}" font-size="10" text-anchor="{anchor}">{label}</text>')
        return f'<path class="grid" d="{"".join(lines)}"/>{"".join(texts)}'

    def _ticks(self) -> list[tuple[np.datetime64, str]]:
        """Return the beginnings of years, or half-years where these are few; else the first and the last day."""
        first, last = (date.fromisoformat(str(day)) for day in (self._frame.first, self._frame.last))
        most = max(self._size[0] // 55, 2)
        halves = [(year, month) for year in range(first.year, last.year + 1) for month in (1, 7)]
        halves = [half for half in halves if (first.year, first.month) < half <= (last.year, last.month)]
        years = [half for half in halves if half[1] == 1]
        if len(halves) < 2:
            return [(np.datetime64(day), day.isoformat()) for day in dict.fromkeys((first, last))]
        if len(halves) <= most:
            labels = [f"{year}" if month == 1 else f"{year}-{month:02d}" for year, month in halves]
            return [(np.datetime64(f"{y:04d}-{m:02d}-01"), label) for (y, m), label in zip(halves, labels)]
        return [(np.datetime64(f"{year:04d}-01-01"), str(year)) for year, _ in years[:: -(-len(years) // most)]]

    def svg(self, shapes: Sequence[str], title: str) -> str:
        """Return a whole SVG image of shapes, with a title for those who cannot see it."""
        width, height = self._size
        return (
            f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
            f"<title>{escape(title)}</title>{''.join(shapes)}</svg>"
        )


def _smoothed(place: _Place, line: ZoneLine) -> list[str]:
    """Return the smoothed line: solid between observations that are near, dashed where it is a guess, open in gaps."""
    # One point per pixel is all that can be seen.
    keep = np.zeros(line.day.size, bool)
    keep[:: max(1, line.day.size // (_SMALL[0] - _LEFT - _RIGHT))] = True
    kind = np.where(np.isnan(line.value), 0, np.where(line.filled, 2, 1))
    turns = np.flatnonzero(np.diff(kind, prepend=-1))
    keep[turns] = keep[turns - 1] = keep[-1] = True
    x, y = place.x(line.day.astype("datetime64[D]")), place.y(line.value * 10 * _STEP)
    paths: dict[int, list[str]] = {1: [], 2: []}
    for begin, end in zip(turns.tolist(), [*turns[1:].tolist(), line.day.size]):
        if kind[begin]:
            # From where the part before ends, so that nothing is open between them.
            first = begin - 1 if begin and kind[begin - 1] else begin
            mine = np.flatnonzero(keep[first:end]) + first
            paths[int(kind[begin])].append(_line(x[mine], y[mine]))
    names = {1: "curve", 2: "curve fill"}
    return [f'<path class="{names[key]}" d="{"".join(parts)}"/>' for key, parts in paths.items() if parts]


def _other_years(place: _Place, years: YearBand) -> str:
    """Return the band and the median of other years, over the last one."""
    step = slice(None, None, 4)
    x = place.x(years.day[step].astype("datetime64[D]"))
    low, median, high = (place.y(part[step] * 10 * _STEP) for part in (years.low, years.median, years.high))
    return f'<path class="years" d="{_band(x, low, high)}"/><path class="usual" d="{_line(x, median)}"/>'


def _crosses(x: np.ndarray, y: np.ndarray) -> str:
    path = "".join(f"M{a - 2:.1f} {b - 2:.1f}l4 4m0 -4l-4 4" for a, b in zip(x.tolist(), y.tolist()))
    return f'<path class="spike" d="{path}"/>' if path else ""


def _line(x: np.ndarray, y: np.ndarray) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist())) if x.size else "M0 0"


def _band(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> str:
    known = ~(np.isnan(low) | np.isnan(high))
    x, low, high = x[known], low[known], high[known]
    return _line(np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]])) + "Z"


def _dots(x: np.ndarray, y: np.ndarray, radius: float, kind: str) -> str:
    turn = f"a{radius} {radius} 0 1 0 {2 * radius:g} 0a{radius} {radius} 0 1 0 {-2 * radius:g} 0"
    path = "".join(f"M{a - radius:.1f} {b:.1f}{turn}" for a, b in zip(x.tolist(), y.tolist()))
    return f'<path class="{kind}" d="{path}"/>' if path else ""


def _seen_strip(place: _Place, x: np.ndarray, seen: np.ndarray) -> str:
    """Return a tick per row below the chart, coloured by the share of the zone's pixels that was seen."""
    top = place.bottom + 5
    paths: dict[int, list[str]] = {}
    for at, share in zip(x.tolist(), seen.tolist()):
        paths.setdefault(level_of_share(share), []).append(f"M{at - 1.2:.1f} {top}h2.4v{_STRIP}h-2.4z")
    return "".join(f'<path class="h{level}" d="{"".join(parts)}"/>' for level, parts in sorted(paths.items()))


def _zone_title(series: ZoneSeries, zone: NamedZone, seen: np.ndarray, tr: Translate) -> str:
    mean = series.numbers["mean"][zone.rows]
    if not seen.size:
        return zone.label
    return tr("{zone}, dates: {dates}, mean {mean}, {seen} % of its pixels seen").format(
        zone=zone.label, dates=seen.size, mean=f"{np.nanmean(mean) / 10000:.3f}", seen=f"{100 * seen.mean():.0f}"
    )
