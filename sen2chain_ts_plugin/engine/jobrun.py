"""A run of a job: each task is extracted, compiled period by period, and copied; what fails does not stop the rest.

How a layer becomes an extraction is given by whoever starts the run, so that nothing here knows where layers come from.
"""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from . import publish
from .cloudmask import CloudMask
from .compilation import ALL_DATA, CUSTOM, Request, compile_tree
from .errors import Cancelled, EngineError, FolderLocked, JobTaskFailed
from .feedback import Feedback, Part, check
from .files import locked
from .jobfile import Job
from .joblog import SKIPPED, SUCCEEDED, RunLog, run_log
from .jobtask import ALL_INDICES, NONE, Task
from .smoothing import Settings

# Of the time for one task, about what extraction and compiling take.
_EXTRACTION, _COMPILING = 0.8, 0.15
_FOLDERS = {ALL_DATA: "all_data"}


@dataclass(frozen=True)
class ExtractionRequest:
    """What a task asks to be extracted, on the day of the run; values only.

    Attributes
    ----------
    layer
        a vector file, or ``path|layername=name``.
    indices, cloudmasks
        names of indices, cloud masks.
    date_min, date_max
        acquisition dates, inclusive.
    cover_max
        highest cloud cover of a product, %.
    force
        extract again what is already extracted.
    threads
        workers; 0 = choose.
    """

    layer: str
    indices: tuple[str, ...]
    cloudmasks: tuple[CloudMask, ...]
    date_min: date
    date_max: date
    cover_max: int
    force: bool
    threads: int


@dataclass(frozen=True)
class Extracted:
    """What came of an extraction: its folder, and numbers of products."""

    folder: Path
    extracted: int
    skipped: int
    empty: int
    failed: int


@dataclass(frozen=True)
class Planned:
    """What an extraction would do.

    Attributes
    ----------
    folder
        the extraction folder.
    products
        how many products are still to extract, per tile.
    files
        how many raw files they would give, per index and cloud mask (``NDVI CM001``).
    skipped
        how many are already done.
    """

    folder: Path
    products: Mapping[str, int]
    files: Mapping[str, int]
    skipped: int


class Extractor(Protocol):
    """Opens a layer as zones and extracts them."""

    def plan(self, request: ExtractionRequest, feedback: Feedback) -> Planned:
        """Return what `extract` would do; write nothing."""

    def extract(self, request: ExtractionRequest, feedback: Feedback) -> Extracted:
        """Extract; a product that fails is named through the feedback, and counted."""


@dataclass
class Summary:
    """What came of a run.

    Attributes
    ----------
    tasks
        tasks that were run.
    extracted
        products that were extracted.
    products_failed, steps_failed
        products, and extractions, compilations and copies, that failed.
    log
        the log of the run; None where the job keeps none.
    skipped
        another run of the job was going on, nothing was done.
    """

    tasks: int = 0
    extracted: int = 0
    products_failed: int = 0
    steps_failed: list[str] = field(default_factory=list)
    log: Path | None = None
    skipped: bool = False

    @property
    def problems(self) -> str:
        """What failed, in words; empty when nothing did."""
        products = [f"{self.products_failed} products"] if self.products_failed else []
        return ", ".join(products + self.steps_failed)


