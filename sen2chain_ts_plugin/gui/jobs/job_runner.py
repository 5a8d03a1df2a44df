"""Running jobs from the window, each as a task of QGIS: it shows in the task manager and can be cancelled there."""

from __future__ import annotations

from collections.abc import Collection

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...processing.support.i18n import tr
from ..dialogs.background_run import BackgroundRun, start_run


class JobRunner(QObject):
    """Runs jobs in the background."""

    # The job, and what failed in words; empty when nothing did.
    ended = pyqtSignal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._going: dict[str, BackgroundRun] = {}

    @property
    def names(self) -> Collection[str]:
        """The jobs that are running, started from here."""
        return self._going.keys()

    def run(self, name: str, library: str) -> None:
        """Run a job, unless it is running already."""
        if name in self._going:
            return
        values = {"JOB": name, "LIBRARY": library, "DRY_RUN": False}
        description = tr("Job {name}").format(name=name)
        # What the task uses stays as long as the task, even if the window is closed before.
        run = start_run("runjob", values, description, lambda run, well, _: self._end(name, run, well))
        if isinstance(run, str):
            self.ended.emit(name, run)
        else:
            self._going[name] = run

    def cancel(self, name: str) -> None:
        """Ask a run to stop."""
        if name in self._going:
            self._going[name].task.cancel()

    def close(self) -> None:
        """Ask all runs to stop, and wait for it: they end within the reading of a block."""
        self.blockSignals(True)
        # Those that have no thread yet end here, and are gone; to wait for them would be to wait for other tasks.
        for run in list(self._going.values()):
            run.task.cancel()
        # QGIS goes on with other things meanwhile: others of them end, and go, while one is waited for.
        while self._going:
            name, run = next(iter(self._going.items()))
            run.task.waitForFinished(0)
            self._going.pop(name, None)

    def _end(self, name: str, run: BackgroundRun, well: bool) -> None:
        if self._going.pop(name, None) is run:
            # A run that is skipped, because another one is running, finishes successfully and has done nothing.
            self.ended.emit(name, run.feedback.problem or ("" if well else tr("it was stopped.")))
