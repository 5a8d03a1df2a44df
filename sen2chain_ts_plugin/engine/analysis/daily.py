"""The daily curve of each zone: its rows filtered, spikes left out, a curve drawn through the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..errors import Phrase, SettingRefused
from .curves import SAVGOL, Curves, CurveSettings, draw
from .despike import UPWARDS_TOO, find_spikes
from .kinds import Analysis
from .rows import RowFilter, Rows
from .whittaker import Observations

# Days times zones that are worked on at once.
_CELLS = 1 << 20


@dataclass(frozen=True)
class DailySettings:
    """How to come from rows to a curve.

    Attributes
    ----------
    rows
        which rows count.
    curve
        how to draw.
    spike, spike_days
        what a spike is, see `despike`; index values and days.
    spike_on_clear
        whether a zone without a cloudy pixel can have one.
    max_gap
        days: a curve is not shown inside of longer gaps.
    step
        days between the dates of the grid, which are multiples of this since 1970-01-01.
    min_dates
        zones with fewer observations, spikes not counted, have no curve.
    """

    rows: RowFilter = field(default_factory=RowFilter)
    curve: CurveSettings = field(default_factory=CurveSettings)
    spike: float = 0.1
    spike_days: float = 60
    spike_on_clear: bool = True
    max_gap: int = 60
    step: int = 5
    min_dates: int = 5

    def check(self) -> None:
        """Raise `SettingRefused` or `ScipyMissing` where there can be no such curve."""
        self.rows.check()
        self.curve.check()
        for name, value, least in (
            ("SPIKE", self.spike, 0),
            ("SPIKE_DAYS", self.spike_days, 0),
            ("MAX_GAP", self.max_gap, 0),
            ("STEP", self.step, 1),
            ("MIN_DATES", self.min_dates, 1),
        ):
            if not least <= value < np.inf:
                raise SettingRefused(name=name, value=value, wanted=Phrase("a number of {least} and more", least=least))


@dataclass(frozen=True)
class CurveAnalysis(Analysis):
    """An analysis of the curves of zones.

    Attributes
    ----------
    daily
        how the curves are drawn.
    """

    daily: DailySettings = field(default_factory=DailySettings)

    @property
    def libraries(self) -> tuple[str, ...]:
        """See `Analysis.libraries`."""
        return (*self.LIBRARIES, *(("scipy",) if self.daily.curve.method == SAVGOL else ()))

    @property
    def value(self) -> str:
        """See `Analysis.value`."""
        return self.daily.rows.value

    def check(self) -> None:
        """See `Analysis.check`."""
        self.daily.check()


@dataclass(frozen=True)
class DailyCurves:
    """The curves of the zones that have enough observations.

    Attributes
    ----------
    rows
        all rows of these zones.
    passed, spike
        bool, of each row: it passed the filters; it is a spike.
    zones
        int64, the zones, ascending: one per series.
    origin
        the day where the axis of days begins.
    observations
        the rows that are used.
    used
        their positions among the rows.
    curves
        what was drawn.
    short
        the zones that have rows, and too few observations.
    """

    rows: Rows
    passed: np.ndarray
    spike: np.ndarray
    zones: np.ndarray
    origin: int
    observations: Observations
    used: np.ndarray
    curves: Curves
    short: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The day of the first used observation of each zone."""
        return self.rows.day[self.used[self.observations.begins]]

    @property
    def last(self) -> np.ndarray:
        """The day of the last used observation of each zone."""
        return self.rows.day[self.used[self.observations.begins + self.observations.sizes - 1]]

    def count_by_zone(self, which: np.ndarray) -> np.ndarray:
        """Return of each zone the number of its rows that a mask picks."""
        return np.bincount(np.searchsorted(self.zones, self.rows.zone[which]), minlength=self.zones.size)


def few_zones(rows: Rows) -> Iterator[Rows]:
    """Yield the rows of some zones after the other: so many that an array of their days takes some MB."""
    zones = np.unique(rows.zone)
    step = max(_CELLS // (rows.span.last - rows.span.first + 1), 1)
    for begin in range(0, zones.size, step):
        bounds = np.searchsorted(rows.zone, (zones[begin], zones[min(begin + step, zones.size) - 1] + 1))
        yield rows.some(np.arange(*bounds))


def daily_curves(rows: Rows, settings: DailySettings) -> DailyCurves | None:
    """Draw the curve of each zone; None where no zone has enough observations.

    Parameters
    ----------
    rows
        of some zones.
    settings
        how.
    """
    passed = settings.rows.passes(rows)
    spike = _spikes(rows, passed, settings)
    good = passed & ~spike
    zones, series = np.unique(rows.zone, return_inverse=True)
    enough = np.bincount(series[good], minlength=zones.size) >= settings.min_dates
    if not enough.any():
        return None
    has_curve = enough[series]
    rows, passed, spike = rows.some(has_curve), passed[has_curve], spike[has_curve]
    used = np.flatnonzero(good[has_curve])
    kept, series = np.unique(rows.zone, return_inverse=True)
    day = rows.day[used]
    origin = int(day.min())
    observations = Observations(series[used], day - origin, rows.value[used], int(day.max()) - origin + 1)
    return DailyCurves(
        rows=rows,
        passed=passed,
        spike=spike,
        zones=kept,
        origin=origin,
        observations=observations,
        used=used,
        curves=draw(observations, settings.curve),
        short=zones[~enough],
    )


def _spikes(rows: Rows, passed: np.ndarray, settings: DailySettings) -> np.ndarray:
    spikes = np.zeros(len(rows), bool)
    seen = np.flatnonzero(passed)
    spikes[seen] = find_spikes(
        rows.zone[seen],
        rows.day[seen],
        rows.value[seen],
        settings.spike,
        settings.spike_days,
        upwards=rows.index in UPWARDS_TOO,
    )
    if not settings.spike_on_clear:
        spikes &= rows.cloudy
    return spikes
