"""The figure of the chart: axes, legend and scale stay from one drawing to the next, only what has changed is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from ...processing.support.i18n import tr
from ..common.zone_style import colour_of
from .content import SEN2CHAIN, SMOOTHED, Content, ZoneContent
from .group_artists import GroupArtists
from .paint import Paint
from .zone_artists import ZoneArtists, date_numbers

LEAST_DAYS = 3
_MARGIN = 0.03
_MARGIN_HEIGHT = 0.06
_LEGEND_COLUMNS = 6
_LEGEND_SHARE = 0.85  # of the width of the figure
_LETTER = 0.6  # the width of a letter, as a share of its size
_KEY_POINTS = 36  # a line before a name, and the space between names
_SCALE_POINTS = 10  # the width of the scale of clouds
_MOST_SEASONS = 3  # zones whose seasons can be told apart


class Drawing:
    """A figure with the zones of a content.

    Parameters
    ----------
    figure
        of matplotlib.
    """

    def __init__(self, figure: Any) -> None:
        self._figure = figure
        self.axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
        self._scale_axes = figure.add_axes((0.95, 0.2, 0.01, 0.7))
        self._scale: Any = None
        self._scale_colour: tuple[str, Paint] | None = None
        self._zones: list[ZoneArtists] = []
        self.groups = GroupArtists(self.axes)
        self._paint: Paint | None = None
        self._legend_of: tuple[Any, ...] = ()
        self.columns = 0
        self.title = ""
        self._title: Any = None
        self._now: Any = None
        self._ring: Any = None

    def draw(self, content: Content, paint: Paint) -> None:
        """Show a content, all dates and values in view."""
        if paint != self._paint:
            paint.dress(self._figure, self.axes)
            self._paint = paint
        single = () if content.groups else content.zones
        while len(self._zones) < len(single):
            self._zones.append(ZoneArtists(self.axes, len(self._zones)))
        seasons = len(single) <= _MOST_SEASONS
        for artists, zone, label in zip(self._zones, single, content.labels):
            artists.show(zone if seasons else _without_seasons(zone), label, content, paint)
        for artists in self._zones[len(single) :]:
            artists.hide()
        self.groups.show(content)
        self.axes.set_ylabel(content.values)
        self._show_scale(content, paint)
        self._show_legend(content, paint)
        self._show_title(paint)
        self.fit(content)
        self.arrange(content, paint)

    def arrange(self, content: Content, paint: Paint) -> None:
        """Give axes, legend and scale their places, by the size of the letters."""
        width, height = self._figure.get_size_inches() * 72
        size = paint.size
        left = (6.2 * _LETTER * size + 1.5 * size + 8) / width
        right = (
            (_SCALE_POINTS + 3.2 * _LETTER * size + 1.6 * size + 12) / width if self._has_scale(content) else 10 / width
        )
        bottom = ((3.2 if self._has_offset() else 1.9) * size + 8) / height
        rows = -(-len(content.legend) // self.columns) if self.columns else 0
        top = (rows * 1.75 * size + 8 + (2.4 * size if self.title else 0)) / height
        across, along = max(1 - left - right, 0.1), max(1 - bottom - top, 0.1)
        self.axes.set_position((left, bottom, across, along))
        self._scale_axes.set_position((left + across + 8 / width, bottom, _SCALE_POINTS / width, along))

    def _has_offset(self) -> bool:
        """Tell whether the axis says at its end what all its dates share, like the year."""
        axis = self.axes.xaxis
        formatter = axis.get_major_formatter()
        formatter.format_ticks(axis.get_majorticklocs())
        return bool(formatter.get_offset())

    def fit(self, content: Content) -> None:
        """Bring all dates and values into view."""
        bands = [zone.band for zone in content.zones if zone.band is not None]
        if bands:
            first, last = float(min(band.first for band in bands)), float(max(band.last for band in bands))
        else:
            dates = [date_numbers(zone.curve)[[0, -1]] for zone in content.zones]
            if not dates:
                return
            first, last = float(np.min(dates)), float(np.max(dates))
        spare = max((last - first) * _MARGIN, LEAST_DAYS)
        self.axes.set_xlim(first - spare, last + spare)
        values = np.concatenate([_values(zone, content) for zone in content.zones] or [np.empty(0)])
        values = values[np.isfinite(values)]
        if values.size:
            spare_height = max(float(np.ptp(values)) * _MARGIN_HEIGHT, 0.01)
            self.axes.set_ylim(float(values.min()) - spare_height, float(values.max()) + spare_height)

    def mark(self, moment: tuple[datetime, datetime] | None) -> None:
        """Mark what the map shows, from one moment to another; None for nothing."""
        if self._now is not None:
            self._now.remove()
            self._now = None
        if moment is not None and self._paint is not None:
            begin, end = (np.datetime64(edge, "s").astype(np.int64) / 86400 for edge in moment)
            colour = self._paint.highlight
            self._now = self.axes.axvspan(begin, end, facecolor=colour, edgecolor=colour, alpha=0.4, lw=1.2, zorder=0)

    def ring(self, content: Content, place: tuple[int, int] | None) -> None:
        """Put a ring around an observation, a curve and its row; None for none."""
        if self._ring is not None:
            self._ring.remove()
            self._ring = None
        if place is not None and self._paint is not None:
            curve, row = content.zones[place[0]].curve, place[1]
            date, value = date_numbers(curve)[row], curve.numbers["mean"][row]
            (self._ring,) = self.axes.plot(
                [date], [value], marker="o", ms=13, mfc="none", mec=self._paint.text, mew=1.6, ls="none", zorder=6
            )

    def legend_columns(self, content: Content, paint: Paint) -> int:
        """Return how many names fit into a row."""
        longest = max((len(label) for label in content.legend), default=0)
        points = longest * paint.size * _LETTER + _KEY_POINTS
        fitting = int(self._figure.get_figwidth() * 72 * _LEGEND_SHARE / points)
        return max(1, min(_LEGEND_COLUMNS, len(content.legend), fitting))

    def _legend_lines(self, content: Content) -> list[Any]:
        if content.groups:
            return self.groups.lines[: len(content.groups)]
        return [artists.line for artists in self._zones[: len(content.zones)]]

    @staticmethod
    def _has_scale(content: Content) -> bool:
        return bool(content.display.points and content.display.clouds and content.zones and not content.groups)

    def _show_scale(self, content: Content, paint: Paint) -> None:
        """Show what the colours of the points say: a scale in the colour of the only zone, or in grey."""
        shown = self._has_scale(content)
        self._scale_axes.set_visible(shown)
        colour = colour_of(0) if len(content.zones) == 1 else paint.soft
        if not shown or (colour, paint) == self._scale_colour:
            return
        from matplotlib.cm import ScalarMappable
        from matplotlib.colors import Normalize

        self._scale_colour = (colour, paint)
        self._scale_axes.clear()
        mapped = ScalarMappable(Normalize(0, 100), paint.fading(colour))
        scale = self._figure.colorbar(mapped, cax=self._scale_axes, ticks=[0, 50, 100])
        scale.set_label(tr("Cloudy pixels (%)"), color=paint.text, fontproperties=paint.font)
        scale.ax.tick_params(colors=paint.soft, length=2)
        paint.write(scale.ax.get_yticklabels())
        scale.outline.set_edgecolor(paint.line)
        scale.outline.set_linewidth(0.6)

    def _show_title(self, paint: Paint) -> None:
        if self._title is not None:
            self._title.remove()
            self._title = None
        if self.title:
            height = self._figure.get_size_inches()[1] * 72
            self._title = self._figure.text(
                0.5, 1 - 0.8 * paint.size / height, self.title, ha="center", va="top", color=paint.text,
                fontproperties=paint.font, fontsize=paint.size * 1.25, fontweight="bold",
            )  # fmt: skip

    def _show_legend(self, content: Content, paint: Paint) -> None:
        shown = content.display.legend and bool(content.zones)
        columns = self.legend_columns(content, paint) if shown else 0
        wanted = (tuple(content.legend), bool(content.groups), columns, paint) if shown else ()
        self.columns = columns
        if wanted == self._legend_of:
            return
        self._legend_of = wanted
        if self.axes.get_legend() is not None:
            self.axes.get_legend().remove()
        if shown:
            self.axes.legend(
                handles=self._legend_lines(content),
                loc="lower left",
                bbox_to_anchor=(0, 1),
                ncol=columns,
                frameon=False,
                prop=paint.font,
                labelcolor=paint.text,
                borderaxespad=0.2,
                columnspacing=1.4,
                handlelength=1.8,
            )


def _without_seasons(zone: ZoneContent) -> ZoneContent:
    """Return a zone whose line has no marks: of many zones they cannot be told apart."""
    return zone if zone.line is None else replace(zone, line=replace(zone.line, seasons=()))


def _values(zone: ZoneContent, content: Content) -> np.ndarray:
    """Return every value that is drawn of a zone."""
    display, numbers = content.display, zone.curve.numbers
    if content.groups:
        return numbers["mean"]
    names = ["mean"]
    names += ["percentile_25", "percentile_75"] if display.band else []
    names += ["min", "max"] if display.extremes else []
    parts = [numbers[name] for name in names]
    if display.line == SMOOTHED and zone.line is not None:
        parts.append(zone.line.value)
    if display.line == SEN2CHAIN:
        parts.append(np.array(zone.curve.smooth_values))
    if zone.band is not None:
        parts += [zone.band.low, zone.band.high]
    return np.concatenate(parts)
