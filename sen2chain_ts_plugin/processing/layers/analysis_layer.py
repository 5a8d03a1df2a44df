"""The layers of the analyses made ready to be looked at: values, anomalies, trends and seasons in their colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsGraduatedSymbolRenderer,
    QgsProcessingContext,
    QgsRendererCategory,
    QgsRendererRange,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QLocale
from qgis.PyQt.QtGui import QColor

from ...engine.analysis.parameters import AGGREGATE, ANOMALY, PHENOLOGY, SMOOTH
from ..support.compat import DAYS
from ..support.i18n import names_of_dates, tr
from .result_words import explain_result
from .time_layer import Dressing, gradient, style_values, value_range
from .time_layer import prepare_when_loaded as prepare_rows

if TYPE_CHECKING:
    from ...engine.analysis.kinds import Analysis

_DIVERGING = ("#a6611a", "#dfc27d", "#f5f5f5", "#80cdc1", "#018571")
_DATES = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
_Z_BOUNDS = (-2.0, -1.0, 1.0, 2.0)
_VCI_BOUNDS = (20.0, 40.0, 60.0, 80.0)
_BEYOND = 1e9
_NO_VALUE = "#b8b8b8"
_COUNTS = ("dates", "pixels")


def prepare_when_loaded(
    context: QgsProcessingContext,
    layer_id: str,
    pairs: Iterable[tuple[str, str]],
    zones: str,
    analysis: Analysis,
) -> None:
    """Have the table of an analysis made ready once QGIS loads it; see `time_layer.prepare_when_loaded`."""
    prepare_rows(context, layer_id, pairs, zones, _dressing(analysis))


def _dressing(analysis: Analysis) -> Dressing:
    """Return how the layer of an analysis is made ready: its colours and times, and its fields in words."""
    look = _look(analysis)

    def prepare(layer: QgsVectorLayer, index: str) -> None:
        look.prepare(layer, index)
        explain_result(layer, index, _value_of(analysis), look.begin_field)

    return replace(look, prepare=prepare)


def _value_of(analysis: Analysis) -> str:
    """Return the field of an analysis that says most of a row."""
    if analysis.KIND == AGGREGATE:
        return next(iter(getattr(analysis, "statistics", ())), "")
    return {SMOOTH: "value", ANOMALY: "z", PHENOLOGY: "pos"}.get(analysis.KIND, "slope")


def _look(analysis: Analysis) -> Dressing:
    if analysis.KIND == SMOOTH:
        return Dressing(partial(_values, "value", ("date", "")), _smoothed_title)
    if analysis.KIND == AGGREGATE:
        asked = [name for name in getattr(analysis, "statistics", ()) if name not in _COUNTS]
        return Dressing(partial(_values, next(iter(asked), ""), ("begin", "end")), _period_title, "begin", "end")
    if analysis.KIND == ANOMALY:
        return Dressing(lambda layer, _: _anomalies(layer), _anomaly_title, "begin", "end")
    if analysis.KIND == PHENOLOGY:
        month = getattr(analysis, "start_month", 1)
        return Dressing(lambda layer, _: _seasons(layer, month), _season_title, "sos", "eos")
    return Dressing(lambda layer, _: _trends(layer), _trend_title, "", "")


def _smoothed_title(zones: str, index: str) -> str:
    return tr("{zones}, {index} smoothed").format(zones=zones, index=index)


def _period_title(zones: str, index: str) -> str:
    return tr("{zones}, {index} by period").format(zones=zones, index=index)


def _anomaly_title(zones: str, index: str) -> str:
    return tr("{zones}, anomaly of {index}").format(zones=zones, index=index)


def _season_title(zones: str, index: str) -> str:
    return tr("{zones}, seasons of {index}").format(zones=zones, index=index)


def _trend_title(zones: str, index: str) -> str:
    return tr("{zones}, trend of {index}").format(zones=zones, index=index)


def _values(field: str, moments: tuple[str, str], layer: QgsVectorLayer, index: str) -> None:
    """Colour index values by the ramp of the index."""
    _set_time(layer, *moments)
    if field:
        style_values(layer, index, field, 1.0)


def _anomalies(layer: QgsVectorLayer) -> None:
    """Colour z by five classes; VCI is the other style of the layer."""
    _set_time(layer, "begin", "end")
    if value_range(layer, "z") is None and value_range(layer, "vci") is None:
        _say_why_plain(layer, "z", tr("no anomaly: too few years"))
        return
    styles = layer.styleManager()
    _classify(layer, "vci", _VCI_BOUNDS, _labels(_VCI_BOUNDS, "VCI {range}"), _DIVERGING)
    styles.renameStyle(styles.currentStyle(), "VCI")
    styles.addStyleFromLayer("z")
    styles.setCurrentStyle("z")
    _classify(layer, "z", _Z_BOUNDS, _labels(_Z_BOUNDS, "z {range}"), _DIVERGING)


def _seasons(layer: QgsVectorLayer, start_month: int) -> None:
    """Colour the start of the seasons by its date, whatever the year."""
    _set_time(layer, "sos", "eos")
    found = value_range(layer, "sos_doy")
    if found is None:
        return
    low, high = found
    width = max((high - low + 1) / len(_DATES), 1.0)
    bounds = [low + width * number for number in range(1, len(_DATES))]
    edges = [low, *bounds, high + 1]
    days = [(_day_words(begin, start_month), _day_words(end - 1, start_month)) for begin, end in zip(edges, edges[1:])]
    labels = [tr("starts {range}").format(range=f"{first} … {last}") for first, last in days]
    _classify(layer, "sos_doy", bounds, labels, _DATES)


def _day_words(number: float, start_month: int) -> str:
    """Return a day of a year that begins in some month, whatever the year, as QGIS's language writes it."""
    day = date(2001, start_month, 1) + timedelta(days=int(number) - 1)
    return names_of_dates().toString(QDate(day.year, day.month, day.day), "d MMM")


