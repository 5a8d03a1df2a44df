"""Inventory of the masks that could be applied while reading: how many products, and from what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..choices import INDICES
from ..dates import DateRange
from ..feedback import Feedback, check
from ..library.cloudmask import CloudMask
from ..library.folders import Library
from ..library.l2a_products import readable_l2a
from ..library.offers import Readable, masks_of
from ..library.products import readable_products

_CHECK_EVERY = 256


@dataclass
class PossibleMask:
    """The products of one tile and index that a mask can be applied to while they are read.

    Attributes
    ----------
    days
        the days of acquisition, one per product, ascending.
    how
        how many have it from what, see `offers`.
    without_probability
        how many lack the cloud probability raster.
    missing
        how many products of the tile and index cannot have it.
    """

    tile: str
    index: str
    mask: CloudMask
    days: list[date] = field(default_factory=list)
    how: Counter[str] = field(default_factory=Counter)
    without_probability: int = 0
    missing: int = 0


def readable(library: Library, indices: Sequence[str], *, from_bands: bool) -> Iterator[Readable]:
    """Yield the products that masks can be applied to; without indices all that there are."""
    return (readable_l2a if from_bands else readable_products)(library, list(indices) or INDICES)


def possible_masks(
    library: Library,
    indices: Sequence[str],
    dates: DateRange,
    feedback: Feedback,
    *,
    from_bands: bool,
    tiles: Collection[str] | None = None,
) -> list[PossibleMask]:
    """Count the products of each mask that could be applied while reading, by tile, index and mask.

    Parameters
    ----------
    library, indices, dates
        what is looked at; no index for all.
    feedback
        to cancel.
    from_bands
        whether indices are computed from L2A bands.
    tiles
        the tiles to look at; None for all.
    """
    found: dict[tuple[str, str, CloudMask], PossibleMask] = {}
    products: Counter[tuple[str, str]] = Counter()
    for number, each in enumerate(readable(library, indices, from_bands=from_bands)):
        if number % _CHECK_EVERY == 0:
            check(feedback)
        tile, day = each.product.tile, each.product.acquired.date()
        if not dates.holds(day) or (tiles is not None and tile not in tiles):
            continue
        products[tile, each.index] += 1
        for plain, how in masks_of(each.clouds).items():
            mask = replace(plain, l2a=from_bands)
            entry = found.setdefault((tile, each.index, mask), PossibleMask(tile, each.index, mask))
            entry.days.append(day)
            entry.how[how] += 1
            entry.without_probability += each.clouds.probability is None
    for entry in found.values():
        entry.days.sort()
        entry.missing = products[entry.tile, entry.index] - len(entry.days)
    return [found[key] for key in sorted(found)]
