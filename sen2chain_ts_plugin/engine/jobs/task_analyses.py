"""Which analyses follow the compile of a job's tasks, in a file beside the job file: ``job_<NAME>.analysis.cfg``.

Sen2Chain's table has no columns for it, and must go on reading that file; a job that Sen2Chain saved has none. A
section asks for an analysis, of every task or of one, with the parameters of the algorithm that are not the default::

    [smooth]

    [task 2: aggregate]
    PERIOD = dekad
    STATISTICS = mean, dates
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..analysis.kinds import Analysis
from ..analysis.parameters import DAY, KINDS, NUMBER, PARAMETERS, WHOLE, WORDS, YES, Parameter, analysis_of
from ..analysis.run import analyse_tree
from ..errors import EngineError, JobAnalysisInvalid, NothingToShow, Phrase
from ..feedback import Feedback, StepFeedback
from ..files import is_file, is_folder, read_bytes, write_atomic
from ..library.cloudmask import CloudMask
from ..tree.layout import Tree
from ..workers.executor import Executor
from .file import Job
from .store import JobFile
from .task import Task

_SUFFIX = ".analysis.cfg"
_SECTION = re.compile(rf"(?:task ([1-9][0-9]{{0,5}}): *)?({'|'.join(KINDS)})", re.ASCII)
_YES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_LARGEST = 1 << 24  # bytes
# Of the time for a task, where what follows the compile begins.
_PLACE = 0.96


def analyses_path(file: JobFile) -> Path:
    """Return where the analyses of a job's tasks stand."""
    return file.path.with_name(file.path.name.removesuffix(".cfg") + _SUFFIX)


def load_analyses(file: JobFile, job: Job) -> dict[int, tuple[Analysis, ...]]:
    """Return the analyses of each task by its number, in the order in which they build on each other.

    Raises
    ------
    JobAnalysisInvalid
        the file cannot be read, or asks for something that is not there; names it.
    """
    path = analyses_path(file)
    if not is_file(path):
        return {}
    of_all, of_task = _sections(path, len(job.rows))
    found = {}
    for number in range(1, len(job.rows) + 1):
        asked = {**of_all, **of_task.get(number, {})}
        found[number] = tuple(asked[kind] for kind in KINDS if kind in asked)
    return found


def run_analysis(
    analysis: Analysis,
    number: int,
    task: Task,
    cloudmasks: tuple[CloudMask, ...],
    tree: Tree,
    executor: Executor,
    feedback: Feedback,
) -> None:
    """Run an analysis on what a task extracts; an extraction without a row is said, and no failure.

    Raises
    ------
    EngineError
        see `analysis.run.analyse_tree`.
    """
    indices = tuple(index for index in task.index_names if is_folder(tree.folder / "raw_data" / index))
    part = StepFeedback(feedback, _PLACE, _PLACE)
    try:
        done = analyse_tree(tree.folder, analysis, part, executor, indices=indices, cloudmasks=cloudmasks)
    except NothingToShow as error:
        feedback.warning("Task {number}: {problem}", number=number, problem=error)
        return
    feedback.info(
        "Task {number}: {kind}, files: {files}, rows: {rows}.",
        number=number, kind=analysis.KIND, files=len(done.files), rows=done.rows,
    )  # fmt: skip


def forget_task(file: JobFile, number: int) -> None:
    """Take a task out of the file, and give the ones after it their new numbers.

    Raises
    ------
    JobAnalysisInvalid, WriteFailed, LeadsOutside
        the file cannot be read or written.
    """
    path = analyses_path(file)
    if not is_file(path):
        return
    kept, taken = [], True
    for line in _text(path).splitlines(keepends=True):
        match = re.match(r"\s*\[task (\d+):", line)
        if line.lstrip().startswith("["):
            taken = match is None or int(match[1]) != number
        if taken:
            moved = match is not None and int(match[1]) > number
            kept.append(
                line.replace(f"[task {match[1]}:", f"[task {int(match[1]) - 1}:", 1) if match and moved else line
            )
    write_atomic(path, "".join(kept).encode(), path.parent)


class _Parser(configparser.ConfigParser):
    """A parser that knows options by the names of parameters, in capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr.upper()


def _sections(path: Path, tasks: int) -> tuple[dict[str, Analysis], dict[int, dict[str, Analysis]]]:
    parser = _Parser(interpolation=None, strict=True, empty_lines_in_values=False)
    try:
        parser.read_string(_text(path))
    except configparser.Error as error:
        raise JobAnalysisInvalid(path=path, reason=str(error).replace("\n", " ")) from error
    of_all: dict[str, Analysis] = {}
    of_task: dict[int, dict[str, Analysis]] = {}
    for section in parser.sections():
        match = _SECTION.fullmatch(section)
        if match is None:
            reason = Phrase("[{section}] is no section such as [smooth] or [task 2: aggregate]", section=section)
            raise JobAnalysisInvalid(path=path, reason=reason)
        if match[1] is not None and int(match[1]) > tasks:
            raise JobAnalysisInvalid(path=path, reason=Phrase("the job has no task {number}", number=match[1]))
        place = of_all if match[1] is None else of_task.setdefault(int(match[1]), {})
        place[match[2]] = _analysis(path, section, match[2], dict(parser[section]))
    return of_all, of_task


def _text(path: Path) -> str:
    try:
        return read_bytes(path, _LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise JobAnalysisInvalid(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise JobAnalysisInvalid(path=path, reason=Phrase("it is not UTF-8")) from error


def _analysis(path: Path, section: str, kind: str, texts: Mapping[str, str]) -> Analysis:
    known = {parameter.name: parameter for parameter in PARAMETERS[kind]}
    values = {}
    for name, text in texts.items():
        if name not in known:
            reason = Phrase("[{section}]: '{key}' is not a known key", section=section, key=name)
            raise JobAnalysisInvalid(path=path, reason=reason)
        try:
            values[name] = _value(known[name], text.strip())
        except (ValueError, KeyError) as error:
            reason = Phrase("[{section}]: {key} cannot be '{value}'", section=section, key=name, value=text)
            raise JobAnalysisInvalid(path=path, reason=reason) from error
    try:
        analysis = analysis_of(kind, values)
        analysis.check()
    except EngineError as error:
        raise JobAnalysisInvalid(
            path=path, reason=Phrase("[{section}]: {error}", section=section, error=error)
        ) from error
    return analysis


def _value(parameter: Parameter, text: str) -> Any:
    """Return the value that a text stands for; empty: the default."""
    if not text:
        return parameter.default
    if parameter.kind == YES:
        return _YES[text.lower()]
    if parameter.kind == DAY:
        return date.fromisoformat(text)
    if parameter.kind == WORDS:
        return tuple(word for word in re.split(r"[,/\s]+", text) if word)
    if parameter.kind in (WHOLE, NUMBER):
        number = int(text) if parameter.kind == WHOLE else float(text)
        if not (parameter.low is None or number >= parameter.low) or not (
            parameter.high is None or number <= parameter.high
        ):
            raise ValueError(text)
        return number
    return text
