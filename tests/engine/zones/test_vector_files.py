"""Zones of vector files that are damaged, odd or changing, and in CRS that are."""

from __future__ import annotations

import importlib.util
import sys
import types
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine import Zones, read_zones, zones_from_frame
from sen2chain_ts_plugin.engine.errors import LayerWithoutCrs, VectorUnreadable
from sen2chain_ts_plugin.engine.raster.libraries import rasterio_failure
from sen2chain_ts_plugin.engine.tree.layout import checksum
from sen2chain_ts_plugin.engine.zones import layer as zone_layer
from sen2chain_ts_plugin.engine.zones import projection
from sen2chain_ts_plugin.engine.zones import vector_files as layers
from sen2chain_ts_plugin.engine.zones.shapefile import SHAPEFILE_PARTS
from tests.engine.test_engine_alone import Crs, Frame

needs_osgeo = pytest.mark.skipif(importlib.util.find_spec("osgeo") is None, reason="needs GDAL's Python bindings")
LOCAL = 'LOCAL_CS["the site",UNIT["metre",1],AXIS["e",EAST],AXIS["n",NORTH]]'
MOON = (
    'GEOGCS["Moon",DATUM["D_Moon",SPHEROID["Moon",1737400,0]],PRIMEM["0",0],UNIT["degree",0.0174532925199433]]'
)  # fmt: skip


def read_wkb(wkt: str) -> bytes:
    import shapely.wkt

    return shapely.wkt.loads(wkt).wkb


@pytest.fixture(params=[False, True], ids=["errors", "exceptions"])
def gdal_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """GDAL as it is, and as one who has asked it for exceptions has it."""
    modules = [pytest.importorskip(f"osgeo.{name}") for name in ("gdal", "ogr", "osr")]
    before = [module.GetUseExceptions() for module in modules]
    for module in modules:
        (module.UseExceptions if request.param else module.DontUseExceptions)()
    yield
    for module, used in reversed(list(zip(modules, before))):  # GDAL wants it so
        (module.UseExceptions if used else module.DontUseExceptions)()


