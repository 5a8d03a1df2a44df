"""A choice of several words as the value of a step in the model designer."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingModelChildParameterSource, QgsProcessingParameterDefinition
from qgis.gui import QgsProcessingModelerParameterWidget
from qgis.PyQt.QtWidgets import QStackedWidget

from .choices import WordsChoice

_VALUE = 0


class ModelChoice(QgsProcessingModelerParameterWidget):
    """QGIS's own widget, which takes an input, an output or an expression too, with our list for the plain value."""

    def __init__(self, parameter: QgsProcessingParameterDefinition, dialog: Any, kind: type[WordsChoice]) -> None:
        super().__init__(dialog.model, dialog.childId, parameter, dialog.context)
        self.setDialog(dialog)
        self._choice = kind(parameter, lambda _: None, lambda: None)
        self._choice.set_value(parameter.defaultValue())
        self.box = self._choice.box
        self._pages = pages = self.findChild(QStackedWidget)
        shown = pages.currentIndex()
        theirs = pages.widget(_VALUE)
        pages.removeWidget(theirs)
        theirs.hide()
        pages.insertWidget(_VALUE, self.box.widget)
        pages.setCurrentIndex(shown)

    def value(self) -> Any:
        """Return where the value comes from; a plain one is what our list says."""
        if self._pages.currentIndex() != _VALUE:
            return super().value()
        return QgsProcessingModelChildParameterSource.fromStaticValue(self._choice.value())

    def setWidgetValue(self, value: Any) -> None:
        """Show where the value comes from."""
        super().setWidgetValue(value)
        sources = value if isinstance(value, list) else [value]
        if len(sources) == 1 and self._pages.currentIndex() == _VALUE:
            self._choice.set_value(sources[0].staticValue())
