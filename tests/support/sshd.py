"""A real sshd on loopback for the tests of the copy, with keys of its own; no file outside its folder."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.capabilities import IS_ROOT

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PROGRAMS_THERE = bool(SSHD and shutil.which("ssh") and shutil.which("ssh-keygen") and shutil.which("rsync"))


@dataclass
class Server:
    """An sshd that runs, and a folder with an ``ssh`` that knows how to reach it.

    In the configuration of that ssh: ``server`` (as it should be), ``flaky`` (through `Cutter`), ``stranger`` (its key
    is not known), ``changed`` (another key is known), ``refused`` (our key is not accepted), ``locked`` (our key needs
    a passphrase), ``down`` (nobody listens), ``silent`` (somebody listens and says nothing), ``limited`` (files of more
    than 64 KiB cannot be written).
    """

    folder: Path
    port: int
    cutter: Cutter

    @property
    def programs(self) -> str:
        """A PATH on which this ssh comes first."""
        return f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"

    def target(self, host: str, path: Path | str) -> str:
        return f"{getpass.getuser()}@{host}:{path}"


@dataclass
class Cutter:
    """Passes bytes on to a port; closes a connection after a number of bytes from the client."""

    to_port: int
    limit: int | None = None
    bytes_per_second: int | None = None
    passed: int = 0
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return self.listener.getsockname()[1]

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return  # closed: the tests are over
            server = socket.create_connection(("127.0.0.1", self.to_port))
            threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(8192):
                passed += len(data)
                if counted:
                    self.passed += len(data)
                    if self.bytes_per_second:
                        time.sleep(len(data) / self.bytes_per_second)
                    if self.limit is not None and passed > self.limit:
                        break
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def make_key(path: Path, passphrase: str = "") -> str:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path], check=True)
    return path.with_suffix(".pub").read_text(encoding="utf-8")


@contextlib.contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Run an sshd until the block ends."""
    port, silent = free_port(), socket.create_server(("127.0.0.1", 0))
    cutter = Cutter(port)
    threading.Thread(target=cutter.serve, daemon=True).start()
    _configure(folder, port, {"flaky": cutter.port, "silent": silent.getsockname()[1], "down": free_port()})
    if IS_ROOT:
        Path("/run/sshd").mkdir(exist_ok=True)  # where Debian's sshd, started by root, expects an empty folder
    log = folder / "sshd.log"
    daemon = subprocess.Popen([SSHD, "-D", "-f", folder / "sshd_config", "-E", log], stdin=subprocess.DEVNULL)
    try:
        _wait(port, daemon, log)
        yield Server(folder, port, cutter)
    finally:
        daemon.terminate()
        daemon.wait(10)
        cutter.listener.close()
        silent.close()


def _configure(folder: Path, port: int, ports: dict[str, int]) -> None:
    host_key = make_key(folder / "host_key")
    other_key = make_key(folder / "other_key")
    authorized = make_key(folder / "client_key")
    limited = make_key(folder / "limited_key")
    make_key(folder / "refused_key")
    locked = make_key(folder / "locked_key", "a passphrase")
    limit = "trap '' XFSZ; ulimit -f 128; eval \\\"$SSH_ORIGINAL_COMMAND\\\""
    (folder / "authorized_keys").write_text(f'{authorized}{locked}command="{limit}" {limited}')
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder / 'host_key'}\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {folder / 'authorized_keys'}\nStrictModes no\nPermitRootLogin prohibit-password\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nLogLevel VERBOSE\n"
        f"SetEnv PATH={os.environ['PATH']}\n"
    )
    hosts = [
        ("server", port, "client_key", host_key),
        ("flaky", ports["flaky"], "client_key", host_key),
        ("stranger", port, "client_key", None),
        ("changed", port, "client_key", other_key),
        ("refused", port, "refused_key", host_key),
        ("locked", port, "locked_key", host_key),
        ("down", ports["down"], "client_key", host_key),
        ("silent", ports["silent"], "client_key", host_key),
        ("limited", port, "limited_key", host_key),
    ]
    known, config = "", ""
    for name, host_port, key, known_key in hosts:
        known += f"{name} {known_key}" if known_key else ""
        config += (
            f"Host {name}\n  HostName 127.0.0.1\n  Port {host_port}\n  HostKeyAlias {name}\n"
            f"  IdentityFile {folder / key}\n"
        )
    (folder / "known_hosts").write_text(known)
    (folder / "ssh_config").write_text(
        f"{config}Host *\n  IdentitiesOnly yes\n  IdentityAgent none\n  UserKnownHostsFile {folder / 'known_hosts'}\n"
        "  GlobalKnownHostsFile /dev/null\n"
    )
    program = folder / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder / "ssh_config"} "$@"\n')
    program.chmod(0o755)


def _wait(port: int, daemon: subprocess.Popen, log: Path) -> None:
    for _ in range(100):
        if daemon.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"sshd does not answer: {log.read_text(encoding='utf-8') if log.exists() else ''}")
