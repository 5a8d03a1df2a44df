"""Which analyses follow the compile of a job's tasks, in a file next to the job file: ``job_<NAME>.analysis.cfg``.

The table of the job file is Sen2Chain's and has no columns for it; a job that Sen2Chain saved has no such file. A
section asks for an analysis, of every task or of one, with the parameters of the algorithm that are not the default.
``savejob`` writes those of one task; those of every task are written by hand::

    [smooth]

    [task 2: aggregate]
    PERIOD = dekad
    STATISTICS = mean, dates
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..analysis.kinds import Analysis
from ..analysis.parameters import DAY, KINDS, NUMBER, PARAMETERS, WHOLE, WORDS, YES, Parameter, analysis_of
from ..analysis.run import analyse_tree
from ..errors import AnalysisSettingInvalid, EngineError, JobAnalysisInvalid, NothingToShow, Phrase
from ..feedback import Feedback, StepFeedback
from ..files import is_file, is_folder, read_bytes, remove_file, write_atomic
from ..library.cloudmask import CloudMask
from ..tree.layout import Tree
from ..workers.executor import Executor
from .file import Job
from .store import JobFile
from .task import Task

# Of some analyses, in the order in which they build on each other, the settings that are not the default, as texts.
Asked = Mapping[str, Mapping[str, str]]
_SUFFIX = ".analysis.cfg"
_REMARK = "# Which analyses follow the tasks of this job; Sen2Chain does not read this file."
_SETTING = re.compile(r"(\w+)\.(\w+)\s*=\s*(.*)", re.ASCII)
_SECTION = re.compile(rf"(?:task ([1-9][0-9]{{0,5}}): *)?({'|'.join(KINDS)})", re.ASCII)
_YES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_LARGEST = 1 << 24  # bytes
# Of the time for a task, where what follows the compile begins.
_PLACE = 0.96


def analyses_path(file: JobFile) -> Path:
    """Return the path of the file with the analyses of a job's tasks."""
    return file.path.with_name(file.path.name.removesuffix(".cfg") + _SUFFIX)


def load_analyses(file: JobFile, job: Job) -> dict[int, tuple[Analysis, ...]]:
    """Return the analyses of each task that has some, by its number, in the order in which they build on each other.

    Raises
    ------
    JobAnalysisInvalid
        the file cannot be read, or asks for something that is not there; names it.
    """
    of_all, of_task = _sections(analyses_path(file), len(job.rows))
    found = {}
    for number in range(1, len(job.rows) + 1):
        asked = {**of_all, **of_task.get(number, {})}
        if asked:
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


def asked_of_task(file: JobFile, number: int) -> Asked:
    """Return what the file asks for one task alone, as it is written there.

    Raises
    ------
    JobAnalysisInvalid
        the file cannot be read, or asks for something that is not there; names it.
    """
    return {kind: texts for of, kind, texts, _ in _written(analyses_path(file)) if of == number}


def parse_settings(kinds: Sequence[str], text: str) -> dict[str, dict[str, str]]:
    """Read settings that are written in a line, ``smooth.STEP=10; aggregate.PERIOD=dekad``.

    Parameters
    ----------
    kinds
        the analyses that are asked for.
    text
        of each setting the analysis, a point, its name, ``=`` and its value; separated by ``;`` or in lines.

    Returns
    -------
    dict
        of each analysis, in the order in which they build on each other, its settings by name.

    Raises
    ------
    AnalysisSettingInvalid
        says which setting cannot be, and why.
    """
    asked: dict[str, dict[str, str]] = {kind: {} for kind in KINDS if kind in kinds}
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = _SETTING.fullmatch(part.strip())
        if match is None:
            raise AnalysisSettingInvalid(reason=Phrase("'{setting}' has another form", setting=part.strip()))
        kind, name, value = match[1].lower(), match[2].upper(), match[3]
        if kind not in asked:
            raise AnalysisSettingInvalid(reason=Phrase("{analysis} is not among the analyses", analysis=match[1]))
        if name in asked[kind]:
            raise AnalysisSettingInvalid(reason=Phrase("{key} is there twice", key=f"{kind}.{name}"))
        asked[kind][name] = value
    for kind, texts in asked.items():
        try:
            _analysis(kind, kind, texts)
        except _NotThereError as error:
            raise AnalysisSettingInvalid(reason=error.reason) from error
    return asked


def settings_line(asked: Asked) -> str:
    """Return the settings of some analyses as `parse_settings` reads them."""
    return "; ".join(
        f"{kind}.{name}={' '.join(value.split())}" for kind, texts in asked.items() for name, value in texts.items()
    )


def save_task(file: JobFile, number: int, asked: Asked) -> None:
    """Write the analyses of one task; everything else in the file stays as it is.

    Raises
    ------
    JobAnalysisInvalid, WriteFailed, LeadsOutside
        the file cannot be read or written.
    """
    kept = "".join(line for of, line in _lines_of_tasks(file) if of != number).strip("\n")
    sections = [
        "\n".join([f"[task {number}: {kind}]", *(f"{name} = {value}" for name, value in texts.items())])
        for kind, texts in asked.items()
    ]
    _write(file, "\n\n".join([kept or _REMARK, *sections]) + "\n")


