"""What a raster has to be before its pixels count."""

from __future__ import annotations

from pathlib import Path

from ..errors import GridMismatch, Phrase
from ..library.product_id import ProductId, is_in_tile, tile_bounds, tile_epsg
from ..raster.grid import Grid, in_words
from ..raster.readers import Reader


def check_raster(path: Path, reader: Reader, product: ProductId, dtype: str = "int16") -> None:
    """Make sure that a raster is one of this product, by its CRS and its dtype, int16 for an index.

    Raises
    ------
    GridMismatch
        it is not; names the file and what it is.
    """
    check_crs(path, reader.grid, product)
    if reader.dtype != dtype:
        raise GridMismatch(
            path=path, reason=Phrase("its data type is {found} instead of {wanted}", found=reader.dtype, wanted=dtype)
        )


def check_crs(path: Path, grid: Grid, product: ProductId) -> None:
    """Make sure that a raster is in the UTM zone of the tile of its product, and within that tile.

    Raises
    ------
    GridMismatch
        it is not; names the file, and both CRS or where both are.
    """
    expected = tile_epsg(product.tile)
    if grid.epsg != expected:
        found = f"EPSG:{grid.epsg}" if grid.epsg else Phrase("unknown")
        raise GridMismatch(
            path=path,
            reason=Phrase(
                "its CRS is {found}, that of tile {tile} is EPSG:{expected}",
                found=found,
                tile=product.tile,
                expected=expected,
            ),
        )
    if not is_in_tile(grid.bounds, product.tile):
        raise GridMismatch(
            path=path,
            reason=Phrase(
                "it covers {found} (west, south, east, north), and tile {tile} {expected}",
                found=in_words(grid.bounds),
                tile=product.tile,
                expected=in_words(tile_bounds(product.tile) or ()),
            ),
        )


def check_halved(path: Path, halved: Grid, grid: Grid) -> None:
    """Make sure that a raster covers the extent of an index at twice its pixel size.

    Raises
    ------
    GridMismatch
        it does not.
    """
    if halved.bounds != grid.bounds or halved.pixel != 2 * grid.pixel:
        raise GridMismatch(
            path=path, reason=Phrase("it does not cover the extent of the index raster at twice its pixel size")
        )


def check_same_pixels(path: Path, grid: Grid, other: Grid, other_name: str) -> None:
    """Make sure that two rasters of a product have the same pixels.

    Raises
    ------
    GridMismatch
        they have not; names both files.
    """
    if not grid.same_pixels(other):
        raise GridMismatch(path=path, reason=Phrase("its pixels are not those of {file}", file=other_name))
