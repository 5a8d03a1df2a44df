"""Compile: the raw data of an extraction, one best row per zone and date, into a file per period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
)

from ...engine.choices import ALL_DATA, PERIODS
from ...engine.errors import EngineError
from ..base.declarations import (
    boolean_parameter,
    date_parameter,
    number_parameter,
    table_parameter,
    words_parameter,
)
from ..base.executor_choice import declare_scheduler, executor_of
from ..base.parameters import Values
from ..base.tree_algorithm import TreeAlgorithm
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.names import COVER_MAX, DATE_MAX, DATE_MIN, EXTRACTION, TABLE, TableLayout
from ..support.preload import SMOOTHING as SMOOTHED

if TYPE_CHECKING:
    from ...engine.compilation.compile import CompileRequest

PERIODS_PARAMETER = "PERIODS"
SMOOTHING = "SMOOTHING"
SMOOTHING_COVER_MAX = "SMOOTHING_COVER_MAX"
WINDOW_LENGTH = "WINDOW_LENGTH"
POLYORDER = "POLYORDER"
SEASON_MEAN = "SEASON_MEAN"
COMPILED = "COMPILED"
FILES = "FILES"
ROWS = "ROWS"
# Dates of 5 days: more than a century. The filter is tried with the window before anything is read.
_LONGEST_WINDOW = 9999


class Compile(TreeAlgorithm):
    """The raw rows of an extraction, compiled into time series."""

    ID = "compile"
    TITLE = "Compile"
    GROUP_ID = "timeseries"
    GROUP = "Time series"
    SUMMARY = "Compiles the raw data of an extraction into time series, one file per period."
    HELP = (
        "Extract writes a CSV per product. Compile brings them together: of all rows of a zone and date it keeps the "
        "best one (zone completely inside tile and swath, latest processing baseline, most valid pixels, least "
        "spread), and writes a file of all data, or one per day, week, month, year, or for the dates you give. Rows "
        "are sorted into files, not averaged.\n\n"
        "Smoothing adds files with a value every 5 days (Savitzky-Golay; gaps are filled first) and how well they fit. "
        "The extraction may be made by this plugin or by Sen2Chain itself. A file that already is as it should be is "
        "not touched.\n\n"
        "The table shows all rows on the map: open the temporal controller and press play."
    )
    TAGS = (
        "sentinel-2, sen2chain, time series, curve, export, "
        "smoothing, savitzky-golay, csv, monthly, weekly, vegetation index"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_extraction()
        self.declare_indices_and_cloudmasks()
        words = list(PERIODS)
        self.declare(
            words_parameter(PERIODS_PARAMETER, tr("Periods"), words, default=[ALL_DATA]),
            tr("What to write files for; on the command line, separated by commas: {names}. custom needs both dates."
               ).format(names=", ".join(words)),
        )  # fmt: skip
        self.declare(date_parameter(DATE_MIN, tr("First date")), tr("First day of custom; limits nothing else."))
        self.declare(date_parameter(DATE_MAX, tr("Last date")), tr("Last day of custom; limits nothing else."))
        self._declare_smoothing()
        self.declare(
            number_parameter(COVER_MAX, tr("Maximum cloud cover of the extraction (%)"), 100, 0, 100),
            tr("Appears in the names of the files (CC100), as in Sen2Chain. It leaves out no row; of the smoothing's "
               "statistics, it leaves out what has more pixels without data than this."),
            advanced=True,
        )  # fmt: skip
        declare_scheduler(self)
        self.declare(
            table_parameter(tr("Table of all rows")),
            tr(
                "Also put all rows into a layer, with the geometry of their zones, ready for the temporal controller. "
                "Choose a file: a temporary layer is empty when the project is opened again."
            ),
        )
        self.addOutput(QgsProcessingOutputFolder(COMPILED, tr("Compiled data")))
        self.addOutput(QgsProcessingOutputNumber(FILES, tr("Files")))
        self.addOutput(QgsProcessingOutputNumber(ROWS, tr("Rows")))

    def _declare_smoothing(self) -> None:
        self.declare(
            boolean_parameter(SMOOTHING, tr("Smooth")),
            tr("Also write smoothed time series, a value every 5 days. Needs scipy. Those of all data are always "
               "written then, in addition to those of the periods."),
        )  # fmt: skip
        self.declare(
            number_parameter(
                SMOOTHING_COVER_MAX, tr("Smoothing: maximum share of pixels without data (%)"), 75, 0, integer=False
            ),
            tr("A row counts only when it has less than this, in % of the most pixels the zone ever has."),
            advanced=True,
        )
        self.declare(
            number_parameter(WINDOW_LENGTH, tr("Smoothing: window (dates of 5 days)"), 11, 1, _LONGEST_WINDOW),
            tr("An odd number. Zones with fewer dates are not smoothed; the log names them."),
            advanced=True,
        )
        self.declare(
            number_parameter(POLYORDER, tr("Smoothing: order of the polynomials"), 3, 0, _LONGEST_WINDOW),
            tr("Less than the window."),
            advanced=True,
        )
        self.declare(
            boolean_parameter(SEASON_MEAN, tr("Smoothing: fill long gaps with other years")),
            tr("Fill what a window of three dates cannot with the mean of the same season, for zones of three years "
               "or more."),
            advanced=True,
        )  # fmt: skip

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return also what smooths."""
        return (*super().libraries(values), *(SMOOTHED if values.yes(SMOOTHING) else ()))

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse custom without its dates, and a smoothing that cannot be."""
        self._request(parameters, context).check()

    def table_layout(self, parameters: dict[str, Any], context: QgsProcessingContext) -> TableLayout | None:
        """Return what the table of all rows will be like; None while the extraction is not there."""
        from ...engine.tree.layout import open_tree
        from ..layers.compiled_table import layout
        from ..layers.tree_zones import TreeZones

        try:
            zones = TreeZones(open_tree(self.extraction_of(parameters, context)))
            return layout(self._request(parameters, context).columns, zones)
        except (EngineError, QgsProcessingException):
            return None

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Compile."""
        from ...engine.compilation.compile import compile_tree
        from ...engine.series.tally import SENTENCE_TEXT, SeriesTally
        from ...engine.tree.layout import open_tree, zone_count
        from ..layers.compiled_table import CompiledTable

        values = self.values(parameters, context)
        tree = values.open(EXTRACTION, open_tree)
        request = self._request(parameters, context)
        # Whether a layer is asked for cannot be seen otherwise before its fields are known.
        table = CompiledTable(self, tree, request.columns, parameters, context) if values.wants(TABLE) else None
        if table is not None:
            table.load_zones(feedback)
        tally = SeriesTally(zone_count(tree))
        executor = executor_of(self, parameters, context, 0)
        compilation = compile_tree(tree.folder, request, feedback, table and table.add, executor, tally.add)
        for sentence in tally.sentences():
            feedback.info(SENTENCE_TEXT, **sentence)
        result = {COMPILED: str(compilation.folder), FILES: len(compilation.files), ROWS: compilation.rows}
        return result if table is None else {**result, TABLE: table.finish()}

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> CompileRequest:
        from ...engine.compilation.compile import CompileRequest
        from ...engine.series.smoothing import SmoothingSettings

        values = self.values(parameters, context)
        smoothing = SmoothingSettings(
            cover_max=values.number(SMOOTHING_COVER_MAX),
            window_length=values.whole(WINDOW_LENGTH),
            polyorder=values.whole(POLYORDER),
            season_mean=values.yes(SEASON_MEAN),
        )
        return CompileRequest(
            periods=values.words(PERIODS_PARAMETER),
            indices=self.indices_of(parameters, context),
            cloudmasks=self.cloudmasks_of(parameters, context),
            date_min=values.day(DATE_MIN),
            date_max=values.day(DATE_MAX),
            cover_max=values.whole(COVER_MAX),
            smoothing=smoothing if values.yes(SMOOTHING) else None,
        )
