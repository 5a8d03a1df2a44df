"""The one interface to the pixels of index products: block by block, with what the cloud mask hides.

``extraction`` knows nothing else of where pixels come from. A new source is a module with a function like those in
`opening`, and a case there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from ..arrays import NDArray
from ..errors import RasterChanged
from ..files import Signature, signature
from ..library.index_product import IndexProduct
from ..raster.grid import Grid
from .halved import Wanted

# By role, see `IndexProduct.rasters`.
Signatures = dict[str, Signature]


class Pixels(NamedTuple):
    """A block of an index product.

    Attributes
    ----------
    values
        index x 10 000, int16; `raster.opening.INDEX_NODATA` where there is no data or the cloud mask hides it.
    beneath
        the same without cloud mask; None where that is another raster, to be asked for by `Source.beneath`.
    """

    values: NDArray[np.int16]
    beneath: NDArray[np.int16] | None


_Block = TypeVar("_Block")
# The position of each block among the wanted ones, and what was read of it.
Blocks = Generator[tuple[int, _Block], None, None]


class Source(Protocol):
    """Open index products of one product, whose pixels come from the same rasters; for one thread."""

    @property
    def items(self) -> Sequence[IndexProduct]:
        """The index products."""

    @property
    def grid(self) -> Grid:
        """Their pixels."""

    @property
    def other_nodata(self) -> bool:
        """Whether a raster names another nodata value than that of indices, or none."""

    def blocks(self, wanted: Sequence[Wanted]) -> Blocks[Sequence[Pixels]]:
        """Yield each of the wanted blocks once, in any order: its position, and the pixels of each item.

        Pixels outside the wanted rectangles are undefined.
        """

    def has_beneath(self, item: IndexProduct) -> bool:
        """Tell whether there are pixels without cloud mask."""

    def beneath(self, item: IndexProduct, wanted: Sequence[Wanted]) -> Blocks[NDArray[np.int16]]:
        """Yield blocks without cloud mask, where `blocks` had none: position and pixels.

        The raster is opened and checked even if no block is wanted: whether it fits must not depend on how blocks are
        shared out among workers.
        """

    def signatures(self, item: IndexProduct) -> Signatures:
        """Return what the rasters were that were opened for an item."""


@contextlib.contextmanager
def unchanged(paths: Iterable[Path]) -> Iterator[Mapping[Path, Signature]]:
    """Raise RasterChanged if a file is another one after it was read than before; gives the signature of each."""
    before = {path: signature(path) for path in paths}
    yield before
    for path, there in before.items():
        if signature(path) != there:
            raise RasterChanged(path=path)


class MasksApplied:
    """What the sources have in common whose masks are applied while reading: the pixels beneath come with each block.

    Parameters
    ----------
    items, grid
        see `Source`.
    signatures
        what the rasters were that were opened.
    """

    def __init__(self, items: Sequence[IndexProduct], grid: Grid, signatures: Mapping[Path, Signature]) -> None:
        self.items = items
        self.grid = grid
        self._signatures = signatures

    def has_beneath(self, item: IndexProduct) -> bool:  # noqa: ARG002 all have
        """See `Source.has_beneath`."""
        return True

    def beneath(self, item: IndexProduct, wanted: Sequence[Wanted]) -> Blocks[NDArray[np.int16]]:  # noqa: ARG002
        """See `Source.beneath`; `blocks` has given it already."""
        yield from ()

    def signatures(self, item: IndexProduct) -> Signatures:
        """See `Source.signatures`."""
        return {raster.role: self._signatures[raster.path] for raster in item.rasters}
