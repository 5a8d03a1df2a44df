"""The few differences between the QGIS versions we support (3.22 to 4.x).

What one of them lacks is asked for by ``getattr``; any other name must exist in all of them.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsDataProvider,
    QgsField,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingModelChildParameterSource,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QMetaType, QVariant

# Since 3.30 units of time are in Qgis.
_UNITS = getattr(Qgis, "TemporalUnit", None)
DAYS = _UNITS.Days if _UNITS else QgsUnitTypes.TemporalUnit.TemporalDays
IRREGULAR = _UNITS.IrregularStep if _UNITS else QgsUnitTypes.TemporalUnit.TemporalIrregularStep
# Since 3.36 what a provider of items can do is in Qgis.
_CAPABILITIES = getattr(Qgis, "DataItemProviderCapability", None)
DIRECTORIES = _CAPABILITIES.Directories if _CAPABILITIES else QgsDataProvider.DataCapability.Dir
# Since 3.34 what a parameter of a step in a model takes its value from is in Qgis, and there only.
_SOURCES = getattr(Qgis, "ProcessingModelChildParameterSource", None)
_SOURCES = _SOURCES or getattr(QgsProcessingModelChildParameterSource, "Source", None)
EXPRESSION = _SOURCES.Expression
# Since 3.30 kinds of layers are in Qgis.
_LAYERS = getattr(Qgis, "LayerType", None)
VECTOR_LAYER = _LAYERS.Vector if _LAYERS else QgsMapLayer.LayerType.VectorLayer


def make_field(name: str, kind: str) -> QgsField:
    """Return a field of a kind: ``int``, ``float``, ``text``, ``truth``, ``date`` or ``datetime``."""
    types = {
        "int": QMetaType.Type.LongLong,
        "float": QMetaType.Type.Double,
        "text": QMetaType.Type.QString,
        "truth": QMetaType.Type.Bool,
        "date": QMetaType.Type.QDate,
        "datetime": QMetaType.Type.QDateTime,
    }
    try:
        return QgsField(name, types[kind])
    except TypeError:  # before 3.38 a field takes a QVariant.Type, which Qt 6 has no more
        older = {
            "int": "LongLong",
            "float": "Double",
            "text": "String",
            "truth": "Bool",
            "date": "Date",
            "datetime": "DateTime",
        }
        return QgsField(name, getattr(QVariant, older[kind]))


def is_json(field: QgsField) -> bool:
    """Tell whether a field holds JSON: in older versions a map, in 3.44 a text whose values are of any type."""
    return bool(field.type() == QMetaType.Type.QVariantMap) or field.typeName().lower() == "json"


def is_null(value: object) -> bool:
    """Tell whether an attribute is NULL, which is None or, in older versions, a null QVariant."""
    return value is None or (isinstance(value, QVariant) and value.isNull())


def set_group(details: QgsProcessingContext.LayerDetails, name: str) -> bool:
    """Have a layer loaded into a group, and tell whether this version of Processing can: since 3.32 it does."""
    if not hasattr(details, "groupName"):
        return False
    details.groupName = name
    return True


def action_group(parent: Any) -> Any:
    """Return a group of actions; its class has moved with Qt 6."""
    from qgis.PyQt import QtGui, QtWidgets

    home: Any = QtGui if hasattr(QtGui, "QActionGroup") else QtWidgets
    return home.QActionGroup(parent)
