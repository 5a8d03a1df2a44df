"""Other Pythons that do all units, so that what a test sees is surely theirs."""

from __future__ import annotations

import contextlib
import pickle
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.workers import python_processes
from sen2chain_ts_plugin.engine.workers.executor import Work


@contextlib.contextmanager
def only_other_pythons() -> Iterator[list[Any]]:
    """Let the calling thread take no unit of several, but helpers all of them; give the list of what they answer.

    Each unit is done here too, and must leave what was sent as it is: another thread may be sending it at that time.
    """
    answers: list[Any] = []
    ask, take = python_processes._PythonProcess._ask, Work._next

    def asked(process: Any, function: Any, item: Any) -> Any:
        sent = pickle.dumps((function, item))
        answers.append(ask(process, function, item))
        assert answers[-1] is not None, "the other Python did not do it"
        python_processes._outcome(function, item)
        assert pickle.dumps((function, item)) == sent, "the unit changes what other threads may be sending"
        return answers[-1]

    def by_helpers(work: Work[Any, Any], *, wait: bool = False) -> Any:
        if wait or len(work._shares) < 2:
            return take(work, wait=wait)
        time.sleep(0.01)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python_processes, "WORTH_ONE", 0)
        patch.setattr(python_processes._PythonProcess, "_ask", asked)
        patch.setattr(Work, "_next", by_helpers)
        yield answers
