"""Fault 13 in QGIS: every odd geometry, under each of the user's settings for invalid ones."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

from tests.processing.test_extract import Said
from tests.support.qgis_layers import LEFT, TOP, memory_layer, raw_rows, save, square

STOP = QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid
SKIP = QgsFeatureRequest.InvalidGeometryCheck.GeometrySkipInvalid
IGNORE = QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck
Run = Callable[..., dict[str, Any]]
GOOD = square(300, 350)
GOOD_IN_DEGREES = "Polygon ((55.5678 -20.8615, 55.5697 -20.8615, 55.5697 -20.8633, 55.5678 -20.8633, 55.5678 -20.8615))"
SIZE = 400  # pixels of GOOD


def bow_tie(column: float, row: float) -> str:
    left, top = LEFT + 10 * column, TOP - 10 * row
    return f"Polygon (({left} {top}, {left + 200} {top - 200}, {left + 200} {top}, {left} {top - 200}, {left} {top}))"


def pixels(result: dict[str, Any]) -> dict[str, set[int]]:
    """Return how many pixels each zone has in each product that shows it."""
    found: dict[str, set[int]] = {}
    for row in raw_rows(result["EXTRACTION"]):
        found.setdefault(row["fid"], set()).add(int(row["count"]) + int(row["nodata"]))
    return found


# Invalid ones


def test_stop_is_an_error_that_names_the_feature_before_any_work(extract: Run, tmp_path: Path) -> None:
    layer = memory_layer([GOOD, None, bow_tie(200, 350)], name="parcelles")
    with pytest.raises(QgsProcessingException) as raised:
        extract(layer, check=STOP)
    said = str(raised.value)
    assert "parcelles" in said
    assert "zone 2 (feature 3)" in said
    assert "Fix geometries" in said
    assert not (tmp_path / "out").exists()


def test_skip_leaves_it_out_by_name_and_keeps_the_numbers(extract: Run) -> None:
    said = Said()
    result = extract(memory_layer([GOOD, bow_tie(200, 350), square(250, 400)]), said, check=SKIP)
    assert pixels(result) == {"0": {SIZE}, "2": {SIZE}}
    assert [warning for warning in said.warnings if "Zone 1 is skipped" in warning]


def test_ignore_takes_what_is_inside_an_odd_number_of_times(extract: Run) -> None:
    result = extract(memory_layer([GOOD, bow_tie(200, 350)]), check=IGNORE)
    assert set(pixels(result)) == {"0", "1"}
    assert all(180 <= count <= 220 for count in pixels(result)["1"])


def test_a_layer_may_have_a_setting_of_its_own(extract: Run) -> None:
    layer = memory_layer([GOOD, bow_tie(200, 350)])
    QgsProject.instance().addMapLayer(layer)
    override = QgsProcessingFeatureSourceDefinition.Flag.FlagOverrideDefaultGeometryCheck
    try:
        own = QgsProcessingFeatureSourceDefinition(layer.id(), False, -1, override, SKIP)
        assert set(pixels(extract(own, check=STOP))) == {"0"}
        own = QgsProcessingFeatureSourceDefinition(layer.id(), False, -1, override, STOP)
        with pytest.raises(QgsProcessingException, match="zone 1"):
            extract(own, check=SKIP)
    finally:
        QgsProject.instance().takeMapLayer(layer)


def test_the_first_features_alone(extract: Run) -> None:
    layer = memory_layer([GOOD, square(250, 400), bow_tie(200, 350)])
    QgsProject.instance().addMapLayer(layer)
    try:
        assert set(pixels(extract(QgsProcessingFeatureSourceDefinition(layer.id(), False, 2)))) == {"0", "1"}
    finally:
        QgsProject.instance().takeMapLayer(layer)


def test_a_layer_of_invalid_geometries_only_has_nothing_to_extract(extract: Run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="no usable geometry"):
        extract(memory_layer([bow_tie(200, 350), None]), check=SKIP)
    assert not (tmp_path / "out").exists()


# Odd ones, which are valid


@pytest.mark.parametrize("check", [STOP, SKIP, IGNORE])
def test_null_and_empty_geometries_are_skipped_by_name(extract: Run, check: Any) -> None:
    said = Said()
    empty = QgsGeometry.fromWkt("Polygon EMPTY")
    result = extract(memory_layer([None, GOOD, empty]), said, check=check)
    assert set(pixels(result)) == {"1"}
    assert sum("is skipped" in warning for warning in said.warnings) == 2


def with_z(wkt: str, kind: str) -> str:
    measures = {"Z": " 12.5", "M": " 3", "ZM": " 12.5 3"}[kind]
    return wkt.replace("Polygon", f"Polygon{kind}").replace(",", f"{measures},").replace("))", f"{measures}))")


@pytest.mark.parametrize("kind", ["Z", "M", "ZM"])
def test_heights_and_measures_change_nothing(extract: Run, kind: str) -> None:
    flat = raw_rows(extract(memory_layer([GOOD]))["EXTRACTION"])
    layer = memory_layer([with_z(GOOD, kind)], kind=f"Polygon{kind}", name="high")
    assert raw_rows(extract(layer)["EXTRACTION"]) == flat


@pytest.mark.parametrize("name", ["CurvePolygon", "MultiSurface"])
def test_a_curve_is_followed(extract: Run, name: str) -> None:
    x, y = LEFT + 3000, TOP - 3600
    circle = (
        f"CurvePolygon (CircularString ({x - 200} {y}, {x} {y + 200}, {x + 200} {y}, {x} {y - 200}, {x - 200} {y}))"
    )
    wkt = circle if name == "CurvePolygon" else f"MultiSurface ({circle})"
    (counts,) = pixels(extract(memory_layer([wkt], kind=name))).values()
    assert all(abs(count - math.pi * 400) < 30 for count in counts)


def test_a_curved_line(extract: Run) -> None:
    x, y = LEFT + 3000, TOP - 3600
    wkt = (
        f"CompoundCurve (CircularString ({x - 200} {y}, {x} {y + 200}, {x + 200} {y}), ({x + 200} {y}, {x + 400} {y}))"
    )
    (counts,) = pixels(extract(memory_layer([wkt], kind="CompoundCurve"))).values()
    assert all(50 < count < 90 for count in counts)


def test_parts_holes_and_overlaps(extract: Run) -> None:
    def ring(column: float, row: float, size: float) -> str:
        return square(column, row, size).removeprefix("Polygon ")

    hole = ring(305, 355, 10)[1:-1]
    shapes = [
        f"MultiPolygon ({ring(300, 350, 20)}, {ring(340, 350, 10)})",
        f"MultiPolygon ({ring(300, 350, 20)[:-1]}, {hole}))",
        square(310, 360),
        square(310, 360),
    ]
    assert pixels(extract(memory_layer(shapes, kind="MultiPolygon"))) == {
        "0": {500}, "1": {300}, "2": {SIZE}, "3": {SIZE}
    }  # fmt: skip


def test_a_zone_smaller_than_a_pixel(extract: Run) -> None:
    """It has a row only where it holds the centre of a pixel."""
    result = extract(memory_layer([square(300.4, 350.4, 0.2), square(300.6, 350.6, 0.2), GOOD]))
    assert pixels(result) == {"0": {1}, "2": {SIZE}}


def test_zones_outside_every_tile_do_not_disturb_the_others(extract: Run) -> None:
    shapes = [square(-90_000, 20), square(700, 700), square(590, 350), GOOD]
    assert pixels(extract(memory_layer(shapes))) == {"2": {SIZE}, "3": {SIZE}}


def test_a_layer_of_the_whole_world(extract: Run) -> None:
    """Across the antimeridian, the poles, and on the other side of the earth, where the UTM zone has no coordinates."""
    shapes = [
        GOOD_IN_DEGREES,
        "Polygon ((179 -18, 181 -18, 181 -17, 179 -17, 179 -18))",
        "Polygon ((-180 -18, -179 -18, -179 -17, -180 -17, -180 -18))",
        "MultiPolygon (((179 -18, 180 -18, 180 -17, 179 -18)), ((-180 -18, -179 -18, -179 -17, -180 -18)))",
        "Polygon ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))",
        "Polygon ((-130 20, -120 20, -120 25, -130 25, -130 20))",
        "Polygon ((0 89, 120 89, 240 89, 0 89))",
        "Polygon ((-124.4322 20.8615, -124.4303 20.8615, -124.4303 20.8633, -124.4322 20.8633, -124.4322 20.8615))",
    ]
    said = Said()
    result = extract(memory_layer(shapes, kind="MultiPolygon", crs="EPSG:4326"), said, check=IGNORE)
    assert result["FAILED"] == 0
    found = pixels(result)
    assert all(abs(count - SIZE) < 20 for count in found["0"])
    assert set(found) <= {"0", "4"}
    assert said.errors == []


def test_a_polygon_of_a_million_vertices(extract: Run) -> None:
    import numpy as np

    turn = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    radius = 300 + np.sin(turn * 1000)
    x, y = LEFT + 3000 + radius * np.cos(turn), TOP - 4000 + radius * np.sin(turn)
    corners = ", ".join(f"{east:.4f} {north:.4f}" for east, north in zip([*x, x[0]], [*y, y[0]]))
    (counts,) = pixels(extract(memory_layer([f"Polygon (({corners}))"]), check=IGNORE)).values()
    assert all(abs(count - math.pi * 900) < 30 for count in counts)


def geojson(path: Path, *geometries: dict[str, Any]) -> QgsVectorLayer:
    features = [{"type": "Feature", "properties": {"name": "x"}, "geometry": geometry} for geometry in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    assert layer.featureCount() == len(geometries)
    return layer


COLLECTION = {
    "type": "GeometryCollection",
    "geometries": [
        {"type": "Point", "coordinates": [55.5600, -20.8615]},
        json.loads(QgsGeometry.fromWkt(GOOD_IN_DEGREES).asJson()),
    ],
}
LINE = {"type": "LineString", "coordinates": [[55.56, -20.87], [55.57, -20.87]]}


@pytest.mark.parametrize("geometries", [[COLLECTION], [COLLECTION, LINE]], ids=["collections", "mixed kinds"])
def test_what_is_no_layer_of_zones_is_refused_in_clear_words(
    extract: Run, tmp_path: Path, geometries: list[dict[str, Any]]
) -> None:
    with pytest.raises(QgsProcessingException, match=r"odd is of the type GeometryCollection|odd mixes"):
        extract(geojson(tmp_path / "odd.geojson", *geometries))
    assert not (tmp_path / "out").exists()


def test_what_qgis_calls_degenerate(extract: Run) -> None:
    """Rings of three corners on one line, lines of one place: no pixel, no row, no failure."""
    flat = f"Polygon (({LEFT} {TOP}, {LEFT + 100} {TOP - 100}, {LEFT + 200} {TOP - 200}, {LEFT} {TOP}))"
    result = extract(memory_layer([flat, GOOD]), check=IGNORE)
    assert result["FAILED"] == 0
    assert pixels(result)["1"] == {SIZE}
    place = f"LineString ({LEFT + 3005} {TOP - 3505}, {LEFT + 3005} {TOP - 3505})"
    assert extract(memory_layer([place], kind="LineString"), check=IGNORE)["FAILED"] == 0


def test_a_shapefile_with_odd_geometries_is_copied_as_it_is(extract: Run, tmp_path: Path) -> None:
    layer = memory_layer([GOOD_IN_DEGREES, None, "Polygon ((2 45, 3 45, 3 46, 2 45))"], crs="EPSG:4326")
    path = save(layer, tmp_path / "odd.shp", "ESRI Shapefile")
    result = extract(str(path))
    for part in ("shp", "shx", "dbf", "prj", "cpg"):
        assert (
            Path(result["EXTRACTION"], "shp_files", f"odd.{part}").read_bytes()
            == path.with_suffix(f".{part}").read_bytes()
        )
