"""The algorithms of the plugin as lines of a menu, in the order of work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.core import QgsApplication, QgsProcessingAlgorithm
from qgis.PyQt.QtWidgets import QAction, QMenu

from .dialogs import PROVIDER

# The groups of the toolbox; those of a submenu are wanted less often.
_GROUPS = (("library", False), ("timeseries", False), ("analysis", True), ("jobs", True))


def add_algorithms(menu: QMenu, opened: Callable[[str], object]) -> None:
    """Add every algorithm to a menu.

    Parameters
    ----------
    menu
        to add to.
    opened
        called with the name of an algorithm when its line is chosen.
    """
    # Imported here: it declares every algorithm, which is done by the time QGIS has a menu.
    from ...processing.provider import ALGORITHMS

    provider = QgsApplication.processingRegistry().providerById(PROVIDER)
    algorithms = [provider.algorithm(kind().name()) for kind in ALGORITHMS]
    for group, apart in _GROUPS:
        own = [algorithm for algorithm in algorithms if algorithm is not None and algorithm.groupId() == group]
        if not own:
            continue
        title = own[0].group().split(". ", 1)[-1]
        place = menu.addMenu(own[0].icon(), title) if apart else menu
        for algorithm in own:
            place.addAction(_action(algorithm, place, opened))
        if not apart:
            menu.addSeparator()


def _action(algorithm: QgsProcessingAlgorithm, menu: QMenu, opened: Callable[[str], object]) -> QAction:
    action = QAction(algorithm.icon(), f"{algorithm.displayName()}…", menu)
    action.setToolTip(algorithm.shortDescription())
    action.setObjectName(algorithm.name())
    action.triggered.connect(partial(_open, opened, algorithm.name()))
    return action


def _open(opened: Callable[[str], object], name: str, _checked: bool = False) -> None:
    opened(name)
