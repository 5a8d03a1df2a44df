"""Compile again after a tree has grown: the bytes of a fresh compile, with less work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.choices import PERIODS
from sen2chain_ts_plugin.engine.compilation import increment
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.compilation.outputs import BatchWork
from sen2chain_ts_plugin.engine.errors import EngineError, OutOfMemory
from sen2chain_ts_plugin.engine.growing_file import GrowingFile
from sen2chain_ts_plugin.engine.series import batches, survey
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.tree import stamps
from sen2chain_ts_plugin.engine.tree.layout import open_tree
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.raw_tree import Log, add_rows, contents, make_tree, masked_name, raw_path, row
from tests.support.whole_series import read_zone_series

ROOT = Path(__file__).parents[3]
DAYS = ("2021-01-05", "2021-01-10", "2021-02-04", "2021-06-14", "2021-06-19", "2021-06-24")
REQUEST = CompileRequest(PERIODS, date_min=date(2021, 1, 7), date_max=date(2021, 12, 31))


ALL = range(20)


def settle() -> None:
    """Wait until what was written is old enough to be known again."""
    time.sleep(2 * stamps._TICK / 1e9)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree of 20 zones on six dates, compiled."""
    made = make_tree(tmp_path, [row(zone, masked_name(day), crop=f"c {zone}") for day in DAYS for zone in range(20)])
    settle()
    compile_tree(made, REQUEST)
    return made


def lines_made(monkeypatch) -> list[int]:
    """Return a list that gets the number of rows of each batch that lines are made of."""
    rows: list[int] = []
    real = BatchWork.__call__

    def work(self, series):
        rows.append(len(series))
        return real(self, series)

    monkeypatch.setattr(BatchWork, "__call__", work)
    return rows


def afresh(tree: Path, request: CompileRequest = REQUEST) -> dict[str, bytes]:
    """Return what a compile of the same raw files writes that knows nothing."""
    other = tree.parent / "afresh" / tree.name
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(tree / "raw_data", other / "raw_data")
    compile_tree(other, request)
    return contents(other / "compiled_data")


def new(*days: str, zones=ALL, **cells) -> list[dict]:
    return [row(zone, masked_name(day), crop=f"c {zone}", **cells) for day in days for zone in zones]


GROWN = {
    "a last date": new("2021-06-29"),
    "a date between": new("2021-02-09"),
    "a first date": new("2020-12-31"),
    "a date of a new month and few zones": new("2021-09-02", zones=(3, 17)),
    "zones beyond the last": new("2021-06-29", zones=(19, 20, 44)),
    "two tiles of one date": [
        *new("2021-06-29", zones=range(12)),
        *(row(zone, masked_name("2021-06-29", tile="40KCC"), crop=f"c {zone}", count=101) for zone in range(8, 20)),
    ],
    "two dates": new("2021-06-29", "2021-07-04"),
    "nothing": [],
}


@pytest.mark.parametrize("grown", GROWN)
def test_a_tree_that_grew_is_compiled_as_afresh_from_the_new_rows_alone(tree, grown, monkeypatch):
    add_rows(tree, GROWN[grown])
    settle()
    rows = lines_made(monkeypatch)
    made = compile_tree(tree, REQUEST)
    assert sum(rows) <= len(GROWN[grown])
    expected = afresh(tree)
    assert contents(tree / "compiled_data") == expected
    assert len(made.files) == len(expected)
    assert all(path.is_file() for path in made.files)
    rows.clear()
    assert compile_tree(tree, REQUEST) == made
    assert rows == []


@pytest.mark.parametrize("block", [300, 5000])
def test_files_larger_than_a_block_are_continued_as_well(tree, block, monkeypatch):
    monkeypatch.setattr(increment, "_BLOCK", block)
    monkeypatch.setattr(batches, "BATCH_BYTES", 700)
    add_rows(tree, GROWN["two dates"] + GROWN["a date between"])
    settle()
    rows = lines_made(monkeypatch)
    compile_tree(tree, REQUEST)
    assert sum(rows) == 60
    assert contents(tree / "compiled_data") == afresh(tree)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 28)), min_size=1, max_size=25, unique=True), st.data())
