"""Phenology: the seasons of each zone, from its daily curve.

The extrema of the curve, its ends among them, are thinned: the pair of neighbours with the smallest difference goes,
while that is below max(min_amplitude, relative_amplitude (p95 - p5)); at an end of the curve only the end goes, as
nobody knows what is beyond it. A maximum p between two minima a and b is then a season. Its start and end are

* threshold: where the curve last rises through z_a + f (z_p - z_a) before the peak, and first falls through
  z_b + f (z_p - z_b) after it; the day that is nearer to the level;
* derivative: the days of the steepest rise and fall, by central differences.

amplitude = z_p - (z_a + z_b) / 2; greening = (z_p - z_sos) / (pos - sos) and senescence = (z_eos - z_p) / (eos - pos),
index values per day; integral from sos to eos by trapezoids, index values times days, and above the base (z_a + z_b)/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..errors import Phrase, SettingRefused
from .columns import Columns, dates
from .daily import CurveAnalysis, DailyCurves, daily_curves, few_zones
from .kinds import Part, join_parts, no_rows
from .periods import YEAR, Calendar, check_month
from .rows import Rows

THRESHOLD, DERIVATIVE = METHODS = ("threshold", "derivative")
GAP, EDGE = "gap", "edge"
_COLUMNS = (
    "fid", "year", "season", "sos", "pos", "eos", "los", "sos_value", "pos_value", "eos_value", "base_left",
    "base_right", "amplitude", "greening", "senescence", "integral", "integral_above", "sos_doy", "pos_doy", "eos_doy",
    "dates", "longest_gap", "flags",
)  # fmt: skip


class Season(NamedTuple):
    """A season as days of a curve: the minimum before it, its start, peak and end, the minimum after it."""

    left: int
    sos: int
    pos: int
    eos: int
    right: int


@dataclass(frozen=True)
class Phenology(CurveAnalysis):
    """The analysis ``phenology``.

    Attributes
    ----------
    daily
        how the curves are drawn.
    method
        ``threshold`` or ``derivative``.
    fraction
        of the way from the base to the peak, for ``threshold``; between 0 and 1.
    min_amplitude
        smaller ups and downs are no seasons, index values.
    relative_amplitude
        neither are those smaller than this share of the range of the curve (percentiles 5 to 95).
    min_length
        shorter seasons are dropped, days.
    max_seasons
        of more in a year the largest stay.
    max_gap_in_season
        longer gaps between observations in a season are flagged, days.
    start_month
        with which a year begins.
    """

    method: str = THRESHOLD
    fraction: float = 0.2
    min_amplitude: float = 0.1
    relative_amplitude: float = 0.3
    min_length: int = 30
    max_seasons: int = 4
    max_gap_in_season: int = 45
    start_month: int = 1

    KIND = "phenology"
    FILES = ("seasons",)
    WITH_ATTRIBUTES = (True,)

    def check(self) -> None:
        """See `Analysis.check`."""
        super().check()
        if self.method not in METHODS:
            raise SettingRefused(name="METHOD", value=self.method, wanted=", ".join(METHODS))
        if not 0 < self.fraction < 1:
            raise SettingRefused(name="FRACTION", value=self.fraction, wanted=Phrase("a number between 0 and 1"))
        if not 0 <= self.relative_amplitude <= 1:
            wanted = Phrase("0 to 1")
            raise SettingRefused(name="RELATIVE_AMPLITUDE", value=self.relative_amplitude, wanted=wanted)
        for name, value, least in (
            ("MIN_AMPLITUDE", self.min_amplitude, 0),
            ("MIN_LENGTH", self.min_length, 0),
            ("MAX_SEASONS", self.max_seasons, 1),
            ("MAX_GAP_IN_SEASON", self.max_gap_in_season, 0),
        ):
            if not least <= value < np.inf:
                raise SettingRefused(name=name, value=value, wanted=Phrase("a number of {least} and more", least=least))
        check_month("START_MONTH", self.start_month)

    def analyse(self, rows: Rows) -> Part:
        """See `Analysis.analyse`."""
        parts = [self._few(some) for some in few_zones(rows)]
        return join_parts(parts) if parts else Part((no_rows(*_COLUMNS),))

    def _few(self, rows: Rows) -> Part:
        drawn = daily_curves(rows, self.daily)
        if drawn is None:
            return Part((no_rows(*_COLUMNS),), {"short": np.unique(rows.zone)})
        seasons = [season for series in range(drawn.zones.size) for season in self._seasons_of(drawn, series)]
        table = _table(seasons) if seasons else no_rows(*_COLUMNS)
        notes = {"short": drawn.short, "shortened": drawn.zones[drawn.curves.shortened]}
        return Part((table,), notes)

    def seasons(self, curve: np.ndarray) -> list[Season]:
        """Return the seasons of a curve of daily values, in order."""
        low, high = np.percentile(curve, (5, 95))
        least = max(self.min_amplitude, self.relative_amplitude * float(high - low))
        places = thin(curve, extrema(curve), least)
        found = []
        for left, pos, right in zip(places, places[1:], places[2:]):
            if curve[pos] > curve[left]:
                sos, eos = self._start_and_end(curve, left, pos, right)
                if eos - sos >= self.min_length:
                    found.append(Season(left, sos, pos, eos, right))
        return found

    def _start_and_end(self, curve: np.ndarray, left: int, pos: int, right: int) -> tuple[int, int]:
        rise, fall = curve[left : pos + 1], curve[pos : right + 1]
        if self.method == DERIVATIVE:
            return left + int(np.argmax(np.gradient(rise))), pos + int(np.argmin(np.gradient(fall)))
        start = _last_rise(rise, rise[0] + self.fraction * (rise[-1] - rise[0]))
        end = _last_rise(fall[::-1], fall[-1] + self.fraction * (fall[0] - fall[-1]))
        return left + start, right - end

    def _seasons_of(self, drawn: DailyCurves, series: int) -> Iterator[dict[str, Any]]:
        """Yield the rows of a zone."""
        begin = int(drawn.first[series])
        axis = slice(begin - drawn.origin, int(drawn.last[series]) - drawn.origin + 1)
        curve = drawn.curves.curve[axis, series]
        calendar = Calendar(YEAR, start_month=self.start_month)
        by_year: dict[int, list[Season]] = {}
        for season in self.seasons(curve):
            first_of_year = int(calendar.begin_of(np.array([begin + season.pos]))[0])
            by_year.setdefault(first_of_year, []).append(season)
        mine = np.searchsorted(drawn.observations.series, (series, series + 1))
        days = drawn.observations.day[slice(*mine)] + drawn.origin - begin
        for first_of_year, all_seasons in by_year.items():
            largest = sorted(all_seasons, key=lambda season: _amplitude(curve, season), reverse=True)
            kept = sorted(largest[: self.max_seasons])
            for number, season in enumerate(kept, 1):
                yield {
                    "fid": int(drawn.zones[series]),
                    "year": int(calendar.year_of(np.array([first_of_year]))[0]),
                    "season": number,
                    **_measures(curve, season, begin, first_of_year),
                    **self._evidence(curve, season, days),
                }

    def _evidence(self, curve: np.ndarray, season: Season, days: np.ndarray) -> dict[str, Any]:
        """Return on how many observations a season rests, and what is to be said against it."""
        gaps = np.diff(days)
        touching = (days[1:] > season.sos) & (days[:-1] < season.eos)
        longest = int(gaps[touching].max(initial=0))
        at_edge = season.left == 0 or season.right == curve.size - 1
        flags = [flag for flag, raised in ((GAP, longest > self.max_gap_in_season), (EDGE, at_edge)) if raised]
        return {
            "dates": int(((days >= season.sos) & (days <= season.eos)).sum()),
            "longest_gap": longest,
            "flags": ";".join(flags),
        }


def extrema(curve: np.ndarray) -> list[int]:
    """Return the days of the extrema of a curve, in order, its ends among them; of a level stretch the first day."""
    change = np.flatnonzero(np.diff(curve))
    if not change.size:
        return [0]
    rising = curve[change + 1] > curve[change]
    turns = change[np.flatnonzero(rising[1:] != rising[:-1])] + 1
    return [0, *turns.tolist(), curve.size - 1]


def thin(curve: np.ndarray, places: list[int], least: float) -> list[int]:
    """Drop extrema until neighbours differ by ``least`` or more; see the top of this module."""
    places = list(places)
    while len(places) > 1:
        steps = np.abs(np.diff(curve[places]))
        smallest = int(np.argmin(steps))
        if steps[smallest] >= least:
            break
        if smallest == 0:
            del places[0]
        elif smallest == len(places) - 2:
            del places[-1]
        else:
            del places[smallest : smallest + 2]
    return places


def _last_rise(values: np.ndarray, level: float) -> int:
    """Return where values, the last of them above a level, rise through it for the last time."""
    below = np.flatnonzero(values < level)
    if not below.size:
        return 0
    last = int(below[-1])
    return last if level - values[last] <= values[last + 1] - level else last + 1


def _amplitude(curve: np.ndarray, season: Season) -> float:
    return float(curve[season.pos] - (curve[season.left] + curve[season.right]) / 2)


def _measures(curve: np.ndarray, season: Season, begin: int, first_of_year: int) -> dict[str, Any]:
    """Return the dates and values of a season, given the days of the curve's begin and of the year's."""
    left, sos, pos, eos, right = season
    base = float(curve[left] + curve[right]) / 2
    inside = curve[sos : eos + 1]
    integral = float(((inside[1:] + inside[:-1]) / 2).sum())
    rise, fall = float(curve[pos] - curve[sos]), float(curve[eos] - curve[pos])
    return {
        **{name: begin + day for name, day in (("sos", sos), ("pos", pos), ("eos", eos))},
        "los": eos - sos,
        **{f"{name}_value": float(curve[day]) for name, day in (("sos", sos), ("pos", pos), ("eos", eos))},
        "base_left": float(curve[left]),
        "base_right": float(curve[right]),
        "amplitude": _amplitude(curve, season),
        "greening": rise / (pos - sos) if pos > sos else np.nan,
        "senescence": fall / (eos - pos) if eos > pos else np.nan,
        "integral": integral,
        "integral_above": integral - base * (eos - sos),
        **{f"{name}_doy": begin + day - first_of_year + 1 for name, day in (("sos", sos), ("pos", pos), ("eos", eos))},
    }


def _table(seasons: list[dict[str, Any]]) -> Columns:
    columns: Columns = {}
    for name in _COLUMNS:
        values = [season[name] for season in seasons]
        if name == "flags":
            columns[name] = values
        else:
            columns[name] = dates(np.array(values)) if name in ("sos", "pos", "eos") else np.array(values)
    return columns
