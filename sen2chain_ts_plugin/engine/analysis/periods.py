"""Periods of time: weeks, dekads, months, seasons, years, or so many days from an origin on.

A period is known by its first day. Days are whole numbers, 0 for 1970-01-01, as numpy's ``datetime64[D]`` counts them.

| kind | begins | label |
|---|---|---|
| week | on Monday (ISO 8601) | ``2024-W05`` |
| dekad | on the 1st, 11th, 21st of a month | ``2024-D04``: 3 (month - 1) + 1, 2, 3 |
| month | on the 1st | ``2024-04`` |
| season | with December, March, June, September | ``2023-djf``: the year in which it begins |
| tropical-season | with November, May | ``2023-ndjfma``, ``2024-mjjaso`` |
| year | with a month to choose | ``2024``, or ``2023/24`` when that is not January |
| days | every so many days from an origin on | ``2024-001``: the first day as day of the year |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ..errors import Phrase, SettingRefused

WEEK, DEKAD, MONTH, SEASON, TROPICAL, YEAR, DAYS = PERIODS = (
    "week", "dekad", "month", "season", "tropical-season", "year", "days",
)  # fmt: skip
_SEASONS = {12: "djf", 3: "mam", 6: "jja", 9: "son"}
_TROPICAL = {11: "ndjfma", 5: "mjjaso"}
# Months of a period, and the month (from 1) with which one of them begins.
_MONTHS = {MONTH: (1, 1), SEASON: (3, 12), TROPICAL: (6, 11)}
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Calendar:
    """How time is cut into periods.

    Attributes
    ----------
    kind
        one of `PERIODS`.
    days, origin
        of the kind ``days``: the length of a period, and the first day of one of them.
    start_month
        with which a year begins, 1 to 12.
    """

    kind: str = MONTH
    days: int = 16
    origin: date = date(2015, 1, 1)
    start_month: int = 1

    def check(self) -> None:
        """Make sure that there are such periods.

        Raises
        ------
        SettingRefused
            names the setting and what it may be.
        """
        if self.kind not in PERIODS:
            raise SettingRefused(name="PERIOD", value=self.kind, wanted=", ".join(PERIODS))
        if self.days < 1:
            raise SettingRefused(name="DAYS", value=self.days, wanted=Phrase("a number of 1 and more"))
        check_month("START_MONTH", self.start_month)

    @property
    def name(self) -> str:
        """What the periods are called in names of files."""
        kind = f"days{self.days}" if self.kind == DAYS else self.kind
        return f"{kind}_from{self.start_month:02}" if self.kind == YEAR and self.start_month > 1 else kind

    def begin_of(self, day: np.ndarray) -> np.ndarray:
        """Return the first days of the periods that hold some days; int64."""
        day = np.asarray(day, np.int64)
        if self.kind == WEEK:
            return day - (day + 3) % 7  # 1970-01-01 was a Thursday
        if self.kind == DAYS:
            origin = day_number(self.origin)
            begin: np.ndarray = day - (day - origin) % self.days
            return begin
        month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        first = _first_of(month)
        if self.kind == DEKAD:
            return first + np.minimum((day - first) // 10, 2) * 10
        length, start = self._months
        return _first_of(month - (month - (start - 1)) % length)

    def end_of(self, begin: np.ndarray) -> np.ndarray:
        """Return the last days of periods, given the first ones."""
        begin = np.asarray(begin, np.int64)
        if self.kind == WEEK:
            return begin + 6
        if self.kind == DAYS:
            return begin + self.days - 1
        month = begin.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        if self.kind == DEKAD:
            is_last = begin - _first_of(month) == 20
            return np.where(is_last, _first_of(month + 1), begin + 10) - 1
        return _first_of(month + self._months[0]) - 1

    def between(self, first: int, last: int) -> np.ndarray:
        """Return the first days of all periods from the one that holds a day to the one that holds another."""
        return np.unique(self.begin_of(np.arange(first, last + 1)))

    def year_of(self, begin: np.ndarray) -> np.ndarray:
        """Return the years in the labels of periods: of a week that of its Thursday, else that of the first day."""
        day = np.asarray(begin, np.int64) + (3 if self.kind == WEEK else 0)
        year: np.ndarray = day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        return year

    def labels(self, begin: np.ndarray) -> list[str]:
        """Return the labels of periods, given their first days."""
        years = self.year_of(begin).tolist()
        if self.kind == YEAR:
            if self.start_month == 1:
                return [f"{year:04}" for year in years]
            return [f"{year:04}/{(year + 1) % 100:02}" for year in years]
        return [f"{year:04}-{step}" for year, step in zip(years, self.steps(begin))]

    def steps(self, begin: np.ndarray) -> list[str]:
        """Return what is the same in the labels of every year: ``W05``, ``D04``, ``04``, ``djf``, ``001``."""
        days = [date.fromordinal(_EPOCH + day) for day in np.asarray(begin).tolist()]
        if self.kind == WEEK:
            return [f"W{day.isocalendar()[1]:02}" for day in days]
        if self.kind == DEKAD:
            return [f"D{3 * (day.month - 1) + min(3, (day.day - 1) // 10 + 1):02}" for day in days]
        if self.kind == MONTH:
            return [f"{day.month:02}" for day in days]
        if self.kind in (SEASON, TROPICAL):
            names = _SEASONS if self.kind == SEASON else _TROPICAL
            return [names[day.month] for day in days]
        return [f"{day.timetuple().tm_yday:03}" for day in days]

    def step_order(self, steps: set[str]) -> list[str]:
        """Return steps in the order of the year."""
        seasons = [*_SEASONS.values(), *_TROPICAL.values()]
        return sorted(steps, key=lambda step: (seasons.index(step) if step in seasons else 0, step))

    @property
    def _months(self) -> tuple[int, int]:
        return (12, self.start_month) if self.kind == YEAR else _MONTHS[self.kind]


def check_month(name: str, month: int) -> None:
    """Raise `SettingRefused` for a month that is none."""
    if not 1 <= month <= 12:
        raise SettingRefused(name=name, value=month, wanted=Phrase("a month, 1 to 12"))


def day_number(day: date) -> int:
    """Return a date as a number of days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_texts(days: np.ndarray) -> list[str]:
    """Return days as ``YYYY-MM-DD``."""
    different, where = np.unique(days, return_inverse=True)
    texts = np.datetime_as_string(different.astype("datetime64[D]"), unit="D").astype(object)
    written: list[str] = texts[where.reshape(-1)].tolist()
    return written


def _first_of(month: np.ndarray) -> np.ndarray:
    """Return the first days of months, which are counted from January 1970."""
    first: np.ndarray = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first
