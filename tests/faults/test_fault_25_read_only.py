"""Fault 25: a library on a read-only disk reads fine; a root that cannot be written is an error before any work."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import EngineError, WriteFailed
from tests.support.capabilities import IS_ROOT
from tests.support.child import in_child
from tests.support.extracting import SmallLibrary, all_bytes, fields_layer, run
from tests.support.raw_tree import Log

pytestmark = pytest.mark.skipif(
    not hasattr(os, "setuid"), reason="needs permissions of folders, and a user without them"
)
NOBODY = 65534


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that any user reaches; the tests may run as root, for whom permissions do not exist."""
    folder = Path(tempfile.mkdtemp(prefix="sen2chain_ts_test_"))
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def writable(folder: Path, yes: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod((0o777 if path.is_dir() else 0o666) if yes else (0o555 if path.is_dir() else 0o444))


def as_nobody() -> None:
    if IS_ROOT:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@pytest.fixture
def small(place: Path) -> SmallLibrary:
    small = SmallLibrary(place / "library")
    small.add("2021-01-05")
    small.add("2021-01-10")
    return small


def test_a_library_that_cannot_be_written(small: SmallLibrary, place: Path) -> None:
    expected = all_bytes(run(small.open(), fields_layer(), place / "expected")[0].folder)
    writable(small.root, False)
    (place / "out").mkdir()
    (place / "out").chmod(0o777)

    def extract() -> None:
        as_nobody()
        with pytest.raises(PermissionError):
            (small.root / "x").touch()
        assert run(small.open(), fields_layer(), place / "out")[1].extracted == 2

    assert in_child(extract) == 0
    (tree,) = (place / "out").iterdir()
    assert all_bytes(tree) == expected


@pytest.mark.parametrize("which", ["the root", "where the root would be made", "the tree", "a folder of the tree"])
def test_what_cannot_be_written_is_named_before_any_work(small: SmallLibrary, place: Path, which: str) -> None:
    root = place / "out" / "root"
    tree = run(small.open(), fields_layer(), root)[0].folder
    small.add("2021-01-15")
    shut = {
        "the root": root, "where the root would be made": root.parent, "the tree": tree,
        "a folder of the tree": tree / "raw_data" / "NDVI" / "CM001",
    }[which]  # fmt: skip
    if which == "where the root would be made":
        shutil.rmtree(root)
    elif which == "the root":
        shutil.rmtree(tree)
    writable(place / "out", True)
    writable(shut, False)

    def extract() -> None:
        as_nobody()
        log = Log()
        with pytest.raises(WriteFailed) as raised:
            run(small.open(), fields_layer(), root, log=log)
        assert "Permission denied" in str(raised.value)
        assert str(root) in str(raised.value)
        if which != "a folder of the tree":
            assert not any(info.startswith("Product") for info in log.infos)

    assert in_child(extract) == 0
    assert stat.S_IMODE(shut.stat().st_mode) == 0o555


@pytest.mark.parametrize("which", ["library", "product", "raster"])
def test_what_cannot_be_read_is_an_error_of_ours(small: SmallLibrary, place: Path, which: str) -> None:
    raster = next(small.root.glob("INDICES/NDVI/*/*20210105*/*_CM001.jp2"))
    shut = {"library": small.root / "INDICES", "product": raster.parent, "raster": raster}[which]
    (place / "out").mkdir()
    (place / "out").chmod(0o777)
    mode = stat.S_IMODE(shut.stat().st_mode)
    shut.chmod(0)

    def extract() -> None:
        as_nobody()
        log = Log()
        try:
            _, summary = run(small.open(), fields_layer(), place / "out", log=log)
        except EngineError:
            assert which == "library"
            return
        assert which != "library"
        assert summary.extracted == 1
        assert [raster.name in error for error in log.errors] == ([True] if which == "raster" else [])

    assert in_child(extract) == 0
    shut.chmod(mode)
