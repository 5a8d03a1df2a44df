"""Indices that Sen2Chain masked: a raster with the mask, and one without it, read only where it is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import numpy as np

from ..arrays import NDArray
from ..library.index_product import MASKED, UNMASKED, IndexProduct
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import Reader, reading
from .checks import check_raster, check_same_pixels
from .halved import Wanted
from .source import Blocks, Pixels, Signatures, unchanged


@contextlib.contextmanager
def open_produced(items: Sequence[IndexProduct]) -> Iterator[_Produced]:
    """Open one index product whose mask is in its raster."""
    (item,) = items
    path = item.path(MASKED)
    with contextlib.ExitStack() as stack:
        before = stack.enter_context(unchanged([path]))
        reader = stack.enter_context(open_raster(path))
        check_raster(path, reader, item.product)
        yield _Produced(item, stack, reader, {MASKED: before[path]})


class _Produced:
    """See `source.Source`."""

    def __init__(self, item: IndexProduct, stack: contextlib.ExitStack, reader: Reader, signatures: Signatures) -> None:
        self.items = (item,)
        self.grid = reader.grid
        self.other_nodata = reader.nodata != INDEX_NODATA
        self._path = item.path(MASKED)
        self._stack = stack
        self._reader = reader
        self._signatures = signatures

    def blocks(self, wanted: Sequence[Wanted]) -> Blocks[Sequence[Pixels]]:
        """See `source.Source.blocks`."""
        for number, (window, boxes) in enumerate(wanted):
            with reading(self._path):
                values = self._reader.read(window, boxes)
            yield number, (Pixels(values, None),)

    def has_beneath(self, item: IndexProduct) -> bool:
        """See `source.Source.has_beneath`."""
        return item.raster(UNMASKED) is not None

    def beneath(self, item: IndexProduct, wanted: Sequence[Wanted]) -> Blocks[NDArray[np.int16]]:
        """See `source.Source.beneath`."""
        self._stack.close()  # what GDAL keeps of one raster at a time is enough
        path = item.path(UNMASKED)
        with unchanged([path]) as before, open_raster(path) as reader:
            self._signatures[UNMASKED] = before[path]
            check_raster(path, reader, item.product)
            check_same_pixels(path, reader.grid, self.grid, self._path.name)
            for number, (window, boxes) in enumerate(wanted):
                with reading(path):
                    values = reader.read(window, boxes)
                yield number, values

    def signatures(self, item: IndexProduct) -> Signatures:  # noqa: ARG002 there is one
        """See `source.Source.signatures`."""
        return self._signatures
