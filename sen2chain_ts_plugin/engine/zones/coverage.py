"""How much of each pixel polygons cover: exact shares of its area, by integration along the edges.

Every edge is cut at the borders of the pixels it crosses. A piece inside one pixel adds, from its place to the right
end of its row, its height times what of the pixel is right of it (in its own pixel) or the whole width (in all others):
summed along the row, the pieces of a ring that goes round give the area inside it. This is exact where rings do not
touch; rows of pixels where they may are cut once more, into slabs in which no two edges cross, and there the pieces
count by the rule of `wkb.Geometry`: inside an odd number of the rings of a polygon, inside one of the polygons.

Shares are rounded to 2**-40 of a pixel (1e-10 m² at 10 m), far below what coordinates are good for, so that sums of
them are exact and a whole pixel is exactly 1. exactextract does the same in C++, and has no binary for QGIS's Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Grid
from .rasterise import Integers, Runs
from .wkb import Coordinates, Geometry, extents

# Bounds the memory of one step: about 300 bytes for each piece of an edge.
_PIECES_PER_STEP = 200_000
# Shares are multiples of this.
_UNIT = 2.0**-40
# What of a share is not explained by rounding, in pixels: rings overlap there.
_TOO_MUCH = 1e-9
# Edges that are nearer, in pixels, are looked at as if they touched.
_TOUCHING = 1e-9
_INTEGER = np.int64


@dataclass(frozen=True)
class _Pieces:
    """Pieces of edges, each inside one pixel; arrays of one length.

    Attributes
    ----------
    strip
        number of the row of pixels of a zone.
    column
        of the pixel, from the left of the window of the zone.
    polygon, ring
        to which the piece belongs.
    x1, y1, x2, y2
        its ends, in pixels of the window, y downwards.
    weight
        what an area right of the piece counts, by the direction of the ring: 1 or -1.
    """

    strip: Integers
    column: Integers
    polygon: Integers
    ring: Integers
    x1: Coordinates
    y1: Coordinates
    x2: Coordinates
    y2: Coordinates
    weight: Coordinates

    def __len__(self) -> int:
        return len(self.strip)

    def take(self, which: NDArray[np.bool_] | Integers) -> _Pieces:
        return _Pieces(*(getattr(self, each.name)[which] for each in fields(self)))


@dataclass(frozen=True)
class _Strips:
    """The rows of pixels of some zones, zone after zone.

    Attributes
    ----------
    zone
        number of each zone.
    row, column
        the upper left pixel of the window around each zone, counted from that of the grid.
    first
        number of the first strip of each zone, one above its window.
    """

    zone: Integers
    row: Integers
    column: Integers
    first: Integers


def cover(geometries: Sequence[Geometry], grid: Grid, least: float = 0.0) -> Runs:
    """Return the pixels that each geometry covers, as runs of one share.

    Parameters
    ----------
    geometries
        polygons, in the CRS of the grid; the number of a zone is its position here.
    grid
        where the pixels are.
    least
        pixels of which less is covered are left out; 0 to 1.

    Returns
    -------
    Runs
        sorted by zone, row and column, with ``share`` in (0, 1].
    """
    none = np.empty(0, _INTEGER)
    found = [_Shares(none, none, none, none, np.empty(0))]
    for zones in _batches(geometries, grid):
        strips, pieces = _cut_edges(geometries, zones, grid)
        if not len(pieces):
            continue  # all corners of each zone are one
        runs = _integrate(strips, _untangle(pieces))
        keep = (runs.share > 0) & (runs.share >= least)
        found.append(_Shares(runs.zone[keep], runs.row[keep], runs.start[keep], runs.stop[keep], runs.share[keep]))
    return Runs(*map(np.concatenate, zip(*found)))


def _batches(geometries: Sequence[Geometry], grid: Grid) -> Iterator[list[int]]:
    """Yield numbers of geometries that have polygons, some at a time."""
    batch: list[int] = []
    pieces = 0.0
    for number, geometry in enumerate(geometries):
        if not geometry.polygons:
            continue
        batch.append(number)
        for ring in (ring for polygon in geometry.polygons for ring in polygon):
            pieces += np.abs(np.diff(ring, axis=0)).sum() / grid.pixel + 3 * len(ring)
        if pieces > _PIECES_PER_STEP:
            yield batch
            batch, pieces = [], 0.0
    if batch:
        yield batch


def _cut_edges(geometries: Sequence[Geometry], zones: list[int], grid: Grid) -> tuple[_Strips, _Pieces]:
    """Return the edges of some zones, cut at the borders of pixels; ring after ring."""
    polygons = [(at, rings) for at, zone in enumerate(zones) for rings in geometries[zone].polygons]
    rings = [ring for _, some in polygons for ring in some]
    zone_of, polygon_of, place_of = (np.array(values, _INTEGER) for values in zip(*_owners(polygons)))
    strips = _strips(np.array(zones, _INTEGER), rings, zone_of, grid)

    lengths = np.array([len(ring) for ring in rings], _INTEGER)
    ring = np.repeat(np.arange(len(rings)), lengths)
    vertices = np.concatenate(rings)
    x = (vertices[:, 0] - (grid.left + grid.pixel * strips.column[zone_of][ring])) / grid.pixel
    y = ((grid.top - grid.pixel * strips.row[zone_of][ring]) - vertices[:, 1]) / grid.pixel
    weight = _directions(x, y, lengths) * np.where(place_of == 0, 1.0, -1.0)

    end = np.flatnonzero(ring[1:] == ring[:-1]) + 1
    edge, px, py = _cut_at_borders(x[end - 1], y[end - 1], x[end], y[end])
    here = (edge[1:] == edge[:-1]) & ((px[1:] != px[:-1]) | (py[1:] != py[:-1]))
    x1, y1, x2, y2 = px[:-1][here], py[:-1][here], px[1:][here], py[1:][here]
    ring = ring[end][edge[:-1][here]]
    row = np.floor((y1 + y2) / 2).astype(_INTEGER)
    column = np.floor((x1 + x2) / 2).astype(_INTEGER)
    strip = strips.first[zone_of[ring]] + 1 + row
    return strips, _Pieces(strip, column, polygon_of[ring], ring, x1, y1, x2, y2, weight[ring])


def _owners(polygons: Sequence[tuple[int, list[Coordinates]]]) -> Iterator[tuple[int, int, int]]:
    """Yield of each ring the position of its zone, the number of its polygon, and its place in it."""
    for number, (at, rings) in enumerate(polygons):
        for place in range(len(rings)):
            yield at, number, place


def _strips(zones: Integers, rings: Sequence[Coordinates], at: Integers, grid: Grid) -> _Strips:
    """Return the rows of pixels of the windows around some zones, given their rings and the zone of each ring."""
    boxes = extents(rings)
    begin = np.flatnonzero(np.diff(at, prepend=-1))
    west, south = np.minimum.reduceat(boxes[:, :2], begin).T
    north = np.maximum.reduceat(boxes[:, 3], begin)
    column = np.floor((west - grid.left) / grid.pixel).astype(_INTEGER)
    row = np.floor((grid.top - north) / grid.pixel).astype(_INTEGER)
    # One more at each end, for what rounding moves across the border.
    rows = np.ceil((grid.top - south) / grid.pixel).astype(_INTEGER) - row + 2
    return _Strips(zones, row, column, np.cumsum(rows) - rows)


def _directions(x: Coordinates, y: Coordinates, lengths: Integers) -> Coordinates:
    """Return for each ring the weight of its edges that makes the area inside it positive."""
    first = np.cumsum(lengths) - lengths
    x, y = x - np.repeat(x[first], lengths), y - np.repeat(y[first], lengths)
    twice = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
    twice[first[1:] - 1] = 0.0  # from one ring to the next
    # With y downwards, an edge that goes up has its ring on the right where the ring is clockwise to the eye.
    return np.where(np.add.reduceat(twice, first) > 0, 1.0, -1.0)


def _cut_at_borders(
    x1: Coordinates, y1: Coordinates, x2: Coordinates, y2: Coordinates
) -> tuple[Integers, Coordinates, Coordinates]:
    """Return the ends of each edge and where it crosses borders of pixels, in order: edge, x and y of each point."""
    edge = np.arange(len(x1))
    across, x_cut, x_share = _crossings(x1, x2)
    down, y_cut, y_share = _crossings(y1, y2)
    edges = np.concatenate([edge, across, down, edge])
    share = np.concatenate([np.zeros(len(edge)), x_share, y_share, np.ones(len(edge))])
    px = np.concatenate([x1, x_cut, x1[down] + y_share * (x2 - x1)[down], x2])
    py = np.concatenate([y1, y1[across] + x_share * (y2 - y1)[across], y_cut, y2])
    order = np.lexsort((share, edges))
    return edges[order], px[order], py[order]


def _crossings(start: Coordinates, end: Coordinates) -> tuple[Integers, Coordinates, Coordinates]:
    """Return where edges cross whole numbers: edge, number, and share of the way."""
    low, high = np.floor(np.minimum(start, end)), np.ceil(np.maximum(start, end))
    count = np.maximum(high - low - 1, 0).astype(_INTEGER)
    edge = np.repeat(np.arange(len(count)), count)
    number = low[edge] + 1 + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    return edge, number, (number - start[edge]) / (end - start)[edge]


class _Shares(NamedTuple):
    """The columns of `Runs`."""

    zone: Integers
    row: Integers
    start: Integers
    stop: Integers
    share: Coordinates


def _integrate(strips: _Strips, pieces: _Pieces) -> _Shares:
    """Return what the pieces of edges enclose of each pixel, as runs of one share; those of no share among them."""
    found = _row_sums(pieces)
    following = np.append(found.column[1:], 0)
    gap = np.flatnonzero((np.append(found.strip[1:], -1) == found.strip) & (following > found.column + 1))
    place = np.concatenate([np.arange(len(found.strip)), gap])
    share = np.concatenate([found.share, found.after[gap]])
    start = np.concatenate([found.column, found.column[gap] + 1])
    stop = np.concatenate([found.column + 1, following[gap]])
    order = np.lexsort((start, place))
    strip, start, stop = found.strip[place[order]], start[order], stop[order]
    share = np.clip(np.rint(share[order] / _UNIT) * _UNIT, 0.0, 1.0)
    at = np.searchsorted(strips.first, strip, side="right") - 1
    row = strips.row[at] + strip - strips.first[at] - 1
    return _Shares(strips.zone[at], row, start + strips.column[at], stop + strips.column[at], share)


@dataclass(frozen=True)
class _RowSums:
    """The pixels that edges cross, row by row: the share of each, and that of the pixels from there to the next."""

    strip: Integers
    column: Integers
    share: Coordinates
    after: Coordinates

    def doubtful(self) -> Integers:
        """Return the strips of shares that are not between 0 and 1."""
        shares = np.stack([self.share, self.after])
        return self.strip[((shares < -_TOO_MUCH) | (shares > 1 + _TOO_MUCH)).any(axis=0)]


def _row_sums(pieces: _Pieces) -> _RowSums:
    order, first = _by_pixel(pieces)
    height = pieces.weight * (pieces.y1 - pieces.y2)
    area = height * (pieces.column + 1 - (pieces.x1 + pieces.x2) / 2)
    strip, column = pieces.strip[order[first]], pieces.column[order[first]]
    heights, areas = (np.add.reduceat(each[order], first) for each in (height, area))
    begin = np.flatnonzero(np.diff(strip, prepend=-1))
    after = np.cumsum(heights)
    after -= np.repeat((after - heights)[begin], np.diff(begin, append=len(strip)))
    return _RowSums(strip, column, after - heights + areas, after)


def _by_pixel(pieces: _Pieces) -> tuple[Integers, Integers]:
    """Return the order of pieces by strip and column, and where in it each pixel begins."""
    low = int(pieces.column.min(initial=0))
    key = pieces.strip * (int(pieces.column.max(initial=0)) - low + 1) + (pieces.column - low)
    order = np.argsort(key, kind="stable")
    return order, np.flatnonzero(np.diff(key[order], prepend=-1))


def _untangle(pieces: _Pieces) -> _Pieces:
    """Return pieces that count each area once: those in rows where rings meet, or may, are cut and weighted anew."""
    doubtful = np.isin(pieces.strip, _doubtful_strips(pieces))
    if not doubtful.any():
        return pieces
    parts = [pieces.take(~doubtful), *map(_weighed, _slabs(pieces.take(doubtful)))]
    return _Pieces(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(_Pieces)))


def _doubtful_strips(pieces: _Pieces) -> Integers:
    """Return the strips in which pieces may count an area twice, or wrongly.

    These are strips where a share, of a polygon or of all, is not between 0 and 1, those where two rings meet in a
    pixel (they may overlap inside it), and all strips of a ring that touches itself (it may turn round what it
    encloses).
    """
    sums = _row_sums(pieces)
    order, first = _by_pixel(pieces)
    ring = pieces.ring[order]
    mixed = np.minimum.reduceat(ring, first) != np.maximum.reduceat(ring, first)
    itself = pieces.strip[np.isin(pieces.ring, _touching_rings(pieces, order, first))]
    return np.unique(np.concatenate([sums.doubtful(), sums.strip[mixed], itself, _wrong_polygons(pieces)]))


def _wrong_polygons(pieces: _Pieces) -> Integers:
    """Return the strips where the share of one of several polygons is not between 0 and 1."""
    width = int(pieces.polygon.max()) + 1
    pairs = np.unique(pieces.strip * width + pieces.polygon)
    strip, polygons = np.unique(pairs // width, return_counts=True)
    some = pieces.take(np.isin(pieces.strip, strip[polygons > 1]))
    if not len(some):
        return some.strip
    return _row_sums(replace(some, strip=some.strip * width + some.polygon)).doubtful() // width


def _touching_rings(pieces: _Pieces, order: Integers, first: Integers) -> Integers:
    """Return the rings that touch or cross themselves inside a pixel, given the order of the pieces by pixel."""
    begin, end = np.searchsorted(pieces.ring, pieces.ring), _last_of_each(pieces.ring)
    touching = [np.empty(0, _INTEGER)]
    for one, other in _pairs(order, first):
        low, high = np.minimum(one, other), np.maximum(one, other)
        neighbours = (high - low == 1) | ((low == begin[low]) & (high == end[high]))
        check = (pieces.ring[one] == pieces.ring[other]) & ~neighbours
        first_of_pair, second_of_pair = pieces.take(one[check]), pieces.take(other[check])
        touching.append(first_of_pair.ring[_touch(first_of_pair, second_of_pair)])
    return np.concatenate(touching)


def _pairs(order: Integers, first: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield the pairs of pieces in one pixel, given their order by pixel and where each pixel begins."""
    last = np.repeat(np.append(first[1:], len(order)) - 1, np.diff(first, append=len(order)))
    at = np.flatnonzero(last > np.arange(len(order)))
    step = 1
    while len(at):
        yield order[at], order[at + step]
        step += 1
        at = at[at + step <= last[at]]


