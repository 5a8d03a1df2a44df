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
    QgsFillSymbol,
    QgsGeometry,
    QgsPalLayerSettings,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from ...engine.extraction import inventory as engine
from ...engine.extraction.possible import PossibleMask
from ...engine.library.offers import FROM_CLASSES, PRODUCED
from ..support.compat import make_field
from ..support.i18n import tr
from ..support.loading import load_as
from ..support.names import TABLE, TableLayout
from .source_file import WGS84

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
    ("how", "text"),
)
# A side of a tile is straight in its own CRS only.
_POINTS_PER_SIDE = 9


def layout() -> TableLayout:
    """Return what the table is like."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(make_field(name, kind))
    return fields, QgsWkbTypes.Type.Polygon, QgsCoordinateReferenceSystem(WGS84)


def write_table(
    algorithm: QgsProcessingAlgorithm,
    inventory: engine.Inventory,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    *,
    possible: bool = False,
) -> str:
    """Write an inventory into the table that the user asked for, and return what that is known by; empty for none.

    With ``possible`` it has the masks that could be applied while reading, too.
    """
    fields, kind, crs = layout()
    sink, table = algorithm.parameterAsSink(parameters, TABLE, context, fields, kind, crs)
    if sink is None:
        return ""
    footprints = {tile: _polygon(each, context) for tile, each in inventory.footprints.items()}
    known = inventory.layer is not None
    listed = {(entry.tile, entry.index, entry.mask) for entry in inventory.entries}
    rows = [(entry.tile, list(_values(entry, known=known))) for entry in inventory.entries]
    rows += [
        (each.tile, list(_possible_values(each)))
        for each in (inventory.possible if possible else ())
        if (each.tile, each.index, each.mask) not in listed
    ]
    for tile, values in rows:
        feature = QgsFeature(fields)
        feature.setAttributes(values)
        feature.setGeometry(footprints.get(tile, QgsGeometry()))
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(
                tr("The table refused the row of tile {tile}: {reason}").format(tile=tile, reason=sink.lastError())
            )
    _name_when_loaded(context, table, inventory.layer)
    return table


def _name_when_loaded(context: QgsProcessingContext, table: str, layer: str | None) -> None:
    """Have the table loaded into the group of what is extracted for its layer, or by itself."""
    name = tr("{name}, inventory").format(name=layer or tr("All tiles"))
    load_as(context, table, name, layer or tr("Sen2Chain library"), lambda loaded, _: _dress(loaded))


def _dress(layer: QgsVectorLayer) -> None:
    """Show the outline of each tile, with its name once: it has a row for each index and cloud mask."""
    symbol = QgsFillSymbol.createSimple({"color": "0,0,0,0", "outline_color": "0,114,178,255", "outline_width": "0.5"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    labels = QgsPalLayerSettings()
    labels.isExpression = True
    labels.fieldName = 'if($id = minimum($id, group_by:="tile"), "tile", \'\')'
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)


def _values(entry: engine.InventoryEntry, *, known: bool) -> Iterator[Any]:
    """Yield the values of a row; what is extracted is NULL unless it is known."""
    yield from (entry.tile, entry.index, entry.mask.name, entry.products)
    yield from (QDate(day.year, day.month, day.day) for day in (entry.days[0], entry.days[-1]))
    yield from (entry.without_probability, entry.without_unmasked, len(entry.missing), entry.cover)
    states = (engine.EXTRACTED, engine.WITHOUT_DATA, engine.CHANGED)
    yield from (entry.states[state] if known else None for state in states)
    yield entry.remaining if known else None
    yield PRODUCED if entry.mask.is_produced else FROM_CLASSES


def _possible_values(each: PossibleMask) -> Iterator[Any]:
    """Yield the values of the row of a mask that could be applied while reading."""
    yield from (each.tile, each.index, each.mask.name, len(each.days))
    yield from (QDate(day.year, day.month, day.day) for day in (each.days[0], each.days[-1]))
    yield from (each.without_probability, 0, each.missing)
    yield from [None] * 5
    yield ", ".join(how if len(each.how) == 1 else f"{how} {number}" for how, number in sorted(each.how.items()))


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
