"""The pixels of zones, ours and those of rasterstats, as sets that can be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely.geometry
from affine import Affine
from rasterstats.io import Raster
from rasterstats.utils import boxify_points, rasterize_geom

from sen2chain_ts_plugin.engine.raster.grid import Grid
from tests.support.shapes import HEIGHT, WIDTH, grid, parsed, to_map

Pixels = set[tuple[int, int]]
GRID = grid()


def pixels_of(burn: Callable[..., Any], shapes: list[Any], of: Grid = GRID) -> list[Pixels]:
    """Return the (row, column) of each zone's pixels; none of them twice."""
    runs = burn(parsed(shapes, of), of)
    found: list[Pixels] = [set() for _ in shapes]
    for zone, row, start, stop in zip(*(values.tolist() for values in (runs.zone, runs.row, runs.start, runs.stop))):
        here = {(row, column) for column in range(start, stop)}
        assert here, "an empty run"
        assert not here & found[zone], "a pixel counted twice"
        found[zone] |= here
    return found


def of_rasterstats(shape: Any, of: Grid = GRID, *, all_touched: bool = False) -> Pixels | None:
    """Return what rasterstats burns; None where it gives up, for a shape without extent on a border of pixels."""
    shape = to_map(shape, of)
    raster = Raster(np.zeros((HEIGHT, WIDTH), np.int16), Affine(of.pixel, 0, of.left, 0, -of.pixel, of.top), 16383)
    if isinstance(shape, (shapely.geometry.Point, shapely.geometry.MultiPoint)):
        shape = boxify_points(shape, raster)
    window = raster.read(bounds=tuple(shape.bounds))
    if 0 in window.array.shape:
        return None
    row, column = (of.top - window.affine.f) / of.pixel, (window.affine.c - of.left) / of.pixel
    rows, columns = np.nonzero(rasterize_geom(shape, window, all_touched=all_touched))
    return set(zip((rows + round(row)).tolist(), (columns + round(column)).tolist()))
