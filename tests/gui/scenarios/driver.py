"""What every scenario needs: the plugin loaded, waiting, the toolbox, and a record of what was seen."""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from qgis.utils import iface, loadPlugin, plugins, startPlugin

DATA = Path(os.environ["SCENARIO_DATA"])
NAME = "sen2chain_ts_plugin"
SEEN: dict[str, Any] = {}
_TIMEOUT_SECONDS = 90
_WINDOW = (1120, 720)


class _Imports:
    """Notes modules that a thread beside the main one imports first: under load, QGIS 3.22 has crashed there."""

    def find_spec(self, name: str, *_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            SEEN["imported_beside"].append(name)


def start(scenario: Callable[[], None]) -> None:
    """Play a scenario once QGIS is up, write what it has seen, and leave QGIS as a user does."""

    def play() -> None:
        sys.excepthook = _note
        SEEN["imported_beside"] = []
        _note_warnings()
        sys.meta_path.insert(0, _Imports())
        try:
            # In a new profile QGIS 3.44 opens a window half as high as older versions do: too low for all of a dock.
            iface.mainWindow().resize(*_WINDOW)
            _load()
            scenario()
        except BaseException:  # noqa: BLE001 whatever it is, the test is told
            _note(*sys.exc_info())
        _write()
        _leave()

    QTimer.singleShot(1500, play)


def _note_warnings() -> None:
    """Note what Python, Qt or QGIS advises the plugin against: a later version will not have it any more."""
    SEEN["warned"] = []
    show = warnings.showwarning

    def note(message: Warning | str, category: type[Warning], filename: str, line: int, *more: Any) -> None:
        if NAME in Path(filename).parts:
            SEEN["warned"].append(f"{filename}:{line}: {category.__name__}: {message}")
        show(message, category, filename, line, *more)

    warnings.showwarning = note
    warnings.filterwarnings("always", module=NAME)


def wait(ready: Callable[[], Any], what: str) -> None:
    """Let QGIS work until something is so."""
    end = time.monotonic() + _TIMEOUT_SECONDS
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        pause(30)


def pause(milliseconds: int) -> None:
    """Let QGIS work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def plugin() -> Any:
    """Return the plugin."""
    return plugins[NAME]


def run_from_toolbox(algorithm: str, parameters: dict[str, Any]) -> Any:
    """Open the dialog of an algorithm as the toolbox does, fill it in, and press Run; return the dialog."""
    import processing

    dialog = processing.createAlgorithmDialog(f"sen2chain_ts:{algorithm}", parameters)
    dialog.show()
    pause(300)
    dialog.runButton().click()
    return dialog


def run_extract() -> Any:
    """Run Extract from the toolbox on two indices under two masks; return its dialog once the first rows are there."""
    values = {
        "INPUT": str(DATA / "layers" / "zones.shp"),
        "LIBRARY": str(DATA / "library"),
        "INDICES": ["NDVI", "NDWIGAO"],
        "CLOUDMASKS": "CM001,CM003-PRB1-ITER5",
        "OUTPUT": str(DATA / "out"),
    }
    dialog = run_from_toolbox("extract", values)
    wait(lambda: ended(dialog) or list(DATA.glob("out/*/raw_data/*/*/*.csv")), "extract has begun")
    return dialog


def open_list(box: Any) -> list[str]:
    """Open the list of a choice, as its button does, and return what it shows."""
    box.open()
    wait(lambda: not box.note.endswith("…"), "what there is to choose from")
    return [box.list.item(row).text() for row in range(box.list.count())]


def choose(box: Any, *words: str) -> None:
    """Open the list of a choice, tick some words and no others, and close it."""
    open_list(box)
    rows = [box.list.item(row) for row in range(box.list.count())]
    for row in rows:
        ticked = row.text().split("   ")[0] in words
        row.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    box.popup.hide()
    pause(50)


def history() -> list[str]:
    """Return the commands that Processing has noted, the oldest first."""
    try:
        from processing.core.ProcessingLog import ProcessingLog
    except ImportError:  # since 3.24
        from qgis.gui import QgsGui

        entries = QgsGui.historyProviderRegistry().queryEntries()
        return [entry.entry["python_command"] for entry in entries if "python_command" in entry.entry]
    return [entry.text for entry in ProcessingLog.getLogEntries()]


def press_run(dialog: Any) -> Any:
    """Press Run, wait for the end, close the dialog, and return what came of it."""
    dialog.runButton().click()
    wait(lambda: ended(dialog), f"{dialog.windowTitle()} ends")
    results = dialog.results()
    close(dialog)
    return results


def ended(dialog: Any) -> bool:
    """Tell whether the run of a dialog has ended."""
    return bool(dialog.results())


def close(dialog: Any) -> None:
    """Close a dialog, which then deletes itself; at once, as nothing here returns to the event loop of QGIS."""
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # or what Python still holds of its widgets is taken for others that come to be at the same places


def _load() -> None:
    import qgis.utils

    # Else QGIS would show the failure in a dialog that nobody closes.
    qgis.utils.showException = lambda kind, value, trace, *_, **__: _note(kind, value, trace)
    qgis.utils.updateAvailablePlugins()
    if "processing" not in plugins:
        assert loadPlugin("processing")
        assert startPlugin("processing")
    assert loadPlugin(NAME), SEEN.get("problem")
    assert startPlugin(NAME), SEEN.get("problem")
    QCoreApplication.processEvents()


def _leave() -> None:
    # QGIS stays when it was told to stop its tasks first: then again.
    QTimer.singleShot(1000, _leave)
    QgsProject.instance().clear()  # nothing to be asked about
    iface.actionExit().trigger()


def _note(kind: Any, value: Any, trace: Any) -> None:
    SEEN["problem"] = SEEN.get("problem", "") + "".join(traceback.format_exception(kind, value, trace))


def _write() -> None:
    Path(os.environ["SCENARIO_SEEN"]).write_text(json.dumps(SEEN, default=str), encoding="utf-8")
