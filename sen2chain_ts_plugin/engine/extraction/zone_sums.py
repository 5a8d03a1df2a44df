"""Sums over the pixels of zones that are put together from blocks."""

from __future__ import annotations

import numpy as np

from ..arrays import NDArray
from ..zones.pixel_runs import BlockRuns, ZonePixels
from .statistics import Amounts, Counts, zones_in


class ZoneSums:
    """One sum per zone, from blocks in any order and by any worker.

    Whole numbers are added as they come. Floats are kept block by block and added in the order of the blocks, so that
    the result does not depend on who was first.
    """

    def __init__(self, index: ZonePixels) -> None:
        self._size = len(index.number)
        self._whole: Counts | None = np.zeros(self._size, np.int64) if index.area is None else None
        # By place of the block; the blocks of several batches have other zones.
        self._blocks: dict[tuple[int, int, int], tuple[NDArray[np.int64], Amounts]] = {}

    def add(self, runs: BlockRuns, sums: Amounts) -> None:
        """Add the sums of the zones in a block, aligned with ``zones_in(runs)``."""
        if self._whole is not None:
            self._whole[zones_in(runs)] += sums
        else:
            self._blocks[runs.window.row, runs.window.column, int(runs.zone[0])] = zones_in(runs), sums

    def merge(self, other: ZoneSums) -> None:
        """Add the sums of other blocks."""
        if self._whole is not None:
            self._whole += other.total()
        self._blocks.update(other._blocks)

    def total(self) -> Amounts:
        """Return the sum of each zone of the index, int64 or float64."""
        if self._whole is not None:
            return self._whole
        total = np.zeros(self._size)
        for place in sorted(self._blocks):
            zones, sums = self._blocks[place]
            total[zones] += sums
        return total
