"""Whether the parts of a shapefile are whole and belong together, and whether they say what was written.

GDAL reads a cut shapefile without a word, as one of fewer zones or without values; and writes one on a full disk.
Source of the format: ESRI Shapefile Technical Description (July 1998); dBASE III for the table.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..arrays import NDArray
from ..errors import Phrase, VectorUnreadable
from ..files import exists, read_bytes
from .dbf_encoding import check_encoding
from .geometries import Geometries, extents
from .shapefile import SHAPEFILE_PARTS

_HEADER, _MAGIC = 100, 9994
_KINDS = (0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28, 31)
_NULL, _POINT, _MULTIPOINT = 0, 1, 8
_RECORDS_AT_ONCE = 1 << 14
_ROW_MARKS = (0x20, 0x2A)  # a row, a deleted one
# Degrees; a coordinate is stored as it is, only the direction of rings and the first vertex may change.
_SAME = 1e-9


class _Broken(Exception):
    """What is wrong, as a `Phrase`."""


def check_shapefile(path: Path) -> None:
    """Make sure that a shapefile is whole, by the name of any of its parts.

    Raises
    ------
    VectorUnreadable
        a part is cut, still being copied, no file or of another shapefile, or the .cpg names an encoding that no table
        can be in; names it and what is wrong.
    """
    check_encoding(_beside(path, ".cpg"))
    parts: dict[str, bytes] = {}
    for part in (".shp", ".shx", ".dbf"):
        file = _beside(path, part)
        try:
            parts[part] = read_bytes(file)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise VectorUnreadable(path=file, reason=error.strerror or error) from error
    damage = damage_of(parts)
    if damage is not None:
        raise VectorUnreadable(path=path, reason=damage)


def _beside(path: Path, part: str) -> Path:
    """Return another part of a shapefile, whose extension may be in capitals."""
    file = path.with_suffix(part)
    other = path.with_suffix(part.upper())
    return other if not exists(file) and exists(other) else file


def damage_of(parts: Mapping[str, bytes]) -> Phrase | None:
    """Return what is wrong with a shapefile, given its parts by extension; None for a whole one.

    A part that is missing is no damage: GDAL makes a new index, and reads shapes without a table.
    """
    try:
        shp, shx, dbf = (parts.get(part) for part in (".shp", ".shx", ".dbf"))
        shapes = rows = None
        if shp is not None:
            _check_length(shp, ".shp")
        if shx is not None:
            shapes = _check_index(shx, shp)
        if dbf is not None:
            rows = _check_table(dbf)
        if shapes is not None and rows is not None and shapes != rows:
            raise _Broken(Phrase("it has {shapes} shapes and its table {rows} rows", shapes=shapes, rows=rows))
    except _Broken as broken:
        phrase: Phrase = broken.args[0]
        return phrase
    return None


def is_damaged(parts: Mapping[str, bytes]) -> bool:
    """Tell whether the parts are those of a shapefile that is cut, or has an empty part."""
    known = struct.pack(">i", _MAGIC)
    looks_like_one = any(parts.get(part, b"").startswith(known) for part in (".shp", ".shx"))
    empty = any(not parts.get(part) for part in SHAPEFILE_PARTS if part != ".cpg")
    return empty or (looks_like_one and damage_of(parts) is not None)


def differs_from(parts: Mapping[str, bytes], geometries: Geometries) -> Phrase | None:
    """Return how a shapefile of ours differs from the zones that it was written from; None where it does not.

    Parameters
    ----------
    parts
        of the shapefile, by extension.
    geometries
        one per zone, in EPSG:4326.
    """
    damage = damage_of(parts)
    if damage is not None:
        return damage
    found = _boxes_of_records(parts[".shp"], parts[".shx"])
    wanted = geometries.boxes()
    if len(found) != len(wanted):
        return Phrase("it has {found} zones instead of {wanted}", found=len(found), wanted=len(wanted))
    same = np.isclose(found, wanted, rtol=0, atol=_SAME, equal_nan=True).all(axis=1)
    if not same.all():
        return Phrase("zone {zone} reads back otherwise", zone=int(np.flatnonzero(~same)[0]))
    table = parts[".dbf"]
    (start,) = struct.unpack_from("<H", table, 8)
    return Phrase("there are zeros in its table") if b"\0" in table[start:] else None


def _check_length(data: bytes, part: str) -> None:
    if len(data) < _HEADER or struct.unpack_from(">i", data)[0] != _MAGIC:
        raise _Broken(Phrase("its {part} does not begin as one does", part=part))
    announced = 2 * struct.unpack_from(">I", data, 24)[0]
    if announced > len(data):
        raise _Broken(
            Phrase(
                "its {part} is cut or still being copied: {size} bytes of {announced}",
                part=part, size=len(data), announced=announced,
            )
        )  # fmt: skip


def _records(shx: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each record begins and how long its content is, in bytes."""
    table = np.frombuffer(shx, ">u4", offset=_HEADER).astype(np.int64) * 2
    return table[::2], table[1::2]


