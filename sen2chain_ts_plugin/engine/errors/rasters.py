"""Failures of rasters, and of the product they belong to."""

from __future__ import annotations

from .base import EngineError


class RasterDamaged(EngineError):
    """A raster file that is cut, or still being copied."""

    message = "{path} is damaged or still being copied: {reason}. Copy it again; the next run looks at it again."


class RasterUnreadable(EngineError):
    """A raster file that cannot be opened or read."""

    message = "Cannot read {path}: {reason}."


class RasterChanged(EngineError):
    """A raster file that was replaced while it was read."""

    message = "{path} changed while it was read. The next run looks at it again."


class GridMismatch(EngineError):
    """Rasters of one product that do not cover the same pixels, or are not on the grid of the tile."""

    message = "{path} does not fit its product or tile: {reason}. Make this product again with Sen2Chain."


class MetadataDisagrees(EngineError):
    """Metadata of a product that are damaged, or say other things than its name."""

    message = (
        "{path} does not agree with the name of its product, {product}: {reason}. What to add to its values is not "
        "certain. Download the product again, and do not rename it."
    )


class BandMissing(EngineError):
    """A band that an index is computed from and that its product lacks."""

    message = "{index} needs band {band}, and {safe} holds no {pattern}. Download the whole product."


class SafeUnusable(EngineError):
    """A ``.SAFE`` folder that is not one product of one tile."""

    message = "{safe} cannot be used: {reason}."


class ProductFailed(EngineError):
    """Something unforeseen happened to one product."""

    message = "{reason}"
