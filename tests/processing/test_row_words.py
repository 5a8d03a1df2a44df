"""Layers of rows and of analyses in words: titles of fields, tips on the map, what stands first in their tables."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsField,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from sen2chain_ts_plugin.processing.layers.result_words import explain_result
from sen2chain_ts_plugin.processing.layers.row_words import explain, likely_name
from sen2chain_ts_plugin.processing.layers.table_fields import ORIGIN_FIELDS, RESULT_FIELDS
from sen2chain_ts_plugin.processing.support.compat import make_field

MOMENT = QDateTime(QDate(2021, 11, 21), QTime(6, 35))
ROW = {
    "date": MOMENT, "zone": 5, "count": 75, "nodata": 25, "nbcld": 10, "mean": 2834.0, "index": "NDRE",
}  # fmt: skip


def layer_of(fields: list[tuple[str, str]], values: dict[str, Any]) -> tuple[QgsVectorLayer, QgsExpressionContext]:
    """Return a layer with one row, and the context of that row."""
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "rows", "memory")
    layer.dataProvider().addAttributes([make_field(name, kind) for name, kind in fields])
    layer.updateFields()
    feature = QgsFeature(layer.fields())
    for name, value in values.items():
        feature[name] = value
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return layer, context


def tip(layer: QgsVectorLayer, context: QgsExpressionContext) -> str:
    found: str = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    return found


@pytest.mark.parametrize(
    ("extra", "index", "expected"),
    [
        ({"name": "Beauséjour 06"}, "NDVI", "<b>Beauséjour 06</b>, 21 Nov 2021, NDVI 0.28, 90 % clear"),
        ({"name": ""}, "NDVI", "<b>Zone 5</b>, 21 Nov 2021, NDVI 0.28, 90 % clear"),
        ({"name": None}, "NDVI", "<b>Zone 5</b>, 21 Nov 2021, NDVI 0.28, 90 % clear"),
        ({"nom": 'L\'Étang "salé"'}, "", '<b>L\'Étang "salé"</b>, 21 Nov 2021, NDRE 0.28, 90 % clear'),
        ({"crop": "cane"}, "NDVI", "<b>cane</b>, 21 Nov 2021, NDVI 0.28, 90 % clear"),
    ],
)
def test_the_tip_of_a_row(extra: dict[str, Any], index: str, expected: str) -> None:
    fields = [*RESULT_FIELDS, *ORIGIN_FIELDS, *((name, "text") for name in extra)]
    layer, context = layer_of(fields, {**ROW, **extra})
    explain(layer, index)
    assert tip(layer, context) == expected


@pytest.mark.parametrize("missing", ["nbcld", "count", "nodata", "mean", "date"])
def test_what_a_row_does_not_have_is_not_said(missing: str) -> None:
    layer, context = layer_of([*RESULT_FIELDS, *ORIGIN_FIELDS], {**ROW, missing: None})
    explain(layer, "NDVI")
    said = tip(layer, context)
    assert said.startswith("<b>Zone 5</b>")
    assert "NULL" not in said.upper().replace("NULLIF", "")
    assert ("clear" in said) == (missing in ("mean", "date"))


def test_titles_are_words_and_names_stay() -> None:
    layer, _ = layer_of([*RESULT_FIELDS, *ORIGIN_FIELDS, ("name", "text")], {})
    names = layer.fields().names()
    explain(layer, "NDVI")
    assert layer.fields().names() == names
    own = [name for name, _ in (*RESULT_FIELDS, *ORIGIN_FIELDS)]
    assert all(layer.attributeAlias(layer.fields().lookupField(name)) for name in own)
    assert layer.attributeDisplayName(layer.fields().lookupField("mean")) == "Mean NDVI x 10 000"
    columns = [column.name for column in layer.attributeTableConfig().columns() if column.name]
    assert columns[:3] == ["name", "date", "mean"]
    assert sorted(columns) == sorted(names)


DAY = QDate(2021, 11, 21)


@pytest.mark.parametrize(
    ("fields", "values", "value", "begin", "expected"),
    [
        ([("date", "date"), ("zone", "int"), ("value", "float")], {"date": DAY, "zone": 3, "value": 0.284}, "value",
         "date", "<b>Zone 3</b>, 21 Nov 2021, NDVI 0.28"),
        ([("begin", "date"), ("end", "date"), ("zone", "int"), ("mean", "float")],
         {"begin": DAY, "zone": 3, "mean": 0.5}, "mean", "begin", "<b>Zone 3</b>, 21 Nov 2021, Mean 0.50"),
        ([("begin", "date"), ("zone", "int"), ("z", "float")], {"begin": DAY, "zone": 3, "z": -1.234}, "z", "begin",
         "<b>Zone 3</b>, 21 Nov 2021, z -1.23"),
        ([("sos", "date"), ("pos", "date"), ("zone", "int")], {"sos": DAY, "pos": DAY, "zone": 3}, "pos", "sos",
         "<b>Zone 3</b>, 21 Nov 2021, Peak of the season 21 Nov 2021"),
        ([("zone", "int"), ("slope", "float")], {"zone": 3, "slope": 0.011}, "slope", "",
         "<b>Zone 3</b>, Slope per year 0.0110"),
        ([("zone", "int"), ("slope", "float")], {"zone": 3}, "slope", "", "<b>Zone 3</b>, Slope per year "),
        ([("zone", "int"), ("dates", "int")], {"zone": 3, "dates": 4}, "", "", "<b>Zone 3</b>"),
    ],
)  # fmt: skip
def test_the_tip_of_a_result(
    fields: list[tuple[str, str]], values: dict[str, Any], value: str, begin: str, expected: str
) -> None:
    layer, context = layer_of(fields, values)
    explain_result(layer, "NDVI", value, begin)
    assert tip(layer, context) == expected
    assert QgsExpression(layer.displayExpression()).evaluate(context).startswith("Zone 3")


@pytest.mark.parametrize(
    ("names", "known", "expected"),
    [
        (["id", "Name", "code"], [], "Name"),
        (["code", "id"], [], "id"),
        (["crop", "area"], [], "crop"),
        (["tile", "crop"], ["tile"], "crop"),
        ([], [], ""),
    ],
)
def test_the_field_that_names_zones(names: list[str], known: list[str], expected: str) -> None:
    fields: list[QgsField] = [make_field(name, "text") for name in names]
    assert likely_name(fields, known) == expected
