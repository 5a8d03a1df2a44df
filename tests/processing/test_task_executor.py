"""Helping tasks: the main thread alone makes, adds and cancels them, and they hold what they need and no more."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.processing.support import task_executor
from sen2chain_ts_plugin.processing.support.task_executor import TaskExecutor
from tests.support.waiting import wait_for

ITEMS = list(range(40))


class Squares:
    """What is done with an item, by whom it was done, and how long it takes."""

    def __init__(self, seconds: float = 0.01) -> None:
        self.seconds = seconds
        self.threads: set[int] = set()

    def __call__(self, item: int, control: object) -> int:
        self.threads.add(threading.get_ident())
        time.sleep(self.seconds)
        return item * item


@pytest.fixture(autouse=True)
def no_tasks_are_left(qgis_app: object) -> Iterator[None]:
    until(lambda: not QgsApplication.taskManager().count())
    yield
    until(lambda: not QgsApplication.taskManager().count())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The thread in which each helper is made, added and cancelled."""
    threads: list[int] = []

    class Recorded(task_executor._Helper):
        def __init__(self, *given: Any) -> None:
            threads.append(threading.get_ident())
            super().__init__(*given)

        def cancel(self) -> None:
            threads.append(threading.get_ident())
            super().cancel()

    monkeypatch.setattr(task_executor, "_Helper", Recorded)
    return threads


def until(condition: Callable[[], object]) -> None:
    wait_for(condition, QCoreApplication.processEvents)


def squares(function: Squares, found: list[int], workers: int = 3) -> None:
    found += [outcome.result for outcome in TaskExecutor(workers).map(function, ITEMS, Silent())]


def is_whole(found: list[int]) -> bool:
    return sorted(found) == [item * item for item in ITEMS]


def in_thread(function: Squares, found: list[int]) -> threading.Thread:
    thread = threading.Thread(target=squares, args=(function, found))
    thread.start()
    return thread


def test_what_python_holds_of_a_task_stays_until_qgis_has_deleted_it() -> None:
    """Else QGIS asks for it in the task's own thread while it is freed, and crashes now and then."""
    found: list[int] = []
    squares(Squares(), found)
    gc.collect()
    tasks = QgsApplication.taskManager().tasks()
    assert is_whole(found)
    assert [type(task).__name__ for task in tasks] == ["_Helper", "_Helper"]


def test_a_task_that_stays_for_a_while_does_not_keep_the_work() -> None:
    function = Squares()
    there = weakref.ref(function)
    squares(function, [])
    until(lambda: all(task.status() != task.Running for task in QgsApplication.taskManager().tasks()))
    del function
    gc.collect()
    assert there() is None


def test_the_main_thread_adds_and_cancels_what_helps_another_one(made: list[int]) -> None:
    function, found = Squares(), []
    thread = in_thread(function, found)
    until(lambda: not thread.is_alive())
    until(lambda: not QgsApplication.taskManager().count())
    assert is_whole(found)
    assert len(function.threads) > 1
    assert set(made) == {threading.get_ident()}


def test_a_busy_main_thread_costs_the_helpers_only(made: list[int]) -> None:
    function, found = Squares(0), []
    thread = in_thread(function, found)
    thread.join()
    assert is_whole(found)
    assert function.threads == {thread.ident}
    QCoreApplication.processEvents()
    assert made == []


def test_deleted_tasks_are_let_go() -> None:
    for _ in range(3):
        squares(Squares(0), [])
        until(lambda: not QgsApplication.taskManager().count())
        QCoreApplication.sendPostedEvents(None, 52)  # that deletes later
    squares(Squares(0), [])
    assert len(task_executor._Helpers._kept) == 2