def _trends(layer: QgsVectorLayer) -> None:
    """Colour the slope by five classes that are alike upwards and downwards."""
    edges = value_range(layer, "slope")
    if edges is None:
        _say_why_plain(layer, "slope", tr("no trend: too few years"))
        return
    most = max(map(abs, edges)) or 1.0
    bounds = [most * share for share in (-0.6, -0.2, 0.2, 0.6)]
    _classify(layer, "slope", bounds, _labels(bounds, tr("{range} per year")), _DIVERGING)


def _classify(
    layer: QgsVectorLayer, field: str, bounds: Sequence[float], labels: Sequence[str], colours: Sequence[str]
) -> None:
    """Colour a layer by classes between some bounds, the outer ones without end."""
    edges = [-_BEYOND, *bounds, _BEYOND]
    ranges = [
        QgsRendererRange(begin, end, QgsSymbol.defaultSymbol(layer.geometryType()), label)
        for begin, end, label in zip(edges, edges[1:], labels)
    ]
    renderer = QgsGraduatedSymbolRenderer(field, ranges)
    renderer.updateColorRamp(gradient(colours))
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _say_why_plain(layer: QgsVectorLayer, field: str, why: str) -> None:
    """Draw the zones of a layer without any value in grey, and have the legend say why."""
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(QColor(_NO_VALUE))
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, [QgsRendererCategory(None, symbol, why)]))
    layer.triggerRepaint()


def _labels(bounds: Sequence[float], words: str) -> list[str]:
    """Return what the legend says of classes: words that name the value, with the range between two bounds."""
    texts = [QLocale().toString(float(bound), "g", 3) for bound in bounds]
    inner = [f"{begin} … {end}" for begin, end in zip(texts, texts[1:])]  # a dash next to a minus would not be read
    return [words.format(range=range_) for range_ in (f"< {texts[0]}", *inner, f"> {texts[-1]}")]


def _set_time(layer: QgsVectorLayer, begin: str, end: str) -> None:
    """Let the temporal controller show each row on its date, or from its first day to its last."""
    temporal = layer.temporalProperties()
    modes = Qgis.VectorTemporalMode
    both = modes.FeatureDateTimeStartAndEndFromFields
    temporal.setMode(both if end else modes.FeatureDateTimeInstantFromField)
    temporal.setStartField(begin)
    if end:
        temporal.setEndField(end)
    temporal.setDurationUnits(DAYS)
    temporal.setFixedDuration(5)
    temporal.setIsActive(True)
    layer.triggerRepaint()
