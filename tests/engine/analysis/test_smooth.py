"""Smooth on an extraction: which rows its files have, what stands in them, edge by edge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.signal import savgol_filter

from sen2chain_ts_plugin.engine import smooth
from sen2chain_ts_plugin.engine.errors import ScipyMissing
from tests.support.raw_tree import Log, Row, make_tree, masked_name, read, row

# A day of the grid: multiples of 5 days since 1970-01-01.
FIRST = np.datetime64("2021-01-03")


def observation(day: int, value: float, zone: int = 0, **cells: Any) -> Row:
    """Return a row so many days after the first date."""
    names = {key: cells.pop(key) for key in ("index", "time", "tile", "baseline") if key in cells}
    values = {"mean": value * 10000, "median": value * 10000 + 100, **cells}
    return row(zone, masked_name(str(FIRST + day), **names), **values)


def smoothed(tmp_path: Path, rows: Sequence[Row], index: str = "NDVI", **settings: Any) -> list[dict[str, str]]:
    """Smooth some rows, and return those of the file, with the days after the first date as ``day``."""
    tree = make_tree(tmp_path, rows)
    smooth(tree, feedback=settings.pop("feedback", Log()), **settings)
    found = read(tree / "analysis_data" / index / "CM001" / "smooth" / f"zones_{index}_smooth.csv")
    for each in found:
        each["day"] = int((np.datetime64(each["date"]) - FIRST).astype(int))
    return found


def statistics(tmp_path: Path, index: str = "NDVI") -> list[dict[str, str]]:
    """Return the rows of the statistics that were written."""
    return read(next(tmp_path.glob(f"*/analysis_data/{index}/CM001/smooth/*_smooth_stats.csv")))


LINE = {"lam": 10.0, "robust": False}


def test_the_grid_starts_at_the_epoch_and_holds_every_observation(tmp_path: Path) -> None:
    assert FIRST.astype(int) % 5 == 0
    found = smoothed(tmp_path, [observation(day, 0.5) for day in (2, 7, 10, 16, 23)], **LINE)
    assert [each["day"] for each in found] == [2, 5, 7, 10, 15, 16, 20, 23]
    assert [each["used"] for each in found] == ["1", "", "1", "1", "", "1", "", "1"]
    assert [each["gap"] for each in found] == ["0", "5", "0", "0", "6", "0", "7", "0"]
    # The nearest observations are 2 and 3 days away at most; half a step is 2.5.
    assert [each["filled"] for each in found] == ["0", "0", "0", "0", "0", "0", "1", "0"]
    assert [each["count"] for each in found] == ["100", "", "100", "100", "", "100", "", "100"]
    assert {each["value"] for each in found if each["day"] != 20} != {""}


def test_another_step(tmp_path: Path) -> None:
    found = smoothed(tmp_path, [observation(day, 0.5) for day in range(0, 40, 4)], step=16, **LINE)
    days = [(FIRST + each["day"]).astype(int) for each in found if not each["observed"]]
    assert all(day % 16 == 0 for day in days)
    assert len({each["day"] for each in found}) == len(found)


def test_long_gaps_are_empty_and_their_ends_are_not(tmp_path: Path) -> None:
    days = [0, 5, 10, 75, 80, 140]
    found = smoothed(tmp_path, [observation(day, 0.5) for day in days], **LINE)
    by_day = {each["day"]: each for each in found}
    assert (by_day[10]["value"], by_day[75]["value"]) != ("", "")
    assert {by_day[day]["value"] for day in range(15, 75, 5)} == {""}
    assert {by_day[day]["gap"] for day in range(15, 75, 5)} == {"65"}
    assert "" not in {by_day[day]["value"] for day in range(80, 145, 5)}  # a gap of 60 days is bridged
    assert statistics(tmp_path)[0]["longest_gap"] == "65"


def test_a_spike_stands_there_and_counts_for_nothing(tmp_path: Path) -> None:
    days = [0, 6, 12, 18, 24, 30]
    found = smoothed(tmp_path, [observation(day, 0.2 if day == 12 else 0.6) for day in days], **LINE)
    (spike,) = [each for each in found if each["day"] == 12]
    assert (spike["observed"], spike["used"], spike["weight"], spike["gap"]) == ("0.2", "0", "0.0", "12")
    assert (float(spike["value"]), spike["filled"]) == (pytest.approx(0.6), "1")
    assert {each["value"] for each in found if each["day"] == 10} != {""}
    row_ = statistics(tmp_path)[0]
    assert (row_["dates"], row_["used"], row_["spikes"], row_["longest_gap"]) == ("6", "5", "1", "12")


def test_a_spike_inside_a_long_gap_has_no_value(tmp_path: Path) -> None:
    rows = [observation(day, 0.2 if day == 50 else 0.6) for day in (0, 5, 10, 20, 50, 85, 90)]
    found = smoothed(tmp_path, rows, spike_days=90, **LINE)
    (spike,) = [each for each in found if each["day"] == 50]
    assert (spike["used"], spike["value"], spike["gap"]) == ("0", "", "65")


def test_spikes_of_a_meadow_need_a_cloud(tmp_path: Path) -> None:
    mown = {12: {}, 30: {"nbcld": 1}, 48: {"cldprb": 1.0}, 66: {"cldprb": 0.99}, 84: {"nbcld": "", "cldprb": ""}}
    rows = [
        observation(day, 0.2 if day in mown else 0.6, **{"cldprb": 0.0, **mown.get(day, {})}) for day in range(0, 97, 6)
    ]
    found = smoothed(tmp_path, rows, spike_on_clear=False, **LINE)
    assert [each["day"] for each in found if each["used"] == "0"] == [30, 48]
    assert len(smoothed(tmp_path, rows, **LINE)) == len(found)
    assert statistics(tmp_path)[0]["spikes"] == "5"


@pytest.mark.parametrize(("index", "spikes"), [("NDVI", "0"), ("NDBI", "1"), ("MNDWI", "1"), ("NDWIGAO", "0")])
def test_upward_spikes_are_of_some_indices(tmp_path: Path, index: str, spikes: str) -> None:
    rows = [observation(day, 0.6 if day == 12 else 0.2, index=index) for day in range(0, 36, 6)]
    smoothed(tmp_path, rows, index, **LINE)
    assert statistics(tmp_path, index)[0]["spikes"] == spikes


def test_filtered_rows_stand_there_and_are_nobodys_neighbour(tmp_path: Path) -> None:
    few = {"count": 49, "nodata": 51}
    good = [observation(day, 0.6) for day in (0, 6, 18, 24, 30)]
    poor = [observation(day, value, **few) for day, value in ((-6, 0.9), (9, 0.1), (36, 0.9))]
    rows = [*good, *poor, observation(12, 0.3)]
    found = smoothed(tmp_path, rows, **LINE)
    by_day = {each["day"]: each for each in found}
    assert [day for day, each in by_day.items() if each["used"] == "0"] == [-6, 9, 12, 36]
    assert statistics(tmp_path)[0]["spikes"] == "1"  # 12, between 6 and 18
    # Nothing before the first and after the last used observation.
    for day in (-6, 36):
        assert (by_day[day]["observed"], by_day[day]["value"], by_day[day]["gap"]) == ("0.9", "", "")
    assert {day for day, each in by_day.items() if not each["observed"]} <= set(range(31))
    assert statistics(tmp_path)[0]["dates"] == "6"


@pytest.mark.parametrize(("count", "nodata", "passes"), [(50, 50, True), (49, 50, False), (4, 0, False), (5, 0, True)])
def test_the_filters(tmp_path: Path, count: int, nodata: int, passes: bool) -> None:
    rows = [observation(day, 0.5, count=count, nodata=nodata) for day in range(0, 30, 5)]
    found = smoothed(tmp_path, rows, min_pixels=5, feedback=Log(), **LINE)
    assert bool(found) == passes


def test_a_row_without_the_statistic_does_not_count(tmp_path: Path) -> None:
    rows = [observation(day, 0.5, **({"median": ""} if day == 10 else {})) for day in range(0, 35, 5)]
    found = smoothed(tmp_path, rows, value="median", **LINE)
    by_day = {each["day"]: each for each in found}
    assert (by_day[10]["observed"], by_day[10]["used"]) == ("", "0")
    assert by_day[5]["observed"] == "0.51"


def test_the_best_row_of_a_day(tmp_path: Path) -> None:
    """Of two baselines compile's rule; of two acquisitions on a day the greatest count, then the least std."""
    rows = [observation(day, 0.5) for day in range(0, 30, 5)]
    rows += [
        observation(10, 0.9, time="06:45:11", count=99, nodata=1, std=0),  # fewer pixels
        observation(15, 0.6, time="06:45:11", std=1.0),
        observation(20, 0.7, time="06:25:11", tile="40KCC", std=12.25),  # the same, the file name decides
        observation(25, 0.8, baseline="N0301", count=200),
    ]
    rows[5] = observation(25, 0.5, baseline="N0500")
    by_day = {each["day"]: each for each in smoothed(tmp_path, rows, spike=0, **LINE)}
    assert [by_day[day]["observed"] for day in (10, 15, 20, 25)] == ["0.5", "0.6", "0.5", "0.5"]


