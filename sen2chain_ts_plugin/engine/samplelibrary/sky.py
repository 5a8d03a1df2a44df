"""Clouds and their shadows, what Sen2Cor would say about them, and the cloud masks that Sen2Chain makes of that.

Fields are made on the 20 m grid with some pixels more on each side, so that masks, which grow clouds, do not depend on
where a window or a block ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .acquisitions import Acquisition, TileWindow
from .noise import Array, grain, rough
from .seasons import season

CM001 = "CM001"
CM003 = "CM003-PRB1-ITER5"
CM004 = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
CLOUDMASKS = (CM001, CM003, CM004)
MARGIN = 12  # pixels of 20 m around a block: five dilations by two pixels, and two for rounding

_CLOUD_BASE = 900.0  # metres above ground
_FRINGE = 0.55  # of the softness: how far beyond the cloud its probability is above zero
_SAMPLES = 110  # per side, to find the threshold that gives the cover

# Classes of Sen2Cor's scene classification.
NO_DATA, SHADOW, VEGETATION, NOT_VEGETATED, WATER, UNCLASSIFIED, MEDIUM, HIGH, CIRRUS = 0, 3, 4, 5, 6, 7, 8, 9, 10


@dataclass(frozen=True)
class Sky:
    """The sky over a grid of 20 m pixels; float32 arrays of shape (rows, columns), 0 to 1.

    Attributes
    ----------
    cloud
        opacity of clouds, cirrus included.
    tone
        how bright the clouds are, about -1 to 1.
    veil
        opacity of the cirrus alone.
    shadow
        depth of the clouds' shadows.
    probability
        how sure Sen2Cor is of a cloud.
    """

    cloud: Array
    tone: Array
    veil: Array
    shadow: Array
    probability: Array


class Weathercast:
    """The sky of one acquisition, at any place.

    Parameters
    ----------
    acquisition
        gives the weather and the position of the sun.
    area
        windows of the library; the cover asked for is met over all of them together.
    seed
        seed of the library.
    sure
        factor on the probability: another processing baseline sees other clouds.
    """

    def __init__(self, acquisition: Acquisition, area: tuple[TileWindow, ...], seed: int, sure: float = 1.0) -> None:
        self._weather = acquisition.weather
        self._key = (seed, 51, acquisition.number)
        self._seed = seed
        self._sure = np.float32(sure)
        east = np.linspace(min(w.west for w in area), max(w.east for w in area), _SAMPLES)
        north = np.linspace(min(w.bottom for w in area), max(w.top for w in area), _SAMPLES)
        self._middle, self._span = float(north.mean()), float(north[-1] - north[0])
        self._threshold = np.float32(np.quantile(self._heap(east, north), 1.0 - self._weather.cover))
        self._veil_threshold = np.float32(np.quantile(self._wisps(east, north), 1.0 - self._weather.veil))
        # The sun at half past ten: high in the east in summer, lower and to the north in winter.
        summer = float(season(acquisition.time.date(), 355.0))
        length = _CLOUD_BASE * (0.8 - 0.3 * summer)
        self._shade = (-length * (0.8 + 0.15 * summer), -length * (0.45 - 0.45 * summer))

    def over(self, east: Array, north: Array) -> Sky:
        """Return the sky over 20 m pixel centres in metres, shapes (m,) and (n,)."""
        soft = np.float32(self._weather.softness)
        excess = self._heap(east, north) - self._threshold
        cumulus = _rounded(excess / soft)
        veil = _rounded((self._wisps(east, north) - self._veil_threshold) * np.float32(0.7)) * np.float32(0.4)
        cloud = cumulus + veil * (np.float32(1.0) - cumulus)
        dx, dy = self._shade
        shadow = _rounded((self._heap(east - dx, north - dy) - self._threshold) / soft * np.float32(1.6))
        fringe = np.float32(_FRINGE) * soft
        speckle, _ = grain(np.floor(east / 20.0), np.floor(north / 20.0), *self._key, 3)
        rise = np.clip((excess + fringe) / (np.float32(0.75) * soft + fringe), 0.0, 1.0)
        rise = rise * (np.float32(0.35) + np.float32(0.65) * rise)
        probability = self._sure * np.maximum(rise, np.float32(0.55) * veil)
        probability = np.where(probability > 0.004, probability * (1.0 + np.float32(0.06) * speckle), np.float32(0.0))
        tone = np.clip(excess - soft, -1.0, 1.0)
        return Sky(cloud, tone, veil, shadow * (np.float32(1.0) - cloud), np.clip(probability, 0.0, 1.0))

    def _heap(self, east: Array, north: Array) -> Array:
        """Return how much water the air holds: clouds gather in banks, and over the heights in the south."""
        scale = self._weather.scale
        scales = [scale / smaller for smaller in (1.0, 2.1, 4.3, 9.1, 19.0)]
        clumps = rough(east, north, scales, *self._key, 1, roughness=0.58)
        banks = rough(east, north, (4.2 * scale, 2.3 * scale), *self._key, 2)
        slope = ((self._middle - north) / self._span).astype(np.float32)[:, None]
        return clumps + np.float32(0.55) * banks + np.float32(0.5) * slope

    def _wisps(self, east: Array, north: Array) -> Array:
        """Return the cirrus, drawn out by the wind at height."""
        return rough(east / 2.2, north, (1300.0, 560.0, 240.0, 100.0), *self._key, 4, roughness=0.55)


def probability_of(sky: Sky) -> Array:
    """Return the cloud probability in percent as Sen2Cor writes it: uint8, 0 to 100."""
    return (sky.probability * np.float32(100.0)).astype(np.uint8)


def classes(sky: Sky, ndvi: Array, land: Array) -> Array:
    """Return Sen2Cor's scene classification of 20 m pixels, uint8, from the sky, the NDVI and the share of land."""
    percent = probability_of(sky)
    return np.select(
        [
            percent >= 65,
            percent >= 30,
            sky.veil > 0.1,
            sky.shadow > 0.3,
            percent >= 12,
            land < 0.5,
            ndvi > 0.4,
        ],
        [HIGH, MEDIUM, CIRRUS, SHADOW, UNCLASSIFIED, WATER, VEGETATION],
        NOT_VEGETATED,
    ).astype(np.uint8)


