"""A user closes QGIS while extract is running."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import SEEN, ended, plugin, run_extract, start
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox


def scenario():
    plugin().window.time_series.show()
    dialog = run_extract()
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
