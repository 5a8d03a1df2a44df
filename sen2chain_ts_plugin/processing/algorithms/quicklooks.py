"""Quicklooks: pictures of each zone, date and index of an extraction, and sheets of them."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputFolder, QgsProcessingOutputNumber

from ...engine.choices import MARGIN
from ..base.declarations import folder_parameter, number_parameter, output_folder_parameter
from ..base.figures_algorithm import FiguresAlgorithm
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.names import LIBRARY, OUTPUT, THREADS

BUFFER = "BUFFER"
QUICKLOOKS = "QUICKLOOKS"
FILES = "FILES"
SHEETS = "SHEETS"
FAILED = "FAILED"


class QuickLooks(FiguresAlgorithm):
    """Pictures of each zone, date and index of an extraction."""

    ID = "quicklooks"
    TITLE = "Quicklooks"
    SUMMARY = "Draws a picture of each zone and date of an extraction, and sheets of all dates."
    HELP = (
        "For each zone, index and cloud mask, and each date on which the zone has a row: the index around the zone, "
        "with the zone's outline, what the cloud mask hides hatched over the unmasked index, and grey where there are "
        "no data; and a sheet of all dates. Where the library has the L2A of a product, its true colours too.\n\n"
        "The names are those of Sen2Chain's extract_ql. Each zone has a folder QL_ZONE, in it one per cloud mask. "
        "The colours can be told apart with every kind of colour vision, and are the same for all zones and dates.\n\n"
        "One picture is drawn per zone, date, index and mask: for many zones choose an index, a mask and dates."
    )
    TAGS = "sentinel-2, sen2chain, quicklook, export, preview, thumbnail, mosaic, true colour, cloud mask, picture"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare_extraction()
        self.declare(
            folder_parameter(LIBRARY, tr("Sen2Chain library"), optional=True),
            tr("The library that the extraction was made from: a Sen2Chain data folder (it holds INDICES), or a "
               "folder that holds sen2chain_data/config/config.cfg. Empty: the folder that the variable "
               "SEN2CHAIN_HOMEPATH names, else your home folder."),
        )  # fmt: skip
        self.declare_choice()
        self.declare(
            number_parameter(BUFFER, tr("Margin around the zones (m)"), MARGIN, 0, integer=False),
            tr("How much to show around a zone, in metres."),
        )
        self.declare_threads()
        self.declare(
            output_folder_parameter(OUTPUT, tr("Folder for the quicklooks")),
            tr("A folder NAME_CHECKSUM/quicklooks is made in it. Empty: in the extraction itself."),
        )
        self.addOutput(QgsProcessingOutputFolder(QUICKLOOKS, tr("Quicklooks")))
        self.addOutput(QgsProcessingOutputNumber(FILES, tr("Number of pictures")))
        self.addOutput(QgsProcessingOutputNumber(SHEETS, tr("Number of sheets")))
        self.addOutput(QgsProcessingOutputNumber(FAILED, tr("Number of rasters that failed")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Draw."""
        from ...engine.figures.quicklooks.quicklooks import QuicklookRequest, draw_quicklooks
        from ...engine.library.folders import open_library
        from ...engine.tree.layout import open_tree
        from ..layers.tree_zones import TreeZones
        from ..support.task_executor import TaskExecutor, choose_workers

        values = self.values(parameters, context)
        extraction = self.extraction_of(parameters, context)
        zones = TreeZones(open_tree(extraction))
        zones.load(feedback)
        quicklooks = draw_quicklooks(
            values.open(LIBRARY, open_library),
            extraction,
            lambda epsg: zones.outlines(epsg, context),
            QuicklookRequest(
                self.choice_of(parameters, context),
                values.number(BUFFER),
                values.path(OUTPUT),
            ),
            TaskExecutor(choose_workers(values.whole(THREADS))),
            feedback,
            tr,
        )
        return {
            OUTPUT: str(quicklooks.folder.parent.parent),
            QUICKLOOKS: str(quicklooks.folder),
            FILES: quicklooks.pictures,
            SHEETS: quicklooks.sheets,
            FAILED: quicklooks.failed,
        }
