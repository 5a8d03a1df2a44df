"""A user asks for the time series of a layer, watches the curves grow, stops, and has it continued."""

import os
import sys
import time

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, pause, plugin, start, wait
from qgis.core import QgsProcessingContext, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import iface

SHOTS = os.environ.get("SCENARIO_SHOTS", "")


def scenario():
    slow_down(0.1)
    layer = QgsVectorLayer(str(DATA / "layers" / "zones.shp"), "my fields")
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    layer.selectByIds([4, 7])
    window = plugin().window
    window._open_dock(window.time_series)
    pause(300)
    panel = window.time_series.widget()
    SEEN["buttons"] = [each.text() for each in panel.view._hint_buttons if each.isVisible()]
    menu = iface.layerTreeView().menuProvider().createContextMenu()
    SEEN["menu"] = [action.text() for action in menu.actions()]
    shot("dock empty", iface.mainWindow())
    panel.view.extract.trigger()
    close(window._series.dialog.form.widget)
    window._series_action.trigger()
    make(window, panel)
    stop_and_continue(window, panel)


def make(window, panel):
    """Fill the dialog in, press its button, and note how the curves grow."""
    series = window._series
    dialog = series.dialog
    fill(dialog, LIBRARY=str(DATA / "nowhere"))
    dialog.accept()
    SEEN["refused"] = dialog.form.problem
    fill(dialog, LIBRARY=str(DATA / "library"), INDICES="NDWIGAO", CLOUDMASKS="CM001", DATE_MAX=QDate(2021, 12, 31))
    SEEN["zones"] = QgsProject.instance().mapLayer(dialog.form.values()["INPUT"]).name()
    shot("dialog", dialog.form.widget)
    dialog.accept()
    series._timer.setInterval(100)
    SEEN["running"] = series.running
    SEEN["grown"], shown = [], 0
    end = time.monotonic() + 60
    while series.running and time.monotonic() < end:
        pause(20)
        number = sum(len(curve.dates) for curve in panel.curves)
        if number != shown:
            shown = number
            SEEN["grown"].append(number)
        elif not SEEN["grown"] and panel._growing:
            SEEN["meanwhile"] = panel.view._hint.text()
            shot("growing", iface.mainWindow())
    wait(lambda: not panel.busy, "the curves are drawn")
    pause(300)
    shot("done", iface.mainWindow())
    SEEN["shown"] = [panel.shown, panel._choice.index, panel._choice.mask, str(panel.extraction)]
    SEEN["dates"] = sum(len(curve.dates) for curve in panel.curves)
    wait(notice, "what came of it is told")
    SEEN["notice"] = notice()
    SEEN["files"] = sorted(str(path.relative_to(panel.extraction)) for path in panel.extraction.rglob("*.csv"))


def stop_and_continue(window, panel):
    """Ask again: the dialog proposes what was chosen; stop half-way, and continue."""
    series = window._series
    window.ask_for_series(iface.activeLayer())
    dialog = series.dialog
    SEEN["proposed"] = {
        name: text(value) for name, value in dialog.form.values().items() if name not in ("INPUT", "LIBRARY")
    }
    fill(dialog, LIBRARY=str(DATA / "library"), INDICES="NDVI", CLOUDMASKS="CM001")
    dialog.accept()
    series._timer.setInterval(100)
    SEEN["twice"] = series.start(dialog.form.values())
    wait(lambda: panel._choice.index == "NDVI" and panel.curves, "the first curves of NDVI are there")
    series.cancel()
    wait(lambda: not series.running, "it has stopped")
    pause(100)
    shot("stopped", iface.mainWindow())
    SEEN["stopped"] = notice()
    (button,) = (each for each in series._item.findChildren(QPushButton) if each.text() == "Continue")
    button.click()
    wait(lambda: not series.running, "it was continued")
    wait(lambda: not panel.busy, "the curves are drawn")
    wait(notice, "what came of it is told")
    SEEN["in the end"] = notice()
    SEEN["ndvi"] = len([*panel.extraction.glob("raw_data/NDVI/CM001/*.csv")])


def slow_down(seconds):
    """Have each product take its time, as a full tile does."""
    from sen2chain_ts_plugin.engine.extraction import extract

    quick = extract.to_csv

    def slow(*values):
        time.sleep(seconds)
        return quick(*values)

    extract.to_csv = slow


def fill(dialog, **values):
    from sen2chain_ts_plugin.gui.dialogs.live_check import check_of

    for name, value in values.items():
        wrapper = dialog.form.wrappers[name]
        if hasattr(wrapper, "choice"):
            wrapper.box.line.setText(value)
        elif hasattr(wrapper, "box"):
            wrapper.box.set_folder(value)
        else:
            wrapper.setParameterValue(value, QgsProcessingContext())
    pause(50)
    wait(lambda: not check_of(dialog.form.widget).busy, "the values are checked")


def text(value):
    return value.toString("yyyy-MM-dd") if hasattr(value, "toString") else str(value or "")


def notice():
    item = iface.messageBar().currentItem()
    ours = item is not None and item.title() == "Sen2Chain time series"
    return [] if not ours else [item.text(), *(each.text() for each in item.findChildren(QPushButton))]


def shot(name, widget):
    if SHOTS:
        widget.grab().save(f"{SHOTS}/{name}.png")


start(scenario)
