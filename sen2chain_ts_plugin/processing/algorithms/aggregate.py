"""Aggregate: one value per zone and period."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingException

from ...engine.analysis.parameters import NO_WIDE
from ...engine.errors import EngineError, Phrase, SettingRefused
from ..base.analysis_algorithm import NEEDS_PANDAS, AnalysisAlgorithm
from ..base.declarations import wide_table_parameter
from ..support.i18n import tr
from ..support.names import EXTRACTION, WIDE_TABLE


class Aggregate(AnalysisAlgorithm):
    """The observations or curves of an extraction, by periods."""

    ID = "aggregate"
    TITLE = "Aggregate"
    SUMMARY = "Aggregates the dates of each zone into weeks, dekads, months, seasons or years."
    HELP = (
        "One row per zone and period: mean, median, extremes and more of all its dates, how many dates and pixels they "
        "are of, and which share of the pixels was valid. pooled_mean and pooled_std are those of all pixels of all "
        "dates.\n\n"
        "Wide: also a file with a row per zone and a column per period, for spreadsheets; the wide table can be an "
        "XLSX or CSV file.\n\n"
        "A period with few dates says little: see the column dates. The files are in analysis_data of the extraction."
    )
    TAGS = "sentinel-2, sen2chain, time series, mean, monthly, dekad, season, statistics, export, spreadsheet, xlsx"
    NEEDS = NEEDS_PANDAS

    def texts(self) -> dict[str, tuple[str, str]]:
        """See `AnalysisAlgorithm.texts`."""
        return {
            "PERIOD": (
                tr("Period"),
                tr("week: from Monday (ISO). dekad: days 1 to 10, 11 to 20, 21 to the end of a month. season: three "
                   "months from December, March, June, September on. tropical-season: November to April, May to "
                   "October. days: so many days from an origin on."),
            ),
            "DAYS": (tr("Days of a period"), tr("For the period days.")),
            "ORIGIN": (tr("Origin"), tr("The first day of one of the periods of the kind days.")),
            "STATISTICS": (tr("Statistics"), tr("The columns, in addition to dates, pixels and valid_share.")),
            "MIN_DATES": (tr("Minimum number of dates"), tr("Periods with fewer dates have no values.")),
            "EMPTY": (
                tr("Empty periods too"),
                tr("Give each zone every period from the first acquisition of the extraction to the last."),
            ),
            "WIDE": (
                tr("Statistic of the wide table"),
                tr("Also write a file with a row per zone and a column per period; none: no such file."),
            ),
        }  # fmt: skip

    def table_label(self) -> str:
        """See `AnalysisAlgorithm.table_label`."""
        return tr("Table of the periods")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        super().initAlgorithm(configuration)
        self.declare(
            wide_table_parameter(WIDE_TABLE, tr("Wide table")),
            tr("Also put the wide table into a layer without geometry, or a file such as XLSX or CSV."),
        )

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse settings that do not go together."""
        super().check_values(parameters, context)
        self._wants_wide(parameters, context)

    def _wants_wide(self, parameters: dict[str, Any], context: QgsProcessingContext) -> bool:
        """Tell whether the wide table is asked for; refuse it without a statistic."""
        values = self.values(parameters, context)
        if values.wants(WIDE_TABLE) and values.word("WIDE") == NO_WIDE:
            raise SettingRefused(name="WIDE", value=NO_WIDE, wanted=Phrase("the statistic that the wide table shows"))
        return values.wants(WIDE_TABLE)

    def tables(self, tree: Any, analysis: Any, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Any]:
        """See `AnalysisAlgorithm.tables`."""
        from ..layers.analysis_table import AnalysisTable

        tables = super().tables(tree, analysis, parameters, context)
        if self._wants_wide(parameters, context):
            tables.append(AnalysisTable(self, tree, analysis, parameters, context, WIDE_TABLE))
        return tables

    def sinkProperties(
        self,
        sink: str,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sourceProperties: dict[str, QgsProcessingAlgorithm.VectorProperties],
    ) -> QgsProcessingAlgorithm.VectorProperties:
        """Tell a model what a table will be like."""
        properties = super().sinkProperties(sink, parameters, context, sourceProperties)
        if sink == WIDE_TABLE:
            from ...engine.tree.layout import open_tree
            from ..layers.analysis_table import wide_layout
            from ..layers.tree_zones import TreeZones

            values = self.values(parameters, context)
            try:
                tree = values.open(EXTRACTION, open_tree)
                layout = wide_layout(tree, self.analysis(values), TreeZones(tree))
            except (EngineError, QgsProcessingException):
                return properties  # what it depends on is not given yet, or is of a step before
            properties.fields, properties.wkbType, properties.crs = layout
            properties.availability = QgsProcessingAlgorithm.PropertyAvailability.Available
        return properties
