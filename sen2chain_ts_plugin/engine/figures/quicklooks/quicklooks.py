"""Quicklooks: a picture of each zone, date and index, another in true colours, and sheets of all dates.

Each product is opened once for all zones. A sheet is put together from the pictures on disk, and what is held of a
picture that is not being drawn are the few bytes of `plan`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from ...choices import MARGIN
from ...errors import EngineError, FileInUse, LeadsOutside, ProductFailed, WriteFailed
from ...feedback import Feedback, StepFeedback, check
from ...files import make_folder, write_atomic
from ...library import cloudmask
from ...library.folders import Library
from ...library.product_id import ProductId, tile_epsg
from ...library.products import locate, true_colour_raster
from ...locks import locked
from ...raster.grid import Grid
from ...raster.opening import INDEX_NODATA, open_colours
from ...series.series_source import OPENED, open_zone_series
from ...series.zone_series import Choice, nothing_to_show, pairs_of
from ...sources.checks import check_crs
from ...tree.layout import open_tree, split_raster_name
from ...workers.executor import Control, Executor
from ...zones.wkb import Geometry
from ..folders import figures_folder
from ..html.page import Translate
from ..index_views import open_index
from ..ramps import ramp_of
from ..views import Blocks, View, block_order, view_of
from .pictures import NO_DATA, draw_picture, draw_sheet, index_pixels, require_pillow
from .plan import TRUE_COLOURS, PictureRow, Plan

_READ, _DRAWN = 0.05, 0.9


@dataclass(frozen=True)
class QuicklookRequest:
    """What to draw.

    Attributes
    ----------
    choice
        which zones, indices, masks and dates.
    margin
        what to show around a zone, in m.
    root
        the folder that gets ``<name>_<checksum>/quicklooks``; None for where the extraction is.
    """

    choice: Choice = field(default_factory=Choice)
    margin: float = MARGIN
    root: Path | None = None


# A picture, by its position in its row, its zone, and its bytes.
_Drawn = tuple[int, int, bytes]
# A picture to draw: its position and zone, the zone's geometry, and what to show.
_Shown = tuple[int, int, Geometry, View]


@dataclass
class _Done:
    """What became of a product: the pictures written, by row; what failed; whether there were true colours."""

    written: dict[int, list[int]] = field(default_factory=dict)
    failed: list[tuple[str, EngineError]] = field(default_factory=list)
    with_colours: bool = False


@dataclass
class Quicklooks:
    """What was written: the folder, how many pictures and sheets; how many failed, with the rasters that did."""

    folder: Path
    pictures: int = 0
    sheets: int = 0
    failed: int = 0


def draw_quicklooks(
    library: Library,
    extraction: Path,
    outlines: Callable[[int], Sequence[Geometry]],
    request: QuicklookRequest,
    executor: Executor,
    feedback: Feedback,
    tr: Translate = str,
) -> Quicklooks:
    """Draw the quicklooks of an extraction.

    Parameters
    ----------
    library
        where the rasters are.
    extraction
        the extraction tree: which zones have a row on which date.
    outlines
        gives the geometries of its zones in the CRS of an EPSG code.
    request
        what to draw.
    executor
        the workers.
    feedback
        progress, messages, cancel. A raster that fails is named through ``feedback.error``.
    tr
        translates what the sheets say.

    Raises
    ------
    NotAnExtraction, MatplotlibMissing, KeyFieldUnknown
        nothing can be drawn.
    NothingToShow
        there are no rows for what is asked.
    FolderLocked
        another run writes these quicklooks.
    RawFileChanged
        a raw file changed while it was read; nothing is drawn yet.
    WriteFailed, LeadsOutside
        a file cannot be written; those before it are whole.
    Cancelled
        the user asked to stop; those before it are whole.
    """
    require_pillow()
    tree = open_tree(extraction)
    choice = request.choice
    folder = figures_folder(tree, request.root, "quicklooks")
    plan = Plan(tree.name, folder, choice)
    pairs = pairs_of(tree, choice, feedback)
    for number, (index, mask_folder) in enumerate(pairs):
        part = StepFeedback(feedback, _READ * number / len(pairs), _READ * (number + 1) / len(pairs))
        source = open_zone_series(tree, index, mask_folder, choice, StepFeedback(part, 0.0, OPENED))
        plan.add(source, StepFeedback(part, OPENED, 1.0))
    plan.finish()
    if not plan.products:
        raise nothing_to_show(tree)
    feedback.info(
        "Pictures: {pictures}, zones: {zones}, products: {products}.",
        pictures=plan.pictures, zones=len(plan.names), products=len(plan.products),
    )  # fmt: skip
    quicklooks = Quicklooks(folder)
    make_folder(folder)
    with locked(folder):
        painter = _Painter(library, {epsg: outlines(epsg) for epsg in plan.epsg_codes}, request.margin, plan)
        _draw_products(painter, plan, executor, StepFeedback(feedback, _READ, _DRAWN), quicklooks)
        _draw_sheets(plan, StepFeedback(feedback, _DRAWN, 1.0), quicklooks, tr)
    feedback.progress(1.0)
    return quicklooks


def _draw_products(
    painter: _Painter, plan: Plan, executor: Executor, feedback: Feedback, quicklooks: Quicklooks
) -> None:
    """Draw the pictures product by product, and note in the plan which are written."""
    products = sorted(range(len(plan.products)), key=lambda place: plan.products[place].text)
    without_colours = 0
    with contextlib.closing(executor.map(painter.draw, products, feedback)) as outcomes:
        for outcome in outcomes:
            done = outcome.result
            if done is None:
                _raise_if_unwritable(outcome.error)
                reason = ProductFailed(reason=f"{type(outcome.error).__name__}: {outcome.error}")
                rasters = [row.rasters[outcome.item] for row in plan.rows if outcome.item in row.rasters]
                done = _Done(failed=[(filename, reason) for filename in rasters])
            for filename, error in done.failed:
                feedback.error("{file} failed: {reason}", file=filename, reason=error)
            for number, pictures in done.written.items():
                plan.rows[number].drawn[pictures] = True
                quicklooks.pictures += len(pictures)
            quicklooks.failed += len(done.failed)
            without_colours += not done.with_colours
    if without_colours:
        feedback.info(
            "Products without a true colour picture in the L2A of the library: {number} of {products}.",
            number=without_colours, products=len(products),
        )  # fmt: skip


def _raise_if_unwritable(error: Exception | None) -> None:
    """Raise what ends the run: a picture that cannot be written (disk full). Anything else is one product's failure."""
    if isinstance(error, (WriteFailed, LeadsOutside)):
        raise error


