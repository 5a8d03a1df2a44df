"""The values of an index and cloud mask of an extraction as a layer, made in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)
from qgis.gui import QgisInterface

from ...processing.support.i18n import tr
from .dialogs import PROVIDER

# What a task uses stays as long as it runs.
_RUNNING: list[Any] = []


def load_rows(iface: QgisInterface, extraction: Path, index: str, mask: str) -> None:
    """Load the best rows of all zones and dates; compiled files that are up to date are not written again."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"{PROVIDER}:compile")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    context.setFeedback(feedback)
    table = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    values = {"EXTRACTION": str(extraction), "INDICES": index, "CLOUDMASKS": mask, "TABLE": table}
    valid, why = algorithm.checkParameterValues(values, context)
    if not valid:
        iface.messageBar().pushMessage(tr("Sen2Chain time series"), why, Qgis.MessageLevel.Warning)
        return
    task = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback)
    task.setDescription(tr("Values of {index} as a layer").format(index=index))
    running = (algorithm, context, feedback, task)
    _RUNNING.append(running)

    def ended(well: bool, _: Any) -> None:
        from processing.gui.Postprocessing import handleAlgorithmResults

        _RUNNING.remove(running)
        if well:
            handleAlgorithmResults(algorithm, context, feedback)
        else:
            iface.messageBar().pushMessage(
                tr("Sen2Chain time series"), feedback.textLog().strip(), Qgis.MessageLevel.Warning
            )

    task.executed.connect(ended)
    QgsApplication.taskManager().addTask(task)
