"""What the plugin adds to the window of QGIS: the docks, a menu, a button. All of it can be taken back."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ..processing.base.algorithm import manual_page
from ..processing.support import options
from ..processing.support.collecting import CollectorKeeper
from ..processing.support.compat import VECTOR_LAYER
from ..processing.support.finished_runs import RUNS, FinishedRun
from ..processing.support.i18n import tr
from .common import settings
from .common.icons import icon
from .common.later import later
from .common.later_dock import LaterDock
from .dialogs.algorithm_menu import add_algorithms
from .dialogs.dialogs import PROVIDER, close_dialogs, open_dialog
from .dialogs.model_designer import DesignerMenu, open_in_designer
from .dialogs.notices import Notices
from .map.browser_items import BrowserItems, Dragged
from .map.drop_target import DropTarget

if TYPE_CHECKING:
    from pathlib import Path

    from .jobs.outcomes import OutcomeNotice
    from .jobs.panel import JobsPanel
    from .timeseries.layer_series import LayerSeries
    from .timeseries.panel import TimeSeriesPanel


# When QGIS is up, and its window answers.
_LOOK_AT_JOBS_MS = 3000


class PluginWindow(QObject):
    """The parts of the plugin in the window of QGIS."""

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__(iface.mainWindow())
        self._iface = iface
        self.time_series = LaterDock("Sen2ChainTimeSeriesDock", tr("Time series"), "timeseries", iface.mainWindow())
        self.jobs = LaterDock("Sen2ChainJobsDock", tr("Jobs of Sen2Chain"), "jobs", iface.mainWindow())
        self._time_panel: TimeSeriesPanel | None = None
        self._jobs_panel: JobsPanel | None = None
        self._series: LayerSeries | None = None
        self._last_extraction: Path | None = None
        for dock in (self.time_series, self.jobs):
            iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        # Not `addTabifiedDockWidget`, which does so only with docks that are seen.
        iface.mainWindow().tabifyDockWidget(self.time_series, self.jobs)
        # From now on they are shown when they are asked for; when QGIS starts, by QGIS: those open when it ended.
        self.time_series.make_when_shown(self._make_time_panel)
        self.jobs.make_when_shown(self._make_jobs_panel)
        self._menu = self._make_menu()
        self._designer_menu = DesignerMenu()
        self._browser = BrowserItems(iface, self._show_dragged, self._load_dragged)
        self._drops = DropTarget(self.time_series, self._show_dragged)
        iface.pluginMenu().addMenu(self._menu)
        iface.addToolBarIcon(self._dock_actions[0])
        # In the context menu of every vector layer.
        iface.addCustomActionForLayerType(self._series_action, "", VECTOR_LAYER, True)
        self._notices = Notices(iface, self._show_curves, lambda: self._open_dock(self.jobs))
        self._outcomes: OutcomeNotice | None = None
        later(self, self._tell_outcomes, _LOOK_AT_JOBS_MS)
        self._collector = CollectorKeeper(self)
        RUNS.finished.connect(self._run_finished)
        RUNS.rows_loaded.connect(self._rows_loaded)

    def close(self) -> None:
        """Take everything back."""
        RUNS.finished.disconnect(self._run_finished)
        RUNS.rows_loaded.disconnect(self._rows_loaded)
        self._collector.close()
        self._designer_menu.close()
        self._browser.close()
        self._notices.close()
        self._iface.removeCustomActionForLayerType(self._series_action)
        for part in (self._series, self._outcomes):
            if part is not None:
                part.close()
        self._iface.removeToolBarIcon(self._dock_actions[0])
        self._iface.pluginMenu().removeAction(self._menu.menuAction())
        # Deleted at once, not later: QGIS forgets our modules next, and with them the classes of what is still there.
        sip.delete(self._menu)
        for panel in (self._time_panel, self._jobs_panel):
            if panel is not None:
                panel.close_for_good()
        for dock in (self.time_series, self.jobs):
            self._iface.removeDockWidget(dock)
            sip.delete(dock)
        close_dialogs()
        sip.delete(self)

    def _make_time_panel(self) -> QWidget:
        from .timeseries.panel import TimeSeriesPanel

        self._time_panel = TimeSeriesPanel(self._iface, self.time_series)
        self._time_panel.series_asked.connect(lambda: self.ask_for_series())
        if self._last_extraction is not None:
            self._time_panel.run_finished(self._last_extraction)
        return self._time_panel

    def _make_jobs_panel(self) -> QWidget:
        from .jobs.panel import JobsPanel

        self._jobs_panel = JobsPanel(self._iface, self.jobs)
        self._jobs_panel.result_asked.connect(self._show_curves)
        return self._jobs_panel

    def _make_menu(self) -> QMenu:
        menu = QMenu(tr("Sen2Chain time series"), self._iface.mainWindow())
        menu.setIcon(icon("sen2chain_ts"))
        self._dock_actions = []
        for dock, picture in ((self.time_series, "timeseries"), (self.jobs, "jobs")):
            action = dock.toggleViewAction()
            action.setIcon(icon(picture))
            action.triggered.connect(partial(self._enter, dock))
            menu.addAction(action)
            self._dock_actions.append(action)
        self._dock_actions[0].setToolTip(tr("Time series of Sen2Chain indices"))
        menu.addSeparator()
        self._series_action = QAction(icon("timeseries"), tr("Time series of this layer…"), menu)
        self._series_action.setToolTip(tr("Extract the zones of this layer, compile, and show the curves"))
        self._series_action.triggered.connect(lambda: self.ask_for_series(self._iface.activeLayer()))
        menu.addAction(self._series_action)
        menu.addSeparator()
        menu.setToolTipsVisible(True)
        add_algorithms(menu, self._open_algorithm)
        menu.addSeparator()
        self._add(
            menu, QgsApplication.getThemeIcon("/processingModel.svg"), tr("Extract and compile in the model designer…"),
            lambda: open_in_designer("extractandcompile"),
        )  # fmt: skip
        self._add(
            menu, QgsApplication.getThemeIcon("/mActionOptions.svg"), tr("Options…"),
            lambda: self._iface.showOptionsDialog(self._iface.mainWindow(), "processingOptions"),
        )  # fmt: skip
        self._add(
            menu, QgsApplication.getThemeIcon("/mActionHelpContents.svg"), tr("Manual"),
            lambda: QDesktopServices.openUrl(QUrl(manual_page("index"))),
        )  # fmt: skip
        return menu

    def _tell_outcomes(self) -> None:
        """Tell what the jobs have done since the user looked last, if he has any."""
        folder = settings.text(settings.JOBS)
        if not folder:
            return
        from .jobs.outcomes import OutcomeNotice

        self._outcomes = OutcomeNotice(
            self._iface, self, lambda: self._open_dock(self.jobs), lambda extraction: self._show_curves(extraction)
        )
        self._outcomes.look(folder)

    def _enter(self, dock: LaterDock, shown: bool) -> None:
        """Bring a dock that was asked for before those in the same place, and let the keys go to it."""
        if shown:
            dock.raise_()
            dock.widget().setFocus()

    def _add(self, menu: QMenu, picture: QIcon, text: str, function: Callable[[], object]) -> None:
        action = QAction(picture, text, menu)
        action.triggered.connect(lambda: function())
        menu.addAction(action)

    def _open_algorithm(self, name: str) -> None:
        """Open the dialog of an algorithm, with the extraction that is shown where it asks for one."""
        shown = self._time_panel.extraction if self._time_panel else self._last_extraction
        definition = QgsApplication.processingRegistry().algorithmById(f"{PROVIDER}:{name}")
        takes_it = definition.parameterDefinition("EXTRACTION") is not None
        open_dialog(name, {"EXTRACTION": str(shown)} if shown and takes_it else {})

    def _run_finished(self, run: FinishedRun) -> None:
        from .dialogs.offers import LOOKS

        if run.library and os.path.isdir(run.library):
            settings.add_recent(settings.LIBRARIES, os.path.abspath(run.library))
        if run.extraction is not None:
            self._last_extraction = run.extraction
            settings.add_recent(settings.EXTRACTIONS, str(run.extraction))
            if self._time_panel is not None:
                self._time_panel.run_finished(run.extraction)
        options.remember(run.library, run.cloudmasks)
        LOOKS.forget()
        if self._series is None or not self._series.is_step(run):
            self._notices.tell(run)

    def ask_for_series(self, layer: QgsMapLayer | None = None) -> None:
        """Ask for what the time series of a layer take, and make them."""
        from .timeseries.layer_series import LayerSeries

        if self._series is None:
            self._series = LayerSeries(self._iface, self._open_time_panel)
        self._series.ask(layer if isinstance(layer, QgsVectorLayer) and layer.isSpatial() else None)

    def _open_time_panel(self) -> TimeSeriesPanel:
        self._open_dock(self.time_series)
        panel: TimeSeriesPanel = self.time_series.widget()
        return panel

    def _show_curves(self, extraction: Path, index: str = "", mask: str = "") -> None:
        """Show the time series of an extraction."""
        self._open_dock(self.time_series)
        if self._time_panel is not None:
            self._time_panel.greet(extraction, index, mask)

    def _show_dragged(self, what: Dragged) -> None:
        self._show_curves(what.folder, what.index, what.mask)

    def _load_dragged(self, what: Dragged) -> None:
        from ..engine.tree.layout import open_tree
        from .dialogs.load_rows import load_rows
        from .map.zone_layer import add_zone_layer

        if what.index:
            load_rows(self._iface, what.folder, what.index, what.mask)
        else:
            add_zone_layer(open_tree(what.folder), QgsProject.instance())

    def _open_dock(self, dock: LaterDock) -> None:
        dock.show()
        self._enter(dock, True)

    def _rows_loaded(self, first: QDateTime, last: QDateTime) -> None:
        from .map.temporal import set_dates

        set_dates(self._iface.mapCanvas(), first.toPyDateTime(), last.toPyDateTime())
