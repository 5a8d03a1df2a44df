"""Fault 11: something unforeseen happens to one product, or the memory is at an end. It fails; the others go on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.sources import produced
from sen2chain_ts_plugin.engine.workers.executor import Executor, SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.child import in_child
from tests.support.extracting import SmallLibrary, all_bytes, box, counts, fields_layer, run, select
from tests.support.raw_tree import Log


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day)
        small.add(day, "NDWIGAO")
    return small


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("odd"), ZeroDivisionError(), RecursionError(), KeyError(1)]
)
@pytest.mark.parametrize("executor", [SerialExecutor(), ThreadExecutor(2), ThreadExecutor(8)], ids=lambda e: e.workers)
def test_the_product_fails_and_the_others_go_on(
    small: SmallLibrary, tmp_path: Path, executor: Executor, error: Exception
) -> None:
    both = select(("NDVI", "NDWIGAO"))
    undisturbed = all_bytes(run(small.open(), fields_layer(), tmp_path / "undisturbed", both)[0].folder)
    open_raster = produced.open_raster

    @contextlib.contextmanager
    def odd(path: Path) -> Iterator[Any]:
        if "20210110" in path.name:
            raise error
        with open_raster(path) as reader:
            yield reader

    log = Log()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produced, "open_raster", odd)
        tree, summary = run(small.open(), fields_layer(), tmp_path, both, executor=executor, log=log)
    assert counts(summary) == (6, 4, 0, 0, 2)
    assert len(log.errors) == 2
    assert all("20210110" in said and type(error).__name__ in said for said in log.errors)
    tree, summary = run(small.open(), fields_layer(), tmp_path, both, executor=executor)
    assert counts(summary) == (6, 2, 4, 0, 0)
    assert all_bytes(tree.folder) == undisturbed


@pytest.mark.long
def test_one_raster_too_large_for_the_memory(tmp_path: Path) -> None:
    """A true shortage: the process may take little more than it has, and one raster is of one huge block."""
    resource = pytest.importorskip("resource")
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05")
    huge = SmallLibrary(small.root, width=8192, height=8192)
    flat = np.full((8192, 8192), 5000, np.int16)
    huge.add("2021-01-10", masked=flat, unmasked=flat, block=8192, probability=False)
    layer = fields_layer()
    layer.shapes = [box(0, 0, 8192, 8192), *layer.shapes[1:]]

    def short_of_memory() -> None:
        january = select(last=date(2021, 1, 5))
        run(small.open(), layer, tmp_path / "warm", january)  # what is loaded once is loaded
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 30_000_000, resource.RLIM_INFINITY))
        log = Log()
        _, summary = run(small.open(), layer, tmp_path / "short", select(), log=log)
        assert counts(summary) == (2, 1, 0, 0, 1), summary
        assert "20210110" in log.errors[0]

    assert in_child(short_of_memory) == 0
