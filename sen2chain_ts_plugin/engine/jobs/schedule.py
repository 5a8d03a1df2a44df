"""Jobs in the scheduler of the system: cron, or the Windows Task Scheduler.

With `publish` the only module that starts a process. The crontab is read again right before it is written, and what it
says afterwards is checked.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from ..errors import CronLineTooLong, JobNotScheduled, Phrase, SchedulerMissing, SchedulerRefused, ScheduleUnsafe
from . import crontab, windows_tasks
from .cron_timing import Timing
from .crontab import ABSENT, DISABLED, ENABLED, ScheduleEntry
from .program_output import of_system_program

_TIMEOUT_SECONDS = 30
_TRIES = 5
# Bytes of a line that no cron refuses for its length. Debian's takes a command of 998, others take more.
_SHORT_ENOUGH = 900
_PATHS_NAMED = 3


@dataclass(frozen=True)
class Command:
    """What a schedule starts: nothing of it depends on the environment it is started from.

    Attributes
    ----------
    arguments
        the program, with its full path, and its arguments.
    environment
        the variables it needs.
    log
        the file to which its output is appended.
    """

    arguments: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class Scheduler(Protocol):
    """What a system offers to run jobs."""

    def entry(self, name: str) -> ScheduleEntry:
        """Return what the scheduler says about a job."""

    def enable(self, name: str, timing: Timing, command: Command) -> None:
        """Make the job run at its timing."""

    def disable(self, name: str) -> None:
        """Stop the job, but keep its entry."""

    def remove(self, name: str) -> None:
        """Take the job out, if it is there."""


def open_scheduler() -> Scheduler:
    """Return the scheduler of this system; where there is none, one that says how to do without."""
    if sys.platform == "win32":
        return WindowsTasks()
    return Crontab() if shutil.which("crontab") else NoScheduler()


def shell_line(command: Command) -> str:
    """Return the command as one line of a shell, independent of where it is started."""
    if sys.platform == "win32":
        return windows_tasks.command_line(command.arguments, command.environment, command.log)
    variables = [f"{name}={value}" for name, value in command.environment.items()]
    words = [shlex.quote(word) for word in ("/usr/bin/env", *variables, *command.arguments)]
    folder, log = shlex.quote(str(command.log.parent)), shlex.quote(str(command.log))
    return f"/bin/mkdir -p {folder}; {' '.join(words)} >> {log} 2>&1"


def cron_line(name: str, timing: Timing, command: Command) -> bytes:
    """Return the line of a crontab that runs a job, with its mark, without line end.

    Raises
    ------
    ScheduleUnsafe
        a path holds a control character, which would end the line, or a backslash, which cron programs read
        in different ways.
    """
    for text in (*command.arguments, *command.environment, *command.environment.values(), str(command.log)):
        for character in text:
            if character == "\\" or ord(character) < 32 or ord(character) == 127:
                raise ScheduleUnsafe(text=text, character=repr(character))
    # In a crontab a bare % ends the command.
    shell = shell_line(command).replace("%", "\\%")
    return f"{timing.text} {shell} {crontab.MARK}{name}".encode("utf-8", "surrogateescape")


def _longest_paths(command: Command) -> str:
    """Return the paths that make a line long, for a message."""
    words = [*command.arguments, *command.environment.values(), str(command.log)]
    paths = {path for word in words for path in word.split("=")[-1].split(os.pathsep) if "/" in path}
    return ", ".join(sorted(paths, key=lambda path: (-len(path), path))[:_PATHS_NAMED])


class Crontab:
    """The crontab of the user, through the program ``crontab``."""

    def entry(self, name: str) -> ScheduleEntry:
        """Return what the crontab says about a job."""
        return crontab.entry(self._read(), name)

    def enable(self, name: str, timing: Timing, command: Command) -> None:
        """Write the job's line, or bring it up to date."""
        line = cron_line(name, timing, command)
        try:
            self._change(lambda table: crontab.with_line(table, name, line))
        except SchedulerRefused as refusal:
            if len(line) <= _SHORT_ENOUGH:
                raise
            raise CronLineTooLong(
                name=name, length=len(line), reason=refusal.values["reason"], paths=_longest_paths(command),
                timing=timing.text, command=shell_line(command),
            ) from refusal  # fmt: skip

    def disable(self, name: str) -> None:
        """Comment the job's line."""
        self._change(lambda table: crontab.disabled(table, name))

    def remove(self, name: str) -> None:
        """Delete the job's line."""
        self._change(lambda table: crontab.removed(table, name))

    def _change(self, edit: Callable[[bytes], bytes]) -> None:
        with _alone():
            for _ in range(_TRIES):
                before = self._read()
                after = edit(before)
                if after == before:
                    return
                if self._read() == before:
                    self._write(after)
                now = self._read()
                if edit(now) == now:
                    return
        raise SchedulerRefused(program="crontab", reason=Phrase("somebody else is changing the crontab; try again"))

    def _read(self) -> bytes:
        result = _run([_program("crontab"), "-l"])
        if result.returncode == 0:
            return crontab.without_heading(result.stdout)
        # Anything but an empty crontab must not be taken for one: it would be overwritten.
        if b"no crontab for" in result.stderr or b"No such file or directory" in result.stderr:
            return b""
        raise SchedulerRefused(program="crontab -l", reason=_complaint(result))

    def _write(self, table: bytes) -> None:
        result = _run([_program("crontab"), "-"], table)
        if result.returncode:
            raise SchedulerRefused(program="crontab", reason=_complaint(result))


