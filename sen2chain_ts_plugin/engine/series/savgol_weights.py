"""Savitzky-Golay as weights of days that are the same, to the last bit, wherever they are computed.

SciPy finds them with LAPACK, whose last bits depend on the thread (on Windows a thread that Python starts has another
floating-point mode than the first one) and, near the ends, on how many series are filtered together. Here they are
sums of orthogonal polynomials, made of additions, multiplications, divisions and square roots alone.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np


@lru_cache(maxsize=64)
def fit_weights(window: int, order: int) -> np.ndarray:
    """Return the weights that give the polynomial of least squares on each day of a window.

    Polynomials of rising degree are made orthogonal on the days, by Gram and Schmidt.

    Parameters
    ----------
    window
        days, odd.
    order
        of the polynomial, less than ``window``.

    Returns
    -------
    numpy.ndarray
        float64, shape (window, window): row i times the values of the window is the polynomial on day i.
    """
    half = window // 2
    day = np.arange(-half, half + 1) / max(half, 1)
    polynomials = [_normed(np.ones(window))]
    for _ in range(order):
        following = day * polynomials[-1]
        for known in [*polynomials, *polynomials]:  # twice: once leaves errors of rounding that grow with the order
            following = following - known * math.fsum(known * following)
        polynomials.append(_normed(following))
    weights = np.zeros((window, window))
    for each in polynomials:
        weights += each[:, np.newaxis] * each
    weights.flags.writeable = False  # every caller is given the same
    return weights


def _normed(values: np.ndarray) -> np.ndarray:
    normed: np.ndarray = values / math.sqrt(math.fsum(values * values))
    return normed


def filter_rows(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Filter each row; near its ends the polynomial of the first or of the last whole window is used.

    Parameters
    ----------
    values
        float64, shape (series, days), at least a window of days.
    weights
        see `fit_weights`.

    Returns
    -------
    numpy.ndarray
        as ``values``; a row is the same whatever the others are.

    Raises
    ------
    ImportError
        There is no scipy.
    """
    from scipy.ndimage import correlate1d

    window, half, days = len(weights), len(weights) // 2, values.shape[1]
    filtered: np.ndarray = correlate1d(values, weights[half], axis=1, mode="constant")
    filtered[:, :half] = _weighted(values[:, :window], weights[:half])
    filtered[:, days - half :] = _weighted(values[:, -window:], weights[window - half :])
    return filtered


def _weighted(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the sums of each row times each row of weights, added up in the order of the columns."""
    found = np.zeros((len(values), len(weights)))
    for column in range(values.shape[1]):
        found += values[:, column, None] * weights[:, column]
    return found
