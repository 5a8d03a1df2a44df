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
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..raster.grid import Grid
from .edge_pieces import EdgePieces, row_sums
from .geometries import Integers, extents
from .rasterise import Runs
from .slabs import untangle
from .wkb import Coordinates, Geometry

# Bounds the memory of one step: about 300 bytes for each piece of an edge.
_PIECES_PER_STEP = 200_000
# Shares are multiples of this.
_UNIT = 2.0**-40
_INTEGER = np.int64


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
        the least share of a pixel that counts; 0 to 1.

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
        runs = _integrate(strips, untangle(pieces))
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


def _cut_edges(geometries: Sequence[Geometry], zones: list[int], grid: Grid) -> tuple[_Strips, EdgePieces]:
    """Return the edges of some zones, cut at the borders of pixels; ring after ring."""
    polygons = [(at, rings) for at, zone in enumerate(zones) for rings in geometries[zone].polygons]
    rings = [ring for _, some in polygons for ring in some]
    zone_of, polygon_of, place_of = (np.array(values, _INTEGER) for values in zip(*_owners(polygons)))
    lengths = np.array([len(ring) for ring in rings], _INTEGER)
    ring = np.repeat(np.arange(len(rings)), lengths)
    vertices = np.concatenate(rings)
    boxes = extents(vertices, np.cumsum(lengths) - lengths)
    strips = _strips(np.array(zones, _INTEGER), boxes, zone_of, grid)

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
    return strips, EdgePieces(strip, column, polygon_of[ring], ring, x1, y1, x2, y2, weight[ring])


def _owners(polygons: Sequence[tuple[int, list[Coordinates]]]) -> Iterator[tuple[int, int, int]]:
    """Yield of each ring the position of its zone, the number of its polygon, and its place in it."""
    for number, (at, rings) in enumerate(polygons):
        for place in range(len(rings)):
            yield at, number, place


def _strips(zones: Integers, boxes: Coordinates, at: Integers, grid: Grid) -> _Strips:
    """Return the rows of pixels of the windows around some zones, given the extent and the zone of each ring."""
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


def _integrate(strips: _Strips, pieces: EdgePieces) -> _Shares:
    """Return what the pieces of edges enclose of each pixel, as runs of one share; those of no share among them."""
    found = row_sums(pieces)
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
