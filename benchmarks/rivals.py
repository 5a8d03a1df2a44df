"""What others do with the same rasters and fields: each function works through one product, raster by raster.

They are given what our run reads (masked, unmasked, probability) and asked for what it gives, as far as they can.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from . import library
from .library import Fields

# Polygons that are really measured where all would take hours; the time is multiplied, and the table says so.
SAMPLE = 60
_STATISTICS = ["count", "nodata", "min", "max", "mean", "std", "median", "percentile_25", "percentile_75"]


def layer_file(fields: Fields) -> Path:
    """Return the fields as a GeoPackage, made at the first call."""
    from osgeo import ogr, osr

    path = library.cache() / "layers" / f"{fields.name}.gpkg"
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        aside = path.with_name("part.gpkg")
        aside.unlink(missing_ok=True)
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(library.grid().epsg)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(aside))
        layer = source.CreateLayer("fields", reference, ogr.wkbPolygon)
        layer.StartTransaction()
        for text in fields.wkt():
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkt(text))
            layer.CreateFeature(feature)
        layer.CommitTransaction()
        layer = source = None  # closes it
        aside.rename(path)
    return path


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


def start_qgis() -> object:
    """Start QGIS without a screen, with Processing; return what must stay alive."""
    import sys

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
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
