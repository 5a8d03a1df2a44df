"""Quicklooks: a picture of each zone, date and index, the true colours beside it, and sheets of all dates.

Source of the names: Sen2Chain 1.4.1, ``TimeSeriesCompil.extract_ql``. Its names say nothing of the cloud mask, so the
pictures of each mask have a folder in that of their zone; true colours have no mask and stand beside these folders.

Each product is opened once for all zones. A sheet is put together from the pictures on disk, so that the memory does
not grow with the number of zones or dates.
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
from ...library.product_id import ProductId, parse_product, tile_epsg
from ...library.products import locate, true_colour_raster
from ...locks import locked
from ...raster.grid import Grid
from ...raster.opening import INDEX_NODATA, open_colours
from ...series.series_source import read_zone_series
from ...series.zone_series import Choice, ZoneSeries, nothing_to_show, pairs_of
from ...sources.checks import check_crs
from ...text import safe_name, unique_names
from ...tree.layout import Tree, open_tree, split_raster_name
from ...workers.executor import Control, Executor
from ...zones.wkb import Geometry
from ..folders import figures_folder
from ..html.page import Translate
from ..index_views import open_index
from ..ramps import ramp_of
from ..views import Blocks, View, block_order, view_of
from .pictures import NO_DATA, draw_picture, draw_sheet, index_pixels, require_pillow

TRUE_COLOURS = "L2A"
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


# The name and the bytes of a picture.
_Drawn = tuple[Path, bytes]


@dataclass(frozen=True)
class Shown:
    """One picture to draw: its zone, and where it goes."""

    fid: int
    label: str
    path: Path


@dataclass
class _Sheet:
    """The pictures of one zone and index."""

    path: Path
    title: str
    index: str
    pictures: list[tuple[Path, str]] = field(default_factory=list)


@dataclass
class _Unit:
    """What is drawn of one product: by masked raster, the index, the mask's folder and the zones; and true colours."""

    product: ProductId
    indices: dict[str, tuple[str, str, list[Shown]]] = field(default_factory=dict)
    colours: dict[int, Shown] = field(default_factory=dict)


