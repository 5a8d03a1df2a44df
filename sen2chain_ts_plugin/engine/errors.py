"""One class per kind of failure. The message names the thing and the remedy.

The text of a class is a template, filled with the values the failure was raised with, so that a front end can translate
the template and fill it again: ``translate(type(error).message).format(**error.values)``.
"""

from __future__ import annotations

from typing import Any


class Phrase(str):
    """A text of the engine that stands in a message as one of its values, to be translated like the message.

    It is its English text, and keeps what a front end translates and fills again.

    Parameters
    ----------
    message
        a template with named values.
    **values
        the values; a `Phrase` among them is translated too.
    """

    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, **values: Any) -> Phrase:  # noqa: PYI034 typing.Self is of Python 3.11
        """Fill the template."""
        phrase = super().__new__(cls, message.format(**values))
        phrase.message, phrase.values = message, values
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_phrase, (self.message, self.values)


def _rebuild_phrase(message: str, values: dict[str, Any]) -> Phrase:
    return Phrase(message, **values)


class EngineError(Exception):
    """Root of every failure the engine raises on purpose.

    Parameters
    ----------
    **values
        what the template of the class needs, by name; anything with a ``str``, a text of ours as a `Phrase`.
    """

    message = "{reason}"

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.message.format(**values))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception.__reduce__ would lose the keyword arguments, and errors travel between processes.
        return _rebuild, (type(self), self.values)


def _rebuild(kind: type[EngineError], values: dict[str, Any]) -> EngineError:
    return kind(**values)


class Cancelled(EngineError):
    """The user asked to stop."""

    message = "Cancelled."


# Files and folders


class WriteFailed(EngineError):
    """The system refused to write a file or make a folder."""

    message = "Cannot write {path}: {reason}. Nothing half written was left; free space or rights, then run again."


class LeadsOutside(EngineError):
    """A symbolic link would make us write somewhere else."""

    message = "Not written: {path} is a link that leads out of {root}, to {target}. Remove the link and run again."


class FolderLocked(EngineError):
    """Another run is writing the same folder."""

    message = (
        "{folder} is locked: another run writes there (host {host}, process {pid}, since {since}). "
        "Wait until it ends; the lock of a run that was killed frees itself."
    )


# Names


class UnknownCloudMask(EngineError):
    """A text that is no name of a cloud mask."""

    message = (
        "Unknown cloud mask '{name}'. Known forms: CM001, CM002-B11, CM003-PRB1-ITER5, "
        "CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM, OCM_v1_2_3; several are separated by / or a comma."
    )


class NotAnExtraction(EngineError):
    """A folder that is no extraction tree."""

    message = (
        "{folder} is not an extraction folder: expected a folder named <name>_<16 hex digits> that holds raw_data, "
        "as made by Extract or by Sen2Chain."
    )


# The library


class LibraryNotFound(EngineError):
    """No Sen2Chain library where one was looked for."""

    message = (
        "No Sen2Chain library found; looked at: {places}. Give the library: a data folder (it holds INDICES), "
        "or a folder that holds sen2chain_data/config/config.cfg."
    )


class ConfigDamaged(EngineError):
    """A config.cfg that cannot be read."""

    message = "Cannot read {path}: {reason}. Correct that line, or give the data folder itself as the library."


class CloudMaskAbsent(EngineError):
    """A cloud mask that no product has."""

    message = "No product of {indices} in {library} has the cloud mask {masks}. Cloud masks found there: {there}."


# Rasters


class RasterDamaged(EngineError):
    """A raster file that is cut, or still being copied."""

    message = "{path} is damaged or still being copied: {reason}. Copy it again; the next run looks at it again."


class RasterUnreadable(EngineError):
    """A raster file that cannot be opened or read."""

    message = "Cannot read {path}: {reason}."


class RasterChanged(EngineError):
    """A raster file that was replaced while it was read."""

    message = "{path} changed while it was read. The next run looks at it again."


class GridMismatch(EngineError):
    """Rasters of one product that do not cover the same pixels, or are not on the grid of the tile."""

    message = "{path} does not fit: {reason}. Make this product again with Sen2Chain."


# Compile


class RawDataDamaged(EngineError):
    """A raw CSV that cannot be trusted."""

    message = "{path} is damaged: {reason}. Delete it and run Extract again; it will make this file anew."


class UnknownPeriod(EngineError):
    """A period that compile does not know."""

    message = "Unknown period '{period}'. Known: {known}."


class CustomNeedsDates(EngineError):
    """The custom period without the dates that bound it."""

    message = "The period 'custom' needs both a first and a last date."


class DatesReversed(EngineError):
    """A last date before the first one."""

    message = "The last date {last} is before the first date {first}. Exchange them."


