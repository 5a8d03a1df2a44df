"""Running jobs from the window, each as a task of QGIS: it shows in the task manager and can be cancelled there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...processing.support.i18n import tr
from ..dialogs.dialogs import PROVIDER


class _Feedback(QgsProcessingFeedback):
    """Keeps the last thing that failed."""

    def __init__(self) -> None:
        super().__init__(False)
        self.problem = ""

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.problem = error
        super().reportError(error, fatalError)


@dataclass
class _Going:
    """A run in progress; QGIS owns nothing of it."""

    algorithm: QgsProcessingAlgorithm
    task: QgsProcessingAlgRunnerTask
    context: QgsProcessingContext = field(repr=False)
    feedback: _Feedback = field(repr=False)


class JobRunner(QObject):
    """Runs jobs in the background."""

    # The job, and what failed in words; empty when nothing did.
    ended = pyqtSignal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._going: dict[str, _Going] = {}

    @property
    def names(self) -> Collection[str]:
        """The jobs that are running, started from here."""
        return self._going.keys()

    def run(self, name: str, library: str) -> None:
        """Run a job, unless it is running already."""
        if name in self._going:
            return
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"{PROVIDER}:runjob")
        context, feedback = QgsProcessingContext(), _Feedback()
        context.setProject(QgsProject.instance())
        context.setFeedback(feedback)
        values = {"JOB": name, "LIBRARY": library, "DRY_RUN": False}
        task = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback)
        task.setDescription(tr("Job {name}").format(name=name))
        going = self._going[name] = _Going(algorithm, task, context, feedback)
        # What the task uses stays as long as this connection, and so as the task, even if the window is closed before.
        task.executed.connect(lambda well, _: self._end(name, going, well))
        QgsApplication.taskManager().addTask(task)

    def cancel(self, name: str) -> None:
        """Ask a run to stop."""
        if name in self._going:
            self._going[name].task.cancel()

    def close(self) -> None:
        """Ask all runs to stop, and wait for it: they end within the reading of a block."""
        self.blockSignals(True)
        # Those that have no thread yet end here, and are gone; to wait for them would be to wait for other tasks.
        for going in list(self._going.values()):
            going.task.cancel()
        # QGIS goes on with other things meanwhile: others of them end, and go, while one is waited for.
        while self._going:
            name, going = next(iter(self._going.items()))
            going.task.waitForFinished(0)
            self._going.pop(name, None)

    def _end(self, name: str, going: _Going, well: bool) -> None:
        if self._going.pop(name, None) is going:
            # A run that is skipped, because another one is going on, ends well and has done nothing.
            self.ended.emit(name, going.feedback.problem or ("" if well else tr("it was stopped.")))