@pytest.mark.parametrize(("dates", "written"), [(1, False), (4, False), (5, True)])
def test_zones_with_too_few_dates_are_left_out_and_named(tmp_path: Path, dates: int, written: bool) -> None:
    rows = [observation(5 * number, 0.5, zone=1) for number in range(9)]
    rows += [observation(5 * number, 0.5, zone=0) for number in range(dates)]
    log = Log()
    found = smoothed(tmp_path, rows, feedback=log, **LINE)
    assert {each["fid"] for each in found} == ({"0", "1"} if written else {"1"})
    assert [each["fid"] for each in statistics(tmp_path)] == (["0", "1"] if written else ["1"])
    named = [text for text in log.warnings if "zones 0" in text]
    assert bool(named) != written


def test_one_observation_where_that_is_enough(tmp_path: Path) -> None:
    found = smoothed(tmp_path, [observation(3, 0.5)], min_dates=1)
    assert [(each["day"], each["value"], each["gap"]) for each in found] == [(3, "0.5", "0")]
    (row_,) = statistics(tmp_path)
    assert (row_["used"], row_["lambda"], row_["cv_mae"], row_["longest_gap"]) == ("1", "10000000.0", "", "0")


def test_all_but_the_ends_are_spikes(tmp_path: Path) -> None:
    rows = [observation(5 * number, 0.6 if number % 2 == 0 else 0.1) for number in range(9)]
    log = Log()
    assert {each["used"] for each in smoothed(tmp_path, rows, **LINE)} == {"0", "1"}
    assert statistics(tmp_path)[0]["used"] == "5"
    assert smoothed(tmp_path, rows, min_dates=6, feedback=log, **LINE) == []


