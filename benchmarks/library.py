"""The library and the fields that the benchmarks run on: full tiles, written once, kept outside git.

The formats are Sen2Chain's; everything comes from a seed. The folder is ``$SEN2CHAIN_TS_BENCH``, or
``~/.cache/sen2chain_ts_bench``; it takes about 900 MB. The ten dates are the four that are written, named again: hard
links, which cost no disk and decode alike.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np

from sen2chain_ts_plugin.engine.library.product_id import tile_epsg
from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.samplelibrary import (
    IN_SAFE,
    INDICES,
    PROBABILITY,
    Product,
    Raster,
    Scene,
    World,
    index_raster,
    mask_raster,
    place,
    products,
    windows,
    write_rasters,
)
from sen2chain_ts_plugin.engine.tree.layout import Tree
from sen2chain_ts_plugin.engine.zones.geometries import Geometries, gathered
from sen2chain_ts_plugin.engine.zones.layer import Zones
from sen2chain_ts_plugin.engine.zones.shapefile import SHAPEFILE_PARTS
from sen2chain_ts_plugin.engine.zones.wkb import Coordinates, Geometry

from .measure import machine

TILE, SIZE = "40KCB", 10980
CLOUDMASK = "CM001"
DATES = 10
_SEED, _PASSES = 3, 8
# Passes over the whole tile with clouds over 29, 8, 15 and 23 % of it: an ordinary season.
_DAYS = ("20210105", "20210530", "20211022", "20221231")
WRITTEN = len(_DAYS)
# Of the written products, the one whose bands are written too.
BANDS_OF = 2
_HECTARE = 10_000.0
RASTERS = [index_raster(index, mask) for index in INDICES for mask in ("", CLOUDMASK)]
RASTERS += [mask_raster(CLOUDMASK), PROBABILITY]


def cache() -> Path:
    """Return the folder that keeps what is slow to make."""
    asked = os.environ.get("SEN2CHAIN_TS_BENCH")
    return Path(asked) if asked else Path.home() / ".cache" / "sen2chain_ts_bench"


def library(dates: int = len(_DAYS)) -> Path:
    """Return a data folder with so many products of one full tile, two indices each, made at the first call."""
    written = once("library", _write)
    return written if dates == WRITTEN else once(f"library_{dates}", lambda folder: _link(written, folder, dates))


def bands() -> Path:
    """Return a folder with one L2A product of the full tile, the bands of NDVI, NBR and EVI, made at the first call."""
    return once("bands", _write_bands)


def band_files() -> dict[str, Path]:
    """Return the files of that product: its bands, and ``SCL``."""
    paths = bands().rglob("IMG_DATA/*/*.jp2")
    return {path.name.split("_")[2]: path for path in paths}


def keep_figures(name: str, figures: dict[str, object]) -> None:
    """Keep the figures of a benchmark, with the machine, for `benchmarks.report`."""
    folder = cache() / "figures"
    folder.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine(), "load": os.getloadavg()[0], **figures}, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def once(name: str, make: object) -> Path:
    """Return a folder of the cache, made aside and then renamed: an interrupted run leaves nothing half written."""
    folder = cache() / name
    if not folder.is_dir():
        aside = folder.with_name(folder.name + ".part")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        make(aside)
        aside.rename(folder)
    return folder


def _chosen() -> list[Product]:
    """Return the products that are written; where one was processed twice, the later one."""
    found = {}
    for product in products(SIZE, _PASSES, _SEED):
        if product.window.tile == TILE and f"{product.acquisition.time:%Y%m%d}" in _DAYS:
            found[product.acquisition.time] = product
    return list(found.values())


def _write(folder: Path) -> None:
    print(f"bench: writing the library of full tiles to {cache()}, once; this takes some minutes", flush=True)
    with ProcessPoolExecutor(2) as pool:
        for name in pool.map(_write_product, [folder] * len(_DAYS), range(len(_DAYS))):
            print(f"bench:   {name}", flush=True)


def _write_product(folder: Path, number: int) -> str:
    product = _chosen()[number]
    files: dict[Path, Raster] = {folder / place(product, raster): raster for raster in RASTERS}
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_rasters(Scene(World(_SEED, windows(SIZE)), product), files)
    return product.identifier()


def _write_bands(folder: Path) -> None:
    print(f"bench: writing the bands of a full tile to {cache()}, once", flush=True)
    product = _chosen()[BANDS_OF]
    rasters = [*(Raster("band", name) for name in ("B02", "B04", "B08", "B12")), *IN_SAFE.values()]
    files: dict[Path, Raster] = {}
    for raster in rasters:
        path = folder.joinpath(*place(product, raster).parts[2:])  # without L2A and the tile, as products are unpacked
        path.parent.mkdir(parents=True, exist_ok=True)
        files[path] = raster
    write_rasters(Scene(World(_SEED, windows(SIZE)), product), files)


def _link(written: Path, folder: Path, dates: int) -> None:
    """Fill a library with the written products, under other dates where there are more dates than products."""
    originals = _chosen()
    for number in range(dates):
        product = originals[number % len(originals)]
        old = product.identifier()
        acquired = product.acquisition.time + timedelta(days=5 * (number // len(originals)))
        new = old.replace(f"{product.acquisition.time:%Y%m%d}", f"{acquired:%Y%m%d}", 1)
        for raster in RASTERS:
            source = written / place(product, raster)
            for path in (source, source.with_name(source.name + ".aux.xml")):
                if path.is_file():
                    target = folder / Path(*(part.replace(old, new) for part in path.relative_to(written).parts))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.link(path, target)


def squares(name: str, corners: Sequence[tuple[float, float]]) -> Fields:
    """Return squares of 40 m, by the north-western corner of each."""
    square = np.array([(0.0, 0.0), (40.0, 0.0), (40.0, -40.0), (0.0, -40.0), (0.0, 0.0)])
    return Fields(name, [Geometry([[square + corner]]) for corner in corners])


def write_shapefile(tree: Tree, fields: Fields, tile: str) -> None:
    """Give a tree a shapefile that can be read, which that of `Fields` is not."""
    epsg = tile_epsg(tile)
    parts = Zones(fields.name, fields.geometries(epsg), f"EPSG:{epsg}", fields.fields, fields.attributes).shapefile()
    tree.shapefile.parent.mkdir(parents=True, exist_ok=True)
    for suffix, data in parts.items():
        tree.shapefile.with_suffix(suffix).write_bytes(data)


def rasters(product: int, index: str = INDICES[0]) -> dict[str, Path]:
    """Return the masked, unmasked and probability raster of one of the written products."""
    kinds = {"masked": index_raster(index, CLOUDMASK), "unmasked": index_raster(index), "probability": PROBABILITY}
    return {kind: library() / place(_chosen()[product], raster) for kind, raster in kinds.items()}


def grid() -> Grid:
    """Return the grid of the index rasters."""
    with open_raster(rasters(0)["masked"]) as reader:
        return reader.grid


class Fields:
    """A layer of invented fields in the tile's CRS.

    Parameters
    ----------
    name
        of the layer.
    geometries
        one per field.
    """

    fields = ("name",)
    has_geometry = True

    def __init__(self, name: str, geometries: list[Geometry]) -> None:
        self.name = name
        self._geometries = gathered(geometries)
        self.attributes = [(f"{name} {number}",) for number in range(len(geometries))]

    def __len__(self) -> int:
        return len(self._geometries)

    def geometries(self, epsg: int) -> Geometries:
        """Return the fields; everything of the benchmarks stands in the CRS of the one tile."""
        del epsg
        return self._geometries

    def shapefile(self) -> dict[str, bytes]:
        """Return stand-ins for the files of the layer, which QGIS makes and the engine copies."""
        return {part: self.name.encode() for part in SHAPEFILE_PARTS}

    def wkt(self) -> list[str]:
        """Return each field as a polygon in well-known text, for the rivals."""
        rings = [geometry.polygons[0][0] for geometry in self._geometries]
        return ["POLYGON ((" + ", ".join(f"{x!r} {y!r}" for x, y in ring.tolist()) + "))" for ring in rings]


def scattered(count: int) -> Fields:
    """Return fields of about one hectare all over the tile."""
    return _hectares(f"{count} scattered", count, (0.0, 0.0, 1.0, 1.0))


def clustered(count: int) -> Fields:
    """Return fields of about one hectare in the western third of the tile."""
    return _hectares(f"{count} clustered", count, (0.0, 0.0, 1 / 3, 1.0))


def large() -> Fields:
    """Return one field of 500 square kilometres with a winding border, in the middle of the tile."""
    random = np.random.default_rng(_SEED)
    angle = np.linspace(0.0, 2 * np.pi, 721)[:-1]
    waves = sum(random.normal(0, 0.04) * np.cos(n * angle + random.uniform(0, 2 * np.pi)) for n in range(2, 12))
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * (1.0 + waves)[:, None]
    west, south, east, north = grid().bounds
    ring = ring * np.sqrt(500e6 / _area(ring)) + ((west + east) / 2, (south + north) / 2)
    return Fields("1 of 500 km2", [Geometry([[np.vstack([ring, ring[:1]])]])])


def fields(layer: str, count: int) -> Fields:
    """Return a layer by its kind and its number of fields."""
    return {"scattered": scattered, "clustered": clustered, "large": lambda _: large()}[layer](count)


def _hectares(name: str, count: int, part: tuple[float, float, float, float]) -> Fields:
    """Return crooked quadrangles of 0.5 to 2 hectares in a part of the tile (west, south, east, north as shares)."""
    random = np.random.default_rng((_SEED, count))
    west, south, east, north = grid().bounds
    low = np.array([west + part[0] * (east - west), south + part[1] * (north - south)]) + 150.0
    high = np.array([west + part[2] * (east - west), south + part[3] * (north - south)]) - 150.0
    centre = random.uniform(low, high, (count, 2))
    side = np.sqrt(_HECTARE * np.exp(random.normal(0.0, 0.3, count)).clip(0.5, 2.0))
    stretch = np.exp(random.normal(0.0, 0.25, count))
    turn = random.uniform(0.0, np.pi, count)
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) + random.normal(0, 0.05, (count, 4, 2))
    x = corners[:, :, 0] * (side * stretch)[:, None]
    y = corners[:, :, 1] * (side / stretch)[:, None]
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    rings = centre[:, None, :] + np.stack([x * cos - y * sin, x * sin + y * cos], axis=2)
    rings = np.concatenate([rings, rings[:, :1]], axis=1)
    return Fields(name, [Geometry([[ring]]) for ring in rings])


def _area(ring: Coordinates) -> float:
    x, y = ring.T
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2
