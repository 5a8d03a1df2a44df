"""What plots and a report show of an index and mask: an overview of all zones, and the rows of those that are drawn.

Of many zones some are drawn, evenly chosen. The rows are gone through some zones at a time, twice where there are many:
what is held of a row that is not drawn is its mean, which the quantiles of its day need.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..feedback import Feedback, StepFeedback
from ..tree.layout import Tree
from .series_source import OPENED, open_zone_series
from .zone_series import Choice, NamedZone, ZoneSeries, unique_labels

# The quantiles of a day, and the share of the zones that has to be seen on it.
_QUANTILES, _SEEN = (10, 50, 90), 0.2
# Parts with fewer rows than this are not read twice, but held.
HELD_ROWS = 1_000_000
_FIRST_TIME = 0.7
_EXTENT = ("percentile_25", "percentile_75", "mean")
# The bits of a float64: its sign, and infinity.
_SIGN, _INFINITY = 1 << 63, 0x7FF0000000000000


@dataclass(frozen=True)
class Overview:
    """All rows of an index and mask in a few numbers a day.

    Attributes
    ----------
    rows
        how many there are, one per zone and date.
    zones
        the numbers of the zones that have a row, ascending.
    first, last
        the times of the first and the last acquisition, datetime64[s].
    days
        datetime64[D], those that have a row, ascending.
    seen
        float64, the share of the pixels of all zones that was seen on each day, 0 to 1.
    zones_on
        int64, how many zones have a row of each day.
    spread_days, spread
        datetime64[D], the days on which a fifth of the zones or more has a mean; float64, shape (3, days), the 10th,
        50th and 90th percentile of these, index values times 10 000.
    median
        of the means of all rows, index values times 10 000; NaN for none.
    low, high
        of the means and quartiles of all rows, index values times 10 000; NaN for none.
    """

    rows: int
    zones: Sequence[int]
    first: np.datetime64
    last: np.datetime64
    days: np.ndarray
    seen: np.ndarray
    zones_on: np.ndarray
    spread_days: np.ndarray
    spread: np.ndarray
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class ShownZones:
    """An overview of all zones, and the rows of those that are drawn."""

    series: ZoneSeries
    overview: Overview

    def evenly(self, most: int) -> list[NamedZone]:
        """Return all zones, or that many of them evenly spread over the list; one of the limits it was read with."""
        by_number = {zone.fid: zone for zone in self.series.zones}
        zones = self.overview.zones
        return [by_number[zones[place]] for place in even_places(len(zones), most)]


def even_places(count: int, most: int) -> list[int]:
    """Return all positions of a list, or that many of them, evenly spread."""
    if count <= most:
        return list(range(count))
    places: list[int] = np.linspace(0, count - 1, most).round().astype(np.int64).tolist()
    return places


def read_shown_zones(
    tree: Tree, index: str, mask_folder: str, choice: Choice, limits: Iterable[int], feedback: Feedback
) -> ShownZones | None:
    """Read what is shown of one index and mask.

    Parameters
    ----------
    tree, index, mask_folder
        whose rows.
    choice
        the dates, and what names the zones.
    limits
        how many zones are drawn here and there, see `ShownZones.evenly`.
    feedback
        told the share that is read, and what is left out; asked for cancel.

    Returns
    -------
    ShownZones or None
        None where there are no rows.

    Raises
    ------
    KeyFieldUnknown
        the rows have no such attribute.
    RawFileChanged
        a raw file changed meanwhile.
    Cancelled
        the user asked to stop.
    """
    source = open_zone_series(tree, index, mask_folder, choice, StepFeedback(feedback, 0.0, OPENED))
    tally = _Tally()
    held: list[ZoneSeries] | None = []
    for part in source.parts(StepFeedback(feedback, OPENED, _FIRST_TIME)):
        tally.add(part)
        if held is not None:
            held.append(part)
            if tally.rows > HELD_ROWS and source.whole is None:
                held = None
    if not tally.rows:
        return None
    overview = tally.finish()
    wanted = {overview.zones[place] for most in limits for place in even_places(len(overview.zones), most)}
    parts = source.parts(StepFeedback(feedback, _FIRST_TIME, 1.0)) if held is None else held
    return ShownZones(source.joined([part.only(wanted) for part in parts], unique_labels(tally.keys)), overview)


@dataclass
class _Day:
    """What is known of a day: pixels seen, zones with a row, and their means, by part."""

    seen: float = 0.0
    zones: int = 0
    means: list[np.ndarray] = field(default_factory=list)


class _Tally:
    """Counts rows, part by part; the result does not depend on how they are parted."""

    def __init__(self) -> None:
        self.rows = 0
        # The key of each zone.
        self.keys: dict[int, str] = {}
        self._days: dict[np.datetime64, _Day] = {}
        self._pixels: list[float] = []
        self._times: list[np.datetime64] = []
        self._values: list[float] = []

    def add(self, part: ZoneSeries) -> None:
        """Take the rows of some zones, all of each."""
        if not len(part):
            return
        self.rows += len(part)
        self.keys.update((zone.fid, zone.label) for zone in part.zones)
        self._times += [part.when.min(), part.when.max()]
        for name in _EXTENT:
            known = part.numbers[name][~np.isnan(part.numbers[name])]
            self._values += [float(known.min()), float(known.max())] if known.size else []
        starts = np.array([zone.rows.start for zone in part.zones])
        pixels = part.numbers["count"] + part.numbers["nodata"]
        self._pixels += np.maximum.reduceat(pixels, starts).tolist()
        self._add_days(part, starts)

    def _add_days(self, part: ZoneSeries, starts: np.ndarray) -> None:
        days, position = np.unique(part.when.astype("datetime64[D]"), return_inverse=True)
        mine = [self._days.setdefault(day, _Day()) for day in days]
        # Of the rows of a zone and day, from several acquisitions, the best one counts; they follow each other.
        zone = np.repeat(np.arange(starts.size), np.diff([*starts.tolist(), len(part)]))
        begins = np.flatnonzero(np.diff(zone * days.size + position, prepend=-1))
        best = np.maximum.reduceat(part.numbers["count"], begins)
        # Added one after the other to what there is, so that the sum is the same however the zones are parted.
        before = np.array([day.seen for day in mine])
        seen = np.bincount([*range(days.size), *position[begins].tolist()], [*before, *best])
        known = ~np.isnan(part.numbers["mean"])
        order = np.argsort(position[known], kind="stable")
        ends = np.cumsum(np.bincount(position[known], minlength=days.size))[:-1]
        means = np.split(part.numbers["mean"][known][order], ends)
        zones = np.bincount(position[begins], minlength=days.size)
        for day, now, number, values in zip(mine, seen.tolist(), zones.tolist(), means):
            day.seen = now
            day.zones += number
            day.means.append(values.copy())

    def finish(self) -> Overview:
        """Return the overview of all rows; at least one was taken."""
        days = sorted(self._days)
        means = [_sorted_means(self._days[day]) for day in days]
        everything = max(math.fsum(self._pixels), 1.0)
        least = max(1.0, _SEEN * len(self.keys))
        spread = [number for number, values in enumerate(means) if values.size >= least]
        quantiles = [np.percentile(means[number], _QUANTILES) for number in spread]
        every = np.array(days, "datetime64[D]")
        return Overview(
            rows=self.rows,
            zones=list(self.keys),
            first=min(self._times),
            last=max(self._times),
            days=every,
            seen=np.clip([self._days[day].seen / everything for day in days], 0, 1),
            zones_on=np.array([self._days[day].zones for day in days], np.int64),
            spread_days=every[spread],
            spread=np.array(quantiles, np.float64).reshape(len(spread), len(_QUANTILES)).T,
            median=median_of_sorted(means),
            low=min(self._values, default=math.nan),
            high=max(self._values, default=math.nan),
        )


def _sorted_means(day: _Day) -> np.ndarray:
    """Return the means of a day, ascending; the parts are let go."""
    values = np.concatenate(day.means)
    day.means.clear()
    values.sort()
    return values


def median_of_sorted(parts: Sequence[np.ndarray]) -> float:
    """Return the median of all values of ascending arrays, without bringing them together; NaN for none."""
    total = sum(part.size for part in parts)
    if not total:
        return math.nan
    below, above = (_ranked(parts, rank) for rank in ((total - 1) // 2, total // 2))
    return (below + above) / 2


def _ranked(parts: Sequence[np.ndarray], rank: int) -> float:
    """Return the value that has so many before it: the least one that more than ``rank`` values do not exceed."""
    low, high = _SIGN - 1 - _INFINITY, _SIGN + _INFINITY
    while low < high:
        middle = (low + high) // 2
        value = _float_at(middle)
        if sum(int(np.searchsorted(part, value, "right")) for part in parts) > rank:
            high = middle
        else:
            low = middle + 1
    return _float_at(low) + 0.0  # never -0.0


def _float_at(place: int) -> float:
    """Return a float64 by its place among all of them in ascending order; NaN are at both ends."""
    bits = place - _SIGN if place >= _SIGN else 2 * _SIGN - 1 - place
    return float(np.uint64(bits).view(np.float64))
