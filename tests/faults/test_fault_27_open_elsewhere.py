"""Fault 27: a file is open in another program, and Windows lets nobody replace it: named, and the others go on."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine import files
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import EngineError, FileInUse, WriteFailed
from sen2chain_ts_plugin.engine.extraction.timeseries import write_timeseries
from sen2chain_ts_plugin.engine.files import read_bytes, remove_file, write_atomic
from sen2chain_ts_plugin.engine.tree import stamps
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run, select
from tests.support.holding import Holder
from tests.support.raw_tree import Log

BOTH = select(("NDVI", "NDWIGAO"))
SAID = "is open in another program"


@pytest.fixture
def holder(monkeypatch: pytest.MonkeyPatch) -> Holder:
    return Holder(monkeypatch)


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-02-15"):
        small.add(day)
        small.add(day, "NDWIGAO")
    return small


def test_it_is_no_failure_of_the_disk() -> None:
    """What stops for a full disk must not stop for this."""
    assert issubclass(FileInUse, EngineError)
    assert not issubclass(FileInUse, WriteFailed)


def test_a_file_that_is_open_for_good_stays_and_is_named(holder: Holder, tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    path.write_bytes(b"old")
    with holder.holding(path):
        with pytest.raises(FileInUse, match=r"result\.csv is open in another program.*Close it"):
            write_atomic(path, b"new", tmp_path)
        with pytest.raises(FileInUse, match=r"result\.csv is open"):
            remove_file(path, tmp_path)
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == ["result.csv"]
    write_atomic(path, b"new", tmp_path)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("what", ["write", "remove", "read"])
def test_a_program_that_lets_go_soon_is_waited_for(
    holder: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = tmp_path / "result.csv"
    path.write_bytes(b"old")
    if sys.platform == "win32":
        monkeypatch.setattr(files, "_WAIT", 0.1)
    holder.refusals = 5
    held = holder.holding(path, shut=what == "read")
    held.__enter__()
    timer = threading.Timer(0.3, lambda: held.__exit__(None, None, None))
    if sys.platform == "win32":
        timer.start()
    if what == "write":
        write_atomic(path, b"new", tmp_path)
        assert path.read_bytes() == b"new"
    elif what == "remove":
        remove_file(path, tmp_path)
        assert not path.exists()
    else:
        assert read_bytes(path) == b"old"


def test_what_nobody_may_replace_is_no_file_in_use(
    holder: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(WriteFailed, match="Permission denied"):
        write_atomic(tmp_path / "result.csv", b"new", tmp_path)


@pytest.mark.parametrize("forced", [False, True])
def test_a_raw_file_that_is_open_fails_its_product_and_the_others_go_on(
    holder: Holder, small: SmallLibrary, tmp_path: Path, forced: bool
) -> None:
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out", BOTH)
    before = all_bytes(tree.folder)
    (held,) = tree.folder.glob("raw_data/NDVI/CM001/*20210110*.csv")
    for raster in small.root.rglob("*_CM001.jp2"):
        raster.touch()  # each looks replaced
    log = Log()
    with holder.holding(held):
        _, summary = run(small.open(), fields_layer(), tmp_path / "out", BOTH, log=log, force=forced)
    assert counts(summary) == (6, 5, 0, 0, 1)
    (said,) = log.errors
    assert "20210110" in said
    assert SAID in said
    _, summary = run(small.open(), fields_layer(), tmp_path / "out", BOTH)
    assert counts(summary) == (6, 1, 5, 0, 0)
    ours = {name for name in before if name.startswith(".sen2chain_ts/")}
    after = all_bytes(tree.folder)
    assert {name: after[name] for name in before if name not in ours} == {
        name: data for name, data in before.items() if name not in ours
    }


def test_a_list_of_products_without_data_that_is_open(holder: Holder, small: SmallLibrary, tmp_path: Path) -> None:
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out")
    small.add("2021-03-01", clouds=1)
    listed = tree.folder / "raw_data" / "NDVI" / "CM001" / "product_data" / "products_no_data.csv"
    before = listed.read_bytes()
    log = Log()
    with holder.holding(listed):
        _, summary = run(small.open(), fields_layer(), tmp_path / "out", log=log)
    assert counts(summary) == (4, 0, 3, 0, 1)
    assert any(SAID in said and "products_no_data.csv" in said for said in log.errors)
    assert listed.read_bytes() == before
    _, summary = run(small.open(), fields_layer(), tmp_path / "out")
    assert counts(summary) == (4, 0, 3, 1, 0)
    assert b"20210301" in listed.read_bytes()


@pytest.mark.parametrize("name", ["all_data", "2021-01", "2021-02"])
def test_a_compiled_file_that_is_open_stays_and_the_others_are_written(
    holder: Holder, small: SmallLibrary, tmp_path: Path, name: str
) -> None:
    request = CompileRequest(("alldata", "monthly"))
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out", BOTH)
    compile_tree(tree.folder, request)
    small.add("2021-01-20")
    small.add("2021-02-20")
    run(small.open(), fields_layer(), tmp_path / "out", BOTH)
    (held,) = tree.folder.glob(f"compiled_data/NDVI/CM001/*/*{name}.csv")
    old = held.read_bytes()
    time.sleep(2 * stamps._TICK / 1e9)  # of raw files that are younger nothing is remembered
    log = Log()
    with holder.holding(held):
        made = compile_tree(tree.folder, request, log)
        assert held.read_bytes() == old
    assert made.in_use == (held,)
    assert held not in made.files
    assert len(made.files) == 5
    assert sum(SAID in said for said in log.errors) == 1
    whole = compile_tree(tree.folder, request)
    assert (len(whole.files), whole.in_use) == (6, ())
    healed = all_bytes(tree.folder / "compiled_data")
    assert held.read_bytes() != old
    for path in tree.folder.glob("compiled_data/**/*.csv"):
        path.unlink()
    compile_tree(tree.folder, request)
    assert all_bytes(tree.folder / "compiled_data") == healed


def test_an_outdated_compiled_file_that_is_open_goes_later(holder: Holder, small: SmallLibrary, tmp_path: Path) -> None:
    from datetime import date

    tree, _ = run(small.open(), fields_layer(), tmp_path / "out")
    january = CompileRequest(("custom",), date_min=date(2021, 1, 1), date_max=date(2021, 1, 31), dates_as="rolling")
    winter = CompileRequest(("custom",), date_min=date(2021, 1, 1), date_max=date(2021, 2, 28), dates_as="rolling")
    (old,) = compile_tree(tree.folder, january).files
    log = Log()
    with holder.holding(old):
        (new,) = compile_tree(tree.folder, winter, log).files
    assert old.exists()
    assert new != old
    assert any(SAID in said for said in log.errors)
    compile_tree(tree.folder, winter)
    assert not old.exists()


def test_a_time_series_that_is_open_stays_and_the_other_index_is_written(
    holder: Holder, small: SmallLibrary, tmp_path: Path
) -> None:
    def write(log: Log) -> list[str]:
        made = write_timeseries(small.open(), fields_layer(), BOTH, tmp_path / "series", SerialExecutor(), log)
        return [path.name for path in made.files]

    first = write(Log())
    assert len(first) == 2
    small.add("2021-03-20")
    small.add("2021-03-20", "NDWIGAO")
    held = next((tmp_path / "series").rglob("*_NDVI_*.csv"))
    old, log = held.read_bytes(), Log()
    with holder.holding(held):
        second = write(log)
    assert [name for name in first if name not in second] == [held.name]
    assert held.read_bytes() == old
    assert [SAID in said for said in log.errors] == [True]
    assert len(write(Log())) == 2
    assert held.read_bytes() != old
