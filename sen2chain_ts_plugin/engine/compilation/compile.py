"""Compile: from raw rows to one best row per zone and date, to a file per period.

Source of the files, their names and columns: Sen2Chain 1.4.1, ``TimeSeriesCompil.compile_data``. It splits rows into
files and aggregates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from ..choices import ALL_DATA, CUSTOM, PERIODS
from ..dates import DateRange
from ..errors import CustomNeedsDates, DatesReversed, UnknownPeriod
from ..feedback import Feedback, Logged, StepFeedback, check
from ..files import locked, make_folder
from ..library.cloudmask import CloudMask, is_mask_folder
from ..series.best_rows import BestRows, read_series
from ..series.smoothing import SCALE, Smoothed, SmoothingSettings, deviations, load_filter, smooth_series, usable_rows
from ..tree.columns import SMOOTH_COLUMNS
from ..tree.layout import Tree, open_tree
from ..tree.manifest import Manifest
from ..tree.raw_csv import folders, raw_files
from .csv_rows import Rows, SeriesRows, SmoothRows, deviation_pieces
from .owned_files import CompiledFiles

# The periods that split the rows into files, each by the column it brings. All columns of the periods asked for stand
# in every file, in this order, but a period's own column not in its own files.
_SPLITS = {"yearly": "year", "monthly": "month", "weekly": "week", "daily": "day"}
_SMOOTH = "_smooth"
# About how far one index and mask are when all is read, and when it is smoothed.
_READ, _SMOOTHED = 0.6, 0.7

# The files that one part of a request gives: path, and what yields the content from its beginning when it is called.
Files = Iterator[tuple[Path, Callable[[], Iterator[bytes]]]]


@dataclass(frozen=True)
class CompileRequest:
    """What to compile.

    Attributes
    ----------
    periods
        among `PERIODS`.
    indices
        names; None for all there are.
    cloudmasks
        None for all there are. Any version of OCM stands for all, as they share a folder.
    date_min, date_max
        the first and the last day of the period ``custom``, which needs both; nothing else depends on them.
    cover_max
        the maximum cloud cover of the extraction, %. It appears in file names and limits what the statistics of the
        smoothing compare; no row is left out by it.
    smoothing
        how to smooth; None for no smoothing.
    smooth_all_data
        whether the smoothed rows of all data, and how well they fit, are written too, whatever the periods.
    dates_as
        the dates as a recurring job writes them, where they move from run to run (``today-30 today``): files of the
        same wish on an earlier day are replaced. Empty for the dates themselves.
    """

    periods: tuple[str, ...] = (ALL_DATA,)
    indices: tuple[str, ...] | None = None
    cloudmasks: tuple[CloudMask, ...] | None = None
    date_min: date | None = None
    date_max: date | None = None
    cover_max: int = 100
    smoothing: SmoothingSettings | None = None
    smooth_all_data: bool = True
    dates_as: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The period columns that the files have."""
        return tuple(column for period, column in _SPLITS.items() if period in self.periods)

    def check(self) -> None:
        """Make sure that the request can be met.

        Raises
        ------
        UnknownPeriod, CustomNeedsDates, DatesReversed, ScipyMissing, SmoothingRefused
            it cannot.
        """
        for period in self.periods:
            if period not in PERIODS:
                raise UnknownPeriod(period=period, known=", ".join(PERIODS))
        if CUSTOM in self.periods:
            if self.date_min is None or self.date_max is None:
                raise CustomNeedsDates
            if self.date_max < self.date_min:
                raise DatesReversed(first=self.date_min, last=self.date_max)
        if self.smoothing:
            load_filter(self.smoothing)


@dataclass(frozen=True)
class Compilation:
    """What a compile made.

    Attributes
    ----------
    folder
        ``compiled_data``.
    files
        every file that the request gives, whether it had to be written or already was as it should be.
    rows
        how many rows all data have, of all indices and masks.
    damaged
        the raw files that were left out.
    """

    folder: Path
    files: tuple[Path, ...]
    rows: int
    damaged: tuple[Path, ...]


