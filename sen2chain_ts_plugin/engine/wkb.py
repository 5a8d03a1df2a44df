"""Geometries as arrays of coordinates, parsed from well-known binary.

Source of the format: OGC 06-103r4 (Simple feature access), section 8; ISO and PostGIS codes of Z and M are understood,
Z and M themselves are dropped.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .errors import GeometryUnusable

Coordinates = NDArray[np.float64]

_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION = range(1, 8)
_PARENTS = (_MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION)
_EWKB_Z, _EWKB_M, _EWKB_SRID = 0x80000000, 0x40000000, 0x20000000


@dataclass(frozen=True)
class Geometry:
    """The parts of a geometry, each an array of shape (n, 2) of x and y.

    Attributes
    ----------
    polygons
        the closed rings of each polygon, outer and inner alike: a point is inside a polygon when it is inside an odd
        number of its rings, and inside the geometry when it is inside one of its polygons.
    lines
        line strings.
    points
        all points as one array.
    """

    polygons: list[list[Coordinates]] = field(default_factory=list)
    lines: list[Coordinates] = field(default_factory=list)
    points: Coordinates = field(default_factory=lambda: np.empty((0, 2)))

    def parts(self) -> list[Coordinates]:
        """All coordinates, part by part."""
        rings = [ring for polygon in self.polygons for ring in polygon]
        return [*rings, *self.lines, *([self.points] if len(self.points) else [])]


def parse_wkb(data: bytes) -> Geometry:
    """Read a geometry; an empty one has no parts.

    Raises
    ------
    GeometryUnusable
        the bytes are cut, of a curved type, or hold coordinates that are not finite.
    """
    polygons: list[list[Coordinates]] = []
    lines: list[Coordinates] = []
    points: list[Coordinates] = []
    try:
        _parse(memoryview(data), 0, polygons, lines, points)
    except (struct.error, ValueError, RecursionError) as error:
        raise GeometryUnusable(reason=str(error)) from error
    return Geometry(polygons, lines, np.concatenate(points) if points else np.empty((0, 2)))


def _parse(
    data: memoryview, at: int, polygons: list[list[Coordinates]], lines: list[Coordinates], points: list[Coordinates]
) -> int:
    order = "<" if bytes(data[at : at + 1]) == b"\x01" else ">"
    (code,) = struct.unpack_from(order + "I", data, at + 1)
    at += 5
    if code & _EWKB_SRID:
        at += 4
    dimensions = 2 + bool(code & _EWKB_Z) + bool(code & _EWKB_M)
    code &= 0x0FFFFFFF
    dimensions += {0: 0, 1: 1, 2: 1, 3: 2}.get(code // 1000, 0)
    kind = code % 1000
    if kind == _POINT:
        point, at = _coordinates(data, at, 1, dimensions, order, nan_is_empty=True)
        points.append(point)
    elif kind == _LINE:
        line, at = _counted(data, at, dimensions, order)
        if len(line):
            lines.append(line)
    elif kind == _POLYGON:
        (count,) = struct.unpack_from(order + "I", data, at)
        at += 4
        rings = []
        for _ in range(count):
            ring, at = _counted(data, at, dimensions, order)
            if len(ring):
                rings.append(ring)
        if rings:
            polygons.append(rings)
    elif kind in _PARENTS:
        (count,) = struct.unpack_from(order + "I", data, at)
        at += 4
        for _ in range(count):
            at = _parse(data, at, polygons, lines, points)
    else:
        raise ValueError(f"geometry type {kind} is not a point, line or polygon")
    return at


def _counted(data: memoryview, at: int, dimensions: int, order: str) -> tuple[Coordinates, int]:
    (count,) = struct.unpack_from(order + "I", data, at)
    return _coordinates(data, at + 4, count, dimensions, order)


def _coordinates(
    data: memoryview, at: int, count: int, dimensions: int, order: str, *, nan_is_empty: bool = False
) -> tuple[Coordinates, int]:
    size = count * dimensions
    end = at + 8 * size
    if end > len(data):
        raise ValueError("the geometry is cut")
    values = np.frombuffer(data, order + "f8", size, at).reshape(count, dimensions)[:, :2].astype(np.float64)
    if not np.isfinite(values).all():
        if nan_is_empty and np.isnan(values).all():
            return np.empty((0, 2)), end  # how WKB writes an empty point
        raise ValueError("it has coordinates that are not finite")
    return values, end
