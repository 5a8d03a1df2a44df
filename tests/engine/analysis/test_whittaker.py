"""The Whittaker smoother against dense matrices: curve, leverage, scores; whatever the batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.analysis import whittaker
from sen2chain_ts_plugin.engine.analysis.curves import CurveSettings, bisquare, draw, medians
from sen2chain_ts_plugin.engine.analysis.whittaker import GCV_GRID, Observations


def series_of(seed: int, number: int, days: int) -> Observations:
    """Return series that begin and end on different days; one has one observation, one has two."""
    random = np.random.default_rng(seed)
    parts = []
    for series in range(number):
        size = (1, 2, 3)[series] if series < 3 else int(random.integers(4, days // 3))
        day = np.sort(random.choice(days, size, replace=False))
        value = 0.4 + 0.3 * np.sin(day / 30) + 0.02 * random.standard_normal(size)
        parts.append((np.full(size, series), day, value))
    series, day, value = map(np.concatenate, zip(*parts))
    return Observations(series, day, value, days)


def dense(observations: Observations, weight: np.ndarray, series: int, lam: float) -> dict[str, Any]:
    """Return curve, leverage and GCV score of a series from dense matrices."""
    mine = observations.series == series
    day = observations.day[mine] - observations.day[mine][0]
    days = int(day[-1]) + 1
    w, y = np.zeros(days), np.zeros(days)
    w[day], y[day] = weight[mine], observations.value[mine]
    second = np.diff(np.eye(days), 2, axis=0)
    inverse = np.linalg.inv(np.diag(w) + lam * second.T @ second)
    curve = inverse @ (w * y)
    leverage = inverse.diagonal()[day] * w[day]
    residual = observations.value[mine] - curve[day]
    total = w.sum()
    free = 1 - (w[day] * leverage).sum() / total
    score = (w[day] * residual**2).sum() / total / free**2 if free > 1e-9 else np.inf
    roughness = ((second @ curve) ** 2).sum()
    return {"curve": curve, "leverage": leverage, "score": score, "misfit": (w[day] * residual**2).sum(),
            "roughness": roughness, "days": slice(*(observations.day[mine][[0, -1]] + (0, 1)).tolist())}  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_curves_and_leverages_are_those_of_dense_matrices(seed: int) -> None:
    observations = series_of(seed, 8, 150)
    random = np.random.default_rng(seed)
    weight = random.uniform(1e-3, 1, observations.value.size)
    lam = 10 ** random.uniform(0, 6, 8)
    curve, leverage = whittaker.fit(observations, weight, lam)
    for series in range(8):
        wanted = dense(observations, weight, series, lam[series])
        np.testing.assert_allclose(curve[wanted["days"], series], wanted["curve"], rtol=0, atol=1e-8)
        np.testing.assert_allclose(leverage[observations.series == series], wanted["leverage"], rtol=0, atol=1e-8)


def test_the_lambda_of_gcv_is_the_best_of_the_grid() -> None:
    observations = series_of(5, 9, 120)
    weight = np.random.default_rng(5).uniform(0.1, 1, observations.value.size)
    chosen = whittaker.choose_by_gcv(observations, weight)
    for series in range(3, 9):
        scores = np.array([dense(observations, weight, series, lam)["score"] for lam in GCV_GRID])
        assert chosen[series] == GCV_GRID[np.argmin(scores)]
    # Through two points there is a line whatever lambda is: the greatest.
    assert chosen[:2].tolist() == [1e7, 1e7]


def test_of_equal_scores_the_greatest_lambda_counts() -> None:
    day = np.arange(0, 100, 5)
    for value in (np.full(day.size, 0.7), 0.2 + day * 0.003):
        observations = Observations(np.zeros(day.size, int), day, value, 100)
        assert whittaker.choose_by_gcv(observations, np.ones(day.size)).tolist() == [1e7]


def test_the_v_curve_is_lowest_at_the_chosen_lambda() -> None:
    observations = series_of(6, 7, 120)
    weight = np.ones(observations.value.size)
    chosen = whittaker.choose_by_vcurve(observations, weight)
    grid = 10 ** (np.arange(41) * 0.2)
    for series in range(3, 7):
        found = [dense(observations, weight, series, lam) for lam in grid]
        fits, penalties = (np.log([each[name] for each in found]) for name in ("misfit", "roughness"))
        lowest = int(np.argmin(np.hypot(np.diff(fits), np.diff(penalties))))
        assert chosen[series] == pytest.approx(np.sqrt(grid[lowest] * grid[lowest + 1]), rel=1e-12)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.integers(4, 9), st.sampled_from(["", "vcurve", 100.0]))
def test_a_series_has_the_same_bits_in_every_batch(seed: int, number: int, lam: Any) -> None:
    observations = series_of(seed, number, 60)
    together = draw(observations, CurveSettings(lam=lam))
    for series in range(number):
        alone = observations.of_series(series, series + 1)
        mine = observations.series == series
        one = draw(alone, CurveSettings(lam=lam))
        assert one.curve[:, 0].tobytes() == np.ascontiguousarray(together.curve[:, series]).tobytes()
        assert one.weight.tobytes() == together.weight[mine].tobytes()
        assert one.left_out.tobytes() == together.left_out[mine].tobytes()
        assert one.freedom.tobytes() == together.freedom[series : series + 1].tobytes()


def test_blocks_of_series_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    observations = series_of(8, 12, 80)
    whole = draw(observations, CurveSettings())
    monkeypatch.setattr(whittaker, "_CELLS", 3 * 80)
    assert draw(observations, CurveSettings()).curve.tobytes() == whole.curve.tobytes()


def test_leaving_out_is_what_the_residual_over_one_minus_h_says() -> None:
    observations = series_of(9, 4, 90)
    settings_ = CurveSettings(lam=300.0, robust=False)
    drawn = draw(observations, settings_)
    mine = np.flatnonzero(observations.series == 3)
    for place in mine[1:-1]:
        kept = np.arange(observations.value.size) != place
        without = Observations(
            observations.series[kept], observations.day[kept], observations.value[kept], observations.days
        )
        there = draw(without, settings_).curve[observations.day[place], 3]
        assert drawn.left_out[place] == pytest.approx(observations.value[place] - there, abs=1e-9)


def test_outliers_weigh_little_and_never_nothing() -> None:
    observations = series_of(3, 5, 120)
    value = observations.value.copy()
    place = int(observations.begins[4]) + 5
    value[place] -= 0.5
    drawn = draw(Observations(observations.series, observations.day, value, 120), CurveSettings(lam=100.0))
    assert drawn.weight[place] == 1e-6
    assert np.median(drawn.weight) > 0.8


def test_bisquare_by_hand() -> None:
    observations = Observations(np.zeros(5, int), np.arange(5), np.zeros(5), 5)
    residual = np.array([0.0, 0.01, -0.01, 0.02, 0.5])
    scale = 1.4826 * 0.01  # the median is 0.01, the deviations are .01 0 .02 .01 .49
    share = residual / (4.685 * scale)
    np.testing.assert_allclose(
        bisquare(observations, residual), np.maximum(np.where(abs(share) < 1, (1 - share**2) ** 2, 0), 1e-6), rtol=1e-14
    )
    # Residuals that are all alike: the least scale counts.
    np.testing.assert_allclose(bisquare(observations, np.full(5, 0.01)), (1 - (0.01 / (4.685 * 0.005)) ** 2) ** 2)


def test_medians_are_those_of_numpy() -> None:
    observations = series_of(4, 10, 100)
    values = np.random.default_rng(4).standard_normal(observations.value.size).round(1)
    wanted = [np.median(values[observations.series == series]) for series in range(10)]
    assert medians(observations, values).tolist() == wanted


def test_an_envelope_lies_above() -> None:
    observations = series_of(2, 5, 120)
    mine = observations.series == 4
    low, high = (draw(observations, CurveSettings(lam=1000.0, envelope=p)) for p in (0.5, 0.95))
    at = observations.day[mine]
    assert (
        (observations.value[mine] > high.curve[at, 4]).mean()
        < 0.3
        < (observations.value[mine] > low.curve[at, 4]).mean()
    )
    above = observations.value > high.curve[observations.day, observations.series] + 1e-12
    below = observations.value < high.curve[observations.day, observations.series] - 1e-12
    assert set(high.weight[above].round(12)) == {0.95}
    assert set(high.weight[below].round(12)) == {0.05}
