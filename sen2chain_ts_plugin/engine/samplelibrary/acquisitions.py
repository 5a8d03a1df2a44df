"""When Sentinel-2 passed, what its products are called, and where the sample's windows lie on the grid of tiles.

The passes are the real ones: La Réunion is seen from orbit 63, every five days by one satellite or the other, and its
east from orbit 20 three days before, with the island across the edge of the swath.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from ..choices import DEFAULT_YEARS, MAX_DATES, MAX_SIZE
from .noise import uniform

EPSG = 32740
PIXEL = 10
TILE_PIXELS = MAX_SIZE
# Upper left corners of the tiles of the Sentinel-2 grid in EPSG:32740, in metres. They share 9 780 m.
TILES = {"40KCB": (300000, 7700020), "40KCC": (300000, 7800040)}
_SHARED_PIXELS = 978
# The windows lie around this easting, off the north coast of La Réunion where the tiles share ground.
_CENTRE_EAST = 346000

FIRST_DAY = date(2021, 1, 5)
_PASSES_A_YEAR = MAX_DATES // (2 * DEFAULT_YEARS)  # of either orbit

_BASELINES = (
    (date(2020, 2, 4), "N0214"),
    (date(2021, 3, 30), "N0300"),
    (date(2021, 7, 1), "N0301"),
    (date(2022, 1, 25), "N0400"),
    (date(2022, 12, 6), "N0509"),
)


@dataclass(frozen=True)
class TileWindow:
    """A square part of a tile, on the tile's grid.

    Attributes
    ----------
    tile
        name of the tile.
    west, top
        upper left corner in metres.
    size
        pixels of 10 m per side, an even number.
    """

    tile: str
    west: int
    top: int
    size: int

    @property
    def east(self) -> int:
        """Right edge in metres."""
        return self.west + PIXEL * self.size

    @property
    def bottom(self) -> int:
        """Lower edge in metres."""
        return self.top - PIXEL * self.size


@dataclass(frozen=True)
class Weather:
    """What the sky is like.

    Attributes
    ----------
    cover
        share of the ground under cloud, 0 to 1.
    scale
        size of the largest clouds in metres.
    softness
        how slowly a cloud thickens from its edge; small for cumulus.
    veil
        share of the sky with thin cirrus.
    """

    cover: float
    scale: float
    softness: float
    veil: float


_FAIR = Weather(0.15, 1100.0, 0.4, 0.0)
_OVERCAST = Weather(0.975, 2400.0, 0.4, 0.0)


@dataclass(frozen=True)
class Acquisition:
    """One pass over the two tiles.

    Attributes
    ----------
    time
        sensing time.
    satellite
        ``S2A`` or ``S2B``.
    orbit
        relative orbit, 63 or 20.
    number
        position among the acquisitions of the library.
    weather
        the sky of that day.
    """

    time: datetime
    satellite: str
    orbit: int
    number: int
    weather: Weather


@dataclass(frozen=True)
class SampleProduct:
    """One L2A product of one tile.

    Attributes
    ----------
    window
        where its rasters lie.
    acquisition
        the pass it comes from.
    baseline
        processing baseline, ``N0301``.
    generation
        when it was processed.
    cut
        the south of the ground is missing (data lost, and there in a later processing).
    probability
        the product comes with a cloud probability raster.
    metadata
        the product comes with its L1C metadata, which give the cloud cover.
    """

    window: TileWindow
    acquisition: Acquisition
    baseline: str
    generation: datetime
    cut: bool = False
    probability: bool = True
    metadata: bool = True

    def identifier(self, level: str = "L2A") -> str:
        """Return the product's name, ``S2B_MSIL2A_20210614T063511_N0500_R063_T40KCB_20230205T014500``."""
        seen = self.acquisition
        return (
            f"{seen.satellite}_MSI{level}_{seen.time:%Y%m%dT%H%M%S}_{self.baseline}_R{seen.orbit:03d}"
            f"_T{self.window.tile}_{self.generation:%Y%m%dT%H%M%S}"
        )


