"""The parameters of the analyses: names, defaults and what they may be, for the toolbox, jobs and Python alike.

The toolbox reads this each time QGIS starts: constants only, and nothing heavy is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .curves import CurveSettings
    from .daily import DailySettings
    from .kinds import Analysis
    from .rows import RowFilter

SMOOTH, AGGREGATE, ANOMALY, TREND, PHENOLOGY = KINDS = ("smooth", "aggregate", "anomaly", "trend", "phenology")
# Kinds of values.
WORD, WORDS, YES, WHOLE, NUMBER, DAY, LAMBDA = "word", "words", "yes", "whole", "number", "day", "lambda"


@dataclass(frozen=True)
class Parameter:
    """A parameter of an analysis.

    Attributes
    ----------
    name
        as in the toolbox, ``MIN_VALID``.
    kind
        what its value is: a word, several, yes or no, a whole number, a number, a date, or a lambda: text that is
        empty, ``vcurve`` or a number.
    default
        its value where it is omitted; None where that stands for no limit.
    words
        of words, which there are.
    low, high
        of numbers, the least and the greatest; None for no limit.
    advanced
        whether few change it.
    """

    name: str
    kind: str
    default: Any
    words: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    advanced: bool = False


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_SOURCES = ("observations", "smooth")
_MONTHS = 1, 12
_YEARS = 1970, 2149

_ROWS = (
    Parameter("MIN_VALID", NUMBER, 50.0, low=0, high=100),
    Parameter("MIN_PIXELS", WHOLE, 1, low=0),
    Parameter("VALUE", WORD, "mean", ("mean", "median")),
)
_CURVE = (
    Parameter("LAMBDA", LAMBDA, ""),
    Parameter("ROBUST", YES, True),
    Parameter("ENVELOPE", NUMBER, 0.5, low=0.5, high=0.99, advanced=True),
    Parameter("WINDOW_DAYS", WHOLE, 61, low=3, high=9999, advanced=True),
    Parameter("POLYORDER", WHOLE, 3, low=0, high=9998, advanced=True),
)
_DAILY = (
    Parameter("SPIKE", NUMBER, 0.1, low=0),
    Parameter("SPIKE_DAYS", WHOLE, 60, low=0, advanced=True),
    Parameter("SPIKE_ON_CLEAR", YES, True),
    Parameter("MAX_GAP", WHOLE, 60, low=0),
    Parameter("STEP", WHOLE, 5, low=1, high=9999),
    Parameter("MIN_DATES", WHOLE, 5, low=1),
)
_CURVE_METHODS = ("whittaker", "savgol", "linear")
_START_MONTH = Parameter("START_MONTH", WHOLE, 1, low=_MONTHS[0], high=_MONTHS[1])
STATISTICS = (
    "mean", "median", "min", "max", "std", "first", "last", "pooled_mean", "pooled_std", "dates", "pixels",
)  # fmt: skip
NO_WIDE = "none"
_YEARLY_STATISTICS = ("mean", "median", "max", "pooled_mean")

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    SMOOTH: (Parameter("METHOD", WORD, "whittaker", _CURVE_METHODS), *_CURVE, *_DAILY, *_ROWS),
    AGGREGATE: (
        Parameter("PERIOD", WORD, "month", ("week", "dekad", "month", "season", "tropical-season", "year", "days")),
        Parameter("DAYS", WHOLE, 16, low=1, high=9999),
        Parameter("ORIGIN", DAY, date(2015, 1, 1)),
        _START_MONTH,
        Parameter("STATISTICS", WORDS, ("mean", "median", "min", "max", "dates"), STATISTICS),
        Parameter("SOURCE", WORD, "observations", _SOURCES),
        Parameter("MIN_DATES", WHOLE, 1, low=1),
        Parameter("EMPTY", YES, False),
        Parameter("WIDE", WORD, NO_WIDE, (NO_WIDE, *STATISTICS)),
        *_ROWS,
    ),
    ANOMALY: (
        Parameter("PERIOD", WORD, "month", ("week", "dekad", "month", "season")),
        Parameter("SOURCE", WORD, "observations", _SOURCES),
        Parameter("STATISTIC", WORD, "mean", _YEARLY_STATISTICS),
        Parameter("REFERENCE_MIN", WHOLE, None, low=_YEARS[0], high=_YEARS[1]),
        Parameter("REFERENCE_MAX", WHOLE, None, low=_YEARS[0], high=_YEARS[1]),
        Parameter("LEAVE_OUT", YES, True),
        Parameter("MIN_YEARS", WHOLE, 3, low=1),
        Parameter("SPREAD", NUMBER, 0.02, low=1e-6),
        *_ROWS,
    ),
    TREND: (
        Parameter("STATISTIC", WORD, "mean", _YEARLY_STATISTICS),
        Parameter("FROM_MONTH", WHOLE, 1, low=_MONTHS[0], high=_MONTHS[1]),
        Parameter("TO_MONTH", WHOLE, 12, low=_MONTHS[0], high=_MONTHS[1]),
        Parameter("MIN_YEARS", WHOLE, 5, low=2),
        *_ROWS,
    ),
    PHENOLOGY: (
        Parameter("METHOD", WORD, "threshold", ("threshold", "derivative")),
        Parameter("FRACTION", NUMBER, 0.2, low=0.01, high=0.99),
        Parameter("MIN_AMPLITUDE", NUMBER, 0.1, low=0),
        Parameter("RELATIVE_AMPLITUDE", NUMBER, 0.3, low=0, high=1),
        Parameter("MIN_LENGTH", WHOLE, 30, low=0),
        Parameter("MAX_SEASONS", WHOLE, 4, low=1),
        Parameter("MAX_GAP_IN_SEASON", WHOLE, 45, low=0),
        _START_MONTH,
        Parameter("CURVE", WORD, "whittaker", _CURVE_METHODS),
        *_CURVE,
        *(parameter for parameter in _DAILY if parameter.name not in ("MAX_GAP", "STEP")),
        *_ROWS,
    ),
}


# Parameters that are fields of the same name.
_SEASON = (
    "METHOD", "FRACTION", "MIN_AMPLITUDE", "RELATIVE_AMPLITUDE", "MIN_LENGTH", "MAX_SEASONS", "MAX_GAP_IN_SEASON",
    "START_MONTH",
)  # fmt: skip
_COMPARISON = ("STATISTIC", "REFERENCE_MIN", "REFERENCE_MAX", "LEAVE_OUT", "MIN_YEARS", "SPREAD")


def defaults(kind: str) -> dict[str, Any]:
    """Return the parameters of an analysis with their defaults."""
    return {parameter.name: parameter.default for parameter in PARAMETERS[kind]}


def analysis_of(kind: str, values: Mapping[str, Any]) -> Analysis:
    """Return an analysis with its settings.

    Parameters
    ----------
    kind
        one of `KINDS`.
    values
        by the names of the parameters; those that are not given, and not known, do not count.
    """
    v = {**defaults(kind), **values}
    if kind == SMOOTH:
        from .smooth import Smooth

        return Smooth(_daily(v, v["METHOD"]))
    if kind == PHENOLOGY:
        from .phenology import Phenology

        return Phenology(_daily(v, v["CURVE"]), **_settings(v, _SEASON))
    if kind == TREND:
        from .trend import Trend

        return Trend(_rows(v), v["STATISTIC"], v["FROM_MONTH"], v["TO_MONTH"], v["MIN_YEARS"])
    from .periods import Calendar

    if kind == ANOMALY:
        from .anomaly import Anomaly

        return Anomaly(Calendar(v["PERIOD"]), _rows(v), taken_from=v["SOURCE"], **_settings(v, _COMPARISON))
    from .aggregate import Aggregate

    calendar = Calendar(v["PERIOD"], v["DAYS"], v["ORIGIN"], v["START_MONTH"])
    statistics = tuple(v["STATISTICS"])
    return Aggregate(calendar, statistics, _rows(v), v["SOURCE"], v["MIN_DATES"], v["EMPTY"], v["WIDE"])


def lambda_of(text: str) -> float | str:
    """Return what a text says of lambda: a number, or the text itself for one of the ways to choose it.

    Raises
    ------
    SettingRefused
        it says neither.
    """
    from ..errors import Phrase, SettingRefused

    text = text.strip()
    if text in ("", "vcurve"):
        return text
    if not _NUMBER.fullmatch(text):
        raise SettingRefused(name="LAMBDA", value=text, wanted=Phrase("a number above 0, vcurve, or nothing"))
    return float(text)


def _rows(values: Mapping[str, Any]) -> RowFilter:
    from .rows import RowFilter

    return RowFilter(values["MIN_VALID"], values["MIN_PIXELS"], values["VALUE"])


def _curve(values: Mapping[str, Any], method: str) -> CurveSettings:
    from .curves import CurveSettings

    lam = values["LAMBDA"]
    settings = _settings(values, [parameter.name for parameter in _CURVE if parameter.name != "LAMBDA"])
    return CurveSettings(method, lambda_of(lam) if isinstance(lam, str) else lam, **settings)


def _daily(values: Mapping[str, Any], method: str) -> DailySettings:
    from .daily import DailySettings

    settings = _settings(values, [parameter.name for parameter in _DAILY if parameter.name in values])
    return DailySettings(_rows(values), _curve(values, method), **settings)


def _settings(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return settings by the names of the fields that hold them."""
    return {name.lower(): values[name] for name in names}
