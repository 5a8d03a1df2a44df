"""The colours and the font of the chart: those of QGIS on the screen, black on white in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

from ...engine.figures.plots.date_axis import date_formatter
from ...processing.support.i18n import tr
from ..common.colours import mix


@dataclass(frozen=True)
class Paint:
    """The colours and the font of a theme."""

    base: str
    text: str
    soft: str
    line: str
    highlight: str
    family: str
    size: float

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
        family, size = _font_of_qgis()
        return cls(
            base=base.name(),
            text=text.name(),
            soft=mix(text, base, 0.3),
            line=mix(text, base, 0.78),
            highlight=highlight.name(),
            family=family,
            size=size,
        )

    @property
    def font(self) -> Any:
        """The font as matplotlib knows it."""
        return _font(self.family, self.size)

    def fading(self, colour: str) -> Any:
        """Return a colour map from a colour to the background."""
        return _fading(colour, self.base)

    def clouds(self, share: np.ndarray, colour: str) -> np.ndarray:
        """Return the colours of points: filled under a clear sky, the more hollow the more clouds; unknown, none."""
        colours: np.ndarray = self.fading(colour)(np.nan_to_num(share, nan=1.0))
        return colours

    def dress(self, figure: Any, axes: Any) -> None:
        """Give a figure and its axes these colours, and dates below."""
        from matplotlib.dates import AutoDateLocator
        from matplotlib.ticker import ScalarFormatter

        figure.set_facecolor(self.base)
        axes.set_facecolor(self.base)
        locator = AutoDateLocator(minticks=4, maxticks=12)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(date_formatter(locator, tr))
        plain = ScalarFormatter(useOffset=False)
        point = str(QLocale().decimalPoint())
        axes.yaxis.set_major_formatter(plain)
        plain.format_ticks = lambda values: _with_point(plain, values, point)
        axes.grid(color=self.line, lw=0.6, alpha=0.8)
        axes.set_axisbelow(True)
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(self.line)
        axes.tick_params(colors=self.soft, labelcolor=self.soft, length=3)
        self.write([axes.xaxis.get_offset_text(), *axes.get_xticklabels(), *axes.get_yticklabels()])
        axes.tick_params(labelsize=self.size)
        axes.xaxis.get_offset_text().set_color(self.soft)
        axes.yaxis.label.set_color(self.text)
        self.write([axes.yaxis.label])

    def write(self, texts: Sequence[Any]) -> None:
        """Have texts written in this font."""
        for text in texts:
            text.set_fontproperties(self.font)


def _with_point(formatter: Any, values: Any, point: str) -> list[str]:
    """Return the labels of an axis with the user's decimal point."""
    formatter.set_locs(values)
    return [formatter(value).replace(".", point) for value in values]


def _font_of_qgis() -> tuple[str, float]:
    """Return the family of the font of QGIS, empty where matplotlib does not find it, and a size a little smaller."""
    font = QApplication.font()
    size = max(7.0, font.pointSizeF() * 0.92) if font.pointSizeF() > 0 else 8.5
    return (font.family() if _is_known(font.family()) else ""), size


@lru_cache(maxsize=8)
def _is_known(family: str) -> bool:
    from matplotlib.font_manager import FontProperties, findfont

    try:
        findfont(FontProperties(family=family), fallback_to_default=False)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8)
def _font(family: str, size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=family, size=size) if family else FontProperties(size=size)


@lru_cache(maxsize=32)
def _fading(colour: str, base: str) -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("fading", [colour, base])
