"""What the analyses share: an extraction, the parameters that the engine names, a table, three outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
)

from ...engine.analysis.parameters import (
    DAY,
    LAMBDA,
    NUMBER,
    PARAMETERS,
    WHOLE,
    WORD,
    WORDS,
    YES,
    Parameter,
    analysis_of,
)
from ...engine.errors import EngineError, PandasMissing
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.names import EXTRACTION, TABLE, THREADS, TableLayout
from ..support.preload import SMOOTHING
from .declarations import (
    boolean_parameter,
    date_parameter,
    number_parameter,
    table_parameter,
    text_parameter,
    words_parameter,
)
from .executor_choice import declare_scheduler, executor_of
from .parameters import Values
from .tree_algorithm import TreeAlgorithm

if TYPE_CHECKING:
    from ...engine.analysis.kinds import Analysis
    from ...engine.tree.layout import Tree
    from ..layers.analysis_table import AnalysisTable

ANALYSIS = "ANALYSIS"
FILES = "FILES"
ROWS = "ROWS"
NEEDS_PANDAS: tuple[tuple[str, type[EngineError]], ...] = (("pandas", PandasMissing),)


class AnalysisAlgorithm(TreeAlgorithm):
    """An analysis of the rows of an extraction. Its ID is the kind of the analysis."""

    GROUP_ID = "analysis"
    GROUP = "Analysis"
    # Whether it asks for workers: it takes long.
    THREADED = False

    def texts(self) -> dict[str, tuple[str, str]]:
        """Return label and help of each parameter that the engine names."""
        raise NotImplementedError

    def table_label(self) -> str:
        """Return the label of TABLE."""
        raise NotImplementedError

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_extraction()
        self.declare_indices_and_cloudmasks()
        texts = {**row_texts(), **self.texts()}
        for parameter in PARAMETERS[self.ID]:
            label, help_text = texts[parameter.name]
            if parameter.words:
                names = ", ".join(parameter.words)
                help_text = tr("{help} On the command line: {names}.").format(help=help_text, names=names)
            self.declare(_definition(parameter, label), help_text, advanced=parameter.advanced)
        if self.THREADED:
            self.declare(
                number_parameter(THREADS, tr("Workers"), 0, 0),
                tr("How many batches of zones are worked on at once; 0: one per processor core, up to 8. The result is "
                   "the same."),
                advanced=True,
            )  # fmt: skip
        declare_scheduler(self)
        self.declare(
            table_parameter(self.table_label()),
            tr("Also put the rows into a layer, with the geometry of their zones, ready for the temporal controller."),
        )
        self.addOutput(QgsProcessingOutputFolder(ANALYSIS, tr("Analysis data")))
        self.addOutput(QgsProcessingOutputNumber(FILES, tr("Files")))
        self.addOutput(QgsProcessingOutputNumber(ROWS, tr("Rows")))

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return also what filters curves."""
        return (*super().libraries(values), *(SMOOTHING if self.THREADED else ()))

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse settings that do not go together."""
        self.analysis(self.values(parameters, context)).check()

    def analysis(self, values: Values) -> Analysis:
        """Return the analysis that is asked for."""
        return analysis_of(self.ID, {parameter.name: _value(values, parameter) for parameter in PARAMETERS[self.ID]})

    def table_layout(self, parameters: dict[str, Any], context: QgsProcessingContext) -> TableLayout | None:
        """Return what the table will be like."""
        from ...engine.tree.layout import open_tree
        from ..layers.analysis_table import layout
        from ..layers.tree_zones import TreeZones

        values = self.values(parameters, context)
        tree = values.open(EXTRACTION, open_tree)
        return layout(tree, self.analysis(values), TreeZones(tree))

    def tables(
        self, tree: Tree, analysis: Analysis, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> list[AnalysisTable]:
        """Return the layers that are asked for."""
        from ..layers.analysis_table import AnalysisTable

        if not self.values(parameters, context).wants(TABLE):
            return []
        return [AnalysisTable(self, tree, analysis, parameters, context)]

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Analyse."""
        from ...engine.analysis.run import analyse_tree
        from ...engine.tree.layout import open_tree

        values = self.values(parameters, context)
        tree = values.open(EXTRACTION, open_tree)
        analysis = self.analysis(values)
        analysis.check()
        tables = self.tables(tree, analysis, parameters, context)
        for table in tables:
            table.load_zones(feedback)

        def add(index: str, mask_folder: str, found: Any) -> None:
            for table in tables:
                table.add(index, mask_folder, found)

        summary = analyse_tree(
            tree.folder,
            analysis,
            feedback,
            executor_of(self, parameters, context, values.whole(THREADS) if self.THREADED else 0),
            indices=self.indices_of(parameters, context),
            cloudmasks=self.cloudmasks_of(parameters, context),
            each=add if tables else None,
        )
        result: dict[str, Any] = {ANALYSIS: str(summary.folder), FILES: len(summary.files), ROWS: summary.rows}
        return {**result, **{table.name: table.finish() for table in tables}}


