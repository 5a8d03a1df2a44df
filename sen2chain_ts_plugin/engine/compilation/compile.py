"""Compile: from raw rows to one best row per zone and date, to a file per period.

Source of the files, their names and columns: Sen2Chain 1.4.1, ``TimeSeriesCompil.compile_data``. It splits rows into
files and aggregates nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..choices import ALL_DATA, CUSTOM, PERIODS
from ..errors import CustomNeedsDates, DatesReversed, UnknownPeriod
from ..feedback import Feedback, Logged, StepFeedback
from ..files import make_folder
from ..library.cloudmask import CloudMask, is_mask_folder
from ..locks import locked
from ..series.batches import memory_said, zone_batches
from ..series.best_rows import BestRows
from ..series.smoothing import SmoothingSettings, load_filter
from ..tree.columns import SMOOTH_COLUMNS
from ..tree.layout import Tree, open_tree
from ..tree.manifest import Manifest
from ..tree.raw_csv import folders, raw_files
from ..workers.executor import Executor
from ..workers.threads import ThreadExecutor
from .outputs import SPLITS, BatchWork, custom_name, parts_of
from .owned_files import CompiledFiles
from .pair_files import PairFiles

# About how far one index and mask are when all raw files are known, and when all lines are written.
_SURVEYED, _WRITTEN = 0.4, 0.95


@dataclass(frozen=True)
class CompileRequest:
    """What to compile.

    Attributes
    ----------
    periods
        Periods that the rows are split into, among `PERIODS`.
    indices
        Names of indices. None for all there are.
    cloudmasks
        Cloud masks. None for all there are. Any version of OCM means all of them, as they share a folder.
    date_min, date_max
        First and last day of the period ``custom``, which needs both. Nothing else depends on them.
    cover_max
        Maximum cloud cover of the extraction in %. It appears in file names and limits what the statistics of the
        smoothing compare; no row is left out by it.
    smoothing
        Settings of the smoothing. None for no smoothing.
    smooth_all_data
        Whether the smoothed rows of all data, and how well they fit, are written too, whatever the periods.
    dates_as
        The dates as a recurring job writes them, where they move from run to run (``today-30 today``): files of the
        same request on an earlier day are replaced. Empty for the dates themselves.
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
        return tuple(column for period, column in SPLITS.items() if period in self.periods)

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
    """The files of a compile.

    Attributes
    ----------
    folder
        The folder ``compiled_data``.
    files
        Paths of all files of the request, whether they had to be written or were already up to date.
    rows
        Number of rows of all data, over all indices and masks.
    damaged
        Paths of the raw files that were left out.
    in_use
        Paths of files that could not be written, because another program has them open.
    """

    folder: Path
    files: tuple[Path, ...]
    rows: int
    damaged: tuple[Path, ...]
    in_use: tuple[Path, ...] = ()


def compile_tree(
    folder: Path,
    request: CompileRequest,
    feedback: Feedback | None = None,
    each: Callable[[str, str, BestRows], None] | None = None,
    executor: Executor | None = None,
    watch: Callable[[str, str, BestRows], None] | None = None,
) -> Compilation:
    """Compile the raw data of an extraction.

    The extraction is locked meanwhile. A file that is up to date is not touched. A file of an earlier compile that no
    longer has rows is removed, and so is an earlier file of the same custom dates under another name.

    Parameters
    ----------
    folder
        Path of the extraction, ``<name>_<checksum>``, made by extract or by Sen2Chain.
    request
        What to compile.
    feedback
        Receiver of progress and messages, asked for cancel. None: warnings and errors are logged.
    each
        Function that is called with the index, the folder of the mask and the rows of some zones, until all zones of
        each pair have been passed.
    executor
        Workers. None for a thread per processor core, up to 8. The result does not depend on it.
    watch
        Function that is called as ``each``, but only with rows that have to be read anyway: not where the lines of new
        products are put among those of an earlier compile.

    Returns
    -------
    Compilation
        The files, and the number of rows.

    Raises
    ------
    NotAnExtraction, UnknownPeriod, CustomNeedsDates, DatesReversed, ScipyMissing, SmoothingRefused
        If the folder is no extraction, or the request cannot be met. Nothing was written.
    FolderLocked
        If another run writes the extraction.
    WriteFailed, LeadsOutside, OutOfMemory, RawFileChanged, Cancelled
        If a file cannot be written, there is too little memory, a raw file changes while it is read, or the user asks
        to stop. The files written until then are whole.
    """
    feedback = feedback or Logged()
    executor = executor or ThreadExecutor()
    request.check()
    tree = open_tree(folder)
    receivers = _Receivers(each, watch)
    files: list[Path] = []
    damaged: list[Path] = []
    in_use: list[Path] = []
    rows = 0
    with locked(tree.folder), memory_said(tree.folder):
        make_folder(tree.folder / "compiled_data")
        compiled = CompiledFiles(tree, feedback)
        pairs = _pairs(tree, request, feedback)
        for number, (index, mask_folder) in enumerate(pairs):
            part = StepFeedback(feedback, number / len(pairs), (number + 1) / len(pairs))
            made = _compile_pair(tree, index, mask_folder, request, compiled, executor, part, receivers)
            rows += made[0]
            files += made[1]
            damaged += made[2]
            in_use += made[3]
        if damaged:
            # Extract knows a file by its size: of these it has to look inside.
            Manifest(tree.folder).forget({tree.masked_name(path) for path in damaged})
    feedback.progress(1.0)
    return Compilation(tree.folder / "compiled_data", tuple(files), rows, tuple(damaged), tuple(in_use))


