"""Batches of zones: the same rows whatever their size, of files of every kind, and what is remembered of raw files."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import EngineError, RawFileChanged
from sen2chain_ts_plugin.engine.series import batches, survey
from sen2chain_ts_plugin.engine.series.batches import ZoneBatches, zone_batches
from sen2chain_ts_plugin.engine.series.best_rows import BestRows, read_series
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.tree import raw_rows, stamps
from sen2chain_ts_plugin.engine.tree.layout import open_tree
from sen2chain_ts_plugin.engine.tree.raw_csv import raw_files
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.capabilities import needs_change_time
from tests.support.other_pythons import only_other_pythons
from tests.support.raw_tree import Log, add_rows, contents, make_tree, masked_name, raw_path, row

DAYS = ("2021-01-05", "2021-01-10", "2021-01-15", "2021-02-04")
NAMES = [
    *(masked_name(day) for day in DAYS),
    masked_name(DAYS[0], baseline="N0301"),
    masked_name(DAYS[1], tile="40KCC"),
]


def some_rows(zones: int = 40) -> list[dict[str, object]]:
    draw = random.Random(7)  # noqa: S311
    return [
        row(zone, name, count=draw.randint(1, 90), nodata=(gone := draw.randint(0, 30)), nbcld=draw.randint(0, gone),
            mean=draw.random() * 9000, std=draw.random() * 100, crop=f"crop {zone}")
        for name in NAMES
        for zone in range(zones)
        if draw.random() < 0.7
    ]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return make_tree(tmp_path, some_rows())


@pytest.fixture
def settled(tree: Path) -> Path:
    """Return a tree whose files are old enough to be remembered."""
    time.sleep(2 * stamps._TICK / 1e9)
    return tree


def of(tree: Path, size: int | None = None, log: Log | None = None, *, keep: bool = False) -> ZoneBatches:
    return zone_batches(open_tree(tree), "NDVI", "CM001", log or Log(), keep=keep, batch_bytes=size)


def lines(found: Iterator[BestRows]) -> list[bytes]:
    return [
        b"%b,%b" % (series.products[product].date_text, line)
        for series in found
        for product, line in zip(series.product.tolist(), series.lines)
    ]


def all_lines(tree: Path) -> list[bytes]:
    """Return the best rows of a tree, read at once."""
    return lines(iter([read_series(raw_files(tree / "raw_data/NDVI/CM001"), (), Log())]))


def batch_lines(found: ZoneBatches) -> list[bytes]:
    return lines(found.read(batch) for batch in found.batches)


@pytest.mark.parametrize(("step", "enough"), [(1, 128), (1, 2), (1, 8), (3, 128), (3, 3), (256, 128)])
@pytest.mark.parametrize("size", [1, 2000, 9000, 1 << 30])
def test_batches_of_any_size_give_the_same_rows(tree, size, step, enough, monkeypatch):
    monkeypatch.setattr(survey, "_STEP", step)
    monkeypatch.setattr(survey, "_ENOUGH", enough)
    found = of(tree, size)
    assert batch_lines(found) == all_lines(tree)
    assert len(found.batches) == 1 if size == 1 << 30 else len(found.batches) > 3
    assert found.rows == len(some_rows())


@pytest.mark.parametrize("block", [64, 1000])
def test_files_larger_than_a_block_are_known_as_well(tree, block, monkeypatch):
    before = all_lines(tree)
    monkeypatch.setattr(raw_rows, "_BLOCK", block)
    assert batch_lines(of(tree, 3000)) == before


def test_each_batch_has_other_zones_in_order(tree):
    found = of(tree, 3000)
    zones = [sorted(set(found.read(batch).fid.tolist())) for batch in found.batches]
    together = [zone for some in zones for zone in some]
    assert together == sorted(together)
    assert len(zones) > 3


PERIODS = ("alldata", "yearly", "monthly", "weekly", "daily")


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("size", [1, 3000])
def test_compile_writes_the_same_bytes_with_any_batches_and_workers(tree, size, workers, monkeypatch):
    request = CompileRequest(PERIODS)
    whole = compile_tree(tree, request, executor=SerialExecutor())
    before = contents(tree / "compiled_data")
    shutil.rmtree(tree / "compiled_data")
    monkeypatch.setattr(batches, "BATCH_BYTES", size)
    assert compile_tree(tree, request, executor=ThreadExecutor(workers)) == whole
    assert contents(tree / "compiled_data") == before


def test_other_pythons_write_the_same_bytes(tree, monkeypatch):
    request = CompileRequest(PERIODS, smoothing=SmoothingSettings(window_length=3, polyorder=1))
    whole = compile_tree(tree, request, executor=SerialExecutor())
    before = contents(tree / "compiled_data")
    for name in ("compiled_data", ".sen2chain_ts"):
        shutil.rmtree(tree / name)
    monkeypatch.setattr(batches, "BATCH_BYTES", 1000)
    monkeypatch.setattr(survey, "_FILES_AT_ONCE", 2)
    with only_other_pythons() as answers:
        assert compile_tree(tree, request, executor=ThreadExecutor(2)) == whole
    assert contents(tree / "compiled_data") == before
    assert len(answers) > 5


# Kinds of files


def rewrite(tree: Path, change) -> None:
    for name in NAMES:
        path = raw_path(tree, name)
        path.write_bytes(change(path.read_bytes()))


def shuffled(data: bytes) -> bytes:
    first, *rest = data.splitlines(keepends=True)
    random.Random(3).shuffle(rest)  # noqa: S311
    return first + b"".join(rest)


KINDS = {
    "lines of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "lines of both kinds": lambda data: data.replace(b"\n", b"\r\n", 7),
    "numbers as floats": lambda data: re.sub(rb"(:11,\d+)(,.*?jp2,\d+),(\d+),(\d+)", rb"\1.0\2.0,\3.0,\4.0", data),
    "a header alone": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "long texts": lambda data: data.replace(b"crop 7\n", b"x" * 9000 + b"\n"),
    "texts in quotes": lambda data: data.replace(b"crop 1", b'"crop, ""1"""'),
    "unsorted": shuffled,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("keep", [True, False])