def forget_task(file: JobFile, number: int) -> None:
    """Take a task out of the file, and give the ones after it their new numbers.

    Raises
    ------
    JobAnalysisInvalid, WriteFailed, LeadsOutside
        the file cannot be read or written.
    """
    kept = [
        line.replace(f"[task {of}:", f"[task {of - 1}:", 1) if of is not None and of > number else line
        for of, line in _lines_of_tasks(file)
        if of != number
    ]
    _write(file, "".join(kept))


def forget_tasks(file: JobFile) -> None:
    """Take every task out of the file; what it asks for all tasks alike stays.

    Raises
    ------
    JobAnalysisInvalid, WriteFailed, LeadsOutside
        the file cannot be read or written.
    """
    _write(file, "".join(line for of, line in _lines_of_tasks(file) if of is None))


def _lines_of_tasks(file: JobFile) -> Iterator[tuple[int | None, str]]:
    """Yield the lines of the file, each with the number of the task that its section is of; None for all tasks."""
    path = analyses_path(file)
    number = None
    for line in _text(path).splitlines(keepends=True):
        if line.lstrip().startswith("["):
            match = re.match(r"\s*\[task (\d+):", line)
            number = int(match[1]) if match else None
        yield number, line


def _write(file: JobFile, text: str) -> None:
    """Write the file; where nothing is asked for and nobody remarked anything, it goes."""
    path = analyses_path(file)
    if all(line.strip() in ("", _REMARK) for line in text.splitlines()):
        remove_file(path, path.parent)
    else:
        write_atomic(path, text.encode(), path.parent)


class _Parser(configparser.ConfigParser):
    """A parser that knows options by the names of parameters, in capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr.upper()


class _NotThereError(Exception):
    """A setting that is not there, or cannot be."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


def _sections(path: Path, tasks: int) -> tuple[dict[str, Analysis], dict[int, dict[str, Analysis]]]:
    of_all: dict[str, Analysis] = {}
    of_task: dict[int, dict[str, Analysis]] = {}
    for number, kind, _, analysis in _written(path):
        if number is not None and number > tasks:
            raise JobAnalysisInvalid(path=path, reason=Phrase("the job has no task {number}", number=number))
        place = of_all if number is None else of_task.setdefault(number, {})
        place[kind] = analysis
    return of_all, of_task


def _written(path: Path) -> Iterator[tuple[int | None, str, dict[str, str], Analysis]]:
    """Yield the sections of the file: task (None for all), kind, settings as they are written, analysis."""
    parser = _Parser(interpolation=None, strict=True, empty_lines_in_values=False)
    try:
        parser.read_string(_text(path))
    except configparser.Error as error:
        raise JobAnalysisInvalid(path=path, reason=str(error).replace("\n", " ")) from error
    for section in parser.sections():
        match = _SECTION.fullmatch(section)
        if match is None:
            reason = Phrase("[{section}] is no section such as [smooth] or [task 2: aggregate]", section=section)
            raise JobAnalysisInvalid(path=path, reason=reason)
        texts = dict(parser[section])
        try:
            analysis = _analysis(f"[{section}]", match[2], texts)
        except _NotThereError as error:
            raise JobAnalysisInvalid(path=path, reason=error.reason) from error
        yield None if match[1] is None else int(match[1]), match[2], texts, analysis


def _text(path: Path) -> str:
    """Return what the file says; nothing where there is none."""
    if not is_file(path):
        return ""
    try:
        return read_bytes(path, _LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise JobAnalysisInvalid(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise JobAnalysisInvalid(path=path, reason=Phrase("it is not UTF-8")) from error


def _analysis(place: str, kind: str, texts: Mapping[str, str]) -> Analysis:
    """Return an analysis with its settings; raise `_NotThereError`, which names ``place``."""
    try:
        analysis = analysis_of(kind, _values(place, kind, texts))
        analysis.check()
    except EngineError as error:
        raise _NotThereError(Phrase("{place}: {error}", place=place, error=error)) from error
    return analysis


def _values(place: str, kind: str, texts: Mapping[str, str]) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in PARAMETERS[kind]}
    values = {}
    for name, text in texts.items():
        if name not in known:
            raise _NotThereError(Phrase("{place}: '{key}' is not a known key", place=place, key=name))
        try:
            values[name] = _value(known[name], text.strip())
        except (ValueError, KeyError) as error:
            reason = Phrase("{place}: {key} cannot be '{value}'", place=place, key=name, value=text)
            raise _NotThereError(reason) from error
    return values


def _value(parameter: Parameter, text: str) -> Any:
    """Return the value that a text means; empty: the default."""
    if not text:
        return parameter.default
    if parameter.kind == YES:
        return _YES[text.lower()]
    if parameter.kind == DAY:
        return date.fromisoformat(text)
    if parameter.kind == WORDS:
        return tuple(word for word in re.split(r"[,/\s]+", text) if word)
    if parameter.kind in (WHOLE, NUMBER):
        if "_" in text or not text.isascii():  # which Python takes for a part of a number
            raise ValueError(text)
        number = int(text) if parameter.kind == WHOLE else float(text)
        if not (parameter.low is None or number >= parameter.low) or not (
            parameter.high is None or number <= parameter.high
        ):
            raise ValueError(text)
        return number
    return text
