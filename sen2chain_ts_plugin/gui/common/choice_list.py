"""A list of words that drops down from a widget, to tick them in or to take one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .screen import drop_place, free_area

_WORD = Qt.ItemDataRole.UserRole
_ROWS = 12
_BESIDE_TEXT = 40  # pixels: box, margins, scroll bar


@dataclass(frozen=True)
class Offer:
    """A word to choose.

    Attributes
    ----------
    word
        what is taken when this is chosen.
    text
        what is shown.
    tip
        what the mouse tells of it.
    """

    word: str
    text: str
    tip: str = ""


class ChoiceList:
    """A list in a frame that closes when one clicks elsewhere, and the button and the key (Alt+Down) that open it.

    Made of plain widgets only: it is part of dialogs that outlive the plugin, and when QGIS ends even Python, which a
    widget of a class of our own must not.

    Parameters
    ----------
    below
        the widget under which the list drops down; it gets the key.
    several
        whether words are ticked; else a click takes one, and closes the list.
    chosen
        called with the words that are ticked or taken, and with all that are offered.
    opened
        called when the list is about to be shown: the owner, who knows what is in it, may say so.
    """

    def __init__(
        self,
        below: QWidget,
        *,
        several: bool,
        chosen: Callable[[list[str], list[str]], None],
        opened: Callable[[], None],
    ) -> None:
        self._below, self.several, self._chosen, self._opened = below, several, chosen, opened
        self.note = ""
        self.frame = QFrame(below, Qt.WindowType.Popup)
        self.frame.setFrameShape(QFrame.Shape.StyledPanel)
        self.rows = QListWidget(self.frame)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self._remark = QLabel(self.frame)
        self._remark.setWordWrap(True)
        self._remark.setMargin(4)
        layout = QVBoxLayout(self.frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._remark)
        self.rows.itemChanged.connect(lambda _: self._ticked())
        self.rows.itemActivated.connect(lambda item: self._activated(item))
        self.rows.itemClicked.connect(lambda item: self._activated(item))
        key = QAction(below)
        key.setShortcut(QKeySequence("Alt+Down"))
        key.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.triggered.connect(lambda: self.open())
        below.addAction(key)

    def button(self, tip: str) -> QToolButton:
        """Return a button that opens the list."""
        button = QToolButton(self._below)
        button.setIcon(QgsApplication.getThemeIcon("/mActionArrowDown.svg"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.open())
        return button

    def open(self) -> None:
        """Show the list."""
        self._opened()
        self._fit()
        self.frame.show()
        self.rows.setFocus()

    def fill(self, offers: Sequence[Offer], chosen: Sequence[str], note: str) -> None:
        """Say what there is, what of it is chosen, and a note below it."""
        self.note = note
        self.rows.blockSignals(True)
        self.rows.clear()
        for offer in offers:
            item = QListWidgetItem(offer.text)
            item.setData(_WORD, offer.word)
            item.setToolTip(offer.tip)
            if self.several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if offer.word in chosen else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
            if not self.several:
                item.setSelected(offer.word in chosen)
        self.rows.blockSignals(False)
        self._remark.setText(note)
        self._remark.setVisible(bool(note))
        self.rows.setVisible(bool(offers))
        self._fit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.rows.item(row) for row in range(self.rows.count())]

    def _ticked(self) -> None:
        items = self._items()
        ticked = [item.data(_WORD) for item in items if item.checkState() == Qt.CheckState.Checked]
        self._chosen(ticked, [item.data(_WORD) for item in items])

    def _activated(self, item: QListWidgetItem) -> None:
        if not self.several:
            self._chosen([item.data(_WORD)], [each.data(_WORD) for each in self._items()])
            self.frame.hide()

    def _fit(self) -> None:
        """Make the list as high as its rows, up to a number of them, and give it its place on the screen."""
        rows = min(max(1, self.rows.count()), _ROWS)
        height = self.rows.sizeHintForRow(0) if self.rows.count() else self.rows.fontMetrics().height()
        self.rows.setFixedHeight(rows * height + 6)
        width = max(self.rows.sizeHintForColumn(0) + _BESIDE_TEXT, self._below.width())
        below = QRect(self._below.mapToGlobal(QPoint(0, 0)), self._below.size())
        size = QSize(width, self.frame.sizeHint().height())
        self.frame.setGeometry(drop_place(below, size, free_area(self._below)))
