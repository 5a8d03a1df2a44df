"""The screen that a widget is on, and how something finds its place there."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, QRect, QSize
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QWidget


def free_area(widget: QWidget) -> QRect:
    """Return what windows may cover of the screen that a widget is on."""
    handle = widget.window().windowHandle()
    screen = handle.screen() if handle is not None else QGuiApplication.primaryScreen()
    area: QRect = screen.availableGeometry()
    return area


def drop_place(below: QRect, size: QSize, area: QRect) -> QRect:
    """Return where something drops down from a rectangle: below it, where there is no room above it, and in view.

    Parameters
    ----------
    below
        what it drops down from.
    size
        how large it would like to be; it becomes narrower than that where the area is.
    area
        where it has to stay.
    """
    width, height = min(size.width(), area.width()), min(size.height(), area.height())
    left = max(area.left(), min(below.left(), area.left() + area.width() - width))
    top = below.top() + below.height()
    if top + height > area.top() + area.height():
        above = below.top() - height
        top = above if above >= area.top() else area.top() + area.height() - height
    return QRect(QPoint(left, top), QSize(width, height))