def cloud_mask(name: str, percent: Array, scene: Array) -> Array:
    """Return a cloud mask as Sen2Chain makes it.

    Parameters
    ----------
    name
        one of `CLOUDMASKS`. CM001: probability above 25 %, without specks, grown; CM003-PRB1-ITER5: probability of at
        least 1 %, grown five times; CM004-…-ITER1: shadow, medium and high probability and cirrus, grown once.
    percent, scene
        probability and scene classification, shape (n, m), with their `MARGIN`.

    Returns
    -------
    numpy.ndarray
        uint8, shape (n, m): 1 where masked.
    """
    if name == CM001:
        thick = percent > 25
        return _grown(thick & _cross(thick, np.logical_and), 2)
    if name == CM003:
        return _grown(percent >= 1, 5)
    return _grown((scene == SHADOW) | (scene == MEDIUM) | (scene == HIGH) | (scene == CIRRUS), 1)


def _rounded(share: Array) -> Array:
    """Return a share that leaves 0 and reaches 1 without a corner."""
    share = np.clip(share, 0.0, 1.0)
    return share * share * (np.float32(3.0) - np.float32(2.0) * share)


def _grown(mask: Array, times: int) -> Array:
    """Dilate by Sen2Chain's kernel, 5 x 5 without its corners: a square of 3 x 3, then a cross."""
    for _ in range(times):
        for axis in (0, 1):
            mask = mask | _moved(mask, 1, axis) | _moved(mask, -1, axis)
        mask = mask | _cross(mask, np.logical_or)
    return mask.astype(np.uint8)


def _cross(mask: Array, join: np.ufunc) -> Array:
    """Join the four neighbours of each pixel."""
    joined: Array = join.reduce([_moved(mask, step, axis) for axis in (0, 1) for step in (1, -1)])
    return joined


def _moved(mask: Array, step: int, axis: int) -> Array:
    """Shift by one pixel; the edge repeats itself."""
    padded = np.pad(mask, [(1, 1) if axis == k else (0, 0) for k in (0, 1)], mode="edge")
    return padded.take(np.arange(1 - step, 1 - step + mask.shape[axis]), axis=axis)
