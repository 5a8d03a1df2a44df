"""The colours of zones, the same in the chart, on the map and in the table, and safe for the colour-blind."""

from __future__ import annotations

# After Okabe and Ito, Color Universal Design, without the yellow and the black that one of the themes hides.
_COLOURS = ("#009e73", "#d55e00", "#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#a6761d")
_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)))


def colour_of(number: int) -> str:
    """Return the colour of the zone that is shown at a position."""
    return _COLOURS[number % len(_COLOURS)]


def dash_of(number: int) -> object:
    """Return the line style, as matplotlib knows it: another one each time the colours begin again."""
    return _DASHES[number // len(_COLOURS) % len(_DASHES)]
