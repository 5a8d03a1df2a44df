"""Failures of job files and of the runs of jobs."""

from __future__ import annotations

from .base import EngineError


class JobNameInvalid(EngineError):
    """A name that cannot be the name of a job."""

    message = (
        "'{name}' cannot be the name of a job. A name has 1 to 64 characters: letters without accents, digits, _ and "
        "-; it starts with a letter or a digit, and is not a device of Windows (CON, NUL, COM1…)."
    )


class JobNotFound(EngineError):
    """No file for a job."""

    message = "There is no job '{name}': {path} does not exist. Jobs there: {there}."


class JobUnreadable(EngineError):
    """A job file that the system does not let us read."""

    message = "Cannot read the job {path}: {reason}."


class JobFileEncoding(EngineError):
    """A job file whose bytes are no text."""

    message = "{path} is neither UTF-8 nor Latin-1 text. Save it as UTF-8. Nothing was run."


class JobLineInvalid(EngineError):
    """A line of a job file that cannot be understood."""

    message = "{path}, line {line}: {problem} Nothing was run; correct that line."


class JobTableMissing(EngineError):
    """A job file without a table of tasks."""

    message = "{path} ends before its table of tasks; it may be cut. Expected a line {columns}. Nothing was run."


class JobKeyMissing(EngineError):
    """A job file that lacks a key."""

    message = "{path} has no line '{key} = …'; it may be cut. Nothing was run."


class JobKeyUnknown(EngineError):
    """A line before the table that is no known key."""

    message = "'{key}' is not a known key. Known keys (in lines 'key = value'): {known}."


class JobRepeated(EngineError):
    """A key or a column that is there twice."""

    message = "'{name}' is already given in line {first}. Keep one of the two."


class JobColumnUnknown(EngineError):
    """A column of the table that does not exist."""

    message = "unknown column '{column}'; columns: {known}."


class JobColumnMissing(EngineError):
    """A table that lacks columns."""

    message = "the table has no column {columns}."


class JobRowLength(EngineError):
    """A line of the table with too few or too many fields."""

    message = "Fields: {found}; columns of the table: {wanted}."


class JobLineCut(EngineError):
    """The last line does not end, so the file may have been cut within its last field."""

    message = "the file ends in the middle of this line, or its line end is missing."


class JobNumberInvalid(EngineError):
    """A key that is no whole number."""

    message = "{key} is '{value}', not a whole number from 0 to 9999."


class JobFlagInvalid(EngineError):
    """A field that is neither true nor false."""

    message = "{column} is '{value}', neither True nor False."


class JobLayerInvalid(EngineError):
    """A layer that a job cannot name."""

    message = (
        "'{value}' cannot be the layer of a job: it takes the full path of a vector file (or path|layername=name), "
        "without # and !, which have a meaning of their own in a job file; rename the file or its folder."
    )


class JobLayerWindowOnly(EngineError):
    """A layer that a job would not read as the window shows it."""

    message = (
        "'{layer}' cannot be the layer of a job: {what}. A job reads the file itself at every run: export the layer "
        "into a file of its own (Export > Save Features As), and give that."
    )


class JobDateInvalid(EngineError):
    """A date that is none."""

    message = "{column} is '{value}', neither a date such as 2021-01-31, nor today, today-30 or empty."


class JobDatesReversed(EngineError):
    """The first date comes after the last one."""

    message = "date_min '{first}' comes after date_max '{last}'."


class JobCoverInvalid(EngineError):
    """A cloud cover that is no percentage."""

    message = "max_clouds is '{value}', not a whole number from 0 to 100."


class JobIndexUnknown(EngineError):
    """An index that Sen2Chain does not have."""

    message = "unknown index '{value}'; indices: All or {known}, several separated by /."


class JobPeriodUnknown(EngineError):
    """A period that compile does not have."""

    message = "unknown period '{value}'; periods: {known}, several separated by /."


class JobTaskAbsent(EngineError):
    """A task number that the job does not have."""

    message = "There is no task {number}: the job has {count}."


class JobLayerUnreadable(EngineError):
    """A layer of a job that cannot be opened."""

    message = "{layer} cannot be opened as a vector layer: it was moved or removed, or its disk is not there."


class JobEditUnclear(EngineError):
    """A task to take out without saying which one."""

    message = "To take a task out of the job, say which one: its number, from 1."


class JobTaskFailed(EngineError):
    """A job in which something failed; the rest was done."""

    message = (
        "Job {name} failed in task {tasks} (products: {products}, steps: {steps}). Everything else was done. Log: {log}"
    )


class JobPlanFailed(EngineError):
    """A job in which something could not run."""

    message = "Job {name} would fail in task {tasks}; the messages above say why."


class JobAnalysisInvalid(EngineError):
    """The file with the analyses of a job, not as it should be."""

    message = "Cannot use {path}: {reason}. Correct the file, or delete it to run the job without analyses."


class AnalysisSettingInvalid(EngineError):
    """A setting of an analysis that a task asks for, not as it should be."""

    message = (
        "Cannot use the settings of the analyses: {reason}. They are written like smooth.STEP=10; "
        "aggregate.PERIOD=dekad."
    )
