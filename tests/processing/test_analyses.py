"""The analyses through QGIS Processing: files, outputs, tables, layers ready to be looked at, what is refused."""

from __future__ import annotations

import csv
import gc
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from sen2chain_ts_plugin.engine.analysis.parameters import KINDS, PARAMETERS
from sen2chain_ts_plugin.engine.series import batches
from tests.support.analysis_tree import YEARS, analysis_tree
from tests.support.raw_tree import read

FOLDER = Path("analysis_data", "NDVI", "CM001")


@pytest.fixture(scope="module")
def made(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = analysis_tree(tmp_path_factory.mktemp("made"))
    shutil.copytree(reference / "layers", tree / "shp_files", ignore=shutil.ignore_patterns("*.g*", "points*"))
    return tree


@pytest.fixture
def tree(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def run(provider, tree):
    import processing

    def _run(kind: str, **other: Any) -> dict[str, Any]:
        return processing.run(f"sen2chain_ts:{kind}", {"EXTRACTION": str(tree), **other})

    return _run


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("smooth", ["smooth", "smooth_stats"]),
        ("aggregate", ["month"]),
        ("anomaly", ["month_anomaly", "month_normals"]),
        ("trend", ["trend"]),
        ("phenology", ["seasons"]),
    ],
)
def test_files_and_outputs(run, provider, tree: Path, kind: str, files: list[str]) -> None:
    result = run(kind, TABLE="TEMPORARY_OUTPUT")
    folder = tree / FOLDER / kind
    assert sorted(path.name for path in folder.iterdir()) == [f"zones_NDVI_{name}.csv" for name in files]
    assert (result["ANALYSIS"], result["FILES"]) == (str(tree / "analysis_data"), len(files))
    declared = {output.name() for output in provider.algorithm(kind).outputDefinitions()}
    assert set(result) == declared - {"WIDE_TABLE"}
    shown = folder / f"zones_NDVI_{files[0]}.csv"
    assert result["TABLE"].featureCount() == len(read(shown)) > 0
    if kind != "anomaly":  # ROWS counts the first file, which for anomalies are the normals
        assert result["ROWS"] == len(read(shown))
    with shown.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    names = [field.name() for field in result["TABLE"].fields()]
    attributes = ["name", "code"] if header[-1] == "code" else []
    columns = ["zone" if name == "fid" else name for name in header[: len(header) - len(attributes)]]
    assert names[: len(columns) + 2] == [*columns, "index", "cloudmask"]


def test_defaults_are_those_of_the_engine(provider) -> None:
    for kind in KINDS:
        algorithm = provider.algorithm(kind)
        for parameter in PARAMETERS[kind]:
            default = algorithm.parameterDefinition(parameter.name).defaultValue()
            wanted = parameter.default
            wanted = list(wanted) if isinstance(wanted, tuple) else wanted
            wanted = wanted.isoformat() if hasattr(wanted, "isoformat") else wanted
            assert default == wanted or (wanted == "" and default is None), (kind, parameter.name)


def test_the_table_of_smooth(run, tree: Path) -> None:
    layer = run("smooth", TABLE="TEMPORARY_OUTPUT")["TABLE"]
    rows = read(tree / FOLDER / "smooth" / "zones_NDVI_smooth.csv")
    for feature, row in zip(layer.getFeatures(), rows):
        assert feature["date"].toString("yyyy-MM-dd") == row["date"]
        assert feature["zone"] == int(row["fid"])
        assert (feature["value"] == float(row["value"])) if row["value"] else str(feature["value"]) == "NULL"
        assert (feature["used"] == int(row["used"])) if row["used"] else str(feature["used"]) == "NULL"
        assert not feature.geometry().isNull()
    assert QgsWkbTypes.isMultiType(layer.wkbType())