class WindowsTasks:
    """The Windows Task Scheduler, through the program ``schtasks``."""

    def entry(self, name: str) -> ScheduleEntry:
        """Return what the Task Scheduler says about a job."""
        listed = self._schtasks("/Query", "/FO", "CSV", "/NH")
        # Windows tells no capitals apart in the names of tasks.
        if f'"{windows_tasks.task_name(name)}"'.encode().lower() not in listed.lower():
            return ScheduleEntry(ABSENT)
        xml = of_system_program(self._schtasks("/Query", "/TN", windows_tasks.task_name(name), "/XML"))
        enabled, timing = windows_tasks.read_state(xml)
        state = ENABLED if enabled else DISABLED
        return ScheduleEntry(state, timing, command=windows_tasks.read_command(xml))

    def enable(self, name: str, timing: Timing, command: Command) -> None:
        """Make the task, or replace it."""
        xml = windows_tasks.task_xml(
            name, timing, command.arguments, command.environment, command.log, date.today(), _user()
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "task.xml")
            path.write_bytes(xml.encode("utf-16"))
            self._schtasks("/Create", "/TN", windows_tasks.task_name(name), "/XML", str(path), "/F")

    def disable(self, name: str) -> None:
        """Disable the task."""
        if self.entry(name).state == ABSENT:
            raise JobNotScheduled(name=name)
        self._schtasks("/Change", "/TN", windows_tasks.task_name(name), "/DISABLE")

    def remove(self, name: str) -> None:
        """Delete the task."""
        if self.entry(name).state != ABSENT:
            self._schtasks("/Delete", "/TN", windows_tasks.task_name(name), "/F")

    def _schtasks(self, *arguments: str) -> bytes:
        result = _run([_program("schtasks"), *arguments])
        if result.returncode:
            raise SchedulerRefused(program="schtasks", reason=_complaint(result))
        return result.stdout


class NoScheduler:
    """A system without a scheduler that we know: nothing is ever scheduled."""

    def entry(self, name: str) -> ScheduleEntry:  # noqa: ARG002 what every scheduler is asked
        """Return that there is nothing."""
        return ScheduleEntry(ABSENT)

    def enable(self, name: str, timing: Timing, command: Command) -> None:  # noqa: ARG002
        """Say how to schedule it by other means."""
        raise SchedulerMissing(timing=timing.text, command=shell_line(command))

    def disable(self, name: str) -> None:
        """Say that it is not scheduled."""
        raise JobNotScheduled(name=name)

    def remove(self, name: str) -> None:
        """Do nothing: it is not there."""


def _run(command: list[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # English messages, and the crontab from its first byte: Debian's else hides its first three lines, where they are
    # remarks, for its own heading, which a table that somebody wrote into the spool does not have.
    environment = {**os.environ, "LC_ALL": "C", "CRONTAB_NOHEADER": "N"}
    try:
        return subprocess.run(
            command,
            env=environment,
            input=data,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # else a console flashes up over QGIS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SchedulerRefused(program=command[0], reason=error) from error


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SchedulerRefused(program=name, reason=Phrase("it is not installed"))
    return path


def _complaint(result: subprocess.CompletedProcess[bytes]) -> str:
    text = of_system_program(result.stderr) or of_system_program(result.stdout)
    return "; ".join(line.strip() for line in text.splitlines() if line.strip()) or Phrase(
        "exit code {code}", code=result.returncode
    )


def _user() -> str:
    """Return who this is, as Windows names users."""
    domain, name = os.environ.get("USERDOMAIN", ""), os.environ.get("USERNAME") or getpass.getuser()
    return f"{domain}\\{name}" if domain else name


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep two of our own changes apart, where the system can: a lock on the home folder, which leaves no file."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    try:
        descriptor = os.open(Path.home(), os.O_RDONLY)
    except (OSError, RuntimeError):
        yield  # no home folder: then nobody else edits this crontab either
        return
    try:
        with contextlib.suppress(OSError):  # some network disks cannot lock
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
