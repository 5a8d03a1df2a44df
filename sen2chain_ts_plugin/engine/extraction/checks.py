"""What a raster has to be before its pixels count."""

from __future__ import annotations

from pathlib import Path

from ..errors import GridMismatch, Phrase
from ..library.product_id import ProductId, tile_epsg
from ..raster.grid import Grid
from ..raster.readers import Reader


def check_index_raster(path: Path, reader: Reader, product: ProductId) -> None:
    """Make sure that a raster is one of an index of this product, by its CRS and its dtype.

    Raises
    ------
    GridMismatch
        it is not; names the file and what it is.
    """
    check_crs(path, reader.grid, product)
    if reader.dtype != "int16":
        raise GridMismatch(
            path=path,
            reason=Phrase("its data type is {found} instead of {wanted}", found=reader.dtype, wanted="int16"),
        )


def check_crs(path: Path, grid: Grid, product: ProductId) -> None:
    """Make sure that a raster is in the UTM zone of the tile of its product.

    Raises
    ------
    GridMismatch
        it is not; names the file and both CRS.
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
