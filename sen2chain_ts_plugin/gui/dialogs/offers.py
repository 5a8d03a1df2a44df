"""What there is to choose from: indices and cloud masks of a library or of an extraction, and how they can be had."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...engine.choices import AUTO_SOURCE, INDICES
from ...engine.errors import EngineError
from ...engine.feedback import Feedback, check
from ...engine.library import cloudmask
from ...engine.library.cloud_files import CloudFiles, cloud_files
from ...engine.library.cloudmask import CloudMask
from ...engine.library.folders import Library, open_library
from ...engine.library.l2a_products import readable_l2a
from ...engine.library.offers import PRODUCED, masks_of
from ...engine.library.products import stored_products
from ...engine.library.selection import Selection
from ...engine.series.curves import extracted
from ...engine.tree.layout import open_tree

# How long what a library has is taken from memory: several fields of a dialog ask at the same time.
_SECONDS = 60.0
_SCENE = cloudmask.parse(cloudmask.DEFAULT_L2A)


@dataclass(frozen=True)
class Offers:
    """How many products there are of each index, and of each index and cloud mask, by how the mask can be had.

    Attributes
    ----------
    products
        by index.
    masks
        by index and mask, and by the words of `engine.library.offers`; an extraction has no such words.
    from_bands
        whether the indices are computed from the bands of L2A products.
    """

    products: dict[str, int] = field(default_factory=dict)
    masks: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    from_bands: bool = False

    def masks_of(self, indices: Sequence[str]) -> dict[str, Counter[str]]:
        """Return the masks of some indices, of all where the library lacks them; those of most products first.

        Masks that Sen2Chain applied come before those that are applied while reading.
        """
        chosen = [index for index in indices if index in self.masks] or list(self.masks)
        most: dict[str, Counter[str]] = {}
        for index in chosen:
            for mask, numbers in self.masks[index].items():
                # Indices of the same products: their numbers are not added.
                most[mask] = max(most.get(mask, Counter()), numbers, key=_total)
        return dict(sorted(most.items(), key=lambda item: (-item[1][PRODUCED], -_total(item[1]))))

    def default_mask(self, indices: Sequence[str], wanted: str) -> str:
        """Return the cloud masks to propose: those that are wanted where the library has them, else its own default."""
        there = self.masks_of(indices)
        if not there or _has_all(there, wanted):
            return wanted
        if self.from_bands:
            return cloudmask.DEFAULT_L2A if cloudmask.DEFAULT_L2A in there else next(iter(there))
        return cloudmask.DEFAULT if cloudmask.DEFAULT in there else next(iter(there))

    def default_indices(self, wanted: Sequence[str]) -> list[str]:
        """Return the indices to propose: those that are wanted where the library has one of them, else its first."""
        if not self.products or any(index in self.products for index in wanted):
            return list(wanted)
        return [next(iter(self.products))]


def _total(numbers: Counter[str]) -> int:
    return sum(numbers.values())


def _has_all(there: Iterable[str], names: str) -> bool:
    """Tell whether some mask of each name is there; of those with numbers, whether there is what they are read from."""
    try:
        masks = cloudmask.parse_list(names)
    except EngineError:
        return False
    known = [cloudmask.parse(name) for name in there]
    versions = {mask.version for mask in known if mask.is_produced}
    rasters = {mask.raster for mask in known if not mask.virtual}
    return all(_is_there(mask, known, versions, rasters) for mask in masks)


def _is_there(mask: CloudMask, known: Sequence[CloudMask], versions: set[str], rasters: set[str]) -> bool:
    newest_version = mask == CloudMask(cloudmask.OCM) and mask.version in versions
    with_numbers = not mask.is_produced and not mask.virtual and mask.raster in rasters
    return mask in known or newest_version or with_numbers


class _Looks:
    """What libraries have, kept for a while; used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[Path | None, str], tuple[float, Offers]] = {}

    def of(self, folder: Path | None, source: str, feedback: Feedback) -> Offers:
        """Look through a library, unless that was done a moment ago."""
        with self._lock:
            when, kept = self._kept.get((folder, source), (0.0, Offers()))
            if not when or time.monotonic() - when > _SECONDS:
                kept = library_offers(folder, feedback, source)
                self._kept = {(folder, source): (time.monotonic(), kept)}
            return kept

    def forget(self) -> None:
        """Look again the next time."""
        with self._lock:
            self._kept.clear()


LOOKS = _Looks()


def library_offers(folder: Path | None, feedback: Feedback, source: str = AUTO_SOURCE) -> Offers:
    """Look through a library; through a large one on a slow disk this takes a while.

    Raises
    ------
    LibraryNotFound, ConfigDamaged, IndicesAbsent
        there is none, or nothing from which the indices could come.
    Cancelled
        nobody wants to know any more.
    """
    library = open_library(folder)
    if Selection((), (), index_source=source).is_l2a(library):
        return _band_offers(library, feedback)
    offers = Offers()
    clouds: dict[str, CloudFiles] = {}
    for stored in stored_products(library, INDICES):
        check(feedback)
        index = stored.index
        masks = offers.masks.setdefault(index, {})
        for mask in stored.masked:
            masks.setdefault(mask.name, Counter())[PRODUCED] += 1
        if stored.unmasked is not None:
            name = stored.product.text
            if name not in clouds:
                clouds[name] = cloud_files(library, stored.product)
            _count(masks, clouds[name])
        if stored.masked or stored.unmasked is not None:
            offers.products[index] = offers.products.get(index, 0) + 1
    return offers


def _band_offers(library: Library, feedback: Feedback) -> Offers:
    """Look through L2A products: every index can be computed, and masks are applied while reading."""
    masks: dict[str, Counter[str]] = {}
    number = 0
    for each in readable_l2a(library, INDICES[:1]):
        check(feedback)
        number += 1
        _count(masks, each.clouds)
    if not number:
        return Offers(from_bands=True)
    return Offers(dict.fromkeys(INDICES, number), dict.fromkeys(INDICES, masks), from_bands=True)


def _count(masks: dict[str, Counter[str]], clouds: CloudFiles) -> None:
    for mask, how in masks_of(clouds).items():
        # The classes that are taken where none are named have a shorter name.
        name = cloudmask.DEFAULT_L2A if mask == _SCENE else mask.name
        masks.setdefault(name, Counter())[how] += 1


def extraction_offers(folder: Path) -> Offers:
    """Look through an extraction.

    Raises
    ------
    NotAnExtraction
        it is none.
    """
    masks = extracted(open_tree(folder))
    return Offers(
        {index: max(numbers.values()) for index, numbers in masks.items()},
        {index: {mask: Counter({"": number}) for mask, number in numbers.items()} for index, numbers in masks.items()},
    )