def compile_tree(
    folder: Path,
    request: CompileRequest,
    feedback: Feedback | None = None,
    each: Callable[[str, str, BestRows], None] | None = None,
) -> Compilation:
    """Compile the raw data of an extraction tree.

    The tree is locked meanwhile. A file that already holds what it should is not touched; one of an earlier compile
    that has no rows any more is removed, and so is an earlier file of the same custom dates that had another name.

    Parameters
    ----------
    folder
        the extraction tree, ``<name>_<checksum>``, made by extract or by Sen2Chain.
    request
        what to compile.
    feedback
        told what is read, left out and written; asked for cancel. None: warnings and errors are logged.
    each
        called with the index, the folder of the mask and the rows, once for every pair that has rows.

    Raises
    ------
    NotAnExtraction
        the folder is no extraction tree.
    UnknownPeriod, CustomNeedsDates, DatesReversed, ScipyMissing, SmoothingRefused
        the request cannot be met; nothing was done.
    FolderLocked
        another run writes the tree.
    WriteFailed, LeadsOutside
        a file could not be written; those before it are whole.
    Cancelled
        the user asked to stop; the files written until then are whole.
    """
    feedback = feedback or Logged()
    request.check()
    tree = open_tree(folder)
    files: list[Path] = []
    damaged: list[Path] = []
    rows = 0
    with locked(tree.folder):
        make_folder(tree.folder / "compiled_data")
        compiled = CompiledFiles(tree, feedback)
        pairs = _pairs(tree, request, feedback)
        for number, (index, mask_folder) in enumerate(pairs):
            part = StepFeedback(feedback, number / len(pairs), (number + 1) / len(pairs))
            series, written = _compile_pair(tree, index, mask_folder, request, compiled, part)
            files += written
            damaged += series.damaged
            rows += len(series)
            if each and len(series):
                each(index, mask_folder, series)
        if damaged:
            # Extract knows a file by its size: of these it has to look inside.
            Manifest(tree.folder).forget({tree.masked_name(path) for path in damaged})
    feedback.progress(1.0)
    return Compilation(tree.folder / "compiled_data", tuple(files), rows, tuple(damaged))


def _pairs(tree: Tree, request: CompileRequest, feedback: Feedback) -> list[tuple[str, str]]:
    """Return the indices and mask folders to compile; what was asked for and is not there is said."""
    root = tree.folder / "raw_data"
    there = {index: folders(root / index) for index in folders(root)}
    pairs = []
    for index in sorted(there) if request.indices is None else dict.fromkeys(request.indices):
        masks = [mask for mask in there.get(index, []) if is_mask_folder(mask)]
        if request.cloudmasks is not None:
            asked = dict.fromkeys(mask.folder for mask in request.cloudmasks)
            for mask in asked:
                if mask not in masks:
                    feedback.warning("{index} {mask}: no raw data here, skipped.", index=index, mask=mask)
            masks = [mask for mask in asked if mask in masks]
        elif not masks:
            feedback.warning("{index}: no raw data here, skipped.", index=index)
        pairs += [(index, mask) for mask in masks]
    return pairs


def _compile_pair(
    tree: Tree, index: str, mask_folder: str, request: CompileRequest, compiled: CompiledFiles, feedback: Feedback
) -> tuple[BestRows, list[Path]]:
    """Compile one index and mask; return its rows and its files."""
    paths = raw_files(tree.raw_folder(index, mask_folder))
    feedback.info("{index} {mask}, raw files: {number}.", index=index, mask=mask_folder, number=len(paths))
    reserved = (*request.columns, *(SMOOTH_COLUMNS if request.smoothing else ()))
    series = read_series(paths, reserved, StepFeedback(feedback, 0.0, _READ))
    if not len(series):
        feedback.warning("{index} {mask}: no rows, skipped.", index=index, mask=mask_folder)
    output = _Output(tree, index, mask_folder, request, feedback)
    parts = list(output.parts(series))
    writing = StepFeedback(feedback, _SMOOTHED, 1.0)
    made: list[tuple[str, list[Path]]] = []
    # First remember what is new, then forget what is old: a run that ends in between leaves nothing unknown.
    with compiled.remembering():
        for number, (asked, files) in enumerate(parts):
            made.append((asked, []))
            for path, pieces in files:
                check(feedback)
                compiled.write(path, pieces, asked)
                made[-1][1].append(path)
            writing.progress((number + 1) / len(parts))
    written = [path for _, paths_of_part in made for path in paths_of_part]
    if not series.damaged:
        with compiled.remembering():
            for asked, kept in made:
                compiled.keep_only(output.folder, asked, kept)
    feedback.info(
        "{index} {mask}, rows: {rows}, files: {files}.",
        index=index, mask=mask_folder, rows=len(series), files=len(written),
    )  # fmt: skip
    return series, written