def _touch(one: _Pieces, other: _Pieces) -> NDArray[np.bool_]:
    """Tell for pairs of pieces whether they cross or touch, or are so near that rounding may hide it."""
    near = np.ones(len(one), bool)
    for a1, a2, b1, b2 in ((one.x1, one.x2, other.x1, other.x2), (one.y1, one.y2, other.y1, other.y2)):
        near &= np.minimum(a1, a2) <= np.maximum(b1, b2) + _TOUCHING
        near &= np.minimum(b1, b2) <= np.maximum(a1, a2) + _TOUCHING
    return near & (_sides(one, other) <= 0) & (_sides(other, one) <= 0)


def _sides(line: _Pieces, piece: _Pieces) -> Coordinates:
    """Return 1 where the ends of pieces are on one side of lines, -1 where on both, 0 where one is on the line."""
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    signs = []
    for x, y in ((piece.x1, piece.y1), (piece.x2, piece.y2)):
        side = dx * (y - line.y1) - dy * (x - line.x1)
        signs.append(np.where(np.abs(side) <= _TOUCHING, 0.0, np.sign(side)))
    return signs[0] * signs[1]


def _slabs(pieces: _Pieces) -> Iterator[tuple[_Pieces, Integers]]:
    """Cut pieces at every height where one ends or two cross; yield them with the number of their slab."""
    strip, height = _crossing_heights(pieces)
    size = len(pieces)
    strip = np.concatenate([pieces.strip, pieces.strip, strip])
    height = np.concatenate([pieces.y1, pieces.y2, height])
    order = np.lexsort((height, strip))
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(strip[order]) != 0) | (np.diff(height[order]) != 0)
    level = np.empty(len(order), _INTEGER)
    level[order] = np.cumsum(new) - 1
    heights = height[order][new]
    low, high = np.minimum(level[:size], level[size : 2 * size]), np.maximum(level[:size], level[size : 2 * size])
    by_strip = np.argsort(pieces.strip, kind="stable")
    reach = np.cumsum((high - low)[by_strip])
    # Whole strips at a time, as many as make the pieces of one step.
    share = np.maximum.accumulate((reach // _PIECES_PER_STEP)[_last_of_each(pieces.strip[by_strip])])
    for part in np.split(by_strip, np.flatnonzero(np.diff(share)) + 1):
        count = (high - low)[part]
        piece = np.repeat(part, count)
        slab = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count) + low[piece]
        yield _between(pieces.take(piece), heights[slab], heights[slab + 1]), slab


def _last_of_each(values: Integers) -> Integers:
    """Return for each of some ascending values the position of the last that is the same."""
    return np.searchsorted(values, values, side="right") - 1


def _crossing_heights(pieces: _Pieces) -> tuple[Integers, Coordinates]:
    """Return where pieces cross inside a pixel: strip and height."""
    strips, heights = [np.empty(0, _INTEGER)], [np.empty(0)]
    for one, other in _pairs(*_by_pixel(pieces)):
        a, b = pieces.take(one), pieces.take(other)
        crossing = (_sides(a, b) < 0) & (_sides(b, a) < 0)
        a, b = a.take(crossing), b.take(crossing)
        dx, dy, ex, ey = a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1
        along = ((b.x1 - a.x1) * ey - (b.y1 - a.y1) * ex) / (dx * ey - dy * ex)
        strips.append(a.strip)
        heights.append(a.y1 + np.clip(along, 0.0, 1.0) * dy)
    return np.concatenate(strips), np.concatenate(heights)


def _between(pieces: _Pieces, top: Coordinates, bottom: Coordinates) -> _Pieces:
    """Return the part of each piece between two heights, from the lower end up, with the weight still to be given."""
    slope = (pieces.x2 - pieces.x1) / (pieces.y2 - pieces.y1)
    x1, x2 = (
        np.clip(pieces.x1 + (height - pieces.y1) * slope, pieces.column, pieces.column + 1) for height in (bottom, top)
    )
    return _Pieces(pieces.strip, pieces.column, pieces.polygon, pieces.ring, x1, bottom, x2, top, np.ones(len(pieces)))


def _weighed(slabs: tuple[_Pieces, Integers]) -> _Pieces:
    """Return the pieces that bound the area in a slab: 1 where it begins to the right of one, -1 where it ends."""
    pieces, slab = slabs
    middle = (pieces.x1 + pieces.x2) / 2
    order = np.lexsort((middle, pieces.polygon, slab))
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(slab[order]) != 0) | (np.diff(pieces.polygon[order]) != 0)
    place = np.arange(len(order)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    step = np.empty(len(order), _INTEGER)
    step[order] = 1 - 2 * (place % 2)  # into the polygon, out of it
    order = np.lexsort((middle, slab))
    polygons = np.cumsum(step[order])
    begin = np.flatnonzero(np.diff(slab[order], prepend=-1))
    polygons -= np.repeat((polygons - step[order])[begin], np.diff(begin, append=len(order)))
    weight = (polygons > 0).astype(float) - (polygons - step[order] > 0)
    keep = weight != 0
    return replace(pieces.take(order[keep]), weight=weight[keep])
