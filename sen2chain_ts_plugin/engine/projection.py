"""Coordinates from one CRS into another, with the library that also reads the rasters: rasterio, else osgeo."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .wkb import Coordinates


def transform(points: Coordinates, source: str, target: str) -> Coordinates:
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
        float64, shape (n, 2). NaN for a point that has no place there, or for all when one has none: some versions of
        rasterio give up at the first.

    Raises
    ------
    ValueError
        a text is no CRS.
    """
    if source == target or not len(points):
        return points
    try:
        import rasterio  # noqa: F401 asked for here only to know whether it is there
    except ImportError:
        moved = _with_osgeo(points, source, target)
    else:
        moved = _with_rasterio(points, source, target)
    moved[~np.isfinite(moved).all(axis=1)] = math.nan
    return moved


def _with_rasterio(points: Coordinates, source: str, target: str) -> Coordinates:
    from rasterio.crs import CRS
    from rasterio.errors import CRSError
    from rasterio.warp import transform as transform_lists

    try:
        crs = [CRS.from_user_input(text) for text in (source, target)]
    except CRSError as error:
        raise ValueError(str(error)) from error

    try:
        return np.column_stack(transform_lists(*crs, *points.T.tolist())[:2])
    except Exception:  # noqa: BLE001 an error of GDAL's, for which rasterio has no public name
        return np.full(points.shape, math.nan)


def _with_osgeo(points: Coordinates, source: str, target: str) -> Coordinates:
    from osgeo import osr

    def crs(text: str) -> Any:
        reference = osr.SpatialReference()
        try:
            failed = reference.SetFromUserInput(text)
        except RuntimeError as error:  # where somebody has asked GDAL for exceptions
            raise ValueError(str(error)) from error
        if failed:
            raise ValueError(f"'{text}' is no CRS")
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return reference

    transformation = osr.CoordinateTransformation(crs(source), crs(target))
    return np.array(transformation.TransformPoints(points.tolist()), np.float64)[:, :2]
