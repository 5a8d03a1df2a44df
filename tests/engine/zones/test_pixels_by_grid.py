"""The pixels of the zones on each grid: few are kept, each is made once, and nobody waits for another's."""

from __future__ import annotations

import gc
import pickle
import threading
import weakref
from dataclasses import replace
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.errors import Cancelled
from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.zones import pixel_rules, pixels_by_grid
from sen2chain_ts_plugin.engine.zones.pixel_rules import PixelRule
from sen2chain_ts_plugin.engine.zones.pixel_runs import rasterise_zones
from sen2chain_ts_plugin.engine.zones.pixels_by_grid import ZonePixelsByGrid
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb
from tests.support.shapes import grid, to_map

PATIENCE = 60  # seconds; what would wait in vain fails


@pytest.fixture
def zones() -> dict[int, list[Geometry]]:
    from shapely.geometry import box

    return {32740: [parse_wkb(to_map(box(n, 2, n + 3.5, 20.5), grid()).wkb) for n in range(30)]}


def grids(number: int) -> list[Grid]:
    """Return grids of products that are cut from a tile, each in another place."""
    return [replace(grid(), left=grid().left + 10.0 * n) for n in range(number)]


def test_few_grids_are_kept_whatever_their_number(zones: dict[int, list[Geometry]]) -> None:
    kept = ZonePixelsByGrid(zones, PixelRule(), keep=4)
    seen: list[weakref.ref[Any]] = []
    for each in grids(60):
        seen.append(weakref.ref(kept.of(each)))
        gc.collect()
        assert sum(reference() is not None for reference in seen) <= 4
    assert [reference() is not None for reference in seen[-4:]] == [True] * 4


def test_what_was_dropped_is_made_again_the_same(zones: dict[int, list[Geometry]]) -> None:
    kept = ZonePixelsByGrid(zones, PixelRule("fraction"), keep=2)
    first = kept.of(grids(1)[0])
    for each in grids(5)[1:]:
        kept.of(each)
    again = kept.of(grids(1)[0])
    assert again is not first
    for one, other in zip([runs for batch in first.blocks for runs in batch], [r for b in again.blocks for r in b]):
        assert one.start.tolist() == other.start.tolist()
        assert one.share.tolist() == other.share.tolist()


def test_each_is_made_once_while_others_do_not_wait(
    zones: dict[int, list[Geometry]], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = grids(2)
    begun, go_on = threading.Event(), threading.Event()
    made: list[Grid] = []

    def make(geometries: Any, of: Grid, rule: PixelRule, _: Any) -> Any:
        made.append(of)
        if of == slow:
            begun.set()
            assert go_on.wait(PATIENCE)
        return rasterise_zones(geometries, of, rule)

    monkeypatch.setattr(pixels_by_grid, "rasterise_zones", make)
    kept = ZonePixelsByGrid(zones, PixelRule(), keep=4)
    found: list[Any] = []
    workers = [threading.Thread(target=lambda: found.append(kept.of(slow))) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert begun.wait(PATIENCE)
    kept.of(quick)  # in this thread, which would wait in vain
    assert not found
    go_on.set()
    for worker in workers:
        worker.join(PATIENCE)
    assert made.count(slow) == 1
    assert len({id(each) for each in found}) == 1


def test_what_fails_once_is_tried_again(zones: dict[int, list[Geometry]], monkeypatch: pytest.MonkeyPatch) -> None:
    results = [MemoryError("full"), None]

    def make(*arguments: Any) -> Any:
        result = results.pop(0)
        if result is not None:
            raise result
        return rasterise_zones(*arguments)

    monkeypatch.setattr(pixels_by_grid, "rasterise_zones", make)
    kept = ZonePixelsByGrid(zones, PixelRule(), keep=4)
    with pytest.raises(MemoryError):
        kept.of(grid())
    assert len(kept.of(grid()).number)


def test_who_gives_up_stops_between_two_lots_of_zones_and_the_next_one_makes_them(
    zones: dict[int, list[Geometry]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixel_rules, "_ZONES_AT_ONCE", 4)
    kept = ZonePixelsByGrid(zones, PixelRule(), keep=4)
    asked = 0

    def give_up() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        kept.of(grid(), give_up)
    assert asked == 3
    assert len(kept.of(grid(), lambda: None).number) == len(rasterise_zones(zones[32740], grid()).number)


def test_it_travels_to_another_machine_with_its_rule(zones: dict[int, list[Geometry]]) -> None:
    there = pickle.loads(pickle.dumps(ZonePixelsByGrid(zones, PixelRule("fraction", 0.5), keep=4)))  # noqa: S301 ours
    here = rasterise_zones(zones[32740], grid(), PixelRule("fraction", 0.5))
    assert there.of(grid()).area.tolist() == here.area.tolist()
