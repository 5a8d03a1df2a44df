"""Statistics by shares: beside the rule written out pixel by pixel, beside exactextract, in any order of blocks."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.extraction import weighted_statistics
from sen2chain_ts_plugin.engine.extraction.statistics import Accumulator, count_nodata, sum_values, zones_in
from sen2chain_ts_plugin.engine.extraction.weighted_statistics import WeightedAccumulator, accumulator_of
from sen2chain_ts_plugin.engine.extraction.zone_sums import ZoneSums
from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.zones import pixel_runs
from sen2chain_ts_plugin.engine.zones.coverage import cover
from sen2chain_ts_plugin.engine.zones.pixel_rules import PixelRule
from sen2chain_ts_plugin.engine.zones.pixel_runs import BlockRuns, ZonePixels, rasterise_zones
from sen2chain_ts_plugin.engine.zones.wkb import Geometry
from tests.support.shapes import HEIGHT, WIDTH, all_blocks, areas, grid, grids, parsed, read

NODATA = 16383
FRACTION = PixelRule("fraction")
QUARTILES = {"percentile_25": 0.25, "median": 0.5, "percentile_75": 0.75}


@st.composite
def rasters(draw: st.DrawFn) -> np.ndarray:
    """Rasters of int16, from two values to the whole range, with any share of nodata."""
    low = draw(st.integers(-16384, 16382))
    high = draw(st.integers(low, min(low + draw(st.sampled_from([0, 1, 5, 32766])), 16382)))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    pixels = numbers.integers(low, high + 1, (HEIGHT, WIDTH)).astype(np.int16)
    pixels[numbers.random(pixels.shape) < draw(st.sampled_from([0, 0.1, 0.5, 0.95, 1]))] = NODATA
    return pixels


def layers() -> st.SearchStrategy[list[Any]]:
    return st.lists(st.one_of(areas(), st.none()), min_size=1, max_size=6)


def gathered(index: ZonePixels, pixels: np.ndarray, blocks: list[BlockRuns]) -> Any:
    accumulator = accumulator_of(index, NODATA)
    for runs in blocks:
        nodata = accumulator.add(runs, read(pixels, runs))
        assert nodata.tolist() == count_nodata(runs, read(pixels, runs), NODATA).tolist()
    return accumulator


def bytes_of(accumulator: Any) -> list[bytes]:
    seen = accumulator.count > 0
    return [accumulator.count.tobytes(), accumulator.nodata().tobytes()] + [
        values[seen].tobytes() for values in accumulator.result().values()
    ]


def by_the_rule(values: np.ndarray, shares: np.ndarray) -> dict[str, float]:
    """Return the statistics of a zone as the rule says them, pixel after pixel."""
    order = np.lexsort((shares, values))
    values, shares = values[order].astype(float), shares[order]
    total, n = sum(shares), len(values)
    mean = sum(shares * values) / total
    found = {
        "count": total, "min": values[0], "max": values[-1], "mean": mean,
        "std": np.sqrt(sum(shares * (values - mean) ** 2) / total),
    }  # fmt: skip
    steps = [k * shares[k] + (n - 1) * sum(shares[:k]) for k in range(n)]
    for name, share in QUARTILES.items():
        found[name] = float(np.interp(share * steps[-1], steps, values)) if n > 1 else values[0]
    return found


def pixels_of(geometry: Geometry, pixels: np.ndarray, of: Grid) -> tuple[np.ndarray, np.ndarray, float]:
    """Return values and shares of the pixels of a zone that have data, and the share of the others."""
    runs = cover([geometry], of)
    values, shares, without = [], [], 0.0
    for row, start, stop, share in zip(
        *(np.asarray(each).tolist() for each in (runs.row, runs.start, runs.stop, runs.share))
    ):
        for column in range(start, stop):
            inside = 0 <= row < HEIGHT and 0 <= column < WIDTH
            if inside and pixels[row, column] != NODATA:
                values.append(int(pixels[row, column]))
                shares.append(share)
            else:
                without += share
    return np.array(values), np.array(shares), without


@given(layers(), rasters(), grids(), st.sampled_from([7, 1 << 17]))
def test_statistics_follow_the_rule(layer: list[Any], pixels: np.ndarray, of: Grid, large: int) -> None:
    """Also of large zones, of which only a histogram is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weighted_statistics, "LARGE_ZONE", large)
        index = rasterise_zones(parsed(layer, of), of, FRACTION)
        accumulator = gathered(index, pixels, all_blocks(index))
    place = {number: position for position, number in enumerate(index.number.tolist())}
    for number, geometry in enumerate(parsed(layer, of)):
        values, shares, without = pixels_of(geometry, pixels, of)
        if number not in place:
            assert not len(values)
            continue
        at = place[number]
        assert accumulator.nodata()[at] == pytest.approx(without, abs=1e-9)
        if not len(values):
            assert accumulator.count[at] == 0
            continue
        expected = by_the_rule(values, shares)
        found = {name: each[at] for name, each in accumulator.result().items()} | {"count": accumulator.count[at]}
        assert found.pop("std") == pytest.approx(expected.pop("std"), rel=1e-7, abs=1e-6)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)
        assert found["min"] <= found["percentile_25"] <= found["median"] <= found["percentile_75"] <= found["max"]