def test_files_of_every_kind_give_their_rows(tree, kind, keep):
    rewrite(tree, KINDS[kind])
    before = {path: path.read_bytes() for path in tree.rglob("*.csv")}
    log = Log()
    found = of(tree, 3000, log, keep=keep)
    assert batch_lines(found) == all_lines(tree)
    assert batch_lines(of(tree, 2000)) == all_lines(tree)
    assert {path: path.read_bytes() for path in before} == before
    assert len(log.infos) == (len(NAMES) if keep and kind == "unsorted" else 0)


def test_a_file_that_is_not_sorted_is_sorted_once_and_said(settled):
    rewrite(settled, shuffled)
    time.sleep(2 * stamps._TICK / 1e9)
    first, second = Log(), Log()
    of(settled, keep=True, log=first)
    assert sorted(line.split(" is not sorted")[0] for line in first.infos) == sorted(
        raw_path(settled, name).name for name in NAMES
    )
    assert batch_lines(of(settled, 3000, second, keep=True)) == all_lines(settled)
    assert second.infos == []
    shutil.rmtree(settled / ".sen2chain_ts/sorted")
    assert batch_lines(of(settled, 3000, keep=True)) == all_lines(settled)


def test_files_with_other_columns_are_brought_together_in_batches(tree):
    add_rows(tree, [row(zone, masked_name("2021-03-01"), owner=f"o{zone}", crop="b") for zone in range(0, 40, 3)])
    assert batch_lines(of(tree, 3000)) == all_lines(tree)
    assert of(tree).columns[-2:] == ("crop", "owner")


# What is remembered


def read_files(monkeypatch) -> list[str]:
    """Return a list that gets the name of each raw file that is read wholly."""
    names: list[str] = []
    real = survey.survey_file

    def reading(path):
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(survey, "survey_file", reading)
    return names


def test_files_that_have_not_changed_are_not_read_again(settled, monkeypatch):
    names = read_files(monkeypatch)
    first = batch_lines(of(settled, keep=True))
    assert len(names) == len(NAMES)
    names.clear()
    add_rows(settled, [row(0, masked_name("2021-05-05"), crop="x")])
    found = of(settled, 3000)
    assert names == [raw_path(settled, masked_name("2021-05-05")).name]
    assert len(batch_lines(found)) == len(first) + 1


