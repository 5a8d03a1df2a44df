"""The two libraries that read blocks of a raster, rasterio and GDAL's own Python, each imported inside its reader.

A reader belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ..arrays import NDArray
from ..errors import Phrase, RasterUnreadable
from ..files import system_path
from . import libraries
from .grid import Boxes, Grid, Window
from .libraries import has_rasterio

JP2_DRIVER = "JP2OpenJPEG"


class Reader(Protocol):
    """An open raster; of several bands, what is read has them as first axis."""

    bands: int
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
            the parts of it that will be looked at; None: all. Pixels elsewhere are then undefined.
        """

    def close(self) -> None:
        """Release the file."""


def adapter() -> type[RasterioReader | GdalReader]:
    """Return the reader of this Python: through rasterio, or GDAL's own Python where that cannot be used."""
    return RasterioReader if has_rasterio() else GdalReader


def _grid(path: Path, epsg: int, transform: tuple[float, ...], size: tuple[int, int], block: tuple[int, int]) -> Grid:
    """Make the grid from GDAL's six coefficients; (width, height) in pixels for the raster and for its blocks."""
    left, pixel, row_skew, top, column_skew, pixel_height = transform
    if row_skew or column_skew or pixel <= 0 or pixel_height != -pixel:
        raise RasterUnreadable(path=path, reason=Phrase("its pixels are not square and north up"))
    return Grid(epsg, left, top, pixel, *size, *block)


def _check_bands(path: Path, found: int, wanted: int) -> None:
    if found != wanted:
        raise RasterUnreadable(
            path=path, reason=Phrase("its number of bands is {found} instead of {wanted}", found=found, wanted=wanted)
        )


class RasterioReader:
    """Reads a JPEG 2000 file through rasterio, one block at a time.

    Parameters
    ----------
    path
        of the file.
    bands
        how many it has to have; with several, what is read has them as first axis.

    Raises
    ------
    RasterUnreadable
        it has other bands, a rotated grid or pixels that are not square.
    OSError
        rasterio cannot open it.
    """

    # GDAL keeps every decoded block until the file is closed, 2 MB each; a fresh handle costs a few milliseconds.
    READS_PER_HANDLE = 12

    def __init__(self, path: Path, bands: int = 1) -> None:
        self._path = path
        self._reads = 0
        self._dataset = self._open()
        dataset = self._dataset
        _check_bands(path, dataset.count, bands)
        self.bands = bands
        # One band is read as it is, several as one array.
        self._bands = 1 if bands == 1 else list(range(1, bands + 1))
        height, width = dataset.block_shapes[0]
        epsg = _epsg_of_wkt(dataset.crs.to_wkt()) if dataset.crs else 0
        self.grid = _grid(path, epsg, dataset.transform.to_gdal(), (dataset.width, dataset.height), (width, height))
        self.nodata = dataset.nodata
        self.dtype = dataset.dtypes[0]

    def _open(self) -> Any:
        import rasterio

        with _one_thread():
            return rasterio.open(system_path(self._path), driver=JP2_DRIVER, sharing=False)

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:  # noqa: ARG002 decodes all anyway
        """See `Reader.read`."""
        from rasterio.windows import Window as RasterioWindow

        if self._reads == self.READS_PER_HANDLE:
            self._dataset.close()
            self._dataset, self._reads = self._open(), 0
        self._reads += 1
        part = RasterioWindow(window.column, window.row, window.width, window.height)
        with _one_thread():
            pixels: NDArray[Any] = self._dataset.read(self._bands, window=part)
        return pixels

    def close(self) -> None:
        """Release the file."""
        self._dataset.close()


@lru_cache(maxsize=64)
def _epsg_of_wkt(wkt: str) -> int:
    from rasterio.crs import CRS

    return CRS.from_wkt(wkt).to_epsg() or 0


_GDAL_TYPES = {"Byte": "uint8", "Int16": "int16", "UInt16": "uint16"}


class GdalReader:
    """Reads through osgeo.gdal, which every QGIS has; the same values as `RasterioReader`."""

    def __init__(self, path: Path, bands: int = 1) -> None:
        gdal = libraries.gdal()

        self._path = path
        with _one_gdal_thread():
            self._dataset = gdal.OpenEx(system_path(path), gdal.OF_RASTER, allowed_drivers=[JP2_DRIVER])
        if self._dataset is None:
            raise RasterUnreadable(path=path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot open it"))
        dataset = self._dataset
        _check_bands(path, dataset.RasterCount, bands)
        self.bands = bands
        self._shape: tuple[int, ...] = () if bands == 1 else (bands,)
        self._band = dataset.GetRasterBand(1)
        crs = dataset.GetSpatialRef()
        # Other authorities have codes of letters.
        known = crs is not None and crs.GetAuthorityName(None) == "EPSG"
        epsg = int(crs.GetAuthorityCode(None)) if known else 0
        size = (dataset.RasterXSize, dataset.RasterYSize)
        self.grid = _grid(path, epsg, dataset.GetGeoTransform(), size, tuple(self._band.GetBlockSize()))
        self.nodata = self._band.GetNoDataValue()
        self.dtype = _GDAL_TYPES.get(gdal.GetDataTypeName(self._band.DataType), "?")

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:  # noqa: ARG002 decodes all anyway
        """See `Reader.read`."""
        gdal = libraries.gdal()

        gdal.ErrorReset()
        source = self._dataset if self._shape else self._band
        with _one_gdal_thread():
            data = source.ReadRaster(window.column, window.row, window.width, window.height)
        if data is None or gdal.GetLastErrorType() >= gdal.CE_Failure:
            raise RasterUnreadable(path=self._path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot read it"))
        self._dataset.FlushCache()  # drops the decoded block
        return np.frombuffer(data, self.dtype).reshape(*self._shape, window.height, window.width)

    def close(self) -> None:
        """Release the file."""
        self._band = self._dataset = None


# Several decoding threads can hide a truncated file; our parallelism is over products. The option holds for one call,
# not while a file is open: a thread may close its files in any order.
def _one_thread() -> AbstractContextManager[Any]:
    import rasterio

    env: AbstractContextManager[Any] = rasterio.Env(GDAL_NUM_THREADS="1")
    return env


@contextlib.contextmanager
def _one_gdal_thread() -> Iterator[None]:
    gdal = libraries.gdal()

    before = gdal.GetThreadLocalConfigOption("GDAL_NUM_THREADS")
    gdal.SetThreadLocalConfigOption("GDAL_NUM_THREADS", "1")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption("GDAL_NUM_THREADS", before)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a raster library raises while it reads a file into RasterUnreadable."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise RasterUnreadable(path=path, reason=str(error) or type(error).__name__) from error
