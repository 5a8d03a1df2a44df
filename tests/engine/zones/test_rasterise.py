"""Which pixels belong to a zone: beside rasterstats, beside the definition, and by laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely.geometry
from hypothesis import assume, given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.zones import rasterise as rasterise_module
from sen2chain_ts_plugin.engine.zones.rasterise import rasterise
from tests.support.burnt_pixels import of_rasterstats, pixels_of
from tests.support.shapes import areas, lines, points, zones


@pytest.mark.parametrize("kind", [areas, lines, points])
@given(data=st.data())
def test_pixels_are_those_of_rasterstats(kind: Any, data: st.DataObject) -> None:
    shape = data.draw(kind())
    expected = of_rasterstats(shape)
    assume(expected is not None)
    assert pixels_of(rasterise, [shape]) == [expected]


@given(zones())
def test_a_layer_is_its_zones(layer: list[Any]) -> None:
    """However many zones are burnt at once, each gets what it gets alone."""
    assert pixels_of(rasterise, layer) == [pixels_of(rasterise, [shape])[0] for shape in layer]


@given(areas())
def test_a_polygon_has_the_pixels_whose_centre_is_inside(area: Any) -> None:
    """By the definition: an odd number of borders lies left of the centre. Centres on a border are left out."""
    polygons = getattr(area, "geoms", [area])
    # A hole that leaves its polygon adds what it encloses, as far as the bounds of the zone go.
    west, north, east, south = area.bounds
    rows, columns = np.meshgrid(
        np.arange(int(north) + 1, int(south) - 1), np.arange(int(west) + 1, int(east) - 1), indexing="ij"
    )
    x, y = columns + 0.5, rows + 0.5
    inside, unsure = np.zeros(x.shape, bool), np.zeros(x.shape, bool)
    for polygon in polygons:
        crossings = np.zeros(x.shape, int)
        for ring in [polygon.exterior, *polygon.interiors]:
            corners = np.array(ring.coords)
            for (x1, y1), (x2, y2) in zip(corners, corners[1:]):
                unsure |= (np.abs(y1 - y) < 1e-6) | (np.abs(y2 - y) < 1e-6)
                if abs(y2 - y1) > 1e-9:
                    at = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
                    across = (y1 > y) != (y2 > y)
                    unsure |= across & (np.abs(at - x) < 1e-6)
                    crossings += across & (at < x)
        inside |= crossings % 2 == 1
    (found,) = pixels_of(rasterise, [area])
    sure = zip(rows[~unsure].tolist(), columns[~unsure].tolist(), inside[~unsure].tolist())
    assert [(row, column) for row, column, expected in sure if ((row, column) in found) != expected] == []


@given(areas(), st.integers(-40, 40), st.integers(-40, 40))
def test_a_shifted_zone_has_shifted_pixels(area: Any, columns: int, rows: int) -> None:
    from shapely.affinity import translate

    # On a fraction of a pixel that a float holds exactly the shift loses nothing.
    snapped = shapely.geometry.shape(_rounded(shapely.geometry.mapping(area)))
    shifted = translate(snapped, columns, rows)
    assert pixels_of(rasterise, [shifted])[0] == {
        (row + rows, column + columns) for row, column in pixels_of(rasterise, [snapped])[0]
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {**value, "coordinates": _rounded(value["coordinates"])}
    return round(value * 8) / 8 if isinstance(value, (int, float)) else tuple(map(_rounded, value))


@given(areas())
def test_the_direction_of_a_ring_does_not_matter(area: Any) -> None:
    polygons = getattr(area, "geoms", [area])
    turned = [
        shapely.geometry.Polygon(list(p.exterior.coords)[::-1], [list(hole.coords)[::-1] for hole in p.interiors])
        for p in polygons
    ]
    assert pixels_of(rasterise, [shapely.geometry.MultiPolygon(turned)]) == pixels_of(
        rasterise, [shapely.geometry.MultiPolygon(list(polygons))]
    )


@given(zones())
def test_a_layer_burnt_in_many_steps(layer: list[Any]) -> None:
    whole = pixels_of(rasterise, layer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rasterise_module, "_CROSSINGS_PER_STEP", 20)
        assert pixels_of(rasterise, layer) == whole


def test_neighbours_share_no_pixel_and_leave_none() -> None:
    """Upright borders may run through the centres of pixels; level ones that do burn them for both sides, in GDAL."""
    upright, level = [0, 0.5, 3, 7.5, 8, 15.25, 20, 20.5, 30], [0, 0.75, 3, 7.25, 8, 15.125, 30]
    cells = [
        shapely.geometry.box(x1, y1, x2, y2) for x1, x2 in zip(upright, upright[1:]) for y1, y2 in zip(level, level[1:])
    ]
    found = pixels_of(rasterise, cells)
    assert sum(map(len, found)) == 30 * 30
    assert set.union(*found) == {(row, column) for row in range(30) for column in range(30)}


def test_a_point_is_the_pixel_that_holds_it() -> None:
    corner = shapely.geometry.Point(3, 4)  # on the border of four: that to the right and below
    assert pixels_of(rasterise, [shapely.geometry.Point(2.999, 3.999), corner, shapely.geometry.Point(-0.001, 0)]) == [
        {(3, 2)},
        {(4, 3)},
        {(0, -1)},
    ]


def test_a_zone_smaller_than_a_pixel_has_it_only_around_its_centre() -> None:
    around, beside = shapely.geometry.box(3.4, 4.4, 3.6, 4.6), shapely.geometry.box(3.6, 4.6, 3.9, 4.9)
    assert pixels_of(rasterise, [around, beside]) == [{(4, 3)}, set()]


def test_a_polygon_of_a_million_corners() -> None:
    turn = np.linspace(0, 2 * np.pi, 1_000_001)[:-1]
    radius = 12 + np.sin(turn * 100_000)
    ring = np.column_stack([20 + radius * np.cos(turn), 15 + radius * np.sin(turn)])
    shape = shapely.geometry.Polygon(ring)
    assert pixels_of(rasterise, [shape]) == [of_rasterstats(shape)]
