"""Plot: pictures and a report of the time series of an extraction."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFolder,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
)

from ..base.declarations import boolean_parameter, output_folder_parameter, text_parameter
from ..base.figures_algorithm import FiguresAlgorithm
from ..support.feedback import QgisFeedback
from ..support.i18n import language, tr
from ..support.names import GROUP_FIELD, OUTPUT, REPORT

PICTURES = "PICTURES"
PLOTS = "PLOTS"
FILES = "FILES"


class Plot(FiguresAlgorithm):
    """Pictures and a report of the time series of an extraction."""

    ID = "plot"
    TITLE = "Plot time series"
    PAGE = "plots"
    SUMMARY = "Draws the time series of an extraction as pictures, and an HTML report of them."
    HELP = (
        "For each index and cloud mask, as Sen2Chain does: plot-global, the means of all zones in one picture; "
        "plot-details, a small plot per zone with mean and standard deviation, minimum and maximum, and the share of "
        "its pixels without data (NaN ratio); plot-details with -nonan, only dates on which a zone has all its "
        "pixels. Where there are many zones, plot-details has several pages of 25, at most 8 of them.\n\n"
        "The report is one HTML page that needs no network and can be handed over, or printed: an overview, a map, a "
        "calendar of completeness, a chart per zone (up to 600 in all) with the smoothed curve and what other years "
        "were like, by group, and what was skipped.\n\n"
        "The rows are those of the compiled file of all data when it is up to date, else the raw data are compiled in "
        "memory."
    )
    TAGS = "sentinel-2, sen2chain, time series, plot, curve, export, chart, graph, png, report, html, vegetation index"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_extraction()
        self.declare_choice()
        self.declare(
            text_parameter(GROUP_FIELD, tr("Field that groups the zones of the report")),
            tr("An attribute such as the crop or the farm: the report has a group for each value, which begins a page "
               "of its own when it is printed. Empty: guessed from the names of the fields."),
        )  # fmt: skip
        self.declare(
            boolean_parameter(PICTURES, tr("Pictures too"), True),
            tr("Also draw plot-global and plot-details as PNG; without them the report alone is written, in seconds."),
        )
        self.declare(
            output_folder_parameter(OUTPUT, tr("Folder for the plots")),
            tr("A folder NAME_CHECKSUM/plots is made in it, with a folder for each cloud mask. Empty: in the "
               "extraction itself."),
        )  # fmt: skip
        self.addOutput(QgsProcessingOutputFolder(PLOTS, tr("Plots")))
        self.addOutput(QgsProcessingOutputHtml(REPORT, tr("Report")))
        self.addOutput(QgsProcessingOutputNumber(FILES, tr("Number of pictures")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Draw."""
        from ...engine.figures.plots.plot import plot_tree

        values = self.values(parameters, context)
        plotted = plot_tree(
            self.extraction_of(parameters, context),
            self.choice_of(parameters, context),
            values.path(OUTPUT),
            feedback,
            tr,
            language(),
            group_field=values.text(GROUP_FIELD),
            with_pictures=values.yes(PICTURES),
        )
        return {
            OUTPUT: str(plotted.folder.parent.parent),
            PLOTS: str(plotted.folder),
            REPORT: str(plotted.report),
            FILES: len(plotted.pictures),
        }
