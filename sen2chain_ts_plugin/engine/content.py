"""A key of what the zones of a layer say, whatever program wrote their file.

It is the SHA-256 over the zones in order: geometry in EPSG:4326 promoted to its multi type, with coordinates rounded to
1e-9 degree, rings closed at their smallest vertex, in one direction and sorted; names and values of the attributes as
text. So a layer that another version of GDAL writes with other bytes keeps its extraction tree, and a layer that was
edited gets another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from .rows import clean_text
from .wkb import Coordinates, Geometry

_SCALE = 1e9


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
    for geometry, values in zip(geometries, attributes):
        digest.update(b"\x1e")
        for kind, parts in _normalised(geometry):
            digest.update(kind)
            digest.update(len(parts).to_bytes(8, "big"))
            for part in parts:
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        digest.update("\x1f".join("" if value is None else clean_text(str(value)) for value in values).encode())
    return digest.hexdigest()


def _normalised(geometry: Geometry) -> list[tuple[bytes, list[bytes]]]:
    polygons = sorted(b"".join(sorted(map(_ring, polygon))) for polygon in geometry.polygons)
    lines = sorted(_rounded(line).tobytes() for line in geometry.lines)
    points = sorted(_rounded(geometry.points[n : n + 1]).tobytes() for n in range(len(geometry.points)))
    return [(b"A", polygons), (b"L", lines), (b"P", points)]


def _rounded(coordinates: Coordinates) -> np.ndarray:
    return np.rint(coordinates * _SCALE).astype(">i8")


def _ring(ring: Coordinates) -> bytes:
    """Return a ring from its smallest vertex on, in the direction whose second vertex is smaller, after its length."""
    corners = _rounded(ring)[:-1]
    size = len(corners).to_bytes(8, "big")  # or a hole and a bay with the same corners would be one
    if not len(corners):
        return size
    first = int(np.lexsort((corners[:, 1], corners[:, 0]))[0])
    forward = np.roll(corners, -first, axis=0)
    backward = np.roll(forward[::-1], 1, axis=0)
    return size + min(forward.tobytes(), backward.tobytes())
