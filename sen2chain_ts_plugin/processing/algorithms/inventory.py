"""Inventory: what a library has for a layer, before a long run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputNumber

from ...engine.choices import INDICES as INDEX_NAMES
from ..base.declarations import (
    boolean_parameter,
    folder_parameter,
    layer_parameter,
    report_parameter,
    table_parameter,
    words_parameter,
)
from ..base.index_source import declare_index_source
from ..base.zones_algorithm import ZonesAlgorithm
from ..support.feedback import QgisFeedback
from ..support.i18n import language, tr
from ..support.names import INDEX_SOURCE, INDICES, INPUT, LIBRARY, REPORT, TABLE, TableLayout

if TYPE_CHECKING:
    from ...engine.zones.layer import ZoneLayer

EXTRACTION_ROOT = "EXTRACTION_ROOT"
POSSIBLE = "POSSIBLE"
TILES = "TILES"
PRODUCTS = "PRODUCTS"
TO_DO = "TO_DO"


class TakeInventory(ZonesAlgorithm):
    """What a library has, and what is already extracted of it."""

    ID = "inventory"
    TITLE = "Inventory"
    GROUP_ID = "library"
    GROUP = "Library"
    SUMMARY = "Lists what a Sen2Chain library has for a layer, and what is already extracted of it."
    HELP = (
        "Before a long run: which tiles, indices, cloud masks and dates there are, how many rasters, how many of them "
        "lack their cloud probability, and which products lack a mask that others have. With a layer, only for the "
        "tiles that its zones meet, and with what Extract would skip and why.\n\n"
        "The table has a row per tile, index and cloud mask, with the footprint of the tile; masks that could be "
        "applied while reading are counted in the report, and in the table if you ask for it. The report is an HTML "
        "page of its own, with a calendar. Nothing is decoded and nothing of the library is changed; 20 000 products "
        "take a few seconds."
    )
    TAGS = "sentinel-2, sen2chain, library, catalogue, availability, calendar, report, missing, cloud mask"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare(
            layer_parameter(tr("Zones"), optional=True),
            tr("A vector layer, as for Extract: the inventory is then of the tiles it meets, and says what is already "
               "extracted for it. Empty: all tiles."),
        )  # fmt: skip
        self.declare_library()
        words = list(INDEX_NAMES)
        self.declare(
            words_parameter(INDICES, tr("Indices"), words),
            tr("Radiometric indices; empty: all that the library has. On the command line, their names separated by "
               "commas: {names}.").format(names=", ".join(words)),
        )  # fmt: skip
        self.declare_dates()
        declare_index_source(self)
        self.declare(
            boolean_parameter(POSSIBLE, tr("List masks that could be applied, too")),
            tr("Add a row to the table for each mask that could be applied while reading (-VRT, SCL, PRB, NOMASK); the "
               "column how says from what, and how many products have it from that. The report always lists them."),
            advanced=True,
        )  # fmt: skip
        self.declare(
            folder_parameter(EXTRACTION_ROOT, tr("Extraction root"), optional=True),
            tr("Where to look for what is already extracted for the layer. Empty: the extraction folder of the "
               "library."),
            advanced=True,
        )  # fmt: skip
        self.declare(
            table_parameter(tr("Table of the inventory")),
            tr("A row per tile, index and cloud mask, with the footprint of the tile."),
        )
        self.declare(
            report_parameter(tr("Report")),
            tr("An HTML page that needs no network: totals, a calendar, what Extract would do, what is missing."),
        )
        self.addOutput(QgsProcessingOutputNumber(TILES, tr("Tiles")))
        self.addOutput(QgsProcessingOutputNumber(PRODUCTS, tr("Masked rasters")))
        self.addOutput(QgsProcessingOutputNumber(TO_DO, tr("Left to extract; without a layer, all")))

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse dates in the wrong order; the cloud masks are all there are."""
        self.dates_of(parameters, context)

    def table_layout(self, parameters: dict[str, Any], context: QgsProcessingContext) -> TableLayout | None:
        """Return what the table of the inventory will be like."""
        from ..layers.inventory_table import layout

        return layout()

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Take the inventory."""
        from ...engine.extraction.inventory import take_inventory
        from ...engine.figures.html.inventory_page import inventory_page, log_lines
        from ...engine.figures.html.page import write_page
        from ...engine.library.folders import open_library
        from ..layers.inventory_table import write_table

        values = self.values(parameters, context)
        library = values.open(LIBRARY, open_library)
        zones = self._zones(parameters, context, feedback)
        inventory = take_inventory(
            library,
            values.words(INDICES),
            self.dates_of(parameters, context),
            feedback,
            zones,
            values.path(EXTRACTION_ROOT),
            values.word(INDEX_SOURCE),
        )
        for message, named in log_lines(inventory):
            feedback.info(message, **named)
        products = inventory.total(lambda entry: entry.products)
        result: dict[str, Any] = {
            TILES: len({entry.tile for entry in inventory.entries}),
            PRODUCTS: products,
            TO_DO: inventory.total(lambda entry: entry.remaining) if zones else products,
        }
        table = write_table(self, inventory, parameters, context, possible=values.yes(POSSIBLE))
        if table:
            result[TABLE] = table
        report = values.path(REPORT)
        if report is not None:
            write_page(report, inventory_page(inventory, tr, language()))
            result[REPORT] = str(report)
        return result

    def _zones(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> ZoneLayer | None:
        from ...engine.extraction.inventory import SCANNED
        from ...engine.feedback import StepFeedback

        if self.values(parameters, context).source(INPUT) is None:
            return None
        # They are read between two steps.
        return self.unread_zones(parameters, context, StepFeedback(feedback, SCANNED, SCANNED))