@pytest.fixture(params=["rasterio", pytest.param("osgeo", marks=needs_osgeo)])
def transforms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return which of the two libraries transforms."""
    if request.param == "osgeo":
        monkeypatch.setitem(sys.modules, "rasterio", None)
    else:
        pytest.importorskip("rasterio")
    rasterio_failure.cache_clear()
    yield request.param
    rasterio_failure.cache_clear()


# Files


def many_zones(path: Path, number: int = 2000) -> Path:
    from osgeo import ogr, osr

    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    driver = "GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile"
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    options = ["ENCODING=UTF-8"] if path.suffix == ".shp" else []
    layer = source.CreateLayer(path.stem, wgs84, ogr.wkbPolygon, options)
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    layer.StartTransaction()
    for zone in range(number):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["name"] = f"zone {zone} " + "x" * 150
        x, y = 55 + zone % 50 / 100, -21 - zone // 50 / 100
        ring = f"{x} {y}, {x + 0.01} {y}, {x + 0.01} {y + 0.01}, {x} {y + 0.01}, {x} {y}"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))"))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return path


@pytest.mark.usefixtures("gdal_errors")
def test_a_file_that_is_damaged_in_the_middle_gives_no_zones_rather_than_some(tmp_path: Path) -> None:
    path = many_zones(tmp_path / "fields.gpkg")
    assert len(read_zones(path)) == 2000
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle - 100_000 : middle + 100_000] = b"\xa5" * 200_000
    path.write_bytes(data)
    with pytest.raises(VectorUnreadable, match=r"fields\.gpkg as a vector layer: .+"):
        read_zones(path)


@pytest.mark.usefixtures("gdal_errors")
def test_what_gdal_opens_only_by_another_name_is_read_to_its_end_by_that_name(tmp_path: Path) -> None:
    """QGIS reads an archive through /vsizip/, and a table of texts through a reader of its own."""
    path = many_zones(tmp_path / "fields.gpkg")
    archive = tmp_path / "packed.zip"
    address = f"/vsizip/{archive}"

    def pack(data: bytes) -> None:
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("fields.gpkg", data)

    data = path.read_bytes()
    pack(data)
    layers.check_readable(archive)  # which GDAL does not take for a vector file at all
    layers.check_readable(archive, None, address)
    middle = len(data) // 2
    pack(data[: middle - 100_000] + b"\xa5" * 200_000 + data[middle + 100_000 :])
    with pytest.raises(VectorUnreadable, match=r"packed\.zip as a vector layer: .+"):
        layers.check_readable(archive, None, address)


@needs_osgeo
def test_a_shapefile_is_the_one_that_was_read(tmp_path: Path) -> None:
    path = many_zones(tmp_path / "fields.shp", 20)
    as_read = {part: path.with_suffix(part).read_bytes() for part in SHAPEFILE_PARTS}
    zones = read_zones(path)
    other = many_zones(tmp_path / "other.shp", 19)
    for part in SHAPEFILE_PARTS:
        path.with_suffix(part).write_bytes(other.with_suffix(part).read_bytes())
    assert checksum(zones.shapefile()) == checksum(as_read)
    for part in SHAPEFILE_PARTS:
        path.with_suffix(part).unlink()
    assert zones.shapefile() == as_read


@needs_osgeo
@pytest.mark.parametrize("change", ["grows", "goes"])
def test_a_shapefile_that_changes_while_it_is_read_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = many_zones(tmp_path / "fields.shp", 20)
    read = layers._read_with_ogr

    def read_slowly(*wanted: Any) -> Zones:
        zones = read(*wanted)
        if change == "grows":
            many_zones(tmp_path / "other.shp", 21).with_suffix(".dbf").replace(path.with_suffix(".dbf"))
        else:
            path.unlink()
        return zones

    monkeypatch.setattr(layers, "_read_with_ogr", read_slowly)
    with pytest.raises(VectorUnreadable, match=r"fields\.shp as a vector layer: it changed while it was read"):
        read_zones(path)


@needs_osgeo
def test_a_day_that_the_calendar_has_not_is_no_value(tmp_path: Path) -> None:
    from osgeo import ogr

    path = tmp_path / "days.shp"
    source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(path))
    layer = source.CreateLayer("days", None, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("day", ogr.OFTDate))
    for day in (28, 27):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("day", 2021, 2, day, 0, 0, 0, 0)
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (55.5 -21)"))
        layer.CreateFeature(feature)
    del feature, layer, source
    (tmp_path / "days.prj").write_bytes(Zones("z", [], "EPSG:4326").shapefile()[".prj"])
    table = tmp_path / "days.dbf"
    table.write_bytes(table.read_bytes().replace(b"20210228", b"20210231"))
    assert read_zones(path).attributes == [(None,), ("2021-02-27",)]


@pytest.fixture
def pyogrio(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have what pyogrio would return for a file read instead of it, on a machine without GDAL's own bindings."""

    def returns(*answer: Any) -> None:
        module = types.ModuleType("pyogrio.raw")
        vars(module)["read"] = lambda *_, **__: answer
        monkeypatch.setitem(sys.modules, "osgeo", None)
        monkeypatch.setitem(sys.modules, "pyogrio", types.ModuleType("pyogrio"))
        monkeypatch.setitem(sys.modules, "pyogrio.raw", module)

    return returns


def test_a_table_without_geometry_is_no_layer_of_zones(tmp_path: Path, pyogrio: Callable[..., None]) -> None:
    (tmp_path / "table.csv").write_text("name\na\nb\n")
    names = np.array(["a", "b"], object)
    about = {"crs": None, "fields": np.array(["name"]), "dtypes": ["object"], "geometry_type": None}
    pyogrio(about, None, None, [names])
    with pytest.raises(LayerWithoutCrs, match="table has no coordinate reference system"):
        read_zones(tmp_path / "table.csv")
    pyogrio({**about, "crs": "EPSG:4326"}, None, None, [names])
    zones = read_zones(tmp_path / "table.csv")
    assert (zones.attributes, zones.has_geometry) == ([("a",), ("b",)], False)


