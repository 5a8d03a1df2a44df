"""The plugin's own widgets in the dialogs of its algorithms, where those of QGIS offer nothing, or the wrong thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...processing.support.empty_fields import EMPTY
from .choices import CloudMaskChoice, CloudMasksChoice, IndicesChoice, WordsChoice
from .folder_box import FolderBox
from .folders import known_extractions, known_libraries
from .live_check import watch
from .model_choice import ModelChoice
from .tidy_dialog import tidy

_MODELER, _BATCH = "ModelerParametersDialog", "BatchAlgorithmDialog"


class _Wrapper(WidgetWrapper):
    """What our widgets share.

    QGIS calls this kind of wrapper deprecated, but of the newer kind it (3.22 at least) takes the widget away from
    Python in a way that crashes it when it ends while the dialog is open.
    """

    def __init__(self, parameter: QgsProcessingParameterDefinition, dialog: Any, *place: int) -> None:
        self._others: dict[str, QgsAbstractProcessingParameterWidgetWrapper] = {}
        self.make(parameter)
        super().__init__(parameter, dialog, *place)
        self.setValue(parameter.defaultValueForGui())
        self.is_set_up()

    def make(self, parameter: QgsProcessingParameterDefinition) -> None:
        """Make what the widget is made of."""
        raise NotImplementedError

    def is_set_up(self) -> None:
        """Take note that what is shown so far was proposed, and not chosen."""

    def createLabel(self) -> QLabel | None:
        label = super().createLabel()
        if label is not None:
            # The help, as with any other parameter; QGIS shows the name alone.
            label.setToolTip(self.parameterDefinition().toolTip())
            if EMPTY in self.parameterDefinition().metadata():
                label.setText(self.parameterDefinition().description())
        return label

    def tr(self, text: str) -> str:
        # QGIS has its own texts, such as "[optional]", translated for its own class.
        return QCoreApplication.translate(WidgetWrapper.__name__, text)

    def postInitialize(self, wrappers: Sequence[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        self._others = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
        tidy(wrappers)
        watch(wrappers)

    def chosen(self, name: str) -> Any:
        """Return what is chosen for another parameter of the dialog; None where there is no such parameter."""
        return self._others[name].parameterValue() if name in self._others else None

    def tell_change(self) -> None:
        """Tell the dialog that another value is chosen."""
        self.widgetValueHasChanged.emit(self)


class WordsWrapper(_Wrapper):
    """Several words of a list."""

    kind: type[WordsChoice] = WordsChoice

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: Any, *_place: int) -> Any:
        if type(dialog).__name__ == _MODELER:
            return ModelChoice(parameter, dialog, cls.kind)
        return super().__new__(cls)

    def make(self, parameter: QgsProcessingParameterDefinition) -> None:
        self.choice = self.kind(parameter, self.chosen, self.tell_change)
        self.box = self.choice.box

    def is_set_up(self) -> None:
        self.choice.proposed = True

    def createWidget(self) -> QWidget:
        return self.box.widget

    def setValue(self, value: Any) -> None:
        self.choice.set_value(value)
        self.choice.proposed = False

    def value(self) -> Any:
        return self.choice.value()


class IndicesWrapper(WordsWrapper):
    """Indices."""

    kind = IndicesChoice


class CloudMasksWrapper(WordsWrapper):
    """Several cloud masks."""

    kind = CloudMasksChoice


class CloudMaskWrapper(WordsWrapper):
    """One cloud mask."""

    kind = CloudMaskChoice


class TheirWrapper:
    """QGIS's own widget, in a dialog that has no widget of ours to put our words into the others."""

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: Any, *_place: int) -> Any:
        if type(dialog).__name__ == _MODELER:
            return _modeler_widget(parameter, dialog)
        kinds = QgsProcessingGui.WidgetType
        kind = kinds.Batch if type(dialog).__name__ == _BATCH else kinds.Standard
        wrapper = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(parameter, kind)
        wrapper.setDialog(dialog)
        wrapper.postInitialize = tidy  # Processing calls it from Python
        return wrapper


def _modeler_widget(parameter: QgsProcessingParameterDefinition, dialog: Any) -> Any:
    registry = QgsGui.processingGuiRegistry()
    widget = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
    widget.setDialog(dialog)
    return widget


class LibraryWrapper(_Wrapper):
    """The folder of a library, typed or chosen among those that were used. In a model QGIS's own widget serves."""

    known: Any = staticmethod(known_libraries)

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: Any, *_place: int) -> Any:
        if type(dialog).__name__ == _MODELER:
            return _modeler_widget(parameter, dialog)
        return super().__new__(cls)

    def make(self, parameter: QgsProcessingParameterDefinition) -> None:
        self.box = FolderBox(parameter, self.tell_change, self.known)

    def createWidget(self) -> QWidget:
        return self.box.widget

    def setValue(self, value: Any) -> None:
        self.box.set_folder(str(value or ""))

    def value(self) -> Any:
        return self.box.folder()


class ExtractionWrapper(LibraryWrapper):
    """The folder of an extraction."""

    known = staticmethod(known_extractions)