class ScipyMissing(EngineError):
    """Smoothing without scipy."""

    message = (
        "Smoothing needs the Python package scipy, which is not installed for this Python ({reason}). Install it "
        "(Debian: python3-scipy; OSGeo4W: python3-scipy; conda: scipy), or run without smoothing."
    )


class SmoothingRefused(EngineError):
    """Settings of the smoothing that the filter does not take."""

    message = (
        "Cannot smooth with a window of {window_length} dates and polynomials of order {polyorder}: {reason}. "
        "The window should be an odd number greater than the order."
    )


# Zones


class GeometryUnusable(EngineError):
    """A geometry that cannot be read."""

    message = "unusable geometry: {reason}"


# Jobs


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

    message = "'{key}' is no known line 'key = value'; keys: {known}."


class JobRepeated(EngineError):
    """A key or a column that stands twice."""

    message = "'{name}' stands here again, after line {first}."


class JobColumnUnknown(EngineError):
    """A column of the table that does not exist."""

    message = "unknown column '{column}'; columns: {known}."


class JobColumnMissing(EngineError):
    """A table that lacks columns."""

    message = "the table has no column {columns}."


class JobRowLength(EngineError):
    """A line of the table with too few or too many fields."""

    message = "{found} fields where the table has {wanted} columns."


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
    """A job of which something failed; the rest was done."""

    message = (
        "Job {name} failed in task {tasks} ({products} products, {steps} steps). Everything else was done. Log: {log}"
    )


class JobPlanFailed(EngineError):
    """A job of which something could not run."""

    message = "Job {name} would fail in task {tasks}; the messages above say why."


# Scheduling


class TimingInvalid(EngineError):
    """A text that is no timing of cron."""

    message = "'{timing}' is no timing of cron: the {field} is '{text}', expected {expected}."


class TimingNeverComes(EngineError):
    """A timing on dates that do not exist."""

    message = "'{timing}' never comes: no month has that day."


class TimingNotForWindows(EngineError):
    """A timing that Windows cannot follow."""

    message = (
        "The Windows Task Scheduler cannot follow '{timing}': too many moments a day without a regular interval. "
        "Choose a simpler timing, such as */15 * * * *."
    )


class JobNotScheduled(EngineError):
    """A job that the scheduler does not know."""

    message = "Job {name} is not scheduled; enable it first."


class SchedulerMissing(EngineError):
    """Neither cron nor the Windows Task Scheduler."""

    message = (
        "There is no crontab on this system (Debian, Ubuntu: apt install cron). "
        "To schedule the job by other means, run at {timing}: {command}"
    )


class SchedulerRefused(EngineError):
    """The scheduler did not take what it was given, or did not answer."""

    message = "{program} refused: {reason}. The schedule is as it was."


class QgisProcessMissing(EngineError):
    """The program that runs algorithms without a window is not there."""

    message = (
        "Cannot find qgis_process, which a schedule needs to run a job; looked in {places}. "
        "Install it (it is part of QGIS), or put its folder on the PATH."
    )


class ScheduleUnsafe(EngineError):
    """A command that a schedule line cannot hold safely."""

    message = "'{text}' cannot stand in a schedule, because of the character {character}. Rename the folder."


# The copy


class CopyTargetInvalid(EngineError):
    """A target of a copy that is not of the only accepted form."""

    message = (
        "'{target}' cannot be the target of a copy. It has the form user@server:path; the path takes letters, digits, "
        "spaces within, and . / _ + = , @ % -, does not start with - and has no '..'. Nothing was started."
    )


class ProgramMissing(EngineError):
    """A program that the copy needs."""

    message = "The copy needs {program}, which is not installed (Debian, Ubuntu: apt install rsync openssh-client)."


class CopyUnreachable(EngineError):
    """The server does not answer."""

    message = (
        "Not copied to {target}: {host} does not answer ({reason}). Results are kept here; the next run copies them."
    )


class CopyHostKeyUnknown(EngineError):
    """The server is not known, or is not the one it was."""

    message = (
        "Not copied to {target}: the key of {host} is not known here, or has changed ({reason}). "
        "Connect once by hand with ssh, check the key, and run again."
    )


class CopyKeyRefused(EngineError):
    """The server does not let us in without a password."""

    message = (
        "Not copied to {target}: {host} did not let us in without a password ({reason}). "
        "Put the public key of this account there (ssh-copy-id), and run again."
    )


class CopyDiskFull(EngineError):
    """No room on the server."""

    message = "Not all was copied to {target}: no space left there ({reason}). Make room; the next run goes on."


class CopyNotWritten(EngineError):
    """The server could not write a file, and did not say why."""

    message = (
        "Not all was copied to {target}: a file could not be written there ({reason}). "
        "Its disk may be full or damaged; the next run goes on."
    )


