"""What is on disk: library roots and config, tiles, products, cloud masks, cloud cover. Only reads.

Source of the layout and of the config file: Sen2Chain 1.4.1.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..choices import INDICES
from ..errors import CloudMaskAbsent, IndexAbsent, Phrase, UnknownCloudMask
from ..files import exists, is_folder, system_path
from . import cloudmask
from .cloud_files import CloudFiles, cloud_files
from .cloudmask import OCM, CloudMask
from .folders import Library
from .index_product import UNMASKED, IndexProduct, SourceRaster, produced
from .l2a_products import find_l2a, index_of_bands
from .offers import Readable, require_masks
from .product_id import ProductId, is_tile, parse_product
from .safe import PROBABILITY_NAME, read_safe
from .selection import Selection


@dataclass(frozen=True)
class StoredProduct:
    """One index of one product as it is on disk: the masked raster of every cloud mask, and the unmasked one."""

    product: ProductId
    index: str
    masked: Mapping[CloudMask, Path]
    unmasked: Path | None


@dataclass
class _Masks:
    """The masked rasters of one product and index, by mask, as found in its folder."""

    files: dict[CloudMask, str] = field(default_factory=dict)

    def wanted(self, masks: Iterable[CloudMask]) -> dict[CloudMask, str]:
        """Return the files of these masks by mask; of OCM without a version, the newest there is."""
        found = {}
        for mask in masks:
            if mask in self.files:
                found[mask] = self.files[mask]
            elif mask == CloudMask(OCM):
                newest = max((m for m in self.files if m.version == OCM), default=None)
                if newest is not None:
                    found[newest] = self.files[newest]
        return found


def find_products(library: Library, selection: Selection) -> list[IndexProduct]:
    """List the products of a selection, by tile, acquisition, product and file name.

    Files and folders that are not part of a library are passed over.

    Parameters
    ----------
    library
        The library to look in.
    selection
        The indices, cloud masks, dates and cloud covers to look for.

    Returns
    -------
    list of IndexProduct
        One per product, index and cloud mask.

    Raises
    ------
    IndexAbsent
        If the library has no product of these indices, whatever the dates. The message names the indices it has.
    CloudMaskAbsent
        If no product of these indices has one of the masks, whatever the dates. The message names the masks there are.
    IndicesAbsent, ProductsAbsent, CloudMaskOfSource
        If the library has nothing from which the indices could come, or the masks do not go with it.
    """
    masks = selection.masks_in(library)
    found = find_l2a(library, selection, masks) if selection.is_l2a(library) else _in_indices(library, selection, masks)
    return sorted(found, key=lambda item: item.order)


def _in_indices(library: Library, selection: Selection, asked: Sequence[CloudMask]) -> list[IndexProduct]:
    """List what there is of indices that Sen2Chain made."""
    found = []
    missing = set(asked)
    applied = [mask for mask in asked if not mask.is_produced]
    clouds: dict[str, CloudFiles] = {}
    for index, product, folder in _product_folders(library, selection.indices):
        if not selection.has_date(product):
            continue
        masks, unmasked = _rasters(folder, product, index)
        beneath = Path(folder, unmasked) if unmasked else None
        items = [
            produced(product, index, mask, Path(folder, name), beneath) for mask, name in masks.wanted(asked).items()
        ]
        if beneath is not None and applied:
            if product.text not in clouds:
                clouds[product.text] = cloud_files(library, product)
            there = clouds[product.text]
            items += [_virtual(product, index, mask, beneath, there) for mask in applied if there.has(mask)]
        missing -= _asked([item.mask for item in items], asked)
        if items and selection.has_cover(library, product):
            found += items
    if missing:
        _check_masks(library, selection, missing)
    return found


def _virtual(product: ProductId, index: str, mask: CloudMask, unmasked: Path, clouds: CloudFiles) -> IndexProduct:
    """Return an index product with a mask that is applied while it is read."""
    raster = clouds.raster_of(mask)
    rasters = [SourceRaster(UNMASKED, unmasked)] + ([] if raster is None else [raster])
    return IndexProduct(product, index, mask, tuple(rasters))


def locate(library: Library, product: ProductId, index: str, mask: CloudMask) -> IndexProduct:
    """Return the index product of a row, given what its file name says; whether its rasters are there is not known.

    Parameters
    ----------
    library
        where to look.
    product, index, mask
        parsed from the name.
    """
    plain = replace(mask, pixels="")
    if plain.l2a:
        safe = read_safe(library.safe_of(product))
        return index_of_bands(product, index, plain, safe, cloud_files(library, product, safe))
    folder = library.indices / index / product.tile / product.text
    unmasked = folder / f"{product.text}_{index}.jp2"
    if plain.is_produced:
        masked = folder / f"{product.text}_{index}_{plain.name}.jp2"
        return produced(product, index, plain, masked, unmasked if exists(unmasked) else None)
    clouds = cloud_files(library, product)
    if not clouds.has(plain):
        raise CloudMaskAbsent(
            masks=plain.name, indices=index, library=library.indices, there=Phrase("none"), possible=Phrase("none")
        )
    return _virtual(product, index, plain, unmasked, clouds)


def stored_products(library: Library, indices: Sequence[str]) -> Iterator[StoredProduct]:
    """Yield what Sen2Chain made of each index, by index, tile and product, whatever the dates and the cloud masks."""
    for index, product, folder in _product_folders(library, indices):
        masks, unmasked = _rasters(folder, product, index)
        masked = {mask: Path(folder, name) for mask, name in sorted(masks.files.items())}
        yield StoredProduct(product, index, masked, Path(folder, unmasked) if unmasked else None)


def absent_indices(library: Library, indices: Sequence[str]) -> list[str]:
    """Return those of some indices that the library has no product of."""
    return [index for index in indices if next(_product_folders(library, [index]), None) is None]


def check_indices(library: Library, indices: Sequence[str]) -> None:
    """Refuse indices without any product in the library.

    Raises
    ------
    IndexAbsent
        none of these indices has a product; names those that have.
    """
    absent = absent_indices(library, INDICES)
    there = [index for index in INDICES if index not in absent]
    if not set(there) & set(indices):
        raise IndexAbsent(
            indices=", ".join(indices) or Phrase("any index"),
            library=library.indices,
            there=", ".join(there) or Phrase("none"),
        )


def cloudmasks_of(library: Library, indices: Sequence[str]) -> dict[CloudMask, int]:
    """Count the products of each cloud mask over these indices, whatever the dates."""
    counts: dict[CloudMask, int] = {}
    for index, product, folder in _product_folders(library, indices):
        for mask in _rasters(folder, product, index)[0].files:
            counts[mask] = counts.get(mask, 0) + 1
    return dict(sorted(counts.items()))


def probability_raster(library: Library, product: ProductId) -> Path | None:
    """Return the 20 m cloud probability raster of a product.

    It is in the product's ``.SAFE`` when there is one, else in its folder of cloud masks; None where it is missing.
    """
    kept = library.cloudmasks / product.tile / product.text / PROBABILITY_NAME
    candidates = [*_in_safe(library, product, f"GRANULE/*/QI_DATA/{PROBABILITY_NAME}"), kept]
    # Of what is there and no file, a pipe, the product fails by name: it is not without a raster.
    return next((path for path in candidates if exists(path) and not is_folder(path)), None)


def true_colour_raster(library: Library, product: ProductId) -> Path | None:
    """Return the 10 m true colour picture in the ``.SAFE`` of a product; None where it is missing."""
    return next(iter(_in_safe(library, product, "GRANULE/*/IMG_DATA/R10m/*_TCI_10m.jp2")), None)


def _in_safe(library: Library, product: ProductId, pattern: str) -> list[Path]:
    safe = library.safe_of(product)
    there = Path(system_path(safe))
    if not is_folder(safe):  # most products have none; since Python 3.13 glob would try to list it
        return []
    return [safe / path.relative_to(there) for path in sorted(there.glob(pattern))]


def _product_folders(library: Library, indices: Sequence[str]) -> Iterator[tuple[str, ProductId, str]]:
    for index in dict.fromkeys(indices):
        for tile in filter(is_tile, _folders(library.indices / index)):
            place = library.indices / index / tile
            for name in _folders(place):
                product = parse_product(name)
                if product is not None and product.level == "L2A" and product.tile == tile:
                    yield index, product, os.path.join(place, name)


def _folders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder."""
    try:
        with os.scandir(system_path(folder)) as entries:
            return sorted(entry.name for entry in entries if _is_folder(entry))
    except OSError:
        return []  # an index without folder, or a file where a folder is expected


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads in circles; its neighbours are sound


