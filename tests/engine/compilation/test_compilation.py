"""Compile: what stands in compiled_data, beside Sen2Chain's own and by rule."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.choices import PERIODS
from sen2chain_ts_plugin.engine.compilation.compile import Compilation, CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import (
    Cancelled,
    CustomNeedsDates,
    DatesReversed,
    EngineError,
    FolderLocked,
    LeadsOutside,
    NotAnExtraction,
    UnknownPeriod,
    WriteFailed,
)
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from tests.support.capabilities import make_link
from tests.support.compare import differences
from tests.support.raw_tree import Log, add_rows, contents, make_tree, masked_name, raw_path, read, row

ROOT = Path(__file__).parents[3]
JANUARY, JUNE = masked_name("2021-01-05"), masked_name("2021-06-14")
CUSTOM = CompileRequest(("custom",), date_min=date(2021, 2, 1), date_max=date(2021, 12, 31))


def compiled(tree: Path, file: str, index: str = "NDVI", mask: str = "CM001") -> Path:
    return tree / "compiled_data" / index / mask / file


def all_data(tree: Path) -> list[dict[str, str]]:
    return read(compiled(tree, "all_data/zones_CC100_NDVI_all_data.csv"))


def names(compilation: Compilation) -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in compilation.files)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree with two zones on two dates."""
    return make_tree(tmp_path, [row(fid, name) for name in (JANUARY, JUNE) for fid in (0, 1)])


# Beside Sen2Chain


@pytest.fixture
def of_sen2chain(reference: Path, tmp_path: Path):
    def copy(run: str) -> tuple[Path, Path]:
        source = next((reference / "expected" / run).iterdir())
        shutil.copytree(source / "raw_data", tmp_path / source.name / "raw_data")
        return tmp_path / source.name, source / "compiled_data"

    return copy


FULL = replace(CUSTOM, periods=PERIODS, smoothing=SmoothingSettings())


def test_all_periods_and_smoothing_equal_sen2chain(of_sen2chain):
    tree, expected = of_sen2chain("EXTRACTION_CM001")
    made = compile_tree(tree, FULL)
    assert differences(tree / "compiled_data", expected) == []
    assert len(made.files) == len(contents(expected)) == len(contents(tree / "compiled_data"))
    assert made.rows == 552
    assert made.damaged == ()


def test_some_periods_without_smoothing_equal_sen2chain(of_sen2chain):
    tree, expected = of_sen2chain("EXTRACTION_CM004")
    compile_tree(tree, replace(CUSTOM, periods=("alldata", "monthly", "custom")))
    assert differences(tree / "compiled_data", expected) == []


def test_compiling_again_touches_no_file(of_sen2chain):
    tree, _ = of_sen2chain("EXTRACTION_CM001")
    first = compile_tree(tree, FULL)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tree.rglob("*.csv")}
    again = compile_tree(tree, FULL)
    assert again == first
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tree.rglob("*.csv")} == before


def test_the_order_in_which_a_disk_lists_files_does_not_matter(of_sen2chain, monkeypatch):
    tree, _ = of_sen2chain("EXTRACTION_CM001")
    compile_tree(tree, FULL)
    before = contents(tree)
    shutil.rmtree(tree / "compiled_data")
    listed = os.scandir

    class Backwards:
        def __init__(self, path):
            self.entries = list(listed(path))[::-1]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(os, "scandir", Backwards)
    compile_tree(tree, FULL)
    monkeypatch.undo()
    assert contents(tree) == before


# The best row


def dates_of(tree: Path) -> list[tuple[str, str]]:
    return [(each["fid"], each["date"]) for each in all_data(tree)]


def test_rows_are_ordered_by_zone_then_date(tmp_path):
    tree = make_tree(tmp_path, [row(fid, name) for name in (JUNE, JANUARY) for fid in (10, 9, 2)])
    compile_tree(tree, CompileRequest())
    assert dates_of(tree) == [
        (fid, day) for fid in ("2", "9", "10") for day in ("2021-01-05 06:35:11", "2021-06-14 06:35:11")
    ]


