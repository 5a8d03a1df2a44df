"""Layers of many formats, CRS and types of fields: the same tree and values through QGIS and the engine alone."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr, osr
from qgis.core import QgsFeatureRequest

from sen2chain_ts_plugin.engine import read_zones
from sen2chain_ts_plugin.engine.extraction.tree_of_zones import find_tree
from tests.support.qgis_layers import LEFT, TOP, raw_rows

Run = Callable[..., dict[str, Any]]
X, Y = LEFT + 1000, TOP - 1000
IN_METRES = f"POLYGON (({X} {Y}, {X + 100} {Y}, {X + 100} {Y + 100}, {X} {Y + 100}, {X} {Y}))"
IN_DEGREES = "POLYGON ((55.5678 -20.8633, 55.5697 -20.8633, 55.5697 -20.8615, 55.5678 -20.8615, 55.5678 -20.8633))"
UTM, WGS84 = "EPSG:32740", "EPSG:4326"
ENDINGS = {
    ".gpkg": "GPKG", ".geojson": "GeoJSON", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf", ".gml": "GML",
    ".tab": "MapInfo File", ".sqlite": "SQLite", ".kml": "KML",
}  # fmt: skip
TEXT, WHOLE, REAL, DAY, MOMENT, HOUR = (
    ogr.OFTString, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTDate, ogr.OFTDateTime, ogr.OFTTime,
)  # fmt: skip
SHAPES = {
    "a point with a height": [f"POINT Z ({X} {Y} 3)"],
    "points": [f"MULTIPOINT (({X} {Y}), ({X + 500} {Y}))"],
    "empty ones among others": [IN_METRES, "POLYGON EMPTY", None],
    "an empty point": [f"POINT ({X} {Y})", "POINT EMPTY"],
    "a polygon that crosses itself": [f"POLYGON (({X} {Y}, {X + 90} {Y + 90}, {X + 90} {Y}, {X} {Y + 90}, {X} {Y}))"],
    "a ring that is not closed": [f"POLYGON (({X} {Y}, {X + 90} {Y}, {X + 90} {Y + 90}, {X} {Y + 90}))"],
    "a ring of two corners": [IN_METRES, f"POLYGON (({X} {Y}, {X + 90} {Y}))"],
    "one that is nowhere on Earth": [IN_METRES, f"POLYGON ((1e300 {Y}, 1e300 0, 0 0, 1e300 {Y}))"],
    "one that is not finite": [IN_METRES, f"POLYGON (({X} {Y}, inf {Y}, {X} {Y + 90}, {X} {Y}))"],
    "a line without length": [f"LINESTRING ({X} {Y}, {X} {Y})"],
}
CRS = {
    "geographic with heights": ("EPSG:4979", IN_DEGREES),
    "projected with heights": ("EPSG:32740+3855", IN_METRES),
    "without a code": ("+proj=utm +zone=40 +south +datum=WGS84 +units=m +no_defs", IN_METRES),
    "of ESRI": ("ESRI:104199", IN_DEGREES),
}
VALUES = {
    "days and moments before 1970": [(DAY, "1850/03/01"), (MOMENT, "1850/03/01 12:34:56")],
    "a moment with milliseconds": [(MOMENT, "2021/03/01 12:34:56.789")],
    "the longest whole numbers": [(WHOLE, 9223372036854775807), (WHOLE, -9223372036854775808)],
    "the largest and the smallest number": [(REAL, 1.7976931348623157e308), (REAL, 5e-324), (REAL, -0.0)],
    "no numbers": [(REAL, float("nan")), (REAL, float("inf"))],
    "a very long text": [(TEXT, "é" * 100_000)],
    "odd characters": [(TEXT, "a\x0bb\u2028c\x85d\x1c \"quoted\", 'so'; =1")],
    "an hour": [(HOUR, "02:30:00")],
}


def write(path: Path, shapes: list[str | None], crs: str, *fields: tuple[str, int, Any]) -> Path:
    """Write a layer whose features all have the same values."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = ogr.GetDriverByName(ENDINGS[path.suffix]).CreateDataSource(str(path))
    layer = dataset.CreateLayer(path.stem, reference, geometry_of(shapes[0]).GetGeometryType())
    for name, kind, _ in fields:
        layer.CreateField(ogr.FieldDefn(name, kind))
    for shape in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        if shape is not None:
            feature.SetGeometry(geometry_of(shape))
        for number, (_, _, value) in enumerate(fields):
            feature.SetField(number, value)
        assert layer.CreateFeature(feature) == ogr.OGRERR_NONE
    return path


