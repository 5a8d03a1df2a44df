"""In a model, an expression that gives NULL is refused by name, and what is left out has its default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
)
from qgis.core import (
    QgsProcessingModelChildParameterSource as Source,
)

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.step_errors import StepErrors

NULLS = ["NULL", "to_int(NULL)", "@word", "if(1 = 0, 'x', NULL)", "array_get(array(1), 5)"]
NOT_GIVEN = {
    "an input": [Source.fromModelParameter("word")],
    "an empty value": [Source.fromStaticValue(None)],
    "an empty text": [Source.fromExpression("''")],
    "no source": [],
}


def model_of(sources: dict[str, list[Source]], folder: Path, name: str = "two steps") -> QgsProcessingModelAlgorithm:
    """Return a model that makes a library, with some of its parameters wired."""
    model = QgsProcessingModelAlgorithm(name, "tests")
    definition = QgsProcessingParameterString("word", "word", optional=True)
    model.addModelParameter(definition, QgsProcessingModelParameter("word"))
    child = QgsProcessingModelChildAlgorithm("sen2chain_ts:samplelibrary")
    child.setChildId("step")
    plain = {"OUTPUT": str(folder / "library"), "SIZE": 64, "DATES": 4}
    for parameter, value in plain.items():
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


@pytest.mark.parametrize("expression", NULLS)
@pytest.mark.parametrize("parameter", ["SEED", "DATES"])
def test_an_expression_that_gives_null(
    provider: Sen2ChainProvider, tmp_path: Path, parameter: str, expression: str
) -> None:
    errors = run(model_of({parameter: [Source.fromExpression(expression)]}, tmp_path))
    assert any(error.startswith(parameter) and "NULL" in error and expression in error for error in errors), errors
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("what", NOT_GIVEN)
def test_what_is_left_out(provider: Sen2ChainProvider, tmp_path: Path, what: str) -> None:
    assert run(model_of({"SEED": NOT_GIVEN[what]}, tmp_path)) == []
    assert (tmp_path / "library").is_dir()


def test_an_expression_that_gives_something(provider: Sen2ChainProvider, tmp_path: Path) -> None:
    model = model_of({"SEED": [Source.fromExpression("@word")]}, tmp_path)
    assert run(model, word="4") == []
    assert any("NULL" in error for error in run(model))


def test_a_model_that_only_qgis_holds(provider: Sen2ChainProvider, tmp_path: Path) -> None:
    from qgis.core import QgsProject

    models = QgsApplication.processingRegistry().providerById("project")
    models.add_model(model_of({"SEED": [Source.fromExpression("NULL")]}, tmp_path, "kept"))
    try:
        found = QgsApplication.processingRegistry().algorithmById("project:kept")
        assert any(error.startswith("SEED") for error in run(found.create()))
    finally:
        QgsProject.instance().clear()
