"""Shares of pixels: beside shapely's areas, beside exactextract, beside the definition where rings cross."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely.affinity
import shapely.geometry
import shapely.wkt
from hypothesis import assume, example, given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import polygonize, unary_union

from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.zones import coverage, slabs
from sen2chain_ts_plugin.engine.zones.coverage import cover
from sen2chain_ts_plugin.engine.zones.pixel_rules import PixelRule
from sen2chain_ts_plugin.engine.zones.pixel_runs import rasterise_zones
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb
from tests.support.shapes import areas, grid, grids, to_map

GRID = grid()
Shares = dict[tuple[int, int], float]
# Coordinates in metres, as the zones have them, are good to 1e-9; a share of a pixel of 10 m with them to some 1e-9.
NEAR = 3e-9


def shares_of(shapes: list[Any], of: Grid = GRID, least: float = 0.0) -> list[Shares]:
    """Return the share of each pixel by row and column."""
    runs = cover([Geometry() if shape is None else parse_wkb(to_map(shape, of).wkb) for shape in shapes], of, least)
    found: list[Shares] = [{} for _ in shapes]
    before = (-1, -(10**6), 0)
    for zone, row, start, stop, share in zip(
        *(np.asarray(values).tolist() for values in (runs.zone, runs.row, runs.start, runs.stop, runs.share))
    ):
        assert before <= (zone, row, start)
        assert start < stop
        assert 0 < share <= 1
        before = (zone, row, stop)
        found[zone] |= {(row, column): share for column in range(start, stop)}
    return found


def odd(rings: list[np.ndarray]) -> Any:
    """Return what is inside an odd number of rings."""
    lines = unary_union([shapely.geometry.LineString(ring) for ring in rings])
    faces = []
    for face in polygonize(lines):
        x, y = face.representative_point().coords[0]
        crossings = 0
        for ring in rings:
            (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
            across = (y1 <= y) != (y2 <= y)
            at = x1 + (y - y1) * (x2 - x1) / np.where(y1 == y2, 1.0, y2 - y1)
            crossings += int((across & (at > x)).sum())
        if crossings % 2:
            faces.append(face)
    return unary_union(faces)


def true_area(shape: Any) -> Any:
    """Return the area of a shape by the rule of the engine, valid or not, as a valid one."""
    parts = shape.geoms if hasattr(shape, "geoms") else [shape]
    # GEOS loses faces where corners are 1e-169 apart; the areas do not change by as much as they may.
    return unary_union([
        odd([np.round(ring.coords, 12) for ring in (part.exterior, *part.interiors)]) for part in parts
    ])  # fmt: skip


def shares_of_shapely(area: Any) -> Shares:
    if area.is_empty:
        return {}
    west, north, east, south = (math.floor(value) for value in area.bounds)
    found = {}
    for row in range(north, south + 1):
        for column in range(west, east + 1):
            share = area.intersection(box(column, row, column + 1, row + 1)).area
            if share:
                found[row, column] = share
    return found


def assert_near(found: Shares, expected: Shares, near: float = NEAR) -> None:
    for pixel in found.keys() | expected.keys():
        assert found.get(pixel, 0.0) == pytest.approx(expected.get(pixel, 0.0), abs=near), pixel


@given(areas())
@example(Polygon([(1, 0), (0, -1), (0, 0), (1, 3.285280551211831e-169)]))
def test_shares_are_the_areas_of_any_polygons(shape: Any) -> None:
    assert_near(shares_of([shape])[0], shares_of_shapely(true_area(shape)))


@given(st.lists(st.one_of(areas(), st.none()), min_size=1, max_size=8), st.sampled_from([30, 200_000]))
def test_zones_do_not_depend_on_their_neighbours(shapes: list[Any], at_once: int) -> None:
    """They are worked on some at a time, and overlap as they like."""
    alone = [shares_of([shape])[0] for shape in shapes]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage, "_PIECES_PER_STEP", at_once)
        patch.setattr(slabs, "_PIECES_PER_STEP", at_once)
        assert shares_of(shapes) == alone


@given(areas())
def test_shares_are_those_of_exactextract(shape: Any) -> None:
    exactextract = pytest.importorskip("exactextract")
    # Coordinates such as 1e-177 beside a border confuse exactextract.
    shape = shapely.wkt.loads(shapely.wkt.dumps(true_area(shape), rounding_precision=6))
    assume(shape.is_valid and shape.area > 1e-3)
    (ours,) = shares_of([shape])
    size = 64
    raster = exactextract.raster.NumPyRasterSource(
        np.zeros((size, size)), xmin=-12, ymin=-size + 12, xmax=size - 12, ymax=12
    )
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(
        shapely.affinity.scale(shape, 1, -1, origin=(0, 0)))}  # fmt: skip
    (found,) = exactextract.exact_extract(raster, feature, ["coverage", "cell_id"])
    rows, columns = np.divmod(np.asarray(found["properties"]["cell_id"], np.int64), size)
    theirs = dict(zip(zip((rows - 12).tolist(), (columns - 12).tolist()), found["properties"]["coverage"].tolist()))
    assert_near(ours, theirs, 2e-7)  # they are float32, and sums and differences of those


@given(areas(), grids())
def test_blocks_hold_the_whole_zone(shape: Any, of: Grid) -> None:
    geometry = parse_wkb(to_map(shape, of).wkb)
    index = rasterise_zones([geometry], of, PixelRule("fraction"))
    (expected,) = shares_of([shape], of)
    found: Shares = {}
    for batch in index.blocks:
        for runs in batch:
            for start, length, share in zip(runs.start.tolist(), runs.length.tolist(), np.asarray(runs.share).tolist()):
                row, column = divmod(start, runs.window.width)
                for step in range(length):
                    found[runs.window.row + row, runs.window.column + column + step] = share
    inside = {
        pixel: share for pixel, share in expected.items() if 0 <= pixel[0] < of.height and 0 <= pixel[1] < of.width
    }
    assert found == inside
    if len(index.number):
        assert np.asarray(index.area).sum() == pytest.approx(sum(expected.values()), abs=1e-9)
        outside = sum(share for pixel, share in expected.items() if pixel not in inside)
        assert np.asarray(index.outside).sum() == pytest.approx(outside, abs=1e-9)


def test_a_whole_pixel_is_exactly_one_and_an_aligned_zone_has_no_others() -> None:
    assert shares_of([box(3, 4, 5, 6)]) == [{(4, 3): 1.0, (4, 4): 1.0, (5, 3): 1.0, (5, 4): 1.0}]


def with_holes(outer: Any, *holes: Any) -> Any:
    """Return a polygon with holes that need not be in it."""
    return Polygon(outer.exterior.coords, [hole.exterior.coords for hole in holes])


CASES = {
    "a quarter": (box(3.5, 4.5, 4, 5), {(4, 3): 0.25}),
    "smaller than a pixel": (box(3.25, 4.25, 3.75, 4.5), {(4, 3): 0.125}),
    "over four pixels": (box(3.5, 4.5, 4.5, 5.5), {(4, 3): 0.25, (4, 4): 0.25, (5, 3): 0.25, (5, 4): 0.25}),
    "a level band through many": (box(3, 4.25, 6, 4.75), {(4, 3): 0.5, (4, 4): 0.5, (4, 5): 0.5}),
    "an upright band": (box(3.25, 4, 3.5, 6), {(4, 3): 0.25, (5, 3): 0.25}),
    "a hole in the pixel": (box(3, 4, 4, 5).difference(box(3.25, 4.25, 3.75, 4.75)), {(4, 3): 0.75}),
    "two parts in a pixel": (MultiPolygon([box(3, 4, 3.25, 5), box(3.5, 4, 3.75, 5)]), {(4, 3): 0.5}),
    "parts that overlap": (MultiPolygon([box(3, 4, 3.5, 5), box(3.25, 4, 3.75, 5)]), {(4, 3): 0.75}),
    "the same part twice": (MultiPolygon([box(3, 4, 3.5, 5), box(3, 4, 3.5, 5)]), {(4, 3): 0.5}),
    "a part within another": (MultiPolygon([box(3, 4, 4, 5), box(3.25, 4.25, 3.75, 4.75)]), {(4, 3): 1.0}),
    "a hole outside its polygon": (with_holes(box(3, 4, 3.25, 5), box(3.5, 4, 3.75, 5)), {(4, 3): 0.5}),
    "a hole in a hole": (
        with_holes(box(3, 4, 4, 5), box(3.1, 4.1, 3.9, 4.9), box(3.25, 4.25, 3.75, 4.75)),
        {(4, 3): 1 - 0.64 + 0.25},
    ),
    "a bow tie in one pixel": (Polygon([(3, 4), (4, 5), (4, 4), (3, 5)]), {(4, 3): 0.5}),
    "a bow tie crossing at a corner of pixels": (
        Polygon([(2, 3), (4, 5), (4, 3), (2, 5)]), {(3, 2): 0.5, (4, 2): 0.5, (3, 3): 0.5, (4, 3): 0.5}
    ),
    "a spike without area": (Polygon([(3, 4), (3.5, 4), (3.5, 2), (3.5, 4), (3.5, 5), (3, 5)]), {(4, 3): 0.5}),
    "corners said twice": (Polygon([(3, 4), (3, 4), (3.5, 4), (3.5, 5), (3.5, 5), (3, 5), (3, 4)]), {(4, 3): 0.5}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_shares_of_some_shapes(name: str) -> None:
    shape, expected = CASES[name]
    assert_near(shares_of([shape])[0], expected, 1e-11)
    for factors in ((-1, 1), (1, -1)):
        turned = shapely.affinity.scale(shape, *factors, origin=(3.5, 4.5))
        assert sum(shares_of([turned])[0].values()) == pytest.approx(sum(expected.values()), abs=1e-11)


def test_pixels_of_which_little_is_covered_are_left_out() -> None:
    shape = box(3.5, 4, 6.2, 5)
    assert shares_of([shape], least=0.3) == [{(4, 3): 0.5, (4, 4): 1.0, (4, 5): 1.0}]
    assert shares_of([shape], least=0.5) == [{(4, 3): 0.5, (4, 4): 1.0, (4, 5): 1.0}]
    assert shares_of([shape], least=1.0) == [{(4, 4): 1.0, (4, 5): 1.0}]


@given(st.integers(3, 400), st.floats(0.05, 15), st.floats(0, 1))
def test_many_corners_in_a_pixel(corners: int, radius: float, turn: float) -> None:
    angle = (np.arange(corners) + turn) * 2 * np.pi / corners
    wave = 1 + 0.3 * np.cos(7 * angle)
    shape = Polygon(np.column_stack([20 + radius * wave * np.cos(angle), 15 + radius * wave * np.sin(angle)]))
    (found,) = shares_of([shape])
    assert sum(found.values()) == pytest.approx(shape.area, abs=1e-7)


def test_a_plane_cut_into_triangles_is_whole() -> None:
    """Neighbours share their edges, and no area is lost or counted twice between them."""
    random = np.random.default_rng(4)
    from shapely.ops import triangulate

    points = shapely.geometry.MultiPoint([*random.uniform(0, 30, (60, 2)), (0, 0), (30, 0), (30, 30), (0, 30)])
    triangles = triangulate(points)
    total: Shares = {}
    for found in shares_of(triangles):
        for pixel, share in found.items():
            total[pixel] = total.get(pixel, 0.0) + share
    assert set(total) == {(row, column) for row in range(30) for column in range(30)}
    assert max(abs(share - 1) for share in total.values()) < NEAR
