"""Layers of zones without QGIS: from a vector file, from a GeoDataFrame, from any list of geometries.

Only vertices are transformed from one CRS to another, as QGIS does it, and geometries are not checked for validity:
whether a pixel is inside is decided by counting edges, also where a polygon crosses itself.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import LayerWithoutCrs, Phrase, VectorReaderMissing, VectorUnreadable
from ..files import is_file, read_bytes, system_path
from ..install import install_line
from ..raster import libraries
from .dbf_encoding import codec_of
from .file_state import check_vector_file, state_of
from .layer import Zones, canonical_json
from .shapefile import SHAPEFILE_PARTS

_SHAPEFILE = "ESRI Shapefile"
# Degrees of an arc that become one straight line: GDAL's own value, which pyogrio and Sen2Chain's readers take too.
_ARC_STEP = 4.0


def read_zones(path: Path | str, layer: str | None = None) -> Zones:
    """Read the zones of a vector file of any format and CRS that GDAL knows.

    An ESRI shapefile in EPSG:4326 gives the same extraction folder as in QGIS and in Sen2Chain. Every other file
    continues the folder that QGIS has made for it, if there is one.

    Parameters
    ----------
    path
        Path of the file.
    layer
        Name of the layer, where the file has several. None for the first.

    Returns
    -------
    Zones
        The zones, in the order of the features.

    Raises
    ------
    VectorUnreadable
        If there is no such file or layer, the file is cut, GDAL cannot read it to its end, or it changes meanwhile.
    VectorReaderMissing
        If neither GDAL's Python bindings nor pyogrio, which comes with geopandas, are installed.
    LayerWithoutCrs, LayerMixed, GeometryUnusable
        See `Zones`.
    """
    path = Path(path)
    if not os.path.exists(system_path(path)):
        raise VectorUnreadable(path=path, reason=Phrase("there is no such file"))
    check_vector_file(path)
    state, before = state_of(path), _signature(path)
    try:
        parts = {part: read_bytes(path.with_suffix(part)) for part in SHAPEFILE_PARTS} if before else {}
    except OSError as error:
        raise VectorUnreadable(path=path, reason=error.strerror or error) from error
    try:
        libraries.ogr()
    except ImportError as error:
        zones = _read_with_pyogrio(path, layer, error)
    else:
        zones = _read_with_ogr(path, layer)
    if (_signature(path), state_of(path)) != (before, state):
        raise VectorUnreadable(path=path, reason=Phrase("it changed while it was read"))
    zones._is_file(parts)  # noqa: SLF001
    return zones


def _signature(path: Path) -> list[tuple[int, int]]:
    """Return size and time of change of each part of a shapefile that the tree can hold; empty for another file."""
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
        A ``geopandas.GeoDataFrame`` with a CRS. Its other columns are the attributes.
    name
        Name of the layer, used for the extraction folder.

    Returns
    -------
    Zones
        The zones, one per row.

    Raises
    ------
    LayerWithoutCrs, LayerMixed, GeometryUnusable
        See `Zones`.
    """
    if frame.crs is None:
        raise LayerWithoutCrs(layer=name)
    epsg = frame.crs.to_epsg()
    table = frame.drop(columns=frame.geometry.name)
    wkb = [None if shape is None else bytes(shape) for shape in frame.geometry.to_wkb()]
    # By column: a row as such would turn whole numbers next to a float into floats.
    columns = [table.iloc[:, number].astype(object) for number in range(table.shape[1])]  # two may have one name
    rows = zip(*columns) if columns else None
    return Zones(name, wkb, f"EPSG:{epsg}" if epsg else frame.crs.to_wkt(), list(table.columns), rows)


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
    # Whole numbers in a column with an empty cell come as floats.
    whole = [kind.startswith(("int", "uint")) for kind in about["dtypes"]]
    columns = [
        [int(value) if is_whole and np.isfinite(value) else value for value in column]
        for is_whole, column in zip(whole, columns)
    ]
    rows = zip(*columns) if columns else None
    return Zones(layer or path.stem, shapes, about["crs"] or "", list(about["fields"]), rows)


