"""A run of a job: each task is extracted, compiled period by period, and copied; what fails does not stop the rest.

How a layer becomes zones is given by the caller, so that nothing here knows where layers come from.
"""

from __future__ import annotations

import contextlib
import shlex
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..analysis.kinds import Analysis
from ..compilation.compile import compile_tree
from ..errors import Cancelled, EngineError, FolderLocked, JobPlanFailed, JobTaskFailed
from ..extraction.extract import extract
from ..extraction.resume import ResumeRecords
from ..extraction.tree_of_zones import find_tree
from ..feedback import Feedback, StepFeedback, check, fill
from ..files import is_folder
from ..library.folders import Library
from ..locks import locked
from ..tree.layout import Tree
from ..workers.executor import Executor
from ..zones.layer import ZoneLayer
from ..zones.meeting import products_of_layer
from ..zones.pixel_options import CENTRE_OPTIONS, PixelOptions
from ..zones.unread_layer import READING
from . import publish
from .asked_day import AskedDay, parts_of
from .file import Job
from .log import SKIPPED, SUCCEEDED, RunLog, run_log
from .task import NONE
from .task_analyses import run_analysis

# Of the time for one task, about what extraction and compiling take.
_EXTRACTION, _COMPILING = 0.8, 0.15


@dataclass(frozen=True)
class Tools:
    """What a run needs from its caller.

    Attributes
    ----------
    library
        where products are, and where extractions go.
    open_layer
        returns the zones of a vector file (or ``path|layername=name``), as plain values.
    executor
        makes the workers, given their number; 0 = choose.
    speak
        makes the text of a message and its values, for the log.
    pixels
        which pixels the tasks take, by number; those of Sen2Chain where a task is not named.
    analyses
        what follows the compile of the tasks, by number; nothing where a task is not named.
    """

    library: Library
    open_layer: Callable[[str, Feedback], ZoneLayer]
    executor: Callable[[int], Executor]
    speak: Callable[[str, dict[str, Any]], str] = fill
    pixels: Mapping[int, PixelOptions] = field(default_factory=dict)
    analyses: Mapping[int, tuple[Analysis, ...]] = field(default_factory=dict)


@dataclass
class JobSummary:
    """What came of a run.

    Attributes
    ----------
    tasks
        tasks that were run.
    extracted
        products that were extracted.
    products_failed, steps_failed
        how many products, and how many extractions, compilations and copies, failed.
    tasks_failed
        the numbers of the tasks in which something failed.
    log
        the log of the run; None where the job keeps none.
    skipped
        another run of the job was going on, nothing was done.
    extractions
        the folders that rows are in, each once, in the order of the tasks.
    """

    tasks: int = 0
    extracted: int = 0
    products_failed: int = 0
    steps_failed: int = 0
    tasks_failed: list[int] = field(default_factory=list)
    log: Path | None = None
    skipped: bool = False
    extractions: list[Path] = field(default_factory=list)

    @property
    def task_list(self) -> str:
        """The tasks in which something failed, for a message."""
        return ", ".join(map(str, self.tasks_failed))

    def add_failures(self, task: int, *, products: int = 0, steps: int = 0) -> None:
        """Count what failed in a task."""
        self.products_failed += products
        self.steps_failed += steps
        if (products or steps) and task not in self.tasks_failed:
            self.tasks_failed.append(task)


