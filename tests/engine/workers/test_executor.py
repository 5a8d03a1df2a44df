"""Units go to workers in their order, never far ahead, and each comes back once, whatever the workers do."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.workers.executor import Executor, Outcome, Reach, SerialExecutor, results_in_order
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor

EXECUTORS = [SerialExecutor(), ThreadExecutor(1), ThreadExecutor(2), ThreadExecutor(5)]


def named(executor: Executor) -> str:
    return f"{type(executor).__name__} {executor.workers}"


@pytest.mark.parametrize("executor", EXECUTORS, ids=named)
@pytest.mark.parametrize("ahead", [1, 2, 7, 100, None])
def test_no_unit_is_begun_too_far_ahead(executor: Executor, ahead: int | None) -> None:
    yielded: set[int] = set()
    count = 30

    def unit(item: int, control: object) -> int:
        first = min(set(range(count + 1)) - yielded)
        assert ahead is None or item < first + ahead, (item, first)
        time.sleep(0.001 * (item * 7 % 5))
        return -item

    for outcome in executor.map(unit, range(count), Silent(), ahead=ahead):
        assert (outcome.error, outcome.result) == (None, -outcome.item)
        yielded.add(outcome.item)
    assert yielded == set(range(count))


@given(st.permutations(range(12)), st.one_of(st.none(), st.integers(1, 15)))
def test_what_may_be_begun_follows_the_first_that_is_missing(order: Sequence[int], ahead: int | None) -> None:
    reach = Reach(ahead, len(order))
    missing = list(range(len(order)))
    for number in order:
        assert reach.end == missing[0] + (len(order) if ahead is None else ahead)
        reach.yielded(number)
        missing.remove(number)
        missing = missing or [len(order)]


class Backwards:
    """Hands over what may be begun from its end."""

    workers = 3

    def map(
        self, function: Any, items: Sequence[Any], feedback: Silent, *, ahead: int, python_bound: bool
    ) -> Generator[Outcome[Any, Any], None, None]:
        assert python_bound
        for begin in range(0, len(items), ahead):
            yield from (Outcome(item, function(item, None), None) for item in reversed(items[begin : begin + ahead]))


def doubled(item: list[int], control: object) -> int:
    return 2 * item[0]


@pytest.mark.parametrize("executor", [*EXECUTORS, Backwards()], ids=named)
@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_results_come_in_the_order_of_the_items(executor: Executor, count: int) -> None:
    items = [[number] for number in range(count)]
    assert list(results_in_order(executor, doubled, items, Silent())) == [number * 2 for number in range(count)]
