"""Spikes: drops that come back, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.analysis.despike import find_spikes


def spikes(value: list[float], day: list[int] | None = None, **settings: object) -> list[int]:
    """Return the positions of the spikes of one series."""
    days = np.arange(len(value)) * 5 if day is None else np.array(day)
    threshold, within = settings.pop("threshold", 0.1), settings.pop("days", 60)
    zone = np.zeros(len(value), int)
    return np.flatnonzero(find_spikes(zone, days, np.array(value), threshold, within, **settings)).tolist()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([0.6, 0.3, 0.6], [1]),
        ([0.6, 0.5, 0.6], []),  # exactly the threshold is none
        ([0.6, 0.499, 0.6], [1]),
        ([0.7, 0.6, 0.3, 0.3, 0.3], []),  # a harvest
        ([0.7, 0.3, 0.55, 0.3], [1]),  # as deep as the lower neighbour says
        ([0.3, 0.7, 0.7, 0.3], []),  # first and last never
        ([0.6, 0.1, 0.1, 0.6], []),  # two together
        ([0.6, 0.3, 0.6, 0.3, 0.6], [1, 3]),  # the series as it is: each is the other's neighbour's neighbour
        ([0.3, 0.6, 0.3], []),  # upwards
        ([0.6], []),
        ([0.6, 0.1], []),
        ([], []),
    ],
)  # fmt: skip
def test_a_drop_that_comes_back(value: list[float], found: list[int]) -> None:
    assert spikes(value) == found


def test_neighbours_that_are_far_apart_say_nothing() -> None:
    assert spikes([0.6, 0.3, 0.6], [0, 30, 60]) == [1]
    assert spikes([0.6, 0.3, 0.6], [0, 30, 61]) == []


def test_some_indices_have_spikes_upwards_too() -> None:
    assert spikes([0.1, 0.4, 0.1], upwards=True) == [1]
    assert spikes([0.4, 0.1, 0.4], upwards=True) == [1]


def test_no_threshold_finds_none() -> None:
    assert spikes([0.6, 0.3, 0.6], threshold=0) == []


def test_another_zone_is_nobodys_neighbour() -> None:
    zone, day = np.array([0, 0, 1, 1]), np.array([0, 5, 10, 15])
    assert not find_spikes(zone, day, np.array([0.6, 0.3, 0.6, 0.3]), 0.1, 60).any()


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=30))
def test_each_spike_is_below_both_neighbours(value: list[float]) -> None:
    for place in spikes(value):
        assert 0 < place < len(value) - 1
        assert min(value[place - 1], value[place + 1]) - value[place] > 0.1


@given(st.floats(0.2, 0.9), st.floats(-0.8, 0.0), st.integers(1, 20), st.integers(1, 20))
def test_a_curve_that_steps_down_and_stays_has_none(high: float, low: float, before: int, after: int) -> None:
    assert spikes([high] * before + [low] * after) == []
