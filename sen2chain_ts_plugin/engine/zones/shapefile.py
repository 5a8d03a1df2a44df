"""Zones as an ESRI shapefile in EPSG:4326, the same bytes for the same zones, whatever is installed.

Source of the format: ESRI Shapefile Technical Description (July 1998); dBASE III for the table.

Instead of pyshp or GDAL: the checksum of these bytes names the extraction, so they may not change with a version.
"""

from __future__ import annotations

import math
import os
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..files import system_path
from ..text import clean_text
from .wkb import Coordinates, Geometry

_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
_NULL, _LINE, _POLYGON, _MULTIPOINT = 0, 3, 5, 8
_LONGEST_NAME, _LONGEST_TEXT = 10, 254
_INDEX_HEADER, _INDEX_RECORD = 100, 8  # bytes
_NUMBER_WIDTH = 24  # the longest shortest way to write a float
# What a table holds: its header counts 65535 bytes, of 32 per field, and a row as many.
MOST_FIELDS, _LONGEST_ROW = 2000, 65_000


def write_shapefile(
    geometries: Sequence[Geometry], fields: Sequence[str], attributes: Sequence[tuple[object, ...]]
) -> dict[str, bytes]:
    """Return the bytes of each part of a shapefile, by extension; record i is zone i.

    Numbers are written so that they read back exactly. What a shapefile cannot hold is cut: names of fields at 10
    bytes, texts at 254.

    Parameters
    ----------
    geometries
        one per zone, in EPSG:4326; of one kind, or empty.
    fields
        names of the attributes.
    attributes
        one tuple of values per zone: str, int, float, bool or None.
    """
    shp, shx = _shapes(geometries)
    return {
        ".shp": shp,
        ".shx": shx,
        ".dbf": _table(fields, attributes),
        ".prj": _PRJ.encode(),
        ".cpg": b"UTF-8",
    }


def record_count(path: Path) -> int:
    """Return how many records a shapefile has, from the size of its index.

    Parameters
    ----------
    path
        the file, by the name of any of its parts.

    Raises
    ------
    OSError
        it has no index, or that may not be looked at.
    """
    return records_of_index(os.stat(system_path(path.with_suffix(".shx"))).st_size)


def records_of_index(size: int) -> int:
    """Return how many records the index of a shapefile lists, from its size in bytes."""
    return max((size - _INDEX_HEADER) // _INDEX_RECORD, 0)


def _shapes(geometries: Sequence[Geometry]) -> tuple[bytes, bytes]:
    kind = next((_kind(geometry) for geometry in geometries if geometry.parts()), _POLYGON)
    records, places = [], []
    at = 50  # counted in words of 16 bits, as the format does
    for number, geometry in enumerate(geometries, 1):
        content = _content(geometry, kind)
        records.append(struct.pack(">2i", number, len(content) // 2) + content)
        places.append(struct.pack(">2i", at, len(content) // 2))
        at += len(records[-1]) // 2
    boxes = [_box(geometry.parts()) for geometry in geometries if geometry.parts()]
    box = np.concatenate([np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]]) if boxes else np.zeros(4)

    def whole(parts: list[bytes]) -> bytes:
        body = b"".join(parts)
        head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(body) // 2)
        return head + struct.pack("<2i8d", 1000, kind, *box, 0, 0, 0, 0) + body

    return whole(records), whole(places)


def _kind(geometry: Geometry) -> int:
    if geometry.polygons:
        return _POLYGON
    return _LINE if geometry.lines else _MULTIPOINT


def _content(geometry: Geometry, kind: int) -> bytes:
    if not geometry.parts():
        return struct.pack("<i", _NULL)
    head = struct.pack("<i", kind) + _box(geometry.parts()).astype("<f8").tobytes()
    if kind == _MULTIPOINT:
        return head + struct.pack("<i", len(geometry.points)) + geometry.points.astype("<f8").tobytes()
    # Outer rings go clockwise, holes the other way round.
    rings = [
        _turned(ring, clockwise=not number) for polygon in geometry.polygons for number, ring in enumerate(polygon)
    ]
    parts = rings if kind == _POLYGON else geometry.lines
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])]).astype("<i4")
    points = np.concatenate(parts).astype("<f8")
    return head + struct.pack("<2i", len(parts), len(points)) + starts.tobytes() + points.tobytes()


def _turned(ring: Coordinates, *, clockwise: bool) -> Coordinates:
    x, y = (ring - ring[0]).T
    area = float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())  # twice, and negative when clockwise
    return ring[::-1] if (area > 0) == clockwise else ring


def _box(parts: Sequence[Coordinates]) -> Coordinates:
    points = np.concatenate(parts)
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _table(fields: Sequence[str], attributes: Sequence[tuple[object, ...]]) -> bytes:
    if fields:
        columns = [[values[number] for values in attributes] for number in range(min(len(fields), MOST_FIELDS))]
        names = _short_names(fields[:MOST_FIELDS])
    else:  # a table has at least one column
        columns, names = [list(range(len(attributes)))], [b"FID"]
    longest = longest_text(len(columns))
    return dbase(TableColumn(name, *_column(values, longest)) for name, values in zip(names, columns))


