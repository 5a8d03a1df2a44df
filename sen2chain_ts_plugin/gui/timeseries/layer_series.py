"""The time series of a layer in one action: extract, compile, and show the curves, which grow meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from qgis.core import Qgis, QgsFeatureRequest, QgsVectorLayer
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from ...engine.errors import EngineError
from ...engine.tree.layout import open_tree
from ...engine.tree.raw_csv import raw_files
from ...processing.support.finished_runs import RUNS, BegunRun, FinishedRun
from ...processing.support.i18n import tr
from ...processing.support.names import CLOUDMASKS, EXTRACTION, INDICES, INPUT
from ..dialogs.background_run import BackgroundRun, start_run
from ..dialogs.layer_box import layer_of
from ..dialogs.series_dialog import SeriesDialog

_REFRESH_MS = 3000


class CurvesDock(Protocol):
    """What shows the curves."""

    @property
    def busy(self) -> bool:
        """Something is being read."""

    def greet(self, folder: Path, index: str = "", mask: str = "", zones: Sequence[int] = ()) -> None:
        """Show an extraction, an index and a mask of it, and some zones."""

    def show_extraction(self, folder: Path) -> None:
        """Show an extraction again."""

    def set_growing(self, growing: bool) -> None:
        """Take note that rows are still to come."""


class LayerSeries:
    """Asks for what the time series of a layer take, and makes them; one at a time.

    Parameters
    ----------
    iface
        the window of QGIS.
    open_dock
        opens the dock, and returns what shows the curves in it.
    """

    def __init__(self, iface: QgisInterface, open_dock: Callable[[], CurvesDock]) -> None:
        self._iface, self._open_dock = iface, open_dock
        self.dialog: SeriesDialog | None = None
        self._run: BackgroundRun | None = None
        self._dock: CurvesDock | None = None
        self._begun: BegunRun | None = None
        self._values: dict[str, Any] = {}
        self._changed = False
        self._item: QgsMessageBarItem | None = None
        self._timer = QTimer(iface.mainWindow())
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        RUNS.begun.connect(self._extraction_begun)

    def close(self) -> None:
        """Stop what is going on, and let go of everything."""
        RUNS.begun.disconnect(self._extraction_begun)
        run, self._run = self._run, None
        if run is not None:
            run.task.cancel()
        self._take_away()
        sip.delete(self._timer)
        if self.dialog is not None and not sip.isdeleted(self.dialog.form.widget):
            self.dialog.form.widget.close()

    @property
    def running(self) -> bool:
        """Time series are being made."""
        return self._run is not None

    def ask(self, layer: QgsVectorLayer | None = None) -> None:
        """Ask for what the time series of a layer take."""
        self.dialog = SeriesDialog(self._iface.mainWindow(), layer, self.start)

    def is_step(self, run: FinishedRun) -> bool:
        """Tell whether a run that has finished is the first of our two steps, of which nobody needs to be told."""
        return self.running and self._begun is not None and run.algorithm == "extract" and self._is_ours(run.extraction)

    def start(self, values: dict[str, Any]) -> str:
        """Extract, then compile; return what is wrong with the values, and nothing is started."""
        if self._run is not None:
            return tr("Time series of another layer are being made. Wait for them, or cancel them first.")
        self._values, self._begun, self._changed = values, None, False
        run = start_run("extract", values, tr("Time series of a layer"), self._extracted)
        if isinstance(run, str):
            return run
        self._run = run
        self._show_progress(run)
        return ""

    def cancel(self) -> None:
        """Stop; what was extracted is kept."""
        if self._run is not None:
            self._run.task.cancel()

    def _extraction_begun(self, begun: BegunRun) -> None:
        """Open the dock with the zones, if it is our extraction that begins."""
        if self._run is None or self._begun is not None or self._run.algorithm.name() != "extract":
            return
        self._begun, self._dock = begun, self._open_dock()
        index, mask = next(iter(begun.products), ("", ""))
        self._dock.set_growing(True)
        self._dock.greet(begun.extraction, index, mask, _selected_zones(self._values[INPUT]))
        self._timer.start()

    def _refresh(self) -> None:
        """Show what is new since the last look."""
        if self._changed and self._dock is not None and self._begun is not None and not self._dock.busy:
            self._changed = False
            self._dock.show_extraction(self._begun.extraction)

    def _extracted(self, run: BackgroundRun, well: bool, results: dict[str, Any]) -> None:
        if self._run is not run:
            return
        if not well:
            self._stopped(run)
            return
        pairs = self._begun.products if self._begun is not None else {}
        values = {
            EXTRACTION: results[EXTRACTION],
            INDICES: list(dict.fromkeys(index for index, _ in pairs)),
            CLOUDMASKS: "/".join(dict.fromkeys(mask for _, mask in pairs)),
        }
        following = start_run("compile", values, tr("Time series of a layer"), self._compiled)
        if isinstance(following, str):
            self._end()
            self._say(following, Qgis.MessageLevel.Warning)
        else:
            self._run = following
            self._show_progress(following)

    def _compiled(self, run: BackgroundRun, well: bool, _: dict[str, Any]) -> None:
        if self._run is run:
            self._end()
            if not well:
                self._say(run.feedback.problem, Qgis.MessageLevel.Warning)

    def _stopped(self, run: BackgroundRun) -> None:
        """Say what is kept of an extraction that was stopped, or why it failed."""
        begun, values = self._begun, self._values
        self._end()
        if not run.feedback.isCanceled():
            self._say(run.feedback.problem, Qgis.MessageLevel.Warning)
            return
        text = tr("Stopped before anything was extracted.")
        if begun is not None:
            text = tr("Stopped: {done} of {all} products are extracted, and are kept.").format(
                done=_written(begun), all=sum(begun.products.values())
            )
        self._say(text, Qgis.MessageLevel.Info, (tr("Continue"), lambda: self.start(values)))

    def _end(self) -> None:
        """Show all there is, and that no more will come."""
        self._run = None
        self._take_away()
        if self._dock is not None and self._begun is not None:
            self._dock.set_growing(False)
            self._dock.show_extraction(self._begun.extraction)

    def _is_ours(self, extraction: Path | None) -> bool:
        return self._begun is not None and self._begun.extraction == extraction

    # The line at the top of the map

    def _show_progress(self, run: BackgroundRun) -> None:
        item = self._message(tr("Making the time series…"), Qgis.MessageLevel.Info)
        bar = QProgressBar(item)
        bar.setRange(0, 100)
        bar.setMaximumWidth(200)
        item.layout().addWidget(bar)
        stop = QPushButton(tr("Cancel"), item)
        stop.clicked.connect(lambda: self.cancel())
        item.layout().addWidget(stop)

        def moved(percent: float) -> None:
            self._changed = True
            if not sip.isdeleted(bar):
                bar.setValue(int(percent))

        run.feedback.progressChanged.connect(moved)

    def _say(self, text: str, level: Qgis.MessageLevel, button: tuple[str, Callable[[], object]] | None = None) -> None:
        item = self._message(text, level)
        if button is not None:
            push = QPushButton(button[0], item)
            push.clicked.connect(lambda: button[1]())
            item.layout().addWidget(push)

    def _message(self, text: str, level: Qgis.MessageLevel) -> QgsMessageBarItem:
        self._take_away()
        bar = self._iface.messageBar()
        item = bar.createMessage(tr("Sen2Chain time series"), text)
        item.setLevel(level)
        bar.pushItem(item)
        self._item = item
        return item

    def _take_away(self) -> None:
        self._timer.stop()
        item, self._item = self._item, None
        if item is not None and not sip.isdeleted(item):
            self._iface.messageBar().popWidget(item)


def _selected_zones(value: Any) -> list[int]:
    """Return the zones that the selected features of a layer are, by number; all where only these are zones."""
    found = layer_of(value)
    if found is None:
        return []
    layer, only_selected = found
    if only_selected:
        return list(range(layer.selectedFeatureCount()))
    selected = set(layer.selectedFeatureIds())
    if not selected:
        return []
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes()
    return [zone for zone, feature in enumerate(layer.getFeatures(request)) if feature.id() in selected]


def _written(begun: BegunRun) -> int:
    """Count the raw files that an extraction has of what was asked for."""
    try:
        tree = open_tree(begun.extraction)
        return sum(len(raw_files(tree.raw_folder(index, mask))) for index, mask in begun.products)
    except EngineError:
        return 0
