"""What a project remembers of the dock: noted when it is saved, brought back when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from .project_state import ProjectState, remember, remembered
from .view import TimeSeriesView


class ProjectMemory(QObject):
    """Follows the project.

    Parameters
    ----------
    shown
        returns what the dock shows; None for nothing, which leaves alone what the project knows.
    opened
        called with what a project was saved with.
    """

    def __init__(
        self, shown: Callable[[], ProjectState | None], opened: Callable[[ProjectState], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shown, self._opened = shown, opened
        QgsProject.instance().readProject.connect(self.look)
        QgsProject.instance().writeProject.connect(self._note)

    def close(self) -> None:
        """Let go of the project."""
        QgsProject.instance().readProject.disconnect(self.look)
        QgsProject.instance().writeProject.disconnect(self._note)

    def look(self, *_: object) -> None:
        """Bring back what the open project remembers."""
        state = remembered(QgsProject.instance())
        if state is not None:
            self._opened(state)

    def _note(self, *_: object) -> None:
        state = self._shown()
        if state is not None:
            remember(QgsProject.instance(), state)


def switches_of(view: TimeSeriesView) -> dict[str, bool | str]:
    """Return what is ticked and chosen in the dock, by name."""
    return {**view.shown.switches(), **{name: action.isChecked() for name, action in _ticks(view).items()}}


def restore_switches(view: TimeSeriesView, switches: Mapping[str, bool | str]) -> None:
    """Tick and choose what `switches_of` returned."""
    view.shown.restore(switches)
    for name, action in _ticks(view).items():
        if isinstance(switches.get(name), bool):
            action.setChecked(bool(switches[name]))


def _ticks(view: TimeSeriesView) -> dict[str, QAction]:
    return {
        "table": view.table_shown, "images": view.images, "colours": view.colours,
        "thumbnails": view.thumbnails_shown,
    }  # fmt: skip
