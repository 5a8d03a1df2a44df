"""How far the curve of Smooth is from the truth, beside Compile's smoothing and cross-validation alone."""

from __future__ import annotations

import numpy as np

from benchmarks.held_out import errors_of, observations
from sen2chain_ts_plugin.engine.analysis.despike import find_spikes


def test_with_missed_clouds_it_is_much_nearer_than_compiles_smoothing() -> None:
    compiled, _, ours = errors_of(1, 0.06)
    assert ours <= 0.6 * compiled


def test_without_missed_clouds_it_loses_next_to_nothing() -> None:
    _, plain, ours = np.mean([errors_of(seed, 0.0) for seed in (0, 1)], axis=0)
    assert ours <= 1.05 * plain


def test_what_is_no_cloud_is_hardly_ever_a_spike() -> None:
    found = total = 0
    for seed in range(5):
        seen, _ = observations(seed, 0.0)
        found += int(find_spikes(seen.series, seen.day, seen.value, 0.1, 60).sum())
        total += seen.value.size
    assert total > 10_000
    assert found == 0
