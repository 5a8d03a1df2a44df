"""Smoothing: what stands in the ``_smooth`` files, beside Sen2Chain and beside a plain calculation zone by zone."""

from __future__ import annotations

import csv
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import ScipyMissing, SmoothingRefused
from sen2chain_ts_plugin.engine.series import smoothing
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings, load_filter
from tests.support.compare import differences
from tests.support.raw_tree import Log, Row, add_rows, contents, make_tree, masked_name, read, row

FIRST = date(2019, 3, 2)
SMOOTH = CompileRequest(smoothing=SmoothingSettings())


def on_step(fid: int, step: int, mean: float = 5000, shift: int = 0, **cells: object) -> Row:
    """Return a row of a zone, a number of grid steps (and days) after the first date."""
    day = FIRST + timedelta(days=5 * step + shift)
    return row(fid, masked_name(day.isoformat()), mean=mean, **cells)


def smooth_rows(tree: Path) -> list[dict[str, str]]:
    return read(tree / "compiled_data/NDVI/CM001/all_data/zones_CC100_NDVI_all_data_smooth.csv")


def statistics(tree: Path) -> list[dict[str, str]]:
    return read(tree / "compiled_data/NDVI/CM001/all_data/zones_CC100_NDVI_all_data_smooth_stats.csv")


def zones(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(each["fid"] for each in rows))


