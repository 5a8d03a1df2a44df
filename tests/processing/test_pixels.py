"""PIXELS, BUFFER, SMALL and MIN_COVERAGE through QGIS Processing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer, QgsWkbTypes

from sen2chain_ts_plugin.engine import Zones, extract, parse_list
from sen2chain_ts_plugin.engine.library.products import Selection
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions
from sen2chain_ts_plugin.engine.zones.vector_files import read_zones
from tests.support.extracting import LEFT, TOP, SmallLibrary
from tests.support.qgis_layers import memory_layer, save

pytestmark = pytest.mark.usefixtures("provider")
LINE = f"LINESTRING ({LEFT} {TOP - 99}, {LEFT + 99} {TOP - 155})"


def rectangle(column: float, row: float, columns: float, rows: float) -> str:
    """Return a rectangle of pixels as text."""
    west, north = LEFT + 10 * column, TOP - 10 * row
    east, south = west + 10 * columns, north - 10 * rows
    return f"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


def centres_in(column: float, row: float, columns: float, rows: float, metres: float) -> int:
    """Return how many centres of pixels are in a rectangle of pixels that is buffered by some metres."""
    from shapely.geometry import MultiPoint, box

    zone = box(column, row, column + columns, row + rows).buffer(metres / 10, 8)
    centres = MultiPoint([(x + 0.5, y + 0.5) for x in range(40) for y in range(40)])
    return len(centres.intersection(zone).geoms)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    made = SmallLibrary(tmp_path / "library")
    made.add("2021-01-05")
    made.add("2021-01-15")
    return made.root


@pytest.fixture
def fields() -> QgsVectorLayer:
    shapes = [rectangle(3.3, 12.25, 8, 6), rectangle(28.3, 28.3, 9.4, 7.7), rectangle(50.2, 20.1, 0.9, 0.8)]
    return memory_layer(shapes, name="fields")


def run(algorithm: str, layer: Any, library: Path, output: Path, **options: Any) -> dict[str, Any]:
    masks = {"CLOUDMASK": "CM001"} if algorithm == "timeseries" else {"CLOUDMASKS": "CM001"}
    return processing.run(
        f"sen2chain_ts:{algorithm}",
        {"INPUT": layer, "LIBRARY": str(library), "OUTPUT": str(output), **masks, **options},
    )


def raw(result: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each mask folder."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(Path(result["EXTRACTION"]).glob("raw_data/NDVI/*/*.csv")):
        with path.open(newline="") as stream:
            found.setdefault(path.parent.name, []).extend(csv.DictReader(stream))
    return found


def test_each_rule_has_a_folder_of_its_own(fields: QgsVectorLayer, library: Path, tmp_path: Path) -> None:
    for pixels in ("centre", "touched", "fraction"):
        result = run("extract", fields, library, tmp_path / "out", PIXELS=pixels)
        assert (result["FAILED"], result["SKIPPED"]) == (0, 0)
    assert len(list((tmp_path / "out").iterdir())) == 1
    found = raw(result)
    assert set(found) == {"CM001", "CM001-TOUCH", "CM001-FRAC"}
    for mask, rows in found.items():
        assert {row["filename"].removesuffix(".jp2").rpartition("_")[2] for row in rows} == {mask}
    sizes = {mask: float(rows[0]["count"]) + float(rows[0]["nodata"]) for mask, rows in found.items()}
    assert sizes == {"CM001": 48, "CM001-TOUCH": 9 * 7, "CM001-FRAC": 48.0}
    # A field that no centre is in is there by the other rules.
    assert {mask: {row["fid"] for row in rows} for mask, rows in found.items()} == {
        "CM001": {"0", "1", "2"}, "CM001-TOUCH": {"0", "1", "2"}, "CM001-FRAC": {"0", "1", "2"}
    }  # fmt: skip
    assert run("extract", fields, library, tmp_path / "out", PIXELS="fraction")["SKIPPED"] == 2


def test_compile_takes_the_rows_of_every_rule(fields: QgsVectorLayer, library: Path, tmp_path: Path) -> None:
    for pixels in ("touched", "fraction"):
        result = run("extract", fields, library, tmp_path / "out", PIXELS=pixels)
    compiled = processing.run(
        "sen2chain_ts:compile",
        {"EXTRACTION": result["EXTRACTION"], "PERIODS": ["alldata", "monthly"], "TABLE": "TEMPORARY_OUTPUT"},
    )
    for mask, rows in raw(result).items():
        (path,) = Path(compiled["COMPILED"]).glob(f"NDVI/{mask}/all_data/*.csv")
        with path.open(newline="") as stream:
            found = list(csv.DictReader(stream))
        assert [row["count"] for row in found if row["fid"] == "0"] == [r["count"] for r in rows if r["fid"] == "0"]
        assert all(0 <= float(row["completeness"]) <= 1 + 1e-12 for row in found)
    counts = {
        feature["cloudmask"]: feature["count"] for feature in compiled["TABLE"].getFeatures() if feature["zone"] == 1
    }
    shares = [float(row["count"]) for row in raw(result)["CM001-FRAC"] if row["fid"] == "1"]
    assert counts["CM001-FRAC"] in shares
    assert counts["CM001-FRAC"] != int(counts["CM001-FRAC"])


@pytest.mark.parametrize("pixels", ["centre", "touched", "fraction"])
def test_time_series_follow_the_rule(fields: QgsVectorLayer, library: Path, tmp_path: Path, pixels: str) -> None:
    extraction = run("extract", fields, library, tmp_path / "out", PIXELS=pixels)
    result = run("timeseries", fields, library, tmp_path / "series", PIXELS=pixels, TABLE="TEMPORARY_OUTPUT")
    (path,) = (tmp_path / "series" / "fields").glob("*.csv")
    with path.open(newline="") as stream:
        found = sorted(map(str, csv.DictReader(stream)))
    (rows,) = raw(extraction).values()
    assert found == sorted(map(str, rows))
    table = {
        (feature["zone"], feature["date"].toString("yyyy-MM-dd")): feature for feature in result["TABLE"].getFeatures()
    }
    for row in rows:
        feature = table[int(row["fid"]), row["date"][:10]]
        assert feature["count"] == float(row["count"])
        assert feature["nodata"] == float(row["nodata"])
        assert feature["nbcld"] == float(row["nbcld"])


def test_a_buffer_makes_a_tree_of_its_own(fields: QgsVectorLayer, library: Path, tmp_path: Path) -> None:
    names = {}
    for buffer in (0, 10, -10):
        result = run("extract", fields, library, tmp_path / "out", BUFFER=buffer, TABLE="TEMPORARY_OUTPUT")
        folder = Path(result["EXTRACTION"])
        names[buffer] = folder.name.rpartition("_")[0]
        shapefile = QgsVectorLayer(str(folder / "shp_files" / f"{names[buffer]}.shp"), "zones", "ogr")
        assert shapefile.featureCount() == 3
        assert [feature.hasGeometry() for feature in shapefile.getFeatures()] == [True, True, buffer >= 0]
        if buffer:
            # The table has the buffered zones.
            table = result["TABLE"]
            assert table.crs().authid() == "EPSG:4326"
            assert table.wkbType() == QgsWkbTypes.Type.MultiPolygon
            zones = {feature["zone"]: feature.geometry() for feature in table.getFeatures()}
            record = next(feature for feature in shapefile.getFeatures() if feature.id() == 0).geometry()
            assert zones[0].isGeosEqual(record)
        counts = {row["fid"]: int(row["count"]) + int(row["nodata"]) for row in raw(result)["CM001"]}
        assert counts["0"] == centres_in(3.3, 12.25, 8, 6, buffer)
        assert ("2" in counts) == (buffer >= 0)
        # Sen2Chain, or this plugin, given the shapefile of the tree, goes on with the same numbers.
        again = run("extract", shapefile.source(), library, tmp_path / "out")
        assert again["EXTRACTION"] == result["EXTRACTION"]
        assert again["SKIPPED"] == 2
        assert raw(run("extract", shapefile.source(), library, tmp_path / "out", FORCE=True)) == raw(result)
    assert names == {0: "fields", 10: "fields_b10", -10: "fields_bm10"}


@pytest.mark.parametrize("small", ["drop", "keep"])
def test_zones_that_vanish_are_named_once(fields: QgsVectorLayer, library: Path, tmp_path: Path, small: str) -> None:
    feedback = QgsProcessingFeedback()
    result = processing.run(
        "sen2chain_ts:extract",
        {"INPUT": fields, "LIBRARY": str(library), "OUTPUT": str(tmp_path / "out"), "CLOUDMASKS": "CM001",
         "BUFFER": -10, "SMALL": small},
        feedback=feedback,
    )  # fmt: skip
    log = feedback.textLog()
    assert log.count("leaves nothing of 1 of 3 zones") == 1
    assert log.index("leaves nothing") < log.index("Extraction folder")
    assert ({row["fid"] for row in raw(result)["CM001"]} == {"0", "1", "2"}) == (small == "keep")


def test_all_zones_that_vanish_are_an_error(library: Path, tmp_path: Path) -> None:
    layer = memory_layer([rectangle(5, 10, 2, 2)], name="tiny")
    with pytest.raises(QgsProcessingException, match="leaves nothing of any zone of tiny"):
        run("extract", layer, library, tmp_path / "out", BUFFER=-20)


@pytest.mark.parametrize(
    "shape", [f"POINT ({LEFT + 105} {TOP - 155})", f"LINESTRING ({LEFT} {TOP - 99}, {LEFT + 99} {TOP - 155})"]
)
def test_points_and_lines_have_no_shares(library: Path, tmp_path: Path, shape: str) -> None:
    layer = memory_layer([shape], kind=shape.partition(" ")[0], name="places")
    with pytest.raises(QgsProcessingException, match="PIXELS = fraction needs polygons"):
        run("extract", layer, library, tmp_path / "out", PIXELS="fraction")
    assert not (tmp_path / "out").exists()
    assert run("extract", layer, library, tmp_path / "out", PIXELS="touched")["FAILED"] == 0
    result = run("extract", layer, library, tmp_path / "out", PIXELS="fraction", BUFFER=15, TABLE="TEMPORARY_OUTPUT")
    assert result["ROWS"] == 2
    assert result["TABLE"].wkbType() == QgsWkbTypes.Type.MultiPolygon


WRONG = {
    "an ending of results": ({"CLOUDMASKS": "CM001-TOUCH"}, "ask for the cloud mask CM001, and for PIXELS = touched"),
    "a rule that is none": ({"PIXELS": "center"}, "PIXELS"),
    "a buffer that is too wide": ({"BUFFER": 5001}, "BUFFER"),
    "a buffer that is too narrow": ({"BUFFER": -501}, "BUFFER"),
    "a buffer of half metres": ({"BUFFER": 2.5}, "BUFFER"),
    "more than all": ({"PIXELS": "fraction", "MIN_COVERAGE": 1.01}, "MIN_COVERAGE"),
    "a word for small": ({"SMALL": "forget"}, "SMALL"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_possible_is_refused_before_any_work(
    name: str, fields: QgsVectorLayer, library: Path, tmp_path: Path
) -> None:
    options, message = WRONG[name]
    with pytest.raises(QgsProcessingException, match=message):
        processing.run(
            "sen2chain_ts:extract",
            {
                "INPUT": fields,
                "LIBRARY": str(library),
                "OUTPUT": str(tmp_path / "out"),
                "CLOUDMASKS": "CM001",
                **options,
            },
        )
    assert not (tmp_path / "out").exists()


def test_a_least_coverage_without_shares_is_said(fields: QgsVectorLayer, library: Path, tmp_path: Path) -> None:
    feedback = QgsProcessingFeedback()
    options = {"INPUT": fields, "LIBRARY": str(library), "OUTPUT": str(tmp_path / "out"), "CLOUDMASKS": "CM001"}
    processing.run("sen2chain_ts:extract", {**options, "MIN_COVERAGE": 0.5}, feedback=feedback)
    assert feedback.textLog().count("MIN_COVERAGE has no effect") == 1


def test_rows_of_two_least_coverages_do_not_mix(fields: QgsVectorLayer, library: Path, tmp_path: Path) -> None:
    half = {"PIXELS": "fraction", "MIN_COVERAGE": 0.5}
    first = raw(run("extract", fields, library, tmp_path / "out", PIXELS="fraction"))
    with pytest.raises(QgsProcessingException, match=r"extracted with MIN_COVERAGE = 0, now it is 0\.5"):
        run("extract", fields, library, tmp_path / "out", **half)
    with pytest.raises(QgsProcessingException, match="must not mix"):
        run("extract", fields, library, tmp_path / "out", **half, FORCE=True, DATE_MAX="2021-01-10")
    result = run("extract", fields, library, tmp_path / "out", **half, FORCE=True)
    second = raw(result)
    assert second != first
    assert [row["fid"] for row in second["CM001-FRAC"]].count("2") <= [row["fid"] for row in first["CM001-FRAC"]].count(
        "2"
    )
    assert run("extract", fields, library, tmp_path / "out", **half)["SKIPPED"] == 2
    assert raw(result) == second


@pytest.mark.parametrize("options", [{"PIXELS": "touched"}, {"PIXELS": "fraction"}, {"BUFFER": 12}, {"BUFFER": -3}])
@pytest.mark.parametrize("crs", ["EPSG:32740", "EPSG:4326", "EPSG:2975"])
def test_qgis_and_the_engine_alone_give_the_same_bytes(
    fields: QgsVectorLayer, library: Path, tmp_path: Path, options: dict[str, Any], crs: str
) -> None:
    from sen2chain_ts_plugin.engine.library.folders import open_library

    moved = processing.run("native:reprojectlayer", {"INPUT": fields, "TARGET_CRS": crs, "OUTPUT": "TEMPORARY_OUTPUT"})
    path = save(moved["OUTPUT"], tmp_path / "fields.gpkg", "GPKG")
    through_qgis = run("extract", str(path), library, tmp_path / "qgis", **options)
    pixels = PixelOptions(**{name.lower(): value for name, value in options.items()})
    zones: Zones = read_zones(path)
    tree, _ = extract(
        open_library(library), zones, Selection(("NDVI",), parse_list("CM001")), tmp_path / "engine", pixels=pixels
    )
    if "BUFFER" in options:
        assert tree.folder.name == Path(through_qgis["EXTRACTION"]).name
    assert raw({"EXTRACTION": str(tree.folder)}) == raw(through_qgis)


@pytest.mark.parametrize("pixels", ["touched", "fraction"])
def test_plots_quicklooks_and_analyses_take_the_rows(
    fields: QgsVectorLayer, library: Path, tmp_path: Path, pixels: str
) -> None:
    result = run("extract", fields, library, tmp_path / "out", PIXELS=pixels)
    (mask,) = raw(result)
    tree = {"EXTRACTION": result["EXTRACTION"]}
    plotted = processing.run("sen2chain_ts:plot", {**tree, "OUTPUT": str(tmp_path / "plots")})
    assert any(mask in path.name or mask in path.as_posix() for path in (tmp_path / "plots").rglob("*.png")), plotted
    feedback = QgsProcessingFeedback()
    places = {"LIBRARY": str(library), "OUTPUT": str(tmp_path / "looks")}
    looks = processing.run("sen2chain_ts:quicklooks", {**tree, **places, "BUFFER": 100}, feedback=feedback)
    assert "failed" not in feedback.textLog()
    assert list((tmp_path / "looks").rglob("*.jpg")) or list((tmp_path / "looks").rglob("*.png")), looks
    aggregated = processing.run("sen2chain_ts:aggregate", {**tree, "TABLE": "TEMPORARY_OUTPUT"})
    counts = [feature["pixels"] for feature in aggregated["TABLE"].getFeatures() if feature["zone"] == 1]
    shares = [float(row["count"]) for row in raw(result)[mask] if row["fid"] == "1"]
    assert sum(counts) == pytest.approx(sum(shares))
