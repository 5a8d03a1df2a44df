"""Save a job: what to extract, compile and copy, again and again, in the file that Sen2Chain reads too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterVectorLayer,
)

from ...engine.choices import ALL_DATA, ALL_INDICES, CUSTOM
from ...engine.choices import INDICES as INDEX_NAMES
from ...engine.choices import TIMING as DEFAULT_TIMING
from ...engine.errors import JobEditUnclear, SchedulerRefused
from ...engine.library import cloudmask
from ..base.analysis_choice import analyses_asked, declare_analyses
from ..base.declarations import boolean_parameter, number_parameter, text_parameter, words_parameter
from ..base.index_source import declare_index_source
from ..base.job_algorithm import JOB, JobAlgorithm
from ..base.parameters import Values
from ..base.pixel_choice import changed_options, declare_pixels, pixel_options_of
from ..base.value_forms import about
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.names import CLOUDMASKS, DATE_MAX, DATE_MIN, INDEX_SOURCE, INDICES, INPUT, THREADS

if TYPE_CHECKING:
    from ...engine.jobs.file import Job
    from ...engine.jobs.store import JobFile
    from ...engine.jobs.task import Task
    from ...engine.library.folders import Library
    from ...engine.zones.pixel_options import PixelOptions

NAME = "NAME"
MAX_CLOUDS = "MAX_CLOUDS"
COMPILED = "COMPILED"
SMOOTHING = "SMOOTHING"
FORCE = "FORCE"
COPY_SERVER = "COPY_SERVER"
TIMING = "TIMING"
LOGS = "LOGS"
MODE = "MODE"
TASK = "TASK"
REMOVE = "REMOVE"
TASKS = "TASKS"
REPLACE, APPEND = "replace", "append"
# Both words for one file between the two dates: Sen2Chain's, and that of compile.
_ALL = "all"
# Nothing to compile: the command line refuses an empty choice.
_NOTHING = "none"
_COMPILED = ["yearly", "monthly", "weekly", "daily", _ALL, ALL_DATA, CUSTOM, _NOTHING]


class SaveJob(JobAlgorithm):
    """Write or edit a job file."""

    ID = "savejob"
    TITLE = "Save a job"
    SUMMARY = "Saves what to extract, compile and copy as a job that can run every night."
    HELP = (
        "A job is a list of tasks: a layer, dates, cloud masks and indices to extract, periods to compile, a server to "
        "copy to. 'Run a job' runs it, 'Schedule a job' makes it run by itself.\n\n"
        "The job is a text file that Sen2Chain reads and writes too, in sen2chain_data/config/jobs_extr, or jobs_extr "
        "of a bare data folder. Without a layer the task is a line to complete by hand.\n\n"
        "Mode 'append' adds a task to the job, and a task number changes that task: what is not given keeps its "
        "value. Comments and other lines of the file stay as they are."
    )
    TAGS = "sentinel-2, sen2chain, job, cron, recurring, automatic, export, every night, server"

    _layer: str | None = None

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare(
            text_parameter(NAME, tr("Name of the job"), optional=False),
            tr("1 to 64 letters without accents, digits, _ and -; it starts with a letter or a digit."),
        )
        self._declare_task()
        self._declare_job()
        self._declare_edit()
        self.addOutput(QgsProcessingOutputFile(JOB, tr("Job file")))
        self.addOutput(QgsProcessingOutputNumber(TASKS, tr("Tasks")))

    def _declare_task(self) -> None:
        self.declare(
            QgsProcessingParameterVectorLayer(
                INPUT, tr("Zones"), [QgsProcessing.SourceType.TypeVectorAnyGeometry], optional=True
            ),
            tr("A vector file of any kind and CRS (file.gpkg|layername=name for one layer of several). It is read when "
               "the job runs. Empty: a line to complete by hand."),
        )  # fmt: skip
        self.declare_library()
        date_help = tr("A date such as 2021-01-31, today, today-30 (30 days before the run), or empty: no limit.")
        self.declare(text_parameter(DATE_MIN, tr("First date"), ""), date_help)
        self.declare(text_parameter(DATE_MAX, tr("Last date"), ""), date_help)
        self.declare(
            number_parameter(MAX_CLOUDS, tr("Maximum cloud cover of a product (%)"), 100, 0, 100),
            tr("Leave out products that are cloudier than this; those of unknown cover are kept."),
        )
        self.declare(
            text_parameter(CLOUDMASKS, tr("Cloud masks"), cloudmask.DEFAULT),
            tr(
                "Names of cloud masks, separated by / or a comma, such as CM001, CM003-PRB1-ITER5, OCM, CM001-VRT, SCL."
            ),
        )
        declare_index_source(self)
        indices = [*INDEX_NAMES, ALL_INDICES]
        self.declare(
            words_parameter(INDICES, tr("Indices"), indices, default=["NDVI"]),
            tr("Radiometric indices; on the command line: {names}.").format(names=", ".join(indices)),
        )
        self.declare(
            words_parameter(COMPILED, tr("Files to compile"), _COMPILED, default=[ALL_DATA]),
            tr("Files per year, month, week or day; all (or custom): one file between the two dates; alldata: one file "
               "of all dates; none: extract only. On the command line: {names}.").format(names=", ".join(_COMPILED)),
        )  # fmt: skip
        self.declare(
            boolean_parameter(SMOOTHING, tr("Smooth the time series")),
            tr("Also write smoothed series (Savitzky-Golay); needs files to compile."),
        )
        self.declare(
            boolean_parameter(FORCE, tr("Re-extract existing products")),
            tr("Compute every product again at every run."),
            advanced=True,
        )
        declare_pixels(self)
        declare_analyses(self)
        self.declare(
            text_parameter(COPY_SERVER, tr("Copy to")),
            tr("user@server:path, to copy the compiled files there through ssh after each run; the server must let "
               "this account in with a key. Empty: no copy."),
        )  # fmt: skip

    def _declare_job(self) -> None:
        self.declare(
            text_parameter(TIMING, tr("Timing"), DEFAULT_TIMING),
            tr("When the job runs once it is scheduled: minute, hour, day, month and weekday as in cron, or @daily. "
               "0 0 * * * is every midnight, 30 4 * * mon-fri is 4:30 on working days."),
        )  # fmt: skip
        self.declare_threads()
        self.declare(
            boolean_parameter(LOGS, tr("Keep a log of each run"), True),
            tr("In the folder job_NAME of the library's log folder."),
            advanced=True,
        )

    def _declare_edit(self) -> None:
        self.declare(
            words_parameter(MODE, tr("If the job exists"), [REPLACE, APPEND], several=False, default=REPLACE),
            tr("replace: the job has this task only; append: add the task to those it has."),
        )
        task = number_parameter(TASK, tr("Task to change"), 1, 1)
        task.setDefaultValue(None)
        self.declare(
            task,
            tr("The number, from 1, of the task to change instead of adding one; commented tasks count. What is not "
               "given keeps its value."),
            advanced=True,
        )  # fmt: skip
        self.declare(
            boolean_parameter(REMOVE, tr("Take that task out")),
            tr("Take the task of that number out of the job."),
            advanced=True,
        )

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse a layer that a job would not find again, or not as it is shown, and a time that is none."""
        values = self.values(parameters, context)
        _layer_text(values)
        if values.given(TIMING):
            from ...engine.jobs import cron_timing

            with about(TIMING):
                cron_timing.parse(values.text(TIMING))

    def prepare_values(self, values: Values, context: QgsProcessingContext) -> None:
        """Take the layer's file."""
        self._layer = _layer_text(values)

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Write the job."""
        from ...engine.files import exists
        from ...engine.jobs import file as jobfile
        from ...engine.jobs.store import find_job, job_file, load_job, save_job
        from ...engine.jobs.task import NONE, Task
        from ...engine.jobs.task_analyses import forget_task, forget_tasks, save_task
        from ...engine.jobs.task_pixels import load_pixels, save_pixels

        values = self.values(parameters, context)
        library = self.library_of(parameters, context)
        with about(NAME):
            file = job_file(library, values.text(NAME))
        append = values.word(MODE) == APPEND and exists(file.path)
        if values.given(TASK) or values.yes(REMOVE):
            job = load_job(find_job(library, file.name))
            pixels = _changed_pixels(load_pixels(file, job), values)
            job = self._with_changed_task(job, values, library)
            number = values.whole(TASK)
            analyses = {} if values.yes(REMOVE) else analyses_asked(values, file, number)
        else:
            job = load_job(file) if append else jobfile.new_job()
            task = Task(**self._cells(values, library))
            task.dates(date.today())  # refused now, rather than in the night
            pixels = load_pixels(file, job) if append else {}
            job = jobfile.with_task(job, task, commented=task.shapefile == NONE)
            number = len(job.rows)
            pixels[number] = pixel_options_of(values)
            pixels[number].check_masks(task.masks)
            analyses = analyses_asked(values, file, None)
        job = _with_keys(job, values)
        # In this order: a run between the two, or after a crash, is refused rather than made with other pixels.
        save_pixels(file, job, pixels)
        save_job(file, job)
        if values.yes(REMOVE):
            forget_task(file, number)
        else:
            if not (append or values.given(TASK)):
                forget_tasks(file)
            save_task(file, number, analyses)
        _report(library, file, job, feedback)
        return {JOB: str(file.path), TASKS: len(job.rows)}

    def _with_changed_task(self, job: Job, values: Values, library: Library) -> Job:
        from ...engine.jobs import file as jobfile

        if not values.given(TASK):
            raise JobEditUnclear
        number = values.whole(TASK)
        if values.yes(REMOVE):
            return jobfile.without_task(job, number)
        there = job.rows[number - 1].task if 1 <= number <= len(job.rows) else None
        cells = self._cells(values, library, there)
        task = jobfile.changed_task(job, number, cells)
        task.dates(date.today())
        commented = "shapefile" not in cells and number not in job.tasks
        return jobfile.with_task(job, task, number, commented=commented)

    def _cells(self, values: Values, library: Library, there: Task | None = None) -> dict[str, str]:
        """Return what is given of a task, by column, as it is written in the table.

        What is left out keeps the value that the file has; an empty value is the default.
        """
        from ...engine.jobs.task import checked

        cells = {}
        if self._layer is not None:
            with about(INPUT):
                cells["shapefile"] = checked("shapefile", self._layer)
        for name, (column, text) in _COLUMNS.items():
            if values.given(name):
                with about(name):
                    cells[column] = checked(column, text(values, name))
        masks = _masks_with_source(values, library, there)
        if masks:
            cells["cloudmasks"] = checked("cloudmasks", masks)
        return cells


def _masks_with_source(values: Values, library: Library, there: Task | None) -> str:
    """Return the masks as a job keeps them, -L2A at their end where indices come from bands; empty to leave them."""
    from ...engine.library.selection import Selection

    if there is not None and not (values.given(CLOUDMASKS) or values.given(INDEX_SOURCE)):
        return ""
    masks = [] if values.omitted(CLOUDMASKS) else list(values.cloudmasks(CLOUDMASKS))
    if there is not None and not values.given(CLOUDMASKS):
        masks = [replace(mask, l2a=False) for mask in there.masks]
    selection = Selection((), masks, index_source=values.word(INDEX_SOURCE))
    return "/".join(mask.name for mask in selection.masks_in(library))


def _changed_pixels(pixels: dict[int, PixelOptions], values: Values) -> dict[int, PixelOptions]:
    """Return what is asked of the pixels of each task, after a task was changed or taken out."""
    from ...engine.jobs.task_pixels import without_number
    from ...engine.zones.pixel_options import CENTRE_OPTIONS

    if not values.given(TASK):
        raise JobEditUnclear
    number = values.whole(TASK)
    if values.yes(REMOVE):
        return without_number(pixels, number)
    return {**pixels, number: changed_options(pixels.get(number, CENTRE_OPTIONS), values)}


def _layer_text(values: Values) -> str | None:
    from ..layers.job_layer import layer_text

    layer = values.layer(INPUT)
    if layer is None:
        return None
    with about(INPUT):
        return layer_text(layer, values.layer_value(INPUT))


def _with_keys(job: Job, values: Values) -> Job:
    from ...engine.jobs import cron_timing as cron
    from ...engine.jobs import file as jobfile

    texts: dict[str, tuple[str, Callable[[], str]]] = {
        "timing": (TIMING, lambda: cron.parse(values.text(TIMING)).text),
        "nb_proc": (THREADS, lambda: str(values.whole(THREADS))),
        "logs": (LOGS, lambda: str(values.yes(LOGS))),
    }
    for key, (name, text) in texts.items():
        if values.given(name):
            with about(name):
                job = jobfile.with_key(job, key, text())
    return job


def _text(values: Values, name: str) -> str:
    return values.text(name)


def _yes(values: Values, name: str) -> str:
    return str(values.yes(name))


def _cloudmasks(values: Values, name: str) -> str:
    return "/".join(mask.name for mask in values.cloudmasks(name))


def _indices(values: Values, name: str) -> str:
    words = values.words(name)
    return ALL_INDICES if ALL_INDICES in words else "/".join(words)


def _periods(values: Values, name: str) -> str:
    words = (_ALL if word == CUSTOM else word for word in values.words(name) if word != _NOTHING)
    return "/".join(dict.fromkeys(words))


# The parameters of a task: the column of each, and how its value is written there.
_COLUMNS: dict[str, tuple[str, Callable[[Values, str], str]]] = {
    DATE_MIN: ("date_min", _text),
    DATE_MAX: ("date_max", _text),
    MAX_CLOUDS: ("max_clouds", lambda values, name: str(values.whole(name))),
    CLOUDMASKS: ("cloudmasks", _cloudmasks),
    INDICES: ("indices", _indices),
    FORCE: ("force_extraction", _yes),
    COMPILED: ("compiled_data", _periods),
    SMOOTHING: ("smooth_data", _yes),
    COPY_SERVER: ("copy_server", _text),
}


def _report(library: Library, file: JobFile, job: Job, feedback: QgisFeedback) -> None:
    from ...engine.jobs.crontab import ABSENT
    from ...engine.jobs.schedule import open_scheduler
    from ...engine.jobs.store import schedule_of
    from ...engine.jobs.task import NONE

    feedback.info("Job {name}: {path}", name=file.name, path=file.path)
    for number, row in enumerate(job.rows, 1):
        if row.task is None:
            feedback.info("Task {number} is commented: complete it, and remove the ! before it.", number=number)
        elif row.task.copy_server != NONE and not row.task.periods:
            feedback.warning(
                "Task {number} is to be copied, but compiles no file: nothing will be copied.", number=number
            )
    try:
        entry = schedule_of(library, file, open_scheduler())
    except SchedulerRefused as error:
        # The job is saved, and can be run; not everybody may use cron.
        feedback.info("Whether the job is scheduled cannot be told: {problem}", problem=error)
        return
    if entry.state != ABSENT and entry.timing != job.timing:
        feedback.warning(
            "The schedule still says {old}, the job {new}: enable the job again to follow it.",
            old=entry.timing, new=job.timing,
        )  # fmt: skip
