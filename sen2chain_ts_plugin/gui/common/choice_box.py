"""A line to type words into, with a list to tick them in: what a library has, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, QSize, Qt
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

from ...processing.support.i18n import tr

_WORD = Qt.ItemDataRole.UserRole
_ROWS = 12


class ChoiceBox:
    """Words separated by a character, typed or ticked.

    Made of plain widgets only: it stands in dialogs that outlive the plugin, and when QGIS ends even Python, which a
    widget of a class of our own must not.

    Parameters
    ----------
    separator
        between the words of the text.
    several
        whether several words make sense.
    changed
        called when the text has changed.
    opened
        called when the list is about to be shown: whoever knows what is in it may say so.
    """

    def __init__(
        self, separator: str, *, several: bool, changed: Callable[[], None], opened: Callable[[], None]
    ) -> None:
        self._separator = separator
        self._several = several
        self._opened = opened
        self._offers: Sequence[tuple[str, str]] = ()
        self.note = ""
        self.widget = QWidget()
        self.line = QLineEdit(self.widget)
        self.line.textChanged.connect(lambda _: changed())
        button = QToolButton(self.widget)
        button.setIcon(QgsApplication.getThemeIcon("/mActionArrowDown.svg"))
        button.setToolTip(tr("Choose among what the library has (Alt+Down)"))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(lambda: self.open())
        shortcut = QAction(self.widget)
        shortcut.setShortcut(QKeySequence("Alt+Down"))
        shortcut.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.triggered.connect(lambda: self.open())
        self.widget.addAction(shortcut)
        layout = QHBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.line, 1)
        layout.addWidget(button)
        self.widget.setFocusProxy(self.line)
        self._make_popup()

    def _make_popup(self) -> None:
        """Make a list in a frame that closes when one clicks elsewhere."""
        self.popup = QFrame(self.widget, Qt.WindowType.Popup)
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        self.list = QListWidget(self.popup)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._remark = QLabel(self.popup)
        self._remark.setWordWrap(True)
        self._remark.setMargin(4)
        layout = QVBoxLayout(self.popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._remark)
        self.list.itemChanged.connect(lambda item: self._ticked(item))
        self.list.itemActivated.connect(lambda item: self._activated(item))
        self.list.itemClicked.connect(lambda item: self._activated(item))

    def words(self) -> list[str]:
        """Return the words of the line."""
        return [word.strip() for word in re.split("[/,;]", self.line.text()) if word.strip()]

    def set_words(self, words: Sequence[str]) -> None:
        """Write words into the line."""
        self.line.setText(self._separator.join(words))

    def offer(self, offers: Sequence[tuple[str, str]], note: str) -> None:
        """Say what there is: words, each with a remark, and a note below them."""
        self._offers, self.note = offers, note
        self._fill()

    def open(self) -> None:
        """Show the list below the line."""
        self._opened()
        self.popup.setMinimumWidth(self.widget.width())
        self.popup.move(self.widget.mapToGlobal(QPoint(0, self.widget.height())))
        self.popup.show()
        self.list.setFocus()

    def _fill(self) -> None:
        ticked = self.words()
        self.list.blockSignals(True)
        self.list.clear()
        for word, remark in self._offers:
            item = QListWidgetItem(f"{word}   {remark}".rstrip())
            item.setData(_WORD, word)
            if self._several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if word in ticked else Qt.CheckState.Unchecked)
            else:
                item.setSelected(word in ticked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._remark.setText(self.note)
        self._remark.setVisible(bool(self.note))
        self.list.setVisible(bool(self._offers))
        self._fit()

    def _ticked(self, changed: QListWidgetItem) -> None:
        offered = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item.data(_WORD) for item in offered if item.checkState() == Qt.CheckState.Checked]
        known = {item.data(_WORD) for item in offered}
        # What was typed and is not in the list stays.
        self.set_words([*(word for word in self.words() if word not in known), *ticked])

    def _activated(self, item: QListWidgetItem) -> None:
        if not self._several:
            self.set_words([item.data(_WORD)])
            self.popup.hide()

    def _fit(self) -> None:
        """Make the list as high as its rows, up to a number of them."""
        rows = min(max(1, self.list.count()), _ROWS)
        height = self.list.sizeHintForRow(0) if self.list.count() else self.list.fontMetrics().height()
        self.list.setFixedHeight(rows * height + 6)
        width = max(self.list.sizeHintForColumn(0) + 40, self.popup.minimumWidth())
        self.popup.resize(QSize(width, self.popup.sizeHint().height()))
