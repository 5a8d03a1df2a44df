"""The text of a job file: read strictly, edited line by line, so that what is not changed stays as it is.

Source of the format: Sen2Chain 1.4.1, which reads a file twice: its keys as an ini file without section, its table as
CSV with ``;``, ``#`` starting a comment anywhere. What Sen2Chain tolerates silently (an unknown word, a missing field)
is an error here, because a job that runs on a default at night is worse than one that says what is wrong.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..choices import TIMING
from ..errors import (
    EngineError,
    JobColumnMissing,
    JobColumnUnknown,
    JobFileEncoding,
    JobFlagInvalid,
    JobKeyMissing,
    JobKeyUnknown,
    JobLayerInvalid,
    JobLineCut,
    JobLineInvalid,
    JobNumberInvalid,
    JobRepeated,
    JobRowLength,
    JobTableMissing,
    JobTaskAbsent,
)
from . import cron_timing as cron
from .task import COLUMNS, NONE, Task

COMMENTED = "!"
KEYS = ("logs", "timing", "nb_proc", "process_by_line")
# What Sen2Chain takes where these two are missing.
_DEFAULTS = {"nb_proc": "8", "process_by_line": "0"}
_TRUE, _FALSE = ("y", "yes", "t", "true", "on", "1"), ("n", "no", "f", "false", "off", "0")
_OLD_COLUMNS = {"cloudmask": "cloudmasks"}
_KEY = re.compile(r"(?P<key>[^=:;]*?)\s*[=:]\s*(?P<value>.*)")
_HEADER = """\
### Parameters
# logs: True | False
# timing: when the job runs, in cron format (minute hour day month weekday)
# nb_proc: number of workers, 0: as many as fit
# process_by_line: number of lines to process at a time, 0: all
### Table of task entries
# shapefile: the layer, any vector file of any CRS, with its full path; ! before it comments the line
#    /data/fields.shp | /data/fields.gpkg|layername=fields
# date_min: the first date: empty (2015-01-01) | 2021-01-31 | today-30 (30 days before the run)
# date_max: the last date: empty (no limit) | 2021-01-31 | today
# max_clouds: the highest cloud cover of a product, in %
# cloudmasks: False | CM001/CM002-B11/CM003-PRB1-ITER5/CM004-CSH1-CMP1-CHP1-TCI1-ITER1/OCM
# indices: False | All | NDVI/NDWIGAO/...
# force_extraction: extract again what is already extracted: True | False
# compiled_data: False | yearly/monthly/weekly/daily/all/alldata
#    all: one file of what is between the two dates; alldata: one file of all dates
# smooth_data: smooth the time series: True | False
# copy_server: False | user@server:path, a copy of the compiled files through ssh

"""


@dataclass(frozen=True)
class JobLine:
    """A line of the table; ``task`` is None where the line is commented with ``!``."""

    place: int
    task: Task | None


@dataclass(frozen=True)
class Job:
    """A job file.

    Attributes
    ----------
    logs
        whether each run writes a log.
    timing
        when it runs, as a cron timing.
    threads
        workers; 0 = choose.
    lines_at_once
        lines of the table that are announced and processed together; 0 = all.
    rows
        the lines of the table; tasks are numbered from 1, commented ones included.
    lines
        the lines of the file as they are, without their ends.
    keys
        the place of each key in ``lines``.
    header, columns
        the place of the header of the table, and its columns in their order.
    """

    logs: bool
    timing: str
    threads: int
    lines_at_once: int
    rows: tuple[JobLine, ...]
    lines: tuple[str, ...]
    keys: Mapping[str, int]
    header: int
    columns: tuple[str, ...]

    @property
    def tasks(self) -> dict[int, Task]:
        """The tasks to run, by their number in the table."""
        return {number: row.task for number, row in enumerate(self.rows, 1) if row.task is not None}

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(f"{line}\n" for line in self.lines)


def new_job() -> Job:
    """Return a job without any task, logged, every midnight."""
    keys = f"logs = True\ntiming = {TIMING}\nnb_proc = 0\nprocess_by_line = 0\n\n"
    return parse(f"{_HEADER}{keys}{';'.join(COLUMNS)}\n", Path("job.cfg"))


def decode(data: bytes, path: Path) -> str:
    """Return the text of a job file: UTF-8, with or without a byte order mark, or else Latin-1.

    Raises
    ------
    JobFileEncoding
        it is neither, or holds characters that no text has.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    # Bytes 0x80 to 0x9f mean letters in the encodings of Windows, and nothing in Latin-1: a guess would be needed.
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
        raise JobFileEncoding(path=path)
    return text


