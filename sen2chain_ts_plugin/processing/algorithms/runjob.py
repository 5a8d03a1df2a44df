"""Run a job: every task of it is extracted, compiled and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputFile, QgsProcessingOutputNumber

from ..base.declarations import boolean_parameter
from ..base.executor_choice import declare_scheduler, executor_of
from ..base.job_algorithm import JOB, JobAlgorithm
from ..base.parameters import Values
from ..base.value_forms import about
from ..support.feedback import QgisFeedback
from ..support.i18n import tr, tr_message
from ..support.preload import RASTERS, SMOOTHING, TABLES

if TYPE_CHECKING:
    from ...engine.jobs.run import JobSummary

DRY_RUN = "DRY_RUN"
TASKS = "TASKS"
EXTRACTED = "EXTRACTED"
FAILED = "FAILED"
LOG = "LOG"


class RunJob(JobAlgorithm):
    """Run a job now."""

    ID = "runjob"
    TITLE = "Run a job"
    SUMMARY = "Runs a job now: extracts, compiles and copies each of its tasks."
    HELP = (
        "Each task of the job is extracted, compiled and, when it names a server, copied there. What is already done "
        "is skipped. A task, a product or a copy that fails does not stop the others; when anything failed the run "
        "ends with an error that names it, and the log says why.\n\n"
        "Two runs of one job never overlap: the second one says so and ends.\n\n"
        "A job file that cannot be understood completely is refused with the line in question, and nothing is run."
    )
    TAGS = "sentinel-2, sen2chain, job, cron, recurring, automatic, batch"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_job()
        self.declare_library()
        self.declare(
            boolean_parameter(DRY_RUN, tr("Only say what would be done")),
            tr("Say in the log how many products of each tile would be extracted, which files would be written and "
               "what would be copied, and do nothing."),
        )  # fmt: skip
        declare_scheduler(self)
        self.addOutput(QgsProcessingOutputNumber(TASKS, tr("Tasks")))
        self.addOutput(QgsProcessingOutputNumber(EXTRACTED, tr("Extracted")))
        self.addOutput(QgsProcessingOutputNumber(FAILED, tr("Failed")))
        self.addOutput(QgsProcessingOutputFile(LOG, tr("Log")))

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return what a task may need."""
        return (*RASTERS, *TABLES, *SMOOTHING)

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Run the job, or say what a run would do."""
        from ...engine.jobs.run import Tools, plan_job, run_job
        from ...engine.jobs.store import find_job, load_job, log_folder
        from ...engine.jobs.task_analyses import load_analyses
        from ...engine.jobs.task_pixels import load_pixels
        from ..layers.job_layer import open_zones

        library = self.library_of(parameters, context)
        values = self.values(parameters, context)
        with about(JOB):
            file = find_job(library, self.job_of(parameters, context))
        job = load_job(file)
        tools = Tools(
            library,
            lambda layer, part: open_zones(layer, context, part),
            lambda threads: executor_of(self, parameters, context, threads),
            tr_message,
            load_pixels(file, job),
            load_analyses(file, job),
        )
        if values.yes(DRY_RUN):
            return _outputs(plan_job(file.name, job, tools, feedback))
        return _outputs(run_job(file.name, job, tools, log_folder(library, file.name), feedback))


def _outputs(summary: JobSummary) -> dict[str, Any]:
    return {
        TASKS: summary.tasks,
        EXTRACTED: summary.extracted,
        FAILED: summary.products_failed + summary.steps_failed,
        LOG: str(summary.log or ""),
    }
