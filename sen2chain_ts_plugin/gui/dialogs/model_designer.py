"""The models of the plugin in QGIS's model designer: a copy, to make one's own from."""

from __future__ import annotations

from typing import Any

from processing.gui.ContextAction import ContextAction
from processing.gui.ProviderActions import ProviderContextMenuActions
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from ...processing.support.i18n import tr
from .dialogs import PROVIDER


def open_in_designer(name: str) -> Any:
    """Open a copy of a model of the plugin in the model designer, which is returned."""
    from processing.modeler.ModelerDialog import ModelerDialog

    model = QgsApplication.processingRegistry().algorithmById(f"{PROVIDER}:{name}")
    copy = QgsProcessingModelAlgorithm()
    copy.loadVariant(model.toVariant())
    copy.setName(tr("{name} (copy)").format(name=model.displayName()))
    # Saved for the first time, it asks where to.
    copy.setSourceFilePath("")
    designer = ModelerDialog.create(copy)
    designer.show()
    return designer


class DesignerAction(ContextAction):
    """The line of the toolbox's context menu that opens a model of the plugin in the designer."""

    def __init__(self) -> None:
        super().__init__()
        self.name = tr("Open a copy in the model designer…")

    def icon(self) -> QIcon:
        return QgsApplication.getThemeIcon("/processingModel.svg")

    def isEnabled(self) -> bool:
        """Tell whether this is one of our models; QGIS offers the others by itself."""
        model = self.itemData
        return isinstance(model, QgsProcessingModelAlgorithm) and model.provider().id() == PROVIDER

    def execute(self) -> None:
        open_in_designer(self.itemData.name())


class DesignerMenu:
    """The line, as long as it is in the menu."""

    def __init__(self) -> None:
        self._actions = [DesignerAction()]
        ProviderContextMenuActions.registerProviderContextMenuActions(self._actions)

    def close(self) -> None:
        """Take it out."""
        ProviderContextMenuActions.deregisterProviderContextMenuActions(self._actions)
