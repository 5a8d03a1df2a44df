"""A curve through the observations of each zone, on daily steps: Whittaker, Savitzky-Golay, or straight lines.

With Whittaker, lambda is given or chosen for each zone, and outliers or the upper envelope may have their say:

* robust: three rounds of bisquare weights, w = (1 - (r / c s)^2)^2 where |r| < c s, with c = 4.685 and s the scaled
  median absolute deviation of r, at least 0.005 (Mosteller and Tukey 1977); then lambda again, and the last fit;
* envelope p: observations above the curve weigh p, those below 1 - p, in up to ten rounds (Eilers and Boelens 2005).

The parameters are those of the algorithm Smooth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import Phrase, SettingRefused
from . import whittaker
from .savgol import savgol_curves
from .whittaker import Observations

WHITTAKER, SAVGOL, LINEAR = METHODS = ("whittaker", "savgol", "linear")
GCV, VCURVE = "", "vcurve"
_TUNING = 4.685
_TO_SIGMA = 1.4826
_LEAST_SCALE = 0.005  # index values; what the sensor's own noise does not go below
_LEAST_WEIGHT = 1e-6
_ROBUST_ROUNDS = 3
_ENVELOPE_ROUNDS = 10
NO_ENVELOPE = 0.5
# An observation that the curve passes through whatever its value says nothing when it is left out.
_BOUND = 1e-9


@dataclass(frozen=True)
class CurveSettings:
    """How to draw the curve of a zone.

    Attributes
    ----------
    method
        ``whittaker``, ``savgol`` or ``linear``.
    lam
        of Whittaker, days^4: a number, ``vcurve``, or empty for generalised cross-validation.
    robust
        of Whittaker: give outliers less weight.
    envelope
        of Whittaker: 0.5 for none, up to 0.99; instead of ``robust``.
    window_days, polyorder
        of Savitzky-Golay.
    """

    method: str = WHITTAKER
    lam: float | str = GCV
    robust: bool = True
    envelope: float = NO_ENVELOPE
    window_days: int = 61
    polyorder: int = 3

    def check(self) -> None:
        """Make sure that such a curve can be drawn.

        Raises
        ------
        SettingRefused
            names the setting and what it may be.
        ScipyMissing
            Savitzky-Golay without scipy.
        """
        if self.method not in METHODS:
            raise SettingRefused(name="METHOD", value=self.method, wanted=", ".join(METHODS))
        given = not isinstance(self.lam, str)
        if (given and not 0 < float(self.lam) < np.inf) or (not given and self.lam not in (GCV, VCURVE)):
            raise SettingRefused(name="LAMBDA", value=self.lam, wanted=Phrase("a number above 0, vcurve, or nothing"))
        if not NO_ENVELOPE <= self.envelope <= 0.99:
            raise SettingRefused(name="ENVELOPE", value=self.envelope, wanted=Phrase("0.5 to 0.99"))
        if self.method == SAVGOL:
            if self.window_days < 3 or self.window_days % 2 == 0:
                raise SettingRefused(
                    name="WINDOW_DAYS", value=self.window_days, wanted=Phrase("an odd number of 3 and more")
                )
            if not 0 <= self.polyorder < self.window_days:
                raise SettingRefused(
                    name="POLYORDER", value=self.polyorder, wanted=Phrase("0 to less than WINDOW_DAYS")
                )


@dataclass(frozen=True)
class Curves:
    """The curves of some series, and how they fit.

    Attributes
    ----------
    curve
        float64, shape (days, series); of no meaning before the first and after the last observation of a series.
    weight
        float64, of each observation.
    left_out
        float64, of each observation how far it is from the curve that is drawn without it; NaN where there is none.
    residual
        float64, y - z of each observation.
    lam, freedom
        float64, of each series: its lambda, and the effective degrees of freedom, sum of h; NaN except for Whittaker.
    shortened
        the series whose window of Savitzky-Golay had to be shorter than asked for.
    """

    curve: np.ndarray
    weight: np.ndarray
    left_out: np.ndarray
    residual: np.ndarray
    lam: np.ndarray
    freedom: np.ndarray
    shortened: np.ndarray


def draw(observations: Observations, settings: CurveSettings) -> Curves:
    """Draw the curve of each series.

    Raises
    ------
    ScipyMissing
        Savitzky-Golay without scipy.
    """
    if settings.method == WHITTAKER:
        return _whittaker(observations, settings)
    neighbours = _between_neighbours(observations)
    curve = _interpolate(observations)
    shortened = np.empty(0, np.int64)
    pull = np.ones(observations.value.size)
    if settings.method == SAVGOL:
        curve, pull, shortened = savgol_curves(observations, curve, settings.window_days, settings.polyorder)
    residual = observations.value - curve[observations.day, observations.series]
    unknown = np.full(observations.sizes.size, np.nan)
    return Curves(
        curve=curve,
        weight=np.ones(observations.value.size),
        # Without the observation, the line between its neighbours is what is smoothed.
        left_out=residual + pull * (observations.value - neighbours),
        residual=residual,
        lam=unknown,
        freedom=unknown,
        shortened=shortened,
    )


def _whittaker(observations: Observations, settings: CurveSettings) -> Curves:
    weight = np.ones(observations.value.size)
    lam = _choose(observations, weight, settings)
    if settings.envelope > NO_ENVELOPE:
        weight = _envelope_weights(observations, lam, settings.envelope)
    elif settings.robust:
        for _ in range(_ROBUST_ROUNDS):
            fitted = whittaker.values_on_days(observations, weight, lam)
            weight = bisquare(observations, observations.value - fitted)
        lam = _choose(observations, weight, settings)
    curve, leverage = whittaker.fit(observations, weight, lam)
    residual = observations.value - curve[observations.day, observations.series]
    bound = 1 - leverage < _BOUND
    return Curves(
        curve=curve,
        weight=weight,
        left_out=np.where(bound, np.nan, residual / np.where(bound, 1, 1 - leverage)),
        residual=residual,
        lam=lam,
        freedom=np.bincount(observations.series, leverage),
        shortened=np.empty(0, np.int64),
    )


def _choose(observations: Observations, weight: np.ndarray, settings: CurveSettings) -> np.ndarray:
    if settings.lam == GCV:
        return whittaker.choose_by_gcv(observations, weight)
    if settings.lam == VCURVE:
        return whittaker.choose_by_vcurve(observations, weight)
    return np.full(observations.sizes.size, float(settings.lam))


def bisquare(observations: Observations, residual: np.ndarray) -> np.ndarray:
    """Return the weights of observations by their residuals, 1e-6 to 1."""
    middle = medians(observations, residual)
    spread = medians(observations, np.abs(residual - middle[observations.series]))
    scale = np.maximum(_TO_SIGMA * spread, _LEAST_SCALE)
    share = residual / (_TUNING * scale[observations.series])
    weight: np.ndarray = np.maximum(np.where(np.abs(share) < 1, (1 - share**2) ** 2, 0), _LEAST_WEIGHT)
    return weight


def medians(observations: Observations, values: np.ndarray) -> np.ndarray:
    """Return the median of the values of each series."""
    begins, sizes = observations.begins, observations.sizes
    table = np.full((sizes.size, int(sizes.max())), np.inf)
    table[observations.series, np.arange(values.size) - begins[observations.series]] = values
    table.sort(axis=1)
    series = np.arange(sizes.size)
    median: np.ndarray = (table[series, (sizes - 1) // 2] + table[series, sizes // 2]) / 2
    return median


def _envelope_weights(observations: Observations, lam: np.ndarray, share: float) -> np.ndarray:
    """Return the weights of the last round; as modape's ``ws2dp``, the first round starts from a curve of zeros."""
    weight = np.where(observations.value > 0, share, 1 - share)
    for _ in range(_ENVELOPE_ROUNDS - 1):
        above = observations.value > whittaker.values_on_days(observations, weight, lam)
        before, weight = weight, np.where(above, share, 1 - share)
        if (weight == before).all():
            break
    return weight


def _interpolate(observations: Observations) -> np.ndarray:
    """Return straight lines between the observations; shape (days, series)."""
    curve = np.zeros((observations.days, observations.sizes.size))
    days = np.arange(observations.days)
    for series, (begin, size) in enumerate(zip(observations.begins.tolist(), observations.sizes.tolist())):
        mine = slice(begin, begin + size)
        curve[:, series] = np.interp(days, observations.day[mine], observations.value[mine])
    return curve


def _between_neighbours(observations: Observations) -> np.ndarray:
    """Return, of each observation, the line between its neighbours on its day; NaN for the first and the last."""
    line = np.full(observations.value.size, np.nan)
    series, day, value = observations.series, observations.day, observations.value
    inner = np.flatnonzero(series[:-2] == series[2:]) + 1
    share = (day[inner] - day[inner - 1]) / (day[inner + 1] - day[inner - 1])
    line[inner] = value[inner - 1] + share * (value[inner + 1] - value[inner - 1])
    return line