def run_job(name: str, job: Job, extractor: Extractor, log_folder: Path, feedback: Feedback) -> Summary:
    """Run the tasks of a job.

    Parameters
    ----------
    name, job
        the job.
    extractor
        does the extractions.
    log_folder
        where the logs of this job are; the lock that keeps two runs apart is there too.
    feedback
        told everything that the log of the run is told; asked whether to stop.

    Returns
    -------
    Summary
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
            return _skip(name, job, error, log_folder, feedback)
        log = stack.enter_context(run_log(log_folder if job.logs else None, name, feedback))
        summary = Summary(log=log.path)
        _run_tasks(name, job, extractor, log, summary)
        if summary.problems:
            raise JobTaskFailed(name=name, problems=summary.problems, log=f"Log: {log.path}." if log.path else "")
        log.end(SUCCEEDED)
        return summary


def plan_job(name: str, job: Job, extractor: Extractor, feedback: Feedback) -> Summary:
    """Say what a run of the job would do, and do nothing.

    Parameters
    ----------
    name, job, extractor, feedback
        see `run_job`.

    Raises
    ------
    JobTaskFailed
        a task could not be run; the others were looked at.
    Cancelled
        the user asked to stop.
    """
    feedback.info("Job {name}: what a run would do; nothing is written.", name=name)
    summary = Summary()
    for number, task in job.tasks.items():
        check(feedback)
        if task.asks_nothing:
            feedback.warning("Task {number} names no layer, no index or no cloud mask: nothing to do.", number=number)
            continue
        summary.tasks += 1
        with _step(f"task {number}", feedback, summary):
            _plan_task(number, task, job, extractor, feedback)
    if summary.problems:
        raise JobTaskFailed(name=name, problems=summary.problems, log="")
    return summary


def _skip(name: str, job: Job, error: FolderLocked, log_folder: Path, feedback: Feedback) -> Summary:
    with run_log(log_folder if job.logs else None, name, feedback) as log:
        log.warning(
            "Job {name} is already running (host {host}, process {pid}, since {since}): this run is skipped.",
            name=name, **{key: error.values[key] for key in ("host", "pid", "since")},
        )  # fmt: skip
        log.end(SKIPPED)
        return Summary(log=log.path, skipped=True)


def _run_tasks(name: str, job: Job, extractor: Extractor, log: RunLog, summary: Summary) -> None:
    tasks = list(job.tasks.items())
    if not tasks:
        log.warning("Job {name} has no task to run.", name=name)
    at_once = job.lines_at_once or len(tasks) or 1
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
        part = Part(log, place / len(tasks), (place + 1) / len(tasks))
        _run_task(number, task, job, extractor, part, summary)
    log.progress(1.0)


def _run_task(number: int, task: Task, job: Job, extractor: Extractor, feedback: Feedback, summary: Summary) -> None:
    request = _request(task, job)
    extracted = None
    with _step(f"extraction of task {number}", feedback, summary):
        extracted = extractor.extract(request, Part(feedback, 0, _EXTRACTION))
    if extracted is None:
        return
    summary.extracted += extracted.extracted
    summary.products_failed += extracted.failed
    feedback.info(
        "Task {number}: {extracted} products extracted, {skipped} already done, {empty} without rows, {failed} failed.",
        number=number, extracted=extracted.extracted, skipped=extracted.skipped,
        empty=extracted.empty, failed=extracted.failed,
    )  # fmt: skip
    compiled = []
    for place, period in enumerate(task.periods):
        begin = _EXTRACTION + _COMPILING * place / len(task.periods)
        with _step(f"compilation {period} of task {number}", feedback, summary):
            part = Part(feedback, begin, begin + _COMPILING / len(task.periods))
            compile_tree(extracted.folder, _compile_request(extracted.folder, task, request, period), part)
            compiled.append(period)
    if task.copy_server != NONE:
        with _step(f"copy of task {number}", feedback, summary):
            _copy(number, task, extracted.folder, compiled, feedback)


def _copy(number: int, task: Task, folder: Path, periods: Sequence[str], feedback: Feedback) -> None:
    parts = _parts(task, periods)
    if not parts:
        feedback.warning("Task {number}: nothing is compiled, so there is nothing to copy.", number=number)
        return
    target = publish.parse_target(task.copy_server)
    sent = publish.copy(folder, parts, target, feedback, mirrored=_mirrored(periods))
    feedback.info("Task {number}: {sent} files copied to {target}.", number=number, sent=sent, target=target.text)


def _plan_task(number: int, task: Task, job: Job, extractor: Extractor, feedback: Feedback) -> None:
    request = _request(task, job)
    feedback.info(
        "Task {number}: {layer}, {first} to {last}, {indices}, {masks}.",
        number=number, layer=task.shapefile, first=request.date_min, last=request.date_max,
        indices="/".join(request.indices), masks=task.cloudmasks,
    )  # fmt: skip
    planned = extractor.plan(request, feedback)
    feedback.info("  extraction: {folder}", folder=planned.folder)
    for tile, products in planned.products.items():
        feedback.info("  tile {tile}: {products} products to extract", tile=tile, products=products)
    feedback.info("  already done: {skipped}", skipped=planned.skipped)
    for pair, files in planned.files.items():
        feedback.info("  {pair}: up to {files} raw files to write", pair=pair, files=files)
    for part in _parts(task, task.periods):
        feedback.info("  compiled files: {folder}", folder=planned.folder / part)
    if task.copy_server != NONE and task.periods:
        target = publish.parse_target(task.copy_server)
        mirrored = _mirrored(task.periods)
        for command in publish.commands(planned.folder, _parts(task, task.periods), target, mirrored=mirrored):
            feedback.info("  copy, in {folder}: {command}", folder=planned.folder.parent, command=shlex.join(command))


def _request(task: Task, job: Job) -> ExtractionRequest:
    first, last = task.dates(date.today())
    return ExtractionRequest(
        layer=task.shapefile,
        indices=task.index_names,
        cloudmasks=task.masks,
        date_min=first,
        date_max=last,
        cover_max=task.cover_max,
        force=task.force,
        threads=job.threads,
    )


def _compile_request(folder: Path, task: Task, request: ExtractionRequest, period: str) -> Request:
    indices = request.indices
    if task.indices == ALL_INDICES:
        # Whoever asks for all means all there are.
        indices = tuple(index for index in indices if (folder / "raw_data" / index).is_dir())
    return Request(
        periods=(period,),
        indices=indices,
        cloudmasks=request.cloudmasks,
        date_min=request.date_min,
        date_max=request.date_max,
        cover_max=request.cover_max,
        smoothing=Settings() if task.smooth else None,
        dates_as=f"{task.date_min or request.date_min} {task.date_max or request.date_max}",
    )


def _parts(task: Task, periods: Sequence[str]) -> list[str]:
    """Return the folders of a task's compiled files, below its extraction folder."""
    folders = [_FOLDERS.get(period, period) for period in periods]
    if task.smooth and periods:
        folders.append(_FOLDERS[ALL_DATA])  # what is smoothed stands there whatever the period
    masks = dict.fromkeys(mask.folder for mask in task.masks)
    return [
        f"compiled_data/{index}/{mask}/{folder}"
        for index in task.index_names
        for mask in masks
        for folder in dict.fromkeys(folders)
    ]


def _mirrored(periods: Sequence[str]) -> str:
    # Their names hold the first and the last date, so that a nightly job would fill the server with older ones.
    return CUSTOM if CUSTOM in periods else ""


@contextlib.contextmanager
def _step(what: str, feedback: Feedback, summary: Summary) -> Iterator[None]:
    """Let a step fail without stopping the rest; say and count it."""
    try:
        yield
    except Cancelled:
        raise
    except EngineError as error:
        feedback.error("The {what} failed: {problem}", what=what, problem=error)
        summary.steps_failed.append(what)
    except Exception as error:  # noqa: BLE001 one task must not take the others with it, whatever happened to it
        feedback.error("The {what} failed: {problem}", what=what, problem=f"{type(error).__name__}: {error}")
        summary.steps_failed.append(what)
