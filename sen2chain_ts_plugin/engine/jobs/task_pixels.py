"""Which pixels the tasks of a job take, in a file next to the job file: ``job_<NAME>.extract.cfg``.

The table of the job file is Sen2Chain's and has no columns for it. A task that takes the pixels of Sen2Chain has
no section here, and a job of such tasks no file::

    [task 2]
    shapefile = /data/fields.gpkg
    pixels = fraction
    buffer = -10
    small = keep
    min_coverage = 0.5

Tasks are numbered as in the table. The layer is named again, so that lines that were moved by hand are noticed; it is
``False`` where the task was a line to complete by hand.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from ..errors import EngineError, JobPixelsInvalid, Phrase
from ..files import is_file, read_bytes, remove_file, write_atomic
from ..text import without_password
from ..zones.pixel_options import CENTRE_OPTIONS, PixelOptions
from .file import Job
from .store import JobFile
from .task import NONE

_SUFFIX = ".extract.cfg"
_SECTION = re.compile(r"task ([1-9][0-9]{0,5})", re.ASCII)
_LAYER = "shapefile"
_OPTIONS = {field.name: {"int": int, "float": float}.get(str(field.type), str) for field in fields(PixelOptions)}
_LARGEST = 1 << 24  # bytes


def pixels_path(file: JobFile) -> Path:
    """Return the path of the file that says which pixels a job's tasks take."""
    return file.path.with_name(file.path.name.removesuffix(".cfg") + _SUFFIX)


def load_pixels(file: JobFile, job: Job) -> dict[int, PixelOptions]:
    """Return what is asked of the pixels of each task by its number, other than those of Sen2Chain.

    Raises
    ------
    JobPixelsInvalid
        the file cannot be read, or does not belong to the lines of the job; names both.
    """
    path = pixels_path(file)
    if not is_file(path):
        return {}
    parser = configparser.ConfigParser(interpolation=None, strict=True, empty_lines_in_values=False)
    try:
        parser.read_string(read_bytes(path, _LARGEST).decode("utf-8-sig"))
    except OSError as error:
        raise JobPixelsInvalid(path=path, reason=error.strerror or error) from error
    except (configparser.Error, UnicodeDecodeError) as error:
        raise JobPixelsInvalid(path=path, reason=str(error).replace("\n", " ")) from error
    found = {}
    for section in parser.sections():
        match = _SECTION.fullmatch(section)
        if match is None:
            raise JobPixelsInvalid(path=path, reason=Phrase("[{section}] is no section [task 1]", section=section))
        number = int(match[1])
        found[number] = _options(path, number, dict(parser[section]), job)
    return found


def save_pixels(file: JobFile, job: Job, pixels: Mapping[int, PixelOptions]) -> None:
    """Write what is asked of the pixels of each task; where nothing is asked of any, the file goes.

    Raises
    ------
    WriteFailed, LeadsOutside
        the file cannot be written.
    """
    path = pixels_path(file)
    asked = {number: options for number, options in sorted(pixels.items()) if options != CENTRE_OPTIONS}
    if not asked:
        remove_file(path, path.parent)
        return
    lines = ["# Which pixels the tasks of this job take; Sen2Chain does not read this file."]
    for number, options in asked.items():
        lines += ["", f"[task {number}]", f"{_LAYER} = {_layer_of(job, number)}"]
        lines += [f"{name} = {getattr(options, name)}" for name in _OPTIONS]
    write_atomic(path, ("\n".join(lines) + "\n").encode(), path.parent)


def without_number(pixels: Mapping[int, PixelOptions], number: int) -> dict[int, PixelOptions]:
    """Return what is asked of the tasks that are left when one was taken out of the job."""
    return {each - (each > number): options for each, options in pixels.items() if each != number}


def _options(path: Path, number: int, values: dict[str, str], job: Job) -> PixelOptions:
    layer = values.pop(_LAYER, None)
    if not 1 <= number <= len(job.rows):
        raise JobPixelsInvalid(path=path, reason=Phrase("the job has no task {number}", number=number))
    if job.rows[number - 1].task is not None and layer not in (NONE, _layer_of(job, number)):
        reason = Phrase(
            "task {number} is there for {layer}, and in the job for {other}",
            number=number, layer=without_password(layer or "-"), other=without_password(_layer_of(job, number)),
        )  # fmt: skip
        raise JobPixelsInvalid(path=path, reason=reason)
    unknown = values.keys() - _OPTIONS.keys()
    if unknown:
        raise JobPixelsInvalid(path=path, reason=Phrase("'{key}' is not a known key", key=min(unknown)))
    try:
        return PixelOptions(**{name: _OPTIONS[name](value) for name, value in values.items()})
    except (ValueError, EngineError) as error:
        raise JobPixelsInvalid(
            path=path, reason=Phrase("task {number}: {error}", number=number, error=error)
        ) from error


def _layer_of(job: Job, number: int) -> str:
    task = job.rows[number - 1].task
    return NONE if task is None else task.shapefile
