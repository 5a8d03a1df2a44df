"""Faults 15 and 16 in QGIS: odd layers, odd fields, odd text; and the table of the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    NULL,
    QgsField,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, QTime, QVariant

from tests.faults.test_fault_16_attribute_text import REMOVED, TEXTS
from tests.processing.test_extract import HERE, Run, numbers
from tests.support.qgis_layers import memory_layer, raw_rows, save, square

RESULTS = [
    "date", "fid", "tile", "filename", "count", "nodata", "nbcld", "cldprb", "min", "max", "mean", "std", "median",
    "percentile_25", "percentile_75",
]  # fmt: skip
Text = QVariant.String


def columns(result: dict[str, Any]) -> list[str]:
    return list(raw_rows(result["EXTRACTION"])[0])


def zones_shapefile(result: dict[str, Any]) -> QgsVectorLayer:
    (path,) = Path(result["EXTRACTION"], "shp_files").glob("*.shp")
    layer = QgsVectorLayer(str(path), "zones", "ogr")
    assert layer.isValid()
    return layer


# Odd layers


def test_a_layer_without_crs_is_refused(extract: Run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="parcelles has no coordinate reference system"):
        extract(memory_layer([HERE], crs="", name="parcelles"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["Polygon", "None"])
def test_a_layer_without_a_zone_is_refused(extract: Run, tmp_path: Path, kind: str) -> None:
    layer = memory_layer([], kind=kind, name="parcelles")
    with pytest.raises(QgsProcessingException, match=r"parcelles (has no usable geometry|is of the type NoGeometry)"):
        extract(layer)
    assert not (tmp_path / "out").exists()


def test_a_layer_with_no_field(extract: Run) -> None:
    result = extract(memory_layer([HERE]))
    assert columns(result) == RESULTS
    assert numbers(result) == (3, 3, 0, 0, 0)
    assert numbers(extract(memory_layer([HERE]))) == (3, 0, 3, 0, 0)


def test_a_layer_that_is_gone_is_refused(extract: Run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="INPUT"):
        extract(str(tmp_path / "gone.shp"))


@pytest.mark.parametrize(
    "name",
    [
        "Parcelles de canne à sucre / 2021",
        "地块",
        "地块" * 50,
        "../../x",
        "a" * 300,
        "",
        "CON",
        "x|y",
        "a\nb",
        "%s {0}",
    ],
)
def test_a_layer_of_any_name(extract: Run, tmp_path: Path, name: str) -> None:
    result = extract(memory_layer([HERE], name=name))
    tree = Path(result["EXTRACTION"])
    assert tree.parent == tmp_path / "out"
    assert numbers(result) == (3, 3, 0, 0, 0)
    (shapefile,) = tree.glob("shp_files/*.shp")
    assert tree.name.startswith(f"{shapefile.stem}_")
    assert len(raw_rows(tree)) == 3


# Odd fields


def test_fields_named_like_results_are_kept_beside_them(extract: Run) -> None:
    names = ["count", "mean", "date", "fid", "Mean", "percentile_25", "zone", "tile", "geometry"]
    layer = memory_layer([HERE], [QgsField(name, Text) for name in names], [[f"my {name}" for name in names]])
    result = extract(layer, TABLE="TEMPORARY_OUTPUT")
    row = raw_rows(result["EXTRACTION"])[0]
    assert list(row) == [
        *RESULTS, "count_1", "mean_1", "date_1", "fid_1", "Mean", "percentile_25_1", "zone", "tile_1", "geometry"
    ]  # fmt: skip
    assert [row[name] for name in list(row)[15:]] == [f"my {name}" for name in names]
    assert float(row["count"]) + float(row["nodata"]) == 900
    feature = next(result["TABLE"].getFeatures())
    assert feature["zone"] == 0
    assert [feature[name] for name in result["TABLE"].fields().names()[17:]] == [f"my {name}" for name in names]


def test_255_fields(extract: Run) -> None:
    fields = [QgsField(f"field {number}", Text if number % 2 else QVariant.Double) for number in range(255)]
    values = [f"v{number}" if number % 2 else number / 7 for number in range(255)]
    result = extract(memory_layer([HERE], fields, [values]))
    row = raw_rows(result["EXTRACTION"])[0]
    assert [row[field.name()] for field in fields] == [str(value) for value in values]
    assert zones_shapefile(result).fields().count() == 255


def test_more_fields_than_a_shapefile_holds(extract: Run) -> None:
    """Works, or a clear error before any work."""
    fields = [QgsField(f"field {number}", QVariant.Int) for number in range(400)]
    layer = memory_layer([HERE], fields, [list(range(400))])
    try:
        result = extract(layer)
    except QgsProcessingException as error:
        assert "Cannot write" in str(error)  # noqa: PT017
    else:
        assert raw_rows(result["EXTRACTION"])[0]["field 399"] == "399"


def test_names_of_100_characters_and_of_any_script(extract: Run) -> None:
    names = [
        "a" * 100,
        "a" * 99 + "b",
        "culture à l'été",
        "культура поля",
        "作物名称作物名称",
        "with, comma",
        'with "quote"',
        "x;y",
    ]
    result = extract(memory_layer([HERE], [QgsField(name, Text) for name in names], [[name[::-1] for name in names]]))
    row = raw_rows(result["EXTRACTION"])[0]
    assert list(row) == [*RESULTS, *names]
    assert [row[name] for name in names] == [name[::-1] for name in names]
    # Cut to what a shapefile holds, each by itself; the values are those of the layer.
    shapefile = zones_shapefile(result)
    assert len(set(shapefile.fields().names())) == len(names)
    assert next(shapefile.getFeatures()).attributes() == [name[::-1] for name in names]


def test_values_of_every_type(extract: Run) -> None:
    values = {
        "int": (QVariant.Int, -5, "-5"),
        "long": (QVariant.LongLong, 9_007_199_254_740_993, "9007199254740993"),
        "least": (QVariant.LongLong, -(2**63), str(-(2**63))),
        "double": (QVariant.Double, 0.1, "0.1"),
        "huge": (QVariant.Double, 1.7976931348623157e308, "1.7976931348623157e+308"),
        "infinite": (QVariant.Double, float("inf"), "inf"),
        "no number": (QVariant.Double, float("nan"), ""),
        "small": (QVariant.Double, 1e-300, "1e-300"),
        "whole": (QVariant.Double, 8.0, "8.0"),
        "bool": (QVariant.Bool, True, "True"),
        "text": (Text, "été", "été"),
        "day": (QVariant.Date, QDate(2021, 1, 5), "2021-01-05"),
        "time": (QVariant.Time, QTime(6, 35, 11), "06:35:11"),
        "moment": (QVariant.DateTime, QDateTime(QDate(2021, 1, 5), QTime(6, 35, 11)), "2021-01-05T06:35:11"),
        "bytes": (QVariant.ByteArray, QByteArray(b"\x00\xff"), "00ff"),
        "list": (QVariant.StringList, ["a", "b,c"], '["a", "b,c"]'),
    }
    fields = [QgsField(name, kind) for name, (kind, _, _) in values.items()]
    layer = memory_layer(
        [HERE, square(300, 350)], fields, [[value for _, value, _ in values.values()], [NULL] * len(values)]
    )
    result = extract(layer, TABLE="TEMPORARY_OUTPUT")
    first, *_ = raw_rows(result["EXTRACTION"])
    assert {name: first[name] for name in values} == {name: text for name, (_, _, text) in values.items()}
    null = next(row for row in raw_rows(result["EXTRACTION"]) if row["fid"] == "1")
    assert {null[name] for name in values} == {""}
    assert result["TABLE"].featureCount() == result["ROWS"]


def test_a_key_of_the_provider_is_no_attribute_and_a_field_named_fid_is(extract: Run, tmp_path: Path) -> None:
    layer = memory_layer([HERE], [QgsField("name", Text)], [["x"]])
    path = save(layer, tmp_path / "keyed.gpkg", "GPKG")
    keyed = QgsVectorLayer(f"{path}|layername=keyed", "keyed", "ogr")
    assert keyed.fields().names() == ["fid", "name"]
    assert columns(extract(keyed)) == columns(extract(str(path))) == [*RESULTS, "name"]
    named = memory_layer([HERE], [QgsField("fid", QVariant.Int), QgsField("name", Text)], [[7, "x"]])
    row = raw_rows(extract(named)["EXTRACTION"])[0]
    assert (row["fid"], row["fid_1"]) == ("0", "7")


# Odd text


def test_text_reads_back_and_no_row_shifts(extract: Run, tmp_path: Path) -> None:
    shapes = [square(300 + 12 * (number % 8), 300 + 12 * (number // 8), 10) for number in range(len(TEXTS))]
    layer = memory_layer(shapes, [QgsField("text", Text)], [[text] for text in TEXTS])
    # As QGIS holds them: since 3.38 it cuts a text at a NUL, and takes a byte order mark for one.
    texts = [feature["text"] for feature in layer.getFeatures()]
    assert sum(held != text for held, text in zip(texts, TEXTS)) <= 2
    result = extract(layer, TABLE=str(tmp_path / "rows.gpkg"))
    rows = raw_rows(result["EXTRACTION"])
    assert len(rows) > len(texts)
    for row in rows:
        assert row["text"] == texts[int(row["fid"])].translate(REMOVED)
    table = QgsVectorLayer(result["TABLE"], "rows", "ogr")
    assert table.featureCount() == len(rows)
    # The zones' own table cannot hold more than 254 bytes of a text.
    shapefile = [feature["text"] for feature in zones_shapefile(result).getFeatures()]
    for text, kept in zip(texts, shapefile):
        expected = text.translate(REMOVED)
        # A shapefile says neither where a text ends in blanks nor where it begins with them.
        assert not expected.isprintable() or (kept or "").strip() in {expected.strip(), expected[:254]}


# The table


def as_text(value: Any) -> str:
    if value is None or value == NULL:
        return ""
    if isinstance(value, QDateTime):
        return value.toString("yyyy-MM-dd hh:mm:ss")
    return str(value)


def same(cell: Any, text: str) -> bool:
    if as_text(cell) == text:
        return True
    return text != "" and isinstance(cell, (int, float)) and float(cell) == float(text)


@pytest.mark.parametrize("sink", ["TEMPORARY_OUTPUT", "rows.gpkg", "rows.geojson"])
def test_the_table_has_every_row_and_the_geometry_of_its_zone(
    extract: Run,
    tmp_path: Path,
    reference: Path,
    sink: str,
) -> None:
    zones = QgsVectorLayer(str(reference / "layers" / "zones.shp"), "zones", "ogr")
    target = sink if sink == "TEMPORARY_OUTPUT" else str(tmp_path / sink)
    result = extract(zones, TABLE=target, INDICES=["NDVI", "NDWIGAO"])
    table = (
        result["TABLE"] if isinstance(result["TABLE"], QgsVectorLayer) else QgsVectorLayer(result["TABLE"], "t", "ogr")
    )
    raw = [row for index in ("NDVI", "NDWIGAO") for row in raw_rows(result["EXTRACTION"], index)]
    assert table.featureCount() == len(raw) == result["ROWS"]
    assert table.crs().authid() == "EPSG:4326"
    names = [name for name in table.fields().names() if name != "fid"]
    assert names[:15] == ["zone" if name == "fid" else name for name in RESULTS]
    assert names[15:17] == ["index", "cloudmask"]
    assert names[17:] == list(raw[0])[15:]
    if sink != "rows.geojson":
        assert table.fields().field("date").type() == QVariant.DateTime
    expected = {(row["filename"], row["fid"]): row for row in raw}
    geometries = [feature.geometry() for feature in zones.getFeatures()]
    for feature in table.getFeatures():
        row = expected.pop((feature["filename"], str(feature["zone"])))
        for name, key in zip(names[1:15] + names[17:], list(row)[1:]):
            assert same(feature[name], row[key]), (name, feature[name], row[key])
        assert row["filename"].endswith(f"_{feature['index']}_{feature['cloudmask']}.jp2")
        if sink != "rows.geojson":  # rounds coordinates
            assert feature["date"].toString("yyyy-MM-dd hh:mm:ss") == row["date"]
            assert feature.geometry().equals(geometries[feature["zone"]])
            assert QgsWkbTypes.isMultiType(feature.geometry().wkbType())
    assert expected == {}


@pytest.mark.parametrize("sink", ["rows.shp", "rows.csv", "rows.fgb"])
def test_the_table_in_poorer_formats_loses_no_row(extract: Run, tmp_path: Path, reference: Path, sink: str) -> None:
    result = extract(reference / "layers" / "zones.shp", TABLE=str(tmp_path / sink))
    table = QgsVectorLayer(result["TABLE"], "rows", "ogr")
    assert table.featureCount() == result["ROWS"] > 50
    assert {feature["zone"] for feature in table.getFeatures()} != {NULL}


def test_the_table_has_the_rows_of_this_run_only(extract: Run) -> None:
    layer = memory_layer([HERE])
    assert extract(layer, TABLE="TEMPORARY_OUTPUT")["TABLE"].featureCount() == 3
    assert extract(layer, TABLE="TEMPORARY_OUTPUT")["TABLE"].featureCount() == 0
    assert extract(layer, TABLE="TEMPORARY_OUTPUT", FORCE=True)["TABLE"].featureCount() == 3


def test_attributes_named_like_the_keys_of_a_geopackage(extract: Run, tmp_path: Path) -> None:
    """Else a table in a GeoPackage would keep one row per zone."""
    names = ["fid", "FID", "geom", "ogc_fid"]
    layer = memory_layer([HERE], [QgsField(name, QVariant.Int) for name in names], [[1, 2, 3, 4]])
    result = extract(layer, TABLE=str(tmp_path / "rows.gpkg"))
    table = QgsVectorLayer(result["TABLE"], "rows", "ogr")
    assert table.featureCount() == result["ROWS"] == 3
    feature = next(table.getFeatures())
    assert feature.attributes()[-4:] == [1, 2, 3, 4]


def test_a_table_that_refuses_rows_is_an_error(extract: Run, tmp_path: Path) -> None:
    """A shapefile holds no more than 255 fields, a folder is no file: never a table that silently lacks rows."""
    with pytest.raises(QgsProcessingException):
        extract(memory_layer([HERE]), TABLE=str(tmp_path / "no" / "such" / "folder" / "rows.gpkg"))


def test_a_layer_in_the_project_by_name(extract: Run) -> None:
    layer = memory_layer([HERE], name="my fields")
    QgsProject.instance().addMapLayer(layer)
    try:
        assert Path(extract("my fields")["EXTRACTION"]).name.startswith("my_fields_")
    finally:
        QgsProject.instance().takeMapLayer(layer)
