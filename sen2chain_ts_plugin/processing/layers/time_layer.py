"""A layer of rows made ready to be looked at: for the temporal controller, and coloured by the mean of its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsGraduatedSymbolRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRendererRange,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtGui import QColor

from ...engine.figures.ramps import ramp_of
from ...engine.library.cloudmask import OCM
from ..support.compat import DAYS, is_null
from ..support.finished_runs import RUNS
from ..support.i18n import tr
from ..support.loading import load_as, mark_result

DATE_FIELD = "date"
MEAN_FIELD = "mean"
# How long a row is shown: what the two satellites take to come back.
_SHOWN_DAYS = 5
_CLASSES = 10
_SCALE = 10000


def prepare_when_loaded(
    context: QgsProcessingContext, layer_id: str, pairs: Iterable[tuple[str, str]], zones: str
) -> None:
    """Have a layer of rows made ready once QGIS loads it; where it will not be loaded nothing happens.

    Parameters
    ----------
    context
        of the algorithm.
    layer_id
        what the sink of the rows is known by.
    pairs
        of which index and cloud mask the rows are; of each pair a layer is loaded.
    zones
        the name of their layer: the new ones are named after it, and loaded into a group of this name.
    """
    ordered = sorted({(index, OCM if mask.startswith(f"{OCM}_") else mask) for index, mask in pairs})
    name = _name(zones, ordered, ordered[0]) if ordered else tr("{zones}, no rows").format(zones=zones)
    rows = _Rows(ordered, zones)
    load_as(context, layer_id, name, zones, rows.dress, rows.tell)


def _name(zones: str, pairs: Sequence[tuple[str, str]], pair: tuple[str, str]) -> str:
    """Return the name of the layer of a pair; the cloud mask is told where there are several."""
    name = tr("{zones}, mean {index}").format(zones=zones, index=pair[0])
    return f"{name}, {pair[1]}" if len({mask for _, mask in pairs}) > 1 else name


class _Rows:
    """A layer of rows on its way into the project."""

    def __init__(self, pairs: Sequence[tuple[str, str]], zones: str) -> None:
        self._pairs, self._zones = pairs, zones
        self._dates: tuple[QDateTime, QDateTime] | None = None

    def dress(self, layer: QgsVectorLayer, project: QgsProject | None) -> Sequence[QgsVectorLayer]:
        """Make the layer ready; return further ones, so that each index and cloud mask has one."""
        mark_result(layer)
        if not self._pairs:
            return ()
        self._dates = _dates(layer)
        others = _split(layer, self._pairs, self._zones) if project is not None else ()
        prepare_layer(layer, self._pairs[0][0])
        for (index, _), other in zip(self._pairs[1:], others):
            mark_result(other)
            prepare_layer(other, index)
        if self._dates is not None and project is not None:
            _give_project_range(project, *self._dates)
        return others

    def tell(self) -> None:
        """Say which dates can be played, once all layers are in the project: for the first QGIS sets its own."""
        if self._dates is not None:
            RUNS.rows_loaded.emit(*self._dates)


def _split(layer: QgsVectorLayer, pairs: Sequence[tuple[str, str]], zones: str) -> list[QgsVectorLayer]:
    """Have a layer show the rows of its first pair, and return one for each of the others."""
    if len(pairs) == 1:
        return []
    conditions = [_condition(*pair) for pair in pairs]
    in_memory = layer.dataProvider().name() == "memory"
    others = []
    for pair, condition in zip(pairs[1:], conditions[1:]):
        # What is in memory is no file that two layers could read.
        other = layer.materialize(QgsFeatureRequest().setFilterExpression(condition)) if in_memory else layer.clone()
        if not in_memory:
            other.setSubsetString(condition)
        other.setName(_name(zones, pairs, pair))
        others.append(other)
    layer.setSubsetString(conditions[0])
    layer.setName(_name(zones, pairs, pairs[0]))  # QGIS names it after its file, which is that of all
    return others


def _condition(index: str, mask: str) -> str:
    # The rows of extract tell the versions of OCM apart, which are one mask all the same.
    masks = f"\"cloudmask\" LIKE '{OCM}%'" if mask == OCM else f"\"cloudmask\" = '{mask}'"
    return f"\"index\" = '{index}' AND {masks}"


def prepare_layer(layer: QgsVectorLayer, index: str) -> None:
    """Colour a layer of rows by its means, and let the temporal controller show each row on its date."""
    _style(layer, index)
    temporal = layer.temporalProperties()
    temporal.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    temporal.setStartField(DATE_FIELD)
    temporal.setDurationUnits(DAYS)
    temporal.setFixedDuration(_SHOWN_DAYS)
    temporal.setIsActive(True)
    layer.triggerRepaint()


def _style(layer: QgsVectorLayer, index: str) -> None:
    ramp = ramp_of(index)
    position = layer.fields().lookupField(MEAN_FIELD)
    if ramp.bounded:
        low, high = ramp.low, ramp.high
    else:
        low, high = layer.minimumValue(position), layer.maximumValue(position)
    if is_null(low) or is_null(high):
        return  # no rows, nothing to colour
    step = (high - low) / _CLASSES or 1.0
    bounds = [low + number * step for number in range(_CLASSES + 1)]
    labels = [f"{begin / _SCALE:.2f} - {end / _SCALE:.2f}" for begin, end in zip(bounds, bounds[1:])]
    # The outer classes take what lies beyond them.
    bounds[0], bounds[-1] = min(low, -_SCALE * _SCALE), max(high, _SCALE * _SCALE)
    ranges = [
        QgsRendererRange(begin, end, QgsSymbol.defaultSymbol(layer.geometryType()), label)
        for begin, end, label in zip(bounds, bounds[1:], labels)
    ]
    renderer = QgsGraduatedSymbolRenderer(MEAN_FIELD, ranges)
    first, *inner, last = map(QColor, ramp.colours)
    stops = [QgsGradientStop((number + 1) / (len(inner) + 1), colour) for number, colour in enumerate(inner)]
    renderer.updateColorRamp(QgsGradientColorRamp(first, last, False, stops))
    layer.setRenderer(renderer)


def _dates(layer: QgsVectorLayer) -> tuple[QDateTime, QDateTime] | None:
    """Return the first and the last date of the rows; None where there are none."""
    position = layer.fields().lookupField(DATE_FIELD)
    edges = [layer.minimumValue(position), layer.maximumValue(position)]
    # A shapefile keeps days only.
    first, last = (QDateTime(edge, QTime(0, 0)) if isinstance(edge, QDate) else edge for edge in edges)
    known = isinstance(first, QDateTime) and isinstance(last, QDateTime) and first.isValid() and last.isValid()
    return (first, last) if known else None


def _give_project_range(project: QgsProject, first: QDateTime, last: QDateTime) -> None:
    """Have a project hold the dates of the rows, in steps that show each of them, for when it is opened again."""
    settings = project.timeSettings()
    shown = QgsDateTimeRange(first, last.addDays(1))
    before = settings.temporalRange()
    if not before.isInfinite():
        shown.extend(before)
    settings.setTemporalRange(shown)
    settings.setTimeStepUnit(DAYS)
    settings.setTimeStep(_SHOWN_DAYS)
