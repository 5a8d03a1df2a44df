"""Plot an extraction: pictures per index and cloud mask, and one report of all.

Source of the names of the pictures: Sen2Chain 1.4.1, ``TimeSeriesCompil.plot_global`` and ``plot_details``. Its names
say nothing of the cloud mask, so here each mask has a folder.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import FileInUse
from ...feedback import Feedback, StepFeedback, check
from ...files import is_folder, make_folder, remove_file, system_path, write_atomic
from ...locks import locked
from ...series.shown_zones import ShownZones, read_shown_zones
from ...series.zone_series import Choice, nothing_to_show, number_of_zones, pairs_of
from ...tree.layout import Tree, open_tree
from ..folders import figures_folder
from ..html.page import Translate
from .pictures import draw_details, draw_global, most_zones, pages_of, require_matplotlib
from .report import Report
from .report_zones import read_report_zones

_READ, _GLOBAL = 0.3, 0.4


@dataclass
class Plotted:
    """What was written: the folder, the pictures in it, the report; and what stayed, open in another program."""

    folder: Path
    report: Path
    pictures: list[Path] = field(default_factory=list)
    in_use: list[Path] = field(default_factory=list)


def plot_tree(
    extraction: Path,
    choice: Choice,
    root: Path | None,
    feedback: Feedback,
    tr: Translate = str,
    language: str = "en",
    *,
    group_field: str = "",
    with_pictures: bool = True,
) -> Plotted:
    """Draw the time series of an extraction.

    Parameters
    ----------
    extraction
        the extraction tree, ``<name>_<checksum>``.
    choice
        what to draw.
    root
        the folder that gets ``<name>_<checksum>/plots``; None for where the extraction is.
    feedback
        progress, messages, cancel.
    tr
        translates what pictures and report say.
    language
        of the translation, like ``en``.
    group_field
        the attribute that groups the zones in the report; empty to guess one.
    with_pictures
        whether the pictures are drawn too; the report alone takes seconds.

    Raises
    ------
    NotAnExtraction, MatplotlibMissing, KeyFieldUnknown
        nothing can be drawn.
    NothingToShow
        there are no rows for what is asked.
    FolderLocked
        another run writes these plots.
    RawFileChanged
        a raw file changed while it was read; the pictures before it are whole.
    FileInUse
        the report is open in another program. A picture that is stays as it was, and the others are drawn.
    WriteFailed, LeadsOutside, Cancelled
        a file cannot be written, or the user asked to stop; the files before that are whole.
    """
    if with_pictures:
        require_matplotlib()
    tree = open_tree(extraction)
    pairs = pairs_of(tree, choice, feedback)
    folder = figures_folder(tree, root, "plots")
    dates = f"{choice.date_min}_{choice.date_max}"
    plotted = Plotted(folder, folder / f"{tree.name}_report_{dates}.html")
    known = read_report_zones(tree, choice.key_field, group_field, feedback)
    report = Report(tree.name, choice, number_of_zones(tree), len(pairs), known, tr, language)
    make_folder(folder)
    with locked(folder):
        limits = [report.charts, *(most_zones() if with_pictures else ())]
        for part, shown in _read_each(tree, pairs, choice, limits, feedback):
            drawing = _Drawing(folder, tree, shown, dates, tr)
            if with_pictures:
                plotted.pictures += drawing.draw(part)
                plotted.in_use += drawing.in_use
            report.add(shown, [path.relative_to(folder).as_posix() for path in drawing.written])
        if report.is_empty:
            raise nothing_to_show(tree)
        write_atomic(plotted.report, report.page(), folder)
    feedback.progress(1.0)
    return plotted


def _read_each(
    tree: Tree, pairs: Sequence[tuple[str, str]], choice: Choice, limits: Sequence[int], feedback: Feedback
) -> Iterator[tuple[Feedback, ShownZones]]:
    """Yield the rows of each index and mask that has some, with the feedback of what is done with them."""
    for number, (index, mask_folder) in enumerate(pairs):
        part = StepFeedback(feedback, number / len(pairs), (number + 1) / len(pairs))
        shown = read_shown_zones(tree, index, mask_folder, choice, limits, StepFeedback(part, 0.0, _READ))
        if shown is None:
            feedback.warning("{index} {mask}: no rows, skipped.", index=index, mask=mask_folder)
        else:
            yield part, shown


class _Drawing:
    """The pictures of one index and mask."""

    def __init__(self, folder: Path, tree: Tree, shown: ShownZones, dates: str, tr: Translate) -> None:
        self._root = folder
        self._folder = folder / shown.series.mask_folder
        self._tree = tree
        self._shown = shown
        self._dates = dates
        self._tr = tr
        self.written: list[Path] = []
        self.in_use: list[Path] = []

    def draw(self, feedback: Feedback) -> list[Path]:
        """Draw all pictures, and return their paths."""
        shown, name = self._shown, self._tree.name
        series, overview = shown.series, shown.overview
        check(feedback)
        feedback.progress(_READ)
        self._write(self._stem("global", ""), draw_global(shown, name, self._tr), feedback)
        feedback.progress(_GLOBAL)
        self._say_sampled(feedback)
        pages = pages_of(shown)
        steps = [(nonan, number) for nonan in (False, True) for number in range(len(pages))]
        stale = self._existing()
        for done, (nonan, number) in enumerate(steps):
            check(feedback)
            said = self._tr("page {page} of {pages}").format(page=number + 1, pages=len(pages))
            picture = draw_details(shown, pages[number], name, said, nonan=nonan, tr=self._tr)
            stem = self._stem("details", "-nonan" if nonan else "")
            if picture is not None:
                self._write(stem if not number else f"{stem}_p{number + 1:02d}", picture, feedback)
            feedback.progress(_GLOBAL + (1 - _GLOBAL) * (done + 1) / len(steps))
        if not any("-nonan_" in path.name for path in [*self.written, *self.in_use]):
            feedback.info(
                "{index} {mask}: no date on which a zone has all its pixels, so no -nonan picture.",
                index=series.index, mask=series.mask_folder,
            )  # fmt: skip
        for path in sorted(stale.difference(self.written, self.in_use)):
            with self._passing_over(path, feedback):
                remove_file(path, self._root)
        feedback.info(
            "{index} {mask}, zones: {zones}, rows: {rows}, pictures: {files}.",
            index=series.index, mask=series.mask_folder, zones=len(overview.zones), rows=overview.rows,
            files=len(self.written),
        )  # fmt: skip
        return self.written

    def _say_sampled(self, feedback: Feedback) -> None:
        series, zones = self._shown.series, len(self._shown.overview.zones)
        shown = sum(map(len, pages_of(self._shown)))
        if shown < zones:
            feedback.warning(
                "{index} {mask}: the pictures of details show {shown} of {zones} zones, evenly chosen.",
                index=series.index, mask=series.mask_folder, shown=shown, zones=zones,
            )  # fmt: skip

    def _stem(self, kind: str, nonan: str) -> str:
        return f"{self._tree.name}_plot-{kind}_{self._shown.series.index}{nonan}_{self._dates}"

    def _write(self, stem: str, data: bytes, feedback: Feedback) -> None:
        path = self._folder / f"{stem}.png"
        with self._passing_over(path, feedback):
            write_atomic(path, data, self._root)
            self.written.append(path)

    @contextlib.contextmanager
    def _passing_over(self, path: Path, feedback: Feedback) -> Iterator[None]:
        """Name a picture that is open in another program, and continue."""
        try:
            yield
        except FileInUse as error:
            feedback.error("{reason}", reason=error)
            self.in_use.append(path)

    def _existing(self) -> set[Path]:
        """Return the pages of an earlier run for the same dates."""
        stems = [re.escape(self._stem("details", nonan)) for nonan in ("", "-nonan")]
        form = re.compile(f"(?:{'|'.join(stems)})(?:_p[0-9]+)?\\.png")
        names = os.listdir(system_path(self._folder)) if is_folder(self._folder) else ()
        return {self._folder / name for name in names if form.fullmatch(name)}
