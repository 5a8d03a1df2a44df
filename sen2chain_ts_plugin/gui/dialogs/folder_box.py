"""A folder, typed, dropped, looked for, or chosen among those that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget

from ...engine.feedback import Feedback
from ...processing.support.empty_fields import EMPTY
from ...processing.support.i18n import tr
from ..common.background import Background
from ..common.choice_list import ChoiceList, Offer


class FolderBox:
    """QGIS's own choice of a folder, with a list of known ones.

    Parameters
    ----------
    parameter
        to choose for.
    changed
        called when another folder is chosen.
    known
        returns the folders to offer; it is called outside the main thread.
    """

    def __init__(
        self,
        parameter: QgsProcessingParameterDefinition,
        changed: Callable[[], None],
        known: Callable[[Feedback], Sequence[Offer]],
    ) -> None:
        self._known = known
        self.widget = QWidget()
        self._file = QgsFileWidget(self.widget)
        self._file.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self._file.setDialogTitle(parameter.description())
        self._file.fileChanged.connect(lambda _: changed())
        self.line = self._file.lineEdit()
        self.line.setPlaceholderText(parameter.metadata().get(EMPTY, ""))
        self._drop = ChoiceList(self.widget, several=False, chosen=self._chosen, opened=self._look)
        layout = QHBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._file, 1)
        layout.addWidget(self._drop.button(tr("Choose among those you know (Alt+Down)")))
        self.widget.setFocusProxy(self.line)
        self.popup, self.list, self.open = self._drop.frame, self._drop.rows, self._drop.open
        self._background = Background(QObject(self.widget))

    @property
    def note(self) -> str:
        """What is below the list."""
        return self._drop.note

    def folder(self) -> str:
        """Return the folder; empty for none."""
        text: str = self._file.filePath().strip()
        return text

    def set_folder(self, folder: str) -> None:
        """Show a folder."""
        self._file.setFilePath(folder)

    def _chosen(self, words: list[str], _: list[str]) -> None:
        self.set_folder(words[0])

    def _look(self) -> None:
        self._drop.fill([], [], tr("Looking for them…"))
        self._background.start("known", self._known, self._show, lambda _: self._show([], []))

    def _show(self, offers: Sequence[Offer], _: Any) -> None:
        self._drop.fill(offers, [self.folder()], "" if offers else tr("None is known yet."))
