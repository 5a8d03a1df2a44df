"""The base of every algorithm: texts, shared parameters, missing modules, the one place that translates errors.

QGIS imports every algorithm each time it starts, only to ask what its parameters are. So their modules import at the
top what declaring takes, `engine.choices` and `engine.errors` above all, and the parts of the engine that do the work
inside the methods that run it.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ...engine.errors import (
    Cancelled,
    CloudMaskAbsent,
    CoverReversed,
    DatesReversed,
    EngineError,
    GroupFieldUnknown,
    IndexAbsent,
    KeyFieldUnknown,
    ValueRefused,
)
from ..support.collecting import no_collection_beside
from ..support.feedback import QgisFeedback
from ..support.finished_runs import announce
from ..support.i18n import tr, tr_error
from ..support.names import (
    CLOUDMASK,
    CLOUDMASKS,
    COVER_MIN,
    DATE_MAX,
    DATE_MIN,
    GROUP_FIELD,
    INDICES,
    KEY_FIELD,
    LIBRARY,
    TABLE,
    THREADS,
    TableLayout,
)
from ..support.options import dress
from ..support.preload import preload
from .declarations import folder_parameter, number_parameter
from .parameters import Values

_ICONS = Path(__file__).parents[2] / "resources" / "icons"
ICON = _ICONS / "sen2chain_ts.svg"
# The groups of the toolbox, which sorts them by name, in the order of work.
_GROUPS = ("library", "timeseries", "analysis", "jobs")
_COMMON_TAGS_TEXT = "satellite, crop, parcel, field, agriculture, remote sensing"
MANUAL = "https://example.org/sen2chain-ts/"

# The parameters that a failure of the engine is about, where an algorithm has them.
_ABOUT: dict[type[EngineError], tuple[str, ...]] = {
    IndexAbsent: (INDICES,),
    CloudMaskAbsent: (CLOUDMASKS, CLOUDMASK),
    GroupFieldUnknown: (GROUP_FIELD,),
    KeyFieldUnknown: (KEY_FIELD,),
    DatesReversed: (DATE_MIN,),
    CoverReversed: (COVER_MIN,),
}


class EngineAlgorithm(QgsProcessingAlgorithm):
    """A Processing algorithm that converts its parameters, calls the engine and returns its outputs.

    A subclass sets the texts below, declares its parameters in `initAlgorithm` and does its work in `execute`. Where it
    has more to say, it refuses values in `check_values`, and describes its TABLE in `table_layout`.
    """

    ID = ""
    TITLE = ""
    GROUP_ID = ""
    GROUP = ""
    SUMMARY = ""
    HELP = ""
    TAGS = ""
    # The page of the manual; empty for the one named like the algorithm.
    PAGE = ""
    # The file of the icon; empty for the one named like the algorithm.
    ICON_NAME = ""
    # What is said when the user has stopped a run.
    CANCELLED = "Cancelled. Files that were finished before are whole, and are kept."
    # Why the preparation of a run failed.
    _failure = ""
    # Modules beyond what every QGIS has, without which the algorithm cannot run, and the failures that say so.
    NEEDS: tuple[tuple[str, type[EngineError]], ...] = ()

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Do the work; raise `EngineError` for a failure."""
        raise NotImplementedError

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `EngineError` for values that QGIS takes, but that cannot be; before any work."""

    def table_layout(self, parameters: dict[str, Any], context: QgsProcessingContext) -> TableLayout | None:
        """Return what the layer TABLE will be like; None where that cannot be known yet, or there is none."""
        return None

    def prepare_values(self, values: Values, context: QgsProcessingContext) -> None:
        """Take in the main thread, before the run, what may only be taken there; raise `EngineError` for a failure."""

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return the modules beyond QGIS that a run will import, see `support.preload`."""
        return ()

    def values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Values:
        """Return the values of the parameters, which are read there and nowhere else."""
        return Values(self, parameters, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Run `prepare_values`; what fails is kept for `processAlgorithm`: QGIS would fail here without a reason."""
        self._failure = ""
        values = self.values(parameters, context)
        try:
            # Nobody has checked them for the step of a model, and the run may never come to some.
            values.check()
            preload(self.libraries(values))
            self.prepare_values(values, context)
        except EngineError as error:
            self._failure = self._reason(error)
        except QgsProcessingException as error:
            self._failure = str(error)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run `execute`; turn its failures into the exception that QGIS shows without a traceback."""
        if self._failure:
            raise QgsProcessingException(self._failure)
        try:
            with no_collection_beside():
                values = self.values(parameters, context).plain()
                spoken = QgisFeedback(feedback)
                self._say_unknown(parameters, spoken)
                results = self.execute(parameters, context, spoken)
                announce(self.ID, values, results, spoken.last)
                return results
        except EngineError as error:
            failure = self._reason(error)
        except Cancelled:
            failure = tr(self.CANCELLED)
        except QgsProcessingException as error:
            failure = str(error)
        # Raised here and not there: QGIS 3.22 keeps an exception forever, and so what any frame it has passed holds:
        # the layer that was being written would stay open.
        raise QgsProcessingException(failure)

    def _say_unknown(self, parameters: dict[str, Any], feedback: QgisFeedback) -> None:
        """Name the values for which there is no parameter, which QGIS leaves out without a word: a slip of the pen."""
        known = [definition.name() for definition in self.parameterDefinitions()]
        for name in sorted(set(parameters) - set(known)):
            feedback.error(
                "{name} is no parameter of {title}: its value is left out. The parameters are {names}.",
                name=name, title=self.displayName(), names=", ".join(known),
            )  # fmt: skip

    def _reason(self, error: EngineError) -> str:
        """Return the text of a failure; of one that a parameter is about, with its name before it."""
        name = parameter_of(error, self)
        return tr_error(ValueRefused(name=name, problem=error) if name else error)

    def createInstance(self) -> EngineAlgorithm:
        """Return a fresh algorithm for one run."""
        return type(self)()

    def name(self) -> str:
        """Return the id within the provider."""
        return self.ID

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr(self.TITLE)

    def groupId(self) -> str:
        """Return the id of the toolbox group."""
        return self.GROUP_ID

    def group(self) -> str:
        """Return the toolbox group."""
        return numbered_group(self.GROUP_ID, tr(self.GROUP))

    def shortDescription(self) -> str:
        """Return one sentence."""
        return tr(self.SUMMARY)

    def shortHelpString(self) -> str:
        """Return the help that is shown next to the dialog."""
        return tr(self.HELP)

    def helpUrl(self) -> str:
        """Return the page of the manual."""
        return manual_page(self.PAGE or self.ID)

    def tags(self) -> list[str]:
        """Return the words under which the toolbox finds it, besides its title."""
        return tags_of(tr(self.TAGS), self.TAGS)

    def icon(self) -> QIcon:
        """Return the icon of the algorithm."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the icon's file."""
        return icon_path(self.ICON_NAME or self.ID)

    def canExecute(self) -> tuple[bool, str]:
        """Tell whether what it needs is installed, and if not, what to install."""
        from ...engine.install import install_line

        for module, failure in self.NEEDS:
            if importlib.util.find_spec(module) is None:
                return False, tr_error(failure(reason=f"No module named '{module}'", install=install_line(module)))
        return True, ""

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check each value, as QGIS does too once it is written as QGIS writes it, then what belongs together."""
        values = self.values(parameters, context)
        try:
            plain = values.plain()
            values.check_layers()
            valid, why = super().checkParameterValues(plain, context)
            if valid:
                self.check_values(parameters, context)
        except EngineError as error:
            return False, self._reason(error)
        return valid, why

    def asPythonCommand(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the command that repeats a run, with values as QGIS writes them: a list of masks it would forget."""
        command: str = super().asPythonCommand(self.values(parameters, context).written(), context)
        return command

    def asQgisProcessCommand(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, bool]:
        """Return the command line that repeats a run, since QGIS 3.24: of a path or a tuple QGIS would write none."""
        command: tuple[str, bool] = super().asQgisProcessCommand(self.values(parameters, context).written(), context)
        return command

    def asMap(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return what the history keeps of a run, since QGIS 3.24: of a path it would keep nothing."""
        kept: dict[str, Any] = super().asMap(self.values(parameters, context).written(), context)
        return kept

    def parameterAsSink(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext, *layout: Any
    ) -> tuple[QgsFeatureSink | None, str]:
        """Open a layer to write; QGIS's own takes one that it does not understand for none."""
        return self.values(parameters, context).sink(name, *layout)

    def sinkProperties(
        self,
        sink: str,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sourceProperties: dict[str, QgsProcessingAlgorithm.VectorProperties],
    ) -> QgsProcessingAlgorithm.VectorProperties:
        """Tell a model what the table will be like, so that its next steps can be set up."""
        properties = QgsProcessingAlgorithm.VectorProperties()
        try:
            layout = self.table_layout(parameters, context) if sink == TABLE else None
        except (EngineError, QgsProcessingException):
            layout = None  # what it depends on is not given yet, or is of a step before
        if layout is not None:
            properties.fields, properties.wkbType, properties.crs = layout
            properties.availability = QgsProcessingAlgorithm.PropertyAvailability.Available
        return properties

    def declare(self, parameter: QgsProcessingParameterDefinition, text: str, *, advanced: bool = False) -> None:
        """Add a parameter with its help text."""
        parameter.setHelp(text)
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        dress(parameter, self)
        self.addParameter(parameter)

    def declare_library(self) -> None:
        """Declare the library."""
        self.declare(
            folder_parameter(LIBRARY, tr("Sen2Chain library"), optional=True),
            tr("A Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. "
               "Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder."),
        )  # fmt: skip

    def declare_threads(self) -> None:
        """Declare the number of workers."""
        self.declare(
            number_parameter(THREADS, tr("Workers"), 0, 0),
            tr("How many rasters are read at once; 0: one per processor core, up to 8. The result is the same."),
            advanced=True,
        )

    def dates_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[date | None, date | None]:
        """Return the first and the last date asked for; raise `DatesReversed` when the last is before the first."""
        values = self.values(parameters, context)
        first, last = values.day(DATE_MIN), values.day(DATE_MAX)
        if first is not None and last is not None and first > last:
            raise DatesReversed(first=first, last=last)
        return first, last


def parameter_of(error: EngineError, algorithm: QgsProcessingAlgorithm) -> str:
    """Return the parameter of an algorithm that a failure is about, where its text does not name it; empty for none."""
    names = next((names for kind, names in _ABOUT.items() if isinstance(error, kind)), ())
    return next((name for name in names if algorithm.parameterDefinition(name) is not None), "")


def icon_path(name: str) -> str:
    """Return the file of an icon of the plugin."""
    return str(_ICONS / f"{name}.svg")


def numbered_group(group_id: str, title: str) -> str:
    """Return the name of a group of the toolbox, with its place in the order of work."""
    return f"{_GROUPS.index(group_id) + 1}. {title}" if group_id in _GROUPS else title


def tags_of(*own: str) -> list[str]:
    """Return words to find an algorithm by: its own, separated by commas, and those of what all of this is about.

    In the language of the user, and in English, which many who use QGIS in another language search in.
    """
    words = ",".join([*own, tr(_COMMON_TAGS_TEXT), _COMMON_TAGS_TEXT])
    return list(dict.fromkeys(tag.strip() for tag in words.split(",") if tag.strip()))


def manual_page(name: str) -> str:
    """Return the address of a page of the manual, as `make docs` names it."""
    return f"{MANUAL}{name}.html"
