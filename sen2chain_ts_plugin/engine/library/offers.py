"""Which cloud masks the products of a library could be had with, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import CloudMaskAbsent, MaskNotComputed, Phrase
from . import cloudmask
from .cloud_files import CloudFiles
from .cloudmask import CLASSES_RASTER, MASK_RASTER, NOMASK, OCM, PROBABILITY_RASTER, CloudMask
from .product_id import ProductId

# How a mask can be had: applied by Sen2Chain; while reading, from its raster, computed as Sen2Chain does, from the
# scene classification, from the cloud probability; without any raster.
PRODUCED, FROM_RASTER, COMPUTED = "produced", "raster", "computed"
FROM_CLASSES, FROM_PROBABILITY, WITHOUT = "classes", "probability", "none"
# Of the masks with numbers of their own, the ones to offer.
_EXAMPLES = tuple(map(cloudmask.parse, ("SCL", "PRB-50", "CM001-VRT", f"{cloudmask.DEFAULT}-VRT")))


@dataclass(frozen=True)
class Readable:
    """An index of a product that masks can be applied to while it is read."""

    index: str
    product: ProductId
    clouds: CloudFiles


@dataclass
class MaskOffer:
    """A cloud mask that could be had: of how many products, by how they have it."""

    mask: CloudMask
    products: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of products."""
        return sum(self.products.values())


def masks_of(clouds: CloudFiles) -> dict[CloudMask, str]:
    """Return masks that can be applied to a product while it is read, and how; of those with numbers, examples."""
    found = {}
    for mask in clouds.masks:
        found[CloudMask(OCM, virtual=True) if mask.version == OCM else replace(mask, virtual=True)] = FROM_RASTER
    for mask in _EXAMPLES:
        raster = clouds.raster_of(mask)
        if raster is not None:
            found[mask] = _how(mask, raster.role)
    found[CloudMask(NOMASK)] = WITHOUT
    return found


def _how(mask: CloudMask, role: str) -> str:
    if role == MASK_RASTER:
        return FROM_RASTER
    if mask.virtual:
        return COMPUTED
    return {CLASSES_RASTER: FROM_CLASSES, PROBABILITY_RASTER: FROM_PROBABILITY}[role]


def mask_offers(readable: Iterable[Readable]) -> list[MaskOffer]:
    """Count the products that could be had with each mask applied while they are read."""
    offers: dict[CloudMask, MaskOffer] = {}
    for each in readable:
        for mask, how in masks_of(each.clouds).items():
            offer = offers.setdefault(mask, MaskOffer(mask))
            offer.products[how] = offer.products.get(how, 0) + 1
    return [offers[mask] for mask in sorted(offers)]


def require_masks(
    asked: Collection[CloudMask],
    readable: Iterable[Readable],
    produced: Collection[CloudMask],
    indices: Sequence[str],
    folder: Path,
) -> None:
    """Make sure that some product has each of some masks, whatever the dates.

    Parameters
    ----------
    asked
        the masks.
    readable
        the products that masks can be applied to while they are read.
    produced
        the masks that Sen2Chain applied to some product, for the message.
    indices, folder
        the selection and its place, for the message.

    Raises
    ------
    CloudMaskAbsent
        no product has one of them; names the masks there are.
    MaskNotComputed
        the same, and it is one that cannot be computed.
    """
    products = list(readable)
    missing = {mask for mask in asked if mask.is_produced or not any(each.clouds.has(mask) for each in products)}
    if not missing:
        return
    for mask in sorted(missing):
        if mask.virtual and mask.version == "CM003" and not mask.computed_from:
            raise MaskNotComputed(mask=mask.name, indices=", ".join(indices), library=folder)
    raise CloudMaskAbsent(
        masks=", ".join(sorted(mask.name for mask in missing)),
        indices=", ".join(indices),
        library=folder,
        there=", ".join(mask.name for mask in sorted(produced)) or Phrase("none"),
        possible=", ".join(offer.mask.name for offer in mask_offers(products)) or Phrase("none"),
    )
