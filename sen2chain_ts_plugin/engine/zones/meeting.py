"""Which tiles of a library the zones of a layer meet, from the rasters themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from ..choices import INDICES
from ..errors import EngineError, LayerEmpty, LayerMeetsNoTile
from ..feedback import Feedback, check
from ..library.folders import Library
from ..library.index_product import IndexProduct
from ..library.product_id import is_in_tile, tile_bounds, tile_epsg
from ..library.products import absent_indices, find_products
from ..library.selection import Selection
from ..raster.opening import open_raster
from .layer import ZoneLayer
from .pixel_runs import meets, near
from .wkb import Geometry


class LayerProducts(NamedTuple):
    """The index products of the tiles that zones meet, these tiles, and those of the others whose place they miss."""

    items: list[IndexProduct]
    met: frozenset[str]
    away: frozenset[str]


def products_of_layer(library: Library, layer: ZoneLayer, selection: Selection, feedback: Feedback) -> LayerProducts:
    """List the masked rasters that are asked for, of the tiles that some zone of a layer meets.

    Parameters
    ----------
    library, layer, selection
        the products to look for.
    feedback
        told which folders of the library were not found; asked for cancel.

    Raises
    ------
    LayerEmpty
        the layer has no geometry.
    IndexAbsent, CloudMaskAbsent
        no product has one of the indices, or one of the masks, whatever the dates.
    LayerMeetsNoTile
        no zone meets a tile of the library, whatever the dates.
    Cancelled
        the user asked to stop.
    """
    library.say_notes(feedback)
    if not layer.has_geometry:
        raise LayerEmpty(layer=layer.name)
    products = find_products(library, selection)
    say_absent(library, selection, products, feedback)
    return products_of_met_tiles(library, layer, selection, products, feedback)


def say_absent(library: Library, selection: Selection, products: Sequence[IndexProduct], feedback: Feedback) -> None:
    """Say which of the indices asked for the library lacks; who asks for all means all there are."""
    if selection.is_l2a(library):
        return
    found = {item.index for item in products}
    missed = [index for index in selection.indices if index not in found]
    absent = [] if set(selection.indices) >= set(INDICES) else absent_indices(library, missed)
    if absent:
        feedback.warning(
            "{library} has no product of {indices}: there is nothing to extract of it.",
            library=library.indices, indices=", ".join(absent),
        )  # fmt: skip


def products_of_met_tiles(
    library: Library, layer: ZoneLayer, selection: Selection, products: Sequence[IndexProduct], feedback: Feedback
) -> LayerProducts:
    """Keep the products of the tiles that some zone meets.

    Parameters
    ----------
    library, selection
        where the products come from, to look further when none of them is on a met tile.
    layer
        the zones.
    products
        of any tiles, by tile.
    feedback
        to cancel.

    Raises
    ------
    LayerMeetsNoTile
        no zone meets a tile of the library, whatever the dates.
    """
    geometries: dict[int, Sequence[Geometry]] = {}
    met = _met_tiles(layer, products, geometries, feedback)
    _say_accuracy(layer, sorted({tile_epsg(tile) for tile in met}), feedback)
    if not met:
        anything = find_products(library, replace(selection, date_min=None, date_max=None, cover_min=0, cover_max=100))
        if not _met_tiles(layer, anything, geometries, feedback):
            tiles = sorted({item.product.tile for item in anything})
            shown = ", ".join(tiles[:10]) + (", …" if len(tiles) > 10 else "")
            folder = library.l2a if selection.is_l2a(library) else library.indices
            raise LayerMeetsNoTile(layer=layer.name, library=folder, tiles=shown or "-")
    others = {item.product.tile for item in products} - met
    away = frozenset(tile for tile in others if not _reaches_place(geometries[tile_epsg(tile)], tile))
    items = [item for item in products if item.product.tile in met]
    return LayerProducts(items, frozenset(met), away)


@runtime_checkable
class _SaysAccuracy(Protocol):
    """A layer that knows how accurate the ways from its CRS are; see `Zones.accuracy_in`."""

    def accuracy_in(self, epsg: int) -> float | None:
        """Return how many metres the way to a CRS may be wrong; None where nobody says."""


def _say_accuracy(layer: ZoneLayer, epsg_codes: Sequence[int], feedback: Feedback) -> None:
    """Say how far zones may be misplaced by the way from their CRS to that of the tiles, where it is over a metre."""
    if not isinstance(layer, _SaysAccuracy):
        return
    for epsg in epsg_codes:
        metres = layer.accuracy_in(epsg)
        if metres is not None and metres > 1:
            feedback.warning(
                "{layer}: the way from its CRS to EPSG:{epsg} is accurate to {metres} m: zones may be off so far. "
                "It is the one that PROJ takes for this place.",
                layer=layer.name, epsg=epsg, metres=f"{metres:g}",
            )  # fmt: skip


def _met_tiles(
    layer: ZoneLayer, products: Sequence[IndexProduct], geometries: dict[int, Sequence[Geometry]], feedback: Feedback
) -> set[str]:
    by_tile: dict[str, dict[str, Path]] = {}
    for item in products:
        by_tile.setdefault(item.product.tile, {}).setdefault(item.product.text, item.rasters[0].path)
    met = set()
    for tile, rasters in by_tile.items():
        epsg = tile_epsg(tile)
        if epsg not in geometries:
            geometries[epsg] = layer.geometries(epsg)
        if _meets_tile(geometries[epsg], list(rasters.values()), tile, feedback):
            met.add(tile)
    return met


def _meets_tile(geometries: Sequence[Geometry], rasters: list[Path], tile: str, feedback: Feedback) -> bool:
    """Tell whether some zone meets some raster of a tile that is where the tile is.

    A tile without a raster that can be trusted is met by the zones that meet its place: then all of them fail by name.
    """
    if not _reaches_place(geometries, tile):
        return False
    readable = False
    missed = set()
    for path in rasters:
        check(feedback)
        try:
            with open_raster(path) as reader:
                grid = reader.grid
        except EngineError:
            continue  # it will fail by name if the tile is met
        if grid.epsg != tile_epsg(tile) or not is_in_tile(grid.bounds, tile):
            continue
        readable = True
        if grid.bounds in missed:
            continue  # as of most products that are cut from a tile
        if any_zone_meets(geometries, grid.bounds):
            return True
        missed.add(grid.bounds)
    return not readable


def _reaches_place(geometries: Sequence[Geometry], tile: str) -> bool:
    """Tell whether some zone meets the place of a tile in the grid; yes where the grid has no such tile."""
    place = tile_bounds(tile)
    return place is None or any_zone_meets(geometries, place)


def any_zone_meets(geometries: Sequence[Geometry], bounds: tuple[float, float, float, float]) -> bool:
    """Tell whether some zone intersects a rectangle (west, south, east, north) in the CRS of the geometries."""
    return any(meets(geometries[number], bounds) for number in near(geometries, bounds))
