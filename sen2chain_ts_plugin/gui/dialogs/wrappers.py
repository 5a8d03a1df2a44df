"""Widgets of the algorithms' dialogs that offer what the chosen library, or extraction, has."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...engine.errors import EngineError
from ...processing.support.i18n import tr, tr_error
from ..common.background import Background
from ..common.choice_box import ChoiceBox
from .offers import Offers, extraction_offers, library_offers

_STANDARD, _MODELER = "AlgorithmDialog", "ModelerParametersDialog"


class _OfferingWrapper(WidgetWrapper):
    """A line with a list. In a model and in a batch, where there is no one library, QGIS's own widget serves.

    QGIS calls this kind of wrapper deprecated, but of the newer kind it (3.22 at least) takes the widget away from
    Python in a way that crashes it when it ends while the dialog is open.
    """

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: Any, *_place: int) -> Any:
        registry, kind = QgsGui.processingGuiRegistry(), type(dialog).__name__
        if kind == _STANDARD:
            return super().__new__(cls)
        if kind == _MODELER:
            wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
        else:
            wrapper = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Batch)
        wrapper.setDialog(dialog)
        return wrapper

    def __init__(self, parameter: QgsProcessingParameterDefinition, dialog: Any, *place: int) -> None:
        self._others: dict[str, QgsAbstractProcessingParameterWidgetWrapper] = {}
        self._looked_at: str | None = None
        self._offers = Offers()
        self._note = ""
        self.box = self.make_box()
        super().__init__(parameter, dialog, *place)
        self._background = Background(self)
        self.setValue(parameter.defaultValueForGui())

    def make_box(self) -> ChoiceBox:
        """Return the line with its list."""
        raise NotImplementedError

    def offered(self, offers: Offers) -> Sequence[tuple[str, str]]:
        """Return the words to offer, each with a remark."""
        raise NotImplementedError

    def createWidget(self) -> QWidget:
        return self.box.widget

    def createLabel(self) -> QLabel | None:
        label = super().createLabel()
        if label is not None:
            # The help, as with any other parameter; QGIS shows the name alone.
            label.setToolTip(self.parameterDefinition().toolTip())
        return label

    def tr(self, text: str) -> str:
        # QGIS has its own texts, such as "[optional]", translated for its own class.
        return QCoreApplication.translate(WidgetWrapper.__name__, text)

    def setValue(self, value: Any) -> None:
        words = [str(word) for word in value] if isinstance(value, (list, tuple)) else str(value or "").split(",")
        self.box.set_words([word for word in words if word])

    def value(self) -> Any:
        return self.box.words()

    def postInitialize(self, wrappers: Sequence[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        self._others = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}

    def chosen(self, name: str) -> Any:
        """Return what is chosen for another parameter of the dialog; None where there is no such parameter."""
        return self._others[name].parameterValue() if name in self._others else None

    def look(self) -> None:
        """Look at the library, or the extraction, unless it is the one that was looked at last."""
        of_extraction = "EXTRACTION" in self._others
        text = str(self.chosen("EXTRACTION" if of_extraction else "LIBRARY") or "")
        if text == self._looked_at or (of_extraction and not text):
            self._show()
            return
        folder = Path(os.path.expanduser(text)) if text else None
        look: Callable[[Any], Offers] = (
            (lambda _: extraction_offers(folder))
            if of_extraction
            else (lambda reading: library_offers(folder, reading))
        )
        self._offers, self._looked_at = Offers(), None
        self._note = tr("Looking at {folder}…").format(folder=text or tr("the library"))
        self._show()
        self._background.start("offers", look, lambda offers, _: self._looked(text, offers), self._failed)

    def _looked(self, text: str, offers: Offers) -> None:
        self._offers, self._looked_at = offers, text
        self._note = "" if offers.masks else tr("Nothing was found here: there is no masked index product.")
        self._show()

    def _failed(self, error: EngineError) -> None:
        self._note = tr_error(error)
        self._show()

    def _show(self) -> None:
        self.box.offer(self.offered(self._offers), self._note)

    def tell_change(self) -> None:
        """Tell the dialog that another value is chosen."""
        self.widgetValueHasChanged.emit(self)


class CloudMasksWrapper(_OfferingWrapper):
    """Several cloud masks, separated by a slash."""

    several = True

    def make_box(self) -> ChoiceBox:
        return ChoiceBox("/", several=self.several, changed=self.tell_change, opened=self.look)

    def offered(self, offers: Offers) -> Sequence[tuple[str, str]]:
        indices = self.chosen("INDICES") or []
        chosen = indices if isinstance(indices, list) else str(indices).split(",")
        return [(mask, _products(number)) for mask, number in offers.masks_of(chosen).items()]

    def value(self) -> Any:
        return self.box.line.text().strip()

    def setValue(self, value: Any) -> None:
        self.box.line.setText(str(value or ""))


class CloudMaskWrapper(CloudMasksWrapper):
    """One cloud mask."""

    several = False


class IndicesWrapper(_OfferingWrapper):
    """Indices, separated by a comma; those that the library does not have can be chosen too."""

    def make_box(self) -> ChoiceBox:
        return ChoiceBox(", ", several=True, changed=self.tell_change, opened=self.look)

    def offered(self, offers: Offers) -> Sequence[tuple[str, str]]:
        words = self.parameterDefinition().options()
        there = [(word, _products(offers.products[word])) for word in words if word in offers.products]
        return there + [(word, "") for word in words if word not in offers.products]


def _products(number: int) -> str:
    return tr("({number} products)").format(number=number) if number != 1 else tr("(1 product)")
