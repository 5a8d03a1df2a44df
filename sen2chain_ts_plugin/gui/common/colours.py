"""Colours made of those of the theme of QGIS, so that they are seen on every ground."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor


def mix(one: QColor, other: QColor, share: float) -> str:
    """Return a colour between two; the share is that of the other."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(mine + (its - mine) * share) for mine, its in pairs)).name()
