"""Savitzky-Golay on daily steps: each value is that of a polynomial fitted to the days around it.

Straight lines between the observations are filtered, as ``scipy.signal.savgol_filter(mode="interp")`` does: near the
ends the polynomial of the first or last whole window is used.
"""

from __future__ import annotations

import numpy as np

from ..series.savgol_filter import filter_rows, polynomials_of, weights_at
from .whittaker import Observations


def savgol_curves(
    observations: Observations, lines: np.ndarray, window: int, order: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Filter the straight lines between observations.

    Parameters
    ----------
    observations
        what was observed.
    lines
        float64, shape (days, series).
    window, order
        days, odd; of the polynomials, less than the window. In a series that is shorter than the window, the window is
        the greatest odd number of days it has, and the order less than that.

    Returns
    -------
    curve
        as ``lines``.
    pull
        float64, of each observation the derivative of the curve there by the observed value.
    shortened
        the series with a shorter window.

    Raises
    ------
    ScipyMissing
        scipy is not installed.
    """
    curve = lines.copy()
    pull = np.empty(observations.value.size)
    shortened = []
    for series, (begin, size) in enumerate(zip(observations.begins.tolist(), observations.sizes.tolist())):
        mine = slice(begin, begin + size)
        day = observations.day[mine]
        days = int(day[-1] - day[0]) + 1
        length = min(window, days - (days % 2 == 0))
        if length < window:
            shortened.append(series)
        polynomials = polynomials_of(length, min(order, length - 1))
        whole = slice(int(day[0]), int(day[-1]) + 1)
        (curve[whole, series],) = filter_rows(lines[np.newaxis, whole, series], polynomials)
        pull[mine] = _pull(day - day[0], days, polynomials)
    return curve, pull, np.array(shortened, np.int64)


def _pull(day: np.ndarray, days: int, polynomials: np.ndarray) -> np.ndarray:
    """Return how much each observation moves the filtered line on its own day."""
    window = polynomials.shape[1]
    half = window // 2
    offsets = np.arange(window) - half
    centre = np.clip(day, half, days - 1 - half)
    around = centre[:, np.newaxis] + offsets
    before, after = np.diff(day, prepend=-1).clip(1), np.diff(day, append=days).clip(1)
    distance = around - day[:, np.newaxis]
    reach = np.where(distance < 0, before[:, np.newaxis], after[:, np.newaxis])
    hat = np.maximum(1 - np.abs(distance) / reach, 0)
    pull: np.ndarray = (weights_at(polynomials, day - centre + half) * hat).sum(axis=1)
    return pull
