"""Jobs: where their files are, reading and writing them, and what is known about each.

Source of the places: Sen2Chain 1.4.1.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import (
    EngineError,
    JobNameInvalid,
    JobNotFound,
    JobScheduledElsewhere,
    JobUnreadable,
    LockRefused,
    SchedulerRefused,
    TimingInvalid,
    TimingNeverComes,
)
from ..files import is_file, read_bytes, system_path, write_atomic
from ..library.folders import Library, open_library
from ..locks import locked
from ..text import WINDOWS_DEVICES
from . import cron_timing as cron
from . import log as joblog
from .cron_timing import Timing
from .crontab import ABSENT, ENABLED, ScheduleEntry
from .file import Job, decode, parse
from .log import JobRun
from .schedule import Command, Scheduler

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_SUFFIX = ".cfg"
_FILE = re.compile(r"job_(?P<name>.+)\.cfg")
# How the command that a scheduler runs names its job: options of the algorithm that runs it.
_JOB, _LIBRARY = "--JOB=", "--LIBRARY="


_LARGEST_JOB = 1 << 24  # bytes


@dataclass(frozen=True)
class JobFile:
    """The name of a job and its file."""

    name: str
    path: Path


@dataclass(frozen=True)
class JobState:
    """What is known about a job.

    Attributes
    ----------
    file
        its name and file.
    job
        what the file says; None where it cannot be read.
    problem
        why it cannot be read; None where it can.
    schedule
        what the scheduler says about it.
    next_run
        when it runs next, in local time; None where it is not enabled.
    last_run
        its last run; None where there is no log of one.
    """

    file: JobFile
    job: Job | None
    problem: EngineError | None
    schedule: ScheduleEntry
    next_run: datetime | None
    last_run: JobRun | None


@dataclass(frozen=True)
class ScheduledJob:
    """The job that a scheduler runs: its name, or the path of its file, and the folder of its library."""

    job: str
    library: str


def check_name(name: str) -> str:
    """Return the name of a job, when it is one.

    Raises
    ------
    JobNameInvalid
        it breaks the rule, which the message shows.
    """
    if not _is_name(name):
        raise JobNameInvalid(name=name)
    return name


def job_file(library: Library, name: str) -> JobFile:
    """Return the file of a job of this library, whether it exists or not; where it does, with the name it has there.

    Raises
    ------
    JobNameInvalid
        it is no name of a job.
    """
    return _as_kept(JobFile(check_name(name), library.jobs / f"job_{name}.cfg"))


def name_of(text: str) -> str:
    """Return the name of a job given by its name, or by the path of its file, which need not exist.

    Raises
    ------
    JobNameInvalid
        it is neither.
    """
    return check_name(Path(text).stem.removeprefix("job_") if text.endswith(_SUFFIX) else text)


def named_job(library: Library, text: str) -> JobFile:
    """Return a job given by its name, or by the path of its file (``….cfg``), whether it exists or not.

    Raises
    ------
    JobNameInvalid
        it is neither, or the file is named after no job.
    """
    if not text.endswith(_SUFFIX):
        return job_file(library, text)
    return _as_kept(JobFile(name_of(text), Path(os.path.abspath(text))))


def find_job(library: Library, text: str) -> JobFile:
    """Return a job given by its name, or by the path of its file (``….cfg``).

    Raises
    ------
    JobNameInvalid
        it is neither, or the file is named after no job.
    JobNotFound
        there is no such file; names the jobs there are.
    """
    found = named_job(library, text)
    if not is_file(found.path):
        there = ", ".join(file.name for file in job_files(library)) or "-"
        raise JobNotFound(name=found.name, path=found.path, there=there)
    return found


def job_files(library: Library) -> list[JobFile]:
    """Return the jobs of a library, by name; files with names that no job can have are passed over."""
    try:
        names = sorted(os.listdir(system_path(library.jobs)))
    except OSError:
        return []  # no job was saved yet
    matches = ((name, _FILE.fullmatch(name)) for name in names)
    files = [JobFile(match["name"], library.jobs / name) for name, match in matches if match]
    return [file for file in files if _is_name(file.name)]


def load_job(file: JobFile) -> Job:
    """Read a job.

    Raises
    ------
    JobUnreadable, JobFileEncoding, JobLineInvalid, JobTableMissing, JobKeyMissing
        why it cannot be read; names the file and the line.
    """
    try:
        data = read_bytes(file.path, _LARGEST_JOB)
    except OSError as error:
        raise JobUnreadable(path=file.path, reason=error.strerror or error) from error
    return parse(decode(data, file.path), file.path)


def save_job(file: JobFile, job: Job) -> None:
    """Write a job.

    Raises
    ------
    WriteFailed
        the system refused; the file is as it was.
    FolderLocked
        somebody else is saving a job there at this moment.
    """
    folder = file.path.parent
    text = job.text.encode("utf-8")
    try:
        with locked(folder):  # it also removes what a killed save has left
            write_atomic(file.path, text, folder)
    except LockRefused:
        write_atomic(file.path, text, folder)


def log_folder(library: Library, name: str) -> Path:
    """Return where the logs of a job are."""
    return library.logs / f"job_{name}"


def job_arguments(library: Library, folder: Path, file: JobFile) -> tuple[str, str]:
    """Return the arguments by which a command that a scheduler runs names a job, and its library by its folder."""
    in_library = _same(file.path.parent, library.jobs)
    return f"{_JOB}{file.name if in_library else file.path}", f"{_LIBRARY}{folder}"


def other_job(library: Library, file: JobFile, entry: ScheduleEntry) -> ScheduledJob | None:
    """Return the job that a scheduler runs under the name of this one, where it is not this one; None where it is.

    A scheduler knows jobs by their names, and two libraries may each have one of the same name. An entry that does not
    say what it runs counts as that of this job, so that nobody is kept from changing it. Of a job without a file here
    only the library has to be the same.
    """
    job, folder = (_value(entry.command, option) for option in (_JOB, _LIBRARY))
    if job is None or folder is None:
        return None
    other = ScheduledJob(job, folder)
    try:
        theirs = open_library(folder)
    except EngineError:
        return other  # moved, or on a disk that is not there
    path = Path(job) if job.endswith(_SUFFIX) else theirs.jobs / f"job_{job}.cfg"
    same = _same(theirs.jobs, library.jobs) and (_same(path, file.path) or not is_file(file.path))
    return None if same else other


def schedule_of(library: Library, file: JobFile, scheduler: Scheduler) -> ScheduleEntry:
    """Return what the scheduler says about a job; absent where it runs another job of that name.

    Raises
    ------
    SchedulerRefused
        the scheduler does not answer.
    """
    entry = scheduler.entry(file.name)
    return ScheduleEntry(ABSENT, sen2chain=entry.sen2chain) if other_job(library, file, entry) else entry


def enable_job(library: Library, file: JobFile, timing: Timing, command: Command, scheduler: Scheduler) -> None:
    """Make a job run at a timing, or bring its entry up to date.

    Raises
    ------
    JobScheduledElsewhere
        the scheduler runs another job of that name; names it. Nothing was changed.
    SchedulerRefused, SchedulerMissing, ScheduleUnsafe, TimingNotForWindows
        the job cannot be scheduled.
    """
    other = other_job(library, file, scheduler.entry(file.name))
    if other is not None:
        raise JobScheduledElsewhere(name=file.name, job=other.job, library=other.library)
    scheduler.enable(file.name, timing, command)


def list_jobs(library: Library, scheduler: Scheduler, now: datetime) -> list[JobState]:
    """Return what is known about every job of a library, by name.

    Parameters
    ----------
    library
        where the jobs are.
    scheduler
        asked about each job. Where it refuses (not everybody may use cron), no job is scheduled.
    now
        the local time from which the next run is looked for.
    """
    return [_state(library, file, scheduler, now) for file in job_files(library)]


def _state(library: Library, file: JobFile, scheduler: Scheduler, now: datetime) -> JobState:
    try:
        schedule = schedule_of(library, file, scheduler)
    except SchedulerRefused:
        schedule = ScheduleEntry(ABSENT)
    job, problem = None, None
    try:
        job = load_job(file)
    except EngineError as error:
        problem = error
    last_run = joblog.last_run(log_folder(library, file.name), file.name)
    return JobState(file, job, problem, schedule, next_run(schedule, now), last_run)


def next_run(schedule: ScheduleEntry, now: datetime) -> datetime | None:
    """Return when a job runs next; None where it is not enabled, or at a moment that nobody can tell (``@reboot``)."""
    if schedule.state != ENABLED:
        return None
    try:
        return cron.next_run(cron.parse(schedule.timing), now)
    except (TimingInvalid, TimingNeverComes):
        return None  # somebody has edited the line by hand


def _as_kept(file: JobFile) -> JobFile:
    """Return a job by the name that its file has in its folder.

    A file system that tells no capitals apart also finds the file by another name; the logs of the job and its place in
    the schedule would then be looked for under that one.
    """
    path, folder = system_path(file.path), system_path(file.path.parent)
    try:
        names = os.listdir(folder) if is_file(file.path) else []
        if file.path.name in names:
            return file
        kept = next((name for name in names if os.path.samefile(os.path.join(folder, name), path)), "")
    except OSError:
        return file  # reading it will say why
    name = kept[: -len(_SUFFIX)].removeprefix("job_")
    return JobFile(name, file.path.with_name(kept)) if kept.endswith(_SUFFIX) and _is_name(name) else file


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.upper() not in WINDOWS_DEVICES


def _value(words: Sequence[str], option: str) -> str | None:
    return next((word[len(option) :] for word in words if word.startswith(option)), None)


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to the same place, whether there is anything or not."""
    with contextlib.suppress(OSError, ValueError):
        return os.path.samefile(system_path(one), system_path(other))
    try:
        real, real_other = (os.path.normcase(os.path.realpath(path)) for path in (one, other))
    except (OSError, ValueError):
        return False  # no path of a file system
    return real == real_other
