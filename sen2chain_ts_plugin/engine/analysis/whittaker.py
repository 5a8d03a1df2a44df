"""The Whittaker smoother on daily steps, for all series of a batch at once.

A curve z of one value per day minimises

    sum of w (y - z)^2  +  lambda * sum of (second difference of z)^2

where the weight w is 0 on days without observation (Eilers 2003, doi 10.1021/ac034173t). Its normal equations
(W + lambda D'D) z = W y have five diagonals. They are solved by L D L' without pivots, day after day: each step is one
array operation over all series. The diagonal of the inverse, which tells how much each observation pulls the curve to
itself, comes from the same factors going back (Hutchinson and de Hoog 1985, doi 10.1007/BF01389878).

Days are rows and series are columns; outside of a series' first and last observation its equations are those of the
identity. So no operation mixes series, and a series has the same bits whatever batch it is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

# lambda in days^4. GCV looks through the first grid, the V-curve through the second.
GCV_GRID = 10.0 ** np.arange(1, 7.01, 0.5)
VCURVE_EXPONENTS = np.arange(0, 41) * 0.2
# Scores that differ by less than this share are the same.
_TIE = 1e-9
# With less freedom than this a curve passes through every observation: the rest is the rounding of h.
_BOUND = 1e-8
# Mean squares below this are rounding: no index is known to 1e-8.
_EXACT = 1e-16
# Sums below this have no logarithm that means something.
_LEAST_SUM = 1e-20
# Numbers in one of the four arrays of a factorisation: 8 MB.
_CELLS = 1 << 20


@dataclass(frozen=True)
class Observations:
    """The observations of some series on a common axis of days; each series has one or more.

    Attributes
    ----------
    series
        int, of each observation the position of its series, ascending.
    day
        int, of each observation its day on the axis, ascending within a series, no day twice.
    value
        float64, of each observation.
    days
        length of the axis.
    """

    series: np.ndarray
    day: np.ndarray
    value: np.ndarray
    days: int

    @property
    def begins(self) -> np.ndarray:
        """The position of the first observation of each series."""
        return np.flatnonzero(np.diff(self.series, prepend=-1))

    @property
    def sizes(self) -> np.ndarray:
        """The number of observations of each series."""
        return np.bincount(self.series)

    def dense(self, values: np.ndarray) -> np.ndarray:
        """Return values of the observations as an array of days and series, 0 elsewhere."""
        spread = np.zeros((self.days, int(self.series[-1]) + 1))
        spread[self.day, self.series] = values
        return spread

    def of_series(self, first: int, last: int) -> Observations:
        """Return those of the series from ``first`` on and before ``last``."""
        some = slice(*np.searchsorted(self.series, (first, last)))
        return Observations(self.series[some] - first, self.day[some], self.value[some], self.days)


def fit(observations: Observations, weight: np.ndarray, lam: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit curves for given lambda.

    Parameters
    ----------
    observations
        what was observed.
    weight
        float64, positive, of each observation.
    lam
        float64, of each series, days^4.

    Returns
    -------
    curve
        float64, shape (days, series); 0 before the first and after the last observation of a series.
    leverage
        float64, h of each observation: the derivative of the curve there by the observed value.
    """
    curve = np.empty((observations.days, lam.size))
    leverage = np.empty(weight.size)
    for first, last, part in _blocks(observations, 1):
        some = slice(*np.searchsorted(observations.series, (first, last)))
        system = _System(part, weight[some], lam[first:last])
        inverse = np.empty((observations.days, last - first))
        for day, z, diagonal in system.back_substitute():
            curve[day, first:last] = z
            inverse[day] = diagonal
        leverage[some] = inverse[part.day, part.series] * weight[some]
    return curve, leverage


def values_on_days(observations: Observations, weight: np.ndarray, lam: np.ndarray) -> np.ndarray:
    """Return, of each observation, the value of the curve on its day; as `fit`, and quicker."""
    values = np.empty(weight.size)
    for first, last, part in _blocks(observations, 1):
        some = slice(*np.searchsorted(observations.series, (first, last)))
        curve = np.empty((observations.days, last - first))
        for day, z in _System(part, weight[some], lam[first:last]).solve():
            curve[day] = z
        values[some] = curve[part.day, part.series]
    return values


