"""How each kind of land cover looks through the year: NDVI and the water index of a parcel on a day.

The curves are ours, drawn after what Sentinel-2 shows of La Réunion (southern hemisphere, rains from December to April,
sugar cane cut from July to December).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from .noise import Array, uniform

CANE, PASTURE, ORCHARD, GARDEN, FOREST, BARE, BUILT = range(7)

# Strength of the pattern inside a parcel, per kind.
TEXTURE = np.array([0.035, 0.045, 0.045, 0.05, 0.042, 0.02, 0.075])
# What is added to the water index that follows from the NDVI, per kind.
MOISTURE = np.array([0.02, -0.03, 0.03, 0.0, 0.06, -0.05, -0.06])
# Days that the harvest needs to cross a cane parcel from one side to the other.
HARVEST_DAYS = 14.0
_YEAR = 365.25

# Days since the cut, NDVI.
_CANE_AGE = (0, 12, 40, 75, 115, 160, 225, 280, 330, 380, 460)
_CANE_NDVI = (0.21, 0.22, 0.36, 0.58, 0.76, 0.84, 0.82, 0.74, 0.65, 0.57, 0.50)
# Share of the cycle of a vegetable crop, NDVI.
_GARDEN_AGE = (0.0, 0.14, 0.4, 0.58, 0.75, 0.88, 1.0)
_GARDEN_NDVI = (0.19, 0.20, 0.52, 0.72, 0.62, 0.28, 0.19)


@dataclass(frozen=True)
class Parcels:
    """Parcels as columns.

    Attributes
    ----------
    kind
        land cover, one of the constants of this module.
    traits
        float64, shape (parcels, 4), uniform in [0, 1): the individual character of each parcel.
    identity
        integers that tell parcels apart, for what changes from year to year.
    """

    kind: Array
    traits: Array
    identity: Array


@dataclass(frozen=True)
class Look:
    """What the parcels look like on one day; all arrays are float32 with one value per parcel.

    Attributes
    ----------
    ndvi
        where the harvest has not passed yet.
    harvested
        NDVI where it has.
    front
        how far the harvest has come, 0 to 1, from one side of the parcel to the other.
    moisture
        what is added to the water index that follows from the NDVI.
    """

    ndvi: Array
    harvested: Array
    front: Array
    moisture: Array


# What a library of two years never sees.
_DRY_YEAR = 2023


def season(day: date, peak: Array | float) -> Array:
    """Return a yearly wave, 1 on the day of the year ``peak`` and -1 half a year later."""
    # Cosines differ in the last bit between machines; rounded, they do not.
    wave: Array = np.round(np.cos(2.0 * np.pi * (day.timetuple().tm_yday - peak) / _YEAR), 6)
    return wave


def rain(day: date) -> float:
    """Return how wet the season is, -1 (October) to 1 (late March); the rains of 2023 fail."""
    usual = float(season(day, 85.0))
    return usual - 2.0 * max(usual, 0.0) if day.year == _DRY_YEAR else usual


def look(parcels: Parcels, day: date, seed: int) -> Look:
    """Return what parcels look like on a day."""
    first, second, third, fourth = parcels.traits.T
    wet = rain(day)
    days = float(day.toordinal())
    ndvi = np.select(
        [parcels.kind == kind for kind in (PASTURE, ORCHARD, GARDEN, FOREST, BARE, BUILT)],
        [
            0.60 + 0.12 * wet + 0.10 * (second - 0.5) - 0.16 * _grazed(days, 45.0 + 35.0 * third, first),
            0.66 + 0.05 * season(day, 50.0 + 60.0 * third) + 0.14 * (second - 0.5),
            _garden(days, first, second, third),
            0.845 + 0.02 * wet + 0.03 * (second - 0.5),
            0.155 + 0.03 * wet + 0.08 * (second - 0.5),
            0.20 + 0.02 * wet + 0.14 * (second - 0.5),
        ],
        0.0,
    )
    uncut, cut, front = _cane(parcels, day, seed)
    cane = parcels.kind == CANE
    ndvi = np.where(cane, uncut, ndvi)
    moisture = MOISTURE[parcels.kind] + 0.015 * wet + 0.04 * (fourth - 0.5)
    return Look(
        ndvi.astype(np.float32),
        np.where(cane, cut, ndvi).astype(np.float32),
        np.where(cane, front, 0.0).astype(np.float32),
        moisture.astype(np.float32),
    )


def _grazed(days: float, period: Array, phase: Array) -> Array:
    """Return what the cattle took: 1 right after a rotation, falling to 0 as the grass grows."""
    share: Array = (days / period + phase) % 1.0
    return (1.0 - share) ** 2


def _garden(days: float, first: Array, second: Array, third: Array) -> Array:
    """Return the NDVI of vegetables, several crops a year."""
    share = (days / (90.0 + 45.0 * second) + first) % 1.0
    ndvi: Array = np.interp(share, _GARDEN_AGE, _GARDEN_NDVI) * (0.85 + 0.3 * third)
    return ndvi


def _cane(parcels: Parcels, day: date, seed: int) -> tuple[Array, Array, Array]:
    """Return the NDVI of cane that is not cut this year, of cane that is, and how far the harvest has come."""
    first, second, third, _ = parcels.traits.T
    uncut = cut = front = np.zeros(len(first))
    for year in (day.year - 1, day.year):
        # Each grower has his turn at the mill, about the same weeks every year.
        turn = 188.0 + 140.0 * first + 16.0 * (uncertain(seed, parcels, year) - 0.5)
        since = day.toordinal() - date(year, 1, 1).toordinal() - turn
        passed = np.clip(since / HARVEST_DAYS, 0.0, 1.0)
        if year == day.year - 1:
            uncut = cut = _grown(since, second, third)
            continue
        started = since >= 0.0
        cut = np.where(started, _grown(np.maximum(since - 0.5 * HARVEST_DAYS * passed, 0.0), second, third), cut)
        front = np.where(started, passed, 0.0)
        uncut = np.where(passed >= 1.0, cut, uncut)
    return uncut, cut, front


def _grown(age: Array, vigour: Array, delay: Array) -> Array:
    """Return the NDVI of cane some days after its cut; a few parcels are replanted and start late."""
    late = np.where(delay > 0.88, 55.0, 12.0 * delay)
    grown: Array = np.interp(age - late, _CANE_AGE, _CANE_NDVI)
    return 0.20 + (grown - 0.20) * (0.84 + 0.24 * vigour)


def uncertain(seed: int, parcels: Parcels, year: int) -> Array:
    """Return what the year did to each parcel, 0 to 1."""
    return uniform(seed, 71, parcels.identity, year)
