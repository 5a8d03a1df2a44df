"""The timing of a cron line: read strictly, and when it comes next.

Source of the format: crontab(5) of Debian's cron. Refused although some cron takes them, because they never run or do
not mean the same everywhere: ranges that run backwards (``6-1``), ``*-5``, ``a~b``, ``5/15``, dates that do not exist.

Instead of croniter, which pip would have to bring into QGIS and which takes timings that cron refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..choices import TIMING
from ..errors import Phrase, TimingInvalid, TimingNeverComes

AT_BOOT = "@reboot"
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    (Phrase("minute"), 0, 59, ()),
    (Phrase("hour"), 0, 23, ()),
    (Phrase("day of the month"), 1, 31, ()),
    (Phrase("month"), 1, 12, _MONTHS),
    (Phrase("day of the week"), 0, 7, _WEEKDAYS),
)
_ITEM = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>[0-9]{1,4}))?", re.ASCII)
# The rarest date is a leap day that has to be of one weekday (29 2 */7): every 28 years, 40 over a century year.
_LONGEST_WAIT_DAYS = 40 * 366 + 1


@dataclass(frozen=True)
class Timing:
    """When a line runs.

    Attributes
    ----------
    text
        the timing with single spaces, as it is written to the crontab.
    minutes, hours, days, months, weekdays
        the values at which each field matches; weekdays 0 (Sunday) to 6. Empty for ``@reboot``.
    either_day
        both day fields are restricted, so a day matches when either does; else it must match both.
    """

    text: str
    minutes: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    either_day: bool = False

    def runs_on(self, day: date) -> bool:
        """Tell whether it runs on a day."""
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return (in_month or in_week) if self.either_day else (in_month and in_week)


def parse(text: str) -> Timing:
    """Read a timing: five fields, or a nickname such as ``@daily``; an empty one is the default, every midnight.

    Raises
    ------
    TimingInvalid
        it is no timing; names the field and what it takes.
    TimingNeverComes
        it names only dates that do not exist.
    """
    words = text.split() or TIMING.split()
    written = " ".join(words)
    if written == AT_BOOT:
        return Timing(written)
    fields = NICKNAMES.get(written, written).split()
    if len(fields) != len(_FIELDS):
        expected = Phrase("five fields, or one of {names}", names=", ".join([AT_BOOT, *NICKNAMES]))
        raise TimingInvalid(timing=text, field=Phrase("timing"), text=written, expected=expected)
    minutes, hours, days, months, weekdays = (_field(text, field, *kind) for field, kind in zip(fields, _FIELDS))
    timing = Timing(
        written,
        minutes,
        hours,
        days,
        months,
        frozenset(day % 7 for day in weekdays),
        # cron looks at the first character only: "*/2" counts as unrestricted.
        either_day=not fields[2].startswith("*") and not fields[4].startswith("*"),
    )
    if next_run(timing, datetime(2000, 1, 1)) is None:
        raise TimingNeverComes(timing=text)
    return timing


def next_run(timing: Timing, after: datetime) -> datetime | None:
    """Return the first minute after a moment at which the timing comes, in the same (local) time.

    None for ``@reboot``, and for what does not come within forty years.
    """
    if not timing.minutes:
        return None
    start = after.replace(second=0, microsecond=0) + timedelta(minutes=1)
    times = [time(hour, minute) for hour in sorted(timing.hours) for minute in sorted(timing.minutes)]
    for days in range(_LONGEST_WAIT_DAYS):
        day = start.date() + timedelta(days=days)
        if timing.runs_on(day):
            for moment in times:
                if days or moment >= start.time():
                    return datetime.combine(day, moment)
    return None


def next_runs(timing: Timing, after: datetime, number: int) -> list[datetime]:
    """Return the next moments at which the timing comes, up to a number of them; see `next_run`."""
    found: list[datetime] = []
    while len(found) < number:
        moment = next_run(timing, found[-1] if found else after)
        if moment is None:
            break
        found.append(moment)
    return found


def _field(timing: str, field: str, label: str, low: int, high: int, names: tuple[str, ...]) -> frozenset[int]:
    limits = {"low": low, "high": high}
    if names:
        several = Phrase("{low} to {high} or {first} to {last}", **limits, first=names[0], last=names[-1])
    else:
        several = Phrase("{low} to {high}", **limits)
    expected = Phrase("*, {values}, 1-5, */2 or a list of these with commas", values=several)
    refused = TimingInvalid(timing=timing, field=label, text=field, expected=expected)

    def number(word: str) -> int:
        """Return the number that a word stands for, or is."""
        if word.lower() in names:
            return names.index(word.lower()) + low
        if not re.fullmatch(r"[0-9]{1,2}", word) or not low <= int(word) <= high:
            raise refused
        return int(word)

    values: set[int] = set()
    for item in field.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise refused
        first, last, step = match["first"], match["last"], int(match["step"] or 1)
        if step == 0 or (first == "*" and last is not None) or (first != "*" and last is None and match["step"]):
            raise refused
        begin = low if first == "*" else number(first)
        end = high if first == "*" else number(last) if last is not None else begin
        if begin > end:
            raise refused
        values.update(range(begin, end + 1, step))
    return frozenset(values)
