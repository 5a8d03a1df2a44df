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


class ProductFailed(EngineError):
    """Something unforeseen happened to one product."""

    message = "{reason}"
