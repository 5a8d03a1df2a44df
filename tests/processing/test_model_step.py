"""In a model, an expression that gives NULL is refused by name, and what is left out has its default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
    QgsProject,
    QgsVectorLayer,
)
from qgis.core import (
    QgsProcessingModelChildParameterSource as Source,
)

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.step_errors import StepErrors

_TEXT_OF_A_FEATURE = "attribute(get_feature_by_id('texts', 1), 'text')"  # a NULL that knows it is a text
NULLS = ["NULL", "to_int(NULL)", "@word", "if(1 = 0, 'x', NULL)", "array_get(array(1), 5)", _TEXT_OF_A_FEATURE]
NOT_GIVEN = {
    "an input": [Source.fromModelParameter("word")],
    "an empty value": [Source.fromStaticValue(None)],
    "an empty text": [Source.fromExpression("''")],
    "no source": [],
}


def model_of(
    sources: dict[str, list[Source]],
    folder: Path,
    name: str = "two steps",
    step: str = "samplelibrary",
    plain: dict[str, Any] | None = None,
) -> QgsProcessingModelAlgorithm:
    """Return a model of one step, a library that is made if nothing else is said, with some of its parameters wired."""
    model = QgsProcessingModelAlgorithm(name, "tests")
    definition = QgsProcessingParameterString("word", "word", optional=True)
    model.addModelParameter(definition, QgsProcessingModelParameter("word"))
    child = QgsProcessingModelChildAlgorithm(f"sen2chain_ts:{step}")
    child.setChildId("step")
    library = {"OUTPUT": str(folder / "library"), "SIZE": 64, "DATES": 4}
    for parameter, value in (library if plain is None else plain).items():
        child.addParameterSources(parameter, [Source.fromStaticValue(value)])
    for parameter, given in sources.items():
        child.addParameterSources(parameter, given)
    model.addChildAlgorithm(child)
    model.initAlgorithm({})
    return model


def run(model: Any, **values: Any) -> list[str]:
    """Run a model, and return the errors."""
    errors = StepErrors()
    _, succeeded = model.run(values, QgsProcessingContext(), errors)
    assert succeeded != bool(errors.errors)
    return errors.errors


@pytest.fixture
def texts() -> Iterator[None]:
    """A layer of the project with a feature whose text is NULL."""
    layer = QgsVectorLayer("NoGeometry?field=text:string", "texts", "memory")
    feature = QgsFeature(layer.fields())
    assert layer.dataProvider().addFeatures([feature])[0]
    QgsProject.instance().addMapLayer(layer)
    yield
    QgsProject.instance().removeMapLayer(layer.id())


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("expression", NULLS)
@pytest.mark.parametrize("parameter", ["SEED", "DATES"])
def test_an_expression_that_gives_null(
    provider: Sen2ChainProvider, tmp_path: Path, parameter: str, expression: str
) -> None:
    errors = run(model_of({parameter: [Source.fromExpression(expression)]}, tmp_path))
    assert any(error.startswith(parameter) and "NULL" in error and expression in error for error in errors), errors
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("expression", NULLS)
@pytest.mark.parametrize("parameter", ["INDICES", "PERIODS", "DATE_MIN", "CLOUDMASKS"])
def test_an_expression_that_gives_null_for_a_text(
    provider: Sen2ChainProvider, tmp_path: Path, parameter: str, expression: str
) -> None:
    """An empty text would leave them out."""
    sources = {
        "EXTRACTION": [Source.fromStaticValue(str(tmp_path))],
        parameter: [Source.fromExpression(expression)],
    }
    errors = run(model_of(sources, tmp_path, step="compile", plain={}))
    assert any(error.startswith(parameter) and "NULL" in error and expression in error for error in errors), errors


@pytest.mark.parametrize("what", NOT_GIVEN)
def test_what_is_left_out(provider: Sen2ChainProvider, tmp_path: Path, what: str) -> None:
    assert run(model_of({"SEED": NOT_GIVEN[what]}, tmp_path)) == []
    assert (tmp_path / "library").is_dir()


def test_an_expression_that_gives_something(provider: Sen2ChainProvider, tmp_path: Path) -> None:
    model = model_of({"SEED": [Source.fromExpression("@word")]}, tmp_path)
    assert run(model, word="4") == []
    assert any("NULL" in error for error in run(model))


def test_a_model_that_only_qgis_holds(provider: Sen2ChainProvider, tmp_path: Path) -> None:
    models = QgsApplication.processingRegistry().providerById("project")
    models.add_model(model_of({"SEED": [Source.fromExpression("NULL")]}, tmp_path, "kept"))
    try:
        found = QgsApplication.processingRegistry().algorithmById("project:kept")
        assert any(error.startswith("SEED") for error in run(found.create()))
    finally:
        QgsProject.instance().clear()
