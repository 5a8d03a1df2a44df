"""The executor made of threads, each with another Python at its side for what Python does in one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence

from ..feedback import Feedback
from .executor import Control, Item, Outcome, Result, Work, choose_workers
from .python_processes import PythonProcesses


class ThreadExecutor:
    """Works in the calling thread and in ``workers - 1`` others.

    Parameters
    ----------
    workers
        how many rasters are read, or batches of zones worked through, at once; 0 for one per processor core, up to 8.
    """

    def __init__(self, workers: int = 0) -> None:
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
        helpers = [
            threading.Thread(
                target=self._processes.help if python_bound else Work.help,
                args=(work,),
                name=f"sen2chain-ts-{number}",
                daemon=True,
            )
            for number in range(1, min(self.workers, len(items)))
        ]
        for helper in helpers:
            helper.start()
        try:
            yield from work.outcomes()
        finally:
            for helper in helpers:
                helper.join()