def choose_by_gcv(observations: Observations, weight: np.ndarray) -> np.ndarray:
    """Return the lambda of each series with the least generalised cross-validation score, of equal ones the greatest.

    The score is [sum w r^2 / sum w] / (1 - sum w h / sum w)^2 over the observations of the series, r = y - z.
    """
    best = [
        _greatest_of_the_least(_gcv_scores(part, weight[some], GCV_GRID), GCV_GRID)
        for some, part in _parts(observations, GCV_GRID.size)
    ]
    return np.concatenate(best)


def choose_by_vcurve(observations: Observations, weight: np.ndarray) -> np.ndarray:
    """Return the lambda of each series where its V-curve is lowest (Frasso and Eilers 2015).

    The points (log sum w r^2, log sum of squared second differences) of a grid of lambda make a curve; lambda is the
    middle, in logarithms, of the two neighbours on the grid that lie nearest to each other
    (doi 10.1177/1471082X14549288).
    """
    exponents = VCURVE_EXPONENTS
    middles = 10.0 ** ((exponents[:-1] + exponents[1:]) / 2)
    best = []
    for some, part in _parts(observations, exponents.size):
        misfit, roughness = _misfit_and_roughness(part, weight[some], 10.0**exponents)
        fits, penalties = (np.log(np.maximum(sums, _LEAST_SUM)) for sums in (misfit, roughness))
        distance = np.hypot(np.diff(fits, axis=0), np.diff(penalties, axis=0))
        best.append(_greatest_of_the_least(distance, middles))
    return np.concatenate(best)