@dataclass
class _Done:
    """What became of a unit: the pictures written, what failed, whether there were true colours."""

    written: list[Path] = field(default_factory=list)
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
    WriteFailed, LeadsOutside
        a file cannot be written; those before it are whole.
    Cancelled
        the user asked to stop; those before it are whole.
    """
    require_pillow()
    tree = open_tree(extraction)
    choice = request.choice
    folder = figures_folder(tree, request.root, "quicklooks")
    plan = _Plan(tree, folder, choice)
    pairs = pairs_of(tree, choice, feedback)
    for number, (index, mask_folder) in enumerate(pairs):
        part = StepFeedback(feedback, _READ * number / len(pairs), _READ * (number + 1) / len(pairs))
        plan.add(read_zone_series(tree, index, mask_folder, choice, part))
    if not plan.units:
        raise nothing_to_show(tree)
    feedback.info(
        "Pictures: {pictures}, zones: {zones}, products: {products}.",
        pictures=plan.pictures, zones=len(plan.names), products=len(plan.units),
    )  # fmt: skip
    quicklooks = Quicklooks(folder)
    make_folder(folder)
    with locked(folder):
        painter = _Painter(library, {epsg: outlines(epsg) for epsg in plan.epsg_codes}, request.margin, folder)
        written = _draw_units(painter, plan, executor, StepFeedback(feedback, _READ, _DRAWN), quicklooks)
        _draw_sheets(plan, written, StepFeedback(feedback, _DRAWN, 1.0), quicklooks, tr)
    feedback.progress(1.0)
    return quicklooks


class _Plan:
    """Which pictures to draw, by product, and the sheets that they go on."""

    def __init__(self, tree: Tree, folder: Path, choice: Choice) -> None:
        self._tree = tree
        self._folder = folder
        self._dates = f"{choice.date_min}_{choice.date_max}"
        self._taken: set[Path] = set()
        self.units: dict[str, _Unit] = {}
        self.sheets: dict[tuple[int, str, str], _Sheet] = {}
        # The folder name of each zone, by its number.
        self.names: dict[int, str] = {}
        self.pictures = 0

    @property
    def epsg_codes(self) -> set[int]:
        """The CRS of the tiles of the products."""
        return {tile_epsg(unit.product.tile) for unit in self.units.values()}

    def add(self, series: ZoneSeries) -> None:
        """Plan the pictures of an index and mask."""
        new = [zone for zone in series.zones if zone.fid not in self.names]
        wanted = [safe_name(zone.label) for zone in new]
        for zone, name in zip(new, unique_names(wanted, list(self.names.values()), ignore_case=True)):
            self.names[zone.fid] = name
        for zone in series.zones:
            for filename in series.filename[zone.rows]:
                product = parse_product(filename.partition(f"_{series.index}_")[0])
                if product is None:
                    continue  # not a name of Sen2Chain's
                unit = self.units.setdefault(product.text, _Unit(product))
                shown = self._shown(zone.fid, zone.label, series.index, series.mask_folder, product)
                unit.indices.setdefault(filename, (series.index, series.mask_folder, []))[2].append(shown)
                self.pictures += 1
                if zone.fid not in unit.colours:
                    unit.colours[zone.fid] = self._shown(zone.fid, zone.label, TRUE_COLOURS, "", product)

    def _shown(self, fid: int, label: str, index: str, mask_folder: str, product: ProductId) -> Shown:
        folder = self._folder / f"QL_{self.names[fid]}" / mask_folder
        # Sen2Chain's name ends with the first two letters of the product, which are S2 always.
        day = f"{product.acquired:%Y%m%d}"
        stem = f"{self._tree.name}_QL_{self.names[fid]}_{index}_{day}_{product.tile}_{product.text[:2]}"
        path, number = folder / f"{stem}.jpg", 1
        while path in self._taken:  # another acquisition of that day
            number += 1
            path = folder / f"{stem}_{number}.jpg"
        self._taken.add(path)
        sheet = self.sheets.setdefault((fid, index, mask_folder), self._new_sheet(fid, label, index, mask_folder))
        sheet.pictures.append((path, f"{product.acquired:%Y-%m-%d}, {product.tile}"))
        return Shown(fid, label, path)

    def _new_sheet(self, fid: int, label: str, index: str, mask_folder: str) -> _Sheet:
        name = self.names[fid]
        path = self._folder / f"QL_{name}" / mask_folder / f"{self._tree.name}_MOZ-QL_{name}_{index}_{self._dates}.jpg"
        return _Sheet(path, " - ".join(filter(None, (label, index, mask_folder))), index)


def _draw_units(
    painter: _Painter, plan: _Plan, executor: Executor, feedback: Feedback, quicklooks: Quicklooks
) -> set[Path]:
    """Draw the pictures product by product, and return those that are written."""
    units = [plan.units[name] for name in sorted(plan.units)]
    written: set[Path] = set()
    without_colours = 0
    with contextlib.closing(executor.map(painter.draw, units, feedback)) as outcomes:
        for outcome in outcomes:
            done = outcome.result
            if done is None:
                _raise_if_unwritable(outcome.error)
                reason = ProductFailed(reason=f"{type(outcome.error).__name__}: {outcome.error}")
                done = _Done(failed=[(filename, reason) for filename in outcome.item.indices])
            for filename, error in done.failed:
                feedback.error("{file} failed: {reason}", file=filename, reason=error)
            written.update(done.written)
            quicklooks.failed += len(done.failed)
            without_colours += not done.with_colours
    quicklooks.pictures = len(written)
    if without_colours:
        feedback.info(
            "Products without a true colour picture in the L2A of the library: {number} of {products}.",
            number=without_colours, products=len(units),
        )  # fmt: skip
    return written


def _raise_if_unwritable(error: Exception | None) -> None:
    """Raise what ends the run: a picture that cannot be written (disk full). Anything else is one product's failure."""
    if isinstance(error, (WriteFailed, LeadsOutside)):
        raise error