def parse(text: str, path: Path) -> Job:
    """Read a job file.

    Parameters
    ----------
    text
        the whole file; any line ends.
    path
        where it came from, for messages.

    Raises
    ------
    JobLineInvalid
        a line cannot be understood; names the file, the line and what is wrong with it.
    JobTableMissing, JobKeyMissing
        the file ends too early, or lacks a key.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    complete = lines[-1] == ""
    if complete:
        del lines[-1]
    reader = _Reader(path, lines)
    header = reader.read_keys()
    columns = reader.read_header(header)
    rows = reader.read_rows(header, columns)
    # A file that was cut in its last field still looks like one; only the word False cannot be the start of another.
    if not complete and rows and rows[-1].place == len(lines) - 1 and not lines[-1].rstrip().endswith(NONE):
        raise JobLineInvalid(path=path, line=len(lines), problem=JobLineCut())
    return Job(
        logs=reader.flag("logs"),
        timing=reader.timing(),
        threads=reader.number("nb_proc"),
        lines_at_once=reader.number("process_by_line"),
        rows=rows,
        lines=tuple(lines),
        keys=reader.places,
        header=header,
        columns=columns,
    )


def with_key(job: Job, key: str, value: str) -> Job:
    """Return the job with a key set."""
    lines = list(job.lines)
    if key in job.keys:
        lines[job.keys[key]] = f"{key} = {value}"
    else:
        lines.insert(max(job.keys.values()) + 1, f"{key} = {value}")
    return _edited(lines)


def with_task(job: Job, task: Task, number: int | None = None, *, commented: bool = False) -> Job:
    """Return the job with a task added, or put in the place of task ``number``.

    Raises
    ------
    JobTaskAbsent
        there is no task of this number.
    """
    lines = list(job.lines)
    line = _line(job, task, commented)
    if number is not None:
        lines[_place(job, number)] = line
    else:
        lines.insert(job.rows[-1].place + 1 if job.rows else job.header + 1, line)
    return _edited(lines)


def without_task(job: Job, number: int) -> Job:
    """Return the job without task ``number``.

    Raises
    ------
    JobTaskAbsent
        there is no task of this number.
    """
    lines = list(job.lines)
    del lines[_place(job, number)]
    return _edited(lines)


def changed_task(job: Job, number: int, changes: Mapping[str, str]) -> Task:
    """Return task ``number`` with some columns changed; of a commented line that is none, the others are the defaults.

    Raises
    ------
    JobTaskAbsent
        there is no task of this number.
    """
    return dataclasses.replace(written_task(job, number) or Task(), **changes)


def written_task(job: Job, number: int) -> Task | None:
    """Return task ``number`` as it is written, commented or not; None where a comment hides no task.

    Raises
    ------
    JobTaskAbsent
        there is no task of this number.
    """
    line = job.lines[_place(job, number)]
    task = job.rows[number - 1].task
    if task is not None:
        return task
    try:
        return _read_task(line.replace(COMMENTED, "", 1), job.columns)
    except EngineError:
        return None


def _edited(lines: list[str]) -> Job:
    return parse("".join(f"{line}\n" for line in lines), Path("job.cfg"))


def _place(job: Job, number: int) -> int:
    if not 1 <= number <= len(job.rows):
        raise JobTaskAbsent(number=number, count=len(job.rows))
    return job.rows[number - 1].place


def _line(job: Job, task: Task, commented: bool) -> str:
    cells = [getattr(task, column) for column in job.columns]
    if commented:
        cells[job.columns.index("shapefile")] = COMMENTED + task.shapefile
    return ";".join('"' + cell.replace('"', '""') + '"' if re.search('[;"]', cell) else cell for cell in cells)


class _Reader:
    """Reads the parts of one file one after the other; knows the number of the line it is at."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.places: dict[str, int] = {}
        self._texts: dict[str, str] = {}

    def read_keys(self) -> int:
        """Read up to the header of the table; return its place."""
        for place, line in enumerate(self.lines):
            # Here, and not in the table, an ini file takes ";" for a comment too.
            if not line.strip() or line.lstrip().startswith(("#", ";")):
                continue
            match = _KEY.fullmatch(line.strip())
            if match is None:
                if ";" in line:
                    return place
                raise self._refused(place, JobKeyUnknown(key=line.strip(), known=", ".join(KEYS)))
            key = match["key"].lower()
            if key not in KEYS:
                raise self._refused(place, JobKeyUnknown(key=match["key"], known=", ".join(KEYS)))
            if key in self.places:
                raise self._refused(place, JobRepeated(name=key, first=self.places[key] + 1))
            self.places[key], self._texts[key] = place, match["value"]
        raise JobTableMissing(path=self.path, columns=";".join(COLUMNS))

    def read_header(self, place: int) -> tuple[str, ...]:
        """Return the columns of the table."""
        names = [cell.strip() for cell in self.lines[place].split(";")]
        columns = [_OLD_COLUMNS.get(name, name) for name in names]
        for number, column in enumerate(columns):
            if column not in COLUMNS:
                raise self._refused(place, JobColumnUnknown(column=names[number], known=";".join(COLUMNS)))
            if column in columns[:number]:
                raise self._refused(place, JobRepeated(name=column, first=place + 1))
        missing = [column for column in COLUMNS if column not in columns]
        if missing:
            raise self._refused(place, JobColumnMissing(columns=", ".join(missing)))
        return tuple(columns)

    def read_rows(self, header: int, columns: tuple[str, ...]) -> tuple[JobLine, ...]:
        """Return the lines of the table."""
        rows = []
        for place in range(header + 1, len(self.lines)):
            line = self.lines[place]
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                rows.append(JobLine(place, _read_task(line, columns)))
            except EngineError as error:
                raise self._refused(place, error) from error
        return tuple(rows)

    def flag(self, key: str) -> bool:
        """Return a key that is true or false, in any of the words that Sen2Chain takes."""
        text = self._text(key)
        if text.lower() not in _TRUE + _FALSE:
            raise self._refused(self.places[key], JobFlagInvalid(column=key, value=text))
        return text.lower() in _TRUE

    def timing(self) -> str:
        """Return when the job runs; Sen2Chain's default where the key is empty."""
        text = self._text("timing")
        try:
            return cron.parse(text).text
        except EngineError as error:
            raise self._refused(self.places["timing"], error) from error

    def number(self, key: str) -> int:
        """Return a key that is a whole number."""
        text = self._texts.get(key) or _DEFAULTS[key]
        if not re.fullmatch(r"[0-9]{1,4}", text):
            raise self._refused(self.places[key], JobNumberInvalid(key=key, value=text))
        return int(text)

    def _text(self, key: str) -> str:
        if key not in self._texts:
            raise JobKeyMissing(path=self.path, key=key)
        return self._texts[key]

    def _refused(self, place: int, problem: EngineError) -> JobLineInvalid:
        return JobLineInvalid(path=self.path, line=place + 1, problem=problem)


def _read_task(line: str, columns: tuple[str, ...]) -> Task | None:
    # Commented lines stay as they are, whatever they hold.
    if line.lstrip(' "').startswith(COMMENTED):
        return None
    if "#" in line:
        raise JobLayerInvalid(value=line[: line.index("#") + 1])
    try:
        cells = next(csv.reader([line], delimiter=";", strict=True))
    except csv.Error:
        raise JobRowLength(found=1, wanted=len(columns)) from None
    if len(cells) != len(columns):
        raise JobRowLength(found=len(cells), wanted=len(columns))
    return Task(**dict(zip(columns, cells)))
