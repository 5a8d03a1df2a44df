"""Files that are whole or absent: atomic writes, links, full and read-only disks, the lock of a folder."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine import files
from sen2chain_ts_plugin.engine.errors import FolderLocked, LeadsOutside, WriteFailed
from sen2chain_ts_plugin.engine.files import (
    make_folder,
    own_folder,
    read_part,
    remove_file,
    system_path,
    write_atomic,
    write_if_changed,
)
from sen2chain_ts_plugin.engine.locks import is_locked, locked
from tests.support.capabilities import make_link, make_pipe
from tests.support.extracting import all_bytes
from tests.support.full_disk import files_of_at_most

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from sen2chain_ts_plugin.engine.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextlib.contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


# Writing


def test_threads_that_write_at_one_moment_of_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of Windows stands still for 15 ms."""
    monkeypatch.setattr(files.time, "monotonic_ns", lambda: 1)
    all_here = threading.Barrier(8)

    def write(number: int) -> None:
        all_here.wait()
        for again in range(20):
            write_atomic(tmp_path / f"{number}-{again}", b"%d" % number, tmp_path)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert written == {f"{number}-{again}": b"%d" % number for number in range(8) for again in range(20)}


def test_a_file_gets_its_bytes_and_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.csv"
    write_atomic(path, b"one", tmp_path)
    assert path.read_bytes() == b"one"
    write_atomic(path, [b"two ", b"", b"pieces"], tmp_path)
    assert path.read_bytes() == b"two pieces"
    write_atomic(path, b"", tmp_path)
    assert path.read_bytes() == b""
    assert all_bytes(tmp_path) == {"a/b/file.csv": b""}


def test_a_long_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may take only a part of what it is given."""
    write = os.write
    monkeypatch.setattr(files.os, "write", lambda descriptor, data: write(descriptor, data[:1000]))
    write_atomic(tmp_path / "file", bytes(range(256)) * 20, tmp_path)
    assert (tmp_path / "file").read_bytes() == bytes(range(256)) * 20


def test_nothing_is_written_again_without_need(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_if_changed(path, b"one", tmp_path)

    def state() -> tuple[int, int, int]:  # without the time of the last access: to compare, it is read
        status = path.stat()
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns

    before = state()
    assert not write_if_changed(path, b"one", tmp_path)
    assert not write_if_changed(path, [b"o", b"ne"], tmp_path)
    assert state() == before
    for other in (b"on", b"onee", b"", b"uno"):
        assert write_if_changed(path, other, tmp_path)
        assert path.read_bytes() == other


def test_pieces_that_fail_leave_the_old_file(tmp_path: Path) -> None:
    write_atomic(tmp_path / "file", b"old", tmp_path)

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "file", pieces(), tmp_path)
    assert all_bytes(tmp_path) == {"file": b"old"}


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    write_atomic(tmp_path / "file.csv", b"old", tmp_path)
    with files_of_at_most(10_000), pytest.raises(WriteFailed, match=r"file\.csv: File too large"):
        write_atomic(tmp_path / "file.csv", b"x" * 20_000, tmp_path)
    assert all_bytes(tmp_path) == {"file.csv": b"old"}


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "replace"])
def test_a_disk_that_fails_at_any_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    write_atomic(tmp_path / "file.csv", b"old", tmp_path)
    original = getattr(os, call)

    def fail(*arguments: object, **options: object) -> None:
        if call == "close":
            original(*arguments, **options)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(files.os, call, fail)
        with pytest.raises(WriteFailed, match=r"file\.csv: Input/output error"):
            write_atomic(tmp_path / "file.csv", b"new", tmp_path)
    assert all_bytes(tmp_path) == {"file.csv": b"old"}


def test_a_disk_that_cannot_flush_a_folder_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a share of Windows, mounted here, may not."""
    flush = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_atomic(tmp_path / "a.csv", b"whole\n", tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == b"whole\n"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteFailed, match="file"):
        make_folder(tmp_path / "file" / "folder")
    with pytest.raises(WriteFailed, match="file"):
        write_atomic(tmp_path / "file" / "x", b"", tmp_path)


# The engine's tests run as root too, for whom permissions do not exist; /proc refuses everybody.
@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
def test_a_place_where_nothing_may_be_written_is_named() -> None:
    place = Path("/proc/nothing")
    with pytest.raises(WriteFailed, match=re.escape(str(place))):
        write_atomic(place / "file", b"", place)
    with pytest.raises(WriteFailed, match=re.escape(str(place))), locked(place):
        pass


@pytest.mark.parametrize("piece", [1, 3, 1 << 20])
@pytest.mark.parametrize(("begin", "end"), [(0, 0), (0, 10), (3, 7), (9, 10), (4, 99), (10, 11), (50, 60)])
def test_a_part_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: int, end: int, piece: int) -> None:
    """However few bytes the system gives at once; where the file ends there are no more."""
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    read = os.read
    monkeypatch.setattr("os.read", lambda descriptor, size: read(descriptor, min(size, piece)))
    status, data = read_part(system_path(path), begin, end)
    assert (status.st_size, data) == (10, b"0123456789"[begin:end])


def test_a_part_of_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_part(system_path(tmp_path / "nothing"), 0, 1)
    with pytest.raises((IsADirectoryError, PermissionError)):
        read_part(system_path(tmp_path), 0, 1)
    make_pipe(tmp_path / "pipe")
    with pytest.raises(OSError, match="pipe"):
        read_part(system_path(tmp_path / "pipe"), 0, 1)


def test_removing(tmp_path: Path) -> None:
    write_atomic(tmp_path / "file", b"", tmp_path)
    remove_file(tmp_path / "file", tmp_path)
    remove_file(tmp_path / "file", tmp_path)
    assert all_bytes(tmp_path) == {}
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteFailed, match="folder"):
        remove_file(tmp_path / "folder", tmp_path)


