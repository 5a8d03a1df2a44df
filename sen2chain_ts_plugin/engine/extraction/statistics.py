"""Masked statistics of the pixels of each zone, gathered block by block.

All sums are of integers and therefore exact; a float appears only in the last division. So the result does not depend
on the order of the blocks, nor on how a raster is split among workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import numpy as np

from ..arrays import NDArray
from ..zones.pixel_runs import LARGE_ZONE, BlockRuns, ZonePixels

# Pixels gathered at once, unless one zone has more of them in a block: bounds the memory, 30 bytes a pixel.
_PIXELS_AT_ONCE = 1 << 18
QUARTILES = (0.25, 0.5, 0.75)
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
# Pixels: counted, int64, or by shares, float64.
Amounts = NDArray[Any]


class Gathering(Protocol):
    """What gathers the valid pixels of the zones of one raster: `Accumulator`, or with shares another."""

    @property
    def count(self) -> Amounts:
        """The valid pixels of each zone."""

    def add(self, runs: BlockRuns, block: NDArray[np.int16]) -> Amounts:
        """Take in one block."""

    def merge(self, other: Any) -> None:
        """Take in what another of the same kind has seen of the same zones in other blocks."""

    def nodata(self) -> Amounts:
        """Return the pixels without data of each zone."""

    def may_have_rows(self) -> NDArray[np.bool_]:
        """Tell for each zone whether it has, or may still get, a valid pixel."""

    def result(self) -> dict[str, NDArray[Any]]:
        """Return the statistics by the names of `choices.STATISTICS`."""


class Accumulator:
    """Gathers the valid pixels of the zones of one raster, block by block, in any order.

    A zone is finished as soon as its last block was seen; until then its values are held, or, of a large zone, their
    histogram. Accumulators of disjoint sets of blocks can be merged.
    """

    def __init__(self, index: ZonePixels, nodata: int) -> None:
        size = len(index.number)
        self._index = index
        self._nodata = nodata
        self._blocks_left = index.blocks_of.copy()
        self._held: dict[int, list[NDArray[np.int16]]] = {}
        self._histograms: dict[int, NDArray[np.int32]] = {}
        self.count = np.zeros(size, np.int64)
        self._sum = np.zeros(size, np.int64)
        self._squares = np.zeros(size, np.int64)
        # Quartiles between two values are sums of both with weights that are multiples of 1/4: exact in a float.
        self._order = np.zeros((5, size))

    def add(self, runs: BlockRuns, block: NDArray[np.int16]) -> Counts:
        """Take in one block.

        Parameters
        ----------
        runs
            the pixels of the zones in that block.
        block
            its values, int16, of the shape of the window.

        Returns
        -------
        How many pixels without data each zone of ``runs`` has in the block, aligned with ``zones_in(runs)``.
        """
        nodata = []
        for part in portions(runs):
            zones, pixels, values = gather(part, block)
            valid = values != self._nodata
            count = np.add.reduceat(valid, np.cumsum(pixels) - pixels, dtype=np.int64)
            self._take(zones, count, values if count.sum() == len(values) else values[valid])
            nodata.append(pixels - count)
        return np.concatenate(nodata)

    def _take(self, zones: NDArray[np.int64], count: Counts, values: NDArray[np.int16]) -> None:
        """Take in the valid values of some zones, zone after zone."""
        some = count > 0
        wide = values.astype(np.int64)
        starts = (np.cumsum(count) - count)[some]
        if len(starts):
            self._sum[zones[some]] += np.add.reduceat(wide, starts)
            self._squares[zones[some]] += np.add.reduceat(wide * wide, starts)
        self.count[zones] += count
        self._blocks_left[zones] -= 1
        whole = (self._blocks_left[zones] == 0) & (self._index.blocks_of[zones] == 1)
        ends = np.cumsum(count)
        for position in np.flatnonzero(~whole).tolist():
            zone, stop = int(zones[position]), int(ends[position])
            self._hold(zone, values[stop - int(count[position]) : stop])
            if self._blocks_left[zone] == 0:
                self._finish(zone)
        done = whole & some
        if done.any():
            keep = np.repeat(whole, count)
            self._set_order(zones[done], count[done], values if keep.all() else values[keep])

    def _hold(self, zone: int, values: NDArray[np.int16]) -> None:
        if self._index.pixels[zone] <= LARGE_ZONE:
            self._held.setdefault(zone, []).append(values.copy())
            return
        histogram = np.bincount(values.astype(np.int32) + 32768, minlength=65536).astype(np.int32)
        if zone in self._histograms:
            self._histograms[zone] += histogram
        else:
            self._histograms[zone] = histogram

    def _finish(self, zone: int) -> None:
        if zone in self._histograms:
            self._order[:, zone] = _order_of_histogram(self._histograms.pop(zone))
        elif zone in self._held:
            values = np.concatenate(self._held.pop(zone))
            if len(values):
                self._set_order(np.array([zone]), np.array([len(values)]), values)

    def _set_order(self, zones: NDArray[np.int64], count: Counts, values: NDArray[np.int16]) -> None:
        """Set minimum, quartiles and maximum of finished zones from their values, zone after zone."""
        values = values.copy()
        ends = np.cumsum(count)
        starts = ends - count
        for start, end in zip(starts[count > 1].tolist(), ends[count > 1].tolist()):
            values[start:end].sort(kind="stable")  # a radix sort for int16
        self._order[0, zones] = values[starts]
        self._order[4, zones] = values[ends - 1]
        for line, share in enumerate(QUARTILES, 1):
            position = share * (count - 1)
            below = np.floor(position).astype(np.int64)
            low = values[starts + below].astype(np.float64)
            high = values[starts + np.minimum(below + 1, count - 1)]
            self._order[line, zones] = low + (high - low) * (position - below)

    def merge(self, other: Accumulator) -> None:
        """Take in what another accumulator of the same zones and other blocks has seen."""
        seen_here = self._index.blocks_of - self._blocks_left
        seen_there = self._index.blocks_of - other._blocks_left
        self._blocks_left -= seen_there
        finished_there = (other._blocks_left == 0) & (seen_there > 0) & (seen_here == 0)
        self._order[:, finished_there] = other._order[:, finished_there]
        self.count += other.count
        self._sum += other._sum
        self._squares += other._squares
        for zone, parts in other._held.items():
            self._held.setdefault(zone, []).extend(parts)
        for zone, histogram in other._histograms.items():
            self._histograms[zone] = self._histograms[zone] + histogram if zone in self._histograms else histogram
        for zone in [zone for zone in {*self._held, *self._histograms} if self._blocks_left[zone] == 0]:
            self._finish(zone)

    def nodata(self) -> Counts:
        """Return how many pixels without data each zone has, those outside the raster included."""
        return self._index.pixels - self.count

    def may_have_rows(self) -> NDArray[np.bool_]:
        """Tell for each zone whether it has, or may still get, a valid pixel; bool, shape (zones,)."""
        return (self.count > 0) | (self._blocks_left > 0)

    def result(self) -> dict[str, NDArray[Any]]:
        """Return the statistics once every block was taken in.

        Returns
        -------
        dict of ndarray
            by the names of `choices.STATISTICS`, int64 or float64, one value per zone of the index, in the unit of the
            raster; defined where ``count`` is not 0. ``std`` is the population standard deviation; percentiles are
            interpolated linearly, as ``numpy.percentile`` does.
        """
        count = np.maximum(self.count, 1)
        mean = self._sum / count
        # Around the nearest integer the sum of squares stays an exact integer, and nothing cancels in the difference.
        centre = np.rint(mean).astype(np.int64)
        spread = self._squares - 2 * centre * self._sum + count * centre * centre
        offset = (self._sum - count * centre) / count
        std = np.sqrt(np.maximum(spread / count - offset * offset, 0.0))
        return by_name(mean, std, self._order)


def by_name(mean: Floats, std: Floats, order: Iterable[NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return the statistics by name; ``order``: minimum, lower quartile, median, upper quartile, maximum."""
    low, quarter, half, three_quarters, high = order
    return {
        "min": low.astype(np.int64),
        "max": high.astype(np.int64),
        "mean": mean,
        "std": std,
        "median": half,
        "percentile_25": quarter,
        "percentile_75": three_quarters,
    }


