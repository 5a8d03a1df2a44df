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

from .errors import GeometryUnusable, LayerMixed, LayerWithoutCrs, Phrase, VectorReaderMissing, VectorUnreadable
from .files import is_file, read_bytes, system_path
from .install import install_line
from .projection import transform
from .shapefile import record_count, write_shapefile
from .tree import SHAPEFILE_PARTS
from .wkb import Coordinates, Geometry, are_on_earth, parse_wkb

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
        self._file: Path | None = None
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
            self._in_crs[target] = self._source if target == self.crs else self._moved(target)
        return self._in_crs[target]

    def _moved(self, target: str) -> list[Geometry]:
        points = [part for geometry in self._source for part in geometry.parts()]
        sizes = [sum(map(len, geometry.parts())) for geometry in self._source]
        moved = transform(np.concatenate([np.empty((0, 2)), *points]), self.crs, target)
        result = []
        for geometry, mine in zip(self._source, np.split(moved, np.cumsum(sizes)[:-1])):
            coordinates = mine
            if not np.isfinite(mine).all():  # it, or another zone that was transformed at the same time
                coordinates = transform(np.concatenate(geometry.parts()), self.crs, target)
            result.append(_rebuilt(geometry, coordinates) if are_on_earth(coordinates) else Geometry())
        return result

    def shapefile(self) -> dict[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the bytes of each of `tree.SHAPEFILE_PARTS`.

        They are those of the file that was read, where that is one; else ours, the same for the same zones.
        """
        if self._file is not None:
            return {part: read_bytes(self._file.with_suffix(part)) for part in SHAPEFILE_PARTS}
        return write_shapefile(self.geometries(4326), self.fields, self.attributes)

    def _is_file(self, path: Path) -> None:
        """Remember the shapefile that these zones are, if it is one that the tree can hold as it is."""
        whole = path.suffix == ".shp" and all(is_file(path.with_suffix(part)) for part in SHAPEFILE_PARTS)
        if whole and self.crs == _WGS84 and record_count(path) == len(self):
            self._file = path


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
        there is no such file or layer, or GDAL cannot read it.
    VectorReaderMissing
        neither GDAL's Python bindings nor pyogrio, which comes with geopandas, are installed.
    LayerWithoutCrs, LayerMixed, GeometryUnusable
        see `Zones`.
    """
    path = Path(path)
    if not os.path.exists(system_path(path)):
        raise VectorUnreadable(path=path, reason=Phrase("there is no such file"))
    try:
        from osgeo import ogr  # noqa: F401 asked for here only to know whether it is there
    except ImportError as error:
        zones = _read_with_pyogrio(path, layer, error)
    else:
        zones = _read_with_ogr(path, layer)
    zones._is_file(path)  # noqa: SLF001
    return zones


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
    rows = zip(*(table[column].astype(object) for column in table.columns)) if len(table.columns) else None
    return Zones(name, wkb, f"EPSG:{epsg}" if epsg else frame.crs.to_wkt(), list(table.columns), rows)


def plain_value(value: Any) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text."""
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
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return json.dumps(value, ensure_ascii=False, default=str)


def _parsed(zone: int, wkb: bytes | None) -> Geometry:
    if wkb is None:
        return Geometry()
    try:
        return parse_wkb(bytes(wkb))
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
    # Whole numbers beside an empty cell come as floats.
    whole = [kind.startswith(("int", "uint")) for kind in about["dtypes"]]
    columns = [
        [int(value) if is_whole and np.isfinite(value) else value for value in column]
        for is_whole, column in zip(whole, columns)
    ]
    rows = zip(*columns) if columns else None
    return Zones(layer or path.stem, shapes, about["crs"] or "", list(about["fields"]), rows)


def _read_with_ogr(path: Path, layer: str | None) -> Zones:
    from osgeo import gdal

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
    for feature in found:
        wkb.append(_flat_wkb(feature.GetGeometryRef()))
        rows.append([_ogr_value(feature, number, field) for number, field in enumerate(fields)])
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
    from osgeo import ogr

    if not feature.IsFieldSetAndNotNull(number):
        return None
    kind = field.GetType()
    if kind in (ogr.OFTInteger, ogr.OFTInteger64):
        value = feature.GetFieldAsInteger64(number)
        return bool(value) if field.GetSubType() == ogr.OFSTBoolean else value
    if kind == ogr.OFTReal:
        return feature.GetFieldAsDouble(number)
    if kind in (ogr.OFTDate, ogr.OFTTime, ogr.OFTDateTime):
        year, month, day, hour, minute, second, _ = feature.GetFieldAsDateTime(number)
        if kind == ogr.OFTTime:
            return time(hour, minute, int(second))
        return date(year, month, day) if kind == ogr.OFTDate else datetime(year, month, day, hour, minute, int(second))
    return feature.GetField(number)  # a text, or a list
