"""The map tool that picks zones: a click for one, a rectangle for several, with Shift or Ctrl to add or take away."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, QRect, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

_DRAG_PIXELS = 5


class ZoneTool(QgsMapTool):
    """Tells where zones were picked, in the CRS of the map."""

    # The point, the tolerance in map units, whether to change what is shown instead of replacing it.
    clicked = pyqtSignal(QgsPointXY, float, bool)
    dragged = pyqtSignal(QgsGeometry, bool)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._start: QPoint | None = None
        self._band: QgsRubberBand | None = None

    def flags(self) -> QgsMapTool.Flag:
        return QgsMapTool.Flag.ShowContextMenu

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.pos()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if self._start is not None and self._is_drag(event.pos()):
            if self._band is None:
                self._band = QgsRubberBand(self.canvas(), QgsWkbTypes.GeometryType.PolygonGeometry)
                self._band.setColor(QColor(40, 120, 200, 60))
                self._band.setStrokeColor(QColor(40, 120, 200, 200))
            self._band.setToGeometry(QgsGeometry.fromRect(self._rectangle(event.pos())), None)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._start is None:
            return
        change = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if self._is_drag(event.pos()):
            self.dragged.emit(QgsGeometry.fromRect(self._rectangle(event.pos())), change)
        else:
            self.clicked.emit(self.toMapCoordinates(event.pos()), QgsMapTool.searchRadiusMU(self.canvas()), change)
        self._end()

    def deactivate(self) -> None:
        self._end()
        super().deactivate()

    def _is_drag(self, place: QPoint) -> bool:
        return self._start is not None and (place - self._start).manhattanLength() >= _DRAG_PIXELS

    def _rectangle(self, place: QPoint) -> QgsRectangle:
        box = QRect(self._start, place).normalized()
        return QgsRectangle(self.toMapCoordinates(box.bottomLeft()), self.toMapCoordinates(box.topRight()))

    def _end(self) -> None:
        self._start = None
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None
