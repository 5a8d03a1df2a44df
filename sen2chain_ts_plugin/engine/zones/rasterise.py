"""Which pixels belong to a geometry, as runs: (zone, row, first column, column after the last).

The rule is that of rasterstats with ``all_touched=False``, pixel for pixel: each geometry is burnt as GDAL burns it
into the window of its own bounds, those of its outer rings. A polygon owns the pixels whose centre is inside (GDAL's
scanline fill: a centre on a left or upper edge is inside, on a right one it is not), a line the pixels of GDAL's line
drawing (Bresenham), a point the pixel that holds it. Here all geometries of a layer are burnt at once, with numpy.

Instead of rasterio.features and rasterstats, which burn one geometry at a time and need rasterio.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..raster.grid import Grid
from .geometries import HOLE, LINE, POINTS, SHELL, Geometries, Integers
from .wkb import Coordinates, Geometry

# Bounds the memory of one step: about 50 bytes for each crossing of an edge with a row of pixels.
_CROSSINGS_PER_STEP = 300_000


@dataclass(frozen=True)
class Runs:
    """Runs of pixels, sorted by zone, row and column, without overlap within a zone; int64 arrays of one length.

    Rows and columns count from the grid's upper left pixel, and go beyond the grid where a geometry does. ``share`` is
    how much of each pixel of a run belongs to the zone, float64 in (0, 1]; None: all of it.
    """

    zone: Integers
    row: Integers
    start: Integers
    stop: Integers
    share: Coordinates | None = None


@dataclass(frozen=True)
class Windows:
    """The window of each geometry in pixels of the grid: first column and row, width and height."""

    column: Integers
    row: Integers
    width: Integers
    height: Integers


def rasterise(geometries: Sequence[Geometry], grid: Grid) -> Runs:
    """Return the runs of pixels of each geometry.

    Parameters
    ----------
    geometries
        in the CRS of the grid; the number of a zone is its position here.
    grid
        where the pixels are.
    """
    geometries = Geometries.of(geometries)
    windows = windows_of(geometries, grid)
    return join(
        [*fill_polygons(geometries, windows, grid), *_lines(geometries, windows, grid), *point_pixels(geometries, grid)]
    )


def join(pieces: list[tuple[Integers, ...]]) -> Runs:
    """Return runs of pixels, given in any order and overlapping, as `Runs`; ``pieces`` is emptied to save memory."""
    if not pieces:
        none = np.empty(0, np.int64)
        return Runs(none, none, none, none)
    zone, row, start, stop = (np.concatenate(columns) for columns in zip(*pieces))
    pieces.clear()
    return _union(zone, row, start, stop)


def windows_of(geometries: Geometries, grid: Grid) -> Windows:
    """Return the window around each geometry: that of its outline, even if a hole leaves it."""
    bounds = np.nan_to_num(geometries.of_parts(geometries.kinds != HOLE).boxes())
    west, south, east, north = bounds.T
    column = np.floor((west - grid.left) / grid.pixel).astype(np.int64)
    row = np.floor((north - grid.top) / -grid.pixel).astype(np.int64)
    # A line along a border of pixels would have a window without width.
    right = np.maximum(np.ceil((east - grid.left) / grid.pixel).astype(np.int64), column + 1)
    bottom = np.maximum(np.ceil((south - grid.top) / -grid.pixel).astype(np.int64), row + 1)
    return Windows(column, row, right - column, bottom - row)


def to_pixels(
    coordinates: Coordinates, zone: Integers, windows: Windows, grid: Grid
) -> tuple[Coordinates, Coordinates]:
    """Return x and y in pixels of each zone's window, by the same floating-point operations as GDAL."""
    left = grid.left + grid.pixel * windows.column[zone]
    top = grid.top - grid.pixel * windows.row[zone]
    x = -left / grid.pixel + coordinates[:, 0] * (1.0 / grid.pixel)
    y = -top / -grid.pixel + coordinates[:, 1] * (1.0 / -grid.pixel)
    return x, y


def fill_polygons(geometries: Geometries, windows: Windows, grid: Grid) -> Iterator[tuple[Integers, ...]]:
    """Yield the runs of the polygons, a bounded number of them at a time."""
    rings = geometries.of_kinds(SHELL, HOLE)
    shells = np.append(np.flatnonzero(rings.kinds == SHELL), len(rings.kinds))
    begin, crossings = 0, 0.0
    for end, more in enumerate(_most_crossings(rings, shells[:-1], grid).tolist(), 1):
        crossings += more
        if crossings > _CROSSINGS_PER_STEP or end == len(shells) - 1:
            yield from _fill(rings, slice(int(shells[begin]), int(shells[end])), windows, grid)
            begin, crossings = end, 0.0


