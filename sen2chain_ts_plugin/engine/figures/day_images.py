"""The image of a day: what a map and small pictures show of the acquisition of a row, wherever its pixels come from."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from ..errors import CloudMaskAbsent, RasterUnreadable, UnknownCloudMask
from ..feedback import Feedback, check
from ..files import is_file, make_folder, write_atomic
from ..library import cloudmask
from ..library.cloudmask import CloudMask
from ..library.folders import Library
from ..library.index_product import MASKED, UNMASKED, IndexProduct
from ..library.product_id import parse_product
from ..library.products import locate, true_colour_raster
from ..raster import libraries
from ..raster.grid import Grid
from ..raster.opening import INDEX_NODATA
from ..sources.true_colours import open_true_colours
from ..tree.layout import split_raster_name
from .index_views import open_index
from .quicklooks.pictures import HATCH, NO_DATA, hatch, index_pixels, veiled
from .ramps import ramp_of
from .views import Blocks, View, frame_of

_PRODUCT_PARTS = 7
# Pixels per side of what a map gets; larger views are thinned out.
_MAP_PIXELS = 1500
_HATCH_STEP = 6  # pixels of a small picture


@dataclass(frozen=True)
class DayImage:
    """What a map shows of a day.

    Attributes
    ----------
    index
        a raster of the index without cloud mask, or with it where the library has no other; int16, index x 10 000.
    clouds
        the outlines of what the cloud mask hides, as well-known binary in the CRS of the raster.
    colours
        a raster of true colours; None where the library has neither picture nor bands, or they were not asked for.
    """

    index: Path
    clouds: tuple[bytes, ...]
    colours: Path | None


def day_image(
    library: Library, filename: str, view: View, folder: Path, feedback: Feedback, *, colours: bool
) -> DayImage | None:
    """Find or compute what a map shows of the day of a row.

    Rasters of the library are shown as they are. What is computed from bands is written for the view alone.

    Parameters
    ----------
    library
        where to look.
    filename
        the name in the row, ``<L2A id>_<INDEX>_<mask>.jp2``; of masks that are applied while reading it names no file.
    view
        the place, in the CRS of the product's tile.
    folder
        gets the rasters that are computed, under names that tell what is in them; those that are there are used again.
    feedback
        asked for cancel between blocks.
    colours
        whether to compose true colours from bands where there is no picture of them.

    Returns
    -------
    DayImage or None
        None where the library has nothing for the row, or the name is no such name.

    Raises
    ------
    EngineError
        what is there cannot be read, or the folder cannot be written to.
    Cancelled
        nobody waits for it any more.
    """
    item = _item(library, filename)
    if item is None:
        return None
    # The same name for the same content: what a layer shows is never written over.
    key = hashlib.sha256(f"{library.l2a} {filename} {view}".encode()).hexdigest()[:16]
    with open_index(item, partial(check, feedback), once=True) as views:
        masked, beneath = views.read(view, _MAP_PIXELS)
        grid = views.grid
    hidden = _hidden(masked, beneath)
    index = item.raster(UNMASKED) or item.raster(MASKED)
    if index is None:
        index = folder / f"{item.index}_{key}.tif"
        pixels = masked if beneath is None else beneath
        if not is_file(index):
            _write(index, pixels[None], view, grid, INDEX_NODATA)
    clouds = tuple(_polygons(hidden, frame_of(view, grid, _MAP_PIXELS).transform(grid), grid.epsg))
    picture = true_colour_raster(library, item.product)
    if picture is None and colours:
        picture = _composed(library, item, view, folder / f"colours_{key}.tif", feedback)
    return DayImage(index, clouds, picture)


def thumbnail(
    library: Library, filename: str, view: View, side: int, feedback: Feedback, *, colours: bool
) -> np.ndarray | None:
    """Draw a small picture of the day of a row; what the cloud mask hides is pale and hatched.

    Parameters
    ----------
    library, filename, view, feedback
        see `day_image`, also for what None means and for the errors.
    side
        pixels per side of the picture.
    colours
        true colours instead of the index, where the library has them.

    Returns
    -------
    ndarray or None
        uint8, shape (side, side, 3).
    """
    item = _item(library, filename)
    if item is None:
        return None
    with open_index(item, partial(check, feedback), once=True) as views:
        pixels, hidden = index_pixels(*views.read(view, side), ramp_of(item.index), INDEX_NODATA)
    picture = _colour_pixels(library, item, view, side, feedback) if colours else None
    if picture is not None:
        pixels = np.moveaxis(picture[0], 0, -1).copy()
        pixels[(pixels == 0).all(axis=-1)] = NO_DATA
        pixels = veiled(pixels, hidden)
    picked = np.arange(side) * len(pixels) // side
    enlarged = pixels[picked[:, None], picked[None, :]]
    enlarged[hidden[picked[:, None], picked[None, :]] & hatch(side, _HATCH_STEP, 1)] = HATCH
    return np.ascontiguousarray(enlarged)


def _item(library: Library, filename: str) -> IndexProduct | None:
    """Return the index product of a row; None where the library does not have it any more."""
    product = parse_product("_".join(filename.split("_")[:_PRODUCT_PARTS]))
    if product is None:
        return None
    index, name = split_raster_name(filename)
    with contextlib.suppress(UnknownCloudMask, CloudMaskAbsent, KeyError):
        mask = cloudmask.parse(name)
        for way in _ways(mask):
            with contextlib.suppress(CloudMaskAbsent):
                item = locate(library, product, index, way)
                if all(is_file(raster.path) for raster in item.deciding):
                    return item
    return None


def _ways(mask: CloudMask) -> Iterator[CloudMask]:
    """Yield a mask as it is, and as it is applied while reading: a library may keep only one of the rasters."""
    yield mask
    if mask.is_produced:
        yield replace(mask, virtual=True)


def _hidden(masked: np.ndarray, beneath: np.ndarray | None) -> np.ndarray:
    """Return what a cloud mask hides; nothing where that cannot be told from what has no data."""
    if beneath is None:
        return np.zeros(masked.shape, bool)
    hidden: np.ndarray = (masked == INDEX_NODATA) & (beneath != INDEX_NODATA)
    return hidden


def _composed(library: Library, item: IndexProduct, view: View, path: Path, feedback: Feedback) -> Path | None:
    """Compose true colours from bands, unless that has been done; None where there are no bands."""
    if is_file(path):
        return path
    found = _colour_pixels(library, item, view, _MAP_PIXELS, feedback)
    if found is None:
        return None
    _write(path, found[0], view, found[1], 0)
    return path


def _colour_pixels(
    library: Library, item: IndexProduct, view: View, most: int, feedback: Feedback
) -> tuple[np.ndarray, Grid] | None:
    with open_true_colours(library, item.product) as opened:
        if opened is None:
            return None
        path, reader = opened
        return Blocks(reader, path, partial(check, feedback), once=True).read(view, 0, most), reader.grid


def _write(path: Path, bands: np.ndarray, view: View, grid: Grid, nodata: int) -> None:
    """Write bands, shape (n, height, width), as a GeoTIFF."""
    gdal, osr = libraries.gdal(), libraries.osr()
    kind = gdal.GDT_Byte if bands.dtype == np.uint8 else gdal.GDT_Int16
    name = f"/vsimem/sen2chain_ts/{path.name}"
    number, height, width = bands.shape
    raster = gdal.GetDriverByName("GTiff").Create(name, width, height, number, kind, ["COMPRESS=DEFLATE", "TILED=YES"])
    raster.SetGeoTransform(frame_of(view, grid, _MAP_PIXELS).transform(grid))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(grid.epsg)
    raster.SetProjection(reference.ExportToWkt())
    for place, pixels in enumerate(bands):
        raster.GetRasterBand(place + 1).WriteArray(pixels)
        raster.GetRasterBand(place + 1).SetNoDataValue(nodata)
    del raster  # or its last blocks stay unwritten
    stream = gdal.VSIFOpenL(name, "rb")
    try:
        if stream is None:
            raise RasterUnreadable(path=path, reason=gdal.GetLastErrorMsg())
        data = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(name).size, stream))
    finally:
        if stream is not None:
            gdal.VSIFCloseL(stream)
        gdal.Unlink(name)
    make_folder(path.parent)
    write_atomic(path, data, path.parent)


def _polygons(hidden: np.ndarray, transform: tuple[float, ...], epsg: int) -> Iterator[bytes]:
    if not hidden.any():
        return
    gdal, ogr, osr = libraries.gdal(), libraries.ogr(), libraries.osr()
    raster = gdal.GetDriverByName("MEM").Create("", hidden.shape[1], hidden.shape[0], 1, gdal.GDT_Byte)
    raster.SetGeoTransform(transform)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    raster.SetProjection(reference.ExportToWkt())
    band = raster.GetRasterBand(1)
    band.WriteArray(hidden.astype(np.uint8))
    holder = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = holder.CreateLayer("clouds")
    gdal.Polygonize(band, band, layer, -1)
    for feature in layer:
        yield bytes(feature.GetGeometryRef().ExportToWkb())
