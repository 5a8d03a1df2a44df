"""What extract, timeseries and inventory share: zones, indices, cloud masks, dates, cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSource,
)

from ...engine.choices import INDICES as INDEX_NAMES
from ...engine.errors import CoverReversed
from ...engine.library import cloudmask
from ..support.i18n import tr
from ..support.names import (
    CLOUDMASK,
    CLOUDMASKS,
    COVER_MAX,
    COVER_MIN,
    DATE_MAX,
    DATE_MIN,
    INDEX_SOURCE,
    INDICES,
    INPUT,
    LIBRARY,
    TABLE,
    TableLayout,
)
from ..support.preload import RASTERS
from .algorithm import EngineAlgorithm
from .declarations import date_parameter, layer_parameter, number_parameter, text_parameter, words_parameter
from .index_source import declare_index_source
from .parameters import Values
from .pixel_choice import pixel_options_of

if TYPE_CHECKING:
    from ...engine.feedback import Feedback
    from ...engine.library.selection import Selection
    from ...engine.zones.layer import ZoneLayer
    from ..layers.rows_table import ZoneTable
    from ..layers.source_file import SourceFile


class ZonesAlgorithm(EngineAlgorithm):
    """An algorithm that meets the zones of a layer with the products of a library."""

    # Several cloud masks in CLOUDMASKS, or one in CLOUDMASK.
    SEVERAL_CLOUDMASKS = True
    # Whether it asks which pixels belong to a zone.
    TAKES_PIXELS = False
    about: SourceFile

    def declare_zones(self) -> None:
        """Declare the layer."""
        self.declare(
            layer_parameter(tr("Zones")),
            tr("A vector layer of any kind and CRS: polygons, lines or points. When features are selected and "
               "'Selected features only' is ticked, only these are zones."),
        )  # fmt: skip

    def declare_products(self) -> None:
        """Declare the zones, and which products of a library are asked for."""
        self.declare_zones()
        self.declare_library()
        self.declare_indices()
        self.declare_cloudmasks()
        self.declare_dates_and_cover()
        declare_index_source(self)

    def declare_indices(self) -> None:
        """Declare the radiometric indices."""
        words = list(INDEX_NAMES)
        self.declare(
            words_parameter(INDICES, tr("Indices"), words, default=["NDVI"]),
            tr("Radiometric indices; on the command line, their names separated by commas: {names}.").format(
                names=", ".join(words)
            ),
        )

    def declare_cloudmasks(self) -> None:
        """Declare the cloud masks, or the one cloud mask."""
        forms = ", ".join(cloudmask.PRODUCED_NAMES)
        if self.SEVERAL_CLOUDMASKS:
            parameter = text_parameter(CLOUDMASKS, tr("Cloud masks"), cloudmask.DEFAULT)
            text = tr("Names of cloud masks, separated by / or a comma, such as {forms} "
                      "(OCM: the newest version that a product has).")  # fmt: skip
        else:
            parameter = text_parameter(CLOUDMASK, tr("Cloud mask"), cloudmask.DEFAULT)
            text = tr("Name of a cloud mask, such as {forms} (OCM: the newest version that a product has).")
        applied = tr(
            "Applied while reading, without a masked raster: any of these with -VRT, SCL or SCL-3-8-9-10 (classes of "
            "the scene classification), PRB-50 (cloud probability in %), each also with a dilation in metres, as in "
            "SCL-DIL40, and NOMASK. Empty: {library}, or {l2a} where the indices come from L2A products."
        ).format(library=cloudmask.DEFAULT, l2a=cloudmask.DEFAULT_L2A)
        self.declare(parameter, f"{text.format(forms=forms)} {applied}")

    def declare_dates(self) -> None:
        """Declare the dates of the products."""
        self.declare(date_parameter(DATE_MIN, tr("First date")), tr("Day of the oldest acquisition; empty: no limit."))
        self.declare(date_parameter(DATE_MAX, tr("Last date")), tr("Day of the latest acquisition; empty: no limit."))

    def declare_dates_and_cover(self) -> None:
        """Declare the dates and the cloud cover of the products."""
        self.declare_dates()
        self.declare(
            number_parameter(COVER_MIN, tr("Minimum cloud cover of a product (%)"), 0, 0, 100, integer=False),
            tr("Leave out products that are clearer than this; those of unknown cover are kept."),
            advanced=True,
        )
        self.declare(
            number_parameter(COVER_MAX, tr("Maximum cloud cover of a product (%)"), 100, 0, 100, integer=False),
            tr("Leave out products that are cloudier than this; those of unknown cover are kept."),
            advanced=True,
        )

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse dates and covers in the wrong order, names that are no cloud masks, pixels that are not possible."""
        selection = self.selection_of(parameters, context)
        if self.TAKES_PIXELS:
            pixel_options_of(self.values(parameters, context)).check_masks(selection.cloudmasks)

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return what reads rasters."""
        return RASTERS

    def prepare_values(self, values: Values, context: QgsProcessingContext) -> None:
        """Take from the layer what the zones need to know of it."""
        from ..layers.source_file import describe_source

        self.about = describe_source(values.layer(INPUT), values.layer_value(INPUT), context, ordered=True)

    def table_layout(self, parameters: dict[str, Any], context: QgsProcessingContext) -> TableLayout | None:
        """Return what the table of the rows will be like."""
        from ..layers.rows_table import layout
        from ..layers.source_file import describe_source

        values = self.values(parameters, context)
        source = values.source(INPUT)
        if source is None:
            return None
        about = describe_source(values.layer(INPUT), values.layer_value(INPUT), context)
        return layout(source, about, pixel_options_of(values))

    def unread_zones(self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: Feedback) -> ZoneLayer:
        """Return the zones without their buffer, read when they are asked for."""
        from ..layers.late_zones import late_zones

        return late_zones(self.source_of(parameters, context), self.about, context, feedback)

    def zones_and_table(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: Feedback
    ) -> tuple[ZoneLayer, ZoneTable]:
        """Read the zones, with their buffer, and open the table that the user asked for."""
        from ...engine.library.folders import open_library
        from ...engine.library.products import find_products
        from ..layers.rows_table import ZoneTable
        from ..layers.source_zones import SourceZones

        values = self.values(parameters, context)
        # What the library lacks is refused before the zones are read.
        find_products(values.open(LIBRARY, open_library), self.selection_of(parameters, context))
        source = self.source_of(parameters, context)
        zones = SourceZones(source, self.about, context, feedback, shown=values.wants(TABLE))
        pixels = pixel_options_of(values)
        layer = pixels.zones_of(zones, feedback)
        return layer, ZoneTable(self, parameters, context, source, zones, pixels, layer)

    def source_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> QgsProcessingFeatureSource:
        """Return the features of the layer."""
        return self.values(parameters, context).needed_source(INPUT)

    def selection_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Selection:
        """Return which products are asked for."""
        from ...engine.library.selection import Selection

        values = self.values(parameters, context)
        first, last = self.dates_of(parameters, context)
        least, most = values.number(COVER_MIN), values.number(COVER_MAX)
        if least > most:
            raise CoverReversed(least=f"{least:g}", most=f"{most:g}")
        masks = CLOUDMASKS if self.SEVERAL_CLOUDMASKS else CLOUDMASK
        return Selection(
            indices=values.words(INDICES),
            # Which mask is the default depends on where the indices come from.
            cloudmasks=() if values.omitted(masks) else values.cloudmasks(masks),
            date_min=first,
            date_max=last,
            cover_min=least,
            cover_max=most,
            index_source=values.word(INDEX_SOURCE),
        )
