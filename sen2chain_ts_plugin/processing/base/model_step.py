"""Tells an expression of a model that gives NULL from a value that the model leaves out.

QGIS hands both to the step as nothing at all, and does not tell the step which model it belongs to. The context of its
expressions has the name of the model and of its inputs: the model is found by these, among those that QGIS has
registered and those that a calling function in Python has. Of a model that the designer runs before it is saved,
nobody can tell.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterable, Iterator
from types import FrameType

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QVariant

from ..support.compat import EXPRESSION

_INPUTS, _MODEL_NAME, _MODEL_GROUP = "algorithm_inputs", "model_name", "model_group"


def null_expression(algorithm: QgsProcessingAlgorithm, name: str, context: QgsProcessingContext) -> str:
    """Return the expression of a model that gives NULL for a parameter of its step; empty where there is none.

    Where several models may be the one that runs, and only some have such an expression, it is taken for none.
    """
    variables = context.expressionContext()
    if not variables.hasVariable(_MODEL_NAME):
        return ""
    calling = list(itertools.islice(_models(_of_callers(), variables), 1))
    models = calling or _models(_registered(), variables)
    found = [_null_in(model, algorithm.id(), name, variables) for model in models]
    return found[0] if found and all(found) else ""


def _null_in(model: QgsProcessingModelAlgorithm, algorithm_id: str, name: str, variables: QgsExpressionContext) -> str:
    steps = (child for child in model.childAlgorithms().values() if child.algorithmId() == algorithm_id)
    sources = (source for step in steps for source in step.parameterSources().get(name, []))
    texts = (source.expression() for source in sources if source.source() == EXPRESSION)
    return next((text for text in texts if _is_null(text, variables)), "")


def _is_null(text: str, variables: QgsExpressionContext) -> bool:
    expression = QgsExpression(text)
    value = expression.evaluate(variables)
    return not expression.hasEvalError() and (value is None or (isinstance(value, QVariant) and value.isNull()))


def _models(
    models: Iterable[QgsProcessingModelAlgorithm], variables: QgsExpressionContext
) -> Iterator[QgsProcessingModelAlgorithm]:
    """Yield the models that may be running: of the name, group and inputs that the context has."""
    about = (variables.variable(_MODEL_NAME), variables.variable(_MODEL_GROUP), _inputs(variables))
    for model in models:
        if (model.displayName(), model.group(), {each.name() for each in model.parameterDefinitions()}) == about:
            yield model


def _inputs(variables: QgsExpressionContext) -> set[str]:
    scopes = [scope for scope in variables.scopes() if scope.name() == _INPUTS]
    return set(scopes[-1].variableNames()) if scopes else set()


def _of_callers() -> Iterator[QgsProcessingModelAlgorithm]:
    """Yield the models that the functions above this one on the stack have, where Python runs one and waits."""
    frame: FrameType | None = inspect.currentframe()
    while frame is not None:
        here = [each for each in list(frame.f_locals.values()) if isinstance(each, QgsProcessingModelAlgorithm)]
        yield from (each for each in here if not sip.isdeleted(each))
        frame = frame.f_back


def _registered() -> Iterator[QgsProcessingModelAlgorithm]:
    """Yield the models that QGIS has registered."""
    found = QgsApplication.processingRegistry().algorithms()
    yield from (each for each in found if isinstance(each, QgsProcessingModelAlgorithm))
