"""The identifier of a Sentinel-2 product, parsed: satellite, level, acquisition, baseline, orbit, tile, generation.

Source of the format: the naming convention of Sentinel-2 products since 2016, e.g.
``S2B_MSIL2A_20210614T063511_N0500_R063_T40KCB_20230205T014500``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

_ID = re.compile(
    r"(?P<satellite>S2[A-Z])_MSI(?P<level>L1C|L2A)_(?P<acquired>\d{8}T\d{6})_(?P<baseline>N\d{4})_(?P<orbit>R\d{3})"
    r"_T(?P<tile>\d{2}[C-HJ-NP-X][A-HJ-NP-Z]{2})_(?P<generated>\d{8}T\d{6})",
    re.ASCII,
)
_TILE = re.compile(r"\d{2}[C-HJ-NP-X][A-HJ-NP-Z]{2}", re.ASCII)


@dataclass(frozen=True)
class ProductId:
    """The identifier of a product, and what it says.

    Attributes
    ----------
    text
        The whole identifier.
    level
        Processing level, ``L1C`` or ``L2A``.
    acquired
        Time of the acquisition, UTC.
    baseline
        Processing baseline, ``N0500``.
    tile
        Tile of the Sentinel-2 grid, ``40KCB``.
    """

    text: str
    level: str
    acquired: datetime
    baseline: str
    tile: str

    @property
    def l1c(self) -> str:
        """The identifier of the L1C product this one was made from."""
        return self.text.replace("_MSIL2A_", "_MSIL1C_")


def parse_product(text: str) -> ProductId | None:
    """Return what a product identifier says, or None when the text is no identifier."""
    match = _ID.fullmatch(text)
    if not match:
        return None
    when = match["acquired"]
    try:
        # Several times as quick as strptime, which counts where a library has 100 000 products.
        acquired = datetime.fromisoformat(f"{when[:4]}-{when[4:6]}-{when[6:11]}:{when[11:13]}:{when[13:]}")
    except ValueError:
        return None
    return ProductId(text, match["level"], acquired, match["baseline"], match["tile"])


def is_tile(text: str) -> bool:
    """Tell whether a text is the name of a tile of the Sentinel-2 grid, such as ``40KCB``."""
    return _TILE.fullmatch(text) is not None and 1 <= int(text[:2]) <= 60


@cache
def tile_epsg(tile: str) -> int:
    """Return the EPSG code of the UTM zone of a tile: 326zz north of the equator, 327zz south of it.

    The letter after the zone number is the latitude band; N is the first one of the northern hemisphere.
    """
    return (32600 if tile[2] >= "N" else 32700) + int(tile[:2])


# The Sentinel-2 grid follows that of MGRS: squares of 100 km, which a tile begins with and goes beyond to the east and
# the south; its corner is moved outwards to a multiple of 60 m, which 10, 20 and 60 m pixels have in common.
_SQUARE, _TILE_SIDE, _CORNER = 100_000, 109_800, 60
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")  # of zones 3, 6…, of 1, 4… and of 2, 5…; from 100 km east on
_ROWS = "ABCDEFGHJKLMNPQRSTUV"  # from the equator or 10 000 km south of it; five rows further on in even zones
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # of 8 degrees of latitude each, from 80 degrees south; X has 12
_ROW_PERIOD = len(_ROWS) * _SQUARE
_METRES_PER_DEGREE = 110_950  # along a meridian in UTM, to within the 1000 km that telling the rows apart takes


@cache
def tile_bounds(tile: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of a tile of the Sentinel-2 grid, in metres in its CRS (`tile_epsg`).

    None for a name that MGRS has no square for. Source: NGA.SIG.0012 (MGRS), and ESA's grid of tiles: T40KCB begins at
    300 000 east and 7 700 040 north.
    """
    zone, band, column, row = int(tile[:2]), tile[2], tile[3], tile[4]
    columns = _COLUMNS[zone % 3]
    if column not in columns or row not in _ROWS:
        return None
    east = (columns.index(column) + 1) * _SQUARE
    place = (_ROWS.index(row) - (0 if zone % 2 else 5)) % len(_ROWS) * _SQUARE
    middle = (_BANDS.index(band) * 8 - 80 + (6 if band == "X" else 4)) * _METRES_PER_DEGREE
    middle += 0 if band >= "N" else 10_000_000
    north = place + round((middle - place - _SQUARE / 2) / _ROW_PERIOD) * _ROW_PERIOD + _SQUARE
    left, top = east // _CORNER * _CORNER, -(-north // _CORNER) * _CORNER
    return left, top - _TILE_SIDE, left + _TILE_SIDE, top


def is_in_tile(bounds: tuple[float, float, float, float], tile: str) -> bool:
    """Tell whether west, south, east and north are within a tile, to within 60 m; yes where MGRS has no such tile."""
    place = tile_bounds(tile)
    if place is None:
        return True
    west, south, east, north = bounds
    left, bottom, right, top = place
    inside = west >= left - _CORNER and south >= bottom - _CORNER
    return inside and east <= right + _CORNER and north <= top + _CORNER
