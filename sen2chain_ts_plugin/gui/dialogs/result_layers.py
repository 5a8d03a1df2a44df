"""Layers of rows, which an algorithm has written, are no zones: each row would become one."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper
from qgis.PyQt.QtWidgets import QComboBox, QMessageBox, QWidget

from ...processing.support.i18n import tr
from ...processing.support.loading import is_result
from ..common.later import later

_INPUT = "INPUT"


def guard(wrapper: QgsAbstractProcessingParameterWidgetWrapper) -> None:
    """Have the choice of the zones propose no layer of rows, and ask when one is chosen."""
    if wrapper.parameterDefinition().name() != _INPUT:
        return
    widget = wrapper.wrappedWidget()
    if _rows_of(wrapper.parameterValue()) is not None:
        _propose_another(wrapper, widget)
    kept = [wrapper.parameterValue()]

    def ask() -> None:
        value = wrapper.parameterValue()
        rows = None if _source(value) == _source(kept[0]) else _rows_of(value)
        if rows is not None and not _sure(widget, *rows):
            wrapper.setParameterValue(kept[0], QgsProcessingContext())
        else:
            kept[0] = value

    def changed() -> None:
        # What is set before the dialog is shown, as from the history, was answered for before.
        if widget.isVisible():
            later(widget, ask)
        else:
            kept[0] = wrapper.parameterValue()

    wrapper.widgetValueHasChanged.connect(lambda *_: changed())


def _propose_another(wrapper: QgsAbstractProcessingParameterWidgetWrapper, widget: QWidget) -> None:
    kinds: list[Any] = getattr(wrapper.parameterDefinition(), "dataTypes", list)()
    layers = QgsProcessingUtils.compatibleVectorLayers(QgsProject.instance(), kinds)
    other = next((layer for layer in layers if not is_result(layer)), None)
    box = widget.findChild(QComboBox)
    if other is not None:
        wrapper.setParameterValue(other.id(), QgsProcessingContext())
    elif box is not None:
        box.setCurrentIndex(-1)


def _source(value: Any) -> Any:
    """Return the layer in a value of INPUT, or its name or file."""
    return value.source.staticValue() if isinstance(value, QgsProcessingFeatureSourceDefinition) else value


def _rows_of(value: Any) -> tuple[str, int] | None:
    """Return the name of a layer of rows and their number; None where the layer is no such layer."""
    source = _source(value)
    context = QgsProcessingContext()  # it owns what it opens
    context.setProject(QgsProject.instance())
    layer = QgsProcessingUtils.mapLayerFromString(source, context) if isinstance(source, str) and source else source
    return (layer.name(), layer.featureCount()) if isinstance(layer, QgsVectorLayer) and is_result(layer) else None


def _sure(parent: QWidget, name: str, number: int) -> bool:
    text = tr(
        "{layer} holds the rows of an extraction, not its zones: each of its {number} rows would become a zone. Use it "
        "all the same?"
    ).format(layer=name, number=number)
    buttons = QMessageBox.StandardButton
    return QMessageBox.question(parent, tr("Zones"), text, buttons.Yes | buttons.No, buttons.No) == buttons.Yes