def _most_crossings(rings: Geometries, shells: Integers, grid: Grid) -> Coordinates:
    """Return how often each polygon crosses the centres of rows at most: the rows each edge spans, and one more."""
    if not len(shells):
        return np.empty(0)
    height = np.abs(np.diff(rings.coordinates[:, 1], prepend=0.0))
    height[rings.first[:-1]] = 0  # what leads here from another ring
    counts = np.add.reduceat(height, rings.first[:-1]) / grid.pixel + 2 * rings.lengths
    return np.add.reduceat(counts, shells)


def _fill(all_rings: Geometries, these: slice, windows: Windows, grid: Grid) -> Iterator[tuple[Integers, ...]]:
    """Yield the runs of some polygons, whose rings follow each other."""
    borders = all_rings.first[these.start : these.stop + 1]
    lengths, vertices = np.diff(borders), all_rings.coordinates[borders[0] : borders[-1]]
    polygon = np.repeat(np.cumsum(all_rings.kinds[these] == SHELL, dtype=np.int64), lengths)
    zone = np.repeat(all_rings.zone_of_part[these], lengths)
    x, y = to_pixels(vertices, zone, windows, grid)
    # The edge of each vertex comes from the vertex before it; the first of a ring from its last.
    first = np.cumsum(lengths) - lengths
    before = np.arange(len(x)) - 1
    before[first] = first + lengths - 1
    x1, y1, x2, y2 = x[before], y[before], x, y

    level = np.flatnonzero((y1 == y2) & (x1 != x2) & (y2 - np.floor(y2) == 0.5))
    if len(level):
        # GDAL walks every ring clockwise and burns the edges through pixel centres that go left: the lower ones.
        ring = np.repeat(np.arange(len(lengths)), lengths)[level]
        rings = np.split(vertices, first[1:])
        clockwise = {number: _is_clockwise(rings[number]) for number in np.unique(ring).tolist()}
        left = (x1 > x2)[level] == np.array([clockwise[number] for number in ring.tolist()])
        level = level[left]
        west, east = np.minimum(x1, x2)[level], np.maximum(x1, x2)[level]
        yield clip(zone[level], np.floor(y2[level]).astype(np.int64), _columns(west), _columns(east), windows)

    upward = y1 > y2
    xa, ya = np.where(upward, x2, x1), np.where(upward, y2, y1)
    xb, yb = np.where(upward, x1, x2), np.where(upward, y1, y2)
    height = windows.height[zone]
    low = np.maximum(np.floor(ya - 0.5).astype(np.int64), 0)
    high = np.minimum(np.ceil(yb - 0.5).astype(np.int64), height - 1)
    count = np.where(ya == yb, 0, np.maximum(high - low + 1, 0))
    edge = np.repeat(np.arange(len(count)), count)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + low[edge]
    centre = row + 0.5
    crossed = (centre >= ya[edge]) & (centre < yb[edge])
    edge, row, centre = edge[crossed], row[crossed], centre[crossed]
    crossing = (centre - ya[edge]) * (xb[edge] - xa[edge]) / (yb[edge] - ya[edge]) + xa[edge]

    # Sorted by polygon, row and column, crossings come in pairs: into the polygon, out of it.
    order = np.lexsort((crossing, polygon[edge] * (int(height.max()) + 1) + row))
    column = _columns(crossing[order])
    yield clip(zone[edge][order][::2], row[order][::2], column[::2], column[1::2], windows)


def _is_clockwise(ring: Coordinates) -> bool:
    """Tell the direction of a closed ring at its lowest rightmost vertex, as GDAL does; it may cross itself."""
    x, y = ring[:-1, 0], ring[:-1, 1]
    pivots = np.flatnonzero(y == y.min())
    pivots = pivots[x[pivots] == x[pivots].max()]
    corner = pivots[0]
    before, after = (ring[:-1][(corner + step) % len(x)] - ring[corner] for step in (-1, 1))
    near = min(np.abs(before).max(), np.abs(after).max()) < 1e-5
    turn = after[0] * before[1] - before[0] * after[1]
    if len(pivots) == 1 and not near and turn != 0:
        return bool(turn < 0)
    return bool((x * (np.roll(y, -1) - np.roll(y, 1))).sum() < 0)


