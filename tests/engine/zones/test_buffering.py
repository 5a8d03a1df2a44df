"""Buffered zones: beside shapely, in the UTM zone of each; what vanishes, what cannot be.

All of it with the GEOS of GDAL's own Python bindings and with that of shapely.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely.affinity
import shapely.geometry
import shapely.ops
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import wkb
from shapely.geometry import MultiPolygon, Point, Polygon, box

from sen2chain_ts_plugin.engine import Zones
from sen2chain_ts_plugin.engine.choices import DROP, KEEP
from sen2chain_ts_plugin.engine.errors import AllZonesVanish, BufferFailed, BufferToolMissing, PixelOptionInvalid
from sen2chain_ts_plugin.engine.text import safe_name
from sen2chain_ts_plugin.engine.zones.buffering import buffered, buffered_name
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb, to_wkb
from tests.support.raw_tree import Log
from tests.support.shapes import areas, lines, points

UTM = "EPSG:32740"
LEFT, TOP = 320_000.0, 7_660_000.0


@pytest.fixture(scope="module", autouse=True, params=["osgeo", "shapely"])
def _geos(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.param == "osgeo":
        pytest.importorskip("osgeo.ogr", reason="needs GDAL's Python bindings")
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "osgeo", None)
        yield


def in_metres(shape: Any) -> Any:
    """Return a shape in pixels as one in metres of UTM zone 40 south."""
    return shapely.affinity.affine_transform(shape, [10, 0, 0, -10, LEFT, TOP])


def shape_of(geometry: Geometry) -> Any:
    """Return the valid shape of a geometry."""
    if not geometry.parts():
        return Polygon()
    return shapely.ops.unary_union([Polygon(rings[0], rings[1:]) for rings in geometry.polygons])


def layer_of(*shapes: Any, crs: str = UTM) -> Zones:
    wkbs = [None if shape is None else shape.wkb for shape in shapes]
    return Zones("fields", wkbs, crs, ["name"], [[f"n° {n}"] for n in range(len(shapes))])


@given(st.one_of(areas(), lines(), points()), st.sampled_from([-40, -5, 1, 10, 300]))
def test_buffers_are_those_of_shapely(shape: Any, metres: int) -> None:
    shape = in_metres(shape)
    assume(shape.is_valid)
    expected = shape.buffer(metres, 8)
    assume(expected.area > 1)
    (found,) = buffered(layer_of(shape), metres, DROP, Log()).geometries(32740)
    # Two versions of GEOS place the corners of crossing lines by some micrometres otherwise.
    assert shape_of(found).symmetric_difference(expected).area < 1e-3 + 1e-5 * expected.length


def test_each_zone_is_buffered_where_it_is() -> None:
    """One layer over three UTM zones and both hemispheres: everywhere the metres are those of the ground."""
    places = [(-3.0, 43.0), (2.9, 43.1), (9.0, -20.5), (-177.0, 65.0)]
    found = buffered(layer_of(*map(Point, places), crs="EPSG:4326"), 1000, DROP, Log()).geometries(4326)
    for (longitude, latitude), geometry in zip(places, found):
        ring = np.concatenate([ring for rings in geometry.polygons for ring in rings])
        _, _, metres = pyproj.Geod(ellps="WGS84").inv(
            np.full(len(ring), longitude), np.full(len(ring), latitude), ring[:, 0], ring[:, 1]
        )
        assert len(ring) == 33  # 8 segments to a quarter
        assert metres == pytest.approx(1000, rel=1e-3)


def test_record_stays_zone_and_attributes_stay() -> None:
    layer = layer_of(in_metres(box(0, 0, 9, 9)), None, in_metres(box(20, 0, 21, 1)), in_metres(box(40, 0, 49, 9)))
    log = Log()
    after = buffered(layer, -10, DROP, log)
    assert [bool(geometry.parts()) for geometry in after.geometries(4326)] == [True, False, False, True]
    assert after.attributes == layer.attributes
    assert after.fields == layer.fields
    assert log.warnings == ["A buffer of -10 m leaves nothing of 1 of 4 zones, which have no rows: 2"]
    log = Log()
    kept = buffered(layer, -10, KEEP, log)
    assert [bool(geometry.parts()) for geometry in kept.geometries(4326)] == [True, False, True, True]
    assert shape_of(kept.geometries(32740)[2]).equals_exact(shape_of(layer.geometries(32740)[2]), 1e-6)
    assert log.warnings == ["A buffer of -10 m leaves nothing of 1 of 4 zones, which are used without it: 2"]


def test_many_zones_that_vanish_are_counted_and_the_first_are_named() -> None:
    layer = layer_of(*(in_metres(box(3 * n, 0, 3 * n + 1, 1)) for n in range(30)), in_metres(box(0, 20, 9, 29)))
    log = Log()
    buffered(layer, -10, DROP, log)
    (message,) = log.warnings
    assert "30 of 31 zones" in message
    assert message.endswith("18, 19, …")


@pytest.mark.parametrize("shape", [Point(5, 5), shapely.geometry.LineString([(0, 0), (5, 5)]), box(0, 0, 1, 1)])
def test_nothing_left_at_all(shape: Any) -> None:
    layer = layer_of(in_metres(shape))
    with pytest.raises(AllZonesVanish, match="A buffer of -10 m leaves nothing of any zone of fields"):
        buffered(layer, -10, DROP, Log())
    assert buffered(layer, -10, KEEP, Log()).has_geometry


def test_parts_and_holes_are_buffered_as_one() -> None:
    near = MultiPolygon([box(0, 0, 3, 3), box(4, 0, 7, 3)])
    (found,) = buffered(layer_of(in_metres(near)), 10, DROP, Log()).geometries(32740)
    assert len(found.polygons) == 1
    ring = box(0, 0, 9, 9).difference(box(4, 4, 5, 5))
    (found,) = buffered(layer_of(in_metres(ring)), 10, DROP, Log()).geometries(32740)
    assert len(found.polygons[0]) == 1


@pytest.mark.parametrize("metres", [-500, 1000])
def test_a_zone_across_180_degrees_is_one(metres: int) -> None:
    """Whether it comes in two parts, or in one that goes the short way round."""
    parts = MultiPolygon([box(179.9, -17, 180, -16.9), box(-180, -17, -179.9, -16.9)])
    around = Polygon([(179.9, -17), (-179.9, -17), (-179.9, -16.9), (179.9, -16.9)])
    found = buffered(layer_of(parts, around, crs="EPSG:4326"), metres, DROP, Log())
    areas = [shape_of(geometry).area for geometry in found.geometries(32760)]
    one = buffered(layer_of(box(176.9, -17, 177.1, -16.9), crs="EPSG:4326"), metres, DROP, Log())
    (expected,) = (shape_of(geometry).area for geometry in one.geometries(32760))
    assert areas == pytest.approx([expected] * 2, rel=4e-3)  # UTM is not the same scale everywhere


@pytest.mark.parametrize(
    ("name", "metres", "expected"),
    [("fields", 10, "fields_b10"), ("fields", -10, "fields_bm10"), ("a b/c", 5, "a_b_c_b5"), ("", 7, "zones_b7")],
)
def test_names(name: str, metres: int, expected: str) -> None:
    assert buffered_name(name, metres) == expected


@given(st.text(max_size=120), st.sampled_from([1, -500, 5000]))
def test_names_keep_their_ending_and_are_safe(name: str, metres: int) -> None:
    found = buffered_name(name, metres)
    assert found.endswith({1: "_b1", -500: "_bm500", 5000: "_b5000"}[metres])
    assert safe_name(found) == found


def test_a_geometry_that_geos_refuses_names_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sen2chain_ts_plugin.engine.zones.buffering.to_wkb", lambda _: b"\x01\x03\x00\x00\x00")
    monkeypatch.setattr("sen2chain_ts_plugin.engine.zones.buffering._utm", lambda *_: UTM)
    with pytest.raises(BufferFailed, match="Zone 0 of fields cannot be buffered"):
        buffered(layer_of(in_metres(box(0, 0, 9, 9))), 10, DROP, Log())


def test_bytes_are_the_same_every_time() -> None:
    layer = [in_metres(box(0, 0, 9, 9)), in_metres(Point(3, 3).buffer(5))]
    one, other = (buffered(layer_of(*layer), 12, DROP, Log()).shapefile() for _ in range(2))
    assert one == other


def test_without_either_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("osgeo", "shapely"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(BufferToolMissing, match=r"osgeo.*Install shapely, or leave BUFFER at 0.*shapely"):
        PixelOptions(buffer=10).zones_of(layer_of(in_metres(box(0, 0, 9, 9))), Log())
    # Without a buffer nothing of it is needed.
    layer = layer_of(in_metres(box(0, 0, 9, 9)))
    assert PixelOptions("fraction").zones_of(layer, Log()) is layer


@pytest.mark.parametrize(
    "options",
    [{"buffer": 5001}, {"buffer": -501}, {"buffer": 1.5}, {"buffer": True}, {"pixels": "center"}, {"small": ""},
     {"min_coverage": 1.1}, {"min_coverage": -0.1}, {"min_coverage": float("nan")}],
)  # fmt: skip
def test_options_that_are_not_possible(options: dict[str, Any]) -> None:
    with pytest.raises(PixelOptionInvalid, match=next(iter(options)).upper()):
        PixelOptions(**options)


@given(st.one_of(areas(), lines(), points()))
def test_well_known_binary_reads_back(shape: Any) -> None:
    geometry = parse_wkb(in_metres(shape).wkb)
    again = parse_wkb(to_wkb(geometry))
    for one, other in zip(geometry.parts(), again.parts()):
        assert one.tolist() == other.tolist()
    assert [len(rings) for rings in geometry.polygons] == [len(rings) for rings in again.polygons]
    assert wkb.loads(to_wkb(geometry)).area == pytest.approx(in_metres(shape).area)
