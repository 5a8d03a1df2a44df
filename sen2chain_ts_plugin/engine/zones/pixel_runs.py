"""Zones of a layer on a grid: runs of pixels per block, made once and used for every product of that grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Grid, Window
from .geometries import Geometries
from .pixel_rules import CENTRE_RULE, PixelRule
from .rasterise import Runs
from .wkb import Coordinates, Geometry

# A zone of more pixels is held as a histogram of its values, 256 KB, instead of the values themselves.
LARGE_ZONE = 1 << 17
# How many large zones are worked on at once, to bound their histograms to 32 MB.
LARGE_ZONES_AT_ONCE = 128


@dataclass(frozen=True)
class BlockRuns:
    """The runs of pixels of all zones in one block of a grid, sorted by zone and row, or, with shares, by share.

    Attributes
    ----------
    window
        where the block is in the raster.
    zone
        position of the zone in `ZonePixels`, int32, shape (runs,).
    start
        first pixel, counted row by row in the block, int32.
    length
        number of pixels, int32.
    share
        how much of each of these pixels belongs to the zone, float64 in (0, 1]; None: each belongs wholly.
    """

    window: Window
    zone: NDArray[np.int32]
    start: NDArray[np.int32]
    length: NDArray[np.int32]
    share: NDArray[np.float64] | None = None

    def boxes(self) -> NDArray[np.int64]:
        """Return the rectangle around the pixels of each zone in the block, see `grid.Boxes`."""
        first = np.flatnonzero(np.append(True, self.zone[1:] != self.zone[:-1]))
        row, column = np.divmod(self.start, self.window.width)
        left, top = np.minimum.reduceat(column, first), np.minimum.reduceat(row, first)
        right, bottom = np.maximum.reduceat(column + self.length, first), np.maximum.reduceat(row, first) + 1
        return np.stack([left, top, right, bottom], axis=1).astype(np.int64)

    def of_zones(self, wanted: NDArray[np.bool_]) -> BlockRuns:
        """Return the runs of some zones; ``wanted`` has one value per zone of the index."""
        keep = wanted[self.zone]
        return self if keep.all() else self.take(keep)

    def take(self, which: NDArray[np.bool_] | slice) -> BlockRuns:
        """Return some of the runs."""
        share = None if self.share is None else self.share[which]
        return BlockRuns(self.window, self.zone[which], self.start[which], self.length[which], share)


@dataclass(frozen=True)
class ZonePixels:
    """The zones that meet a grid, by block.

    Attributes
    ----------
    number
        the number in the layer of each zone that is here, int64, ascending, shape (zones,).
    pixels
        how many pixels each has, those outside the raster included, int64.
    blocks_of
        in how many blocks each has pixels, int64.
    blocks
        the blocks that hold pixels of zones, row by row; usually one list. Layers of many large zones that overlap are
        cut into several, to be worked on one after the other within a bounded memory; a zone is in one of them.
    area
        where pixels belong by shares: the sum of the shares of each zone, float64; else None.
    outside
        the same of the pixels outside the raster.
    """

    grid: Grid
    number: NDArray[np.int64]
    pixels: NDArray[np.int64]
    blocks_of: NDArray[np.int64]
    blocks: list[list[BlockRuns]]
    area: NDArray[np.float64] | None = None
    outside: NDArray[np.float64] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # It travels with the results of a worker on another machine, where the runs have done their work.
        return ZonePixels, (self.grid, self.number, self.pixels, self.blocks_of, [], self.area, self.outside)


def rasterise_zones(
    geometries: Sequence[Geometry],
    grid: Grid,
    rule: PixelRule = CENTRE_RULE,
    check: Callable[[], None] | None = None,
) -> ZonePixels:
    """Rasterise the zones that meet a grid and sort their runs by block.

    Parameters
    ----------
    geometries
        one per zone of the layer, in the CRS of the grid.
    grid
        of the raster.
    rule
        which pixels belong to a zone.
    check
        called again and again; what it raises when nobody waits for the result any more is raised.
    """
    close = near(geometries, grid.bounds)
    shapes = Geometries.of(geometries).take(close)
    pixels, blocks_of = np.zeros((2, len(close)), np.int64)
    area, outside = np.zeros((2, len(close)))
    pieces = []
    step = max(rule.zones_at_once or len(close), 1)
    for begin in range(0, max(len(close), 1), step):
        if check is not None:
            check()
        these = slice(begin, begin + step)
        runs = rule.burn(shapes[these], grid)
        number, length = len(pixels[these]), runs.stop - runs.start
        pixels[these] = np.bincount(runs.zone, length, number)
        if runs.share is not None:
            beyond = length - np.maximum(_in_grid(runs, grid), 0)
            area[these] = np.bincount(runs.zone, runs.share * length, number)
            outside[these] = np.bincount(runs.zone, runs.share * beyond, number)
        pieces.append(_cut_at_blocks(runs, grid, begin))
        blocks_of[these] = _blocks_of(pieces[-1], begin, number)
    # A zone with pixels outside the raster only stays: it has pixels, all of them without data.
    present = np.flatnonzero(pixels)
    shares = (None, None) if pieces[0].share is None else (area[present], outside[present])
    blocks = _by_block(pieces, pixels, grid)
    return ZonePixels(grid, close[present], pixels[present], blocks_of[present], blocks, *shares)


def _in_grid(runs: Runs, grid: Grid) -> NDArray[np.int64]:
    """Return how many pixels of each run are in the grid; less than 1 where none is."""
    length = np.minimum(runs.stop, grid.width) - np.maximum(runs.start, 0)
    return np.where((runs.row >= 0) & (runs.row < grid.height), length, 0)


class _Pieces(NamedTuple):
    """Runs in the grid, cut at the borders of blocks; arrays of one length, as small as they can be.

    The zone, the number of the block, the first pixel in the block, the number of pixels, and the share of these.
    """

    zone: NDArray[np.int32]
    block: NDArray[np.int32]
    start: NDArray[np.int32]
    length: NDArray[np.int32]
    share: NDArray[np.float64] | None


def _cut_at_blocks(runs: Runs, grid: Grid, begin: int) -> _Pieces:
    """Return the pieces of runs of zones, the first of which has the number ``begin``."""
    inside = np.flatnonzero(_in_grid(runs, grid) > 0)
    start, stop = np.maximum(runs.start[inside], 0), np.minimum(runs.stop[inside], grid.width)
    first = start // grid.block_width
    count = (stop - 1) // grid.block_width - first + 1
    piece = np.repeat(np.arange(len(inside)), count)
    column = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count) + first[piece]
    left = column * grid.block_width
    start, stop = np.maximum(start[piece], left), np.minimum(stop[piece], left + grid.block_width)
    down, row = np.divmod(runs.row[inside[piece]], grid.block_height)
    width = np.minimum(grid.block_width, grid.width - left)
    columns = (
        runs.zone[inside[piece]] + begin, down * grid.block_columns + column, row * width + start - left, stop - start
    )  # fmt: skip
    share = None if runs.share is None else runs.share[inside[piece]]
    zone, block, first, length = (each.astype(np.int32) for each in columns)
    return _Pieces(zone, block, first, length, share)


def _blocks_of(pieces: _Pieces, begin: int, number: int) -> NDArray[np.int64]:
    """Return in how many blocks each of a number of zones has pixels."""
    pairs = np.unique(pieces.block.astype(np.int64) * max(number, 1) + (pieces.zone - begin))
    return np.bincount(pairs % max(number, 1), minlength=number)


def _by_block(pieces: list[_Pieces], pixels: NDArray[np.int64], grid: Grid) -> list[list[BlockRuns]]:
    """Return all pieces by block, the blocks row by row; ``pieces`` is emptied to save memory."""
    zone, block, start, length = (np.concatenate(parts) for parts in list(zip(*pieces))[:4])
    shares = [each.share for each in pieces if each.share is not None]
    share = np.concatenate(shares) if shares else None
    pieces.clear()
    batch = _batches(pixels)
    if batch.any():  # each batch has all blocks
        block += batch[zone].astype(np.int32) * grid.blocks
    order = np.argsort(block, kind="stable") if share is None else np.lexsort((share, zone, block))
    position = (np.cumsum(pixels > 0) - 1).astype(np.int32)
    found: list[list[BlockRuns]] = [[] for _ in range(int(batch.max(initial=0)) + 1)]
    for part in np.split(order, np.flatnonzero(np.diff(block[order])) + 1) if len(order) else ():
        number, place = divmod(int(block[part[0]]), grid.blocks)
        some = None if share is None else share[part]
        found[number].append(BlockRuns(_window(grid, place), position[zone[part]], start[part], length[part], some))
    return found


def _batches(pixels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each zone in which list of blocks it goes."""
    large = pixels > LARGE_ZONE
    batch: NDArray[np.int64] = np.zeros(len(pixels), np.int64)
    batch[large] = np.arange(int(large.sum())) // LARGE_ZONES_AT_ONCE
    return batch