class _Output:
    """The files that a request gives for one index and mask."""

    def __init__(self, tree: Tree, index: str, mask_folder: str, request: CompileRequest, feedback: Feedback) -> None:
        self.folder = tree.compiled_folder(index, mask_folder)
        self._stem = f"{tree.name}_CC{request.cover_max}_{index}"
        self._index = index
        self._mask = mask_folder
        self._request = request
        self._feedback = feedback

    def parts(self, series: BestRows) -> Iterator[tuple[str, Files]]:
        """Yield a text that says what was asked for, and the files that it gives: none where there are no rows."""
        request = self._request
        rows = SeriesRows(series, request.columns, self._feedback)
        if ALL_DATA in request.periods:
            yield self._asked(ALL_DATA), self._all_data(series, rows)
        yield from self._period_parts(rows, rows, "")
        if request.smoothing:
            smooth = smooth_series(series, request.smoothing, StepFeedback(self._feedback, _READ, _SMOOTHED))
            self._name_short_zones(smooth)
            smooth_rows = SmoothRows(series, smooth, request.columns, self._feedback)
            if request.smooth_all_data:
                yield self._asked(ALL_DATA + _SMOOTH), self._smooth_all_data(series, smooth, smooth_rows)
            yield from self._period_parts(smooth_rows, rows, _SMOOTH)

    def _period_parts(self, rows: Rows, observed: SeriesRows, suffix: str) -> Iterator[tuple[str, Files]]:
        for period, column in _SPLITS.items():
            if period in self._request.periods:
                yield self._asked(period + suffix), self._split(rows, period, column, suffix)
        first, last = self._request.date_min, self._request.date_max
        if CUSTOM in self._request.periods and first and last:
            dates = self._request.dates_as or f"{first} {last}"
            yield self._asked(f"{CUSTOM}{suffix} {dates}"), self._custom(rows, observed, DateRange(first, last), suffix)

    def _all_data(self, series: BestRows, rows: SeriesRows) -> Files:
        if len(series):
            yield self._path("all_data", "all_data"), partial(rows.pieces, rows.everything())

    def _split(self, rows: Rows, period: str, column: str, suffix: str) -> Files:
        for label, positions in rows.split(column):
            path = self._path(period, f"{period}_{label}{suffix}")
            yield path, partial(rows.pieces, positions, without=column)

    def _custom(self, rows: Rows, observed: SeriesRows, dates: DateRange, suffix: str) -> Files:
        named_after = observed.between(dates)
        positions = rows.between(dates)
        if not named_after.size and not suffix:
            self._feedback.warning(
                "{index} {mask}: no rows from {first} to {last}.",
                index=self._index, mask=self._mask, first=dates.first, last=dates.last,
            )  # fmt: skip
        if named_after.size and positions.size:
            begin, end = observed.first_and_last(named_after)
            yield self._path("custom", f"{begin}_{end}{suffix}"), partial(rows.custom_pieces, positions)

    def _smooth_all_data(self, series: BestRows, smooth: Smoothed, rows: SmoothRows) -> Files:
        if smooth.fid.size:
            yield self._path("all_data", f"all_data{_SMOOTH}"), rows.all_data_pieces
            used = usable_rows(series, self._request.cover_max)
            found = deviations(smooth, series.fid[used], series.days[used], series.mean[used] / SCALE)
            yield self._path("all_data", f"all_data{_SMOOTH}_stats"), partial(deviation_pieces, self._index, found)

    def _name_short_zones(self, smooth: Smoothed) -> None:
        if smooth.short:
            self._feedback.warning(
                "{index} {mask}: not smoothed, because they have fewer than {window_length} dates: zones {zones}.",
                index=self._index,
                mask=self._mask,
                window_length=self._request.smoothing and self._request.smoothing.window_length,
                zones=_listed(smooth.short),
            )

    def _path(self, folder: str, end: str) -> Path:
        return self.folder / folder / f"{self._stem}_{end}.csv"

    def _asked(self, what: str) -> str:
        return f"CC{self._request.cover_max} {what}"


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as a text that stays short where many follow each other: ``0-3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
