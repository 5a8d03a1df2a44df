"""What the dock says above the chart: one message at a time."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

_SECONDS = 8


class Messages:
    """The messages of the dock, in its message bar; each takes the place of the one before."""

    def __init__(self, bar: QgsMessageBar) -> None:
        self._bar = bar

    def tell(self, text: str) -> None:
        """Say something for some seconds."""
        self.say(text, Qgis.MessageLevel.Info)

    def warn(self, text: str) -> None:
        """Say what did not work, for some seconds."""
        self.say(text, Qgis.MessageLevel.Warning)

    def say(self, text: str, level: Qgis.MessageLevel) -> None:
        """Say something for some seconds; what is critical, until it is closed."""
        self._bar.clearWidgets()
        self._bar.pushMessage("", text, level, 0 if level == Qgis.MessageLevel.Critical else _SECONDS)

    def offer(self, text: str, label: str, act: Callable[[], object]) -> None:
        """Say something with a button that does something about it; it stays until it is closed."""
        self._bar.clearWidgets()
        item = self._bar.createMessage("", text)
        button = QPushButton(label, item)
        button.clicked.connect(lambda: act())
        item.layout().addWidget(button)
        self._bar.pushWidget(item, Qgis.MessageLevel.Info)
