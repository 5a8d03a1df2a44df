"""Whatever happens to a file, reading it ends soon, with what it says or with an error of ours, and nothing else."""

from __future__ import annotations

import contextlib
import faulthandler
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import EngineError
from tests.fuzz.damage import damaged
from tests.fuzz.targets import TARGETS, try_out

FOUND = Path(__file__).parent / "found"
_SECONDS = 20  # what takes milliseconds has that long on a busy machine


class Hangs(BaseException):
    """Nothing may catch it on the way."""


@contextlib.contextmanager
def soon() -> Iterator[None]:
    """Stop what takes too long; with it all tests where there are no alarms (Windows)."""
    if not hasattr(signal, "SIGALRM"):
        faulthandler.dump_traceback_later(_SECONDS, exit=True)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
        return

    def stop(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """Return a folder in memory, where there is one: every example writes."""
    memory = Path("/dev/shm")  # noqa: S108 only the folder in which a private one is made
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for name in TARGETS:  # each its own: what one leaves there is not for another
            Path(folder, name).mkdir()
        yield Path(folder)


@pytest.mark.parametrize("name", TARGETS)
def test_sound_files_are_read(name: str, scratch: Path) -> None:
    """Else the damage below would be done to what is refused anyway."""
    seeds = TARGETS[name].seeds()
    assert seeds
    for seed in seeds:
        assert TARGETS[name].parse(seed, scratch / name) is not None


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
def test_damaged_files_are_read_or_refused(name: str, data: st.DataObject, scratch: Path) -> None:
    content = data.draw(damaged(TARGETS[name].seeds()))
    with soon():
        outcome = try_out(TARGETS[name], content, scratch / name)
    assert outcome == "read" or outcome > "refused: "  # with a reason


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_is_not_found_again(path: Path, scratch: Path) -> None:
    """Inputs that broke a parser before, found by the test above or by scripts/fuzz.py."""
    with soon():
        outcome = try_out(TARGETS[path.parent.name], path.read_bytes(), scratch / path.parent.name)
    assert outcome == "read" or outcome > "refused: "


def test_a_mistake_of_ours_is_not_hidden(scratch: Path) -> None:
    """The net itself: an error of another class comes through, one of ours does not."""

    def careless(content: bytes, folder: Path) -> object:
        if not content:
            raise EngineError(reason="empty")
        return content.decode("ascii")

    target = type(TARGETS["jp2"])(careless, lambda: [b"x"])
    assert try_out(target, b"", scratch) == "refused: empty"
    assert try_out(target, b"x", scratch) == "read"
    with pytest.raises(UnicodeDecodeError):
        try_out(target, b"\xff", scratch)
