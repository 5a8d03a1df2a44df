"""Opens rasters: checks the structure, asks GDAL only what is not known yet, decodes areas where that costs less.

A reader belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..errors import RasterUnreadable
from .area_reader import AreaReader, are_blocks
from .codestream import open_tiles
from .headers import open_once
from .jp2 import check_structure
from .readers import Reader, adapter, reading

# Sen2Chain writes the nodata of its index products into the sidecar only, which gets lost; the value never changes.
INDEX_NODATA = 16383


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
            reader: Reader = stack.enter_context(contextlib.closing(open_once(path, structure)))
            tiles = open_tiles(path, structure)
            if tiles is not None:
                stack.callback(tiles.close)
                if are_blocks(tiles, reader):
                    reader = AreaReader(reader, tiles)
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
