"""The analyses beside libraries that do the same: ``make test-oracles``, in an environment of their own.

whittaker-eilers 0.2.0 (curve for a given lambda), modape 1.0.3 (curve, V-curve, envelope), pymannkendall 1.4.3 (trend),
openeo-processes-dask 2026.9.1 (periods).
Dense matrices, pandas and scipy stand beside the rest in ``make test``.
"""

from __future__ import annotations

from array import array

import numpy as np
import pandas as pd
import pymannkendall
import pytest
import xarray as xr
from modape.whittaker import ws2d, ws2doptv, ws2dp
from openeo_processes_dask.process_implementations import cubes
from whittaker_eilers import WhittakerSmoother

from sen2chain_ts_plugin.engine import aggregate, trend
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


# What each period of theirs is labelled by, as a step back to its first day; of the others the bounds are asked for.
_TO_BEGIN = {
    "week": pd.Timedelta(days=6), "month": pd.offsets.MonthBegin(1), "season": pd.Timedelta(0), "year": pd.Timedelta(0)
}  # fmt: skip


@pytest.mark.parametrize("period", ["week", "dekad", "month", "season", "tropical-season", "year"])
@pytest.mark.parametrize("statistic", ["mean", "median", "max"])
def test_periods(period: str, statistic: str) -> None:
    random = np.random.default_rng(5)
    # With times of day: what is seen at midnight they count to the dekad before. Their last dekad lacks the 21st.
    days = np.unique(np.concatenate([[0, 1505], random.choice(1500, 300, replace=False)]))
    times = pd.Timestamp("2019-03-13 06:35:11") + pd.to_timedelta(days, "D")
    values = random.random((days.size, 3)).round(3)
    cube = xr.DataArray(values, dims=("t", "zone"), coords={"t": times.values, "zone": [0, 1, 2]})

    def reduce(data: np.ndarray, axis: int = 0, **_: object) -> np.ndarray:
        return getattr(np, statistic)(data, axis=axis) if data.shape[axis] else np.full(3, np.nan)

    if period == "tropical-season":  # theirs begins on the last of May and of November
        starts = [f"{year}-{month}-01" for year in range(2018, 2024) for month in ("05", "11")][1:-1]
        theirs = cubes.aggregate_temporal(cube, [list(each) for each in zip(starts, starts[1:])], reduce)
        begins = [pd.Timestamp(label).date() for label in starts]
    else:
        theirs = cubes.aggregate_temporal_period(cube, reduce, period)
    if period in _TO_BEGIN:
        begins = [(pd.Timestamp(label) - _TO_BEGIN[period]).date() for label in theirs["t"].values]
    elif period == "dekad":
        begins = [pd.Timestamp(str(begin)).date() for begin in cubes.aggregate.get_intervals(cube, period)[0][:, 0]]
    oracle = {
        (begin, zone): value
        for begin, row in zip(begins, np.asarray(theirs))
        for zone, value in enumerate(row)
        if not np.isnan(value)
    }
    table = pd.DataFrame({"date": times.repeat(3), "zone": [0, 1, 2] * days.size, "value": values.ravel()})
    ours = aggregate(table, period=period, statistics=[statistic])
    assert len(ours) == len(oracle) > 10
    for row in ours.itertuples():
        assert getattr(row, statistic) == pytest.approx(oracle[row.begin.date(), row.zone], abs=1e-12)
