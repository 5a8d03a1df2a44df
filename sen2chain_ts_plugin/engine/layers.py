"""Layers of zones without QGIS: from a vector file, from a GeoDataFrame, from any list of geometries.

Only vertices are transformed from one CRS to another, as QGIS does it, and geometries are not checked for validity:
whether a pixel is inside is decided by counting edges, also where a polygon crosses itself.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from . import bindings
from .errors import GeometryUnusable, LayerMixed, LayerWithoutCrs, Phrase, VectorReaderMissing, VectorUnreadable
from .files import is_file, read_bytes, system_path
from .install import install_line
from .projection import transform
from .shapefile import records_of_index, write_shapefile
from .tree import SHAPEFILE_PARTS
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
        self.fields = [str(field) for field in fields]
        self._source = [_parsed(number, wkb) for number, wkb in enumerate(geometries)]
        rows = ([] for _ in self._source) if attributes is None else attributes
        self.attributes = [tuple(plain_value(value) for value in row) for row in rows]
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
        return [_rebuilt(*each) for each in zip(geometries, np.split(moved, np.cumsum(sizes)[:-1]))]

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


def read_zones(path: Path | str, layer: str | None = None) -> Zones:
    """Read the zones of a vector file of any format and CRS that GDAL knows.

    An ESRI shapefile in EPSG:4326 gives the same extraction folder as in QGIS and in Sen2Chain; every other file, the
    one that QGIS has made for it, if it has.

    Parameters
    ----------
    path
        the file.
    layer
        the name of the layer, where the file has several; None for the first.

    Raises
    ------
    VectorUnreadable
        there is no such file or layer, GDAL cannot read it to its end, or it has changed meanwhile.
    VectorReaderMissing
        neither GDAL's Python bindings nor pyogrio, which comes with geopandas, are installed.
    LayerWithoutCrs, LayerMixed, GeometryUnusable
        see `Zones`.
    """
    path = Path(path)
    if not os.path.exists(system_path(path)):
        raise VectorUnreadable(path=path, reason=Phrase("there is no such file"))
    before = _signature(path)
    try:
        parts = {part: read_bytes(path.with_suffix(part)) for part in SHAPEFILE_PARTS} if before else {}
    except OSError as error:
        raise VectorUnreadable(path=path, reason=error.strerror or error) from error
    try:
        bindings.ogr()
    except ImportError as error:
        zones = _read_with_pyogrio(path, layer, error)
    else:
        zones = _read_with_ogr(path, layer)
    if _signature(path) != before:
        raise VectorUnreadable(path=path, reason=Phrase("it changed while it was read"))
    zones._is_file(parts)  # noqa: SLF001
    return zones


def _signature(path: Path) -> list[tuple[int, int]]:
    """Return size and time of change of each part of a shapefile that the tree can hold; none of another file."""
    parts = [path.with_suffix(part) for part in SHAPEFILE_PARTS]
    if path.suffix != ".shp" or not all(map(is_file, parts)):
        return []
    try:
        found = [os.stat(system_path(part)) for part in parts]
    except OSError:
        return []  # gone at this moment
    return [(status.st_size, status.st_mtime_ns) for status in found]


def zones_from_frame(frame: Any, name: str) -> Zones:
    """Take the zones of a GeoDataFrame, in its order.

    Parameters
    ----------
    frame
        a ``geopandas.GeoDataFrame`` with a CRS; its other columns are the attributes.
    name
        of the layer; names the extraction folder.

    Raises
    ------
    LayerWithoutCrs, LayerMixed, GeometryUnusable
        see `Zones`.
    """
    if frame.crs is None:
        raise LayerWithoutCrs(layer=name)
    epsg = frame.crs.to_epsg()
    table = frame.drop(columns=frame.geometry.name)
    wkb = [None if shape is None else bytes(shape) for shape in frame.geometry.to_wkb()]
    # By column: a row as such would turn whole numbers beside a float into floats.
    columns = [table.iloc[:, number].astype(object) for number in range(table.shape[1])]  # two may have one name
    rows = zip(*columns) if columns else None
    return Zones(name, wkb, f"EPSG:{epsg}" if epsg else frame.crs.to_wkt(), list(table.columns), rows)


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


def _rebuilt(geometry: Geometry, points: Coordinates) -> Geometry:
    """Return a geometry with other coordinates, given in the order of its parts."""
    sizes = [len(part) for part in geometry.parts()]
    parts = iter(np.split(points, np.cumsum(sizes)[:-1]) if sizes else [])
    polygons = [[next(parts) for _ in polygon] for polygon in geometry.polygons]
    lines = [next(parts) for _ in geometry.lines]
    return Geometry(polygons, lines, next(parts, np.empty((0, 2))))


def _read_with_pyogrio(path: Path, layer: str | None, missing: ImportError) -> Zones:
    try:
        from pyogrio.raw import read
    except ImportError:
        raise VectorReaderMissing(path=path, reason=missing, install=install_line("geopandas")) from missing
    try:
        about, _, shapes, columns = read(path, layer=layer, force_2d=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise VectorUnreadable(path=path, reason=error) from error
    if shapes is None:  # a layer without geometry
        shapes = [None] * (len(columns[0]) if columns else 0)
    # Whole numbers beside an empty cell come as floats.
    whole = [kind.startswith(("int", "uint")) for kind in about["dtypes"]]
    columns = [
        [int(value) if is_whole and np.isfinite(value) else value for value in column]
        for is_whole, column in zip(whole, columns)
    ]
    rows = zip(*columns) if columns else None
    return Zones(layer or path.stem, shapes, about["crs"] or "", list(about["fields"]), rows)


def _read_with_ogr(path: Path, layer: str | None) -> Zones:
    gdal = bindings.gdal()

    try:
        dataset = gdal.OpenEx(system_path(path), gdal.OF_VECTOR)
        found = dataset and (dataset.GetLayer(0) if layer is None else dataset.GetLayerByName(layer))
    except RuntimeError as error:  # where somebody has asked GDAL for exceptions
        raise VectorUnreadable(path=path, reason=error) from error
    if dataset is None:
        raise VectorUnreadable(path=path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot open it"))
    if found is None:
        raise VectorUnreadable(path=path, reason=Phrase("it has no layer '{layer}'", layer=layer or ""))
    reference = found.GetSpatialRef()
    definition = found.GetLayerDefn()
    fields = [definition.GetFieldDefn(number) for number in range(definition.GetFieldCount())]
    wkb: list[bytes | None] = []
    rows = []
    gdal.ErrorReset()
    try:
        for feature in found:
            wkb.append(_flat_wkb(feature.GetGeometryRef()))
            rows.append([_ogr_value(feature, number, field) for number, field in enumerate(fields)])
    except RuntimeError as error:
        raise VectorUnreadable(path=path, reason=error) from error
    if gdal.GetLastErrorType() >= gdal.CE_Failure:  # a damaged file just ends earlier
        raise VectorUnreadable(path=path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot read it"))
    crs = "" if reference is None else _crs_text(reference)
    return Zones(layer or path.stem, wkb, crs, [field.GetName() for field in fields], rows)


def _crs_text(reference: Any) -> str:
    name, code = reference.GetAuthorityName(None), reference.GetAuthorityCode(None)
    return f"{name}:{code}" if name and code else str(reference.ExportToWkt(["FORMAT=WKT2"]))


def _flat_wkb(shape: Any) -> bytes | None:
    """Return a geometry of OGR without Z, M and curves; None where there is none."""
    if shape is None or shape.IsEmpty():
        return None
    flat = shape.GetLinearGeometry() if shape.HasCurveGeometry() else shape.Clone()
    flat.FlattenTo2D()
    return bytes(flat.ExportToWkb())


def _ogr_value(feature: Any, number: int, field: Any) -> object:
    ogr = bindings.ogr()

    if not feature.IsFieldSetAndNotNull(number):
        return None
    kind = field.GetType()
    if kind in (ogr.OFTInteger, ogr.OFTInteger64):
        value = feature.GetFieldAsInteger64(number)
        return bool(value) if field.GetSubType() == ogr.OFSTBoolean else value
    if kind == ogr.OFTReal:
        return feature.GetFieldAsDouble(number)
    if kind in (ogr.OFTDate, ogr.OFTTime, ogr.OFTDateTime):
        return _ogr_moment(feature, number, kind)
    return feature.GetField(number)  # a text, or a list


def _ogr_moment(feature: Any, number: int, kind: int) -> date | time | None:
    """Return a date, a time or both; None, as in QGIS, for a day that the calendar has not (20210231)."""
    ogr = bindings.ogr()

    year, month, day, hour, minute, second, _ = feature.GetFieldAsDateTime(number)
    moment = (hour, minute, int(second))
    try:
        if kind == ogr.OFTTime:
            return time(*moment)
        return date(year, month, day) if kind == ogr.OFTDate else datetime(year, month, day, *moment)
    except ValueError:
        return None
