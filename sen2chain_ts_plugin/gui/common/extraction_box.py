"""The choice of an extraction: those shown before, those of the default library, or any folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QToolButton, QWidget

from ...engine.errors import NotAnExtraction
from ...engine.tree.layout import open_tree
from ...processing.support.i18n import tr
from . import settings
from .background import Background
from .shortened_list import ShortenedList
from .tree_summary import TreeSummary, summaries_of


class ExtractionBox(QWidget):
    """A list of extractions and a button that looks for a folder."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = ShortenedList(tr("Extraction"), self)
        browse = QToolButton(self)
        browse.setText("…")
        browse.setToolTip(tr("Choose the folder of an extraction"))
        browse.setAccessibleName(browse.toolTip())
        browse.clicked.connect(self.browse)
        self.stops = (self._list, browse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._list, 1)
        layout.addWidget(browse)
        self.setFocusProxy(self._list)
        self._current: Path | None = None
        self._background = Background(self)
        self._fill()
        self._list.activated.connect(self._activate)

    def browse(self) -> None:
        """Ask for a folder."""
        start = str(self._current.parent if self._current else "")
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of an extraction: NAME_CHECKSUM"), start)
        if folder:
            self.chosen.emit(Path(folder))

    def show_extraction(self, folder: Path) -> None:
        """Show which extraction is chosen, and remember it."""
        settings.add_recent(settings.EXTRACTIONS, str(folder))
        self._current = folder
        self._fill()

    def _activate(self, row: int) -> None:
        folder = self._list.itemData(row)
        if folder:
            self.chosen.emit(Path(folder))

    def _fill(self) -> None:
        self._list.clear()
        icon = QgsApplication.getThemeIcon("/mIconFolder.svg")
        for text in settings.recent(settings.EXTRACTIONS):
            try:
                tree = open_tree(Path(text))
            except NotAnExtraction:
                continue  # moved or deleted since
            self._list.addItem(icon, f"{tree.name}  ({tree.folder.parent.name})", text)
            self._list.setItemData(self._list.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        if self._current is None:
            self._list.insertItem(0, tr("Choose an extraction"))
            self._list.setCurrentIndex(0)
        else:
            self._list.setCurrentIndex(max(0, self._list.findData(str(self._current))))
        self._list.setToolTip(str(self._current or ""))
        folders = [Path(self._list.itemData(row)) for row in range(self._list.count()) if self._list.itemData(row)]
        self._background.start("summaries", lambda _: summaries_of(folders), self._describe, lambda _: None)

    def _describe(self, summaries: Sequence[TreeSummary], _: Sequence[str]) -> None:
        """Say zones, indices and date of each, which takes looking into its folders."""
        for summary in summaries:
            row = self._list.findData(str(summary.tree.folder))
            if row >= 0:
                self._list.setItemText(row, summary.words())