def windows(size: int) -> tuple[TileWindow, TileWindow]:
    """Return the windows of both tiles, above each other, sharing two fifths of their height where the tiles can."""
    shared = min(_SHARED_PIXELS, 2 * round(0.2 * size))
    tile_west, south_tile_top = TILES["40KCB"]
    _, north_tile_top = TILES["40KCC"]
    furthest = tile_west + PIXEL * (TILE_PIXELS - size)
    west = min(max(_CENTRE_EAST - PIXEL * size // 2 // 20 * 20, tile_west), furthest)
    north_tile_bottom = north_tile_top - PIXEL * TILE_PIXELS
    return (
        TileWindow("40KCB", west, min(north_tile_bottom + PIXEL * shared, south_tile_top), size),
        TileWindow("40KCC", west, north_tile_bottom + PIXEL * size, size),
    )


def acquisitions(dates: int, seed: int, years: int = DEFAULT_YEARS) -> list[Acquisition]:
    """Return the passes of a library, evenly over some years, one in five from the orbit that sees a part only."""
    passes = _PASSES_A_YEAR * years
    east = max(1, round(dates / 5), dates - passes)
    chosen = [(63, number) for number in _spread(dates - east, passes)]
    chosen += [(20, number) for number in _spread(east, passes, late=True)]
    lead = {63: 0, 20: 3}
    days = sorted((FIRST_DAY + timedelta(5 * number - lead[orbit]), orbit, number) for orbit, number in chosen)
    twin, overcast, _ = _special([(day, orbit) for day, orbit, _ in days])
    found = []
    for number, (day, orbit, passed) in enumerate(days):
        time = datetime.strptime(f"{day:%Y%m%d}T{'063511' if orbit == 63 else '062451'}", "%Y%m%dT%H%M%S")
        weather = {twin: _FAIR, overcast: _OVERCAST}.get(number) or _weather(day, number, seed)
        found.append(Acquisition(time, "S2A" if passed % 2 else "S2B", orbit, number, weather))
    return found


def products(size: int, dates: int, seed: int, years: int = DEFAULT_YEARS) -> list[SampleProduct]:
    """Return the products of a library, tile by tile in the order of time.

    Both tiles have every pass, with these peculiarities: the first full pass of the baseline N0301 is there once more,
    reprocessed as N0500 (on 40KCB together with the first version, whose south is missing); one product of 40KCB
    lacks the probability raster, and one pass in five the metadata.
    """
    passes = acquisitions(dates, seed, years)
    twin, _, blind = _special([(seen.time.date(), seen.orbit) for seen in passes])
    found = []
    for window in windows(size):
        for seen in passes:
            baseline = _baseline(seen.time.date())
            generation = seen.time + timedelta(seconds=6000 + int(4000 * uniform(seed, 5, seen.number)[0]))
            if seen.number == twin:
                if window.tile == "40KCB":
                    found.append(SampleProduct(window, seen, "N0301", generation, cut=True))
                baseline, generation = "N0500", datetime(2023, 2, 5, 1, 45)
            probability = not (seen.number == blind and window.tile == "40KCB")
            metadata = seen.number % 5 != 3
            found.append(SampleProduct(window, seen, baseline, generation, probability=probability, metadata=metadata))
    return found


def _special(days: list[tuple[date, int]]) -> tuple[int, int, int]:
    """Return which passes are processed twice, almost entirely clouded, and without probability."""
    full = [number for number, (_, orbit) in enumerate(days) if orbit == 63]
    twin = next((number for number in full if _baseline(days[number][0]) == "N0301"), full[len(full) // 2])
    others = [number for number in full if number != twin]
    overcast = others.pop(max(1, len(full) // 3))
    return twin, overcast, others[len(others) // 2]


def _baseline(day: date) -> str:
    return [name for since, name in _BASELINES if since <= day][-1]


def _spread(count: int, passes: int, late: bool = False) -> list[int]:
    """Return ``count`` of the passes of an orbit, evenly spread, the two satellites in turn where that is possible."""
    if count == 1:
        return [passes // 3]
    chosen: list[int] = []
    last = passes - 1
    for position, number in enumerate(np.linspace(last / (2 * count) if late else 0, last, count).round().astype(int)):
        lowest = chosen[-1] + 1 if chosen else 0
        highest = last - (count - 1 - position)
        turned = int(number) + (int(number) + position) % 2
        chosen.append(min(max(turned, lowest), highest))
    return chosen


def _weather(day: date, number: int, seed: int) -> Weather:
    """Return a sky that suits the season: the rains bring banks of cloud, the winter trade winds small cumulus."""
    luck, amount, veil = uniform(seed, 11, number, np.arange(3)).round(6)
    wet = day.month in (12, 1, 2, 3, 4)
    veil = 0.35 * veil if veil > 0.7 else 0.0
    if luck < (0.18 if wet else 0.42):
        return Weather(0.012 * amount, 700.0, 0.5, 0.0)
    if luck < (0.55 if wet else 0.82):
        return Weather(0.04 + 0.16 * amount, 900.0 + 500.0 * amount, 0.4, veil)
    return Weather(0.22 + 0.36 * amount, 2200.0 + 1500.0 * amount, 0.8, veil)
