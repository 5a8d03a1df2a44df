"""The copy, over a real ssh to a real sshd: what arrives, and what happens when it does not."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import (
    Cancelled,
    CopyDiskFull,
    CopyHostKeyUnknown,
    CopyInterrupted,
    CopyKeyRefused,
    CopyNotWritten,
    CopyTargetInvalid,
    CopyUnreachable,
    ProgramMissing,
)
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.install import program_line
from sen2chain_ts_plugin.engine.jobs import publish
from sen2chain_ts_plugin.engine.jobs.process_tree import ProcessTree
from tests.support.capabilities import IS_ROOT, make_link
from tests.support.sshd import PROGRAMS_THERE, Server, running_server
from tests.support.waiting import wait_for

needs_ssh = pytest.mark.skipif(not PROGRAMS_THERE, reason="needs openssh-server, openssh-client and rsync")
ALL_DATA = "compiled_data/NDVI/CM001/all_data"
CUSTOM = "compiled_data/NDVI/CM001/custom"
HOSTILE = [
    "",
    "server",
    "server:/x",
    "me@server",
    "me@server:",
    "@server:/x",
    "me@:/x",
    "-oProxyCommand=touch${IFS}/tmp/pwned",
    "-oProxyCommand=x@server:/x",
    "me@-oProxyCommand=x:/x",
    "h:-x",
    "me@server:-x",
    "me@-server:/x",
    "a b@h:/x",
    "me@a b:/x",
    "h:/x;rm",
    "me@server:/x;rm -rf /",
    "me@server:/x|y",
    "me@server:/x&y",
    "me@server:/$(id)",
    "me@server:/`id`",
    "me@server:/x\ny",
    "me@server:/x\n",
    "me@server:/x\ty",
    "me@server:/x\x00y",
    "me@server:/x'y",
    'me@server:/x"y',
    "me@server:/x\\y",
    "me@server:/x*",
    "me@server:/x?",
    "me@server:/{a,b}",
    "me@server:~/x",
    "me@server:/x<y",
    "me@server:/x>y",
    "me@server:/x#y",
    "me@server:/x!y",
    "me@server:/x ",
    "me@server: /x",
    "rsync://server/x",
    "rsync://me@server:873/x",
    "me@server::module",
    "me@server:..",
    "me@server:../x",
    "me@server:/x/../../etc",
    "me@server:/x/..",
    "me@ser..ver:/x",
    "me@.server:/x",
    "me@server.:/x",
    "me@[::1:/x",
    "me@[evil]:/x",
    "me:secret@server:/x",
    "me@server:22:/x",
    "ü@server:/x",
    "me@sérver:/x",
    "me@server:/" + "x" * 2000,
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture(autouse=True)
def reachable(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "server" in request.fixturenames:
        monkeypatch.setenv("PATH", request.getfixturevalue("server").programs)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "here" / "zones été & co_0123456789abcdef"
    write(folder / ALL_DATA / "zones_CC100_NDVI_all_data.csv", b"date,fid\n2021-01-05,0\n")
    write(folder / ALL_DATA / "naïve 区 name.csv", b"x\n")
    write(folder / CUSTOM / "zones_CC100_NDVI_2021-01-05_2021-03-31.csv", b"date,fid\n")
    write(folder / "compiled_data" / "NDVI" / "CM001" / "monthly" / "zones_CC100_NDVI_monthly_2021-01.csv", b"m\n")
    write(folder / "raw_data" / "NDVI" / "CM001" / "raw.csv", b"raw\n")
    return folder


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def send(server: Server, tree: Path, there: Path, host: str = "server", mirrored: str = "", feedback=None) -> int:
    target = publish.parse_target(server.target(host, there))
    return publish.copy(tree, [ALL_DATA, CUSTOM], target, feedback or Silent(), mirrored=mirrored)


# Targets


@pytest.mark.parametrize(
    "text",
    [
        "me@server:/data/results",
        "me@server.example.org:results",
        "me.you-2_x@192.0.2.7:/a",
        "me@[2001:db8::1]:/a",
        "me@server:/data/a b/été+1,2=3@4%5",
        "me@build_server:.",
        "me@server:./x",
        "me@server:/",
    ],
)
def test_target_is_read(text: str) -> None:
    assert publish.parse_target(text).text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_else_is_refused_with_the_rule(text: str) -> None:
    with pytest.raises(CopyTargetInvalid, match="It has the form user@server:path") as error:
        publish.parse_target(text)
    assert text in str(error.value)


# What arrives


@needs_ssh
def test_folders_arrive_below_the_name_of_the_extraction(server: Server, tree: Path, tmp_path: Path) -> None:
    there = tmp_path / "there" / "new folder é"
    assert send(server, tree, there) == 3
    wanted = {name: data for name, data in contents(tree).items() if ALL_DATA in name or CUSTOM in name}
    assert contents(there / tree.name) == wanted
    assert len(wanted) == 3


@needs_ssh
def test_only_what_changed_is_sent_again(server: Server, tree: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    send(server, tree, there)
    assert send(server, tree, there) == 0
    write(tree / ALL_DATA / "zones_CC100_NDVI_all_data.csv", b"date,fid\n2021-01-05,0\n2021-01-10,0\n")
    assert send(server, tree, there) == 1
    copied = there / tree.name / ALL_DATA / "zones_CC100_NDVI_all_data.csv"
    assert copied.read_bytes() == b"date,fid\n2021-01-05,0\n2021-01-10,0\n"


@needs_ssh
def test_relative_target_is_in_the_home_folder(server: Server, tree: Path) -> None:
    name = f"sen2chain_ts-test-{os.getpid()}"
    try:
        assert send(server, tree, Path(name)) == 3
        assert (Path.home() / name / tree.name / ALL_DATA / "naïve 区 name.csv").is_file()
    finally:
        subprocess.run(["rm", "-rf", Path.home() / name], check=True)


@needs_ssh
def test_nothing_is_removed_from_the_server_but_outdated_custom_files(
    server: Server, tree: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    send(server, tree, there, mirrored="custom")
    foreign = {
        there / "mine.csv",
        there / tree.name / "mine.csv",
        there / tree.name / "compiled_data" / "mine_CC100.csv",
        there / tree.name / ALL_DATA / "zones_CC50_NDVI_all_data.csv",
        there / tree.name / CUSTOM / "notes.txt",
        there / "other_0123456789abcdef" / CUSTOM / "other_CC100_NDVI_2021-01-05_2021-02-01.csv",
    }
    for path in foreign:
        write(path, b"mine")
    old = tree / CUSTOM / "zones_CC100_NDVI_2021-01-05_2021-03-31.csv"
    old.rename(old.with_name("zones_CC100_NDVI_2021-01-05_2021-04-05.csv"))
    send(server, tree, there)
    assert (there / tree.name / CUSTOM / old.name).is_file()
    send(server, tree, there, mirrored="custom")
    assert sorted(path.name for path in (there / tree.name / CUSTOM).iterdir()) == [
        "notes.txt",
        "zones_CC100_NDVI_2021-01-05_2021-04-05.csv",
    ]
    assert all(path.read_bytes() == b"mine" for path in foreign)


@needs_ssh
def test_links_are_not_followed(server: Server, tree: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret", b"secret")
    make_link(tree / ALL_DATA / "link.csv", tmp_path / "secret")
    send(server, tree, tmp_path / "there")
    assert b"secret" not in contents(tmp_path / "there").values()


@needs_ssh
def test_folders_that_do_not_exist_are_passed_over(server: Server, tree: Path, tmp_path: Path) -> None:
    target = publish.parse_target(server.target("server", tmp_path / "there"))
    assert publish.copy(tree, ["compiled_data/EVI/CM001/daily", ALL_DATA], target, Silent()) == 2
    assert publish.copy(tree, ["compiled_data/EVI/CM001/daily"], target, Silent()) == 0


# What goes wrong


@needs_ssh
@pytest.mark.parametrize(
    ("host", "kind", "words"),
    [
        ("down", CopyUnreachable, "Connection refused"),
        ("nowhere.invalid", CopyUnreachable, "Could not resolve hostname"),
        ("stranger", CopyHostKeyUnknown, "Connect once by hand"),
        ("changed", CopyHostKeyUnknown, "has changed"),
        ("refused", CopyKeyRefused, "ssh-copy-id"),
        ("locked", CopyKeyRefused, "without a password"),
    ],
)
def test_connection_that_cannot_be_made(
    server: Server, tree: Path, tmp_path: Path, host: str, kind: type, words: str
) -> None:
    before = contents(tree)
    with pytest.raises(kind, match=words) as error:
        send(server, tree, tmp_path / "there", host)
    assert host in str(error.value)
    assert contents(tree) == before
    assert not (tmp_path / "there").exists()


@needs_ssh
@pytest.mark.long
def test_server_that_says_nothing_is_given_up(server: Server, tree: Path, tmp_path: Path) -> None:
    with pytest.raises(CopyUnreachable, match="timed out"):
        send(server, tree, tmp_path / "there", "silent")


@needs_ssh
def test_disk_full_on_the_server_keeps_the_old_file(server: Server, tree: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    big = tree / ALL_DATA / "big.csv"
    write(big, b"old")
    send(server, tree, there)
    big.write_bytes(noise(1 << 20))
    # The words of the far side may be lost with the connection; then the exit code alone tells.
    with pytest.raises((CopyDiskFull, CopyNotWritten), match=r"no space left there|may be full"):
        send(server, tree, there, "limited")
    assert (there / tree.name / ALL_DATA / "big.csv").read_bytes() == b"old"
    send(server, tree, there)
    assert contents(there / tree.name / ALL_DATA) == contents(tree / ALL_DATA)


@needs_ssh
@pytest.mark.skipif(not IS_ROOT, reason="only root can make a small disk")
def test_small_disk_on_the_server(server: Server, tree: Path, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    there.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", there], check=False).returncode:
        pytest.skip("this root may not mount")
    try:
        write(tree / ALL_DATA / "big.csv", noise(1 << 20))
        with pytest.raises((CopyDiskFull, CopyNotWritten), match=r"No space left on device|may be full"):
            send(server, tree, there)
        assert not (there / tree.name / ALL_DATA / "big.csv").exists()
    finally:
        subprocess.run(["umount", "--lazy", there], check=True)


@needs_ssh
def test_cut_copy_leaves_the_old_file_and_goes_on_where_it_was(server: Server, tree: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    big = tree / ALL_DATA / "big.csv"
    size = 8 << 20
    write(big, b"old")
    send(server, tree, there)
    new = noise(size)
    big.write_bytes(new)
    server.cutter.limit = size * 3 // 4
    with pytest.raises(CopyInterrupted, match="The next run resumes it"):
        send(server, tree, there, "flaky")
    folder = there / tree.name / ALL_DATA
    assert (folder / "big.csv").read_bytes() == b"old"
    wait_for(lambda: any(path.is_dir() and list(path.iterdir()) for path in folder.glob(".*partial")))
    server.cutter.limit, server.cutter.passed = None, 0
    assert send(server, tree, there, "flaky") == 1
    assert (folder / "big.csv").read_bytes() == new
    assert server.cutter.passed < 0.75 * size  # what had arrived was not sent again
    assert sorted(os.listdir(folder)) == sorted(os.listdir(tree / ALL_DATA))


@needs_ssh
def test_cancel_ends_the_copy_at_once_and_leaves_no_process(server: Server, tree: Path, tmp_path: Path) -> None:
    size = 8 << 20

    class Impatient(Silent):
        def cancelled(self) -> bool:
            return server.cutter.passed > size / 50

    write(tree / ALL_DATA / "big.csv", noise(size))
    server.cutter.passed, server.cutter.bytes_per_second = 0, 200_000
    try:
        with pytest.raises(Cancelled):
            send(server, tree, tmp_path / "there", "flaky", feedback=Impatient())
    finally:
        server.cutter.bytes_per_second = None
    assert server.cutter.passed < size / 2
    assert not (tmp_path / "there" / tree.name / ALL_DATA / "big.csv").exists()
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    if children.exists():
        names = [
            Path(f"/proc/{child}/comm").read_text(encoding="utf-8").strip()
            for child in children.read_text(encoding="utf-8").split()
        ]
        assert "rsync" not in names


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, MemoryError, SystemExit])
def test_whatever_stops_us_ends_the_copy(
    tree: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    class Stops(Silent):
        def cancelled(self) -> bool:
            raise stop

    monkeypatch.setattr(publish, "commands", lambda *_, **__: [[sys.executable, "-c", "import time; time.sleep(60)"]])
    started: list[subprocess.Popen] = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *words, **options: started.append(popen(*words, **options)) or started[0]
    )
    with pytest.raises(stop):
        publish.copy(tree, [ALL_DATA], publish.parse_target("me@server:/x"), Stops())
    assert started[0].poll() is not None


@pytest.mark.parametrize("deaf", [False, True], ids=["ends when asked", "does not hear"])
def test_what_the_copy_has_started_ends_with_it(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaf: bool
) -> None:
    """As ssh, which rsync starts, and which holds the pipes through which we hear from both."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    heard: list[socket.socket] = []
    ssh = f"""
import signal, socket
if {deaf}:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
socket.create_connection({listening.getsockname()!r}).recv(1)
"""
    rsync = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ssh!r}])"

    class Impatient(Silent):
        def cancelled(self) -> bool:
            with contextlib.suppress(BlockingIOError):
                heard.append(listening.accept()[0])
            return bool(heard)

    monkeypatch.setattr(publish, "_ENDING_SECONDS", 0.5)
    monkeypatch.setattr(publish, "commands", lambda *_, **__: [[sys.executable, "-c", rsync]])
    with pytest.raises(Cancelled):
        publish.copy(tree, [ALL_DATA], publish.parse_target("me@server:/x"), Impatient())
    with listening, heard[0] as line:
        line.settimeout(600)
        with contextlib.suppress(ConnectionResetError):
            assert line.recv(1) == b""  # it has ended: nobody holds the other end


