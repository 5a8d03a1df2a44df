"""Opens the source of index products, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from ..library.index_product import IndexProduct
from .l2a import open_l2a
from .produced import open_produced
from .source import Source
from .virtual_mask import open_virtual


def open_source(items: Sequence[IndexProduct]) -> AbstractContextManager[Source]:
    """Open index products that `sharing` has put together.

    Raises
    ------
    RasterDamaged, RasterUnreadable, RasterChanged, GridMismatch
        a raster cannot be used.
    SafeUnusable, BandMissing, MetadataDisagrees
        of an L2A product: it is not one, lacks a band, or its metadata say other things than its name.
    """
    mask = items[0].mask
    if mask.l2a:
        return open_l2a(items)
    return open_produced(items) if mask.is_produced else open_virtual(items)


def sharing(items: Sequence[IndexProduct]) -> list[tuple[IndexProduct, ...]]:
    """Group index products of one product whose pixels come from the same rasters, to decode these once."""
    groups: dict[tuple[str, ...], list[IndexProduct]] = {}
    for item in items:
        if item.mask.l2a:
            key: tuple[str, ...] = ("l2a",)
        elif item.mask.is_produced:
            key = ("produced", item.filename)
        else:
            key = ("virtual", item.index)
        groups.setdefault(key, []).append(item)
    return [tuple(group) for group in groups.values()]
