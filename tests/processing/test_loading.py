"""Layers that Processing loads into the project: their names, their groups, and what they look like."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsGraduatedSymbolRenderer,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)

from sen2chain_ts_plugin.processing.support.finished_runs import RUNS
from sen2chain_ts_plugin.processing.support.loading import _Load, is_result
from tests.support.qgis_layers import JUNE


@pytest.fixture
def load(provider: Any, qgis_new_project: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run an algorithm, have Processing load its layer as toolbox and batch do, and return what was said."""
    from processing.gui import Postprocessing

    # From 3.40 on it asks the window which layer is the current one; here there is none.
    monkeypatch.setattr(Postprocessing, "iface", None, raising=False)

    def _load(name: str, *, table: bool | str = True, **parameters: Any) -> str:
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        context.setProject(QgsProject.instance())
        if table:
            place = table if isinstance(table, str) else "TEMPORARY_OUTPUT"
            parameters["TABLE"] = QgsProcessingOutputLayerDefinition(place, QgsProject.instance())
        algorithm = provider.algorithm(name).create()
        _, finished = algorithm.run({key: str(value) if isinstance(value, Path) else value
                                     for key, value in parameters.items()}, context, feedback)  # fmt: skip
        assert finished, feedback.textLog()
        gc.collect()
        assert Postprocessing.handleAlgorithmResults(algorithm, context, feedback), feedback.textLog()
        return feedback.textLog()

    return _load


@pytest.fixture
def asked(reference: Path, tmp_path: Path) -> dict[str, Any]:
    """Return what to ask Extract for."""
    zones, library = reference / "layers" / "zones.shp", reference / "library"
    return {"INPUT": zones, "LIBRARY": library, "CLOUDMASKS": "CM001", "OUTPUT": tmp_path / "out", **JUNE}


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """Tests before these run algorithms whose layers nobody loads."""
    _Load.alive.clear()


def shown(group: QgsLayerTreeGroup | None = None) -> list[Any]:
    """Return what the layer tree shows: names of layers, and groups as (name, what is in them)."""
    nodes = (group or QgsProject.instance().layerTreeRoot()).children()
    return [node.name() if isinstance(node, QgsLayerTreeLayer) else (node.name(), shown(node)) for node in nodes]


def layer(name: str) -> QgsVectorLayer:
    (found,) = QgsProject.instance().mapLayersByName(name)
    return found


def test_extract_and_compile_share_the_group_of_their_extraction(load, asked, tmp_path):
    load("extract", **asked)
    assert shown() == [("zones", ["zones, mean NDVI"])]
    assert layer("zones, mean NDVI").featureCount() > 0
    assert isinstance(layer("zones, mean NDVI").renderer(), QgsGraduatedSymbolRenderer)
    (tree,) = (tmp_path / "out").iterdir()
    load("compile", EXTRACTION=tree)
    # A batch loads one after the other, each in its place.
    load("timeseries", **{**asked, "CLOUDMASK": "CM001", "OUTPUT": tmp_path / "csv", "INDICES": ["NDVI", "NDWIGAO"]})
    several = ["zones, mean NDVI", "zones, mean NDWIGAO"]
    assert shown() == [("zones", [*several, "zones, mean NDVI", "zones, mean NDVI"])]
    assert _Load.alive == []


@pytest.mark.parametrize("kind", ["TEMPORARY_OUTPUT", "rows.gpkg", "rows.shp", "rows.geojson"])
def test_each_index_and_mask_has_a_layer_of_its_own(load, asked, tmp_path, kind):
    several = {"INDICES": ["NDWIGAO", "NDVI"], "CLOUDMASKS": "CM001/CM003-PRB1-ITER5"}
    load("extract", table=False, **{**asked, **several})
    (tree,) = (tmp_path / "out").iterdir()
    place = kind if kind == "TEMPORARY_OUTPUT" else str(tmp_path / kind)
    said = load("compile", table=place, EXTRACTION=tree)

    # The rows of the compiled files, told apart as these are; one layer is seen, the others wait for their turn.
    expected = {}
    for index in ("NDVI", "NDWIGAO"):
        for mask in ("CM001", "CM003-PRB1-ITER5"):
            (file,) = tree.glob(f"compiled_data/{index}/{mask}/all_data/*.csv")
            expected[f"zones, mean {index}, {mask}"] = len(file.read_text(encoding="utf-8").splitlines()) - 1
    assert shown() == [("zones", list(expected))]
    found = {name: layer(name) for name in expected}
    assert {name: each.featureCount() for name, each in found.items()} == expected
    assert all(isinstance(each.renderer(), QgsGraduatedSymbolRenderer) for each in found.values())
    assert found["zones, mean NDVI, CM001"].renderer().ranges()[-1].label() == "0.80 … 0.90"
    root = QgsProject.instance().layerTreeRoot()
    assert [root.findLayer(each).isVisible() for each in found.values()] == [True, False, False, False]
    assert all(is_result(each) for each in found.values())
    if kind != "rows.shp":  # which has no times
        assert all(each.temporalProperties().isActive() for each in found.values())
    # Rows in memory are gone with the session, which is said, or else stand in the file.
    assert ("is a temporary layer" in said) == (kind == "TEMPORARY_OUTPUT")


