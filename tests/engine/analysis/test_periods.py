"""Periods: where days belong, what the periods are called, from when to when they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sen2chain_ts_plugin.engine.analysis.periods import PERIODS, Calendar, day_number, day_texts
from sen2chain_ts_plugin.engine.errors import SettingRefused

DAYS = np.arange(day_number(date(1999, 12, 20)), day_number(date(2033, 2, 10)))
MOMENTS = pd.to_datetime(DAYS, unit="D")


def told(calendar: Calendar, *days: str) -> list[tuple[str, str, str]]:
    """Return label, first and last day of the periods of some days."""
    begins = calendar.begin_of(np.array([day_number(date.fromisoformat(day)) for day in days]))
    return list(zip(calendar.labels(begins), day_texts(begins), day_texts(calendar.end_of(begins))))


def test_weeks_are_those_of_iso() -> None:
    iso = MOMENTS.isocalendar()
    calendar = Calendar("week")
    wanted = [f"{year}-W{week:02}" for year, week in zip(iso.year, iso.week)]
    assert calendar.labels(calendar.begin_of(DAYS)) == wanted
    assert told(calendar, "2021-01-03") == [("2020-W53", "2020-12-28", "2021-01-03")]
    assert told(calendar, "2024-12-30") == [("2025-W01", "2024-12-30", "2025-01-05")]


def test_months_and_seasons_are_those_of_pandas() -> None:
    for kind, rule in (("month", "MS"), ("season", "QS-DEC"), ("year", "YS-JAN")):
        wanted = pd.Series(1, MOMENTS).resample(rule.replace("YS", "AS") if pd.__version__ < "2.2" else rule).sum()
        assert day_texts(Calendar(kind).between(DAYS[0], DAYS[-1])) == [str(day.date()) for day in wanted.index]


@pytest.mark.parametrize("month", range(1, 13))
def test_years_begin_with_any_month(month: int) -> None:
    calendar = Calendar("year", start_month=month)
    begins = calendar.begin_of(DAYS)
    assert set(MOMENTS[np.flatnonzero(np.diff(begins)) + 1].strftime("%m-%d")) == {f"{month:02}-01"}


def test_dekads() -> None:
    assert told(
        Calendar("dekad"), "2024-01-01", "2024-01-10", "2024-01-11", "2024-02-29", "2023-02-28", "2024-12-31"
    ) == [
        ("2024-D01", "2024-01-01", "2024-01-10"),
        ("2024-D01", "2024-01-01", "2024-01-10"),
        ("2024-D02", "2024-01-11", "2024-01-20"),
        ("2024-D06", "2024-02-21", "2024-02-29"),
        ("2023-D06", "2023-02-21", "2023-02-28"),
        ("2024-D36", "2024-12-21", "2024-12-31"),
    ]


def test_labels_and_bounds() -> None:
    assert told(Calendar("month"), "2024-02-29") == [("2024-02", "2024-02-01", "2024-02-29")]
    assert told(Calendar("season"), "2024-02-29", "2023-12-01", "2024-11-30") == [
        ("2023-djf", "2023-12-01", "2024-02-29"),
        ("2023-djf", "2023-12-01", "2024-02-29"),
        ("2024-son", "2024-09-01", "2024-11-30"),
    ]
    assert told(Calendar("tropical-season"), "2024-04-30", "2024-05-01", "2024-11-01") == [
        ("2023-ndjfma", "2023-11-01", "2024-04-30"),
        ("2024-mjjaso", "2024-05-01", "2024-10-31"),
        ("2024-ndjfma", "2024-11-01", "2025-04-30"),
    ]
    assert told(Calendar("year"), "2024-06-30") == [("2024", "2024-01-01", "2024-12-31")]
    july = Calendar("year", start_month=7)
    assert told(july, "2024-06-30", "2024-07-01") == [
        ("2023/24", "2023-07-01", "2024-06-30"),
        ("2024/25", "2024-07-01", "2025-06-30"),
    ]
    assert told(july, "1999-12-31", "2099-08-01")[0][0] == "1999/00"


def test_days_from_an_origin_on() -> None:
    calendar = Calendar("days")
    assert told(calendar, "2015-01-01", "2015-01-17", "2014-12-31", "2024-02-29") == [
        ("2015-001", "2015-01-01", "2015-01-16"),
        ("2015-017", "2015-01-17", "2015-02-01"),
        ("2014-350", "2014-12-16", "2014-12-31"),
        ("2024-058", "2024-02-27", "2024-03-13"),
    ]


@pytest.mark.parametrize("kind", PERIODS)
def test_periods_follow_each_other_without_a_gap(kind: str) -> None:
    calendar = Calendar(kind)
    begins = calendar.begin_of(DAYS)
    assert (begins <= DAYS).all()
    assert (calendar.end_of(begins) >= DAYS).all()
    every = calendar.between(DAYS[0], DAYS[-1])
    assert (every[1:] == calendar.end_of(every)[:-1] + 1).all()
    labels = calendar.labels(every)
    assert len(set(labels)) == len(labels)


def test_names_in_file_names() -> None:
    calendars = (Calendar("month", start_month=7), Calendar("days", days=10), Calendar("year"),
                 Calendar("year", start_month=7), Calendar("tropical-season", start_month=7))  # fmt: skip
    assert [each.name for each in calendars] == ["month", "days10", "year", "year_from07", "tropical-season"]


@pytest.mark.parametrize(
    "calendar", [Calendar("fortnight"), Calendar("days", days=0), Calendar(start_month=0), Calendar(start_month=13)]
)
def test_what_cannot_be_is_refused(calendar: Calendar) -> None:
    with pytest.raises(SettingRefused):
        calendar.check()
