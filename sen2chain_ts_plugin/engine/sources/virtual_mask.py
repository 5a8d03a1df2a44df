"""Indices of Sen2Chain without mask, and masks applied to them while they are read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..files import Signature
from ..library.index_product import UNMASKED, IndexProduct
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import Reader, reading
from .checks import check_raster
from .cloud_rasters import CloudRasters, masked
from .halved import Wanted, by_twos
from .parts import parts_of
from .source import Blocks, MasksApplied, Pixels, unchanged


@contextlib.contextmanager
def open_virtual(items: Sequence[IndexProduct]) -> Iterator[_VirtualMasks]:
    """Open one index of one product under several masks."""
    product, path = items[0].product, items[0].path(UNMASKED)
    with contextlib.ExitStack() as stack:
        before = stack.enter_context(unchanged({raster.path for item in items for raster in item.rasters}))
        reader = stack.enter_context(open_raster(path))
        check_raster(path, reader, product)
        clouds = CloudRasters(stack, product, reader.grid, {item.mask: item.cloud_raster for item in items})
        yield _VirtualMasks(items, path, reader, clouds, before)


class _VirtualMasks(MasksApplied):
    """See `source.Source`."""

    def __init__(
        self,
        items: Sequence[IndexProduct],
        path: Path,
        reader: Reader,
        clouds: CloudRasters,
        signatures: Mapping[Path, Signature],
    ) -> None:
        super().__init__(items, reader.grid, signatures)
        self.other_nodata = reader.nodata != INDEX_NODATA
        self._path = path
        self._reader = reader
        self._clouds = clouds

    def blocks(self, wanted: Sequence[Wanted]) -> Blocks[Sequence[Pixels]]:
        """See `source.Source.blocks`."""
        clouds = self._clouds.planned(wanted)
        for number in by_twos(self.grid, wanted):
            window, boxes = wanted[number]
            with reading(self._path):
                values = self._reader.read(window, boxes)
            parts = parts_of(wanted[number])
            clouds.load(number)
            hidden = (clouds.hidden(item.mask, number, parts) for item in self.items)
            yield number, [Pixels(masked(values, each), values) for each in hidden]
            clouds.release(number)
