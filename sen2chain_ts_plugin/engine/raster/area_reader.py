"""Decodes only the parts of a block that are needed, where that costs less; else reads through GDAL."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from ..arrays import NDArray
from .areas import plan_areas
from .codestream import TileDecoder
from .grid import Boxes, Grid, Window
from .openjpeg import DecodeFailed
from .readers import Reader

# Whether areas come out as GDAL decodes them, by transform and dtype.
_proved: dict[tuple[bool, str], bool] = {}
_lock = threading.Lock()
_TELLING = 16  # different values


class AreaReader:
    """Decodes only the parts of a block that are needed, where that costs less; else reads through GDAL."""

    def __init__(self, blocks: Reader, tiles: TileDecoder) -> None:
        self._blocks = blocks
        self._tiles: TileDecoder | None = tiles
        self.grid = blocks.grid
        self.dtype = blocks.dtype
        self.nodata = blocks.nodata
        self.bands = blocks.bands

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        """Return the pixels of a window; of a whole block only those in the boxes need be right."""
        pixels = self._read_areas(window, needed) if needed is not None and len(needed) else None
        return self._blocks.read(window) if pixels is None else pixels

    def _read_areas(self, window: Window, needed: Boxes) -> NDArray[Any] | None:
        tiles, grid = self._tiles, self.grid
        if tiles is None or not _is_block(window, grid):
            return None
        areas = plan_areas(tiles.layout, window.width, window.height, needed)
        if areas is None:
            return None
        pixels = np.empty((window.height, window.width), self.dtype)
        tile = window.row // grid.block_height * grid.block_columns + window.column // grid.block_width
        try:
            tiles.decode(tile, areas, pixels)
        except DecodeFailed:
            self._tiles = None  # what is odd about this file is for GDAL to say
            return None
        kind = (tiles.layout.reversible, self.dtype)
        if kind not in _proved:
            # Once per kind of file and process: GDAL may have been built with another OpenJPEG that rounds otherwise.
            whole = self._blocks.read(window)
            parts = [(slice(top, bottom), slice(left, right)) for left, top, right, bottom in areas.tolist()]
            same = all(np.array_equal(pixels[part], whole[part]) for part in parts)
            values = np.unique(np.concatenate([whole[part].ravel() for part in parts]))
            # All cloud, or all one value, shows nothing of how a lossy transform is rounded.
            if not same or tiles.layout.reversible or len(values) >= _TELLING:
                with _lock:
                    _proved[kind] = same
            pixels = whole
        if not _proved.get(kind, True):
            self._tiles = None
            return None
        return pixels

    def close(self) -> None:
        """Release the file."""
        self._blocks.close()


def are_blocks(tiles: TileDecoder, reader: Reader) -> bool:
    """Tell whether the tiles of a codestream are the blocks of the raster, and its values those of the dtype."""
    grid, layout = reader.grid, tiles.layout
    size = (grid.width, grid.height)
    tile = (min(layout.tile_width, grid.width), min(layout.tile_height, grid.height))
    block = (min(grid.block_width, grid.width), min(grid.block_height, grid.height))
    bits = {("int16", True): 16, ("uint16", False): 16, ("uint8", False): 8}.get((reader.dtype, tiles.signed), 0)
    return (layout.width, layout.height) == size and tile == block and tiles.precision <= bits


def _is_block(window: Window, grid: Grid) -> bool:
    return (
        window.column % grid.block_width == 0
        and window.row % grid.block_height == 0
        and window.width == min(grid.block_width, grid.width - window.column)
        and window.height == min(grid.block_height, grid.height - window.row)
    )
