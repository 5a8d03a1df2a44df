"""The rows that an analysis sees: the best one of each zone and day, some zones at a time.

Source of the rule: compile's best row per zone and acquisition; of several acquisitions on a day the one with the
greatest count, then the least spread, then the greatest file name. Filters come after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ..errors import Phrase, SettingRefused

VALUES = ("mean", "median")
SCALE = 10000  # rasters and raw files hold index values times this
# A mean probability from which on a zone counts as clouded, %.
CLOUDY_PROBABILITY = 1.0


@dataclass(frozen=True)
class RowFilter:
    """Which rows count, and their value.

    Attributes
    ----------
    min_valid
        the least share of a zone's pixels that are valid, %.
    min_pixels
        the least number of valid pixels.
    value
        the statistic that is the zone's value, ``mean`` or ``median``.
    """

    min_valid: float = 50.0
    min_pixels: int = 1
    value: str = "mean"

    def check(self) -> None:
        """Raise `SettingRefused` for a filter that cannot be."""
        if not 0 <= self.min_valid <= 100:
            raise SettingRefused(name="MIN_VALID", value=self.min_valid, wanted=Phrase("0 to 100"))
        if self.min_pixels < 0:
            raise SettingRefused(name="MIN_PIXELS", value=self.min_pixels, wanted=Phrase("a number of 0 and more"))
        if self.value not in VALUES:
            raise SettingRefused(name="VALUE", value=self.value, wanted=", ".join(VALUES))

    def passes(self, rows: Rows) -> np.ndarray:
        """Tell which rows count."""
        share_enough = 100 * rows.count >= self.min_valid * (rows.count + rows.nodata)
        passed: np.ndarray = share_enough & (rows.count >= self.min_pixels) & ~np.isnan(rows.value)
        return passed


@dataclass(frozen=True)
class Span:
    """The days of the first and the last acquisition of an extraction."""

    first: int
    last: int


@dataclass(frozen=True)
class Rows:
    """Rows of some zones, one per zone and day, ordered by zone, then day.

    Attributes
    ----------
    zone
        int64, ``fid``.
    day
        int64, the day of acquisition in UTC, 0 for 1970-01-01.
    value, std
        float64, index values (0.5, not 5000); NaN where missing.
    count, nodata
        float64, pixels.
    cloudy
        bool: the zone has a cloudy pixel, or a mean cloud probability of 1 % and more.
    filled
        float64, of a smoothed curve 1 where no observation is near; 0 for observations.
    index
        the name of the index.
    span
        of the extraction, whatever these zones have of it.
    tails
        of each zone the text of its attributes, as in its CSV line, with the comma before them.
    """

    zone: np.ndarray
    day: np.ndarray
    value: np.ndarray
    std: np.ndarray
    count: np.ndarray
    nodata: np.ndarray
    cloudy: np.ndarray
    filled: np.ndarray
    index: str
    span: Span
    tails: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.zone.size)

    def some(self, which: np.ndarray) -> Rows:
        """Return some of the rows, by a mask or by positions in order."""
        columns = (self.zone, self.day, self.value, self.std, self.count, self.nodata, self.cloudy, self.filled)
        zone, day, value, std, count, nodata, cloudy, filled = (column[which] for column in columns)
        return Rows(zone, day, value, std, count, nodata, cloudy, filled, self.index, self.span, self.tails)


def best_of_day(
    zone: np.ndarray, day: np.ndarray, count: np.ndarray, std: np.ndarray, filename: np.ndarray
) -> np.ndarray:
    """Return the positions of the best row of each zone and day, ordered by zone, then day.

    Parameters
    ----------
    zone, day
        int, of each row.
    count, std
        of each row; a missing std is the worst.
    filename
        int, of each row, in the order of the texts it stands for.
    """
    spread = np.where(np.isnan(std), np.inf, std)
    order = np.lexsort((filename, -spread, count, day, zone))
    is_last = (np.diff(zone[order], append=-1) != 0) | (np.diff(day[order], append=-1) != 0)
    best: np.ndarray = order[is_last]
    return best
