"""Reading beside the main thread: what is delivered, and that nothing is waited for for ever."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication

from sen2chain_ts_plugin.engine.errors import EngineError, NotAnExtraction
from sen2chain_ts_plugin.gui.common.background import Background, Reading
from tests.support.waiting import wait_for


def end(background: Background) -> None:
    wait_for(lambda: not background.busy, QCoreApplication.processEvents)


def test_results_and_failures_are_delivered(qgis_app: Any) -> None:
    background, got = Background(), []

    def fails(reading: Reading) -> None:
        raise NotAnExtraction(folder="here")

    def deliver(result: Any, messages: list[str]) -> None:
        got.append(result)

    background.start("one", lambda _: 5, deliver, got.append)
    background.start("other", fails, deliver, got.append)
    end(background)
    assert 5 in got
    assert [type(each) for each in got if isinstance(each, EngineError)] == [NotAnExtraction]


def test_a_fault_of_ours_is_shown_and_ends_the_waiting(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: shown.append(kind))
    background = Background()
    background.start("one", lambda _: 1 // 0, shown.append, shown.append)
    end(background)
    assert shown == [ZeroDivisionError]
