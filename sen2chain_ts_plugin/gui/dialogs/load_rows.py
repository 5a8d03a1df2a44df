"""The values of an index and cloud mask of an extraction as a layer, made in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProcessingOutputLayerDefinition, QgsProject
from qgis.gui import QgisInterface

from ...processing.support.i18n import tr
from .background_run import BackgroundRun, start_run


def load_rows(iface: QgisInterface, extraction: Path, index: str, mask: str) -> None:
    """Load the best rows of all zones and dates; compiled files that are up to date are not written again."""
    table = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    values = {"EXTRACTION": str(extraction), "INDICES": index, "CLOUDMASKS": mask, "TABLE": table}

    def warn(problem: str) -> None:
        iface.messageBar().pushMessage(tr("Sen2Chain time series"), problem, Qgis.MessageLevel.Warning)

    def ended(run: BackgroundRun, well: bool, _: dict[str, Any]) -> None:
        if well:
            run.load_results()
        else:
            warn(run.feedback.problem)

    problem = start_run("compile", values, tr("Values of {index} as a layer").format(index=index), ended)
    if isinstance(problem, str):
        warn(problem)
