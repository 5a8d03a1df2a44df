"""The models that ship with the plugin; they appear under the provider beside its algorithms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from ..engine.errors import EngineError
from .algorithms.compile import Compile
from .algorithms.extract import Extract
from .base.algorithm import icon_path, manual_page, numbered_group, tags_of
from .base.parameters import Values
from .support.i18n import tr, tr_error
from .support.preload import RASTERS, SMOOTHING, TABLES, preload

EXTRACT_AND_COMPILE = Path(__file__).parent.parent / "resources" / "models" / "extract_and_compile.model3"


class ExtractAndCompile(QgsProcessingModelAlgorithm):
    """Extract, and compile what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fromFile(str(EXTRACT_AND_COMPILE))
        # Without a place where it stands QGIS writes no command of a run into its history, so none could be repeated.
        self.setSourceFilePath(str(EXTRACT_AND_COMPILE))
        self._take_texts()

    def _take_texts(self) -> None:
        """Take labels and helps from the steps, in the user's language: those of the file are English."""
        steps = {"extract": Extract().create(), "compile": Compile().create()}
        for child in self.childAlgorithms().values():
            child.setDescription(steps[child.childId()].displayName())
            self.setChildAlgorithm(child)
        helps = {}
        for parameter in self.parameterDefinitions():
            step, _, name = parameter.name().rpartition(":")
            asked = [step] if step else list(steps)
            own = next(filter(None, (steps[each].parameterDefinition(name) for each in asked)))
            parameter.setDescription(own.description())
            parameter.setHelp(own.help())
            # What the dialog offers at first, and our widgets.
            parameter.setGuiDefaultValueOverride(own.guiDefaultValueOverride())
            parameter.setMetadata(own.metadata())
            helps[parameter.name()] = own.help()
            output = self.outputDefinition(parameter.name())
            if output is not None:
                output.setDescription(own.description())
        self.setHelpContent(helps)

    def createInstance(self) -> ExtractAndCompile:
        # Read anew: while the provider is being loaded the steps of a model cannot be found yet.
        return ExtractAndCompile()

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check each value as the steps will read it: QGIS refuses some that they take, and takes some they refuse."""
        values = Values(self, parameters, context)
        try:
            plain = values.plain()
            values.check_layers()
        except EngineError as error:
            return False, tr_error(error)
        valid, why = super().checkParameterValues(plain, context)
        return bool(valid), str(why)

    def asPythonCommand(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the command that repeats a run, with values as QGIS writes them."""
        return str(super().asPythonCommand(Values(self, parameters, context).written(), context))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        preload((*RASTERS, *TABLES, *SMOOTHING))
        return bool(super().prepareAlgorithm(parameters, context, feedback))

    def name(self) -> str:
        return "extractandcompile"

    def displayName(self) -> str:
        return tr("Extract and compile")

    def groupId(self) -> str:
        return "timeseries"

    def group(self) -> str:
        return numbered_group(self.groupId(), tr("Time series"))

    def shortDescription(self) -> str:
        return tr("Computes masked statistics of zones and compiles them into time series, in one go.")

    def shortHelpString(self) -> str:
        return tr(
            "Extract, then Compile on the extraction that came of it. Run it again when the library has new dates: "
            "what is already extracted is skipped, and only files that change are written.\n\n"
            "This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context "
            "menu in the toolbox, or from the menu of the plugin."
        )

    def tags(self) -> list[str]:
        return tags_of(tr("sentinel-2, sen2chain, time series, curve, export, model, ndvi, smoothing"))

    def helpUrl(self) -> str:
        return manual_page("compile")

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return icon_path(self.name())
