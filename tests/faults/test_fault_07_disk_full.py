"""Fault 7: no room, or an I/O error, at any write, fsync or rename. A clear error; what is not done counts as such."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.errors import WriteFailed
from tests.support.capabilities import IS_ROOT
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run, select

BOTH = select(("NDVI", "NDWIGAO"))


@pytest.fixture
def small(memory: Path) -> SmallLibrary:
    small = SmallLibrary(memory / "library")
    small.add("2021-01-05")
    small.add("2021-01-10", "NDWIGAO", clouds=1)
    return small


@pytest.fixture
def undisturbed(small: SmallLibrary, memory: Path) -> dict[str, bytes]:
    return all_bytes(run(small.open(), fields_layer(), memory / "undisturbed", BOTH)[0].folder)


@contextlib.contextmanager
def failing(call: str, at: int, number: int, *, for_good: bool) -> Iterator[list[int]]:
    """Let the n-th call of a function of the system fail, or all from the n-th on."""
    calls = [0]
    original = getattr(os, call)

    def fail(*arguments: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == at or (for_good and calls[0] > at):
            raise OSError(number, os.strerror(number))
        return original(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, call, fail)
        yield calls


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "makedirs", "unlink"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["no space", "I/O error"])
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_any_call_may_fail(
    small: SmallLibrary, undisturbed: dict[str, bytes], memory: Path, call: str, number: int, for_good: bool
) -> None:
    failed = 0
    for at in range(1, 1000):
        root = memory / f"{at}"
        error = None
        with failing(call, at, number, for_good=for_good) as calls:
            try:
                run(small.open(), fields_layer(), root, BOTH)
            except WriteFailed as raised:
                error = raised
        if calls[0] < at:
            break
        if error is not None:
            failed += 1
            assert os.strerror(number) in str(error)
            assert str(root) in str(error)
        for tree in root.glob("zones_*"):
            for name, content in all_bytes(tree).items():
                assert not name.startswith(".sen2chain_ts/tmp/") or for_good or call == "unlink"
                if name.endswith(".csv") and "no_data" not in name:
                    assert content == undisturbed[name]
        tree, _ = run(small.open(), fields_layer(), root, BOTH)
        assert all_bytes(tree.folder) == undisturbed
    assert failed or call == "unlink"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB; only root may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not IS_ROOT or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a disk needs more rights")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(tiny_disk: Path, memory: Path) -> None:
    small = SmallLibrary(memory / "library")
    for day in range(1, 30):
        small.add(f"2021-01-{day:02}")
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(20_000))
    with pytest.raises(WriteFailed, match="No space left on device"):
        run(small.open(), fields_layer(), tiny_disk)
    ballast.unlink()
    assert not list(tiny_disk.rglob("tmp/*"))
    done = len(list(tiny_disk.rglob("zones_S2*.csv")))
    assert 0 < done < 29
    with pytest.raises(WriteFailed, match="No space left on device"):
        run(small.open(), fields_layer(), tiny_disk)

    subprocess.run(["mount", "-o", "remount,size=1m", str(tiny_disk)], check=True)
    tree, summary = run(small.open(), fields_layer(), tiny_disk)
    assert summary.skipped > done
    assert counts(summary) == (29, 29 - summary.skipped, summary.skipped, 0, 0)
    assert all_bytes(tree.folder) == all_bytes(run(small.open(), fields_layer(), memory / "undisturbed")[0].folder)


def test_no_room_even_for_the_lock(tiny_disk: Path, memory: Path) -> None:
    small = SmallLibrary(memory / "library")
    small.add()
    with contextlib.suppress(OSError), (tiny_disk / "ballast").open("wb") as stream:
        stream.write(bytes(100_000))
    with pytest.raises(WriteFailed, match="No space left on device"):
        run(small.open(), fields_layer(), tiny_disk)
