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
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF, QSizeF  # noqa: E402

from sen2chain_ts_plugin.processing.models import EXTRACT_AND_COMPILE  # noqa: E402
from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider  # noqa: E402

# What the model asks, by the algorithm whose parameter it is.
ASKED = {
    "extract": (
        "INPUT", "LIBRARY", "INDICES", "CLOUDMASKS", "DATE_MIN", "DATE_MAX", "COVER_MIN", "COVER_MAX", "THREADS",
    ),
    "compile": ("PERIODS", "SMOOTHING"),
}  # fmt: skip
# Of what the model asks, what goes to compile; the extraction comes from extract.
PASSED_ON = ("INDICES", "CLOUDMASKS", "DATE_MIN", "DATE_MAX", "COVER_MAX", "PERIODS", "SMOOTHING")
# The layer of compile, and the folder in which extract makes the extraction.
OUTPUTS = {"extract": "OUTPUT", "compile": "TABLE"}


def parameters(provider: Sen2ChainProvider) -> list[QgsProcessingParameterDefinition]:
    """Return copies of the parameters that the model asks, without what is for dialogs: that is of the day."""
    asked = [
        provider.algorithm(algorithm).parameterDefinition(name).clone()
        for algorithm, names in ASKED.items()
        for name in names
    ]
    for parameter in asked:
        parameter.setMetadata({})
        parameter.setGuiDefaultValueOverride(None)
    return asked


def child(algorithm: str, title: str, sources: dict[str, QgsProcessingModelChildParameterSource], x: int):
    """Return a step of the model."""
    step = QgsProcessingModelChildAlgorithm(f"sen2chain_ts:{algorithm}")
    step.setChildId(algorithm)
    step.setDescription(title)
    for name, source in sources.items():
        step.addParameterSources(name, [source])
    step.setPosition(QPointF(x, 300))
    step.setSize(QSizeF(200, 30))
    output = QgsProcessingModelOutput(OUTPUTS[algorithm])
    output.setChildId(algorithm)
    output.setChildOutputName(OUTPUTS[algorithm])
    output.setDescription(step.algorithm().parameterDefinition(OUTPUTS[algorithm]).description())
    output.setPosition(QPointF(x + 100, 400))
    output.setSize(QSizeF(200, 30))
    step.setModelOutputs({OUTPUTS[algorithm]: output})
    return step


def main() -> None:
    """Write the model."""
    application = QgsApplication([], False)
    application.initQgis()
    provider = Sen2ChainProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    from_model = QgsProcessingModelChildParameterSource.fromModelParameter
    model = QgsProcessingModelAlgorithm("Extract and compile", "Time series")
    # A model forgets the help of its parameters, but for what stands here.
    model.setHelpContent({parameter.name(): parameter.help() for parameter in parameters(provider)})
    for number, parameter in enumerate(parameters(provider)):
        place = QgsProcessingModelParameter(parameter.name())
        place.setPosition(QPointF(150 + 220 * (number % 6), 80 + 60 * (number // 6)))
        place.setSize(QSizeF(200, 30))
        model.addModelParameter(parameter, place)
    # Else its dialog asks in the order of the alphabet.
    model.setParameterOrder([parameter.name() for parameter in parameters(provider)])
    model.addChildAlgorithm(child("extract", "Extract", {name: from_model(name) for name in ASKED["extract"]}, 400))
    sources = {name: from_model(name) for name in PASSED_ON}
    sources["EXTRACTION"] = QgsProcessingModelChildParameterSource.fromChildOutput("extract", "EXTRACTION")
    model.addChildAlgorithm(child("compile", "Compile", sources, 800))
    if not model.toFile(str(EXTRACT_AND_COMPILE)):
        sys.exit(f"cannot write {EXTRACT_AND_COMPILE}")
    print(f"wrote {EXTRACT_AND_COMPILE.relative_to(ROOT)}")
    application.exitQgis()


if __name__ == "__main__":
    main()