def test_settings_reach_the_engine(run, tree: Path) -> None:
    run("smooth", LAMBDA=500, STEP=10, ROBUST="no", SPIKE=0)
    rows = read(tree / FOLDER / "smooth" / "zones_NDVI_smooth_stats.csv")
    assert {row["lambda"] for row in rows} == {"500.0"}
    assert {row["spikes"] for row in rows} == {"0"}
    run("aggregate", PERIOD="days", DAYS=30, ORIGIN="2016-01-03", STATISTICS="max,std", SOURCE="smooth")
    rows = read(tree / FOLDER / "aggregate" / "zones_NDVI_days30_smooth.csv")
    assert list(rows[0])[:4] == ["period", "begin", "end", "fid"]
    assert rows[0]["begin"] == "2016-01-03"
    assert rows[0]["dates"] == "3"
    run("aggregate", PERIOD="year", START_MONTH=7, VALUE="median")
    assert (tree / FOLDER / "aggregate" / "zones_NDVI_year_from07.csv").is_file()
    run("phenology", METHOD="derivative", CURVE="linear", START_MONTH=7, MAX_SEASONS=1)
    run("trend", FROM_MONTH=6, TO_MONTH=8, STATISTIC="max")
    run("anomaly", PERIOD="season", REFERENCE_MIN=2016, REFERENCE_MAX="2020", LEAVE_OUT=False, SPREAD=0.01)


@pytest.mark.parametrize(
    ("kind", "parameters", "named"),
    [
        ("smooth", {"LAMBDA": "stiff"}, "LAMBDA"),
        ("smooth", {"LAMBDA": -1}, "LAMBDA"),
        ("smooth", {"METHOD": "loess"}, "METHOD"),
        ("smooth", {"ENVELOPE": 1.5}, "ENVELOPE"),
        ("smooth", {"METHOD": "savgol", "WINDOW_DAYS": 60}, "WINDOW_DAYS"),
        ("smooth", {"METHOD": "savgol", "WINDOW_DAYS": 5, "POLYORDER": 5}, "POLYORDER"),
        ("smooth", {"STEP": 0}, "STEP"),
        ("smooth", {"MIN_VALID": "half"}, "MIN_VALID"),
        ("aggregate", {"PERIOD": "fortnight"}, "PERIOD"),
        ("aggregate", {"STATISTICS": "mean,mode"}, "STATISTICS"),
        ("aggregate", {"SOURCE": "smooth", "STATISTICS": "pooled_mean"}, "STATISTICS"),
        ("aggregate", {"WIDE_TABLE": "TEMPORARY_OUTPUT"}, "WIDE"),
        ("aggregate", {"START_MONTH": 13}, "START_MONTH"),
        ("aggregate", {"ORIGIN": "soon"}, "ORIGIN"),
        ("anomaly", {"PERIOD": "year"}, "PERIOD"),
        ("anomaly", {"REFERENCE_MIN": 2020, "REFERENCE_MAX": 2018}, "REFERENCE_MIN"),
        ("anomaly", {"MIN_YEARS": 0}, "MIN_YEARS"),
        ("trend", {"TO_MONTH": 0}, "TO_MONTH"),
        ("phenology", {"FRACTION": 2}, "FRACTION"),
        ("phenology", {"MAX_GAP_IN_SEASON": -1}, "MAX_GAP_IN_SEASON"),
    ],
)
def test_what_cannot_be_is_refused_by_name(run, tree: Path, kind: str, parameters: dict[str, Any], named: str) -> None:
    with pytest.raises(QgsProcessingException, match=named):
        run(kind, **parameters)
    assert not (tree / "analysis_data").exists()


def test_a_curve_that_nobody_has_drawn_is_asked_for(run) -> None:
    for kind in ("aggregate", "anomaly"):
        with pytest.raises(QgsProcessingException, match="sen2chain_ts:smooth"):
            run(kind, SOURCE="smooth")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "gpkg"])
