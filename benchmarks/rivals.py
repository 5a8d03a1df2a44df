"""What others do with the same rasters and fields: each function works through one product, raster by raster.

They are given what our run reads (masked, unmasked, probability) and asked for what it gives, as far as they can.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import library
from .geopackages import geopackage
from .library import Fields

# Polygons that are really measured where all would take hours; the time is multiplied, and the table says so.
SAMPLE = 60
_STATISTICS = ["count", "nodata", "min", "max", "mean", "std", "median", "percentile_25", "percentile_75"]


def layer_file(fields: Fields) -> Path:
    """Return the fields as a GeoPackage."""
    from osgeo import ogr

    return geopackage(fields.name, "fields", ogr.wkbPolygon, _polygons(fields), {})


def _polygons(fields: Fields) -> Iterator[tuple[Any, tuple[()]]]:
    from osgeo import ogr

    for text in fields.wkt():
        yield ogr.CreateGeometryFromWkt(text), ()


def sen2chain_way(fields: Fields) -> float:
    """Call rasterstats for every polygon and raster, as Sen2Chain does; return by how much to multiply the time."""
    from rasterstats import zonal_stats

    polygons = fields.wkt()[:: -(-len(fields) // SAMPLE)]
    for polygon in polygons:
        for kind, path in library.rasters(0).items():
            zonal_stats([polygon], str(path), stats=_STATISTICS if kind == "masked" else ["count", "nodata", "mean"])
    return len(fields) / len(polygons)


def rasterstats_layer(fields: Fields) -> float:
    """Call rasterstats once per raster with many polygons."""
    from rasterstats import zonal_stats

    polygons = fields.wkt()[:: -(-len(fields) // (3 * SAMPLE))]
    for kind, path in library.rasters(0).items():
        zonal_stats(polygons, str(path), stats=_STATISTICS if kind == "masked" else ["count", "nodata", "mean"])
    return len(fields) / len(polygons)


def exactextract(fields: Fields, kinds: tuple[str, ...] = ("masked", "unmasked", "probability")) -> float:
    """Call exactextract once per raster; its numbers are weighted by area."""
    from exactextract import exact_extract
    from osgeo import gdal

    gdal.UseExceptions()
    operations = {
        "masked": ["count", "min", "max", "mean", "stdev", "median", "quantile(q=0.25)", "quantile(q=0.75)"],
        "unmasked": ["count"],
        "probability": ["mean"],
    }
    for kind in kinds:
        exact_extract(str(library.rasters(0)[kind]), str(layer_file(fields)), operations[kind])
    return 1.0


def script_and_exactextract(fields: Fields) -> float:
    """Do what a user would without us: compute NDVI, NBR and EVI of a tile from its bands, and call exactextract.

    The script is one that its author has thought about: each band is read once, by strips; pixels that the scene
    classification takes for cloud are left out; the rasters are not compressed.
    """
    from exactextract import exact_extract

    operations = ["count", "min", "max", "mean", "stdev", "median", "quantile(q=0.25)", "quantile(q=0.75)"]
    with tempfile.TemporaryDirectory() as folder:
        for path in _script(library.band_files(), Path(folder)):
            exact_extract(str(path), str(layer_file(fields)), operations)
    return 1.0


def _script(bands: dict[str, Path], folder: Path) -> list[Path]:
    """Write three indices of a tile, x 10 000; return their files."""
    import numpy as np
    import rasterio
    from rasterio.enums import Resampling
    from rasterio.windows import Window

    written = [folder / f"{index}.tif" for index in ("NDVI", "NBR", "EVI")]
    with contextlib.ExitStack() as stack:
        stack.enter_context(rasterio.Env(GDAL_NUM_THREADS="1"))
        source = {name: stack.enter_context(rasterio.open(path)) for name, path in bands.items()}
        fine = source["B08"]
        profile = {**fine.profile, "driver": "GTiff", "dtype": "int16", "nodata": 16383, "tiled": True,
                   "blockxsize": 512, "blockysize": 512}  # fmt: skip
        targets = [stack.enter_context(rasterio.open(path, "w", **profile)) for path in written]
        strip = fine.block_shapes[0][0]
        for top in range(0, fine.height, strip):
            rows = min(strip, fine.height - top)
            window, shape = Window(0, top, fine.width, rows), (rows, fine.width)
            half = Window(0, top // 2, fine.width // 2, rows // 2)
            blue, red, nir = (source[name].read(1, window=window).astype("f4") - 1000 for name in ("B02", "B04", "B08"))
            short = source["B12"].read(1, window=half, out_shape=shape, resampling=Resampling.bilinear) - np.float32(
                1000
            )
            scene = source["SCL"].read(1, window=half).repeat(2, axis=0).repeat(2, axis=1)
            hidden = np.isin(scene, (0, 1, 3, 8, 9, 10))
            with np.errstate(divide="ignore", invalid="ignore"):
                found = (
                    (nir - red) / (nir + red),
                    (nir - short) / (nir + short),
                    2.5 * (nir - red) / (nir + 6 * red - 7.5 * blue + 10_000),
                )
            for target, values in zip(targets, found):
                whole = np.where(hidden, 16383, np.clip(np.nan_to_num(values) * 10_000, -16384, 16382))
                target.write(whole.astype("i2"), 1, window=window)
    return written


def qgis_zonal(fields: Fields, kinds: tuple[str, ...] = ("masked", "unmasked", "probability")) -> float:
    """Run native:zonalstatisticsfb once per raster; it has the median but no percentiles."""
    import processing

    for kind in kinds:
        # 0 count, 2 mean, 3 median, 4 standard deviation, 5 minimum, 6 maximum
        statistics = {"masked": [0, 2, 3, 4, 5, 6], "unmasked": [0], "probability": [2]}[kind]
        processing.run(
            "native:zonalstatisticsfb",
            {
                "INPUT": str(layer_file(fields)), "INPUT_RASTER": str(library.rasters(0)[kind]), "RASTER_BAND": 1,
                "COLUMN_PREFIX": "_", "STATISTICS": statistics, "OUTPUT": "memory:",
            },
        )  # fmt: skip
    return 1.0


def gdal_zonal(fields: Fields, kinds: tuple[str, ...] = ("masked", "unmasked", "probability")) -> float:
    """Run ``gdal raster zonal-stats`` once per raster; it has no quantiles."""
    statistics = {"masked": ["count", "min", "max", "mean", "stdev"], "unmasked": ["count"], "probability": ["mean"]}
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            asked = [word for statistic in statistics[kind] for word in ("--stat", statistic)]
            places = ["--zones", str(layer_file(fields)), str(library.rasters(0)[kind]), f"{folder}/{kind}.csv"]
            subprocess.run([gdal_program(), "raster", "zonal-stats", "--quiet", *asked, *places], check=True)
    return 1.0


def gdal_program() -> str:
    """Return the ``gdal`` program when it has ``raster zonal-stats`` (3.12 and later), else nothing."""
    program = shutil.which("gdal")
    if program is None:
        return ""
    asked = subprocess.run([program, "raster", "zonal-stats", "--help"], capture_output=True, check=False)
    return "" if asked.returncode else program


def start_qgis(*, window: bool = False) -> Any:
    """Start QGIS without a screen, with Processing, and with windows that nobody sees; return what must stay alive."""
    import sys

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from qgis.core import QgsApplication

    application = QgsApplication([], window)
    application.initQgis()
    sys.path.append(f"{QgsApplication.pkgDataPath()}/python/plugins")
    from processing.core.Processing import Processing

    Processing.initialize()
    return application


RIVALS: dict[str, Callable[[Fields], float]] = {
    "sen2chain": sen2chain_way,
    "rasterstats": rasterstats_layer,
    "exactextract": exactextract,
    "qgis": qgis_zonal,
    "gdal": gdal_zonal,
}
# What joins the others only where it is installed.
_OPTIONAL = {"gdal": gdal_program}


def is_there(who: str) -> bool:
    """Tell whether a contender can run here."""
    return bool(_OPTIONAL.get(who, lambda: who)())
