"""The pixels of the zones of a layer on the grids of its products, shared by all workers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..raster.grid import Grid
from .pixel_rules import PixelRule
from .pixel_runs import ZonePixels, rasterise_zones
from .wkb import Geometry


class ZonePixelsByGrid:
    """The zones of the layer on each grid that turns up, made at first use, shared by all workers.

    Products of a tile may each have a grid of their own: those used longest ago are dropped, and made again should they
    come back, so that memory does not grow with the number of grids.

    Parameters
    ----------
    geometries
        of the zones, by EPSG code.
    rule
        which pixels belong to a zone.
    keep
        how many grids are kept; each product has one at 10 m and one at 20 m.
    """

    def __init__(self, geometries: Mapping[int, Sequence[Geometry]], rule: PixelRule, keep: int) -> None:
        self._geometries = geometries
        self._rule = rule
        self._keep = keep
        self._grids: OrderedDict[Grid, _ZonePixelsOnce] = OrderedDict()
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        # To a worker on another machine: it makes its own.
        return ZonePixelsByGrid, (self._geometries, self._rule, self._keep)

    def of(self, grid: Grid, check: Callable[[], None] | None = None) -> ZonePixels:
        """Return the zones on a grid; its EPSG code is one the geometries were given in.

        ``check`` is called while they are made, and raises when nobody waits for them any more.
        """
        with self._lock:
            once = self._grids.setdefault(grid, _ZonePixelsOnce())
            self._grids.move_to_end(grid)
            while len(self._grids) > self._keep:
                self._grids.popitem(last=False)
        # Who needs another grid does not wait for this one.
        return once.get(lambda: rasterise_zones(self._geometries[grid.epsg], grid, self._rule, check))


class _ZonePixelsOnce:
    """The zones on one grid, made by the first who asks."""

    def __init__(self) -> None:
        self._pixels: ZonePixels | None = None
        self._lock = threading.Lock()

    def get(self, make: Callable[[], ZonePixels]) -> ZonePixels:
        """Return the pixels; who comes while they are made waits for them."""
        with self._lock:
            if self._pixels is None:
                self._pixels = make()
            return self._pixels
