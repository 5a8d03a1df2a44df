"""Square views into rasters: pixels around a zone, read block by block and thinned out to the size of a picture."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..raster.grid import Grid, Window
from ..raster.readers import Reader, reading
from ..zones.wkb import Geometry

# Pixels of a view per side; a larger one is thinned out.
MOST_PIXELS = 500
# The least that a view shows of the surroundings of a zone, in m per side.
_LEAST_SIDE = 200.0
# Blocks kept decoded, 2 MB each of an index: what neighbours on one row of blocks share.
_KEPT_BLOCKS = 12


@dataclass(frozen=True)
class View:
    """A square in the CRS of a tile: its west and north side, and how long they are, in m."""

    west: float
    north: float
    side: float


def view_of(geometry: Geometry, margin: float) -> View | None:
    """Return the square around a zone with a margin in m; None for a zone without geometry."""
    parts = geometry.parts()
    if not parts:
        return None
    low = np.min([part.min(axis=0) for part in parts], axis=0)
    high = np.max([part.max(axis=0) for part in parts], axis=0)
    side = max(float((high - low).max()) + 2 * margin, _LEAST_SIDE)
    centre = (low + high) / 2
    return View(float(centre[0]) - side / 2, float(centre[1]) + side / 2, side)


class Blocks:
    """The decoded blocks of one open raster, the last ones used kept.

    Parameters
    ----------
    reader
        the raster.
    path
        its file, for messages.
    check
        called before each block that has to be decoded; raises Cancelled when nobody waits for it any more.
    once
        there will be one view: of each block only what it shows is decoded, and none is kept.
    """

    def __init__(self, reader: Reader, path: Path, check: Callable[[], None], *, once: bool = False) -> None:
        self.grid = reader.grid
        self._reader = reader
        self._path = path
        self._check = check
        self._once = once
        self._kept: OrderedDict[tuple[int, int], np.ndarray] = OrderedDict()

    def read(self, view: View, outside: int, most: int = MOST_PIXELS) -> np.ndarray:
        """Return the pixels of a view, at most ``most`` per side; ``outside`` where the raster has none.

        Returns
        -------
        ndarray
            of the raster's dtype, shape (n, n), or (3, n, n) for a picture of three bands.
        """
        columns, rows = _places(view, self.grid, most)
        width, height = self.grid.block_width, self.grid.block_height
        pixels: np.ndarray | None = None
        inside_columns = (columns >= 0) & (columns < self.grid.width)
        inside_rows = (rows >= 0) & (rows < self.grid.height)
        for block_row in np.unique(rows[inside_rows] // height).tolist():
            down = np.flatnonzero(inside_rows & (rows // height == block_row))
            for block_column in np.unique(columns[inside_columns] // width).tolist():
                across = np.flatnonzero(inside_columns & (columns // width == block_column))
                box = (
                    columns[across[0]] - block_column * width, rows[down[0]] - block_row * height,
                    columns[across[-1]] - block_column * width + 1, rows[down[-1]] - block_row * height + 1,
                )  # fmt: skip
                block = self._block(block_row, block_column, box)
                if pixels is None:
                    pixels = np.full((*block.shape[:-2], len(rows), len(columns)), outside, block.dtype)
                part = block[..., rows[down, None] - block_row * height, columns[None, across] - block_column * width]
                pixels[..., down[0] : down[-1] + 1, across[0] : across[-1] + 1] = part
        if pixels is None:
            bands = () if self._reader.bands == 1 else (self._reader.bands,)
            pixels = np.full((*bands, len(rows), len(columns)), outside, self._reader.dtype)
        return pixels

    def _block(self, row: int, column: int, box: tuple[int, int, int, int]) -> np.ndarray:
        """Return a block; where no other view will need it, only a rectangle of it has to be defined."""
        key = (row, column)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._check()
        grid = self.grid
        left, top = column * grid.block_width, row * grid.block_height
        window = Window(left, top, min(grid.block_width, grid.width - left), min(grid.block_height, grid.height - top))
        with reading(self._path):
            block: Any = self._reader.read(window, np.array([box]) if self._once else None)
        if not self._once:
            self._kept[key] = block
            if len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return block


def block_order(view: View, grid: Grid) -> tuple[int, int]:
    """Return a key that brings views into the same blocks together."""
    row = int((grid.top - view.north) / grid.pixel // grid.block_height)
    return row, int((view.west - grid.left) / grid.pixel // grid.block_width)


@dataclass(frozen=True)
class Frame:
    """Where the pixels of a view are: the first column and row of the raster, how many there are, and every which one.

    Attributes
    ----------
    column, row
        of the raster; may be outside of it.
    count
        pixels per side of what is read.
    step
        pixels of the raster per pixel that is read.
    """

    column: int
    row: int
    count: int
    step: int

    def transform(self, grid: Grid) -> tuple[float, float, float, float, float, float]:
        """Return GDAL's six coefficients of what is read."""
        size = self.step * grid.pixel
        return (grid.left + self.column * grid.pixel, size, 0.0, grid.top - self.row * grid.pixel, 0.0, -size)


def frame_of(view: View, grid: Grid, most: int = MOST_PIXELS) -> Frame:
    """Return which pixels of a raster a view shows, thinned out to at most ``most`` per side."""
    count = max(math.ceil(view.side / grid.pixel), 1)
    step = math.ceil(count / most)
    column = math.floor((view.west - grid.left) / grid.pixel)
    row = math.floor((grid.top - view.north) / grid.pixel)
    return Frame(column, row, math.ceil(count / step), step)


def _places(view: View, grid: Grid, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns and the rows of the pixels of a view; some may be outside the raster."""
    frame = frame_of(view, grid, most)
    offsets = np.arange(frame.count) * frame.step + frame.step // 2
    return frame.column + offsets, frame.row + offsets
