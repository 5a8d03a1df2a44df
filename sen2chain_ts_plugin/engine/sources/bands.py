"""Radiometric indices from the bands of an L2A product, as Sen2Chain 1.4.1 computes them: float32, cut to int16.

Other than there, a pixel is without data wherever any of the bands is 0 or the quotient is 0/0 or infinite (Sen2Chain
looks at one band, and writes 0 for 0/0), and values that 15 bits cannot hold do not wrap around.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..arrays import NDArray
from ..choices import INDEX_BANDS

Band = NDArray[np.float32]

# The pixel size of each band that an index is computed from, in m.
BAND_PIXEL = {
    "B02": 10, "B03": 10, "B04": 10, "B08": 10,
    "B05": 20, "B06": 20, "B07": 20, "B11": 20, "B12": 20,
}  # fmt: skip
LOWEST, HIGHEST = -16384, 16382
_SCALE = np.float32(10_000)


def _ratio(first: Band, second: Band) -> Band:
    return (first - second) / (first + second) * _SCALE


def _brightness(first: Band, second: Band) -> Band:
    return np.sqrt((first**2 + second**2) / np.float32(2))


def _evi(nir: Band, red: Band, blue: Band) -> Band:
    nir, red, blue = nir / _SCALE, red / _SCALE, blue / _SCALE
    below = nir + np.float32(6) * red - np.float32(7.5) * blue + np.float32(1)
    return np.float32(2.5) * (nir - red) / below * _SCALE


def _ireci(edge_3: Band, red: Band, edge_1: Band, edge_2: Band) -> Band:
    return edge_2 * (edge_3 - red) / edge_1


# Each takes the bands of `choices.INDEX_BANDS`, in DN with their offset added, and gives the unit of an index raster.
FORMULAS: dict[str, Callable[..., Band]] = {
    **dict.fromkeys(("NDVI", "NDWIMCF", "NDWIGAO", "MNDWI", "NDRE", "NBR", "NDBI"), _ratio),
    **dict.fromkeys(("BIGR", "BIRNIR", "BIBG"), _brightness),
    "IRECI": _ireci,
    "EVI": _evi,
}


def compute_index(
    index: str, bands: Mapping[str, NDArray[np.uint16]], offsets: Mapping[str, int], nodata: int
) -> NDArray[np.int16]:
    """Compute an index.

    Parameters
    ----------
    index
        one of `FORMULAS`.
    bands
        the DN of at least its bands at 10 m, uint16, all of one shape; 0 is no data.
    offsets
        what is added to the DN of each band.
    nodata
        the value of pixels without data.

    Returns
    -------
    ndarray
        int16, of the shape of the bands; index x 10 000, or DN for IRECI, BIGR, BIRNIR and BIBG.
    """
    names = INDEX_BANDS[index]
    used = [bands[name] for name in names]
    values = [band.astype(np.float32) + np.float32(offsets[name]) for name, band in zip(names, used)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result = np.trunc(FORMULAS[index](*values))
        # Compared so that neither NaN nor an infinite value is inside.
        inside = (result <= HIGHEST) & (result > -np.inf)
    for band in used:
        inside &= band != 0
    return np.where(inside, np.maximum(result, np.float32(LOWEST)), np.float32(nodata)).astype(np.int16)