class _Receivers(NamedTuple):
    """Who gets the rows: see `compile_tree`."""

    each: Callable[[str, str, BestRows], None] | None
    watch: Callable[[str, str, BestRows], None] | None

    def take(self, index: str, mask_folder: str, series: BestRows | None) -> None:
        """Hand on the rows of some zones."""
        for receive in self:
            if receive is not None and series is not None:
                receive(index, mask_folder, series)


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
    tree: Tree,
    index: str,
    mask_folder: str,
    request: CompileRequest,
    compiled: CompiledFiles,
    executor: Executor,
    feedback: Feedback,
    receivers: _Receivers,
) -> tuple[int, list[Path], tuple[Path, ...], list[Path]]:
    """Compile one index and mask; return the number of its rows, its files, raw files left out, and files in use."""
    where = {"index": index, "mask": mask_folder}
    number = len(raw_files(tree.raw_folder(index, mask_folder)))
    feedback.info("{index} {mask}, raw files: {number}.", **where, number=number)
    reserved = (*request.columns, *(SMOOTH_COLUMNS if request.smoothing else ()))
    reading = StepFeedback(feedback, 0.0, _SURVEYED)
    found = zone_batches(tree, index, mask_folder, reading, executor, reserved=reserved, keep=True)
    if not found.batches:
        feedback.warning("{index} {mask}: no rows, skipped.", **where)
    custom = custom_name(found.products, request)
    if CUSTOM in request.periods and not custom:
        feedback.warning(
            "{index} {mask}: no rows from {first} to {last}.",
            **where, first=request.date_min, last=request.date_max,
        )  # fmt: skip
    pair = PairFiles(tree, index, mask_folder, request, compiled)
    work = BatchWork(index, request, custom, keep_series=bool(receivers.each or receivers.watch))
    writing = StepFeedback(feedback, _SURVEYED, _WRITTEN)
    if receivers.each is not None or not pair.continue_(found, work, executor, writing):
        with contextlib.closing(found.each(work, writing, executor)) as outputs:
            for output in outputs:
                pair.add(output)
                receivers.take(index, mask_folder, output.series)
    _name_short_zones(pair.short, request, where, feedback)
    # First remember what is new, then forget what is old: a run that ends in between leaves nothing unknown.
    with compiled.remembering():
        made = {part: pair.finish(part, feedback) for part in parts_of(request)}
    written = [path for paths in made.values() for path in paths]
    if not found.damaged:
        with compiled.remembering():
            for part, kept in made.items():
                pair.forget_others(part, kept)
        pair.remember(found)
    feedback.info("{index} {mask}, rows: {rows}, files: {files}.", **where, rows=pair.rows, files=len(written))
    return pair.rows, written, found.damaged, pair.in_use


def _name_short_zones(short: Sequence[int], request: CompileRequest, where: dict[str, str], feedback: Feedback) -> None:
    if short and request.smoothing:
        feedback.warning(
            "{index} {mask}: not smoothed, because they have fewer than {window_length} dates: zones {zones}.",
            **where, window_length=request.smoothing.window_length, zones=_listed(short),
        )  # fmt: skip


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as a text that stays short where many follow each other: ``0-3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
