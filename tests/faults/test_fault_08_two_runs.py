"""Fault 8: two runs on one tree at once. The second stops at once; the lock of a killed process frees itself."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.errors import FolderLocked
from tests.support.child import Child, in_child, start_child
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run
from tests.support.raw_tree import Log
from tests.support.waiting import wait_for


class Waiting(Log):
    """Stops in the middle of a run until a file is there."""

    def __init__(self, reached: Path, go_on: Path) -> None:
        super().__init__()
        self._reached, self._go_on = reached, go_on

    def info(self, message: str, **values: Any) -> None:
        if message.startswith("Product"):
            self._reached.touch()
            wait_for(self._go_on.exists)


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05")
    small.add("2021-01-10")
    return small


@pytest.fixture
def undisturbed(small: SmallLibrary, tmp_path: Path) -> dict[str, bytes]:
    return all_bytes(run(small.open(), fields_layer(), tmp_path / "undisturbed")[0].folder)


def start(small: SmallLibrary, tmp_path: Path) -> Child:
    """Start a run in another process, and return that process once it has written something."""

    def first() -> int:
        log = Waiting(tmp_path / "reached", tmp_path / "go on")
        return 0 if run(small.open(), fields_layer(), tmp_path, log=log)[1].extracted == 2 else 2

    child = start_child(first)
    wait_for((tmp_path / "reached").exists)
    return child


def test_the_second_stops_at_once_and_the_first_completes(
    small: SmallLibrary, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    first = start(small, tmp_path)
    # The first holds the lock until it may go on: whoever waited for it would hang here.
    with pytest.raises(FolderLocked) as raised:
        run(small.open(), fields_layer(), tmp_path)
    assert f"process {first.pid}" in str(raised.value)
    assert socket.gethostname() in str(raised.value)
    (tmp_path / "go on").touch()
    assert first.wait() == 0
    (tree,) = tmp_path.glob("zones_*")
    assert all_bytes(tree) == undisturbed


def test_the_lock_of_a_killed_run_frees_itself(
    small: SmallLibrary, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    first = start(small, tmp_path)
    first.kill()
    first.wait()
    (tree,) = tmp_path.glob("zones_*")
    assert b"pid" in (tree / ".sen2chain_ts" / "lock").read_bytes()
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 1, 1, 0, 0)
    assert all_bytes(tree) == undisturbed


def test_trees_of_other_layers_are_free(small: SmallLibrary, tmp_path: Path) -> None:
    first = start(small, tmp_path)
    layer = fields_layer()
    layer.shapes = layer.shapes[::-1]
    assert run(small.open(), layer, tmp_path)[1].extracted == 2
    (tmp_path / "go on").touch()
    assert first.wait() == 0


def test_many_at_once(small: SmallLibrary, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """Whoever comes first, what is there in the end is right."""

    def one() -> int:
        try:
            return 0 if run(small.open(), fields_layer(), tmp_path)[1].failed == 0 else 2
        except FolderLocked:
            return 3

    statuses = {child.wait() for child in [start_child(one) for _ in range(6)]}
    assert 0 in statuses <= {0, 3}
    assert in_child(lambda: run(small.open(), fields_layer(), tmp_path)) == 0
    (tree,) = tmp_path.glob("zones_*")
    assert all_bytes(tree) == undisturbed
