"""A layer of many parcels through Processing in QGIS, as users run it: the first run, again, and the peak memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from . import library, measure, rivals
from .geopackages import geopackage

# Parcels of about a hectare: at a million they cover the tile.
SOME, MANY = 100_000, 1_000_000
_CROPS = ("cane", "maize", "grass", "fallow")


def parcels() -> dict[str, object]:
    """Extract one product: 100 000 parcels in 25 s and again in 4 s, a million in 2 GB; two workers."""
    found: dict[str, object] = {}
    for count in (SOME, MANY):
        said = measure.fresh("parcels", count=count, file=str(layer_file(count)))
        print(
            f"parcels: {count}: {said['wall']:.1f} s ({said['busy']:.1f} s CPU), again {said['again']:.2f} s "
            f"({said['again_busy']:.2f} s CPU), peak {said['peak_mb']:.0f} MB, {said['before_mb']:.0f} MB of it QGIS",
            flush=True,
        )
        found[str(count)] = said
    return found


def run_once(count: int, file: str) -> dict[str, float]:
    """Extract a product twice; the task of a process of its own."""
    del count
    application = rivals.start_qgis()
    import processing
    from qgis.core import QgsApplication, QgsProcessingFeedback

    from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider

    provider = Sen2ChainProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    rows: list[int] = []
    with tempfile.TemporaryDirectory(dir=library.cache()) as folder:
        asked = {
            "INPUT": file, "LIBRARY": str(library.library(1)), "INDICES": library.INDICES[:1],
            "CLOUDMASKS": library.CLOUDMASK, "OUTPUT": folder, "THREADS": 2,
        }  # fmt: skip

        def run() -> None:
            rows.append(processing.run("sen2chain_ts:extract", asked, feedback=QgsProcessingFeedback(False))["ROWS"])

        before = measure.resident_mb()
        first, peak = measure.timed(run), measure.peak_mb()
        again = measure.timed(run)
    QgsApplication.processingRegistry().removeProvider(provider)
    del application
    return {
        "wall": first.wall, "busy": first.cpu, "again": again.wall, "again_busy": again.cpu, "rows": rows[0],
        "before_mb": before, "first_mb": peak,
    }  # fmt: skip


def layer_file(count: int) -> Path:
    """Return a GeoPackage of so many parcels with four attributes."""
    from osgeo import ogr

    fields = {"name": ogr.OFTString, "code": ogr.OFTInteger64, "area": ogr.OFTReal, "crop": ogr.OFTString}
    return geopackage(f"{count} parcels", "parcels", ogr.wkbMultiPolygon, _parcels(count), fields)


def _parcels(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    from osgeo import ogr

    sizes = np.random.default_rng(count).integers(50, 300, count) / 100
    for number, (wkb, size) in enumerate(zip(library.scattered(count).geometries(0).as_wkb(), sizes.tolist())):
        values = (f"Parcelle {number}", 1000 + 7 * number, size, _CROPS[number % len(_CROPS)])
        yield ogr.CreateGeometryFromWkb(wkb), values
