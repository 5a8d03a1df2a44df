"""A band of 20 m on pixels of 10 m: GDAL's bilinear resampling to twice the size, with integers and therefore exact."""

from __future__ import annotations

import numpy as np

from ..arrays import NDArray

# How many pixels around an area have to be known for the area to be exact.
MARGIN = 1


def double(pixels: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return a raster at twice its size; beyond its edges the last pixel is repeated.

    Each new pixel lies a quarter of an old one away from the centre of the old pixel that holds it, so that old
    neighbours weigh 3 to 1 along each axis; rounded half up.

    Parameters
    ----------
    pixels
        uint16, shape (height, width), both at least 1.
    """
    height, width = pixels.shape
    source = np.pad(pixels, 1, mode="edge").astype(np.uint32)
    middle = source[:, 1:-1] * 3
    across = np.empty((height + 2, 2 * width), np.uint32)
    np.add(source[:, :-2], middle, out=across[:, 0::2])
    np.add(source[:, 2:], middle, out=across[:, 1::2])
    middle = across[1:-1] * 3 + 8  # half of the 16 parts, to round
    doubled = np.empty((2 * height, 2 * width), np.uint16)
    doubled[0::2] = (across[:-2] + middle) >> 4
    doubled[1::2] = (across[2:] + middle) >> 4
    return doubled


def double_at(pixels: NDArray[np.uint16], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Return single pixels of `double`.

    Parameters
    ----------
    pixels
        as of `double`.
    rows, columns
        in the doubled raster.
    """
    height, width = pixels.shape
    source = pixels.reshape(-1)
    row, column = rows >> 1, columns >> 1
    # The old neighbours on the side of the old pixel on which the new one lies.
    next_row = np.clip(row + ((rows & 1) << 1) - 1, 0, height - 1)
    next_column = np.clip(column + ((columns & 1) << 1) - 1, 0, width - 1)

    def at(row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.uint32]:
        return source[row * width + column].astype(np.uint32)

    here = at(row, column) * 3 + at(row, next_column)
    there = at(next_row, column) * 3 + at(next_row, next_column)
    return ((there + (here * 3 + 8)) >> 4).astype(np.uint16)
