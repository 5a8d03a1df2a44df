"""When a job runs, in words: "every night at 04:30" for ``30 4 * * *``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from qgis.PyQt.QtCore import QLocale

from ...engine.errors import EngineError
from ...engine.jobs import cron_timing as cron
from ...engine.jobs.cron_timing import Timing
from ...processing.support.i18n import names_of_dates, tr
from ..common.localised import day_text

# How often: each day, on one weekday (with its number, 0 for Sunday), on working days, on the first of each month, each
# hour; and everything else, which only cron's own text says.
DAILY, WEEKLY, WORKDAYS, MONTHLY, HOURLY, OTHER = "daily", "weekly", "workdays", "monthly", "hourly", "other"
_ALL_HOURS, _ALL_DAYS = frozenset(range(24)), frozenset(range(1, 32))
_ALL_MONTHS, _WEEK, _WORKING = frozenset(range(1, 13)), frozenset(range(7)), frozenset(range(1, 6))
# A run that begins before this hour is of the night.
_MORNING, _EVENING = 6, 21


@dataclass(frozen=True)
class When:
    """When a job runs.

    Attributes
    ----------
    often
        one of the words above.
    at
        the time of day; of ``HOURLY`` the minute alone counts.
    weekday
        of ``WEEKLY``: 0 for Sunday to 6 for Saturday.
    """

    often: str
    at: time = time(0, 0)
    weekday: int = 0

    @property
    def timing(self) -> str:
        """The timing as cron writes it; empty for ``OTHER``."""
        clock = f"{self.at.minute} {self.at.hour}"
        return {
            DAILY: f"{clock} * * *",
            WEEKLY: f"{clock} * * {self.weekday}",
            WORKDAYS: f"{clock} * * 1-5",
            MONTHLY: f"{clock} 1 * *",
            HOURLY: f"{self.at.minute} * * * *",
        }.get(self.often, "")


def when_of(text: str) -> When:
    """Return when a timing comes; ``OTHER`` where it is no timing, or one that has no simpler words."""
    try:
        timing = cron.parse(text)
    except EngineError:
        return When(OTHER)
    if len(timing.minutes) != 1 or timing.months != _ALL_MONTHS or timing.either_day:
        return When(OTHER)
    (minute,) = timing.minutes
    if timing.hours == _ALL_HOURS and timing.days == _ALL_DAYS and timing.weekdays == _WEEK:
        return When(HOURLY, time(0, minute))
    if len(timing.hours) != 1:
        return When(OTHER)
    (hour,) = timing.hours
    return _on_days(timing, time(hour, minute))


def _on_days(timing: Timing, at: time) -> When:
    if timing.days == {1} and timing.weekdays == _WEEK:
        return When(MONTHLY, at)
    if timing.days != _ALL_DAYS:
        return When(OTHER)
    if timing.weekdays == _WEEK:
        return When(DAILY, at)
    if timing.weekdays == _WORKING:
        return When(WORKDAYS, at)
    if len(timing.weekdays) == 1:
        return When(WEEKLY, at, next(iter(timing.weekdays)))
    return When(OTHER)


def timing_words(text: str) -> str:
    """Return a timing in words; where there are none, as it is written."""
    if not text:
        return ""
    when = when_of(text)
    words = {
        DAILY: tr("every night at {time}") if _is_night(when.at) else tr("every day at {time}"),
        WEEKLY: tr("every {weekday} at {time}"),
        WORKDAYS: tr("Monday to Friday at {time}"),
        MONTHLY: tr("on the first of each month at {time}"),
        HOURLY: tr("every hour, at minute {minute}"),
    }.get(when.often)
    if words is None:
        return tr("when the computer starts") if text.strip() == cron.AT_BOOT else text
    return words.format(time=clock(when.at), minute=when.at.minute, weekday=weekday_name(when.weekday))


def often_words(often: str, weekday: int = 0) -> str:
    """Return how often, in the words of a list to choose from."""
    return {
        DAILY: tr("Every night, or day"),
        WEEKLY: tr("Every {weekday}").format(weekday=weekday_name(weekday)),
        WORKDAYS: tr("Monday to Friday"),
        MONTHLY: tr("On the first of each month"),
        HOURLY: tr("Every hour"),
        OTHER: tr("Other, as cron writes it"),
    }[often]


def next_runs_words(text: str, now: datetime) -> str:
    """Return the next three runs of a timing in words; why there are none where it is wrong."""
    moments: Sequence[datetime] = cron.next_runs(cron.parse(text), now, 3)
    if not moments:
        return tr("It runs when the computer starts.")
    return tr("Next runs: {moments}").format(moments="; ".join(moment_words(each, now) for each in moments))


def moment_words(moment: datetime, now: datetime) -> str:
    """Return a moment in words: "tomorrow 04:30", or with its date."""
    days = (moment.date() - now.date()) // timedelta(days=1)
    near = {-1: tr("yesterday"), 0: tr("today"), 1: tr("tomorrow")}.get(days)
    if near is None:
        near = day_text(moment)
    return f"{near} {clock(moment.time())}"


def clock(at: time) -> str:
    """Return a time of day."""
    return f"{at:%H:%M}"


def weekday_name(weekday: int) -> str:
    """Return the name of a weekday; 0 for Sunday."""
    return names_of_dates().standaloneDayName(weekday or 7, QLocale.FormatType.LongFormat)


def _is_night(at: time) -> bool:
    return at.hour < _MORNING or at.hour >= _EVENING
