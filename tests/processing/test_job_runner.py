"""Jobs that run in the background of the window: stopped, and left when the window closes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication

from sen2chain_ts_plugin.gui.jobs.job_runner import JobRunner
from tests.support.fake_crontab import make_crontab
from tests.support.homes import make_home
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def home(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a Sen2Chain home with a job "night"."""
    crontab = make_crontab(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")
    home = make_home(tmp_path, reference)
    values = {"NAME": "night", "INPUT": str(reference / "layers" / "zones.shp"), "CLOUDMASKS": "CM001"}
    processing.run("sen2chain_ts:savejob", {**values, "LIBRARY": str(home)})
    return home


@pytest.fixture
def freed() -> Iterator[threading.Event]:
    """Keep every thread that QGIS has for tasks busy, until the event that is returned is set."""
    event, manager = threading.Event(), QgsApplication.taskManager()
    tasks = [QgsTask.fromFunction(f"busy {n}", lambda _: event.wait(60)) for n in range(4 * (os.cpu_count() or 1) + 8)]
    for task in tasks:
        manager.addTask(task)
    yield event
    event.set()
    wait(lambda: manager.countActiveTasks() == 0)


@pytest.fixture
def runner(qgis_app: Any) -> JobRunner:
    return JobRunner(qgis_app)


def wait(ready: Callable[[], object]) -> None:
    wait_for(ready, QCoreApplication.processEvents)


def is_queued() -> bool:
    """Tell whether the job waits for a thread."""
    task = next(task for task in QgsApplication.taskManager().tasks() if task.description() == "Job night")
    return bool(task.status() == QgsTask.TaskStatus.Queued)


def logs(home: Path) -> list[Path]:
    return list(home.glob("logs/job_night/*.log"))


def test_a_job_that_waits_for_a_thread_is_stopped_at_once(
    home: Path, freed: threading.Event, runner: JobRunner
) -> None:
    ended: list[tuple[str, str]] = []
    runner.ended.connect(lambda name, problem: ended.append((name, problem)))
    runner.run("night", str(home))
    assert is_queued()

    runner.cancel("night")
    assert ended == [("night", "it was stopped.")]
    assert not runner.names
    freed.set()
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert not logs(home)


def test_closing_does_not_wait_for_a_thread(home: Path, freed: threading.Event, runner: JobRunner) -> None:
    runner.run("night", str(home))
    assert is_queued()

    alarm = threading.Timer(20, freed.set)
    alarm.start()
    runner.close()
    alarm.cancel()
    assert not freed.is_set()
    freed.set()
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert not logs(home)


def test_closing_waits_for_a_job_that_runs(home: Path, runner: JobRunner) -> None:
    runner.run("night", str(home))
    wait(lambda: logs(home))

    runner.close()
    assert "Outcome: " in logs(home)[0].read_text(encoding="utf-8")
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
