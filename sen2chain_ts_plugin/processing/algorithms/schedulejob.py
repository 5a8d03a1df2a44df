"""Schedule a job: it then runs by itself at its timing, through cron or the Windows Task Scheduler."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputString

from ...engine.errors import EngineError
from ..base.declarations import words_parameter
from ..base.job_algorithm import JOB, JobAlgorithm
from ..base.value_forms import about
from ..support.feedback import QgisFeedback
from ..support.i18n import tr

if TYPE_CHECKING:
    from ...engine.jobs.crontab import ScheduleEntry
    from ...engine.jobs.store import ScheduledJob
    from ...engine.library.folders import Library

ACTION = "ACTION"
STATUS = "STATUS"
TIMING = "TIMING"
ENABLE, DISABLE, REMOVE, SAY = "enable", "disable", "remove", "status"


class ScheduleJob(JobAlgorithm):
    """Enable, disable or remove a job in the scheduler of the system, or report its status."""

    ID = "schedulejob"
    TITLE = "Schedule a job"
    SUMMARY = "Schedules a job, so that it runs by itself, or reports its status."
    HELP = (
        "enable: the job runs at its own timing, without QGIS being open. disable: it stops, its line in the schedule "
        "stays, commented. remove: its line is deleted. status: report the status.\n\n"
        "On Linux and macOS this is a line in your crontab, marked '# sen2chain_ts_job_NAME'; no other line is "
        "touched. On Windows it is a task of the Task Scheduler. What the run says is appended to "
        "job_NAME_cron.log, in the folder of the job's logs.\n\n"
        "After the plugin, QGIS or the timing of the job has changed, enable it again. The schedule knows a job by its "
        "name: where a job of this name in another library is scheduled already, enable is refused."
    )
    TAGS = "sentinel-2, sen2chain, job, cron, crontab, schedule, task scheduler, every night, automatic"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_job()
        self.declare_library()
        actions = [ENABLE, DISABLE, REMOVE, SAY]
        self.declare(
            words_parameter(ACTION, tr("Action"), actions, several=False, default=SAY),
            tr("On the command line: {names}.").format(names=", ".join(actions)),
        )
        self.addOutput(QgsProcessingOutputString(STATUS, tr("Status")))
        self.addOutput(QgsProcessingOutputString(TIMING, tr("Timing")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Carry out the action, and return the state of the job."""
        from ...engine.jobs import cron_timing as cron
        from ...engine.jobs.crontab import ABSENT
        from ...engine.jobs.schedule import open_scheduler, shell_line
        from ...engine.jobs.store import enable_job, find_job, load_job, named_job, other_job, schedule_of
        from ..support.job_command import job_command

        folder = self.library_folder(parameters, context)
        library = self.library_of(parameters, context)
        text, action = self.job_of(parameters, context), self.values(parameters, context).word(ACTION)
        with about(JOB):
            file = named_job(library, text)
        scheduler = open_scheduler()
        other = None if action == ENABLE else other_job(library, file, scheduler.entry(file.name))
        if action == ENABLE:
            job = load_job(find_job(library, text))
            command = job_command(file, library, folder)
            enable_job(library, file, cron.parse(job.timing), command, scheduler)
            feedback.info("Command: {command}", command=shell_line(command))
            if not job.tasks:
                feedback.warning("Job {name} has no task to run.", name=file.name)
        elif action == DISABLE:
            scheduler.disable(file.name)
        elif action == REMOVE:
            scheduler.remove(file.name)
        _say_other(other, action, feedback)
        entry = schedule_of(library, file, scheduler) if action == SAY else scheduler.entry(file.name)
        if action == SAY and entry.state == ABSENT:
            find_job(library, text)
        _report(file.name, entry, feedback)
        return {STATUS: entry.state, TIMING: entry.timing or _own_timing(library, text)}


def _say_other(other: ScheduledJob | None, action: str, feedback: QgisFeedback) -> None:
    """Say whose line it is, where it is that of another library."""
    if other is None:
        return
    # As errors, because warnings do not reach everybody (qgis_process --json of QGIS 3.22 drops them).
    if action == SAY:
        feedback.error(
            "The schedule runs another job of this name, {job} of the library {library}, and not this one.",
            job=other.job, library=other.library,
        )  # fmt: skip
    else:
        feedback.error(
            "What was changed in the schedule was another job of this name, {job} of the library {library}. "
            "If that one is to run again, enable it again, with its library.",
            job=other.job, library=other.library,
        )  # fmt: skip


def _report(name: str, entry: ScheduleEntry, feedback: QgisFeedback) -> None:
    from ...engine.jobs.crontab import DISABLED, ENABLED
    from ...engine.jobs.store import next_run

    if entry.state == ENABLED:
        feedback.info(
            "Job {name} is enabled: {timing}; next run: {next}.",
            name=name, timing=entry.timing, next=next_run(entry, datetime.now()) or "?",
        )  # fmt: skip
    elif entry.state == DISABLED:
        feedback.info("Job {name} is disabled: its line ({timing}) is commented.", name=name, timing=entry.timing)
    else:
        feedback.info("Job {name} is not scheduled.", name=name)
    if entry.sen2chain == ENABLED:
        # As an error, because warnings do not reach everybody (qgis_process --json of QGIS 3.22 drops them).
        feedback.error(
            "Sen2Chain's own line for a job {name} is in the crontab too, and runs by itself. So that the job does "
            'not run twice, stop that one: JobExtraction("{name}").cron_disable() in Python with Sen2Chain.',
            name=name,
        )
    elif entry.sen2chain == DISABLED:
        feedback.info("Sen2Chain's own line for a job {name} is in the crontab too, commented.", name=name)


def _own_timing(library: Library, text: str) -> str:
    """Return the timing that the job itself asks for; empty where the file is gone or cannot be read."""
    from ...engine.jobs.store import find_job, load_job

    try:
        return load_job(find_job(library, text)).timing
    except EngineError:
        return ""
