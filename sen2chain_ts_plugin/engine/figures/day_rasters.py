"""The rasters of the day of a row: what a map shows below the zones, and the outlines of its clouds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import RasterUnreadable, UnknownCloudMask
from ..files import is_file, system_path
from ..library import cloudmask
from ..library.folders import Library
from ..library.product_id import ProductId, parse_product
from ..library.products import true_colour_raster
from ..raster import libraries
from ..raster.opening import INDEX_NODATA
from ..tree.layout import split_raster_name

_PRODUCT_PARTS = 7
# The side of the largest array that clouds are outlined in; larger views are thinned out.
_MOST_PIXELS = 1500


@dataclass(frozen=True)
class DayRasters:
    """What a library has for the day of a row; None for what it has not.

    Attributes
    ----------
    index
        the index without cloud mask, or else the masked one.
    masked
        the raster of the row, where clouds have no data.
    mask
        the raster of its cloud mask, where clouds are not 0.
    colours
        the true colours.
    """

    index: Path | None
    masked: Path | None
    mask: Path | None
    colours: Path | None


def day_rasters(library: Library, filename: str) -> DayRasters | None:
    """Find the rasters of a row.

    Parameters
    ----------
    library
        where to look.
    filename
        the name in the row, ``<L2A id>_<INDEX>_<mask>.jp2``; of masks that are applied while reading it names no file.

    Returns
    -------
    DayRasters or None
        None where the name is no such name.
    """
    product = parse_product("_".join(filename.split("_")[:_PRODUCT_PARTS]))
    if product is None:
        return None
    index, mask = split_raster_name(filename)
    folder = library.indices / index / product.tile / product.text
    masked, unmasked = folder / filename, folder / f"{product.text}_{index}.jp2"
    shown = next((path for path in (unmasked, masked) if is_file(path)), None)
    return DayRasters(
        index=shown,
        masked=masked if is_file(masked) else None,
        mask=_mask_raster(library, product, mask),
        colours=true_colour_raster(library, product),
    )


def _mask_raster(library: Library, product: ProductId, mask: str) -> Path | None:
    try:
        name = cloudmask.parse(mask).plain.name
    except UnknownCloudMask:
        return None
    path = library.cloudmasks / product.tile / product.text / f"{product.text}_{name}.jp2"
    return path if is_file(path) else None


def cloud_outlines(rasters: DayRasters, bounds: tuple[float, float, float, float]) -> list[bytes]:
    """Return the outlines of the clouds in a rectangle, in the CRS of the rasters.

    Parameters
    ----------
    rasters
        of the day; clouds are where its mask is not 0, or else where only the masked raster has no data.
    bounds
        west, south, east, north, in metres.

    Returns
    -------
    list of bytes
        polygons as well-known binary.

    Raises
    ------
    RasterUnreadable
        a raster cannot be read.
    """
    if rasters.mask is not None:
        clouds, transform, projection = _window(rasters.mask, bounds)
        cloudy = clouds != 0
    elif rasters.masked is not None and rasters.index not in (None, rasters.masked):
        masked, transform, projection = _window(rasters.masked, bounds)
        whole, *_ = _window(Path(str(rasters.index)), bounds)
        cloudy = (masked == INDEX_NODATA) & (whole != INDEX_NODATA)
    else:
        return []
    return list(_polygons(cloudy.astype(np.uint8), transform, projection)) if cloudy.any() else []


def _window(path: Path, bounds: tuple[float, float, float, float]) -> tuple[np.ndarray, tuple[float, ...], str]:
    """Return the pixels of a rectangle, thinned out where they are many, their transform and their projection."""
    gdal = libraries.gdal()
    try:
        dataset = gdal.Open(system_path(path))
        if dataset is None:
            raise RasterUnreadable(path=path, reason=gdal.GetLastErrorMsg())
        left, size, _, top, _, down = dataset.GetGeoTransform()
        west, south, east, north = bounds
        first = max(int((west - left) / size), 0)
        row = max(int((north - top) / down), 0)
        columns = min(int(np.ceil((east - left) / size)), dataset.RasterXSize) - first
        rows = min(int(np.ceil((south - top) / down)), dataset.RasterYSize) - row
        if columns <= 0 or rows <= 0:
            return np.zeros((0, 0), np.int16), (left, size, 0, top, 0, down), dataset.GetProjection()
        thin = max(1, -(-max(columns, rows) // _MOST_PIXELS))
        across, along = max(columns // thin, 1), max(rows // thin, 1)
        pixels: Any = dataset.GetRasterBand(1).ReadAsArray(first, row, columns, rows, across, along)
    except RuntimeError as error:  # where somebody has asked GDAL for exceptions
        raise RasterUnreadable(path=path, reason=error) from error
    if pixels is None:
        raise RasterUnreadable(path=path, reason=gdal.GetLastErrorMsg())
    transform = (left + first * size, size * columns / across, 0, top + row * down, 0, down * rows / along)
    return np.asarray(pixels), transform, dataset.GetProjection()


def _polygons(cloudy: np.ndarray, transform: tuple[float, ...], projection: str) -> Iterator[bytes]:
    gdal, ogr = libraries.gdal(), libraries.ogr()
    raster = gdal.GetDriverByName("MEM").Create("", cloudy.shape[1], cloudy.shape[0], 1, gdal.GDT_Byte)
    raster.SetGeoTransform(transform)
    raster.SetProjection(projection)
    band = raster.GetRasterBand(1)
    band.WriteArray(cloudy)
    holder = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = holder.CreateLayer("clouds")
    gdal.Polygonize(band, band, layer, -1)
    for feature in layer:
        yield bytes(feature.GetGeometryRef().ExportToWkb())
