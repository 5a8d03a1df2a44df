"""Rasters of 20 m read for blocks of 10 m: each block decoded once, and what is read is what is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.arrays import NDArray
from sen2chain_ts_plugin.engine.raster.grid import Boxes, Grid, Window
from sen2chain_ts_plugin.engine.sources.halved import HalvedRaster, Wanted, by_twos, doubled, parts_of

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
            assert np.array_equal(doubled(patch.pixels[patch.inner], box, patch.shift), expected)
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


def test_small_rectangles_are_worked_on_alone() -> None:
    window = Window(1024, 0, 1024, 1024)
    few = np.array([[0, 0, 10, 10], [500, 500, 520, 530]])
    assert parts_of(Wanted(window, few)) == [(0, 0, 10, 10), (500, 500, 520, 530)]
    assert parts_of(Wanted(window, few.repeat(300, axis=0))) == [(0, 0, 1024, 1024)]
    assert parts_of(Wanted(window, np.array([[0, 0, 1024, 1024]]))) == [(0, 0, 1024, 1024)]
