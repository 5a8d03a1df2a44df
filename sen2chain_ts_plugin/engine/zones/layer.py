"""A layer of zones as plain values: what the engine asks of one, and one from any list of geometries.

Only vertices are transformed from one CRS to another, as QGIS does it, and geometries are not checked for validity:
whether a pixel is inside is decided by counting edges, also where a polygon crosses itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Protocol

import numpy as np

from ..errors import GeometryUnusable, LayerMixed, LayerWithoutCrs, Phrase
from .projection import transform
from .shapefile import records_of_index, write_shapefile
from .wkb import FARTHEST_ANYWHERE, Coordinates, Geometry, are_on_earth, parse_wkb

_WGS84 = "EPSG:4326"


class Zones:
    """The zones of a layer as plain values; zone i is the i-th of them. Implements the engine's `ZoneLayer`.

    Parameters
    ----------
    name
        of the layer; names the extraction folder.
    geometries
        one well-known binary per zone, polygons, lines or points of one kind; None for a zone without geometry.
    crs
        of the geometries: an EPSG code as in ``EPSG:2975``, or WKT; longitude before latitude.
    fields
        names of the attributes.
    attributes
        one sequence of values per zone, in the order of ``fields``; None: no attributes. What is no text, number or
        truth value becomes text; NaN becomes None.

    Raises
    ------
    LayerWithoutCrs
        ``crs`` is empty, or no CRS.
    LayerMixed
        there are points, lines and polygons in it.
    GeometryUnusable
        a geometry is cut, or of a curved type; names the zone.
    """

    def __init__(
        self,
        name: str,
        geometries: Iterable[bytes | None],
        crs: str,
        fields: Sequence[str] = (),
        attributes: Iterable[Sequence[object]] | None = None,
    ) -> None:
        self.name = name
        self.crs = crs
        self.fields: Sequence[str] = [str(field) for field in fields]
        self._source = [_parsed(number, wkb) for number, wkb in enumerate(geometries)]
        rows = ([] for _ in self._source) if attributes is None else attributes
        self.attributes: Sequence[tuple[object, ...]] = [tuple(plain_value(value) for value in row) for row in rows]
        if len(self.attributes) != len(self._source) or {len(row) for row in self.attributes} - {len(self.fields)}:
            raise ValueError("there has to be one row of attributes per geometry, and one value per field")
        self.has_geometry = any(geometry.parts() for geometry in self._source)
        self._in_crs: dict[str, list[Geometry]] = {}
        self._file: dict[str, bytes] = {}
        self._check()

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self._source)

    def _check(self) -> None:
        try:
            transform(np.zeros((1, 2)), self.crs, _WGS84)
        except ValueError as error:
            raise LayerWithoutCrs(layer=self.name) from error
        kinds: dict[str, int] = {}
        for number, geometry in enumerate(self._source):
            for kind in ("polygons", "lines", "points"):
                if len(getattr(geometry, kind)):
                    kinds.setdefault(kind, number)
        if len(kinds) > 1:
            raise LayerMixed(layer=self.name, first=min(kinds.values()), second=max(kinds.values()))

    def geometries(self, epsg: int) -> list[Geometry]:
        """Return the geometry of each zone in the CRS of an EPSG code; an empty one for a zone that has none there."""
        target = f"EPSG:{epsg}"
        if target not in self._in_crs:
            moved = self._source if target == self.crs else self._moved(self._source, target)
            self._in_crs[target] = [
                geometry if all(map(are_on_earth, geometry.parts())) else Geometry() for geometry in moved
            ]
        return self._in_crs[target]

    def _moved(self, geometries: Sequence[Geometry], target: str) -> list[Geometry]:
        """Return geometries in another CRS; of one that has no place there, the vertices are NaN, or it is empty."""
        points = [part for geometry in geometries for part in geometry.parts()]
        moved = transform(np.concatenate([np.empty((0, 2)), *points]), self.crs, target)
        if moved is None:
            if len(geometries) == 1:
                return [Geometry()]
            # One of them has no place there: by halves it is found in a few steps.
            half = len(geometries) // 2
            return self._moved(geometries[:half], target) + self._moved(geometries[half:], target)
        sizes = [sum(map(len, geometry.parts())) for geometry in geometries]
        return [rebuilt(*each) for each in zip(geometries, np.split(moved, np.cumsum(sizes)[:-1]))]

    def shapefile(self) -> dict[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the bytes of each of `tree.SHAPEFILE_PARTS`.

        They are those of the file that was read, as it was then, where that is one; else ours, the same for the same
        zones.
        """
        return self._file or write_shapefile(self.geometries(4326), self.fields, self.attributes)

    def _is_file(self, parts: dict[str, bytes]) -> None:
        """Keep the shapefile that these zones were read from, if it is one that the tree can hold as it is."""
        if parts and self.crs == _WGS84 and records_of_index(len(parts[".shx"])) == len(self):
            self._file = parts


def plain_value(value: Any) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text."""
    if type(value) in (str, int, bool):  # what most are
        return value
    if isinstance(value, np.datetime64) and np.datetime_data(value)[0] == "ns":
        value = value.astype("datetime64[us]")  # nanoseconds are no time of Python's
    if isinstance(value, np.generic):
        value = value.item()
    # The two of pandas, which need not be installed.
    if (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and math.isnan(value))
    ):
        return None
    if isinstance(value, (str, bool, int, float)):
        return value
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _parsed(zone: int, wkb: bytes | None) -> Geometry:
    if wkb is None:
        return Geometry()
    try:
        return parse_wkb(bytes(wkb), FARTHEST_ANYWHERE)
    except GeometryUnusable as error:
        raise GeometryUnusable(
            reason=Phrase("zone {number}: {reason}", number=zone, reason=error.values["reason"])
        ) from error


def rebuilt(geometry: Geometry, points: Coordinates) -> Geometry:
    """Return a geometry with other coordinates, given in the order of its parts."""
    sizes = [len(part) for part in geometry.parts()]
    parts = iter(np.split(points, np.cumsum(sizes)[:-1]) if sizes else [])
    polygons = [[next(parts) for _ in polygon] for polygon in geometry.polygons]
    lines = [next(parts) for _ in geometry.lines]
    return Geometry(polygons, lines, next(parts, np.empty((0, 2))))


class ZoneLayer(Protocol):
    """A layer as plain values; zone i is feature i."""

    name: str
    fields: Sequence[str]
    # One tuple of values per zone: str, int, float, bool or None.
    attributes: Sequence[tuple[object, ...]]
    # Whether any zone has a geometry at all.
    has_geometry: bool

    def geometries(self, epsg: int) -> list[Geometry]:
        """Return the geometry of each zone in a CRS; an empty one for a zone that has none there."""

    def shapefile(self) -> Mapping[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the bytes of each of `tree.SHAPEFILE_PARTS`."""