def test_values_read_back_exactly(tmp_path: Path) -> None:
    values = [0.1 + 0.2, 1 / 3, 2 / 3, 0.5, 0.7, 0.123456789012345]
    found = smoothed(tmp_path, [observation(5 * number, value) for number, value in enumerate(values)], spike=0, **LINE)
    assert [float(each["observed"]) for each in found] == [value * 10000 / 10000 for value in values]


def test_straight_lines(tmp_path: Path) -> None:
    rows = [observation(0, 0.2), observation(10, 0.4), observation(20, 0.4), observation(40, 0.8), observation(45, 0.8)]
    found = smoothed(tmp_path, rows, method="linear", spike=0)
    values = {each["day"]: float(each["value"]) for each in found}
    assert values == pytest.approx(
        {0: 0.2, 5: 0.3, 10: 0.4, 15: 0.4, 20: 0.4, 25: 0.5, 30: 0.6, 35: 0.7, 40: 0.8, 45: 0.8}
    )
    (row_,) = statistics(tmp_path)
    assert (row_["lambda"], row_["df"]) == ("", "")
    # 10: the line from 0 to 20 is 0.3 there; 20: 0.4 + 0.4 / 3; 40: 0.4 + 20 / 25 * 0.4.
    errors = [0.1, 0.4 / 3, 0.8 - (0.4 + 0.4 * 20 / 25)]
    assert float(row_["cv_mae"]) == pytest.approx(np.mean(errors))
    assert float(row_["cv_rmse"]) == pytest.approx(np.sqrt(np.mean(np.square(errors))))


