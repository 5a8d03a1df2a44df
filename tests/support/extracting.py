"""Extractions for tests: libraries written pixel by pixel, layers of plain shapes, one call that extracts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sen2chain_ts_plugin.engine.extraction.extract import ExtractionSummary, extract
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.library.folders import Library, open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.tree.layout import Tree
from sen2chain_ts_plugin.engine.workers.executor import Executor, SerialExecutor
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb
from tests.support.raw_tree import Log

NODATA = 16383
EPSG = 32740
LEFT, TOP, PIXEL = 320_000.0, 7_660_000.0, 10.0


def write_jp2(
    path: Path,
    pixels: np.ndarray,
    *,
    left: float = LEFT,
    top: float = TOP,
    pixel: float = PIXEL,
    epsg: int = EPSG,
    nodata: int | None = None,
    block: int = 1024,
    **options: str,
) -> Path:
    """Write a lossless JPEG 2000 file; ``nodata`` goes to the sidecar, as Sen2Chain's does."""
    import rasterio
    from rasterio.transform import from_origin

    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    height, width = pixels.shape
    with rasterio.open(
        path, "w", driver="JP2OpenJPEG", width=width, height=height, count=1, dtype=pixels.dtype, crs=f"EPSG:{epsg}",
        transform=from_origin(left, top, pixel, pixel), nodata=nodata,
        **{"QUALITY": "100", "REVERSIBLE": "YES", "BLOCKXSIZE": str(block), "BLOCKYSIZE": str(block), **options},
    ) as dataset:  # fmt: skip
        dataset.write(pixels, 1)
    return path


def product_id(day: str = "2021-01-05", *, tile: str = "40KCB", baseline: str = "N0301", time: str = "063511") -> str:
    """Return the identifier of an L2A product."""
    compact = day.replace("-", "")
    return f"S2B_MSIL2A_{compact}T{time}_{baseline}_R063_T{tile}_{compact}T083000"


