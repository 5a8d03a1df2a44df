"""A user unloads the plugin while extract is running, which then ends by itself."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, NAME, SEEN, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.core import QgsApplication
from qgis.utils import unloadPlugin


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
    SEEN["running"] = not ended(dialog)
    unloadPlugin(NAME)
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the run ends")
    pause(1000)
    SEEN["ended"] = True


start(scenario)
