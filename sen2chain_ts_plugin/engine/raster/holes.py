"""Finds holes of zeros inside the tile-parts of a JPEG 2000 file that are decoded.

A copy in several streams, or a disk that lost pages, leaves zeros in the middle of a file whose structure is sound, and
decoders make wrong pixels of them without a word. What is coded holds hardly any zeros, except a byte of each packet
without content: the longest run inside the tile-parts of some hundred sound files is of 36 bytes, that of stripes drawn
by hand of 110. Only what is decoded is looked at, once: microseconds per tile, which takes milliseconds to decode.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from ..arrays import NDArray
from ..errors import Phrase, RasterDamaged
from ..files import open_regular
from .grid import Boxes, Window
from .jp2 import Structure
from .readers import Reader

# The longest run of zeros, in bytes, that is no hole although it is too long for empty packets.
_LONGEST = 256


class Holes:
    """The tiles of one file that were looked at; belongs to one thread.

    Parameters
    ----------
    path
        of the file, for messages and for tiles that somebody else reads.
    structure
        where its tile-parts are.
    """

    def __init__(self, path: Path, structure: Structure) -> None:
        self._path = path
        self._tiles = structure.tiles
        self._hole = bytes(_LONGEST + structure.packets + 1)
        self._parts: dict[int, list[tuple[int, int]]] = {}
        for tile, position, length in structure.tile_parts:
            self._parts.setdefault(tile, []).append((position, length))
        self._sound: set[int] = set()
        self._stream: BinaryIO | None = None

    def close(self) -> None:
        """Release the file."""
        if self._stream is not None:
            self._stream.close()

    def parts_of(self, tile: int) -> list[tuple[int, int]]:
        """Return start and length of each part of a tile; empty for a tile that is not in the file."""
        return self._parts.get(tile, [])

    def check_window(self, window: Window) -> None:
        """Look at the tiles under a window that is to be decoded.

        Raises
        ------
        RasterDamaged
            there is a hole in one of them; names the file and where.
        OSError
            the file cannot be read.
        """
        for tile in self._tiles.under(window):
            if tile not in self._sound:
                for position, length in self.parts_of(tile):
                    self.check_part(position, self._read(position, length))
                self.say_sound(tile)

    def check_part(self, position: int, data: bytes | bytearray) -> None:
        """Look at a part of a tile: its bytes, and where they are in the file; see `check_window`."""
        at = data.find(self._hole)
        if at >= 0:
            raise RasterDamaged(
                path=self._path, reason=Phrase("there is a hole of zeros at byte {byte}", byte=position + at)
            )

    def say_sound(self, tile: int) -> None:
        """Take note that every part of a tile was looked at."""
        self._sound.add(tile)

    def _read(self, position: int, size: int) -> bytes:
        if self._stream is None:
            self._stream = open_regular(self._path)
        self._stream.seek(position)
        return self._stream.read(size)


class SoundReader:
    """Reads through GDAL, once the tiles that it will decode were looked at for holes."""

    def __init__(self, blocks: Reader, holes: Holes) -> None:
        self._blocks = blocks
        self._holes = holes
        self.grid, self.dtype, self.nodata, self.bands = blocks.grid, blocks.dtype, blocks.nodata, blocks.bands

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        """See `Reader.read`; raises RasterDamaged where there is a hole."""
        self._holes.check_window(window)
        return self._blocks.read(window, needed)

    def close(self) -> None:
        """Release the file."""
        self._blocks.close()
