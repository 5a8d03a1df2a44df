"""The rasters of 20 m that masks are read from while an index is read, and masks applied to blocks of it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..arrays import NDArray
from ..library.cloudmask import CloudMask
from ..library.index_product import SourceRaster
from ..library.product_id import ProductId
from ..raster.grid import Grid
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import Reader
from .checks import check_halved, check_raster
from .clouds import clouds, margin_of
from .halved import HalvedRaster, Wanted
from .morphology import Mask
from .parts import Part

# The parts of a block that a mask hides something of, and what.
Hidden = Sequence[tuple[Part, Mask]]


class CloudRasters:
    """The open rasters of some masks of a product.

    Parameters
    ----------
    stack
        closes them.
    product, grid
        what they have to fit.
    rasters
        of each mask; None for one that masks nothing.
    """

    def __init__(
        self,
        stack: contextlib.ExitStack,
        product: ProductId,
        grid: Grid,
        rasters: Mapping[CloudMask, SourceRaster | None],
    ) -> None:
        self._rasters = rasters
        self._readers: dict[Path, Reader] = {}
        self._margins: dict[Path, int] = {}
        for mask, raster in rasters.items():
            if raster is None:
                continue
            if raster.path not in self._readers:
                reader = stack.enter_context(open_raster(raster.path))
                check_raster(raster.path, reader, product, "uint8")
                check_halved(raster.path, reader.grid, grid)
                self._readers[raster.path] = reader
            margin = margin_of(mask, raster.role)
            self._margins[raster.path] = max(margin, self._margins.get(raster.path, 0))

    def planned(self, wanted: Sequence[Wanted]) -> PlannedClouds:
        """Return the masks for the blocks that will be read."""
        halved = {
            path: HalvedRaster(path, reader, self._margins[path], wanted) for path, reader in self._readers.items()
        }
        return PlannedClouds(self._rasters, halved, wanted)


class PlannedClouds:
    """Masks for blocks that are known beforehand; see `halved`."""

    def __init__(
        self,
        rasters: Mapping[CloudMask, SourceRaster | None],
        halved: Mapping[Path, HalvedRaster],
        wanted: Sequence[Wanted],
    ) -> None:
        self._rasters = rasters
        self._halved = halved
        self._wanted = wanted

    def load(self, number: int) -> None:
        """Decode what a block needs."""
        for halved in self._halved.values():
            halved.load(number)

    def release(self, number: int) -> None:
        """Drop what no later block needs."""
        for halved in self._halved.values():
            halved.release(number)

    def hidden(self, mask: CloudMask, number: int, parts: Sequence[Part]) -> Hidden:
        """Return what a mask hides of a block."""
        raster = self._rasters[mask]
        if raster is None:
            return []
        window = self._wanted[number].window
        margin = margin_of(mask, raster.role)
        found = []
        for part in parts:
            patch = self._halved[raster.path].patch(window, part.box, margin)
            hidden = part.nearest(clouds(mask, raster.role, patch.pixels)[patch.inner], patch)
            if hidden.any():
                found.append((part, hidden))
        return found


def masked(values: NDArray[np.int16], hidden: Hidden) -> NDArray[np.int16]:
    """Return a block without what a mask hides; the block itself where that is nothing."""
    if not hidden:
        return values
    found = values.copy()
    for part, where in hidden:
        part.put(found, INDEX_NODATA, where)
    return found
