"""The walk from acquisition to acquisition, by itself: each is shown for a moment, as they come in the series."""

from __future__ import annotations

from datetime import datetime, time

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from .day_view import DayView

SPEEDS = (0.5, 1.0, 2.0, 4.0)  # acquisitions per second


class Walk(QObject):
    """Steps through the acquisitions of a `DayView`, up to the last one.

    A timer of our own: the panel of QGIS's temporal controller gives it equal steps, and days without images.
    """

    # It has begun, True, or ended.
    running = pyqtSignal(bool)

    def __init__(self, day: DayView, parent: QObject) -> None:
        super().__init__(parent)
        self._day = day
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self.set_speed(1.0)

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self._timer.isActive()

    def set_speed(self, speed: float) -> None:
        """Say how many acquisitions to show per second."""
        self._timer.setInterval(round(1000 / speed))

    def start(self) -> None:
        """Begin at the day that is shown; at the last one, or where none is shown, at the first."""
        days, now = self._day.days, self._day.day()
        if not days or self.is_running:
            return
        if now is None or now >= days[-1]:
            self._day.go_to(datetime.combine(days[0], time()))
        self._timer.start()
        self.running.emit(True)

    def stop(self) -> None:
        """Stay where it is."""
        if self.is_running:
            self._timer.stop()
            self.running.emit(False)

    def _go_on(self) -> None:
        if self._day.waits:
            return  # an image that nobody has seen yet
        if not self._day.step(1):
            self.stop()
