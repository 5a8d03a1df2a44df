"""The executor made of QgsTasks: helpers that show in QGIS's task manager and take items from the shared queue.

QGIS runs an algorithm in a thread of the very pool that its tasks use, and tells a task's completion in the thread the
task lives in. So nothing ever waits for a task: the calling thread works through the queue itself, helpers join in when
the pool has room, and a helper that starts late finds nothing left and ends.

The task manager deletes its tasks in the main thread, whatever others do with them at that time. So they are made,
added and cancelled there too. Where the main thread is busy until the work is done, there are no helpers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot

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
        helpers = _Helpers(work, self._processes if python_bound else None)
        helpers.begin(min(self.workers, len(items)) - 1)
        try:
            yield from work.outcomes()
        finally:
            helpers.end()


class _MainThread(QObject):
    """Calls functions in the main thread: at once from there, from another thread when the main one comes to it."""

    _asked = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QCoreApplication.instance().thread())
        self._asked.connect(self._call)

    def call(self, function: Callable[[], object]) -> None:
        """Call a function without arguments; what it returns is lost."""
        self._asked.emit(function)

    @pyqtSlot(object)
    def _call(self, function: Callable[[], object]) -> None:
        function()


_MAIN_THREAD: list[_MainThread] = []
_MAKING = threading.Lock()


def _main_thread() -> _MainThread:
    with _MAKING:
        if not _MAIN_THREAD:
            _MAIN_THREAD.append(_MainThread())
        return _MAIN_THREAD[0]


class _Helpers:
    """The helpers of a work."""

    # All that the task manager has. It asks a task who it is even after `run`, in the task's thread and without
    # Python's lock: what Python holds of it must stay until it is deleted, or QGIS crashes now and then.
    _kept: set[_Helper] = set()  # noqa: RUF012 of all works

    def __init__(self, work: Work, processes: PythonProcesses | None) -> None:
        self._work: Work | None = work
        self._processes = processes
        self._tasks: list[_Helper] = []

    def begin(self, number: int) -> None:
        """Have so many helpers as soon as the main thread can give them to the task manager."""
        _main_thread().call(lambda: self._add(number))

    def end(self) -> None:
        """Have those cancelled that have not begun."""
        self._work = None
        _main_thread().call(self._cancel)

    def _add(self, number: int) -> None:
        self._kept.difference_update([task for task in self._kept if sip.isdeleted(task)])
        work = self._work
        if work is None:
            return
        self._tasks = [_Helper(work, self._processes) for _ in range(number)]
        self._kept.update(self._tasks)
        for task in self._tasks:
            QgsApplication.taskManager().addTask(task)

    def _cancel(self) -> None:
        for task in self._tasks:
            task.work = None  # of which there may be much, and the task stays for a while
            if not sip.isdeleted(task):
                task.cancel()


class _Helper(QgsTask):
    """A worker; it holds plain Python only."""

    def __init__(self, work: Work, processes: PythonProcesses | None) -> None:
        rows = tr("Sen2Chain time series: working through rows")
        super().__init__(rows if processes else tr("Sen2Chain time series: reading rasters"), QgsTask.Flag.CanCancel)
        self.work: Work | None = work
        self._processes = processes

    def run(self) -> bool:
        """Take items until there are none left."""
        work = self.work
        if work is not None:
            with no_collection_beside():
                if self._processes:
                    self._processes.help(work)
                else:
                    work.help()
        return True
