"""Geometries that go around the Earth: cut at 180 degrees, or to the surroundings of a UTM zone.

Both are done in degrees, where such a geometry means something; in the CRS of a tile its far corners have no place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .wkb import Coordinates, Geometry

# West, south, east, north.
Box = tuple[float, float, float, float]
# A UTM zone and what is beyond it of any tile: 6 degrees, and no tile is 7 further out. In the north tiles end at 84.
_BEYOND, _NORTHMOST = 10.0, 85.0
# Where UTM, which is a cylinder across the poles, ends to mean something.
_FARTHEST, _NEAREST_POLE = 80.0, 89.9
# A straight line in degrees is none in UTM: within a degree it is, to some ten metres.
_LONGEST_EDGE = 1.0


def box_of_utm(epsg: int) -> Box | None:
    """Return what surrounds a UTM zone in degrees, given its EPSG code, 326zz or 327zz; None for any other CRS."""
    zone = epsg % 100
    if epsg // 100 not in (326, 327) or not 1 <= zone <= 60:
        return None
    middle = 6.0 * zone - 183
    return middle - _BEYOND, -_NORTHMOST, middle + _BEYOND, _NORTHMOST


def reaches_too_far(parts: Sequence[Coordinates], box: Box) -> bool:
    """Tell whether some vertex, in degrees, is so far from a UTM zone that it has no place in its CRS, or a wrong one.

    Parameters
    ----------
    parts
        of a geometry, or anything whose first two columns are such vertices.
    box
        see `box_of_utm`.
    """
    middle = (box[0] + box[2]) / 2
    for part in parts:
        away = np.abs((part[:, 0] - middle + 180) % 360 - 180)
        if (away > _FARTHEST).any() or (np.abs(part[:, 1]) > _NEAREST_POLE).any():
            return True
    return False


def clip_to_box(geometry: Geometry, box: Box) -> Geometry:
    """Return what of a geometry in degrees is in a box, which may reach beyond 180 degrees.

    Its edges get vertices enough for another CRS to bend them. Of lines each piece between two vertices is a part.
    """
    clipped = Geometry()
    points = [clipped.points]
    for turn in (-360.0, 0.0, 360.0):
        moved = _turned(geometry, turn)
        for polygon in moved.polygons:
            rings = [ring for ring in (_clip_ring(ring, box) for ring in polygon) if len(ring)]
            clipped.polygons.extend([rings] if rings else [])
        for line in moved.lines:
            clipped.lines.extend(_clip_line(line, box))
        x, y = moved.points.T
        points.append(moved.points[(x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])])
    return Geometry(clipped.polygons, clipped.lines, np.concatenate(points))


def cut_at_180(geometry: Geometry) -> Geometry:
    """Return a geometry in degrees with what is beyond 180 degrees on the other side, as parts of their own.

    A part whose neighbouring vertices are more than half the Earth apart crosses 180 degrees on the short way, unless
    it goes around the whole Earth.
    """
    polygons: list[list[Coordinates]] = []
    for polygon in geometry.polygons:
        rings = [_unrolled(ring) for ring in polygon]
        low, high = _span(rings[:1])
        if low >= -180 and high <= 180:
            polygons.append(rings)
            continue
        # A hole may have been unrolled to the other side of its shell.
        rings = rings[:1] + [_beside(ring, rings[0]) for ring in rings[1:]]
        for turn in (-360.0, 0.0, 360.0):
            box = (-180.0, -90.0, 180.0, 90.0)
            pieces = [_clip_sides(_shifted(ring, turn), box) for ring in rings]
            polygons.extend([[piece for piece in pieces if len(piece)]] if len(pieces[0]) else [])
    lines = [piece for line in geometry.lines for piece in _cut_line(_unrolled(line))]
    points = geometry.points.copy()
    outside = np.abs(points[:, 0]) > 180
    points[outside, 0] = (points[outside, 0] + 180) % 360 - 180
    return Geometry(polygons, lines, points)


def crosses_180(geometry: Geometry) -> bool:
    """Tell whether `cut_at_180` would change a geometry in degrees."""
    return any(bool((np.abs(part[:, 0]) > 180).any()) or bool(_jumps(part).any()) for part in geometry.parts())


def _jumps(part: Coordinates) -> Coordinates:
    """Return how many times round each edge goes the long way: -1, 0 or 1; 0 for one around the whole Earth."""
    steps = np.diff(part[:, 0])
    jumps = -np.sign(steps) * (np.abs(steps) > 180)
    jumps[np.abs(steps) >= 360] = 0
    return jumps


def _unrolled(part: Coordinates) -> Coordinates:
    """Return a part whose neighbouring vertices are not half the Earth apart, so that it may go beyond 180 degrees."""
    jumps = _jumps(part)
    if not jumps.any():
        return part
    turns = np.concatenate([[0], np.cumsum(jumps)]) * 360.0
    if turns[-1] and np.array_equal(part[0], part[-1]):
        return part  # a ring around a pole: it has no inside in degrees
    return np.column_stack([part[:, 0] + turns, part[:, 1]])


def _span(rings: Sequence[Coordinates]) -> tuple[float, float]:
    x = np.concatenate(rings)[:, 0]
    return float(x.min()), float(x.max())


def _beside(ring: Coordinates, shell: Coordinates) -> Coordinates:
    turns = np.rint((shell[:, 0].mean() - ring[:, 0].mean()) / 360)
    return _shifted(ring, 360.0 * turns)


def _shifted(part: Coordinates, turn: float) -> Coordinates:
    return part + np.array([turn, 0.0])


def _turned(geometry: Geometry, turn: float) -> Geometry:
    polygons = [[_shifted(ring, turn) for ring in polygon] for polygon in geometry.polygons]
    return Geometry(polygons, [_shifted(line, turn) for line in geometry.lines], _shifted(geometry.points, turn))


def _clip_ring(ring: Coordinates, box: Box) -> Coordinates:
    """Return a closed ring cut to a box, with vertices along its edges; an empty one where nothing is left."""
    return _with_more_vertices(_clip_sides(ring, box))


def _clip_sides(ring: Coordinates, box: Box) -> Coordinates:
    """Cut a ring to one side of a box after the other (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if not len(ring):
            break
        ring = _clip_side(ring, axis, limit, sign)
    return ring if len(ring) > 3 else np.empty((0, 2))


def _clip_side(ring: Coordinates, axis: int, limit: float, sign: int) -> Coordinates:
    beyond = (ring[:, axis] - limit) * sign < 0
    if not beyond.any():
        return ring
    kept: list[Coordinates] = []
    for start, end, out, next_out in zip(ring[:-1], ring[1:], beyond[:-1].tolist(), beyond[1:].tolist()):
        if not out:
            kept.append(start)
        if out != next_out:
            crossing = start + (end - start) * ((limit - start[axis]) / (end[axis] - start[axis]))
            crossing[axis] = limit
            kept.append(crossing)
    return np.array([*kept, kept[0]]) if kept else np.empty((0, 2))


def _clip_line(line: Coordinates, box: Box) -> list[Coordinates]:
    """Return the pieces of a line in a box, each between two of its vertices (Liang and Barsky, 1984)."""
    pieces = []
    for start, end in zip(line[:-1], line[1:]):
        first, last, step = 0.0, 1.0, end - start
        for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
            inside, towards = (start[axis] - limit) * sign, step[axis] * sign
            if towards > 0:
                first = max(first, -inside / towards)
            elif towards < 0:
                last = min(last, -inside / towards)
            elif inside < 0:
                last = -1.0
        if first < last:
            pieces.append(_with_more_vertices(np.array([start + first * step, start + last * step])))
    return pieces


def _cut_line(line: Coordinates) -> list[Coordinates]:
    """Return the pieces of a line between the meridians of 180 degrees, each moved into the range of longitudes."""
    x = line[:, 0]
    if x.min() >= -180 and x.max() <= 180:
        return [line]
    pieces: list[list[Coordinates]] = [[line[0]]]
    for start, end in zip(line[:-1], line[1:]):
        low, high = sorted((start[0], end[0]))
        meridians = [m for m in (-540.0, -180.0, 180.0, 540.0) if low < m < high]
        for meridian in meridians if end[0] > start[0] else reversed(meridians):
            share = (meridian - start[0]) / (end[0] - start[0])
            crossing = np.array([meridian, start[1] + share * (end[1] - start[1])])
            pieces[-1].append(crossing)
            pieces.append([crossing])
        pieces[-1].append(end)
    moved = []
    for piece in pieces:
        part = np.array(piece)
        turns = np.floor((part[:, 0].mean() + 180) / 360)
        moved.append(part - [360.0 * turns, 0.0])
    return moved


def _with_more_vertices(part: Coordinates) -> Coordinates:
    """Return a part with vertices added so that no edge is longer than a degree."""
    if len(part) < 2:
        return part
    pieces = []
    for start, end in zip(part[:-1], part[1:]):
        count = max(int(np.ceil(np.abs(end - start).max() / _LONGEST_EDGE)), 1)
        pieces.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.concatenate([*pieces, part[-1:]])