def _rasters(folder: str, product: ProductId, index: str) -> tuple[_Masks, str | None]:
    """Return the masked rasters in a product's folder, and the name of the unmasked one."""
    stem = f"{product.text}_{index}"
    masks, unmasked = _Masks(), None
    try:
        with os.scandir(system_path(folder)) as entries:
            names = [entry.name for entry in entries if not entry.is_dir(follow_symlinks=False)]
    except OSError:
        names = []  # it vanished, or may not be read: as if it were empty
    for name in names:
        if not name.endswith(".jp2") or not name.startswith(stem):
            continue
        rest = name[len(stem) : -len(".jp2")]
        if not rest:
            unmasked = name
        elif rest[0] == "_":
            try:
                mask = cloudmask.parse(rest[1:])
            except UnknownCloudMask:
                continue
            if mask.is_produced and mask.name == rest[1:] and not mask.pixels:
                masks.files[mask] = name
    masks.files.pop(CloudMask(OCM), None)  # Sen2Chain writes no file without a version
    return masks, unmasked


def _asked(found: Collection[CloudMask], asked: Sequence[CloudMask]) -> set[CloudMask]:
    """Return which of the masks asked for the found ones answer."""
    versions = {mask.version for mask in found}
    return {mask for mask in asked if mask in found or (mask == CloudMask(OCM) and OCM in versions)}


def _check_masks(library: Library, selection: Selection, missing: set[CloudMask]) -> None:
    """Raise CloudMaskAbsent unless some product has the missing masks, whatever the dates."""
    there = set(cloudmasks_of(library, selection.indices))
    if not there:
        check_indices(library, selection.indices)
    missing = missing - _asked(there, list(missing))
    if missing:
        require_masks(missing, readable_products(library, selection.indices), there, selection.indices, library.indices)


def readable_products(library: Library, indices: Sequence[str]) -> Iterator[Readable]:
    """Yield the products that masks can be applied to while they are read: those with an unmasked raster."""
    clouds: dict[str, CloudFiles] = {}
    for stored in stored_products(library, indices):
        if stored.unmasked is not None:
            name = stored.product.text
            if name not in clouds:
                clouds[name] = cloud_files(library, stored.product)
            yield Readable(stored.index, stored.product, clouds[name])
