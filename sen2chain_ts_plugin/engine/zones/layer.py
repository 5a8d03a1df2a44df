"""A layer of zones as plain values: what the engine asks of one, and one from any list of geometries.

Only vertices are transformed from one CRS to another, as QGIS does it, and geometries are not checked for validity:
whether a pixel is inside is decided by counting edges, also where a polygon crosses itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from itertools import repeat
from typing import Any, Protocol

import numpy as np

from ..arrays import NDArray
from ..errors import CrsLeadsNowhere, GeometryNowhere, GeometryUnusable, LayerMixed, LayerWithoutCrs, Phrase
from ..feedback import Logged
from ..text import unique_names
from .around_the_earth import Box, box_of_utm, clip_to_box, crosses_180, cut_at_180, reaches_too_far
from .attributes import Attributes
from .geometries import HOLE, Gatherer, Geometries, gathered, joined
from .projection import accuracy, transform
from .shapefile import records_of_index, write_shapefile
from .wkb import Geometry

_WGS84 = "EPSG:4326"
_EXACT = 2**53
_SHOWN = 80  # characters of a CRS in a message
_UNEVEN = "there has to be one row of attributes per geometry, and one value per field"


class Zones:
    """The zones of a layer as plain values; zone i is the i-th of them. Implements the engine's `ZoneLayer`.

    Parameters
    ----------
    name
        Name of the layer, used for the extraction folder.
    geometries
        Well-known binary of each zone (polygons, lines or points, of one kind), or what `wkb.parse_wkb` made of it;
        None for a zone without geometry. A zone whose coordinates are nowhere on Earth is logged and counts as one
        without. Or all zones as `Geometries`.
    crs
        Coordinate reference system of the geometries: an EPSG code as in ``EPSG:2975``, or WKT. Longitude comes before
        latitude.
    fields
        Names of the attributes. Where one repeats, the later ones get ``_1``, ``_2``… as in QGIS.
    attributes
        Values of each zone, in the order of ``fields``. None for no attributes. A value that is no text, number or
        truth value becomes text; NaN becomes None.

    Raises
    ------
    LayerWithoutCrs
        If ``crs`` is empty, is no CRS, or leads nowhere on Earth: a local one, or that of another planet.
    LayerMixed
        If the layer mixes points, lines and polygons.
    GeometryUnusable
        If a geometry is cut, or of a curved type. The message names the zone.
    """

    def __init__(
        self,
        name: str,
        geometries: Iterable[bytes | Geometry | None] | Geometries,
        crs: str,
        fields: Sequence[str] = (),
        attributes: Iterable[Sequence[object]] | None = None,
    ) -> None:
        self.name = name
        self.crs = crs
        self.fields: Sequence[str] = _each_once([str(field) for field in fields])
        self._source = geometries if isinstance(geometries, Geometries) else _gathered(geometries)
        self.attributes: Sequence[tuple[object, ...]] = self._plain(attributes)
        if len(self.attributes) != len(self._source):
            raise ValueError(_UNEVEN)
        self.has_geometry = bool(self._source.filled.any())
        self._in_crs: dict[str, Geometries] = {}
        self._file: dict[str, bytes] = {}
        self._check()

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self._source)

    def _plain(self, rows: Iterable[Sequence[object]] | None) -> Attributes:
        if isinstance(rows, Attributes):  # of a layer
            return rows
        found = Attributes()
        for row in repeat((), len(self)) if rows is None else rows:
            if len(row) != len(self.fields):
                raise ValueError(_UNEVEN)
            found.add(tuple(plain_value(value) for value in row))
        return found

    def _check(self) -> None:
        if not self.crs:
            raise LayerWithoutCrs(layer=self.name)
        try:
            transform(np.zeros((1, 2)), self.crs, _WGS84)
        except ValueError as error:
            raise CrsLeadsNowhere(layer=self.name, crs=" ".join(self.crs.split())[:_SHOWN]) from error
        kinds, begins = np.unique(self._source.kinds, return_index=True)
        first = self._source.zone_of_part[begins[kinds != HOLE]].tolist()
        if len(first) > 1:
            raise LayerMixed(layer=self.name, first=min(first), second=max(first))

    def geometries(self, epsg: int) -> Geometries:
        """Return the geometry of each zone in the CRS of an EPSG code; an empty one for a zone that has none there."""
        target = f"EPSG:{epsg}"
        if target not in self._in_crs:
            moved = self._source if target == self.crs else _moved(self._source, self.crs, target)
            found = moved.kept(moved.are_on_earth())
            box = box_of_utm(epsg)
            if box is not None and target != self.crs:
                degrees = self.geometries(4326)
                far = [zone for zone in self._suspects(box) if reaches_too_far(degrees[zone].parts(), box)]
                found = found.replaced({zone: _surroundings(degrees[zone], box, target) for zone in far})
            self._in_crs[target] = found
        return self._in_crs[target]

    def as_read(self, *, cut: bool = False) -> Geometries:
        """Return the geometry of each zone in the CRS of the layer; where that is of degrees, cut at 180 of them."""
        return _cut(self._source) if cut else self._source

    def accuracy_in(self, epsg: int) -> float | None:
        """Return how many metres the way to a CRS may be wrong, where the zones are; None where nobody says.

        Ways that are accurate to a metre, and better, count as 1.
        """
        return accuracy(self._source.coordinates[:1], self.crs, f"EPSG:{epsg}") if self.has_geometry else None

    def shapefile(self) -> dict[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the bytes of each of `shapefile.SHAPEFILE_PARTS`.

        They are those of the file that was read, as it was then, where that is one; else ours, the same for the same
        zones.
        """
        return self._file or write_shapefile(self.degrees(), self.fields, self.attributes)

    def degrees(self) -> Geometries:
        """Return the geometry of each zone in EPSG:4326, one across 180 degrees as a part on each side."""
        return _cut(self.geometries(4326))

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        return self.geometries(4326).boxes()

    def _suspects(self, box: Box) -> list[int]:
        """Return the zones that may reach too far from a UTM zone: those that do not lie in a quarter of the Earth."""
        west, south, east, north = self._boxes.T
        middle = (box[0] + box[2]) / 2
        away = np.abs((np.array([west, east]) - middle + 180) % 360 - 180).max(axis=0)
        near = (away < 45) & (east - west < 90) & (np.maximum(np.abs(south), np.abs(north)) < 89)
        return np.flatnonzero(~near & ~np.isnan(west)).tolist()

    def _is_file(self, parts: dict[str, bytes]) -> None:
        """Keep the shapefile that these zones were read from, if it is one that the tree can hold as it is."""
        if parts and self.crs == _WGS84 and records_of_index(len(parts[".shx"])) == len(self):
            self._file = parts


