"""Groups of zones in the chart: the median, the band that holds most of them, and the zones faintly behind."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..common.zone_style import colour_of, dash_of
from .content import Content
from .zone_artists import date_numbers, outlines

_FAINT = 0.13
_FAINTEST = 0.03
_READABLE = 40  # zones that can be faint and still seen


class GroupArtists:
    """The artists of all groups of a chart.

    Parameters
    ----------
    axes
        of matplotlib.
    """

    def __init__(self, axes: Any) -> None:
        from matplotlib.collections import LineCollection

        self._axes = axes
        self.lines: list[Any] = []
        self._bands: list[Any] = []
        self._zones = axes.add_collection(LineCollection([], lw=0.8, zorder=1.5), False)
        self._one = axes.plot([], [], lw=1.6, marker="o", ms=3.5, zorder=6)[0]

    def show(self, content: Content) -> None:
        """Show the groups of a content; nothing where it has none."""
        self._more(len(content.groups))
        self.pick_out(content, None)
        for number, (line, band) in enumerate(zip(self.lines, self._bands)):
            there = number < len(content.groups)
            line.set_visible(there)
            band.set_visible(there)
            line.set_label(content.groups[number].label if there else "")
            if there:
                spread = content.groups[number].spread
                day = spread.day.astype(float)
                line.set_data(day, spread.median)
                band.set_verts(outlines(day, spread.low, spread.high))
        groups = {zone: number for number, group in enumerate(content.groups) for zone in group.zones}
        behind = content.zones if content.groups else ()
        faint = max(_FAINTEST, _FAINT * min(1.0, _READABLE / max(len(behind), 1)))
        self._zones.set_segments([np.column_stack([date_numbers(z.curve), z.curve.numbers["mean"]]) for z in behind])
        self._zones.set_color([colour_of(groups[zone.curve.zone]) for zone in behind])
        self._zones.set_alpha(faint)

    def pick_out(self, content: Content, number: int | None) -> bool:
        """Draw one zone before the others; None for none. Return whether that changes the picture."""
        before = len(self._one.get_xdata())
        if number is None:
            self._one.set_data([], [])
            return bool(before)
        zone = content.zones[number].curve
        group = next(place for place, each in enumerate(content.groups) if zone.zone in each.zones)
        self._one.set_color(colour_of(group))
        self._one.set_data(date_numbers(zone), zone.numbers["mean"])
        return True

    def _more(self, wanted: int) -> None:
        from matplotlib.collections import PolyCollection

        while len(self.lines) < wanted:
            colour, dash = colour_of(len(self.lines)), dash_of(len(self.lines))
            self.lines.append(self._axes.plot([], [], color=colour, ls=dash, lw=2.0, zorder=4)[0])
            band = PolyCollection([], facecolor=colour, alpha=0.16, lw=0, zorder=1)
            self._bands.append(self._axes.add_collection(band, False))