def _check_index(shx: bytes, shp: bytes | None) -> int:
    _check_length(shx, ".shx")
    if (len(shx) - _HEADER) % 8:
        raise _Broken(Phrase("its {part} does not begin as one does", part=".shx"))
    begins, lengths = _records(shx)
    if shp is not None and len(begins):
        beyond = (begins < _HEADER) | (begins + 8 + lengths > len(shp)) | (lengths < 4)
        if not beyond.any():
            bytes_of = np.frombuffer(shp, np.uint8)
            kinds = bytes_of[(begins + 8)[:, None] + np.arange(4)].copy().view("<i4")[:, 0]
            heads = bytes_of[begins[:, None] + np.arange(8)]
            beyond = ~np.isin(kinds, _KINDS) | (heads == 0).all(axis=1)
        if beyond.any():
            zone = int(np.flatnonzero(beyond)[0])
            raise _Broken(Phrase("its shape {zone} is missing or still being copied", zone=zone))
    return len(begins)


def _check_table(dbf: bytes) -> int:
    if len(dbf) < 32:
        raise _Broken(Phrase("its {part} does not begin as one does", part=".dbf"))
    rows, header, width = struct.unpack_from("<IHH", dbf, 4)
    if header < 33 or not width:
        raise _Broken(Phrase("its {part} does not begin as one does", part=".dbf"))
    announced = header + rows * width
    if announced > len(dbf):
        raise _Broken(
            Phrase(
                "its {part} is cut or still being copied: {size} bytes of {announced}",
                part=".dbf", size=len(dbf), announced=announced,
            )
        )  # fmt: skip
    marks = np.frombuffer(dbf, np.uint8, offset=header)[: rows * width : width]
    if not np.isin(marks, _ROW_MARKS).all():
        raise _Broken(Phrase("there are zeros in its table"))
    return int(rows)


def _boxes_of_records(shp: bytes, shx: bytes) -> NDArray[np.float64]:
    """Return least x, least y, greatest x and greatest y of the vertices of each record; NaN where there are none."""
    begins = _records(shx)[0]
    found = np.full((len(begins), 4), np.nan)
    for page in range(0, len(begins), _RECORDS_AT_ONCE):
        these = slice(page, page + _RECORDS_AT_ONCE)
        first, points = _vertices_of(shp, begins[these])
        some = points > 0
        first, points = first[some], points[some]
        if len(points):
            start = np.cumsum(points) - points
            at = np.repeat(first - 16 * start, points) + 16 * np.arange(points.sum())
            found[these][some] = extents(np.stack([_at(shp, "<f8", at), _at(shp, "<f8", at + 8)], axis=1), start)
    return found


def _vertices_of(shp: bytes, begins: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the vertices of each record begin, and how many they are: 0 where they are not all there."""
    kinds, at = _at(shp, "<i4", begins + 8), begins + 12
    several = ~np.isin(kinds, (_NULL, _POINT))
    has_parts = several & (kinds != _MULTIPOINT)
    parts = np.where(has_parts, _at(shp, "<i4", at + 32), 0)
    points = np.where(several, _at(shp, "<i4", at + 32 + 4 * has_parts), kinds == _POINT).astype(np.int64)
    first = at + 36 * several + 4 * has_parts + 4 * parts
    whole = (parts >= 0) & (points > 0) & (first + 16 * points <= len(shp))
    return first, np.where(whole, points, 0)


def _at(data: bytes, kind: str, places: NDArray[np.int64]) -> NDArray[Any]:
    """Return the numbers at some places of bytes, 0 beyond their end; they need not be aligned."""
    size = np.dtype(kind).itemsize
    every: NDArray[Any] = np.ndarray(max(len(data) - size + 1, 0), kind, data, strides=(1,))
    inside = places < len(every)
    found: NDArray[Any] = np.zeros(len(places), kind)
    found[inside] = every[places[inside]]
    return found
