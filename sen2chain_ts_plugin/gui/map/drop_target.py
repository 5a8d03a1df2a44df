"""A widget on which extractions can be dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtWidgets import QWidget

from .browser_items import Dragged, dragged


class DropTarget(QObject):
    """Takes extractions that are dropped on a widget, or on what is in it.

    Parameters
    ----------
    widget
        to drop on.
    dropped
        called with what was dropped.
    """

    def __init__(self, widget: QWidget, dropped: Callable[[Dragged], object]) -> None:
        super().__init__(widget)
        self._dropped = dropped
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        """Take what is an extraction, and leave the rest to others."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        what = dragged(event.mimeData())
        if what is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._dropped(what)
        return True
