"""A line at the top of the map when a run has ended: what came of it, and one button for what one does next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QPushButton, QTextBrowser

from ...processing.support.finished_runs import FinishedRun
from ...processing.support.i18n import tr
from ..common.later import later
from ..common.open_file import open_file
from .dialogs import open_dialog

_SECONDS = 30
# Until QGIS has said, where the desktop does not, that its task is done: that must not lie on top.
_MOMENT_MS = 300
# How high QGIS makes the text of a notice, in its style sheet; and how high we do, of two lines and of more.
_LINE, _LINES, _MOST_LINES = "1.75em", {1: "1.75em", 2: "3em"}, "4.25em"
_ANALYSES = ("smooth", "aggregate", "anomaly", "trend", "phenology")

# Its text, and what it does.
Button = tuple[str, Callable[[], object]]


class Notices:
    """Tells of runs in the message bar of QGIS; a newer notice takes the place of the one before.

    Parameters
    ----------
    iface
        the window of QGIS.
    show_curves
        shows the time series of an extraction.
    show_jobs
        shows the jobs of a library.
    """

    def __init__(
        self, iface: QgisInterface, show_curves: Callable[[Path], object], show_jobs: Callable[[], object]
    ) -> None:
        self._iface, self._show_curves, self._show_jobs = iface, show_curves, show_jobs
        self._item: QgsMessageBarItem | None = None
        self._waiting: FinishedRun | None = None

    def tell(self, run: FinishedRun) -> None:
        """Tell of a run, if there is something to do next."""
        button = self._button(run)
        if button is None:
            return
        self.close()
        self._waiting = run
        later(self._iface.messageBar(), lambda: self._push(run, button), _MOMENT_MS)

    def _push(self, run: FinishedRun, button: Button) -> None:
        if self._waiting is not run:
            return  # another one has ended since, or the plugin is gone
        self._waiting = None
        failed = int(run.results.get("FAILED") or 0)
        level = Qgis.MessageLevel.Warning if failed else Qgis.MessageLevel.Success
        text = tr("Failed: {failed}; the log names what and why.").format(failed=failed) if failed else run.words
        bar = self._iface.messageBar()
        item = bar.createMessage(tr("Sen2Chain time series"), text)
        name, action = button
        push = QPushButton(name, item)
        push.clicked.connect(lambda: self._do(action))
        item.layout().addWidget(push)
        item.setLevel(level)
        item.setDuration(_SECONDS)
        bar.pushItem(item)
        later(item, lambda: _make_room(item))
        self._item = item

    def close(self) -> None:
        """Take the notice away."""
        item, self._item, self._waiting = self._item, None, None
        if item is not None and not sip.isdeleted(item):
            self._iface.messageBar().popWidget(item)

    def _do(self, action: Callable[[], object]) -> None:
        action()
        self.close()

    def _button(self, run: FinishedRun) -> Button | None:
        extraction, results = run.extraction, run.results
        named: dict[str, Button] = {
            "samplelibrary": (tr("Extract…"), lambda: open_dialog("extract", _of_sample(results))),
            "savejob": (tr("Show the jobs"), self._show_jobs),
            "timeseries": (tr("Open the folder"), lambda: self._open(results["OUTPUT"])),
            "quicklooks": (tr("Open the folder"), lambda: self._open(results["QUICKLOOKS"])),
        }
        if extraction is not None:
            named["extract"] = (tr("Compile…"), lambda: open_dialog("compile", {"EXTRACTION": str(extraction)}))
            for name in ("compile", *_ANALYSES):
                named[name] = (tr("Show the curves"), lambda: self._show_curves(extraction))
        if results.get("REPORT"):
            named[run.algorithm] = (tr("Open the report"), lambda: self._open(results["REPORT"]))
        return named.get(run.algorithm)

    def _open(self, path: str) -> None:
        said = open_file(Path(path), self._iface.mainWindow())
        self._iface.messageBar().pushInfo(tr("Sen2Chain time series"), said)


def _make_room(item: QgsMessageBarItem) -> None:
    """Make a notice as high as its text: QGIS gives it one line, whatever the width, and arrows to scroll."""
    text = item.findChild(QTextBrowser)
    if text is None or not text.verticalScrollBar().maximum():
        return
    document = text.document()
    lines = round((document.size().height() - 2 * document.documentMargin()) / text.fontMetrics().lineSpacing())
    text.setStyleSheet(text.styleSheet().replace(_LINE, _LINES.get(lines, _MOST_LINES)))


def _of_sample(results: dict[str, Any]) -> dict[str, Any]:
    return {"LIBRARY": results["LIBRARY"], "INPUT": results["LAYER"]}
