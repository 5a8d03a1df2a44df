"""The day in the dock: its buttons, the small pictures, the mark in the chart, and what the map shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ...engine.series.curves import Curve
from ...engine.tree.layout import Tree
from ...processing.support.i18n import tr
from ..common import settings
from ..common.background import Background
from ..map.dock_zones import DockZones
from .chart import Chart
from .day_view import DayView
from .view import TimeSeriesView
from .walk import Walk


class DayControls(QObject):
    """Connects what the user does about days with what shows them.

    Parameters
    ----------
    view
        the widgets of the dock.
    canvas
        of the map.
    background
        reads in another thread.
    say
        shows a sentence.
    """

    def __init__(
        self, view: TimeSeriesView, canvas: QgsMapCanvas, background: Background, say: Callable[[str], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._view = view
        self.day = DayView(canvas, background, view.library, self)
        self.walk = Walk(self.day, self)
        self.day.with_images = view.images.isChecked()
        self.day.in_colours = view.colours.isChecked()
        view.thumbnails.set_colours(view.colours.isChecked())
        self.walk.set_speed(settings.number("dock/speed", 1.0))
        self._curves: Sequence[Curve] = ()
        self._series: tuple[Tree | None, DockZones | None, str] = (None, None, "")
        self._drawn_at: Mapping[int, int] = {}
        self._place = 0
        self.day.changed.connect(self._show_moment)
        self.day.said.connect(say)
        self.walk.running.connect(self._show_running)
        view.previous_day.triggered.connect(lambda: self._step(-1))
        view.next_day.triggered.connect(lambda: self._step(1))
        view.play.triggered.connect(lambda on: self.walk.start() if on else self.walk.stop())
        view.speeds.triggered.connect(lambda action: self._choose_speed(action.data()))
        view.link_dates.triggered.connect(self._give_range)
        view.images.toggled.connect(self._show_images)
        view.colours.toggled.connect(self._show_colours)
        view.thumbnails_shown.toggled.connect(self._show_thumbnails)
        view.thumbnails.day_chosen.connect(self.go_to)
        view.table.date_chosen.connect(self.go_to)
        view.with_chart(self._connect_chart)

    def _connect_chart(self, chart: Chart) -> None:
        chart.date_chosen.connect(self.go_to)
        chart.marked.connect(self._picture)

    def close_for_good(self) -> None:
        """Let go of the map."""
        self.walk.stop()
        self.day.close()
        self._view.thumbnails.close_for_good()

    def show(
        self, tree: Tree | None, zones: DockZones | None, index: str, curves: Sequence[Curve],
        drawn_at: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Take note of what the chart shows, and at which place, and so in which colour, each zone is drawn."""
        self._curves, self._series, self._drawn_at = curves, (tree, zones, index), drawn_at
        if not curves:
            self.walk.stop()
        self.day.show_curves(tree, zones, index, curves)
        self._picture(min(self._place, max(len(curves) - 1, 0)))
        for action in (
            self._view.previous_day, self._view.play, self._view.next_day, self._view.link_dates,
        ):  # fmt: skip
            action.setEnabled(bool(curves))

    def go_to(self, moment: datetime) -> None:
        """Take the map to an acquisition; by hand, this ends the walk."""
        self.walk.stop()
        self.day.go_to(moment)

    def go_to_day(self, day: date) -> None:
        """Take the map to a day."""
        self.go_to(datetime.combine(day, time()))

    def _step(self, by: int) -> None:
        self.walk.stop()
        self.day.step(by)

    def _picture(self, place: int) -> None:
        """Show the pictures of the zone that is drawn at a place of the chart."""
        self._place = place
        curve = self._curves[place] if place < len(self._curves) else None
        drawn_at = self._drawn_at.get(curve.zone, 0) if curve is not None else 0
        self._view.thumbnails.show_series(*self._series, curve, drawn_at)
        self._view.thumbnails.mark(self.day.day())

    def _show_moment(self) -> None:
        if self._view.chart is not None:
            self._view.chart.show_moment(self.day.shown())
        self._view.thumbnails.mark(self.day.day())

    def _show_running(self, on: bool) -> None:
        name = "pause" if on else "forward"
        self._view.play.setChecked(on)
        self._view.play.setIcon(QgsApplication.getThemeIcon(f"/temporal_navigation/{name}.svg"))
        self._view.play.setText(tr("Stop playing") if on else tr("Play the acquisitions"))

    def _choose_speed(self, speed: float) -> None:
        settings.remember("dock/speed", speed)
        self.walk.set_speed(speed)

    def _give_range(self) -> None:
        if self._curves and self._view.chart is not None:
            self.day.give_range(*self._view.chart.shown_dates())

    def _show_images(self, on: bool) -> None:
        settings.remember("dock/images", on)
        self.day.set_images(on)

    def _show_colours(self, on: bool) -> None:
        settings.remember("dock/colours", on)
        self.day.set_colours(on)
        self._view.thumbnails.set_colours(on)

    def _show_thumbnails(self, on: bool) -> None:
        settings.remember("dock/thumbnails", on)
        self._view.arrange_thumbnails()
