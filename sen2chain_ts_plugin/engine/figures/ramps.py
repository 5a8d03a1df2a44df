"""The colours of the indices: ramps that every kind of colour vision can read, and the values they span."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_VEGETATION = ("#8c510a", "#dfc27d", "#f6e8c3", "#a6d96a", "#1a9641", "#00441b")
_WATER = ("#8c510a", "#d8b365", "#f5f5f5", "#67a9cf", "#2166ac", "#053061")
_BURN = ("#1a1a1a", "#b2182b", "#f4a582", "#fee08b", "#66bd63", "#00441b")
_BUILT = ("#1a9850", "#d9ef8b", "#f7f7f7", "#bababa", "#d6604d", "#67001f")
_BRIGHT = ("#0d0887", "#7e03a8", "#cc4778", "#f89540", "#f0f921")
_STEPS = 256


@dataclass(frozen=True)
class Ramp:
    """Colours from the lowest value to the highest one, evenly spread; values are the index times 10 000.

    Attributes
    ----------
    colours
        from low to high, as ``#rrggbb``.
    low, high
        the values that the first and the last colour stand for; those beyond have the same colours.
    bounded
        whether the index keeps within some values everywhere. Where it does not, low and high are only a guess, and
        a caller who knows all values that are shown does better with theirs.
    """

    colours: tuple[str, ...]
    low: int
    high: int
    bounded: bool = True

    def table(self) -> np.ndarray:
        """Return 256 colours from low to high, uint8, shape (256, 3)."""
        stops = np.array([[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in self.colours], np.float64)
        places = np.linspace(0, len(stops) - 1, _STEPS)
        channels = [np.interp(places, np.arange(len(stops)), stops[:, channel]) for channel in range(3)]
        return np.stack(channels, axis=1).round().astype(np.uint8)

    def paint(self, values: np.ndarray) -> np.ndarray:
        """Return the colours of an array of values, uint8, one axis of 3 more."""
        share = (np.asarray(values, np.float64) - self.low) / (self.high - self.low)
        return self.table()[np.clip(share * (_STEPS - 1), 0, _STEPS - 1).round().astype(np.intp)]


_RAMPS = {
    "NDVI": Ramp(_VEGETATION, -1000, 9000),
    "EVI": Ramp(_VEGETATION, -1000, 9000),
    "NDRE": Ramp(_VEGETATION, -1000, 7000),
    "IRECI": Ramp(_VEGETATION, 0, 10000, bounded=False),
    "NDWIMCF": Ramp(_WATER, -8000, 8000),
    "NDWIGAO": Ramp(_WATER, -6000, 6000),
    "MNDWI": Ramp(_WATER, -8000, 8000),
    "NBR": Ramp(_BURN, -5000, 9000),
    "NDBI": Ramp(_BUILT, -6000, 6000),
}
_OTHER = Ramp(_BRIGHT, 0, 10000, bounded=False)


def ramp_of(index: str) -> Ramp:
    """Return the ramp of an index."""
    return _RAMPS.get(index, _OTHER)
