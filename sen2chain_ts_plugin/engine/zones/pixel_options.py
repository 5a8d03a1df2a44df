"""What a user chooses about the pixels of zones, checked, and the layer of zones that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..choices import CENTRE, DROP, FRACTION, MAX_BUFFER, MIN_BUFFER, PIXELS, SMALL, TOUCHED
from ..errors import FractionNeedsPolygons, Phrase, PixelOptionInvalid, PixelsInMaskName
from ..feedback import Feedback
from ..library.cloudmask import FRAC, TOUCH, CloudMask
from ..library.index_product import IndexProduct
from .buffering import buffered
from .geometries import LINE, Geometries
from .layer import ZoneLayer
from .pixel_rules import PixelRule

# The ending of the cloud mask in names of results.
_ENDINGS = {CENTRE: "", TOUCHED: TOUCH, FRACTION: FRAC}
_WGS84 = 4326


@dataclass(frozen=True)
class PixelOptions:
    """Which pixels belong to a zone, and the zones' buffer.

    Attributes
    ----------
    pixels
        Rule of the pixels: ``centre``, ``touched`` or ``fraction``, see `pixel_rules.PixelRule`.
    buffer
        Distance in whole metres by which each zone is widened, or narrowed when it is negative; -500 to 5000.
    small
        Treatment of a zone that vanishes by the buffer. ``drop``: it has no row; ``keep``: it is used as it is.
    min_coverage
        Least share of a pixel that counts, 0 to 1; for ``fraction`` only.

    Raises
    ------
    PixelOptionInvalid
        If a value is not possible.
    """

    pixels: str = CENTRE
    buffer: int = 0
    small: str = DROP
    min_coverage: float = 0.0

    def __post_init__(self) -> None:
        for name, words in (("pixels", PIXELS), ("small", SMALL)):
            value = getattr(self, name)
            if value not in words:
                allowed = Phrase("one of {words}", words=", ".join(words))
                raise PixelOptionInvalid(option=name.upper(), value=value, allowed=allowed)
        if type(self.buffer) is not int or not MIN_BUFFER <= self.buffer <= MAX_BUFFER:
            allowed = Phrase("a whole number of metres from {least} to {most}", least=MIN_BUFFER, most=MAX_BUFFER)
            raise PixelOptionInvalid(option="BUFFER", value=self.buffer, allowed=allowed)
        if not 0 <= self.min_coverage <= 1:
            raise PixelOptionInvalid(option="MIN_COVERAGE", value=self.min_coverage, allowed=Phrase("from 0 to 1"))

    @property
    def rule(self) -> PixelRule:
        """The rule alone."""
        return PixelRule(self.pixels, float(self.min_coverage) if self.pixels == FRACTION else 0.0)

    def zones_of(self, layer: ZoneLayer, feedback: Feedback) -> ZoneLayer:
        """Return the zones that pixels are looked for in: those of a layer, buffered if that is asked for.

        Raises
        ------
        FractionNeedsPolygons
            they are points or lines, and pixels belong by shares.
        AllZonesVanish, BufferFailed, BufferToolMissing
            see `buffering.buffered`.
        """
        if self.min_coverage and self.pixels != FRACTION:
            feedback.warning(
                "MIN_COVERAGE has no effect: it is for PIXELS = fraction, not {pixels}.", pixels=self.pixels
            )
        zones: ZoneLayer = buffered(layer, self.buffer, self.small, feedback) if self.buffer else layer
        if self.pixels == FRACTION:
            kinds = Geometries.of(zones.geometries(_WGS84)).kinds
            if (kinds >= LINE).any():
                kind = Phrase("lines") if LINE in kinds else Phrase("points")
                raise FractionNeedsPolygons(layer=layer.name, kind=kind)
        return zones

    @property
    def without_buffer(self) -> PixelOptions:
        """The same for zones that `zones_of` has given."""
        return replace(self, buffer=0, min_coverage=self.rule.min_coverage)

    def check_masks(self, masks: Iterable[CloudMask]) -> None:
        """Refuse names of cloud masks with the ending of a rule of pixels.

        Raises
        ------
        PixelsInMaskName
            there is one.
        """
        for mask in masks:
            if mask.pixels:
                pixels = next(word for word, ending in _ENDINGS.items() if ending == mask.pixels)
                raise PixelsInMaskName(ending=mask.pixels, name=mask.name, plain=mask.plain.name, pixels=pixels)

    def named(self, items: Sequence[IndexProduct]) -> list[IndexProduct]:
        """Return index products under the names that their results have by this rule."""
        return [replace(item, mask=self.result(item.mask)) for item in items]

    def result(self, mask: CloudMask) -> CloudMask:
        """Return a cloud mask under the name that results have by this rule."""
        ending = _ENDINGS[self.pixels]
        return replace(mask, pixels=ending) if ending else mask


CENTRE_OPTIONS = PixelOptions()
