"""A raster of 20 m, read for the blocks of a raster of 10 m: each of its blocks decoded once, held while it is needed.

Four blocks of 10 m share one of 20 m, and more where a pixel depends on those around it (dilation, resampling). So all
that will be read is said first; then each block of 20 m is decoded, only where something is needed of it, when the
first block of 10 m asks for it, and dropped after the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Boxes, Grid, Window
from ..raster.readers import Reader, reading

# A rectangle in a window: first column, first row, column after the last and row after the last.
Box = tuple[int, int, int, int]


class Wanted(NamedTuple):
    """A window of a raster, usually a block, and the rectangles in it that will be looked at."""

    window: Window
    boxes: Boxes


@dataclass(frozen=True)
class Patch:
    """Pixels of 20 m around a rectangle of 10 m.

    Attributes
    ----------
    pixels
        those that hold the rectangle, and the margin around them as far as the raster goes.
    inner
        where those that hold the rectangle are.
    shift
        of the first row and the first column of the rectangle in the doubled inner pixels: 0 or 1.
    """

    pixels: NDArray[Any]
    inner: tuple[slice, slice]
    shift: tuple[int, int]


class HalvedRaster:
    """A raster of twice the pixel size, for windows that are read in any order.

    Parameters
    ----------
    path, reader
        the raster.
    margin
        how many of its pixels around a rectangle are needed, at most.
    wanted
        the windows of the finer raster that will be read.
    """

    def __init__(self, path: Path, reader: Reader, margin: int, wanted: Sequence[Wanted]) -> None:
        self._path = path
        self._reader = reader
        self._margin = margin
        self._boxes: dict[int, list[Boxes]] = defaultdict(list)
        self._blocks_of: list[list[int]] = []
        self._uses: dict[int, int] = defaultdict(int)
        self._held: dict[int, NDArray[Any]] = {}
        for each in wanted:
            blocks = list(self._plan(each))
            self._blocks_of.append(blocks)
            for block in blocks:
                self._uses[block] += 1

    def _plan(self, wanted: Wanted) -> Iterator[int]:
        """Note what is needed of each block for a window, and yield these blocks."""
        grid = self._reader.grid
        areas = self._areas(wanted)
        size = np.array([grid.block_width, grid.block_height])
        (left, top), (right, bottom) = areas[:, :2].min(axis=0) // size, (areas[:, 2:].max(axis=0) - 1) // size
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                block = row * grid.block_columns + column
                window = _block_window(grid, block)
                corner = np.array([window.column, window.row] * 2)
                inside = np.clip(areas - corner, 0, [window.width, window.height] * 2)
                inside = inside[(inside[:, :2] < inside[:, 2:]).all(axis=1)]
                if len(inside):
                    self._boxes[block].append(inside)
                    yield block

    def _areas(self, wanted: Wanted) -> Boxes:
        """Return the rectangles of this raster that are needed for a window, with the margin."""
        grid, window = self._reader.grid, wanted.window
        boxes = wanted.boxes + np.array([window.column, window.row] * 2)
        low, high = boxes[:, :2] // 2 - self._margin, (boxes[:, 2:] + 1) // 2 + self._margin
        return np.hstack([np.maximum(low, 0), np.minimum(high, [grid.width, grid.height])])

    def load(self, number: int) -> None:
        """Decode what is needed for a window and not held yet."""
        for block in self._blocks_of[number]:
            if block not in self._held:
                window = _block_window(self._reader.grid, block)
                with reading(self._path):
                    self._held[block] = self._reader.read(window, np.concatenate(self._boxes.pop(block)))

    def release(self, number: int) -> None:
        """Drop what no later window needs."""
        for block in self._blocks_of[number]:
            self._uses[block] -= 1
            if not self._uses[block]:
                self._held.pop(block, None)

    def patch(self, window: Window, box: Box, margin: int) -> Patch:
        """Return the pixels around a rectangle of a window that is loaded.

        Parameters
        ----------
        window
            of the finer raster.
        box
            in the window: first column, first row, column after the last, row after the last.
        margin
            how many pixels around it are needed.
        """
        grid = self._reader.grid
        left, top = window.column + box[0], window.row + box[1]
        right, bottom = window.column + box[2], window.row + box[3]
        columns, rows = (left // 2, (right + 1) // 2), (top // 2, (bottom + 1) // 2)
        first_column, first_row = max(columns[0] - margin, 0), max(rows[0] - margin, 0)
        last_column, last_row = min(columns[1] + margin, grid.width), min(rows[1] + margin, grid.height)
        return Patch(
            self._pixels(first_row, last_row, first_column, last_column),
            (
                slice(rows[0] - first_row, rows[1] - first_row),
                slice(columns[0] - first_column, columns[1] - first_column),
            ),
            (top % 2, left % 2),
        )

    def _pixels(self, top: int, bottom: int, left: int, right: int) -> NDArray[Any]:
        """Return a rectangle of the raster, put together from the blocks that hold it; 0 where nothing was needed."""
        grid = self._reader.grid
        rows = range(top // grid.block_height, (bottom - 1) // grid.block_height + 1)
        columns = range(left // grid.block_width, (right - 1) // grid.block_width + 1)
        numbers = [row * grid.block_columns + column for row in rows for column in columns]
        if len(numbers) == 1 and numbers[0] in self._held:
            window = _block_window(grid, numbers[0])
            block = self._held[numbers[0]]
            return block[top - window.row : bottom - window.row, left - window.column : right - window.column]
        pixels = np.zeros((bottom - top, right - left), self._reader.dtype)
        for number in numbers:
            if number in self._held:
                block = self._held[number]
                window = _block_window(grid, number)
                low_row, high_row = max(top, window.row), min(bottom, window.row + window.height)
                low_column, high_column = max(left, window.column), min(right, window.column + window.width)
                pixels[low_row - top : high_row - top, low_column - left : high_column - left] = block[
                    low_row - window.row : high_row - window.row,
                    low_column - window.column : high_column - window.column,
                ]
        return pixels


def by_twos(grid: Grid, wanted: Sequence[Wanted]) -> list[int]:
    """Return an order of the blocks of a grid in which four neighbours that share a block of 20 m follow each other."""

    def place(number: int) -> tuple[int, int, int, int]:
        window = wanted[number].window
        pair = (window.row // (2 * grid.block_height), window.column // (2 * grid.block_width))
        return (*pair, window.row, window.column)

    return sorted(range(len(wanted)), key=place)


def _block_window(grid: Grid, block: int) -> Window:
    column = block % grid.block_columns * grid.block_width
    row = block // grid.block_columns * grid.block_height
    return Window(column, row, min(grid.block_width, grid.width - column), min(grid.block_height, grid.height - row))
