"""Forms of a value for each kind of parameter: those that are refused, and those that mean the same as a plain one."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import (
    NULL,
    QgsProcessingDestinationParameter,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsProperty,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from sen2chain_ts_plugin.processing.base.value_forms import own_name

# What QGIS has for nothing where there was something, and what no parameter takes.
NOTHING = [NULL, QgsProperty.fromExpression("NULL"), QgsProperty.fromField("nothing"), QgsProperty()]
NONSENSE = [math.nan, math.inf, {"a": 1}, b"x", [None], [NULL], [{"a": 1}], {"NDVI"}, object()]
MASKS = ("CLOUDMASKS", "CLOUDMASK")
DAY_TEXTS = ("DATE_MIN", "DATE_MAX")
LAYERS = (QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer)


def expression(value: Any) -> QgsProperty:
    """Return an expression that gives a value."""
    return QgsProperty.fromExpression(f"'{value}'" if isinstance(value, str) else repr(value))


def _not_yes(_: Any) -> list[Any]:
    return ["maybe", "2", 2, -1, 0.5, [True], QDate(2021, 6, 1)]


def _no_number(definition: QgsProcessingParameterNumber) -> list[Any]:
    values = ["50,5", "nan", "inf", "1_0", "0x10", "ten", "\u0665", True, False, [1], (1,), QDate(2021, 6, 1), "5 %"]
    if definition.dataType() == QgsProcessingParameterNumber.Type.Integer:
        values += [1.5, "1.5"]
    ends = (definition.minimum() - 1, definition.maximum() + 1)
    return values + [form for end in ends if abs(end) < 1e300 for form in (end, str(end))]


def _no_word(definition: QgsProcessingParameterEnum) -> list[Any]:
    word = definition.options()[0]
    values = ["FOO", ["FOO"], [word, "FOO"], 0, [0], [word, 0], "0", f"{word};{word}", word.swapcase(), True]
    values += [",", " , "]
    return values if definition.allowMultiple() else [*values, ",".join(definition.options()[:2])]


def _no_day(_: Any) -> list[Any]:
    return [
        "01/06/2021", "june", "2021-6-1", "2021-02-30", "20210601", 20210601, 0, True, QDate(), QDateTime(),
        QDate(2021, 2, 30), ["2021-06-01"], "2021-06-01 or later", "0000-01-01",
        "2021-06-01T24:00:00", "2021-06-01 10:60",
    ]  # fmt: skip


def _no_text(definition: QgsProcessingParameterString) -> list[Any]:
    values = [True, ["a", "b"], "a\0b"]
    if own_name(definition) in MASKS:
        values += [",", " / "]
        return [*values, "FOO", ["FOO"], ["CM001", "FOO"], ["CM001", 5], 5, "CM001 CM002-B11", "cm001", QDate()]
    if own_name(definition) in DAY_TEXTS:
        return [*values, "01/06/2021", "tomorrow", "2021-02-30", 20210601, "2021-06-01T99:00"]
    return [*values, QDate(2021, 6, 1)]


def _no_layer(_: Any) -> list[Any]:
    gone = QgsVectorLayer("/gone.shp", "gone", "ogr")
    return ["no such layer", gone, 5, True, ["a", "b"], QgsProcessingFeatureSourceDefinition("no such layer")]


def _no_path(_: Any) -> list[Any]:
    return [5, 0.5, True, ["/a", "/b"], "a\0b", QDate(2021, 6, 1), "$HOME/a", "${HOME}", "%TEMP%\\a", "file:///a"]


_REFUSED = {
    QgsProcessingParameterBoolean: _not_yes,
    QgsProcessingParameterNumber: _no_number,
    QgsProcessingParameterEnum: _no_word,
    QgsProcessingParameterDateTime: _no_day,
    QgsProcessingParameterString: _no_text,
    QgsProcessingParameterFeatureSource: _no_layer,
    QgsProcessingParameterVectorLayer: _no_layer,
    QgsProcessingParameterFile: _no_path,
    QgsProcessingDestinationParameter: _no_path,
}


def refused(definition: QgsProcessingParameterDefinition, *, few: bool = False) -> list[Any]:
    """Return values that a parameter does not take; ``few`` where a run takes long."""
    values = next(values for kind, values in _REFUSED.items() if isinstance(definition, kind))(definition)
    return [*NOTHING[:2], math.nan, *values[:5]] if few else [*NOTHING, *NONSENSE, *values]


def another(definition: QgsProcessingParameterDefinition) -> Any:
    """Return a value of a parameter that is not its default; None where there is none."""
    default = definition.defaultValue()
    if isinstance(definition, QgsProcessingParameterBoolean):
        return not default
    if isinstance(definition, QgsProcessingParameterEnum):
        word = next(word for word in definition.options() if word not in (default or ()))
        return [word] if definition.allowMultiple() else word
    if isinstance(definition, QgsProcessingParameterNumber) and default is not None:
        step = 1 if definition.dataType() == QgsProcessingParameterNumber.Type.Integer else 0.01
        low, high = definition.minimum(), definition.maximum()
        return next(value for value in (default + step, default - step) if low <= value <= high)
    return None


def _forms_of_yes(_: Any, value: bool) -> list[Any]:
    texts = ["true", "Yes", "ON", "1"] if value else ["false", "No", "OFF", "0"]
    return [*texts, int(value), np.bool_(value), float(value), expression(texts[0])]


def _forms_of_number(_: Any, value: float) -> list[Any]:
    return [str(value), f" {value} ", float(value), np.float64(value), expression(str(value)), expression(value)]


def _forms_of_words(definition: QgsProcessingParameterEnum, value: Any) -> list[Any]:
    words = value if isinstance(value, list) else [value]
    ends = [expression(",".join(words)), QgsProperty.fromValue(words)]
    if definition.allowMultiple():
        texts = [", ".join(words), ",".join(words), f"{words[0]},{','.join(words)}"]
        return [*texts, tuple(words), np.array(words), [f" {word}" for word in words], *ends]
    return [words[0], words, tuple(words), f" {words[0]} ", *ends]


def _forms_of_day(_: Any, value: str) -> list[Any]:
    year, month, day = map(int, value.split("-"))
    moment = QDateTime.fromString(f"{value}T00:00:00", "yyyy-MM-ddThh:mm:ss")
    return [
        QDate(year, month, day), moment, datetime.date(year, month, day), datetime.datetime(year, month, day, 23),
        f"{value}T12:00:00", np.datetime64(value), expression(value), QgsProperty.fromExpression(f"to_date('{value}')"),
    ]  # fmt: skip


def _forms_of_text(definition: QgsProcessingParameterString, value: str) -> list[Any]:
    if own_name(definition) in DAY_TEXTS:
        return _forms_of_day(definition, value)
    forms = [[value], expression(value), QgsProperty.fromValue(value)]
    masks = [(value,), f" {value} ", np.array([value]), QgsProperty.fromValue([value])]
    return [*forms, *masks] if own_name(definition) in MASKS else forms


def _forms_of_layer(_: Any, value: str) -> list[Any]:
    layer = QgsVectorLayer(value, Path(value).stem, "ogr")
    source = QgsProcessingFeatureSourceDefinition(value, False)
    return [layer, source, Path(value), [value], [layer], expression(value), QgsProperty.fromValue(value)]


def _forms_of_path(_: Any, value: str) -> list[Any]:
    return [Path(value), [value], expression(value), QgsProperty.fromValue(value)]


def _forms_of_destination(_: Any, value: str) -> list[Any]:
    return [Path(value), QgsProcessingOutputLayerDefinition(value), expression(value), [value]]


_FORMS = {
    QgsProcessingParameterBoolean: _forms_of_yes,
    QgsProcessingParameterNumber: _forms_of_number,
    QgsProcessingParameterEnum: _forms_of_words,
    QgsProcessingParameterDateTime: _forms_of_day,
    QgsProcessingParameterString: _forms_of_text,
    QgsProcessingParameterFeatureSource: _forms_of_layer,
    QgsProcessingParameterVectorLayer: _forms_of_layer,
    QgsProcessingParameterFile: _forms_of_path,
    QgsProcessingDestinationParameter: _forms_of_destination,
}


def forms(definition: QgsProcessingParameterDefinition, value: Any) -> list[Any]:
    """Return the forms in which a plain value may be given."""
    return next(forms for kind, forms in _FORMS.items() if isinstance(definition, kind))(definition, value)