def plain_value(value: Any) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text."""
    if type(value) in (str, int, bool):  # what most are
        return value
    if type(value) is float:
        return None if math.isnan(value) else value
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
    if isinstance(value, (time, datetime)):
        spare = value.microsecond % 1000
        return value.isoformat(timespec="auto" if spare or not value.microsecond else "milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def canonical_json(value: Any) -> str:
    """Return a nested value as JSON in the one form that it has in every file: keys sorted, no spaces, 1.0 as 1."""
    return json.dumps(_whole_numbers(value), ensure_ascii=False, default=str, sort_keys=True, separators=(",", ":"))


def _whole_numbers(value: Any) -> Any:
    # Some readers know only floats.
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if isinstance(value, dict):
        return {str(key): _whole_numbers(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_whole_numbers(each) for each in value]
    return value


def _each_once(names: list[str]) -> list[str]:
    """Return names as QGIS gives them to fields, one by one: each differs from those before it."""
    if len(set(names)) == len(names):
        return names
    found: list[str] = []
    for name in names:
        found += unique_names([name], found)
    return found


def _gathered(geometries: Iterable[bytes | Geometry | None]) -> Geometries:
    gatherer = Gatherer()
    for zone, each in enumerate(geometries):
        try:
            gatherer.add(each)
        except GeometryNowhere as error:
            Logged().warning("Zone {zone} is skipped: {reason}", zone=zone, reason=error)
            gatherer.add(None)
        except GeometryUnusable as error:
            raise GeometryUnusable(
                reason=Phrase("zone {number}: {reason}", number=zone, reason=error.values["reason"])
            ) from error
    return gatherer.geometries()


def _moved(geometries: Geometries, crs: str, target: str) -> Geometries:
    """Return geometries in another CRS; of one that has no place there, the vertices are NaN, or it is empty."""
    moved = transform(geometries.coordinates, crs, target)
    if moved is not None:
        return geometries.moved(moved)
    if len(geometries) == 1:
        return gathered([Geometry()])
    # One of them has no place there: by halves it is found in a few steps.
    half = len(geometries) // 2
    return joined([_moved(geometries[:half], crs, target), _moved(geometries[half:], crs, target)])


def _cut(geometries: Geometries) -> Geometries:
    """Return geometries in degrees, those across 180 of them cut there."""
    west, _, east, _ = geometries.boxes().T
    beyond = np.flatnonzero((west < -180) | (east > 180) | (east - west > 180)).tolist()
    return geometries.replaced({zone: cut_at_180(geometries[zone]) for zone in beyond if crosses_180(geometries[zone])})


def _surroundings(geometry: Geometry, box: Box, target: str) -> Geometry:
    """Return what of a geometry in degrees is around a UTM zone, in the CRS of that."""
    places = np.concatenate(geometry.parts())
    if not (np.abs(places) <= [360.0, 90.0 + 1e-6]).all():
        return Geometry()
    moved = _moved(gathered([clip_to_box(geometry, box)]), _WGS84, target)
    return moved.kept(moved.are_on_earth())[0]


class ZoneLayer(Protocol):
    """A layer as plain values; zone i is feature i."""

    name: str
    fields: Sequence[str]
    # One tuple of values per zone: str, int, float, bool or None.
    attributes: Sequence[tuple[object, ...]]
    # Whether any zone has a geometry at all.
    has_geometry: bool

    def geometries(self, epsg: int) -> Sequence[Geometry]:
        """Return the geometry of each zone in a CRS; an empty one for a zone that has none there."""

    def shapefile(self) -> Mapping[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the bytes of each of `shapefile.SHAPEFILE_PARTS`."""
