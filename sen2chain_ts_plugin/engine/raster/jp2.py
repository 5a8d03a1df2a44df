"""The structure of a JPEG 2000 file, checked in about a millisecond without decoding anything.

A truncated file, or one that is still being copied, must never be read: some readers return zeros for what is missing.
Nor must one whose header announces more pixels than a tile has: a library may decode for minutes, not to be stopped.
Source of the format: ISO/IEC 15444-1 (JPEG 2000 part 1), annex A (codestream) and annex I (file format).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import Phrase, RasterDamaged
from ..files import open_regular
from .grid import Window

# The pixels of 10 m along a side of a tile of the Sentinel-2 grid: no raster of a product has more.
MOST_PIXELS = 10_980
# The side of a tile in pixels: an encoder may round up. A decoder takes minutes over sides that are far larger.
_LARGEST_TILE = 1 << 14
_MOST_TILES = 65_535  # and tile-parts: more than the format has numbers for, and 500 times what full tiles have
_LARGEST_FILE = 1 << 32  # bytes; 16 times a full tile of 16 bits, not compressed
_LARGEST_BOXES, _MOST_BOXES = 1 << 26, 1000  # bytes, and boxes, around the codestream
_LARGEST_HEADER = 1 << 20
_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_SOC, _SIZ, _COD, _SOT, _EOC = 0xFF4F, 0xFF51, 0xFF52, 0xFF90, 0xFFD9
_SOT_SIZE = 12
# Bytes of the segments, without marker and length: of one component; before the precincts.
_SIZ_SIZE, _COD_SIZE = 39, 10
# Of the wavelet transform; and the exponents of the sides of a code block, less 2 each, together.
_MOST_LEVELS, _LARGEST_CODE_BLOCK = 32, 8
_WHOLE = 15  # the exponent of a precinct as large as any tile
# Of a tile: an encoder makes thousands. A decoder takes minutes to find that millions of them are empty.
_IMPOSSIBLE_PACKETS = 1 << 22
# Beyond, what a header says of packets is not believed.
_MOST_PACKETS = 1 << 12
_MAIN_HEADER_MARKERS = range(0xFF50, 0xFF70)


@dataclass(frozen=True)
class Tiles:
    """How the image is cut into tiles; in pixels.

    Attributes
    ----------
    left, top
        how far the first tile begins before the image.
    width, height
        of a tile.
    columns
        number of tiles side by side.
    """

    left: int
    top: int
    width: int
    height: int
    columns: int

    def under(self, window: Window) -> list[int]:
        """Return the numbers of the tiles that a window of the image touches."""
        left, top = window.column + self.left, window.row + self.top
        columns = range(left // self.width, (left + window.width - 1) // self.width + 1)
        rows = range(top // self.height, (top + window.height - 1) // self.height + 1)
        return [row * self.columns + column for row in rows for column in columns]


@dataclass(frozen=True)
class Structure:
    """Where the parts of a JPEG 2000 file are, in bytes from its start.

    Attributes
    ----------
    boxes
        end of the boxes before that of the codestream, and start of those after it.
    header
        start of the codestream and end of its main header.
    tile_parts
        number of the tile, start and length of each tile-part, in the order of the file.
    tiles
        how the image is cut into tiles.
    packets
        how many packets a tile has at most; an empty one may be a byte of zero.
    """

    boxes: tuple[int, int]
    header: tuple[int, int]
    tile_parts: list[tuple[int, int, int]]
    tiles: Tiles
    packets: int


def check_structure(path: Path) -> Structure:
    """Walk the boxes, the main header and the chain of tile-parts, up to the end-of-codestream marker.

    Raises
    ------
    RasterDamaged
        the file is cut, holds a hole of zeros between its parts, is larger than a tile can be, or no JPEG 2000 file;
        names the file and what is wrong.
    OSError
        it cannot be opened.
    """
    with open_regular(path) as stream:
        try:
            box, start, end = _codestream(stream)
            first, segments = _main_header(stream, start, end)
            siz, cod = _segment(segments, _SIZ), _segment(segments, _COD)
            tiles = _tiles(siz)
            parts = _tile_parts(stream, first, end)
            return Structure((box, end), (start, first), parts, tiles, _packets(tiles, siz, cod))
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
    size = _size(stream)
    position = len(_SIGNATURE)
    for _ in range(_MOST_BOXES):
        if position >= size:
            break
        kind, start, end = _box(stream, position, size)
        if kind == b"jp2c":
            if position + size - end > _LARGEST_BOXES:
                break
            return position, start, end
        position = end
    raise _Broken(Phrase("it holds no codestream"))


def _size(stream: BinaryIO) -> int:
    """Return the size of a file that begins as JPEG 2000 does."""
    size = stream.seek(0, 2)
    if size == 0:
        raise _Broken(Phrase("it is empty"))
    if size > _LARGEST_FILE:
        raise _Broken(Phrase("it has {size} bytes, more than a tile can have", size=size))
    if _read(stream, 0, len(_SIGNATURE)) != _SIGNATURE:
        raise _Broken(Phrase("it does not start as a JPEG 2000 file does"))
    return size


def _box(stream: BinaryIO, position: int, size: int) -> tuple[bytes, int, int]:
    """Return the kind of the box at a position, where its content starts, and where it ends."""
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
    return kind, position + header, end


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
        if len(found) > _MOST_TILES:
            raise _Broken(Phrase("it has more than {most} tile-parts", most=_MOST_TILES))
        position += length


def _main_header(stream: BinaryIO, start: int, end: int) -> tuple[int, list[tuple[int, bytes]]]:
    """Return where the first tile-part starts, and the marker segments before it: marker, and what follows its size."""
    soc, siz = struct.unpack(">HH", _read(stream, start, 4))
    if (soc, siz) != (_SOC, _SIZ):
        raise _Broken(Phrase("no codestream starts at byte {byte}, where one should", byte=start))
    segments: list[tuple[int, bytes]] = []
    position = start + 2
    while position + 4 <= min(end, start + _LARGEST_HEADER):
        marker, length = struct.unpack(">HH", _read(stream, position, 4))
        if marker == _SOT:
            return position, segments
        if marker not in _MAIN_HEADER_MARKERS or length < 2:
            raise _Broken(Phrase("the main header breaks off at byte {byte}", byte=position))
        segments.append((marker, _read(stream, position + 4, length - 2)))
        position += 2 + length
    raise _Broken(Phrase("it holds no tile-part"))


def _segment(segments: Sequence[tuple[int, bytes]], wanted: int) -> bytes:
    for marker, content in segments:
        if marker == wanted:
            return content
    raise _Broken(Phrase("its main header does not say how it is coded"))


def _tiles(siz: bytes) -> Tiles:
    """Return how the image is cut; refuse a size that no product can have."""
    if len(siz) < _SIZ_SIZE:
        raise _Broken(Phrase("its main header is cut"))
    _, right, bottom, left, top, width, height, tile_left, tile_top = struct.unpack_from(">H8I", siz)
    if not (left < right <= left + MOST_PIXELS and top < bottom <= top + MOST_PIXELS):
        raise _Broken(
            Phrase(
                "it announces {width} x {height} pixels, and a tile has at most {most} x {most}",
                width=right - left, height=bottom - top, most=MOST_PIXELS,
            )
        )  # fmt: skip
    if not (tile_left <= left and tile_top <= top and 0 < width <= _LARGEST_TILE and 0 < height <= _LARGEST_TILE):
        raise _Broken(Phrase("its tiles are of an impossible size"))
    columns, rows = -(-(right - tile_left) // width), -(-(bottom - tile_top) // height)
    if columns * rows > _MOST_TILES:
        raise _Broken(Phrase("its tiles are of an impossible size"))
    return Tiles(left - tile_left, top - tile_top, width, height, columns)


def _packets(tiles: Tiles, siz: bytes, cod: bytes) -> int:
    """Return how many packets a tile has at most: layers x components x precincts at each resolution."""
    if len(cod) < _COD_SIZE:
        raise _Broken(Phrase("its main header is cut"))
    (components,) = struct.unpack_from(">H", siz, 34)
    style, _, layers, _, levels, block_width, block_height = struct.unpack_from(">BBHBBBB", cod)
    if levels > _MOST_LEVELS or block_width + block_height > _LARGEST_CODE_BLOCK or not layers:
        raise _Broken(Phrase("its main header is damaged"))
    sizes = cod[_COD_SIZE:] if style & 1 else b"\xff" * (levels + 1)
    width, height = min(tiles.width, MOST_PIXELS), min(tiles.height, MOST_PIXELS)
    precincts = 0
    for level, size in enumerate(reversed(sizes[: levels + 1])):
        across, down = (
            1 if bits == _WHOLE else (side >> level >> bits) + 2
            for side, bits in ((width, size & 15), (height, size >> 4))
        )
        precincts += across * down
    packets = layers * components * precincts
    if packets > _IMPOSSIBLE_PACKETS:
        raise _Broken(Phrase("its main header is damaged"))
    return min(packets, _MOST_PACKETS)