def zones_in(runs: BlockRuns) -> NDArray[np.int64]:
    """Return the zones that have runs in a block, ascending."""
    return runs.zone[_first_runs(runs.zone)].astype(np.int64)


def gather(runs: BlockRuns, block: NDArray[Any]) -> tuple[NDArray[np.int64], Counts, NDArray[Any]]:
    """Return the zones of a block, how many pixels each has, and the values of these pixels, zone after zone."""
    first = _first_runs(runs.zone)
    pixels = np.add.reduceat(runs.length, first, dtype=np.int64)
    ends = np.cumsum(runs.length)
    pixel = np.repeat(runs.start - (ends - runs.length), runs.length) + np.arange(ends[-1])
    return runs.zone[first].astype(np.int64), pixels, block.reshape(-1)[pixel]


def count_nodata(runs: BlockRuns, block: NDArray[np.int16], nodata: int) -> Amounts:
    """Return how many pixels without data each zone of a block has, aligned with ``zones_in(runs)``."""
    counts = []
    for part in portions(runs):
        _, pixels, values = gather(part, block)
        counts.append(_sums(part, pixels, values == nodata))
    return np.concatenate(counts)


def sum_values(runs: BlockRuns, block: NDArray[Any]) -> Amounts:
    """Return the sum of the values of each zone in a block, aligned with ``zones_in(runs)``."""
    sums = []
    for part in portions(runs):
        _, pixels, values = gather(part, block)
        sums.append(_sums(part, pixels, values))
    return np.concatenate(sums)