class CopyInterrupted(EngineError):
    """The connection ended during the copy."""

    message = "Not all was copied to {target}: the connection was cut ({reason}). The next run goes on from there."


class CopyTimedOut(EngineError):
    """A copy that took too long."""

    message = (
        "Not all was copied to {target} within {hours} hours, and the copy was ended. The next run goes on from there."
    )


class CopyFailed(EngineError):
    """Any other failure of a copy."""

    message = "Not all was copied to {target}: {reason}. Results are kept here; the next run copies them."


# The sample library


class NotASampleLibrary(EngineError):
    """A folder that holds something else than a sample library."""

    message = (
        "{folder} is not empty and no sample library: it holds {found}. "
        "Choose a new or an empty folder, or one that an earlier run made. Nothing was changed."
    )


class SampleNumberInvalid(EngineError):
    """A number of the sample library that is out of its range."""

    message = "{name} is {value}; it has to be a whole number from {low} to {high}."


class Jp2DriverMissing(EngineError):
    """A GDAL that cannot write JPEG 2000."""

    message = (
        "This GDAL cannot write JPEG 2000: it has no driver {driver}. "
        "Use a QGIS whose GDAL has it: those of Debian, Ubuntu, OSGeo4W and conda-forge do."
    )


# Extraction


class ProductFailed(EngineError):
    """Something unforeseen happened to one product."""

    message = "{reason}"


class LayerMeetsNoTile(EngineError):
    """A layer that is outside of every tile of the library."""

    message = (
        "No zone of {layer} meets a tile of the library {library} (tiles looked at: {tiles}). "
        "Check the CRS of the layer, or choose another library."
    )


class LayerEmpty(EngineError):
    """A layer without a single usable geometry."""

    message = "{layer} has no usable geometry: nothing to extract. Check the layer, its selection and its filter."


# Layers


class LayerWithoutCrs(EngineError):
    """A layer that does not say where it is."""

    message = "{layer} has no coordinate reference system. Set it in the properties of the layer."


class LayerOfOtherKind(EngineError):
    """A table, or a layer of collections, for which QGIS knows no place on earth."""

    message = (
        "{layer} is of the type {kind}, not a layer of points, lines or polygons. Choose another layer; collections "
        "can be split with 'Multipart to singleparts'."
    )


class GeometryInvalid(EngineError):
    """An invalid geometry, and the user's setting is to stop."""

    message = (
        "{layer}: the geometry of zone {zone} (feature {feature}) is invalid. Repair it with 'Fix geometries', "
        "or set Processing to skip invalid features."
    )


class LayerMixed(EngineError):
    """A layer that mixes points, lines and polygons."""

    message = (
        "{layer} mixes points, lines and polygons (zones {first} and {second} differ). "
        "Split it by geometry type, and run once for each."
    )


# Inventory, plots and quicklooks


class IndexAbsent(EngineError):
    """Indices that the library has no product of."""

    message = "{library} has no product of {indices}. Indices found there: {there}."


class MatplotlibMissing(EngineError):
    """Pictures without matplotlib."""

    message = (
        "Pictures need the Python package matplotlib, which is not installed for this Python ({reason}). Install it "
        "(Debian, Ubuntu: apt install python3-matplotlib; OSGeo4W: python3-matplotlib; conda: matplotlib)."
    )


class NothingToShow(EngineError):
    """An extraction without a row for what is asked."""

    message = (
        "{folder} has no rows for these indices, cloud masks and dates: nothing to show. Extracted there: {there}."
    )


class KeyFieldUnknown(EngineError):
    """A field that the zones do not have."""

    message = "The zones have no field '{field}'. Their fields: {there}."


# Clusters


class DaskMissing(EngineError):
    """A scheduler's address without the package that speaks to it."""

    message = (
        "DASK_SCHEDULER needs the Python package distributed, which is not installed for this Python ({reason}). "
        "Install it in the version of the cluster (Debian, Ubuntu: apt install python3-distributed)."
    )


class DaskUnreachable(EngineError):
    """No cluster at an address."""

    message = "No Dask cluster at {address}: {reason}. Start its scheduler and workers, or leave DASK_SCHEDULER empty."


class DaskWorkersUnfit(EngineError):
    """Workers that cannot do the work."""

    message = (
        "The Dask workers at {address} cannot load the engine ({reason}). Put the folder that holds "
        "sen2chain_ts_plugin on their PYTHONPATH, and install numpy and rasterio for them."
    )


class DaskLost(EngineError):
    """A scheduler that went away during a run."""

    message = "The Dask scheduler at {address} is gone. What was done is kept; run again to go on from there."
