"""An algorithm of the plugin run as a task of QGIS: it shows in the task manager, and can be cancelled there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)

from .dialogs import PROVIDER


class RunFeedback(QgsProcessingFeedback):
    """Keeps the last thing that failed."""

    def __init__(self) -> None:
        super().__init__(False)
        self.problem = ""

    def reportError(self, error: str, fatalError: bool = False) -> None:
        """Note what failed."""
        self.problem = error
        super().reportError(error, fatalError)


@dataclass
class BackgroundRun:
    """A run in progress; QGIS owns nothing of it."""

    algorithm: QgsProcessingAlgorithm
    context: QgsProcessingContext = field(repr=False)
    feedback: RunFeedback = field(repr=False)
    task: QgsProcessingAlgRunnerTask

    def load_results(self) -> None:
        """Load the layers that were written, as the dialog of the algorithm does."""
        from processing.gui.Postprocessing import handleAlgorithmResults

        handleAlgorithmResults(self.algorithm, self.context, self.feedback)


# Called with the run, whether it finished successfully, and its results.
Ended = Callable[[BackgroundRun, bool, "dict[str, Any]"], object]
# What a task uses stays as long as it runs.
_RUNNING: list[BackgroundRun] = []


def start_run(algorithm: str, values: dict[str, Any], description: str, ended: Ended) -> BackgroundRun | str:
    """Start an algorithm, and return the run; or what is wrong with the values, and nothing is started.

    Parameters
    ----------
    algorithm
        its id.
    values
        of its parameters.
    description
        for the task manager.
    ended
        called in the main thread when it has ended.
    """
    made = QgsApplication.processingRegistry().createAlgorithmById(f"{PROVIDER}:{algorithm}")
    context, feedback = QgsProcessingContext(), RunFeedback()
    context.setProject(QgsProject.instance())
    context.setFeedback(feedback)
    valid, why = made.checkParameterValues(values, context)
    if not valid:
        return str(why)
    task = QgsProcessingAlgRunnerTask(made, values, context, feedback)
    task.setDescription(description)
    run = BackgroundRun(made, context, feedback, task)
    _RUNNING.append(run)

    def end(well: bool, results: dict[str, Any]) -> None:
        _RUNNING.remove(run)
        ended(run, well, results)

    task.executed.connect(end)
    QgsApplication.taskManager().addTask(task)
    return run
