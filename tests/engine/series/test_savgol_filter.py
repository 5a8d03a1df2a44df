"""The filter of Savitzky-Golay: weights of exact fractions, values of SciPy, and the same in every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.series.savgol_filter import filter_rows, polynomials_of, weights_at

WINDOWS = [(1, 0), (3, 0), (3, 2), (5, 2), (11, 3), (21, 8), (21, 20), (61, 3)]


def exact(window: int, order: int) -> list[list[float]]:
    """Return the weights of least squares in fractions, rounded once."""
    days = [Fraction(day) for day in range(-(window // 2), window // 2 + 1)]
    known: list[tuple[list[Fraction], Fraction]] = []
    for degree in range(order + 1):
        values = [day**degree for day in days]
        for other, size in known:
            share = sum(a * b for a, b in zip(values, other)) / size
            values = [a - share * b for a, b in zip(values, other)]
        known.append((values, sum(value * value for value in values)))
    places = range(window)
    return [[float(sum(each[i] * each[j] / size for each, size in known)) for j in places] for i in places]


@pytest.mark.parametrize(("window", "order"), WINDOWS)
def test_the_weights_are_those_of_fractions(window: int, order: int) -> None:
    found = weights_at(polynomials_of(window, order), np.arange(window))
    np.testing.assert_allclose(found, exact(window, order), rtol=0, atol=1e-15)


# Of higher orders near the ends SciPy itself is not exact: its powers of days are ill-conditioned.
@pytest.mark.parametrize(("window", "order"), [*WINDOWS[:5], (61, 3), (365, 4)])
def test_rows_are_filtered_as_scipy_does(window: int, order: int) -> None:
    from scipy.signal import savgol_filter

    values = np.random.default_rng(1).normal(size=(3, 400))
    wanted = savgol_filter(values, window, order, axis=1, mode="interp")
    np.testing.assert_allclose(filter_rows(values, polynomials_of(window, order)), wanted, rtol=0, atol=1e-8)


def test_a_row_as_long_as_the_window_is_one_polynomial() -> None:
    values = np.random.default_rng(2).normal(size=(2, 11))
    fitted = filter_rows(values, polynomials_of(11, 3))
    for row, wanted in zip(fitted, values):
        days = np.arange(11)
        np.testing.assert_allclose(row, np.polyval(np.polyfit(days, wanted, 3), days), rtol=0, atol=1e-9)


def test_every_thread_finds_the_same_bits() -> None:
    """On Windows, threads that Python starts have another floating-point mode than the first one."""
    values = np.random.default_rng(3).normal(size=(5, 200))

    def filtered(window: int, order: int) -> bytes:
        polynomials_of.cache_clear()
        return filter_rows(values, polynomials_of(window, order)).tobytes()

    with ThreadPoolExecutor(1) as pool:
        for window, order in WINDOWS:
            assert pool.submit(filtered, window, order).result() == filtered(window, order)
