"""What the algorithms about jobs share: their group, the library, and the job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext

from ..support.i18n import tr
from ..support.names import LIBRARY
from .algorithm import EngineAlgorithm
from .declarations import text_parameter

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
        from ...engine.library.folders import HOME_VARIABLE

        folder = self.folder_of(parameters, LIBRARY, context)
        return Path(os.path.abspath(folder or os.environ.get(HOME_VARIABLE) or Path.home()))
