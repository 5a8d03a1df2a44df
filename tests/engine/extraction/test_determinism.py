"""The same tree, byte for byte, for any number of workers, any order, and units that are split among workers."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.errors import Cancelled
from sen2chain_ts_plugin.engine.extraction import rows
from sen2chain_ts_plugin.engine.feedback import Feedback
from sen2chain_ts_plugin.engine.library.folders import Library
from sen2chain_ts_plugin.engine.tree import raw_csv
from sen2chain_ts_plugin.engine.workers.executor import Executor, SerialExecutor, Work
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from sen2chain_ts_plugin.engine.zones import attributes, geometries, pixel_rules
from sen2chain_ts_plugin.engine.zones.layer import Zones
from tests.support.extracting import (
    EPSG,
    NODATA,
    SmallLibrary,
    all_bytes,
    box,
    counts,
    fields_layer,
    run,
    select,
    write_jp2,
)
from tests.support.raw_tree import Log

BOTH = select(("NDVI", "NDWIGAO"), "CM001/CM003-PRB1-ITER5")


class ShuffledExecutor:
    """Does the work in a random order, and hands the outcomes over in another one."""

    def __init__(self, seed: int, workers: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 a shuffle, not a secret
        self.workers = workers

    def map(
        self, function: Callable[[Any, Any], Any], items: Sequence[Any], feedback: Feedback, **_: Any
    ) -> Generator[Any, None, None]:
        items = self._chance.sample(items, len(items))
        outcomes = list(Work(function, items, feedback).outcomes())
        yield from self._chance.sample(outcomes, len(outcomes))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLibrary:
    """Three products of two indices, two masks: one without unmasked raster, one without probability, one void."""
    small = SmallLibrary(tmp_path_factory.mktemp("library"), width=160, height=120)
    for day, clouds in (("2021-01-05", 0.3), ("2021-01-10", 0.9), ("2021-01-15", 1.0)):
        for index in ("NDVI", "NDWIGAO"):
            for mask in ("CM001", "CM003-PRB1-ITER5"):
                masked = small.add(day, index, mask, clouds=clouds, probability=day != "2021-01-10")
                if (day, index) == ("2021-01-05", "NDWIGAO"):
                    small.unmasked(masked).unlink()
    return small


@pytest.fixture(scope="module")
def serial(small: SmallLibrary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    tree, summary = run(small.open(), fields_layer(), tmp_path_factory.mktemp("serial"), BOTH)
    assert counts(summary) == (12, 8, 0, 4, 0)
    return all_bytes(tree.folder)


EXECUTORS = [
    ThreadExecutor(1), ThreadExecutor(2), ThreadExecutor(8), ThreadExecutor(100),
    *(ShuffledExecutor(seed, workers) for seed, workers in enumerate([1, 2, 8, 50])),
]  # fmt: skip


@pytest.mark.parametrize("executor", EXECUTORS, ids=lambda e: f"{type(e).__name__} {e.workers}")
def test_the_tree_is_the_same(
    small: SmallLibrary, serial: dict[str, bytes], tmp_path: Path, executor: Executor
) -> None:
    tree, summary = run(small.open(), fields_layer(), tmp_path, BOTH, executor=executor)
    assert counts(summary) == (12, 8, 0, 4, 0)
    assert all_bytes(tree.folder) == serial


@pytest.mark.parametrize("executor", EXECUTORS, ids=lambda e: f"{type(e).__name__} {e.workers}")
def test_what_fails_is_the_same(small: SmallLibrary, tmp_path: Path, executor: Executor) -> None:
    """A product whose rasters do not fit each other fails, also where no zone has a valid pixel."""
    library = shutil.copytree(small.root, tmp_path / "library")
    broken = SmallLibrary(library, width=64, height=48)
    for masked in library.glob("INDICES/NDVI/40KCB/*/*_NDVI_CM001.jp2"):
        values, _ = broken.values()
        path = broken.unmasked(masked)
        write_jp2(path, values, nodata=NODATA)
    log = Log()
    tree, summary = run(broken.open(), fields_layer(), tmp_path, select(), executor=executor, log=log)
    assert counts(summary) == (3, 0, 0, 0, 3)
    assert len(log.errors) == 3
    assert not list(tree.folder.rglob("zones_S2*.csv"))


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_one_large_zone_over_many_blocks(tmp_path: Path, workers: int) -> None:
    small = SmallLibrary(tmp_path / "library", width=300, height=300)
    small.add()
    layer = fields_layer()
    layer.shapes = [box(-10, -10, 400, 400), *layer.shapes[1:]]
    trees = []
    for executor in (SerialExecutor(), ThreadExecutor(workers)):
        root = tmp_path / type(executor).__name__
        trees.append(all_bytes(run(small.open(), layer, root, executor=executor)[0].folder))
    assert trees[0] == trees[1]


def test_the_rows_of_a_run_come_whatever_the_order(small: SmallLibrary, tmp_path: Path) -> None:
    """What the caller receives for its table are the rows of the files."""
    received: dict[str, int] = {}

    def receive(rows: Any) -> None:
        received[rows.item.filename] = len(rows)

    library: Library = small.open()
    tree, summary = run(library, fields_layer(), tmp_path, BOTH, executor=ShuffledExecutor(3, 4), receive=receive)
    files = {path.name: path.read_text(encoding="utf-8").count("\n") - 1 for path in tree.folder.rglob("zones_S2*.csv")}
    assert {f"zones_{name[:-4]}.csv": rows for name, rows in received.items()} == files
    assert summary.rows == sum(files.values())


@pytest.mark.parametrize("executor", EXECUTORS[:3], ids=lambda e: f"{e.workers} workers")
def test_progress_never_goes_back_and_reaches_the_end(small: SmallLibrary, tmp_path: Path, executor: Executor) -> None:
    log = Log()
    run(small.open(), fields_layer(), tmp_path, BOTH, executor=executor, log=log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == pytest.approx(1)
    if executor.workers == 1:  # others may have done all the rest by the time the caller has done its own piece
        assert len(set(log.fractions)) > 2


@pytest.mark.parametrize("executor", EXECUTORS[:3], ids=lambda e: f"{e.workers} workers")
def test_cancel_at_any_moment_and_go_on(
    small: SmallLibrary, serial: dict[str, bytes], tmp_path: Path, executor: Executor
) -> None:
    """No file half written, no thread left; the next run makes the same tree as an undisturbed one."""
    before = threading.active_count()
    for question in range(0, 10_000, 17):
        root = tmp_path / str(question)
        try:
            run(small.open(), fields_layer(), root, BOTH, executor=executor, log=Log(cancel_at=question))
        except Cancelled:
            assert threading.active_count() == before
            assert not list(root.rglob(".sen2chain_ts/tmp/*"))
            for tree in root.glob("zones_*"):
                for name, content in all_bytes(tree).items():
                    if "zones_S2" in name:
                        assert content == serial[name]
            tree, _ = run(small.open(), fields_layer(), root, BOTH, executor=executor)
            assert all_bytes(tree.folder) == serial
        else:
            break
    assert question > 20


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_the_same_files_however_much_is_worked_on_at_once(
    small: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    given = fields_layer()

    def layer() -> Zones:
        wkb = [None if shape is None else shape.wkb for shape in given.shapes]
        return Zones(given.name, wkb, f"EPSG:{EPSG}", given.fields, given.attributes)

    whole, _ = run(small.open(), layer(), tmp_path / "whole", BOTH)
    for module, name in (
        (attributes, "_PAGE"), (geometries, "_ZONES_AT_ONCE"), (geometries, "_VERTICES_AT_ONCE"),
        (pixel_rules, "_ZONES_AT_ONCE"), (raw_csv, "_LINES_AT_ONCE"), (rows, "_ROWS_AT_ONCE"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, at_once)
    batched, _ = run(small.open(), layer(), tmp_path / "batched", BOTH)
    assert batched.folder.name == whole.folder.name
    assert all_bytes(batched.folder) == all_bytes(whole.folder)
