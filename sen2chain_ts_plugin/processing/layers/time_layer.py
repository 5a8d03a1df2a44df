"""A layer of rows made ready to be looked at: for the temporal controller, and coloured by the mean of its index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
from qgis.PyQt.QtCore import QDate, QDateTime, QLocale, QTime
from qgis.PyQt.QtGui import QColor

from ...engine.figures.ramps import ramp_of
from ...engine.library.cloudmask import OCM
from ..support.compat import DAYS, is_null
from ..support.finished_runs import RUNS
from ..support.i18n import tr
from ..support.loading import load_as, mark_result
from .row_words import explain

DATE_FIELD = "date"
MEAN_FIELD = "mean"
# How long a row is shown: what the two satellites take to come back.
_SHOWN_DAYS = 5
_CLASSES = 10
# Rows of several indices: a ramp over their values.
_NO_INDEX = ""
_SCALE = 10000


@dataclass(frozen=True)
class Dressing:
    """How layers of rows are made ready.

    Attributes
    ----------
    prepare
        styles the layer of an index, and tells it its times.
    title
        gives the name of a layer from that of the zones and that of the index.
    begin_field, end_field
        hold the first and the last moment of a row; empty where rows have none.
    """

    prepare: Callable[[QgsVectorLayer, str], None]
    title: Callable[[str, str], str]
    begin_field: str = DATE_FIELD
    end_field: str = DATE_FIELD


def prepare_when_loaded(
    context: QgsProcessingContext,
    layer_id: str,
    pairs: Iterable[tuple[str, str]],
    zones: str,
    dressing: Dressing | None = None,
) -> None:
    """Have a layer of rows made ready once QGIS loads it; where it will not be loaded nothing happens.

    Parameters
    ----------
    context
        of the algorithm.
    layer_id
        what the sink of the rows is known by.
    pairs
        the index and cloud mask of the rows; a layer of each pair is loaded.
    zones
        the name of their layer: the new ones are named after it, and loaded into a group of this name.
    dressing
        how the layers are made ready; None for rows as they were extracted.
    """
    dressing = dressing or Dressing(prepare_layer, _mean_title)
    ordered = sorted({(index, OCM if mask.startswith(f"{OCM}_") else mask) for index, mask in pairs})
    rows = _Rows(ordered, zones, dressing)
    name = rows.name(ordered[0]) if ordered else tr("{zones}, no rows").format(zones=zones)
    load_as(context, layer_id, name, zones, rows.dress, rows.tell)


def _mean_title(zones: str, index: str) -> str:
    return tr("{zones}, mean {index}").format(zones=zones, index=index)


class _Rows:
    """A layer of rows on its way into the project."""

    def __init__(self, pairs: Sequence[tuple[str, str]], zones: str, dressing: Dressing) -> None:
        self._pairs, self._zones, self._dressing = pairs, zones, dressing
        self._dates: tuple[QDateTime, QDateTime] | None = None

    def name(self, pair: tuple[str, str]) -> str:
        """Return the name of the layer of a pair; the cloud mask is told where there are several."""
        name = self._dressing.title(self._zones, pair[0])
        return f"{name}, {pair[1]}" if len({mask for _, mask in self._pairs}) > 1 else name

    def dress(self, layer: QgsVectorLayer, project: QgsProject | None) -> Sequence[QgsVectorLayer]:
        """Make the layer ready; return further ones, so that each index and cloud mask has one."""
        mark_result(layer)
        if not self._pairs:
            return ()
        self._dates = _dates(layer, self._dressing)
        # A layer that is not in a project has no neighbours: it stays whole.
        whole = project is None or project.mapLayer(layer.id()) is None
        others = [] if whole else self._split(layer)
        indices = {index for index, _ in self._pairs}
        self._dressing.prepare(layer, _NO_INDEX if whole and len(indices) > 1 else self._pairs[0][0])
        for (index, _), other in zip(self._pairs[1:], others):
            mark_result(other)
            self._dressing.prepare(other, index)
        if self._dates is not None and project is not None:
            _give_project_range(project, *self._dates)
        return others

    def _split(self, layer: QgsVectorLayer) -> list[QgsVectorLayer]:
        """Have a layer show the rows of its first pair, and return one for each of the others."""
        if len(self._pairs) == 1:
            return []
        conditions = [_condition(*pair) for pair in self._pairs]
        in_memory = layer.dataProvider().name() == "memory"
        others = []
        for pair, condition in zip(self._pairs[1:], conditions[1:]):
            # What is in memory is no file that two layers could read.
            other = (
                layer.materialize(QgsFeatureRequest().setFilterExpression(condition)) if in_memory else layer.clone()
            )
            if not in_memory:
                other.setSubsetString(condition)
            other.setName(self.name(pair))
            others.append(other)
        layer.setSubsetString(conditions[0])
        layer.setName(self.name(self._pairs[0]))  # QGIS names it after its file, which is that of all
        return others

    def tell(self) -> None:
        """Say which dates can be played, once all layers are in the project: for the first QGIS sets its own."""
        if self._dates is not None:
            RUNS.rows_loaded.emit(*self._dates)


def _condition(index: str, mask: str) -> str:
    # The rows of extract tell the versions of OCM apart, which are still one mask.
    masks = f"\"cloudmask\" LIKE '{OCM}%'" if mask == OCM else f"\"cloudmask\" = '{mask}'"
    return f"\"index\" = '{index}' AND {masks}"


def prepare_layer(layer: QgsVectorLayer, index: str) -> None:
    """Colour a layer of rows by its means, name its fields in words, and have the controller show each row in time."""
    _style(layer, index)
    explain(layer, index)
    temporal = layer.temporalProperties()
    temporal.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    temporal.setStartField(DATE_FIELD)
    temporal.setDurationUnits(DAYS)
    temporal.setFixedDuration(_SHOWN_DAYS)
    temporal.setIsActive(True)
    layer.triggerRepaint()


def _style(layer: QgsVectorLayer, index: str) -> None:
    style_values(layer, index, MEAN_FIELD, _SCALE)


def style_values(layer: QgsVectorLayer, index: str, name: str, scale: float) -> None:
    """Colour a layer by a field of index values by the ramp of the index.

    Parameters
    ----------
    layer, index
        what to colour.
    name
        of the field.
    scale
        what the field has for an index value of 1.
    """
    ramp = ramp_of(index)
    edges = (ramp.low * scale / _SCALE, ramp.high * scale / _SCALE) if ramp.bounded else value_range(layer, name)
    if edges is None:
        return  # no rows, nothing to colour
    low, high = edges
    step = (high - low) / _CLASSES or 1.0
    bounds = [low + number * step for number in range(_CLASSES + 1)]
    texts = [QLocale().toString(bound / scale, "f", 2) for bound in bounds]
    labels = [f"{begin} … {end}" for begin, end in zip(texts, texts[1:])]
    # The outer classes take what lies beyond them.
    bounds[0], bounds[-1] = min(low, -_SCALE * _SCALE), max(high, _SCALE * _SCALE)
    ranges = [
        QgsRendererRange(begin, end, QgsSymbol.defaultSymbol(layer.geometryType()), label)
        for begin, end, label in zip(bounds, bounds[1:], labels)
    ]
    renderer = QgsGraduatedSymbolRenderer(name, ranges)
    renderer.updateColorRamp(gradient(ramp.colours))
    layer.setRenderer(renderer)


def value_range(layer: QgsVectorLayer, name: str) -> tuple[float, float] | None:
    """Return the least and the greatest value of a field; None where it has none."""
    position = layer.fields().lookupField(name)
    low, high = layer.minimumValue(position), layer.maximumValue(position)
    # Of a temporary layer without any value, QGIS returns the greatest number there is, and the least.
    return None if is_null(low) or is_null(high) or low > high else (low, high)


def gradient(colours: Sequence[str]) -> QgsGradientColorRamp:
    """Return colours, evenly spread, as a ramp."""
    first, *inner, last = map(QColor, colours)
    stops = [QgsGradientStop((number + 1) / (len(inner) + 1), colour) for number, colour in enumerate(inner)]
    return QgsGradientColorRamp(first, last, False, stops)


def _dates(layer: QgsVectorLayer, dressing: Dressing) -> tuple[QDateTime, QDateTime] | None:
    """Return the first and the last date of the rows; None where there are none."""
    if not dressing.begin_field:
        return None
    fields = layer.fields()
    edges = [
        layer.minimumValue(fields.lookupField(dressing.begin_field)),
        layer.maximumValue(fields.lookupField(dressing.end_field)),
    ]
    # A shapefile keeps days only.
    first, last = (QDateTime(edge, QTime(0, 0)) if isinstance(edge, QDate) else edge for edge in edges)
    known = isinstance(first, QDateTime) and isinstance(last, QDateTime) and first.isValid() and last.isValid()
    return (first, last) if known else None


def _give_project_range(project: QgsProject, first: QDateTime, last: QDateTime) -> None:
    """Give a project without dates those of the rows, in steps that show each of them, for when it is opened again."""
    settings = project.timeSettings()
    if settings.temporalRange().isInfinite():
        settings.setTemporalRange(QgsDateTimeRange(first, last.addDays(1)))
        settings.setTimeStepUnit(DAYS)
        settings.setTimeStep(_SHOWN_DAYS)
