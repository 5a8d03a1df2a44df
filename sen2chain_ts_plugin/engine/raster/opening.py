"""Opens rasters: checks the structure, asks GDAL only what is not known yet, decodes areas where that costs less.

A reader belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import Phrase, RasterUnreadable
from ..files import check_regular, system_path
from .area_reader import AreaReader, are_blocks
from .codestream import open_tiles
from .headers import open_once
from .holes import Holes, SoundReader
from .jp2 import Structure, check_structure
from .readers import Reader, adapter, reading

# Sen2Chain writes the nodata of its index products into the sidecar only, which gets lost; the value never changes.
INDEX_NODATA = 16383
_LARGEST_SIDECAR = 1 << 24  # bytes


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
    structure = _checked(path)
    with contextlib.ExitStack() as stack:
        with reading(path):
            holes = stack.enter_context(contextlib.closing(Holes(path, structure)))
            blocks = stack.enter_context(contextlib.closing(open_once(path, structure)))
            reader: Reader = SoundReader(blocks, holes)
            tiles = open_tiles(path, structure, holes)
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
    structure = _checked(path)
    with contextlib.ExitStack() as stack:
        with reading(path):
            holes = stack.enter_context(contextlib.closing(Holes(path, structure)))
            reader = SoundReader(stack.enter_context(contextlib.closing(adapter()(path, 3))), holes)
        yield reader


def _checked(path: Path) -> Structure:
    """Return the structure of a file that a raster library may open, with its companions."""
    try:
        structure = check_structure(path)
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    with reading(path):
        check_companions(path)
    return structure


def check_companions(path: Path) -> None:
    """Make sure that what a raster library opens with a raster (``.aux.xml``, ``.ovr``…) are files of a sane size.

    Raises
    ------
    RasterUnreadable
        one is a pipe, a socket or a device, or too large; names it.
    OSError
        the folder cannot be read.
    """
    with os.scandir(os.path.dirname(system_path(path))) as entries:
        beside = [entry for entry in entries if _is_beside(entry.name, path.name)]
    for entry in beside:
        there = path.with_name(entry.name)
        try:
            check_regular(there)
            if entry.name.endswith(".xml") and entry.stat().st_size > _LARGEST_SIDECAR:
                raise OSError(errno.EFBIG, Phrase("it has more than {largest} bytes", largest=_LARGEST_SIDECAR))
        except OSError as error:
            raise RasterUnreadable(path=there, reason=error.strerror or error) from error


def _is_beside(name: str, raster: str) -> bool:
    stem = raster.rpartition(".")[0]
    return name != raster and (name.startswith(raster + ".") or name.rpartition(".")[0] == stem)
