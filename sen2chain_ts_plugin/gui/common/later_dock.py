"""A dock whose content is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QWidget

from .icons import icon


class LaterDock(QgsDockWidget):
    """A dock that is empty until it is shown: most sessions never open it, and what it shows takes long to load."""

    def __init__(self, name: str, title: str, picture: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setWindowIcon(icon(picture))
        self._make: Callable[[], QWidget] | None = None
        self._asked_for = False

    def make_when_shown(self, make: Callable[[], QWidget]) -> None:
        """Say what makes the content; from now on it is made as soon as the dock is shown."""
        self._make, self._asked_for = make, True

    def setVisible(self, visible: bool) -> None:
        # QGIS shows a dock that is new to it; the place and the tab that it then had would stay behind as a line.
        visible = visible and self._asked_for
        # Before the dock is given a place in the window, as that depends on its content.
        if visible and self._make is not None:
            make, self._make = self._make, None
            self.setWidget(make())
        super().setVisible(visible)