OLD, NEW = masked_name(baseline="N0301"), masked_name(baseline="N0500")
LATER = masked_name(baseline="N0500", generated="20240101T000000")
OTHER_TILE = masked_name(baseline="N0500", tile="40KCC")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(row(0, OLD), row(0, NEW, count=89, nodata=11), id="complete before baseline"),
        pytest.param(row(0, OLD, count=9, nodata=91, nbcld=91), row(0, NEW, count=90, nodata=10), id="not by clouds"),
        pytest.param(row(0, NEW, count=1), row(0, OLD), id="baseline before count"),
        pytest.param(row(0, NEW, count=101, std=90), row(0, OTHER_TILE), id="count before std"),
        pytest.param(row(0, NEW, std=9.5), row(0, OTHER_TILE, std=12), id="the smallest std, as a number"),
        pytest.param(row(0, LATER), row(0, NEW), id="the greatest file name"),
        pytest.param(row(0, OTHER_TILE), row(0, LATER), id="the greatest file name, of two tiles"),
        pytest.param(row(0, OLD), row(0, NEW, nbcld=""), id="without nbcld counts as not complete"),
        pytest.param(row(0, OLD, count=91, nodata=9), row(0, NEW, count=90, nodata=10), id="less than a tenth"),
    ],
)
def test_one_row_of_a_zone_and_date_is_kept(tmp_path, better, worse):
    tree = make_tree(tmp_path, [better, worse])
    compile_tree(tree, CompileRequest())
    assert [each["filename"] for each in all_data(tree)] == [better["filename"]]


