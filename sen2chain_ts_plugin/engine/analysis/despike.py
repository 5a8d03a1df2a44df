"""Spikes: observations that drop away from both neighbours and come back, as a cloud does that the mask has missed.

The rule looks once at the series as it is: observation i is a spike when it has both neighbours, these are not far
apart, t[i+1] - t[i-1] <= days, and both are above it by more than a threshold, min(y[i-1], y[i+1]) - y[i] > threshold.
A harvest is none: the observation after it is low too. For indices that clouds may raise as well as lower, the same
upwards: y[i] - max(y[i-1], y[i+1]) > threshold.
"""

from __future__ import annotations

import numpy as np

# Clouds are bright in every band: they lower what compares near infrared with red, and may raise these.
UPWARDS_TOO = frozenset(("NDWIMCF", "MNDWI", "NDBI", "BIGR", "BIRNIR", "BIBG"))


def find_spikes(
    series: np.ndarray, day: np.ndarray, value: np.ndarray, threshold: float, days: float, *, upwards: bool = False
) -> np.ndarray:
    """Tell which observations are spikes.

    Parameters
    ----------
    series, day
        int, of each observation; ordered by series, then day.
    value
        float64, index values.
    threshold
        how far a spike is from the nearer of its neighbours, index values; 0 finds none.
    days
        how far the neighbours may be apart.
    upwards
        whether there are spikes upwards too.
    """
    spikes = np.zeros(value.size, bool)
    if threshold <= 0 or value.size < 3:
        return spikes
    before, after = value[:-2], value[2:]
    near = (series[:-2] == series[2:]) & (day[2:] - day[:-2] <= days)
    deep = np.minimum(before, after) - value[1:-1] > threshold
    if upwards:
        deep |= value[1:-1] - np.maximum(before, after) > threshold
    spikes[1:-1] = near & deep
    return spikes
