"""A user closes QGIS while extract is running."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, ended, plugin, run_from_toolbox, start, wait
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox


def scenario():
    plugin().window.time_series.show()
    values = {
        "INPUT": str(DATA / "layers" / "zones.shp"),
        "LIBRARY": str(DATA / "library"),
        "INDICES": ["NDVI", "NDWIGAO"],
        "CLOUDMASKS": "CM001,CM003-PRB1-ITER5",
        "OUTPUT": str(DATA / "out"),
    }
    dialog = run_from_toolbox("extract", values)
    wait(lambda: ended(dialog) or list(DATA.glob("out/*/raw_data/*/*/*.csv")), "extract has begun")
    SEEN["running"] = not ended(dialog) and QgsApplication.taskManager().countActiveTasks() > 0
    answer()


def answer():
    # QGIS asks whether to leave while tasks are running.
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMessageBox) and widget.isVisible():
            SEEN["asked"] = widget.text()
            next(b for b in widget.buttons() if widget.buttonRole(b) == QMessageBox.ButtonRole.YesRole).click()
    QTimer.singleShot(100, answer)


start(scenario)
