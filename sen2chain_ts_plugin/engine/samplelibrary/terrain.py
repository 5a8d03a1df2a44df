"""The lie of the land: coast, heights, ravines, roads, and what each piece of it is used for."""

from __future__ import annotations

import numpy as np

from .noise import Array, rough, smooth, smooth_at

CANE_LAND, MIXED_FARMS, GRASSLAND, TOWN = range(4)

_HEIGHTS = 1700.0  # metres from a hill to the next valley, about
_TREE_LINE = 1.15  # above this height there is wood
_PLAIN = 1400.0  # metres around the heart without wood or town


class Terrain:
    """The terrain of a seed, with the sea north of a coast.

    Parameters
    ----------
    seed
        any whole number.
    coast
        mean northing of the coast in metres.
    bay
        depth of its bays in metres.
    heart
        a place, metres east and north, around which there are farms whatever the seed.
    """

    def __init__(self, seed: int, coast: float, bay: float, heart: tuple[float, float]) -> None:
        self.seed = seed
        self._coast = coast
        self._bay = bay
        self._heart = heart

    def use(self, x: Array, y: Array, luck: Array) -> Array:
        """Return what the land at points in metres is used for: constants of this module, in the shape of ``x``."""
        height = smooth_at(x, y, _HEIGHTS, self.seed, 34) + self._climb(x, y)
        settled = smooth_at(x, y, 900.0, self.seed, 35) - self._climb(x, y) - 4.0 * self._plain(x, y)
        small = smooth_at(x, y, 1300.0, self.seed, 36) + 0.5 * (luck - 0.5)
        return np.select(
            [settled > 1.45, height > _TREE_LINE - 0.5, small > 0.45], [TOWN, GRASSLAND, MIXED_FARMS], CANE_LAND
        )

    def wood(self, east: Array, north: Array) -> Array:
        """Return the share of wood over a grid: along ravines, which run down to the sea, and on the heights."""
        gully = np.abs(rough(east, north / 3.4, (800.0, 240.0), self.seed, 21, roughness=0.3))
        edge = rough(east, north, (260.0, 110.0, 45.0), self.seed, 27, roughness=0.6) * np.float32(0.16)
        climb = self._climb(east[None, :], north[:, None]).astype(np.float32)
        height = smooth(east, north, _HEIGHTS, self.seed, 34) + climb
        along, above = (0.085 - gully) * np.float32(22.0), (height + edge - np.float32(_TREE_LINE)) * np.float32(14.0)
        return np.clip(np.maximum(along, above), 0.0, 1.0)

    def road(self, east: Array, north: Array) -> Array:
        """Return the share of road over a grid."""
        off = np.abs(smooth(east, north, 2300.0, self.seed, 22))
        return np.clip((0.013 - off) * np.float32(110.0), 0.0, 1.0)

    def shore(self, east: Array, north: Array) -> tuple[Array, Array]:
        """Return the shares of beach and of land over a grid."""
        if north.max() < self._coast - 2500.0:
            none = np.zeros((len(north), len(east)), np.float32)
            return none, none + np.float32(1.0)
        line = rough(east, np.zeros(1), (2600.0, 700.0), self.seed, 25) * np.float32(self._bay)
        rocks = rough(east, north, (240.0, 60.0), self.seed, 26) * np.float32(22.0)
        inland = (line + rocks - (north - self._coast).astype(np.float32)[:, None]) * np.float32(0.1)
        return np.clip(np.float32(3.5) - inland, 0.0, 1.0), np.clip(inland + np.float32(0.5), 0.0, 1.0)

    def _plain(self, east: Array, north: Array) -> Array:
        """Return how near the heart is, 0 to 1."""
        squared = (east - self._heart[0]) ** 2 + (north - self._heart[1]) ** 2
        plain: Array = np.clip(1.0 - squared / _PLAIN**2, 0.0, 1.0)
        return plain

    def _climb(self, east: Array, north: Array) -> Array:
        """Return how the land rises from the coast, -0.3 to 0.3, with a hollow at its heart."""
        climb: Array = 0.6 * np.clip((self._coast - north) / 6000.0, 0.0, 1.0) - 0.3 - 2.0 * self._plain(east, north)
        return climb
