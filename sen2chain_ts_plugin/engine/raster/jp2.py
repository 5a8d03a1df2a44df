"""The structure of a JPEG 2000 file, checked in about a millisecond without decoding anything.

A truncated file, or one that is still being copied, must never be read: some readers return zeros for what is missing.
Source of the format: ISO/IEC 15444-1 (JPEG 2000 part 1), annex A (codestream) and annex I (file format).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import Phrase, RasterDamaged
from ..files import system_path

_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_SOC, _SIZ, _SOT, _EOC = 0xFF4F, 0xFF51, 0xFF90, 0xFFD9
_SOT_SIZE = 12
_MAIN_HEADER_MARKERS = range(0xFF50, 0xFF70)


@dataclass(frozen=True)
class Structure:
    """Where things stand in a JPEG 2000 file, in bytes from its start.

    Attributes
    ----------
    boxes
        end of the boxes before that of the codestream, and start of those after it.
    header
        start of the codestream and end of its main header.
    tile_parts
        number of the tile, start and length of each tile-part, in the order of the file.
    """

    boxes: tuple[int, int]
    header: tuple[int, int]
    tile_parts: list[tuple[int, int, int]]


def check_structure(path: Path) -> Structure:
    """Walk the boxes, the main header and the chain of tile-parts, up to the end-of-codestream marker.

    Raises
    ------
    RasterDamaged
        the file is cut, holds a hole of zeros, or is no JPEG 2000 file; names the file and what is wrong.
    OSError
        it cannot be opened.
    """
    with open(system_path(path), "rb") as stream:
        try:
            box, start, end = _codestream(stream)
            header = (start, _after_main_header(stream, start, end))
            return Structure((box, end), header, _tile_parts(stream, header[1], end))
        except _Broken as broken:
            raise RasterDamaged(path=path, reason=broken.args[0]) from None


class _Broken(Exception):
    """What is wrong with the file, as a `Phrase`."""


def _read(stream: BinaryIO, position: int, size: int) -> bytes:
    stream.seek(position)
    data = stream.read(size)
    if len(data) < size:
        raise _Broken(Phrase("it ends at byte {byte}, in the middle", byte=position + len(data)))
    return data


def _codestream(stream: BinaryIO) -> tuple[int, int, int]:
    """Return where the box of the codestream starts, where the codestream itself does, and where both end."""
    size = stream.seek(0, 2)
    if size == 0:
        raise _Broken(Phrase("it is empty"))
    if _read(stream, 0, len(_SIGNATURE)) != _SIGNATURE:
        raise _Broken(Phrase("it does not start as a JPEG 2000 file does"))
    position = len(_SIGNATURE)
    while position < size:
        length, kind = struct.unpack(">I4s", _read(stream, position, 8))
        header = 8
        if length == 1:
            (length,) = struct.unpack(">Q", _read(stream, position + 8, 8))
            header = 16
        end = size if length == 0 else position + length
        if end < position + header:
            raise _Broken(Phrase("there is a box of impossible size at byte {byte}", byte=position))
        if end > size:
            raise _Broken(Phrase("it ends at byte {byte} of {end}", byte=size, end=end))
        if kind == b"jp2c":
            return position, position + header, end
        position = end
    raise _Broken(Phrase("it holds no codestream"))


def _tile_parts(stream: BinaryIO, position: int, end: int) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    while True:
        if position + 2 > end:
            raise _Broken(Phrase("the end-of-codestream marker is missing"))
        (marker,) = struct.unpack(">H", _read(stream, position, 2))
        if marker == _EOC:
            return found
        if marker != _SOT:
            raise _Broken(Phrase("no tile-part starts at byte {byte}, where one should", byte=position))
        _, tile, length = struct.unpack(">HHI", _read(stream, position + 2, 8))
        if length == 0:  # the last tile-part, up to the end marker
            length = end - 2 - position
        if length < _SOT_SIZE or position + length > end:
            raise _Broken(Phrase("the tile-part at byte {byte} goes beyond the end", byte=position))
        found.append((tile, position, length))
        position += length


def _after_main_header(stream: BinaryIO, start: int, end: int) -> int:
    """Return where the first tile-part starts."""
    soc, siz = struct.unpack(">HH", _read(stream, start, 4))
    if (soc, siz) != (_SOC, _SIZ):
        raise _Broken(Phrase("no codestream starts at byte {byte}, where one should", byte=start))
    position = start + 2
    while position + 4 <= end:
        marker, length = struct.unpack(">HH", _read(stream, position, 4))
        if marker == _SOT:
            return position
        if marker not in _MAIN_HEADER_MARKERS or length < 2:
            raise _Broken(Phrase("the main header breaks off at byte {byte}", byte=position))
        position += 2 + length
    raise _Broken(Phrase("it holds no tile-part"))
