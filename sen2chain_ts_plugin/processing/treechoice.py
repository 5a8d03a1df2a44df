"""What plot and quicklooks share: an extraction, and what to show of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from ..engine import cloudmask
from ..engine.choices import INDICES as INDEX_NAMES
from ..engine.errors import EngineError
from .algorithm import (
    CLOUDMASKS,
    DATE_MAX,
    DATE_MIN,
    EXTRACTION,
    INDICES,
    EngineAlgorithm,
    date_parameter,
    folder_parameter,
    text_parameter,
    words_parameter,
)
from .i18n import tr, tr_error

if TYPE_CHECKING:
    from ..engine.zoneseries import Choice

KEY_FIELD = "KEY_FIELD"


class TreeAlgorithm(EngineAlgorithm):
    """An algorithm that shows the rows of an extraction."""

    def declare_extraction(self) -> None:
        """Declare the extraction."""
        self.declare(
            folder_parameter(EXTRACTION, tr("Extraction folder")),
            tr("The folder NAME_CHECKSUM that Extract or Sen2Chain made; it holds raw_data."),
        )

    def declare_choice(self) -> None:
        """Declare what to show of it."""
        words = list(INDEX_NAMES)
        self.declare(
            words_parameter(INDICES, tr("Indices"), words),
            tr("Radiometric indices to show; empty: all that were extracted. On the command line, their names "
               "separated by commas: {names}.").format(names=", ".join(words)),
        )  # fmt: skip
        self.declare(
            text_parameter(CLOUDMASKS, tr("Cloud masks")),
            tr("Names of cloud masks to show, separated by / or a comma; empty: all that were extracted."),
        )
        self.declare(
            text_parameter(KEY_FIELD, tr("Field that names the zones")),
            tr("An attribute of the zones, for titles and file names; empty: their numbers (FID0, FID1…)."),
        )
        self.declare(date_parameter(DATE_MIN, tr("First date")), tr("First day to show; empty: no limit."))
        self.declare(date_parameter(DATE_MAX, tr("Last date")), tr("Last day to show; empty: no limit."))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check the values as QGIS does, then what QGIS cannot know."""
        valid, why = super().checkParameterValues(parameters, context)
        if not valid:
            return valid, why
        first, last = self.date_of(parameters, DATE_MIN, context), self.date_of(parameters, DATE_MAX, context)
        if first is not None and last is not None and first > last:
            return False, tr("The first date, {first}, is after the last one, {last}.").format(first=first, last=last)
        try:
            self.choice_of(parameters, context)
        except EngineError as error:
            return False, tr_error(error)
        return True, ""

    def extraction_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        """Return the extraction folder."""
        return Path(self.parameterAsString(parameters, EXTRACTION, context))

    def choice_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Choice:
        """Return what to show."""
        from ..engine.zoneseries import Choice

        masks = self.parameterAsString(parameters, CLOUDMASKS, context)
        return Choice(
            # What is omitted and has no default arrives as one empty word.
            indices=tuple(word for word in self.parameterAsEnumStrings(parameters, INDICES, context) if word) or None,
            cloudmasks=tuple(cloudmask.parse_list(masks)) if masks.strip() else None,
            date_min=self.date_of(parameters, DATE_MIN, context),
            date_max=self.date_of(parameters, DATE_MAX, context),
            key_field=self.parameterAsString(parameters, KEY_FIELD, context).strip(),
        )
