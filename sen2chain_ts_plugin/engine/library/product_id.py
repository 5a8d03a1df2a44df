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
    """A product identifier and what it says.

    Attributes
    ----------
    text
        the whole identifier.
    level
        ``L1C`` or ``L2A``.
    acquired
        when the satellite saw it, UTC.
    baseline
        of the processing, ``N0500``.
    tile
        of the Sentinel-2 grid, ``40KCB``.
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
    try:
        acquired = datetime.strptime(match["acquired"], "%Y%m%dT%H%M%S")
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