# Attributes


def test_two_columns_of_one_name() -> None:
    import pandas as pd

    table = pd.DataFrame([[1, "a", 2.5], [2, "b", 3.5]], columns=["n", "name", "n"])
    zones = zones_from_frame(Frame(table, [read_wkb("POINT (1 2)"), None], Crs()), "fields")
    assert zones.fields == ["n", "name", "n_1"]
    assert zones.attributes == [(1, "a", 2.5), (2, "b", 3.5)]


def test_values_of_every_type_as_plain_ones() -> None:
    values = [Decimal("1.50"), [1, "é"], (1, 2), {"a": Decimal("1.50")}, np.array([1, 2]), Path("a/b"), 10**400]
    zones = Zones("z", [None], "EPSG:4326", list("abcdefg"), [values])
    assert zones.attributes == [("1.50", '[1, "é"]', "[1, 2]", '{"a": "1.50"}', "[1, 2]", str(Path("a/b")), 10**400)]


def test_a_number_beyond_all_floats_is_text_in_the_shapefile(tmp_path: Path) -> None:
    zones = Zones("z", [None, None, None], "EPSG:4326", ["n"], [[10**400], [7], [1.5]])
    assert b"C" in zones.shapefile()[".dbf"][32 + 11 : 32 + 12]
    assert b"1" + b"0" * 253 in zones.shapefile()[".dbf"]


# CRS


@needs_osgeo
def test_a_crs_whose_coordinates_are_far_from_its_origin(transforms: str) -> None:
    """Zone 59 of Pulkovo 1942 (EPSG:2576, to 2580): the easting begins with the number of the zone."""
    from osgeo import osr

    there = osr.SpatialReference()
    there.ImportFromEPSG(2576)
    easting = there.GetProjParm("false_easting")
    assert easting > 5e7
    zones = Zones("far", [read_wkb(f"POINT ({easting} 7000000)")], "EPSG:2576")
    (moved,) = zones.geometries(4326)
    assert np.allclose(moved.points, [[there.GetProjParm("central_meridian"), 63.1]], atol=0.1)


def test_coordinates_of_a_mistake_are_named_and_not_rasterised(caplog: pytest.LogCaptureFixture) -> None:
    shapes = [read_wkb(f"POINT ({x} 7)") for x in ("5", "6e7", "1e300", "inf")]
    here, *far = Zones("z", shapes, "EPSG:32740").geometries(32740)
    assert here.points.tolist() == [[5, 7]]
    assert not any(each.parts() for each in far)
    # The second is somewhere in some CRS, and only here too far away.
    assert [text.partition(":")[0] for text in caplog.messages] == ["Zone 2 is skipped", "Zone 3 is skipped"]


@pytest.mark.usefixtures("transforms", "gdal_errors")
def test_some_zones_without_a_place_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = [read_wkb(f"POINT ({55 + zone / 1000} -21)") for zone in range(500)]
    for zone in (0, 123, 124, 499):
        shapes[zone] = read_wkb("POINT (55.5 95)")
    asked = []
    transform = projection.transform
    monkeypatch.setattr(zone_layer, "transform", lambda *each: asked.append(1) or transform(*each))
    moved = Zones("z", shapes, "EPSG:4326").geometries(32740)
    assert [zone for zone, geometry in enumerate(moved) if not geometry.parts()] == [0, 123, 124, 499]
    assert moved[498].points[0, 0] == pytest.approx(344_000, abs=1000)
    assert len(asked) < 80, "each zone by itself takes minutes for a large layer"


@pytest.mark.usefixtures("transforms", "gdal_errors")
@pytest.mark.parametrize("crs", [LOCAL, MOON, "no CRS"], ids=["local", "moon", "text"])
def test_a_crs_that_leads_nowhere_on_earth_is_none(crs: str) -> None:
    with pytest.raises(LayerWithoutCrs, match="site has no coordinate reference system"):
        Zones("site", [read_wkb("POINT (5 7)")], crs)