def test_the_dates_of_the_rows_are_told_once_all_layers_are_there(load, asked, tmp_path):
    told = []
    RUNS.rows_loaded.connect(lambda *edges: told.append((edges, shown())))
    project = QgsProject.instance().timeSettings()
    try:
        load("extract", **{**asked, "INDICES": ["NDWIGAO", "NDVI"]})
        load("extract", **{**asked, "OUTPUT": tmp_path / "other", "DATE_MIN": "2021-01-01", "DATE_MAX": "2021-01-31"})
    finally:
        RUNS.rows_loaded.disconnect()
    (june, first_shown), (january, _) = told
    assert [edge.date().month() for edge in june] == [6, 6]
    assert first_shown == [("zones", ["zones, mean NDVI", "zones, mean NDWIGAO"])]
    assert [edge.date().month() for edge in january] == [1, 1]
    # A project that has no dates yet takes those of its first rows, in steps of five days.
    kept = project.temporalRange()
    assert (kept.begin(), kept.end()) == (june[0], june[1].addDays(1))
    assert project.timeStep() == 5


def test_a_layer_of_rows_is_known_by_its_mark_or_its_fields(load, asked, tmp_path):
    load("extract", table=str(tmp_path / "rows.gpkg"), **asked)
    assert is_result(layer("zones, mean NDVI"))
    assert is_result(QgsVectorLayer(str(tmp_path / "rows.gpkg"), "opened by hand"))
    load("inventory", INPUT=asked["INPUT"], LIBRARY=asked["LIBRARY"])
    assert is_result(layer("zones, inventory"))
    assert not is_result(QgsVectorLayer(str(asked["INPUT"]), "zones"))
    assert not is_result(None)


def test_the_group_is_found_again_where_the_user_has_moved_it(load, asked):
    root = QgsProject.instance().layerTreeRoot()
    mine = root.addGroup("Mine").addGroup("zones")
    load("extract", **asked)
    assert [node.name() for node in mine.children()] == ["zones, mean NDVI"]
    assert shown() == [("Mine", [("zones", ["zones, mean NDVI"])])]


def test_it_is_made_in_the_group_that_the_options_name_for_all_results(load, asked):
    from processing.core.ProcessingConfig import ProcessingConfig

    before = ProcessingConfig.getSetting(ProcessingConfig.RESULTS_GROUP_NAME)
    ProcessingConfig.setSettingValue(ProcessingConfig.RESULTS_GROUP_NAME, "Results")
    try:
        load("extract", **asked)
    finally:
        ProcessingConfig.setSettingValue(ProcessingConfig.RESULTS_GROUP_NAME, before)
    assert shown() == [("Results", [("zones", ["zones, mean NDVI"])])]


def test_an_inventory_stands_beside_the_rows_of_its_layer(load, asked):
    given = {name: asked[name] for name in ("INPUT", "LIBRARY")}
    load("inventory", **given, EXTRACTION_ROOT=asked["OUTPUT"])
    load("inventory", LIBRARY=asked["LIBRARY"])
    assert shown() == [
        ("Sen2Chain library", ["All tiles, inventory"]),
        ("zones", ["zones, inventory"]),
    ]
    table = layer("zones, inventory")
    assert table.labelsEnabled()
    # One label per tile, though it has several rows.
    expression = QgsExpression(table.labeling().settings().fieldName)
    context = table.createExpressionContext()
    assert expression.prepare(context)
    labels = []
    for feature in table.getFeatures():
        context.setFeature(feature)
        labels.append(expression.evaluate(context))
    assert sorted(filter(None, labels)) == ["40KCB", "40KCC"]
    assert len(labels) > 2


def test_the_fields_of_a_sample_are_coloured_by_their_crop(load, tmp_path):
    load("samplelibrary", table=False, OUTPUT=tmp_path / "sample", SIZE=128, DATES=4)
    assert shown() == ["fields"]
    renderer = layer("fields").renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    values = {category.value() for category in renderer.categories()}
    assert values == {feature["crop"] for feature in layer("fields").getFeatures()}


def test_nothing_is_named_where_nothing_is_loaded(provider, asked, qgis_new_project):
    import processing

    result = processing.run("sen2chain_ts:extract", {
        name: str(value) if isinstance(value, Path) else value for name, value in asked.items()
    } | {"TABLE": "TEMPORARY_OUTPUT"})  # fmt: skip
    assert result["TABLE"].featureCount() > 0
    assert shown() == []
    assert _Load.alive == []
