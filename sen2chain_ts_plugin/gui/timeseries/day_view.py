"""The day that chart and map show together: its image below the zones, its date on the map, the walk to the next."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...engine.errors import EngineError
from ...engine.feedback import Feedback
from ...engine.figures.day_rasters import DayRasters, cloud_outlines, day_rasters
from ...engine.library.folders import Library, open_library
from ...engine.library.product_id import tile_epsg
from ...engine.series.curves import Curve
from ...engine.tree.layout import Tree
from ...processing.support import options
from ...processing.support.i18n import tr
from ..common.background import Background, Problem
from ..map.date_label import DateLabel
from ..map.day_images import DayImages
from ..map.dock_zones import DockZones
from ..map.temporal import TemporalLink
from ..map.zone_layer import zone_layer

_AROUND = 2000  # metres around the zones, within which clouds are outlined
_SETTLE = 150  # ms: while the controller plays faster, images are passed over


class DayView(QObject):
    """Takes the map to acquisitions.

    Parameters
    ----------
    canvas
        of the map.
    background
        reads in another thread.
    """

    # What the map shows has changed.
    changed = pyqtSignal()
    # A sentence for the user.
    said = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._background = background
        self._temporal = TemporalLink(canvas, self)
        self._temporal.changed.connect(self._moved)
        self._images = DayImages(QgsProject.instance())
        self._label = DateLabel(canvas)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self._show_image)
        self.with_images = True
        self._tree: Tree | None = None
        self._zones: DockZones | None = None
        self._index = ""
        self._curves: Sequence[Curve] = ()
        self._shown = ""

    def close(self) -> None:
        """Let go of the map."""
        self._temporal.close()
        self._label.deleteLater()

    def show_curves(self, tree: Tree | None, zones: DockZones | None, index: str, curves: Sequence[Curve]) -> None:
        """Take note of what the chart shows."""
        self._tree, self._zones, self._index, self._curves = tree, zones, index, curves
        self._moved()

    def shown(self) -> tuple[datetime, datetime] | None:
        """Return from when to when the map shows; None when it is not limited in time."""
        return self._temporal.shown()

    def go_to(self, moment: datetime) -> None:
        """Have the map show an acquisition."""
        self._temporal.go_to(moment, self._days())
        self._show_image()

    def play(self, first: datetime, last: datetime) -> None:
        """Set the temporal controller to the dates from one to another."""
        self._temporal.set_range(first, last)

    def set_images(self, on: bool) -> None:
        """Show images, or none."""
        self.with_images = on
        self._shown = ""
        if on:
            self._show_image()
        else:
            self._images.clear()

    def _days(self) -> list[date]:
        return sorted({moment.date() for curve in self._curves for moment in curve.dates})

    def _moved(self) -> None:
        found = self._row()
        self._label.show_day(found[1] if found else None)
        self.changed.emit()
        if found and found[0] != self._shown:
            self._later.start()

    def _row(self) -> tuple[str, datetime] | None:
        """Return the raster and the moment of the acquisition that the map shows, or of the last one before."""
        moment = self._temporal.shown()
        if moment is None:
            return None
        rows = [
            (when, place, name)
            for place, curve in enumerate(self._curves)
            for when, name in zip(curve.dates, curve.filenames)
            if moment[0].date() <= when.date() and when <= moment[1]
        ]
        if not rows:
            return None
        when, _, name = min(rows)  # of two rasters of one moment that of the zone that was chosen first
        return name, when

    def _show_image(self) -> None:
        found = self._row()
        if found is None or not self.with_images or self._tree is None or found[0] == self._shown:
            return
        name, when = found
        self._shown = name
        tree, bounds = self._tree, self._bounds(name)

        def read(_: Feedback) -> tuple[DayRasters | None, list[bytes]]:
            library = library_of(tree)
            rasters = None if library is None else day_rasters(library, name)
            return rasters, [] if rasters is None or bounds is None else cloud_outlines(rasters, bounds)

        def show(found: tuple[DayRasters | None, list[bytes]], _: list[str]) -> None:
            rasters, clouds = found
            zones = zone_layer(tree, QgsProject.instance())
            below = zones.id() if zones is not None else ""
            for wait in (_SETTLE, 5 * _SETTLE):
                QTimer.singleShot(wait, self._restore)
            if rasters is None or not self._images.show(rasters, clouds, self._index, f"{when:%Y-%m-%d}", below):
                self.said.emit(tr("The library of this extraction has no image of {day}.").format(day=when.date()))

        def fail(error: Problem) -> None:
            self.said.emit(tr("No image of {day}: {problem}").format(day=when.date(), problem=error))

        self._background.start("image", read, show, fail)

    def _restore(self) -> None:
        if self._curves:
            self._temporal.restore(self._days())

    def _bounds(self, name: str) -> tuple[float, float, float, float] | None:
        """Return the surroundings of the zones that are shown, in the CRS of a product's tile."""
        if self._zones is None:
            return None
        around = QgsRectangle()
        for curve in self._curves:
            around.combineExtentWith(self._zones.geometries[curve.zone].boundingBox())
        tile = next(tile for curve in self._curves for tile, file in zip(curve.tiles, curve.filenames) if file == name)
        target = QgsCoordinateReferenceSystem.fromEpsgId(tile_epsg(tile))
        try:
            box = QgsCoordinateTransform(self._zones.crs, target, QgsProject.instance()).transformBoundingBox(around)
        except QgsCsException:
            return None
        box.grow(_AROUND)
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def library_of(tree: Tree) -> Library | None:
    """Return the library of an extraction: the one that it lies in, else the one used last, else the default."""
    candidates: list[Path | None] = [*tree.folder.parents[:3]]
    if options.default_library():
        candidates.append(Path(options.default_library()))
    for folder in [*candidates, None]:
        with contextlib.suppress(EngineError):
            return open_library(folder)
    return None
