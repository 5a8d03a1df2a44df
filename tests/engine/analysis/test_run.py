"""Analyses over a tree: places, records, what is replaced and what stays, workers, cancel, damage."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine import ThreadExecutor, aggregate, anomaly, phenology, smooth, trend
from sen2chain_ts_plugin.engine.analysis import daily
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import (
    AnalysisFilesKept,
    Cancelled,
    FolderLocked,
    NotAnExtraction,
    NothingToShow,
    NotSmoothed,
    SmoothedFileDamaged,
    TooManyColumns,
)
from sen2chain_ts_plugin.engine.library.cloudmask import parse_list
from sen2chain_ts_plugin.engine.locks import locked
from sen2chain_ts_plugin.engine.series import batches
from tests.support.analysis_tree import ATTRIBUTES, YEARS, analysis_tree, rows_of_years
from tests.support.other_pythons import only_other_pythons
from tests.support.raw_tree import Log, Row, add_rows, contents, make_tree, masked_name, read, row

ALL = (smooth, aggregate, anomaly, trend, phenology)
FOLDER = Path("analysis_data", "NDVI", "CM001")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return analysis_tree(tmp_path_factory.mktemp("made"))


@pytest.fixture
def tree(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


def test_every_file_stands_in_its_place(tree: Path) -> None:
    before = contents(tree)
    for analysis in ALL:
        analysis(tree, feedback=Log())
    aggregate(tree, period="days", days=10, wide="mean", source="smooth", feedback=Log())
    aggregate(tree, period="year", start_month=7, feedback=Log())
    anomaly(tree, period="season", source="smooth", feedback=Log())
    written = {name: data for name, data in contents(tree).items() if name not in before}
    names = [
        "aggregate/zones_NDVI_days10_smooth.csv", "aggregate/zones_NDVI_days10_smooth_wide.csv",
        "aggregate/zones_NDVI_month.csv", "aggregate/zones_NDVI_year_from07.csv",
        "anomaly/zones_NDVI_month_anomaly.csv", "anomaly/zones_NDVI_month_normals.csv",
        "anomaly/zones_NDVI_season_smooth_anomaly.csv", "anomaly/zones_NDVI_season_smooth_normals.csv",
        "phenology/zones_NDVI_seasons.csv", "smooth/zones_NDVI_smooth.csv", "smooth/zones_NDVI_smooth_stats.csv",
        "trend/zones_NDVI_trend.csv",
    ]  # fmt: skip
    assert sorted(written) == [f"{FOLDER.as_posix()}/{name}" for name in names]
    assert {name: data for name, data in contents(tree).items() if name in before} == before
    record = json.loads((tree / ".sen2chain_ts" / "analysis.json").read_text(encoding="utf-8"))["files"]
    assert set(record) == set(written)
    entry = record[f"{FOLDER.as_posix()}/smooth/zones_NDVI_smooth.csv"]
    assert entry["analysis"] == "smooth"
    assert entry["parameters"]["max_gap"] == 60
    assert entry["versions"]["numpy"] == np.__version__


def test_the_columns_are_those_of_the_contract(tree: Path) -> None:
    heads = {
        "smooth/zones_NDVI_smooth": "date,fid,value,observed,filled,used,weight,count,gap,name,code",
        "smooth/zones_NDVI_smooth_stats": "fid,dates,used,spikes,lambda,df,sd,cv_mae,cv_rmse,longest_gap",
        "aggregate/zones_NDVI_month": "period,begin,end,fid,dates,pixels,valid_share,mean,median,min,max,name,code",
        "anomaly/zones_NDVI_month_normals": "step,fid,years,mean,sd,min,p10,p25,median,p75,p90,max",
        "anomaly/zones_NDVI_month_anomaly": "period,begin,end,fid,value,years,normal,sd,difference,ratio,z,vci,"
        "percentile,name,code",
        "trend/zones_NDVI_trend": "fid,years,tau,s,z,p,slope,slope_low,slope_high,intercept",
        "phenology/zones_NDVI_seasons": "fid,year,season,sos,pos,eos,los,sos_value,pos_value,eos_value,base_left,"
        "base_right,amplitude,greening,senescence,integral,integral_above,sos_doy,pos_doy,eos_doy,dates,longest_gap,"
        "flags,name,code",
    }
    for analysis in ALL:
        analysis(tree, feedback=Log())
        # The same without a row that counts.
    for name, header in heads.items():
        assert (tree / FOLDER / f"{name}.csv").read_text(encoding="utf-8").split("\n")[0] == header
    for analysis in ALL:
        analysis(tree, feedback=Log(), min_pixels=10**6)
    for name, header in heads.items():
        lines = (tree / FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert lines[0] == header
        assert len(lines) == (4 if name.startswith("trend") else 1)


def test_attributes_are_as_they_were(tree: Path) -> None:
    smooth(tree, feedback=Log())
    for each in read(tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv"):
        assert {"name": each["name"], "code": each["code"]} == ATTRIBUTES[int(each["fid"])]


def test_an_attribute_named_like_a_column_is_kept_under_another_name(tmp_path: Path) -> None:
    cells = {"value": "mine", "gap": "3"}
    tree = make_tree(tmp_path, [row(0, masked_name(f"2021-01-{day:02}"), **cells) for day in range(1, 20, 3)])
    smooth(tree, feedback=Log())
    first = read(tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv")[0]
    assert (first["value_1"], first["gap_1"], first["observed"]) == ("mine", "3", "0.43215")


def test_a_second_run_touches_nothing(tree: Path) -> None:
    def state() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (tree / "analysis_data").rglob("*.csv")}

    for analysis in ALL:
        analysis(tree, feedback=Log())
    before, record = state(), (tree / ".sen2chain_ts" / "analysis.json").read_bytes()
    for analysis in ALL:
        summary = analysis(tree, feedback=Log())
        assert len(summary.files) in (1, 2)
    assert state() == before
    assert (tree / ".sen2chain_ts" / "analysis.json").read_bytes() == record


def test_ours_are_replaced_and_what_others_changed_stays(tree: Path) -> None:
    path = tree / FOLDER / "aggregate" / "zones_NDVI_month.csv"
    aggregate(tree, feedback=Log())
    first = path.read_bytes()
    aggregate(tree, statistics=["std"], feedback=Log())
    second = path.read_bytes()
    assert second != first
    path.write_bytes(second + b"mine\n")
    with pytest.raises(AnalysisFilesKept, match="zones_NDVI_month"):
        aggregate(tree, feedback=Log())
    assert path.read_bytes() == second + b"mine\n"
    path.unlink()
    aggregate(tree, feedback=Log())
    assert path.read_bytes() == first


def test_a_file_of_others_stays_and_the_other_one_is_written(tree: Path) -> None:
    path = tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv"
    path.parent.mkdir(parents=True)
    path.write_text("mine\n")
    with pytest.raises(AnalysisFilesKept, match=r"zones_NDVI_smooth\.csv"):
        smooth(tree, feedback=Log())
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert (path.parent / "zones_NDVI_smooth_stats.csv").is_file()


def test_without_the_record_what_is_the_same_is_ours_again(tree: Path) -> None:
    aggregate(tree, feedback=Log())
    record = tree / ".sen2chain_ts" / "analysis.json"
    for content in ("", "{", '{"files": 3}', None):
        record.unlink() if content is None else record.write_text(content)
        log = Log()
        aggregate(tree, feedback=log)
        assert bool(log.warnings) == (content is not None)
        assert len(json.loads(record.read_text(encoding="utf-8"))["files"]) == 1
    record.unlink()
    with pytest.raises(AnalysisFilesKept):
        aggregate(tree, statistics=["std"], feedback=Log())


def test_rows_by_shares_of_pixels_are_analysed_as_those_of_whole_ones(tmp_path: Path) -> None:
    """Counts and values as they are with ``fraction``: the same analyses, with counts that are no whole numbers."""

    def scaled(cells: Row, by: float) -> Row:
        return {**cells, **{name: cells[name] * by for name in ("count", "nodata", "nbcld")}}

    whole = analysis_tree(tmp_path / "whole")
    shares = make_tree(tmp_path / "shares", [scaled(each, 0.5) for each in rows_of_years(mask="CM001-FRAC")])
    for analysis in ALL:
        for tree in (whole, shares):
            analysis(tree, feedback=Log())
    for path in sorted((whole / FOLDER).rglob("*.csv")):
        other = shares / "analysis_data" / "NDVI" / "CM001-FRAC" / path.relative_to(whole / FOLDER)
        for one, two in zip(read(path), read(other)):
            for name, value in one.items():
                if name in ("count", "pixels") and value:
                    assert float(two[name]) == float(value) * 0.5
                else:
                    assert two[name] == value, (path.name, name)


@pytest.mark.parametrize("analysis", ALL)
def test_workers_and_batches_change_no_byte(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analysis: Any
) -> None:
    smooth(tree, feedback=Log())
    analysis(tree, feedback=Log())
    whole = contents(tree / "analysis_data")
    shutil.rmtree(tree / "analysis_data")
    monkeypatch.setattr(batches, "BATCH_BYTES", 20_000)
    monkeypatch.setattr(daily, "_CELLS", 1)
    smooth(tree, feedback=Log(), executor=ThreadExecutor(3))
    analysis(tree, feedback=Log(), executor=ThreadExecutor(3))
    assert contents(tree / "analysis_data") == whole


@pytest.mark.parametrize("analysis", ALL)
def test_other_pythons_write_the_same_bytes(tree: Path, monkeypatch: pytest.MonkeyPatch, analysis: Any) -> None:
    smooth(tree, feedback=Log())
    analysis(tree, feedback=Log())
    whole = contents(tree / "analysis_data")
    shutil.rmtree(tree / "analysis_data")
    monkeypatch.setattr(batches, "BATCH_BYTES", 20_000)
    with only_other_pythons() as answers:
        smooth(tree, feedback=Log(), executor=ThreadExecutor(2))
        analysis(tree, feedback=Log(), executor=ThreadExecutor(2))
    assert contents(tree / "analysis_data") == whole
    assert len(answers) > 2


def test_cancel_leaves_whole_files_only(tree: Path) -> None:
    aggregate(tree, feedback=Log())
    before = contents(tree / "analysis_data")
    for question in (0, 3, 6):
        with pytest.raises(Cancelled):
            smooth(tree, feedback=Log(cancel_at=question))
        assert contents(tree / "analysis_data") == before


def test_progress_goes_from_0_to_1(tree: Path) -> None:
    for analysis in ALL:
        log = Log()
        analysis(tree, feedback=log)
        assert log.fractions == sorted(log.fractions)
        assert log.fractions[-1] == 1.0


def test_a_tree_that_somebody_writes_is_refused(tree: Path) -> None:
    with locked(tree), pytest.raises(FolderLocked):
        aggregate(tree)


def test_what_is_not_there_is_said(tree: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAnExtraction):
        aggregate(tmp_path / "elsewhere")
    with pytest.raises(NothingToShow, match="NDVI CM001"):
        aggregate(tree, indices=("EVI",), feedback=Log())
    log = Log()
    aggregate(tree, indices=("EVI", "NDVI"), feedback=log)
    assert any("EVI" in text for text in log.warnings)
    with pytest.raises(NothingToShow):
        aggregate(tree, cloudmasks=tuple(parse_list("CM002-B11")), feedback=Log())


def test_every_index_and_mask_has_its_files(tree: Path) -> None:
    add_rows(tree, rows_of_years(1, 1, index="EVI", mask="CM002-B11"))
    summary = aggregate(tree, feedback=Log())
    assert sorted(path.parent.parent.name for path in summary.files) == ["CM001", "CM002-B11"]
    assert summary.rows == sum(len(read(path)) for path in summary.files)


def test_a_damaged_raw_file_is_named_and_left_out(tree: Path) -> None:
    path = sorted((tree / "raw_data" / "NDVI" / "CM001").glob("*.csv"))[10]
    path.write_bytes(path.read_bytes()[:-5])
    log = Log()
    summary = aggregate(tree, feedback=log)
    assert summary.damaged == (path,)
    assert any(path.name in text for text in log.errors)


def test_the_curve_as_a_source(tree: Path) -> None:
    with pytest.raises(NotSmoothed, match="sen2chain_ts:smooth"):
        aggregate(tree, source="smooth", feedback=Log())
    smooth(tree, step=7, feedback=Log())
    curve = read(tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv")
    for record in (True, False):  # without it the step is that of the dates
        if not record:
            (tree / ".sen2chain_ts" / "analysis.json").unlink()
            (tree / FOLDER / "aggregate" / "zones_NDVI_month_smooth.csv").unlink()
        aggregate(tree, source="smooth", statistics=["mean", "first"], feedback=Log())
        rows = read(tree / FOLDER / "aggregate" / "zones_NDVI_month_smooth.csv")
        for each in (rows[3], rows[-4]):
            mine = [
                point for point in curve
                if point["fid"] == each["fid"] and each["begin"] <= point["date"] <= each["end"] and point["value"]
                and np.datetime64(point["date"]).astype(int) % 7 == 0
            ]  # fmt: skip
            assert each["dates"] == str(len(mine))
            assert float(each["mean"]) == pytest.approx(np.mean([float(point["value"]) for point in mine]))
            assert each["first"] == mine[0]["value"]
            assert float(each["filled"]) == pytest.approx(np.mean([int(point["filled"]) for point in mine]))
            assert (each["pixels"], each["valid_share"], each["code"]) == ("", "", mine[0]["code"])


@pytest.mark.parametrize("damage", [b"date,fid\n", b"", "cut", "word"])
def test_a_damaged_curve_is_named(tree: Path, damage: Any) -> None:
    smooth(tree, feedback=Log())
    path = tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv"
    data = path.read_bytes()
    changed = {"cut": data[:-3], "word": data.replace(b",0,", b",zero,", 1)}
    path.write_bytes(changed.get(damage, damage) if isinstance(damage, str) else damage)
    with pytest.raises(SmoothedFileDamaged, match=r"zones_NDVI_smooth\.csv"):
        aggregate(tree, source="smooth", feedback=Log())


def test_a_wide_table_has_every_period(tmp_path: Path) -> None:
    days = ["2021-11-20", "2021-11-25", "2022-02-03"]
    tree = make_tree(tmp_path, [row(zone, masked_name(day), mean=1000.0 * (zone + 1)) for day in days for zone in (0, 2)
                                if (zone, day) != (2, days[2])])  # fmt: skip
    aggregate(tree, wide="mean", feedback=Log())
    wide = (tree / FOLDER / "aggregate" / "zones_NDVI_month_wide.csv").read_text(encoding="utf-8")
    assert wide == "fid,2021-11,2021-12,2022-01,2022-02\n0,0.1,,,0.1\n2,0.3,,,\n"
    aggregate(tree, wide="dates", feedback=Log())
    wide = (tree / FOLDER / "aggregate" / "zones_NDVI_month_wide.csv").read_text(encoding="utf-8")
    assert wide == "fid,2021-11,2021-12,2022-01,2022-02\n0,2,,,1\n2,2,,,\n"
    aggregate(tree, empty=True, feedback=Log())
    rows = read(tree / FOLDER / "aggregate" / "zones_NDVI_month.csv")
    assert [(each["fid"], each["period"], each["dates"], each["mean"]) for each in rows[4:]] == [
        ("2", "2021-11", "2", "0.3"), ("2", "2021-12", "0", ""), ("2", "2022-01", "0", ""), ("2", "2022-02", "0", ""),
    ]  # fmt: skip


def test_a_wide_table_has_its_limit(tmp_path: Path) -> None:
    rows = [row(0, masked_name("2015-01-01")), row(0, masked_name("2021-01-01"))]
    tree = make_tree(tmp_path, rows)
    with pytest.raises(TooManyColumns, match="2193"):
        aggregate(tree, period="days", days=1, wide="mean", feedback=Log())
    aggregate(tree, period="week", wide="mean", feedback=Log())


def test_the_year_that_was_low_is_found(tree: Path) -> None:
    anomaly(tree, feedback=Log())
    rows = read(tree / FOLDER / "anomaly" / "zones_NDVI_month_anomaly.csv")
    low = [each for each in rows if each["fid"] == "1" and each["period"].startswith("2019-") and each["z"]]
    assert len(low) == 12
    assert np.median([float(each["difference"]) for each in low]) == pytest.approx(-0.1, abs=0.02)
    seasons = phenology(tree, fraction=0.5, feedback=Log())
    assert seasons.rows == 3 * YEARS
    found = read(tree / FOLDER / "phenology" / "zones_NDVI_seasons.csv")
    assert np.median([float(each["sos_doy"]) for each in found]) == pytest.approx(100, abs=2)
    assert np.median([float(each["eos_doy"]) for each in found]) == pytest.approx(250, abs=2)


def test_baselines_that_differ_are_said_once(tmp_path: Path) -> None:
    rows = [
        row(0, masked_name(f"{year}-06-05", baseline, index=index))
        for year, baseline in ((2018, "N0301"), (2019, "N0301"), (2020, "N0500"), (2021, "N0500"))
        for index in ("NDVI", "EVI")
    ]
    tree = make_tree(tmp_path, rows)
    log = Log()
    anomaly(tree, feedback=log)
    assert [text for text in log.warnings if "N0301, N0500" in text] == log.warnings
    assert len(log.warnings) == 1
    log = Log()
    anomaly(tree, reference_min=2020, feedback=log)
    assert log.warnings == []


def test_sen2chains_own_files_are_as_before(tree: Path) -> None:
    compile_tree(tree, CompileRequest(periods=("alldata", "monthly")), Log())
    before = contents(tree)
    for analysis in ALL:
        analysis(tree, feedback=Log())
    compile_tree(tree, CompileRequest(periods=("alldata", "monthly")), Log())
    after = contents(tree)
    assert {name: after[name] for name in before} == before


def test_trees_of_sen2chain_are_analysed(reference: Path, tmp_path: Path) -> None:
    source = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    tree = Path(shutil.copytree(source, tmp_path / source.name))
    for analysis in ALL:
        assert analysis(tree, feedback=Log()).damaged == ()
    months = read(tree / FOLDER / "aggregate" / "zones_NDVI_month.csv")
    assert {each["name"] for each in months} >= {"Canne à sucre 0"}