def _read_with_ogr(path: Path, layer: str | None) -> Zones:
    gdal = libraries.gdal()

    try:
        dataset = gdal.OpenEx(system_path(path), gdal.OF_VECTOR)
        decode = _decoder(None)
        if dataset is not None and dataset.GetDriver().ShortName == _SHAPEFILE:
            decode = _decoder(_encoding_of(dataset.GetLayer(0)))
            dataset = gdal.OpenEx(
                system_path(path), gdal.OF_VECTOR, allowed_drivers=[_SHAPEFILE], open_options=["ENCODING="]
            )
        found = dataset and _layer_of(dataset, layer)
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
            values = (_ogr_value(feature, number, field) for number, field in enumerate(fields))
            rows.append([decode(value) if isinstance(value, str) else value for value in values])
    except RuntimeError as error:
        raise VectorUnreadable(path=path, reason=error) from error
    if gdal.GetLastErrorType() >= gdal.CE_Failure:  # a damaged file just ends earlier
        raise VectorUnreadable(path=path, reason=gdal.GetLastErrorMsg() or Phrase("GDAL cannot read it"))
    crs = "" if reference is None else _crs_text(reference)
    return Zones(layer or path.stem, wkb, crs, [decode(field.GetName()) for field in fields], rows)


def _encoding_of(layer: Any) -> str | None:
    """Return the encoding that the .cpg of a shapefile, or else the .dbf, says it has; None where neither does."""
    said = (layer.GetMetadataItem(f"ENCODING_FROM_{source}", "SHAPEFILE") for source in ("CPG", "LDID"))
    return next(filter(None, said), None)


def _decoder(encoding: str | None) -> Callable[[str], str]:
    """Return what makes the texts of a file from what GDAL's bindings give where GDAL has not recoded them.

    Parameters
    ----------
    encoding
        of the file. One that nobody knows counts as UTF-8, and what is none becomes U+FFFD, as in QGIS; GDAL by itself
        knows other encodings on every system.
    """
    codec = codec_of(encoding)

    def decode(text: str) -> str:
        # The bindings keep each byte that is no UTF-8 as a surrogate.
        return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode(codec, "replace")

    return decode


def json_texts(
    path: Path, layer: str | int | None, fields: Sequence[str], address: str | None = None
) -> dict[int, tuple[object, ...]]:
    """Return what fields of JSON hold, in its one form, for a caller whose own reader loses some.

    QGIS knows only maps and lists in them: a bare number or word becomes NULL there, long whole numbers are rounded.

    Parameters
    ----------
    path
        the file.
    layer
        name or number of the layer in it; None for the first.
    fields
        their names.
    address
        what GDAL calls the file, where that is not its path: a file that is an archive.

    Returns
    -------
    dict
        the values of these fields, by the file's own identifier of each feature; empty where GDAL cannot read it.
    """
    with _opened_quietly(path, layer, address) as found, contextlib.suppress(RuntimeError):
        if found is None:
            return {}
        definition = found.GetLayerDefn()
        places = [definition.GetFieldIndex(name) for name in fields]
        if min(places) < 0:
            return {}
        described = [(place, definition.GetFieldDefn(place)) for place in places]
        return {each.GetFID(): tuple(_ogr_value(each, *field) for field in described) for each in found}
    return {}


@contextlib.contextmanager
def _opened_quietly(path: Path, layer: str | int | None, address: str | None) -> Iterator[Any]:
    """Yield a layer of a file, None where GDAL cannot open it; meanwhile GDAL prints no error.

    Where somebody has asked GDAL for exceptions, it raises RuntimeError instead of noting an error.
    """
    gdal = libraries.gdal()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        gdal.ErrorReset()
        dataset = found = None
        with contextlib.suppress(RuntimeError):
            dataset = gdal.OpenEx(address or system_path(path), gdal.OF_VECTOR)
            if dataset is not None:
                found = _layer_of(dataset, layer)
        yield found
    finally:
        gdal.PopErrorHandler()


