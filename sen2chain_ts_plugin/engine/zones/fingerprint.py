"""A key of what the zones of a layer say, whatever program wrote their file.

It is the SHA-256 over the zones in order: geometry in EPSG:4326 promoted to its multi type, with coordinates rounded to
1e-9 degree, rings closed at their smallest vertex, in one direction and sorted; names and values of the attributes as
text. So a layer that another version of GDAL writes with other bytes keeps its extraction tree, and a layer that was
edited gets another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from ..arrays import NDArray
from ..text import clean_text
from .geometries import HOLE, SHELL, Geometries
from .wkb import Coordinates, Geometry

_SCALE = 1e9
_VERTEX = 16  # bytes
# Neither lines nor points.
_NOTHING_ELSE = b"L" + bytes(8) + b"P" + bytes(8)
_LARGEST = np.iinfo(np.int64).max


def content_key(geometries: Sequence[Geometry], fields: Sequence[str], attributes: Sequence[tuple[object, ...]]) -> str:
    """Return the key as 64 hex digits.

    Parameters
    ----------
    geometries
        one per zone, in EPSG:4326.
    fields
        names of the attributes.
    attributes
        one tuple of values per zone.
    """
    digest = hashlib.sha256()
    digest.update("\x1f".join(map(clean_text, fields)).encode())
    geometries = Geometries.of(geometries)
    rings = _rings(geometries.of_kinds(SHELL, HOLE))
    for zone, (is_plain, values) in enumerate(zip(geometries.of_one_ring.tolist(), attributes)):
        if is_plain:
            ring = next(rings)
            said = [b"\x1eA", _length([ring]), _length(ring), ring, _NOTHING_ELSE]
        else:
            said = [b"\x1e", *_said(geometries[zone], rings)]
        texts = "\x1f".join(["" if value is None else clean_text(str(value)) for value in values])
        digest.update(b"".join((*said, texts.encode())))
    return digest.hexdigest()


def _said(geometry: Geometry, rings: Iterator[bytes]) -> Iterator[bytes]:
    for kind, parts in _normalised(geometry, rings):
        yield from (kind, _length(parts))
        for part in parts:
            yield from (_length(part), part)


def _length(of: Sequence[object]) -> bytes:
    return len(of).to_bytes(8, "big")


def _normalised(geometry: Geometry, rings: Iterator[bytes]) -> list[tuple[bytes, list[bytes]]]:
    polygons = sorted(b"".join(sorted(islice(rings, len(polygon)))) for polygon in geometry.polygons)
    lines = sorted(_rounded(line).tobytes() for line in geometry.lines)
    points = sorted(_rounded(geometry.points[n : n + 1]).tobytes() for n in range(len(geometry.points)))
    return [(b"A", polygons), (b"L", lines), (b"P", points)]


def _rounded(coordinates: Coordinates) -> np.ndarray:
    return np.rint(coordinates * _SCALE).astype(">i8")


def _rings(rings: Geometries) -> Iterator[bytes]:
    """Yield each ring from its smallest vertex on, the way its second vertex is smaller; first its length."""
    for _, coordinates, first in rings.in_batches():
        corners = _rounded(coordinates)
        forward, backward = corners.tobytes(), corners[::-1].tobytes()
        last = np.append(first[1:], len(corners)) - 1  # closes the ring: the first vertex once more
        for begin, end, at in zip(first.tolist(), last.tolist(), _smallest(corners, first, last).tolist()):
            size = (end - begin).to_bytes(8, "big")  # or a hole and a bay with the same corners would be one
            if begin == end:
                yield size
                continue
            there, back = len(corners) - begin, len(corners) - end  # of the same corners, backwards
            turned = len(corners) - 1 - at
            yield size + min(
                _cut(forward, at, end) + _cut(forward, begin, at),
                _cut(backward, turned, there) + _cut(backward, back, turned),
            )


def _cut(vertices: bytes, start: int, stop: int) -> bytes:
    return vertices[start * _VERTEX : stop * _VERTEX]


def _smallest(corners: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the smallest vertex of each ring is, by x and then y, its last one left out."""
    x, y = corners[:, 0].astype(np.int64), corners[:, 1].astype(np.int64)
    x[last] = _LARGEST
    lengths = last + 1 - first
    y[x != np.repeat(np.minimum.reduceat(x, first), lengths)] = _LARGEST
    smallest = np.flatnonzero(y == np.repeat(np.minimum.reduceat(y, first), lengths))
    found: NDArray[np.int64] = smallest[np.searchsorted(smallest, first)]
    return found
