"""Which parts of a block to decode, and whether that costs less than the whole block.

JPEG 2000 codes a tile as code blocks, some 64 x 64 coefficients of one subband each; decoding them takes nearly all the
time, and each about the same. So costs are counted in code blocks. Measured with OpenJPEG 2.5 on a full tile in
Sen2Chain's format: a whole block of 1024 x 1024 pixels, 256 code blocks, 60 ms; a field of 12 x 12 pixels 1.3 to 4.6 ms
(before the margin of `Layout.margin`); the same field again, no new code block, 0.04 to 0.08 ms.
"""

from __future__ import annotations

import numpy as np

from ..arrays import NDArray
from .codestream import Layout

Areas = NDArray[np.int64]
# On top of the code blocks: of each area, and of the tile (its packet headers), in code blocks.
_PER_AREA, _PER_TILE = 0.3, 2.0
# The count is an estimate: parts have to be clearly cheaper than the whole.
_WORTH_IT = 0.9
# How many coefficients around an area OpenJPEG decodes in each subband, for the 9-7 and the 5-3 transform.
_REACH = {False: 3, True: 2}


def plan_areas(layout: Layout, width: int, height: int, boxes: Areas) -> Areas | None:
    """Return the areas to decode one after the other, or None where the whole block costs less.

    Parameters
    ----------
    layout
        of the codestream.
    width, height
        of the block in pixels.
    boxes
        what is needed: rectangles in the block, int64, shape (n, 4): first column, first row, column after the last and
        row after the last.
    """
    areas = _joined(layout, boxes)
    whole = _code_blocks(layout, width, height, np.array([[0, 0, width, height]])).sum() + _PER_TILE
    cost = _code_blocks(layout, width, height, areas).sum() + _PER_AREA * len(areas) + _PER_TILE
    return areas if cost < _WORTH_IT * whole else None


def _joined(layout: Layout, boxes: Areas) -> Areas:
    """Join the boxes whose centres lie over the same code block of the finest subband; neighbours follow each other."""
    x = (boxes[:, 0] + boxes[:, 2]) // (4 * layout.code_block_width)
    y = (boxes[:, 1] + boxes[:, 3]) // (4 * layout.code_block_height)
    place = _along_z(x) | _along_z(y) << 1
    order = np.argsort(place, kind="stable")
    place = place[order]
    first = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    low, high = boxes[order, :2], boxes[order, 2:]
    return np.hstack([np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)])


def _along_z(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Spread the bits of numbers below 65536 apart, for Morton's order: squares within squares within squares."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        number = (number | number << shift) & mask
    return number


def _code_blocks(layout: Layout, width: int, height: int, areas: Areas) -> NDArray[np.int64]:
    """Return how many code blocks each area needs that the one before it did not; int64, shape (areas,)."""
    reach, margin = _REACH[layout.reversible], layout.margin
    size = np.array([width, height])
    block = np.array([layout.code_block_width, layout.code_block_height])
    found = np.zeros(len(areas), np.int64)
    for level in range(1, layout.levels + 1):
        step = 1 << level
        first = np.maximum((areas[:, :2] - margin) // step - reach, 0) // block
        last = (np.minimum(-(-(areas[:, 2:] + margin) // step) + reach, -(-size // step)) - 1) // block
        count = (last - first + 1).prod(axis=1)
        shared = np.minimum(last[1:], last[:-1]) - np.maximum(first[1:], first[:-1]) + 1
        count[1:] -= np.maximum(shared, 0).prod(axis=1)
        found += count * (4 if level == layout.levels else 3)
    return found