def _window(grid: Grid, block: int) -> Window:
    """Return the window of a block, counted row by row."""
    column = block % grid.block_columns * grid.block_width
    row = block // grid.block_columns * grid.block_height
    return Window(column, row, min(grid.block_width, grid.width - column), min(grid.block_height, grid.height - row))


def near(geometries: Sequence[Geometry], bounds: tuple[float, float, float, float]) -> NDArray[np.int64]:
    """Return the numbers of the geometries with a part whose extent meets a rectangle."""
    west, south, east, north = bounds
    whole = Geometries.of(geometries)
    left, low, right, high = whole.extents().T
    meets = (left <= east) & (right >= west) & (low <= north) & (high >= south)
    return np.unique(whole.zone_of_part[meets])


def meets(geometry: Geometry, bounds: tuple[float, float, float, float]) -> bool:
    """Tell whether a geometry intersects a rectangle: a vertex is inside, an edge crosses it, or it is all inside."""
    west, south, east, north = bounds
    for part in geometry.parts():
        x, y = part.T
        if ((x >= west) & (x <= east) & (y >= south) & (y <= north)).any():
            return True
    rings = [ring for polygon in geometry.polygons for ring in polygon]
    if any(_edge_crosses(part, bounds) for part in [*rings, *geometry.lines]):
        return True
    return any(_is_inside(polygon, west, south) for polygon in geometry.polygons)


def _edge_crosses(part: Coordinates, bounds: tuple[float, float, float, float]) -> bool:
    """Clip every edge to the rectangle (Liang and Barsky) and tell whether something is left of one."""
    west, south, east, north = bounds
    (x, y), (dx, dy) = part[:-1].T, np.diff(part, axis=0).T
    enter, leave = np.zeros(len(x)), np.ones(len(x))
    possible = np.ones(len(x), bool)
    for step, room in ((-dx, x - west), (dx, east - x), (-dy, y - south), (dy, north - y)):
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = room / step
        enter = np.where(step < 0, np.maximum(enter, ratio), enter)
        leave = np.where(step > 0, np.minimum(leave, ratio), leave)
        possible &= ~((step == 0) & (room < 0))
    return bool((possible & (enter <= leave)).any())


def _is_inside(polygon: list[Coordinates], x: float, y: float) -> bool:
    """Tell whether a point is inside an odd number of the rings of a polygon."""
    crossings = 0
    for ring in polygon:
        (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
        across = (y1 <= y) != (y2 <= y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        crossings += int((across & (at > x)).sum())
    return crossings % 2 == 1
