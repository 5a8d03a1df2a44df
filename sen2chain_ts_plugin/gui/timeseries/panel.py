"""The dock "Time series": the curves of the zones that are picked on the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from ...engine.errors import EngineError, ScipyMissing
from ...engine.series.curves import Curve, extracted
from ...engine.tree.layout import Tree, open_tree
from ...processing.support.i18n import tr, tr_error
from ...processing.support.preload import SMOOTHING, preload_libraries
from ..common import settings
from ..common.background import Background, Problem, Reading
from ..common.localised import day_text
from ..map.dock_zones import DockZones
from ..map.highlights import Highlights
from ..map.picking import Picking
from ..map.zone_layer import add_zone_layer, select_zone
from .chart import Chart
from .content import STRAIGHT, Content, Group, ZoneContent
from .day_controls import DayControls
from .day_library import DayLibrary
from .exports import Exported, Exports
from .grouping import about_line, grouping, places
from .memory import ProjectMemory, restore_switches, switches_of
from .messages import Messages
from .news import News
from .project_state import ProjectState
from .reading import read_zones
from .series_choice import SeriesChoice
from .view import TimeSeriesView

# More selected features than this are not looked up.
MOST_SELECTED = 20_000
# More outlines than this hide the map.
MOST_OUTLINES = 200
# What "Show the curves" shows where nothing is picked.
_FIRST_ZONES = 3


class TimeSeriesPanel(QWidget):
    """Shows the time series of an extraction, zone by zone."""

    # The time series of a layer are asked for.
    series_asked = pyqtSignal()

    def __init__(self, iface: QgisInterface, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._iface = iface
        self._canvas = iface.mapCanvas()
        self._tree: Tree | None = None
        self.zones: DockZones | None = None
        self.shown: list[int] = []
        self._contents: list[ZoneContent] = []
        self._groups: list[Group] = []
        self._greet = self._growing = False
        self._first_zones: Sequence[int] = ()
        self._wanted = ("", "", "")
        self._drawn_for: tuple[Any, ...] = ()
        self.view = TimeSeriesView(iface.iconSize(True), DayLibrary(), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._messages = Messages(self.view.messages)
        self._background = Background(self)
        self._highlights = Highlights(self._canvas)
        self._controls = DayControls(self.view, self._canvas, self._background, self._messages.tell, self)
        self._day = self._controls.day
        self._exports = Exports(self.view, self._exported, self._messages.say, self)
        self._news = News(self._background, self.view.library, self._messages.tell, self._messages.offer, self)
        self._picking = Picking(
            self._canvas, self.view.pick, lambda: self.zones, self._follows_selection, MOST_SELECTED, self
        )
        self._choice = SeriesChoice(self.view.index, self.view.cloudmask, self.view.label_field, self)
        self._connect()
        dock.visibilityChanged.connect(self._highlights.set_visible)
        self._enable()
        self._tell_what_to_do()
        self._of_project: ProjectState | None = None
        self._memory = ProjectMemory(self._state, self._restore, self)
        self._memory.look()

    def close_for_good(self) -> None:
        """Let go of everything outside of the panel."""
        self._memory.close()
        self._news.close()
        self._background.close()
        self._controls.close_for_good()
        self._highlights.clear()
        self._picking.close()

    @property
    def extraction(self) -> Path | None:
        """The folder of the extraction that is shown."""
        return self._tree.folder if self._tree else None

    @property
    def curves(self) -> Sequence[Curve]:
        """What is drawn."""
        return [zone.curve for zone in self._contents]

    @property
    def busy(self) -> bool:
        """Something is being read."""
        return self._background.busy

    def run_finished(self, folder: Path) -> None:
        """Take note that an algorithm has written an extraction."""
        if self.view.follow_runs.isChecked() or (self._tree and folder == self._tree.folder):
            self.show_extraction(folder)

    def show_extraction(self, folder: Path) -> None:
        """Show an extraction, once its zones are read; they stay where it is the one shown already."""
        try:
            tree = open_tree(folder)
        except EngineError as error:
            self._messages.warn(tr_error(error))
            return
        if tree != self._tree:
            # What is drawn, and what is being read, are zones of the one before.
            self._tree, self.zones, self.shown = tree, None, []
            self._read()
        self.view.extraction.show_extraction(tree.folder)
        zones = self.zones

        def look(reading: Reading) -> tuple[DockZones, dict[str, dict[str, int]]]:
            return zones or DockZones(tree, reading), extracted(tree)

        self._background.start("extraction", look, self._show_extraction, self._failed)
        self._tell_what_to_do()

    def greet(self, folder: Path, index: str = "", mask: str = "", zones: Sequence[int] = ()) -> None:
        """Show an extraction to somebody who asks for its curves: some zones, or the first ones where none is shown."""
        self._greet, self._wanted, self._first_zones = True, (index, mask, ""), zones
        self.show_extraction(folder)

    def set_growing(self, growing: bool) -> None:
        """Take note that the extraction that is shown is being written, so that rows are still to come."""
        self._growing, self._drawn_for = growing, ()

    def show_zones(self, zones: Sequence[int]) -> None:
        """Show some zones: each by itself, or many as groups."""
        self.shown = list(dict.fromkeys(zones))
        self._highlights.show(self.zones, self.shown[:MOST_OUTLINES])
        self._read()

    # What the user does

    def _connect(self) -> None:
        view = self.view
        view.extraction.chosen.connect(self.show_extraction)
        view.browse.triggered.connect(view.extraction.browse)
        view.extract.triggered.connect(lambda: self.series_asked.emit())
        self._choice.changed.connect(self._read)
        self._choice.renamed.connect(self._renamed)
        view.pick.triggered.connect(self._pick)
        view.follow_selection.toggled.connect(lambda on: settings.remember("dock/follow_selection", on))
        view.follow_runs.toggled.connect(lambda on: settings.remember("dock/follow_runs", on))
        view.add_layer.triggered.connect(self.add_zone_layer)
        view.previous.triggered.connect(lambda: self._step(-1))
        view.next.triggered.connect(lambda: self._step(1))
        view.table_shown.toggled.connect(self._show_table)
        view.shown.changed.connect(self._display_changed)
        view.with_chart(self._connect_chart)
        self._picking.picked.connect(self._picked)
        self._picking.selected.connect(self.show_zones)
        self._picking.useless.connect(lambda: self._messages.tell(tr("Choose an extraction first.")))

    def _connect_chart(self, chart: Chart) -> None:
        chart.zone_asked.connect(self._step)
        chart.zone_chosen.connect(self._choose_zone)
        self.view.everything.triggered.connect(chart.show_everything)
        self.view.box_zoom.toggled.connect(lambda on: setattr(chart, "box_zoom", on))

    def _pick(self, on: bool) -> None:
        self._picking.take_tool(on)
        if on and self.zones is not None and not self._canvas.layers():
            self.add_zone_layer()

    def add_zone_layer(self) -> None:
        """Load the zones as a layer, or show the one that is there."""
        if self._tree is not None:
            layer = add_zone_layer(self._tree, QgsProject.instance())
            if layer is not None:
                self._iface.setActiveLayer(layer)
                self._canvas.setExtent(self._canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
                self._canvas.refresh()

    def _picked(self, zones: Sequence[int], change: bool) -> None:
        if not zones:
            self.view.status.setText(tr("There is no zone of this extraction here."))
        elif change:
            kept = [zone for zone in self.shown if zone not in zones]
            self.show_zones(kept if len(kept) + len(zones) == len(self.shown) else [*self.shown, *zones])
        else:
            self.show_zones(zones)

    def _follows_selection(self) -> bool:
        return self.view.follow_selection.isChecked() and self.isVisible()

    def _step(self, by: int) -> None:
        if self.zones is not None and len(self.zones):
            last = self.shown[-1] if self.shown else (-1 if by > 0 else 0)
            self.show_zones([(last + by) % len(self.zones)])

    def go_to(self, moment: datetime) -> None:
        """Take the map to an acquisition."""
        self._controls.go_to(moment)

    def _show_table(self, on: bool) -> None:
        settings.remember("dock/table", on)
        self.view.table.setVisible(on or bool(self.view.why_no_chart))

    def _display_changed(self, read_again: bool) -> None:
        if read_again:
            self._drawn_for = ()
            self._read()
        else:
            self._draw(keep_view=True)

    # What is shown

    def _show_extraction(self, found: tuple[DockZones, dict[str, dict[str, int]]], messages: list[str]) -> None:
        self.zones, pairs = found
        if self._greet and (self._first_zones or not self.shown):
            zones = self._first_zones or range(_FIRST_ZONES)
            self.shown = [zone for zone in zones if zone < len(self.zones)]
        self._greet = False
        self._choice.show_fields(self.zones)
        self._choice.show_pairs(pairs)
        self._choice.choose(*self._wanted)
        index, mask, _ = self._wanted
        # Of an extraction that is being written, what is wanted may still come.
        if not self._growing or (index, mask) == (self._choice.index, self._choice.mask):
            self._wanted = ("", "", "")
        self._enable()
        self._news.watch(self.zones)
        state = self._of_project
        if state is not None and self._tree is not None and Path(state.extraction) == self._tree.folder:
            self.show_zones([zone for zone in state.zones if zone < len(self.zones)])
            self._news.look_for_images(self._tree, state.index, state.mask)

    def _read(self) -> None:
        tree, index, mask, zones = self._tree, self._choice.index, self._choice.mask, list(self.shown)
        if tree is None or not index or not mask or not zones:
            self._background.forget("curves")
            self._contents, self._groups = [], []
            self._draw(keep_view=False)
            return
        display, smoothing = self.view.shown.display(), self.view.shown.smoothing.value()
        groups = grouping(self.zones, zones, self._choice.field)
        preload_libraries(SMOOTHING if display.line != STRAIGHT else ())
        self._background.start(
            "curves",
            lambda reading: read_zones(tree, index, mask, zones, reading, display, smoothing, groups),
            self._curves_read,
            self._failed,
        )

    def _curves_read(self, read: tuple[list[ZoneContent], list[Group]], messages: list[str]) -> None:
        self._contents, self._groups = read
        if messages:
            self._messages.warn(messages[0])
        # Another index has other values: what was in view would cut its curves.
        drawn_for = (self._tree, tuple(self.shown), self._choice.index)
        self._draw(keep_view=drawn_for == self._drawn_for and not self._growing)
        self._drawn_for = drawn_for
        state, self._of_project = self._of_project, None
        if state is not None and state.view is not None and self.view.chart is not None:
            self.view.chart.set_view(*state.view)
        if state is not None and state.day is not None:
            self._controls.go_to_day(state.day)

    def _failed(self, error: Problem) -> None:
        self._messages.warn(tr_error(error) if isinstance(error, EngineError) else str(error))
        if isinstance(error, ScipyMissing):
            self.view.shown.choose_line(STRAIGHT)

    def _draw(self, *, keep_view: bool) -> None:
        view, labels = self.view, self._labels(self.curves)
        if self._contents:
            view.make_chart()
        view.table.show_curves(self.curves, labels)
        if view.chart is not None:
            content = Content(self._contents, labels, self._choice.index, view.shown.display(), self._groups)
            view.chart.show_content(content, keep_view=keep_view)
        drawn_at = places(self._groups, self.curves)
        self._controls.show(self._tree, self.zones, self._choice.index, self.curves, drawn_at)
        self._highlights.show(self.zones, self.shown[:MOST_OUTLINES], drawn_at)
        self._enable()
        self._tell_what_to_do()

    def _state(self) -> ProjectState | None:
        """Return what a project is to remember."""
        if self._tree is None or not self._contents:
            return None
        return ProjectState(
            str(self._tree.folder), self._choice.index, self._choice.mask, tuple(self.shown), self._choice.field,
            switches_of(self.view), self.view.chart.view() if self.view.chart is not None else None, self._day.day(),
        )  # fmt: skip

    def _restore(self, state: ProjectState) -> None:
        """Show what a project was saved with."""
        self._of_project, self._wanted = state, (state.index, state.mask, state.field)
        restore_switches(self.view, state.switches)
        self.show_extraction(Path(state.extraction))

    def _renamed(self) -> None:
        """The field that names the zones is another one, and with it the groups are."""
        if self._groups:
            self._read()
        else:
            self._draw(keep_view=True)

    def _choose_zone(self, zone: int) -> None:
        """Select a zone that was clicked in the chart, in the layer of zones where it is loaded."""
        if self._tree is not None:
            select_zone(self._tree, QgsProject.instance(), zone)

    def _labels(self, curves: Sequence[Curve]) -> list[str]:
        return [self.zones.label(curve.zone, self._choice.field) for curve in curves] if self.zones else []

    def _enable(self) -> None:
        view, shown = self.view, bool(self.curves)
        for widget in (view.index, view.cloudmask, view.label_field, view.add_layer, view.previous, view.next):
            widget.setEnabled(self._tree is not None)
        for action in (view.everything, view.box_zoom, view.save_png, view.save_svg, view.copy_chart):
            action.setEnabled(shown and view.chart is not None)
        view.save_csv.setEnabled(shown)
        view.copy_values.setEnabled(shown)

    def _tell_what_to_do(self) -> None:
        view = self.view
        if self._tree is not None and self.zones is None and self.busy:
            view.status.clear()
            view.ask(tr("Reading the zones of {name}…").format(name=self._tree.name), {})
        elif self._tree is None or self.zones is None:
            view.status.clear()
            view.ask(
                tr("Choose an extraction to see its time series.\nWhen Extract or Compile ends, its extraction appears "
                   "here by itself."),
                {tr("Choose a folder…"): view.browse, tr("Time series of a layer…"): view.extract},
            )  # fmt: skip
        elif self.curves:
            view.show_chart()
            dates = [date for curve in self.curves for date in curve.dates]
            line = STRAIGHT if self._groups else view.shown.display().line
            view.status.setText(
                tr("Zones: {zones} of {all}. Observations: {rows}, {first} to {last}.").format(
                    zones=len(self.curves), all=len(self.zones), rows=len(dates),
                    first=day_text(min(dates)), last=day_text(max(dates)),
                ) + about_line(self._contents, line)
            )  # fmt: skip
        elif self._growing:
            view.status.clear()
            view.ask(
                tr("{name} is being extracted.\nThe curves appear here, and grow.").format(name=self._tree.name), {}
            )
        elif self.shown and not self.busy:
            names = ", ".join(self.zones.label(zone, self._choice.field) for zone in self.shown)
            view.status.clear()
            view.ask(
                tr("{zones}: no observation of {index} with this cloud mask.\nHidden by clouds on every date, or "
                   "outside of the tiles.").format(zones=names, index=self._choice.index), {},
            )  # fmt: skip
        else:
            view.status.clear()
            view.ask(
                tr("Pick zones on the map, or select features of the layer that was extracted."),
                {tr("Pick zones on the map"): view.pick, tr("Add the zones to the map"): view.add_layer},
            )

    def _exported(self) -> Exported:
        """Return what is shown, for files and the clipboard."""
        index, mask, labels = self._choice.index, self._choice.mask, self._labels(self.curves)
        name = self._tree.name if self._tree is not None else ""
        title = f"{labels[0] if len(labels) == 1 else name}, {index}"
        return Exported(f"{name}_{index}_{mask}", title, self.curves, labels)
