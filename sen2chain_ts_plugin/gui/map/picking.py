"""Zones that the user picks on the map: with the tool, or by selecting features."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from .dock_zones import DockZones
from .zone_tool import ZoneTool


class Picking(QObject):
    """Turns places on a map canvas into zones.

    Parameters
    ----------
    canvas
        of the map.
    action
        that takes the tool, and shows that it is taken.
    zones
        returns what can be picked; None for nothing yet.
    follows
        tells whether selected features are to be looked at.
    most
        how many of them are of use.
    """

    # The zones, and whether to change what is shown instead of replacing it.
    picked = pyqtSignal(list, bool)
    # Features were selected that are zones.
    selected = pyqtSignal(list)
    # A click where there is no extraction.
    useless = pyqtSignal()

    def __init__(
        self,
        canvas: QgsMapCanvas,
        action: QAction,
        zones: Callable[[], DockZones | None],
        follows: Callable[[], bool],
        most: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._zones = zones
        self._follows = follows
        self._most = most
        self._tool = ZoneTool(canvas)
        self._tool.setAction(action)
        self._tool.clicked.connect(self._clicked)
        self._tool.dragged.connect(self._dragged)
        canvas.selectionChanged.connect(self._selection_changed)

    def close(self) -> None:
        """Give the map back."""
        self._canvas.selectionChanged.disconnect(self._selection_changed)
        self.take_tool(False)
        sip.delete(self._tool)  # it belongs to the canvas, and would stay as long

    def take_tool(self, on: bool) -> None:
        """Take the tool, or leave it."""
        if on:
            self._canvas.setMapTool(self._tool)
        elif self._canvas.mapTool() is self._tool:
            self._canvas.unsetMapTool(self._tool)

    def _clicked(self, point: QgsPointXY, tolerance: float, change: bool) -> None:
        zones = self._zones()
        if zones is None:
            self.useless.emit()
            return
        edge = QgsGeometry.fromPolylineXY([point, QgsPointXY(point.x() + tolerance, point.y())])
        if self._to_crs_of(zones, edge):
            first, second = edge.asPolyline()
            self.picked.emit(list(zones.at(first, first.distance(second))), change)

    def _dragged(self, area: QgsGeometry, change: bool) -> None:
        zones = self._zones()
        if zones is not None and self._to_crs_of(zones, area):
            self.picked.emit(list(zones.within(area)), change)

    def _to_crs_of(self, zones: DockZones, geometry: QgsGeometry) -> bool:
        source = self._canvas.mapSettings().destinationCrs()
        try:
            return geometry.transform(QgsCoordinateTransform(source, zones.crs, QgsProject.instance())) == 0
        except QgsCsException:
            return False  # a place that this CRS does not know: no zone is there

    def _selection_changed(self, layer: QgsMapLayer) -> None:
        zones = self._zones()
        # As of QGIS 3.28 features of vector tiles can be selected too, which are none that was extracted.
        if zones is None or not self._follows() or not isinstance(layer, QgsVectorLayer):
            return
        if not layer.selectedFeatureCount() or not layer.isSpatial():
            return
        found = zones.of_selection(layer, QgsProject.instance(), self._most)
        if found:
            self.selected.emit(list(found))
