"""Batches of rows given to workers, and what they make of them taken back in order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar, cast

from ..feedback import Feedback, Silent
from ..workers.executor import Control, Executor
from .rows import Rows

Result = TypeVar("Result")


@dataclass(frozen=True)
class _Step:
    """A function as workers call it; it can travel to another machine when the function can."""

    function: Callable[[Rows], Any]

    def __call__(self, item: tuple[int, Rows], control: Control) -> Any:
        control.check()
        return self.function(item[1])


class _Asked(Silent):
    """Feedback that only asks for cancel."""

    def __init__(self, whole: Feedback) -> None:
        self._whole = whole

    def cancelled(self) -> bool:
        """Tell whether the whole run was cancelled."""
        return self._whole.cancelled()


def in_order(
    function: Callable[[Rows], Result], batches: Iterable[Rows], feedback: Feedback, executor: Executor
) -> Generator[Result, None, None]:
    """Yield what a function makes of batches, in their order; as many are held at once as there are workers.

    Raises
    ------
    Cancelled
        the user asked to stop.
    Exception
        what the function raised.
    """
    left = iter(batches)
    while some := list(islice(left, executor.workers)):
        outcomes = sorted(executor.map(_Step(function), list(enumerate(some)), _Asked(feedback)), key=_number)
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error
            yield cast("Result", outcome.result)


def _number(outcome: Any) -> int:
    return int(outcome.item[0])