def same_size(path: Path) -> None:
    """Change a file, but neither its size nor its time of change."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"crop", b"CROP"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def longer(path: Path) -> None:
    line = path.read_bytes().splitlines(keepends=True)[-1]
    path.write_bytes(path.read_bytes() + line.replace(b":11,", b":11,9", 1))


def replaced(path: Path) -> None:
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes().replace(b"crop", b"CROP"))
    os.replace(other, path)


@pytest.mark.parametrize("change", [pytest.param(same_size, marks=needs_change_time), longer, replaced])
def test_a_file_that_has_changed_is_read_again(settled, change):
    before = batch_lines(of(settled, keep=True))
    change(raw_path(settled, NAMES[2]))
    after = batch_lines(of(settled, 3000, keep=True))
    assert after == all_lines(settled)
    assert after != before


def test_a_file_that_has_just_changed_is_not_remembered(tree, monkeypatch):
    path = raw_path(tree, NAMES[0])
    os.utime(path, ns=(0, time.time_ns() + 3600 * 10**9))  # another computer's clock
    of(tree, keep=True)
    names = read_files(monkeypatch)
    of(tree)
    assert path.name in names


CACHES = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "edited": lambda path: path.write_bytes(path.read_bytes().replace(b'"rows":2', b'"rows":3')),
    "of another format": lambda path: path.write_bytes(b"9" + path.read_bytes()[1:]),
    "nonsense": lambda path: path.write_bytes(os.urandom(3000)),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", CACHES)
def test_what_is_remembered_may_be_lost(settled, damage):
    before = batch_lines(of(settled, 3000, keep=True))
    path = settled / ".sen2chain_ts/raw_files/NDVI/CM001.json"
    CACHES[damage](path)
    log = Log()
    assert batch_lines(of(settled, 3000, log)) == before
    assert log.errors == log.warnings == []


def test_what_is_remembered_is_readable(settled):
    of(settled, keep=True)
    body = (settled / ".sen2chain_ts/raw_files/NDVI/CM001.json").read_text(encoding="utf-8").split("\n")[1]
    assert {each["name"] for each in json.loads(body)["files"]} == {raw_path(settled, name).name for name in NAMES}


def test_without_the_lock_nothing_is_written(tree):
    before = contents(tree)
    batch_lines(of(tree))
    assert contents(tree) == before
    assert not (tree / ".sen2chain_ts").exists()


# Changes while it is read


@pytest.mark.parametrize("change", [pytest.param(same_size, marks=needs_change_time), longer, replaced, Path.unlink])
def test_a_file_that_changes_between_two_batches_stops_the_run(tree, change):
    found = of(tree, 3000)
    found.read(found.batches[0])
    path = raw_path(tree, NAMES[0])
    change(path)
    with pytest.raises(RawFileChanged, match=path.name):
        list(map(found.read, found.batches[1:]))


def test_a_damaged_file_is_named_once_and_left_out_of_all_batches(tree):
    path = raw_path(tree, NAMES[2])
    path.write_bytes(path.read_bytes()[:-9])
    log = Log()
    found = of(tree, 3000, log)
    assert found.damaged == (path,)
    assert [line.split(" is damaged")[0] for line in log.errors] == [str(path)]
    assert not any(NAMES[2].encode() in line for line in batch_lines(found))


def test_what_a_batch_raises_stops_the_others(tree):
    def fails(series):
        raise EngineError(reason="no")

    with pytest.raises(EngineError, match="no"):
        list(of(tree, 3000).each(fails, Log(), ThreadExecutor(2)))


def test_a_file_that_is_replaced_while_others_are_read_brings_its_own_columns(tree):
    """Nobody holds a lock for a chart."""
    paths = raw_files(tree / "raw_data/NDVI/CM001")

    def reading(path: Path) -> bytes:
        if path == paths[-1]:
            path.write_bytes(path.read_bytes().replace(b",crop\n", b",owner\n"))
        return path.read_bytes()

    series = read_series(paths, (), Log(), reading)
    assert series.attributes == ("crop", "owner")