def _gcv_scores(observations: Observations, weight: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Return the scores, shape (lambda, series); infinite where the curve passes through every observation."""
    total = np.bincount(observations.series, weight)
    system = _System(observations, weight, grid[:, np.newaxis] * np.ones(total.size))
    squares, pull = np.zeros((2, *system.shape))
    for day, z, diagonal in system.back_substitute():
        if system.observed[day]:
            w = system.weight[day]
            squares += w * (system.value[day] - z) ** 2
            pull += w * (w * diagonal)
    free = 1 - pull / total
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: np.ndarray = np.where(free > _BOUND, squares / total / free**2, np.inf)
    return scores


def _misfit_and_roughness(
    observations: Observations, weight: np.ndarray, grid: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return sum w r^2 and the sum of the squared second differences, each of shape (lambda, series)."""
    series = int(observations.series[-1]) + 1
    system = _System(observations, weight, grid[:, np.newaxis] * np.ones(series))
    misfit, roughness, z_next, z_after = np.zeros((4, *system.shape))
    for day, z in system.solve():
        if system.observed[day]:
            misfit += system.weight[day] * (system.value[day] - z) ** 2
        roughness += system.bent[day] * (z - 2 * z_next + z_after) ** 2
        z_after[...] = z_next
        z_next[...] = z
    return misfit, roughness


def _greatest_of_the_least(scores: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Return, for each column of scores, the greatest of an ascending grid whose score is the least, or as good."""
    good = scores <= np.maximum(scores.min(axis=0) * (1 + _TIE), _EXACT)
    return grid[grid.size - 1 - np.argmax(good[::-1], axis=0)]


def _blocks(observations: Observations, curves: int) -> Iterator[tuple[int, int, Observations]]:
    """Yield runs of series that are small enough to be solved at once, for so many curves each."""
    series = int(observations.series[-1]) + 1
    step = max(_CELLS // (observations.days * curves), 1)
    for first in range(0, series, step):
        last = min(first + step, series)
        yield first, last, observations.of_series(first, last)


def _parts(observations: Observations, curves: int) -> Iterator[tuple[slice, Observations]]:
    for first, last, part in _blocks(observations, curves):
        yield slice(*np.searchsorted(observations.series, (first, last))), part


class _System:
    """The normal equations of some series, factorised.

    Parameters
    ----------
    observations, weight
        of the series.
    lam
        shape (series,), or (lambda, series) to solve for several lambda at once.
    """

    def __init__(self, observations: Observations, weight: np.ndarray, lam: np.ndarray) -> None:
        self.shape = lam.shape
        self.weight = observations.dense(weight)
        self.value = observations.dense(observations.value)
        self.observed = (self.weight > 0).any(axis=1)
        self._lam = lam
        first = observations.day[observations.begins]
        last = observations.day[observations.begins + observations.sizes - 1]
        days = np.arange(observations.days)[:, np.newaxis]
        # The second difference that begins on a day counts, when it ends within the series.
        self.bent = (days >= first) & (days + 2 <= last)
        self._inside = (days >= first) & (days <= last)
        self._factorise()

    def _factorise(self) -> None:
        """Fill 1/d, the two diagonals of L, and L^-1 W y."""
        shape = (len(self.value), *self.shape)
        self._reciprocal, self._lower, self._lowest, self._forward = (np.empty(shape) for _ in range(4))
        right = self.weight * self.value
        # What the two days before have left: rows of L, L times d, and L^-1 W y.
        c1, u1, e1, e2, v2, v1, f1, f2 = np.zeros((8, *self.shape))
        d, u, product = (np.empty(self.shape) for _ in range(3))
        for day, (a, b, v) in enumerate(self._penalties()):
            reciprocal, c, e, f = (part[day] for part in self._arrays)
            np.add(a, self.weight[day], out=d)
            d -= np.multiply(c1, u1, out=product)
            d -= np.multiply(e2, v2, out=product)
            np.divide(1.0, d, out=reciprocal)
            np.multiply(u1, e1, out=product)
            np.subtract(b, product, out=u)
            np.multiply(u, reciprocal, out=c)
            np.multiply(v, reciprocal, out=e)
            np.multiply(c1, f1, out=f)
            np.subtract(right[day], f, out=f)
            f -= np.multiply(e2, f2, out=product)
            u, u1 = u1, u
            c1, e2, e1, v2, v1, f2, f1 = c, e1, e, v1, v, f1, f

    @property
    def _arrays(self) -> tuple[np.ndarray, ...]:
        return self._reciprocal, self._lower, self._lowest, self._forward

    def _penalties(self) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Yield, of each day, the three diagonals of lambda D'D from this day on; of the identity outside a series."""
        lam = self._lam
        usual = 6 * lam, -4 * lam, lam
        bent = np.zeros((len(self.bent) + 2, self.bent.shape[1]))
        bent[2:] = self.bent
        diagonal = bent[2:] + 4 * bent[1:-1] + bent[:-2]
        beside = -2 * (bent[2:] + bent[1:-1])
        is_usual = (diagonal == 6).all(axis=1)
        for day, all_usual in enumerate(is_usual.tolist()):
            if all_usual:
                yield usual
            else:
                yield diagonal[day] * lam + ~self._inside[day], beside[day] * lam, bent[day + 2] * lam

    def solve(self) -> Iterator[tuple[int, np.ndarray]]:
        """Yield, from the last day to the first, the curve; the array is filled again for later days."""
        z, z1, z2, product = np.zeros((4, *self.shape))
        for day in range(len(self.value) - 1, -1, -1):
            reciprocal, c, e, forward = (part[day] for part in self._arrays)
            np.multiply(forward, reciprocal, out=z)
            z -= np.multiply(c, z1, out=product)
            z -= np.multiply(e, z2, out=product)
            yield day, z
            z, z1, z2 = z2, z, z1

    def back_substitute(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """Yield, from the last day to the first, the curve and the diagonal of the inverse.

        The arrays are filled again for later days; those who keep them copy them.
        """
        # z, S[t, t], S[t, t + 1] of the two days after, and room for this day's.
        z, z1, z2, s, s1, s2, cross, cross1, far, product = np.zeros((10, *self.shape))
        for day in range(len(self.value) - 1, -1, -1):
            reciprocal, c, e, forward = (part[day] for part in self._arrays)
            np.multiply(forward, reciprocal, out=z)
            z -= np.multiply(c, z1, out=product)
            z -= np.multiply(e, z2, out=product)
            # S[t, t + 2], S[t, t + 1], S[t, t], from those of the days after.
            np.multiply(c, cross1, out=far)
            far += np.multiply(e, s2, out=product)
            np.multiply(c, s1, out=cross)
            cross += np.multiply(e, cross1, out=product)
            np.add(reciprocal, np.multiply(c, cross, out=product), out=s)
            s += np.multiply(e, far, out=product)
            np.negative(cross, out=cross)
            yield day, z, s
            z, z1, z2 = z2, z, z1
            s, s1, s2 = s2, s, s1
            cross, cross1 = cross1, cross