def run_job(name: str, job: Job, tools: Tools, log_folder: Path, feedback: Feedback) -> JobSummary:
    """Run the tasks of a job.

    Parameters
    ----------
    name, job
        the job.
    tools
        the library, and how layers are opened and work is spread.
    log_folder
        where the logs of this job are; the lock that keeps two runs apart is there too.
    feedback
        told everything that the log of the run is told; asked whether to stop.

    Returns
    -------
    JobSummary
        with ``skipped`` when another run of this job is going on: nothing was touched.

    Raises
    ------
    JobTaskFailed
        a product, a task or a copy failed; everything else was tried. Names what failed, and the log.
    WriteFailed
        the log or the lock cannot be made; nothing was run.
    Cancelled
        the user asked to stop.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(log_folder))
        except FolderLocked as error:
            return _skip(name, job, error, tools, log_folder, feedback)
        log = stack.enter_context(run_log(log_folder if job.logs else None, name, feedback, tools.speak))
        summary = JobSummary(log=log.path)
        log.results = lambda: (summary.extracted, summary.extractions)
        _run_tasks(name, job, tools, log, summary)
        if summary.tasks_failed:
            raise JobTaskFailed(
                name=name,
                tasks=summary.task_list,
                products=summary.products_failed,
                steps=summary.steps_failed,
                log=log.path or "-",
            )
        log.end(SUCCEEDED)
        return summary


def plan_job(name: str, job: Job, tools: Tools, feedback: Feedback) -> JobSummary:
    """Say what a run of the job would do, and do nothing.

    Parameters
    ----------
    name, job, tools, feedback
        see `run_job`.

    Raises
    ------
    JobPlanFailed
        a task could not be run; the others were looked at.
    Cancelled
        the user asked to stop.
    """
    feedback = RunLog(feedback, None, tools.speak)  # nothing is written down
    feedback.info("Job {name}: what a run would do; nothing is written.", name=name)
    summary = JobSummary()
    for number, task in job.tasks.items():
        check(feedback)
        if task.asks_nothing:
            feedback.warning("Task {number} names no layer, no index or no cloud mask: nothing to do.", number=number)
            continue
        summary.tasks += 1
        with _step("Task {number} cannot run: {problem}", number, feedback, summary):
            _plan_task(
                AskedDay(number, task, date.today(), tools.pixels.get(number, CENTRE_OPTIONS), tools.library),
                tools,
                feedback,
            )
    if summary.tasks_failed:
        raise JobPlanFailed(name=name, tasks=summary.task_list)
    return summary


def _skip(name: str, job: Job, error: FolderLocked, tools: Tools, log_folder: Path, feedback: Feedback) -> JobSummary:
    with run_log(log_folder if job.logs else None, name, feedback, tools.speak) as log:
        # As an error, because warnings do not reach everybody (qgis_process --json of QGIS 3.22 drops them).
        log.error(
            "Job {name} is already running (host {host}, process {pid}, since {since}): this run is skipped.",
            name=name, **{key: error.values[key] for key in ("host", "pid", "since")},
        )  # fmt: skip
        log.end(SKIPPED)
        return JobSummary(log=log.path, skipped=True)


def _run_tasks(name: str, job: Job, tools: Tools, log: RunLog, summary: JobSummary) -> None:
    tasks = list(job.tasks.items())
    if not tasks:
        log.warning("Job {name} has no task to run.", name=name)
    at_once = job.lines_at_once or len(tasks) or 1
    today = date.today()
    for place, (number, task) in enumerate(tasks):
        check(log)
        if place % at_once == 0 and len(tasks) > at_once:
            log.info("Lines {first} to {last} of {all}.",
                     first=place + 1, last=min(place + at_once, len(tasks)), all=len(tasks))  # fmt: skip
        if task.asks_nothing:
            log.warning("Task {number} names no layer, no index or no cloud mask: nothing to do.", number=number)
            continue
        log.info("Task {number}: {layer}", number=number, layer=task.shapefile)
        summary.tasks += 1
        part = StepFeedback(log, place / len(tasks), (place + 1) / len(tasks))
        pixels = tools.pixels.get(number, CENTRE_OPTIONS)
        _run_task(AskedDay(number, task, today, pixels, tools.library), job.threads, tools, part, summary)
    log.progress(1.0)


def _run_task(asked: AskedDay, threads: int, tools: Tools, feedback: Feedback, summary: JobSummary) -> None:
    task, number = asked.task, asked.number
    tree = None
    with _step("Task {number}: the extraction failed: {problem}", number, feedback, summary):
        selection = asked.selection
        part = StepFeedback(feedback, 0, _EXTRACTION)
        layer = tools.open_layer(task.shapefile, StepFeedback(part, 0.0, READING))
        root, executor = tools.library.extraction, tools.executor(threads)
        tree, done = extract(
            tools.library, layer, selection, root, executor, part, force=task.force, pixels=asked.pixels
        )
        summary.extracted += done.extracted
        if tree.folder not in summary.extractions:
            summary.extractions.append(tree.folder)
        summary.add_failures(number, products=done.failed)
        feedback.info(
            "Task {number}, products: {extracted} extracted, {skipped} already done, {empty} without rows, "
            "{failed} failed.",
            number=number, extracted=done.extracted, skipped=done.skipped, empty=done.empty, failed=done.failed,
        )  # fmt: skip
    if tree is None:
        return
    part = StepFeedback(feedback, _EXTRACTION, _EXTRACTION + _COMPILING)
    compiled = _compile(asked, tree, executor, part, summary)
    for analysis in tools.analyses.get(number, ()):
        with _step("Task {number}: {kind} failed: {problem}", number, feedback, summary, kind=analysis.KIND):
            run_analysis(analysis, number, task, asked.results, tree, executor, feedback)
    if task.copy_server != NONE:
        with _step("Task {number}: the copy failed: {problem}", number, feedback, summary):
            _copy(asked, tree.folder, compiled, feedback)


def _compile(asked: AskedDay, tree: Tree, executor: Executor, feedback: Feedback, summary: JobSummary) -> list[str]:
    """Compile period by period; return the periods that went well."""
    number, periods = asked.number, asked.task.periods
    compiled: list[str] = []
    damaged: set[Path] = set()
    for place, period in enumerate(periods):
        with _step("Task {number}: compiling {period} failed: {problem}", number, feedback, summary, period=period):
            part = StepFeedback(feedback, place / len(periods), (place + 1) / len(periods))
            request = asked.compilation(tree, period)
            made = compile_tree(tree.folder, request, part, executor=executor)
            damaged.update(made.damaged)
            summary.add_failures(number, steps=len(made.in_use))  # each is named above
            compiled.append(period)
    if damaged:
        # Every period leaves out the same ones: they are named above, and counted once.
        feedback.error(
            "Task {number}, damaged raw files, left out of what was compiled: {count}. They are named above. The next "
            "run writes them again, except those of dates outside the task: run Extract on these dates.",
            number=number, count=len(damaged),
        )  # fmt: skip
        summary.add_failures(number, products=len(damaged))
    return compiled


def _copy(asked: AskedDay, folder: Path, periods: Sequence[str], feedback: Feedback) -> None:
    number, task = asked.number, asked.task
    parts = parts_of(asked, periods)
    if not parts:
        feedback.warning("Task {number}: nothing is compiled, so there is nothing to copy.", number=number)
        return
    target = publish.parse_target(task.copy_server)
    sent = publish.copy(folder, parts, target, feedback, mirrored=publish.mirrored(periods))
    feedback.info("Task {number}: copied to {target}, files: {sent}.", number=number, sent=sent, target=target.text)


def _plan_task(asked: AskedDay, tools: Tools, feedback: Feedback) -> None:
    task = asked.task
    first, last = task.dates(asked.today)
    feedback.info(
        "Task {number}: {layer}, {first} to {last}, {indices}, {masks}.",
        number=asked.number, layer=task.shapefile,
        first=first if task.date_min else "…", last=last if task.date_max else "…",
        indices="/".join(task.index_names), masks=task.cloudmasks,
    )  # fmt: skip
    zones = tools.open_layer(task.shapefile, feedback)
    layer, products, *_ = products_of_layer(tools.library, zones, asked.selection, asked.pixels, feedback)
    tree = find_tree(tools.library.extraction, layer)
    records = ResumeRecords(tree, products, tools.library)
    to_do = [item for item in products if task.force or not records.is_done(item, feedback)]
    feedback.info("  extraction: {folder}", folder=tree.folder)
    feedback.info("  products already done: {done} of {all}", done=len(products) - len(to_do), all=len(products))
    for tile, count in sorted(Counter(item.product.tile for item in to_do).items()):
        feedback.info("  products to extract from tile {tile}: {count}", tile=tile, count=count)
    for (index, mask), count in sorted(Counter((item.index, item.mask.folder) for item in to_do).items()):
        folder = tree.raw_folder(index, mask)
        feedback.info("  raw files: up to {count} in {folder}", count=count, folder=folder)
    for analysis in tools.analyses.get(asked.number, ()):
        feedback.info("  analysis: {kind}", kind=analysis.KIND)
    there = {(item.index, item.mask.folder) for item in products}
    parts = parts_of(asked, task.periods, lambda *place: place in there or is_folder(tree.raw_folder(*place)))
    for part in parts:
        feedback.info("  compiled files: in {folder}", folder=tree.folder / part)
    if task.copy_server != NONE and parts:
        target = publish.parse_target(task.copy_server)
        mirrored = publish.mirrored(task.periods)
        for command in publish.commands(tree.folder, parts, target, mirrored=mirrored):
            feedback.info("  copy, in {folder}: {command}", folder=tree.folder.parent, command=shlex.join(command))


@contextlib.contextmanager
def _step(message: str, number: int, feedback: Feedback, summary: JobSummary, **values: str) -> Iterator[None]:
    """Let a step of a task fail without stopping the rest; say and count it."""
    try:
        yield
    except Cancelled:
        raise
    except EngineError as error:
        feedback.error(message, number=number, problem=error, **values)
        summary.add_failures(number, steps=1)
    except Exception as error:  # noqa: BLE001 one task must not take the others with it, whatever happened to it
        place = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
        feedback.error(message, number=number, problem=problem, **values)
        summary.add_failures(number, steps=1)
