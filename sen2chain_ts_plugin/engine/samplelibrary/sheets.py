"""The two libraries that write rasters of the sample: GDAL's own Python bindings, as every QGIS has them, and rasterio.

JPEG 2000 is coded from a raster that is whole. So the pixels are put on a sheet, block by block, and the sheet is
coded. No global setting of GDAL is touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from ..errors import Jp2DriverMissing, RasterWriterMissing, WriteFailed
from ..feedback import Feedback
from ..files import system_path
from ..install import install_line
from ..raster import libraries
from .acquisitions import EPSG, TileWindow
from .noise import Array
from .scene import BLOCK, Raster

_DRIVER = "JP2OpenJPEG"
# Beyond this many pixels per side the raw pixels wait on disk rather than in memory.
_IN_MEMORY = 2 * BLOCK


class Sheet(Protocol):
    """The pixels of a raster that is being written."""

    def fill(self, column: int, row: int, pixels: Array) -> None:
        """Put pixels where they belong; raises WriteFailed."""

    def encode(self, options: dict[str, str], feedback: Feedback) -> None:
        """Write the file, with GDAL's options; raises WriteFailed, also when the feedback asks to stop."""

    def close(self) -> None:
        """Release what is open."""


def check_writer() -> None:
    """Make sure, before any work, that rasters can be written here.

    Raises
    ------
    RasterWriterMissing
        this Python has neither ``osgeo`` nor rasterio.
    Jp2DriverMissing
        GDAL was built without JP2OpenJPEG.
    """
    if _has_bindings():
        able = libraries.gdal().GetDriverByName(_DRIVER) is not None
    elif libraries.has_rasterio():
        import rasterio

        with rasterio.Env() as env:
            able = _DRIVER in env.drivers()
    else:
        raise RasterWriterMissing(reason=libraries.rasterio_failure(), install=install_line("rasterio"))
    if not able:
        raise Jp2DriverMissing(driver=_DRIVER)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep GDAL's bindings from printing what they also return, in this thread."""
    if not _has_bindings():  # rasterio prints nothing
        yield
        return
    gdal = libraries.gdal()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


@contextlib.contextmanager
def open_sheet(path: Path, raster: Raster, window: TileWindow) -> Iterator[Sheet]:
    """Open the raster that holds the pixels until all are there: in memory, or next to ``path``."""
    scratch = path.with_name(path.name + ".raw")
    sheet: Sheet | None = None
    try:
        sheet = (_GdalSheet if _has_bindings() else _RasterioSheet)(path, scratch, raster, window)
        yield sheet
    finally:
        if sheet is not None:
            sheet.close()
        with contextlib.suppress(FileNotFoundError):
            Path(system_path(scratch)).unlink()


def _has_bindings() -> bool:
    try:
        libraries.gdal()
    except ImportError:
        return False
    return True


class _GdalSheet:
    """A sheet of GDAL's own Python bindings; in memory where it is small."""

    def __init__(self, path: Path, scratch: Path, raster: Raster, window: TileWindow) -> None:
        gdal, osr = libraries.gdal(), libraries.osr()
        self._path = path
        side = window.size * 10 // raster.pixel
        kind = {"index": gdal.GDT_Int16, "band": gdal.GDT_UInt16}.get(raster.kind, gdal.GDT_Byte)
        large = side > _IN_MEMORY
        with self._refusals():
            driver = gdal.GetDriverByName("GTiff" if large else "MEM")
            options = ["TILED=YES", f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}"] if large else []
            self._pixels = driver.Create(system_path(scratch) if large else "", side, side, 1, kind, options)
        with self._refusals():
            reference = osr.SpatialReference()
            reference.ImportFromEPSG(EPSG)
            self._pixels.SetProjection(reference.ExportToWkt())
            self._pixels.SetGeoTransform((window.west, raster.pixel, 0.0, window.top, 0.0, -raster.pixel))

    def fill(self, column: int, row: int, pixels: Array) -> None:
        """See `Sheet.fill`."""
        height, width = pixels.shape
        with self._refusals():
            # Bytes rather than an array: GDAL's numpy bridge is missing where it was built for another numpy.
            self._pixels.GetRasterBand(1).WriteRaster(column, row, width, height, pixels.tobytes())

    def encode(self, options: dict[str, str], feedback: Feedback) -> None:
        """See `Sheet.encode`."""

        def go_on(_share: float, _message: str, _data: Any) -> int:
            return 0 if feedback.cancelled() else 1

        driver = libraries.gdal().GetDriverByName(_DRIVER)
        words = [f"{name}={value}" for name, value in options.items()]
        with self._refusals():
            coded = driver.CreateCopy(system_path(self._path), self._pixels, 0, words, callback=go_on)
        del coded  # closes it

    def close(self) -> None:
        """See `Sheet.close`."""
        self._pixels = None

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        """Report what GDAL refuses as a failure to write, whether its exceptions are on or off."""
        gdal = libraries.gdal()
        gdal.ErrorReset()
        try:
            yield
        except RuntimeError as error:
            raise WriteFailed(path=self._path, reason=str(error)) from error
        if gdal.GetLastErrorType() >= gdal.CE_Failure:
            raise WriteFailed(path=self._path, reason=gdal.GetLastErrorMsg())


class _RasterioSheet:
    """A sheet of rasterio; on disk, for it gives no handle of a raster in memory that can be copied."""

    def __init__(self, path: Path, scratch: Path, raster: Raster, window: TileWindow) -> None:
        import rasterio
        from rasterio.crs import CRS
        from rasterio.transform import Affine

        self._path, self._scratch = path, scratch
        side = window.size * 10 // raster.pixel
        kind = {"index": "int16", "band": "uint16"}.get(raster.kind, "uint8")
        tiles = {"tiled": True, "blockxsize": BLOCK, "blockysize": BLOCK} if side > _IN_MEMORY else {}
        place = Affine(raster.pixel, 0.0, window.west, 0.0, -raster.pixel, window.top)
        with self._refusals():
            self._pixels = rasterio.open(
                system_path(scratch), "w", driver="GTiff", width=side, height=side, count=1, dtype=kind,
                crs=CRS.from_epsg(EPSG), transform=place, **tiles,
            )  # fmt: skip

    def fill(self, column: int, row: int, pixels: Array) -> None:
        """See `Sheet.fill`."""
        from rasterio.windows import Window

        height, width = pixels.shape
        with self._refusals():
            self._pixels.write(pixels, 1, window=Window(column, row, width, height))

    def encode(self, options: dict[str, str], feedback: Feedback) -> None:  # noqa: ARG002 it asks nobody meanwhile
        """See `Sheet.encode`."""
        from rasterio.shutil import copy

        with self._refusals():
            self._pixels.close()
            copy(system_path(self._scratch), system_path(self._path), driver=_DRIVER, strict=False, **options)

    def close(self) -> None:
        """See `Sheet.close`."""
        self._pixels.close()

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        """Report what GDAL refuses as a failure to write; rasterio has no public class for all of its errors."""
        try:
            yield
        except Exception as error:
            raise WriteFailed(path=self._path, reason=str(error)) from error
