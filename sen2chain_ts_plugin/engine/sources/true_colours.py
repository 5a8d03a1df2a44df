"""True colours of an L2A product: its own picture, or one composed from the bands, red, green and blue.

Source of the scale: the Sentinel-2 Products Specification Document, version 14.9, annex on the True Colour Image.
Pixels are 1 to 255, 0 is no data, and 255 is a reflectance of 0.2 or more.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ..arrays import NDArray
from ..library.folders import Library
from ..library.product_id import ProductId
from ..library.products import true_colour_raster
from ..library.safe import read_safe
from ..raster.grid import Boxes, Window
from ..raster.opening import open_colours, open_raster
from ..raster.readers import Reader
from .checks import check_crs, check_raster, check_same_pixels
from .offsets import offsets_of

_BANDS = ("B04", "B03", "B02")
_BRIGHTEST = 2000  # reflectance x 10 000


def has_true_colours(library: Library, product: ProductId) -> bool:
    """Tell whether the library has a picture of a product, or the bands that one is composed from."""
    return true_colour_raster(library, product) is not None or _bands(library, product) is not None


@contextlib.contextmanager
def open_true_colours(library: Library, product: ProductId) -> Iterator[tuple[Path, Reader] | None]:
    """Open the true colours of a product; what is read is uint8, shape (3, height, width).

    Yields
    ------
    tuple or None
        a file, for messages, and the reader; None where the library has neither picture nor bands.

    Raises
    ------
    RasterDamaged, RasterUnreadable, GridMismatch, MetadataDisagrees
        there is something, and it cannot be used.
    """
    picture = true_colour_raster(library, product)
    if picture is not None:
        with open_colours(picture) as reader:
            check_crs(picture, reader.grid, product)
            yield picture, reader
        return
    bands = _bands(library, product)
    if bands is None:
        yield None
        return
    offsets = offsets_of(product, read_safe(library.safe_of(product)).metadata, _BANDS)
    with contextlib.ExitStack() as stack:
        readers: list[Reader] = []
        for path in bands.values():
            reader = stack.enter_context(open_raster(path))
            check_raster(path, reader, product, "uint16")
            if readers:
                check_same_pixels(path, reader.grid, readers[0].grid, bands["B04"].name)
            readers.append(reader)
        yield bands["B04"], _Composed(readers, [offsets[band] for band in bands])


def _bands(library: Library, product: ProductId) -> Mapping[str, Path] | None:
    safe = read_safe(library.safe_of(product))
    there = safe.problem is None and all(band in safe.bands for band in _BANDS)
    return {band: safe.bands[band] for band in _BANDS} if there else None


class _Composed:
    """See `readers.Reader`."""

    bands = 3
    dtype = "uint8"
    nodata: float | None = 0

    def __init__(self, readers: Sequence[Reader], offsets: Sequence[int]) -> None:
        self.grid = readers[0].grid
        self._readers = readers
        self._offsets = offsets

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[np.uint8]:
        """See `Reader.read`."""
        stored = np.stack([reader.read(window, needed) for reader in self._readers])
        return scaled(stored, self._offsets)

    def close(self) -> None:
        """Leave the files to who opened them."""


def scaled(stored: NDArray[np.uint16], offsets: Sequence[int]) -> NDArray[np.uint8]:
    """Return three bands, shape (3, height, width), as the colours of a picture; 0 where one has no data."""
    reflectance = stored.astype(np.float32) + np.array(offsets, np.float32)[:, None, None]
    colours = np.clip(np.rint(reflectance * (255 / _BRIGHTEST)), 1, 255).astype(np.uint8)
    colours[:, (stored == 0).any(axis=0)] = 0
    return colours
