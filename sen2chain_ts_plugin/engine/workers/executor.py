"""How units of work reach workers: one protocol, a serial version and one with threads.

The calling thread works too, and it is the only one that sees results, moves the progress and writes files. Helpers
only take items from a shared queue, so that it does not matter whether they start at once, late or never: within a
thread pool that is busy the run continues, with fewer workers.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from ..errors import Cancelled
from ..feedback import Feedback, StepFeedback

Item = TypeVar("Item")
Result = TypeVar("Result")
_PROGRESS_EVERY = 0.1
# Each worker needs a core and, at times, some 100 MB; more than this and the disk is what everybody waits for.
_MOST_WORKERS = 8
# Of each worker in `results_in_order`.
_ITEMS_AHEAD = 4


class Control(Protocol):
    """What a unit of work may ask and say while it runs."""

    def check(self) -> None:
        """Raise Cancelled when the run is to stop; called between blocks."""

    def report(self, fraction: float) -> None:
        """Say which share of this unit is done, 0 to 1."""


@dataclass(frozen=True)
class Outcome(Generic[Item, Result]):
    """What became of one item: its result or the exception it raised."""

    item: Item
    result: Result | None
    error: Exception | None


class Executor(Protocol):
    """Maps a function over items with some number of workers."""

    workers: int

    def map(
        self, function: Callable[[Item, Control], Result], items: Sequence[Item], feedback: Feedback
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item as it comes, in any order; closing the iterator stops the workers.

        Raises
        ------
        Cancelled
            the user asked to stop; every worker has ended.
        """


class Work(Generic[Item, Result]):
    """The shared queue of one `map`: the caller iterates over `outcomes`, helpers call `help`."""

    def __init__(self, function: Callable[[Item, Control], Result], items: Sequence[Item], feedback: Feedback) -> None:
        self._function = function
        self._feedback = feedback
        self._changed = threading.Condition()
        self._waiting = deque(enumerate(items))
        self._done: deque[Outcome[Item, Result]] = deque()
        self._shares = [0.0] * len(items)
        self._share_sum = 0.0
        self._running = 0
        self._stopped = False
        self._caller = threading.get_ident()

    def help(self) -> None:
        """Work on items until there are none left; for any thread."""
        while self._work_on_one():
            pass

    def stopping(self) -> bool:
        """Tell whether workers are to stop."""
        return self._stopped or self._feedback.cancelled()

    def outcomes(self) -> Generator[Outcome[Item, Result], None, None]:
        """Yield outcomes, working on items while there are none; when left, every worker has ended."""
        try:
            while True:
                if self.stopping():
                    raise Cancelled
                with self._changed:
                    ready = list(self._done)
                    self._done.clear()
                    idle = not ready and not self._waiting
                    if idle and not self._running:
                        break
                    if idle:
                        self._changed.wait(_PROGRESS_EVERY)
                yield from ready
                if not ready and not idle:
                    self._work_on_one()
                self._show()
        finally:
            self._end()
        if self._feedback.cancelled():
            raise Cancelled

    def _work_on_one(self) -> bool:
        with self._changed:
            if not self._waiting or self.stopping():
                return False
            number, item = self._waiting.popleft()
            self._running += 1
        outcome: Outcome[Item, Result] | None = None
        try:
            outcome = Outcome(item, self._function(item, _Share(self, number)), None)
        except Cancelled:
            self._stopped = True
        except Exception as error:  # noqa: BLE001 one item that fails, for whatever reason, must not stop the others
            outcome = Outcome(item, None, error)
        finally:
            with self._changed:
                self._running -= 1
                self._note(number, 1.0)
                if outcome is not None:
                    self._done.append(outcome)
                self._changed.notify_all()
        return True

    def report(self, number: int, fraction: float) -> None:
        """Note which share of an item is done; the calling thread shows it at once."""
        with self._changed:
            self._note(number, fraction)
        if threading.get_ident() == self._caller:
            self._show()

    def _note(self, number: int, fraction: float) -> None:
        self._share_sum += fraction - self._shares[number]
        self._shares[number] = fraction

    def _show(self) -> None:
        self._feedback.progress(min(self._share_sum / max(len(self._shares), 1), 1.0))

    def _end(self) -> None:
        self._stopped = True
        with self._changed:
            while self._running:
                self._changed.wait()


@dataclass(frozen=True)
class _Share:
    """The `Control` of one item."""

    work: Work[Any, Any]
    number: int

    def check(self) -> None:
        """Raise `Cancelled` once the work is to stop."""
        if self.work.stopping():
            raise Cancelled

    def report(self, fraction: float) -> None:
        """Tell how much of the item is done, as a share of 1."""
        self.work.report(self.number, fraction)


def choose_workers(asked: int = 0) -> int:
    """Return the number of workers: the number asked, or for 0 one per core up to eight."""
    if asked > 0:
        return asked
    return min(_usable_cores(), _MOST_WORKERS)


def _usable_cores() -> int:
    # A container or a batch system may allow fewer cores than the machine has; only Linux can tell.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def results_in_order(
    executor: Executor, function: Callable[[Item, Control], Result], items: Sequence[Item], feedback: Feedback
) -> Generator[Result, None, None]:
    """Yield the result of each item, in the order of the items, whichever is done first.

    Workers are never more than a few items ahead of what was yielded, so that results do not pile up.

    Raises
    ------
    Cancelled
        the user asked to stop; every worker has ended.
    Exception
        what an item raised: the items after it are not worked on.
    """
    at_once = _ITEMS_AHEAD * executor.workers if executor.workers > 1 else max(len(items), 1)
    for begin in range(0, len(items), at_once):
        some = items[begin : begin + at_once]
        part = StepFeedback(feedback, begin / len(items), (begin + len(some)) / len(items))
        numbers = {id(item): number for number, item in enumerate(some)}
        waiting: dict[int, Outcome[Item, Result]] = {}
        due = 0
        with contextlib.closing(executor.map(function, some, part)) as outcomes:
            for outcome in outcomes:
                waiting[numbers[id(outcome.item)]] = outcome
                while due in waiting:
                    ready = waiting.pop(due)
                    due += 1
                    if ready.error is not None:
                        raise ready.error
                    yield cast("Result", ready.result)
                    del ready
                del outcome


class SerialExecutor:
    """Does everything in the calling thread."""

    workers = 1

    def map(
        self, function: Callable[[Item, Control], Result], items: Sequence[Item], feedback: Feedback
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item, in order."""
        return Work(function, items, feedback).outcomes()


class ThreadExecutor:
    """Works in the calling thread and in ``workers - 1`` others.

    Parameters
    ----------
    workers
        Number of rasters that are read at once; 0 for one per processor core, up to 8.
    """

    def __init__(self, workers: int = 0) -> None:
        self.workers = choose_workers(workers)

    def map(
        self, function: Callable[[Item, Control], Result], items: Sequence[Item], feedback: Feedback
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item as it comes."""
        work = Work(function, items, feedback)
        helpers = [
            threading.Thread(target=work.help, name=f"sen2chain-ts-{number}", daemon=True)
            for number in range(1, min(self.workers, len(items)))
        ]
        for helper in helpers:
            helper.start()
        try:
            yield from work.outcomes()
        finally:
            for helper in helpers:
                helper.join()
