"""Random zones for property tests, in pixels of a small grid: column to the right, row downwards, (0, 0) its corner."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely.geometry
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.zones.pixel_runs import BlockRuns, ZonePixels
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb

WIDTH, HEIGHT = 40, 30
# Half pixels put corners on borders and centres of pixels, where rules of rasterising differ.
_SNAPPED = [1, 2, 8]


def grid(block_width: int = 16, block_height: int = 16, *, epsg: int = 32740) -> Grid:
    """Return a grid of 40 x 30 pixels of 10 m, with true UTM coordinates."""
    return Grid(epsg, 320_000.0, 7_660_000.0, 10.0, WIDTH, HEIGHT, block_width, block_height)


def grids() -> st.SearchStrategy[Grid]:
    """Grids whose blocks are of any size, rarely one that divides the raster."""
    return st.builds(grid, st.integers(1, 50), st.integers(1, 50))


def to_map(shape: Any, of: Grid) -> Any:
    """Return a shape in pixels as one in map coordinates."""
    from shapely.affinity import affine_transform

    return affine_transform(shape, [of.pixel, 0, 0, -of.pixel, of.left, of.top])


@st.composite
def _coordinates(draw: st.DrawFn, least: int, most: int) -> list[tuple[float, float]]:
    """Draw corners, all of one kind: anywhere, on a raster of fractions of pixels, or all within two pixels."""
    kind = draw(st.sampled_from([*_SNAPPED, "anywhere", "tiny"]))
    if kind == "tiny":
        x, y = draw(st.integers(-3, WIDTH)), draw(st.integers(-3, HEIGHT))
        columns, rows = st.floats(x, x + 2), st.floats(y, y + 2)
    elif kind == "anywhere":
        columns, rows = st.floats(-10, WIDTH + 10), st.floats(-10, HEIGHT + 10)
    else:
        columns = st.integers(-10 * kind, (WIDTH + 10) * kind).map(lambda value: value / kind)
        rows = st.integers(-10 * kind, (HEIGHT + 10) * kind).map(lambda value: value / kind)
    return draw(st.lists(st.tuples(columns, rows), min_size=least, max_size=most))


def polygons() -> st.SearchStrategy[Any]:
    """Polygons that cross themselves as often as not, with holes that may leave them."""
    return st.builds(shapely.geometry.Polygon, _coordinates(3, 9), st.lists(_coordinates(3, 6), max_size=2))


def areas() -> st.SearchStrategy[Any]:
    """Polygons and multipolygons."""
    parts = st.lists(polygons(), min_size=1, max_size=3)
    return st.one_of(polygons(), parts.map(shapely.geometry.MultiPolygon))


def lines() -> st.SearchStrategy[Any]:
    """Lines and multilines."""
    line = _coordinates(2, 6).map(shapely.geometry.LineString)
    parts = st.lists(line, min_size=1, max_size=3)
    return st.one_of(line, parts.map(shapely.geometry.MultiLineString))


def points() -> st.SearchStrategy[Any]:
    """Points and multipoints."""
    several = _coordinates(1, 5)
    one = several.map(lambda corners: shapely.geometry.Point(corners[0]))
    return st.one_of(one, several.map(shapely.geometry.MultiPoint))


def zones() -> st.SearchStrategy[list[Any]]:
    """A layer: some zones, of which a few have no geometry."""
    return st.lists(st.one_of(areas(), areas(), lines(), points(), st.none()), min_size=1, max_size=8)


def parsed(layer: list[Any], of: Grid) -> list[Geometry]:
    """Return shapes in pixels as geometries on a grid; an empty one for None."""
    return [Geometry() if shape is None else parse_wkb(to_map(shape, of).wkb) for shape in layer]


def read(pixels: np.ndarray, runs: BlockRuns) -> np.ndarray:
    """Return the pixels of a block."""
    window = runs.window
    return pixels[window.row : window.row + window.height, window.column : window.column + window.width]


def all_blocks(pixels: ZonePixels) -> list[BlockRuns]:
    """Return the blocks that zones touch, whatever batches they come in."""
    return [runs for batch in pixels.blocks for runs in batch]
