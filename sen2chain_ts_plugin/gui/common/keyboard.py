"""The docks by the keyboard alone: every button can be reached, in the order in which one reads, and keys of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent, QKeySequence, QPalette
from qgis.PyQt.QtWidgets import QAction, QToolBar, QToolButton, QWidget

# The least difference of lightness, of 255, that a frame needs.
_CONTRAST = 60


def buttons_of(bar: QToolBar) -> list[QToolButton]:
    """Return the buttons of a tool bar, which Tab reaches from now on: Qt leaves them to the mouse."""
    widgets = (bar.widgetForAction(action) for action in bar.actions())
    buttons = [widget for widget in widgets if isinstance(widget, QToolButton)]
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return buttons


def in_order(widgets: Iterable[QWidget]) -> None:
    """Have Tab go from one widget to the next."""
    ordered = list(widgets)
    for first, second in zip(ordered, ordered[1:]):
        QWidget.setTabOrder(first, second)


def key_text(key: Qt.Key | str) -> str:
    """Return what a key is called on the user's keyboard, in his language."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def focus_colour(palette: QPalette) -> QColor:
    """Return the colour of a frame that shows the focus: that of selections, where it stands out."""
    roles = QPalette.ColorRole
    chosen, ground = palette.color(roles.Highlight), palette.color(roles.Base)
    return chosen if abs(chosen.lightness() - ground.lightness()) >= _CONTRAST else palette.color(roles.Text)


class Keys(QObject):
    """Keys that trigger actions while a widget has the focus, whatever they do elsewhere in QGIS."""

    def __init__(self, widget: QWidget, actions: Mapping[int, QAction]) -> None:
        super().__init__(widget)
        self._actions = actions
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if isinstance(event, QKeyEvent) and event.type() in (kinds.ShortcutOverride, kinds.KeyPress):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            action = self._actions.get(event.key()) if plain else None
            if action is not None:
                if event.type() == kinds.KeyPress:
                    action.trigger()
                event.accept()
                return True
        return super().eventFilter(watched, event)
