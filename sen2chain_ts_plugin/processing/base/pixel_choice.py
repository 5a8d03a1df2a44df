"""Which pixels belong to a zone, as extract and timeseries ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...engine.choices import CENTRE, DROP, MAX_BUFFER, MIN_BUFFER
from ...engine.choices import PIXELS as PIXEL_RULES
from ...engine.choices import SMALL as SMALL_ZONES
from ..support.i18n import tr
from .algorithm import EngineAlgorithm
from .declarations import number_parameter, words_parameter
from .parameters import Values

if TYPE_CHECKING:
    from ...engine.zones.pixel_options import PixelOptions

PIXELS = "PIXELS"
BUFFER = "BUFFER"
SMALL = "SMALL"
MIN_COVERAGE = "MIN_COVERAGE"


def declare_pixels(algorithm: EngineAlgorithm) -> None:
    """Declare the rule of pixels, the buffer, and what goes with them."""
    algorithm.declare(
        words_parameter(PIXELS, tr("Pixels of a zone"), list(PIXEL_RULES), several=False, default=CENTRE),
        tr("Which pixels belong to a zone; centre: those with their centre in it, as Sen2Chain; touched: all that it "
           "touches; fraction: every pixel by the share of its area that the zone covers (polygons only)."),
        advanced=True,
    )  # fmt: skip
    algorithm.declare(
        number_parameter(BUFFER, tr("Buffer around the zones (m)"), 0, MIN_BUFFER, MAX_BUFFER),
        tr("Widens every zone by so many metres, or narrows it when negative (-10 keeps mixed pixels at the edge of "
           "fields out). Buffered zones have an extraction folder of their own. The log names zones that vanish."),
        advanced=True,
    )  # fmt: skip
    algorithm.declare(
        words_parameter(SMALL, tr("Zones that vanish by the buffer"), list(SMALL_ZONES), several=False, default=DROP),
        tr("What becomes of a zone that is too small for a negative buffer; drop: it has no rows; keep: it is used "
           "without the buffer."),
        advanced=True,
    )  # fmt: skip
    algorithm.declare(
        number_parameter(MIN_COVERAGE, tr("Minimum coverage of a pixel"), 0, 0, 1, integer=False),
        tr("With the pixel rule fraction: leave out pixels that the zone covers less than this; from 0 to 1."),
        advanced=True,
    )


# Each parameter is named as the field of `PixelOptions`, in capitals.
_READ: dict[str, Callable[[Values, str], Any]] = {
    PIXELS: Values.word,
    BUFFER: Values.whole,
    SMALL: Values.word,
    MIN_COVERAGE: Values.number,
}


def pixel_options_of(values: Values) -> PixelOptions:
    """Return what was chosen; raise an error of the engine where the values do not go together."""
    from ...engine.zones.pixel_options import PixelOptions

    return PixelOptions(**{name.lower(): read(values, name) for name, read in _READ.items()})


def changed_options(options: PixelOptions, values: Values) -> PixelOptions:
    """Return options with what is given changed, and the rest as it was."""
    changes = {name.lower(): read(values, name) for name, read in _READ.items() if values.given(name)}
    return replace(options, **changes)