def test_the_wide_table_opens_in_a_spreadsheet(run, tree: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"wide.{ending}"
    run("aggregate", PERIOD="season", WIDE="median", WIDE_TABLE=str(path))
    layer = QgsVectorLayer(str(path), "wide", "ogr")
    assert layer.isValid()
    names = [field.name() for field in layer.fields() if field.name() != "fid"]
    steps = ("djf", "mam", "jja", "son")
    seasons = [f"{2015 + (number + 3) // 4}-{steps[number % 4]}" for number in range(4 * YEARS + 1)]
    assert names[:-4] == ["zone", *seasons, "index", "cloudmask"][: len(names) - 4]
    assert layer.featureCount() == 3
    rows = read(tree / FOLDER / "aggregate" / "zones_NDVI_season_wide.csv")
    for feature, row in zip(layer.getFeatures(), rows):
        for name in seasons:
            assert float(feature[name]) == pytest.approx(float(row[name]))


@pytest.fixture
def load(provider, qgis_new_project, tree: Path):
    """Return what runs an analysis as the toolbox does, and gives the layer as QGIS shows it."""

    def _load(kind: str, **other: Any) -> QgsVectorLayer:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        table = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
        algorithm = provider.algorithm(kind).create()
        parameters = {"EXTRACTION": str(tree), "TABLE": table, **other}
        _, finished = algorithm.run(parameters, context, QgsProcessingFeedback())
        assert finished
        del algorithm
        gc.collect()
        ((identifier, details),) = context.layersToLoadOnCompletion().items()
        layer = context.takeResultLayer(identifier)
        details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
        layer.setName(details.name)
        return layer

    return _load


@pytest.mark.parametrize(
    ("kind", "begin", "end", "field", "classes", "name"),
    [
        ("smooth", "date", "", "value", 10, "zones, NDVI smoothed"),
        ("aggregate", "begin", "end", "mean", 10, "zones, NDVI by period"),
        ("anomaly", "begin", "end", "z", 5, "zones, anomaly of NDVI"),
        ("phenology", "sos", "eos", "sos_doy", 5, "zones, seasons of NDVI"),
        ("trend", "", "", "slope", 5, "zones, trend of NDVI"),
    ],
)
def test_layers_are_ready_to_be_looked_at(
    load, kind: str, begin: str, end: str, field: str, classes: int, name: str
) -> None:
    layer = load(kind)
    temporal = layer.temporalProperties()
    modes = Qgis.VectorTemporalMode
    assert temporal.isActive() == bool(begin)
    if begin:
        wanted = modes.FeatureDateTimeStartAndEndFromFields if end else modes.FeatureDateTimeInstantFromField
        assert (temporal.mode(), temporal.startField()) == (wanted, begin)
        assert not end or temporal.endField() == end
    renderer = layer.renderer()
    assert (renderer.classAttribute(), len(renderer.ranges())) == (field, classes)
    assert layer.name() == name
    values = [feature[field] for feature in layer.getFeatures() if str(feature[field]) != "NULL"]
    assert all(any(each.lowerValue() <= value <= each.upperValue() for each in renderer.ranges()) for value in values)


def test_an_anomaly_has_two_styles(load) -> None:
    layer = load("anomaly")
    styles = layer.styleManager()
    assert styles.currentStyle() == "z"
    assert set(styles.styles()) == {"z", "VCI"}
    labels = ["z < -2", "z -2 … -1", "z -1 … 1", "z 1 … 2", "z > 2"]
    assert [each.label() for each in layer.renderer().ranges()] == labels
    styles.setCurrentStyle("VCI")
    assert layer.renderer().classAttribute() == "vci"
    assert layer.renderer().ranges()[0].label() == "VCI < 20"


def test_every_legend_names_its_value(load) -> None:
    seasons, trend = load("phenology"), load("trend")
    first = seasons.renderer().ranges()[0].label()
    assert re.fullmatch(r"starts \d+ [A-Z][a-z]{2} … \d+ [A-Z][a-z]{2}", first), first
    assert all(each.label().endswith(" per year") for each in trend.renderer().ranges())


def test_every_field_of_a_result_has_a_title(load) -> None:
    for kind in ("smooth", "aggregate", "anomaly", "phenology", "trend"):
        names = [field.name() for field in load(kind).fields()]
        untitled = [field.name() for field in load(kind).fields() if not field.alias()]
        # The attributes of the zones stand last, under the names that they have there.
        assert untitled == names[-len(untitled) :], kind


@pytest.mark.parametrize("kind", ["trend", "anomaly"])
def test_zones_without_any_value_are_drawn_and_the_legend_says_why(load, kind: str) -> None:
    layer = load(kind, MIN_YEARS=90)
    (category,) = layer.renderer().categories()
    assert category.label() == f"no {kind}: too few years"
    assert layer.featureCount() > 0


def test_tasks_and_batches_change_nothing(run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents: dict[str, set[bytes]] = {}
    for threads, batch in ((1, batches.BATCH_BYTES), (3, 20_000)):
        monkeypatch.setattr(batches, "BATCH_BYTES", batch)
        for kind in ("smooth", "phenology"):
            run(kind, THREADS=threads)
        for path in (tree / FOLDER).rglob("*.csv"):
            contents.setdefault(path.name, set()).add(path.read_bytes())
    assert len(contents) == 3
    assert all(len(found) == 1 for found in contents.values())
