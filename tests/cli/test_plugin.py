"""What QGIS does with the plugin: load it, with and without a window, and unload it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

LOAD_AND_UNLOAD = """
import json, sys
from qgis.core import QgsApplication

application = QgsApplication([], False)
application.initQgis()
of_qgis = set(sys.modules)  # numpy among them since 3.40
import sen2chain_ts_plugin

def algorithms():
    registry = QgsApplication.processingRegistry()
    return [algorithm.id() for algorithm in registry.algorithms() if algorithm.id().startswith("sen2chain_ts:")]

plugin = sen2chain_ts_plugin.classFactory(None)
seen = [algorithms()]
for call in sys.argv[2:]:
    getattr(plugin, call)()
    seen.append(algorithms())
widgets = [name for name in sys.modules if name.startswith("sen2chain_ts_plugin.gui")]
with open(sys.argv[1], "w") as stream:
    json.dump({"seen": seen, "widgets": widgets, "modules": sorted(set(sys.modules) - of_qgis)}, stream)
application.exitQgis()
"""


@pytest.fixture(scope="module")
def without_window(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The algorithms that QGIS knew at first and after each call, the widgets and what was loaded besides QGIS."""
    answer = tmp_path_factory.mktemp("plugin") / "answer.json"
    calls = ["initProcessing", "initProcessing", "unload", "unload", "initProcessing"]
    command = [sys.executable, "-c", LOAD_AND_UNLOAD, str(answer), *calls]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(answer.read_text())


def test_algorithms_come_once_and_go_with_the_plugin(without_window: dict[str, Any]) -> None:
    before, first, second, unloaded, unloaded_again, back = without_window["seen"]
    assert before == unloaded == unloaded_again == []
    assert {"sen2chain_ts:extract", "sen2chain_ts:compile", "sen2chain_ts:samplelibrary"} <= set(first)
    assert first == second == back
    assert len(first) == len(set(first))


def test_starting_qgis_loads_nothing_that_works(without_window: dict[str, Any]) -> None:
    """QGIS waits for what is imported to declare the algorithms, whether they are used in the session or not."""
    engine = "sen2chain_ts_plugin.engine"
    loaded = {name for name in without_window["modules"] if name.startswith(engine)}
    loaded = {name for name in loaded if not name.startswith(f"{engine}.errors.")}  # the parts of that package
    rooms = {f"{engine}.analysis", f"{engine}.library"}
    assert loaded == {
        engine, *rooms, f"{engine}.analysis.parameters", f"{engine}.choices", f"{engine}.library.cloudmask",
        f"{engine}.errors",
    }  # fmt: skip
    assert {"numpy", "pandas", "rasterio"}.isdisjoint(without_window["modules"])


def test_without_a_window_no_widget_is_loaded(without_window: dict[str, Any]) -> None:
    assert without_window["widgets"] == []
