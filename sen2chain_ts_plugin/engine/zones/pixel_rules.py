"""The rules by which pixels belong to a zone: those of its centre, all that it touches, or shares of their area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..choices import CENTRE, FRACTION, TOUCHED
from ..raster.grid import Grid
from .coverage import cover
from .rasterise import Runs, rasterise
from .touched import rasterise_touched
from .wkb import Geometry

# Of parcels of a hectare some 15 runs each, 32 bytes a run.
_ZONES_AT_ONCE = 1 << 15


@dataclass(frozen=True)
class PixelRule:
    """Which pixels belong to a zone.

    Attributes
    ----------
    pixels
        ``centre``: those with their centre in it, as Sen2Chain; ``touched``: all that it touches, as GDAL's
        ALL_TOUCHED; ``fraction``: every pixel by the share of it that the zone covers.
    min_coverage
        with ``fraction``, the least share of a pixel that counts; 0 to 1.
    """

    pixels: str = CENTRE
    min_coverage: float = 0.0

    @property
    def zones_at_once(self) -> int | None:
        """How many zones are burnt at once to bound the memory; None: all, or the last bits of shares would change."""
        return None if self.pixels == FRACTION else _ZONES_AT_ONCE

    def burn(self, geometries: Sequence[Geometry], grid: Grid) -> Runs:
        """Return the pixels of each geometry; geometries are in the CRS of the grid."""
        if self.pixels == FRACTION:
            return cover(geometries, grid, self.min_coverage)
        return rasterise_touched(geometries, grid) if self.pixels == TOUCHED else rasterise(geometries, grid)


CENTRE_RULE = PixelRule()
