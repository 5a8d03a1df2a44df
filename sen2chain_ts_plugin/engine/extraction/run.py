"""Products -> rows: units of work for the workers, their pieces put together, what failed by name."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..errors import EngineError, ProductFailed
from ..feedback import Feedback
from ..library.folders import Library
from ..library.index_product import UNMASKED, IndexProduct
from ..library.l2a_products import unusable
from ..library.product_id import tile_epsg
from ..library.products import probability_raster
from ..library.selection import Selection
from ..raster.libraries import report_reader
from ..sources.source import Signatures
from ..workers.executor import Executor, Outcome
from ..zones.layer import ZoneLayer
from ..zones.meeting import products_of_layer
from ..zones.pixel_options import PixelOptions
from ..zones.pixel_rules import PixelRule
from ..zones.pixels_by_grid import ZonePixelsByGrid
from .measure import Piece, PieceResult, Unit, rows_of, run_piece, split
from .rows import ProductRows

# The role of the raster that ``cldprb`` comes from, among the signatures of an item.
CLOUD_PROBABILITY = "cldprb"
# Of its indices, at 10 m, and of the cloud probability, at 20 m.
_GRIDS_PER_PRODUCT = 2


@dataclass(frozen=True)
class ItemResult:
    """What one index product gave: its rows, and the signatures of its rasters by role; no rows when it failed."""

    item: IndexProduct
    rows: ProductRows | None
    signatures: Signatures = field(default_factory=dict)


@dataclass(frozen=True)
class Meeting:
    """Zones, and the products on their tiles.

    Attributes
    ----------
    layer
        the zones, with their buffer.
    products
        the index products of the selection on the tiles that the zones meet.
    unusable
        how many more index products there would be, of L2A products that cannot be used; they are named in the log.
    met, away
        the tiles that the zones meet, and those among the others whose place they miss.
    """

    layer: ZoneLayer
    products: Sequence[IndexProduct]
    unusable: int
    met: frozenset[str]
    away: frozenset[str]


def meet_products(
    library: Library, layer: ZoneLayer, selection: Selection, pixels: PixelOptions, feedback: Feedback
) -> Meeting:
    """Find the products of a selection that zones meet.

    Raises
    ------
    CloudMaskAbsent, LayerEmpty, LayerMeetsNoTile, AllZonesVanish
        there is nothing to work on.
    FractionNeedsPolygons, PixelsInMaskName, BufferFailed, BufferToolMissing
        the pixels that are asked for are not possible here.
    Cancelled
        the user asked to stop.
    """
    found = products_of_layer(library, layer, selection, pixels, feedback)
    unusable_products = report_unusable(library, selection, feedback)
    return Meeting(found.layer, found.items, unusable_products, found.met, found.away)


def report_unusable(library: Library, selection: Selection, feedback: Feedback) -> int:
    """Name the L2A products that cannot be used, and return how many index products fail for that reason."""
    unnamed, passed_over = unusable(library, selection)
    for reason in passed_over:
        feedback.error("{reason}", reason=reason)
    for reason in unnamed:
        feedback.error("{file} failed: {reason}", file=reason.values["path"].name, reason=reason)
    return len(unnamed) * len(set(selection.indices)) * len(selection.masks_in(library))


def measure(
    library: Library,
    layer: ZoneLayer,
    items: Sequence[IndexProduct],
    executor: Executor,
    feedback: Feedback,
    rule: PixelRule,
) -> Generator[ItemResult, None, None]:
    """Yield what each product gave as it comes, in any order.

    Parameters
    ----------
    library
        where the probability rasters are.
    layer
        the zones.
    items
        what to measure.
    executor
        the workers; they have ended when the generator is closed.
    feedback
        progress, cancel, and a line for each product that fails, by its file name.
    rule
        which pixels belong to a zone.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    if items:
        report_reader(feedback)
    notes = _Notes(feedback)
    units = _units(library, items)
    with contextlib.closing(_merged_parts(units, layer, executor, feedback, rule)) as parts:
        for unit, part in parts:
            for item in unit.items:
                try:
                    rows = rows_of(item, unit, part)
                except EngineError as error:
                    feedback.error("{file} failed: {reason}", file=item.filename, reason=error)
                    yield ItemResult(item, None)
                    continue
                measured = part.measured[item]
                notes.look(unit, item, other_nodata=measured.other_nodata)
                signatures = dict(measured.signatures)
                if part.probability_signature is not None:
                    signatures[CLOUD_PROBABILITY] = part.probability_signature
                yield ItemResult(item, rows, signatures)


def _units(library: Library, items: Sequence[IndexProduct]) -> list[Unit]:
    """Group what shares a product, and with it a probability raster."""
    groups: dict[str, list[IndexProduct]] = {}
    for item in items:
        groups.setdefault(item.product.text, []).append(item)
    return [
        Unit(group[0].product, tuple(group), probability_raster(library, group[0].product)) for group in groups.values()
    ]


def _merged_parts(
    units: list[Unit], layer: ZoneLayer, executor: Executor, feedback: Feedback, rule: PixelRule
) -> Generator[tuple[Unit, PieceResult], None, None]:
    """Yield each unit with its merged result once all its pieces are there."""
    epsg_codes = {tile_epsg(unit.product.tile) for unit in units}
    geometries = {epsg: layer.geometries(epsg) for epsg in epsg_codes}
    indexes = ZonePixelsByGrid(geometries, rule, keep=_GRIDS_PER_PRODUCT * (executor.workers + 1))
    pieces = split(units, executor.workers)
    missing = Counter(piece.unit for piece in pieces)
    parts: dict[int, PieceResult] = {}
    with contextlib.closing(executor.map(partial(run_piece, indexes), pieces, feedback)) as outcomes:
        for outcome in outcomes:
            number = outcome.item.unit
            part = _part(outcome, units[number])
            if number in parts:
                parts[number].merge(part)
            else:
                parts[number] = part
            missing[number] -= 1
            if not missing[number]:
                yield units[number], parts.pop(number)


def _part(outcome: Outcome[Piece, PieceResult], unit: Unit) -> PieceResult:
    """Return the result of a piece; where it was lost to an exception, its items have failed."""
    if outcome.result is not None:
        return outcome.result
    reason = f"{type(outcome.error).__name__}: {outcome.error}"
    items = outcome.item.items or unit.items
    return PieceResult(failed={item: ProductFailed(reason=reason) for item in items})


class _Notes:
    """What is said once, of the first product it is true of."""

    def __init__(self, feedback: Feedback) -> None:
        self._feedback = feedback
        self._said: set[str] = set()

    def look(self, unit: Unit, item: IndexProduct, *, other_nodata: bool) -> None:
        """Say what the user should know of a product, unless it was said of another."""
        if unit.probability is None:
            self._say("No cloud probability raster for {file}: cldprb stays empty.", item)
        if item.mask.is_produced and item.raster(UNMASKED) is None:
            self._say("No unmasked raster for {file}: nbcld stays empty.", item)
        if other_nodata:
            self._say(
                "The .aux.xml sidecar of {file} is missing or names another nodata value; nodata is 16383, as ever.",
                item,
            )

    def _say(self, message: str, item: IndexProduct) -> None:
        if message not in self._said:
            self._said.add(message)
            self._feedback.warning(message, file=item.filename)
