"""Coordinates from one CRS into another, with the library that also reads the rasters: rasterio, else osgeo."""

from __future__ import annotations

import math
import struct
from array import array
from typing import Any

import numpy as np

from ..raster import libraries
from ..raster.libraries import has_rasterio
from .wkb import Coordinates


def transform(points: Coordinates, source: str, target: str) -> Coordinates | None:
    """Put points into another CRS.

    Parameters
    ----------
    points
        float64, shape (n, 2): x and y, in the unit of their CRS; longitude before latitude.
    source, target
        a CRS as a text that GDAL knows: ``EPSG:2975``, WKT, PROJ.

    Returns
    -------
    ndarray
        float64, shape (n, 2), NaN for a point that has no place there. None when there is such a point, and the library
        gave up at it: some versions of rasterio do, and GDAL where somebody has asked it for exceptions.

    Raises
    ------
    ValueError
        a text is no CRS, or nothing leads from the one to the other: from a local CRS, or from that of another planet.
    """
    if source == target or not len(points):
        return points
    moved = (_with_rasterio if has_rasterio() else _with_osgeo)(points, source, target)
    if moved is None:
        return None
    moved[~np.isfinite(moved).all(axis=1)] = math.nan
    return moved


# In metres: what PROJ and EPSG say of operations between datums.
_ACCURACIES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 17, 20, 25, 30, 35, 44, 50, 75, 100, 999)


def accuracy(point: Coordinates, source: str, target: str) -> float | None:
    """Return the accuracy in metres of the operation that `transform` takes at a point; there may be several.

    The smallest of some round numbers that it does not exceed, 1 at least. None where it is not known: without GDAL's
    own Python bindings, or for an operation that says none.

    Parameters
    ----------
    point
        float64, shape (1, 2).
    source, target
        see `transform`.
    """
    taken = transform(point, source, target)
    if taken is None or not np.isfinite(taken).all() or source == target:
        return None
    try:
        libraries.osr()
    except ImportError:
        return None
    for metres in _ACCURACIES:
        found = _with_osgeo_within(point, source, target, metres)
        if found is not None and np.allclose(found, taken, rtol=0, atol=_SAME[np.abs(taken).max() > 720]):
            return float(metres)
    return None


# Less than a millimetre, in degrees and in metres.
_SAME = {False: 1e-8, True: 1e-3}


def _with_osgeo_within(points: Coordinates, source: str, target: str, metres: float) -> Coordinates | None:
    """Transform with an operation of some accuracy at least; None where there is none, or GDAL is too old to say."""
    gdal, osr = libraries.gdal(), libraries.osr()
    options = osr.CoordinateTransformationOptions()
    if not hasattr(options, "SetDesiredAccuracy"):  # GDAL 3.3
        return None
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        options.SetDesiredAccuracy(metres)
        transformation = osr.CreateCoordinateTransformation(_reference(source), _reference(target), options)
        if transformation is None:
            return None
        return np.array(transformation.TransformPoints(points.tolist()), np.float64)[:, :2]
    except (RuntimeError, ValueError):
        return None
    finally:
        gdal.PopErrorHandler()


def _with_rasterio(points: Coordinates, source: str, target: str) -> Coordinates | None:
    from rasterio.crs import CRS
    from rasterio.errors import CRSError
    from rasterio.warp import transform as transform_lists

    try:
        crs = [CRS.from_user_input(text) for text in (source, target)]
    except CRSError as error:
        raise ValueError(str(error)) from error

    try:
        # Arrays of the standard library: lists of a million numbers would be a million objects.
        return np.column_stack(transform_lists(*crs, *(array("d", axis.tobytes()) for axis in points.T))[:2])
    except Exception as error:  # an error of GDAL's, for which rasterio has no public class
        if isinstance(error, CRSError) or type(error).__name__ == "CPLE_NotSupportedError":
            raise ValueError(str(error)) from error
        return None


def _with_osgeo(points: Coordinates, source: str, target: str) -> Coordinates | None:
    osr = libraries.osr()

    try:
        transformation = osr.CreateCoordinateTransformation(_reference(source), _reference(target))
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    if transformation is None:
        raise ValueError(f"nothing leads from '{source}' to '{target}'")
    moved = _as_line(points, transformation)
    if moved is not None:
        return moved
    try:
        return np.array(transformation.TransformPoints(points.tolist()), np.float64)[:, :2]
    except RuntimeError:
        return None


def _as_line(points: Coordinates, transformation: Any) -> Coordinates | None:
    """Transform points as the vertices of one line; None where one of them has no place there.

    GDAL does the same with a list of points, but of a million each is several objects of Python then.
    """
    gdal, ogr = libraries.gdal(), libraries.ogr()
    line = ogr.CreateGeometryFromWkb(struct.pack("<BII", 1, 2, len(points)) + points.astype("<f8").tobytes())
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        if line.Transform(transformation):
            return None
    except RuntimeError:  # where somebody has asked GDAL for exceptions
        return None
    finally:
        gdal.PopErrorHandler()
    vertices = np.frombuffer(line.ExportToWkb(ogr.wkbNDR), "<f8", 2 * len(points), 9)
    return np.array(vertices, np.float64).reshape(-1, 2)


def _reference(text: str) -> Any:
    osr = libraries.osr()

    reference = osr.SpatialReference()
    try:
        failed = reference.SetFromUserInput(text)
    except RuntimeError as error:  # where somebody has asked GDAL for exceptions
        raise ValueError(str(error)) from error
    if failed:
        raise ValueError(f"'{text}' is no CRS")
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference
