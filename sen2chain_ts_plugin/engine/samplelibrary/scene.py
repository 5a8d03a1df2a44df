"""One product of the sample: landscape under sky, pixel by pixel, for each raster that Sen2Chain keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .acquisitions import PIXEL, SampleProduct, TileWindow
from .bands import FINE_BANDS, band_pixels
from .landscape import Ground, Landscape
from .noise import Array, grain, uniform
from .seasons import FOREST, MOISTURE, look, rain
from .sky import MARGIN, NO_DATA, Sky, Weathercast, classes, cloud_mask, probability_of
from .terrain import Terrain

NDVI = "NDVI"
NDWIGAO = "NDWIGAO"
INDICES = (NDVI, NDWIGAO)
BLOCK = 1024
# What an index raster holds where there is nothing. The coder clips it to 16383, the largest of 15 bits, which is the
# nodata value; 16383 itself would come out a little smaller next to a steep edge.
NODATA_RAW = 32767
_SCALE = 10000.0
_MOISTURE = (0.80, -0.28)  # water index of vegetation from its NDVI: slope, offset


@dataclass(frozen=True)
class Raster:
    """What one file of a product holds.

    Attributes
    ----------
    kind
        ``index``, ``cloudmask``, ``probability``, ``scene`` or ``band``.
    index
        name of the index, or of the band of an L2A product.
    cloudmask
        name of the cloud mask: the mask itself, or the one that an index raster is masked by (empty: unmasked).
    """

    kind: str
    index: str = ""
    cloudmask: str = ""

    @property
    def pixel(self) -> int:
        """Size of its pixels in metres."""
        fine = self.kind == "index" or (self.kind == "band" and self.index in FINE_BANDS)
        return PIXEL if fine else 2 * PIXEL


PROBABILITY = Raster("probability")
SCENE = Raster("scene")


def index_raster(index: str, cloudmask: str = "") -> Raster:
    """Return an index raster, unmasked or masked."""
    return Raster("index", index, cloudmask)


def mask_raster(cloudmask: str) -> Raster:
    """Return a cloud mask."""
    return Raster("cloudmask", cloudmask=cloudmask)


@dataclass(frozen=True)
class Block:
    """A part of a window in pixels of 10 m; all numbers are even."""

    column: int
    row: int
    columns: int
    rows: int


def blocks(window: TileWindow) -> Iterable[Block]:
    """Yield the blocks of a window, row by row, as the JPEG 2000 files are tiled."""
    for row in range(0, window.size, BLOCK):
        for column in range(0, window.size, BLOCK):
            yield Block(column, row, min(BLOCK, window.size - column), min(BLOCK, window.size - row))


class World:
    """The ground of a library, with the blocks seen last kept at hand.

    Parameters
    ----------
    seed
        seed of the library.
    area
        its two windows, the southern one first; the coast crosses the northern one.
    keep
        how many blocks are kept (about 30 MB each).
    """

    def __init__(self, seed: int, area: tuple[TileWindow, TileWindow], keep: int = 4) -> None:
        self.seed = seed
        self.area = area
        lower, upper = area
        heart = ((lower.west + lower.east) / 2.0, (upper.bottom + lower.top) / 2.0)
        coast = upper.top - 0.1 * PIXEL * upper.size
        self.landscape = Landscape(Terrain(seed, coast, min(260.0, 0.05 * PIXEL * upper.size), heart))
        self._keep = keep
        self._kept: dict[tuple[TileWindow, Block], Ground] = {}

    def ground(self, window: TileWindow, block: Block) -> Ground:
        """Return the ground of a block with one pixel more on each side."""
        key = (window, block)
        if key not in self._kept:
            if len(self._kept) >= self._keep:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = self.landscape.ground(*_centres(window, block, PIXEL, 1))
        return self._kept[key]


class Scene:
    """The rasters of one product.

    Parameters
    ----------
    world
        the ground.
    product
        which product; two baselines of one acquisition see the same clouds, a little differently.
    """

    def __init__(self, world: World, product: SampleProduct) -> None:
        self.world = world
        self.product = product
        self._day = product.acquisition.time.date()
        baseline = int(product.baseline[1:])
        self._key = (world.seed, 61, product.acquisition.number, baseline)

    @cached_property
    def _weathercast(self) -> Weathercast:
        sure = 1.15 if self.product.baseline == "N0500" else 1.0
        return Weathercast(self.product.acquisition, self.world.area, self.world.seed, sure)

    def render(self, block: Block, rasters: Iterable[Raster]) -> dict[Raster, Array]:
        """Return the pixels of some rasters in a block.

        Returns
        -------
        dict of numpy.ndarray
            index: int16, shape (rows, columns), value x 10 000, `NODATA_RAW` for nodata; bands: uint16, as
            `bands.band_pixels` makes them; the others: uint8, shape (rows / 2, columns / 2).
        """
        wanted = list(rasters)
        window = self.product.window
        around = _centres(window, block, 2 * PIXEL, MARGIN)
        sky = self._weathercast.over(*around)
        ground = self.world.ground(window, block)
        bare = self._bare_ndvi(ground)
        seen = self._seen(*around)
        percent = np.where(seen, probability_of(sky), np.uint8(0))
        scene = np.where(seen, self._classes(sky, bare, ground.land), np.uint8(NO_DATA))
        inner = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
        found = {PROBABILITY: percent[inner], SCENE: scene[inner]}
        for kind in (PROBABILITY, SCENE):
            found[Raster(kind.kind, cloudmask="L2A")] = found[kind]
        for name in {raster.cloudmask for raster in wanted if raster.kind in ("index", "cloudmask")} - {""}:
            found[mask_raster(name)] = cloud_mask(name, percent, scene)[inner]
        if any(raster.kind in ("index", "band") for raster in wanted):
            indices, infrared = self._indices(ground, bare, sky, block)
            found.update(indices)
            names = [raster.index for raster in wanted if raster.kind == "band"]
            pair = (indices[index_raster(NDVI)], indices[index_raster(NDWIGAO)])
            for name, pixels in band_pixels(names, *pair, infrared, self.product.baseline).items():
                found[Raster("band", name)] = pixels
        for raster in wanted:
            if raster.kind == "index" and raster.cloudmask:
                clouded = found[mask_raster(raster.cloudmask)].repeat(2, axis=0).repeat(2, axis=1)
                found[raster] = np.where(clouded, np.int16(NODATA_RAW), found[index_raster(raster.index)])
        return {raster: found[raster] for raster in wanted}

    def cover(self, block: Block) -> tuple[int, int]:
        """Return how many 20 m pixels of a block are cloudy and how many are seen at all."""
        east, north = _centres(self.product.window, block, 2 * PIXEL, 0)
        seen = self._seen(east, north)
        cloudy = seen & (self._weathercast.over(east, north).probability > 0.5)
        return int(cloudy.sum()), int(seen.sum())

    def _bare_ndvi(self, ground: Ground) -> Array:
        """Return the NDVI of the land without sky or sea, with the margin of the ground."""
        today = look(ground.parcels, self._day, self.world.seed)
        grown = today.ndvi[ground.parcel]
        if ((today.front > 0) & (today.front < 1)).any():
            grown = np.where(ground.across < today.front[ground.parcel], today.harvested[ground.parcel], grown)
        ndvi: Array = grown + ground.texture
        leaves = np.float32(0.83 + 0.02 * rain(self._day))
        ndvi += (leaves + np.float32(0.5) * ground.texture - ndvi) * ground.wood
        ndvi += (np.float32(0.20) - ndvi) * ground.track
        ndvi += (np.float32(0.08) - ndvi) * ground.beach
        return ndvi

    def _indices(self, ground: Ground, bare: Array, sky: Sky, block: Block) -> tuple[dict[Raster, Array], Array]:
        """Return both indices of a block as a satellite sees them, and the infrared reflectance."""
        one = np.float32(1.0)
        ndvi = _blurred(bare)
        moisture = look(ground.parcels, self._day, self.world.seed).moisture[ground.parcel[1:-1, 1:-1]]
        moisture = moisture + (np.float32(MOISTURE[FOREST]) - moisture) * ground.wood[1:-1, 1:-1]
        water = np.float32(_MOISTURE[0]) * ndvi + np.float32(_MOISTURE[1]) + moisture
        land = ground.land[1:-1, 1:-1]
        east, north = _centres(self.product.window, block, PIXEL, 0)
        first, second = grain(east // PIXEL, north // PIXEL, *self._key)
        haze = uniform(*self._key, 7).round(6).astype(np.float32)[0] * np.float32(0.05)
        ndvi = np.clip(ndvi * (one - haze), -0.05, 0.94) + np.float32(0.009) * first
        water = water * (one - haze) + np.float32(0.009) * second
        infrared = np.clip(np.float32(0.20) + np.float32(0.16) * ndvi, 0.1, 0.4)
        if land.min() < 1:
            sea = one - land
            ndvi += (np.float32(-0.16) + np.float32(0.05) * first - ndvi) * sea
            water += (np.float32(0.24) + np.float32(0.09) * second - water) * sea
            infrared += (np.float32(0.02) - infrared) * sea
        ndvi, water, infrared = _through(sky, ndvi, water, infrared)
        seen = self._seen(east, north)
        indices = {
            index_raster(name): np.where(seen, np.rint(np.clip(values, -0.99, 0.99) * _SCALE), NODATA_RAW).astype(
                np.int16
            )
            for name, values in ((NDVI, ndvi), (NDWIGAO, water))
        }
        return indices, infrared

    def _classes(self, sky: Sky, bare: Array, land: Array) -> Array:
        """Return the scene classification with its margin; the ground under the margin does not matter for masks."""
        ground = [np.pad(part[1:-1:2, 1:-1:2], MARGIN, mode="edge") for part in (bare, land)]
        return classes(sky, *ground)

    def _seen(self, east: Array, north: Array) -> Array:
        """Return whether pixels are inside the swath, shape (n, m)."""
        window = self.product.window
        side = PIXEL * window.size
        inside = np.ones((len(north), len(east)), bool)
        if self.product.acquisition.orbit == 20:
            # The edge of the swath runs along the track of the satellite, twelve degrees off the meridian. It is the
            # same line on both tiles.
            centre = self.world.area[0].top
            inside &= east[None, :] >= window.west + 0.36 * side + 0.21 * (north[:, None] - centre)
        if self.product.cut:
            inside &= north[:, None] >= window.bottom + 0.27 * side - 0.06 * (east[None, :] - window.west)
        return inside


def _centres(window: TileWindow, block: Block, pixel: int, margin: int) -> tuple[Array, Array]:
    """Return the centres of a block's pixels in metres: eastings from west to east, northings from north to south."""
    step = pixel // PIXEL
    columns = np.arange(block.column // step - margin, (block.column + block.columns) // step + margin)
    rows = np.arange(block.row // step - margin, (block.row + block.rows) // step + margin)
    return window.west + pixel * (columns + 0.5), window.top - pixel * (rows + 0.5)


def _blurred(field: Array) -> Array:
    """Return a field as the optics of the satellite show it, a little out of focus, without its margin of one pixel."""
    edge, centre = np.float32(1.0 / 7.0), np.float32(5.0 / 7.0)
    field = centre * field[1:-1] + edge * (field[:-2] + field[2:])
    blurred: Array = centre * field[:, 1:-1] + edge * (field[:, :-2] + field[:, 2:])
    return blurred


def _fine(field: Array) -> Array:
    """Return a 20 m field with its margin on the 10 m pixels inside."""
    near, far = np.float32(0.75), np.float32(0.25)
    field = field[MARGIN - 1 : 1 - MARGIN, MARGIN - 1 : 1 - MARGIN]
    for _ in range(2):
        middle = near * field[1:-1]
        pairs = np.stack([middle + far * field[:-2], middle + far * field[2:]], axis=1)
        field = pairs.reshape(-1, field.shape[1]).T
    return np.ascontiguousarray(field)


def _through(sky: Sky, ndvi: Array, water: Array, infrared: Array) -> tuple[Array, Array, Array]:
    """Return the indices of reflectances seen through clouds and in their shadows, and the infrared one."""
    if not sky.cloud.any() and not sky.shadow.any():
        return ndvi, water, infrared
    one = np.float32(1.0)
    cloud, shadow = _fine(sky.cloud), _fine(sky.shadow)
    red = infrared * (one - ndvi) / (one + ndvi)
    swir = infrared * (one - water) / (one + water)
    clear = one - cloud
    # Shadow takes most of the infrared; the blue sky still lights the red a little.
    bright = (np.float32(0.525) + np.float32(0.012) * _fine(sky.tone)) * cloud
    infrared = clear * infrared * (one - np.float32(0.62) * shadow) + bright
    red = clear * red * (one - np.float32(0.50) * shadow) + np.float32(0.50) * cloud
    swir = clear * swir * (one - np.float32(0.68) * shadow) + np.float32(0.40) * cloud
    return (infrared - red) / (infrared + red), (infrared - swir) / (infrared + swir), infrared
