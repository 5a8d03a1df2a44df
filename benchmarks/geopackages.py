"""The layers that the benchmarks give to GDAL and QGIS: GeoPackages, each made at its first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import library


def geopackage(
    name: str, layer: str, kind: int, features: Iterable[tuple[Any, Iterable[Any]]], fields: Mapping[str, int]
) -> Path:
    """Return a GeoPackage in the CRS of the library's tiles, made at the first call.

    Parameters
    ----------
    name, layer
        of the file, without its ending, and of the layer in it.
    kind
        OGR's number of the type of the geometries.
    features
        a geometry of OGR, and the values of its fields; asked for only where there is no such file yet.
    fields
        OGR's numbers of their types, by name.
    """
    from osgeo import ogr, osr

    path = library.cache() / "layers" / f"{name}.gpkg"
    if path.is_file():
        return path
    path.parent.mkdir(exist_ok=True)
    aside = path.with_name("part.gpkg")
    aside.unlink(missing_ok=True)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(library.grid().epsg)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(aside))
    sink = source.CreateLayer(layer, reference, kind)
    for field, type_ in fields.items():
        sink.CreateField(ogr.FieldDefn(field, type_))
    sink.StartTransaction()
    for geometry, values in features:
        feature = ogr.Feature(sink.GetLayerDefn())
        for place, value in enumerate(values):
            feature.SetField(place, value)
        feature.SetGeometry(geometry)
        sink.CreateFeature(feature)
    sink.CommitTransaction()
    sink = source = None  # closes it
    aside.rename(path)
    return path
