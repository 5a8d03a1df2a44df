"""Inventory: what a library has for a layer, and what an extraction would find already done.

Only looks: folders, file names, metadata. No raster is decoded, nothing is written.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from ..choices import AUTO_SOURCE, INDICES
from ..dates import DateRange
from ..errors import EngineError, LayerEmpty
from ..feedback import Feedback, StepFeedback, check
from ..files import is_folder
from ..library.cloudmask import NOMASK, CloudMask
from ..library.folders import Library
from ..library.index_product import UNMASKED, IndexProduct, SourceRaster, produced
from ..library.product_id import ProductId
from ..library.products import StoredProduct, check_indices, find_products, probability_raster, stored_products
from ..library.selection import Selection, cloud_cover
from ..raster.opening import open_raster
from ..tree.layout import Tree
from ..zones.layer import ZoneLayer
from ..zones.meeting import products_of_met_tiles
from .possible import PossibleMask, possible_masks
from .resume import ResumeRecords
from .tree_of_zones import find_tree

# What extract would do with a product.
EXTRACTED = "extracted"  # skip it: its rows are there
WITHOUT_DATA = "without_data"  # skip it: it is known to give no row
CHANGED = "changed"  # extract it again: its raster, or its CSV, is not the one that was noted
NEW = "new"  # extract it
_CHECK_EVERY = 256
SCANNED, _TILES = 0.35, 0.5


@dataclass
class InventoryEntry:
    """The products of one tile, index and cloud mask.

    Attributes
    ----------
    days
        the days of acquisition, one per product, ascending.
    without_probability, without_unmasked
        how many lack the cloud probability raster (then cldprb stays empty), the unmasked raster (nbcld).
    covers
        the known cloud covers, in %.
    missing
        the days of the products of the tile and index that lack this mask, ascending; extract skips them.
    states
        what extract would do, by the four states above; of nothing when no layer was given.
    to_do
        the days of the products that extract would read, ascending.
    """

    tile: str
    index: str
    mask: CloudMask
    days: list[date] = field(default_factory=list)
    without_probability: int = 0
    without_unmasked: int = 0
    covers: list[float] = field(default_factory=list)
    missing: list[date] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    to_do: list[date] = field(default_factory=list)

    @property
    def products(self) -> int:
        """How many products there are."""
        return len(self.days)

    @property
    def cover(self) -> float | None:
        """The mean of the known cloud covers, in %."""
        return sum(self.covers) / len(self.covers) if self.covers else None

    @property
    def remaining(self) -> int:
        """How many products extract would read."""
        return self.states[CHANGED] + self.states[NEW]


@dataclass
class Footprint:
    """The rectangle that a raster of a tile covers: west, south, east, north, in a CRS."""

    epsg: int
    bounds: tuple[float, float, float, float]


@dataclass
class Inventory:
    """What there is.

    Attributes
    ----------
    library
        where it was looked for.
    date_min, date_max
        the days that limit it; None for no limit.
    layer
        the name of the layer; None without one.
    tree
        where its extraction is, or would be made; None without a layer.
    tree_exists
        whether it is there.
    entries
        by tile, index and cloud mask.
    footprints
        of each tile of the entries, as far as a raster of it can be read.
    other_tiles
        tiles of the library that no zone meets.
    unmasked_only
        of each tile and index that has some, the days of the products without any masked raster.
    possible
        the masks that could be applied while reading, by tile, index and mask.
    """

    library: Path
    date_min: date | None
    date_max: date | None
    layer: str | None = None
    tree: Path | None = None
    tree_exists: bool = False
    entries: list[InventoryEntry] = field(default_factory=list)
    footprints: dict[str, Footprint] = field(default_factory=dict)
    other_tiles: list[str] = field(default_factory=list)
    unmasked_only: dict[tuple[str, str], list[date]] = field(default_factory=dict)
    possible: list[PossibleMask] = field(default_factory=list)

    def total(self, of: Callable[[InventoryEntry], int]) -> int:
        """Return the sum of a number over all entries."""
        return sum(map(of, self.entries))


def take_inventory(
    library: Library,
    indices: Sequence[str],
    dates: tuple[date | None, date | None],
    feedback: Feedback,
    layer: ZoneLayer | None = None,
    root: Path | None = None,
    index_source: str = AUTO_SOURCE,
) -> Inventory:
    """Look what a library has.

    Parameters
    ----------
    library
        where to look.
    indices
        names; none for all that the library has.
    dates
        the first and the last day of acquisition, both included; None for no limit.
    feedback
        progress, cancel, messages.
    layer
        limits it to the tiles that its zones meet, and tells what is already extracted for them; None for all tiles.
    root
        the extraction root to look for the layer's tree in; None for that of the library.
    index_source
        one of `choices.INDEX_SOURCES`. Indices from L2A bands are listed under their default mask.

    Raises
    ------
    IndicesAbsent, ProductsAbsent, CloudMaskAbsent
        there is nothing that indices, or the default mask of L2A products, could come from.
    IndexAbsent
        the library has no product of these indices, whatever the dates.
    LayerEmpty
        the layer has no geometry.
    LayerMeetsNoTile
        no zone meets a tile of the library.
    Cancelled
        the user asked to stop.
    """
    library.say_notes(feedback)
    asked = Selection(list(indices) or INDICES, (), *dates, index_source=index_source)
    from_bands = asked.is_l2a(library)
    inventory = Inventory(asked.folder_in(library), *dates)
    if from_bands:
        items = find_products(library, asked)
        stored = [_computed(item) for item in items]
    else:
        stored = _scan(library, indices, dates, StepFeedback(feedback, 0.0, SCANNED))
        items = [item for each in stored for item in _items(each)]
    met: set[str] | None = None
    if layer is not None:
        if not layer.has_geometry:
            raise LayerEmpty(layer=layer.name)
        inventory.layer = layer.name
        all_tiles = {each.product.tile for each in stored}
        placed = items + [_without_mask(each) for each in stored if not each.masked and each.unmasked is not None]
        met = _met_tiles(library, layer, asked, placed, feedback)
        items = [item for item in items if item.product.tile in met]
        inventory.other_tiles = sorted(all_tiles - met)
        stored = [each for each in stored if each.product.tile in met]
    inventory.possible = possible_masks(library, indices, DateRange(*dates), feedback, from_bands=from_bands, tiles=met)
    inventory.entries = _entries(library, stored, inventory, StepFeedback(feedback, SCANNED, _TILES))
    if layer is not None:
        root = root or library.extraction
        _add_states(inventory, library, items, partial(find_tree, root, layer), StepFeedback(feedback, _TILES, 1.0))
    inventory.footprints = _footprints(items, feedback)
    feedback.progress(1.0)
    return inventory


def _met_tiles(
    library: Library, layer: ZoneLayer, asked: Selection, items: list[IndexProduct], feedback: Feedback
) -> set[str]:
    """Return the tiles of some products that zones meet."""
    if not items:
        return set()
    masks = sorted({item.mask for item in items})
    selection = replace(asked, indices=sorted({item.index for item in items}), cloudmasks=masks)
    return set(products_of_met_tiles(library, layer, selection, items, feedback).met)


def _scan(
    library: Library, indices: Sequence[str], dates: tuple[date | None, date | None], feedback: Feedback
) -> list[StoredProduct]:
    wanted = list(indices) or [index for index in INDICES if is_folder(library.indices / index)]
    selection = Selection(wanted, (), *dates)
    found: list[StoredProduct] = []
    seen = 0
    for position, index in enumerate(wanted):
        feedback.progress(position / len(wanted))
        for each in stored_products(library, [index]):
            if seen % _CHECK_EVERY == 0:
                check(feedback)
            seen += 1
            if selection.has_date(each.product):
                found.append(each)
    if not seen:
        check_indices(library, wanted)
    return found


def _computed(item: IndexProduct) -> StoredProduct:
    """Return an index computed from bands as if it were on disk."""
    raster = item.rasters[0].path
    return StoredProduct(item.product, item.index, {item.mask: raster}, raster)


def _without_mask(stored: StoredProduct) -> IndexProduct:
    """Return a product that has only its unmasked raster, to learn where it lies."""
    raster = stored.unmasked or Path()
    return IndexProduct(stored.product, stored.index, CloudMask(NOMASK), (SourceRaster(UNMASKED, raster),))


def _items(stored: StoredProduct) -> Iterator[IndexProduct]:
    for mask, path in stored.masked.items():
        yield produced(stored.product, stored.index, mask, path, stored.unmasked)


def _entries(
    library: Library, stored: Sequence[StoredProduct], inventory: Inventory, feedback: Feedback
) -> list[InventoryEntry]:
    entries: dict[tuple[str, str, CloudMask], InventoryEntry] = {}
    look = _Look(library)
    for position, each in enumerate(stored):
        if position % _CHECK_EVERY == 0:
            check(feedback)
            feedback.progress(position / len(stored))
        day, tile = each.product.acquired.date(), each.product.tile
        if not each.masked:
            inventory.unmasked_only.setdefault((tile, each.index), []).append(day)
            continue
        has_probability, cover = look.at(each.product)
        for mask in each.masked:
            entry = entries.setdefault((tile, each.index, mask), InventoryEntry(tile, each.index, mask))
            entry.days.append(day)
            entry.without_probability += not has_probability
            entry.without_unmasked += each.unmasked is None
            if cover is not None:
                entry.covers.append(cover)
    found = [entries[key] for key in sorted(entries)]
    _add_missing(found, stored)
    for entry in found:
        entry.days.sort()
    return found


def _add_missing(entries: Sequence[InventoryEntry], stored: Sequence[StoredProduct]) -> None:
    """Note the days of the products of each tile and index that lack one of its masks."""
    by_pair: dict[tuple[str, str], list[InventoryEntry]] = {}
    for entry in entries:
        by_pair.setdefault((entry.tile, entry.index), []).append(entry)
    for each in stored:
        for entry in by_pair.get((each.product.tile, each.index), ()):
            # An older version of OCM is not missing where there is another one: they are one mask.
            folders = {mask.folder for mask in each.masked}
            if entry.mask.folder not in folders:
                entry.missing.append(each.product.acquired.date())
    for entry in entries:
        entry.missing.sort()


class _Look:
    """What is looked up once per product, whatever its indices."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen: dict[str, tuple[bool, float | None]] = {}

    def at(self, product: ProductId) -> tuple[bool, float | None]:
        """Return whether there is a probability raster, and the cloud cover in %."""
        if product.text not in self._seen:
            has_probability = probability_raster(self._library, product) is not None
            self._seen[product.text] = (has_probability, cloud_cover(self._library, product))
        return self._seen[product.text]


