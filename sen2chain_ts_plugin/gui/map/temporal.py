"""The chart's link to the temporal controller of the map: what moment the map shows, and how to change it."""

from __future__ import annotations

from datetime import datetime

from qgis.core import QgsDateTimeRange, QgsInterval, QgsTemporalNavigationObject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate, QDateTime, QObject, QTime, pyqtSignal

from ...processing.support.compat import DAYS

# What the two satellites take to come back, and how long a layer of rows shows each of them.
_FRAME_DAYS = 5


class TemporalLink(QObject):
    """Follows and moves the time of a map canvas."""

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        canvas.temporalRangeChanged.connect(self.changed)

    def close(self) -> None:
        self._canvas.temporalRangeChanged.disconnect(self.changed)

    def shown(self) -> tuple[datetime, datetime] | None:
        """Return from when to when the map shows; None when it is not limited in time."""
        shown = self._canvas.mapSettings().temporalRange()
        if not self._canvas.mapSettings().isTemporal() or shown.isInfinite():
            return None
        return _to_python(shown.begin()), _to_python(shown.end())

    def go_to(self, moment: datetime, first: datetime, last: datetime) -> None:
        """Have the map show a moment; where the controller does not run yet, set it to the dates of the chart."""
        controller = self._controller()
        if controller is None:
            return
        running = controller.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated
        whole = controller.temporalExtents()
        if not running or whole.isInfinite() or not whole.contains(_to_qt(moment)):
            self.set_range(min(first, moment), max(last, moment))
        controller.setCurrentFrameNumber(_frame_of(controller, moment))

    def set_range(self, first: datetime, last: datetime) -> None:
        """Have the controller run from one date to another, in steps that show each acquisition."""
        controller = set_dates(self._canvas, first, last)
        if controller is not None:
            controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)

    def _controller(self) -> QgsTemporalNavigationObject | None:
        return _controller_of(self._canvas)


def set_dates(canvas: QgsMapCanvas, first: datetime, last: datetime) -> QgsTemporalNavigationObject | None:
    """Give the controller of a canvas its range and its step, whatever it does now; it goes on doing that.

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


def _frame_of(controller: QgsTemporalNavigationObject, moment: datetime) -> int:
    # The best frame by its start may begin after the moment: the one before it shows it then.
    frame = controller.findBestFrameNumberForFrameStart(_to_qt(moment))
    begin = controller.dateTimeRangeForFrameNumber(frame).begin()
    return frame - 1 if frame > 0 and begin > _to_qt(moment) else frame


def _to_python(moment: QDateTime) -> datetime:
    plain: datetime = moment.toPyDateTime()
    return plain.replace(tzinfo=None)


def _to_qt(moment: datetime) -> QDateTime:
    day = QDate(moment.year, moment.month, moment.day)
    return QDateTime(day, QTime(moment.hour, moment.minute, moment.second))


def _day(moment: datetime) -> QDateTime:
    return QDateTime(QDate(moment.year, moment.month, moment.day), QTime(0, 0))
