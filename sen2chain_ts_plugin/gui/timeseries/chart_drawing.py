"""What the chart of time series looks like: drawn by matplotlib in the colours and the font of QGIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

from ...engine.figures.plots.date_axis import date_formatter
from ...engine.series.curves import Curve
from ...processing.support.i18n import tr
from ..common.zone_style import colour_of, dash_of

LEAST_DAYS = 3
_MARGIN = 0.03
_MARGIN_HEIGHT = 0.06
_LEGEND_COLUMNS = 6
_LEGEND_SHARE = 0.85  # of the width of the figure
_LETTER = 0.6  # the width of a letter, as a share of its size
_KEY_POINTS = 36  # a line before a name, and the space between names


@dataclass(frozen=True)
class Display:
    """What the chart shows of each zone."""

    band: bool = True
    extremes: bool = False
    points: bool = True
    smooth: bool = True
    clouds: bool = True
    legend: bool = True


@dataclass(frozen=True)
class Content:
    """What a chart shows: of each zone its rows and what it is called, and what the values are."""

    curves: Sequence[Curve] = ()
    labels: Sequence[str] = ()
    values: str = ""
    display: Display = Display()


class Drawing:
    """A figure with the curves of a content.

    Parameters
    ----------
    figure
        of matplotlib.
    """

    def __init__(self, figure: Any) -> None:
        self._figure = figure
        self.axes = figure.add_subplot()
        self.columns = 0
        self._now: Any = None
        self._ring: Any = None
        self._highlight = self._text = ""

    def draw(self, content: Content, paint: Paint) -> None:
        """Draw everything anew, all dates and values in view."""
        self._figure.clear()
        self.axes = self._figure.add_subplot()
        self._now = self._ring = None
        self._highlight, self._text = paint.highlight, paint.text
        paint.dress(self._figure, self.axes)
        for number, (curve, label) in enumerate(zip(content.curves, content.labels)):
            self._draw_curve(number, curve, label, content.display, paint)
        self.axes.set_ylabel(content.values)
        if content.display.points and content.display.clouds and content.curves:
            self._draw_cloud_scale(paint, colour_of(0) if len(content.curves) == 1 else paint.soft)
        if content.display.legend and content.curves:
            self.columns = self.legend_columns(content, paint)
            self._draw_legend(paint)
        self.fit(content)

    def fit(self, content: Content) -> None:
        """Bring all dates and values into view."""
        dates = [date for curve in content.curves for date in (curve.dates[0], curve.dates[-1])]
        if not dates:
            return
        spare = max((max(dates) - min(dates)) * _MARGIN, timedelta(days=LEAST_DAYS))
        self.axes.set_xlim(min(dates) - spare, max(dates) + spare)
        names = ["mean"]
        names += ["percentile_25", "percentile_75"] if content.display.band else []
        names += ["min", "max"] if content.display.extremes else []
        values = np.concatenate([curve.numbers[name] for curve in content.curves for name in names])
        values = values[np.isfinite(values)]
        if values.size:
            spare_height = max(float(np.ptp(values)) * _MARGIN_HEIGHT, 0.01)
            self.axes.set_ylim(float(values.min()) - spare_height, float(values.max()) + spare_height)

    def mark(self, moment: tuple[datetime, datetime] | None) -> None:
        """Mark what the map shows, from one moment to another; None for nothing."""
        if self._now is not None:
            self._now.remove()
            self._now = None
        if moment is not None:
            begin, end = (np.datetime64(edge, "s") for edge in moment)
            self._now = self.axes.axvspan(
                begin, end, facecolor=self._highlight, edgecolor=self._highlight, alpha=0.4, lw=1.2, zorder=0
            )

    def ring(self, content: Content, place: tuple[int, int] | None) -> None:
        """Put a ring around an observation, a curve and its row; None for none."""
        if self._ring is not None:
            self._ring.remove()
            self._ring = None
        if place is not None:
            curve, row = content.curves[place[0]], place[1]
            date, value = np.datetime64(curve.dates[row], "s"), curve.numbers["mean"][row]
            (self._ring,) = self.axes.plot(
                [date], [value], marker="o", ms=13, mfc="none", mec=self._text, mew=1.6, ls="none", zorder=6
            )

    def _draw_curve(self, number: int, curve: Curve, label: str, display: Display, paint: Paint) -> None:
        colour, numbers = colour_of(number), curve.numbers
        dates = np.array(curve.dates, "datetime64[s]")
        if display.extremes:
            for name in ("min", "max"):
                self.axes.plot(dates, numbers[name], color=colour, lw=0.9, ls=":", alpha=0.8, zorder=2)
        if display.band:
            low, high = numbers["percentile_25"], numbers["percentile_75"]
            self.axes.fill_between(dates, low, high, color=colour, alpha=0.17, lw=0, zorder=1)
        if display.smooth and curve.smooth_dates:
            days = np.array(curve.smooth_dates, "datetime64[s]")
            values, width = np.array(curve.smooth_values), 1.8
        else:
            days, values, width = dates, numbers["mean"], 1.3
        self.axes.plot(days, values, color=colour, lw=width, ls=dash_of(number), zorder=4, label=label)
        if display.points:
            faces = paint.clouds(curve.cloudy, colour) if display.clouds else colour
            self.axes.scatter(dates, numbers["mean"], s=26, c=faces, edgecolors=colour, linewidths=1.1, zorder=5)

    def _draw_cloud_scale(self, paint: Paint, colour: str) -> None:
        from matplotlib.cm import ScalarMappable
        from matplotlib.colors import Normalize

        mapped = ScalarMappable(Normalize(0, 100), paint.fading(colour))
        scale = self._figure.colorbar(mapped, ax=self.axes, fraction=0.02, pad=0.012, aspect=28, ticks=[0, 50, 100])
        scale.set_label(tr("Cloudy pixels (%)"), color=paint.text, fontproperties=paint.font)
        scale.ax.tick_params(colors=paint.soft, length=2)
        paint.write(scale.ax.get_yticklabels())
        scale.outline.set_edgecolor(paint.line)
        scale.outline.set_linewidth(0.6)

    def legend_columns(self, content: Content, paint: Paint) -> int:
        """Return how many names fit beside each other."""
        longest = max((len(label) for label in content.labels), default=0)
        points = longest * paint.font.get_size_in_points() * _LETTER + _KEY_POINTS
        fitting = int(self._figure.get_figwidth() * 72 * _LEGEND_SHARE / points)
        return max(1, min(_LEGEND_COLUMNS, len(content.labels), fitting))

    def _draw_legend(self, paint: Paint) -> None:
        self.axes.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncol=self.columns,
            frameon=False,
            prop=paint.font,
            labelcolor=paint.text,
            borderaxespad=0.2,
            columnspacing=1.4,
            handlelength=1.8,
        )


@dataclass(frozen=True)
class Paint:
    """The colours and the font of a theme."""

    base: str
    text: str
    soft: str
    line: str
    highlight: str
    font: Any

    @classmethod
    def of(cls, palette: QPalette) -> Paint:
        """Return those of a widget."""
        roles = QPalette.ColorRole
        return cls._make(palette.color(roles.Base), palette.color(roles.Text), palette.color(roles.Highlight))

    @classmethod
    def on_paper(cls) -> Paint:
        """Return those of a file: black on white, whatever the theme."""
        return cls._make(QColor("#ffffff"), QColor("#1a1a1a"), QColor("#6aa5d8"))

    @classmethod
    def _make(cls, base: QColor, text: QColor, highlight: QColor) -> Paint:
        return cls(
            base=base.name(),
            text=text.name(),
            soft=_mix(text, base, 0.3),
            line=_mix(text, base, 0.78),
            highlight=highlight.name(),
            font=_font(),
        )

    def fading(self, colour: str) -> Any:
        """Return a colour map from a colour to the background."""
        from matplotlib.colors import LinearSegmentedColormap

        return LinearSegmentedColormap.from_list("fading", [colour, self.base])

    def clouds(self, share: np.ndarray, colour: str) -> np.ndarray:
        """Return the colours of points: filled under a clear sky, the more hollow the more clouds; unknown, none."""
        colours: np.ndarray = self.fading(colour)(np.nan_to_num(share, nan=1.0))
        return colours

    def dress(self, figure: Any, axes: Any) -> None:
        """Give a figure and its axes these colours, and dates below."""
        from matplotlib.dates import AutoDateLocator

        figure.set_facecolor(self.base)
        axes.set_facecolor(self.base)
        locator = AutoDateLocator(minticks=4, maxticks=12)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(date_formatter(locator, tr))
        axes.grid(color=self.line, lw=0.6, alpha=0.8)
        axes.set_axisbelow(True)
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(self.line)
        axes.tick_params(colors=self.soft, labelcolor=self.soft, length=3)
        self.write([axes.xaxis.get_offset_text(), *axes.get_xticklabels(), *axes.get_yticklabels()])
        axes.tick_params(labelsize=self.font.get_size_in_points())
        axes.xaxis.get_offset_text().set_color(self.soft)
        axes.yaxis.label.set_color(self.text)
        self.write([axes.yaxis.label])

    def write(self, texts: Sequence[Any]) -> None:
        """Have texts written in this font."""
        for text in texts:
            text.set_fontproperties(self.font)


def _font() -> Any:
    """Return the font of QGIS, a little smaller, where matplotlib finds it; else its own."""
    from matplotlib.font_manager import FontProperties, findfont

    font = QApplication.font()
    size = max(7.0, font.pointSizeF() * 0.92) if font.pointSizeF() > 0 else 8.5
    try:
        findfont(FontProperties(family=font.family()), fallback_to_default=False)
    except ValueError:
        return FontProperties(size=size)
    return FontProperties(family=font.family(), size=size)


def _mix(one: QColor, other: QColor, share: float) -> str:
    """Return a colour between two; the share is that of the other."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(mine + (its - mine) * share) for mine, its in pairs)).name()
