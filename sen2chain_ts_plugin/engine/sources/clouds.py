"""Which pixels of 20 m a cloud mask masks, from the raster that it is read from.

Source of Sen2Chain's masks, computed here where their raster is missing: ``sen2chain/cloud_mask.py`` of version 1.4.1.
"""

from __future__ import annotations

import numpy as np

from ..arrays import NDArray
from ..library.cloudmask import MASK_PIXEL, MASK_RASTER, SCL, CloudMask
from .morphology import CM001_KERNEL, Kernel, Mask, dilate, disc, erode_cross, octagon

# Above this cloud probability in % CM001 masks.
_CM001_PROBABILITY = 25
_EROSION = 1  # pixel that the erosion of CM001 looks around


def margin_of(mask: CloudMask, kind: str) -> int:
    """Return how many pixels of 20 m around an area have to be known for the area to be exact.

    Parameters
    ----------
    mask
        any that is not produced.
    kind
        of the raster that it is read from, see `cloudmask`.
    """
    margin = sum(kernel.margin for kernel in _kernels(mask, kind))
    return margin + _EROSION if _is_computed(mask, kind) and mask.version == "CM001" else margin


def clouds(mask: CloudMask, kind: str, pixels: NDArray[np.uint8]) -> Mask:
    """Return what a mask masks; outside of the pixels nothing is masked.

    Parameters
    ----------
    mask, kind
        see `margin_of`.
    pixels
        of the raster that it is read from, uint8, shape (height, width).

    Returns
    -------
    ndarray
        bool, of the same shape; exact except for `margin_of` pixels at each side that is not one of the raster.
    """
    found = _selected(mask, kind, pixels)
    if _is_computed(mask, kind) and mask.version == "CM001":
        found = erode_cross(found)
    for kernel in _kernels(mask, kind):
        found = dilate(found, kernel)
    return found


def _selected(mask: CloudMask, kind: str, pixels: NDArray[np.uint8]) -> Mask:
    """Return the pixels that a mask begins with."""
    if kind == MASK_RASTER:
        return pixels != 0
    if mask.version in (SCL, "CM004"):
        table = np.zeros(256, bool)
        table[list(mask.classes)] = True
        found: Mask = table[pixels]
        return found
    if mask.version == "CM001":
        return pixels > _CM001_PROBABILITY
    least = mask.parameters[0][1]  # of PRB-<p> and of CM003
    return pixels >= least if least <= np.iinfo(np.uint8).max else np.zeros(pixels.shape, bool)


def _kernels(mask: CloudMask, kind: str) -> list[Kernel]:
    """Return what a mask is dilated by, one after the other."""
    kernels = []
    if _is_computed(mask, kind):
        if mask.version == "CM001":
            kernels.append(CM001_KERNEL)
        else:
            kernels.append(octagon(dict(mask.parameters)["ITER"]))
    if mask.dilation:
        kernels.append(disc(mask.dilation // MASK_PIXEL))
    return kernels


def _is_computed(mask: CloudMask, kind: str) -> bool:
    """Tell whether it is one of Sen2Chain's masks, made here from what Sen2Chain makes it of."""
    return mask.virtual and kind != MASK_RASTER