pixels = st.integers(0, 12)
random_rows = st.lists(
    st.fixed_dictionaries(
        {
            "fid": st.integers(0, 2),
            "filename": st.builds(
                masked_name,
                st.sampled_from(["2021-01-05", "2021-01-10"]),
                st.sampled_from(["N0214", "N0301", "N0500"]),
                tile=st.sampled_from(["40KCB", "40KCC"]),
                generated=st.sampled_from(["20210105T090000", "20230205T014500"]),
            ),
            "count": st.integers(1, 12),
            "nodata": pixels,
            "nbcld": st.one_of(pixels, st.just("")),
            "std": st.sampled_from([0, 0.5, 5, 12.25, 100.0]),
        }
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda each: (each["fid"], each["filename"]),
)


@given(random_rows)
def test_the_best_rows_are_those_of_a_plain_sort(cells):
    rows = [row(each["fid"], each["filename"], **each) for each in cells]
    table = pd.DataFrame(rows)
    for column in ("count", "nodata", "nbcld", "std"):
        table[column] = pd.to_numeric(table[column])
    table["incomplete"] = (table["nodata"] - table["nbcld"]) / (table["count"] + table["nodata"])
    table["complete"] = table["incomplete"] < 0.1
    table["baseline"] = table["filename"].str.split("_").str[3]
    keys = ["fid", "date", "complete", "baseline", "count", "std", "filename"]
    table = table.sort_values(keys, ascending=[key != "std" for key in keys])
    expected = table.drop_duplicates(["fid", "date"], keep="last")
    with tempfile.TemporaryDirectory() as folder:
        tree = make_tree(Path(folder), rows)
        compile_tree(tree, CompileRequest())
        got = all_data(tree)
    assert [(each["fid"], each["filename"]) for each in got] == [
        (str(fid), name) for fid, name in zip(expected["fid"], expected["filename"])
    ]
    assert [each["completeness"] for each in got] == [
        "" if pd.isna(share) else repr(float(1 - share)) for share in expected["incomplete"]
    ]


def test_completeness_is_the_share_inside_tile_and_swath(tmp_path):
    cells = [(60, 40, 10), (60, 40, 40), (60, 40, "")]
    rows = [row(fid, JUNE, count=count, nodata=nodata, nbcld=nbcld) for fid, (count, nodata, nbcld) in enumerate(cells)]
    tree = make_tree(tmp_path, rows)
    compile_tree(tree, CompileRequest())
    assert [each["completeness"] for each in all_data(tree)] == ["0.7", "1.0", ""]


def test_ocm_products_of_all_versions_share_a_folder(tmp_path):
    versions = [masked_name("2021-01-05", mask="OCM_v1_2_3"), masked_name("2021-01-10", mask="OCM_v1_3_0")]
    tree = make_tree(tmp_path, [row(0, name) for name in versions])
    made = compile_tree(tree, CompileRequest(cloudmasks=tuple(cloudmask.parse_list("OCM_v1_3_0"))))
    assert made.files == (compiled(tree, "all_data/zones_CC100_NDVI_all_data.csv", mask="OCM"),)
    assert [each["filename"] for each in read(made.files[0])] == versions


# Text


TEXTS = ["00123", "1e5", "NA", "nan", "", " padded ", "=1+1", 'say "hi", twice', "Forêt", "中", "\\t", "'", "1.10"]


def test_attributes_come_through_unchanged(tmp_path):
    rows = [row(fid, JUNE, name=text, other=text[::-1]) for fid, text in enumerate(TEXTS)]
    tree = make_tree(tmp_path, rows)
    compile_tree(tree, replace(CUSTOM, periods=("alldata", "daily", "custom")))
    files = list(tree.glob("compiled_data/**/*.csv"))
    assert {file.parent.name for file in files} == {"all_data", "daily", "custom"}
    for file in files:
        assert [(each["name"], each["other"]) for each in read(file)] == [(text, text[::-1]) for text in TEXTS]


def test_numbers_come_through_as_they_were_written(tmp_path):
    """Sen2Chain writes ``8.0`` where we write ``8``, a tree may hold both, and no digit is lost."""
    exact = {"mean": "0.1000000000000000055511151231257827", "std": "1e-300", "min": "-3.0"}
    tree = make_tree(tmp_path, [row(0, JANUARY, count="8.0", nodata="2.0", nbcld="2.0"), row(0, JUNE, **exact)])
    compile_tree(tree, CompileRequest())
    first, second = all_data(tree)
    assert (first["count"], first["nodata"], first["completeness"]) == ("8.0", "2.0", "1.0")
    assert {column: second[column] for column in exact} == exact


def test_an_attribute_named_like_a_new_column_gets_another_name(tmp_path):
    tree = make_tree(tmp_path, [row(0, JUNE, year="planted 1998", completeness="half", month="May", smoothed="x")])
    compile_tree(tree, CompileRequest(("alldata", "yearly")))
    (only,) = all_data(tree)
    assert list(only)[-6:] == ["completeness", "year_1", "completeness_1", "month", "smoothed", "year"]
    assert list(only.values())[-6:] == ["1.0", "planted 1998", "half", "May", "x", "2021"]


def test_files_with_other_columns_are_brought_together(tmp_path):
    tree = make_tree(tmp_path, [row(0, JANUARY, code="00123", area="1,5"), row(0, JUNE, area="2", owner='"A", B')])
    compile_tree(tree, CompileRequest())
    assert [(each["code"], each["area"], each["owner"]) for each in all_data(tree)] == [
        ("00123", "1,5", ""),
        ("", "2", '"A", B'),
    ]


def test_names_that_a_shapefile_cut_are_the_whole_names(tmp_path):
    """Sen2Chain continues our tree from the shapefile, where names have 10 characters."""
    whole = {"owner_of_the_field": "A", "owner_of_the_house": "B", "code": "1"}
    cut = {"owner_of_t": "C", "owner_of_1": "D", "code": "2"}
    tree = make_tree(tmp_path, [row(0, JANUARY, **cut), row(0, JUNE, **whole)])
    compile_tree(tree, CompileRequest())
    assert [list(each.values())[-3:] for each in all_data(tree)] == [["C", "D", "2"], ["A", "B", "1"]]
    assert list(all_data(tree)[0])[-3:] == list(whole)


def test_lines_that_end_as_on_windows_are_read(tree):
    path = raw_path(tree, JUNE)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    made = compile_tree(tree, CompileRequest())
    assert made.damaged == ()
    assert len(all_data(tree)) == 4
    assert b"\r" not in made.files[0].read_bytes()


# Periods


def test_each_period_has_its_files_and_not_its_own_column(tmp_path):
    days = ["2020-12-31", "2021-01-01", "2021-01-02", "2021-01-03", "2021-02-01"]
    tree = make_tree(tmp_path, [row(0, masked_name(day)) for day in days])
    made = compile_tree(tree, CompileRequest(("alldata", "daily", "weekly", "monthly", "yearly")))
    assert names(made) == [
        "all_data/zones_CC100_NDVI_all_data.csv",
        *(f"daily/zones_CC100_NDVI_daily_{day}.csv" for day in days),
        *(f"monthly/zones_CC100_NDVI_monthly_{month}.csv" for month in ("2020-12", "2021-01", "2021-02")),
        # Weeks begin on Sunday, and the days before the first one of a year are in week 0.
        *(f"weekly/zones_CC100_NDVI_weekly_{week}.csv" for week in ("2020-52", "2021-00", "2021-01", "2021-05")),
        *(f"yearly/zones_CC100_NDVI_yearly_{year}.csv" for year in (2020, 2021)),
    ]
    columns = {path.parent.name: list(read(path)[0])[16:] for path in made.files}
    assert columns == {
        "all_data": ["year", "month", "week", "day"],
        "yearly": ["month", "week", "day"],
        "monthly": ["year", "week", "day"],
        "weekly": ["year", "month", "day"],
        "daily": ["year", "month", "week"],
    }
    week = read(compiled(tree, "weekly/zones_CC100_NDVI_weekly_2021-00.csv"))
    assert [each["day"] for each in week] == ["2021-01-01", "2021-01-02"]


def test_the_cover_stands_in_names_and_filters_nothing(tmp_path):
    tree = make_tree(tmp_path, [row(0, JUNE, cldprb=99)])
    made = compile_tree(tree, CompileRequest(cover_max=50))
    assert names(made) == ["all_data/zones_CC50_NDVI_all_data.csv"]
    assert len(read(made.files[0])) == 1


def test_a_name_with_underscores_is_whole(tmp_path):
    tree = make_tree(tmp_path, [row(0, JUNE)], name="my_fields_2021")
    assert names(compile_tree(tree, CompileRequest())) == ["all_data/my_fields_2021_CC100_NDVI_all_data.csv"]


def test_dates_limit_only_custom(tree):
    made = compile_tree(tree, replace(CUSTOM, periods=("alldata", "custom")))
    assert names(made) == [
        "all_data/zones_CC100_NDVI_all_data.csv",
        "custom/zones_CC100_NDVI_2021-06-14_2021-06-14.csv",
    ]
    assert [len(read(path)) for path in made.files] == [4, 2]
    assert made.rows == 4


def test_custom_dates_without_rows_are_said(tree):
    log = Log()
    made = compile_tree(tree, replace(CUSTOM, date_min=date(2022, 1, 1), date_max=date(2022, 2, 1)), log)
    assert made.files == ()
    assert log.warnings == ["NDVI CM001: no rows from 2022-01-01 to 2022-02-01."]


def test_a_far_date_works(tree):
    made = compile_tree(tree, replace(CUSTOM, date_min=date(1, 1, 1), date_max=date(9999, 12, 31)))
    assert names(made) == ["custom/zones_CC100_NDVI_2021-01-05_2021-06-14.csv"]


# What an earlier compile left


def test_the_custom_file_of_the_same_dates_is_replaced(tree):
    compile_tree(tree, CUSTOM)
    add_rows(tree, [row(0, masked_name("2021-07-01"))])
    compile_tree(tree, CUSTOM)
    assert [path.name for path in compiled(tree, "custom").iterdir()] == ["zones_CC100_NDVI_2021-06-14_2021-07-01.csv"]


def test_dates_that_move_with_the_day_leave_one_custom_file(tree):
    first = replace(CUSTOM, date_min=date(2021, 1, 1), date_max=date(2021, 6, 20), dates_as="today-170 today")
    compile_tree(tree, first)
    add_rows(tree, [row(0, masked_name("2021-07-01"))])
    compile_tree(tree, replace(first, date_min=date(2021, 1, 20), date_max=date(2021, 7, 9)))
    assert [path.name for path in compiled(tree, "custom").iterdir()] == ["zones_CC100_NDVI_2021-06-14_2021-07-01.csv"]


def test_the_custom_file_of_other_dates_stays(tree):
    other = replace(CUSTOM, date_min=date(2021, 1, 1))
    same_file = replace(CUSTOM, date_min=date(2021, 3, 1), date_max=date(2021, 6, 20))
    for request in (CUSTOM, other, same_file):
        compile_tree(tree, request)
    add_rows(tree, [row(0, masked_name("2021-07-01"))])
    compile_tree(tree, CUSTOM)
    assert sorted(path.name for path in compiled(tree, "custom").iterdir()) == [
        "zones_CC100_NDVI_2021-01-05_2021-06-14.csv",
        "zones_CC100_NDVI_2021-06-14_2021-06-14.csv",  # what the third request asked for
        "zones_CC100_NDVI_2021-06-14_2021-07-01.csv",
    ]


def test_a_file_without_rows_is_removed_if_it_is_ours(tree):
    request = CompileRequest(("monthly",))
    compile_tree(tree, request)
    theirs = compiled(tree, "monthly/zones_CC100_NDVI_monthly_2019-05.csv")
    theirs.write_text("date,fid\n")
    raw_path(tree, JANUARY).unlink()
    log = Log()
    compile_tree(tree, request, log)
    assert sorted(path.name for path in theirs.parent.iterdir()) == [
        "zones_CC100_NDVI_monthly_2019-05.csv",
        "zones_CC100_NDVI_monthly_2021-06.csv",
    ]
    assert any("monthly_2021-01.csv" in line for line in log.infos)


def test_a_file_of_ours_that_was_edited_stays(tree):
    request = CompileRequest(("monthly",))
    compile_tree(tree, request)
    edited = compiled(tree, "monthly/zones_CC100_NDVI_monthly_2021-01.csv")
    edited.write_text("my notes\n")
    raw_path(tree, JANUARY).unlink()
    log = Log()
    compile_tree(tree, request, log)
    assert edited.read_text(encoding="utf-8") == "my notes\n"
    assert any(str(edited) in line for line in log.warnings)


def test_what_was_not_asked_for_is_left_alone(tree):
    compile_tree(tree, CompileRequest(("monthly", "daily")))
    compile_tree(tree, CompileRequest(("monthly",), cover_max=50))
    daily = contents(compiled(tree, "daily"))
    raw_path(tree, JANUARY).unlink()
    compile_tree(tree, CompileRequest(("monthly",)))
    assert contents(compiled(tree, "daily")) == daily
    assert compiled(tree, "monthly/zones_CC50_NDVI_monthly_2021-01.csv").exists()


def test_files_of_an_index_without_any_row_left_are_removed(tree):
    compile_tree(tree, CompileRequest())
    for name in (JANUARY, JUNE):
        raw_path(tree, name).unlink()
    log = Log()
    made = compile_tree(tree, CompileRequest(), log)
    assert (made.files, made.rows) == ((), 0)
    assert contents(tree / "compiled_data") == {}
    assert log.warnings == ["NDVI CM001: no rows, skipped."]


def test_a_record_that_cannot_be_read_removes_nothing(tree):
    compile_tree(tree, CompileRequest(("monthly",)))
    (tree / ".sen2chain_ts" / "compiled.json").write_text('{"files": [')
    raw_path(tree, JANUARY).unlink()
    log = Log()
    compile_tree(tree, CompileRequest(("monthly",)), log)
    assert len(list(compiled(tree, "monthly").iterdir())) == 2
    assert any("compiled.json" in line for line in log.warnings)


# Damage


def cut(data: bytes) -> bytes:
    return data[: len(data) - 30]


DAMAGE = {
    "empty": lambda _: b"",
    "cut in a line": cut,
    "cut before the last newline": lambda data: data[:-1],
    "cut, with a newline": lambda data: cut(data) + b"\n",
    "zeros": lambda data: data[:-30] + b"\0" * 29 + b"\n",
    "no header": lambda data: data.split(b"\n", 1)[1],
    "another header": lambda data: data.replace(b"date,fid", b"fid,date", 1),
    "a cell too many": lambda data: data.replace(b"40KCB", b"40KCB,", 1),
    "a line too many": lambda data: data + b"\n",
    "an open quote": lambda data: data.replace(b"40KCB", b'"40KCB', 1),
    "not a number": lambda data: data.replace(b"4321.5", b"4321,5".replace(b",", b"x"), 1),
    "infinite": lambda data: data.replace(b"4321.5", b"inf", 1),
    "no count": lambda data: data.replace(b".jp2,100", b".jp2,", 1),
    "half a zone": lambda data: data.replace(b":11,0,", b":11,0.5,", 1),
    "two products": lambda data: data.replace(b"N0500", b"N0301", 1),
    "no date": lambda data: data.replace(b"2021-06-14 06:35:11", b"14/06/2021"),
    "not UTF-8": lambda data: data.replace(b"40KCB", b"40KC\xe9"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_raw_file_is_named_and_left_out(tree, damage):
    request = CompileRequest(("alldata", "monthly"))
    compile_tree(tree, request)
    path = raw_path(tree, JUNE)
    damaged = damage(path.read_bytes())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    log = Log()
    made = compile_tree(tree, request, log)
    assert made.damaged == (path,)
    assert [line.split(" is damaged: ")[0] for line in log.errors] == [str(path)]
    assert [each["filename"] for each in all_data(tree)] == [JANUARY, JANUARY]
    # Its rows are not gone, only out of reach: what an earlier compile made of them stays.
    assert compiled(tree, "monthly/zones_CC100_NDVI_monthly_2021-06.csv").exists()


def test_a_raw_file_with_a_header_alone_has_no_rows(tree):
    path = raw_path(tree, JUNE)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    made = compile_tree(tree, CompileRequest())
    assert (made.rows, made.damaged) == (2, ())


def test_only_raw_files_are_read(tree):
    folder = raw_path(tree, JUNE).parent
    (folder / ".hidden.csv").write_text("nothing")
    (folder / "notes.txt").write_text("nothing")
    (folder / "older").mkdir()
    (tree / "raw_data" / "NDVI" / "backup of CM001").mkdir()
    (tree / "raw_data" / "readme.txt").write_text("nothing")
    log = Log()
    made = compile_tree(tree, CompileRequest(), log)
    assert (made.rows, len(made.files)) == (4, 1)
    assert log.warnings == log.errors == []


# What is asked for and is not there


def test_indices_and_masks_that_are_not_there_are_said(tree):
    add_rows(tree, [row(0, masked_name(index="NDWIGAO", mask="CM003-PRB1-ITER5"))])
    log = Log()
    masks = tuple(cloudmask.parse_list("CM001"))
    made = compile_tree(tree, CompileRequest(indices=("EVI", "NDWIGAO", "NDVI"), cloudmasks=masks), log)
    assert made.files == (compiled(tree, "all_data/zones_CC100_NDVI_all_data.csv"),)
    assert log.warnings == ["EVI CM001: no raw data here, skipped.", "NDWIGAO CM001: no raw data here, skipped."]


def test_all_indices_and_masks_are_the_default(tree):
    add_rows(tree, [row(0, masked_name(index="NDWIGAO", mask=mask)) for mask in ("CM001", "CM003-PRB1-ITER5")])
    made = compile_tree(tree, CompileRequest())
    assert [path.parts[-4:-2] for path in made.files] == [
        ("NDVI", "CM001"),
        ("NDWIGAO", "CM001"),
        ("NDWIGAO", "CM003-PRB1-ITER5"),
    ]
    assert made.rows == 6


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (CompileRequest(("hourly",)), UnknownPeriod),
        (CompileRequest(("custom",), date_min=date(2021, 1, 1)), CustomNeedsDates),
        (CompileRequest(("custom",), date_min=date(2021, 1, 2), date_max=date(2021, 1, 1)), DatesReversed),
    ],
)
def test_a_request_that_cannot_be_met_changes_nothing(tree, request_, error):
    before = contents(tree)
    with pytest.raises(error):
        compile_tree(tree, request_)
    assert contents(tree) == before
    assert not (tree / "compiled_data").exists()


@pytest.mark.parametrize("name", ["nowhere_0123456789abcdef", "plain"])
def test_a_folder_that_is_no_tree_is_refused(tmp_path, name):
    (tmp_path / "plain").mkdir()
    with pytest.raises(NotAnExtraction, match=name):
        compile_tree(tmp_path / name, CompileRequest())


# Two runs, cancel, full disk


def test_a_second_run_on_the_tree_stops_at_once(tree):
    def meanwhile(*_):
        with pytest.raises(FolderLocked):
            compile_tree(tree, CompileRequest(("daily",)))

    compile_tree(tree, CompileRequest(), each=meanwhile)
    assert not compiled(tree, "daily").exists()
    compile_tree(tree, CompileRequest(("daily",)))  # free again


@pytest.mark.parametrize("question", range(9))
def test_cancel_leaves_whole_files_and_a_second_run_completes(tree, question):
    request = replace(FULL, smoothing=None)
    with pytest.raises(Cancelled):
        compile_tree(tree, request, Log(cancel_at=question))
    half = contents(tree)
    compile_tree(tree, request)
    whole = contents(tree)
    assert half.items() <= whole.items()
    assert not list(tree.glob(".sen2chain_ts/**/*-*"))
    shutil.rmtree(tree / "compiled_data")
    compile_tree(tree, request)
    assert contents(tree) == whole


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_full_disk_stops_cleanly(tree, monkeypatch, call, number):
    request = CompileRequest(("alldata", "monthly", "daily"))
    real, calls = getattr(os, call), []

    def full(*arguments, **options):
        # The lock is written too; it does not count here.
        if call != "write" or len(arguments[1]) > 200:
            calls.append(1)
        if len(calls) == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, full)
    with pytest.raises(WriteFailed, match="No space left"):
        compile_tree(tree, request)
    monkeypatch.undo()
    half = contents(tree)
    compile_tree(tree, request)
    assert half.items() <= contents(tree).items()
    assert len(contents(tree / "compiled_data")) == 5


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from sen2chain_ts_plugin.engine.choices import PERIODS
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree

