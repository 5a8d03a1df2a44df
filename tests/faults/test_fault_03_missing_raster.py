"""Fault 3: the unmasked or the probability raster is missing. Its column stays empty, which is not 0; said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run
from tests.support.raw_tree import Log, read


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day)
    return small


@pytest.mark.parametrize(("missing", "column"), [("unmasked", "nbcld"), ("probability", "cldprb")])
def test_the_column_stays_empty(small: SmallLibrary, tmp_path: Path, missing: str, column: str) -> None:
    with_all, _ = run(small.open(), fields_layer(), tmp_path / "with")
    removed = sorted(small.root.glob("INDICES/NDVI/*/*/*_CM001.jp2"))[:2]
    for masked in removed:
        getattr(small, missing)(masked).unlink()
    log = Log()
    tree, summary = run(small.open(), fields_layer(), tmp_path / "without", log=log)
    assert counts(summary) == (3, 3, 0, 0, 0)
    for path in sorted(tree.folder.glob("raw_data/NDVI/CM001/*.csv")):
        rows, whole = read(path), read(with_all.folder / path.relative_to(tree.folder))
        if any(masked.stem in path.name for masked in removed):
            assert {row.pop(column) for row in rows} == {""}
            assert {row.pop(column) for row in whole} != {""}
        assert rows == whole
    assert [removed[0].name in warning and column in warning for warning in log.warnings] == [True]
    assert log.errors == []


@pytest.mark.parametrize("missing", ["unmasked", "probability"])
def test_what_comes_later_is_taken_in(small: SmallLibrary, tmp_path: Path, missing: str) -> None:
    """A library that is being copied while a nightly job runs: the masked raster was there first."""
    undisturbed, _ = run(small.open(), fields_layer(), tmp_path / "undisturbed")
    masked = min(small.root.glob("INDICES/NDVI/*/*/*_CM001.jp2"))
    path = getattr(small, missing)(masked)
    path.rename(tmp_path / "on its way")
    tree, _ = run(small.open(), fields_layer(), tmp_path / "root")
    assert counts(run(small.open(), fields_layer(), tmp_path / "root")[1]) == (3, 0, 3, 0, 0)
    (tmp_path / "on its way").rename(path)
    assert counts(run(small.open(), fields_layer(), tmp_path / "root")[1]) == (3, 1, 2, 0, 0)
    assert all_bytes(tree.folder) == all_bytes(undisturbed.folder)
    assert counts(run(small.open(), fields_layer(), tmp_path / "root")[1]) == (3, 0, 3, 0, 0)


def test_both_missing(small: SmallLibrary, tmp_path: Path) -> None:
    for masked in small.root.glob("INDICES/NDVI/*/*/*_CM001.jp2"):
        small.unmasked(masked).unlink()
        small.probability(masked).unlink()
    log = Log()
    tree, _ = run(small.open(), fields_layer(), tmp_path, log=log)
    rows = [row for path in tree.folder.glob("raw_data/NDVI/CM001/*.csv") for row in read(path)]
    assert {(row["nbcld"], row["cldprb"]) for row in rows} == {("", "")}
    assert len(log.warnings) == 2
