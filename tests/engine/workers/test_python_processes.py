"""Other Pythons do units that keep Python busy; whatever becomes of them, the results are those of one thread."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.errors import Cancelled, RawFileChanged
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.install import python_programs
from sen2chain_ts_plugin.engine.workers import python_processes
from sen2chain_ts_plugin.engine.workers.executor import results_in_order
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.capabilities import KILL, needs_scripts

HERE = os.getpid()
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.usefixtures("other_pythons")


class Unit:
    """A unit that waits until both this Python and another one have begun one, so that both surely take part."""

    def __init__(self, folder: Path, *, in_other: Callable[[int], Any] | None = None) -> None:
        self.folder = folder
        self.in_other = in_other
        self.here = os.getpid()

    def __call__(self, item: list[int], control: object) -> tuple[int, int]:
        (number,) = item
        other = os.getpid() != self.here
        (self.folder / ("there" if other else "here")).touch()
        # Without another Python the test fails, instead of waiting for ever.
        end = time.monotonic() + 300
        while not other and number < 4 and not (self.folder / "there").exists() and time.monotonic() < end:
            time.sleep(0.01)
        if other and self.in_other is not None:
            self.in_other(number)
        return number * number, os.getpid()


def items(count: int) -> list[list[int]]:
    return [[number] for number in range(count)]


def squares(count: int) -> list[int]:
    return [number * number for number in range(count)]


def run(function: Callable[..., Any], count: int = 12, workers: int = 2) -> Sequence[Any]:
    return list(results_in_order(ThreadExecutor(workers), function, items(count), Silent()))


@pytest.mark.parametrize("workers", [2, 4])
def test_another_python_does_its_part(tmp_path: Path, workers: int) -> None:
    found = run(Unit(tmp_path), workers=workers)
    assert [value for value, _ in found] == squares(12)
    assert 1 < len({process for _, process in found}) <= workers


def test_nothing_is_taken_from_the_folder_of_the_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QGIS may run in any folder, one that somebody has sent among them."""
    for module in ("pickle", "struct", "re", "io"):
        # A unit waits for the other Python no longer than until it is "there".
        code = "open('taken', 'w').close(), open('there', 'w').close()\n"
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    monkeypatch.chdir(tmp_path)
    found = run(Unit(tmp_path))
    assert len({process for _, process in found}) == 2
    assert not (tmp_path / "taken").exists()


def die(number: int) -> None:
    os.kill(os.getpid(), KILL)


def leave(number: int) -> None:
    sys.exit(3)


def say(number: int) -> None:
    print("between the answers", number, flush=True)
    os.write(1, b"\0" * 100)


def warn(number: int) -> None:
    print("x" * 100_000, file=sys.stderr, flush=True)


@pytest.mark.parametrize("in_other", [die, leave, say, warn])
def test_what_becomes_of_the_other_python(tmp_path: Path, in_other: Callable[[int], Any]) -> None:
    assert [value for value, _ in run(Unit(tmp_path, in_other=in_other))] == squares(12)
    assert (tmp_path / "there").exists()


def refuse(number: int) -> None:
    raise RawFileChanged(path=Path("zones é.csv"), reason="it is gone")


def lack_memory(number: int) -> None:
    raise MemoryError


class Odd(Exception):
    """A failure that cannot be put together again from what pickle keeps of it."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def be_odd(number: int) -> None:
    raise Odd(1, 2)


def test_a_failure_there_is_the_failure(tmp_path: Path) -> None:
    with pytest.raises(RawFileChanged, match=r"zones é\.csv.*it is gone"):
        run(Unit(tmp_path, in_other=refuse))


class Unwelcome:
    """An answer that would run something where it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.putenv, ("UNWELCOME", "1")


class UnwelcomeUnit(Unit):
    """Gives such an answer in the other Python."""

    def __call__(self, item: list[int], control: object) -> Any:
        found = super().__call__(item, control)
        return found if os.getpid() == self.here else Unwelcome()


def test_an_answer_that_would_run_something_is_not_read(tmp_path: Path) -> None:
    assert run(UnwelcomeUnit(tmp_path)) == [(number * number, HERE) for number in range(12)]
    assert (tmp_path / "there").exists()


def test_a_lack_of_memory_there(tmp_path: Path) -> None:
    with pytest.raises(MemoryError):
        run(Unit(tmp_path, in_other=lack_memory))


def test_a_failure_that_cannot_be_sent_is_tried_here(tmp_path: Path) -> None:
    assert [value for value, _ in run(Unit(tmp_path, in_other=be_odd))] == squares(12)
    assert (tmp_path / "there").exists()


