"""Opens the source of index products, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from ..library.index_product import IndexProduct
from .l2a import open_l2a
from .produced import open_produced
from .source import Source
from .virtual_mask import open_virtual

Opens = Callable[[Sequence[IndexProduct]], AbstractContextManager[Source]]


def open_source(items: Sequence[IndexProduct]) -> AbstractContextManager[Source]:
    """Open index products that `sharing` has put together.

    Raises
    ------
    RasterDamaged, RasterUnreadable, RasterChanged, GridMismatch
        a raster cannot be used.
    SafeUnusable, BandMissing, MetadataDisagrees
        of an L2A product: it is not one, lacks a band, or its metadata say other things than its name.
    """
    opens, _ = _way(items[0])
    return opens(items)


def sharing(items: Sequence[IndexProduct]) -> list[tuple[IndexProduct, ...]]:
    """Group index products of one product whose pixels come from the same rasters, to decode these once."""
    groups: dict[tuple[Opens, str], list[IndexProduct]] = {}
    for item in items:
        groups.setdefault(_way(item), []).append(item)
    return [tuple(group) for group in groups.values()]


def _way(item: IndexProduct) -> tuple[Opens, str]:
    """Return what opens an index product, and what it has in common with those that are opened with it."""
    if item.mask.l2a:
        return open_l2a, ""
    return (open_produced, item.filename) if item.mask.is_produced else (open_virtual, item.index)
