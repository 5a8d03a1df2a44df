"""Compile through QGIS Processing: the files, the table, the layer that QGIS loads, what is refused."""

from __future__ import annotations

import gc
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsGraduatedSymbolRenderer,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime

from sen2chain_ts_plugin.engine.series import batches, survey
from sen2chain_ts_plugin.processing.support import task_executor
from sen2chain_ts_plugin.processing.support.compat import DAYS
from tests.support.compare import differences
from tests.support.other_pythons import only_other_pythons
from tests.support.raw_tree import make_tree, masked_name, row
from tests.support.waiting import wait_for

PERIODS = ["alldata", "daily", "weekly", "monthly", "yearly", "custom"]
DATES = {"DATE_MIN": QDateTime(QDate(2021, 2, 1)), "DATE_MAX": QDateTime(QDate(2021, 12, 31))}
FULL = {"PERIODS": PERIODS, "SMOOTHING": True, **DATES}


@pytest.fixture
def run(provider):
    import processing

    def _run(tree: Path, **other: Any) -> dict[str, Any]:
        return processing.run("sen2chain_ts:compile", {"EXTRACTION": str(tree), **other})

    return _run


@pytest.fixture
def extraction(reference: Path, tmp_path: Path):
    def copy(name: str) -> tuple[Path, Path]:
        source = next((reference / "expected" / name).iterdir())
        tree = tmp_path / source.name
        for folder in ("raw_data", "shp_files"):
            shutil.copytree(source / folder, tree / folder)
        return tree, source / "compiled_data"

    return copy


