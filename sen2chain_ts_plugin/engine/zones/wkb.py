"""Geometries as arrays of coordinates, parsed from well-known binary.

Source of the format: OGC 06-103r4 (Simple feature access), section 8; ISO and PostGIS codes of Z and M are understood,
Z and M themselves are dropped.

Instead of shapely, which not every QGIS has: the coordinates of a whole layer as arrays are what rasterising takes.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ..arrays import NDArray
from ..errors import GeometryNowhere, GeometryUnusable, Phrase

Coordinates = NDArray[np.float64]

_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION = range(1, 8)
_TO_MULTI = _MULTIPOINT - _POINT
# Surfaces of several faces, and one of three corners: seen from above, polygons.
_POLYHEDRAL, _TIN, _TRIANGLE = 15, 16, 17
_PARENTS = (_MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION, _POLYHEDRAL, _TIN)
# More than once around the Earth, in metres as the CRS of the tiles have them. What is further away is a mistake; its
# pixels would fill the memory.
FARTHEST = 5e7
# The same in the smallest unit and with the largest false easting that a CRS may have.
FARTHEST_ANYWHERE = 1e12
# How a polygon of one ring begins, alone and as the only part of a multiple one.
_ONE_POLYGON = struct.pack("<BII", 1, _POLYGON, 1)
_ONE_RING = (_ONE_POLYGON, struct.pack("<BII", 1, _MULTIPOLYGON, 1) + _ONE_POLYGON)
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

    def outline(self) -> list[Coordinates]:
        """Return what bounds it, part by part: of a polygon the outer ring alone, even if a hole leaves it."""
        shells = [polygon[0] for polygon in self.polygons]
        return [*shells, *self.lines, *([self.points] if len(self.points) else [])]


def only_ring(data: bytes, farthest: float) -> bytes | None:
    """Return the vertices of a plain polygon of one closed ring, as most fields are; None for anything else.

    Parameters
    ----------
    data, farthest
        see `parse_wkb`, which says what is wrong with a ring that is too far away, and closes one that is open.
    """
    for head in _ONE_RING if sys.byteorder == "little" else ():
        at = len(head) + 4
        if data.startswith(head) and len(data) == at + 16 * int.from_bytes(data[at - 4 : at], "little") > at:
            ring = data[at:]
            values = array("d", ring)  # so few that numpy would take longer
            near = -farthest <= min(values) and max(values) <= farthest and not math.isnan(sum(values))
            return ring if near and ring[:16] == ring[-16:] else None
    return None


def wkb_of_ring(vertices: bytes) -> bytes:
    """Return a polygon of one ring, given as float64, as `to_wkb` does."""
    return _ONE_RING[1] + struct.pack("<I", len(vertices) // 16) + vertices


def parse_wkb(data: bytes, farthest: float = FARTHEST) -> Geometry:
    """Read a geometry; an empty one has no parts.

    Parameters
    ----------
    data
        the well-known binary.
    farthest
        the largest coordinate that is no mistake. The default is for what will be rasterised, in the CRS of a
        tile; `FARTHEST_ANYWHERE` is for what is still to be transformed.

    Raises
    ------
    GeometryNowhere
        there are coordinates that are not finite, or not on this Earth.
    GeometryUnusable
        the bytes are cut, or of a curved type.
    """
    ring = only_ring(data, farthest)
    if ring is not None:
        return Geometry([[np.array(np.frombuffer(ring, np.float64)).reshape(-1, 2)]])
    parser = _Parser(data, farthest)
    try:
        parser.geometry()
    except (struct.error, ValueError, RecursionError) as error:
        raise GeometryUnusable(reason=error.args[0]) from error
    points = np.concatenate(parser.points) if parser.points else np.empty((0, 2))
    return Geometry(parser.polygons, parser.lines, points)


def to_wkb(geometry: Geometry) -> bytes:
    """Return a geometry of one kind as well-known binary: polygons, lines or points, always of the multi type."""
    if geometry.polygons:
        kind, parts = _POLYGON, [_counted(map(_vertices, rings), len(rings)) for rings in geometry.polygons]
    elif geometry.lines:
        kind, parts = _LINE, [_vertices(line) for line in geometry.lines]
    else:
        kind, parts = _POINT, [point.astype("<f8").tobytes() for point in geometry.points]
    head = struct.pack("<BI", 1, kind)
    return struct.pack("<BI", 1, kind + _TO_MULTI) + _counted((head + part for part in parts), len(parts))


def _counted(parts: Iterable[bytes], number: int) -> bytes:
    return struct.pack("<I", number) + b"".join(parts)


def _vertices(coordinates: Coordinates) -> bytes:
    return struct.pack("<I", len(coordinates)) + coordinates.astype("<f8").tobytes()


class _Parser:
    """Goes through the bytes once and sorts the parts it meets by kind."""

    def __init__(self, data: bytes, farthest: float) -> None:
        self._data = memoryview(data)
        self._farthest = farthest
        self._at = 0
        self._order = "<"
        self._dimensions = 2
        self.polygons: list[list[Coordinates]] = []
        self.lines: list[Coordinates] = []
        self.points: list[Coordinates] = []

    def geometry(self) -> None:
        """Take the geometry at this place, with all that is nested in it."""
        kind = self._header()
        if kind == _POINT:
            point = self._coordinates(1)
            # An empty point is written as one of NaN.
            if not np.isnan(point).all():
                self.points.append(self._checked(point))
        elif kind == _LINE:
            self.lines += self._some_coordinates()
        elif kind in (_POLYGON, _TRIANGLE):
            rings = [_closed(ring) for _ in range(self._integer()) for ring in self._some_coordinates()]
            self.polygons += [rings] if rings else []
        elif kind in _PARENTS:
            for _ in range(self._integer()):
                self.geometry()
        else:
            raise ValueError(Phrase("geometry type {kind} is not a point, line or polygon", kind=kind))

    def _header(self) -> int:
        self._order = "<" if bytes(self._data[self._at : self._at + 1]) == b"\x01" else ">"
        self._at += 1
        code = self._integer()
        if code & _EWKB_SRID:
            self._at += 4
        thousands, kind = divmod(code & 0x0FFFFFFF, 1000)
        self._dimensions = 2 + bool(code & _EWKB_Z) + bool(code & _EWKB_M) + {1: 1, 2: 1, 3: 2}.get(thousands, 0)
        return kind

    def _integer(self) -> int:
        (number,) = struct.unpack_from(self._order + "I", self._data, self._at)
        self._at += 4
        return int(number)

    def _some_coordinates(self) -> list[Coordinates]:
        """Return a counted array of coordinates, or nothing when it is empty."""
        count = self._integer()
        return [self._checked(self._coordinates(count))] if count else []

    def _coordinates(self, count: int) -> Coordinates:
        size = count * self._dimensions
        if self._at + 8 * size > len(self._data):
            raise ValueError(Phrase("the geometry is cut"))
        values = np.frombuffer(self._data, self._order + "f8", size, self._at)
        self._at += 8 * size
        return values.reshape(count, self._dimensions)[:, :2].astype(np.float64)

    def _checked(self, coordinates: Coordinates) -> Coordinates:
        if (np.abs(coordinates) <= self._farthest).all():
            return coordinates
        if not np.isfinite(coordinates).all():
            raise GeometryNowhere(reason=Phrase("it has coordinates that are not finite"))
        raise GeometryNowhere(reason=Phrase("it has coordinates that are nowhere on Earth"))


def _closed(ring: Coordinates) -> Coordinates:
    """Return a ring that ends where it begins: some programs leave out the last vertex, which QGIS adds."""
    if len(ring) and (ring[0, 0] != ring[-1, 0] or ring[0, 1] != ring[-1, 1]):
        return np.concatenate([ring, ring[:1]])
    return ring