def _draw_sheets(plan: _Plan, written: set[Path], feedback: Feedback, quicklooks: Quicklooks, tr: Translate) -> None:
    sheets = [plan.sheets[key] for key in sorted(plan.sheets)]
    for number, sheet in enumerate(sheets):
        check(feedback)
        feedback.progress(number / len(sheets))
        pictures = sorted(((path, said) for path, said in sheet.pictures if path in written), key=lambda each: each[1])
        if pictures:
            legend = None if sheet.index == TRUE_COLOURS else (sheet.index, ramp_of(sheet.index))
            try:
                write_atomic(sheet.path, draw_sheet(pictures, sheet.title, legend, tr), quicklooks.folder)
            except FileInUse as error:  # it stays as it was
                feedback.error("{reason}", reason=error)
                quicklooks.failed += 1
            else:
                quicklooks.sheets += 1


class _Painter:
    """Draws what a product shows; for any thread."""

    def __init__(
        self, library: Library, geometries: dict[int, Sequence[Geometry]], margin: float, folder: Path
    ) -> None:
        self._library = library
        self._geometries = geometries
        self._margin = margin
        self._folder = folder

    def draw(self, unit: _Unit, control: Control) -> _Done:
        """Draw the pictures of a unit; a raster that fails does not stop the others."""
        done = _Done()
        steps = len(unit.indices) + 1
        for number, (filename, (index, mask_folder, shown)) in enumerate(unit.indices.items()):
            draw = partial(self._draw_index, unit.product, filename, index, mask_folder, shown)
            self._try(filename, draw, control, done)
            control.report((number + 1) / steps)
        colours = true_colour_raster(self._library, unit.product)
        if colours is not None:
            done.with_colours = True
            draw = partial(self._draw_colours, unit.product, colours, list(unit.colours.values()))
            self._try(colours.name, draw, control, done)
        return done

    def _try(self, filename: str, draw: Callable[[Control], Iterator[_Drawn]], control: Control, done: _Done) -> None:
        try:
            for path, data in draw(control):
                try:
                    write_atomic(path, data, self._folder)
                    done.written.append(path)
                except FileInUse as error:  # this picture stays as it was, and the others go on
                    done.failed.append((path.name, error))
        except (WriteFailed, LeadsOutside):
            raise
        except EngineError as error:
            done.failed.append((filename, error))

    def _draw_index(
        self, product: ProductId, filename: str, index: str, mask_folder: str, shown: list[Shown], control: Control
    ) -> Iterator[_Drawn]:
        item = locate(self._library, product, index, cloudmask.parse(split_raster_name(filename)[1]))
        ramp = ramp_of(index)
        said = f"{product.acquired:%Y-%m-%d}, {product.tile}, {index}, {mask_folder}"
        with open_index(item, control.check) as views:
            for each, geometry, view in self._views(product, shown, views.grid):
                control.check()
                masked, beneath = views.read(view)
                colours, hidden = index_pixels(masked, beneath, ramp, INDEX_NODATA)
                yield each.path, draw_picture(colours, hidden, geometry, view, (each.label, said), (index, ramp))

    def _draw_colours(self, product: ProductId, path: Path, shown: list[Shown], control: Control) -> Iterator[_Drawn]:
        said = f"{product.acquired:%Y-%m-%d}, {product.tile}, {TRUE_COLOURS}"
        with open_colours(path) as reader:
            check_crs(path, reader.grid, product)
            blocks = Blocks(reader, path, control.check)
            for each, geometry, view in self._views(product, shown, blocks.grid):
                control.check()
                pixels = np.atleast_3d(np.moveaxis(blocks.read(view, 0), 0, -1))
                colours = np.broadcast_to(pixels, (*pixels.shape[:2], 3)).astype(np.uint8)
                colours[(colours == 0).all(axis=-1)] = NO_DATA
                yield each.path, draw_picture(colours, None, geometry, view, (each.label, said), None)

    def _views(self, product: ProductId, shown: list[Shown], grid: Grid) -> Iterator[tuple[Shown, Geometry, View]]:
        """Yield the zones with what to show of each, those in the same blocks after each other."""
        geometries = self._geometries[tile_epsg(product.tile)]
        found = []
        for each in shown:
            geometry = geometries[each.fid] if each.fid < len(geometries) else Geometry()
            view = view_of(geometry, self._margin)
            if view is not None:
                found.append((block_order(view, grid), each.fid, each, geometry, view))
        found.sort(key=lambda entry: entry[:2])
        return ((each, geometry, view) for _, _, each, geometry, view in found)
