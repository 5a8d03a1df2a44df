"""A user unloads the plugin while extract is running, which then ends by itself."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import NAME, SEEN, ended, pause, plugin, run_extract, start, wait
from qgis.core import QgsApplication
from qgis.utils import unloadPlugin


def scenario():
    plugin().window.time_series.show()
    dialog = run_extract()
    SEEN["running"] = not ended(dialog)
    unloadPlugin(NAME)
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the run ends")
    pause(1000)
    SEEN["ended"] = True


start(scenario)