left = int(sys.argv[2])
real = os.replace

def replace(*names):
    global left
    left -= 1
    if left < 0:
        os._exit(9)  # nothing is cleaned up, as with kill -9
    real(*names)

os.replace = replace
compile_tree(Path(sys.argv[1]), CompileRequest(PERIODS, date_min=date(2021, 2, 1), date_max=date(2021, 12, 31)))
"""


@pytest.mark.parametrize("renames", [0, 2, 5, 9])
def test_a_killed_compile_is_completed_by_the_next_one(tree, renames):
    request = replace(CUSTOM, periods=PERIODS)
    compile_tree(tree, replace(request, periods=("monthly",)))
    raw_path(tree, JANUARY).unlink()  # so that there is something to remove too
    add_rows(tree, [row(0, masked_name("2021-07-01"))])
    command = [sys.executable, "-c", KILLED, str(tree), str(renames)]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert run.returncode == 9
    compile_tree(tree, request)
    got = contents(tree / "compiled_data")
    assert not list(tree.glob(".sen2chain_ts/tmp/*"))
    shutil.rmtree(tree / "compiled_data")
    shutil.rmtree(tree / ".sen2chain_ts")
    compile_tree(tree, request)
    assert contents(tree / "compiled_data") == got


def test_nothing_is_written_through_a_link_that_leads_out(tree, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    make_link(tree / "compiled_data", outside)
    with pytest.raises(LeadsOutside):
        compile_tree(tree, CompileRequest())
    assert list(outside.rglob("*.csv")) == []


def test_progress_grows_to_the_end(of_sen2chain):
    tree, _ = of_sen2chain("EXTRACTION_CM001")
    log = Log()
    compile_tree(tree, FULL, log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1.0
    assert log.infos[-1] == "NDWIGAO CM001, rows: 276, files: 212."


def test_each_pair_is_handed_on(of_sen2chain):
    tree, _ = of_sen2chain("EXTRACTION_CM001")
    seen = []
    compile_tree(tree, CompileRequest(), each=lambda index, mask, series: seen.append((index, mask, len(series.lines))))
    assert seen == [("NDVI", "CM001", 276), ("NDWIGAO", "CM001", 276)]


def test_failures_of_compile_say_what_to_do(tmp_path):
    with pytest.raises(EngineError, match=r"custom.*needs both"):
        compile_tree(make_tree(tmp_path), CompileRequest(("custom",)))
