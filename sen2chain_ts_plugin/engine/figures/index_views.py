"""Views into an index product, with its cloud mask and without, wherever its pixels come from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np

from ..library.index_product import IndexProduct
from ..raster.grid import Grid
from ..raster.opening import INDEX_NODATA, open_raster
from ..sources.checks import check_raster, check_same_pixels
from ..sources.opening import open_source
from ..sources.stacked import StackedReader
from .views import MOST_PIXELS, Blocks, View


class IndexViews:
    """An open index product; for one thread."""

    def __init__(self, blocks: list[Blocks], *, stacked: bool) -> None:
        self._blocks = blocks
        self._stacked = stacked

    @property
    def grid(self) -> Grid:
        """The pixels of its rasters."""
        return self._blocks[0].grid

    def read(self, view: View, most: int = MOST_PIXELS) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the pixels of a view with the cloud mask and without, int16, shape (n, n).

        What is without cloud mask is None where the library has only the masked raster.
        """
        pixels = [part.read(view, INDEX_NODATA, most) for part in self._blocks]
        masked, *beneath = pixels[0] if self._stacked else pixels
        return masked, (beneath[0] if beneath else None)


@contextlib.contextmanager
def open_index(item: IndexProduct, check: Callable[[], None], *, once: bool = False) -> Iterator[IndexViews]:
    """Open an index product for views.

    Parameters
    ----------
    item
        what to open.
    check, once
        see `Blocks`.

    Raises
    ------
    EngineError
        see `sources.opening.open_source`.
    """
    with contextlib.ExitStack() as stack:
        if not item.mask.is_produced:
            reader = StackedReader(stack.enter_context(open_source((item,))))
            yield IndexViews([Blocks(reader, item.rasters[0].path, check, once=once)], stacked=True)
            return
        blocks = []
        for raster in item.rasters:
            opened = stack.enter_context(open_raster(raster.path))
            check_raster(raster.path, opened, item.product)
            blocks.append(Blocks(opened, raster.path, check, once=once))
        for raster, other in zip(item.rasters[1:], blocks[1:]):
            check_same_pixels(raster.path, other.grid, blocks[0].grid, item.rasters[0].path.name)
        yield IndexViews(blocks, stacked=False)
