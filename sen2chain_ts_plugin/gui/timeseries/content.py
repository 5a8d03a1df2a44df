"""What a chart is to show: of each zone its rows, its lines and its name, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ...engine.analysis.zone_lines import Spread, YearBand, ZoneLine
from ...engine.series.curves import Curve

# How the observations of a zone are joined.
STRAIGHT, SMOOTHED, SEN2CHAIN = LINES = ("straight", "smoothed", "sen2chain")
PERIODS = ("", "dekad", "month", "season")


@dataclass(frozen=True)
class Display:
    """What the chart shows of each zone.

    Attributes
    ----------
    line
        one of `LINES`.
    period
        one of `PERIODS`: the mean of each as a step; empty for none.
    years
        the years before the last one, as a median and a band.
    start_month
        with which a year begins.
    seasons
        marks of start, peak and end, with the smoothed line.
    band, extremes, points, clouds, legend
        the quartiles; minimum and maximum; the observations; their colour by clouds; the names.
    """

    line: str = STRAIGHT
    period: str = ""
    years: bool = False
    start_month: int = 1
    seasons: bool = True
    band: bool = True
    extremes: bool = False
    points: bool = True
    clouds: bool = True
    legend: bool = True


@dataclass(frozen=True)
class ZoneContent:
    """One zone: its rows, the smoothed line, other years and means of periods where they are shown."""

    curve: Curve
    line: ZoneLine | None = None
    band: YearBand | None = None
    steps: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None


@dataclass(frozen=True)
class Group:
    """Zones that are too many to be told apart: what they are called together, and how their values are spread."""

    label: str
    zones: tuple[int, ...]
    spread: Spread


@dataclass(frozen=True)
class Content:
    """What a chart shows: of each zone its content and what it is called, and what the values are.

    Where there are groups, they are drawn, and the zones faintly behind them.
    """

    zones: Sequence[ZoneContent] = ()
    labels: Sequence[str] = ()
    values: str = ""
    display: Display = field(default_factory=Display)
    groups: Sequence[Group] = ()

    @property
    def legend(self) -> list[str]:
        """The names in the legend."""
        return [group.label for group in self.groups] if self.groups else list(self.labels)

    @property
    def curves(self) -> list[Curve]:
        """The rows of each zone."""
        return [zone.curve for zone in self.zones]
