"""One small reader interface (grid, read a window) and its adapters, each importing its library inside.

A reader belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .areas import plan_areas
from .arrays import NDArray
from .errors import Phrase, RasterUnreadable
from .files import system_path
from .jp2 import check_structure
from .openjpeg import DecodeFailed, TileDecoder, open_tiles

# Sen2Chain writes the nodata of its index products into the sidecar only, which gets lost; the value never changes.
INDEX_NODATA = 16383
JP2_DRIVER = "JP2OpenJPEG"


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
    def block_rows(self) -> int:
        """Number of blocks one above the other."""
        return -(-self.height // self.block_height)

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


# Rectangles in a window, int64, shape (n, 4): first column, first row, column after the last and row after the last.
Boxes = NDArray[np.int64]


class Reader(Protocol):
    """An open raster of one band."""

    grid: Grid
    dtype: str
    nodata: float | None

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        """Return the pixels of a window inside the raster, shape (height, width), of the raster's own dtype.

        Parameters
        ----------
        window
            usually a block.
        needed
            the parts of it that will be looked at; None: all. What stands elsewhere is then undefined.
        """

    def close(self) -> None:
        """Release the file."""


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
            reader: Reader = stack.enter_context(_adapter()(path))
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
            reader = stack.enter_context(_adapter()(path, 3))
        yield reader


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a raster library raises while it reads a file into RasterUnreadable."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise RasterUnreadable(path=path, reason=str(error) or type(error).__name__) from error


@lru_cache(maxsize=1)
def _adapter() -> Any:
    try:
        import rasterio  # noqa: F401 asked for here only to know whether it is there
    except ImportError:
        return _open_with_gdal
    return _open_with_rasterio


def _grid(path: Path, epsg: int, transform: tuple[float, ...], size: tuple[int, int], block: tuple[int, int]) -> Grid:
    """Make the grid from GDAL's six coefficients; (width, height) in pixels for the raster and for its blocks."""
    left, pixel, row_skew, top, column_skew, pixel_height = transform
    if row_skew or column_skew or pixel <= 0 or pixel_height != -pixel:
        raise RasterUnreadable(path=path, reason=Phrase("its pixels are not square and north up"))
    return Grid(epsg, left, top, pixel, *size, *block)


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
            _proved[kind] = all(
                np.array_equal(pixels[top:bottom, left:right], whole[top:bottom, left:right])
                for left, top, right, bottom in areas.tolist()
            )
            pixels = whole
        if not _proved[kind]:
            self._tiles = None
            return None
        return pixels

    def close(self) -> None:
        self._blocks.close()


# Whether areas come out as GDAL decodes them, by transform and dtype.
_proved: dict[tuple[bool, str], bool] = {}


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


def _check_bands(path: Path, found: int, wanted: int) -> None:
    if found != wanted:
        raise RasterUnreadable(
            path=path, reason=Phrase("its number of bands is {found} instead of {wanted}", found=found, wanted=wanted)
        )


class _RasterioReader:
    """Reads through rasterio, one block at a time."""

    # GDAL keeps every decoded block until the file is closed, 2 MB each; a fresh handle costs a few milliseconds.
    READS_PER_HANDLE = 12

    def __init__(self, path: Path, bands: int) -> None:
        self._path = path
        self._reads = 0
        self._dataset = self._open()
        dataset = self._dataset
        _check_bands(path, dataset.count, bands)
        # One band is read as it is, several as one array.
        self._bands = 1 if bands == 1 else list(range(1, bands + 1))
        height, width = dataset.block_shapes[0]
        epsg = _epsg_of_wkt(dataset.crs.to_wkt()) if dataset.crs else 0
        self.grid = _grid(path, epsg, dataset.transform.to_gdal(), (dataset.width, dataset.height), (width, height))
        self.nodata = dataset.nodata
        self.dtype = dataset.dtypes[0]

    def _open(self) -> Any:
        import rasterio

        return rasterio.open(system_path(self._path), driver=JP2_DRIVER, sharing=False)

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:  # noqa: ARG002 decodes all anyway
        from rasterio.windows import Window as RasterioWindow

        if self._reads == self.READS_PER_HANDLE:
            self._dataset.close()
            self._dataset, self._reads = self._open(), 0
        self._reads += 1
        pixels: NDArray[Any] = self._dataset.read(
            self._bands, window=RasterioWindow(window.column, window.row, window.width, window.height)
        )
        return pixels

    def close(self) -> None:
        self._dataset.close()


@contextlib.contextmanager
def _open_with_rasterio(path: Path, bands: int = 1) -> Iterator[Reader]:
    import rasterio

    # Several decoding threads can hide a truncated file; our parallelism is over products.
    with rasterio.Env(GDAL_NUM_THREADS="1"), contextlib.closing(_RasterioReader(path, bands)) as reader:
        yield reader


@lru_cache(maxsize=64)
def _epsg_of_wkt(wkt: str) -> int:
    from rasterio.crs import CRS

    return CRS.from_wkt(wkt).to_epsg() or 0


_GDAL_TYPES = {"Byte": "uint8", "Int16": "int16", "UInt16": "uint16"}


class _GdalReader:
    """Reads through osgeo.gdal, which every QGIS has; the same values."""

    def __init__(self, path: Path, bands: int) -> None:
        from osgeo import gdal

        self._path = path
        self._dataset = gdal.OpenEx(system_path(path), gdal.OF_RASTER, allowed_drivers=[JP2_DRIVER])
        if self._dataset is None:
            raise RasterUnreadable(path=path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot open it"))
        dataset = self._dataset
        _check_bands(path, dataset.RasterCount, bands)
        self._shape: tuple[int, ...] = () if bands == 1 else (bands,)
        self._band = dataset.GetRasterBand(1)
        crs = dataset.GetSpatialRef()
        epsg = int(crs.GetAuthorityCode(None) or 0) if crs is not None else 0
        size = (dataset.RasterXSize, dataset.RasterYSize)
        self.grid = _grid(path, epsg, dataset.GetGeoTransform(), size, tuple(self._band.GetBlockSize()))
        self.nodata = self._band.GetNoDataValue()
        self.dtype = _GDAL_TYPES.get(gdal.GetDataTypeName(self._band.DataType), "?")

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:  # noqa: ARG002 decodes all anyway
        from osgeo import gdal

        gdal.ErrorReset()
        source = self._dataset if self._shape else self._band
        data = source.ReadRaster(window.column, window.row, window.width, window.height)
        if data is None or gdal.GetLastErrorType() >= gdal.CE_Failure:
            raise RasterUnreadable(path=self._path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot read it"))
        self._dataset.FlushCache()  # drops the decoded block
        return np.frombuffer(data, self.dtype).reshape(*self._shape, window.height, window.width)

    def close(self) -> None:
        self._band = self._dataset = None


@contextlib.contextmanager
def _open_with_gdal(path: Path, bands: int = 1) -> Iterator[Reader]:
    from osgeo import gdal

    before = gdal.GetThreadLocalConfigOption("GDAL_NUM_THREADS")
    gdal.SetThreadLocalConfigOption("GDAL_NUM_THREADS", "1")
    try:
        with contextlib.closing(_GdalReader(path, bands)) as reader:
            yield reader
    finally:
        gdal.SetThreadLocalConfigOption("GDAL_NUM_THREADS", before)
