"""Fault 24: 1, 2 or 8 workers, more workers than products, any order: byte-identical trees, on lossy full products."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.workers.executor import Executor, SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.engine.extraction.test_determinism import ShuffledExecutor
from tests.support.extracting import all_bytes, run, select
from tests.support.layers import ShapefileLayer

JUNE = select(("NDVI", "NDWIGAO"), "CM001/CM003-PRB1-ITER5", date(2021, 6, 1), date(2021, 6, 30))


@pytest.fixture(scope="module")
def serial(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return extracted(reference, tmp_path_factory.mktemp("serial"), SerialExecutor())


def extracted(reference: Path, root: Path, executor: Executor) -> dict[str, bytes]:
    zones = ShapefileLayer(reference / "layers" / "zones.shp")
    tree, summary = run(open_library(reference / "library"), zones, root, JUNE, executor=executor)
    assert summary.extracted == summary.products == 11
    return all_bytes(tree.folder)


@pytest.mark.parametrize(
    "executor",
    [ThreadExecutor(2), ThreadExecutor(8), ThreadExecutor(30), ShuffledExecutor(1, 1), ShuffledExecutor(2, 9)],
    ids=lambda e: f"{type(e).__name__} {e.workers}",
)
def test_the_tree_is_the_same(reference: Path, serial: dict[str, bytes], tmp_path: Path, executor: Executor) -> None:
    assert extracted(reference, tmp_path, executor) == serial
