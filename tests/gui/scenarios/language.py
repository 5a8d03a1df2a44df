"""QGIS is started in another language than that of the system: what is ours, read aloud."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import SEEN, plugin, start
from qgis.core import QgsApplication


def scenario():
    SEEN["locale"] = QgsApplication.locale()
    SEEN["menu"] = [action.text() for action in plugin().window._menu.actions() if action.text()]
    SEEN["algorithms"] = [
        algorithm.displayName()
        for algorithm in QgsApplication.processingRegistry().providerById("sen2chain_ts").algorithms()
    ]


start(scenario)