def _sums(runs: BlockRuns, pixels: Counts, values: NDArray[Any]) -> Amounts:
    """Return the sum over the pixels of each zone, each by its share where there are shares."""
    starts = np.cumsum(pixels) - pixels
    if runs.share is None:
        return np.add.reduceat(values, starts, dtype=np.int64)
    return np.add.reduceat(values * np.repeat(runs.share, runs.length), starts)


def _first_runs(zone: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return where the runs of each zone start."""
    change = np.ones(len(zone), bool)
    change[1:] = zone[1:] != zone[:-1]
    return np.flatnonzero(change)


def portions(runs: BlockRuns) -> Iterator[BlockRuns]:
    """Cut the runs of a block between zones, so that each portion has a bounded number of pixels."""
    ends = np.cumsum(runs.length, dtype=np.int64)
    if ends[-1] <= _PIXELS_AT_ONCE:
        yield runs
        return
    first = _first_runs(runs.zone)
    pixels_before = np.append(0, ends)[first]
    borders = [0, *(first[1:][np.diff(pixels_before // _PIXELS_AT_ONCE) > 0]).tolist(), len(runs.zone)]
    for start, stop in zip(borders, borders[1:]):
        yield runs.take(slice(start, stop))


def _order_of_histogram(histogram: NDArray[np.int32]) -> list[float]:
    """Return minimum, quartiles and maximum of the values that a histogram over int16 counts."""
    reach = np.cumsum(histogram, dtype=np.int64)
    count = int(reach[-1])
    if not count:
        return [0.0] * 5

    def value(rank: int) -> float:
        return float(np.searchsorted(reach, rank, side="right")) - 32768

    order = [value(0)]
    for share in QUARTILES:
        position = share * (count - 1)
        below = int(position)
        low, high = value(below), value(min(below + 1, count - 1))
        order.append(low + (high - low) * (position - below))
    return [*order, value(count - 1)]
