"""Statistics of pixels that belong to a zone by a share of their area.

The pixels of a zone are sorted by value, equal values by ascending share, before anything is summed: so every sum has
one order, whatever the blocks and the workers. Quantiles interpolate between the sorted values at

    S_k = k c_k + (n - 1) (c_0 + … + c_{k-1}),    k = 0 … n - 1,

where c are the shares: the quantile q is the value at q S_{n-1}. With whole pixels it is numpy's percentile. Source:
weighted type-7 quantiles as in exactextract 0.3, which merges equal values first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..arrays import NDArray
from ..zones.pixel_runs import LARGE_ZONE, BlockRuns, ZonePixels
from .statistics import QUARTILES, Accumulator, Counts, Floats, Gathering, by_name, gather, portions
from .zone_sums import ZoneSums

_PAD = np.int16(32767)
_VALUES = 65536


def accumulator_of(index: ZonePixels, nodata: int) -> Gathering:
    """Return what gathers the statistics of zones by the rule that made their pixels."""
    return Accumulator(index, nodata) if index.area is None else WeightedAccumulator(index, nodata)


class WeightedAccumulator:
    """Gathers the valid pixels of the zones of one raster with their shares; used like `statistics.Accumulator`.

    A zone is finished as soon as its last block was seen; until then its pixels are held, of a large zone only those
    that belong to it in part, and a histogram of the others.
    """

    def __init__(self, index: ZonePixels, nodata: int) -> None:
        size = len(index.number)
        self._index = index
        self._nodata = nodata
        self._blocks_left = index.blocks_of.copy()
        self._seen = np.zeros(size, bool)
        self._held: dict[int, list[tuple[NDArray[np.int16], Floats]]] = {}
        self._whole: dict[int, NDArray[np.int64]] = {}
        self._without = ZoneSums(index)
        self._results = np.zeros((8, size))

    def add(self, runs: BlockRuns, block: NDArray[np.int16]) -> Floats:
        """Take in one block; return the area without data of each zone in it, in pixels, as `Accumulator.add` does."""
        without = []
        for part in portions(runs):
            zones, pixels, values = gather(part, block)
            shares = _shares(part)
            valid = values != self._nodata
            starts = np.cumsum(pixels) - pixels
            count = np.add.reduceat(valid, starts, dtype=np.int64)
            without.append(np.add.reduceat(np.where(valid, 0.0, shares), starts))
            self._take(zones, count, values[valid], shares[valid])
        result = np.concatenate(without)
        self._without.add(runs, result)
        return result

    def _take(self, zones: NDArray[np.int64], count: Counts, values: NDArray[np.int16], shares: Floats) -> None:
        self._seen[zones] |= count > 0
        self._blocks_left[zones] -= 1
        complete = (self._blocks_left[zones] == 0) & (self._index.blocks_of[zones] == 1)
        ends = np.cumsum(count)
        for position in np.flatnonzero(~complete).tolist():
            zone, stop = int(zones[position]), int(ends[position])
            part = slice(stop - int(count[position]), stop)
            self._hold(zone, values[part], shares[part])
            if self._blocks_left[zone] == 0:
                self._finish(zone)
        done = complete & (count > 0)
        if done.any():
            keep = np.repeat(complete, count)
            # The runs of a block are sorted by share.
            self._results[:, zones[done]] = _statistics(values[keep], shares[keep], count[done])

    def _hold(self, zone: int, values: NDArray[np.int16], shares: Floats) -> None:
        if self._index.pixels[zone] > LARGE_ZONE:
            whole = shares == 1
            histogram = np.bincount(values[whole].astype(np.int64) + _VALUES // 2, minlength=_VALUES)
            self._whole[zone] = self._whole[zone] + histogram if zone in self._whole else histogram
            values, shares = values[~whole], shares[~whole]
        self._held.setdefault(zone, []).append((values.copy(), shares.copy()))

    def _finish(self, zone: int) -> None:
        parts = self._held.pop(zone)
        values, shares = (np.concatenate(each) for each in zip(*parts))
        order = np.argsort(shares, kind="stable")
        values, shares = values[order], shares[order]
        if zone in self._whole:
            self._results[:, zone] = _large_statistics(values, shares, self._whole.pop(zone))
        elif len(values):
            self._results[:, [zone]] = _statistics(values, shares, np.array([len(values)]))

    def merge(self, other: WeightedAccumulator) -> None:
        """Take in what another accumulator of the same zones and other blocks has seen."""
        seen_here = self._index.blocks_of - self._blocks_left
        seen_there = self._index.blocks_of - other._blocks_left
        self._blocks_left -= seen_there
        finished_there = (other._blocks_left == 0) & (seen_there > 0) & (seen_here == 0)
        self._results[:, finished_there] = other._results[:, finished_there]
        self._seen |= other._seen
        self._without.merge(other._without)
        for zone, parts in other._held.items():
            self._held.setdefault(zone, []).extend(parts)
        for zone, histogram in other._whole.items():
            self._whole[zone] = self._whole[zone] + histogram if zone in self._whole else histogram
        for zone in [zone for zone in self._held if self._blocks_left[zone] == 0]:
            self._finish(zone)

    def may_have_rows(self) -> NDArray[np.bool_]:
        """Tell for each zone whether it has, or may still get, a valid pixel; bool, shape (zones,)."""
        return self._seen | (self._blocks_left > 0)

    @property
    def count(self) -> Floats:
        """The valid area of each zone, in pixels, once every block was taken in."""
        return self._results[0]

    def nodata(self) -> Floats:
        """Return the area without data of each zone, in pixels, that outside the raster included."""
        return self._without.total() + np.asarray(self._index.outside)

    def result(self) -> dict[str, NDArray[Any]]:
        """Return the statistics once every block was taken in, as `Accumulator.result` does."""
        _, mean, std, *order = self._results
        return by_name(mean, std, order)


def _shares(runs: BlockRuns) -> Floats:
    """Return the share of each pixel of the runs."""
    return np.repeat(np.asarray(runs.share), runs.length)


def _statistics(values: NDArray[np.int16], shares: Floats, count: Counts) -> Floats:
    """Return area, mean, deviation, minimum, quartiles and maximum of some zones, shape (8, zones).

    Parameters
    ----------
    values, shares
        of the pixels, zone after zone, in each by ascending share.
    count
        how many pixels each zone has, at least one.
    """
    result = np.empty((8, len(count)))
    starts = np.cumsum(count) - count
    # Zones of like size are worked on together, padded to the same power of two: what is added to a zone does not
    # depend on its neighbours.
    width = 1 << np.ceil(np.log2(count)).astype(np.int64)
    for columns in np.unique(width).tolist():
        zones = np.flatnonzero(width == columns)
        place = np.arange(columns)
        inside = place < count[zones, None]
        pixel = np.where(inside, starts[zones, None] + place, starts[zones, None])
        padded = np.where(inside, values[pixel], _PAD)
        order = np.argsort(padded, axis=1, kind="stable")
        padded = np.take_along_axis(padded, order, axis=1)
        weights = np.take_along_axis(np.where(inside, shares[pixel], 0.0), order, axis=1)
        result[:, zones] = _of_sorted(np.where(inside, padded, 0).astype(np.float64), weights, inside, count[zones])
    return result


def _of_sorted(values: Floats, weights: Floats, inside: NDArray[np.bool_], count: Counts) -> Floats:
    """Return the statistics of zones, one per line, from their sorted values; what is not inside counts nothing."""
    line, last = np.arange(len(count)), count - 1
    until = np.cumsum(weights, axis=1)
    area = until[:, -1]
    # Around the nearest integer nothing cancels, and a zone of one value has exactly this mean and no deviation.
    centre = np.rint((weights * values).sum(axis=1) / area)
    apart = np.where(inside, values - centre[:, None], 0.0)
    offset = (weights * apart).sum(axis=1) / area
    std = np.sqrt(np.maximum((weights * apart * apart).sum(axis=1) / area - offset * offset, 0.0))
    steps = np.arange(values.shape[1]) * weights + last[:, None] * (until - weights)
    quartiles = []
    for share in QUARTILES:
        target = share * steps[line, last]
        below = np.where(inside, steps <= target[:, None], False).sum(axis=1) - 1
        below = np.clip(below, 0, np.maximum(last - 1, 0))
        above = np.minimum(below + 1, last)
        reach = steps[line, above] - steps[line, below]
        part = (target - steps[line, below]) / np.where(reach > 0, reach, 1.0)
        low = values[line, below]
        quartiles.append(low + (values[line, above] - low) * part)
    return np.stack([area, centre + offset, std, values[:, 0], *quartiles, values[line, last]])


def _large_statistics(values: NDArray[np.int16], shares: Floats, whole: NDArray[np.int64]) -> Floats:
    """Return the same of one zone, from the pixels that belong to it in part and a histogram of those that do wholly.

    Parameters
    ----------
    values, shares
        of the former, by ascending share.
    whole
        how many there are of each int16.
    """
    present = np.flatnonzero(whole)
    # One entry per pixel in part, and one per value for all whole ones, which come after those in part.
    value = np.concatenate([values.astype(np.float64), present - _VALUES / 2])
    share = np.concatenate([shares, np.ones(len(present))])
    times = np.concatenate([np.ones(len(values), np.int64), whole[present]])
    if not len(value):
        return np.zeros(8)
    order = np.argsort(value, kind="stable")
    value, share, times = value[order], share[order], times[order]
    weights = share * times
    until = np.cumsum(weights)
    area, count = until[-1], int(times.sum())
    centre = np.rint((weights * value).sum() / area)
    apart = value - centre
    offset = (weights * apart).sum() / area
    std = np.sqrt(max((weights * apart * apart).sum() / area - offset * offset, 0.0))
    # Of each entry the first and the last pixel; between them the value is the same.
    first = (np.cumsum(times) - times) * share + (count - 1) * (until - weights)
    last = first + (times - 1) * (share + (count - 1) * share)
    steps, reached = np.ravel([first, last], order="F"), np.repeat(value, 2)
    quartiles = np.interp([part * steps[-1] for part in QUARTILES], steps, reached)
    return np.array([area, centre + offset, std, value[0], *quartiles, value[-1]])
