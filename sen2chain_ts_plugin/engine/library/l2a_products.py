"""Indices to compute from the bands of L2A products: which products there are, and with which masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..choices import INDEX_BANDS
from ..dates import DateRange
from ..errors import EngineError, ProductRenamed, ProductsAbsent, ProductWithoutTile, ProductZipped
from .cloud_files import CloudFiles, cloud_files
from .cloudmask import CloudMask
from .folders import Library
from .index_product import METADATA, IndexProduct, SourceRaster
from .offers import Readable, require_masks
from .product_id import ProductId, parse_product
from .safe import BAND_FILES, SAFE, Safe, SafeScan, day_in_name, none_to_use, read_safe, scan_safes
from .selection import Selection

# What takes the place of the bands of a folder that is no product: it fails by name when it is opened.
_FOLDER = "folder"


def find_l2a(library: Library, selection: Selection, masks: Sequence[CloudMask]) -> list[IndexProduct]:
    """List the indices of L2A products that are asked for.

    Parameters
    ----------
    library, selection
        where to look, and for what.
    masks
        the cloud masks; produced ones cannot be among them.

    Raises
    ------
    ProductsAbsent
        there is no L2A product, whatever the dates.
    ProductsZipped, ProductRenamed
        there are only zipped ones, or only folders of products that are called otherwise.
    ProductWithoutTile
        there is none whose name says its tile.
    CloudMaskAbsent
        no product has one of the masks, whatever the dates.
    """
    scan = scan_safes(library.l2a)
    if not scan.products:
        if scan.unnamed:
            raise ProductWithoutTile(path=scan.unnamed[0])
        raise none_to_use(scan, library.l2a) or ProductsAbsent(folder=library.l2a)
    found = []
    missing = set(masks)
    for product, folder in scan.products:
        if not selection.has_date(product):
            continue
        safe = read_safe(folder)
        clouds = cloud_files(library, product, safe)
        wanted = [mask for mask in masks if safe.problem is not None or clouds.has(mask)]
        missing -= set(wanted)
        if wanted and selection.has_cover(library, product):
            found += [
                index_of_bands(product, index, mask, safe, clouds)
                for index in dict.fromkeys(selection.indices)
                for mask in wanted
            ]
    if missing:
        require_masks(missing, _readable(library, scan, selection.indices), (), selection.indices, library.l2a)
    return found


def readable_l2a(library: Library, indices: Sequence[str]) -> Iterator[Readable]:
    """Yield each index of each L2A product of a library, whatever the dates."""
    return _readable(library, scan_safes(library.l2a), indices)


def _readable(library: Library, scan: SafeScan, indices: Sequence[str]) -> Iterator[Readable]:
    for product, folder in scan.products:
        clouds = cloud_files(library, product, read_safe(folder))
        for index in indices:
            yield Readable(index, product, clouds)


def index_of_bands(product: ProductId, index: str, mask: CloudMask, safe: Safe, clouds: CloudFiles) -> IndexProduct:
    """Return an index to compute from the bands of a product."""
    bands = sorted(INDEX_BANDS[index], key=lambda band: BAND_FILES[band])  # those of 10 m first
    rasters = [SourceRaster(band, safe.bands[band]) for band in bands if band in safe.bands]
    if not rasters:
        rasters.append(SourceRaster(_FOLDER, safe.folder))
    if safe.metadata is not None:
        rasters.append(SourceRaster(METADATA, safe.metadata))
    raster = clouds.raster_of(mask)
    if raster is not None:
        rasters.append(raster)
    return IndexProduct(product, index, mask, tuple(rasters), safe.folder)


def unusable(library: Library, selection: Selection) -> tuple[list[EngineError], list[EngineError]]:
    """Return the L2A products that cannot be used, whatever they show: those without a tile, and those passed over.

    Those without a tile fail; one that is zipped, or in a folder of another name, is only named.
    """
    if not selection.is_l2a(library):
        return [], []
    scan = scan_safes(library.l2a)
    dates = DateRange(selection.date_min, selection.date_max)

    def asked(path: Path) -> bool:
        product = parse_product(path.name.removesuffix(".zip").removesuffix(SAFE))
        day = day_in_name(path.name) if product is None else product.acquired.date()
        return day is None or dates.holds(day)

    unnamed: list[EngineError] = [ProductWithoutTile(path=path) for path in scan.unnamed if asked(path)]
    passed_over: list[EngineError] = [ProductZipped(path=path) for path in scan.zipped if asked(path)]
    passed_over += [ProductRenamed(path=path) for path in scan.renamed if asked(path)]
    return unnamed, passed_over
