"""The few differences between the QGIS versions we support (3.22 to 4.x)."""

from __future__ import annotations

from qgis.core import Qgis, QgsField, QgsUnitTypes
from qgis.PyQt.QtCore import QMetaType, QVariant

# Since 3.30 units of time are in Qgis.
DAYS = Qgis.TemporalUnit.Days if hasattr(Qgis, "TemporalUnit") else QgsUnitTypes.TemporalUnit.TemporalDays


def make_field(name: str, kind: str) -> QgsField:
    """Return a field of a kind: ``int``, ``float``, ``text``, ``date`` or ``datetime``."""
    try:
        types = {
            "int": QMetaType.Type.LongLong,
            "float": QMetaType.Type.Double,
            "text": QMetaType.Type.QString,
            "date": QMetaType.Type.QDate,
            "datetime": QMetaType.Type.QDateTime,
        }
        return QgsField(name, types[kind])
    except TypeError:  # before 3.38 a field takes a QVariant.Type
        older = {
            "int": QVariant.LongLong,
            "float": QVariant.Double,
            "text": QVariant.String,
            "date": QVariant.Date,
            "datetime": QVariant.DateTime,
        }
        return QgsField(name, older[kind])


def is_null(value: object) -> bool:
    """Tell whether an attribute is NULL, which is None or, in older versions, a null QVariant."""
    return value is None or (isinstance(value, QVariant) and value.isNull())
