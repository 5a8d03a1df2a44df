"""Writes the rasters of the sample as Sen2Chain 1.4.1 writes its own: JPEG 2000 through GDAL's JP2OpenJPEG driver."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from ..errors import RasterDamaged, WriteFailed
from ..feedback import Feedback, Silent, check
from ..files import system_path
from ..raster.jp2 import check_structure
from .scene import BLOCK, Raster, Scene, blocks
from .sheets import Sheet, open_sheet, quiet

_BLOCKS = {"BLOCKXSIZE": str(BLOCK), "BLOCKYSIZE": str(BLOCK), "CODEC": "JP2"}
_LOSSY = {**_BLOCKS, "QUALITY": "20", "NBITS": "15"}
_EXACT = {**_BLOCKS, "QUALITY": "100", "REVERSIBLE": "YES", "YCBCR420": "NO"}
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

    Whether this Python can is for `check_writer` to say.

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
    with contextlib.ExitStack() as open_sheets, quiet():
        sheets = {path: open_sheets.enter_context(open_sheet(path, raster, window)) for path, raster in files.items()}
        for step, block in enumerate(parts):
            check(feedback)
            pixels = scene.render(block, files.values())
            for path, raster in files.items():
                scale = raster.pixel // 10
                sheets[path].fill(block.column // scale, block.row // scale, pixels[raster])
            feedback.progress((step + 1) / steps)
        for step, (path, raster) in enumerate(files.items()):
            check(feedback)
            _encode(sheets[path], path, raster, feedback)
            feedback.progress((len(parts) + step + 1) / steps)


def _encode(sheet: Sheet, path: Path, raster: Raster, feedback: Feedback) -> None:
    """Write a sheet as JPEG 2000, with the sidecar that an index raster has, and check that the file is whole."""
    try:
        sheet.encode(_LOSSY if raster.kind == "index" else _EXACT, feedback)
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


def _remove(path: Path) -> None:
    for each in (path, sidecar(path)):
        with contextlib.suppress(OSError):
            Path(system_path(each)).unlink()