def _columns(x: Coordinates) -> Integers:
    """Return the first column whose centre is at or right of x."""
    return np.floor(x + 0.5).astype(np.int64)


def clip(zone: Integers, row: Integers, start: Integers, stop: Integers, windows: Windows) -> tuple[Integers, ...]:
    """Cut runs at the windows of their zones, drop the empty ones, and count from the grid's corner."""
    start = np.maximum(start, 0)
    stop = np.minimum(stop, windows.width[zone])
    keep = (start < stop) & (row >= 0) & (row < windows.height[zone])
    zone, row, start, stop = zone[keep], row[keep], start[keep], stop[keep]
    column = windows.column[zone]
    return zone, row + windows.row[zone], start + column, stop + column


def _lines(geometries: Geometries, windows: Windows, grid: Grid) -> Iterator[tuple[Integers, ...]]:
    lines = geometries.of_kinds(LINE)
    for number, begin, end in zip(lines.zone_of_part.tolist(), lines.first.tolist(), lines.first[1:].tolist()):
        if end - begin < 2:
            continue
        zone = np.full(end - begin, number)
        x, y = (
            np.floor(values).astype(np.int64) for values in to_pixels(lines.coordinates[begin:end], zone, windows, grid)
        )
        column, row = _bresenham(x, y)
        yield clip(np.full(len(column), number), row, column, column + 1, windows)


def _bresenham(x: Integers, y: Integers) -> tuple[Integers, Integers]:
    """Return the columns and rows of the pixels of a line through these pixels, as GDAL draws it."""
    dx, dy = np.abs(np.diff(x)), np.abs(np.diff(y))
    long, short = np.maximum(dx, dy), np.minimum(dx, dy)
    segment = np.repeat(np.arange(len(long)), long + 1)
    along = np.arange(len(segment)) - np.repeat(np.cumsum(long + 1) - (long + 1), long + 1)
    # How often the drawing has stepped aside after `along` steps, from its integer error term, in closed form.
    aside = (2 * short[segment] * along + long[segment]) // np.maximum(2 * long, 1)[segment]
    flat = (dx >= dy)[segment]
    step_x, step_y = np.where(x[:-1] > x[1:], -1, 1)[segment], np.where(y[:-1] > y[1:], -1, 1)[segment]
    column = x[:-1][segment] + step_x * np.where(flat, along, aside)
    row = y[:-1][segment] + step_y * np.where(flat, aside, along)
    return column, row


def point_pixels(geometries: Geometries, grid: Grid) -> Iterator[tuple[Integers, ...]]:
    """Yield the pixels that hold the points."""
    held = geometries.of_kinds(POINTS)
    points = held.coordinates
    if not len(points):
        return
    zone = np.repeat(held.zone_of_part, held.lengths)
    column = np.floor((points[:, 0] - grid.left) / grid.pixel).astype(np.int64)
    row = np.floor((points[:, 1] - grid.top) / -grid.pixel).astype(np.int64)
    yield zone, row, column, column + 1


def _union(zone: Integers, row: Integers, start: Integers, stop: Integers) -> Runs:
    """Sort runs, and join those of a zone that overlap or touch."""
    if not len(zone):
        return Runs(zone, row, start, stop)
    # On one long axis, line after line with a gap between them, overlaps show in the running maximum of the ends. (In
    # place where it can be: of a layer of 100 000 zones each array is 10 MB.)
    left, top = int(start.min()), int(row.min())
    length = int(stop.max()) - left + 2
    begin = zone * (int(row.max()) - top + 1)
    begin += row - top
    begin *= length
    begin += start - left
    order = np.argsort(begin, kind="stable")
    begin = begin[order]
    reach = (stop - start)[order]
    reach += begin
    np.maximum.accumulate(reach, out=reach)
    first = np.ones(len(begin), bool)
    first[1:] = begin[1:] > reach[:-1]
    last = np.append(np.flatnonzero(first)[1:] - 1, len(begin) - 1)
    length_of_run = reach[last] - begin[first]
    kept = order[first]
    del begin, reach, first, last, order
    start = start[kept]
    return Runs(zone[kept], row[kept], start, start + length_of_run)
