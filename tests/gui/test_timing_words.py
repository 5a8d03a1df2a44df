"""Timings of cron in words, and back."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sen2chain_ts_plugin.engine.jobs.cron_timing import parse
from sen2chain_ts_plugin.gui.jobs.timing_words import (
    DAILY,
    HOURLY,
    MONTHLY,
    OTHER,
    WEEKLY,
    WORKDAYS,
    When,
    next_runs_words,
    timing_words,
    when_of,
)

WORDS = {
    "30 4 * * *": "every night at 04:30",
    "0 0 * * *": "every night at 00:00",
    "@daily": "every night at 00:00",
    "30 23 * * *": "every night at 23:30",
    "0 18 * * *": "every day at 18:00",
    "0 6 * * mon-fri": "Monday to Friday at 06:00",
    "0 6 * * 1,2,3,4,5": "Monday to Friday at 06:00",
    "15 6 * * 1": "every Monday at 06:15",
    "15 6 * * 7": "every Sunday at 06:15",
    "@weekly": "every Sunday at 00:00",
    "0 3 1 * *": "on the first of each month at 03:00",
    "@monthly": "on the first of each month at 00:00",
    "@hourly": "every hour, at minute 0",
    "5 * * * *": "every hour, at minute 5",
    "@reboot": "when the computer starts",
    # Without simpler words.
    "*/10 * * * *": "*/10 * * * *",
    "0 4,16 * * *": "0 4,16 * * *",
    "0 4 2 * *": "0 4 2 * *",
    "0 4 1 * 1": "0 4 1 * 1",
    "0 4 1 3 *": "0 4 1 3 *",
    "0 4 * 3 *": "0 4 * 3 *",
    "0 4 * * 1,3": "0 4 * * 1,3",
    "nonsense": "nonsense",
    "": "",
}


@pytest.mark.parametrize("timing", WORDS)
def test_timings_have_words(timing: str) -> None:
    assert timing_words(timing) == WORDS[timing]
    when = when_of(timing)
    if when.often != OTHER:
        # What the form would write comes at the same times.
        mine, given = parse(when.timing), parse(timing)
        assert (mine.minutes, mine.hours, mine.days, mine.months, mine.weekdays) == (
            given.minutes, given.hours, given.days, given.months, given.weekdays,
        )  # fmt: skip


@pytest.mark.parametrize("often", [DAILY, WORKDAYS, MONTHLY, HOURLY, *[WEEKLY] * 7])
def test_what_is_chosen_is_shown_again(often: str) -> None:
    for number in range(7 if often == WEEKLY else 1):
        when = When(often, time(0 if often == HOURLY else 22, 45), number)
        assert when_of(when.timing) == when


def test_next_three_runs() -> None:
    words = next_runs_words("30 4 * * *", datetime(2024, 2, 27, 5))
    assert words.startswith("Next runs: tomorrow 04:30; ")
    assert words.count("04:30") == 3
    assert "29" in words
    assert next_runs_words("@reboot", datetime(2024, 2, 27)) == "It runs when the computer starts."
