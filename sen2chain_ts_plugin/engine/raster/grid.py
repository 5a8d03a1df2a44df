"""The pixels of a raster, windows of them, and rectangles in a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import NDArray


@dataclass(frozen=True)
class Grid:
    """The pixels of a raster: where they are and how the file cuts them into blocks.

    Attributes
    ----------
    epsg
        EPSG code of the CRS; 0 when it has none.
    left, top
        coordinates of the upper left corner, in the unit of the CRS.
    pixel
        size of a pixel, in the unit of the CRS; pixels are square and north is up.
    width, height
        in pixels.
    block_width, block_height
        in pixels; blocks at the right and lower edge are smaller.
    """

    epsg: int
    left: float
    top: float
    pixel: float
    width: int
    height: int
    block_width: int
    block_height: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return (self.left, self.top - self.height * self.pixel, self.left + self.width * self.pixel, self.top)

    @property
    def block_columns(self) -> int:
        """Number of blocks side by side."""
        return -(-self.width // self.block_width)

    @property
    def blocks(self) -> int:
        """Number of blocks in all."""
        return self.block_columns * -(-self.height // self.block_height)

    def same_pixels(self, other: Grid) -> bool:
        """Tell whether the pixels of two grids coincide, whatever their blocks."""
        return (self.epsg, self.left, self.top, self.pixel, self.width, self.height) == (
            other.epsg,
            other.left,
            other.top,
            other.pixel,
            other.width,
            other.height,
        )


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels: first column, first row, width and height."""

    column: int
    row: int
    width: int
    height: int


def in_words(bounds: Sequence[float]) -> str:
    """Return west, south, east and north as a text for messages."""
    return " ".join(f"{number:.10g}" for number in bounds)


# Rectangles in a window, int64, shape (n, 4): first column, first row, column after the last and row after the last.
Boxes = NDArray[np.int64]
