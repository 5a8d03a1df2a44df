"""The executor made of QgsTasks: helpers that show in QGIS's task manager and take items from the shared queue.

QGIS runs an algorithm in a thread of the very pool that its tasks use, and tells a task's completion in the thread the
task lives in. So nothing ever waits for a task: the calling thread works through the queue itself, helpers join in when
the pool has room, and a helper that starts late finds nothing left and ends.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication

from ...engine.feedback import Feedback
from ...engine.workers.executor import Control, Item, Outcome, Result, Work, choose_workers
from ...engine.workers.python_processes import PythonProcesses
from .collecting import no_collection_beside
from .i18n import tr


class TaskExecutor:
    """Works in the calling thread and in ``workers - 1`` QgsTasks, with other Pythons for what is bound by Python."""

    def __init__(self, workers: int) -> None:
        self.workers = choose_workers(workers)
        self._processes = PythonProcesses()

    def map(
        self,
        function: Callable[[Item, Control], Result],
        items: Sequence[Item],
        feedback: Feedback,
        *,
        ahead: int | None = None,
        python_bound: bool = False,
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item as it comes."""
        work = Work(function, items, feedback, ahead)
        processes = self._processes if python_bound else None
        helpers = [_Helper(work, processes) for _ in range(1, min(self.workers, len(items)))]
        for helper in helpers:
            # The manager hears of a task's end in the thread the task lives in, so it must live in the main one.
            helper.moveToThread(QCoreApplication.instance().thread())
            QgsApplication.taskManager().addTask(helper)
        try:
            yield from work.outcomes()
        finally:
            for helper in helpers:
                with contextlib.suppress(RuntimeError):  # the manager has deleted it already
                    helper.cancel()


class _Helper(QgsTask):
    """A worker; it holds plain Python only."""

    def __init__(self, work: Work, processes: PythonProcesses | None) -> None:
        rows = tr("Sen2Chain time series: working through rows")
        super().__init__(rows if processes else tr("Sen2Chain time series: reading rasters"), QgsTask.Flag.CanCancel)
        self._work = work
        self._processes = processes

    def run(self) -> bool:
        """Take items until there are none left."""
        with no_collection_beside():
            if self._processes:
                self._processes.help(self._work)
            else:
                self._work.help()
        return True
