"""The geometries of a whole layer in a few arrays: 17 bytes for a parcel, and 16 for each vertex.

Instead of shapely's arrays of geometries, which not every QGIS has: coordinates one below the other are also what
transforming and rasterising take.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

import numpy as np

from ..arrays import NDArray
from .wkb import FARTHEST, FARTHEST_ANYWHERE, Coordinates, Geometry, only_ring, parse_wkb, to_wkb, wkb_of_ring

Integers = NDArray[np.int64]
# What a part is: the outer ring that a polygon begins with, a further ring of it, a line, or all points of a geometry.
SHELL, HOLE, LINE, POINTS = range(4)
# So many vertices, and a part more, or zones are worked on at once: what is computed of them takes its own memory.
_VERTICES_AT_ONCE, _ZONES_AT_ONCE = 1 << 16, 1 << 14


@dataclass(frozen=True, eq=False)
class Geometries(Sequence[Geometry]):
    """The geometries of zones; geometry i is that of zone i.

    Attributes
    ----------
    coordinates
        x and y of all vertices, part after part, float64, shape (vertices, 2).
    first
        where in them each part begins, and the end; int64, shape (parts + 1,).
    kinds
        what each part is: ``SHELL``, ``HOLE``, ``LINE`` or ``POINTS``; uint8, shape (parts,).
    parts
        where the parts of each zone begin, and the end; int64, shape (zones + 1,).
    """

    coordinates: Coordinates
    first: Integers
    kinds: NDArray[np.uint8]
    parts: Integers

    @classmethod
    def of(cls, geometries: Iterable[Geometry]) -> Geometries:
        """Return geometries in this form, itself where it has it already."""
        return geometries if isinstance(geometries, Geometries) else gathered(geometries)

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.parts) - 1

    @overload
    def __getitem__(self, zone: int) -> Geometry: ...
    @overload
    def __getitem__(self, zone: slice) -> Geometries: ...

    def __getitem__(self, zone: int | slice) -> Geometry | Geometries:
        """Return the geometry of a zone, or those of zones that follow each other; their coordinates are views."""
        if isinstance(zone, slice):
            begin, end, _ = zone.indices(len(self))
            return self._between(begin, max(begin, end))
        place = range(len(self))[zone]
        begin, end = self.parts[place : place + 2].tolist()
        found = Geometry()
        points = found.points
        borders = self.first[begin : end + 1].tolist()
        for kind, start, stop in zip(self.kinds[begin:end].tolist(), borders, borders[1:]):
            part = self.coordinates[start:stop]
            if kind == SHELL:
                found.polygons.append([part])
            elif kind == HOLE:
                found.polygons[-1].append(part)
            elif kind == LINE:
                found.lines.append(part)
            else:
                points = part
        return replace(found, points=points)

    def __iter__(self) -> Iterator[Geometry]:
        """Yield the geometry of each zone."""
        return (self[zone] for zone in range(len(self)))

    def _between(self, begin: int, end: int) -> Geometries:
        low, high = self.parts[begin], self.parts[end]
        start, stop = self.first[low], self.first[high]
        first, parts = self.first[low : high + 1] - start, self.parts[begin : end + 1] - low
        return Geometries(self.coordinates[start:stop], first, self.kinds[low:high], parts)

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Whether each zone has a vertex at all."""
        return np.diff(self.parts) > 0

    @property
    def zone_of_part(self) -> Integers:
        """The zone of each part."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.parts))

    @property
    def lengths(self) -> Integers:
        """The number of vertices of each part."""
        return np.diff(self.first)

    @property
    def of_one_ring(self) -> NDArray[np.bool_]:
        """Whether each is a polygon of one ring, as most parcels are."""
        found = np.diff(self.parts) == 1
        found[found] = self.kinds[self.parts[:-1][found]] == SHELL
        return found

    def kept(self, zones: NDArray[np.bool_]) -> Geometries:
        """Return the same with nothing left of the other zones; ``zones`` has one value per zone."""
        return self.of_parts(zones[self.zone_of_part])

    def of_kinds(self, *kinds: int) -> Geometries:
        """Return the same with the parts of some kinds alone."""
        return self.of_parts(np.isin(self.kinds, kinds))

    def of_parts(self, wanted: NDArray[np.bool_]) -> Geometries:
        """Return the same with some of the parts alone; ``wanted`` has one value per part."""
        if wanted.all():
            return self
        lengths = self.lengths
        coordinates = self.coordinates[np.repeat(wanted, lengths)]
        before = _borders(wanted)
        return Geometries(coordinates, _borders(lengths[wanted]), self.kinds[wanted], before[self.parts])

    def take(self, zones: Integers) -> Geometries:
        """Return the geometries of some zones, given by ascending numbers."""
        if len(zones) == len(self):
            return self
        wanted = np.zeros(len(self), bool)
        wanted[zones] = True
        found = self.kept(wanted)
        return replace(found, parts=np.append(found.parts[zones], found.parts[-1]))

    def moved(self, coordinates: Coordinates) -> Geometries:
        """Return the same with other coordinates, given in the order of these."""
        return replace(self, coordinates=coordinates)

    def replaced(self, others: Mapping[int, Geometry]) -> Geometries:
        """Return the same with another geometry for some zones."""
        pieces, begin = [], 0
        for zone in sorted(others):
            pieces += [self[begin:zone], gathered([others[zone]])]
            begin = zone + 1
        return joined([*pieces, self[begin:]]) if pieces else self

    def as_wkb(self) -> Iterator[bytes | None]:
        """Yield each as well-known binary of the multi type, see `wkb.to_wkb`; None for an empty one."""
        for page in range(0, len(self), _ZONES_AT_ONCE):
            these = self[page : page + _ZONES_AT_ONCE]
            begins, ends = (these.first[parts].tolist() for parts in (these.parts[:-1], these.parts[1:]))
            for zone, (plain, begin, end) in enumerate(zip(these.of_one_ring.tolist(), begins, ends)):
                if plain:
                    yield wkb_of_ring(these.coordinates[begin:end].tobytes())
                else:
                    yield to_wkb(these[zone]) if end > begin else None

    def in_batches(self) -> Iterator[tuple[slice, Coordinates, Integers]]:
        """Yield some parts at a time: which, their coordinates, and where in these each part begins."""
        batch = self.first[:-1] // _VERTICES_AT_ONCE
        borders = [*np.flatnonzero(np.diff(batch, prepend=-1)).tolist(), len(batch)]
        for begin, end in zip(borders, borders[1:]):
            first = self.first[begin:end]
            yield slice(begin, end), self.coordinates[first[0] : self.first[end]], first - first[0]

    def extents(self) -> Coordinates:
        """Return the least x, least y, greatest x and greatest y of each part, shape (parts, 4)."""
        return extents(self.coordinates, self.first[:-1])

    def boxes(self) -> Coordinates:
        """Return the same of each zone, shape (zones, 4); NaN of one without a vertex."""
        found = np.full((len(self), 4), np.nan)
        filled = self.filled
        if filled.any():
            each, begin = self.extents(), self.parts[:-1][filled]
            found[filled, :2] = np.minimum.reduceat(each[:, :2], begin)
            found[filled, 2:] = np.maximum.reduceat(each[:, 2:], begin)
        return found

    def are_on_earth(self) -> NDArray[np.bool_]:
        """Tell whether each is finite, and of a size that those in the CRS of a tile have on this Earth.

        An empty one is not.
        """
        with np.errstate(invalid="ignore"):
            return (np.abs(self.boxes()) <= FARTHEST).all(axis=1)


def extents(coordinates: Coordinates, first: Integers) -> Coordinates:
    """Return the least x, least y, greatest x and greatest y of each part, given where each begins."""
    if not len(first):
        return np.empty((0, 4))
    return np.hstack([np.minimum.reduceat(coordinates, first), np.maximum.reduceat(coordinates, first)])


def joined(pieces: Sequence[Geometries]) -> Geometries:
    """Return the geometries of several layers as those of one."""
    return Geometries(
        np.concatenate([piece.coordinates for piece in pieces]),
        _borders(np.concatenate([piece.lengths for piece in pieces])),
        np.concatenate([piece.kinds for piece in pieces]),
        _borders(np.concatenate([np.diff(piece.parts) for piece in pieces])),
    )


def gathered(geometries: Iterable[Geometry]) -> Geometries:
    """Return geometries in a few arrays."""
    gatherer = Gatherer()
    for geometry in geometries:
        gatherer.add(geometry)
    return gatherer.geometries()


def _borders(lengths: NDArray[Any]) -> Integers:
    return np.append(np.int64(0), np.cumsum(lengths, dtype=np.int64))  # of Windows' own a number has 32 bits


class Gatherer:
    """Takes the geometries of a layer one after the other, and no more memory than they need."""

    def __init__(self) -> None:
        self._coordinates = bytearray()
        self._lengths, self._counts = array("q"), array("q")
        self._kinds = bytearray()

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self._counts)

    def add(self, given: bytes | Geometry | None) -> None:
        """Take in the geometry of the next zone, well-known binary in any CRS or a geometry; None: it has none.

        Raises
        ------
        GeometryUnusable
            see `wkb.parse_wkb`; the zone is not counted.
        """
        if given is not None and not isinstance(given, Geometry):
            given = bytes(given)
            ring = only_ring(given, FARTHEST_ANYWHERE)
            if ring is not None:
                self._part(SHELL, ring)
                self._counts.append(1)
                return
            given = parse_wkb(given, FARTHEST_ANYWHERE)
        parts = [] if given is None else list(_parts(given))
        for kind, part in parts:
            self._part(kind, part.tobytes())
        self._counts.append(len(parts))

    def _part(self, kind: int, vertices: bytes) -> None:
        self._kinds.append(kind)
        self._lengths.append(len(vertices) // 16)
        self._coordinates += vertices

    def geometries(self) -> Geometries:
        """Return what was taken in."""
        coordinates = np.frombuffer(self._coordinates, np.float64).reshape(-1, 2)
        lengths, counts = np.array(self._lengths, np.int64), np.array(self._counts, np.int64)
        return Geometries(coordinates, _borders(lengths), np.frombuffer(self._kinds, np.uint8), _borders(counts))


def _parts(geometry: Geometry) -> Iterator[tuple[int, Coordinates]]:
    for polygon in geometry.polygons:
        yield from zip([SHELL] + [HOLE] * (len(polygon) - 1), polygon)
    yield from ((LINE, line) for line in geometry.lines)
    if len(geometry.points):
        yield POINTS, geometry.points
