"""Rasters of 20 m read for blocks of 10 m: each block decoded once, and what is read is what is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.arrays import NDArray
from sen2chain_ts_plugin.engine.raster.grid import Boxes, Grid, Window
from sen2chain_ts_plugin.engine.sources.halved import HalvedRaster, Wanted, by_twos
from sen2chain_ts_plugin.engine.sources.parts import Part, parts_of

UNKNOWN = 250


class Memory:
    """A raster in memory that reads like a file, and shows only what was asked for."""

    dtype = "uint8"
    nodata = None

    def __init__(self, pixels: NDArray[np.uint8], block: tuple[int, int]) -> None:
        self.pixels = pixels
        self.grid = Grid(32740, 0, 0, 20, pixels.shape[1], pixels.shape[0], *block)
        self.decoded: Counter[Window] = Counter()

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        assert needed is not None
        self.decoded[window] += 1
        whole = self.pixels[window.row : window.row + window.height, window.column : window.column + window.width]
        part = np.full_like(whole, UNKNOWN)
        for left, top, right, bottom in needed.tolist():
            assert 0 <= left < right <= window.width
            assert 0 <= top < bottom <= window.height
            part[top:bottom, left:right] = whole[top:bottom, left:right]
        return part

    def close(self) -> None:
        """Nothing to release."""


@st.composite
def cases(draw: st.DrawFn) -> tuple[Memory, Grid, list[Wanted], int]:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    width, height = draw(st.integers(2, 60)), draw(st.integers(2, 60))
    raster = Memory(
        random.integers(0, 100, (height, width)).astype(np.uint8), (draw(st.integers(3, 40)), draw(st.integers(3, 40)))
    )
    block_width, block_height = draw(st.integers(3, 50)), draw(st.integers(3, 50))
    grid = Grid(32740, 0, 0, 10, 2 * width, 2 * height, block_width, block_height)
    wanted = []
    for row in range(0, grid.height, block_height):
        for column in range(0, grid.width, block_width):
            window = Window(column, row, min(block_width, grid.width - column), min(block_height, grid.height - row))
            number = int(random.integers(0, 4))
            if number:
                first = random.integers(0, [window.width, window.height], (number, 2))
                size = random.integers(1, 9, (number, 2))
                last = np.minimum(first + size, [window.width, window.height])
                wanted.append(Wanted(window, np.hstack([first, last]).astype(np.int64)))
    return raster, grid, wanted, draw(st.integers(0, 7))


@given(cases())
def test_what_is_read_is_what_is_there(case: tuple[Memory, Grid, list[Wanted], int]) -> None:
    raster, grid, wanted, margin = case
    halved = HalvedRaster(Path("raster.jp2"), raster, margin, wanted)
    fine = raster.pixels.repeat(2, axis=0).repeat(2, axis=1)
    order = by_twos(grid, wanted)
    assert sorted(order) == list(range(len(wanted)))
    for number in order:
        window, boxes = wanted[number]
        halved.load(number)
        for left, top, right, bottom in boxes.tolist():
            box = (left, top, right, bottom)
            patch = halved.patch(window, box, margin)
            assert not (patch.pixels == UNKNOWN).any()
            expected = fine[window.row + top : window.row + bottom, window.column + left : window.column + right]
            assert np.array_equal(Part(box).nearest(patch.pixels[patch.inner], patch), expected)
            rows, columns = patch.inner
            above = (window.row + top) // 2
            assert rows.start == min(margin, above)
            assert patch.pixels.shape[0] - rows.stop == min(margin, raster.grid.height - (window.row + bottom + 1) // 2)
            left_of = (window.column + left) // 2
            assert columns.start == min(margin, left_of)
        halved.release(number)
    assert not raster.decoded or max(raster.decoded.values()) == 1
    assert not halved._held  # a raster of a whole tile must not stay in memory


def test_blocks_that_share_one_of_20_m_follow_each_other() -> None:
    grid = Grid(32740, 0, 0, 10, 40, 40, 10, 10)
    windows = [Window(column, row, 10, 10) for row in range(0, 40, 10) for column in range(0, 40, 10)]
    box = np.array([[0, 0, 1, 1]])
    order = by_twos(grid, [Wanted(window, box) for window in windows])
    assert order[:8] == [0, 1, 4, 5, 2, 3, 6, 7]


@st.composite
def windows(draw: st.DrawFn) -> Wanted:
    """A window with few or many rectangles, small or large."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    width, height = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    first = random.integers(0, [width, height], (draw(st.sampled_from([1, 2, 8, 60])), 2))
    last = np.minimum(first + random.integers(1, draw(st.sampled_from([3, 12, 400])) + 1, first.shape), [width, height])
    return Wanted(Window(draw(st.integers(0, 9)), draw(st.integers(0, 9)), width, height), np.hstack([first, last]))


@given(windows())
def test_the_parts_of_a_window_hold_its_rectangles(wanted: Wanted) -> None:
    column, row = wanted.window.column, wanted.window.row
    height, width, boxes = wanted.window.height, wanted.window.width, wanted.boxes
    needed, held = np.zeros((2, height, width), bool)
    for left, top, right, bottom in boxes.tolist():
        needed[top:bottom, left:right] = True
    values = np.arange(width * height).reshape(height, width)
    raster = Memory(
        np.random.default_rng(1).integers(0, 99, ((row + height) // 2 + 1, (column + width) // 2 + 1)).astype(np.uint8),
        (64, 64),
    )
    halved = HalvedRaster(Path("raster.jp2"), raster, 1, [wanted])
    halved.load(0)
    fine = raster.pixels.repeat(2, axis=0).repeat(2, axis=1)[row : row + height, column : column + width]
    for part in parts_of(wanted):
        part.put(held, True)
        copied, some = np.zeros_like(values), part.of(values) % 3 == 0
        part.put(copied, part.of(values))
        part.put(copied, -1, some)
        there = copied != 0
        assert np.array_equal(copied[there], np.where(values % 3 == 0, -1, values)[there])
        patch = halved.patch(wanted.window, part.box, 1)
        known = part.nearest(patch.pixels[patch.inner], patch)
        inside = part.of(needed)
        assert np.array_equal(known[inside], part.of(fine)[inside])
    assert held[needed].all()


@pytest.mark.parametrize(
    ("number", "side", "parts", "listed"),
    [(2, 12, 2, False), (300, 12, 1, True), (1, 1024, 1, False), (300, 60, 1, False), (1, 600, 1, False)],
)
def test_the_cheapest_way_is_taken(number: int, side: int, parts: int, listed: bool) -> None:
    corner = np.random.default_rng(0).integers(0, 1025 - side, (number, 2))
    found = parts_of(Wanted(Window(1024, 0, 1024, 1024), np.hstack([corner, corner + side])))
    assert len(found) == parts
    assert [part.listed is not None for part in found] == [listed] * parts
    if parts == 1 and number > 1:
        assert found[0].box == (0, 0, 1024, 1024)