def test_every_declared_output_comes_back(run, provider, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    declared = {output.name() for output in provider.algorithm("compile").outputDefinitions()}
    result = run(tree, TABLE="TEMPORARY_OUTPUT")
    assert set(result) == declared == {"COMPILED", "FILES", "ROWS", "TABLE"}
    assert result["COMPILED"] == str(tree / "compiled_data")
    assert (result["FILES"], result["ROWS"], result["TABLE"].featureCount()) == (1, 223, 223)


def test_all_periods_and_smoothing_equal_sen2chain(run, extraction):
    tree, expected = extraction("EXTRACTION_CM001")
    result = run(tree, **FULL)
    assert differences(tree / "compiled_data", expected) == []
    assert (result["FILES"], result["ROWS"]) == (424, 552)


def test_another_python_writes_the_same_files(run, extraction, monkeypatch):
    tree, expected = extraction("EXTRACTION_CM001")
    monkeypatch.setattr(batches, "BATCH_BYTES", 2000)
    monkeypatch.setattr(survey, "_FILES_AT_ONCE", 1)
    monkeypatch.setattr(task_executor, "choose_workers", lambda _: 2)  # however many cores there are
    with only_other_pythons() as answers:
        result = run(tree, **FULL)
    assert differences(tree / "compiled_data", expected) == []
    assert (result["FILES"], result["ROWS"]) == (424, 552)
    assert len(answers) > 5


def test_indices_and_masks_can_be_chosen(run, extraction):
    tree, _ = extraction("EXTRACTION_CM001")
    result = run(tree, INDICES=["NDWIGAO"], CLOUDMASKS="CM001 / CM002-B11", COVER_MAX=50)
    assert result["FILES"] == 1
    assert [path.name for path in tree.glob("compiled_data/**/*.csv")] == ["zones_CC50_NDWIGAO_all_data.csv"]


def test_smoothing_takes_its_parameters(run, reference, tmp_path):
    tree = make_tree(tmp_path, [row(0, masked_name(f"2021-{month:02}-01"), mean=1000 * month) for month in (1, 2, 3)])
    other = {"SMOOTHING_COVER_MAX": 20, "WINDOW_LENGTH": 9, "POLYORDER": 1, "SEASON_MEAN": True}
    assert run(tree, SMOOTHING=True, **other)["FILES"] == 3
    assert run(tree, SMOOTHING=True, **{**other, "WINDOW_LENGTH": 99})["FILES"] == 1


# The table


def test_the_table_has_all_rows_columns_and_geometries(run, extraction, tmp_path):
    tree, _ = extraction("EXTRACTION_CM001")
    path = tmp_path / "rows.gpkg"
    run(tree, PERIODS=["monthly"], TABLE=str(path))
    layer = QgsVectorLayer(str(path), "rows", "ogr")
    zones = QgsVectorLayer(str(tree / "shp_files" / "zones.shp"), "zones", "ogr")
    geometries = {feature.id(): feature.geometry() for feature in zones.getFeatures()}
    assert layer.featureCount() == 552
    assert [field.name() for field in layer.fields()][1:] == [
        *["date", "zone", "tile", "filename", "count", "nodata", "nbcld", "cldprb", "min", "max", "mean", "std"],
        *["median", "percentile_25", "percentile_75", "completeness", "month", "index", "cloudmask"],
        *["name", "code", "area", "remark"],
    ]
    assert layer.crs().authid() == "EPSG:4326"
    for feature in layer.getFeatures():
        assert feature["date"].toString("yyyyMMddTHHmmss") == feature["filename"].split("_")[2]
        assert feature["month"] == feature["date"].toString("yyyy-MM")
        assert feature.geometry().equals(geometries[feature["zone"]])
    first = next(layer.getFeatures())
    assert (first["zone"], first["count"], first["mean"], first["name"]) == (0, 10, 3816.8, "Canne à sucre 0")
    assert (first["index"], first["cloudmask"], first["completeness"]) == ("NDVI", "CM001", 1.0)
    without_probability = [feature for feature in layer.getFeatures() if "20210405" in feature["filename"]]
    assert without_probability
    assert {str(feature["cldprb"]) for feature in without_probability} == {"NULL"}


def test_the_table_has_the_whole_names_of_attributes(run, reference, tmp_path):
    """A shapefile cuts names to ten characters; the raw files of a GeoPackage's fields have them whole."""
    attributes = {"the_name_of_the_field": "A", "code": "00123", "area": "1.5", "remark": ""}
    tree = make_tree(tmp_path, [row(0, masked_name(), **attributes)])
    shutil.copytree(reference / "layers", tree / "shp_files", ignore=shutil.ignore_patterns("*.g*", "points*"))
    layer = run(tree, TABLE="TEMPORARY_OUTPUT")["TABLE"]
    assert [field.name() for field in layer.fields()][-4:] == list(attributes)


def test_a_table_needs_the_zones(run, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    shutil.rmtree(tree / "shp_files")
    with pytest.raises(QgsProcessingException, match=r"zones\.shp"):
        run(tree, TABLE="TEMPORARY_OUTPUT")
    assert not (tree / "compiled_data").exists()
    assert run(tree)["ROWS"] == 223


def test_a_zone_that_is_not_in_the_shapefile_is_named(run, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    path = next(tree.glob("raw_data/NDVI/*/*_NDVI_*.csv"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[-1].split(",")
    path.write_text("".join([*lines, ",".join([cells[0], "99", *cells[2:]])]), encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="99"):
        run(tree, TABLE="TEMPORARY_OUTPUT")


# The layer in QGIS


@pytest.fixture
def load(provider, qgis_new_project):
    """Return what runs compile as the toolbox does, and gives the layer as QGIS shows it."""

    def _load(tree: Path, **other: Any) -> QgsVectorLayer:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        table = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
        algorithm = provider.algorithm("compile").create()
        parameters = {"EXTRACTION": str(tree), "TABLE": table, **other}
        result, finished = algorithm.run(parameters, context, QgsProcessingFeedback())
        assert finished
        del algorithm  # as in the toolbox, where it may be gone when the layer is loaded
        gc.collect()
        ((identifier, details),) = context.layersToLoadOnCompletion().items()
        assert identifier == result["TABLE"]
        layer = context.takeResultLayer(identifier)
        details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
        return layer

    return _load


def test_the_layer_is_ready_for_the_temporal_controller(load, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    layer = load(tree)
    temporal = layer.temporalProperties()
    assert temporal.isActive()
    assert temporal.mode() == Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField
    assert temporal.startField() == "date"
    settings = QgsProject.instance().timeSettings()
    shown = settings.temporalRange()
    assert (shown.begin().toString("yyyy-MM-dd"), shown.end().toString("yyyy-MM-dd")) == ("2021-01-05", "2022-03-07")
    assert (settings.timeStep(), settings.timeStepUnit()) == (5, DAYS)
    # What the canvas asks for when the controller stands on the frame that holds the first date.
    frame = QgsDateTimeRange(shown.begin(), shown.begin().addDays(5))
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    request = QgsFeatureRequest().setFilterExpression(temporal.createFilterString(context, frame))
    assert {feature["date"].toString("yyyy-MM-dd") for feature in layer.getFeatures(request)} == {"2021-01-05"}


def test_a_range_that_the_project_has_stays(load, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    mine = QgsDateTimeRange(QDateTime(QDate(2021, 6, 1)), QDateTime(QDate(2021, 7, 1)))
    QgsProject.instance().timeSettings().setTemporalRange(mine)
    load(tree)
    assert QgsProject.instance().timeSettings().temporalRange() == mine


@pytest.mark.parametrize(("index", "green_end"), [("NDVI", True), ("NDWIGAO", False)])
def test_the_layer_is_coloured_by_the_mean_of_its_index(load, extraction, index, green_end):
    tree, _ = extraction("EXTRACTION_CM001")
    layer = load(tree, INDICES=[index])
    renderer = layer.renderer()
    assert isinstance(renderer, QgsGraduatedSymbolRenderer)
    assert renderer.classAttribute() == "mean"
    ranges = renderer.ranges()  # they own their symbols
    assert len(ranges) == 10
    last = ranges[-1].symbol().color()
    assert (last.green() > last.blue()) is green_end
    means = [feature["mean"] for feature in layer.getFeatures()]
    assert all(renderer.rangeForValue(mean) is not None for mean in means)


def test_rows_of_several_indices_have_a_ramp_over_their_values(load, extraction):
    tree, _ = extraction("EXTRACTION_CM001")
    layer = load(tree)
    means = sorted(feature["mean"] for feature in layer.getFeatures())
    assert layer.renderer().ranges()[0].label().startswith(f"{means[0] / 10000:.2f} ")
    assert layer.renderer().ranges()[-1].label().endswith(f" {means[-1] / 10000:.2f}")


def test_a_layer_without_rows_loads(load, reference, tmp_path):
    tree = make_tree(tmp_path)
    shutil.copytree(reference / "layers", tree / "shp_files", ignore=shutil.ignore_patterns("*.g*", "points*"))
    assert load(tree).featureCount() == 0


def test_it_runs_in_a_worker_as_the_toolbox_runs_it(provider, extraction, qgis_new_project):
    tree, _ = extraction("EXTRACTION_CM001")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    table = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    parameters = {"EXTRACTION": str(tree), "TABLE": table, "SMOOTHING": True}
    feedback = QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(provider.algorithm("compile").create(), parameters, context, feedback)
    ended: list[tuple[bool, dict[str, Any]]] = []
    task.executed.connect(lambda *outcome: ended.append(outcome))
    QgsApplication.taskManager().addTask(task)
    wait_for(lambda: ended, QCoreApplication.processEvents)
    ((finished, result),) = ended
    assert finished
    layer = context.takeResultLayer(result["TABLE"])
    context.layerToLoadOnCompletionDetails(result["TABLE"]).postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.featureCount() == 552
    assert layer.temporalProperties().isActive()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of the system cannot be changed here")
def test_an_acquisition_in_the_hour_that_summer_time_leaves_out_here_has_its_date(
    run, extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acquisitions are UTC: over Indonesia at 2:15, an hour that 2021-03-28 does not have in Paris."""
    tree, _ = extraction("EXTRACTION_CM001")
    shutil.rmtree(tree / "raw_data")
    name = masked_name("2021-03-28", time="02:15:00")
    made = make_tree(tree.parent / "made", [row(0, name)])
    (made / "raw_data").rename(tree / "raw_data")
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        (feature,) = run(tree, TABLE="TEMPORARY_OUTPUT")["TABLE"].getFeatures()
        assert feature["date"].toString("yyyy-MM-dd HH:mm:ss") == "2021-03-28 02:15:00"
    finally:
        monkeypatch.undo()
        time.tzset()


# What is refused


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"PERIODS": ["custom"]}, "both a first and a last date"),
        ({"PERIODS": ["custom"], "DATE_MIN": DATES["DATE_MAX"], "DATE_MAX": DATES["DATE_MIN"]}, "2021-02-01"),
        ({"CLOUDMASKS": "CM9"}, "CM9"),
        ({"SMOOTHING": True, "WINDOW_LENGTH": 3, "POLYORDER": 3}, "window of 3"),
        ({"SMOOTHING": True, "WINDOW_LENGTH": 2_000_000_001}, "WINDOW_LENGTH"),
        ({"PERIODS": ["hourly"]}, "PERIODS"),
        ({"COVER_MAX": 101}, "COVER_MAX"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_before_anything_is_done(run, extraction, wrong, why):
    tree, _ = extraction("EXTRACTION_CM004")
    with pytest.raises(QgsProcessingException, match=why):
        run(tree, **wrong)
    assert not (tree / "compiled_data").exists()


def test_a_folder_that_is_no_extraction_is_refused(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="is not an extraction folder"):
        run(tmp_path)


def test_a_damaged_raw_file_is_named_and_the_others_go_on(provider, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    path = next(tree.glob("raw_data/NDVI/*/*_NDVI_*.csv"))
    path.write_bytes(path.read_bytes()[:-20])
    feedback = Errors()
    algorithm = provider.algorithm("compile").create()
    result, finished = algorithm.run({"EXTRACTION": str(tree)}, QgsProcessingContext(), feedback)
    assert finished
    assert 0 < result["ROWS"] < 223
    assert [path.name in line for line in feedback.errors] == [True]


class Errors(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def reportError(self, error: str, fatal: bool = False) -> None:
        self.errors.append(error)


class CancelAtHalf(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__()
        self.progressChanged.connect(lambda percent: percent >= 50 and self.cancel())


def test_cancel_leaves_whole_files_and_a_second_run_completes(provider, run, extraction):
    tree, expected = extraction("EXTRACTION_CM001")
    algorithm = provider.algorithm("compile").create()
    parameters = {"EXTRACTION": str(tree), **FULL}
    _, finished = algorithm.run(parameters, QgsProcessingContext(), CancelAtHalf())
    assert not finished
    assert not list(tree.glob(".sen2chain_ts/tmp/*"))
    done = [path.name for path in tree.glob("compiled_data/**/*.csv")]
    assert len(done) < 424
    run(tree, **FULL)
    assert differences(tree / "compiled_data", expected) == []


def test_the_modeler_knows_the_fields_of_the_table(provider, extraction):
    tree, _ = extraction("EXTRACTION_CM004")
    algorithm = provider.algorithm("compile").create()
    parameters = {"EXTRACTION": str(tree), "PERIODS": ["yearly"]}
    properties = algorithm.sinkProperties("TABLE", parameters, QgsProcessingContext(), {})
    assert properties.availability == QgsProcessingAlgorithm.PropertyAvailability.Available
    assert {"date", "zone", "mean", "year", "remark"} <= {field.name() for field in properties.fields}
    assert properties.crs.authid() == "EPSG:4326"
    assert properties.wkbType == QgsWkbTypes.Type.MultiPolygon
    for wrong in ({"EXTRACTION": "/nowhere"}, {**parameters, "CLOUDMASKS": "CM9"}):
        unknown = algorithm.sinkProperties("TABLE", wrong, QgsProcessingContext(), {})
        assert unknown.availability == QgsProcessingAlgorithm.PropertyAvailability.NotAvailable
