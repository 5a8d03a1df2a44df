"""Tables: every row or an error, values as they are in the layer, in every format."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsField, QgsProcessingContext, QgsProcessingException, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QVariant

from tests.support.full_disk import files_of_at_most
from tests.support.qgis_layers import memory_layer, raw_rows, square

Run = Callable[..., dict[str, Any]]
ZONES = [square(10, 10), square(14, 14), square(18, 18)]
FIELDS = {
    "parcel": (QVariant.LongLong, [9007199254740993, 1234567890123456789, None]),
    "small": (QVariant.Int, [1, -2, 0]),
    "rate": (QVariant.Double, [1e-20, 1 / 3, 1234567.891]),
    "organic": (QVariant.Bool, [True, False, None]),
    "said": (QVariant.String, ["True", "00123", "ééé" * 40]),
    "yes": (QVariant.String, ["true", "false", "true"]),
}
FORMATS = ["TEMPORARY_OUTPUT", "t.gpkg", "t.geojson", "t.csv", "t.sqlite", "t.fgb", "t.shp"]


def layer_of_values() -> QgsVectorLayer:
    fields = [QgsField(name, kind) for name, (kind, _) in FIELDS.items()]
    return memory_layer(ZONES, fields, list(zip(*(values for _, values in FIELDS.values()))))


def compile_(extraction: str, **other: Any) -> dict[str, Any]:
    import processing

    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    result = processing.run("sen2chain_ts:compile", {"EXTRACTION": extraction, **other}, context=context)
    result["CONTEXT"] = context
    return result


def opened(table: Any) -> QgsVectorLayer:
    layer = table if isinstance(table, QgsVectorLayer) else QgsVectorLayer(str(table), "t", "ogr")
    assert layer.isValid()
    return layer


def plain(value: Any) -> Any:
    return None if value is None or (isinstance(value, QVariant) and value.isNull()) else value


def test_compile_s_table_has_the_values_of_the_layer(extract: Run) -> None:
    extracted = extract(layer_of_values(), TABLE="TEMPORARY_OUTPUT")
    compiled = compile_(extracted["EXTRACTION"], TABLE="TEMPORARY_OUTPUT")
    for table in (extracted["TABLE"], compiled["TABLE"]):
        features = list(opened(table).getFeatures())
        assert features
        for feature in features:
            for name, (_, values) in FIELDS.items():
                assert plain(feature[name]) == values[feature["zone"]], name
    assert {type(plain(feature["organic"])) for feature in opened(compiled["TABLE"]).getFeatures()} == {
        bool,
        type(None),
    }


@pytest.mark.parametrize("which", ["extract", "compile"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_every_row(extract: Run, tmp_path: Path, name: str, which: str) -> None:
    target = name if name == "TEMPORARY_OUTPUT" else str(tmp_path / name)
    layer = layer_of_values()
    if which == "extract":
        result = extract(layer, TABLE=target)
        wanted = result["ROWS"]
    else:
        result = compile_(extract(layer)["EXTRACTION"], TABLE=target)
        wanted = result["ROWS"]
    features = list(opened(result["TABLE"]).getFeatures())
    assert len(features) == wanted > 0
    if name in ("t.gpkg", "t.geojson", "t.fgb", "t.sqlite"):
        assert {feature["parcel"] for feature in features if plain(feature["parcel"])} == {
            9007199254740993,
            1234567890123456789,
        }


@pytest.mark.parametrize("name", ["t.gpkg", "t.geojson", "t.csv", "t.fgb", "t.shp"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_a_disk_that_fills_is_an_error(extract: Run, tmp_path: Path, name: str, share: float) -> None:
    zones = [square(column, row, 3) for column in range(0, 590, 60) for row in range(0, 290, 40)]
    layer = memory_layer(zones, [QgsField("text", QVariant.String)], [["x" * 200]] * len(zones))
    whole = extract(layer, TABLE=str(tmp_path / f"whole_{name}"))
    size = max(path.stat().st_size for path in tmp_path.glob("whole_t.*"))
    raw = max(path.stat().st_size for path in Path(whole["EXTRACTION"]).rglob("*") if path.is_file())
    limit = int(size * share)
    if limit <= raw:
        pytest.skip("the extraction itself would not fit")
    # Where only an index found no room, every row is there, and that is well.
    with files_of_at_most(limit), contextlib.suppress(QgsProcessingException):
        result = extract(layer, TABLE=str(tmp_path / name), FORCE=True)
        assert opened(result["TABLE"]).featureCount() == result["ROWS"] == whole["ROWS"]
        return
    with files_of_at_most(limit), pytest.raises(QgsProcessingException, match=r"\w{3}"):
        extract(layer, TABLE=str(tmp_path / f"again_{name}"), FORCE=True)


def test_dates_are_those_of_the_layer_in_every_zone_of_time(extract: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    skipped = QDateTime(QDate(2017, 10, 15), QTime(0, 0, 0), Qt.TimeSpec.UTC)
    fields = [QgsField("sown", QVariant.DateTime), QgsField("day", QVariant.Date), QgsField("at", QVariant.Time)]
    row = [skipped, QDate(2021, 3, 28), QTime(2, 30, 5, 250)]
    trees = set()
    for zone in ("America/Sao_Paulo", "Europe/Paris", "UTC", "Asia/Kathmandu"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            result = extract(memory_layer(ZONES[:1], fields, [row]), TABLE="TEMPORARY_OUTPUT", FORCE=True)
        finally:
            monkeypatch.undo()
            time.tzset()
        trees.add(result["EXTRACTION"])
        for each in raw_rows(result["EXTRACTION"]):
            assert (each["sown"], each["day"], each["at"]) == ("2017-10-15T00:00:00", "2021-03-28", "02:30:05.250")
        for feature in opened(result["TABLE"]).getFeatures():
            assert feature["sown"].date() == QDate(2017, 10, 15)
            assert feature["sown"].time() == QTime(0, 0)
    assert len(trees) == 1


def test_nested_values_are_text_in_one_form(extract: Run, tmp_path: Path) -> None:
    ring = [[55.5678, -20.8615], [55.5697, -20.8615], [55.5697, -20.8633], [55.5678, -20.8633], [55.5678, -20.8615]]
    values = {"b": [1, 2.5, None], "a": {"z": "é", "n": 1}}
    feature = {
        "type": "Feature",
        "properties": {"soil": values},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "nested.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    wanted = '{"a":{"n":1,"z":"é"},"b":[1,2.5,null]}'
    from sen2chain_ts_plugin.engine import read_zones

    assert read_zones(path).attributes == [(wanted,)]
    for table in ("TEMPORARY_OUTPUT", str(tmp_path / "t.gpkg"), str(tmp_path / "t.csv")):
        result = extract(path, TABLE=table, FORCE=True)
        assert {row["soil"] for row in raw_rows(result["EXTRACTION"])} == {wanted}
        assert {each["soil"] for each in opened(result["TABLE"]).getFeatures()} == {wanted}
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as stream:
        assert {row["soil"] for row in csv.DictReader(stream)} == {wanted}
