"""One task of a job: its fields as text, checked one by one, and what they ask for on a given day.

Source of the fields and their rules: Sen2Chain 1.4.1, ``JobExtraction``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import PurePosixPath, PureWindowsPath

from ..choices import ALL_DATA, ALL_INDICES, AUTO_SOURCE, CUSTOM, INDICES, L2A_SOURCE
from ..errors import (
    EngineError,
    JobCoverInvalid,
    JobDateInvalid,
    JobDatesReversed,
    JobFlagInvalid,
    JobIndexUnknown,
    JobLayerInvalid,
    JobPeriodUnknown,
)
from ..library import cloudmask
from ..library.cloudmask import CloudMask
from ..text import without_password
from .publish import parse_target

NONE = "False"
FIRST_DATE = date(2015, 1, 1)
LAST_DATE = date(9999, 12, 31)
# The words of the column compiled_data, and the periods of compile that they mean.
PERIODS = {
    "yearly": "yearly",
    "monthly": "monthly",
    "weekly": "weekly",
    "daily": "daily",
    "all": CUSTOM,
    "alldata": ALL_DATA,
}
_SEPARATOR = "/"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TODAY = re.compile(r"today(?:\s*-\s*(?P<days>[0-9]{1,5}))?")


@dataclass(frozen=True)
class Task:
    """A line of the table: the text of each column, checked; the names are those of the columns.

    Lists are separated by ``/``; ``False`` or nothing means none.
    """

    shapefile: str = NONE
    date_min: str = ""
    date_max: str = ""
    max_clouds: str = "100"
    cloudmasks: str = cloudmask.DEFAULT
    indices: str = "NDVI"
    force_extraction: str = NONE
    compiled_data: str = "alldata"
    smooth_data: str = NONE
    copy_server: str = NONE

    def __post_init__(self) -> None:
        for name, canonical in _CANONICAL.items():
            object.__setattr__(self, name, canonical(name, getattr(self, name).strip()))
        if not (_TODAY.fullmatch(self.date_min) or _TODAY.fullmatch(self.date_max)):
            self.dates(date.today())  # those that move with the day may be in order on some days and not on others

    @property
    def force(self) -> bool:
        """Whether what is already extracted is extracted again."""
        return self.force_extraction == "True"

    @property
    def smooth(self) -> bool:
        """Whether the time series are smoothed."""
        return self.smooth_data == "True"

    @property
    def cover_max(self) -> int:
        """The highest cloud cover of a product, in %."""
        return int(self.max_clouds)

    @property
    def masks(self) -> tuple[CloudMask, ...]:
        """The cloud masks; empty for none."""
        return tuple(cloudmask.parse(name) for name in _items(self.cloudmasks))

    @property
    def index_source(self) -> str:
        """Where the indices come from: from bands if a mask ends in -L2A, else as the library has it."""
        return L2A_SOURCE if any(mask.l2a for mask in self.masks) else AUTO_SOURCE

    @property
    def index_names(self) -> tuple[str, ...]:
        """The indices, ``All`` spelled out; empty for none."""
        return INDICES if self.indices == ALL_INDICES else tuple(_items(self.indices))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of compile, in the order of the line; empty for none."""
        return tuple(dict.fromkeys(PERIODS[word] for word in _items(self.compiled_data)))

    @property
    def asks_nothing(self) -> bool:
        """Whether the line has no layer, no index or no cloud mask, so that there is nothing to extract."""
        return NONE in (self.shapefile, self.indices, self.cloudmasks)

    def dates(self, today: date) -> tuple[date, date]:
        """Return the first and the last day asked for, on the day given.

        Raises
        ------
        JobDatesReversed
            on that day the first one comes after the last one.
        """
        first, last = _day(self.date_min, today, FIRST_DATE), _day(self.date_max, today, LAST_DATE)
        if first > last:
            raise JobDatesReversed(first=self.date_min or first, last=self.date_max)
        return first, last


COLUMNS = tuple(field.name for field in fields(Task))


def checked(column: str, text: str) -> str:
    """Return the text of a column as it is written; raise `EngineError` where it cannot be that of the column."""
    return _CANONICAL[column](column, text.strip())


def _items(text: str) -> list[str]:
    if text == NONE:
        return []
    return list(dict.fromkeys(item.strip() for item in text.split(_SEPARATOR)))


def _day(text: str, today: date, default: date) -> date:
    match = _TODAY.fullmatch(text)
    if match:
        return today - timedelta(days=int(match["days"] or 0))
    return date.fromisoformat(text) if text else default


def _layer(_column: str, text: str) -> str:
    if text in ("", NONE):
        return NONE
    # Sen2Chain skips a line with "!" anywhere in this column and cuts a line at "#"; a line end breaks the table.
    path = text.split("|")[0]
    absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
    if not absolute or any(character in "!#" or unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise JobLayerInvalid(value=without_password(text))
    return text


def _date(column: str, text: str) -> str:
    match = _TODAY.fullmatch(text)
    if match:
        days = match["days"]
        # Sen2Chain understands today-0, and not today, as a first date.
        return f"today-{int(days)}" if days else "today-0" if column == "date_min" else "today"
    if text:
        try:
            if not _DATE.fullmatch(text):
                raise ValueError
            date.fromisoformat(text)
        except ValueError:
            raise JobDateInvalid(column=column, value=text) from None
    return text


def _cover(_column: str, text: str) -> str:
    match = re.fullmatch(r"(?P<percent>[0-9]{1,3})(?:\.0+)?", text or "100")
    if not match or int(match["percent"]) > 100:
        raise JobCoverInvalid(value=text)
    return str(int(match["percent"]))


def _masks(_column: str, text: str) -> str:
    # Sen2Chain's own help names CM002 without its band.
    masks = [cloudmask.parse("CM002-B11" if item == "CM002" else item) for item in _items(text or NONE)]
    return _SEPARATOR.join(mask.name for mask in masks) or NONE


def _indices(_column: str, text: str) -> str:
    return text if text == ALL_INDICES else _words(text, INDICES, JobIndexUnknown)


def _periods(_column: str, text: str) -> str:
    return _words(text, PERIODS, JobPeriodUnknown)


def _words(text: str, known: Collection[str], unknown: type[EngineError]) -> str:
    items = _items(text or NONE)
    for item in items:
        if item not in known:
            raise unknown(value=item, known=", ".join(known))
    return _SEPARATOR.join(items) or NONE


def _flag(column: str, text: str) -> str:
    if text.lower() not in ("true", "false"):
        raise JobFlagInvalid(column=column, value=text)
    return text.capitalize()


def _copy(_column: str, text: str) -> str:
    return NONE if text in ("", NONE) else parse_target(text).text


_CANONICAL: Mapping[str, Callable[[str, str], str]] = {
    "shapefile": _layer,
    "date_min": _date,
    "date_max": _date,
    "max_clouds": _cover,
    "cloudmasks": _masks,
    "indices": _indices,
    "force_extraction": _flag,
    "compiled_data": _periods,
    "smooth_data": _flag,
    "copy_server": _copy,
}
