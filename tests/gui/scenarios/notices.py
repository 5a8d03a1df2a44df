"""A newcomer makes a sample library, and follows the button of each notice."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, ended, pause, plugin, press_run, run_from_toolbox, start, wait
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QPushButton, QTabBar, QTextBrowser
from qgis.utils import iface


def scenario():
    SEEN["notices"], SEEN["scrolls"] = [], []
    main = iface.mainWindow()
    SEEN["stray"] = [str(bar.geometry()) for bar in tab_bars() if main.rect().intersects(bar.geometry())]
    dialog = run_from_toolbox("samplelibrary", {"OUTPUT": str(DATA / "sample"), "SIZE": 128, "DATES": 4})
    wait(lambda: ended(dialog), "the sample is made")
    close(dialog)
    dialog = follow("extract")
    wrappers = dialog.mainWidget().wrappers
    SEEN["offered"] = [wrappers["LIBRARY"].parameterValue(), wrappers["INPUT"].parameterValue()]
    press_run(dialog)
    dialog = follow("compile")
    SEEN["extraction"] = dialog.mainWidget().wrappers["EXTRACTION"].parameterValue()
    press_run(dialog)
    follow("")
    panel = plugin().window.time_series.widget()
    wait(lambda: panel.curves and not panel.busy, "the curves")
    SEEN["curves"] = [str(panel.extraction), [curve.zone for curve in panel.curves]]
    plugin().window._open_dock(plugin().window.jobs)
    pause(300)
    SEEN["tabs"] = [[bar.tabText(number) for number in range(bar.count())] for bar in tab_bars()]
    SEEN["layers"] = [layer.name() for layer in QgsProject.instance().mapLayers().values()]


def follow(algorithm):
    """Press the button of the notice, and return the dialog that it opens."""
    from sen2chain_ts_plugin.gui.dialogs import dialogs

    wait(lambda: button() is not None, f"the notice, {algorithm}")
    item = iface.messageBar().currentItem()
    SEEN["notices"].append([item.text(), button().text()])
    pause(100)
    SEEN["scrolls"].append(item.findChild(QTextBrowser).verticalScrollBar().maximum())
    button().click()
    pause(200)
    opened = [dialog for dialog in dialogs._OPEN if dialog.algorithm().name() == algorithm]
    return opened[0] if opened else None


def tab_bars():
    """Return the tab bars of the docks of the window, also those without a tab, which are seen as a line."""
    main = iface.mainWindow()
    return [each for each in main.findChildren(QTabBar) if each.parent() is main and each.isVisible()]


def button():
    """Return the button of our notice; None while QGIS says something else, such as that a font is missing."""
    item = iface.messageBar().currentItem()
    if item is None or item.title() != "Sen2Chain time series":
        return None
    found = [each for each in item.findChildren(QPushButton) if each.text()]
    return found[0] if found else None


start(scenario)
