"""Where a pixel's centre lies exactly on a border, or a line exactly between two pixels: as the GDAL here burns it.

How GDAL decides a tie is written nowhere and might change with its version; random shapes seldom have one.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import shapely.geometry

from sen2chain_ts_plugin.engine.zones.rasterise import rasterise
from tests.support.burnt_pixels import of_rasterstats, pixels_of

REACH = 9


def quarters(count: int, corners: int, make: Any) -> list[Any]:
    """Shapes whose corners are whole quarters of a pixel, always the same ones."""
    numbers = np.random.default_rng(corners)
    made: list[Any] = []
    while len(made) < count:
        shape = make(numbers.integers(0, 81, (corners, 2)) / 4)
        if shape.is_valid and (shape.area or shape.length):
            made.append(shape)
    return made


def from_centre_to_centre() -> list[Any]:
    steps = itertools.product(range(-REACH, REACH + 1), repeat=2)
    return [shapely.geometry.LineString([(12.5, 12.5), (12.5 + x, 12.5 + y)]) for x, y in steps if x or y]


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param(from_centre_to_centre(), id="lines from centre to centre, in every direction"),
        pytest.param(quarters(300, 4, shapely.geometry.LineString), id="lines"),
        pytest.param(quarters(300, 3, shapely.geometry.Polygon), id="triangles"),
        pytest.param(quarters(300, 5, shapely.geometry.Polygon), id="polygons of five corners"),
    ],
)
def test_ties_go_as_in_rasterstats(shapes: list[Any]) -> None:
    expected = [of_rasterstats(shape) for shape in shapes]
    comparable = [number for number, pixels in enumerate(expected) if pixels is not None]
    assert len(comparable) > 0.9 * len(shapes)
    found = pixels_of(rasterise, shapes)
    assert [found[number] for number in comparable] == [expected[number] for number in comparable]
