"""Other Pythons that do units of work on this machine, for what Python does in one thread at a time.

Reading rasters leaves the interpreter free, so threads do. Lines of text, curves and tables hardly do: there each
helping thread hands its units to a Python of its own and waits. Instead of multiprocessing or concurrent.futures, whose
processes begin with the main program of their parent: that is QGIS, or a script that would run again.

A process that cannot be had, or is lost, costs no more than its time: the thread does the unit itself.
"""

from __future__ import annotations

import contextlib
import os
import pickle  # nosec B403: of what our own processes send, through pipes that nobody else has
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import IO, Any, cast

import numpy as np

from ..install import python_programs
from .executor import Control, Item, Result, Unheard, Work

# Seconds. A Python with numpy takes some 0.2 to begin, and 30 MB: shorter work is not worth one.
WORTH_ONE = 0.3
_BEGINS_WITHIN = 30  # seconds, on a machine that is busy with other things
# Where these differ, last bits might, or a unit might not be understood.
_KIND = f"{sys.version} {np.__version__}".encode()
# What may be in an answer: the classes of these packages, and how arrays and failures are put together.
_OF_ANSWERS = (__name__.partition(".")[0], "numpy", "builtins", "datetime", "pathlib", "collections")
_MAKERS_OF_ANSWERS = ("_reconstruct", "_frombuffer", "scalar", "_rebuild", "_rebuild_phrase")
# Nothing from the folder in which QGIS happens to run.
_BEGIN = (
    "import sys; sys.path[:] = filter(None, sys.path); import pickle; "
    "sys.path[:] = pickle.load(sys.stdin.buffer); from {module} import serve; serve()"
)


class PythonProcesses:
    """The other Pythons of an executor. They begin when there is work for them, and end with the executor."""

    def __init__(self) -> None:
        self._idle: deque[_PythonProcess] = deque()

    def help(self, work: Work[Any, Any]) -> None:
        """Have another Python do items of a work until there are none left; for any thread."""
        try:
            process = self._idle.pop()
        except IndexError:
            if not work.outlasts(WORTH_ONE):
                return
            process = _PythonProcess()
        try:
            work.help(process.do)
        finally:
            self._idle.append(process)


class _PythonProcess:
    """A Python that does units for one thread at a time."""

    def __init__(self) -> None:
        self._known: Callable[..., Any] | None = None
        self._popen = next(filter(None, map(_begin, python_programs())), None)
        self._end = weakref.finalize(self, _end, self._popen) if self._popen else None

    def do(self, function: Callable[[Item, Control], Result], item: Item, control: Control) -> Result:
        """Return what a function makes of an item, or raise what it raises."""
        control.check()
        answer = self._ask(function, item)
        if answer is None:
            return function(item, control)
        error, result = answer
        if error is not None:
            raise error
        return cast("Result", result)

    def _ask(self, function: Callable[..., Any], item: Any) -> tuple[Exception | None, Any] | None:
        """Return the error and the result; None where the other Python is lost, or cannot do this."""
        if self._popen is None:
            return None
        requests, answers = _pipes(self._popen)
        try:
            _send(requests, (None if function is self._known else function, item))
            answer: tuple[Exception | None, Any] = _AnswerReceiver(answers).load()
        except Exception as error:
            self._lose()
            if isinstance(error, MemoryError):
                raise
            return None
        self._known = function
        return answer

    def _lose(self) -> None:
        if self._end is not None:
            self._end()
        self._popen = None


def serve() -> None:
    """Do units for the Python that has begun this one, until it is gone, or one of them cannot be received or sent."""
    requests = sys.stdin.buffer
    # What a unit prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answers.write(_KIND)
    answers.flush()
    function: Callable[..., Any] | None = None
    while True:
        new, item = _Receiver(requests).load()
        function = new or function
        _send(answers, _outcome(cast("Callable[..., Any]", function), item))


def _outcome(function: Callable[..., Any], item: Any) -> tuple[Exception | None, Any]:
    try:
        return None, function(item, Unheard())
    except Exception as error:  # noqa: BLE001 it is raised in the other Python
        return error, None


def _begin(program: str) -> subprocess.Popen[bytes] | None:
    """Start a program; None where it is no Python like this one."""
    try:
        popen = subprocess.Popen(
            [program, "-c", _BEGIN.format(module=__name__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # else a console flashes up over QGIS
        )
    except OSError:
        return None
    requests, answers = _pipes(popen)
    late = threading.Timer(_BEGINS_WITHIN, popen.kill)
    late.daemon = True
    late.start()
    try:
        _send(requests, [os.path.abspath(folder) for folder in sys.path])
        if answers.read(len(_KIND)) == _KIND:
            return popen
    except OSError:
        pass  # it has ended already
    finally:
        late.cancel()
    _end(popen)
    return None


def _end(popen: subprocess.Popen[bytes]) -> None:
    popen.kill()
    with contextlib.suppress(OSError):
        popen.communicate()


def _pipes(popen: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    return cast("IO[bytes]", popen.stdin), cast("IO[bytes]", popen.stdout)


def _send(stream: IO[bytes], content: object) -> None:
    # Not by way of `pickle.dumps`: the lines of a batch are large, and go from here as they are.
    pickle.dump(content, stream)
    stream.flush()


class _Receiver(pickle.Unpickler):
    """Reads a unit for the function that its own Python has sent."""


class _AnswerReceiver(pickle.Unpickler):
    """Reads what another Python answers: things of this engine, arrays, and plain values; nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that an answer may be made of."""
        root = module.partition(".")[0]
        found = super().find_class(module, name) if root in _OF_ANSWERS else None
        if isinstance(found, type) or (found is not None and name in _MAKERS_OF_ANSWERS):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
