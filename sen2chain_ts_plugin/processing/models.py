"""The models that ship with the plugin; they appear under the provider among its algorithms."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from ..engine.errors import EngineError
from .algorithms.aggregate import Aggregate
from .algorithms.anomaly import Anomaly
from .algorithms.compile import Compile
from .algorithms.extract import Extract
from .algorithms.smooth import Smooth
from .base.algorithm import EngineAlgorithm, icon_path, manual_page, numbered_group, tags_of
from .base.parameters import Values
from .support.i18n import tr, tr_error
from .support.preload import RASTERS, SMOOTHING, TABLES, preload

_FOLDER = Path(__file__).parent.parent / "resources" / "models"


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model of a file that ships with the plugin, with its texts in the user's language."""

    ID = ""
    TITLE = ""
    SUMMARY = ""
    HELP = ""
    TAGS = ""
    # The page of the manual, the file without its ending, and the steps by their ids.
    PAGE = ""
    FILE = ""
    STEPS: ClassVar[dict[str, type[EngineAlgorithm]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.fromFile(str(self.path()))
        # Without a path of its own QGIS writes no command of a run into its history, so none could be repeated.
        self.setSourceFilePath(str(self.path()))
        self._take_texts()

    @classmethod
    def path(cls) -> Path:
        """Return the file of the model."""
        return _FOLDER / f"{cls.FILE}.model3"

    def _take_texts(self) -> None:
        """Take labels and helps from the steps, in the user's language: those of the file are English."""
        steps = {name: algorithm().create() for name, algorithm in self.STEPS.items()}
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

    def createInstance(self) -> ShippedModel:
        # Read again: while the provider is being loaded the steps of a model cannot be found yet.
        return type(self)()

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

    def asQgisProcessCommand(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, bool]:
        """Return the command line that repeats a run, since QGIS 3.24: of a path or a tuple QGIS would write none."""
        command, possible = super().asQgisProcessCommand(Values(self, parameters, context).written(), context)
        return str(command), bool(possible)

    def asMap(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return what the history keeps of a run, since QGIS 3.24: of a path it would keep nothing."""
        return dict(super().asMap(Values(self, parameters, context).written(), context))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        preload((*RASTERS, *TABLES, *SMOOTHING))
        return bool(super().prepareAlgorithm(parameters, context, feedback))

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return tr(self.TITLE)

    def groupId(self) -> str:
        return "timeseries"

    def group(self) -> str:
        return numbered_group(self.groupId(), tr("Time series"))

    def shortDescription(self) -> str:
        return tr(self.SUMMARY)

    def shortHelpString(self) -> str:
        return tr(self.HELP)

    def tags(self) -> list[str]:
        return tags_of(tr(self.TAGS), self.TAGS)

    def helpUrl(self) -> str:
        return manual_page(self.PAGE)

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return icon_path(ExtractAndCompile.ID)


class ExtractAndCompile(ShippedModel):
    """Extract, and compile what came of it."""

    ID = "extractandcompile"
    TITLE = "Extract and compile"
    SUMMARY = "Computes masked statistics of zones and compiles them into time series, in one go."
    HELP = (
        "Extract, then Compile on the extraction that came of it. Run it again when the library has new dates: what is "
        "already extracted is skipped, and only files that change are written.\n\n"
        "This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu "
        "in the toolbox, or from the menu of the plugin."
    )
    TAGS = "sentinel-2, sen2chain, time series, curve, export, model, ndvi, smoothing"
    PAGE = "models"
    FILE = "extract_and_compile"
    STEPS: ClassVar[dict[str, type[EngineAlgorithm]]] = {"extract": Extract, "compile": Compile}


class ExtractCompileAndSmooth(ShippedModel):
    """Extract, compile, and draw curves."""

    ID = "extractcompileandsmooth"
    TITLE = "Extract, compile and smooth"
    SUMMARY = "Computes masked statistics of zones, compiles them, and draws a curve through the dates of each zone."
    HELP = (
        "Extract, then Compile and Smooth on the extraction that came of it. Run it again when the library has new "
        "dates: what is already extracted is skipped.\n\n"
        "This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu "
        "in the toolbox."
    )
    TAGS = "sentinel-2, sen2chain, time series, model, ndvi, smoothing, whittaker"
    PAGE = "models"
    FILE = "extract_compile_and_smooth"
    STEPS: ClassVar[dict[str, type[EngineAlgorithm]]] = {"extract": Extract, "compile": Compile, "smooth": Smooth}


class MonthlyMeans(ShippedModel):
    """Extract, and the means of months, long and wide."""

    ID = "monthlymeans"
    TITLE = "Monthly means of fields"
    SUMMARY = "Computes masked statistics of zones and their means by month, as a layer and as a spreadsheet."
    HELP = (
        "Extract, then Aggregate by month on the extraction that came of it. The wide table has a row per zone and a "
        "column per month: choose a file such as months.xlsx for it.\n\n"
        "This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu "
        "in the toolbox."
    )
    TAGS = "sentinel-2, sen2chain, time series, model, ndvi, monthly, mean, spreadsheet, xlsx"
    PAGE = "models"
    FILE = "monthly_means"
    STEPS: ClassVar[dict[str, type[EngineAlgorithm]]] = {"extract": Extract, "aggregate": Aggregate}


class SeasonBesideOthers(ShippedModel):
    """Extract, draw curves, and compare the seasons of the curves."""

    ID = "seasonbesideothers"
    TITLE = "This season compared with others"
    SUMMARY = "Compares each season of a zone with the same one of other years, on smoothed curves."
    HELP = (
        "Extract, then Smooth, then Anomaly by season on the curves. The layer shows z: how many standard deviations a "
        "season is above or below what is normal. Needs four years and more.\n\n"
        "This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu "
        "in the toolbox."
    )
    TAGS = "sentinel-2, sen2chain, time series, model, ndvi, anomaly, drought, season"
    PAGE = "models"
    FILE = "season_beside_others"
    STEPS: ClassVar[dict[str, type[EngineAlgorithm]]] = {"extract": Extract, "smooth": Smooth, "anomaly": Anomaly}


MODELS = (ExtractAndCompile, ExtractCompileAndSmooth, MonthlyMeans, SeasonBesideOthers)
