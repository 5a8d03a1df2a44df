"""Which pixels a geometry touches: those whose centre it holds, and all that its edges pass through.

The rule is GDAL's ALL_TOUCHED, pixel for pixel as rasterstats burns it with ``all_touched=True``: the edges of polygons
and lines are walked from pixel to pixel by the same floating-point steps. An edge that runs along a border of pixels
belongs to neither side. Source of the steps: GDAL 3.6 (``GDALdllImageLineAllTouched``). Here all edges of a layer walk
at once, with numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Grid
from ..raster.libraries import gdal_version
from .geometries import HOLE, LINE, SHELL, Geometries, Integers
from .rasterise import Runs, Windows, clip, fill_polygons, join, point_pixels, to_pixels, windows_of
from .wkb import Coordinates, Geometry

# An edge that leans less than this over its whole length, in pixels, is taken for vertical or horizontal.
_STRAIGHT = 0.01
# The least step that is taken across the border of a row.
_LEAST_STEP = 1e-9


@dataclass(frozen=True)
class _Rule:
    """What differs between versions of GDAL, in pixels.

    Attributes
    ----------
    border
        an edge of a polygon runs along a border of pixels when both its ends are so near.
    end
        by how much the far end of a straight edge has to reach into a pixel.
    one_column
        whether an edge that stays in one column or row counts as straight, however it leans.
    """

    border: float
    end: float
    one_column: bool


def _rule() -> _Rule:
    """Return the rule of the GDAL that is here: rows must not differ from those of rasterstats with that GDAL."""
    version = gdal_version()
    if version < (3, 7):
        return _Rule(0.01, 0.0, one_column=True)
    return _Rule(1e-4, 1e-4, one_column=version < (3, 11))


def rasterise_touched(geometries: Sequence[Geometry], grid: Grid) -> Runs:
    """Return the runs of the pixels that each geometry touches.

    Parameters
    ----------
    geometries
        in the CRS of the grid; the number of a zone is its position here.
    grid
        where the pixels are.
    """
    geometries = Geometries.of(geometries)
    windows, rule = windows_of(geometries, grid), _rule()
    rings, lines = geometries.of_kinds(SHELL, HOLE), geometries.of_kinds(LINE)
    return join(
        [
            *fill_polygons(geometries, windows, grid),
            *_walk(rings, windows, grid, rule, polygons=True),
            *_walk(lines, windows, grid, rule, polygons=False),
            *point_pixels(geometries, grid),
        ]
    )


# Zone, row, first column and column after the last of runs of pixels.
_Pixels = tuple[Integers, Integers, Integers, Integers]


@dataclass(frozen=True)
class _Edges:
    """Edges from left to right, in pixels of the window of their zone."""

    zone: Integers
    x: Coordinates
    y: Coordinates
    x_end: Coordinates
    y_end: Coordinates

    def where(self, wanted: NDArray[np.bool_]) -> _Edges:
        """Return some of the edges: where ``wanted``, of shape (edges,), is true."""
        return _Edges(self.zone[wanted], self.x[wanted], self.y[wanted], self.x_end[wanted], self.y_end[wanted])


def _walk(
    parts: Geometries, windows: Windows, grid: Grid, rule: _Rule, *, polygons: bool
) -> Iterator[tuple[Integers, ...]]:
    """Yield the runs of pixels that the edges of rings or lines pass through."""
    for these, coordinates, first in parts.in_batches():
        zone = np.repeat(parts.zone_of_part[these], np.diff(first, append=len(coordinates)))
        edges = _edges(zone, first, *to_pixels(coordinates, zone, windows, grid))
        edges = edges.where(_meet_window(edges, windows))
        upright = _is_straight(edges.x, edges.x_end, rule)
        level = ~upright & _is_straight(edges.y, edges.y_end, rule)
        slanted = edges.where(~upright & ~level)
        on_border = _on_border(edges.x, edges.x_end, rule) if polygons else np.zeros(len(upright), bool)
        yield clip(*_upright(edges.where(upright & ~on_border), windows, rule), windows)
        on_border = _on_border(edges.y, edges.y_end, rule) if polygons else on_border
        yield clip(*_level(edges.where(level & ~on_border), rule), windows)
        yield clip(*_slanted(slanted, windows), windows)


def _is_straight(start: Coordinates, end: Coordinates, rule: _Rule) -> NDArray[np.bool_]:
    straight = np.abs(start - end) < _STRAIGHT
    return straight | (np.floor(start) == np.floor(end)) if rule.one_column else straight


def _on_border(start: Coordinates, end: Coordinates, rule: _Rule) -> NDArray[np.bool_]:
    return (np.abs(start - np.rint(start)) < rule.border) & (np.abs(end - np.rint(end)) < rule.border)


def _edges(zone: Integers, first: Integers, x: Coordinates, y: Coordinates) -> _Edges:
    """Return the edges between neighbouring vertices of each part."""
    begins = np.zeros(len(x), bool)
    begins[first] = True
    end = np.flatnonzero(~begins)
    start = end - 1
    back = x[start] > x[end]
    start, end = np.where(back, end, start), np.where(back, start, end)
    return _Edges(zone[start], x[start], y[start], x[end], y[end])


def _meet_window(edges: _Edges, windows: Windows) -> NDArray[np.bool_]:
    """Tell for each edge whether its two ends are not both beyond one side of the window of its zone."""
    width, height = windows.width[edges.zone], windows.height[edges.zone]
    low, high = np.minimum(edges.y, edges.y_end), np.maximum(edges.y, edges.y_end)
    return (high >= 0) & (low <= height) & (edges.x_end >= 0) & (edges.x <= width)


def _upright(edges: _Edges, windows: Windows, rule: _Rule) -> _Pixels:
    """Return the pixels of edges that stay in one column."""
    # Of an edge that leans into the next column, the column of its right end.
    column = np.floor(edges.x_end).astype(np.int64)
    low, high = np.minimum(edges.y, edges.y_end), np.maximum(edges.y, edges.y_end)
    top = np.maximum(np.floor(low), 0).astype(np.int64)
    bottom = np.minimum(np.floor(high - rule.end).astype(np.int64), windows.height[edges.zone] - 1)
    count = np.maximum(bottom - top + 1, 0)
    edge = np.repeat(np.arange(len(count)), count)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + top[edge]
    return edges.zone[edge], row, column[edge], column[edge] + 1


def _level(edges: _Edges, rule: _Rule) -> _Pixels:
    """Return the pixels of edges that stay in one row."""
    row, start = np.floor(edges.y).astype(np.int64), np.floor(edges.x).astype(np.int64)
    return edges.zone, row, start, np.floor(edges.x_end - rule.end).astype(np.int64) + 1


def _slanted(edges: _Edges, windows: Windows) -> _Pixels:
    """Return the pixels of all other edges: each walks through them from left to right, all edges at once."""
    zone, x, y, x_end, slope = edges.zone, *_cut_at_window(edges, windows)
    zones, rows, columns = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    going = x < x_end
    while going.any():
        zone = zone[going]
        x, y, x_end, slope = x[going], y[going], x_end[going], slope[going]
        column, row = np.floor(x), np.floor(y)
        zones.append(zone)
        rows.append(row.astype(np.int64))
        columns.append(column.astype(np.int64))
        to_column = np.floor(x + 1.0) - x
        same_row = np.floor(y + to_column * slope) == row
        to_row = np.where(slope < 0, np.minimum(row - y, -_LEAST_STEP), np.maximum(row + 1 - y, _LEAST_STEP))
        x = x + np.where(same_row, to_column, to_row / slope)
        y = y + np.where(same_row, to_column * slope, to_row)
        going = x < x_end
    start = np.concatenate(columns)
    return np.concatenate(zones), np.concatenate(rows), start, start + 1


def _cut_at_window(edges: _Edges, windows: Windows) -> tuple[Coordinates, Coordinates, Coordinates, Coordinates]:
    """Return start, end and slope of the edges, cut at the window of their zone (a hole may leave it)."""
    width, height = windows.width[edges.zone].astype(float), windows.height[edges.zone].astype(float)
    x, y, x_end, y_end = edges.x, edges.y, edges.x_end, edges.y_end
    slope = (y_end - y) / (x_end - x)
    y_end = np.where(x_end > width, y_end - (x_end - width) * slope, y_end)
    x_end = np.minimum(x_end, width)
    y = np.where(x < 0, y + (0.0 - x) * slope, y)
    x = np.maximum(x, 0.0)
    down = y_end > y
    above, below = down & (y < 0), ~down & (y >= height)
    x = np.where(above, x + (0.0 - y) / slope, np.where(below, x + (height - y) / slope, x))
    y = np.where(above, 0.0, np.where(below, height, y))
    return x, y, x_end, slope
