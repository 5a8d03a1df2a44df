"""The time series of every zone of an extraction, as arrays: what the plots, the report and the quicklooks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from ..dates import DateRange
from ..errors import NothingToShow
from ..feedback import Feedback
from ..library.cloudmask import CloudMask, is_mask_folder
from ..tree.layout import Tree
from ..zones.shapefile import record_count
from .curves import extracted

NUMBERS = ("count", "nodata", "nbcld", "min", "max", "mean", "std", "median", "percentile_25", "percentile_75")


@dataclass(frozen=True)
class Choice:
    """What to show of an extraction.

    Attributes
    ----------
    indices, cloudmasks
        None for all there are; any version of OCM means all.
    date_min, date_max
        the first and the last day, both included; None for no limit.
    key_field
        the attribute that names the zones; empty for their numbers.
    """

    indices: tuple[str, ...] | None = None
    cloudmasks: tuple[CloudMask, ...] | None = None
    date_min: date | None = None
    date_max: date | None = None
    key_field: str = ""

    def has_date(self, day: date) -> bool:
        """Tell whether a day is within the dates."""
        return DateRange(self.date_min, self.date_max).holds(day)


@dataclass(frozen=True)
class NamedZone:
    """The rows of one zone: positions in the arrays of `ZoneSeries`, and the name it goes by."""

    fid: int
    label: str
    rows: slice


@dataclass(frozen=True)
class ZoneSeries:
    """One row per zone and date of one index and cloud mask, ordered by zone, then date.

    Attributes
    ----------
    index, mask_folder
        whose rows they are.
    zones
        those that have a row, by number.
    when
        the time of acquisition of each row, datetime64[s].
    filename
        the masked raster of each row.
    numbers
        the columns `NUMBERS`, float64, NaN where a cell is empty; index values times 10 000.
    compiled
        the file they come from; None when the raw files were compiled in memory.
    damaged
        raw files that were left out.
    without_row
        the days of the products that gave no row, ascending.
    """

    index: str
    mask_folder: str
    zones: list[NamedZone]
    when: np.ndarray
    filename: list[str]
    numbers: dict[str, np.ndarray]
    compiled: Path | None = None
    damaged: tuple[Path, ...] = ()
    without_row: list[date] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.filename)

    def only(self, fids: Collection[int]) -> ZoneSeries:
        """Return the rows of some zones."""
        kept = [zone for zone in self.zones if zone.fid in fids]
        if len(kept) == len(self.zones):
            return self
        sizes = [zone.rows.stop - zone.rows.start for zone in kept]
        ends = np.cumsum(sizes, dtype=np.int64).tolist()
        rows = np.concatenate([np.empty(0, np.int64), *(np.arange(zone.rows.start, zone.rows.stop) for zone in kept)])
        return replace(
            self,
            zones=[replace(zone, rows=slice(end - size, end)) for zone, size, end in zip(kept, sizes, ends)],
            when=self.when[rows],
            filename=[self.filename[row] for row in rows.tolist()],
            numbers={name: values[rows] for name, values in self.numbers.items()},
        )

    @property
    def share_without_data(self) -> np.ndarray:
        """The share of each zone's pixels that have no data, of each row, 0 to 1 (Sen2Chain's NaN ratio)."""
        share: np.ndarray = self.numbers["nodata"] / (self.numbers["count"] + self.numbers["nodata"])
        return share


def pairs_of(tree: Tree, choice: Choice, feedback: Feedback) -> list[tuple[str, str]]:
    """Return the indices and mask folders to show; what was asked for and is not there is said.

    Raises
    ------
    NothingToShow
        there is none of them.
    """
    there = {index: [mask for mask in masks if is_mask_folder(mask)] for index, masks in extracted(tree).items()}
    asked = None if choice.cloudmasks is None else list(dict.fromkeys(mask.folder for mask in choice.cloudmasks))
    pairs = []
    for index in sorted(there) if choice.indices is None else dict.fromkeys(choice.indices):
        for mask in there.get(index, []) if asked is None else asked:
            if mask in there.get(index, []):
                pairs.append((index, mask))
            else:
                feedback.warning("{index} {mask}: no raw data here, skipped.", index=index, mask=mask)
        if asked is None and index not in there:
            feedback.warning("{index}: no raw data here, skipped.", index=index)
    if not pairs:
        raise nothing_to_show(tree)
    return pairs


def nothing_to_show(tree: Tree) -> NothingToShow:
    """Return the failure that names what a tree has."""
    there = [f"{index} {mask}" for index, masks in extracted(tree).items() for mask in masks]
    return NothingToShow(folder=tree.folder, there=", ".join(there) or "-")


def number_of_zones(tree: Tree) -> int | None:
    """Return how many zones a tree has, from the index of its shapefile; None when that is missing."""
    try:
        return record_count(tree.shapefile)
    except OSError:
        return None


def unique_labels(keys: Mapping[int, str]) -> dict[int, str]:
    """Return a name for each zone: its key, its number where it has none, both where others have the same key."""
    seen: dict[str, int] = {}
    for key in keys.values():
        seen[key] = seen.get(key, 0) + 1
    return {
        number: f"FID{number}" if not key else key if seen[key] == 1 else f"{key} (FID{number})"
        for number, key in keys.items()
    }
