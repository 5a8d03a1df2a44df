"""The Savitzky-Golay filter, whose values are the same to the last bit wherever they are computed.

SciPy fits its polynomials with LAPACK, whose last bits depend on the thread (on Windows a thread that Python starts has
another floating-point mode than the first one) and, near the ends, on how many series are filtered together. Here the
polynomials are made of additions, multiplications, divisions and square roots alone, each series by itself.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ..errors import ScipyMissing
from ..install import install_line


@lru_cache(maxsize=64)
def polynomials_of(window: int, order: int) -> np.ndarray:
    """Return polynomials of rising degree that are orthonormal on the days of a window, by Gram and Schmidt.

    Parameters
    ----------
    window
        days, odd.
    order
        the highest degree, less than ``window``.

    Returns
    -------
    numpy.ndarray
        float64, shape (order + 1, window), not to be changed. With P for it, row i of PᵀP are the weights that give the
        polynomial of least squares on day i.
    """
    half = window // 2
    day = np.arange(-half, half + 1) / max(half, 1)
    found = np.empty((order + 1, window))
    found[0] = _normed(np.ones(window))
    for degree in range(1, order + 1):
        following = day * found[degree - 1]
        for _ in range(2):  # once leaves errors of rounding that grow with the order
            for known in found[:degree]:
                following = following - known * math.fsum(known * following)
        found[degree] = _normed(following)
    found.flags.writeable = False  # every caller is given the same
    return found


def weights_at(polynomials: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the weights that give the polynomial of least squares on some days of a window.

    Parameters
    ----------
    polynomials
        see `polynomials_of`.
    places
        int64, the days, from 0.

    Returns
    -------
    numpy.ndarray
        float64, shape (places, window).
    """
    return _combined(polynomials.T[places], polynomials)


def filter_rows(values: np.ndarray, polynomials: np.ndarray) -> np.ndarray:
    """Filter each row; near its ends the polynomial of the first or of the last whole window is used.

    Parameters
    ----------
    values
        float64, shape (series, days), at least a window of days.
    polynomials
        see `polynomials_of`.

    Returns
    -------
    numpy.ndarray
        as ``values``; a row is the same whatever the others are.

    Raises
    ------
    ScipyMissing
        scipy is not installed.
    """
    try:
        from scipy.ndimage import correlate1d
    except ImportError as error:
        raise ScipyMissing(reason=error, install=install_line("scipy")) from error
    window, days = polynomials.shape[1], values.shape[1]
    half = window // 2
    (centre,) = weights_at(polynomials, np.array([half]))
    filtered: np.ndarray = correlate1d(values, centre, axis=1, mode="constant")
    first, last = (_combined(some, polynomials.T) for some in (values[:, :window], values[:, -window:]))
    filtered[:, :half] = _combined(first, polynomials[:, :half])
    filtered[:, days - half :] = _combined(last, polynomials[:, window - half :])
    return filtered


def _normed(values: np.ndarray) -> np.ndarray:
    normed: np.ndarray = values / math.sqrt(math.fsum(values * values))
    return normed


def _combined(shares: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Return the matrix product, added up in the order of the parts: each row is the same whatever the others are."""
    found = np.zeros((len(shares), parts.shape[1]))
    for share, part in zip(shares.T, parts):
        found += share[:, np.newaxis] * part
    return found
