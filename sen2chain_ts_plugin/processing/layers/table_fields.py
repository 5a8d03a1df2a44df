"""The optional table of an algorithm: rows with the geometry of their zone, into whatever sink the user chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingException,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from ...engine.choices import STATISTICS
from ...engine.text import unique_names
from ..support.compat import make_field
from ..support.i18n import tr

# The result columns of the engine's rows, in order. The zone's number is not called fid here: that is the key of a
# GeoPackage, which would keep one row per zone.
RESULT_FIELDS = (
    ("date", "datetime"),
    ("zone", "int"),
    ("tile", "text"),
    ("filename", "text"),
    ("count", "int"),
    ("nodata", "int"),
    ("nbcld", "int"),
    ("cldprb", "float"),
    *((name, "int" if kind is int else "float") for name, kind in STATISTICS.items()),
)
# Of zones that own pixels by shares, pixels are not counted.
_SHARED = ("count", "nodata", "nbcld")
# What the rows of several indices and masks in one table are told apart by.
ORIGIN_FIELDS = (("index", "text"), ("cloudmask", "text"))
_KEYS_OF_FORMATS = ("fid", "ogc_fid", "geom", "geometry")


def result_fields(*, shares: bool) -> tuple[tuple[str, str], ...]:
    """Return `RESULT_FIELDS`; with ``shares`` for zones that own pixels by shares."""
    return tuple((name, "float" if shares and name in _SHARED else kind) for name, kind in RESULT_FIELDS)


def table_fields(results: Sequence[tuple[str, str]], attributes: Iterable[QgsField]) -> QgsFields:
    """Return result fields and attributes; an attribute whose name is taken, in any case, gets ``_1``, ``_2``…"""
    fields = QgsFields()
    for name, kind in results:
        fields.append(make_field(name, kind))
    attributes = [QgsField(field) for field in attributes]
    taken = [*(name for name, _ in results), *_KEYS_OF_FORMATS]
    names = unique_names([field.name() for field in attributes], taken, ignore_case=True)
    for field, name in zip(attributes, names):
        field.setName(name)
        fields.append(field)
    return fields


def add_rows(
    sink: QgsFeatureSink,
    fields: QgsFields,
    rows: Iterable[tuple[Any, ...]],
    geometries: Sequence[QgsGeometry],
    attributes: Sequence[Sequence[Any]],
) -> int:
    """Add rows to a sink, and return how many.

    Parameters
    ----------
    sink, fields
        from the parameter and from `table_fields`.
    rows
        values in the order of the result fields: the date first, then the zone's number.
    geometries, attributes
        one per zone.

    Raises
    ------
    QgsProcessingException
        the sink refused a row.
    """
    added = 0
    for date, zone, *values in rows:
        feature = QgsFeature(fields)
        feature.setAttributes([_to_qt(date), zone, *values, *attributes[zone]])
        if not geometries[zone].isNull():
            geometry = QgsGeometry(geometries[zone])
            geometry.convertToMultiType()
            feature.setGeometry(geometry)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(
                tr("The table refused a row (zone {zone}, {date}): {reason}").format(
                    zone=zone, date=date, reason=sink.lastError()
                )
            )
        added += 1
    return added


def _to_qt(date: datetime) -> QDateTime:
    """Return a time of acquisition, which is UTC, as the plain time that layers hold."""
    day, time = QDate(date.year, date.month, date.day), QTime(date.hour, date.minute, date.second)
    moment = QDateTime(day, time)
    if not moment.isValid() or moment.time() != time:  # the hour that a change to summer time leaves out, here
        moment = QDateTime(day, time, Qt.TimeSpec.UTC)
    return moment
