"""What there is to choose from: indices and cloud masks of a library or of an extraction, with numbers of products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...engine.choices import INDICES
from ...engine.feedback import Feedback, check
from ...engine.library.folders import Library, open_library
from ...engine.library.l2a_products import readable_l2a
from ...engine.library.offers import mask_offers
from ...engine.library.products import stored_products
from ...engine.series.curves import extracted
from ...engine.tree.layout import open_tree


@dataclass(frozen=True)
class Offers:
    """How many products there are of each index, and of each index and cloud mask."""

    products: dict[str, int] = field(default_factory=dict)
    masks: dict[str, dict[str, int]] = field(default_factory=dict)

    def masks_of(self, indices: Sequence[str]) -> dict[str, int]:
        """Return the masks of some indices, the most frequent first; those of all where none of them is there."""
        chosen = [index for index in indices if index in self.masks] or list(self.masks)
        total: Counter[str] = Counter()
        for index in chosen:
            total.update(self.masks[index])
        return dict(total.most_common())


def library_offers(folder: Path | None, feedback: Feedback) -> Offers:
    """Look through a library; through a large one on a slow disk this takes a while.

    Raises
    ------
    LibraryNotFound, ConfigDamaged
        there is none.
    Cancelled
        nobody wants to know any more.
    """
    library = open_library(folder)
    if not library.has_indices:
        return _band_offers(library, feedback)
    offers = Offers()
    for index in INDICES:
        masks: Counter[str] = Counter()
        products = 0
        for stored in stored_products(library, [index]):
            check(feedback)
            products += bool(stored.masked)
            masks.update(mask.name for mask in stored.masked)
        if products:
            offers.products[index] = products
            offers.masks[index] = dict(masks)
    return offers


def _band_offers(library: Library, feedback: Feedback) -> Offers:
    """Look through L2A products: every index can be computed, and masks are applied while reading."""
    found = []
    for each in readable_l2a(library, INDICES[:1]):
        check(feedback)
        found.append(each)
    masks = {offer.mask.name: offer.total for offer in mask_offers(found)}
    return Offers(dict.fromkeys(INDICES, len(found)), dict.fromkeys(INDICES, masks)) if found else Offers()


def extraction_offers(folder: Path) -> Offers:
    """Look through an extraction.

    Raises
    ------
    NotAnExtraction
        it is none.
    """
    masks = extracted(open_tree(folder))
    return Offers({index: max(numbers.values()) for index, numbers in masks.items()}, masks)
