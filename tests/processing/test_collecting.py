"""The collector of reference cycles does not run in a thread of ours, and runs as before when that has ended."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QObject

from sen2chain_ts_plugin.processing.support.collecting import CollectorKeeper, no_collection_beside


@pytest.fixture
def keeper(qgis_app: object) -> Iterator[CollectorKeeper]:
    owner = QObject()
    keeper = CollectorKeeper(owner)
    gc.enable()
    yield keeper
    keeper.close()
    assert gc.isenabled()


@contextmanager
def working() -> Iterator[list[bool]]:
    """Have a thread work, and tell whether the collector waited there."""
    seen: list[bool] = []
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        with no_collection_beside():
            seen.append(gc.isenabled())
            begun.set()
            end.wait(60)
            seen.append(gc.isenabled())

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(60)
    try:
        yield seen
    finally:
        end.set()
        thread.join(60)


def test_it_waits_as_long_as_any_thread_works(keeper: CollectorKeeper) -> None:
    with working() as first:
        with working() as second:
            assert not gc.isenabled()
        QCoreApplication.processEvents()
        assert not gc.isenabled()
    # In the main thread, not where the other one ends.
    assert not gc.isenabled()
    QCoreApplication.processEvents()
    assert gc.isenabled()
    assert first == second == [False, False]


def test_who_has_switched_it_off_finds_it_so(keeper: CollectorKeeper) -> None:
    gc.disable()
    with working():
        pass
    QCoreApplication.processEvents()
    assert not gc.isenabled()
    gc.enable()


def test_the_main_thread_and_a_qgis_without_a_window_are_left_alone(keeper: CollectorKeeper) -> None:
    with no_collection_beside():
        assert gc.isenabled()
    keeper.close()
    with working() as seen:
        assert gc.isenabled()
    assert seen == [True, True]


def test_it_runs_again_when_the_plugin_goes_meanwhile(keeper: CollectorKeeper) -> None:
    with working():
        keeper.close()
        assert gc.isenabled()
