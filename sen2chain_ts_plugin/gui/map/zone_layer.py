"""The zones of an extraction as a layer of the project."""

from __future__ import annotations

from qgis.core import (
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapLayer,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...engine.tree.layout import Tree
from ...processing.support.i18n import tr
from ...processing.support.loading import group_of

_PROPERTY = "sen2chain_ts/extraction"


def zone_layer(tree: Tree, project: QgsProject) -> QgsVectorLayer | None:
    """Return the layer of an extraction's zones that is in the project; None where there is none."""
    for layer in project.mapLayers().values():
        if layer.customProperty(_PROPERTY) == str(tree.folder) and isinstance(layer, QgsVectorLayer):
            return layer
    return None


def is_zone_layer(layer: QgsMapLayer) -> bool:
    """Tell whether a layer shows the zones of an extraction, which nobody edits."""
    return layer.customProperty(_PROPERTY) is not None


def select_zone(tree: Tree, project: QgsProject, zone: int) -> None:
    """Select a zone in the layer of an extraction's zones, where that is loaded: record i is zone i."""
    layer = zone_layer(tree, project)
    if layer is not None:
        layer.selectByIds([zone])


def add_zone_layer(tree: Tree, project: QgsProject) -> QgsVectorLayer | None:
    """Return the layer of an extraction's zones, added to the project where it is not there yet; None if unreadable."""
    there = zone_layer(tree, project)
    if there is not None:
        return there
    layer = QgsVectorLayer(str(tree.shapefile), tr("{name}, zones").format(name=tree.name), "ogr")
    if not layer.isValid():
        return None
    layer.setCustomProperty(_PROPERTY, str(tree.folder))
    layer.setReadOnly(True)  # another shape would be another extraction
    kinds = QgsWkbTypes.GeometryType
    if layer.geometryType() == kinds.PolygonGeometry:
        symbol = QgsFillSymbol.createSimple(
            {"color": "255,255,255,25", "outline_color": "35,35,35,255", "outline_width": "0.3"}
        )
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    elif layer.geometryType() == kinds.LineGeometry:
        symbol = QgsLineSymbol.createSimple({"line_color": "35,35,35,255", "line_width": "0.5"})
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    project.addMapLayer(layer, False)
    # Where its rows are, once Compile has loaded them.
    group_of(project, tree.name).insertLayer(0, layer)
    return layer
