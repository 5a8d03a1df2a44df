"""The image of the day: the index raster of an acquisition below the zones, its clouds hatched, true colours.

One group of layers, which get the files of another day; they are never replaced by others.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsColorRampShader,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsLinePatternFillSymbolLayer,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ...engine.figures.day_images import DayImage
from ...engine.figures.ramps import ramp_of
from ...processing.support.i18n import tr

_PROPERTY = "sen2chain_ts/image_of_the_day"
_CLOUDS, _INDEX, _COLOURS = _ORDER = ("clouds", "index", "colours")
_NODATA = 16383
_HATCH_MM = 1.6


class DayImages:
    """The group of layers of one day in a project."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project

    def show(self, image: DayImage, index: str, day: str, below: str, *, colours: bool) -> None:
        """Show the image of a day instead of that of another.

        Parameters
        ----------
        image
            what there is of it.
        index
            whose colours to use.
        day
            how the layers are called.
        below
            the id of a layer that stays above them; empty for none.
        colours
            whether true colours are to be seen, where there are some, or the index.
        """
        group = self._group(below)
        before = {node.layerId() for node in group.findLayers()}
        self._raster(group, _COLOURS, image.colours, f"{_texts()[_COLOURS]}, {day}")
        layer = self._raster(group, _INDEX, image.index, f"{index}, {day}")
        if layer is not None:
            _dress(layer, index)
            self._show_clouds(group, image.clouds, layer, f"{_texts()[_CLOUDS]}, {day}")
        if {node.layerId() for node in group.findLayers()} != before:
            self.choose(colours=colours)

    def choose(self, *, colours: bool) -> None:
        """Have true colours seen, where there are some, or the index."""
        group = self._found()
        if group is None:
            return
        colours = colours and _layer_of(group, _COLOURS) is not None
        for role, seen in ((_INDEX, not colours), (_COLOURS, colours)):
            layer = _layer_of(group, role)
            if layer is not None:
                group.findLayer(layer.id()).setItemVisibilityChecked(seen)

    def _raster(self, group: QgsLayerTreeGroup, role: str, path: Path | None, name: str) -> QgsRasterLayer | None:
        """Give the layer of a role another file: to take it out and put in another one makes QGIS forget the date."""
        layer = _layer_of(group, role)
        if path is None:
            if layer is not None:
                self._project.removeMapLayer(layer.id())
            return None
        if layer is None:
            layer = QgsRasterLayer(str(path), name)
            self._add(group, layer, role)
        elif layer.source() != str(path):
            layer.setDataSource(str(path), name, "gdal", False)
        layer.setName(name)
        return layer if layer.isValid() else None

    def _show_clouds(
        self, group: QgsLayerTreeGroup, clouds: Sequence[bytes], raster: QgsRasterLayer, name: str
    ) -> None:
        layer = _layer_of(group, _CLOUDS)
        if layer is None:
            if not clouds:
                return
            layer = _cloud_layer()
            self._add(group, layer, _CLOUDS)
        layer.setName(name)
        layer.setCrs(raster.crs())
        layer.dataProvider().truncate()
        layer.dataProvider().addFeatures([_cloud(wkb) for wkb in clouds])
        layer.updateExtents()
        layer.triggerRepaint()

    def _add(self, group: QgsLayerTreeGroup, layer: QgsMapLayer, role: str) -> None:
        layer.setCustomProperty(_PROPERTY, role)
        self._project.addMapLayer(layer, False)
        group.insertLayer(_ORDER.index(role), layer).setExpanded(False)

    def clear(self) -> None:
        """Take the group out of the project."""
        group = self._found()
        if group is not None:
            self._project.removeMapLayers([node.layerId() for node in group.findLayers()])
            group.parent().removeChildNode(group)

    def _found(self) -> QgsLayerTreeGroup | None:
        groups = self._project.layerTreeRoot().findGroups(True)
        return next((group for group in groups if group.customProperty(_PROPERTY)), None)

    def _group(self, below: str) -> QgsLayerTreeGroup:
        """Return the group, made where there is none: right below the top group that holds a layer."""
        found = self._found()
        if found is not None:
            return found
        root = self._project.layerTreeRoot()
        node = root.findLayer(below) if below else None
        while node is not None and node.parent() is not None and node.parent() is not root:
            node = node.parent()
        place = root.children().index(node) + 1 if node is not None else len(root.children())
        group = root.insertGroup(place, tr("Image of the day"))
        group.setCustomProperty(_PROPERTY, True)
        return group


def _texts() -> dict[str, str]:
    return {_CLOUDS: tr("Clouds"), _COLOURS: tr("True colours")}


def _layer_of(group: QgsLayerTreeGroup, role: str) -> Any:
    layers = (node.layer() for node in group.findLayers())
    return next((layer for layer in layers if layer is not None and layer.customProperty(_PROPERTY) == role), None)


def _dress(layer: QgsRasterLayer, index: str) -> None:
    """Give a raster the colours of its index; no data is transparent, whatever its sidecar says."""
    ramp = ramp_of(index)
    layer.dataProvider().setUserNoDataValue(1, [_range(_NODATA)])
    shader = QgsColorRampShader(ramp.low, ramp.high)
    shader.setColorRampType(QgsColorRampShader.Type.Interpolated)
    step = (ramp.high - ramp.low) / (len(ramp.colours) - 1)
    items = [
        QgsColorRampShader.ColorRampItem(
            ramp.low + place * step, QColor(colour), f"{(ramp.low + place * step) / 1e4:g}"
        )
        for place, colour in enumerate(ramp.colours)
    ]
    shader.setColorRampItemList(items)
    whole = QgsRasterShader(ramp.low, ramp.high)
    whole.setRasterShaderFunction(shader)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, whole))


def _range(value: float) -> object:
    from qgis.core import QgsRasterRange

    return QgsRasterRange(value, value)


def _cloud(wkb: bytes) -> QgsFeature:
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    feature = QgsFeature()
    feature.setGeometry(geometry)
    return feature


def _cloud_layer() -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon", "", "memory")
    hatch = QgsLinePatternFillSymbolLayer()
    hatch.setLineAngle(45)
    hatch.setDistance(_HATCH_MM)
    hatch.setLineWidth(0.25)
    hatch.setColor(QColor(255, 255, 255))
    symbol = QgsFillSymbol.createSimple(
        {"color": "60,60,60,70", "outline_color": "255,255,255,160", "outline_width": "0.2"}
    )
    symbol.appendSymbolLayer(hatch)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # QGIS need not ask to save it: it is made again
    return layer
