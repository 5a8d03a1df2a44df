"""What QGIS's own widgets of a dialog should say: what an empty field means, and which layer holds no zones.

QGIS marks whatever may stay empty with "[optional]", and a folder that is always written with "[Skip output]". A
parameter of ours says what its empty field means, so these words are shown in the field instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterFolderDestination
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsDateTimeEdit
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QAbstractButton, QLineEdit, QToolButton, QWidget

from ...processing.support.empty_fields import EMPTY
from ..common.later import later
from .result_layers import guard

_DONE = "sen2chain_ts_tidied"


def tidy(wrappers: Sequence[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
    """Put our words into the widgets of a dialog, or of a row of a batch; once, however often it is called."""
    for wrapper in wrappers:
        parameter = wrapper.parameterDefinition()
        widget = None if isinstance(wrapper, WidgetWrapper) else wrapper.wrappedWidget()
        if widget is None or widget.property(_DONE):
            continue
        widget.setProperty(_DONE, True)
        guard(wrapper)
        words = parameter.metadata().get(EMPTY)
        if words is not None:
            _say(wrapper, parameter, widget, words)


def _say(
    wrapper: QgsAbstractProcessingParameterWidgetWrapper,
    parameter: QgsProcessingParameterDefinition,
    widget: QWidget,
    words: str,
) -> None:
    label = wrapper.wrappedLabel()
    if label is not None:
        label.setText(parameter.description())
    elif isinstance(widget, QAbstractButton):
        widget.setText(parameter.description())
    if not words:
        return
    if isinstance(parameter, QgsProcessingParameterFolderDestination):
        _say_in_destination(widget, words)
    elif widget.inherits("QgsDateTimeEdit"):
        # Known to Python as a class of Qt.
        edit: Any = sip.cast(widget, QgsDateTimeEdit)
        edit.setNullRepresentation(words)
    else:
        line = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
        if line is not None:
            line.setPlaceholderText(words)


def _say_in_destination(widget: QWidget, words: str) -> None:
    """Say what an empty folder means, also after QGIS has written "[Skip output]" into it again."""
    line, button = widget.findChild(QLineEdit), widget.findChild(QToolButton)
    if line is None:
        return
    theirs, ours = line.placeholderText(), f"[{words}]"

    def say() -> None:
        if line.placeholderText() == theirs:
            line.setPlaceholderText(ours)

    say()
    line.textChanged.connect(lambda _: later(line, say))
    if button is not None and button.menu() is not None:
        button.menu().aboutToHide.connect(lambda: later(line, say))
