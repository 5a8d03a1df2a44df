"""Which masks can be applied to a product while it is read: the rasters of 20 m that it has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UnknownCloudMask
from ..files import system_path
from . import cloudmask
from .cloudmask import CLASSES_RASTER, MASK_RASTER, OCM, PROBABILITY_RASTER, CloudMask
from .folders import Library
from .index_product import SourceRaster
from .product_id import ProductId
from .safe import PROBABILITY_NAME, Safe, read_safe


@dataclass(frozen=True)
class CloudFiles:
    """The rasters that masks of a product are read from.

    Attributes
    ----------
    masks
        the raster of each of Sen2Chain's masks.
    classes, probability
        the scene classification and the cloud probability; None where they are missing.
    """

    masks: Mapping[CloudMask, Path] = field(default_factory=dict)
    classes: Path | None = None
    probability: Path | None = None

    def has(self, mask: CloudMask) -> bool:
        """Tell whether a mask that is applied while reading can be."""
        return not mask.raster or self.raster_of(mask) is not None

    def raster_of(self, mask: CloudMask) -> SourceRaster | None:
        """Return what a mask is read from; None where nothing is masked, or the raster is missing."""
        if mask.raster == MASK_RASTER:
            there = self._mask_raster(mask)
            if there is not None:
                return SourceRaster(MASK_RASTER, there)
        for kind, path in ((CLASSES_RASTER, self.classes), (PROBABILITY_RASTER, self.probability)):
            if kind in (mask.raster, mask.computed_from) and path is not None:
                return SourceRaster(kind, path)
        return None

    def _mask_raster(self, mask: CloudMask) -> Path | None:
        """Return the raster of one of Sen2Chain's masks; of OCM that of the newest version."""
        if mask.version == OCM:
            newest = max((known for known in self.masks if known.version == OCM), default=None)
            return None if newest is None else self.masks[newest]
        return self.masks.get(CloudMask(mask.version, mask.parameters))


def cloud_files(library: Library, product: ProductId, safe: Safe | None = None) -> CloudFiles:
    """Look which rasters masks of a product can be read from.

    Parameters
    ----------
    library, product
        where to look: in its folder of cloud masks first.
    safe
        its ``.SAFE`` folder, where that was looked at already.
    """
    folder = library.cloudmasks / product.tile / product.text
    try:
        with os.scandir(system_path(folder)) as entries:
            names = sorted(entry.name for entry in entries if not entry.is_dir(follow_symlinks=False))
    except OSError:
        names = []  # it is not there, or may not be read
    masks = {}
    for name in names:
        mask = _mask_in(name, product)
        if mask is not None:
            masks[mask] = folder / name
    # As Sen2Chain calls it: another one is of another acquisition.
    classes_name = f"T{product.tile}_{product.acquired:%Y%m%dT%H%M%S}_SCL_20m.jp2"
    classes = folder / classes_name if classes_name in names else None
    probability = folder / PROBABILITY_NAME if PROBABILITY_NAME in names else None
    if classes is None or probability is None:
        safe = read_safe(library.safe_of(product)) if safe is None else safe
        classes, probability = classes or safe.classes, probability or safe.probability
    return CloudFiles(masks, classes, probability)


def _mask_in(name: str, product: ProductId) -> CloudMask | None:
    """Return the mask in the name of a raster, ``<product>_<mask>.jp2``."""
    if not name.startswith(f"{product.text}_") or not name.endswith(".jp2"):
        return None
    text = name[len(product.text) + 1 : -len(".jp2")]
    try:
        mask = cloudmask.parse(text)
    except UnknownCloudMask:
        return None
    is_one = mask.is_produced and not mask.pixels and mask.name == text and mask != CloudMask(OCM)
    return mask if is_one else None