@dataclass(frozen=True)
class TableColumn:
    """A column of a table.

    Attributes
    ----------
    name
        at most 10 bytes.
    kind
        ``N`` for numbers, ``C`` for texts.
    cells
        as they are written, one per row.
    decimals
        how many are announced.
    width
        of the column in bytes; 0: that of its longest cell.
    """

    name: bytes
    kind: bytes
    cells: list[bytes]
    decimals: int = 0
    width: int = 0


def dbase(columns: Iterable[TableColumn], changed: tuple[int, int, int] = (100, 1, 1)) -> bytes:
    """Return a table, as the file ``.dbf`` of a shapefile.

    Parameters
    ----------
    columns
        as many cells in each.
    changed
        year since 1900, month and day of the last change. A fixed one: the checksum of the zones is the same every day.
    """
    described, padded = [], []
    for column in columns:
        width = column.width or max(map(len, column.cells), default=1) or 1
        described.append(struct.pack("<11sc4xBB14x", column.name, column.kind, width, column.decimals))
        padded.append([cell.rjust(width) if column.kind == b"N" else cell.ljust(width) for cell in column.cells])
    rows = [b" " + b"".join(row) for row in zip(*padded)]
    row_width = 1 + sum(description[16] for description in described)
    head = struct.pack("<4BIHH20x", 3, *changed, len(rows), 32 * len(described) + 33, row_width)
    return head + b"".join(described) + b"\r" + b"".join(rows) + b"\x1a"


def _column(values: Sequence[object], longest: int) -> tuple[bytes, list[bytes], int]:
    """Return the type of a column, its cells, and how many decimals to announce."""
    kinds = {type(value) for value in values if value is not None}
    whole = kinds == {int} and all(len(str(value)) <= _NUMBER_WIDTH for value in values if value is not None)
    if whole or (kinds and kinds <= {int, float} and all(map(_fits, values))):
        return b"N", [_number(value) for value in values], 0 if whole else 15
    texts = ["" if value is None else _text(value) for value in values]
    return b"C", [_cut(text, longest) for text in texts], 0


def _text(value: object) -> str:
    # As QGIS writes yes and no, which is not how the text "True" would be written.
    return str(value).lower() if isinstance(value, bool) else clean_text(str(value))


def _fits(value: Any) -> bool:
    return value is None or (len(_number(value)) <= _NUMBER_WIDTH and math.isfinite(value))


def _number(value: object) -> bytes:
    return b"" if value is None else repr(value).encode()


def _cut(text: str, longest: int) -> bytes:
    """Return a text as UTF-8 of at most so many bytes, no character halved."""
    return text.encode(errors="replace")[:longest].decode(errors="ignore").encode()


def cut_text(text: str, longest: int) -> str:
    """Return a text of at most so many bytes of UTF-8, no character halved."""
    if len(text) <= longest and text.isascii():
        return text
    return _cut(text, longest).decode()


def longest_text(fields: int) -> int:
    """Return how many bytes of a text a table of so many fields holds."""
    return min(_LONGEST_TEXT, _LONGEST_ROW // max(1, fields))


def shapefile_names(fields: Sequence[str]) -> list[str]:
    """Return names of fields as GDAL may take them for a shapefile, which holds 2000 of them.

    It cuts names itself, at 10 bytes, and those that repeat once more; only where that would halve a letter they are
    cut before. Where more are alike than it has numbers for, all get the names that `write_shapefile` gives.
    """
    fields = fields[:MOST_FIELDS]
    if not _gdal_has_names(fields):
        return [name.decode() for name in _short_names(fields)]
    names = []
    for field in fields:
        data = field.encode(errors="replace")
        whole = len(data) <= _LONGEST_NAME or data[_LONGEST_NAME] & 0xC0 != 0x80
        names.append(field if whole else cut_text(field, _LONGEST_NAME))
    return names


def _gdal_has_names(fields: Sequence[str]) -> bool:
    """Tell whether GDAL finds a free name for each field: it numbers those that repeat from 1 to 99, after 8 bytes."""
    used: set[str] = set()
    for field in fields:
        stem = cut_text(field, _LONGEST_NAME - 2)
        names = [cut_text(field, _LONGEST_NAME)]
        if names[0].upper() in used:
            names = [f"{stem}_{number}" if number < 10 else f"{stem}{number}" for number in range(1, 100)]
        free = next((name.upper() for name in names if name.upper() not in used), None)
        if free is None:
            return False
        used.add(free)
    return True


def _short_names(fields: Sequence[str]) -> list[bytes]:
    """Return different names of at most 10 bytes, whatever the case."""
    result: list[str] = []
    used: set[str] = set()
    last: Counter[str] = Counter()  # the number that was given last, by name: of many alike none is tried twice
    for field in fields:
        cut = name = cut_text(field, _LONGEST_NAME) or "field"
        while name.casefold() in used:
            last[cut.casefold()] += 1
            ending = f"_{last[cut.casefold()]}"
            name = cut_text(field, _LONGEST_NAME - len(ending)) + ending
        used.add(name.casefold())
        result.append(name)
    return [name.encode() for name in result]


# The parts of the zones' shapefile, in the order in which the checksum takes them.
SHAPEFILE_PARTS = (".shp", ".cpg", ".dbf", ".prj", ".shx")
