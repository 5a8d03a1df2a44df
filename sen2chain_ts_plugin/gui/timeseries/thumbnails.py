"""Small pictures of one zone, one for each of its acquisitions, in a strip; drawn when they come into view."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.PyQt.QtCore import QModelIndex, QPointF, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QIcon,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from ...engine.feedback import Feedback
from ...engine.figures.day_images import thumbnail
from ...engine.figures.views import View
from ...engine.series.curves import Curve
from ...engine.tree.layout import Tree
from ...processing.support.i18n import tr
from ...processing.support.preload import RASTERS, preload_libraries
from ..common.background import Background, Problem
from ..common.colours import mix
from ..common.keyboard import focus_colour
from ..common.localised import day_texts, number_text, percent_text
from ..common.zone_style import colour_of
from ..map.dock_zones import DockZones
from .day_library import DayLibrary, geometry_in_tile, view_around

_SIDE = 60  # logical pixels
_FRAME = 2
_BLANK = 0.1  # of the text's colour in the ground of a picture that is still to be drawn
_SPARE = 0.35  # of a zone's size, that is shown around it; and at least so many metres
_LEAST_SPARE = 60.0
_WIDEST = 6000.0
_MOST_KEPT = 600
_ROW = Qt.ItemDataRole.UserRole
_CENTRE = QAbstractItemView.ScrollHint.PositionAtCenter
# What a picture shows: the raster, the zone, whether in true colours, and the place that gives the outline its colour.
_Key = tuple[str, int, bool, int]


class Thumbnails(QListWidget):
    """The acquisitions of a zone as pictures. Click one, or press Enter, to go to its day.

    Parameters
    ----------
    library
        where the images are.
    """

    day_chosen = pyqtSignal(object)

    def __init__(self, library: DayLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = Background(self)
        self._tree: Tree | None = None
        self._zones: DockZones | None = None
        self._curve: Curve | None = None
        self._place = 0
        self._index = ""
        self._colours = False
        self._drawn: dict[_Key, QPixmap] = {}
        self._missing: set[_Key] = set()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setSpacing(2)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setFixedHeight(_SIDE + self.fontMetrics().height() + 16)
        self.setAccessibleName(tr("Pictures of the zone"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(50)
        self._later.timeout.connect(self._draw_next)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._later.start())
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def close_for_good(self) -> None:
        """Stop drawing."""
        self._later.stop()
        self._background.close()

    @property
    def busy(self) -> bool:
        """Whether a picture is being drawn, or will be."""
        return self._later.isActive() or self._background.busy

    def show_series(
        self, tree: Tree | None, zones: DockZones | None, index: str, curve: Curve | None, place: int
    ) -> None:
        """Show the acquisitions of a curve, which is drawn at a place of the chart, and so in its colour."""
        if tree != self._tree or index != self._index:
            self._drawn.clear()
            self._missing.clear()
        same = curve is not None and self._curve is not None and (
            (curve.zone, curve.filenames, place) == (self._curve.zone, self._curve.filenames, self._place)
            and tree == self._tree
        )  # fmt: skip
        self._tree, self._zones, self._index, self._curve, self._place = tree, zones, index, curve, place
        if not same:
            self._fill()

    def set_colours(self, on: bool) -> None:
        """Draw true colours, where there are some, or the index."""
        if on != self._colours:
            self._colours = on
            self._fill()

    def mark(self, day: date | None) -> None:
        """Mark the picture of a day, and bring it into the middle; None for none."""
        days = [] if self._curve is None else [moment.date() for moment in self._curve.dates]
        if day not in days:
            self.setCurrentItem(None)
            self.clearSelection()
            return
        item = self.item(days.index(day))
        if item is not self.currentItem() or not item.isSelected():
            self.setCurrentItem(item)
        self.scrollToItem(item)
        self._later.start()

    def _fill(self) -> None:
        self._background.forget("thumbnail")
        marked = self.currentRow()
        self.clear()
        curve = self._curve
        if curve is None:
            return
        blank = self._blank()
        # All as wide as the widest: they are laid out by the first.
        days = day_texts(curve.dates)
        cloudy = curve.cloudy
        words = max(map(self.fontMetrics().horizontalAdvance, days), default=0)
        size = QSize(max(_SIDE, words) + 8, self.height() - 6)
        for row, day in enumerate(days):
            drawn = self._drawn.get(self._key(row))
            item = QListWidgetItem(blank if drawn is None else _icon_of(drawn), day, self)
            item.setData(_ROW, row)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setToolTip(self._words(day, curve.numbers["mean"][row], cloudy[row]))
            item.setSizeHint(size)
        if 0 <= marked < self.count():
            self.setCurrentRow(marked)
        self._later.start()

    def _words(self, day: str, mean: float, cloudy: float) -> str:
        """Return what a picture shows, in a line."""
        parts = [day, f"{self._index} {number_text(mean, 2)}"]
        if not np.isnan(cloudy):
            parts.append(tr("{share} clear").format(share=percent_text(1 - float(cloudy))))
        return ", ".join(parts)

    def _blank(self) -> QIcon:
        """Return the placeholder of a picture that is still to be drawn."""
        ratio = self.devicePixelRatioF()
        blank = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
        blank.setDevicePixelRatio(ratio)
        roles = QPalette.ColorRole
        blank.fill(QColor(mix(self.palette().color(roles.Base), self.palette().color(roles.Text), _BLANK)))
        return _icon_of(blank)

    def _key(self, row: int) -> _Key:
        curve = self._curve
        return (curve.filenames[row], curve.zone, self._colours, self._place) if curve else ("", 0, False, 0)

    def _draw_next(self) -> None:
        """Draw the next picture that is in view and that nobody has drawn yet; the marked one first."""
        tree, curve = self._tree, self._curve
        if tree is None or curve is None or not self.isVisible() or self._background.busy:
            return
        rows = [row for row in range(self.count()) if self._is_in_view(row)]
        rows = [row for row in rows if self._key(row) not in self._drawn and self._key(row) not in self._missing]
        if not rows:
            return
        row = min(rows, key=lambda each: abs(each - max(self.currentRow(), 0)))
        key, tile = self._key(row), curve.tiles[row]
        geometry = geometry_in_tile(self._zones, curve.zone, tile) if self._zones is not None else None
        view = _view_of(geometry) if geometry is not None else None
        if view is None or geometry is None:
            self._missing.add(key)
            self._later.start()
            return
        side = round(_SIDE * self.devicePixelRatioF())

        def read(feedback: Feedback) -> np.ndarray | None:
            library = self._library.of(tree)
            return None if library is None else thumbnail(library, key[0], view, side, feedback, colours=key[2])

        preload_libraries(RASTERS)
        self._background.start(
            "thumbnail", read, partial(self._show, key, row, view, geometry), partial(self._leave_out, key)
        )

    def _is_in_view(self, row: int) -> bool:
        return self.visualItemRect(self.item(row)).intersects(self.viewport().rect())

    def _show(
        self, key: _Key, row: int, view: View, geometry: QgsGeometry, pixels: np.ndarray | None, _: list[str]
    ) -> None:
        if pixels is None:
            self._missing.add(key)
        else:
            if len(self._drawn) >= _MOST_KEPT:
                del self._drawn[next(iter(self._drawn))]
            self._drawn[key] = _picture(pixels, geometry, view, colour_of(key[3]), self.devicePixelRatioF())
            if row < self.count() and self._key(row) == key:
                self.item(row).setIcon(_icon_of(self._drawn[key]))
        self._later.start()

    def _leave_out(self, key: _Key, _: Problem) -> None:
        """Leave a picture blank that cannot be drawn; the map says why when one goes there."""
        self._missing.add(key)
        self._later.start()

    def _choose(self, item: QListWidgetItem) -> None:
        if self._curve is not None:
            self.day_chosen.emit(self._curve.dates[item.data(_ROW)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the strip, whichever way the wheel turns."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.y() or turned.x()))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the strip while the keys go to it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(focus_colour(self.palette()), 2 * _FRAME))
            painter.drawRect(self.viewport().rect())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the days before and after one in view."""
        super().scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