def test_rows_may_come_in_any_order(tmp_path_factory, all_rows, data):
    tree = make_tree(tmp_path_factory.mktemp("trees"))
    later = set(data.draw(st.lists(st.integers(1, 28), max_size=6)))
    request = CompileRequest(("alldata", "weekly"))
    add_rows(tree, [row(zone, masked_name(f"2021-03-{day:02d}")) for zone, day in all_rows if day not in later])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey.Stamp, "is_settled", lambda _: True)
        compile_tree(tree, request)
        add_rows(tree, [row(zone, masked_name(f"2021-03-{day:02d}")) for zone, day in all_rows if day in later])
        compile_tree(tree, request)
    assert contents(tree / "compiled_data") == afresh(tree, request)


def test_each_kind_of_request_is_continued_by_itself(tree, monkeypatch):
    """A job compiles once per period."""
    kinds = [CompileRequest((period,)) for period in ("alldata", "monthly", "weekly")]
    for kind in kinds:
        compile_tree(tree, kind)
    add_rows(tree, GROWN["a last date"])
    settle()
    rows = lines_made(monkeypatch)
    for kind in kinds:
        compile_tree(tree, kind)
    assert sum(rows) == 60


# What makes everything be compiled


def other_raw(tree: Path) -> None:
    path = raw_path(tree, masked_name(DAYS[1]))
    path.write_bytes(path.read_bytes().replace(b"4321.5", b"4321.6"))


def same_date(tree: Path) -> None:
    rows = [row(zone, masked_name(DAYS[2], generated="20240101T000000"), crop="c") for zone in range(20)]
    add_rows(tree, rows)


def removed_raw(tree: Path) -> None:
    raw_path(tree, masked_name(DAYS[1])).unlink()


def other_columns(tree: Path) -> None:
    add_rows(tree, [row(0, masked_name("2021-06-29"), crop="c", owner="o")])


def edited(tree: Path) -> None:
    path = next(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))
    path.write_bytes(path.read_bytes().replace(b"c 7", b"d 7"))


def touched_and_cut(tree: Path) -> None:
    path = next(tree.glob("compiled_data/NDVI/CM001/monthly/*2021-06.csv"))
    path.write_bytes(path.read_bytes()[:-50])


def lost(tree: Path) -> None:
    next(tree.glob("compiled_data/NDVI/CM001/weekly/*.csv")).unlink()


def forgotten(tree: Path) -> None:
    shutil.rmtree(tree / ".sen2chain_ts/compiled_from")


def nonsense(tree: Path) -> None:
    for path in tree.glob(".sen2chain_ts/compiled_from/NDVI/CM001/*.json"):
        path.write_bytes(path.read_bytes().replace(b"rows", b"cows"))


def without_record(tree: Path) -> None:
    (tree / ".sen2chain_ts/compiled.json").unlink()


@pytest.mark.parametrize(
    "change",
    [other_raw, same_date, removed_raw, other_columns, edited, touched_and_cut, lost, forgotten, nonsense,
     without_record],
)  # fmt: skip
def test_whatever_is_not_as_it_was_is_compiled_afresh(tree, change):
    change(tree)
    add_rows(tree, new("2021-07-09"))
    settle()
    compile_tree(tree, REQUEST)
    files = contents(tree / "compiled_data")
    expected = afresh(tree)
    assert expected.items() <= files.items()
    if change is not without_record:
        assert files == expected


def test_lines_that_only_look_as_they_were_are_compiled_afresh(tree, monkeypatch):
    """A file that was changed within a tick of the clock has the same stamp."""
    path = next(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines[:0:-1]]))
    known = next(tree.glob(".sen2chain_ts/compiled_from/NDVI/CM001/*.json"))
    assert known.is_file()
    real = stamps.stamp
    said = json.loads(known.read_bytes().split(b"\n")[1])["files"]["alldata"]["all_data"]
    monkeypatch.setattr("sen2chain_ts_plugin.engine.compilation.pair_files.stamp",
                        lambda each: said if each == path else real(each))  # fmt: skip
    add_rows(tree, new("2021-07-09"))
    settle()
    compile_tree(tree, REQUEST)
    monkeypatch.undo()
    assert contents(tree / "compiled_data") == afresh(tree)


def test_the_table_gets_all_rows_of_a_tree_that_grew(tree):
    add_rows(tree, GROWN["a last date"])
    settle()
    rows = []
    compile_tree(tree, REQUEST, each=lambda _index, _mask, series: rows.append(len(series)))
    assert sum(rows) == 140


