"""Zones made wider or narrower by some metres.

Each zone is buffered in the UTM zone of its centroid, with round joins of 8 segments to a quarter circle, by GEOS. The
result is a layer in EPSG:4326, in which zone i is still zone i.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..choices import KEEP
from ..errors import AllZonesVanish, BufferFailed, BufferToolMissing, Phrase
from ..feedback import Feedback, check
from ..install import install_line
from ..text import safe_name
from .geos import Geos, Refused, geos
from .layer import ZoneLayer, Zones
from .projection import transform
from .wkb import Coordinates, Geometry, parse_wkb, to_wkb

_WGS84 = "EPSG:4326"
_SHOWN = 20
_CHECK_EVERY = 500
_USED_WITHOUT_TEXT = (
    "A buffer of {metres} m leaves nothing of {number} of {all} zones, which are used without it: {zones}"
)
_NO_ROWS_TEXT = "A buffer of {metres} m leaves nothing of {number} of {all} zones, which have no rows: {zones}"


def buffered(layer: ZoneLayer, metres: int, small: str, feedback: Feedback) -> Zones:
    """Return the zones of a layer, buffered; named ``<layer>_b10``, or ``<layer>_bm10`` for -10 m.

    Parameters
    ----------
    layer
        the zones.
    metres
        by how much; not 0, negative inwards.
    small
        ``drop``: a zone that vanishes has no geometry; ``keep``: it stays as it was.
    feedback
        told, before any work, which zones vanish; asked for cancel.

    Raises
    ------
    AllZonesVanish
        nothing is left of any zone.
    BufferFailed
        a geometry is too damaged; names the zone.
    BufferToolMissing
        there are neither bindings of GDAL nor shapely.
    Cancelled
        the user asked to stop.
    """
    before = layer.geometries(4326)
    after = _buffered(before, metres, layer.name, feedback)
    vanished = _vanished(before, after)
    if vanished and small == KEEP:
        for zone in vanished:
            after[zone] = before[zone]
        _name_vanished(_USED_WITHOUT_TEXT, vanished, metres, len(after), feedback)
    elif vanished:
        _name_vanished(_NO_ROWS_TEXT, vanished, metres, len(after), feedback)
    if vanished and not any(geometry.parts() for geometry in after):
        raise AllZonesVanish(metres=metres, layer=layer.name)
    shapes = [to_wkb(geometry) if geometry.parts() else None for geometry in after]
    return Zones(buffered_name(layer.name, metres), shapes, _WGS84, layer.fields, layer.attributes)


def vanishing(layer: ZoneLayer, metres: int, feedback: Feedback) -> list[int]:
    """Return the zones that vanish under a buffer; see `buffered` for what it takes and raises."""
    before = layer.geometries(4326)
    return _vanished(before, _buffered(before, metres, layer.name, feedback))


def _vanished(before: Sequence[Geometry], after: Sequence[Geometry]) -> list[int]:
    return [zone for zone, (old, new) in enumerate(zip(before, after)) if old.parts() and not new.parts()]


def buffered_name(name: str, metres: int) -> str:
    """Return the name of a buffered layer: ``fields_b10``, ``fields_bm10``."""
    ending = f"_bm{-metres}" if metres < 0 else f"_b{metres}"
    stem = safe_name(name)
    while safe_name(stem + ending) != stem + ending:  # a name is cut where it is too long, its ending must not be
        stem = stem[:-1]
    return stem + ending


def _name_vanished(message: str, vanished: list[int], metres: int, number: int, feedback: Feedback) -> None:
    shown = ", ".join(map(str, vanished[:_SHOWN])) + (", …" if len(vanished) > _SHOWN else "")
    feedback.warning(message, metres=metres, number=len(vanished), all=number, zones=shown)


def _buffered(geometries: Sequence[Geometry], metres: int, name: str, feedback: Feedback) -> list[Geometry]:
    """Return geometries in longitude and latitude, buffered; empty ones where nothing is left."""
    try:
        library = geos()
    except ImportError as error:
        raise BufferToolMissing(reason=error, install=install_line("shapely")) from error
    result = [Geometry()] * len(geometries)
    by_crs: dict[str, list[int]] = {}
    for zone, geometry in enumerate(geometries):
        if geometry.parts():
            by_crs.setdefault(_utm(geometry, library), []).append(zone)
    for crs, zones in by_crs.items():
        wider = []
        for number, (zone, geometry) in enumerate(zip(zones, _moved([geometries[z] for z in zones], _WGS84, crs))):
            if number % _CHECK_EVERY == 0:
                check(feedback)
            wider.append(_buffer(geometry, metres, zone, name, library))
        for zone, geometry in zip(zones, _moved(wider, crs, _WGS84)):
            result[zone] = geometry
    return result


def _utm(geometry: Geometry, library: Geos) -> str:
    """Return the UTM zone of the centroid of a geometry in longitude and latitude."""
    points = np.concatenate(geometry.parts())
    if np.ptp(points[:, 0]) > 180:  # on both sides of 180 degrees
        turned = np.where(points[:, 0] < 0, 360, 0) + points[:, 0]
        geometry = _rebuilt(geometry, np.column_stack([turned, points[:, 1]]))
    longitude, latitude = library.centroid(to_wkb(geometry)) or points.mean(axis=0)
    number = int((longitude + 180) // 6) % 60 + 1
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + number}"


def _moved(geometries: Sequence[Geometry], source: str, target: str) -> list[Geometry]:
    """Return geometries in another CRS; of one that has no place there, nothing."""
    parts = [part for geometry in geometries for part in geometry.parts()]
    moved = transform(np.concatenate([np.empty((0, 2)), *parts]), source, target)
    if moved is None:  # one of them has no place there
        if len(geometries) == 1:
            return [Geometry()]
        half = len(geometries) // 2
        return _moved(geometries[:half], source, target) + _moved(geometries[half:], source, target)
    sizes = [sum(map(len, geometry.parts())) for geometry in geometries]
    return [_finite(geometry, points) for geometry, points in zip(geometries, np.split(moved, np.cumsum(sizes)[:-1]))]


def _finite(geometry: Geometry, points: Coordinates) -> Geometry:
    return _rebuilt(geometry, points) if np.isfinite(points).all() else Geometry()


def _rebuilt(geometry: Geometry, points: Coordinates) -> Geometry:
    """Return a geometry with other coordinates, given in the order of its parts."""
    at = 0

    def other(part: Coordinates) -> Coordinates:
        nonlocal at
        at += len(part)
        return points[at - len(part) : at]

    polygons = [[other(ring) for ring in polygon] for polygon in geometry.polygons]
    lines = [other(line) for line in geometry.lines]
    return Geometry(polygons, lines, other(geometry.points))


def _rounded(geometry: Geometry) -> Geometry:
    return _rebuilt(geometry, np.concatenate(geometry.parts()).round(6))


def _buffer(geometry: Geometry, metres: int, zone: int, name: str, library: Geos) -> Geometry:
    """Return a geometry in metres, buffered."""
    if not geometry.parts():
        return geometry
    # Parts that share an edge, as those on both sides of 180 degrees do, are one: nothing is cut off there.
    # Both project the edge, each with rounding errors of its own.
    parts = len(geometry.polygons) > 1
    try:
        wider = library.buffer(to_wkb(_rounded(geometry) if parts else geometry), metres, merged=parts)
    except Refused as error:
        raise BufferFailed(zone=zone, layer=name, reason=str(error) or Phrase("GEOS refuses it")) from error
    return parse_wkb(wider)
