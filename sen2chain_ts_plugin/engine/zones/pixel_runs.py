"""Zones of a layer on a grid: runs of pixels per block, made once and used for every product of that grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Grid, Window
from .pixel_rules import CENTRE_RULE, PixelRule
from .wkb import Coordinates, Geometry, extents

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
        """Return the rectangle around the pixels of each zone in the block, see `raster.Boxes`."""
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


def rasterise_zones(geometries: Sequence[Geometry], grid: Grid, rule: PixelRule = CENTRE_RULE) -> ZonePixels:
    """Rasterise the zones that meet a grid and sort their runs by block.

    Parameters
    ----------
    geometries
        one per zone of the layer, in the CRS of the grid.
    grid
        of the raster.
    rule
        which pixels belong to a zone.
    """
    close = near(geometries, grid.bounds)
    runs = rule.burn([geometries[number] for number in close], grid)
    pixels = np.bincount(runs.zone, runs.stop - runs.start, len(close)).astype(np.int64)

    start, stop = np.maximum(runs.start, 0), np.minimum(runs.stop, grid.width)
    inside = (start < stop) & (runs.row >= 0) & (runs.row < grid.height)
    # A zone with pixels outside the raster only stays: it has pixels, all of them without data.
    present = np.flatnonzero(pixels)
    area: NDArray[np.float64] | None = None
    outside: NDArray[np.float64] | None = None
    share: NDArray[np.float64] | None = None
    if runs.share is not None:
        length = runs.stop - runs.start
        beyond = length - np.where(inside, stop - start, 0)
        area = np.bincount(runs.zone, runs.share * length, len(close))[present].astype(np.float64)
        outside = np.bincount(runs.zone, runs.share * beyond, len(close))[present].astype(np.float64)
        share = runs.share[inside]
    zone, row, start, stop = runs.zone[inside], runs.row[inside], start[inside], stop[inside]
    del runs, inside  # of a large layer these arrays are the memory
    zone = np.searchsorted(present, zone)

    # Cut each run at the borders of the blocks it crosses.
    first, last = start // grid.block_width, (stop - 1) // grid.block_width
    count = last - first + 1
    piece = np.repeat(np.arange(len(zone)), count)
    column = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count) + first[piece]
    del first, last, count
    zone, row = zone[piece], row[piece]
    share = None if share is None else share[piece]
    start = np.maximum(start[piece], column * grid.block_width)
    stop = np.minimum(stop[piece], (column + 1) * grid.block_width)
    block = (row // grid.block_height) * grid.block_columns + column
    del piece, column
    pairs = np.unique(block * max(len(present), 1) + zone)
    blocks_of = np.bincount(pairs % max(len(present), 1), minlength=len(present)).astype(np.int64)
    del pairs
    pixels = pixels[present]
    batch = _batches(pixels)[zone]
    order = np.lexsort((block, batch) if share is None else (share, zone, block, batch))
    blocks = [
        _cut_blocks(grid, block, zone, row, start, stop, share, order[batch[order] == number])
        for number in range(int(batch.max(initial=0)) + 1)
    ]
    return ZonePixels(grid, np.array(close, np.int64)[present], pixels, blocks_of, blocks, area, outside)


def _batches(pixels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each zone in which list of blocks it goes."""
    large = pixels > LARGE_ZONE
    batch: NDArray[np.int64] = np.zeros(len(pixels), np.int64)
    batch[large] = np.arange(int(large.sum())) // LARGE_ZONES_AT_ONCE
    return batch


def _cut_blocks(
    grid: Grid,
    block: NDArray[np.int64],
    zone: NDArray[np.int64],
    row: NDArray[np.int64],
    start: NDArray[np.int64],
    stop: NDArray[np.int64],
    share: NDArray[np.float64] | None,
    order: NDArray[np.int64],
) -> list[BlockRuns]:
    if not len(order):
        return []
    borders = np.flatnonzero(np.diff(block[order])) + 1
    result = []
    for part in np.split(order, borders):
        window = _window(grid, int(block[part[0]]))
        first = (row[part] - window.row) * window.width + (start[part] - window.column)
        length = stop[part] - start[part]
        of_zone, first, length = (values.astype(np.int32) for values in (zone[part], first, length))
        result.append(BlockRuns(window, of_zone, first, length, None if share is None else share[part]))
    return result


def _window(grid: Grid, block: int) -> Window:
    """Return the window of a block, counted row by row."""
    column = block % grid.block_columns * grid.block_width
    row = block // grid.block_columns * grid.block_height
    return Window(column, row, min(grid.block_width, grid.width - column), min(grid.block_height, grid.height - row))


def near(geometries: Sequence[Geometry], bounds: tuple[float, float, float, float]) -> list[int]:
    """Return the numbers of the geometries of which a part has an extent that meets a rectangle."""
    west, south, east, north = bounds
    parts = [geometry.parts() for geometry in geometries]
    owner = np.repeat(np.arange(len(parts)), [len(some) for some in parts])
    left, low, right, high = extents(part for some in parts for part in some).T
    meets = (left <= east) & (right >= west) & (low <= north) & (high >= south)
    numbers: list[int] = np.unique(owner[meets]).tolist()
    return numbers


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
