"""The log of each run of a job: written while it runs, read to say how the last one ended.

Source of the names: Sen2Chain 1.4.1. The last line says how a run ended; a log without it is of a run that was killed,
or is still going on. The lines before it say what came of it, in no language but for programs: the number of products
that were extracted, and the extractions.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from ..errors import Cancelled, EngineError, Phrase, WriteFailed
from ..feedback import Feedback, fill
from ..files import make_folder, open_append, open_regular, system_path
from ..locks import is_locked
from ..text import without_password

SUCCEEDED, FAILED, CANCELLED, SKIPPED = "succeeded", "failed", "cancelled", "skipped"
RUNNING, INTERRUPTED, UNKNOWN = "running", "interrupted", "unknown"
_HEADING = "Sen2Chain time series, job "
_OUTCOME = re.compile(r"^Outcome: (?P<outcome>succeeded|failed|cancelled|skipped)\s*\Z", re.MULTILINE)
_NEW, _EXTRACTION = "Products extracted: ", "Extraction: "
_TIME = "%Y%m%d_%H%M%S"
_TAIL_BYTES = 4096


@dataclass(frozen=True)
class JobRun:
    """A run of a job.

    Attributes
    ----------
    started
        when it began, in local time.
    outcome
        how it ended.
    log
        its log.
    extracted
        how many products were extracted; 0 too where the log does not say it.
    extractions
        the folders that its rows are in, in the order of the tasks.
    """

    started: datetime
    outcome: str
    log: Path
    extracted: int = 0
    extractions: tuple[Path, ...] = ()


class RunLog:
    """Feedback that also writes what it is told to the log of a run.

    A log that cannot be written (the disk is full) is said once, and does not stop the run.

    Parameters
    ----------
    feedback
        the feedback of the front end that started the run.
    path
        the log; None for a job that keeps none.
    speak
        makes the text of a message and its values.
    """

    def __init__(
        self, feedback: Feedback, path: Path | None, speak: Callable[[str, dict[str, Any]], str] = fill
    ) -> None:
        self._feedback = feedback
        self._speak = speak
        self.path = path
        # What came of the run so far: the products that were extracted, and the extractions.
        self.results: Callable[[], tuple[int, Sequence[Path]]] = lambda: (0, ())
        self.progress = feedback.progress
        self.cancelled = feedback.cancelled

    def info(self, message: str, **values: Any) -> None:
        """Say what is going on, and write it down."""
        values = discreet(values)
        self._feedback.info(message, **values)
        self._write("", message, values)

    def warning(self, message: str, **values: Any) -> None:
        """Say what to look at, and write it down."""
        values = discreet(values)
        self._feedback.warning(message, **values)
        self._write("WARNING ", message, values)

    def error(self, message: str, **values: Any) -> None:
        """Say what failed, and write it down."""
        values = discreet(values)
        self._feedback.error(message, **values)
        self._write("ERROR ", message, values)

    def end(self, outcome: str) -> None:
        """Write what came of the run, and how it ended."""
        extracted, extractions = self.results()
        lines = [f"{_NEW}{extracted}"] if extractions else []
        lines += [f"{_EXTRACTION}{folder}" for folder in extractions]
        self._append("\n".join([*lines, f"Outcome: {outcome}\n"]))

    def _write(self, level: str, message: str, values: dict[str, Any]) -> None:
        text = " ".join(self._speak(message, values).splitlines())
        self._append(f"{datetime.now():%Y-%m-%d %H:%M:%S} {level}{text}\n")

    def _append(self, text: str) -> None:
        if self.path is None:
            return
        try:
            with open_append(self.path) as stream:
                stream.write(text.encode("utf-8", "replace"))
        except OSError as error:
            path, self.path = self.path, None
            self._feedback.warning("Cannot write {path}: {reason}. The run continues.", path=path, reason=error)


def discreet(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a message without the passwords that the address of a layer may hold."""
    return {name: _discreet(value) for name, value in values.items()}


def _discreet(value: Any) -> Any:
    if isinstance(value, EngineError):
        return type(value)(**discreet(value.values))
    if isinstance(value, Phrase):
        return Phrase(value.message, **discreet(value.values))
    return without_password(str(value)) if isinstance(value, (str, PurePath)) else value


@contextlib.contextmanager
def run_log(
    folder: Path | None, name: str, feedback: Feedback, speak: Callable[[str, dict[str, Any]], str] = fill
) -> Iterator[RunLog]:
    """Keep the log of a run that begins now; a run that ends with an exception has failed, or was cancelled.

    Parameters
    ----------
    folder
        where the logs of the job are; None for a job that keeps none.
    name
        the job.
    feedback, speak
        the feedback of the front end that started the run, and how it speaks.

    Raises
    ------
    WriteFailed
        the log cannot be made.
    """
    log = RunLog(feedback, None if folder is None else _new_file(folder, name), speak)
    try:
        yield log
    except Cancelled:
        log.end(CANCELLED)
        raise
    except BaseException:
        log.end(FAILED)
        raise


def last_run(folder: Path, name: str) -> JobRun | None:
    """Return the last run of a job that was not skipped, or None; Sen2Chain's own logs do not say how a run ended."""
    for path, started in sorted(_files(folder, name), key=lambda item: item[1], reverse=True):
        run = _read_run(started, path, folder)
        if run.outcome != SKIPPED:
            return run
    return None


def _new_file(folder: Path, name: str) -> Path:
    make_folder(folder)
    moment = datetime.now()
    while True:
        path = folder / f"job_{name}_run_{moment:{_TIME}}.log"
        try:
            with open(system_path(path), "x", encoding="utf-8") as stream:
                stream.write(f"{_HEADING}{name}\n")
        except FileExistsError:
            moment += timedelta(seconds=1)  # another run of this second, one that was skipped
        except OSError as error:
            raise WriteFailed(path=path, reason=error.strerror or error) from error
        else:
            return path


def _files(folder: Path, name: str) -> Iterator[tuple[Path, datetime]]:
    pattern = re.compile(rf"job_{re.escape(name)}_run_(?P<time>[0-9]{{8}}_[0-9]{{6}})\.log")
    try:
        names = os.listdir(system_path(folder))
    except OSError:
        return  # no run yet
    for file in names:
        match = pattern.fullmatch(file)
        if match:
            with contextlib.suppress(ValueError):
                yield folder / file, datetime.strptime(match["time"], _TIME)


def _read_run(started: datetime, path: Path, folder: Path) -> JobRun:
    try:
        with open_regular(path) as stream:
            start = stream.read(len(_HEADING))
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - _TAIL_BYTES))
            tail = stream.read().decode("utf-8", "replace")
    except OSError:
        return JobRun(started, UNKNOWN, path)
    match = _OUTCOME.search(tail)
    if match:
        return JobRun(started, match["outcome"], path, *_results(tail.splitlines()))
    if start != _HEADING.encode():
        return JobRun(started, UNKNOWN, path)
    return JobRun(started, RUNNING if is_locked(folder) else INTERRUPTED, path)


def _results(lines: Sequence[str]) -> tuple[int, tuple[Path, ...]]:
    """Return how many products were extracted, and the extractions, from the last lines of a log."""
    numbers = [line[len(_NEW) :] for line in lines if line.startswith(_NEW)]
    extracted = int(numbers[-1]) if numbers and re.fullmatch("[0-9]{1,9}", numbers[-1]) else 0
    folders = [line[len(_EXTRACTION) :] for line in lines if line.startswith(_EXTRACTION)]
    return extracted, tuple(Path(folder) for folder in folders if "\0" not in folder)
