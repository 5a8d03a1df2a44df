"""Write the models that ship with the plugin. Usage: ``python scripts/make_models.py``, with the Python of QGIS 3.22.

A model could be edited in QGIS's model designer too; but a file that a newer QGIS has written may not open in 3.22, and
its outputs get other names. So it is made here, in the oldest QGIS that counts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_HASH_SEED"] = "0"  # the attributes of XML in the same order each time
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qgis.core import (  # noqa: E402 the path has to be known first
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF, QSizeF  # noqa: E402

from sen2chain_ts_plugin.processing import models  # noqa: E402
from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider  # noqa: E402

_ZONES = ("INPUT", "LIBRARY", "INDICES", "CLOUDMASKS", "DATE_MIN", "DATE_MAX", "COVER_MIN", "COVER_MAX", "THREADS")


class Step:
    """A step of a model.

    Parameters
    ----------
    algorithm
        its id.
    asked
        what the model asks for it.
    passed_on
        of what the model asks anyway, what it gets too.
    fixed
        values that are always the same.
    outputs
        layers and folders of it that are outputs of the model.
    """

    def __init__(self, algorithm, asked=(), passed_on=(), fixed=None, outputs=("TABLE",)) -> None:
        self.algorithm, self.asked, self.passed_on, self.outputs = algorithm, asked, passed_on, outputs
        self.fixed = fixed or {}


_EXTRACT = Step("extract", _ZONES, outputs=("OUTPUT",))
_CHOICE = ("INDICES", "CLOUDMASKS")
STEPS = {
    models.ExtractAndCompile: (
        _EXTRACT,
        Step("compile", ("PERIODS", "SMOOTHING"), (*_CHOICE, "DATE_MIN", "DATE_MAX", "COVER_MAX")),
    ),
    models.ExtractCompileAndSmooth: (
        _EXTRACT,
        Step("compile", passed_on=(*_CHOICE, "COVER_MAX"), outputs=()),
        Step("smooth", ("METHOD", "LAMBDA", "SPIKE_ON_CLEAR"), _CHOICE),
    ),
    models.MonthlyMeans: (
        _EXTRACT,
        Step("aggregate", ("STATISTICS", "MIN_VALID"), _CHOICE, {"PERIOD": "month", "WIDE": "mean"},
             ("TABLE", "WIDE_TABLE")),
    ),
    models.SeasonBesideOthers: (
        _EXTRACT,
        Step("smooth", ("SPIKE_ON_CLEAR",), _CHOICE, outputs=()),
        Step("anomaly", ("LEAVE_OUT", "MIN_YEARS"), _CHOICE, {"SOURCE": "smooth", "PERIOD": "season"}),
    ),
}  # fmt: skip


def strictest(definitions) -> QgsProcessingParameterDefinition:
    """Return a parameter whose values are right for all steps that have it: whole numbers, if one step wants these."""
    whole = [each for each in definitions if each.type() == "number" and each.toVariantMap()["data_type"] == 0]
    found = (whole or definitions)[0].clone()
    found.setDescription(definitions[0].description())
    found.setHelp(definitions[0].help())
    return found


def parameters(provider, model) -> list[QgsProcessingParameterDefinition]:
    """Return copies of the parameters that a model asks, without what is for dialogs: that is of the day."""
    takers: dict[str, list[QgsProcessingParameterDefinition]] = {}
    for step in STEPS[model]:
        for name in (*step.asked, *step.passed_on):
            takers.setdefault(name, []).append(provider.algorithm(step.algorithm).parameterDefinition(name))
    asked = [strictest(definitions) for definitions in takers.values()]
    for parameter in asked:
        parameter.setMetadata({})
        parameter.setGuiDefaultValueOverride(None)
    return asked


def child(step, title, sources, before, x: int):
    """Return a step of the model."""
    made = QgsProcessingModelChildAlgorithm(f"sen2chain_ts:{step.algorithm}")
    made.setChildId(step.algorithm)
    made.setDescription(title)
    for name, source in sources.items():
        made.addParameterSources(name, [source])
    made.setPosition(QPointF(x, 300))
    made.setSize(QSizeF(200, 30))
    if before not in ("", "extract"):
        made.setDependencies([QgsProcessingModelChildDependency(before)])
    outputs = {}
    for number, name in enumerate(step.outputs):
        output = QgsProcessingModelOutput(name)
        output.setChildId(step.algorithm)
        output.setChildOutputName(name)
        output.setDescription(made.algorithm().parameterDefinition(name).description())
        output.setPosition(QPointF(x + 100, 400 + 60 * number))
        output.setSize(QSizeF(200, 30))
        outputs[name] = output
    made.setModelOutputs(outputs)
    return made


def write(provider, kind) -> None:
    """Write a model."""
    source = QgsProcessingModelChildParameterSource
    model = QgsProcessingModelAlgorithm(kind.TITLE, "Time series")
    asked = parameters(provider, kind)
    # A model forgets the help of its parameters, but for what stands here.
    model.setHelpContent({parameter.name(): parameter.help() for parameter in asked})
    for number, parameter in enumerate(asked):
        place = QgsProcessingModelParameter(parameter.name())
        place.setPosition(QPointF(150 + 220 * (number % 6), 80 + 60 * (number // 6)))
        place.setSize(QSizeF(200, 30))
        model.addModelParameter(parameter, place)
    # Else its dialog asks in the order of the alphabet.
    model.setParameterOrder([parameter.name() for parameter in asked])
    before = ""
    for number, step in enumerate(STEPS[kind]):
        sources = {name: source.fromModelParameter(name) for name in (*step.asked, *step.passed_on)}
        sources.update({name: source.fromStaticValue(value) for name, value in step.fixed.items()})
        if before:
            sources["EXTRACTION"] = source.fromChildOutput("extract", "EXTRACTION")
        title = provider.algorithm(step.algorithm).displayName()
        model.addChildAlgorithm(child(step, title, sources, before, 400 + 400 * number))
        before = step.algorithm
    if not model.toFile(str(kind.path())):
        sys.exit(f"cannot write {kind.path()}")
    print(f"wrote {kind.path().relative_to(ROOT)}")


def main() -> None:
    """Write the models."""
    application = QgsApplication([], False)
    application.initQgis()
    provider = Sen2ChainProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    for kind in models.MODELS:
        write(provider, kind)
    application.exitQgis()


if __name__ == "__main__":
    main()
