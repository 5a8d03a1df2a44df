"""Rings that overlap, cross or touch: their pieces cut into slabs and weighted, so that each area counts once.

`coverage` sums areas along rows of pixels, which is exact where rings keep apart. The rows of pixels where they may not
are found here, and cut at every height where a piece ends or two cross: between two such heights no edges cross, and
what is inside follows from their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from ..arrays import NDArray
from .edge_pieces import EdgePieces, by_pixel, row_sums
from .geometries import Integers
from .wkb import Coordinates

# Bounds the memory of one step: about 300 bytes for each piece of an edge.
_PIECES_PER_STEP = 200_000
# Edges that are nearer, in pixels, are looked at as if they touched.
_TOUCHING = 1e-9
_INTEGER = np.int64


def untangle(pieces: EdgePieces) -> EdgePieces:
    """Return pieces that count each area once: those in rows where rings meet, or may, are cut and weighted again."""
    doubtful = np.isin(pieces.strip, _doubtful_strips(pieces))
    if not doubtful.any():
        return pieces
    parts = [pieces.take(~doubtful), *map(_weighed, _slabs(pieces.take(doubtful)))]
    return EdgePieces(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(EdgePieces)))


def _doubtful_strips(pieces: EdgePieces) -> Integers:
    """Return the strips in which pieces may count an area twice, or wrongly.

    These are strips where a share, of a polygon or of all, is not between 0 and 1, those where two rings meet in a
    pixel (they may overlap inside it), and all strips of a ring that touches itself (it may turn round what it
    encloses).
    """
    sums = row_sums(pieces)
    order, first = by_pixel(pieces)
    ring = pieces.ring[order]
    mixed = np.minimum.reduceat(ring, first) != np.maximum.reduceat(ring, first)
    itself = pieces.strip[np.isin(pieces.ring, _touching_rings(pieces, order, first))]
    return np.unique(np.concatenate([sums.doubtful(), sums.strip[mixed], itself, _wrong_polygons(pieces)]))


def _wrong_polygons(pieces: EdgePieces) -> Integers:
    """Return the strips where the share of one of several polygons is not between 0 and 1."""
    width = int(pieces.polygon.max()) + 1
    pairs = np.unique(pieces.strip * width + pieces.polygon)
    strip, polygons = np.unique(pairs // width, return_counts=True)
    some = pieces.take(np.isin(pieces.strip, strip[polygons > 1]))
    if not len(some):
        return some.strip
    return row_sums(replace(some, strip=some.strip * width + some.polygon)).doubtful() // width


def _touching_rings(pieces: EdgePieces, order: Integers, first: Integers) -> Integers:
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


def _touch(one: EdgePieces, other: EdgePieces) -> NDArray[np.bool_]:
    """Tell for pairs of pieces whether they cross or touch, or are so near that rounding may hide it."""
    near = np.ones(len(one), bool)
    for a1, a2, b1, b2 in ((one.x1, one.x2, other.x1, other.x2), (one.y1, one.y2, other.y1, other.y2)):
        near &= np.minimum(a1, a2) <= np.maximum(b1, b2) + _TOUCHING
        near &= np.minimum(b1, b2) <= np.maximum(a1, a2) + _TOUCHING
    return near & (_sides(one, other) <= 0) & (_sides(other, one) <= 0)


def _sides(line: EdgePieces, piece: EdgePieces) -> Coordinates:
    """Return 1 where the ends of pieces are on one side of lines, -1 where on both, 0 where one is on the line."""
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    signs = []
    for x, y in ((piece.x1, piece.y1), (piece.x2, piece.y2)):
        side = dx * (y - line.y1) - dy * (x - line.x1)
        signs.append(np.where(np.abs(side) <= _TOUCHING, 0.0, np.sign(side)))
    return signs[0] * signs[1]


def _slabs(pieces: EdgePieces) -> Iterator[tuple[EdgePieces, Integers]]:
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


def _crossing_heights(pieces: EdgePieces) -> tuple[Integers, Coordinates]:
    """Return where pieces cross inside a pixel: strip and height."""
    strips, heights = [np.empty(0, _INTEGER)], [np.empty(0)]
    for one, other in _pairs(*by_pixel(pieces)):
        a, b = pieces.take(one), pieces.take(other)
        crossing = (_sides(a, b) < 0) & (_sides(b, a) < 0)
        a, b = a.take(crossing), b.take(crossing)
        dx, dy, ex, ey = a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1
        along = ((b.x1 - a.x1) * ey - (b.y1 - a.y1) * ex) / (dx * ey - dy * ex)
        strips.append(a.strip)
        heights.append(a.y1 + np.clip(along, 0.0, 1.0) * dy)
    return np.concatenate(strips), np.concatenate(heights)


def _between(pieces: EdgePieces, top: Coordinates, bottom: Coordinates) -> EdgePieces:
    """Return the part of each piece between two heights, from the lower end up, with the weight still to be given."""
    slope = (pieces.x2 - pieces.x1) / (pieces.y2 - pieces.y1)
    x1, x2 = (
        np.clip(pieces.x1 + (height - pieces.y1) * slope, pieces.column, pieces.column + 1) for height in (bottom, top)
    )
    return EdgePieces(
        pieces.strip, pieces.column, pieces.polygon, pieces.ring, x1, bottom, x2, top, np.ones(len(pieces))
    )


def _weighed(slabs: tuple[EdgePieces, Integers]) -> EdgePieces:
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
