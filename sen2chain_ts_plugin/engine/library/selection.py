"""Which products are asked for: indices, cloud masks, dates, cloud cover, and where the indices come from."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..choices import AUTO_SOURCE, L2A_SOURCE, LIBRARY_SOURCE
from ..dates import DateRange
from ..errors import CloudMaskOfSource, IndicesAbsent, Phrase
from ..files import read_bytes
from . import cloudmask
from .cloudmask import CloudMask
from .folders import Library
from .product_id import ProductId
from .safe import LARGEST_XML, METADATA_NAME

_COVER = re.compile(rb"<Cloud_Coverage_Assessment>\s*([0-9.eE+-]+)\s*</Cloud_Coverage_Assessment>")


@dataclass(frozen=True)
class Selection:
    """The products to work on: indices, cloud masks, dates, cloud cover, and the source of the indices.

    Attributes
    ----------
    indices
        Names of indices, as in ``NDVI``.
    cloudmasks
        Cloud masks, see `cloudmask.parse_list`. None at all for the default mask of the source of the indices.
    date_min, date_max
        First and last day of acquisition, both included. None for no limit.
    cover_min, cover_max
        Limits of the cloud cover of the product in %, both included. A product of unknown cover is always taken.
    index_source
        Where the indices come from, one of `choices.INDEX_SOURCES`.
    """

    indices: Sequence[str]
    cloudmasks: Sequence[CloudMask]
    date_min: date | None = None
    date_max: date | None = None
    cover_min: float = 0
    cover_max: float = 100
    index_source: str = AUTO_SOURCE

    def is_l2a(self, library: Library) -> bool:
        """Tell whether the indices are computed from the bands of L2A products.

        Raises
        ------
        IndicesAbsent
            those of Sen2Chain are asked for, and the library has no folder of them.
        """
        if self.index_source == LIBRARY_SOURCE and not library.has_indices:
            raise IndicesAbsent(folder=library.indices)
        return self.index_source == L2A_SOURCE or not library.has_indices

    def folder_in(self, library: Library) -> Path:
        """Return the folder that the products are in."""
        return library.l2a if self.is_l2a(library) else library.indices

    def masks_in(self, library: Library) -> list[CloudMask]:
        """Return the cloud masks asked for, with the ending that indices from L2A bands have.

        Raises
        ------
        IndicesAbsent
            see `is_l2a`.
        CloudMaskOfSource
            a mask that Sen2Chain applied is asked for of L2A bands, or one of L2A bands of indices of Sen2Chain.
        """
        from_bands = self.is_l2a(library)
        asked = self.cloudmasks or [cloudmask.parse(cloudmask.DEFAULT_L2A if from_bands else cloudmask.DEFAULT)]
        for mask in asked:
            if from_bands and mask.is_produced:
                reason = Phrase("it is part of the index rasters that Sen2Chain makes")
                raise CloudMaskOfSource(mask=mask.name, source=L2A_SOURCE, reason=reason)
            if mask.l2a and not from_bands:
                reason = Phrase("its name says that they are computed from L2A bands")
                raise CloudMaskOfSource(mask=mask.name, source=LIBRARY_SOURCE, reason=reason)
        return list(dict.fromkeys(replace(mask, l2a=from_bands) for mask in asked))

    def has_date(self, product: ProductId) -> bool:
        """Tell whether the acquisition is within the dates."""
        return DateRange(self.date_min, self.date_max).holds(product.acquired.date())

    def has_cover(self, library: Library, product: ProductId) -> bool:
        """Tell whether the cloud cover is within the limits; a product of unknown cover always is."""
        if self.cover_min <= 0 and self.cover_max >= 100:
            return True
        cover = cloud_cover(library, product)
        return cover is None or self.cover_min <= cover <= self.cover_max


def cloud_cover(library: Library, product: ProductId) -> float | None:
    """Return the cloud cover of a product in %, from its L2A or else its L1C metadata; None when unknown."""
    for path in (
        library.safe_of(product) / METADATA_NAME,
        library.l1c / product.tile / f"{product.l1c}.SAFE" / "MTD_MSIL1C.xml",
    ):
        try:
            match = _COVER.search(read_bytes(path, LARGEST_XML))
        except OSError:
            continue
        if match:
            with contextlib.suppress(ValueError):
                cover = float(match[1])
                if 0 <= cover <= 100:
                    return cover
    return None
