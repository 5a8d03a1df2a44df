"""Something to do when QGIS is back in its event loop, if the widget it is about is still there."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer


def later(about: QObject, function: Callable[[], None], milliseconds: int = 0) -> None:
    """Call a function in a moment, unless what it is about is gone by then."""
    QTimer.singleShot(milliseconds, lambda: None if sip.isdeleted(about) else function())
