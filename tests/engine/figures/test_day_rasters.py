"""What the map shows of a day: the rasters of a row, and the outlines of its clouds."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely.wkb

from sen2chain_ts_plugin.engine.figures.day_rasters import DayRasters, cloud_outlines, day_rasters
from sen2chain_ts_plugin.engine.library.folders import open_library

osgeo = pytest.importorskip("osgeo.gdal")
FIRST = "S2B_MSIL2A_20210105T063511_N0214_R063_T40KCB_20210105T082233"


def test_the_rasters_of_every_row_of_the_reference_are_found(reference: Path) -> None:
    library = open_library(reference / "library")
    names = sorted(path.name for path in library.indices.glob("NDVI/*/*/*_NDVI_CM001.jp2"))
    assert len(names) > 10
    for name in names:
        found = day_rasters(library, name)
        assert found.index.name == name.replace("_CM001", "")
        assert found.masked.name == name
        assert found.mask is None or found.mask.name == name.replace("_NDVI", "")


@pytest.mark.parametrize("name", ["", "x.jp2", "S2B_NDVI_CM001.jp2", f"{FIRST}.jp2", "/etc/passwd"])
def test_another_name_has_no_rasters(reference: Path, name: str) -> None:
    found = day_rasters(open_library(reference / "library"), name)
    assert found is None or (found.index, found.masked, found.mask) == (None, None, None)


def test_clouds_are_where_only_the_masked_raster_has_no_data(reference: Path) -> None:
    rasterio = pytest.importorskip("rasterio")
    library = open_library(reference / "library")
    checked = 0
    for path in sorted(library.indices.glob("NDVI/*/*/*_NDVI_CM001.jp2"))[:6]:
        found = day_rasters(library, path.name)
        alone = DayRasters(found.index, found.masked, None, None)
        with rasterio.open(found.masked) as masked, rasterio.open(found.index) as whole:
            cloudy = (masked.read(1) == 16383) & (whole.read(1) != 16383)
            bounds = masked.bounds
        polygons = [shapely.wkb.loads(wkb) for wkb in cloud_outlines(alone, tuple(bounds))]
        assert sum(polygon.area for polygon in polygons) == pytest.approx(cloudy.sum() * 100)
        checked += bool(cloudy.any())
    assert checked


def test_a_place_without_pixels_has_no_clouds(reference: Path) -> None:
    library = open_library(reference / "library")
    path = next(iter(sorted(library.indices.glob("NDVI/*/*/*_NDVI_CM001.jp2"))))
    assert cloud_outlines(day_rasters(library, path.name), (0.0, 0.0, 100.0, 100.0)) == []
    assert cloud_outlines(DayRasters(None, None, None, None), (0.0, 0.0, 1.0, 1.0)) == []
