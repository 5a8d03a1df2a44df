"""The analyses beside libraries that do the same: ``make test-oracles``, in an environment of their own.

whittaker-eilers 0.2.0 (curve for a given lambda), modape 1.0.3 (curve, V-curve, envelope), pymannkendall 1.4.3 (trend).
Dense matrices, pandas and scipy stand beside the rest in ``make test``.
"""

from __future__ import annotations

from array import array

import numpy as np
import pandas as pd
import pymannkendall
import pytest
from modape.whittaker import ws2d, ws2doptv, ws2dp
from whittaker_eilers import WhittakerSmoother

from sen2chain_ts_plugin.engine import trend
from sen2chain_ts_plugin.engine.analysis import whittaker
from sen2chain_ts_plugin.engine.analysis.curves import CurveSettings, draw
from sen2chain_ts_plugin.engine.analysis.whittaker import Observations


def series_of(seed: int, days: int = 500) -> tuple[Observations, np.ndarray, np.ndarray]:
    """Return a series that begins and ends with an observation, and its values and weights of every day."""
    random = np.random.default_rng(seed)
    day = np.flatnonzero(random.random(days) < 0.15)
    day = day - day[0]
    value = 0.4 + 0.3 * np.sin(day / 40) + 0.02 * random.standard_normal(day.size)
    length = int(day[-1]) + 1
    values, weights = np.zeros(length), np.zeros(length)
    values[day], weights[day] = value, 1.0
    return Observations(np.zeros(day.size, np.int64), day, value, length), values, weights


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("lam", [10.0, 1e3, 1e5])
def test_a_given_lambda(seed: int, lam: float) -> None:
    observations, values, weights = series_of(seed)
    curve = whittaker.fit(observations, np.ones(observations.value.size), np.array([lam]))[0][:, 0]
    assert np.abs(curve - np.asarray(ws2d(values, lam, weights))).max() < 1e-9
    smoother = WhittakerSmoother(lmbda=lam, order=2, data_length=values.size, weights=weights.tolist())
    assert np.abs(curve - np.asarray(smoother.smooth(values.tolist()))).max() < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_v_curve(seed: int) -> None:
    observations, values, weights = series_of(seed)
    drawn = draw(observations, CurveSettings(lam="vcurve", robust=False))
    curve, lam = ws2doptv(values, weights, array("d", np.arange(0, 8.01, 0.2)))
    assert drawn.lam[0] == pytest.approx(lam, rel=1e-12)
    assert np.abs(drawn.curve[:, 0] - np.asarray(curve)).max() < 1e-9


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.6, 0.9, 0.99])
def test_the_envelope(seed: int, share: float) -> None:
    observations, values, weights = series_of(seed)
    drawn = draw(observations, CurveSettings(lam=1000.0, envelope=share))
    assert np.abs(drawn.curve[:, 0] - np.asarray(ws2dp(values, 1000.0, weights, share))).max() < 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_trends(seed: int) -> None:
    random = np.random.default_rng(seed)
    values = (0.4 + 0.003 * np.arange(12) + 0.03 * random.standard_normal(12)).round(2)
    dates = [f"{2010 + year}-06-01" for year in range(12)]
    row = trend(pd.DataFrame({"date": dates, "zone": 0, "value": values})).iloc[0]
    oracle = pymannkendall.original_test(values)
    assert (row["s"], row["tau"], row["z"]) == (oracle.s, oracle.Tau, oracle.z)
    assert row["p"] == pytest.approx(oracle.p, abs=1e-15)
    assert (row["slope"], row["intercept"]) == pytest.approx((oracle.slope, oracle.intercept), rel=1e-14)