def row_texts() -> dict[str, tuple[str, str]]:
    """Return label and help of the parameters that every analysis has."""
    return {
        "MIN_VALID": (
            tr("Minimum share of valid pixels (%)"),
            tr("A row counts only when at least this share of the zone's pixels is valid."),
        ),
        "MIN_PIXELS": (
            tr("Minimum number of valid pixels"),
            tr("A row counts only when it has at least this many valid pixels."),
        ),
        "VALUE": (tr("Value of a row"), tr("The statistic of the zone's pixels that is analysed.")),
        "SOURCE": (
            tr("Source"),
            tr("observations: the best row of each zone and day. smooth: the curve that Smooth wrote before, on the "
               "dates of its grid."),
        ),
        "STATISTIC": (tr("Statistic"), tr("What the value of a period is, of all its dates.")),
        "START_MONTH": (
            tr("Month with which a year begins"),
            tr("1 to 12; 7 for the southern hemisphere. A year is called after the one in which it begins."),
        ),
    }  # fmt: skip


def curve_texts() -> dict[str, tuple[str, str]]:
    """Return label and help of the parameters that smooth and phenology share."""
    return {
        "LAMBDA": (
            tr("Lambda (days to the power of 4)"),
            tr("How stiff a Whittaker curve is. Empty: chosen for each zone by generalised cross-validation; a number, "
               "such as 1000; or vcurve."),
        ),
        "ROBUST": (
            tr("Robust against outliers"),
            tr("Of Whittaker: give observations that lie far from the curve less weight, in three rounds."),
        ),
        "ENVELOPE": (
            tr("Upper envelope"),
            tr("Of Whittaker: above 0.5 the curve follows the upper observations, as for indices that clouds only "
               "lower; Robust is off then. 0.5: off; up to 0.99."),
        ),
        "WINDOW_DAYS": (tr("Window of Savitzky-Golay (days)"), tr("An odd number.")),
        "POLYORDER": (tr("Order of the polynomials of Savitzky-Golay"), tr("Less than the window.")),
        "SPIKE": (
            tr("Depth of a spike"),
            tr("An observation that is lower than both its neighbours by more than this is left out, as a cloud that "
               "the mask missed; for some indices also one that is higher. 0: none is."),
        ),
        "SPIKE_DAYS": (
            tr("Maximum days between the neighbours of a spike"),
            tr("Neighbours that are further apart say nothing about the observation between them."),
        ),
        "SPIKE_ON_CLEAR": (
            tr("Spikes also where no cloud is known"),
            tr("No: only dates on which the zone has a cloudy pixel, or a mean cloud probability of 1 % and more. For "
               "meadows, whose mowing comes back as quickly as a cloud goes."),
        ),
        "MAX_GAP": (
            tr("Longest gap that is bridged (days)"),
            tr("Dates of the grid inside of longer gaps between observations have no value."),
        ),
        "STEP": (
            tr("Days between the dates of the grid"),
            tr("They are multiples of this since 1970-01-01, the same for all zones and runs."),
        ),
        "MIN_DATES": (
            tr("Minimum number of dates"),
            tr("Zones with fewer observations, spikes not counted, are left out and named."),
        ),
    }  # fmt: skip


def _definition(parameter: Parameter, label: str) -> QgsProcessingParameterDefinition:
    """Return the definition of a parameter of the engine."""
    name, default = parameter.name, parameter.default
    if parameter.kind in (WORD, WORDS):
        several = parameter.kind == WORDS
        words = list(parameter.words)
        return words_parameter(name, label, words, several=several, default=list(default) if several else default)
    if parameter.kind == YES:
        return boolean_parameter(name, label, default)
    if parameter.kind == DAY:
        definition = date_parameter(name, label)
        definition.setDefaultValue(default.isoformat())
        return definition
    if parameter.kind == LAMBDA:
        return text_parameter(name, label)
    whole = parameter.kind == WHOLE
    return number_parameter(name, label, default, parameter.low or 0, parameter.high, integer=whole)


def _value(values: Values, parameter: Parameter) -> Any:
    """Return the value of a parameter of the engine."""
    name = parameter.name
    if parameter.default is None and not values.given(name):
        return None
    readers: dict[str, Callable[[str], Any]] = {
        WORD: values.word, WORDS: values.words, YES: values.yes, DAY: values.day, LAMBDA: values.text,
        WHOLE: values.whole, NUMBER: values.number,
    }  # fmt: skip
    return readers[parameter.kind](name)
