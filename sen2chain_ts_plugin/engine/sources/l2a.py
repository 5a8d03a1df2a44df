"""Indices computed from the bands of an L2A product, each band decoded once for all indices and masks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ..arrays import NDArray
from ..choices import INDEX_BANDS
from ..errors import BandMissing, SafeUnusable
from ..files import Signature
from ..library.index_product import METADATA, IndexProduct
from ..library.safe import BAND_FILES, read_safe
from ..raster.grid import Grid, Window
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import Reader, reading
from .bands import BAND_PIXEL, compute_index
from .bilinear import MARGIN, double, double_at
from .checks import check_halved, check_raster, check_same_pixels
from .cloud_rasters import CloudRasters, masked
from .halved import HalvedRaster, Wanted, by_twos
from .offsets import offsets_of
from .parts import Part, parts_of
from .source import Blocks, MasksApplied, Pixels, unchanged

_Band = NDArray[np.uint16]


@contextlib.contextmanager
def open_l2a(items: Sequence[IndexProduct]) -> Iterator[_Indices]:
    """Open indices of one product under several masks."""
    product = items[0].product
    _check_safe(items)
    names = sorted({name for item in items for name in INDEX_BANDS[item.index]})
    paths = {raster.role: raster.path for item in items for raster in item.rasters if raster.role in names}
    with contextlib.ExitStack() as stack:
        before = stack.enter_context(unchanged({raster.path for item in items for raster in item.rasters}))
        offsets = offsets_of(product, items[0].raster(METADATA), names)
        readers: dict[str, Reader] = {}
        fine: tuple[Grid, str] | None = None
        for name in sorted(names, key=lambda name: BAND_PIXEL[name]):
            path = paths[name]
            reader = stack.enter_context(open_raster(path))
            check_raster(path, reader, product, "uint16")
            if fine is None:
                fine = reader.grid, path.name
            elif BAND_PIXEL[name] == BAND_PIXEL["B08"]:
                check_same_pixels(path, reader.grid, *fine)
            else:
                check_halved(path, reader.grid, fine[0])
            readers[name] = reader
        grid = readers[min(names, key=lambda name: (BAND_PIXEL[name], name))].grid
        clouds = CloudRasters(stack, product, grid, {item.mask: item.cloud_raster for item in items})
        yield _Indices(items, grid, _Bands(paths, readers, offsets), clouds, before)


def _check_safe(items: Sequence[IndexProduct]) -> None:
    """Make sure that a product has one granule and the bands that its indices need."""
    folder = items[0].safe
    if folder is None:
        raise ValueError("an index computed from bands has a .SAFE folder")
    safe = read_safe(folder)
    if safe.problem is not None:
        raise SafeUnusable(safe=folder, reason=safe.problem)
    for item in items:
        for band in INDEX_BANDS[item.index]:
            if item.raster(band) is None:
                raise BandMissing(index=item.index, band=band, safe=folder, pattern=BAND_FILES[band])


class _Bands:
    """The open bands of a product, and their offsets."""

    def __init__(self, paths: Mapping[str, Path], readers: Mapping[str, Reader], offsets: Mapping[str, int]) -> None:
        self._paths = paths
        self._fine = {name: reader for name, reader in readers.items() if BAND_PIXEL[name] == BAND_PIXEL["B08"]}
        self._coarse = {name: reader for name, reader in readers.items() if name not in self._fine}
        self.offsets = offsets

    def planned(self, wanted: Sequence[Wanted]) -> dict[str, HalvedRaster]:
        """Return the bands of 20 m for the blocks that will be read."""
        return {name: HalvedRaster(self._paths[name], reader, MARGIN, wanted) for name, reader in self._coarse.items()}

    def read(self, wanted: Wanted) -> dict[str, _Band]:
        """Return a block of each band of 10 m."""
        found = {}
        for name, reader in self._fine.items():
            with reading(self._paths[name]):
                found[name] = reader.read(wanted.window, wanted.boxes)
        return found


class _Indices(MasksApplied):
    """See `source.Source`."""

    other_nodata = False

    def __init__(
        self,
        items: Sequence[IndexProduct],
        grid: Grid,
        bands: _Bands,
        clouds: CloudRasters,
        signatures: Mapping[Path, Signature],
    ) -> None:
        super().__init__(items, grid, signatures)
        self._masks = {item.mask for item in items}
        self._bands = bands
        self._clouds = clouds

    def blocks(self, wanted: Sequence[Wanted]) -> Blocks[Sequence[Pixels]]:
        """See `source.Source.blocks`."""
        coarse, clouds = self._bands.planned(wanted), self._clouds.planned(wanted)
        for number in by_twos(self.grid, wanted):
            fine = self._bands.read(wanted[number])
            for halved in coarse.values():
                halved.load(number)
            parts = parts_of(wanted[number])
            values = self._compute(wanted[number].window, parts, fine, coarse)
            clouds.load(number)
            hidden = {mask: clouds.hidden(mask, number, parts) for mask in self._masks}
            yield (
                number,
                [Pixels(masked(values[item.index], hidden[item.mask]), values[item.index]) for item in self.items],
            )
            clouds.release(number)
            for halved in coarse.values():
                halved.release(number)

    def _compute(
        self, window: Window, parts: Sequence[Part], fine: Mapping[str, _Band], coarse: Mapping[str, HalvedRaster]
    ) -> dict[str, NDArray[np.int16]]:
        """Return a block of each index, defined in some parts of it."""
        found = {item.index: np.full((window.height, window.width), INDEX_NODATA, np.int16) for item in self.items}
        for part in (strip for each in parts for strip in each.strips()):
            bands = {name: part.of(band) for name, band in fine.items()}
            bands.update({name: _on_fine_pixels(halved, window, part) for name, halved in coarse.items()})
            for index, values in found.items():
                part.put(values, compute_index(index, bands, self._bands.offsets, INDEX_NODATA))
        return found


def _on_fine_pixels(halved: HalvedRaster, window: Window, part: Part) -> _Band:
    """Return a part of a band of 20 m on pixels of 10 m, as the same part of the whole resampled band."""
    patch = halved.patch(window, part.box, MARGIN)
    rows, columns = patch.inner
    top, left = 2 * rows.start + patch.shift[0], 2 * columns.start + patch.shift[1]
    if part.listed is not None:
        return double_at(patch.pixels, part.listed[0] + top, part.listed[1] + left)
    return double(patch.pixels)[top : top + part.box[3] - part.box[1], left : left + part.box[2] - part.box[0]]
