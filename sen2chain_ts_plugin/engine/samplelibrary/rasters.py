"""Writes the rasters of the sample as Sen2Chain 1.4.1 writes its own: JPEG 2000 through GDAL's JP2OpenJPEG driver.

Only `osgeo.gdal` is used, which every QGIS has, and none of its global settings is touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import GdalBindingsMissing, Jp2DriverMissing, RasterDamaged, WriteFailed
from ..feedback import Feedback, Silent, check
from ..files import system_path
from ..install import install_line
from ..raster import libraries
from ..raster.jp2 import check_structure
from .acquisitions import EPSG, TileWindow
from .noise import Array
from .scene import BLOCK, Block, Raster, Scene, blocks

_DRIVER = "JP2OpenJPEG"
_LOSSY = [f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}", "CODEC=JP2", "QUALITY=20", "NBITS=15"]
_EXACT = [f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}", "CODEC=JP2", "QUALITY=100", "REVERSIBLE=YES", "YCBCR420=NO"]
# Beyond this many pixels per side the raw pixels wait on disk rather than in memory.
_IN_MEMORY = 2 * BLOCK
# The nodata value of an index raster is in this sidecar only.
_SIDECAR = b"""<PAMDataset>
  <PAMRasterBand band="1">
    <NoDataValue>1.63830000000000E+04</NoDataValue>
    <Metadata domain="IMAGE_STRUCTURE">
      <MDI key="COMPRESSION">JPEG2000</MDI>
      <MDI key="NBITS">15</MDI>
    </Metadata>
  </PAMRasterBand>
</PAMDataset>
"""


def sidecar(path: Path) -> Path:
    """Return the path of a raster's sidecar."""
    return path.with_name(path.name + ".aux.xml")


def write_rasters(scene: Scene, files: Mapping[Path, Raster], feedback: Feedback | None = None) -> None:
    """Write rasters of one product, of any size, in bounded memory; the ground of a block is made once for all of them.

    Whether this GDAL can is for `check_gdal` to say.

    Parameters
    ----------
    scene
        the product.
    files
        what to write where; the folders exist. An index raster gets its sidecar, too. The uncompressed pixels of large
        rasters wait next to them until they are coded.
    feedback
        asked for cancel before each block and each file; told the progress.

    Raises
    ------
    Cancelled
        the user asked to stop; unfinished files are removed.
    WriteFailed
        the system or GDAL refused; names the file.
    """
    feedback = feedback or Silent()
    window = scene.product.window
    parts = list(blocks(window))
    steps = len(parts) + len(files)
    with contextlib.ExitStack() as open_sheets, _quiet():
        sheets = {path: open_sheets.enter_context(_sheet(path, raster, window)) for path, raster in files.items()}
        open_sheets.callback(sheets.clear)  # an open file cannot be removed on Windows
        for step, block in enumerate(parts):
            check(feedback)
            pixels = scene.render(block, files.values())
            for path, raster in files.items():
                _fill(sheets[path], path, raster, block, pixels[raster])
            feedback.progress((step + 1) / steps)
        for step, (path, raster) in enumerate(files.items()):
            check(feedback)
            _encode(sheets[path], path, raster, feedback)
            feedback.progress((len(parts) + step + 1) / steps)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep GDAL from printing what it also returns, in this thread."""
    gdal = libraries.gdal()

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Report what GDAL refuses as a failure to write ``path``, whether its exceptions are on or off.

    Raises
    ------
    WriteFailed
        GDAL raised, or said by its error code that it failed.
    """
    gdal = libraries.gdal()

    gdal.ErrorReset()
    try:
        yield
    except RuntimeError as error:
        raise WriteFailed(path=path, reason=str(error)) from error
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise WriteFailed(path=path, reason=gdal.GetLastErrorMsg())


@contextlib.contextmanager
def _sheet(path: Path, raster: Raster, window: TileWindow) -> Iterator[Any]:
    """Open the raster that holds the pixels until all are there: in memory, or next to ``path`` when it is large."""
    gdal, osr = libraries.gdal(), libraries.osr()

    side = window.size * 10 // raster.pixel
    kind = {"index": gdal.GDT_Int16, "band": gdal.GDT_UInt16}.get(raster.kind, gdal.GDT_Byte)
    scratch = path.with_name(path.name + ".raw")
    large = side > _IN_MEMORY
    try:
        with refusals(path):
            driver = gdal.GetDriverByName("GTiff" if large else "MEM")
            options = ["TILED=YES", f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}"] if large else []
            sheet = driver.Create(system_path(scratch) if large else "", side, side, 1, kind, options)
        with refusals(path):
            reference = osr.SpatialReference()
            reference.ImportFromEPSG(EPSG)
            sheet.SetProjection(reference.ExportToWkt())
            sheet.SetGeoTransform((window.west, raster.pixel, 0.0, window.top, 0.0, -raster.pixel))
        yield sheet
    finally:
        sheet = None  # closes it
        with contextlib.suppress(FileNotFoundError):
            Path(system_path(scratch)).unlink()


def _fill(sheet: Any, path: Path, raster: Raster, block: Block, pixels: Array) -> None:
    """Put the pixels of a block into a sheet."""
    step = raster.pixel // 10
    rows, columns = pixels.shape
    with refusals(path):
        # Bytes rather than an array: GDAL's numpy bridge is missing where it was built for another numpy.
        sheet.GetRasterBand(1).WriteRaster(block.column // step, block.row // step, columns, rows, pixels.tobytes())


def _encode(sheet: Any, path: Path, raster: Raster, feedback: Feedback) -> None:
    """Write a sheet as JPEG 2000, with the sidecar that an index raster has, and check that the file is whole."""
    gdal = libraries.gdal()

    def go_on(_share: float, _message: str, _data: Any) -> int:
        return 0 if feedback.cancelled() else 1

    driver = gdal.GetDriverByName(_DRIVER)
    try:
        with refusals(path):
            options = _LOSSY if raster.kind == "index" else _EXACT
            coded = driver.CreateCopy(system_path(path), sheet, 0, options, callback=go_on)
        del coded  # closes it
        # A full disk does not always make GDAL fail.
        check_structure(path)
        if raster.kind == "index":
            Path(system_path(sidecar(path))).write_bytes(_SIDECAR)
    except BaseException as error:
        _remove(path)
        check(feedback)  # GDAL reports a cancel as a failure
        if isinstance(error, (OSError, RasterDamaged)):
            raise WriteFailed(path=path, reason=getattr(error, "strerror", None) or error) from error
        raise


def check_gdal() -> None:
    """Make sure, before any work, that rasters can be written here.

    Raises
    ------
    GdalBindingsMissing
        this Python has no ``osgeo``.
    Jp2DriverMissing
        GDAL was built without JP2OpenJPEG.
    """
    try:
        gdal = libraries.gdal()
    except ImportError as error:
        raise GdalBindingsMissing(reason=error, install=install_line("gdal")) from error
    if gdal.GetDriverByName(_DRIVER) is None:
        raise Jp2DriverMissing(driver=_DRIVER)


def _remove(path: Path) -> None:
    for each in (path, sidecar(path)):
        with contextlib.suppress(OSError):
            Path(system_path(each)).unlink()