@given(layers(), rasters(), grids(), st.randoms(use_true_random=False), st.sampled_from([7, 1 << 17]))
def test_any_order_and_any_split_give_the_same_bytes(
    layer: list[Any], pixels: np.ndarray, of: Grid, chance: random.Random, large: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weighted_statistics, "LARGE_ZONE", large)
        index = rasterise_zones(parsed(layer, of), of, FRACTION)
        blocks = all_blocks(index)
        whole = gathered(index, pixels, blocks)
        chance.shuffle(blocks)
        cut = sorted(chance.randint(0, len(blocks)) for _ in range(2))
        parts = [gathered(index, pixels, blocks[a:b]) for a, b in zip([0, *cut], [*cut, len(blocks)])]
        chance.shuffle(parts)
        for part in parts[1:]:
            parts[0].merge(part)
    assert bytes_of(parts[0]) == bytes_of(whole)
    assert parts[0].may_have_rows().tolist() == (whole.count > 0).tolist()


@given(layers(), grids(), st.randoms(use_true_random=False))
def test_sums_of_blocks_do_not_depend_on_their_order(layer: list[Any], of: Grid, chance: random.Random) -> None:
    index = rasterise_zones(parsed(layer, of), of, FRACTION)
    pixels = np.random.default_rng(0).integers(0, 101, (HEIGHT, WIDTH)).astype(np.uint8)
    blocks = all_blocks(index)

    def total(groups: list[list[BlockRuns]]) -> bytes:
        sums = []
        for group in groups:
            sums.append(ZoneSums(index))
            for runs in group:
                sums[-1].add(runs, sum_values(runs, read(pixels, runs)))
        for other in sums[1:]:
            sums[0].merge(other)
        return sums[0].total().tobytes()

    expected = total([blocks])
    chance.shuffle(blocks)
    cut = chance.randint(0, len(blocks))
    assert total([blocks[cut:], blocks[:cut]]) == expected


@given(st.integers(1, 30), st.integers(1, 25), rasters())
def test_whole_pixels_give_the_bytes_of_the_centre(width: int, height: int, pixels: np.ndarray) -> None:
    from shapely.geometry import box

    of = grid()
    zone = parsed([box(3, 4, 3 + width, 4 + height)], of)
    plain = rasterise_zones(zone, of)
    centre = Accumulator(plain, NODATA)
    for runs in all_blocks(plain):
        centre.add(runs, read(pixels, runs))
    index = rasterise_zones(zone, of, FRACTION)
    shares = gathered(index, pixels, all_blocks(index))
    assert isinstance(shares, WeightedAccumulator)
    assert shares.count.tolist() == centre.count.tolist()
    assert shares.nodata().tolist() == centre.nodata().tolist()
    if centre.count[0]:
        ours, theirs = shares.result(), centre.result()
        for name in ("min", "max", *QUARTILES):
            assert ours[name].tolist() == theirs[name].tolist(), name
        for name in ("mean", "std"):
            assert ours[name][0] == pytest.approx(theirs[name][0], rel=1e-14, abs=1e-9), name


@given(areas(), st.integers(0, 2**32))
def test_statistics_are_those_of_exactextract(shape: Any, seed: int) -> None:
    """Where no two pixels have one value: equal ones exactextract merges before it looks for quantiles."""
    exactextract = pytest.importorskip("exactextract")
    import shapely.affinity
    import shapely.geometry

    if not shape.is_valid or shape.area < 0.1:
        shape = shapely.geometry.box(3.3, 4.4, 9.7, 8.2)
    of = grid()
    pixels = np.random.default_rng(seed).permutation(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH).astype(np.int16)
    index = rasterise_zones(parsed([shape], of), of, FRACTION)
    if not len(index.number):
        return
    accumulator = gathered(index, pixels, all_blocks(index))
    if accumulator.count[0] < 1e-3:
        return
    raster = exactextract.raster.NumPyRasterSource(pixels.astype(np.float64), xmin=0, ymin=-HEIGHT, xmax=WIDTH, ymax=0)
    flipped = shapely.affinity.scale(shape, 1, -1, origin=(0, 0))
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(flipped)}
    operations = ["count", "mean", "std=stdev", "min", "max", "median"]
    operations += ["percentile=quantile(q=0.25)", "percentile=quantile(q=0.75)"]
    (found,) = exactextract.exact_extract(raster, feature, operations)
    ours = {name: values[0] for name, values in accumulator.result().items()} | {"count": accumulator.count[0]}
    assert ours == pytest.approx(found["properties"], rel=2e-6, abs=2e-3)  # of theirs, shares are float32


def test_equal_values_are_ordered_by_share() -> None:
    """1 1 1 2 has the median 1; merging equal values would give 1.5."""
    values = weighted_statistics._statistics(np.array([1, 1, 1, 2], np.int16), np.ones(4), np.array([4]))
    assert values[5].tolist() == [1.0]
    shares = np.array([0.25, 0.5, 0.75, 1.0])
    (median,) = weighted_statistics._statistics(np.array([3, 3, 1, 2], np.int16), shares, np.array([4]))[5].tolist()
    assert median == pytest.approx(by_the_rule(np.array([3, 3, 1, 2]), shares)["median"])


def test_many_large_zones_share_blocks_in_several_lists() -> None:
    """Sums of the same block for other zones are kept apart."""
    from shapely.geometry import box

    of = grid()
    zones = parsed([box(1.5 + n, 1.5, 30.5, 25.5) for n in range(5)], of)
    pixels = np.random.default_rng(1).integers(0, 101, (HEIGHT, WIDTH)).astype(np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pixel_runs, "LARGE_ZONE", 10)
        patch.setattr(pixel_runs, "LARGE_ZONES_AT_ONCE", 2)
        index = rasterise_zones(zones, of, FRACTION)
    assert len(index.blocks) > 1
    sums = ZoneSums(index)
    for runs in all_blocks(index):
        sums.add(runs, sum_values(runs, read(pixels, runs)))
        assert set(zones_in(runs)) <= set(range(5))
    for zone, total in enumerate(sums.total().tolist()):
        values, shares, _ = pixels_of(zones[zone], pixels.astype(np.int16), of)
        assert total == pytest.approx(sum(values * shares))
