"""Extraction: which products are still to do, their rows, and the raw tree that keeps them."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..choices import FRACTION
from ..errors import FileInUse
from ..feedback import CancelOnly, Feedback, Logged, StepFeedback
from ..files import make_folder
from ..library.folders import Library
from ..library.index_product import IndexProduct
from ..library.selection import Selection
from ..locks import locked
from ..tree.layout import Tree
from ..tree.min_coverage import note_min_coverage
from ..tree.raw_csv import attribute_tails, csv_header, to_csv
from ..workers.executor import Executor
from ..workers.threads import ThreadExecutor
from ..zones.layer import ZoneLayer
from ..zones.meeting import say_absent
from ..zones.pixel_options import CENTRE_OPTIONS, PixelOptions
from ..zones.unread_layer import READING, UnreadLayer
from .known_layer import key_of, known_layer, note_layer, products_of_known
from .resume import ResumeRecords
from .rows import ProductRows
from .run import ItemResult, Meeting, measure, meet_products, report_unusable
from .tree_of_zones import mend_tree, tree_of, write_zones

_WGS84 = 4326


@dataclass
class ExtractionSummary:
    """The numbers of a run.

    Attributes
    ----------
    products
        Number of products: the sum of the next four.
    extracted
        Products whose rows were written.
    skipped
        Products that were already extracted.
    empty
        Products that show no zone clearly.
    failed
        Products that could not be read. Each is named in the log, and tried again by the next run.
    rows
        Number of rows that were written.
    """

    products: int = 0
    extracted: int = 0
    skipped: int = 0
    empty: int = 0
    failed: int = 0
    rows: int = 0


class Extraction(NamedTuple):
    """What `extract` gives: the tree that it wrote, and the numbers of products and rows."""

    tree: Tree
    summary: ExtractionSummary


# Called with the tree of a run, and with all products that are asked for.
Begun = Callable[[Tree, Sequence[IndexProduct]], None]


def extract(  # noqa: PLR0913 every choice of a run meets here
    library: Library,
    layer: ZoneLayer,
    selection: Selection,
    root: Path | None = None,
    executor: Executor | None = None,
    feedback: Feedback | None = None,
    *,
    force: bool = False,
    begun: Begun | None = None,
    receive: Callable[[ProductRows], None] | None = None,
    pixels: PixelOptions = CENTRE_OPTIONS,
) -> Extraction:
    """Write the raw CSV of every product of a selection that is not extracted yet.

    Parameters
    ----------
    library
        Library of the products.
    layer
        The zones.
    selection
        The products to extract.
    root
        Folder in which the extraction folder is found or made. None for the extraction folder of the library.
    executor
        Workers that read the rasters. None for a thread per processor core, up to 8. The result does not depend on it.
    feedback
        Receiver of progress and messages, asked for cancel. None: warnings and errors are logged. A product that fails
        is named, by its masked file, through ``feedback.error``.
    force
        Whether products that are already extracted are extracted again.
    begun
        Function that is called in the calling thread with the tree and all products, extracted or not, before the first
        of them is read.
    receive
        Function that is called in the calling thread with the rows of each product that has some.
    pixels
        Which pixels belong to a zone, and the buffer. For zones that are buffered already, use a buffer of 0.

    Returns
    -------
    Extraction
        The extraction folder, and the numbers of products and rows.

    Raises
    ------
    CloudMaskAbsent, LayerEmpty, LayerMeetsNoTile, AllZonesVanish
        If there is nothing to work on.
    FractionNeedsPolygons, PixelsInMaskName, MinCoverageDiffers, BufferFailed, BufferToolMissing
        If ``pixels`` is not possible here.
    FolderLocked
        If another run writes this tree.
    WriteFailed, LeadsOutside, Cancelled
        If a file of the tree cannot be written, or the user asks to stop. What was extracted before stays.
    """
    root, executor = root or library.extraction, executor or ThreadExecutor()
    feedback = feedback or Logged()
    done = None if force else _done_already(library, layer, selection, root, pixels, feedback, begun)
    if done is not None:
        return done
    work = meet_products(library, layer, selection, pixels, feedback)
    with _own_tree(library, layer, work, root, pixels, feedback, force=force) as (tree, records):
        if begun is not None:
            begun(tree, work.products)
        rest = StepFeedback(feedback, READING, 1.0) if isinstance(layer, UnreadLayer) else feedback
        measure_all = partial(measure, library, work.layer, executor=executor, feedback=rest, rule=pixels.rule)
        summary = _complete(tree, work, records, measure_all, feedback, receive, force=force)
    return Extraction(tree, summary)


@contextlib.contextmanager
def _own_tree(
    library: Library,
    layer: ZoneLayer,
    work: Meeting,
    root: Path,
    pixels: PixelOptions,
    feedback: Feedback,
    *,
    force: bool,
) -> Iterator[tuple[Tree, ResumeRecords]]:
    """Find or make the tree of a layer, with its zones, and yield it, locked, with what is known of the products."""
    make_folder(root)
    found = tree_of(root, work.layer)
    tree = mend_tree(root, found, feedback)
    make_folder(tree.folder)
    with locked(tree.folder):
        make_folder(tree.folder / "raw_data")  # an extraction is known by it, even if nothing comes of this one
        _note_coverage(tree, work.products, pixels, force=force)
        records = ResumeRecords(tree, work.products, library)
        write_zones(tree, found, work.layer, records.manifest, feedback, force=force)
        content = found.content
        del found  # and with it the shapefile: of a million parcels 300 MB
        key = key_of(layer, pixels, read=True)
        if key is not None and records.manifest.content == content:
            note_layer(tree, key, content, work.met, work.away)
        yield tree, records


def _done_already(
    library: Library,
    layer: ZoneLayer,
    selection: Selection,
    root: Path,
    pixels: PixelOptions,
    feedback: Feedback,
    begun: Begun | None,
) -> Extraction | None:
    """Return what there is of a layer that is recognised without being read, where nothing is to do; else None."""
    pixels.check_masks(selection.cloudmasks)
    known = known_layer(root, key_of(layer, pixels))
    products = [] if known is None else products_of_known(known, library, selection, pixels)
    if known is None or not products:
        return None
    with locked(known.tree.folder):
        records = ResumeRecords(known.tree, products, library)
        quiet = CancelOnly(feedback)
        if records.manifest.content != known.content or not all(records.is_done(item, quiet) for item in products):
            return None
        _note_coverage(known.tree, products, pixels, force=False)
        library.say_notes(feedback)
        say_absent(library, selection, products, feedback)
        unusable = report_unusable(library, selection, feedback)
        feedback.info("{layer} is as it was when it was last extracted: it is not read again.", layer=layer.name)
        _announce(known.tree, products, [], feedback)
        if begun is not None:
            begun(known.tree, products)
        unlisted = records.save(feedback)
    feedback.progress(1.0)
    failed = unusable + unlisted
    summary = ExtractionSummary(products=len(products) + unusable, skipped=len(products) - unlisted, failed=failed)
    return Extraction(known.tree, summary)


def _note_coverage(tree: Tree, products: Sequence[IndexProduct], pixels: PixelOptions, *, force: bool) -> None:
    """Make sure that rows of pixels by shares are all of one least coverage."""
    if pixels.pixels != FRACTION:
        return
    folders: dict[tuple[str, str], set[str]] = {}
    for item in products:
        folders.setdefault((item.index, item.mask.folder), set()).add(item.filename)
    note_min_coverage(tree, folders, pixels.rule.min_coverage, force=force)


def _complete(
    tree: Tree,
    work: Meeting,
    records: ResumeRecords,
    measure_all: Callable[[Sequence[IndexProduct]], Generator[ItemResult, None, None]],
    feedback: Feedback,
    receive: Callable[[ProductRows], None] | None,
    *,
    force: bool,
) -> ExtractionSummary:
    """Measure and write what is still to do; whatever happens, what is done is recorded."""
    try:
        to_do = [item for item in work.products if force or not records.is_done(item, feedback)]
        _announce(tree, work.products, to_do, feedback)
        known = len(work.products)
        summary = ExtractionSummary(known + work.unusable, skipped=known - len(to_do), failed=work.unusable)
        with contextlib.closing(measure_all(to_do)) as measurements:
            _write_products(measurements, len(to_do), work.layer, records, summary, feedback, receive)
    finally:
        unlisted = records.save(feedback)
    summary.empty -= unlisted
    summary.failed += unlisted
    return summary


def _write_products(
    measurements: Iterable[ItemResult],
    to_do: int,
    layer: ZoneLayer,
    records: ResumeRecords,
    summary: ExtractionSummary,
    feedback: Feedback,
    receive: Callable[[ProductRows], None] | None,
) -> None:
    """Write what each product gave as it comes."""
    header, tails = csv_header(layer.fields), attribute_tails(layer.attributes)
    for done, measured in enumerate(measurements, 1):
        item, rows = measured.item, measured.rows
        if rows is None:
            records.fail(item)
            summary.failed += 1
            continue
        try:
            records.write(item, measured.signatures, rows, to_csv(rows.tuples(), header, tails))
        except FileInUse as error:
            feedback.error("{file} failed: {reason}", file=item.filename, reason=error)
            records.fail(item)
            summary.failed += 1
            continue
        if len(rows):
            summary.extracted += 1
            summary.rows += len(rows)
            if receive is not None:
                receive(rows)
        else:
            summary.empty += 1
        feedback.info(
            "Product {done} of {all}: {file}, rows: {rows}",
            done=done, all=to_do, file=item.filename, rows=len(rows),
        )  # fmt: skip


def _announce(tree: Tree, products: Sequence[IndexProduct], to_do: Sequence[IndexProduct], feedback: Feedback) -> None:
    feedback.info("Extraction folder: {folder}", folder=tree.folder)
    if not products:
        feedback.info("No product of this selection on the tiles of the layer: nothing to do.")
    asked = Counter(item.product.tile for item in products)
    left = Counter(item.product.tile for item in to_do)
    for number, tile in enumerate(sorted(asked), 1):
        feedback.info(
            "Tile {tile} ({number} of {tiles}), products: {asked}, {done} already done, {left} to do",
            tile=tile, number=number, tiles=len(asked),
            asked=asked[tile], done=asked[tile] - left[tile], left=left[tile],
        )  # fmt: skip
