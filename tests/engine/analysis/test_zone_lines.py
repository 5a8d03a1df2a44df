"""What the chart of a zone draws is what the analyses compute."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.analysis.zone_lines import (
    other_years,
    period_means,
    smoothed_lines,
    spread_of,
    straight_line,
)
from sen2chain_ts_plugin.engine.series.curves import NUMBER_COLUMNS, Curve

FIRST = datetime(2021, 1, 3, 6, 35)


def curve(zone: int, days: list[int], values: list[float], *, nodata: float = 0.0) -> Curve:
    numbers = {name: np.zeros(len(days)) for name in NUMBER_COLUMNS}
    numbers["mean"] = numbers["median"] = np.array(values, float)
    numbers["count"], numbers["nodata"] = np.full(len(days), 100.0), np.full(len(days), nodata)
    dates = tuple(FIRST + timedelta(days=day) for day in days)
    return Curve(zone, dates, ("40KCB",) * len(days), tuple(f"{day:05}.jp2" for day in days), numbers)


def wave(days: np.ndarray) -> np.ndarray:
    return 0.5 + 0.3 * np.sin(2 * np.pi * days / 365.25)


def test_each_zone_has_the_line_that_it_has_alone() -> None:
    generator = np.random.default_rng(3)
    curves = []
    for zone in (7, 2, 5):
        days = np.sort(generator.choice(700, 70, replace=False))
        curves.append(curve(zone, days.tolist(), wave(days).tolist()))
    together = smoothed_lines(curves, "NDVI")
    for one, line in zip(curves, together):
        (alone,) = smoothed_lines([one], "NDVI")
        np.testing.assert_array_equal(line.day, alone.day)
        np.testing.assert_allclose(line.value, alone.value, rtol=0, atol=1e-9)
        assert line.seasons == alone.seasons
        assert line.seasons
        error = np.abs(line.value - wave(line.day - line.day[0] + (one.dates[0] - FIRST).days))
        assert np.nanmax(error) < 0.05


def test_a_drop_that_comes_back_is_a_spike_and_a_harvest_is_none() -> None:
    days = list(range(0, 200, 5))
    values = [0.8] * 20 + [0.2] * 20
    values[10] = 0.3
    (line,) = smoothed_lines([curve(0, days, values)], "NDVI")
    assert np.flatnonzero(line.spike).tolist() == [10]
    assert line.used.sum() == len(days) - 1
    assert not line.filled[:40].any()


def test_a_long_gap_stays_open_and_a_short_one_is_a_guess() -> None:
    days = [*range(0, 50, 5), *range(75, 120, 5), *range(200, 260, 5)]
    (line,) = smoothed_lines([curve(0, days, [0.5] * len(days))], "NDVI")
    open_days = line.day[np.isnan(line.value)] - line.day[0]
    assert (open_days.min(), open_days.max()) == (116, 199)
    guessed = line.day[line.filled & ~np.isnan(line.value)] - line.day[0]
    assert (guessed.min(), guessed.max()) == (46, 74)


def test_too_few_observations_have_no_line_and_no_zone_none() -> None:
    clouded = curve(1, list(range(0, 100, 5)), [0.5] * 20, nodata=900)
    assert smoothed_lines([curve(0, [0, 5, 10], [0.1, 0.2, 0.3]), clouded], "NDVI") == [None, None]
    assert smoothed_lines([], "NDVI") == []


def test_of_two_acquisitions_of_a_day_the_better_one_counts() -> None:
    days = sorted([*range(0, 100, 5), 50])
    one = curve(0, days, [0.5] * len(days))
    one.numbers["count"][10] = 10
    (line,) = smoothed_lines([one], "NDVI")
    assert not line.used[10]
    assert line.used[11]
    assert not line.spike.any()


@pytest.mark.parametrize("start_month", [1, 7])
def test_other_years_lie_over_the_last_one(start_month: int) -> None:
    first = np.datetime64("2019-01-01", "D").astype(int)
    day = np.arange(first, np.datetime64("2023-12-31", "D").astype(int) + 1)
    years = np.array([str(each)[:4] for each in day.astype("datetime64[D]")], int)
    band = other_years(day, years / 10000.0, start_month)
    begin = np.datetime64(f"2023-{start_month:02}-01", "D").astype(int)
    assert band.first == begin
    assert band.last == begin + (364 if start_month == 1 else 365)
    # On the last day of a year that begins in January: 2019 to 2022; in a year that begins in July: 2018/19 to 2022/23.
    at_begin = int(np.searchsorted(band.day, begin))
    expected = np.percentile(np.array([2019, 2020, 2021, 2022]) / 10000, (10, 50, 90))
    found = (band.low[at_begin], band.median[at_begin], band.high[at_begin])
    np.testing.assert_allclose(found, expected)
    assert band.years == (4 if start_month == 1 else 5)


def test_one_year_has_no_others() -> None:
    day = np.arange(18628, 18628 + 300)
    assert other_years(day, np.ones(300)) is None


def test_straight_lines_leave_long_gaps_open() -> None:
    day, value = straight_line(curve(0, [0, 10, 100], [0.0, 1.0, 0.5]))
    np.testing.assert_allclose(value[:11], np.linspace(0, 1, 11))
    assert np.isnan(value[11:100]).all()
    assert value[100] == 0.5
    assert day[-1] - day[0] == 100


def test_means_of_months_are_those_of_their_observations() -> None:
    begin, end, mean = period_means(curve(0, [0, 10, 40], [0.2, 0.4, 0.9]), "month")
    assert begin.astype("datetime64[D]").astype(str).tolist() == ["2021-01-01", "2021-02-01"]
    assert end.astype("datetime64[D]").astype(str).tolist() == ["2021-01-31", "2021-02-28"]
    np.testing.assert_allclose(mean, [0.3, 0.9])


def test_the_spread_of_zones_is_that_of_their_straight_lines() -> None:
    zones = [curve(zone, [0, 50], [zone / 10, zone / 10 + 0.1]) for zone in range(10)]
    spread = spread_of([*zones, curve(99, [0, 100], [0.0, 0.0])])
    assert (np.diff(spread.day) == 5).all()
    at = np.searchsorted(spread.day, np.datetime64("2021-01-23", "D").astype(int))
    place = (spread.day[at] - np.datetime64("2021-01-03", "D").astype(int)) / 50
    values = [zone / 10 + 0.1 * place for zone in range(10)]
    found = (spread.low[at], spread.median[at], spread.high[at])
    np.testing.assert_allclose(found, np.percentile(values, (10, 50, 90)), atol=1e-9)


def test_the_spread_of_a_few_of_many_zones_is_not_told() -> None:
    zones = [curve(zone, [0, 20], [0.5, 0.5]) for zone in range(9)]
    spread = spread_of([*zones, curve(9, [0, 20, 60], [0.5, 0.5, 0.1])])
    last = np.datetime64("2021-01-23", "D").astype(int)
    assert np.isnan(spread.median[spread.day > last]).all()
    np.testing.assert_allclose(spread.median[spread.day <= last], 0.5)
