"""Opens rasters: checks the structure, asks GDAL only what is not known yet, decodes areas where that costs less.

A reader belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .areas import plan_areas
from .arrays import NDArray
from .blockreaders import Reader, adapter
from .errors import RasterUnreadable
from .files import system_path
from .grid import Boxes, Grid, Window
from .jp2 import Structure, check_structure
from .openjpeg import DecodeFailed, TileDecoder, open_tiles

# Sen2Chain writes the nodata of its index products into the sidecar only, which gets lost; the value never changes.
INDEX_NODATA = 16383


@dataclass(frozen=True)
class Signature:
    """What changes when a file is replaced: its size in bytes and its time of change in ns."""

    size: int
    changed: int


def signature(path: Path) -> Signature:
    """Return the signature of a file.

    Raises
    ------
    RasterUnreadable
        it is gone or may not be read.
    """
    try:
        status = os.stat(system_path(path))
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    return Signature(status.st_size, status.st_mtime_ns)


@contextlib.contextmanager
def open_raster(path: Path) -> Iterator[Reader]:
    """Open a JPEG 2000 raster whose structure has been checked, for the calling thread.

    Raises
    ------
    RasterDamaged
        the file is cut or still being copied.
    RasterUnreadable
        it cannot be opened, has several bands, a rotated grid or pixels that are not square.
    """
    try:
        structure = check_structure(path)
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    with contextlib.ExitStack() as stack:
        with reading(path):
            reader: Reader = stack.enter_context(contextlib.closing(_open_once(path, structure)))
            tiles = open_tiles(path, structure)
            if tiles is not None:
                stack.callback(tiles.close)
                if _are_blocks(tiles, reader):
                    reader = _AreaReader(reader, tiles)
        yield reader


@contextlib.contextmanager
def open_colours(path: Path) -> Iterator[Reader]:
    """Open a JPEG 2000 picture of three bands; what it reads has the shape (3, height, width).

    Raises
    ------
    RasterDamaged, RasterUnreadable
        see `open_raster`.
    """
    try:
        check_structure(path)
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    with contextlib.ExitStack() as stack:
        with reading(path):
            reader = stack.enter_context(contextlib.closing(adapter()(path, 3)))
        yield reader


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a raster library raises while it reads a file into RasterUnreadable."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise RasterUnreadable(path=path, reason=str(error) or type(error).__name__) from error


@dataclass(frozen=True)
class _Header:
    """What GDAL says of a file before it reads pixels."""

    grid: Grid
    dtype: str
    nodata: float | None


class _ReaderOnDemand:
    """Opens the file through GDAL when something is read, or at once where its header is not known yet."""

    def __init__(self, path: Path, header: _Header | None) -> None:
        self._path = path
        self._reader: Reader | None = None
        if header is None:
            reader = self._open()
            header = _Header(reader.grid, reader.dtype, reader.nodata)
        self.header = header
        self.grid, self.dtype, self.nodata = header.grid, header.dtype, header.nodata

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = adapter()(self._path)
        return self._reader

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        return self._open().read(window, needed)

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()


# The headers of the files opened last, by what GDAL takes them from: the products of a tile have them in common, and
# asking GDAL costs as much as decoding a field.
_headers: dict[tuple[object, bytes], _Header] = {}
_MOST_HEADERS = 256
_LARGEST_HEADER = 1 << 16  # bytes; Sen2Chain's are of 3 KB
# The boxes GDAL takes the position from, GeoJP2 and GMLJP2; without them it may look for a world file.
_POSITIONED = (bytes.fromhex("b14bf8bd 083d4b43 a5ae8cd7 d5a6ce03"), b"gml.root-instance")
_SOC_SIZ = 45  # bytes of these two markers of an image of one component


def _open_once(path: Path, structure: Structure) -> _ReaderOnDemand:
    """Open a file without asking GDAL what it has said of another one with the same header."""
    key = _header_key(path, structure)
    reader = _ReaderOnDemand(path, _headers.get(key) if key else None)
    if key and key not in _headers:
        try:
            same = _header_key(path, structure) == key
        except BaseException:
            reader.close()
            raise
        # Else the file, or its sidecar, was replaced before GDAL opened it.
        if same:
            if len(_headers) >= _MOST_HEADERS:
                _headers.clear()
            _headers[key] = reader.header
    return reader


def _header_key(path: Path, structure: Structure) -> tuple[object, bytes] | None:
    """Return all that GDAL takes grid, dtype and nodata from, or None where it may look further."""
    end_of_boxes, rest = structure.boxes
    start = structure.header[0]
    if end_of_boxes > _LARGEST_HEADER:
        return None
    with open(system_path(path), "rb") as stream:
        boxes = stream.read(end_of_boxes)
        stream.seek(start)
        siz = stream.read(_SOC_SIZ)
        stream.seek(rest)
        more = stream.read(1)
    if more or not any(mark in boxes for mark in _POSITIONED):
        return None
    try:
        with open(system_path(path) + ".aux.xml", "rb") as stream:
            sidecar = stream.read(_LARGEST_HEADER + 1)
    except FileNotFoundError:
        sidecar = b""
    except OSError:
        return None  # what GDAL makes of it is for GDAL to say
    if len(sidecar) > _LARGEST_HEADER:
        return None
    return adapter(), b"\0".join([boxes, siz, sidecar])


class _AreaReader:
    """Decodes only the parts of a block that are needed, where that costs less; else reads through GDAL."""

    def __init__(self, blocks: Reader, tiles: TileDecoder) -> None:
        self._blocks = blocks
        self._tiles: TileDecoder | None = tiles
        self.grid = blocks.grid
        self.dtype = blocks.dtype
        self.nodata = blocks.nodata

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
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
                _proved[kind] = same
            pixels = whole
        if not _proved.get(kind, True):
            self._tiles = None
            return None
        return pixels

    def close(self) -> None:
        self._blocks.close()


# Whether areas come out as GDAL decodes them, by transform and dtype.
_proved: dict[tuple[bool, str], bool] = {}
_TELLING = 16  # different values


def _are_blocks(tiles: TileDecoder, reader: Reader) -> bool:
    """Tell whether the tiles of a codestream are the blocks of the raster, and its values those of the dtype."""
    grid, layout = reader.grid, tiles.layout
    size = (grid.width, grid.height)
    tile = (min(layout.tile_width, grid.width), min(layout.tile_height, grid.height))
    block = (min(grid.block_width, grid.width), min(grid.block_height, grid.height))
    bits = {("int16", True): 16, ("uint8", False): 8}.get((reader.dtype, tiles.signed), 0)
    return (layout.width, layout.height) == size and tile == block and tiles.precision <= bits


def _is_block(window: Window, grid: Grid) -> bool:
    return (
        window.column % grid.block_width == 0
        and window.row % grid.block_height == 0
        and window.width == min(grid.block_width, grid.width - window.column)
        and window.height == min(grid.block_height, grid.height - window.row)
    )