def geometry_of(wkt: str) -> ogr.Geometry:
    """Return a geometry, which may have coordinates that newer versions of GDAL refuse in a text."""
    if "inf" not in wkt:
        return ogr.CreateGeometryFromWkt(wkt)
    stand_in, infinite = (struct.pack("<d", number) for number in (1e300, float("inf")))
    known = ogr.CreateGeometryFromWkt(wkt.replace("inf", "1e300"))
    return ogr.CreateGeometryFromWkb(bytes(known.ExportToWkb(ogr.wkbNDR)).replace(stand_in, infinite))


def check_alike(extract: Run, path: Path, *, table: bool = True) -> None:
    checks = QgsFeatureRequest.InvalidGeometryCheck
    result = extract(path, check=checks.GeometryNoCheck, TABLE="TEMPORARY_OUTPUT" if table else None)
    zones = read_zones(path)
    assert str(find_tree(Path(result["EXTRACTION"]).parent, zones).folder) == result["EXTRACTION"]
    rows = raw_rows(result["EXTRACTION"])
    assert len(rows) == result["ROWS"] > 0
    assert not table or result["TABLE"].featureCount() == len(rows)
    for row in rows:
        for field, value in zip(zones.fields, zones.attributes[int(row["fid"])]):
            assert row[field] == ("" if value is None else str(value)), field


@pytest.mark.parametrize("what", SHAPES)
def test_shapes(extract: Run, tmp_path: Path, what: str) -> None:
    check_alike(extract, write(tmp_path / "a.gpkg", SHAPES[what], UTM, ("name", TEXT, "x")))


@pytest.mark.parametrize("what", CRS)
def test_coordinate_reference_systems(extract: Run, tmp_path: Path, what: str) -> None:
    crs, shape = CRS[what]
    check_alike(extract, write(tmp_path / "a.gpkg", [shape], crs, ("name", TEXT, "x")))


@pytest.mark.parametrize("what", VALUES)
def test_values(extract: Run, tmp_path: Path, what: str) -> None:
    suffix = ".geojson" if what == "an hour" else ".gpkg"  # a GeoPackage has none
    shape, crs = (IN_DEGREES, WGS84) if suffix == ".geojson" else (IN_METRES, UTM)
    fields = [(f"field {number}", kind, value) for number, (kind, value) in enumerate(VALUES[what])]
    check_alike(extract, write(tmp_path / f"a{suffix}", [shape], crs, *fields))


@pytest.mark.parametrize("suffix", ENDINGS)
def test_formats(extract: Run, tmp_path: Path, suffix: str) -> None:
    shape, crs = (IN_DEGREES, WGS84) if suffix in (".geojson", ".kml") else (IN_METRES, UTM)
    fields = [("name", TEXT, "x y"), ("whole", ogr.OFTInteger, 7), ("real", REAL, 0.1), ("day", DAY, "1899/12/31")]
    check_alike(extract, write(tmp_path / f"a{suffix}", [shape, shape], crs, *fields))


@pytest.mark.parametrize("number", [101, 300, 2001])
def test_more_fields_than_a_shapefile_has_names_or_room_for(extract: Run, tmp_path: Path, number: int) -> None:
    fields = [(f"field {n} of the layer" if n % 2 else f"field of the layer {n}", TEXT, "x" * n) for n in range(number)]
    if number > 2000:
        columns = ",".join(f'"{name}":"{value}"' for name, _, value in fields)
        shape = ogr.CreateGeometryFromWkt(IN_DEGREES).ExportToJson()
        path = tmp_path / "a.geojson"
        path.write_text(f'{{"type":"Feature","properties":{{{columns}}},"geometry":{shape}}}')
        check_alike(extract, path, table=False)  # a table of QGIS has no room for so many
    else:
        check_alike(extract, write(tmp_path / "a.gpkg", [IN_METRES], UTM, *fields))


def test_json_that_qgis_reads_as_nothing(extract: Run, tmp_path: Path) -> None:
    shape = ogr.CreateGeometryFromWkt(IN_DEGREES).ExportToJson()
    values = ["1", '"a word"', "9007199254740993", '{"b":9007199254740993,"a":[1.0]}', "true", "null", "[]", "{}"]
    features = (f'{{"type":"Feature","properties":{{"any":{value}}},"geometry":{shape}}}' for value in values)
    path = tmp_path / "a.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}')
    check_alike(extract, path)
    wanted = ["1", "a word", "9007199254740993", '{"a":[1],"b":9007199254740993}', "true", None, "[]", "{}"]
    assert [str(value) if value is not None else None for (value,) in read_zones(path).attributes] == wanted


def test_names_of_fields(extract: Run, tmp_path: Path) -> None:
    fields = [(name, TEXT, str(number)) for number, name in enumerate(['a"b', "a'b", "a,b", " sp ", "FID_", "x;y=1"])]
    check_alike(extract, write(tmp_path / "a.gpkg", [IN_METRES], UTM, *fields))
