"""Cuts a JPEG 2000 codestream into codestreams of a single tile, so that OpenJPEG can decode areas of it.

Source of the format: ISO/IEC 15444-1, annex A.
"""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..arrays import NDArray
from ..files import open_regular
from .holes import Holes
from .jp2 import Structure
from .openjpeg import Codec, DecodeFailed, load

_SIZ, _COD = 0xFF51, 0xFF52


_KEPT = {_SIZ, _COD, 0xFF53, 0xFF5C, 0xFF5D, 0xFF5E, 0xFF5F}  # and COC QCD QCC RGN POC: how tiles are coded


_DROPPED = {0xFF55, 0xFF57, 0xFF63, 0xFF64}  # TLM PLM CRG COM: where tiles are, remarks


@dataclass(frozen=True)
class Layout:
    """How a codestream is cut up; sizes in pixels.

    Attributes
    ----------
    width, height
        of the image.
    tile_width, tile_height
        of a tile.
    code_block_width, code_block_height
        of a code block, counted in its subband.
    levels
        decompositions of the wavelet transform.
    reversible
        the 5-3 transform, else the 9-7 one.
    """

    width: int
    height: int
    tile_width: int
    tile_height: int
    code_block_width: int
    code_block_height: int
    levels: int
    reversible: bool

    @property
    def tile_columns(self) -> int:
        """Number of tiles side by side."""
        return -(-self.width // self.tile_width)

    @property
    def margin(self) -> int:
        """How far around an area more has to be decoded for the area to be exact.

        OpenJPEG decodes the code blocks within 3 coefficients of an area (2 for the 5-3 transform) in each subband. The
        9-7 filters, level after level, reach 2, 3 and then 4 of them far: without the fourth a pixel is off by one
        now and then. The 5-3 filters reach 1 and then 2.
        """
        return 0 if self.reversible else 1 << self.levels


class TileDecoder:
    """Decodes areas of the tiles of one file; belongs to one thread.

    Attributes
    ----------
    layout
        how the file is cut up.
    precision, signed
        of its values: number of bits, whether they have a sign.
    """

    def __init__(self, library: Any, path: Path, structure: Structure, holes: Holes) -> None:
        self._library = library
        self._holes = holes
        self._stream = open_regular(path)
        try:
            start, end = structure.header
            self._header, siz, cod = _essential(self._read(start, end - start))
            self.layout, self.precision, self.signed = _parse(self._header, siz, cod)
        except BaseException:
            self._stream.close()
            raise
        self._siz = siz

    def close(self) -> None:
        """Release the file."""
        self._stream.close()

    def _read(self, position: int, size: int) -> bytes:
        self._stream.seek(position)
        data = self._stream.read(size)
        if len(data) < size:
            raise DecodeFailed("the file is shorter than it was")
        return data

    def decode(self, tile: int, areas: NDArray[np.int64], out: NDArray[Any]) -> None:
        """Decode areas of a tile.

        Parameters
        ----------
        tile
            number of the tile, row by row.
        areas
            rectangles, int64, shape (areas, 4): first column, first row, column after the last and row after the last,
            counted from the corner of the tile. Neighbours in this order share their code blocks.
        out
            receives the pixels, of the tile's shape; nothing outside the areas is written.

        Raises
        ------
        DecodeFailed
            the library refuses or warns; what ``out`` holds is then undefined.
        RasterDamaged
            there is a hole of zeros in the tile.
        """
        layout = self.layout
        column = tile % layout.tile_columns * layout.tile_width
        row = tile // layout.tile_columns * layout.tile_height
        height, width = out.shape
        codestream = self._single_tile(tile, column, row)
        with contextlib.closing(Codec(self._library, codestream)) as codec:
            for left, top, right, bottom in areas.tolist():
                west, north = max(left - layout.margin, 0), max(top - layout.margin, 0)
                east, south = min(right + layout.margin, width), min(bottom + layout.margin, height)
                pixels = codec.area(column + west, row + north, column + east, row + south)
                out[top:bottom, left:right] = pixels[top - north : bottom - north, left - west : right - west]

    def _single_tile(self, tile: int, column: int, row: int) -> bytes:
        """Return a codestream that holds one tile, with the coordinates it has in the file."""
        layout = self.layout
        header = bytearray(self._header)
        right, bottom = min(column + layout.tile_width, layout.width), min(row + layout.tile_height, layout.height)
        size = (right, bottom, column, row, layout.tile_width, layout.tile_height, column, row)
        struct.pack_into(">8I", header, self._siz + 6, *size)
        pieces = [bytes(header)]
        parts = self._holes.parts_of(tile)
        if not parts:
            raise DecodeFailed("it has no such tile")
        for position, length in parts:
            part = bytearray(self._read(position, length))
            self._holes.check_part(position, part)
            struct.pack_into(">HI", part, 4, 0, length)  # it belongs to tile 0 now
            pieces.append(bytes(part))
        self._holes.say_sound(tile)
        return b"".join([*pieces, b"\xff\xd9"])


def open_tiles(path: Path, structure: Structure, holes: Holes) -> TileDecoder | None:
    """Open a file whose structure has been checked; None when the library is missing or the file is of another kind.

    Raises
    ------
    OSError
        it cannot be opened.
    """
    library = load()
    if library is None:
        return None
    try:
        return TileDecoder(library, path, structure, holes)
    except (DecodeFailed, struct.error):
        return None


def _essential(header: bytes) -> tuple[bytes, int, int]:
    """Return the main header with what one tile needs, and the places of its SIZ and COD markers."""
    kept, position = [header[:2]], 2
    places: dict[int, int] = {}
    while position < len(header):
        marker, length = struct.unpack_from(">HH", header, position)
        if marker in _KEPT:
            places.setdefault(marker, sum(map(len, kept)))
            kept.append(header[position : position + 2 + length])
        elif marker not in _DROPPED:
            raise DecodeFailed(f"marker {marker:x} in the main header")
        position += 2 + length
    if not places.keys() >= {_SIZ, _COD}:
        raise DecodeFailed("it does not say how it is coded")
    return b"".join(kept), places[_SIZ], places[_COD]


def _parse(header: bytes, siz: int, cod: int) -> tuple[Layout, int, bool]:
    width, height, *origin, components, depth, dx, dy = struct.unpack_from(">8IH3B", header, siz + 6)
    left, top, tile_width, tile_height, tile_left, tile_top = origin
    if any((left, top, tile_left, tile_top)) or (components, dx, dy) != (1, 1, 1):
        raise DecodeFailed("it has an offset, or several components")
    levels, block_width, block_height, _style, transform = struct.unpack_from(">5B", header, cod + 9)
    layout = Layout(width, height, tile_width, tile_height, 4 << block_width, 4 << block_height, levels, transform == 1)
    return layout, (depth & 0x7F) + 1, bool(depth & 0x80)
