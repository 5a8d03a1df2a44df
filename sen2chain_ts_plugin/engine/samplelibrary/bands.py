"""The bands of an L2A product that shows what the sample's indices show, and its metadata.

Red and short-wave infrared follow from the indices and the infrared; the other bands are mixtures of these, ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from .noise import Array

FINE_BANDS = ("B02", "B03", "B04", "B08")
BANDS = (*FINE_BANDS, "B05", "B06", "B07", "B11", "B12")
# What is stored for a reflectance of 0, from baseline 04.00 on; see `sources.offsets`.
_OFFSET = 1000
_FIRST_WITH_OFFSET = "N0400"
_SCALE = 10000.0
_UNSEEN = 16383  # and above: an index without data
# The shares of red, infrared and short-wave infrared in each band, and what is added.
_MIXTURES = {
    "B02": (0.55, 0.0, 0.0, 0.008),
    "B03": (0.62, 0.12, 0.0, 0.01),
    "B04": (1.0, 0.0, 0.0, 0.0),
    "B05": (0.62, 0.36, 0.0, 0.0),
    "B06": (0.22, 0.76, 0.0, 0.0),
    "B07": (0.08, 0.91, 0.0, 0.0),
    "B08": (0.0, 1.0, 0.0, 0.0),
    "B11": (0.0, 0.0, 1.0, 0.0),
    "B12": (0.10, 0.0, 0.58, 0.0),
}
_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
<n1:General_Info><Product_Info>
<PRODUCT_START_TIME>{time}</PRODUCT_START_TIME>
<PRODUCT_URI>{product}.SAFE</PRODUCT_URI>
<PROCESSING_LEVEL>Level-2A</PROCESSING_LEVEL>
<PRODUCT_TYPE>S2MSI2A</PRODUCT_TYPE>
<PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE>
<Product_Organisation><Granule_List><Granule imageFormat="JPEG2000">
{images}
</Granule></Granule_List></Product_Organisation>
</Product_Info>
<Product_Image_Characteristics>
<QUANTIFICATION_VALUES_LIST>
<BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
</QUANTIFICATION_VALUES_LIST>
{offsets}</Product_Image_Characteristics></n1:General_Info>
<n1:Quality_Indicators_Info><Cloud_Coverage_Assessment>{cover:.4f}</Cloud_Coverage_Assessment>\
</n1:Quality_Indicators_Info>
</n1:Level-2A_User_Product>
"""


def has_offset(baseline: str) -> bool:
    """Tell whether products of a baseline, ``N0400``, are stored with an offset."""
    return baseline >= _FIRST_WITH_OFFSET


def band_pixels(names: Iterable[str], ndvi: Array, water: Array, infrared: Array, baseline: str) -> dict[str, Array]:
    """Return bands of a block.

    Parameters
    ----------
    names
        of the bands.
    ndvi, water
        both indices, int16, value x 10 000, above 16382 without data; shape (rows, columns), both even.
    infrared
        reflectance.
    baseline
        says what is stored for a reflectance.

    Returns
    -------
    dict of ndarray
        uint16: reflectance x 10 000 less the offset, at least 1, 0 without data; half the size for bands of 20 m.
    """
    seen = ndvi < _UNSEEN
    one = np.float32(1.0)
    first, second = (values.astype(np.float32) / np.float32(_SCALE) for values in (ndvi, water))
    near = np.clip(infrared, 0.005, 1.2)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        red = near * (one - first) / (one + first)
        short = near * (one - second) / (one + second)
    found = {}
    for name in names:
        shares = _MIXTURES[name]
        parts = (red, near, short)
        reflectance = sum(np.float32(share) * part for share, part in zip(shares, parts) if share)
        values = np.clip(np.asarray(reflectance) + np.float32(shares[3]), 0.0, 1.8) * np.float32(_SCALE)
        visible = seen
        if name not in FINE_BANDS:
            values, visible = _halved(values), seen[::2, ::2]
        stored = np.rint(np.where(visible, values, 0)) + (_OFFSET if has_offset(baseline) else 0)
        found[name] = np.where(visible, np.maximum(stored, 1), 0).astype(np.uint16)
    return found


def _halved(values: Array) -> Array:
    """Return the means of four pixels."""
    halved: Array = (values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]) / np.float32(4)
    return halved


def metadata(product: str, sensed: datetime, baseline: str, images: Iterable[str], cover: float) -> bytes:
    """Return ``MTD_MSIL2A.xml`` with what is read of it, in the form of real ones.

    Parameters
    ----------
    product, sensed, baseline
        its identifier, when it was seen, ``N0500``.
    images
        the paths of its rasters in the product, without ``.jp2``.
    cover
        its cloud cover in %.
    """
    offsets = ""
    if has_offset(baseline):
        values = "".join(f'<BOA_ADD_OFFSET band_id="{band}">-{_OFFSET}</BOA_ADD_OFFSET>\n' for band in range(13))
        offsets = f"<BOA_ADD_OFFSET_VALUES_LIST>\n{values}</BOA_ADD_OFFSET_VALUES_LIST>\n"
    text = _HEAD.format(
        time=f"{sensed:%Y-%m-%dT%H:%M:%S}.024Z",
        product=product,
        baseline=f"{baseline[1:3]}.{baseline[3:]}",
        images="\n".join(f"<IMAGE_FILE>{image}</IMAGE_FILE>" for image in images),
        offsets=offsets,
        cover=cover,
    )
    return text.encode()
