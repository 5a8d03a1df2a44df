"""Failures of timings and of the scheduler."""

from __future__ import annotations

from .base import EngineError


class TimingInvalid(EngineError):
    """A text that is not a cron timing."""

    message = "'{timing}' is not a cron timing: the {field} is '{text}', expected {expected}."


class TimingNeverComes(EngineError):
    """A timing on dates that do not exist."""

    message = "'{timing}' never occurs: no month has that day. Choose another day."


class TimingNotForWindows(EngineError):
    """A timing that Windows cannot follow."""

    message = (
        "The Windows Task Scheduler cannot follow '{timing}': too many moments a day without a regular interval. "
        "Choose a simpler timing, such as */15 * * * *."
    )


class JobNotScheduled(EngineError):
    """A job that the scheduler does not know."""

    message = "Job {name} is not scheduled; enable it first."


class JobScheduledElsewhere(EngineError):
    """The scheduler runs another job of the same name already."""

    message = (
        "Job {name} cannot be scheduled: another job of this name already is, {job} of the library {library}. "
        "Give this one another name, or take that one out of the schedule first: 'Schedule a job' with the action "
        "remove."
    )


class SchedulerMissing(EngineError):
    """Neither cron nor the Windows Task Scheduler."""

    message = (
        "There is no crontab on this system (Debian, Ubuntu: apt install cron). "
        "To schedule the job by other means, run at {timing}: {command}"
    )


class SchedulerRefused(EngineError):
    """The scheduler did not take what it was given, or did not answer."""

    message = "{program} refused: {reason}. The schedule is as it was."


class CronLineTooLong(EngineError):
    """A line that the crontab program refuses because of its length."""

    message = (
        "The line of job {name} in the crontab would have {length} bytes, more than this cron takes ({reason}). The "
        "schedule is as it was. Move or rename what has the longest paths: {paths}. Or let another scheduler run, at "
        "{timing}: {command}"
    )


class QgisProcessMissing(EngineError):
    """The program that runs algorithms without a window is not there."""

    message = (
        "Cannot find qgis_process, which a schedule needs to run a job; looked in {places}. "
        "Install it (it is part of QGIS), or put its folder on the PATH."
    )


class ScheduleUnsafe(EngineError):
    """A command that a schedule line cannot hold safely."""

    message = "The path '{text}' cannot be used in a schedule, because of the character {character}. Rename the folder."
