"""A layer of rows made ready to be looked at: for the temporal controller, and coloured by the mean of its index."""

from __future__ import annotations

from functools import partial

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsGraduatedSymbolRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRendererRange,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime
from qgis.PyQt.QtGui import QColor

from ...engine.figures.ramps import ramp_of
from ..support.compat import DAYS, is_null
from ..support.i18n import tr
from ..support.loading import load_as

DATE_FIELD = "date"
MEAN_FIELD = "mean"
# How long a row is shown: what the two satellites take to come back.
_SHOWN_DAYS = 5
_CLASSES = 10
_SCALE = 10000


def prepare_when_loaded(context: QgsProcessingContext, layer_id: str, index: str | None, zones: str) -> None:
    """Have a layer of rows made ready once QGIS loads it; where it will not be loaded nothing happens.

    Parameters
    ----------
    context
        of the algorithm.
    layer_id
        what the sink of the rows is known by.
    index
        the one index that the rows are of, for its ramp; None when they are of several.
    zones
        the name of their layer: the new one is named after it, and loaded into a group of this name.
    """
    name = tr("{zones}, mean {index}").format(zones=zones, index=index or tr("of all indices"))
    load_as(context, layer_id, name, zones, partial(_dress, index))


def _dress(index: str | None, layer: QgsVectorLayer, project: QgsProject | None) -> None:
    prepare_layer(layer, index)
    _give_project_range(layer, project)


def prepare_layer(layer: QgsVectorLayer, index: str | None) -> None:
    """Colour a layer of rows by its means, and let the temporal controller show each row on its date."""
    _style(layer, index)
    temporal = layer.temporalProperties()
    temporal.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    temporal.setStartField(DATE_FIELD)
    temporal.setDurationUnits(DAYS)
    temporal.setFixedDuration(_SHOWN_DAYS)
    temporal.setIsActive(True)
    layer.triggerRepaint()


def _style(layer: QgsVectorLayer, index: str | None) -> None:
    ramp = ramp_of(index or "")
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


def _give_project_range(layer: QgsVectorLayer, project: QgsProject | None) -> None:
    """Give a project without a time range that of the layer, in steps that show each row, so that play shows it all."""
    if project is None or not project.timeSettings().temporalRange().isInfinite():
        return
    position = layer.fields().lookupField(DATE_FIELD)
    first, last = layer.minimumValue(position), layer.maximumValue(position)
    if isinstance(first, QDateTime) and isinstance(last, QDateTime) and first.isValid() and last.isValid():
        settings = project.timeSettings()
        settings.setTemporalRange(QgsDateTimeRange(first, last.addDays(1)))
        settings.setTimeStepUnit(DAYS)
        settings.setTimeStep(_SHOWN_DAYS)
