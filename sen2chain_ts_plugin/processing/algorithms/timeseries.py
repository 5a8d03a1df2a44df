"""Time series: one CSV per index straight from the library, without an extraction tree."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputNumber

from ..base.declarations import output_folder_parameter, table_parameter
from ..base.executor_choice import declare_scheduler, executor_of
from ..base.pixel_choice import declare_pixels, pixel_options_of
from ..base.zones_algorithm import ZonesAlgorithm
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.names import LIBRARY, OUTPUT, THREADS

FILES = "FILES"
ROWS = "ROWS"


class TimeSeries(ZonesAlgorithm):
    """One CSV per index, straight from the library."""

    ID = "timeseries"
    ICON_NAME = "timeseriescsv"  # the dock has the curve
    TITLE = "Time series to CSV"
    GROUP_ID = "timeseries"
    GROUP = "Time series"
    SUMMARY = "Writes one table of masked statistics per index, straight from a Sen2Chain library."
    HELP = (
        "The same statistics as Extract, all dates in one CSV per index, without an extraction folder: for a single "
        "study. For ongoing work, with new dates now and then, use Extract and Compile.\n\n"
        "Where several products show a zone at the same time, the row with most valid pixels is kept, then the one "
        "with the smallest standard deviation."
    )
    TAGS = "sentinel-2, sen2chain, time series, zonal statistics, export, table, csv, ndvi, cloud mask"
    SEVERAL_CLOUDMASKS = False
    TAKES_PIXELS = True

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_products()
        declare_pixels(self)
        self.declare_threads()
        declare_scheduler(self)
        self.declare(
            output_folder_parameter(OUTPUT, tr("Folder for the time series")),
            tr("A folder named like the layer is made in it. Empty: the time series folder of the library."),
        )
        self.declare(
            table_parameter(tr("Table of the time series")),
            tr(
                "Also put the rows into a layer, each with the geometry of its zone. Choose a file: a temporary layer "
                "is empty when the project is opened again."
            ),
        )
        self.addOutput(QgsProcessingOutputNumber(FILES, tr("Number of files")))
        self.addOutput(QgsProcessingOutputNumber(ROWS, tr("Number of rows")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Write the time series."""
        from ...engine.extraction.timeseries import write_timeseries
        from ...engine.feedback import StepFeedback
        from ...engine.library.folders import open_library
        from ...engine.zones.unread_layer import READING

        values = self.values(parameters, context)
        library = values.open(LIBRARY, open_library)
        output = values.path(OUTPUT) or library.timeseries
        # The zones come with their buffer.
        zones, table = self.zones_and_table(parameters, context, StepFeedback(feedback, 0.0, READING))
        series = write_timeseries(
            library,
            zones,
            self.selection_of(parameters, context),
            output,
            executor_of(self, parameters, context, values.whole(THREADS)),
            StepFeedback(feedback, READING, 1.0),
            receive=table.add,
            pixels=pixel_options_of(values).without_buffer,
        )
        return {OUTPUT: str(output), FILES: len(series.files), ROWS: series.rows, **table.finish()}