@dataclass
class SmallLibrary:
    """A library under construction; rasters of 64 x 48 pixels in blocks of 32 unless others are given."""

    root: Path
    width: int = 64
    height: int = 48
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)
        (self.root / "INDICES").mkdir(parents=True, exist_ok=True)

    def values(self, clouds: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
        """Return an unmasked and a masked raster: random values, a share of them without data in the masked one."""
        unmasked = self._random.integers(-10_000, 10_000, (self.height, self.width)).astype(np.int16)
        unmasked[: self.height // 8] = NODATA  # the edge of the swath
        masked = unmasked.copy()
        masked[self._random.random(masked.shape) < clouds] = NODATA
        return unmasked, masked

    def add(
        self,
        day: str = "2021-01-05",
        index: str = "NDVI",
        mask: str = "CM001",
        *,
        masked: np.ndarray | None = None,
        unmasked: np.ndarray | None = None,
        probability: bool = True,
        clouds: float = 0.3,
        tile: str = "40KCB",
        **place: Any,
    ) -> Path:
        """Add a product with random values where none are given; return its masked raster."""
        clear, cloudy = self.values(clouds)
        masked = cloudy if masked is None else masked
        unmasked = clear if unmasked is None else unmasked
        name = product_id(day, tile=tile)
        folder = self.root / "INDICES" / index / tile / name
        place = {"nodata": NODATA, "block": 32, **place}
        write_jp2(folder / f"{name}_{index}.jp2", unmasked, **place)
        if probability:
            self.add_probability(day, tile=tile, **{key: place[key] for key in ("left", "top", "epsg") if key in place})
        return write_jp2(folder / f"{name}_{index}_{mask}.jp2", masked, **place)

    def add_probability(
        self, day: str = "2021-01-05", pixels: np.ndarray | None = None, *, tile: str = "40KCB", **place: Any
    ) -> Path:
        """Add a probability raster of 20 m, with random values where none are given."""
        if pixels is None:
            shape = (self.height // 2, self.width // 2)
            pixels = self._random.integers(0, 101, shape).astype(np.uint8)
        folder = self.root / "CLOUDMASKS" / tile / product_id(day, tile=tile)
        return write_jp2(folder / "MSK_CLDPRB_20m.jp2", pixels, **{"pixel": 20.0, "block": 32, **place})

    def unmasked(self, masked: Path) -> Path:
        """Return the unmasked raster of a masked one."""
        return masked.with_name(masked.name.rpartition("_")[0] + ".jp2")

    def probability(self, masked: Path) -> Path:
        """Return the probability raster of a masked one."""
        return self.root / "CLOUDMASKS" / masked.parents[1].name / masked.parent.name / "MSK_CLDPRB_20m.jp2"

    def open(self) -> Library:
        """Return the library as the engine sees it."""
        return open_library(self.root)


@dataclass
class ShapeLayer:
    """A layer of shapely geometries (or None) in one CRS. Implements the engine's `ZoneLayer`."""

    shapes: Sequence[Any]
    fields: Sequence[str] = ()
    attributes: Sequence[tuple[object, ...]] = ()
    name: str = "zones"
    epsg: int = EPSG
    shapefile_says: bytes = b"one GDAL"
    _parsed: dict[int, list[Geometry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.attributes = self.attributes or [() for _ in self.shapes]
        self.has_geometry = any(shape is not None for shape in self.shapes)

    def geometries(self, epsg: int) -> list[Geometry]:
        if epsg not in self._parsed:
            self._parsed[epsg] = [self._in_crs(shape, epsg) for shape in self.shapes]
        return self._parsed[epsg]

    def _in_crs(self, shape: Any, epsg: int) -> Geometry:
        import rasterio.warp
        import shapely.geometry

        if shape is None:
            return Geometry()
        if epsg != self.epsg:
            moved = rasterio.warp.transform_geom(f"EPSG:{self.epsg}", f"EPSG:{epsg}", shapely.geometry.mapping(shape))
            shape = shapely.geometry.shape(moved)
        return parse_wkb(shape.wkb)

    def shapefile(self) -> dict[str, bytes]:
        """Return bytes that change with the zones, as a shapefile would."""
        shapes = b"".join(b"-" if shape is None else shape.wkb for shape in self.shapes)
        table = repr((self.fields, self.attributes)).encode()
        return {".shp": shapes, ".dbf": table + self.shapefile_says, ".shx": b"shx", ".prj": b"prj", ".cpg": b"UTF-8"}


def box(column: float, row: float, columns: float, rows: float) -> Any:
    """Return a rectangle of pixels of the default grid as a shapely polygon."""
    import shapely.geometry

    left, top = LEFT + PIXEL * column, TOP - PIXEL * row
    return shapely.geometry.box(left, top - PIXEL * rows, left + PIXEL * columns, top)


def fields_layer(name: str = "zones") -> ShapeLayer:
    """Return six zones: over block borders, over the raster's edge, in the swath's edge, tiny, void, far away."""
    shapes = [
        box(20.3, 20.2, 25, 20),
        box(55, 30, 20, 30),
        box(5, 2, 30, 8.6),
        box(40.2, 40.2, 0.5, 0.5),
        None,
        box(5_000, 5_000, 10, 10),
    ]
    attributes = [(f"parcelle n° {number}", number / 8 if number else None) for number in range(len(shapes))]
    return ShapeLayer(shapes, ("crop", "area"), attributes, name)


def select(
    indices: Sequence[str] = ("NDVI",),
    masks: str = "CM001",
    first: date | None = None,
    last: date | None = None,
    **cover: float,
) -> Selection:
    """Return what is asked for."""
    return Selection(indices, cloudmask.parse_list(masks), first, last, **cover)


def run(
    library: Library,
    layer: Any,
    root: Path,
    selection: Selection | None = None,
    *,
    executor: Executor | None = None,
    log: Log | None = None,
    **options: Any,
) -> tuple[Tree, ExtractionSummary]:
    """Extract NDVI under CM001, in this thread, unless asked otherwise."""
    log = Log() if log is None else log
    return extract(library, layer, selection or select(), root, executor or SerialExecutor(), log, **options)


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by name, our own hidden ones too; of a link, where it leads.

    What is remembered of raw files and layers is left out: it may be deleted at any time, and says what was read, not
    what is.
    """
    result = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if any(
                f".sen2chain_ts/{cache}" in path.as_posix()
                for cache in ("raw_files", "sorted", "compiled_from", "layers.json")
            ):
                continue
            content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            result[path.relative_to(folder).as_posix()] = content
    return result


def counts(summary: ExtractionSummary) -> tuple[int, int, int, int, int]:
    """Return the numbers of products: all, extracted, skipped, empty, failed."""
    return summary.products, summary.extracted, summary.skipped, summary.empty, summary.failed
