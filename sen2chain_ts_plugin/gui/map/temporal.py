"""The chart's link to the temporal controller of the map: what moment the map shows, and how to change it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from qgis.core import QgsDateTimeRange, QgsInterval, QgsTemporalNavigationObject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate, QDateTime, QObject, QTime, pyqtSignal

from ...processing.support.compat import DAYS, IRREGULAR

# What the two satellites take to come back, and how long a layer of rows shows each of them.
_FRAME_DAYS = 5


class TemporalLink(QObject):
    """Follows and moves the time of a map canvas."""

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._wanted: QgsDateTimeRange | None = None
        canvas.temporalRangeChanged.connect(self.changed)

    def close(self) -> None:
        self._canvas.temporalRangeChanged.disconnect(self.changed)

    def shown(self) -> tuple[datetime, datetime] | None:
        """Return from when to when the map shows; None when it is not limited in time."""
        shown = self._canvas.mapSettings().temporalRange()
        if not self._canvas.mapSettings().isTemporal() or shown.isInfinite():
            return None
        return _to_python(shown.begin()), _to_python(shown.end())

    def go_to(self, moment: datetime, days: Sequence[date]) -> None:
        """Have the map show the acquisition of a moment; where the controller does not walk by these days, it will."""
        controller = self._controller()
        if controller is None:
            return
        if not _walks_by(controller, days):
            self.walk(days)
        frame = max(bisect_right(days, moment.date()) - 1, 0)
        controller.setCurrentFrameNumber(frame)
        self._wanted = _ranges(days)[frame]
        self._show_wanted()

    def walk(self, days: Sequence[date]) -> None:
        """Have the controller walk from acquisition to acquisition: each is shown until the next one."""
        controller = self._controller()
        if controller is None or not days:
            return
        ranges = _ranges(days)
        controller.setAvailableTemporalRanges(ranges)
        controller.setFrameDuration(QgsInterval(1, IRREGULAR))
        controller.setTemporalExtents(QgsDateTimeRange(ranges[0].begin(), ranges[-1].end()))
        controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)

    def set_range(self, first: datetime, last: datetime) -> None:
        """Have the controller play from one date to another, in equal steps that show each acquisition.

        QGIS's own panel, once it is open, gives a controller of other steps the ranges of the layers instead.
        """
        controller = set_dates(self._canvas, first, last)
        if controller is not None:
            controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)

    def restore(self, days: Sequence[date]) -> None:
        """Have the map show the same days again: QGIS forgets them when layers come or go."""
        controller = self._controller()
        if controller is not None and self._wanted is not None and self.shown() is None:
            self.go_to(_to_python(self._wanted.begin()), days)

    def _show_wanted(self) -> None:
        """Tell the map itself, where the controller, at the same frame as before, has not."""
        if self.shown() is None and self._wanted is not None:
            self._canvas.setTemporalRange(self._wanted)

    def _controller(self) -> QgsTemporalNavigationObject | None:
        return _controller_of(self._canvas)


def set_dates(canvas: QgsMapCanvas, first: datetime, last: datetime) -> QgsTemporalNavigationObject | None:
    """Give the controller of a canvas its range and its step, whatever it does now; it keeps doing that.

    A controller reads the project's time settings only when a project is opened. Left alone, it steps by the hour
    (QGIS 3.22), or runs from yesterday to today (3.44).
    """
    controller = _controller_of(canvas)
    if controller is not None:
        controller.setFrameDuration(QgsInterval(_FRAME_DAYS, DAYS))
        controller.setTemporalExtents(QgsDateTimeRange(_day(first), _day(last).addDays(1)))
    return controller


def _controller_of(canvas: QgsMapCanvas) -> QgsTemporalNavigationObject | None:
    controller = canvas.temporalController()
    return controller if isinstance(controller, QgsTemporalNavigationObject) else None


def _walks_by(controller: QgsTemporalNavigationObject, days: Sequence[date]) -> bool:
    running = controller.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated
    irregular = controller.frameDuration().originalUnit() == IRREGULAR
    ranges = _ranges(days)
    whole = QgsDateTimeRange(ranges[0].begin(), ranges[-1].end())
    same = list(controller.availableTemporalRanges()) == ranges and controller.temporalExtents() == whole
    return running and irregular and same


def _ranges(days: Sequence[date]) -> list[QgsDateTimeRange]:
    """Return the time from each day until the next one; of the last one, that day."""
    ends = [*days[1:], days[-1] + timedelta(days=1)]
    return [QgsDateTimeRange(_day(day), _day(end), True, False) for day, end in zip(days, ends)]


def _to_python(moment: QDateTime) -> datetime:
    plain: datetime = moment.toPyDateTime()
    return plain.replace(tzinfo=None)


def _day(moment: date) -> QDateTime:
    return QDateTime(QDate(moment.year, moment.month, moment.day), QTime(0, 0))
