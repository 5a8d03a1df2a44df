"""One index of one product under one cloud mask, and the rasters that its pixels come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .cloudmask import CLASSES_RASTER, MASK_RASTER, PROBABILITY_RASTER, CloudMask
from .product_id import ProductId

# What a raster is for, apart from the kinds that masks are read from (see `cloudmask`) and the bands ("B08").
MASKED, UNMASKED, METADATA = "masked", "unmasked", "metadata"
_CLOUDS = (MASK_RASTER, CLASSES_RASTER, PROBABILITY_RASTER)


@dataclass(frozen=True)
class SourceRaster:
    """A file that pixels come from, and what it is for."""

    role: str
    path: Path


@dataclass(frozen=True)
class IndexProduct:
    """One index of one product under one cloud mask: what one raw CSV is made from.

    Attributes
    ----------
    product
        Identifier of the L2A product.
    index
        Name of the index.
    mask
        The cloud mask.
    rasters
        Files that the pixels come from. The first has the pixels of the index: the masked raster of a mask that
        Sen2Chain applied, the unmasked one of a mask applied while reading, a band of 10 m of an L2A product. A band
        that the product lacks is left out.
    safe
        Folder of the L2A product, where the index is computed from its bands; else None.
    """

    product: ProductId
    index: str
    mask: CloudMask
    rasters: tuple[SourceRaster, ...]
    safe: Path | None = None

    @property
    def filename(self) -> str:
        """Its name in results: that of the masked raster, whether there is one or not."""
        return f"{self.product.text}_{self.index}_{self.mask.name}.jp2"

    @property
    def order(self) -> tuple[str, str, str, str]:
        """A key that sorts by tile, acquisition, product and file name."""
        return (self.product.tile, self.product.acquired.isoformat(), self.product.text, self.filename)

    @property
    def deciding(self) -> tuple[SourceRaster, ...]:
        """The files without which there are no rows; the others add columns to them."""
        return tuple(raster for raster in self.rasters if raster.role != UNMASKED or not self.mask.is_produced)

    @property
    def cloud_raster(self) -> SourceRaster | None:
        """What the mask is read from while the index is read; None for nothing."""
        return next((raster for raster in self.rasters if raster.role in _CLOUDS), None)

    def raster(self, role: str) -> Path | None:
        """Return the file of a role, or None where there is none."""
        return next((raster.path for raster in self.rasters if raster.role == role), None)

    def path(self, role: str) -> Path:
        """Return the file of a role that there is."""
        return next(raster.path for raster in self.rasters if raster.role == role)


def produced(product: ProductId, index: str, mask: CloudMask, masked: Path, unmasked: Path | None) -> IndexProduct:
    """Return an index product with a mask that Sen2Chain applied.

    Parameters
    ----------
    product, index, mask
        see `IndexProduct`.
    masked, unmasked
        its rasters: int16, index x 10 000, nodata 16383; the unmasked one may be missing.
    """
    rasters = [SourceRaster(MASKED, masked)]
    if unmasked is not None:
        rasters.append(SourceRaster(UNMASKED, unmasked))
    return IndexProduct(product, index, mask, tuple(rasters))
