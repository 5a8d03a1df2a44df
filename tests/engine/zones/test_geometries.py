"""The geometries of a layer in a few arrays are those that went in, however they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.choices import CENTRE, TOUCHED
from sen2chain_ts_plugin.engine.errors import GeometryUnusable
from sen2chain_ts_plugin.engine.zones import geometries as geometries_module
from sen2chain_ts_plugin.engine.zones import pixel_rules
from sen2chain_ts_plugin.engine.zones.fingerprint import content_key
from sen2chain_ts_plugin.engine.zones.geometries import Gatherer, Geometries, gathered, joined
from sen2chain_ts_plugin.engine.zones.pixel_rules import PixelRule
from sen2chain_ts_plugin.engine.zones.pixel_runs import ZonePixels, near, rasterise_zones
from sen2chain_ts_plugin.engine.zones.wkb import FARTHEST_ANYWHERE, Geometry, parse_wkb, to_wkb
from tests.support.shapes import grid, parsed, zones

Parts = tuple[list[list[list[list[float]]]], list[list[list[float]]], list[list[float]]]


def plain(geometry: Geometry) -> Parts:
    polygons = [[ring.tolist() for ring in polygon] for polygon in geometry.polygons]
    return polygons, [line.tolist() for line in geometry.lines], geometry.points.tolist()


def all_plain(geometries: Sequence[Geometry]) -> list[Parts]:
    return list(map(plain, geometries))


_coordinates = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
_parts = st.lists(_coordinates, min_size=1, max_size=5).map(np.array)
_geometries = st.lists(
    st.one_of(
        st.just(Geometry()),
        st.builds(Geometry, st.lists(st.lists(_parts, min_size=1, max_size=3), min_size=1, max_size=3)),
        st.builds(Geometry, st.just([]), st.lists(_parts, min_size=1, max_size=3)),
        st.builds(Geometry, st.just([]), st.just([]), _parts),
    ),
    max_size=8,
)


@given(_geometries, st.data())
def test_they_are_those_that_went_in(some: list[Geometry], data: st.DataObject) -> None:
    found = Geometries.of(some)
    assert Geometries.of(found) is found
    wanted = all_plain(some)
    assert all_plain(found) == wanted
    assert found.filled.tolist() == [bool(each.parts()) for each in some]
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(some))] * 2)))
    assert all_plain(found[begin:end]) == wanted[begin:end]
    assert all_plain(joined([found[:begin], found[begin:]])) == wanted
    chosen = data.draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some)))
    assert all_plain(found.take(np.flatnonzero(chosen))) == [each for each, kept in zip(wanted, chosen) if kept]
    nothing = plain(Geometry())
    assert all_plain(found.kept(np.array(chosen, bool))) == [
        each if kept else nothing for each, kept in zip(wanted, chosen)
    ]
    other = Geometry(lines=[np.array([[1.0, 2.0], [3.0, 4.0]])])
    assert all_plain(found.replaced({zone: other for zone, kept in enumerate(chosen) if kept})) == [
        plain(other) if kept else each for each, kept in zip(wanted, chosen)
    ]


@given(_geometries)
def test_their_binary_and_boxes_are_those_of_each(some: list[Geometry]) -> None:
    found = gathered(some)
    assert list(found.as_wkb()) == [to_wkb(each) if each.parts() else None for each in some]
    for box, each in zip(found.boxes(), some):
        if each.parts():
            points = np.concatenate(each.parts())
            assert box.tolist() == [*points.min(axis=0), *points.max(axis=0)]
        else:
            assert np.isnan(box).all()


@given(_geometries)
def test_binary_is_taken_as_it_is_parsed(some: list[Geometry]) -> None:
    data = [to_wkb(each) if each.parts() else None for each in some]
    gatherer = Gatherer()
    for each in data:
        gatherer.add(each)
    parsed_each = [Geometry() if each is None else parse_wkb(each, FARTHEST_ANYWHERE) for each in data]
    assert all_plain(gatherer.geometries()) == all_plain(parsed_each)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 2e12, -2e12])
@pytest.mark.parametrize("place", [0, 3, 9])
def test_a_ring_that_is_nowhere_on_earth_is_refused_as_any_other_geometry(value: float, place: int) -> None:
    ring = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], float)
    ring.reshape(-1)[place] = value
    data = to_wkb(Geometry([[ring]]))
    with pytest.raises(GeometryUnusable) as alone:
        parse_wkb(data, FARTHEST_ANYWHERE)
    with pytest.raises(GeometryUnusable) as gathering:
        Gatherer().add(data)
    assert str(alone.value) == str(gathering.value)
    assert ("not finite" in str(alone.value)) == (not np.isfinite(value))


def _as_lists(pixels: ZonePixels) -> list[Any]:
    blocks = [
        [(runs.window, runs.zone.tolist(), runs.start.tolist(), runs.length.tolist()) for runs in batch]
        for batch in pixels.blocks
    ]
    return [pixels.number.tolist(), pixels.pixels.tolist(), pixels.blocks_of.tolist(), blocks]


@given(zones(), st.integers(1, 4), st.sampled_from([CENTRE, TOUCHED]))
def test_pixels_and_key_do_not_depend_on_how_many_are_worked_on_at_once(
    shapes: list[Any], at_once: int, pixels: str
) -> None:
    here, rule = grid(), PixelRule(pixels)
    layer = gathered(parsed(shapes, here))
    rows = [(number, f"zone {number}") for number in range(len(layer))]
    whole, key = _as_lists(rasterise_zones(layer, here, rule)), content_key(layer, ["n", "name"], rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pixel_rules, "_ZONES_AT_ONCE", at_once)
        patch.setattr(geometries_module, "_ZONES_AT_ONCE", at_once)
        patch.setattr(geometries_module, "_VERTICES_AT_ONCE", at_once)
        assert _as_lists(rasterise_zones(layer, here, rule)) == whole
        assert content_key(layer, ["n", "name"], rows) == key
        assert list(layer.as_wkb()) == [to_wkb(each) if each.parts() else None for each in layer]
    assert near(layer, here.bounds).tolist() == near(list(layer), here.bounds).tolist()
