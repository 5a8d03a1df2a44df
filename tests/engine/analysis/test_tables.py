"""The analyses on tables of pandas: beside pandas, scipy and numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sen2chain_ts_plugin.engine import aggregate, anomaly, phenology, smooth, trend
from sen2chain_ts_plugin.engine.errors import SettingRefused, TableColumnMissing, TableValueInvalid
from tests.support.raw_tree import Log


def table_of(days: Any, values: Any, zone: Any = "a", **columns: Any) -> pd.DataFrame:
    """Return a table of one zone."""
    return pd.DataFrame({"date": pd.to_datetime(days), "zone": zone, "value": values, **columns})


def many(seed: int = 1, zones: int = 5, years: int = 3) -> pd.DataFrame:
    """Return a table of several zones with gaps."""
    random = np.random.default_rng(seed)
    days = pd.date_range("2019-02-07", periods=73 * years, freq="5D")
    parts = []
    for zone in range(zones):
        seen = days[random.random(days.size) < 0.5]
        count = random.integers(1, 100, seen.size)
        value = 0.4 + 0.2 * np.sin(seen.dayofyear / 58) + 0.02 * random.standard_normal(seen.size)
        std = random.uniform(0.01, 0.1, seen.size)
        parts.append(table_of(seen, value, f"zone {zone}", count=count, nodata=100 - count, std=std))
    return pd.concat(parts, ignore_index=True).sample(frac=1, random_state=3)


RULES = {"month": "MS", "season": "QS-DEC"}


@pytest.mark.parametrize("period", RULES)
def test_periods_are_aggregated_as_pandas_does(period: str) -> None:
    table = many()
    names = ["mean", "median", "min", "max", "std", "first", "last", "pooled_mean", "pooled_std", "dates", "pixels"]
    found = aggregate(table, period=period, statistics=names, min_valid=0)
    for zone, rows in table.groupby("zone"):
        mine = rows.set_index("date").sort_index()
        groups = mine.resample(RULES[period])
        value = groups["value"]
        wanted = pd.DataFrame({
            "mean": value.mean(), "median": value.median(), "min": value.min(), "max": value.max(),
            "std": value.apply(lambda v: np.std(v.to_numpy()) if len(v) else np.nan),
            "first": value.first(), "last": value.last(), "dates": value.count(), "pixels": groups["count"].sum(),
        })  # fmt: skip
        weight = mine["count"]
        total = weight.resample(RULES[period]).sum()
        wanted["pooled_mean"] = (weight * mine["value"]).resample(RULES[period]).sum() / total
        squares = (weight * (mine["std"] ** 2 + mine["value"] ** 2)).resample(RULES[period]).sum() / total
        wanted["pooled_std"] = np.sqrt(squares - wanted["pooled_mean"] ** 2)
        wanted = wanted[wanted["dates"] > 0]
        got = found[found["zone"] == zone].set_index("begin")
        assert list(got.index) == list(wanted.index)
        for name in names:
            np.testing.assert_allclose(got[name].astype(float), wanted[name].astype(float), rtol=1e-9, atol=1e-12)
        share = groups["count"].sum() / (groups["count"].sum() + groups["nodata"].sum())
        np.testing.assert_allclose(got["valid_share"], share[got.index], rtol=1e-12)


def test_a_pooled_std_is_that_of_all_pixels() -> None:
    random = np.random.default_rng(3)
    pixels = [random.normal(0.5, 0.1, size) for size in (4, 9, 30)]
    table = table_of(
        ["2021-01-02", "2021-01-07", "2021-01-12"],
        [each.mean() for each in pixels],
        count=[each.size for each in pixels],
        nodata=0,
        std=[each.std() for each in pixels],
    )
    row = aggregate(table, statistics=["pooled_mean", "pooled_std"]).iloc[0]
    everything = np.concatenate(pixels)
    assert row["pooled_mean"] == pytest.approx(everything.mean(), rel=1e-12)
    assert row["pooled_std"] == pytest.approx(everything.std(), rel=1e-12)


def test_the_columns_of_aggregate() -> None:
    table = table_of(["2021-01-02"], [0.5])
    assert list(aggregate(table).columns) == [
        "period", "begin", "end", "zone", "dates", "pixels", "valid_share", "mean", "median", "min", "max",
    ]  # fmt: skip
    asked = aggregate(table, statistics=["pixels", "std", "dates", "std"])
    assert list(asked.columns) == ["period", "begin", "end", "zone", "dates", "pixels", "valid_share", "std"]
    assert asked["std"].tolist() == [0.0]


def test_of_several_rows_on_a_day_the_best_one_counts() -> None:
    table = table_of(
        ["2021-01-02 06:30", "2021-01-02 06:40", "2021-01-02 06:50", "2021-01-02 07:00"],
        [0.1, 0.2, 0.3, 0.4],
        count=[50, 90, 90, 90],
        nodata=[0, 10, 10, 10],
        std=[0.0, 0.2, 0.1, np.nan],
    )
    assert aggregate(table)["mean"].tolist() == [0.3]
    # Filters come after the choice: the best row has too few valid pixels, and nothing takes its place.
    poor = table.assign(nodata=[0, 900, 900, 900])
    assert len(aggregate(poor)) == 0


def test_a_day_is_one_of_utc() -> None:
    table = pd.DataFrame({"date": ["2021-01-31T23:30:00-03:00"], "zone": [7], "value": [0.5]})
    assert aggregate(table)["period"].tolist() == ["2021-02"]


def test_few_dates_and_empty_periods() -> None:
    table = table_of(["2021-01-02", "2021-01-12", "2021-03-02"], [0.1, 0.3, 0.5])
    assert aggregate(table, min_dates=2)["period"].tolist() == ["2021-01"]
    complete = aggregate(table, min_dates=2, empty=True)
    assert complete["period"].tolist() == ["2021-01", "2021-02", "2021-03"]
    assert complete["dates"].tolist() == [2, 0, 1]
    assert complete["mean"].isna().tolist() == [False, True, True]


def yearly(values: list[float], month: int = 5) -> pd.DataFrame:
    """Return a table with a value on the 15th of a month of each year, and others around them so that none is cut."""
    days = [f"{2015 + number}-{month:02}-15" for number in range(len(values))]
    ends = table_of(["2015-01-01", f"{2015 + len(values) - 1}-12-31"], [0.0, 0.0])
    return pd.concat([table_of(days, values), ends], ignore_index=True)


def test_an_anomaly_by_hand() -> None:
    normals, anomalies = anomaly(yearly([0.52, 0.55, 0.49, 0.61, 0.58, 0.50, 0.41]))
    row = anomalies[anomalies["period"] == "2021-05"].iloc[0]
    assert row["years"] == 6
    wanted = {"normal": 0.541667, "sd": 0.047081, "difference": 0.41 - 3.25 / 6, "z": -2.796570, "ratio": 75.692308,
              "vci": 0.0, "percentile": 0.0}  # fmt: skip
    for name, value in wanted.items():
        assert row[name] == pytest.approx(value, abs=1e-6), name
    normal = normals[normals["step"] == "05"].iloc[0]
    everything = [0.52, 0.55, 0.49, 0.61, 0.58, 0.50, 0.41]
    assert normal["years"] == 7
    assert normal["sd"] == pytest.approx(np.std(everything, ddof=1), rel=1e-12)
    for name, share in (("p10", 10), ("p25", 25), ("median", 50), ("p75", 75), ("p90", 90)):
        assert normal[name] == pytest.approx(np.percentile(everything, share), rel=1e-12)


def test_anomalies_are_those_of_scipy() -> None:
    values = [0.5, 0.4, 0.4, 0.62, 0.58, 0.4]
    for leave_out in (True, False):
        _, found = anomaly(yearly(values), leave_out=leave_out)
        found = found[found["period"].str.endswith("-05")].reset_index(drop=True)
        for place, x in enumerate(values):
            others = [v for number, v in enumerate(values) if number != place or not leave_out]
            row = found.iloc[place]
            assert row["z"] == pytest.approx(float(stats.zmap([x], others, ddof=1)[0]), rel=1e-9)
            assert row["percentile"] == pytest.approx(stats.percentileofscore(others, x, "mean"), rel=1e-12)
            low, high = min([*others, x]), max([*others, x])
            assert row["vci"] == pytest.approx(100 * (x - low) / (high - low), rel=1e-12)


def test_what_cannot_be_compared_is_empty() -> None:
    _, found = anomaly(yearly([0.5, 0.6, 0.55]))
    assert found["years"].tolist()[1:4] == [2, 2, 2]
    assert found["z"].isna().all()
    _, low = anomaly(yearly([0.01, 0.02, 0.02, 0.04]))
    may = low[low["period"].str.endswith("-05")]
    assert may["ratio"].isna().all()
    _, alike = anomaly(yearly([0.5, 0.501, 0.502, 0.503]))
    may = alike[alike["period"].str.endswith("-05")]
    assert may["vci"].isna().all()
    assert may["z"].iloc[0] == pytest.approx((0.5 - 0.502) / 0.02)


def test_a_single_other_year_has_no_spread() -> None:
    table = table_of(["2019-05-03", "2020-05-04", "2018-01-01", "2021-12-31"], 0.5)
    table["value"] = [0.4, 0.5, 0.1, 0.2]
    _, found = anomaly(table, min_years=1)
    may = found[found["period"].str.endswith("-05")].set_index("period")
    assert may["years"].tolist() == [1, 1]
    assert may.loc["2020-05", ["normal", "ratio", "vci", "percentile"]].tolist() == pytest.approx([0.4, 125, 100, 100])
    assert may[["sd", "z"]].isna().all(axis=None)


def test_a_step_that_the_ends_cut_is_in_no_normal() -> None:
    days = [f"{year}-03-20" for year in range(2015, 2021)]
    table = table_of(days, [0.1, 0.5, 0.5, 0.5, 0.5, 0.9])
    normals, found = anomaly(table, leave_out=False)
    assert normals["years"].tolist() == [4]
    assert found["years"].tolist() == [4] * 6
    assert found["normal"].tolist() == [0.5] * 6


def test_reference_years_limit_the_normals() -> None:
    values = [0.1, 0.5, 0.52, 0.54, 0.9]
    normals, found = anomaly(yearly(values), reference_min=2016, reference_max=2018)
    assert normals[normals["step"] == "05"]["years"].tolist() == [3]
    may = found[found["period"].str.endswith("-05")]
    assert may["years"].tolist() == [3, 2, 2, 2, 3]
    assert may["normal"].iloc[4] == pytest.approx(0.52)


def test_weeks_of_iso_meet_their_like() -> None:
    days = [*pd.date_range("2014-12-29", "2021-01-04", freq="7D")]
    normals, found = anomaly(table_of(days, 0.5), period="week", min_years=2)
    assert normals["step"].iloc[-1] == "W53"
    assert normals["years"].iloc[-1] == 2  # 2015 and 2020
    assert found["period"].iloc[-2] == "2020-W53"
    assert found["years"].iloc[-2] == 1


def test_seasons_in_the_order_of_the_year() -> None:
    days = pd.date_range("2015-12-01", "2020-11-30", freq="10D")
    normals, _ = anomaly(table_of(days, 0.5), period="season")
    assert normals["step"].tolist() == ["djf", "mam", "jja", "son"]
    assert normals["years"].tolist() == [5, 5, 5, 4]


@pytest.mark.parametrize("seed", range(4))
def test_trends_are_those_of_scipy(seed: int) -> None:
    random = np.random.default_rng(seed)
    years = np.sort(random.choice(np.arange(2000, 2030), 9, replace=False))
    values = (0.3 + 0.004 * (years - 2000) + 0.03 * random.standard_normal(9)).round(2)
    row = trend(table_of([f"{year}-06-01" for year in years], values)).iloc[0]
    slope, _, low, high = stats.theilslopes(values, years, 0.95)
    assert (row["slope"], row["slope_low"], row["slope_high"]) == pytest.approx((slope, low, high), rel=1e-12)
    assert row["intercept"] == pytest.approx(np.median(values) - slope * np.median(years - years[0]), rel=1e-12)
    s = sum(np.sign(values[j] - values[i]) for i in range(9) for j in range(i + 1, 9))
    ties = pd.Series(values).value_counts().to_numpy()
    variance = (9 * 8 * 23 - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    z = (s - np.sign(s)) / np.sqrt(variance)
    assert (row["years"], row["s"], row["tau"]) == (9, s, pytest.approx(s / 36))
    assert (row["z"], row["p"]) == pytest.approx((z, 2 * stats.norm.sf(abs(z))), rel=1e-12)


def test_years_that_are_all_alike_have_no_trend() -> None:
    row = trend(table_of([f"{year}-06-01" for year in range(2015, 2021)], 0.5)).iloc[0]
    assert row[["tau", "s", "z", "p", "slope", "intercept"]].tolist() == [0, 0, 0, 1, 0, 0.5]


def test_too_few_years_stand_alone() -> None:
    table = pd.concat([table_of(["2015-06-01", "2016-06-01"], 0.5, "b"), table_of(["2016-01-01"], 0.1, "c",
                      count=1, nodata=99)])  # fmt: skip
    found = trend(table.fillna({"count": 1, "nodata": 0}))
    assert found["years"].tolist() == [2, 0]
    assert found.drop(columns=["zone", "years"]).isna().all().all()


def test_a_range_of_months_over_the_turn_of_the_year() -> None:
    days = [f"{year}-{month:02}-05" for year in range(2015, 2022) for month in (1, 2, 3, 11, 12)]
    values = [int(day[:4]) - (int(day[5:7]) < 4) + (10 if day[5:7] == "03" else 0) for day in days]
    row = trend(table_of(days, np.array(values) / 100), from_month=11, to_month=2).iloc[0]
    assert row["years"] == 8  # 2014 to 2021, by the year in which the winter begins
    assert row["slope"] == pytest.approx(0.01)
    assert row["intercept"] == pytest.approx(20.14)


def double_logistic(day: np.ndarray, rise: float, fall: float, high: float = 0.5, low: float = 0.2) -> np.ndarray:
    """Return a season with known half points."""
    return low + high * (1 / (1 + np.exp(-(day - rise) / 8)) - 1 / (1 + np.exp(-(day - fall) / 8)))


@pytest.mark.parametrize("method", ["threshold", "derivative"])
def test_half_points_of_known_seasons(method: str) -> None:
    day = np.arange(0, 730, 4)
    value = sum(double_logistic(day, 365 * y + 100, 365 * y + 250, low=0.0) for y in range(2)) + 0.2
    table = table_of(np.datetime64("2021-01-01") + day, value)
    found = phenology(table, method=method, fraction=0.5, robust=False, lam=10)
    assert found["year"].tolist() == [2021, 2022]
    assert found["season"].tolist() == [1, 1]
    np.testing.assert_allclose(found["sos_doy"], 101, atol=1.2)
    np.testing.assert_allclose(found["eos_doy"], 251, atol=1.2)
    np.testing.assert_allclose(found["los"], 150, atol=2)
    np.testing.assert_allclose(found["amplitude"], 0.5, atol=0.01)
    np.testing.assert_allclose(found["integral_above"], 0.5 * 150 - 2 * 0.5 * 8 * np.log(2), rtol=0.02)


def test_two_seasons_a_year_and_the_largest_of_them() -> None:
    day = np.arange(0, 730, 4)
    value = np.full(day.size, 0.2)
    for y in range(2):
        value += double_logistic(day, 365 * y + 60, 365 * y + 140, 0.5, 0) + double_logistic(
            day, 365 * y + 220, 365 * y + 300, 0.3, 0
        )
    table = table_of(np.datetime64("2021-01-01") + day, value)
    found = phenology(table, fraction=0.5, lam=10, robust=False)
    assert found[["year", "season"]].to_numpy().tolist() == [[2021, 1], [2021, 2], [2022, 1], [2022, 2]]
    np.testing.assert_allclose(found["sos_doy"], [61, 221] * 2, atol=1.2)
    largest = phenology(table, fraction=0.5, lam=10, robust=False, max_seasons=1)
    assert largest["season"].tolist() == [1, 1]
    np.testing.assert_allclose(largest["sos_doy"], [61, 61], atol=1.2)


def test_a_southern_year() -> None:
    day = np.arange(0, 1095, 4)
    value = sum(double_logistic(day, 365 * y + 120, 365 * y + 260, low=0.0) for y in range(3)) + 0.2
    table = table_of(np.datetime64("2020-07-01") + day, value)
    found = phenology(table, fraction=0.5, lam=10, robust=False, start_month=7)
    assert found["year"].tolist() == [2020, 2021, 2022]
    np.testing.assert_allclose(found["sos_doy"], 121, atol=1.2)
    # Counted from January the peak is in the next year, and the season began before it.
    calendar = phenology(table, fraction=0.5, lam=10, robust=False)
    assert calendar["year"].tolist() == [2021, 2022, 2023]
    np.testing.assert_allclose(calendar["sos_doy"], 121 - 184, atol=1.2)


def test_what_speaks_against_a_season_is_flagged() -> None:
    day = np.arange(0, 365, 4)
    value = double_logistic(day, 100, 250)
    seen = (day < 150) | (day > 210)
    table = table_of(np.datetime64("2021-01-01") + day[seen], value[seen])
    row = phenology(table, lam=10, robust=False, spike=0).iloc[0]
    assert row["flags"] == "gap;edge"
    assert row["longest_gap"] == 64
    assert len(phenology(table, lam=10, robust=False, spike=0, min_length=300)) == 0


def test_a_level_curve_has_no_season() -> None:
    table = table_of(pd.date_range("2021-01-01", periods=60, freq="5D"), 0.5)
    assert len(phenology(table)) == 0
    assert list(phenology(table).columns)[:5] == ["zone", "year", "season", "sos", "pos"]


def test_the_columns_of_a_table_are_checked() -> None:
    table = table_of(["2021-01-02"], [0.5])
    with pytest.raises(TableColumnMissing, match="'value'"):
        smooth(table.drop(columns="value"))
    with pytest.raises(TableValueInvalid, match=r"'value'.*high"):
        smooth(table.assign(value=["high"]))
    with pytest.raises(TableValueInvalid, match=r"'date'.*soon"):
        smooth(table.assign(date=["soon"]))
    with pytest.raises(TableValueInvalid, match="'zone'"):
        smooth(table.assign(zone=[None]))
    with pytest.raises(SettingRefused, match="spikes"):
        smooth(table, spikes=1)
    with pytest.raises(SettingRefused, match="SOURCE"):
        aggregate(table, source="smooth")


@pytest.mark.parametrize(
    ("function", "settings"),
    [
        (smooth, {"method": "loess"}), (smooth, {"lam": 0}), (smooth, {"lam": -1.0}), (smooth, {"lam": "best"}),
        (smooth, {"lam": float("nan")}), (smooth, {"envelope": 0.4}), (smooth, {"envelope": 1.0}),
        (smooth, {"method": "savgol", "window_days": 10}), (smooth, {"method": "savgol", "polyorder": 61}),
        (smooth, {"step": 0}), (smooth, {"min_dates": 0}), (smooth, {"spike": -0.1}), (smooth, {"min_valid": 101}),
        (smooth, {"value": "max"}), (aggregate, {"period": "fortnight"}), (aggregate, {"statistics": ["mode"]}),
        (aggregate, {"wide": "mode"}), (aggregate, {"min_dates": 0}), (anomaly, {"period": "year"}),
        (anomaly, {"statistic": "min"}), (anomaly, {"min_years": 0}), (anomaly, {"spread": 0}),
        (anomaly, {"reference_min": 2020, "reference_max": 2019}), (trend, {"from_month": 13}),
        (trend, {"min_years": 1}), (phenology, {"fraction": 1}), (phenology, {"method": "amplitude"}),
        (phenology, {"start_month": 0}), (phenology, {"max_seasons": 0}),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(function: Any, settings: dict[str, Any]) -> None:
    with pytest.raises(SettingRefused):
        function(table_of(["2021-01-02"], [0.5]), **settings)


def test_zones_with_too_few_dates_are_named() -> None:
    table = pd.concat([table_of(pd.date_range("2021-01-01", periods=9, freq="5D"), 0.5, 3),
                       table_of(["2021-01-01"], 0.5, 8), table_of(["2021-01-01"], 0.5, 9)])  # fmt: skip
    log = Log()
    curve, statistics = smooth(table, feedback=log)
    assert set(curve["zone"]) == set(statistics["zone"]) == {3}
    assert log.warnings == ["left out, because they have too few dates: zones 8-9."]
