"""A part of a test in a process of its own, which may be killed, without the seconds that a fresh Python needs."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

KILLED = -signal.SIGKILL


def in_child(function: Callable[[], Any]) -> int:
    """Call a function in a copy of this process; return 0, 1 when it raised, or minus the signal that ended it."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            function()
            status = 0
        except BaseException:  # noqa: BLE001 nothing of the child may go on in pytest
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(step: int) -> None:
    """Kill this process with the signal that cannot be caught, right before its n-th change of the file system.

    A write is a change of two steps: killed before it, and after a half of its bytes.
    """
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1
        if steps > step:
            os.kill(os.getpid(), signal.SIGKILL)

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
