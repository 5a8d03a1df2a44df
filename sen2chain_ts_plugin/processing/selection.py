"""What extract and timeseries share: zones, library, indices, cloud masks, dates, cover, workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

from ..engine import cloudmask
from ..engine.choices import INDICES as INDEX_NAMES
from ..engine.errors import EngineError
from .algorithm import (
    CLOUDMASK,
    CLOUDMASKS,
    COVER_MAX,
    COVER_MIN,
    DATE_MAX,
    DATE_MIN,
    INDICES,
    INPUT,
    LIBRARY,
    TABLE,
    THREADS,
    EngineAlgorithm,
    date_parameter,
    folder_parameter,
    layer_parameter,
    number_parameter,
    text_parameter,
    words_parameter,
)
from .feedback import QgisFeedback
from .i18n import tr, tr_error

if TYPE_CHECKING:
    from ..engine.library import Selection
    from .vectors import SourceFile, SourceZones
    from .zonetable import ZoneTable


class ZonesAlgorithm(EngineAlgorithm):
    """An algorithm that meets the zones of a layer with the products of a library."""

    # Several cloud masks in CLOUDMASKS, or one in CLOUDMASK.
    SEVERAL_CLOUDMASKS = True
    _about: SourceFile

    def declare_zones(self) -> None:
        """Declare the layer."""
        self.declare(
            layer_parameter(tr("Zones")),
            tr("A vector layer of any kind and CRS: polygons, lines or points. When features are selected and "
               "'Selected features only' is ticked, only these are zones."),
        )  # fmt: skip

    def declare_library(self) -> None:
        """Declare the library."""
        self.declare(
            folder_parameter(LIBRARY, tr("Sen2Chain library"), optional=True),
            tr("A Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. "
               "Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder."),
        )  # fmt: skip

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
        forms = "CM001, CM002-B11, CM003-PRB1-ITER5, CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM"
        if self.SEVERAL_CLOUDMASKS:
            parameter = text_parameter(CLOUDMASKS, tr("Cloud masks"), cloudmask.DEFAULT)
            text = tr("Names of cloud masks, separated by / or a comma, such as {forms} "
                      "(OCM: the newest version that a product has).")  # fmt: skip
        else:
            parameter = text_parameter(CLOUDMASK, tr("Cloud mask"), cloudmask.DEFAULT)
            text = tr("Name of a cloud mask, such as {forms} (OCM: the newest version that a product has).")
        self.declare(parameter, text.format(forms=forms))

    def declare_dates_and_cover(self) -> None:
        """Declare the dates and the cloud cover of the products."""
        self.declare(date_parameter(DATE_MIN, tr("First date")), tr("Day of the oldest acquisition; empty: no limit."))
        self.declare(date_parameter(DATE_MAX, tr("Last date")), tr("Day of the latest acquisition; empty: no limit."))
        self.declare(
            number_parameter(COVER_MIN, tr("Least cloud cover of a product (%)"), 0, 0, 100, integer=False),
            tr("Leave out products that are clearer than this; those of unknown cover are kept."),
            advanced=True,
        )
        self.declare(
            number_parameter(COVER_MAX, tr("Most cloud cover of a product (%)"), 100, 0, 100, integer=False),
            tr("Leave out products that are cloudier than this; those of unknown cover are kept."),
            advanced=True,
        )

    def declare_threads(self) -> None:
        """Declare the number of workers."""
        self.declare(
            number_parameter(THREADS, tr("Workers"), 0, 0),
            tr("How many rasters are read at once; 0: one per processor core, up to 8. The result is the same."),
            advanced=True,
        )

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check the values as QGIS does, then what QGIS cannot know."""
        valid, why = super().checkParameterValues(parameters, context)
        if not valid:
            return valid, why
        first, last = self.date_of(parameters, DATE_MIN, context), self.date_of(parameters, DATE_MAX, context)
        if first is not None and last is not None and first > last:
            return False, tr("The first date, {first}, is after the last one, {last}.").format(first=first, last=last)
        try:
            self._cloudmasks(parameters, context)
        except EngineError as error:
            return False, tr_error(error)
        return True, ""

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layer, in the main thread, what the zones need to know of it."""
        from .vectors import describe_source

        layer = self.parameterAsVectorLayer(parameters, INPUT, context)
        self._about = describe_source(layer, parameters.get(INPUT), context)
        return True

    def sinkProperties(
        self,
        sink: str,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sourceProperties: dict[str, QgsProcessingAlgorithm.VectorProperties],
    ) -> QgsProcessingAlgorithm.VectorProperties:
        """Tell a model what the table will be like."""
        from .vectors import describe_source
        from .zonetable import sink_properties

        source = self.parameterAsSource(parameters, INPUT, context)
        if sink != TABLE or source is None:
            return QgsProcessingAlgorithm.VectorProperties()
        layer = self.parameterAsVectorLayer(parameters, INPUT, context)
        return sink_properties(source, describe_source(layer, parameters.get(INPUT), context))

    def zones_and_table(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> tuple[SourceZones, ZoneTable]:
        """Read the zones, and open the table that the user asked for."""
        from .vectors import SourceZones
        from .zonetable import ZoneTable

        source = self.parameterAsSource(parameters, INPUT, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, INPUT))
        zones = SourceZones(source, self._about, context, feedback)
        return zones, ZoneTable(self, parameters, context, source, zones)

    def selection_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Selection:
        """Return which products are asked for."""
        from ..engine.library import Selection

        return Selection(
            indices=self.parameterAsEnumStrings(parameters, INDICES, context),
            cloudmasks=self._cloudmasks(parameters, context),
            date_min=self.date_of(parameters, DATE_MIN, context),
            date_max=self.date_of(parameters, DATE_MAX, context),
            cover_min=self.parameterAsDouble(parameters, COVER_MIN, context),
            cover_max=self.parameterAsDouble(parameters, COVER_MAX, context),
        )

    def _cloudmasks(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[cloudmask.CloudMask]:
        name = CLOUDMASKS if self.SEVERAL_CLOUDMASKS else CLOUDMASK
        text = (
            self.parameterAsString(parameters, name, context).strip() or cloudmask.DEFAULT
        )  # a field that was emptied
        return cloudmask.parse_list(text) if self.SEVERAL_CLOUDMASKS else [cloudmask.parse(text)]
