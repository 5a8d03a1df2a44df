"""What the chart says: of an observation, and of its keys."""

from __future__ import annotations

from html import escape

import numpy as np

from ...processing.support.i18n import tr
from ..common.localised import moment_text, number_text, percent_text
from .content import Content


def describe(content: Content, place: int, row: int) -> str:
    """Return what there is to say of a row of the curve at a place, as a piece of HTML."""
    curve = content.curves[place]
    values = {name: number_text(float(column[row]), 3) for name, column in curve.numbers.items()}
    counts = {name: number_text(float(curve.numbers[name][row]), 0) for name in ("count", "nodata")}
    lines = [
        f"<b>{escape(content.labels[place])}</b>, {moment_text(curve.dates[row])}",
        tr("{index} {mean}, quartiles {percentile_25} to {percentile_75}").format(index=content.values, **values),
        tr("Pixels: {count} valid, {nodata} without data").format(**counts),
    ]
    if not np.isnan(curve.cloudy[row]):
        lines[-1] += ", " + tr("{share} clear").format(share=percent_text(1 - float(curve.cloudy[row])))
    lines.append(f"<small>{escape(curve.filenames[row])}</small>")
    return "<p style='white-space:pre'>" + "<br>".join(lines) + "</p>"


def keys_text() -> str:
    """Return which keys the chart has, for screen readers."""
    return tr(
        "Left and right go from observation to observation, and the map follows; up and down go from zone to zone. "
        "Page up and down show another zone, Shift and arrows move, plus and minus zoom, 0 shows everything. "
        "The table has the same values."
    )
