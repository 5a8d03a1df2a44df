"""The same layer through QGIS and through the engine alone: the same tree, values, rows and refusals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsField,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from sen2chain_ts_plugin.engine import Zones, read_zones
from sen2chain_ts_plugin.engine.errors import EngineError, LayerWithoutCrs, VectorUnreadable
from tests.processing.test_extract import Said
from tests.support.capabilities import make_pipe
from tests.support.qgis_layers import LEFT, TOP, memory_layer, raw_rows, save, square

Run = Callable[..., dict[str, Any]]
IN_DEGREES = (55.5678, -20.8633, 55.5697, -20.8615)
LOCAL = 'LOCAL_CS["the site",UNIT["metre",1],AXIS["e",EAST],AXIS["n",NORTH]]'


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def geojson(path: Path, *geometries: dict[str, Any] | None, **properties: list[Any]) -> Path:
    features = [
        {"type": "Feature", "properties": {name: values[n] for name, values in properties.items()}, "geometry": each}
        for n, each in enumerate(geometries)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def polygon(*box: float) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring(*(box or IN_DEGREES))]}


def same_as_engine(
    extract: Run, path: Path, tmp_path: Path, feedback: QgsProcessingFeedback | None = None
) -> list[dict[str, str]]:
    """Extract a file through QGIS, and check that the engine alone finds and fills the same tree."""
    from sen2chain_ts_plugin.engine.extraction.tree_of_zones import find_tree

    result = extract(path, feedback)
    zones = read_zones(path)
    tree = find_tree(Path(result["EXTRACTION"]).parent, zones)
    assert str(tree.folder) == result["EXTRACTION"]
    rows = raw_rows(result["EXTRACTION"])
    for row in rows:
        for field, value in zip(zones.fields, zones.attributes[int(row["fid"])]):
            assert row[field] == ("" if value is None else str(value))
    return rows


def test_values_of_every_type(extract: Run, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "values.geojson", polygon(), polygon(55.56, -20.88, 55.57, -20.87),
        whole=[1, -5], long=[9007199254740993, None], real=[0.1, 1e-20], truth=[True, False],
        text=["é, \"quoted\"", "00123"], nested=[{"b": 1, "a": [1, None, 2.0]}, {"z": "ü"}], listed=[["x", "y"], ["z"]],
        numbers=[[1, 2], [3]], when=["2021-03-28T02:30:00", "2017-10-15T00:00:00"], day=["2021-02-28", None],
        hour=["02:30:00", "23:59:59"],
    )  # fmt: skip
    assert same_as_engine(extract, path, tmp_path)


@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb", "a.geojson", "a.csv", "a.shp"])
def test_a_layer_in_any_format(extract: Run, tmp_path: Path, name: str) -> None:
    fields = [QgsField("name", QVariant.String), QgsField("n", QVariant.LongLong), QgsField("x", QVariant.Double)]
    layer = memory_layer(
        [square(10, 10), square(40, 40, 7)], fields, [["é" * 30, 2**53 + 1, 1 / 3], [None, None, 1e-9]]
    )
    drivers = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".geojson": "GeoJSON", ".shp": "ESRI Shapefile"}
    if name.endswith(".csv"):
        pytest.skip("a table of text has no CRS")
    path = save(layer, tmp_path / name, drivers[Path(name).suffix])
    assert same_as_engine(extract, path, tmp_path)


@pytest.mark.parametrize(
    "crs", ["EPSG:23030", "EPSG:4230", "EPSG:2154", "EPSG:3857", "EPSG:2975", "EPSG:4326", "EPSG:27700", "EPSG:4267"]
)
def test_the_way_between_two_crs(crs: str) -> None:
    import numpy as np

    from sen2chain_ts_plugin.engine.zones.projection import transform
    from sen2chain_ts_plugin.processing.layers.source_zones import _crs_text

    code = QgsCoordinateReferenceSystem(crs)
    box = code.bounds()
    place = transform(np.array([[box.center().x(), box.center().y()]]), "EPSG:4326", crs)
    assert place is not None
    for target in ("EPSG:4326", "EPSG:32630"):
        mine = transform(place, crs, target)
        theirs = transform(place, _crs_text(code), target)
        assert mine is not None
        assert theirs is not None
        assert np.array_equal(mine, theirs)


def test_a_datum_with_several_ways_is_said_with_its_accuracy(tmp_path: Path) -> None:
    zones = memory_layer(
        ["Polygon ((440000 4400000, 441000 4400000, 441000 4401000, 440000 4400000))"], crs="EPSG:23030"
    )
    path = save(zones, tmp_path / "ed50.gpkg", "GPKG")
    assert read_zones(path).accuracy_in(32630) == 2
    assert read_zones(path).accuracy_in(23030) is None


@pytest.mark.parametrize("crs", [LOCAL, "IAU_2015:30100"], ids=["local", "moon"])
def test_a_crs_that_leads_nowhere_is_refused(extract: Run, tmp_path: Path, crs: str) -> None:
    layer = memory_layer([square(10, 10)], name="site")
    reference = QgsCoordinateReferenceSystem.fromWkt(crs) if crs == LOCAL else QgsCoordinateReferenceSystem(crs)
    if not reference.isValid():
        pytest.skip("this QGIS does not know it")
    layer.setCrs(reference)
    with pytest.raises(QgsProcessingException, match="site has no coordinate reference system that leads to the tiles"):
        extract(layer)
    assert not (tmp_path / "out").exists()
    with pytest.raises(LayerWithoutCrs, match="leads to the tiles"):
        Zones("site", [], reference.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))


OTHER = polygon(55.56, -20.88, 55.57, -20.87)
KINDS = {
    "a collection of a polygon": {"type": "GeometryCollection", "geometries": [polygon()]},
    "a collection of several": {
        "type": "GeometryCollection",
        "geometries": [polygon(), polygon(55.56, -20.88, 55.57, -20.87)],
    },
    "a collection in a collection": {
        "type": "GeometryCollection",
        "geometries": [{"type": "GeometryCollection", "geometries": [polygon()]}],
    },
    "an empty collection": {"type": "GeometryCollection", "geometries": []},
    "a polygon of two": {
        "type": "MultiPolygon",
        "coordinates": [[ring(*IN_DEGREES)], [ring(55.56, -20.88, 55.57, -20.87)]],
    },
    "none": None,
}
MIXED = {
    "a point": {"type": "Point", "coordinates": [55.568, -20.862]},
    "a line": {"type": "LineString", "coordinates": [[55.568, -20.862], [55.569, -20.863]]},
    "a collection with a point": {
        "type": "GeometryCollection",
        "geometries": [polygon(), {"type": "Point", "coordinates": [55.568, -20.862]}],
    },
    "a collection of points": {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [55.568, -20.862]}],
    },
}


@pytest.mark.parametrize("what", KINDS)
def test_what_is_accepted_among_polygons(extract: Run, tmp_path: Path, what: str) -> None:
    path = geojson(tmp_path / "mixed.geojson", polygon(55.57, -20.88, 55.58, -20.87), KINDS[what])
    assert same_as_engine(extract, path, tmp_path)
    result = extract(path, TABLE="TEMPORARY_OUTPUT", FORCE=True)
    assert result["TABLE"].featureCount() == result["ROWS"]


@pytest.mark.parametrize("north", [float("nan"), float("inf"), 1e300])
def test_a_zone_that_is_nowhere_is_named_once(extract: Run, tmp_path: Path, north: float) -> None:
    west, south, east, _ = IN_DEGREES
    shape = {"type": "Polygon", "coordinates": [ring(west, south, east, north)]}
    path = geojson(tmp_path / "some.geojson", shape, polygon())
    said = Said()
    result = extract(path, said, check=QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    assert {row["fid"] for row in raw_rows(result["EXTRACTION"])} == {"1"}
    assert [text.partition(":")[0] for text in said.warnings if "skipped" in text] == ["Zone 0 is skipped"]


def test_a_layer_is_called_the_same(extract: Run, tmp_path: Path) -> None:
    """After the layer that is asked for in a file of several, and else after the whole name of the file."""
    path = ogr_file(tmp_path / "fields.of.2021.gpkg", f"Polygon ({_STRAIGHT})")
    other = ogr_file(tmp_path / "other.shp", f"Polygon ({_STRAIGHT})", driver="ESRI Shapefile")
    mine = QgsVectorLayer(str(path), "mine", "ogr")
    for number, (given, name) in enumerate(
        [(str(path), "fields.of.2021"), (f"{path}|layername=fields.of.2021", "fields.of.2021"), (str(other), "other"),
         (mine, "mine")],
    ):  # fmt: skip
        tree = Path(extract(given, OUTPUT=str(tmp_path / f"out{number}"))["EXTRACTION"])
        assert tree.name.rpartition("_")[0] == name
    assert [read_zones(path).name, read_zones(other).name] == ["fields.of.2021", "other"]


def test_a_layer_of_a_file_of_several_is_called_after_itself(extract: Run, tmp_path: Path) -> None:
    from osgeo import gdal

    path, source = tmp_path / "all.gpkg", save(memory_layer([square(100, 100)]), tmp_path / "source.gpkg", "GPKG")
    for layer in ("others", "parcels"):
        gdal.VectorTranslate(str(path), str(source), accessMode="update" if path.exists() else None, layerName=layer)
    result = extract(f"{path}|layername=parcels")
    assert Path(result["EXTRACTION"]).name.startswith("parcels_")
    assert read_zones(path, "parcels").name == "parcels"


X, Y = LEFT + 1000, TOP - 1000
_ARC = f"{X - 200.3} {Y}, {X + 13.7} {Y + 190.1}, {X + 200} {Y + 7}"
_OPEN = f"CompoundCurve (CircularString ({_ARC}), ({X + 200} {Y + 7}, {X} {Y - 100}, {X - 200.3} {Y}))"
_STRAIGHT = f"({X} {Y}, {X + 100} {Y}, {X + 100} {Y + 100}, {X} {Y})"
CURVED = {
    "a circle of two points": f"CurvePolygon (CircularString ({X - 200} {Y}, {X + 200} {Y}, {X - 200} {Y}))",
    "an arc and a line": f"CurvePolygon ({_OPEN})",
    "an arc that is nearly straight": f"CurvePolygon (CompoundCurve (CircularString ({X} {Y}, {X + 50} {Y + 1e-3}, "
    f"{X + 100} {Y}), ({X + 100} {Y}, {X + 100} {Y + 100}, {X} {Y})))",
    "a hole": f"CurvePolygon (({X - 500} {Y - 500}, {X + 500} {Y - 500}, {X + 500} {Y + 500}, {X - 500} {Y - 500}), "
    f"CircularString ({X + 150} {Y}, {X + 250} {Y}, {X + 150} {Y}))",
    "several": f"MultiSurface (CurvePolygon ({_OPEN}), ({_STRAIGHT}))",
    "nothing curved in it": f"CurvePolygon ({_STRAIGHT})",
    "heights": f"CurvePolygon Z (CircularString Z ({X - 200} {Y} 1, {X} {Y + 200} 2, {X + 200} {Y} 3, "
    f"{X} {Y - 200} 4, {X - 200} {Y} 1))",
    "a line": f"CircularString ({_ARC})",
    "lines": f"MultiCurve (CircularString ({_ARC}), ({X} {Y}, {X + 50} {Y + 50}))",
    "a collection": f"GeometryCollection (CurvePolygon ({_OPEN}))",
    "faces": f"Tin Z ((({X} {Y} 1, {X + 100} {Y} 1, {X + 100} {Y + 100} 2, {X} {Y} 1)))",
}


def ogr_file(path: Path, *shapes: str, driver: str = "GPKG", **options: str) -> Path:
    """Write a layer of one text field and of geometries that QGIS may have no layer of; Y of the reference library."""
    from osgeo import ogr, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32740)
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    geometries = [ogr.CreateGeometryFromWkt(shape) for shape in shapes]
    kind = geometries[0].GetGeometryType()
    layer = dataset.CreateLayer(path.stem, crs, kind, [f"{name}={value}" for name, value in options.items()])
    layer.CreateField(ogr.FieldDefn("words", ogr.OFTString))
    for geometry in geometries:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry)
        feature.SetField("words", PLACE_OF_WORDS)
        assert layer.CreateFeature(feature) == ogr.OGRERR_NONE
    return path


@pytest.mark.parametrize("what", CURVED)
def test_curves_are_made_straight_alike(extract: Run, tmp_path: Path, what: str) -> None:
    path = ogr_file(tmp_path / "curves.gpkg", CURVED[what])
    assert same_as_engine(extract, path, tmp_path)
    result = extract(path, TABLE="TEMPORARY_OUTPUT", FORCE=True)
    assert result["TABLE"].featureCount() == result["ROWS"] > 0
    assert result["TABLE"].crs().authid() == "EPSG:32740"


# Encodings of a shapefile: what stands in the .cpg, or the byte 29 of the .dbf, and what the texts are in.
PLACE_OF_WORDS = "0123456789ABCDEFGHIJ"
IN_CPG = {
    "UTF-8": "utf-8", "utf8": "utf-8", "65001": "utf-8", "ISO-8859-1": "latin-1", "ISO88591": "latin-1",
    "88591": "latin-1", "8859-1": "latin-1", "LATIN1": "latin-1", "ISO-8859-15": "iso8859-15", "1252": "cp1252",
    "CP1252": "cp1252", "windows-1252": "cp1252", "850": "cp850", "CP850": "cp850", "437": "cp437", "932": "cp932",
    "Shift_JIS": "cp932", "936": "gbk", "Big5": "big5", "1251": "cp1251",
}  # fmt: skip
IN_DBF = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "latin-1", 0x13: "cp932", 0xC9: "cp1251", 0x65: "cp866"}
WORDS = {"cp932": "日本語 テスト", "gbk": "中文字", "big5": "中文字", "cp1251": "Ж я", "cp866": "Ж я"}


def shapefile_in(path: Path, encoding: str, cpg: str | None, language: int = 0) -> str:
    """Write a shapefile whose texts are in an encoding, and return what they say."""
    ogr_file(path, f"Polygon ({_STRAIGHT})", driver="ESRI Shapefile", ENCODING="UTF-8")
    words = WORDS.get(encoding, "é ü ñ")
    content = bytearray(path.with_suffix(".dbf").read_bytes())
    content[29] = language
    place = PLACE_OF_WORDS.encode()
    content = content.replace(place, words.encode(encoding).ljust(len(place)))
    path.with_suffix(".dbf").write_bytes(content)
    path.with_suffix(".cpg").unlink()
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    return words


@pytest.mark.parametrize("cpg", IN_CPG)
def test_the_encoding_of_a_cpg(extract: Run, tmp_path: Path, cpg: str) -> None:
    words = shapefile_in(tmp_path / "zones.shp", IN_CPG[cpg], cpg)
    assert {row["words"] for row in same_as_engine(extract, tmp_path / "zones.shp", tmp_path)} == {words}


@pytest.mark.parametrize("language", IN_DBF)
def test_the_encoding_of_a_dbf(extract: Run, tmp_path: Path, language: int) -> None:
    words = shapefile_in(tmp_path / "zones.shp", IN_DBF[language], None, language)
    assert {row["words"] for row in same_as_engine(extract, tmp_path / "zones.shp", tmp_path)} == {words}


@pytest.mark.parametrize("cpg", [None, "", "nonsense", "ANSI 1252", "LDID/87", "../x", "base64", "rot13", "a\0b"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp932"])
def test_an_encoding_that_nobody_knows_is_said(extract: Run, tmp_path: Path, cpg: str | None, encoding: str) -> None:
    words = shapefile_in(tmp_path / "zones.shp", encoding, cpg)
    said = Said()
    (read,) = {row["words"] for row in same_as_engine(extract, tmp_path / "zones.shp", tmp_path, said)}
    assert (read == words) == (encoding == "utf-8")
    assert any("encoding" in warning for warning in said.warnings) == (read != words)


# The marks of a table are ASCII; in these encodings they would be others, or other bytes.
@pytest.mark.parametrize(
    "cpg", ["UTF-16", "utf-16le", "UTF-32", "utf_7", "cp500", "037", "EBCDIC-CP-BE", "hz", "punycode"]
)
def test_an_encoding_that_no_table_can_be_in(extract: Run, tmp_path: Path, cpg: str) -> None:
    path = tmp_path / "zones.shp"
    shapefile_in(path, "utf-8", cpg)
    said = rf"zones\.cpg.* encoding {cpg} .*UTF-8"
    with pytest.raises(QgsProcessingException, match=said):
        extract(path)
    with pytest.raises(VectorUnreadable, match=said):
        read_zones(path)


@pytest.mark.parametrize("what", MIXED)
def test_what_is_refused_among_polygons(extract: Run, tmp_path: Path, what: str) -> None:
    path = geojson(tmp_path / "mixed.geojson", polygon(55.57, -20.88, 55.58, -20.87), MIXED[what])
    with pytest.raises(QgsProcessingException, match="mixes points, lines and polygons"):
        extract(path)
    with pytest.raises(EngineError, match="mixes points, lines and polygons"):
        read_zones(path)


# Files


def shapefile(tmp_path: Path) -> Path:
    layer = memory_layer(
        [square(column, 300) for column in range(0, 500, 25)], [QgsField("name", QVariant.String)], [["x" * 100]] * 20
    )
    return save(layer, tmp_path / "fields.shp", "ESRI Shapefile")


def zeros(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut by some bytes": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "empty": lambda path: path.write_bytes(b""),
    "zeros at its end": zeros,
}


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_cut_shapefile_is_refused_by_name(
    extract: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, what: str
) -> None:
    path = shapefile(tmp_path)
    layer = QgsVectorLayer(str(path), "fields", "ogr")  # loaded while it was whole
    DAMAGE[what](path.with_suffix(part))
    monkeypatch.chdir(tmp_path)
    for source in (layer, path, Path(path.name), Path(".", path.name)):
        with pytest.raises(QgsProcessingException, match=r"fields|INPUT"):
            extract(source)
    for source in (path, path.name):
        with pytest.raises(VectorUnreadable, match="fields"):
            read_zones(source)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.fgb"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_other_files_that_are_cut(extract: Run, tmp_path: Path, name: str, share: float) -> None:
    layer = memory_layer(
        [square(5 * column, 300, 4) for column in range(100)], [QgsField("t", QVariant.String)], [["y" * 900]] * 100
    )
    driver = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".fgb": "FlatGeobuf"}[Path(name).suffix]
    path = save(layer, tmp_path / name, driver)
    loaded = QgsVectorLayer(str(path), "a", "ogr")
    cut = tmp_path / "cut" / name
    cut.parent.mkdir()
    shutil.copy(path, cut)
    cut.write_bytes(cut.read_bytes()[: int(cut.stat().st_size * share)])
    with pytest.raises(QgsProcessingException):
        extract(cut)
    with pytest.raises(EngineError):
        read_zones(cut)
    assert loaded.isValid()


def test_a_file_that_is_replaced_while_it_is_read(
    extract: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sen2chain_ts_plugin.processing.layers import source_zones

    path = save(memory_layer([square(10, 10), square(30, 30)], name="a"), tmp_path / "a.geojson", "GeoJSON")
    take = source_zones.SourceZones._take

    def slowly(self: Any, number: int, *read: Any) -> Any:
        if number == 1:
            other = tmp_path / "other.geojson"
            other.write_bytes(path.read_bytes() + b"\n")
            other.replace(path)
        return take(self, number, *read)

    monkeypatch.setattr(source_zones.SourceZones, "_take", slowly)
    with pytest.raises(QgsProcessingException, match=r"a\.geojson as a vector layer: it changed while it was read"):
        extract(path)


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.dbf", "a.geojson"])
def test_a_pipe_in_the_place_of_a_layer_is_never_waited_for(extract: Run, tmp_path: Path, name: str) -> None:
    path = save(memory_layer([square(10, 10)]), tmp_path / "a.shp", "ESRI Shapefile")
    path.with_name(name).unlink(missing_ok=True)
    make_pipe(path.with_name(name))
    given = path if name == "a.dbf" else path.with_name(name)
    for value in (given, QgsProcessingFeatureSourceDefinition(str(given))):
        with pytest.raises(QgsProcessingException, match="it is a pipe, a socket or a device"):
            extract(value)
    with pytest.raises(VectorUnreadable, match="it is a pipe, a socket or a device"):
        read_zones(given)


def test_a_selection_has_the_order_of_the_layer(extract: Run, tmp_path: Path) -> None:
    """The ids of features go down here, and the layer comes in the order of its file."""
    path = tmp_path / "ids.geojson"
    geojson(path, *(polygon(55.55 + n / 100, -20.88, 55.555 + n / 100, -20.87) for n in range(4)), name=list("abcd"))
    content = json.loads(path.read_text())
    for number, feature in enumerate(content["features"]):
        feature["id"] = 40 - 10 * number
    path.write_text(json.dumps(content))
    layer = QgsVectorLayer(str(path), "ids", "ogr")
    ids = [feature.id() for feature in layer.getFeatures()]
    names = {feature.id(): feature["name"] for feature in layer.getFeatures()}
    layer.selectByIds([ids[3], ids[0], ids[2]])
    QgsProject.instance().addMapLayer(layer)
    try:
        result = extract(QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True))
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    found = {int(row["fid"]): row["name"] for row in raw_rows(result["EXTRACTION"])}
    wanted = {number: names[ids[place]] for number, place in enumerate((0, 2, 3))}
    assert found.items() <= wanted.items()
    assert found


# Around the Earth


def test_a_zone_around_the_whole_world_is_on_every_tile(extract: Run, tmp_path: Path) -> None:
    path = geojson(tmp_path / "world.geojson", polygon(-180, -90, 180, 90))
    rows = same_as_engine(extract, path, tmp_path)
    assert all(int(row["count"]) + int(row["nodata"]) > 600 * 600 for row in rows)


def test_a_zone_across_180_degrees_is_two_parts(extract: Run, tmp_path: Path) -> None:
    crossing = memory_layer(
        [f"Polygon (({LEFT} {TOP}, {LEFT + 200} {TOP}, {LEFT + 200} {TOP - 200}, {LEFT} {TOP - 200}, {LEFT} {TOP}))",
         "Polygon ((9500000 7600000, 9900000 7600000, 9900000 7700000, 9500000 7700000, 9500000 7600000))"],
        crs="EPSG:32740",
    )  # fmt: skip
    extracted = extract(crossing)
    zones = QgsVectorLayer(next(Path(extracted["EXTRACTION"]).glob("shp_files/*.shp")).as_posix(), "z", "ogr")
    for feature in zones.getFeatures():
        box = feature.geometry().boundingBox()
        assert box.xMinimum() >= -180
        assert box.xMaximum() <= 180


def test_a_table_shows_a_zone_across_180_degrees_in_two_parts(tmp_path: Path) -> None:
    from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsRectangle

    from sen2chain_ts_plugin.processing.layers.source_file import describe_source
    from sen2chain_ts_plugin.processing.layers.source_zones import SourceZones
    from tests.support.raw_tree import Log

    layer = memory_layer(["Polygon ((179 -17, 181 -17, 181 -16, 179 -16, 179 -17))",
                          "Polygon ((179 -17, -179 -17, -179 -16, 179 -16, 179 -17))"], crs="EPSG:4326")  # fmt: skip
    context = QgsProcessingContext()
    zones = SourceZones(
        QgsProcessingFeatureSource(layer, context), describe_source(layer, layer, context), context, Log()
    )
    for geometry in zones.geometries_as_read:
        assert [part.boundingBox() for part in geometry.asGeometryCollection()] == [
            QgsRectangle(-180, -17, -179, -16), QgsRectangle(179, -17, 180, -16)
        ]  # fmt: skip
    assert zones.shapefile()[".shp"]
