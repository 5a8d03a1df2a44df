"""Extract: masked statistics of every zone, product, index and cloud mask, into the Sen2Chain extraction tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputFolder, QgsProcessingOutputNumber

from ..base.declarations import boolean_parameter, output_folder_parameter, table_parameter
from ..base.executor_choice import declare_scheduler, executor_of
from ..base.pixel_choice import declare_pixels, pixel_options_of
from ..base.zones_algorithm import ZonesAlgorithm
from ..support.feedback import QgisFeedback
from ..support.finished_runs import announce_begun
from ..support.i18n import tr
from ..support.names import EXTRACTION, LIBRARY, OUTPUT, TABLE, THREADS

if TYPE_CHECKING:
    from ...engine.feedback import Feedback

FORCE = "FORCE"
COUNTS = ("PRODUCTS", "EXTRACTED", "SKIPPED", "EMPTY", "FAILED", "ROWS")


class Extract(ZonesAlgorithm):
    """Masked statistics of every zone and product, into the extraction tree."""

    ID = "extract"
    TITLE = "Extract"
    GROUP_ID = "timeseries"
    GROUP = "Time series"
    SUMMARY = "Computes masked statistics of zones for every date of a Sen2Chain library."
    HELP = (
        "For each zone of a layer, and each acquisition, index and cloud mask of a Sen2Chain library: how many pixels "
        "are valid or without data, and the minimum, maximum, mean, standard deviation, median and quartiles of the "
        "valid ones.\n\n"
        "The rows go to one CSV per product, in the folder tree of Sen2Chain, so that both programs can continue each "
        "other's work: what is already extracted is skipped. The layer may be of any kind and CRS; a selection is "
        "honoured.\n\n"
        "Products that fail are named in the log and counted in FAILED; the next run tries them again."
    )
    TAGS = "sentinel-2, sen2chain, time series, zonal statistics, curve, vegetation, ndvi, cloud mask, vegetation index"

    TAKES_PIXELS = True
    CANCELLED = "Cancelled. Products that were extracted are kept: run it again to extract the others."

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_products()
        self.declare(
            boolean_parameter(FORCE, tr("Re-extract existing products")),
            tr("Compute every product again, instead of skipping those that are done."),
            advanced=True,
        )
        declare_pixels(self)
        self.declare_threads()
        declare_scheduler(self)
        self.declare(
            output_folder_parameter(OUTPUT, tr("Extraction root")),
            tr("The folder in which the extraction folder NAME_CHECKSUM is found or made. "
               "Empty: the extraction folder of the library."),
        )  # fmt: skip
        self.declare(
            table_parameter(tr("Table of the new rows")),
            tr(
                "Also put the rows of this run into a layer, each with the geometry of its zone. Choose a file: a "
                "temporary layer is empty when the project is opened again."
            ),
        )
        self.addOutput(QgsProcessingOutputFolder(EXTRACTION, tr("Extraction folder")))
        titles = (tr("Products"), tr("Extracted"), tr("Skipped"), tr("Empty"), tr("Failed"), tr("Rows"))
        for name, title in zip(COUNTS, titles):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Extract."""
        from ...engine.extraction.extract import extract
        from ...engine.feedback import StepFeedback
        from ...engine.library.folders import open_library
        from ...engine.zones.unread_layer import READING

        values = self.values(parameters, context)
        library = values.open(LIBRARY, open_library)
        root = values.path(OUTPUT) or library.extraction
        pixels, table = pixel_options_of(values), None
        reading = StepFeedback(feedback, 0.0, READING)
        rest: Feedback = feedback
        if values.wants(TABLE):
            # It shows the zones with their buffer.
            zones, table = self.zones_and_table(parameters, context, reading)
            pixels, rest = pixels.without_buffer, StepFeedback(feedback, READING, 1.0)
        else:
            zones = self.unread_zones(parameters, context, reading)
        tree, summary = extract(
            library,
            zones,
            self.selection_of(parameters, context),
            root,
            executor_of(self, parameters, context, values.whole(THREADS)),
            rest,
            force=values.yes(FORCE),
            begun=announce_begun,
            receive=None if table is None else lambda rows: table.add(rows.tuples()),
            pixels=pixels,
        )
        counts = {name: getattr(summary, name.lower()) for name in COUNTS}
        feedback.info(
            "Products: {PRODUCTS} ({EXTRACTED} extracted, {SKIPPED} already done, {EMPTY} without data, "
            "{FAILED} failed). Rows: {ROWS}.",
            **counts,
        )
        return {EXTRACTION: str(tree.folder), OUTPUT: str(root), **counts, **(table.finish() if table else {})}
