"""The copy of results to ``user@server:path``: rsync over ssh.

It never asks, never waits forever, and never shows half a file. With `schedule` the only module that starts a process;
a target is read by a whitelist before anything is started.

Instead of paramiko: the user's own ssh has the keys, the agent and the known hosts.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..choices import CUSTOM
from ..errors import (
    Cancelled,
    CopyDiskFull,
    CopyFailed,
    CopyHostKeyUnknown,
    CopyInterrupted,
    CopyKeyRefused,
    CopyNotWritten,
    CopyTargetInvalid,
    CopyTimedOut,
    CopyUnreachable,
    EngineError,
    Phrase,
    ProgramMissing,
)
from ..feedback import Feedback
from ..files import is_folder
from ..install import program_line
from .process_tree import ProcessTree
from .program_output import of_unix_program

_TARGET = re.compile(
    r"(?P<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})"
    r"@(?P<host>[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,252}|\[[0-9A-Fa-f:.]{2,45}\])"
    r":(?P<path>[\w./][\w./+=,@% -]{0,1023})"
)
# Half a file waits here, next to the file, and the next copy continues from it.
_PARTIAL = ".sen2chain_ts-partial"
_SSH_OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=20",
    "ServerAliveCountMax=3",
    "ClearAllForwardings=yes",
)
_SILENCE_SECONDS = 120
_LONGEST_COPY_SECONDS = 6 * 3600
_POLL_SECONDS = 0.2
_ENDING_SECONDS = 10
# The far side could not write; on a full disk its own words may be lost with the connection.
_RSYNC_NOT_WRITTEN = 11
# The exit codes of rsync for a connection that ended: protocol, socket, stream, signal, time-out.
_RSYNC_CUT = (2, 5, 10, 12, 20, 30, 35, 255)

# What ssh and rsync write when they fail, in English.
_MEANINGS: tuple[tuple[str, type[EngineError]], ...] = (
    (r"Host key verification failed|No .* host key is known|IDENTIFICATION HAS CHANGED", CopyHostKeyUnknown),
    (r"Permission denied \(|Too many authentication failures|no more authentication methods", CopyKeyRefused),
    (r"Could not resolve|Connection refused|No route to host|is unreachable|timed out", CopyUnreachable),
    (r"No space left on device|Disk quota exceeded|File too large", CopyDiskFull),
)


@dataclass(frozen=True)
class Target:
    """Where a copy goes; made by `parse_target` only."""

    user: str
    host: str
    path: str

    @property
    def text(self) -> str:
        """The target as it is written."""
        return f"{self.user}@{self.host}:{self.path}"

    @property
    def login(self) -> str:
        """The target as ssh takes it."""
        return f"{self.user}@{self.host.strip('[]')}"


def parse_target(text: str) -> Target:
    """Read ``user@server:path``; a relative path starts in the home folder on the server.

    Raises
    ------
    CopyTargetInvalid
        it is anything else, or holds a character that a shell or ssh could understand differently.
    """
    match = _TARGET.fullmatch(text)
    if not match or match["host"].endswith(("-", "_")) or text.endswith(" ") or ".." in match["path"].split("/"):
        raise CopyTargetInvalid(target=text)
    return Target(match["user"], match["host"], match["path"])


def commands(folder: Path, parts: Sequence[str], target: Target, *, mirrored: str = "") -> list[list[str]]:
    """Return the commands of a copy, to be started in the parent of ``folder``.

    Parameters
    ----------
    folder
        the extraction folder; it keeps its name on the server.
    parts
        the folders below it to send, with ``/``.
    target
        where to.
    mirrored
        the name of a folder in which results that are gone here are removed from the server too.

    Raises
    ------
    ProgramMissing
        ssh or rsync is not installed.
    """
    ssh = [_ssh(), "-T", *(word for option in _SSH_OPTIONS for word in ("-o", option))]
    make_folder = [*ssh, "--", target.login, f"mkdir -p -- {shlex.quote(target.path)}"]
    removal = ["--delete-after", f"--filter=risk {mirrored}/*_CC*.csv", "--filter=protect *"] if mirrored else []
    send = [
        _program("rsync"),
        "--recursive",
        "--relative",
        "--times",
        "--omit-dir-times",
        "--compress",
        "--protect-args",
        f"--partial-dir={_PARTIAL}",
        *removal,
        f"--timeout={_SILENCE_SECONDS}",
        "--8-bit-output",
        "--out-format=%n",
        f"--rsh={' '.join(shlex.quote(word) for word in ssh)}",
        "--",
        *(f"./{folder.name}/{part}/" for part in parts),
        f"{target.text.rstrip('/') or '/'}/",
    ]
    return [make_folder, send]


def copy(folder: Path, parts: Sequence[str], target: Target, feedback: Feedback, *, mirrored: str = "") -> int:
    """Send folders of an extraction to a server; return the number of files that were sent.

    A file on the server is the old or the new one, never half. A copy that was cut continues where it was. Nothing here
    is changed.

    Parameters
    ----------
    folder, parts, target, mirrored
        see `commands`; parts that do not exist are passed over.
    feedback
        asked whether to stop.

    Raises
    ------
    CopyUnreachable, CopyHostKeyUnknown, CopyKeyRefused, CopyDiskFull, CopyInterrupted, CopyTimedOut, CopyFailed
        what went wrong; names the target and the remedy.
    ProgramMissing
        ssh or rsync is not installed.
    Cancelled
        the user asked to stop.
    """
    parts = [part for part in parts if is_folder(folder / part)]
    if not parts:
        return 0
    deadline = time.monotonic() + _LONGEST_COPY_SECONDS
    output = ""
    for command in commands(folder, parts, target, mirrored=mirrored):
        output = _run(command, folder.parent, target, deadline, feedback)
    return sum(
        1 for line in output.splitlines() if line and not line.endswith("/") and not line.startswith("deleting ")
    )


def _run(command: list[str], folder: Path, target: Target, deadline: float, feedback: Feedback) -> str:
    """Run one command of a copy; return what it printed."""
    process = subprocess.Popen(  # the target passed the whitelist, the rest is ours
        command,
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # else a console flashes up over QGIS
    )
    with contextlib.closing(ProcessTree(process.pid)) as tree:
        try:
            output, complaint = _wait(process, target, deadline, feedback)
        except BaseException:  # whatever stops us stops the copy
            _end(process, tree)
            raise
    if process.returncode:
        raise _failure(Path(command[0]).stem, process.returncode, of_unix_program(complaint), target)
    return of_unix_program(output)


def _wait(process: subprocess.Popen[bytes], target: Target, deadline: float, feedback: Feedback) -> tuple[bytes, bytes]:
    """Wait for the end of a command; return its output and its complaints."""
    while True:
        try:
            return process.communicate(timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if feedback.cancelled():
                raise Cancelled from None
            if time.monotonic() > deadline:
                raise CopyTimedOut(target=target.text, hours=_LONGEST_COPY_SECONDS // 3600) from None


def _end(process: subprocess.Popen[bytes], tree: ProcessTree) -> None:
    """End a command and the ssh that it started; wait a while for both, never longer."""
    for end in (tree.ask_to_end, tree.kill):
        end()
        try:
            process.communicate(timeout=_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return


def _environment() -> dict[str, str]:
    """Return the environment of a command: English messages, nothing that changes what the options say."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RSYNC_", "SSH_ASKPASS"))}
    return {**kept, "LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ProgramMissing(program=name, install=program_line(name))
    return path


def _ssh() -> str:
    """Return the ssh that rsync gets along with: on Windows that of the same MSYS2 or Cygwin, not the system's own."""
    rsync = shutil.which("rsync") if sys.platform == "win32" else None
    return (rsync and shutil.which("ssh", path=os.path.dirname(rsync))) or _program("ssh")


def _failure(program: str, code: int, complaint: str, target: Target) -> EngineError:
    """Return what an exit code and the words before it mean."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    reason = "; ".join(lines[:3]) or Phrase("{program} ended with code {code}", program=program, code=code)
    values = {"target": target.text, "host": target.host, "reason": reason}
    for pattern, kind in _MEANINGS:
        if re.search(pattern, complaint):
            return kind(**values)
    if program == "rsync" and code == _RSYNC_NOT_WRITTEN:
        return CopyNotWritten(**values)
    if (program == "rsync" and code in _RSYNC_CUT) or (program == "ssh" and code == 255):
        return CopyInterrupted(**values)
    return CopyFailed(**values)


def mirrored(periods: Sequence[str]) -> str:
    """Return the folder whose files on the server are replaced by those that are sent; empty for none."""
    # Their names hold the first and the last date, so that a nightly job would fill the server with older ones.
    return CUSTOM if CUSTOM in periods else ""