@pytest.mark.parametrize("short", [True, False])
def test_smoothing_of_a_tree_that_has_not_changed_is_not_done_again(tree, short, monkeypatch):
    request = replace(REQUEST, smoothing=SmoothingSettings(window_length=99 if short else 5))
    first = Log()
    made = compile_tree(tree, request, first)
    rows = lines_made(monkeypatch)
    again = Log()
    assert compile_tree(tree, request, again) == made
    assert rows == []
    assert again.warnings == first.warnings
    add_rows(tree, GROWN["a last date"])
    settle()
    compile_tree(tree, request)
    assert contents(tree / "compiled_data") == afresh(tree, request)


# Killed, and without memory

KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from sen2chain_ts_plugin.engine.choices import PERIODS
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.series import batches

batches.BATCH_BYTES = 900
left, call = int(sys.argv[2]), sys.argv[3]
real = getattr(os, call)

def counted(*arguments, **options):
    global left
    left -= 1
    if left < 0:
        os._exit(9)  # nothing is cleaned up, as with kill -9
    return real(*arguments, **options)

setattr(os, call, counted)
compile_tree(Path(sys.argv[1]), CompileRequest(PERIODS, date_min=date(2021, 1, 7), date_max=date(2021, 12, 31)))
"""


@pytest.mark.parametrize("kind", ["fresh", "grown"])
@pytest.mark.parametrize(
    ("call", "number"), [("write", 3), ("write", 30), ("fsync", 4), ("replace", 1), ("replace", 7)]
)
def test_a_killed_compile_leaves_whole_files_and_is_completed(tree, kind, call, number):
    if kind == "fresh":
        shutil.rmtree(tree / ".sen2chain_ts")
        shutil.rmtree(tree / "compiled_data")
    before = contents(tree / "compiled_data") if kind == "grown" else {}
    add_rows(tree, GROWN["two dates"])
    settle()
    command = [sys.executable, "-c", KILLED, str(tree), str(number), call]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    expected = afresh(tree)
    left = contents(tree / "compiled_data") if (tree / "compiled_data").exists() else {}
    assert run.returncode in (0, 9)
    for name, data in left.items():
        assert data in (before.get(name), expected.get(name))
    compile_tree(tree, REQUEST)
    assert contents(tree / "compiled_data") == expected
    assert not list(tree.glob(".sen2chain_ts/tmp/*"))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("where", ["survey", "read", "lines", "write"])
def test_too_little_memory_is_said(tree, where, workers, monkeypatch):
    before = contents(tree / "compiled_data")
    shutil.rmtree(tree / ".sen2chain_ts")

    def fails(*_, **__):
        raise MemoryError

    monkeypatch.setattr(*{
        "survey": (survey, "survey_file"), "read": (batches, "choose_best"), "lines": (BatchWork, "__call__"),
        "write": (GrowingFile, "add"),
    }[where], fails)  # fmt: skip
    with pytest.raises(OutOfMemory, match="not enough memory") as caught:
        compile_tree(tree, REQUEST, executor=SerialExecutor() if workers == 1 else ThreadExecutor(workers))
    assert isinstance(caught.value, EngineError)
    monkeypatch.undo()
    assert contents(tree / "compiled_data") == before
    compile_tree(tree, REQUEST)
    assert contents(tree / "compiled_data") == before


# What plots and quicklooks read


@pytest.mark.parametrize("change", ["nothing", "a raw file", "a new raw file", "the compiled file"])
def test_a_compiled_file_that_needed_no_write_is_read_by_plots(tree, change):
    """After extracting all again with the same values the raw files are newer than the compiled ones."""
    for name in map(masked_name, DAYS):
        path = raw_path(tree, name)
        path.write_bytes(path.read_bytes())
    settle()
    compile_tree(tree, REQUEST)
    if change == "a raw file":
        other_raw(tree)
    elif change == "a new raw file":
        add_rows(tree, GROWN["a last date"])
    elif change == "the compiled file":
        edited(tree)
        os.utime(next(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv")), ns=(0, 0))
    series = read_zone_series(open_tree(tree), "NDVI", "CM001", Choice(), Log())
    assert (series.compiled is not None) == (change == "nothing")
