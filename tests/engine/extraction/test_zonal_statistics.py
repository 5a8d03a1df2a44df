"""Statistics of zones: beside rasterstats and beside plain numpy, in any order of blocks, split in any way."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import shapely.geometry
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterstats import zonal_stats

from sen2chain_ts_plugin.engine.extraction import statistics
from sen2chain_ts_plugin.engine.extraction.statistics import Accumulator, count_nodata, sum_values, zones_in
from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.zones import pixel_runs as zones
from sen2chain_ts_plugin.engine.zones.meeting import any_zone_meets
from sen2chain_ts_plugin.engine.zones.pixel_runs import BlockRuns, ZonePixels, rasterise_zones
from sen2chain_ts_plugin.engine.zones.rasterise import rasterise
from sen2chain_ts_plugin.engine.zones.wkb import parse_wkb
from tests.support import shapes
from tests.support.shapes import HEIGHT, WIDTH, all_blocks, grids, parsed, read, to_map

pytestmark = pytest.mark.filterwarnings("ignore:Warning. converting a masked element:UserWarning")
NODATA = 16383
QUARTILES = ["percentile_25", "median", "percentile_75"]
ASKED = ["count", "nodata", "min", "max", "mean", "std", *QUARTILES]
Rows = dict[int, dict[str, Any]]


@st.composite
def rasters(draw: st.DrawFn) -> np.ndarray:
    """Rasters of int16 of any range, from constant to the whole type, with any share of nodata."""
    low = draw(st.integers(-32768, 32767))
    high = draw(st.integers(low, 32767))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    pixels = numbers.integers(low, high + 1, (HEIGHT, WIDTH)).astype(np.int16)
    pixels[numbers.random(pixels.shape) < draw(st.sampled_from([0, 0.1, 0.5, 0.95, 1]))] = NODATA
    return pixels


def gathered(index: ZonePixels, pixels: np.ndarray, blocks: list[BlockRuns]) -> Accumulator:
    accumulator = Accumulator(index, NODATA)
    for runs in blocks:
        nodata = accumulator.add(runs, read(pixels, runs))
        assert nodata.tolist() == count_nodata(runs, read(pixels, runs), NODATA).tolist()
    return accumulator


def rows(index: ZonePixels, accumulator: Accumulator) -> Rows:
    """Return the statistics by number of the zone; of a zone without valid pixel only count and nodata."""
    result = {name: values.tolist() for name, values in accumulator.result().items()}
    found = {}
    for place, (number, pixels, count) in enumerate(zip(index.number, index.pixels, accumulator.count)):
        found[int(number)] = {"count": int(count), "nodata": int(pixels - count)}
        if count:
            found[int(number)] |= {name: values[place] for name, values in result.items()}
    return found


def measured(layer: list[Any], pixels: np.ndarray, of: Grid) -> Rows:
    index = rasterise_zones(parsed(layer, of), of)
    return rows(index, gathered(index, pixels, all_blocks(index)))


def of_rasterstats(shape: Any, pixels: np.ndarray, of: Grid) -> dict[str, Any] | None:
    affine = Affine(of.pixel, 0, of.left, 0, -of.pixel, of.top)
    wide = pixels.astype(np.int32)  # numpy interpolates percentiles of int16 in int16, where the difference overflows
    try:
        (found,) = zonal_stats(to_map(shape, of), wide, affine=affine, nodata=NODATA, stats=ASKED)
    except ValueError:
        return None  # a shape without extent on a border of pixels
    return found


@given(shapes.zones(), rasters(), grids())
def test_statistics_are_those_of_rasterstats(layer: list[Any], pixels: np.ndarray, of: Grid) -> None:
    found = measured(layer, pixels, of)
    for number, shape in enumerate(layer):
        expected = None if shape is None else of_rasterstats(shape, pixels, of)
        if expected is None:
            continue
        if not expected["count"]:
            # A zone of no pixels, or one that does not even meet the raster, is not there at all.
            assert found.get(number, {"count": 0})["count"] == 0
            if number in found:
                assert found[number]["nodata"] == expected["nodata"]
            continue
        ours = found[number]
        assert ours.pop("std") == pytest.approx(expected.pop("std"), rel=1e-9, abs=1e-12)
        assert ours == {name: expected[name] for name in ours}


@given(shapes.zones(), rasters(), grids())
def test_statistics_are_those_of_plain_numpy(layer: list[Any], pixels: np.ndarray, of: Grid) -> None:
    """The pixels of each zone, one by one, from a rasteriser that is tested by itself."""
    found = measured(layer, pixels, of)
    for number, geometry in enumerate(parsed(layer, of)):
        runs = rasterise([geometry], of)
        values, outside = [], 0
        for row, start, stop in zip(runs.row.tolist(), runs.start.tolist(), runs.stop.tolist()):
            for column in range(start, stop):
                if 0 <= row < HEIGHT and 0 <= column < WIDTH:
                    values.append(int(pixels[row, column]))
                else:
                    outside += 1
        valid = np.array([value for value in values if value != NODATA])
        if number not in found:
            assert not values
            continue
        assert (found[number]["count"], found[number]["nodata"]) == (len(valid), len(values) - len(valid) + outside)
        if len(valid):
            assert (found[number]["min"], found[number]["max"]) == (valid.min(), valid.max())
            assert found[number]["mean"] == int(valid.sum()) / len(valid)
            assert found[number]["std"] == pytest.approx(np.std(valid), rel=1e-9, abs=1e-9)
            assert [found[number][name] for name in QUARTILES] == np.percentile(valid, [25, 50, 75]).tolist()


@given(shapes.zones(), rasters(), grids(), st.randoms(use_true_random=False))
def test_any_order_any_split_any_grid_of_blocks(
    layer: list[Any], pixels: np.ndarray, of: Grid, chance: random.Random
) -> None:
    """Exactly the same, the last bit of the floats included."""
    whole = measured(layer, pixels, shapes.grid(WIDTH, HEIGHT))
    assert measured(layer, pixels, of) == whole

    index = rasterise_zones(parsed(layer, of), of)
    blocks = all_blocks(index)
    chance.shuffle(blocks)
    shares = [[] for _ in range(chance.randint(1, 5))]
    for runs in blocks:
        chance.choice(shares).append(runs)
    parts = [gathered(index, pixels, share) for share in shares]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts[0].merge(parts.pop())
    assert rows(index, parts[0]) == whole


@given(shapes.zones(), rasters(), grids(), st.integers(1, 400), st.randoms(use_true_random=False))
def test_large_zones_batches_and_portions_change_nothing(
    layer: list[Any], pixels: np.ndarray, of: Grid, large: int, chance: random.Random
) -> None:
    whole = measured(layer, pixels, of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zones, "LARGE_ZONE", large)
        patch.setattr(statistics, "LARGE_ZONE", large)
        patch.setattr(zones, "LARGE_ZONES_AT_ONCE", 2)
        patch.setattr(statistics, "_PIXELS_AT_ONCE", 64)
        assert measured(layer, pixels, of) == whole
        index = rasterise_zones(parsed(layer, of), of)
        blocks = all_blocks(index)
        at = chance.randint(0, len(blocks))
        first, second = gathered(index, pixels, blocks[at:]), gathered(index, pixels, blocks[:at])
        first.merge(second)
        assert rows(index, first) == whole


@given(shapes.areas(), rasters(), st.integers(-30, 30), st.integers(-30, 30))
def test_a_shifted_zone_on_a_shifted_raster(area: Any, pixels: np.ndarray, columns: int, rows_down: int) -> None:
    """What counts is where the zone is in the raster, not where both are in the world; all numbers are exact here."""
    from shapely.affinity import translate

    here = shapes.grid(7, 11)
    there = Grid(32740, here.left + 10 * columns, here.top - 10 * rows_down, 10.0, WIDTH, HEIGHT, 13, 5)
    mapped = shapely.geometry.shape(_whole_metres(shapely.geometry.mapping(to_map(area, here))))
    moved = translate(mapped, 10 * columns, -10 * rows_down)
    found = []
    for shape, of in ((mapped, here), (moved, there)):
        index = rasterise_zones([parse_wkb(shape.wkb)], of)
        found.append(rows(index, gathered(index, pixels, all_blocks(index))))
    assert found[0] == found[1]


def _whole_metres(value: Any) -> Any:
    if isinstance(value, dict):
        return {**value, "coordinates": _whole_metres(value["coordinates"])}
    return float(round(value)) if isinstance(value, float) else tuple(map(_whole_metres, value))


@given(shapes.zones(), rasters(), grids())
def test_sums_of_a_raster_of_bytes(layer: list[Any], pixels: np.ndarray, of: Grid) -> None:
    bytes_ = (pixels % 101).astype(np.uint8)
    index = rasterise_zones(parsed(layer, of), of)
    sums = np.zeros(len(index.number), np.int64)
    for runs in all_blocks(index):
        sums[zones_in(runs)] += sum_values(runs, read(bytes_, runs))
    for number, shape in enumerate(layer):
        expected = None if shape is None else of_rasterstats(shape, bytes_.astype(np.int16), of)
        if expected is not None and expected["count"]:
            (here,) = np.flatnonzero(index.number == number)
            assert sums[here] == round(expected["mean"] * expected["count"])


@given(shapes.zones(), grids())
def test_each_pixel_of_a_zone_is_in_one_block(layer: list[Any], of: Grid) -> None:
    index = rasterise_zones(parsed(layer, of), of)
    seen = np.zeros((len(index.number), HEIGHT, WIDTH), int)
    for runs in all_blocks(index):
        for zone, start, length in zip(runs.zone.tolist(), runs.start.tolist(), runs.length.tolist()):
            row, column = divmod(start, runs.window.width)
            assert column + length <= runs.window.width
            seen[zone, runs.window.row + row, runs.window.column + column :][:length] += 1
    assert seen.max(initial=0) <= 1
    outside = index.pixels - seen.sum(axis=(1, 2))
    assert (outside >= 0).all()


@given(shapes.zones(), st.tuples(*[st.integers(-20, 60)] * 4))
def test_a_zone_meets_a_rectangle_where_geos_says_so(layer: list[Any], corners: tuple[int, int, int, int]) -> None:
    """Of polygons that cross themselves GEOS says nothing, and a touch is a matter of the last bit: both left out."""
    of = shapes.grid()
    x1, x2 = sorted(corners[:2])
    y1, y2 = sorted(corners[2:])
    rectangle = to_map(shapely.geometry.box(x1, y1, x2 + 1, y2 + 1), of)
    for shape in layer:
        if shape is None or not shape.is_valid:
            continue
        mapped = to_map(shape, of)
        expected = mapped.intersects(rectangle)
        if expected == mapped.intersects(rectangle.buffer(1e-6)) == mapped.intersects(rectangle.buffer(-1e-6)):
            assert any_zone_meets([parse_wkb(mapped.wkb)], rectangle.bounds) == expected


def test_a_zone_has_the_same_pixels_whatever_comes_before_it() -> None:
    """Zones are worked on some at a time: one of very many vertices ends a lot, and begins another."""
    of = shapes.grid()
    small = [shapely.geometry.box(n, n, n + 3.4, n + 2.6) for n in range(6)]
    layer = [to_map(shape, of) for shape in (*small, shapely.geometry.Point(20, 20).buffer(9, 20_000), *small[::-1])]
    together = rasterise_zones([parse_wkb(shape.wkb) for shape in layer], of)
    alone = [rasterise_zones([parse_wkb(shape.wkb)], of) for shape in layer]
    assert together.number.tolist() == list(range(len(layer)))
    assert together.pixels.tolist() == [int(index.pixels[0]) for index in alone]
    assert pixels_of(together) == {
        (number, *pixel) for number, index in enumerate(alone) for _, *pixel in pixels_of(index)
    }


def pixels_of(index: ZonePixels) -> set[tuple[int, int, int]]:
    """Return (zone, row, column) of every pixel of every zone."""
    return {
        (int(index.number[zone]), runs.window.row + row, runs.window.column + column + step)
        for runs in all_blocks(index)
        for zone, start, length in zip(runs.zone.tolist(), runs.start.tolist(), runs.length.tolist())
        for row, column in [divmod(start, runs.window.width)]
        for step in range(length)
    }


def test_means_and_deviations_do_not_lose_digits() -> None:
    """Nearly constant values far from zero, where sums of squares in floats cancel."""
    of = Grid(32740, 0.0, 10_000.0, 10.0, 1000, 1000, 256, 256)
    pixels = np.full((1000, 1000), 32767, np.int16)
    pixels[500, 500] = 32766
    index = rasterise_zones([parse_wkb(shapely.geometry.box(0, 0, 10_000, 10_000).wkb)], of)
    found = rows(index, gathered(index, pixels, all_blocks(index)))[0]
    assert found["mean"] == (32767 * 999_999 + 32766) / 1_000_000
    assert found["std"] == pytest.approx(np.sqrt(1e-6 * (1 - 1e-6)), rel=1e-9)
    assert (found["count"], found["min"], found["max"]) == (1_000_000, 32766, 32767)