def _layer_of(dataset: Any, layer: str | int | None) -> Any:
    return dataset.GetLayerByName(layer) if isinstance(layer, str) else dataset.GetLayer(layer or 0)


def check_readable(path: Path, layer: str | int | None = None, address: str | None = None) -> None:
    """Make sure that GDAL reads every feature of a layer of a file, for a caller with another reader.

    A damaged file just ends earlier for most readers.

    Parameters
    ----------
    path
        the file.
    layer
        name or number of the layer in it; None for the first.
    address
        what GDAL calls it, where that is not its path: a file that is an archive.

    Raises
    ------
    VectorUnreadable
        GDAL cannot read it to its end.
    """
    gdal = libraries.gdal()

    with _opened_quietly(path, layer, address) as found:
        if found is None:
            return  # the other reader has found one
        gdal.ErrorReset()
        try:
            while found.GetNextFeature() is not None:
                pass
            failed, reason = gdal.GetLastErrorType() >= gdal.CE_Failure, gdal.GetLastErrorMsg()
        except RuntimeError as error:
            failed, reason = True, str(error)
    if failed:
        raise VectorUnreadable(path=path, reason=reason or Phrase("GDAL cannot read it"))


def _crs_text(reference: Any) -> str:
    name, code = reference.GetAuthorityName(None), reference.GetAuthorityCode(None)
    return f"{name}:{code}" if name and code else str(reference.ExportToWkt(["FORMAT=WKT2"]))


def _flat_wkb(shape: Any) -> bytes | None:
    """Return a geometry of OGR without Z, M and curves; None where there is none."""
    if shape is None or shape.IsEmpty():
        return None
    flat = shape.GetLinearGeometry(_ARC_STEP) if shape.HasCurveGeometry() else shape.Clone()
    flat.FlattenTo2D()
    return bytes(flat.ExportToWkb())


def straight_wkb(wkb: bytes) -> bytes | None:
    """Return a geometry with curves as `read_zones` reads it: flat, and each curve as a chord per 4 degrees of its arc.

    For a caller with another reader, which would straighten curves by a rule of its own.

    Parameters
    ----------
    wkb
        the well-known binary, with curves or without, and with Z and M or without.

    Returns
    -------
    bytes or None
        the well-known binary of points, lines and polygons; None for an empty geometry, and for one that GDAL cannot
        read.
    """
    try:
        return _flat_wkb(libraries.ogr().CreateGeometryFromWkb(wkb))
    except RuntimeError:  # where somebody has asked GDAL for exceptions
        return None


def _ogr_value(feature: Any, number: int, field: Any) -> object:
    ogr = libraries.ogr()

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
    if kind == ogr.OFTBinary:
        return bytes(feature.GetFieldAsBinary(number))
    value = feature.GetField(number)  # a text, or a list
    return _json(value) if field.GetSubType() == _json_subtype(ogr) else value


def _json_subtype(ogr: Any) -> int:
    return getattr(ogr, "OFSTJSON", -1)  # GDAL 2.4


def _json(text: str) -> str:
    """Return a text of JSON in its one form; as it is where it is none, or a bare word or number."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return canonical_json(value) if isinstance(value, (dict, list)) else text


def _ogr_moment(feature: Any, number: int, kind: int) -> date | time | None:
    """Return a date, a time or both; None, as in QGIS, for a day that the calendar has not (20210231)."""
    ogr = libraries.ogr()

    year, month, day, hour, minute, second, _ = feature.GetFieldAsDateTime(number)
    # The seconds are a float of 32 bits; files have milliseconds of them at most.
    milliseconds = min(round(second * 1000), 59_999)
    moment = (hour, minute, milliseconds // 1000, milliseconds % 1000 * 1000)
    try:
        if kind == ogr.OFTTime:
            return time(*moment)
        return date(year, month, day) if kind == ogr.OFTDate else datetime(year, month, day, *moment)
    except ValueError:
        return None
