"""The table of an inventory: a row per tile, index and cloud mask, with the footprint of the tile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from ..engine import inventory as engine
from .algorithm import TABLE
from .compat import make_field
from .i18n import tr
from .vectors import WGS84

_FIELDS = (
    ("tile", "text"),
    ("index", "text"),
    ("cloudmask", "text"),
    ("products", "int"),
    ("first", "date"),
    ("last", "date"),
    ("without_probability", "int"),
    ("without_unmasked", "int"),
    ("without_mask", "int"),
    ("cloud_cover", "float"),
    ("extracted", "int"),
    ("without_data", "int"),
    ("changed", "int"),
    ("to_do", "int"),
)
# A side of a tile is straight in its own CRS only.
_POINTS_PER_SIDE = 9


def inventory_fields() -> QgsFields:
    """Return the fields of the table."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(make_field(name, kind))
    return fields


def write_table(
    algorithm: QgsProcessingAlgorithm,
    inventory: engine.Inventory,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Write an inventory into the table that the user asked for, and return what that is known by; empty for none."""
    fields, crs = inventory_fields(), QgsCoordinateReferenceSystem(WGS84)
    sink, table = algorithm.parameterAsSink(parameters, TABLE, context, fields, QgsWkbTypes.Type.Polygon, crs)
    if sink is None:
        return ""
    footprints = {tile: _polygon(each, context) for tile, each in inventory.footprints.items()}
    for entry in inventory.entries:
        feature = QgsFeature(fields)
        feature.setAttributes(list(_values(entry, known=inventory.layer is not None)))
        feature.setGeometry(footprints.get(entry.tile, QgsGeometry()))
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(
                tr("The table refused the row of tile {tile}: {reason}").format(
                    tile=entry.tile, reason=sink.lastError()
                )
            )
    return table


def _values(entry: engine.Entry, *, known: bool) -> Iterator[Any]:
    """Yield the values of a row; what is extracted is NULL unless it is known."""
    yield from (entry.tile, entry.index, entry.mask.name, entry.products)
    yield from (QDate(day.year, day.month, day.day) for day in (entry.days[0], entry.days[-1]))
    yield from (entry.without_probability, entry.without_unmasked, len(entry.missing), entry.cover)
    states = (engine.EXTRACTED, engine.WITHOUT_DATA, engine.CHANGED)
    yield from (entry.states[state] if known else None for state in states)
    yield entry.remaining if known else None


def _polygon(footprint: engine.Footprint, context: QgsProcessingContext) -> QgsGeometry:
    """Return a footprint in WGS 84; empty where it cannot be transformed."""
    west, south, east, north = footprint.bounds
    geometry = QgsGeometry.fromRect(QgsRectangle(west, south, east, north)).densifyByCount(_POINTS_PER_SIDE)
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(f"EPSG:{footprint.epsg}"),
        QgsCoordinateReferenceSystem(WGS84),
        context.transformContext(),
    )
    try:
        geometry.transform(transform)
    except QgsCsException:
        return QgsGeometry()
    return geometry
