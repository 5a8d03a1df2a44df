"""Compile in batches, killed before each call that changes the disk: files are whole, and the next run goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.series import batches, survey
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.support.raw_tree import add_rows, contents, make_tree, masked_name, raw_path, row

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is split in two")

DAYS = ("2021-01-05", "2021-01-10", "2021-01-15", "2022-02-04")
LATER = ("2022-02-09",)
# What changes a disk.
CALLS = ("write", "fsync", "replace", "rename", "link", "mkdir", "unlink", "remove", "rmdir", "ftruncate", "truncate")
KILLED = 9


def rows_on(days: tuple[str, ...]) -> list[dict[str, Any]]:
    return [row(zone, masked_name(day), crop=f"c {zone}", mean=5000 + zone) for day in days for zone in range(9)]


def compiled(tree: Path, request: CompileRequest) -> None:
    compile_tree(tree, request, executor=SerialExecutor())


def killed_before(call: int, tree: Path, request: CompileRequest) -> bool:
    """Compile in a process that ends as by kill -9 before a call that changes the disk; tell whether it did."""
    child = os.fork()
    if not child:
        left = call

        def counting(real: Any) -> Any:
            def counted(*arguments: Any, **options: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(KILLED)  # nothing is cleaned up
                return real(*arguments, **options)

            return counted

        for name in CALLS:
            setattr(os, name, counting(getattr(os, name)))
        try:
            compiled(tree, request)
        except BaseException:  # noqa: BLE001 of a child nobody sees a traceback
            os._exit(1)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, KILLED)
    return ended == KILLED


@pytest.mark.parametrize("kind", ["afresh", "grown", "not sorted and smoothed"])
def test_a_compile_killed_anywhere_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(batches, "BATCH_BYTES", 900)
    monkeypatch.setattr(survey.Stamp, "is_settled", lambda _: True)
    special = kind == "not sorted and smoothed"
    smoothing = SmoothingSettings(window_length=3, polyorder=1) if special else None
    request = CompileRequest(("alldata",) if special else ("alldata", "yearly"), smoothing=smoothing)

    def prepared(folder: Path, days: tuple[str, ...]) -> Path:
        tree = make_tree(folder, rows_on(days))
        if special:
            path = raw_path(tree, masked_name(DAYS[0]))
            header, *lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join([header, *reversed(lines)]))
        return tree

    whole = prepared(tmp_path / "whole", DAYS)
    compiled(whole, request)
    before = contents(whole / "compiled_data") if kind == "grown" else {}
    shutil.rmtree(whole)
    compiled(prepared(tmp_path / "whole", DAYS + LATER), request)
    expected = contents(whole / "compiled_data")
    assert len(expected) >= 3
    call, came_there = 0, True
    while came_there:
        tree = prepared(tmp_path / str(call), DAYS if kind == "grown" else DAYS + LATER)
        if kind == "grown":
            compiled(tree, request)
            add_rows(tree, rows_on(LATER))
        came_there = killed_before(call, tree, request)
        for name, data in contents(tree / "compiled_data").items():
            assert data in (before.get(name), expected.get(name)), (call, name)
        compiled(tree, request)
        assert contents(tree / "compiled_data") == expected, call
        assert not [path for path in tree.rglob("*") if path.parent.name == "tmp"], call
        shutil.rmtree(tree.parent)
        call += 1
    assert call > 20