def _add_states(
    inventory: Inventory, library: Library, items: Sequence[IndexProduct], find: Callable[[], Tree], feedback: Feedback
) -> None:
    tree = find()
    inventory.tree = tree.folder
    inventory.tree_exists = is_folder(tree.folder)
    records = ResumeRecords(tree, items, library)
    entries = {(entry.tile, entry.index, entry.mask): entry for entry in inventory.entries}
    for position, item in enumerate(items):
        if position % _CHECK_EVERY == 0:
            check(feedback)
            feedback.progress(position / len(items))
        entry = entries[item.product.tile, item.index, item.mask]
        known = item.filename in records.manifest.entries
        if records.is_done(item, feedback):
            state = EXTRACTED if records.manifest.entries[item.filename].rows else WITHOUT_DATA
        else:
            state = CHANGED if known else NEW
            entry.to_do.append(item.product.acquired.date())
        entry.states[state] += 1
    for entry in inventory.entries:
        entry.to_do.sort()


def _footprints(items: Sequence[IndexProduct], feedback: Feedback) -> dict[str, Footprint]:
    """Return the extent of the first raster of each tile that can be read."""
    found: dict[str, Footprint] = {}
    for item in items:
        if item.product.tile not in found:
            check(feedback)
            with contextlib.suppress(EngineError), open_raster(item.rasters[0].path) as reader:
                found[item.product.tile] = Footprint(reader.grid.epsg, reader.grid.bounds)
    return found