def test_savitzky_golay_is_that_of_scipy(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    days = np.sort(random.choice(150, 40, replace=False))
    value = 0.4 + 0.2 * np.sin(days / 20) + 0.02 * random.standard_normal(40)
    rows = [observation(int(day), float(each)) for day, each in zip(days, value)]
    settings = {"method": "savgol", "window_days": 21, "polyorder": 2, "spike": 0}
    found = smoothed(tmp_path, rows, **settings)
    line = np.interp(np.arange(days[0], days[-1] + 1), days, value)
    wanted = savgol_filter(line, 21, 2, mode="interp")
    for each in found:
        assert float(each["value"]) == pytest.approx(wanted[each["day"] - days[0]], abs=1e-12)
    # Left out for true, one after the other.
    errors = []
    for place in range(1, 39):
        kept = np.arange(40) != place
        without = savgol_filter(np.interp(np.arange(days[0], days[-1] + 1), days[kept], value[kept]), 21, 2)
        errors.append(abs(value[place] - without[days[place] - days[0]]))
    assert float(statistics(tmp_path)[0]["cv_mae"]) == pytest.approx(np.mean(errors), rel=1e-9)


def test_a_series_shorter_than_the_window_gets_a_shorter_one(tmp_path: Path) -> None:
    rows = [observation(day, 0.3 + day / 100) for day in (0, 4, 9, 13, 18, 21)]
    log = Log()
    found = smoothed(tmp_path, rows, method="savgol", spike=0, feedback=log)
    assert [float(each["value"]) for each in found] == pytest.approx([0.3 + each["day"] / 100 for each in found])
    assert any("shorter" in text and "zones 0" in text for text in log.warnings)


def test_savgol_without_scipy_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "scipy.ndimage", None)
    with pytest.raises(ScipyMissing, match="scipy"):
        smoothed(tmp_path, [observation(day, 0.5) for day in range(0, 30, 5)], method="savgol")


def test_weights_and_fit(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    value = [0.5 + 0.02 * random.standard_normal() for _ in range(60)]
    value[30] += 0.3  # upwards: no spike, but an outlier
    found = smoothed(tmp_path, [observation(5 * number, each) for number, each in enumerate(value)])
    weights = [float(each["weight"]) for each in found]
    assert weights[30] == 1e-6
    assert min(weights[:30]) > 0.1
    (row_,) = statistics(tmp_path)
    assert 1 < float(row_["df"]) < 20
    assert 0.01 < float(row_["sd"]) < 0.03
    assert float(row_["cv_rmse"]) >= float(row_["cv_mae"]) > 0


def test_a_year_of_366_days_and_turns_of_the_year(tmp_path: Path) -> None:
    rows = [observation(day, 0.5) for day in range(-400, 1200, 20)]
    found = smoothed(tmp_path, rows, **LINE)
    days = [each["day"] for each in found]
    assert days == list(range(-400, 1181, 5))
    assert (
        "2024-02-29" not in {each["date"] for each in found}
        or (np.datetime64("2024-02-29") - FIRST).astype(int) % 5 == 0
    )
