"""An invented landscape without end: coast, towns, sugar cane, gardens, pasture, forest, ravines and roads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .cadastre import Cadastre, Field
from .noise import Array, grain, rough
from .seasons import FOREST, TEXTURE, Parcels
from .terrain import Terrain


@dataclass(frozen=True)
class Ground:
    """What does not change from day to day in a block of pixels; arrays have shape (rows, columns).

    Attributes
    ----------
    parcels
        the parcels of the block.
    parcel
        which of them each pixel belongs to.
    across
        float32, 0 to 1: where in its parcel the pixel lies, along the way of the harvest.
    texture
        float32: what is added to the NDVI of the parcel.
    wood, track, beach, land
        float32, 0 to 1: the share of the pixel that is wood (of the heights or along a ravine), track or road, beach,
        and not sea.
    """

    parcels: Parcels
    parcel: Array
    across: Array
    texture: Array
    wood: Array
    track: Array
    beach: Array
    land: Array


class Landscape:
    """Parcels on a terrain.

    Parameters
    ----------
    terrain
        coast, heights, ravines and roads, which lie over the parcels.
    """

    def __init__(self, terrain: Terrain) -> None:
        self._terrain = terrain
        self._cadastre = Cadastre(terrain)

    def ground(self, east: Array, north: Array) -> Ground:
        """Return the ground under a grid of pixels.

        Parameters
        ----------
        east, north
            pixel centres in metres, shapes (m,) and (n,).
        """
        parcels, parcel, across, path = self._cadastre.pixels(east, north)
        wood = self._terrain.wood(east, north)
        track = np.maximum(path * (np.float32(1.0) - wood), self._terrain.road(east, north))
        beach, land = self._terrain.shore(east, north)
        speckle, _ = grain(np.floor(east / 10.0), np.floor(north / 10.0), self._terrain.seed, 24)
        pattern = rough(east, north, (190.0, 75.0, 28.0), self._terrain.seed, 23, roughness=0.75)
        strength = TEXTURE.astype(np.float32)[parcels.kind][parcel]
        strength += (np.float32(TEXTURE[FOREST]) - strength) * wood
        texture = (np.float32(0.8) * pattern + np.float32(0.6) * speckle) * strength
        return Ground(parcels, parcel, across, texture, wood, track, beach, land)

    def fields(self, west: float, south: float, east: float, north: float) -> Iterator[Field]:
        """Yield the parcels around a rectangle; see `Cadastre.fields`."""
        return self._cadastre.fields(west, south, east, north)