class Unsendable:
    """A result that only one process can have."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


def unsendable(item: list[int], control: object) -> Unsendable:
    time.sleep(0.01)
    return Unsendable()


def test_what_cannot_be_sent_is_done_here() -> None:
    processes = run(lambda item, _: time.sleep(0.01) or (item[0], os.getpid()))
    assert processes == [(number, HERE) for number in range(12)]
    assert all(isinstance(result, Unsendable) for result in run(unsendable))


def test_a_function_that_only_this_process_has(monkeypatch: pytest.MonkeyPatch) -> None:
    module = type(sys)("only_here")
    module.function = lambda item, _: time.sleep(0.01) or item[0]
    module.function.__module__, module.function.__qualname__ = "only_here", "function"
    monkeypatch.setitem(sys.modules, "only_here", module)
    assert run(module.function) == list(range(12))


def program_that(folder: Path, script: str) -> str:
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("programs", [[], ["/nowhere/python3", "/nowhere/else"]])
def test_no_other_python(monkeypatch: pytest.MonkeyPatch, programs: list[str]) -> None:
    monkeypatch.setattr(python_processes, "python_programs", lambda: programs)
    assert run(pause) == [(number, HERE) for number in range(12)]


@needs_scripts
@pytest.mark.parametrize(
    "script", ["exit 1", "echo no Python", "cat", "printf '\\377\\377\\377\\377\\377\\377\\377\\177'", "head -c 9 >&2"]
)
def test_a_program_that_is_no_such_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    program = program_that(tmp_path, script)
    monkeypatch.setattr(python_processes, "python_programs", lambda: [program])
    assert run(pause) == [(number, HERE) for number in range(12)]


@needs_scripts
def test_the_first_program_that_is_such_a_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Inside QGIS the Python on the PATH may be any other one."""
    programs = [program_that(tmp_path, "exit 1"), *python_programs()]
    monkeypatch.setattr(python_processes, "python_programs", lambda: programs)
    (tmp_path / "units").mkdir()
    assert len({process for _, process in run(Unit(tmp_path / "units"))}) == 2


@needs_scripts
def test_a_program_that_never_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = program_that(tmp_path, "exec sleep 1000")
    monkeypatch.setattr(python_processes, "python_programs", lambda: [program])
    monkeypatch.setattr(python_processes, "_BEGINS_WITHIN", 0.1)
    assert run(pause) == [(number, HERE) for number in range(12)]


def test_another_kind_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_processes, "_KIND", "2.7")
    assert run(pause) == [(number, HERE) for number in range(12)]


def pause(item: list[int], control: object) -> tuple[int, int]:
    time.sleep(0.01)
    return item[0], os.getpid()


class Stopping(Silent):
    """Asks to stop after some time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def cancelled(self) -> bool:
        """Stop once the other Python is at work."""
        return (self.folder / "there").exists()


def test_cancel_ends_both(tmp_path: Path) -> None:
    executor = ThreadExecutor(2)
    with pytest.raises(Cancelled):
        list(results_in_order(executor, Unit(tmp_path), items(1000), Stopping(tmp_path)))


def never(item: list[int], control: object) -> None:
    raise RawFileChanged(path=Path("zones.csv"), reason="it is gone")


def test_a_helper_that_has_not_begun_ends_with_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_processes, "WORTH_ONE", threading.TIMEOUT_MAX)
    before = threading.active_count()
    with pytest.raises(RawFileChanged):
        run(never, count=1000, workers=4)
    assert threading.active_count() == before


def test_the_same_python_does_the_next_work_and_ends_with_the_executor(tmp_path: Path) -> None:
    executor = ThreadExecutor(2)
    pids: set[int] = set()
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        pids |= {pid for _, pid in results_in_order(executor, Unit(folder), items(12), Silent())}
    assert len(pids) == 2
    (process,) = executor._processes._idle
    popen = process._popen
    assert popen is not None
    assert popen.poll() is None
    del executor, process
    gc.collect()
    assert popen.poll() is not None


KILLED_PARENT = """
import os, subprocess, sys
from pathlib import Path
subprocess.DEVNULL = None
sys.path.insert(0, {root!r})
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.install import python_programs
from sen2chain_ts_plugin.engine.workers import python_processes
from sen2chain_ts_plugin.engine.workers.executor import results_in_order
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.engine.workers.test_python_processes import Unit, items
python_processes.WORTH_ONE = 0
executor = ThreadExecutor(2)
for _, pid in results_in_order(executor, Unit(Path({folder!r})), items(12), Silent()):
    pass
print("ready", flush=True)
os.kill(os.getpid(), {kill})
"""


def test_it_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """Its standard error is the pipe of this test, which ends when nobody has it any more."""
    code = KILLED_PARENT.format(root=str(ROOT), folder=str(tmp_path), kill=int(KILL))
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert process.stdout.split() == ["ready"], process.stderr