# Links


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    (folder / "tmp").mkdir(parents=True)
    (folder / "tmp" / "letter.txt").write_text("years of work")
    (folder / "lock").write_text("someone's")
    return folder


def test_a_folder_that_leads_outside_is_not_written_through(tmp_path: Path, outside: Path) -> None:
    before = all_bytes(outside)
    tree = tmp_path / "tree"
    tree.mkdir()
    make_link(tree / "raw_data", outside)
    for path in (tree / "raw_data" / "file", tree / "raw_data" / "NDVI" / "CM001" / "file"):
        with pytest.raises(LeadsOutside) as raised:
            write_atomic(path, b"x", tree)
        assert str(outside) in str(raised.value)
    with pytest.raises(LeadsOutside):
        remove_file(tree / "raw_data" / "lock", tree)
    assert all_bytes(outside) == before
    assert sorted(os.listdir(outside)) == ["lock", "tmp"]


def test_a_link_under_the_name_of_a_file_is_replaced_not_followed(tmp_path: Path, outside: Path) -> None:
    before = all_bytes(outside)
    tree = tmp_path / "tree"
    tree.mkdir()
    make_link(tree / "file", outside / "lock")
    write_atomic(tree / "file", b"ours", tree)
    assert not (tree / "file").is_symlink()
    make_link(tree / "other", outside / "lock")
    remove_file(tree / "other", tree)
    assert not (tree / "other").is_symlink()
    assert all_bytes(outside) == before


@pytest.mark.parametrize("link", [".sen2chain_ts", ".sen2chain_ts/tmp", ".sen2chain_ts/lock"])
def test_our_own_folder_may_lead_outside_as_little(tmp_path: Path, outside: Path, link: str) -> None:
    """The lock would be emptied, and what lies in tmp taken for the litter of a killed run."""
    before = all_bytes(outside)
    tree = tmp_path / "tree"
    target = outside / Path(link).name if "/" in link else outside
    (tree / link).parent.mkdir(parents=True)
    make_link(tree / link, target)
    with contextlib.suppress(LeadsOutside, WriteFailed), locked(tree):
        write_atomic(tree / "file", b"x", tree)
    assert all_bytes(outside) == before


def test_links_within_the_folder_are_fine(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "real").mkdir(parents=True)
    make_link(tree / "alias", tree / "real")
    write_atomic(tree / "alias" / "file", b"x", tree)
    assert (tree / "real" / "file").read_bytes() == b"x"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    make_link(tmp_path / "tree", tmp_path / "disk")
    with locked(tmp_path / "tree"):
        write_atomic(tmp_path / "tree" / "sub" / "file", b"x", tmp_path / "tree")
    assert (tmp_path / "disk" / "sub" / "file").read_bytes() == b"x"


# The lock


def test_a_second_process_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        assert is_locked(tmp_path)
        with pytest.raises(FolderLocked) as raised, locked(tmp_path):
            pass
        said = str(raised.value)
        assert f"process {process.pid}" in said
        assert platform.node() in said
        assert str(tmp_path) in said
        assert json.loads((own_folder(tmp_path) / "lock").read_text(encoding="utf-8"))["since"] in said


def test_the_lock_of_a_killed_process_frees_itself_and_its_litter_goes(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        litter = own_folder(tmp_path) / "tmp" / "half"
        litter.parent.mkdir(exist_ok=True)
        litter.write_bytes(b"half")
        process.kill()
        process.wait()
    assert not is_locked(tmp_path)
    with locked(tmp_path):
        assert not litter.exists()
        assert is_locked(tmp_path)
    assert not is_locked(tmp_path)
    assert all_bytes(tmp_path) == {".sen2chain_ts/lock": b""}


def test_two_threads_of_one_process(tmp_path: Path) -> None:
    refused = []

    def try_it() -> None:
        try:
            with locked(tmp_path):
                pass
        except FolderLocked as error:
            refused.append(error)

    with locked(tmp_path):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert len(refused) == 1
    try_it()
    assert len(refused) == 1


def test_the_lock_of_who_is_refused_harms_nothing(tmp_path: Path) -> None:
    with locked(tmp_path):
        write_atomic(tmp_path / "before", b"x", tmp_path)
        litter = own_folder(tmp_path) / "tmp" / "being written"
        litter.parent.mkdir(exist_ok=True)
        litter.write_bytes(b"half")
        with pytest.raises(FolderLocked), locked(tmp_path):
            pass
        assert litter.read_bytes() == b"half"
        assert json.loads((own_folder(tmp_path) / "lock").read_text(encoding="utf-8"))["pid"] == os.getpid()


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"[1, 2]", b'{"pid": {}}', b"\xff"])
def test_a_lock_file_that_says_nothing(tmp_path: Path, content: bytes) -> None:
    with locked(tmp_path):
        (own_folder(tmp_path) / "lock").write_bytes(content)
        with pytest.raises(FolderLocked), locked(tmp_path):
            pass


def test_a_disk_without_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(WriteFailed, match=f"{tmp_path}.*{os.strerror(errno.ENOLCK)}"), locked(tmp_path):
        pass
    assert not is_locked(tmp_path)


def test_a_network_disk_says_otherwise_that_a_lock_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(descriptor: int, operation: int) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(FolderLocked), locked(tmp_path):
        pass


def test_a_failure_inside_frees_the_lock(tmp_path: Path) -> None:
    def fail_inside() -> None:
        with locked(tmp_path):
            assert is_locked(tmp_path)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert not is_locked(tmp_path)
    entered = False
    with locked(tmp_path):
        entered = True
        assert is_locked(tmp_path)
    assert entered
