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
from .pixel_options import PixelOptions
from .pixel_runs import meets, near
from .wkb import Geometry


class TileProducts(NamedTuple):
    """The index products of the tiles that zones meet, these tiles, and those of the others whose place they miss."""

    items: list[IndexProduct]
    met: frozenset[str]
    away: frozenset[str]


class LayerProducts(NamedTuple):
    """Zones with their buffer, and what `products_of_met_tiles` gives of them, named by the rule of pixels."""

    layer: ZoneLayer
    items: list[IndexProduct]
    met: frozenset[str]
    away: frozenset[str]


def products_of_layer(
    library: Library, layer: ZoneLayer, selection: Selection, pixels: PixelOptions, feedback: Feedback
) -> LayerProducts:
    """List the masked rasters that are asked for, of the tiles that some zone of a layer meets.

    What the library lacks is refused before the zones are asked for: to read a million of them takes minutes.

    Parameters
    ----------
    library, layer, selection
        the products to look for.
    pixels
        which pixels belong to a zone, and the buffer.
    feedback
        told which folders of the library were not found; asked for cancel.

    Raises
    ------
    PixelsInMaskName
        a mask is named like one with a rule of pixels.
    IndexAbsent, CloudMaskAbsent
        no product has one of the indices, or one of the masks, whatever the dates.
    FractionNeedsPolygons, AllZonesVanish, BufferFailed, BufferToolMissing
        the pixels that are asked for are not possible here.
    LayerEmpty
        the layer has no geometry.
    LayerMeetsNoTile
        no zone meets a tile of the library, whatever the dates.
    Cancelled
        the user asked to stop.
    """
    pixels.check_masks(selection.cloudmasks)
    library.say_notes(feedback)
    products = find_products(library, selection)
    say_absent(library, selection, products, feedback)
    zones = pixels.zones_of(layer, feedback)
    if not zones.has_geometry:
        raise LayerEmpty(layer=zones.name)
    found = products_of_met_tiles(library, zones, selection, products, feedback)
    return LayerProducts(zones, pixels.named(found.items), found.met, found.away)


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
) -> TileProducts:
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
    met, away = _met_tiles(layer, products, geometries, feedback)
    _say_accuracy(layer, sorted({tile_epsg(tile) for tile in met}), feedback)
    if not met:
        anything = find_products(library, replace(selection, date_min=None, date_max=None, cover_min=0, cover_max=100))
        anywhere, _ = _met_tiles(layer, anything, geometries, feedback)
        if not anywhere:
            tiles = sorted({item.product.tile for item in anything})
            shown = ", ".join(tiles[:10]) + (", …" if len(tiles) > 10 else "")
            raise LayerMeetsNoTile(layer=layer.name, library=selection.folder_in(library), tiles=shown or "-")
    items = [item for item in products if item.product.tile in met]
    return TileProducts(items, frozenset(met), frozenset(away))


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
) -> tuple[set[str], set[str]]:
    """Return the tiles that zones meet, and those whose place they miss."""
    by_tile: dict[str, dict[str, Path]] = {}
    for item in products:
        by_tile.setdefault(item.product.tile, {}).setdefault(item.product.text, item.rasters[0].path)
    met, away = set(), set()
    for tile, rasters in by_tile.items():
        epsg = tile_epsg(tile)
        if epsg not in geometries:
            geometries[epsg] = layer.geometries(epsg)
        place = tile_bounds(tile)
        if place is not None and not any_zone_meets(geometries[epsg], place):
            away.add(tile)
        elif _meets_a_raster(geometries[epsg], list(rasters.values()), tile, feedback):
            met.add(tile)
    return met, away


def _meets_a_raster(geometries: Sequence[Geometry], rasters: list[Path], tile: str, feedback: Feedback) -> bool:
    """Tell whether some zone meets some raster of a tile that is where the tile is.

    Yes where none can be trusted: then all of them fail by name.
    """
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


def any_zone_meets(geometries: Sequence[Geometry], bounds: tuple[float, float, float, float]) -> bool:
    """Tell whether some zone intersects a rectangle (west, south, east, north) in the CRS of the geometries."""
    return any(meets(geometries[number], bounds) for number in near(geometries, bounds))
