"""The analyses from Python, on an extraction or on a table of pandas.

A table has the columns ``date`` (the day of acquisition, UTC), ``zone`` (whatever names the zones) and ``value`` (index
values: 0.5, not 5000); ``count`` and ``nodata`` (pixels), ``std``, ``nbcld`` (cloudy pixels) and ``cldprb`` (%) where
they are known. Settings are those of the algorithms, in small letters, ``lam`` for LAMBDA::

    curve, statistics = smooth(table, spike=0.15)
    monthly = aggregate(table, period="month", statistics=["mean", "dates"])
    summary = smooth("/data/EXTRACTION/fields_0123456789abcdef", indices=("NDVI",))
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ..errors import Phrase, SettingRefused, TableColumnMissing, TableValueInvalid
from ..feedback import Feedback, Logged
from ..library.cloudmask import CloudMask
from ..workers.executor import Executor
from .aggregate import grouping
from .columns import to_frame
from .kinds import OBSERVATIONS, Acquisitions, Analysis, RemarkingAnalysis
from .parameters import AGGREGATE, ANOMALY, PARAMETERS, PHENOLOGY, SMOOTH, TREND, analysis_of
from .rows import CLOUDY_PROBABILITY, Rows, Span, best_of_day
from .run import AnalysisSummary, analyse_tree, naming

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("date", "zone", "value")


def smooth(data: Path | str | pd.DataFrame, /, **settings: Any) -> AnalysisSummary | tuple[pd.DataFrame, pd.DataFrame]:
    """Draw a curve through the dates of each zone.

    Parameters
    ----------
    data
        Path of an extraction, whose files are written; or a table, see above.
    **settings
        Parameters of the algorithm Smooth. In addition, for a table ``index``, which tells whether spikes can point
        upwards; for an extraction ``indices``, ``cloudmasks``, ``feedback`` and ``executor``, see `run.analyse_tree`.

    Returns
    -------
    AnalysisSummary or tuple of pandas.DataFrame
        For an extraction the files; for a table two tables: the curve, and how it fits each zone.

    Raises
    ------
    SettingRefused, TableColumnMissing, TableValueInvalid, ScipyMissing, PandasMissing
        If it cannot be done. For an extraction see also `run.analyse_tree`.
    """
    curve, statistics = _analyse(SMOOTH, data, settings, 2)
    return curve if statistics is None else (curve, statistics)


def aggregate(data: Path | str | pd.DataFrame, /, **settings: Any) -> AnalysisSummary | pd.DataFrame:
    """Return one row per zone and period; see `smooth` for the parameters, and the algorithm Aggregate."""
    return cast("AnalysisSummary | pd.DataFrame", _analyse(AGGREGATE, data, settings, 1)[0])


def anomaly(data: Path | str | pd.DataFrame, /, **settings: Any) -> AnalysisSummary | tuple[pd.DataFrame, pd.DataFrame]:
    """Return the normals, and each period compared with them; parameters: see `smooth` and the algorithm Anomaly."""
    normals, anomalies = _analyse(ANOMALY, data, settings, 2)
    return normals if anomalies is None else (normals, anomalies)


def trend(data: Path | str | pd.DataFrame, /, **settings: Any) -> AnalysisSummary | pd.DataFrame:
    """Return the trend of each zone; see `smooth` for the parameters, and the algorithm Trend."""
    return cast("AnalysisSummary | pd.DataFrame", _analyse(TREND, data, settings, 1)[0])


def phenology(data: Path | str | pd.DataFrame, /, **settings: Any) -> AnalysisSummary | pd.DataFrame:
    """Return the seasons of each zone; see `smooth` for the parameters, and the algorithm Phenology."""
    return cast("AnalysisSummary | pd.DataFrame", _analyse(PHENOLOGY, data, settings, 1)[0])


def _analyse(kind: str, data: Any, settings: dict[str, Any], tables: int) -> list[Any]:
    """Return the summary, or so many tables; None in the place of a further one."""
    names = {parameter.name.lower(): parameter.name for parameter in PARAMETERS[kind]}
    if "lambda" in names:
        names["lam"] = names.pop("lambda")
    values = {names[name]: value for name, value in settings.items() if name in names}
    others = {name: value for name, value in settings.items() if name not in names}
    analysis = analysis_of(kind, values)
    if isinstance(data, (str, Path)):
        return [_of_tree(Path(data), analysis, others, names), None]
    return _of_table(data, analysis, others, names)[:tables]


def _of_tree(folder: Path, analysis: Analysis, others: dict[str, Any], names: dict[str, str]) -> AnalysisSummary:
    known = {"indices", "cloudmasks", "feedback", "executor"}
    _refuse_unknown(others, known, names)
    indices: tuple[str, ...] | None = others.get("indices")
    cloudmasks: tuple[CloudMask, ...] | None = others.get("cloudmasks")
    executor: Executor | None = others.get("executor")
    feedback = others.get("feedback")
    return analyse_tree(folder, analysis, feedback, executor, indices=indices, cloudmasks=cloudmasks)


def _of_table(table: Any, analysis: Analysis, others: dict[str, Any], names: dict[str, str]) -> list[Any]:
    pd = grouping()
    _refuse_unknown(others, {"index", "feedback"}, names)
    feedback: Feedback = others.get("feedback") or Logged()
    analysis.check()
    if analysis.source != OBSERVATIONS:
        wanted = Phrase("{name}: a table holds observations", name=OBSERVATIONS)
        raise SettingRefused(name="SOURCE", value=analysis.source, wanted=wanted)
    rows, zones = rows_of_table(table, str(others.get("index", "")), pd)
    if isinstance(analysis, RemarkingAnalysis):
        for remark in analysis.remarks(Acquisitions(rows.span, rows.day, ("",) * len(rows))):
            feedback.warning("{remark}", remark=remark)
    part = analysis.analyse(rows)
    for what, named in part.notes.items():
        if named.size:
            feedback.warning("{remark}", remark=naming(what, [zones[number] for number in named.tolist()]))
    return [to_frame(columns, zones, pd) for columns in part.tables]


def _refuse_unknown(others: dict[str, Any], known: set[str], names: dict[str, str]) -> None:
    for name, value in others.items():
        if name not in known:
            wanted = Phrase("a setting that there is: {known}", known=", ".join(sorted({*names, *known})))
            raise SettingRefused(name=name, value=value, wanted=wanted)


def rows_of_table(table: Any, index: str, pd: Any) -> tuple[Rows, list[Any]]:
    """Return the rows of a table, and the names of the zones in the order of their numbers.

    Raises
    ------
    TableColumnMissing, TableValueInvalid
        see the message.
    """
    for name in _NEEDED:
        if name not in table.columns:
            raise TableColumnMissing(column=name, wanted=", ".join((*_NEEDED, "count", "nodata")))
    zone, zones = pd.factorize(table["zone"], sort=True)
    if (zone < 0).any():
        raise TableValueInvalid(column="zone", value="", wanted=Phrase("every row needs a zone"))
    number = {name: _numbers(table, name, pd) for name in ("value", "std", "count", "nodata", "nbcld", "cldprb")}
    # Where nobody has counted, each row is one valid pixel.
    count = number["count"] if "count" in table.columns else np.ones(len(table))
    nodata = np.nan_to_num(number["nodata"])
    day = _days(table["date"], pd)
    order = best_of_day(zone.astype(np.int64), day, count, number["std"], np.arange(len(table)))
    span = Span(int(day.min()), int(day.max())) if day.size else Span(0, 0)
    cloudy = (number["nbcld"] > 0) | (number["cldprb"] >= CLOUDY_PROBABILITY)
    rows = Rows(
        zone.astype(np.int64), day, number["value"], number["std"], count, nodata, cloudy, np.zeros(len(table)),
        index, span,
    )  # fmt: skip
    return rows.some(order), list(zones)


def _numbers(table: Any, name: str, pd: Any) -> np.ndarray:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    numbers = pd.to_numeric(table[name], errors="coerce")
    wrong = (numbers.isna() & table[name].notna()) | numbers.isin([np.inf, -np.inf])
    if wrong.any():
        raise TableValueInvalid(column=name, value=table[name][wrong].iloc[0], wanted=Phrase("a number is needed"))
    values: np.ndarray = numbers.to_numpy(np.float64, na_value=np.nan)
    return values


def _days(dates: Any, pd: Any) -> np.ndarray:
    moments = pd.to_datetime(dates, utc=True, errors="coerce")
    wrong = moments.isna()
    if wrong.any():
        raise TableValueInvalid(column="date", value=dates[wrong].iloc[0], wanted=Phrase("a date is needed"))
    days: np.ndarray = moments.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    return days