def _icon_of(picture: QPixmap) -> QIcon:
    """Return a picture as an icon that has no paler form for what is selected."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def _view_of(geometry: QgsGeometry) -> View | None:
    box = geometry.boundingBox()
    return view_around([geometry], max(max(box.width(), box.height()) * _SPARE, _LEAST_SPARE), _WIDEST)


def _picture(pixels: np.ndarray, geometry: QgsGeometry, view: View, colour: str, ratio: float) -> QPixmap:
    """Return pixels with the outline of a zone on them."""
    height, width, _ = pixels.shape
    data = pixels.tobytes()  # the image only looks at it
    picture = QPixmap.fromImage(QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = width / view.side
    path = _outline(geometry, view, scale, 4 * ratio)
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    for line, thick in ((QColor(255, 255, 255, 220), 3.0), (QColor(colour), 1.6)):
        painter.setPen(QPen(line, thick * ratio))
        painter.drawPath(path)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _outline(geometry: QgsGeometry, view: View, scale: float, radius: float) -> QPainterPath:
    """Return the rings or lines of a geometry, or a circle around its points, in the pixels of a picture."""
    path = QPainterPath()
    for part in geometry.asGeometryCollection():
        kinds = QgsWkbTypes.GeometryType
        if part.type() == kinds.PointGeometry:
            path.addEllipse(_place(part.asPoint(), view, scale), radius, radius)
        lines = part.asPolygon() if part.type() == kinds.PolygonGeometry else []
        lines += [part.asPolyline()] if part.type() == kinds.LineGeometry else []
        for line in lines:
            path.addPolygon(QPolygonF([_place(point, view, scale) for point in line]))
    return path


def _place(point: QgsPointXY, view: View, scale: float) -> QPointF:
    return QPointF((point.x() - view.west) * scale, (view.north - point.y()) * scale)
