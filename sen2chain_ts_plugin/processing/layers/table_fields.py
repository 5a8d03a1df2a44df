"""The optional table of an algorithm: rows with the geometry of their zone, into whatever sink the user chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime

from ...engine.choices import STATISTICS
from ...engine.text import clean_text, unique_names
from ..support.compat import is_json, make_field
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
_TYPES = QMetaType.Type
_PLAIN = ("Bool", "Int", "UInt", "LongLong", "ULongLong", "Double", "QString", "QDate", "QTime", "QDateTime")
_PLAIN_TYPES = tuple(getattr(_TYPES, name) for name in _PLAIN)
_KEYS_OF_FORMATS = ("fid", "ogc_fid", "geom", "geometry")


def result_fields(*, shares: bool) -> tuple[tuple[str, str], ...]:
    """Return `RESULT_FIELDS`; with ``shares`` for zones that own pixels by shares."""
    return tuple((name, "float" if shares and name in _SHARED else kind) for name, kind in RESULT_FIELDS)


def table_fields(results: Sequence[tuple[str, str]], attributes: Iterable[QgsField]) -> QgsFields:
    """Return result fields and attributes; an attribute whose name is taken, in any case, gets ``_1``, ``_2``…"""
    fields = QgsFields()
    for name, kind in results:
        fields.append(make_field(name, kind))
    attributes = [_held(field) for field in attributes]
    taken = [*(name for name, _ in results), *_KEYS_OF_FORMATS]
    names = unique_names([clean_text(field.name()) for field in attributes], taken, ignore_case=True)
    for field, name in zip(attributes, names):
        field.setName(name)
        fields.append(field)
    return fields


def is_plain(field: QgsField) -> bool:
    """Tell whether every kind of table holds what is in a field."""
    return field.type() in _PLAIN_TYPES and not is_json(field)


def _held(field: QgsField) -> QgsField:
    """Return a field that every kind of table holds: lists, maps and bytes are text, as in the raw files."""
    return QgsField(field) if is_plain(field) else make_field(field.name(), "text")


def _held_value(value: Any) -> Any:
    if isinstance(value, QDateTime):
        return _unmoved(value.date(), value.time()) if value.date().isValid() else value
    return value


def add_rows(
    sink: QgsFeatureSink,
    fields: QgsFields,
    rows: Iterable[tuple[Any, ...]],
    geometries: Sequence[QgsGeometry],
    attributes: Sequence[Sequence[Any]] | Callable[[], Iterable[Sequence[Any]]],
) -> int:
    """Add rows to a sink, and return how many.

    Parameters
    ----------
    sink, fields
        from the parameter and from `table_fields`.
    rows
        values in the order of the result fields: the date first, then the zone's number.
    geometries, attributes
        one per zone; attributes may be one list per row instead, as a function that yields them.

    Raises
    ------
    QgsProcessingException
        the sink refused a row.
    """
    added = 0
    by_row = iter(attributes()) if callable(attributes) else None
    by_zone: Any = attributes
    held: dict[int, list[Any]] = {}
    for date, zone, *values in rows:
        if by_row is not None:
            own = list(next(by_row))
        else:
            own = held.setdefault(zone, []) or [_held_value(value) for value in by_zone[zone]]
            held[zone] = own
        feature = QgsFeature(fields)
        feature.setAttributes([_to_qt(date), zone, *values, *own])
        if not geometries[zone].isNull():
            geometry = QgsGeometry(geometries[zone])
            geometry.convertToMultiType()
            feature.setGeometry(geometry)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(
                tr("The table refused a row (zone {zone}, {date}): {reason}").format(
                    zone=zone, date=date, reason=sink.lastError() or tr("no reason is given; the disk may be full")
                )
            )
        added += 1
    return added


def _to_qt(date: datetime) -> QDateTime:
    """Return a time of acquisition, which is UTC, as the plain time that layers hold."""
    return _unmoved(QDate(date.year, date.month, date.day), QTime(date.hour, date.minute, date.second))


def _unmoved(day: QDate, time: QTime) -> QDateTime:
    moment = QDateTime(day, time)
    if not moment.isValid() or moment.time() != time:  # the hour that a change to summer time leaves out, here
        moment = QDateTime(day, time, Qt.TimeSpec.UTC)
    return moment
