"""How units of work reach workers: one protocol, and a version that does all in the calling thread.

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
from ..feedback import Feedback

Item = TypeVar("Item")
Result = TypeVar("Result")
_PROGRESS_EVERY = 0.1
# Each worker needs a core and, at times, some 100 MB; more than this and the disk is what everybody waits for.
_MOST_WORKERS = 8
# In `results_in_order`, of all workers together: nobody waits for the next item, and few results wait to be written.
_ITEMS_AHEAD = 2


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


class Unheard:
    """The `Control` of a unit in another process, or on another machine: nobody listens there."""

    def check(self) -> None:
        """Continue."""

    def report(self, fraction: float) -> None:
        """Drop it."""


class Executor(Protocol):
    """Maps a function over items with some number of workers."""

    workers: int

    def map(
        self,
        function: Callable[[Item, Control], Result],
        items: Sequence[Item],
        feedback: Feedback,
        *,
        ahead: int | None = None,
        python_bound: bool = False,
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item as it comes, in any order; closing the iterator stops the workers.

        Parameters
        ----------
        function
            does an item.
        items
            begun in their order.
        feedback
            told the share of the work that is done; asked for cancel.
        ahead
            how many items, from the first one whose outcome was not yielded, may be begun; None for all.
        python_bound
            whether the function keeps Python busy, which works in one thread at a time, and both it and what it
            returns can be pickled: then other processes may do it.

        Raises
        ------
        Cancelled
            the user asked to stop; every worker has ended.
        """


class Reach:
    """Which items may be begun, see ``ahead`` of `Executor.map`.

    Attributes
    ----------
    end
        the number of the first item that may not.
    """

    def __init__(self, ahead: int | None, items: int) -> None:
        self._ahead = items if ahead is None else ahead
        self._first = 0
        self._later: set[int] = set()
        self.end = self._ahead

    def yielded(self, number: int) -> None:
        """Note that the outcome of an item was yielded."""
        self._later.add(number)
        while self._first in self._later:
            self._later.remove(self._first)
            self._first += 1
        self.end = self._first + self._ahead


class Work(Generic[Item, Result]):
    """The shared queue of one `map`: the caller iterates over `outcomes`, helpers call `help`.

    Parameters
    ----------
    function, items, feedback, ahead
        see `Executor.map`.
    """

    def __init__(
        self,
        function: Callable[[Item, Control], Result],
        items: Sequence[Item],
        feedback: Feedback,
        ahead: int | None = None,
    ) -> None:
        self._function = function
        self._feedback = feedback
        self._changed = threading.Condition()
        self._waiting = deque(enumerate(items))
        self._reach = Reach(ahead, len(items))
        self._done: deque[tuple[int, Outcome[Item, Result]]] = deque()
        self._shares = [0.0] * len(items)
        self._share_sum = 0.0
        self._running = 0
        self._stopped = False
        self._caller = threading.get_ident()

    def help(self, do: Callable[[Callable[[Item, Control], Result], Item, Control], Result] | None = None) -> None:
        """Work on items until there are none left; for any thread.

        Parameters
        ----------
        do
            calls the function with an item, elsewhere; None: here.
        """
        while (taken := self._next(wait=True)) is not None:
            self._work_on(*taken, do)

    def outlasts(self, seconds: float) -> bool:
        """Wait so long, or until every item is begun; return whether some are not."""
        with self._changed:
            return not self._changed.wait_for(lambda: not self._waiting or self._stopped, seconds)

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
                    done = self._done.popleft() if self._done else None
                    if done is None and not self._running and not self._waiting:
                        break
                if done is not None:
                    number, outcome = done
                    yield outcome
                    del done, outcome  # it may be large
                    self._yielded(number)
                elif (taken := self._next()) is not None:
                    self._work_on(*taken)
                else:
                    self._wait()
                self._show()
        finally:
            self._end()
        if self._feedback.cancelled():
            raise Cancelled

    def _yielded(self, number: int) -> None:
        with self._changed:
            self._reach.yielded(number)
            self._changed.notify_all()

    def _wait(self) -> None:
        with self._changed:
            if not self._done and self._running:
                self._changed.wait(_PROGRESS_EVERY)

    def _next(self, *, wait: bool = False) -> tuple[int, Item] | None:
        """Take the next item that may be begun; with ``wait``, None means that there will be no more."""
        with self._changed:
            while self._waiting and not self.stopping():
                if self._waiting[0][0] < self._reach.end:
                    self._running += 1
                    return self._waiting.popleft()
                if not wait:
                    break
                self._changed.wait(_PROGRESS_EVERY)
        return None

    def _work_on(
        self,
        number: int,
        item: Item,
        do: Callable[[Callable[[Item, Control], Result], Item, Control], Result] | None = None,
    ) -> None:
        outcome: Outcome[Item, Result] | None = None
        share = _Share(self, number)
        try:
            result = do(self._function, item, share) if do else self._function(item, share)
            outcome = Outcome(item, result, None)
        except Cancelled:
            self._stopped = True
        except Exception as error:  # noqa: BLE001 one item that fails, for whatever reason, must not stop the others
            outcome = Outcome(item, None, error)
        finally:
            with self._changed:
                self._running -= 1
                self._note(number, 1.0)
                if outcome is not None:
                    self._done.append((number, outcome))
                self._changed.notify_all()

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
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
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

    Workers are never more than a few items ahead of what was yielded, so that results do not pile up. The function is
    taken to be bound by Python, see `Executor.map`.

    Raises
    ------
    Cancelled
        the user asked to stop; every worker has ended.
    Exception
        what an item raised: the items after it are not worked on.
    """
    numbers = {id(item): number for number, item in enumerate(items)}
    waiting: dict[int, Outcome[Item, Result]] = {}
    due = 0
    ahead = _ITEMS_AHEAD + executor.workers
    with contextlib.closing(executor.map(function, items, feedback, ahead=ahead, python_bound=True)) as outcomes:
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
        self,
        function: Callable[[Item, Control], Result],
        items: Sequence[Item],
        feedback: Feedback,
        *,
        ahead: int | None = None,  # noqa: ARG002 an item is begun when the one before it was yielded
        python_bound: bool = False,  # noqa: ARG002 there is but one thread
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item, in order."""
        return Work(function, items, feedback).outcomes()
