"""The day that chart and map show together: its image below the zones, its date on the map, the walk to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...engine.errors import EngineError
from ...engine.feedback import Feedback
from ...engine.figures.day_images import DayImage, day_image
from ...engine.figures.views import View
from ...engine.series.curves import Curve
from ...engine.tree.layout import Tree
from ...processing.support.i18n import tr, tr_error
from ...processing.support.preload import RASTERS, preload_libraries
from ..common.background import Background, Problem
from ..common.localised import day_text
from ..map.date_label import DateLabel
from ..map.day_images import DayImages
from ..map.dock_zones import DockZones
from ..map.temporal import TemporalLink
from ..map.zone_layer import zone_layer
from .day_library import DayLibrary, folder_of_computed, geometry_in_tile, view_around

# Around the zones, in metres: what is computed and where clouds are outlined, and how wide that gets at most.
_AROUND, _WIDEST = 2000.0, 15_000.0
_MOST_LOOKED_AT = 200  # zones
_SETTLE = 150  # ms: while somebody holds a key down, images are passed over


class DayView(QObject):
    """Takes the map to acquisitions.

    Parameters
    ----------
    canvas
        of the map.
    background
        reads in another thread.
    library
        where the images are.
    """

    # What the map shows has changed.
    changed = pyqtSignal()
    # A sentence for the user.
    said = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, background: Background, library: DayLibrary, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._background = background
        self._library = library
        self._temporal = TemporalLink(canvas, self)
        self._temporal.changed.connect(self._moved)
        self._images = DayImages(QgsProject.instance())
        self._label = DateLabel(canvas)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self._show_image)
        self.with_images = True
        self.in_colours = False
        self._tree: Tree | None = None
        self._zones: DockZones | None = None
        self._index = ""
        self._curves: Sequence[Curve] = ()
        self._shown = ""
        self._known: list[tuple[datetime, int, str]] | None = None

    def close(self) -> None:
        """Let go of the map."""
        self._temporal.close()
        self._label.deleteLater()

    def show_curves(self, tree: Tree | None, zones: DockZones | None, index: str, curves: Sequence[Curve]) -> None:
        """Take note of what the chart shows."""
        if (tree, index) != (self._tree, self._index):
            self._shown = ""
        self._tree, self._zones, self._index, self._curves = tree, zones, index, curves
        self._known = None
        self._moved()

    @property
    def days(self) -> list[date]:
        """The days of the curves."""
        return sorted({moment.date() for moment, *_ in self._acquisitions()})

    @property
    def waits(self) -> bool:
        """Whether an image is on its way to the map."""
        return self._later.isActive() or self._background.is_busy_with("image")

    def shown(self) -> tuple[datetime, datetime] | None:
        """Return from when to when the map shows; None when it is not limited in time."""
        return self._temporal.shown()

    def day(self) -> date | None:
        """Return the day of the acquisition that the map shows; None where no curve has it."""
        found = self._row()
        return found[1].date() if found else None

    def go_to(self, moment: datetime) -> None:
        """Have the map show an acquisition."""
        self._temporal.go_to(moment, self.days)
        self._later.start()

    def step(self, by: int) -> bool:
        """Go to the acquisition before, -1, or after, 1; return whether there is one."""
        days, shown = self.days, self.shown()
        if not days:
            return False
        if shown is None:
            place = 0 if by > 0 else len(days) - 1
        elif by > 0:
            place = bisect_right(days, self.day() or shown[0].date())
        else:
            place = bisect_left(days, self.day() or shown[0].date()) - 1
        if not 0 <= place < len(days):
            return False
        self.go_to(datetime.combine(days[place], time()))
        return True

    def give_range(self, first: datetime, last: datetime) -> None:
        """Give QGIS's temporal controller the dates from one to another."""
        self._temporal.set_range(first, last)

    def set_images(self, on: bool) -> None:
        """Show images, or none."""
        self.with_images = on
        self._shown = ""
        if on:
            self._show_image()
        else:
            self._images.clear()

    def set_colours(self, on: bool) -> None:
        """Show true colours, where there are some, or the index."""
        self.in_colours = on
        self._images.choose(colours=on)
        if on:  # they may have to be composed
            self._shown = ""
            self._show_image()

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
        rows = self._acquisitions()
        place = bisect_left(rows, (datetime.combine(moment[0].date(), time()), -1, ""))
        if place == len(rows) or rows[place][0] > moment[1]:
            return None
        when, _, name = rows[place]  # of two rasters of one moment that of the zone that was chosen first
        return name, when

    def _acquisitions(self) -> list[tuple[datetime, int, str]]:
        """Return the moment of each raster of the curves, the place of the first curve that has it, and its name."""
        if self._known is None:
            found: dict[str, tuple[datetime, int, str]] = {}
            for place, curve in enumerate(self._curves):
                for when, name in zip(curve.dates, curve.filenames):
                    if name not in found:
                        found[name] = (when, place, name)
            self._known = sorted(found.values())
        return self._known

    def _show_image(self) -> None:
        found, tree = self._row(), self._tree
        if found is None or not self.with_images or tree is None or found[0] == self._shown:
            return
        name, when = found
        self._shown = name
        view, colours = self._view(name), self.in_colours

        def read(feedback: Feedback) -> DayImage | None:
            library = self._library.of(tree)
            if library is None or view is None:
                return None
            return day_image(library, name, view, folder_of_computed(), feedback, colours=colours)

        def show(image: DayImage | None, _: list[str]) -> None:
            if image is None:
                self._images.clear()
                self.said.emit(tr("The library of this extraction has no image of {day}.").format(day=day_text(when)))
                return
            zones = zone_layer(tree, QgsProject.instance())
            below = zones.id() if zones is not None else ""
            for wait in (_SETTLE, 5 * _SETTLE):
                QTimer.singleShot(wait, self._restore)
            self._images.show(image, self._index, f"{when:%Y-%m-%d}", below, colours=self.in_colours)

        def fail(error: Problem) -> None:
            problem = tr_error(error) if isinstance(error, EngineError) else str(error)
            self.said.emit(tr("No image of {day}: {problem}").format(day=day_text(when), problem=problem))

        preload_libraries(RASTERS)
        self._background.start("image", read, show, fail)

    def _restore(self) -> None:
        if self._curves:
            self._temporal.restore(self.days)

    def _view(self, name: str) -> View | None:
        """Return the surroundings of the zones that are shown on a raster, in the CRS of its tile."""
        if self._zones is None:
            return None
        found = []
        for curve in self._curves[:_MOST_LOOKED_AT]:
            if name in curve.filenames:
                tile = curve.tiles[curve.filenames.index(name)]
                geometry = geometry_in_tile(self._zones, curve.zone, tile)
                found += [] if geometry is None else [geometry]
        return view_around(found, _AROUND, _WIDEST)
