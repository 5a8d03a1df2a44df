"""Fault 26: many products done already. A run looks once at the size and date of each raster, and opens none of them.

Seconds are measured by `make bench`; here the work is counted, which is the same on every machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.zones import meeting
from tests.support.child import in_child
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run


def counted(work: Callable[[], object], report: Path) -> Counter[str]:
    """Do something in a process of its own; return how often it asked the system for what."""

    def child() -> None:
        calls: Counter[str] = Counter()
        stat = os.stat

        def counting_stat(path: object, *arguments: object, **options: object) -> os.stat_result:
            if str(path).endswith(".jp2"):
                calls["stat of a raster"] += 1
            return stat(path, *arguments, **options)

        os.stat = counting_stat

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event == "open":
                calls["open"] += 1
                calls["open a raster"] += str(arguments[0]).endswith(".jp2")
            elif event in {"os.scandir", "os.listdir"}:
                calls["list"] += 1

        sys.addaudithook(hook)
        work()
        said = json.dumps(calls)
        report.write_text(said, encoding="utf-8")

    assert in_child(child) == 0
    return Counter(json.loads(report.read_text(encoding="utf-8")))


def test_tiles_elsewhere_cost_one_look_at_the_zones(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Products that are smaller than their tile: each might reach further than the others, but few do."""
    small = SmallLibrary(memory / "library")
    for day in range(10, 20):
        small.add(f"2021-01-{day}", tile="40KBB", left=200_000.0, top=7_600_000.0)
    small.add("2021-01-05")
    asked = []
    meets = meeting.any_zone_meets
    monkeypatch.setattr(meeting, "any_zone_meets", lambda zones, box: asked.append(box) or meets(zones, box))
    _, summary = run(small.open(), fields_layer(), memory)
    assert counts(summary) == (1, 1, 0, 0, 0)
    # The place of each of the two tiles, and the raster in the one that is met.
    assert len(asked) == len(set(asked)) == 3


@pytest.mark.parametrize("empty", [False, True], ids=["with rows", "without rows"])
def test_what_is_done_costs_one_look(memory: Path, empty: bool) -> None:
    small = SmallLibrary(memory / "library")
    found = {}
    first, added = date(2021, 1, 1), 0
    for products in (5, 40):
        while added < products:
            small.add(str(first + timedelta(added)), clouds=1 if empty else 0.3)
            added += 1
        tree, _ = run(small.open(), fields_layer(), memory)
        before = all_bytes(tree.folder)

        def again(products: int = products) -> None:
            _, summary = run(small.open(), fields_layer(), memory)
            assert counts(summary) == (products, 0, products, 0, 0)

        again()  # what Python loads at first use is none of it
        found[products] = counted(again, memory / "report")
        assert all_bytes(tree.folder) == before
    # Those of the first product tell where the tile is; the header twice, where this process has not seen it before.
    assert found[40]["open a raster"] == found[5]["open a raster"] <= 4
    assert found[40]["open"] == found[5]["open"]  # no raw CSV, no metadata
    assert found[40]["list"] - found[5]["list"] == 40 - 5  # the folder of each product
    # Of each product: its masked, unmasked and probability rasters are there, and are still the same.
    assert found[40]["stat of a raster"] - found[5]["stat of a raster"] == 5 * (40 - 5)
