"""The chart by the keyboard: arrow keys go from observation to observation, and the map follows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

from ...engine.series.curves import Curve

# A curve and one of its rows.
Place = tuple[int, int]

_ZOOM = 1.25
_STEP = 0.15  # of what is shown, that Shift and an arrow key move


def nearest_row(curve: Curve, date: datetime) -> int:
    """Return the row of a curve that is nearest to a date."""
    after = bisect_left(curve.dates, date)
    near = [row for row in (after - 1, after) if 0 <= row < len(curve.dates)]
    return min(near, key=lambda row: abs(curve.dates[row] - date))


class ChartKeys(QObject):
    """Keeps the observation that is marked, and moves it.

    Parameters
    ----------
    chart
        a `Chart`, whose canvas gets the keys; its module imports this one.
    """

    # An observation was chosen; the next or the previous zone is asked for.
    chosen = pyqtSignal(object)
    zone_asked = pyqtSignal(int)

    def __init__(self, chart: Any) -> None:
        super().__init__(chart)
        self._chart = chart
        self.place: Place | None = None
        self._date: datetime | None = None
        chart.canvas.installEventFilter(self)

    def mark(self, place: Place | None) -> None:
        """Mark an observation, and say what it is; None for none."""
        self.place = place
        self._date = self._curves[place[0]].dates[place[1]] if place else self._date
        self._chart.show_place(place)

    def content_changed(self) -> None:
        """Other curves are drawn: the mark goes to the same date in them."""
        if self.place is None:
            return
        curves, (curve, _) = self._curves, self.place
        if not curves or self._date is None:
            self.place = None
            return
        curve = min(curve, len(curves) - 1)
        self.place = curve, nearest_row(curves[curve], self._date)

    @property
    def _curves(self) -> Sequence[Curve]:
        return self._chart.content.curves

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if isinstance(event, QKeyEvent) and event.type() in (kinds.ShortcutOverride, kinds.KeyPress):
            action = self._action_of(event)
            if action is None:
                return False
            if event.type() == kinds.KeyPress:
                action()
            # Ours while the chart has the focus, also where QGIS has given the key to something else.
            event.accept()
            return True
        return False

    def _action_of(self, event: QKeyEvent) -> Callable[[], Any] | None:
        modifiers = Qt.KeyboardModifier
        if event.modifiers() & (modifiers.ControlModifier | modifiers.AltModifier | modifiers.MetaModifier):
            return None
        if event.key() == Qt.Key.Key_Escape:
            return (lambda: self.mark(None)) if self.place is not None else None
        keys, chart = Qt.Key, self._chart
        if event.modifiers() & modifiers.ShiftModifier:
            moves: dict[int, tuple[int, int]] = {
                keys.Key_Left: (-1, 0),
                keys.Key_Right: (1, 0),
                keys.Key_Up: (0, 1),
                keys.Key_Down: (0, -1),
            }
            if event.key() in moves:
                across, along = moves[event.key()]
                return lambda: chart.shift(_STEP * across, _STEP * along)
        actions: dict[int, Callable[[], Any]] = {
            keys.Key_Left: lambda: self._along(-1),
            keys.Key_Right: lambda: self._along(1),
            keys.Key_Up: lambda: self._across(-1),
            keys.Key_Down: lambda: self._across(1),
            keys.Key_Home: lambda: self._to_end(0),
            keys.Key_End: lambda: self._to_end(-1),
            keys.Key_Return: self._choose,
            keys.Key_Enter: self._choose,
            keys.Key_Space: self._choose,
            keys.Key_PageUp: lambda: self.zone_asked.emit(-1),
            keys.Key_PageDown: lambda: self.zone_asked.emit(1),
            keys.Key_Plus: lambda: chart.zoom(1 / _ZOOM),
            keys.Key_Equal: lambda: chart.zoom(1 / _ZOOM),
            keys.Key_Minus: lambda: chart.zoom(_ZOOM),
            keys.Key_0: chart.show_everything,
        }
        return actions.get(event.key())

    def _along(self, by: int) -> None:
        """Go to the observation before or after; to begin with, to the one that the map shows, or the first in view."""
        if not self._curves:
            return
        if self.place is None:
            self._go(self._beginning(by))
            return
        curve, row = self.place
        self._go((curve, min(max(row + by, 0), len(self._curves[curve].dates) - 1)))

    def _across(self, by: int) -> None:
        """Go to the curve before or after, at the same time."""
        if not self._curves:
            return
        if self.place is None:
            self._go(self._beginning(1))
            return
        curve, row = self.place
        date = self._curves[curve].dates[row]
        curve = (curve + by) % len(self._curves)
        self._go((curve, nearest_row(self._curves[curve], date)))

    def _to_end(self, row: int) -> None:
        if self._curves:
            curve = self.place[0] if self.place else 0
            self._go((curve, row % len(self._curves[curve].dates)))

    def _beginning(self, by: int) -> Place:
        moment = self._chart.moment
        if moment is None:
            first, last = self._chart.shown_dates()
            return 0, nearest_row(self._curves[0], first if by > 0 else last)
        return 0, nearest_row(self._curves[0], moment[0] + (moment[1] - moment[0]) / 2)

    def _go(self, place: Place) -> None:
        self.mark(place)
        self._choose()

    def _choose(self) -> None:
        if self.place is not None:
            self.chosen.emit(self._curves[self.place[0]].dates[self.place[1]])
