"""The model that ships with the plugin, and a model that a user may make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingParameterDefinition,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from sen2chain_ts_plugin.processing.models import MODELS, ExtractAndCompile
from sen2chain_ts_plugin.processing.support.compat import is_null
from tests.support.compare import differences

DATES = {"DATE_MIN": QDateTime(QDate(2021, 1, 1)), "DATE_MAX": QDateTime(QDate(2022, 4, 1))}


@pytest.fixture
def asked(reference: Path, tmp_path: Path) -> dict[str, Any]:
    """Return what to ask the model for, to get the first rows and files of the reference."""
    return {
        "INPUT": str(reference / "layers" / "zones.shp"),
        "LIBRARY": str(reference / "library"),
        "INDICES": ["NDVI"],
        "CLOUDMASKS": "CM004-CSH1-CMP1-CHP1-TCI1-ITER1",
        "PERIODS": ["alldata", "monthly"],
        "extract:OUTPUT": str(tmp_path / "extraction"),
        **DATES,
    }


def expected_folder(reference: Path) -> Path:
    return next((reference / "expected" / "EXTRACTION_CM004").iterdir())


def test_the_model_extracts_and_compiles(provider, reference, asked, tmp_path):
    import processing

    result = processing.run("sen2chain_ts:extractandcompile", {**asked, "compile:TABLE": "TEMPORARY_OUTPUT"})
    expected = expected_folder(reference)
    tree = tmp_path / "extraction" / expected.name
    assert differences(tree / "raw_data", expected / "raw_data") == []
    for period in ("all_data", "monthly"):
        folder = f"compiled_data/NDVI/{asked['CLOUDMASKS']}/{period}"
        assert differences(tree / folder, expected / folder) == []
    assert not (tree / "compiled_data" / "NDVI" / asked["CLOUDMASKS"] / "custom").exists()
    steps = result["CHILD_RESULTS"]
    assert steps["extract"]["EXTRACTION"] == str(tree)
    assert steps["compile"]["COMPILED"] == str(tree / "compiled_data")
    table = result["compile:TABLE"]
    assert (table if isinstance(table, QgsVectorLayer) else QgsVectorLayer(table)).featureCount() == 223


def test_the_model_passes_on_what_it_asks(provider, asked, tmp_path):
    import processing

    other = {"PERIODS": ["custom"], "SMOOTHING": True, "COVER_MAX": 50, "DATE_MAX": QDateTime(QDate(2021, 12, 31))}
    processing.run("sen2chain_ts:extractandcompile", {**asked, **other})
    (tree,) = (tmp_path / "extraction").iterdir()
    names = {path.name for path in tree.glob("compiled_data/**/*.csv")}
    assert "zones_CC50_NDVI_2021-01-05_2021-11-01.csv" in names
    assert "zones_CC50_NDVI_all_data_smooth.csv" in names
    # What the library says is cloudier than that, was not extracted.
    assert not list(tree.glob("raw_data/**/*20210311*40KCB*.csv"))


def test_the_model_stands_in_the_toolbox_with_its_outputs(provider):
    model = provider.algorithm("extractandcompile")
    assert model.displayName() == "Extract and compile"
    assert model.group() == provider.algorithm("extract").group()
    assert {parameter.name() for parameter in model.destinationParameterDefinitions()} == {
        "extract:OUTPUT",
        "compile:TABLE",
    }
    assert all(parameter.flags() & parameter.Flag.FlagOptional for parameter in model.destinationParameterDefinitions())
    assert model.canExecute() == (True, "")


@pytest.mark.parametrize("kind", MODELS)
def test_a_model_asks_what_its_steps_ask(provider, kind):
    """A parameter that was renamed, a word or a range that changed: scripts/make_models.py writes the models again."""
    model = provider.algorithm(kind.ID).create()
    takers: dict[str, list[dict[str, Any]]] = {}
    for child in model.childAlgorithms().values():
        for name, sources in child.parameterSources().items():
            for source in sources:
                if source.parameterName():  # a parameter of the model, not a fixed value nor another step's result
                    original = said(child.algorithm().parameterDefinition(name))
                    takers.setdefault(source.parameterName(), []).append(original)
    assert len(takers) > 8
    # What several steps take may have another default and text in the model.
    own = dict.fromkeys(("default", "flags", "description", "help", "metadata"))
    for name, originals in takers.items():
        copy = said(model.parameterDefinition(name))
        assert {**copy, **own} in [{**original, **own} for original in originals], name
        if copy["parameter_type"] == "number" and any(original["data_type"] == 0 for original in originals):
            assert copy["data_type"] == 0, f"{name} is a whole number for a step"


def said(parameter: QgsProcessingParameterDefinition) -> dict[str, Any]:
    """Return what a parameter says of itself; a text that is not there may be empty or NULL."""
    return {key: value for key, value in parameter.toVariantMap().items() if not is_null(value) and value != ""}


def test_the_model_opens_in_the_designer():
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(ExtractAndCompile.path()))
    assert set(model.childAlgorithms()) == {"extract", "compile"}


def test_extract_feeds_compile_in_a_users_own_model(provider, asked, reference):
    """The folder that extract gives is offered for compile's EXTRACTION, and works."""
    model = QgsProcessingModelAlgorithm("mine", "mine")
    extract = QgsProcessingModelChildAlgorithm("sen2chain_ts:extract")
    extract.setChildId("first")
    values = {name: value for name, value in asked.items() if name not in ("PERIODS", "extract:OUTPUT")}
    for name, value in {**values, "OUTPUT": asked["extract:OUTPUT"]}.items():
        extract.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
    model.addChildAlgorithm(extract)
    compile_step = QgsProcessingModelChildAlgorithm("sen2chain_ts:compile")
    compile_step.setChildId("second")
    extraction = provider.algorithm("compile").parameterDefinition("EXTRACTION")
    source = QgsProcessingModelChildParameterSource.fromChildOutput("first", "EXTRACTION")
    compile_step.addParameterSources("EXTRACTION", [source])
    model.addChildAlgorithm(compile_step)
    offered = model.availableSourcesForChild("second", [extraction.type()], ["outputFolder"])
    assert ("first", "EXTRACTION") in [(each.outputChildId(), each.outputName()) for each in offered]
    result, finished = model.run({}, QgsProcessingContext(), QgsProcessingFeedback())
    assert finished
    assert result["CHILD_RESULTS"]["second"]["ROWS"] == 223