@pytest.fixture
def season(reference: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return a tree of four years with long gaps, and what Sen2Chain compiled from it with ``season_mean=True``."""
    folder = reference.parent / "season"
    tree = make_tree(tmp_path)
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as stream:
        add_rows(tree, csv.DictReader(stream))
    return tree, folder / "compiled_data"


def test_the_season_mean_equals_sen2chain(season):
    tree, expected = season
    made = compile_tree(tree, CompileRequest(("alldata", "yearly"), smoothing=SmoothingSettings(season_mean=True)))
    assert differences(tree / "compiled_data", expected) == []
    assert len(made.files) == 11


def test_the_season_mean_is_used_only_when_asked_for(season):
    tree, expected = season
    compile_tree(tree, CompileRequest(("alldata", "yearly"), smoothing=SmoothingSettings()))
    wrong = differences(tree / "compiled_data", expected)
    assert [line.split(": ")[1].split(",")[0] for line in wrong] == ["smoothed", "MAE", *["smoothed"] * 4]


# Beside a plain calculation


def plainly_smoothed(rows: list[Row], settings: SmoothingSettings) -> dict[tuple[str, str], float]:
    """Smooth zone by zone with pandas, as the method is described, and nothing of the engine."""
    from scipy.signal import savgol_filter

    table = pd.DataFrame(rows)
    table["day"] = pd.to_datetime(table["date"]).dt.normalize()
    table["share"] = table["nodata"] / table.groupby("fid")["count"].transform("max") * 100
    result = {}
    for fid, zone in table[table["share"] < settings.cover_max].groupby("fid"):
        values = zone.set_index("day")["mean"] / 10000
        grid = pd.date_range(values.index.min(), values.index.max(), freq="5D")
        if len(grid) < settings.window_length:
            continue
        series = values.reindex(grid)
        series = series.fillna(series.rolling(3, min_periods=1, center=True).mean())
        if settings.season_mean and series.isna().any() and grid.year.nunique() >= 3:
            series = series.fillna(series.groupby(np.arange(len(grid)) % 73).transform("mean"))
        window = 3
        while series.isna().any():
            series = series.fillna(series.rolling(window, min_periods=1, center=True).mean())
            window *= 2
        smoothed = savgol_filter(series, settings.window_length, settings.polyorder)
        result.update({(str(fid), f"{day:%Y-%m-%d}"): value for day, value in zip(grid, smoothed)})
    return result


observations = st.lists(
    st.builds(
        on_step,
        st.integers(0, 3),
        st.integers(0, 180),
        st.integers(-2000, 9000),
        shift=st.sampled_from([0, 0, 0, 0, 2]),
        nodata=st.sampled_from([0, 0, 30, 74, 75, 80]),
        count=st.integers(1, 100),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda each: (each["fid"], each["date"]),
)
filters = st.builds(
    SmoothingSettings,
    cover_max=st.sampled_from([75, 50, 100]),
    window_length=st.sampled_from([5, 11, 21]),
    polyorder=st.integers(0, 3),
    season_mean=st.booleans(),
)


@given(observations, filters)
def test_smoothed_values_are_those_of_a_plain_calculation(rows, settings):
    with tempfile.TemporaryDirectory() as folder:
        tree = make_tree(Path(folder), rows)
        compile_tree(tree, CompileRequest(smoothing=settings))
        expected = plainly_smoothed(rows, settings)
        got = smooth_rows(tree) if expected else []
        assert len(contents(tree / "compiled_data")) == (3 if expected else 1)
    assert [(each["fid"], each["date"]) for each in got] == list(expected)
    np.testing.assert_allclose([float(each["smoothed"]) for each in got], list(expected.values()), rtol=0, atol=1e-9)


@given(observations)
def test_statistics_are_those_of_a_plain_calculation(rows):
    with tempfile.TemporaryDirectory() as folder:
        tree = make_tree(Path(folder), rows)
        compile_tree(tree, replace(SMOOTH, smoothing=SmoothingSettings(window_length=5), cover_max=80))
        files = contents(tree / "compiled_data")
        smoothed = [name for name in files if name.endswith("_smooth.csv")]
        if not smoothed:
            assert len(files) == 1
            return
        values = {
            (each["fid"], each["date"]): float(each["smoothed"]) for each in read(tree / "compiled_data" / smoothed[0])
        }
        found = read(tree / "compiled_data" / smoothed[0].replace("_smooth.csv", "_smooth_stats.csv"))
    table = pd.DataFrame(rows)
    table["share"] = table["nodata"] / table.groupby("fid")["count"].transform("max") * 100
    table = table[table["share"] < 80]
    assert [each["fid"] for each in found] == [str(fid) for fid in sorted(set(table["fid"]))]
    for each in found:
        zone = table[table["fid"] == int(each["fid"])]
        keys = [(each["fid"], str(day)[:10]) for day in zone["date"]]
        pairs = [(mean / 10000, values[key]) for key, mean in zip(keys, zone["mean"]) if key in values]
        assert each["indice"] == "NDVI"
        if not pairs:
            assert (each["MAE"], each["RMSE"], each["MAPE"]) == ("", "", "")
            continue
        true, predicted = np.array(pairs).T
        assert float(each["MAE"]) == pytest.approx(np.abs(true - predicted).mean(), abs=6e-5)
        assert float(each["RMSE"]) == pytest.approx(np.sqrt(((true - predicted) ** 2).mean()), abs=6e-5)
        known = true != 0
        if known.any():
            share = np.abs((true - predicted)[known] / true[known]).mean() * 100
            assert float(each["MAPE"]) == pytest.approx(share, abs=6e-5)
        else:
            assert each["MAPE"] == ""


# What a zone needs


def series_of(fid: int, dates: int, step: int = 0) -> list[Row]:
    return [on_step(fid, step + number, 4000 + 100 * (number % 7)) for number in range(dates)]


def test_a_zone_shorter_than_the_window_is_left_out_and_named(tmp_path):
    tree = make_tree(tmp_path, series_of(0, 12) + series_of(1, 10) + series_of(2, 11, step=3))
    log = Log()
    compile_tree(tree, SMOOTH, log)
    assert zones(smooth_rows(tree)) == ["0", "2"]
    assert log.warnings == ["NDVI CM001: not smoothed, because they have fewer than 11 dates: zones 1."]
    short = [each for each in statistics(tree) if each["fid"] == "1"]
    assert [(each["MAE"], each["RMSE"], each["MAPE"]) for each in short] == [("", "", "")]
    alone = make_tree(tmp_path / "alone", series_of(0, 12) + series_of(2, 11, step=3))
    compile_tree(alone, SMOOTH)
    assert smooth_rows(alone) == smooth_rows(tree)


def test_without_a_zone_that_is_long_enough_there_is_no_smooth_file(tmp_path):
    tree = make_tree(tmp_path, [each for zone in (0, 1, 2, 3, 7, 9, 10) for each in series_of(zone, 10)])
    log = Log()
    made = compile_tree(
        tree,
        CompileRequest(("daily", "custom"), None, None, FIRST, date(2020, 1, 1), smoothing=SmoothingSettings()),
        log,
    )
    assert not [path for path in made.files if "smooth" in path.name]
    assert log.warnings == ["NDVI CM001: not smoothed, because they have fewer than 11 dates: zones 0-3, 7, 9-10."]


def test_rows_with_too_little_in_view_do_not_count(tmp_path):
    rows = series_of(0, 12)
    rows[4] |= {"count": 25, "nodata": 75, "mean": 99999}
    rows[5] |= {"count": 26, "nodata": 74}
    tree = make_tree(tmp_path, rows)
    compile_tree(tree, SMOOTH)
    got = smooth_rows(tree)
    assert (got[4]["filename"], got[4]["valid"], got[4]["mean_div"]) == ("", "", "")
    assert max(float(each["smoothed"]) for each in got) < 0.5
    assert (got[5]["pixel_tot"], got[5]["pct_no_data"], got[5]["valid"]) == ("100", "74.0", "1")


def test_observations_off_the_grid_are_not_used(tmp_path):
    tree = make_tree(tmp_path, [*series_of(0, 12), on_step(0, 5, 99999, shift=2)])
    compile_tree(tree, SMOOTH)
    without = make_tree(tmp_path / "without", series_of(0, 12))
    compile_tree(without, SMOOTH)
    assert smooth_rows(tree) == smooth_rows(without)


def test_of_two_observations_of_a_day_the_best_stands_on_the_grid(tmp_path):
    rows = series_of(0, 12)
    later = masked_name((FIRST + timedelta(days=20)).isoformat(), time="07:20:00")
    for cells, best in (({"count": 90}, rows[4]["filename"]), ({"count": 110}, later)):
        tree = make_tree(tmp_path / str(cells["count"]), [*rows, row(0, later, mean=4444, **cells)])
        compile_tree(tree, SMOOTH)
        got = smooth_rows(tree)
        assert [each["date"] for each in got] == [str(FIRST + timedelta(days=5 * step)) for step in range(12)]
        assert got[4]["filename"] == best


def test_a_gap_of_almost_everything_is_filled(tmp_path):
    """Two observations, of which the last is not on the grid: Sen2Chain stops with a crash here."""
    tree = make_tree(tmp_path, [on_step(0, 0, 3000), on_step(0, 40, 5000, shift=1)])
    compile_tree(tree, SMOOTH)
    assert len(smooth_rows(tree)) == 41
    assert all(float(each["smoothed"]) == pytest.approx(0.3) for each in smooth_rows(tree))


# Files


def test_gaps_have_only_date_zone_and_smoothed_value(tmp_path):
    rows = [each for number, each in enumerate(series_of(0, 14)) if number not in (3, 4)]
    tree = make_tree(tmp_path, [{**each, "name": "Forêt, une"} for each in rows])
    request = CompileRequest(
        ("monthly", "custom"), date_min=date(2019, 3, 15), date_max=date(2019, 4, 3), smoothing=SmoothingSettings()
    )
    made = compile_tree(tree, request)
    files = {path.parent.name: read(path) for path in made.files if path.name.endswith("_smooth.csv")}
    gap = files["all_data"][3]
    assert {column: cell for column, cell in gap.items() if cell} == {
        "": "3",
        "date": "2019-03-17",
        "fid": "0",
        "smoothed": gap["smoothed"],
    }
    assert files["all_data"][2]["month"] == "2019-03"
    assert files["all_data"][2]["name"] == "Forêt, une"
    (of_custom,) = [each for each in files["custom"] if each["date"] == "2019-03-17"]
    assert {column: cell for column, cell in of_custom.items() if cell} == {
        "date": "2019-03-17",
        "fid": "0",
        "month": "2019-03",
        "smoothed": gap["smoothed"],
    }
    assert "" not in of_custom
    # Cut by the dates asked for, named after the rows there are.
    assert [each["date"] for each in files["custom"]] == ["2019-03-17", "2019-03-22", "2019-03-27", "2019-04-01"]
    assert [path.name for path in made.files if path.parent.name == "custom"] == [
        "zones_CC100_NDVI_2019-03-27_2019-04-01.csv",
        "zones_CC100_NDVI_2019-03-27_2019-04-01_smooth.csv",
    ]


def test_smoothing_is_always_from_all_rows(tmp_path):
    """Sen2Chain smooths only what is new, and loses dates."""
    tree = make_tree(tmp_path, series_of(0, 80))
    compile_tree(tree, SMOOTH)
    add_rows(tree, series_of(0, 5, step=82))
    compile_tree(tree, SMOOTH)
    fresh = make_tree(tmp_path / "fresh", series_of(0, 80) + series_of(0, 5, step=82))
    compile_tree(fresh, SMOOTH)
    assert contents(tree / "compiled_data") == contents(fresh / "compiled_data")


def test_how_many_zones_are_smoothed_at_once_does_not_matter(season, monkeypatch):
    tree, _ = season
    compile_tree(tree, SMOOTH)
    before = contents(tree / "compiled_data")
    monkeypatch.setattr(smoothing, "_CELLS_AT_ONCE", 1)
    compile_tree(tree, SMOOTH)
    assert contents(tree / "compiled_data") == before


@pytest.mark.parametrize(("window", "order"), [(3, 1), (5, 2), (11, 3), (31, 5), (51, 4)])
def test_a_zone_is_smoothed_alike_whatever_others_there_are(window, order):
    """To the last bit: else the files would depend on how the work is cut, and on what was there before."""
    from scipy.signal import savgol_filter

    values = np.random.default_rng(0).normal(size=(200, 60)).round(4)
    smooth_rows = load_filter(SmoothingSettings(window_length=window, polyorder=order))
    together = smooth_rows(values)
    assert all((smooth_rows(values[some : some + 1]) == together[some]).all() for some in range(200))
    assert (smooth_rows(values[50:57]) == together[50:57]).all()
    np.testing.assert_allclose(together, savgol_filter(values, window, order, axis=1), rtol=0, atol=1e-9)


def test_the_smooth_files_of_an_earlier_compile_go_with_their_rows(tmp_path):
    tree = make_tree(tmp_path, series_of(0, 12))
    compile_tree(tree, SMOOTH)
    compile_tree(tree, replace(SMOOTH, smoothing=SmoothingSettings(window_length=13)))
    assert list(contents(tree / "compiled_data")) == ["NDVI/CM001/all_data/zones_CC100_NDVI_all_data.csv"]


# What cannot be


@pytest.mark.parametrize(("window", "order"), [(0, 0), (-3, 1), (11, 11), (5, 8), (11, -1)])
def test_a_filter_that_cannot_be_is_refused_before_anything_is_done(tmp_path, window, order):
    tree = make_tree(tmp_path, series_of(0, 12))
    with pytest.raises(SmoothingRefused, match=str(window)):
        compile_tree(tree, CompileRequest(smoothing=SmoothingSettings(window_length=window, polyorder=order)))
    assert not (tree / "compiled_data").exists()


def test_without_scipy_only_smoothing_fails(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.signal", None)
    tree = make_tree(tmp_path, series_of(0, 12))
    with pytest.raises(ScipyMissing, match=r"[Ii]nstall.* (python3-)?scipy"):
        compile_tree(tree, SMOOTH)
    assert not (tree / "compiled_data").exists()
    assert compile_tree(tree, CompileRequest()).rows == 12


@pytest.mark.filterwarnings("error")
def test_a_zone_that_is_never_seen_is_left_out_without_a_warning(tmp_path):
    rows = [*series_of(0, 12), *(each | {"count": 0, "nodata": 100} for each in series_of(1, 12))]
    tree = make_tree(tmp_path, rows)
    compile_tree(tree, SMOOTH)
    assert zones(smooth_rows(tree)) == ["0"]
