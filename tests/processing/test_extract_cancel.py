"""Fault 9 in QGIS: cancel at any moment. No partial file, no thread, no task that runs for ever; a re-run completes."""

from __future__ import annotations

import math
import random
import threading
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QThreadPool

from tests.processing.test_extract import Run, numbers, settled
from tests.support.extracting import all_bytes
from tests.support.qgis_layers import JUNE
from tests.support.waiting import wait_for

ASKED = {"INDICES": ["NDVI", "NDWIGAO"], "THREADS": 3}


@pytest.fixture
def undisturbed(extract: Run, reference: Path, tmp_path: Path) -> dict[str, bytes]:
    result = extract(reference / "layers" / "zones.shp", OUTPUT=str(tmp_path / "undisturbed"), **ASKED)
    return all_bytes(Path(result["EXTRACTION"]))


def check_what_is_there(root: Path, undisturbed: dict[str, bytes]) -> int:
    """Check that every file that is there is whole; return how many raw files there are."""
    raw = 0
    for tree in root.glob("zones_*"):
        for name, content in all_bytes(tree).items():
            assert not name.startswith(".sen2chain_ts/tmp/")
            if name.startswith(("raw_data/", "shp_files/")) and "products_no_data" not in name:
                assert content == undisturbed[name]
                raw += name.startswith("raw_data/")
    return raw


def python_threads() -> int:
    """Count the threads of Python; those of QGIS's pool wait for their next task under a name that says so."""
    return sum(not thread.name.startswith("Dummy") for thread in threading.enumerate())


class CancelAt(QgsProcessingFeedback):
    """Cancels at a share of the progress."""

    def __init__(self, percent: float) -> None:
        super().__init__(False)
        self._percent = percent
        self.progressChanged.connect(self._look)

    def _look(self, percent: float) -> None:
        if percent >= self._percent:
            self.cancel()


@pytest.mark.parametrize("percent", [0, 10, 45, 80, 99])
def test_in_the_main_thread(
    extract: Run, reference: Path, tmp_path: Path, undisturbed: dict[str, bytes], percent: float
) -> None:
    threads = python_threads()
    layer = reference / "layers" / "zones.shp"
    with pytest.raises(QgsProcessingException):
        extract(layer, CancelAt(percent), **ASKED)
    settled()
    assert python_threads() == threads
    done = check_what_is_there(tmp_path / "out", undisturbed)
    result = extract(layer, **ASKED)
    assert numbers(result)[1:3] == (numbers(result)[0] - done, done)
    assert all_bytes(Path(result["EXTRACTION"])) == undisturbed


@pytest.mark.parametrize("pool", [1, 4])
def test_in_a_worker_at_random_moments(
    provider: Any, extract: Run, reference: Path, tmp_path: Path, undisturbed: dict[str, bytes], pool: int
) -> None:
    chance = random.Random(pool)  # noqa: S311 moments, not secrets
    layer = reference / "layers" / "zones.shp"
    before = QThreadPool.globalInstance().maxThreadCount()
    QThreadPool.globalInstance().setMaxThreadCount(pool)
    threads = python_threads()
    cancelled = 0
    try:
        whole = Counting()
        cancel_at(math.inf, whole, provider, reference, tmp_path / "whole")
        for attempt in range(8):
            root = tmp_path / f"attempt {attempt}"
            number = chance.uniform(0, 0.7 * whole.asked)
            cancelled += cancel_at(number, Counting(), provider, reference, root)
            settled()
            check_what_is_there(root, undisturbed)
            result = extract(layer, OUTPUT=str(root), **ASKED)
            assert all_bytes(Path(result["EXTRACTION"])) == undisturbed
        wait_for(lambda: not QThreadPool.globalInstance().activeThreadCount(), QCoreApplication.processEvents)
    finally:
        QThreadPool.globalInstance().setMaxThreadCount(before)
    assert python_threads() == threads
    assert cancelled >= 2  # the others came too late


class Counting(QgsProcessingFeedback):
    """Counts how often the run asks whether it was cancelled."""

    def __init__(self) -> None:
        super().__init__(False)
        self.asked = 0

    def isCanceled(self) -> bool:
        self.asked += 1
        return super().isCanceled()


def cancel_at(number: float, feedback: Counting, provider: Any, reference: Path, root: Path) -> bool:
    """Run an extraction as the toolbox does and press Cancel after so many questions; return whether it was in time."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    parameters = {
        "INPUT": str(reference / "layers" / "zones.shp"), "LIBRARY": str(reference / "library"),
        "CLOUDMASKS": "CM001", "OUTPUT": str(root), **JUNE, **ASKED,
    }  # fmt: skip
    algorithm = provider.algorithm("extract").create()
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    ended: list[bool] = []
    task.executed.connect(lambda ok, _: ended.append(ok))
    QgsApplication.taskManager().addTask(task)
    wait_for(lambda: ended or feedback.asked >= number, QCoreApplication.processEvents)
    if not ended:
        feedback.cancel()
    at_press = feedback.asked
    wait_for(lambda: ended, QCoreApplication.processEvents)
    # Each worker asks at every block, and stops there; each is asked for once more by whom it works for.
    assert ended[0] or feedback.asked - at_press < 20
    return not ended[0]


def test_cancel_while_the_layer_is_read(extract: Run, reference: Path, tmp_path: Path) -> None:
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    with pytest.raises(QgsProcessingException):
        extract(reference / "layers" / "zones.shp", feedback)
    assert not (tmp_path / "out").exists()
    assert QThreadPool.globalInstance().activeThreadCount() == 0
