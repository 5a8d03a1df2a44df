"""Noise that is a function of place and seed: any window of the world can be computed alone, and windows fit together.

Only additions, multiplications and comparisons touch the pixels, so the same seed gives the same bits on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from ..arrays import NDArray

Array = NDArray[Any]

# Value noise of one octave is scaled to a standard deviation of 1: uniform on [-1, 1] has 1/sqrt(3), and the cubic
# B-spline keeps the share 151/315 of it in each direction.
_UNIT = float(np.sqrt(3.0) * 315.0 / 151.0)


def scramble(*keys: Array | int) -> Array:
    """Return 32 random bits for each combination of integer keys.

    Parameters
    ----------
    *keys
        integers or integer arrays that broadcast together; the same keys give the same bits.

    Returns
    -------
    numpy.ndarray
        uint32, at least one-dimensional, in the broadcast shape of the keys.
    """
    bits = np.full(1, 0x9E3779B9, np.uint32)
    for key in keys:
        # Negative keys wrap around, which is what two's complement does anyway.
        bits = bits ^ (np.atleast_1d(np.asarray(key, np.int64)) & 0xFFFFFFFF).astype(np.uint32)
        bits = bits * np.uint32(0x7FEB352D)
        bits = bits ^ (bits >> np.uint32(15))
        bits = bits * np.uint32(0x846CA68B)
        bits = bits ^ (bits >> np.uint32(16))
    return bits


def uniform(*keys: Array | int) -> Array:
    """Return a float64 in [0, 1) for each combination of integer keys; see `scramble`."""
    return scramble(*keys) * 2.0**-32


def _total(arrays: Iterable[Array]) -> Array:
    """Return the sum of some arrays."""
    total: Array = reduce(np.add, arrays)
    return total


def _spline(fraction: Array) -> list[Array]:
    """Return the four weights of the cubic B-spline at a fraction of a cell."""
    f, g = fraction, 1.0 - fraction
    outer, inner = f * f * f / 6.0, (4.0 - 3.0 * g * g * (1.0 + f)) / 6.0
    return [g * g * g / 6.0, (4.0 - 3.0 * f * f * (1.0 + g)) / 6.0, inner, outer]


def smooth(east: Array, north: Array, scale: float, *seed: int) -> Array:
    """Return smooth random hills over a grid.

    Parameters
    ----------
    east, north
        coordinates in metres of the columns, shape (m,), and of the rows, shape (n,).
    scale
        size of a hill in metres.
    *seed
        integers that tell one field of hills from another.

    Returns
    -------
    numpy.ndarray
        float32, shape (n, m), mean 0, standard deviation about 1.
    """
    shift = uniform(*seed, np.arange(2))
    x, y = east / scale + shift[0], north / scale + shift[1]
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    columns, rows = np.arange(column.min(), column.max() + 4), np.arange(row.min(), row.max() + 4)
    knots = (uniform(*seed, rows[:, None], columns[None, :]) * (2.0 * _UNIT) - _UNIT).astype(np.float32)
    across = [weight.astype(np.float32) for weight in _spline(x - column)]
    along = [weight.astype(np.float32) for weight in _spline(y - row)]
    lines = _total(along[k][:, None] * knots[row - rows[0] + k, :] for k in range(4))
    return _total(across[k] * lines.take(column - columns[0] + k, axis=1) for k in range(4))


def smooth_at(x: Array, y: Array, scale: float, *seed: int) -> Array:
    """Return the hills of `smooth` at single points: float64 in the shape of ``x`` and ``y`` (metres)."""
    shift = uniform(*seed, np.arange(2))
    x, y = x / scale + shift[0], y / scale + shift[1]
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    across, along = _spline(x - column), _spline(y - row)
    return _total(
        along[j] * across[i] * (uniform(*seed, row + j, column + i) * (2.0 * _UNIT) - _UNIT)
        for j in range(4)
        for i in range(4)
    )


def rough(east: Array, north: Array, scales: Sequence[float], *seed: int, roughness: float = 0.5) -> Array:
    """Return hills upon hills: one octave per scale, each ``roughness`` times as high as the one before.

    Parameters
    ----------
    east, north
        as for `smooth`.
    scales
        sizes in metres, from the largest to the smallest.
    *seed
        integers that tell one field from another.
    roughness
        height of an octave relative to the one before.

    Returns
    -------
    numpy.ndarray
        float32, shape (n, m), mean 0, standard deviation about 1.
    """
    heights = [roughness**octave for octave in range(len(scales))]
    total = float(np.sqrt(sum(height * height for height in heights)))
    return _total(
        smooth(east, north, scale, *seed, octave) * np.float32(height / total)
        for octave, (scale, height) in enumerate(zip(scales, heights))
    )


def grain(east: Array, north: Array, *seed: int) -> tuple[Array, Array]:
    """Return two independent noises without any shape, one value per pixel.

    Parameters
    ----------
    east, north
        whole numbers that count pixels, shapes (m,) and (n,).
    *seed
        integers that tell one noise from another.

    Returns
    -------
    tuple of numpy.ndarray
        two float32 arrays, shape (n, m), uniform, mean 0, standard deviation 1.
    """
    bits = scramble(scramble(*seed, north)[:, None], east[None, :])
    step = np.float32(np.sqrt(12.0) / 65536.0)
    low = (bits & np.uint32(0xFFFF)).astype(np.float32)
    high = (bits >> np.uint32(16)).astype(np.float32)
    return (low - np.float32(32767.5)) * step, (high - np.float32(32767.5)) * step
