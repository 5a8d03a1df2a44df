"""An analysis over an extraction tree: from raw rows to files below ``analysis_data``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..compilation.csv_rows import header
from ..errors import AnalysisFilesKept, Phrase
from ..feedback import Feedback, Logged, StepFeedback, check
from ..files import is_file, read_bytes
from ..library.cloudmask import CloudMask
from ..locks import locked
from ..series.zone_series import Choice, pairs_of
from ..text import unique_names
from ..tree.layout import Tree, open_tree
from ..tree.manifest import Manifest
from ..workers.executor import Executor, SerialExecutor
from .columns import Columns, csv_pieces, length
from .kinds import SMOOTHED, Acquisitions, Analysis, Part, RemarkingAnalysis
from .owned_files import OwnedFiles
from .rows import Rows, Span
from .smooth import Smooth
from .smoothed_rows import SmoothedRows, open_smoothed
from .tree_rows import TreeRows, acquired_products, acquisitions_of, open_rows

FOLDER = "analysis_data"
_PACKAGE = Path(__file__).parents[2]
Each = Callable[[str, str, Sequence[Columns]], None]


@dataclass(frozen=True)
class AnalysisSummary:
    """The files of an analysis.

    Attributes
    ----------
    folder
        The folder ``analysis_data`` of the extraction.
    files
        Paths of all files, whether they had to be written or were already up to date.
    rows
        Number of rows in the first file of each index and mask, together.
    damaged
        Paths of the raw files that were left out.
    """

    folder: Path
    files: tuple[Path, ...]
    rows: int
    damaged: tuple[Path, ...]


def analysis_folder(tree: Tree, index: str, mask_folder: str, kind: str) -> Path:
    """Return where the files of an analysis of an index and a cloud mask are."""
    return tree.folder / FOLDER / index / mask_folder / kind


def analyse_tree(
    folder: Path,
    analysis: Analysis,
    feedback: Feedback | None = None,
    executor: Executor | None = None,
    *,
    indices: tuple[str, ...] | None = None,
    cloudmasks: tuple[CloudMask, ...] | None = None,
    each: Each | None = None,
) -> AnalysisSummary:
    """Analyse the rows of an extraction tree.

    The tree is locked meanwhile. Files that already are as they should be are not touched.

    Parameters
    ----------
    folder
        the extraction tree, ``<name>_<checksum>``, made by extract or by Sen2Chain.
    analysis
        which one, with its settings.
    feedback
        told what is read, left out and written; asked for cancel. None: warnings and errors are logged.
    executor
        the workers; None: the calling thread alone. The files are the same.
    indices, cloudmasks
        which; None for all there are.
    each
        called with the index, the folder of the mask and the rows of every file, some zones at a time.

    Raises
    ------
    NotAnExtraction
        the folder is no extraction tree.
    NothingToShow
        it has none of these indices and masks.
    SettingRefused, ScipyMissing, PandasMissing, NotSmoothed, SmoothedFileDamaged, TooManyColumns
        the analysis cannot be done.
    AnalysisFilesKept
        others made or changed files in the place of results; all others were written.
    FolderLocked
        another run writes the tree.
    WriteFailed, LeadsOutside
        a file could not be written; those before it are whole.
    Cancelled
        the user asked to stop; the files written until then are whole.
    """
    feedback = feedback or Logged()
    analysis.check()
    tree = open_tree(folder)
    with locked(tree.folder):
        pairs = pairs_of(tree, Choice(indices, cloudmasks), feedback)
        run = _Run(tree, analysis, executor or SerialExecutor(), OwnedFiles(tree, feedback), each)
        for number, (index, mask_folder) in enumerate(pairs):
            check(feedback)
            run.do(index, mask_folder, StepFeedback(feedback, number / len(pairs), (number + 1) / len(pairs)))
        if run.damaged:
            # Extract knows a file by its size: of these it has to look inside.
            Manifest(tree.folder).forget({tree.masked_name(path) for path in run.damaged})
    feedback.progress(1.0)
    if run.files.kept:
        raise AnalysisFilesKept(files=", ".join(map(str, run.files.kept)))
    return AnalysisSummary(tree.folder / FOLDER, tuple(run.written), run.rows, tuple(run.damaged))


@dataclass(frozen=True)
class _Work:
    """What a worker does with the rows of some zones; with ``keep``, the tables come back with their text."""

    analysis: Analysis
    keep: bool

    def __call__(self, rows: Rows) -> _Done:
        part = self.analysis.analyse(rows)
        texts = [
            b"".join(csv_pieces(table, rows.tails if with_attributes else None))
            for table, with_attributes in zip(part.tables, self.analysis.with_attributes)
        ]
        names = tuple(tuple(table) for table in part.tables)
        numbers = tuple(length(table) for table in part.tables)
        return _Done(texts, names, numbers, part if self.keep else Part((), part.notes))


@dataclass(frozen=True)
class _Done:
    texts: list[bytes]
    names: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    part: Part


class _Run:
    """The run of an analysis over the indices and masks of a tree."""

    def __init__(
        self, tree: Tree, analysis: Analysis, executor: Executor, files: OwnedFiles, each: Each | None
    ) -> None:
        self._tree = tree
        self._analysis = analysis
        self._products = acquired_products(tree)
        self._executor = executor
        self._each = each
        self._said: set[str] = set()
        self.files = files
        self.written: list[Path] = []
        self.damaged: list[Path] = []
        self.rows = 0

    def do(self, index: str, mask_folder: str, feedback: Feedback) -> None:
        """Analyse an index and a mask."""
        analysis = self._analysis
        source = self._open(index, mask_folder, feedback)
        self.damaged += source.damaged
        self._remark(source.acquisitions, feedback)
        folder = analysis_folder(self._tree, index, mask_folder, analysis.KIND)
        files = [self.files.begin(folder / f"{self._tree.name}_{index}_{name}.csv") for name in analysis.file_names]
        notes: dict[str, list[int]] = {}
        rows = 0
        for done in self._parts(source, index, feedback):
            for number, file in enumerate(files):
                if not file.size:
                    attributes = source.attributes if analysis.with_attributes[number] else ()
                    file.add(header([*done.names[number], *unique_names(attributes, done.names[number])]))
                file.add(done.texts[number])
            rows += done.numbers[0]
            for what, zones in done.part.notes.items():
                notes.setdefault(what, []).extend(zones.tolist())
            if self._each is not None and done.numbers[0]:
                self._each(index, mask_folder, done.part.tables)
        made = {
            "analysis": analysis.KIND,
            "parameters": analysis.parameters(),
            "versions": _versions(analysis.libraries),
        }
        self.written += [file.path for file in files if self.files.finish(file, made)]
        self.rows += rows
        for what, named in notes.items():
            if named:
                remark = naming(what, named)
                feedback.warning("{index} {mask}: {remark}", index=index, mask=mask_folder, remark=remark)
        feedback.info(
            "{index} {mask}, rows: {rows}, files: {files}.",
            index=index, mask=mask_folder, rows=rows, files=len(files),
        )  # fmt: skip

    def _remark(self, acquisitions: Acquisitions, feedback: Feedback) -> None:
        if isinstance(self._analysis, RemarkingAnalysis):
            for remark in self._analysis.remarks(acquisitions):
                if remark not in self._said:  # of several indices and masks the same is said once
                    self._said.add(remark)
                    feedback.warning("{remark}", remark=remark)

    def _open(self, index: str, mask_folder: str, feedback: Feedback) -> TreeRows | SmoothedRows:
        acquisitions = acquisitions_of(self._products, index, mask_folder)
        if self._analysis.source == SMOOTHED:
            folder = analysis_folder(self._tree, index, mask_folder, Smooth.KIND)
            return open_smoothed(self._tree, index, folder, acquisitions, feedback)
        value = self._analysis.value
        return open_rows(self._tree, index, mask_folder, value, acquisitions, feedback, self._executor)

    def _parts(self, source: TreeRows | SmoothedRows, index: str, feedback: Feedback) -> Iterator[_Done]:
        """Yield what is made of the zones; where there are none, what is made of no rows."""
        work = _Work(self._analysis, self._each is not None)
        empty = True
        for done in source.each(work, feedback, self._executor):
            empty = False
            yield done
        if empty:
            yield work(_nothing(index, source.acquisitions.span))


def no_zones(tree: Tree, analysis: Analysis) -> Part:
    """Return what an analysis makes of a tree without zones: the columns of its files."""
    return analysis.analyse(_nothing("", acquisitions_of(acquired_products(tree), "", "").span))


def _nothing(index: str, span: Span) -> Rows:
    none, numbers = np.empty(0, np.int64), np.empty(0)
    return Rows(none, none, numbers, numbers, numbers, numbers, np.empty(0, bool), numbers, index, span)


def _versions(libraries: Sequence[str]) -> dict[str, str]:
    """Return the versions of this plugin and of the libraries that an analysis computes with."""
    versions = {name: str(import_module(name).__version__) for name in libraries}
    for metadata in (_PACKAGE / "metadata.txt", _PACKAGE.parent / "metadata.txt"):
        if is_file(metadata):
            match = re.search(r"^version=(.+)$", read_bytes(metadata).decode(), re.MULTILINE)
            return {"sen2chain_ts_plugin": match[1].strip() if match else "", **versions}
    return versions


def naming(what: str, zones: Sequence[Any]) -> Phrase:
    """Return a text that names the zones of a note; ``what`` is a key of `Part.notes`."""
    if what == "short":
        return Phrase("left out, because they have too few dates: zones {zones}.", zones=_listed(zones))
    return Phrase("a shorter window, because their series are shorter: zones {zones}.", zones=_listed(zones))


def _listed(numbers: Sequence[Any]) -> str:
    """Return ascending numbers as a text that stays short where many follow each other: ``0-3, 7``."""
    runs: list[list[Any]] = []
    for number in numbers:
        if runs and isinstance(number, int) and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
