"""Pieces of the edges of polygons, each inside one pixel, and what they enclose row by row: the parts of `coverage`."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ..arrays import NDArray
from .geometries import Integers
from .wkb import Coordinates

# What of a share is not explained by rounding, in pixels: rings overlap there.
_TOO_MUCH = 1e-9


@dataclass(frozen=True)
class EdgePieces:
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

    def take(self, which: NDArray[np.bool_] | Integers) -> EdgePieces:
        """Return some of the pieces."""
        return EdgePieces(*(getattr(self, each.name)[which] for each in fields(self)))


@dataclass(frozen=True)
class RowSums:
    """The pixels that edges cross, row by row: the share of each, and that of the pixels from there to the next."""

    strip: Integers
    column: Integers
    share: Coordinates
    after: Coordinates

    def doubtful(self) -> Integers:
        """Return the strips of shares that are not between 0 and 1."""
        shares = np.stack([self.share, self.after])
        return self.strip[((shares < -_TOO_MUCH) | (shares > 1 + _TOO_MUCH)).any(axis=0)]


def row_sums(pieces: EdgePieces) -> RowSums:
    """Sum the areas right of pieces along the rows of pixels."""
    order, first = by_pixel(pieces)
    height = pieces.weight * (pieces.y1 - pieces.y2)
    area = height * (pieces.column + 1 - (pieces.x1 + pieces.x2) / 2)
    strip, column = pieces.strip[order[first]], pieces.column[order[first]]
    heights, areas = (np.add.reduceat(each[order], first) for each in (height, area))
    begin = np.flatnonzero(np.diff(strip, prepend=-1))
    after = np.cumsum(heights)
    after -= np.repeat((after - heights)[begin], np.diff(begin, append=len(strip)))
    return RowSums(strip, column, after - heights + areas, after)


def by_pixel(pieces: EdgePieces) -> tuple[Integers, Integers]:
    """Return the order of pieces by strip and column, and where in it each pixel begins."""
    low = int(pieces.column.min(initial=0))
    key = pieces.strip * (int(pieces.column.max(initial=0)) - low + 1) + (pieces.column - low)
    order = np.argsort(key, kind="stable")
    return order, np.flatnonzero(np.diff(key[order], prepend=-1))
