"""A part of a test in a process of its own, which may be killed.

Where the system can copy this process that takes milliseconds. Elsewhere a fresh Python is given the function by
cloudpickle, without what the test has changed in modules.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support.capabilities import KILL, KILLED

__all__ = ["KILLED", "Child", "in_child", "kill_at", "start_child"]

_ROOT = Path(__file__).parents[2]
_PROGRAM = """
import pickle, sys
from pathlib import Path
function = pickle.loads(Path(sys.argv[1]).read_bytes())
status = function()
sys.exit(status if isinstance(status, int) else 0)
"""


class Child(Protocol):
    """A process at work."""

    pid: int

    def wait(self) -> int:
        """Return its exit code, once it has ended; minus the signal where one ended it."""

    def kill(self) -> None:
        """End it, so that it cannot do anything about it."""


def in_child(function: Callable[[], Any]) -> int:
    """Call a function in a process of its own; return the number it returns, 0, 1 when it raised, or what ended it."""
    return start_child(function).wait()


def start_child(function: Callable[[], Any]) -> Child:
    """Begin to call a function in a process of its own."""
    return _Copy(function) if hasattr(os, "fork") else _Fresh(function)


class _Copy:
    def __init__(self, function: Callable[[], Any]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid:
            return
        status = 1
        try:
            returned = function()
            status = returned if isinstance(returned, int) else 0
        except BaseException:  # noqa: BLE001 nothing of the child may go on in pytest
            traceback.print_exc()
        finally:
            os._exit(status)

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        os.kill(self.pid, KILL)


class _Fresh:
    def __init__(self, function: Callable[[], Any]) -> None:
        cloudpickle = pytest.importorskip("cloudpickle")
        descriptor, self._file = tempfile.mkstemp()
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(cloudpickle.dumps(function))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, self._file],
            env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.pid = self._process.pid

    def wait(self) -> int:
        status = self._process.wait()
        os.unlink(self._file)
        return status

    def kill(self) -> None:
        self._process.kill()


def kill_at(step: int) -> None:
    """Kill this process with the signal that cannot be caught, right before its n-th change of the file system.

    A write is a change of two steps: killed before it, and after a half of its bytes.
    """
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1
        if steps > step:
            os.kill(os.getpid(), KILL)

    write = os.write

    def half_write(descriptor: int, data: Any) -> int:
        count()
        done = write(descriptor, bytes(data)[: max(1, len(data) // 2)])
        count()
        return done

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            count()
            return original(*arguments, **options)

        return call

    os.write = half_write
    for name in ("fsync", "ftruncate", "close"):
        setattr(os, name, counted(getattr(os, name)))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        changes = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
        opened_to_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in changes or opened_to_write:
            count()

    sys.addaudithook(hook)
