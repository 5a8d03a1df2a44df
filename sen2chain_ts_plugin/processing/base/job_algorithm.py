"""What the algorithms about jobs share: their group, the library, and the job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from ..support.i18n import tr
from ..support.names import LIBRARY
from .algorithm import EngineAlgorithm
from .declarations import text_parameter
from .value_forms import about

if TYPE_CHECKING:
    from ...engine.library.folders import Library

JOB = "JOB"


class JobAlgorithm(EngineAlgorithm):
    """An algorithm about recurring jobs."""

    GROUP_ID = "jobs"
    GROUP = "Jobs"
    PAGE = "jobs"

    def declare_job(self) -> None:
        """Declare the job to work on."""
        self.declare(
            text_parameter(JOB, tr("Job"), optional=False),
            tr("The name of a job of this library, or the path of a job file (job_NAME.cfg)."),
        )

    def library_folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        """Return the folder of the library, with its full path, as the library is looked for in it."""
        from ...engine.library.folders import home_folder

        with about(LIBRARY):
            return Path(os.path.abspath(self.values(parameters, context).path(LIBRARY) or home_folder()))

    def library_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Library:
        """Return the library."""
        from ...engine.library.folders import open_library

        with about(LIBRARY):
            return open_library(self.library_folder(parameters, context))

    def job_of(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the name of the job, or the path of its file."""
        return os.path.expanduser(self.values(parameters, context).text(JOB))
