"""Fault 5: a pipe, a socket, a device, a folder or an endless file in the place of a file. It is never waited for."""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import EngineError
from sen2chain_ts_plugin.engine.files import check_regular, open_append, open_regular, read_bytes
from tests.support.capabilities import make_link, make_pipe
from tests.support.extracting import SmallLibrary, counts, fields_layer, run
from tests.support.raw_tree import Log


def make_socket(path: Path) -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("no sockets in folders here")
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind("s.tmp")
        os.rename("s.tmp", path.name)
    finally:
        os.chdir(here)


def make_endless(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 40)


KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": make_pipe,
    "socket": make_socket,
    "link to a device": lambda path: make_link(path, Path("/dev/zero")),
    "link to a pipe": lambda path: (make_pipe(path.with_name("p")), make_link(path, Path("p"))),
    "folder": Path.mkdir,
    "endless": make_endless,
}


def put(kind: str, path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    KINDS[kind](path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("do", [read_bytes, open_append, open_regular, check_regular], ids=lambda call: call.__name__)
def test_what_opens_files(do: Callable[[Path], object], kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    put(kind, path)
    if (kind == "endless" and do is not read_bytes) or (kind == "folder" and do is check_regular):
        return  # they open it, and read no more than they want
    with pytest.raises(OSError, match=r"it is a|it has more than") as raised:
        do(path)
    assert raised.value.errno in (errno.EINVAL, errno.EISDIR, errno.EFBIG)


def product(tmp_path: Path) -> tuple[SmallLibrary, Path]:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-10")
    return small, small.add("2021-01-05")


def beside(small: SmallLibrary, masked: Path, place: str) -> Path:
    if place == "probability":
        return small.probability(masked)
    of = small.unmasked(masked) if place.startswith("unmasked") else masked
    return of.with_name(of.name + place.partition(" ")[2])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place", ["masked", "unmasked", "probability", "masked .aux.xml", "unmasked .aux.xml", "masked .ovr", "masked .msk"]
)
def test_beside_and_in_the_place_of_rasters(place: str, kind: str, tmp_path: Path) -> None:
    small, masked = product(tmp_path)
    path = beside(small, masked, place)
    put(kind, path)
    log = Log()
    _, summary = run(small.open(), fields_layer(), tmp_path / "out", log=log)
    if summary.failed:
        assert counts(summary) == (2, 1, 0, 0, 1)
        assert path.name in log.errors[0]
    else:  # a folder is no raster, and no sidecar
        assert kind in ("folder", "endless")
        assert summary.extracted == summary.products


RECORDS = {
    "manifest": lambda tree: tree / ".sen2chain_ts" / "manifest.jsonl",
    "without data": lambda tree: tree / "raw_data/NDVI/CM001/product_data/products_no_data.csv",
    "raw csv": lambda tree: next(iter(sorted((tree / "raw_data/NDVI/CM001").glob("*.csv")))),
    "shapefile": lambda tree: tree / "shp_files" / "zones.shp",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", RECORDS)
def test_in_a_tree_the_next_run_mends_it_or_names_it(what: str, kind: str, tmp_path: Path) -> None:
    small, _ = product(tmp_path)
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out")
    path = RECORDS[what](tree.folder)
    before = path.read_bytes()
    put(kind, path)
    if refused := kind == "folder":
        with pytest.raises(EngineError, match=re.escape(path.name)):
            run(small.open(), fields_layer(), tmp_path / "out")
    else:
        run(small.open(), fields_layer(), tmp_path / "out")
    assert path.is_file() != refused
    assert refused or path.read_bytes() == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "endless"])
def test_a_raw_csv_that_is_no_file_is_named_by_compile(kind: str, tmp_path: Path) -> None:
    from sen2chain_ts_plugin.engine import Request, compile_tree

    small, _ = product(tmp_path)
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out")
    path = RECORDS["raw csv"](tree.folder)
    put(kind, path)
    log = Log()
    compile_tree(tree.folder, Request(), log)
    assert any(path.name in line for line in [*log.errors, *log.warnings])


def test_a_pipe_never_makes_the_whole_program_wait(tmp_path: Path) -> None:
    """In a process of its own: a read that waits holds up nobody but itself, and is found."""
    make_pipe(tmp_path / "config.cfg")
    code = (
        "import sys; from pathlib import Path; from sen2chain_ts_plugin.engine.files import read_bytes\n"
        "try: read_bytes(Path(sys.argv[1]))\nexcept OSError as error: print(error.strerror)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "config.cfg")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "it is a pipe" in done.stdout
