"""All pixels that a zone touches: beside rasterstats with all_touched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely.geometry
from hypothesis import assume, given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.zones.rasterise import rasterise
from sen2chain_ts_plugin.engine.zones.touched import rasterise_touched
from tests.support.burnt_pixels import of_rasterstats, pixels_of
from tests.support.shapes import areas, lines, points


def keeps_its_holes(shape: Any) -> bool:
    """Tell whether no hole leaves the window of the outer rings: there GDAL burns beyond the end of a row."""
    parts = shape.geoms if hasattr(shape, "geoms") else [shape]
    west, south, east, north = np.array([part.exterior.bounds for part in parts]).T
    window = shapely.geometry.box(west.min(), south.min(), east.max(), north.max())
    return all(window.covers(hole) for part in parts for hole in part.interiors)


@pytest.mark.parametrize("kind", [areas, lines, points])
@given(data=st.data())
def test_pixels_are_those_of_rasterstats(kind: Any, data: st.DataObject) -> None:
    shape = data.draw(kind())
    assume(kind is not areas or keeps_its_holes(shape))
    expected = of_rasterstats(shape, all_touched=True)
    assume(expected is not None)
    assert pixels_of(rasterise_touched, [shape]) == [expected]


@given(st.lists(st.one_of(areas(), lines(), points()), min_size=1, max_size=6))
def test_zones_do_not_depend_on_their_neighbours(shapes: list[Any]) -> None:
    alone = [pixels_of(rasterise_touched, [shape])[0] for shape in shapes]
    assert pixels_of(rasterise_touched, shapes) == alone


@given(areas())
def test_what_the_centre_decides_is_touched_too(shape: Any) -> None:
    (centre,), (touched,) = pixels_of(rasterise, [shape]), pixels_of(rasterise_touched, [shape])
    assert centre <= touched


def test_an_edge_along_a_border_touches_neither_side() -> None:
    (found,) = pixels_of(rasterise_touched, [shapely.geometry.box(3, 4, 5, 6)])
    assert found == {(4, 3), (4, 4), (5, 3), (5, 4)}


@pytest.mark.parametrize("reach", [0.02, 0.3, 0.5, 0.98])
def test_the_least_reach_into_a_pixel_touches_it(reach: float) -> None:
    (found,) = pixels_of(rasterise_touched, [shapely.geometry.box(3 - reach, 4, 5, 6 + reach)])
    assert found == {(row, column) for row in (4, 5, 6) for column in (2, 3, 4)}


def test_a_long_slanted_sliver_is_followed_from_end_to_end() -> None:
    sliver = shapely.geometry.Polygon([(1.2, 1.3), (38.7, 28.1), (38.7, 28.2)])
    assert pixels_of(rasterise_touched, [sliver]) == [of_rasterstats(sliver, all_touched=True)]
    assert len(pixels_of(rasterise_touched, [sliver])[0]) > 60
