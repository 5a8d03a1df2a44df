"""Masks eroded and dilated, in numpy; it replaces scipy.ndimage, which QGIS does not bring along.

A kernel here is symmetric and convex, so it is described by how high it is over each column: ``reach[d]`` is the
largest vertical distance of a pixel of the kernel d columns from its centre. A pixel is then in the dilated
mask when, in some column at distance d, a masked pixel is at most ``reach[d]`` rows away: one pass for these vertical
distances, and one comparison per column of the kernel, whatever its height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..arrays import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Kernel:
    """A symmetric convex kernel.

    Attributes
    ----------
    reach
        the largest vertical distance from the centre, in pixels, by horizontal distance; at least one value.
    """

    reach: tuple[int, ...]

    @property
    def margin(self) -> int:
        """How many pixels around an area have to be known for the area to be exact."""
        return max(len(self.reach) - 1, *self.reach)


def disc(radius: int) -> Kernel:
    """Return the pixels whose centres are at most ``radius`` pixels away."""
    return Kernel(tuple(math.isqrt(radius * radius - column * column) for column in range(radius + 1)))


# Of Sen2Chain's CM001: 11 x 11 pixels, rows of 3 7 9 9 11 11 11 9 9 7 3 ones.
CM001_KERNEL = Kernel((5, 5, 4, 4, 3, 1))


def octagon(iterations: int) -> Kernel:
    """Return the kernel that dilates as often with 5 x 5 pixels without the corners, as Sen2Chain's CM003 and CM004.

    One step reaches 2 pixels along an axis, and 3 along both together; so do i steps i times as far, and inside a
    rectangle there is always a way that does not leave it.
    """
    return Kernel(tuple(min(2 * iterations, 3 * iterations - column) for column in range(2 * iterations + 1)))


def dilate(mask: Mask, kernel: Kernel) -> Mask:
    """Return a mask dilated by a kernel; outside of it nothing is masked.

    Parameters
    ----------
    mask
        bool, shape (height, width).
    kernel
        see `Kernel`.
    """
    if not mask.any() or kernel.reach == (0,):
        return mask.copy()
    distance = _distance_in_column(mask, max(kernel.reach))
    width = mask.shape[1]
    dilated = distance <= kernel.reach[0]
    for column, reach in enumerate(kernel.reach[1:width], 1):
        near = distance <= reach
        dilated[:, column:] |= near[:, :-column]
        dilated[:, :-column] |= near[:, column:]
    return dilated


def erode_cross(mask: Mask) -> Mask:
    """Return the pixels of a mask whose four neighbours are masked too; outside of it nothing is masked."""
    eroded = np.zeros_like(mask)
    eroded[1:-1, 1:-1] = mask[1:-1, 1:-1] & mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    return eroded


def _distance_in_column(mask: Mask, most: int) -> NDArray[np.uint16] | NDArray[np.uint8]:
    """Return how many rows away the nearest masked pixel of the same column is; ``most`` + 1 where it is farther."""
    kind = np.uint8 if most + 2 <= np.iinfo(np.uint8).max else np.uint16  # room for one step more than the farthest
    distance = np.where(mask, kind(0), kind(most + 1))
    height = len(mask)
    step = kind(1)
    # Down and up: one more than the neighbour's, at most.
    for row in range(1, height):
        np.minimum(distance[row], distance[row - 1] + step, out=distance[row])
    for row in range(height - 2, -1, -1):
        np.minimum(distance[row], distance[row + 1] + step, out=distance[row])
    return distance