def test_what_cannot_be_ended_is_not_waited_for(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stops(Silent):
        def cancelled(self) -> bool:
            return True

    monkeypatch.setattr(publish, "_ENDING_SECONDS", 0.2)
    for ending in ("ask_to_end", "kill"):
        monkeypatch.setattr(ProcessTree, ending, lambda _: None)
    monkeypatch.setattr(publish, "commands", lambda *_, **__: [[sys.executable, "-c", "import time; time.sleep(5)"]])
    with pytest.raises(Cancelled):
        publish.copy(tree, [ALL_DATA], publish.parse_target("me@server:/x"), Stops())


@pytest.mark.parametrize("program", ["ssh", "rsync"])
def test_missing_program_is_named(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name, **_: None if name == program else f"/bin/{name}")
    with pytest.raises(ProgramMissing, match=f"{program}, which is not installed") as error:
        publish.copy(tree, [ALL_DATA], publish.parse_target("me@server:/x"), Silent())
    assert str(error.value).endswith(program_line(program))


def test_windows_uses_the_ssh_that_came_with_rsync(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, msys = str(tmp_path / "System32"), str(tmp_path / "msys64 é")

    def which(name: str, path: str | None = None) -> str | None:
        there = {"ssh": own, "rsync": msys} if path is None else {"ssh": path} if path == msys else {}
        return os.path.join(there[name], name) if name in there else None

    monkeypatch.setattr("shutil.which", which)
    monkeypatch.setattr(publish, "sys", SimpleNamespace(platform="win32"))
    make_folder, send = publish.commands(tree, [ALL_DATA], publish.parse_target("me@server:/x"))
    assert make_folder[0] == os.path.join(msys, "ssh")
    assert next(word for word in send if word.startswith("--rsh=")).startswith(f"--rsh='{make_folder[0]}' ")
    msys = str(tmp_path / "rsync alone")
    assert publish.commands(tree, [ALL_DATA], publish.parse_target("me@server:/x"))[0][0] != make_folder[0]


def test_every_command_is_told_never_to_ask(tree: Path) -> None:
    if not PROGRAMS_THERE:
        pytest.skip("needs openssh-client and rsync")
    for command in publish.commands(tree, [ALL_DATA], publish.parse_target("me@server:/x y")):
        words = " ".join(command)
        for option in ("BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout="):
            assert option in words
        operands = command[command.index("--") + 1 :]
        assert operands[0].startswith(("./", "me@server"))
        assert not any(word.startswith("-") for word in operands)


def noise(size: int) -> bytes:
    """Return bytes that no compression makes shorter."""
    return np.random.default_rng(1).bytes(size)
