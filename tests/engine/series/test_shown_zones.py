"""What plots and reports show of many zones: the same whatever is held, however the zones are parted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.figures.plots import pictures, report
from sen2chain_ts_plugin.engine.figures.plots.plot import plot_tree
from sen2chain_ts_plugin.engine.series import batches, series_source, shown_zones
from sen2chain_ts_plugin.engine.series.shown_zones import Overview, ShownZones, median_of_sorted, read_shown_zones
from sen2chain_ts_plugin.engine.series.zone_series import Choice, ZoneSeries
from sen2chain_ts_plugin.engine.tree.layout import open_tree
from tests.support.raw_tree import Log, Row, contents, make_tree, masked_name, row
from tests.support.whole_series import read_zone_series

ZONES, DATES = 60, 9
FIRST = date(2021, 1, 5)
EVERYTHING = Choice()


def rows() -> list[Row]:
    """Return rows of many zones: some are missing, some have no value, two acquisitions share a day."""
    random = np.random.default_rng(3)
    found = []
    for number in range(DATES):
        day = (FIRST + timedelta(5 * number)).isoformat()
        for time in ("06:35:11", "06:45:11")[: 2 if number == 4 else 1]:
            filename = masked_name(day, time=time)
            for zone in range(ZONES):
                if random.random() < 0.2 or zone == 7:
                    continue
                # Shares of pixels: sums of them depend on the order they are added in.
                count = float(random.integers(1, 100)) + 0.1
                mean = "" if random.random() < 0.05 else float(random.normal(4000, 1500))
                found.append(row(zone, filename, count=count, nodata=100 - count, mean=mean, name=f"field {zone % 50}"))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tree(tmp_path_factory.mktemp("made"), rows())


def read(folder: Path, choice: Choice = EVERYTHING, limits: tuple[int, ...] = (10,)) -> ShownZones:
    shown = read_shown_zones(open_tree(folder), "NDVI", "CM001", choice, limits, Log())
    assert shown is not None
    return shown


def all_rows(folder: Path, choice: Choice = EVERYTHING) -> ZoneSeries:
    return read_zone_series(open_tree(folder), "NDVI", "CM001", choice, Silent())


def values_of(overview: Overview) -> list[object]:
    return [np.asarray(value).tolist() for value in vars(overview).values()]


def test_the_overview_is_that_of_all_rows(folder: Path) -> None:
    overview, series = read(folder).overview, all_rows(folder)
    days = series.when.astype("datetime64[D]")
    zone = np.concatenate([np.full(each.rows.stop - each.rows.start, each.fid) for each in series.zones])
    mean, count = series.numbers["mean"], series.numbers["count"]
    pixels = count + series.numbers["nodata"]
    everything = sum(pixels[each.rows].max() for each in series.zones)
    assert overview.rows == len(series)
    assert list(overview.zones) == sorted(set(zone.tolist()))
    assert (overview.first, overview.last) == (series.when.min(), series.when.max())
    assert overview.days.tolist() == sorted(set(days.tolist()))
    assert overview.median == np.nanmedian(mean)
    extent = [series.numbers[name] for name in ("mean", "percentile_25", "percentile_75")]
    assert (overview.low, overview.high) == (np.nanmin(extent), np.nanmax(extent))
    for number, day in enumerate(overview.days):
        mine = days == day
        best = {each: count[mine & (zone == each)].max() for each in set(zone[mine].tolist())}
        assert overview.zones_on[number] == len(best)
        assert overview.seen[number] == pytest.approx(sum(best.values()) / everything, rel=1e-12)
        (place,) = np.flatnonzero(overview.spread_days == day)
        assert overview.spread[:, place].tolist() == np.nanpercentile(mean[mine], (10, 50, 90)).tolist()


@pytest.mark.parametrize("batch_bytes", [1, 2000, 9000])
@pytest.mark.parametrize("held", [0, 50, 10**6])
def test_parts_and_what_is_held_change_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch_bytes: int, held: int
) -> None:
    for module, name, value in ((pictures, "MOST_LINES", 11), (pictures, "MOST_PAGES", 1), (report, "MOST_CHARTS", 30)):
        monkeypatch.setattr(module, name, value)
    choice = Choice(key_field="name")
    plot_tree(folder, choice, tmp_path / "whole", Log())
    expected = values_of(read(folder, choice).overview)
    monkeypatch.setattr(batches, "BATCH_BYTES", batch_bytes)
    monkeypatch.setattr(shown_zones, "HELD_ROWS", held)
    assert values_of(read(folder, choice).overview) == expected
    plot_tree(folder, choice, tmp_path / "parts", Log())
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")


def test_only_zones_that_are_drawn_are_held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_BYTES", 2000)
    monkeypatch.setattr(shown_zones, "HELD_ROWS", 0)
    shown, series = read(folder, limits=(10, 4)), all_rows(folder)
    assert len(shown.series.zones) < len(series.zones)
    for most in (10, 4):
        zones = shown.evenly(most)
        assert len(zones) == most
        assert (zones[0].fid, zones[-1].fid) == (series.zones[0].fid, series.zones[-1].fid)
    for zone in shown.series.zones:
        (whole,) = [each for each in series.zones if each.fid == zone.fid]
        assert zone.label == whole.label
        assert shown.series.when[zone.rows].tolist() == series.when[whole.rows].tolist()
        assert shown.series.filename[zone.rows] == series.filename[whole.rows]
        for name, values in series.numbers.items():
            np.testing.assert_array_equal(shown.series.numbers[name][zone.rows], values[whole.rows])


def test_dates_limit_the_overview(folder: Path) -> None:
    choice = Choice(date_min=FIRST + timedelta(6), date_max=FIRST + timedelta(20))
    overview = read(folder, choice).overview
    assert overview.days.tolist() == [FIRST + timedelta(5 * number) for number in (2, 3, 4)]
    assert overview.rows == len(all_rows(folder, choice))


def test_no_row_within_the_dates(folder: Path) -> None:
    choice = Choice(date_max=FIRST - timedelta(1))
    assert read_shown_zones(open_tree(folder), "NDVI", "CM001", choice, (10,), Log()) is None


def test_a_zone_has_the_first_key_that_it_has(tmp_path: Path) -> None:
    names = {"2021-01-05": "", "2021-01-10": " first ", "2021-01-15": "later"}
    folder = make_tree(tmp_path, [row(3, masked_name(day), name=name) for day, name in names.items()])
    (zone,) = all_rows(folder, Choice(key_field="name")).zones
    assert (zone.fid, zone.label) == (3, "first")


def test_a_compiled_file_that_is_too_large_is_left_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_tree(tmp_path, rows())
    compile_tree(folder, CompileRequest(("alldata",)))
    compiled = read(folder)
    assert compiled.series.compiled is not None
    monkeypatch.setattr(series_source, "MOST_COMPILED_BYTES", 1000)
    raw = read(folder)
    assert raw.series.compiled is None
    assert values_of(raw.overview) == values_of(compiled.overview)


@given(st.lists(st.lists(st.floats(-1e300, 1e300)), max_size=6))
def test_the_median_of_parts_is_that_of_all(parts: list[list[float]]) -> None:
    ordered = [np.sort(np.array(part, np.float64)) for part in parts]
    values = [value for part in parts for value in part]
    found = median_of_sorted(ordered)
    if not values:
        assert np.isnan(found)
        return
    assert found == np.median(values)