def _draw_sheets(plan: Plan, feedback: Feedback, quicklooks: Quicklooks, tr: Translate) -> None:
    most = len(plan.names) * len(plan.rows)
    for number, sheet in enumerate(plan.sheets()):
        check(feedback)
        feedback.progress(number / most)
        if sheet is None:
            continue
        legend = None if sheet.index == TRUE_COLOURS else (sheet.index, ramp_of(sheet.index))
        try:
            write_atomic(sheet.path, draw_sheet(sheet.pictures, sheet.title, legend, tr), quicklooks.folder)
        except FileInUse as error:  # it stays as it was
            feedback.error("{reason}", reason=error)
            quicklooks.failed += 1
        else:
            quicklooks.sheets += 1


class _Painter:
    """Draws what a product shows; for any thread."""

    def __init__(self, library: Library, geometries: dict[int, Sequence[Geometry]], margin: float, plan: Plan) -> None:
        self._library = library
        self._geometries = geometries
        self._margin = margin
        self._plan = plan

    def draw(self, place: int, control: Control) -> _Done:
        """Draw the pictures of a product; a raster that fails does not stop the others."""
        done = _Done()
        product = self._plan.products[place]
        *indices, colours = self._plan.rows
        here = [(number, row) for number, row in enumerate(indices) if place in row.rasters]
        for step, (number, row) in enumerate(here):
            filename = row.rasters[place]
            draw = partial(self._draw_index, product, filename, row, row.of_product(place))
            self._try(filename, number, draw, control, done)
            control.report((step + 1) / (len(here) + 1))
        path = true_colour_raster(self._library, product)
        if path is not None:
            done.with_colours = True
            draw = partial(self._draw_colours, product, path, colours, colours.of_product(place))
            self._try(path.name, len(indices), draw, control, done)
        return done

    def _try(
        self, filename: str, number: int, draw: Callable[[Control], Iterator[_Drawn]], control: Control, done: _Done
    ) -> None:
        written = done.written.setdefault(number, [])
        try:
            for picture, zone, data in draw(control):
                path = self._plan.path(self._plan.rows[number], picture, zone)
                try:
                    write_atomic(path, data, self._plan.folder)
                    written.append(picture)
                except FileInUse as error:  # this picture stays as it was, and the others follow
                    done.failed.append((path.name, error))
        except (WriteFailed, LeadsOutside):
            raise
        except EngineError as error:
            done.failed.append((filename, error))

    def _draw_index(
        self, product: ProductId, filename: str, row: PictureRow, pictures: np.ndarray, control: Control
    ) -> Iterator[_Drawn]:
        index = row.index
        item = locate(self._library, product, index, cloudmask.parse(split_raster_name(filename)[1]))
        ramp = ramp_of(index)
        said = f"{product.acquired:%Y-%m-%d}, {product.tile}, {index}, {row.mask_folder}"
        with open_index(item, control.check) as views:
            for picture, zone, geometry, view in self._views(product, row, pictures, views.grid):
                control.check()
                masked, beneath = views.read(view)
                colours, hidden = index_pixels(masked, beneath, ramp, INDEX_NODATA)
                titles = self._plan.label(zone), said
                yield picture, zone, draw_picture(colours, hidden, geometry, view, titles, (index, ramp))

    def _draw_colours(
        self, product: ProductId, path: Path, row: PictureRow, pictures: np.ndarray, control: Control
    ) -> Iterator[_Drawn]:
        said = f"{product.acquired:%Y-%m-%d}, {product.tile}, {TRUE_COLOURS}"
        with open_colours(path) as reader:
            check_crs(path, reader.grid, product)
            blocks = Blocks(reader, path, control.check)
            for picture, zone, geometry, view in self._views(product, row, pictures, blocks.grid):
                control.check()
                pixels = np.atleast_3d(np.moveaxis(blocks.read(view, 0), 0, -1))
                colours = np.broadcast_to(pixels, (*pixels.shape[:2], 3)).astype(np.uint8)
                colours[(colours == 0).all(axis=-1)] = NO_DATA
                yield picture, zone, draw_picture(colours, None, geometry, view, (self._plan.label(zone), said), None)

    def _views(self, product: ProductId, row: PictureRow, pictures: np.ndarray, grid: Grid) -> Iterator[_Shown]:
        """Yield what to show of each zone, those in the same blocks after each other."""
        geometries = self._geometries[tile_epsg(product.tile)]
        found = []
        for picture, zone in zip(pictures.tolist(), row.zones_of(pictures).tolist()):
            view = view_of(geometries[zone], self._margin) if zone < len(geometries) else None
            if view is not None:
                found.append((block_order(view, grid), zone, picture, view))
        found.sort(key=lambda entry: entry[:2])
        return ((picture, zone, geometries[zone], view) for _, zone, picture, view in found)
