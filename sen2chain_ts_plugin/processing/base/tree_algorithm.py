"""What compile, plot and quicklooks share: an extraction, and what of it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from ...engine.choices import INDICES as INDEX_NAMES
from ..support.i18n import tr
from ..support.names import CLOUDMASKS, DATE_MAX, DATE_MIN, EXTRACTION, INDICES, KEY_FIELD
from ..support.preload import GDAL, TABLES
from .algorithm import EngineAlgorithm
from .declarations import date_parameter, folder_parameter, text_parameter, words_parameter
from .parameters import Values

if TYPE_CHECKING:
    from ...engine.library.cloudmask import CloudMask
    from ...engine.series.zone_series import Choice


class TreeAlgorithm(EngineAlgorithm):
    """An algorithm that works on the rows of an extraction."""

    def declare_extraction(self) -> None:
        """Declare the extraction."""
        self.declare(
            folder_parameter(EXTRACTION, tr("Extraction folder")),
            tr("The folder NAME_CHECKSUM that Extract or Sen2Chain made; it holds raw_data."),
        )

    def declare_indices_and_cloudmasks(self) -> None:
        """Declare the indices and cloud masks of its rows."""
        words = list(INDEX_NAMES)
        self.declare(
            words_parameter(INDICES, tr("Indices"), words),
            tr("Radiometric indices; empty: all that were extracted. On the command line, their names separated by "
               "commas: {names}.").format(names=", ".join(words)),
        )  # fmt: skip
        self.declare(
            text_parameter(CLOUDMASKS, tr("Cloud masks")),
            tr("Names of cloud masks, separated by / or a comma; empty: all that were extracted."),
        )

    def declare_choice(self) -> None:
        """Declare what to show of it."""
        self.declare_indices_and_cloudmasks()
        self.declare(
            text_parameter(KEY_FIELD, tr("Field that names the zones")),
            tr("An attribute of the zones, for titles and file names; empty: their numbers (FID0, FID1…)."),
        )
        self.declare(date_parameter(DATE_MIN, tr("First date")), tr("First day to show; empty: no limit."))
        self.declare(date_parameter(DATE_MAX, tr("Last date")), tr("Last day to show; empty: no limit."))

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return what reads layers and makes tables."""
        return (*GDAL, *TABLES)

    def check_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse dates in the wrong order, and names that are no cloud masks."""
        self.choice_of(parameters, context)

    def extraction_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        """Return the extraction folder."""
        return self.values(parameters, context).needed_path(EXTRACTION)

    def indices_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, ...] | None:
        """Return the indices that are asked for; None for all that were extracted."""
        return self.values(parameters, context).words(INDICES) or None

    def cloudmasks_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[CloudMask, ...] | None:
        """Return the cloud masks that are asked for; None for all that were extracted."""
        return self.values(parameters, context).cloudmasks(CLOUDMASKS) or None

    def choice_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Choice:
        """Return what to show."""
        from ...engine.series.zone_series import Choice

        first, last = self.dates_of(parameters, context)
        return Choice(
            indices=self.indices_of(parameters, context),
            cloudmasks=self.cloudmasks_of(parameters, context),
            date_min=first,
            date_max=last,
            key_field=self.values(parameters, context).text(KEY_FIELD).strip(),
        )
