"""Fault 9: cancel at random moments, fifty times in a row. No partial file; the next run goes on, to the same bytes."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import Cancelled
from sen2chain_ts_plugin.engine.feedback import Feedback
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.extracting import SmallLibrary, all_bytes, fields_layer, run, select
from tests.support.raw_tree import Log

BOTH = select(("NDVI", "NDWIGAO"))
PERIODS = CompileRequest(
    ("alldata", "daily", "monthly", "weekly"), smoothing=SmoothingSettings(window_length=3, polyorder=1)
)

# A handful in the tests of every day.
some_times = pytest.mark.parametrize("times", [6, pytest.param(50, marks=pytest.mark.long)])


class Counting(Log):
    """Counts how often it is asked whether to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def cancelled(self) -> bool:
        self.asked += 1
        return False


class AtQuestion(Counting):
    """Cancels when it is asked the n-th time, whichever thread asks, and from then on."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def cancelled(self) -> bool:
        super().cancelled()
        return self.asked >= self._number


class AtFile(Log):
    """Cancels once so many files are there, finished or not."""

    def __init__(self, root: Path, number: int) -> None:
        super().__init__()
        self._root, self._number = root, number

    def cancelled(self) -> bool:
        return sum(1 for _ in self._root.rglob("*.*")) >= self._number


def cancel_often(
    work: Callable[[Feedback], object], root: Path, undisturbed: dict[str, bytes], times: int, seed: int
) -> None:
    """Cancel the work on one tree again and again; begin a new tree whenever it is complete."""
    chance = random.Random(seed)  # noqa: S311 moments, not secrets
    asked = Counting()
    work(asked)
    files = len(undisturbed)
    shutil.rmtree(root)
    threads = threading.active_count()
    cancelled = completed = 0
    while cancelled < times:
        by_files = chance.random() < 0.3
        number = chance.randint(1, files if by_files else asked.asked)
        feedback = AtFile(root, number) if by_files else AtQuestion(number)
        try:
            work(feedback)
        except Cancelled:
            cancelled += 1
        else:
            completed += 1
        assert threading.active_count() == threads
        check_whole(root, undisturbed)
        if chance.random() < 0.3:
            work(Log())
            assert tree_bytes(root) == undisturbed
            shutil.rmtree(root)
    work(Log())
    assert tree_bytes(root) == undisturbed
    assert completed <= 2 * times, "the moments do not lie within the run"


def tree_bytes(root: Path) -> dict[str, bytes]:
    (tree,) = root.iterdir()
    return all_bytes(tree)


def check_whole(root: Path, undisturbed: dict[str, bytes]) -> None:
    """Check that what has its final name is complete, and that there is no litter."""
    for tree in root.iterdir() if root.exists() else ():
        for name, content in all_bytes(tree).items():
            assert not name.startswith(".sen2chain_ts/tmp/")
            # The lists of what was done so far are whole too, but shorter.
            if not name.startswith(".sen2chain_ts/") and "products_no_data" not in name:
                assert content == undisturbed[name], name


@some_times
@pytest.mark.parametrize("workers", [1, 3])
def test_an_extraction(memory: Path, workers: int, times: int) -> None:
    small = SmallLibrary(memory / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day)
        small.add(day, "NDWIGAO", clouds=1 if day.endswith("10") else 0.3)
    root = memory / "tree"
    tree, _ = run(small.open(), fields_layer(), root, BOTH)
    undisturbed = all_bytes(tree.folder)
    assert sum(name.startswith("raw_data/") for name in undisturbed) > 6
    shutil.rmtree(root)

    def work(feedback: Feedback) -> object:
        return run(small.open(), fields_layer(), root, BOTH, executor=ThreadExecutor(workers), log=feedback)

    cancel_often(work, root, undisturbed, times, workers)


@some_times
def test_a_compile(memory: Path, times: int) -> None:
    small = SmallLibrary(memory / "library")
    for number in range(1, 13):
        small.add(f"2021-{number:02}-05")
    source, _ = run(small.open(), fields_layer(), memory / "source")
    root = memory / "tree"

    def work(feedback: Feedback) -> object:
        folder = root / source.folder.name
        if not folder.exists():
            shutil.copytree(source.folder, folder)
        return compile_tree(folder, PERIODS, feedback)

    work(Log())
    undisturbed = tree_bytes(root)
    assert sum(name.startswith("compiled_data/") for name in undisturbed) > 30
    shutil.rmtree(root)
    cancel_often(work, root, undisturbed, times, 50)
