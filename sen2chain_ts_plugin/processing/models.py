"""The models that ship with the plugin; they appear under the provider beside its algorithms."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from .algorithm import HELP_URL, ICON
from .i18n import tr
from .options import dress

EXTRACT_AND_COMPILE = Path(__file__).parent.parent / "resources" / "models" / "extract_and_compile.model3"


class ExtractAndCompile(QgsProcessingModelAlgorithm):
    """Extract, and compile what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fromFile(str(EXTRACT_AND_COMPILE))
        for parameter in self.parameterDefinitions():
            dress(parameter, self)

    def createInstance(self) -> ExtractAndCompile:
        # Read anew: while the provider is being loaded the steps of a model cannot be found yet.
        return ExtractAndCompile()

    def name(self) -> str:
        return "extractandcompile"

    def displayName(self) -> str:
        return tr("Extract and compile")

    def groupId(self) -> str:
        return "timeseries"

    def group(self) -> str:
        return tr("Time series")

    def shortDescription(self) -> str:
        return tr("Computes masked statistics of zones and compiles them into time series, in one go.")

    def shortHelpString(self) -> str:
        return tr(
            "Extract, then Compile on the extraction that came of it. Run it again when the library has new dates: "
            "what is already extracted is skipped, and only files that change are written.\n\n"
            "This is a model: open it in the model designer to make your own from it."
        )

    def tags(self) -> list[str]:
        return [tag.strip() for tag in tr("sentinel-2, sen2chain, time series, model, ndvi, smoothing").split(",")]

    def helpUrl(self) -> str:
        return f"{HELP_URL}extractandcompile"

    def icon(self) -> QIcon:
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        return str(ICON)
