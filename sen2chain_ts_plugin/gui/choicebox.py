"""A line to type words into, with a list to tick them in: what a library has, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..processing.i18n import tr

_WORD = Qt.ItemDataRole.UserRole
_ROWS = 12


class ChoiceBox(QWidget):
    """Words separated by a character, typed or ticked.

    Parameters
    ----------
    separator
        between the words of the text.
    several
        whether several words make sense.
    """

    changed = pyqtSignal()
    # The list is about to be shown: whoever knows what is in it may say so.
    opened = pyqtSignal()

    def __init__(self, separator: str, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._separator = separator
        self._several = several
        self._offers: Sequence[tuple[str, str]] = ()
        self.note = ""
        self.line = QLineEdit(self)
        self.line.textChanged.connect(self.changed)
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon("/mActionArrowDown.svg"))
        button.setToolTip(tr("Choose among what the library has (Alt+Down)"))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(self.open)
        shortcut = QAction(self)
        shortcut.setShortcut(QKeySequence("Alt+Down"))
        shortcut.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.triggered.connect(self.open)
        self.addAction(shortcut)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.line, 1)
        layout.addWidget(button)
        self.setFocusProxy(self.line)
        self.popup = _Popup(self)
        self.popup.list.itemChanged.connect(self._ticked)
        self.popup.list.itemActivated.connect(self._activated)
        self.popup.list.itemClicked.connect(self._activated)

    def words(self) -> list[str]:
        """Return the words of the line."""
        return [word.strip() for word in re.split("[/,;]", self.line.text()) if word.strip()]

    def set_words(self, words: Sequence[str]) -> None:
        """Write words into the line."""
        self.line.setText(self._separator.join(words))

    def offer(self, offers: Sequence[tuple[str, str]], note: str) -> None:
        """Say what there is: words, each with a remark, and a note below them."""
        self._offers, self.note = offers, note
        if self.popup.isVisible():
            self._fill()

    def open(self) -> None:
        """Show the list below the line."""
        self.opened.emit()
        self._fill()
        self.popup.setMinimumWidth(self.width())
        self.popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self.popup.show()
        self.popup.list.setFocus()

    def _fill(self) -> None:
        ticked = self.words()
        self.popup.list.blockSignals(True)
        self.popup.list.clear()
        for word, remark in self._offers:
            item = QListWidgetItem(f"{word}   {remark}".rstrip())
            item.setData(_WORD, word)
            if self._several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if word in ticked else Qt.CheckState.Unchecked)
            else:
                item.setSelected(word in ticked)
            self.popup.list.addItem(item)
        self.popup.list.blockSignals(False)
        self.popup.note.setText(self.note)
        self.popup.note.setVisible(bool(self.note))
        self.popup.list.setVisible(bool(self._offers))
        self.popup.fit()

    def _ticked(self, changed: QListWidgetItem) -> None:
        offered = [self.popup.list.item(row) for row in range(self.popup.list.count())]
        ticked = [item.data(_WORD) for item in offered if item.checkState() == Qt.CheckState.Checked]
        known = {item.data(_WORD) for item in offered}
        # What was typed and is not in the list stays.
        self.set_words([*(word for word in self.words() if word not in known), *ticked])

    def _activated(self, item: QListWidgetItem) -> None:
        if not self._several:
            self.set_words([item.data(_WORD)])
            self.popup.hide()


class _Popup(QFrame):
    """A list in a frame that closes when one clicks elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setMargin(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.note)

    def fit(self) -> None:
        """Be as high as the rows, up to a number of them."""
        rows = min(max(1, self.list.count()), _ROWS)
        height = self.list.sizeHintForRow(0) if self.list.count() else self.fontMetrics().height()
        self.list.setFixedHeight(rows * height + 6)
        width = max(self.list.sizeHintForColumn(0) + 40, self.minimumWidth())
        self.resize(QSize(width, self.sizeHint().height()))
