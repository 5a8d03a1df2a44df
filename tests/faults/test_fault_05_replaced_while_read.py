"""Fault 5: a file is replaced or deleted while it is read. Tried once more with a fresh handle, then failed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.extracting import SmallLibrary, box, counts, fields_layer, run
from tests.support.raw_tree import Log, contents


class Meddler(Log):
    """Does something to the library between the blocks: whenever the engine asks whether to go on."""

    def __init__(self, meddle: Callable[[], None], times: int) -> None:
        super().__init__()
        self._meddle = meddle
        self._times = times
        self.done = 0

    def cancelled(self) -> bool:
        # The first questions come before anything is read.
        if self.fractions and self.done < self._times:
            self.done += 1
            self._meddle()
        return False


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    return SmallLibrary(tmp_path / "library", width=200, height=200)


def layer() -> object:
    """One zone over many blocks."""
    layer = fields_layer()
    layer.shapes = [box(5, 5, 190, 190), *layer.shapes[1:]]
    return layer


@pytest.mark.parametrize("which", ["masked", "unmasked", "probability"])
def test_replaced_once_the_new_file_counts(small: SmallLibrary, tmp_path: Path, which: str) -> None:
    masked = small.add()
    other = SmallLibrary(tmp_path / "other", width=200, height=200, seed=1)
    new = {"masked": other.add(), "unmasked": None, "probability": None}
    new |= {name: getattr(other, name)(new["masked"]) for name in ("unmasked", "probability")}
    old = {"masked": masked, "unmasked": small.unmasked(masked), "probability": small.probability(masked)}[which]

    def replace() -> None:
        temporary = old.with_suffix(".tmp")
        shutil.copy(new[which], temporary)
        try:
            os.replace(temporary, old)
        except PermissionError:
            pytest.skip("a file that is open cannot be replaced here")

    log = Meddler(replace, times=1)
    tree, summary = run(small.open(), layer(), tmp_path / "disturbed", log=log)
    assert log.done == 1
    assert counts(summary) == (1, 1, 0, 0, 0)
    assert contents(tree.folder) == contents(run(small.open(), layer(), tmp_path / "undisturbed")[0].folder)


def test_replaced_all_the_time_it_fails(small: SmallLibrary, tmp_path: Path) -> None:
    masked = small.add("2021-01-05")
    small.add("2021-01-10")

    def touch() -> None:
        os.utime(masked)

    log = Meddler(touch, times=1_000_000)
    _, summary = run(small.open(), layer(), tmp_path, log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert [masked.name in error and "changed while it was read" in error for error in log.errors] == [True]
    _, summary = run(small.open(), layer(), tmp_path)
    assert counts(summary) == (2, 1, 1, 0, 0)


@pytest.mark.parametrize("which", ["masked", "unmasked", "probability"])
def test_deleted_it_fails(small: SmallLibrary, tmp_path: Path, which: str) -> None:
    masked = small.add("2021-01-05")
    small.add("2021-01-10")
    path = {"masked": masked, "unmasked": small.unmasked(masked), "probability": small.probability(masked)}[which]
    log = Meddler(lambda: path.unlink(missing_ok=True), times=1)
    _, summary = run(small.open(), layer(), tmp_path, log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert [masked.name in error and path.name in error for error in log.errors] == [True]


def test_cut_while_it_is_read_it_fails(small: SmallLibrary, tmp_path: Path) -> None:
    masked = small.add()
    log = Meddler(lambda: os.truncate(masked, 3000), times=1)
    _, summary = run(small.open(), layer(), tmp_path, log=log)
    assert counts(summary) == (1, 0, 0, 0, 1)
