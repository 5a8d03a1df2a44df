"""Compile of trees of every kind: the bytes of one batch in one thread, whatever the batches, workers and growth."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.series import batches, survey
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.raw_tree import Log, contents, make_tree, masked_name, raw_path, row


def shuffled(data: bytes) -> bytes:
    first, *rest = data.splitlines(keepends=True)
    random.Random(len(rest)).shuffle(rest)  # noqa: S311
    return first + b"".join(rest)


# What becomes of a raw file: as Sen2Chain, an editor or a cut connection leave it.
KINDS: dict[str, Callable[[bytes], bytes]] = {
    "as written": lambda data: data,
    "unsorted": shuffled,
    "a header alone": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "empty": lambda _: b"",
    "lines of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "with a mark of UTF-8": lambda data: b"\xef\xbb\xbf" + data,
    "a line twice": lambda data: data + data.splitlines(keepends=True)[-1],
    "cut": lambda data: data[: len(data) * 2 // 3],
}
# One raw file: its product, which zones it has, what becomes of it, its attributes, and whether it comes later.
FILES = st.lists(
    st.tuples(
        st.tuples(
            st.sampled_from(["2020-12-28", "2021-01-05", "2021-01-10", "2021-01-31", "2021-02-04", "2021-06-14"]),
            st.sampled_from(["40KCB", "40KCC"]),
            st.sampled_from(["N0301", "N0500"]),
        ),
        st.sets(st.integers(0, 11), min_size=1),
        st.sampled_from(sorted(KINDS)),
        st.sampled_from([("crop",), ("crop", "owner"), ()]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda file: file[0],
)
CELLS = (
    {"count": 0, "nodata": 9, "mean": "", "std": "", "median": "", "min": "", "max": ""},
    {"count": 90, "nodata": 10, "nbcld": 10},
    {"count": 60, "nodata": 40, "nbcld": 0, "std": ""},
    {"count": 100},
)


def rows_of(name: str, zones: set[int], attributes: tuple[str, ...], gap: int) -> list[dict[str, Any]]:
    """Return a row of each zone, other ones in each product; zones may be far from each other."""
    return [
        row(zone * gap, name, **CELLS[(zone + len(name) + sum(name.encode())) % 4])
        | {each: f'{each} "{zone}"' for each in attributes}
        for zone in sorted(zones)
    ]


@settings(max_examples=25)
@given(FILES, st.sampled_from([1, 7, 100_000]), st.booleans(), st.data())
def test_a_tree_of_any_kind_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[Any, ...]], gap: int, smooth: bool, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("trees")
    rows = [
        each
        for (day, tile, baseline), zones, _, attributes, _ in files
        for each in rows_of(masked_name(day, baseline, tile=tile), zones, attributes, gap)
    ]
    tree = make_tree(folder, rows)
    later: list[Path] = []
    for (day, tile, baseline), _, kind, _, comes_later in files:
        path = raw_path(tree, masked_name(day, baseline, tile=tile))
        path.write_bytes(KINDS[kind](path.read_bytes()))
        later += [path] if comes_later else []
    smoothing = SmoothingSettings(window_length=3, polyorder=1) if smooth else None
    request = CompileRequest(("alldata", "monthly"), smoothing=smoothing)

    def compiled(size: int, workers: int) -> tuple[dict[str, bytes], list[str], list[str]]:
        log = Log()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batches, "BATCH_BYTES", size)
            patch.setattr(survey, "_STEP", data.draw(st.sampled_from([1, 3, 256])))
            patch.setattr(survey, "_ENOUGH", data.draw(st.sampled_from([1, 4, 128])))
            patch.setattr(survey.Stamp, "is_settled", lambda _: True)
            compile_tree(tree, request, log, executor=SerialExecutor() if workers == 1 else ThreadExecutor(workers))
        return contents(tree / "compiled_data"), sorted(log.errors), sorted(log.warnings)

    whole = compiled(1 << 40, 1)
    for size in (1, data.draw(st.integers(2, 4000))):
        for name in ("compiled_data", ".sen2chain_ts"):
            shutil.rmtree(tree / name)
        assert compiled(size, data.draw(st.integers(1, 3))) == whole
    assert compiled(500, 1) == whole  # again, with what is remembered
    # The same tree as it grows: some files come after a first compile.
    for name in ("compiled_data", ".sen2chain_ts"):
        shutil.rmtree(tree / name)
    for path in later:
        path.rename(folder / path.name)
    compiled(700, 1)
    for path in later:
        (folder / path.name).rename(path)
    grown = compiled(700, 2)
    assert grown[1:] == whole[1:]
    # Where a raw file is damaged, what an earlier compile wrote is not taken away.
    assert whole[0].items() <= grown[0].items() if whole[1] else grown[0] == whole[0]