def test_a_model_extracts_compiles_and_smooths(provider, asked, tmp_path):
    import processing

    del asked["PERIODS"]
    result = processing.run("sen2chain_ts:extractcompileandsmooth", {**asked, "smooth:TABLE": "TEMPORARY_OUTPUT"})
    tree = Path(result["CHILD_RESULTS"]["extract"]["EXTRACTION"])
    folder = Path("NDVI", asked["CLOUDMASKS"])
    assert len(list((tree / "compiled_data" / folder / "all_data").iterdir())) == 1
    assert len(list((tree / "analysis_data" / folder / "smooth").iterdir())) == 2


def test_a_model_makes_monthly_means_for_a_spreadsheet(provider, asked, tmp_path):
    import processing

    del asked["PERIODS"]
    wide = tmp_path / "months.xlsx"
    processing.run("sen2chain_ts:monthlymeans", {**asked, "aggregate:WIDE_TABLE": str(wide)})
    layer = QgsVectorLayer(str(wide), "months", "ogr")
    assert layer.featureCount() > 0
    assert {"2021-01", "2021-06"} <= {field.name() for field in layer.fields()}


def test_a_model_compares_a_season_with_others(provider, asked, tmp_path):
    import processing

    del asked["PERIODS"]
    result = processing.run("sen2chain_ts:seasonbesideothers", {**asked, "MIN_YEARS": 2})
    tree = Path(result["CHILD_RESULTS"]["extract"]["EXTRACTION"])
    names = {path.name for path in (tree / "analysis_data").rglob("*.csv")}
    assert "zones_NDVI_season_smooth_anomaly.csv" in names
