"""The dock "Time series": from zones that are picked to their curves on the screen, and what opening it takes.

An extraction of 200 fields with 360 dates, one index and one mask, in a window that nobody sees. The dock is that of
the plugin, with its thread that reads; what counts is the processor time of both until nothing is left to draw.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from sen2chain_ts_plugin.engine.library.product_id import tile_bounds
from sen2chain_ts_plugin.engine.tree.layout import Tree, open_tree

from . import compile_million, library, measure, rivals

ZONES, PRODUCTS = 200, 360
SELECTED = (1, 20)
# How often something else is selected; the median counts. Once before, so that nothing is met for the first time.
_TIMES = 9
_WIDTH, _HEIGHT = 1100, 420
# Seconds after a picture of the chart in which there is no other one, so that it was the last; not counted.
_STILL = 0.25


def dock() -> dict[str, object]:
    """Select zones and see their curves: at most 0.15 s of processor time for one zone, 0.3 s for twenty."""
    said = measure.fresh("dock")
    found: dict[str, object] = {}
    for name in ("open", *map(str, SELECTED)):
        wall, cpu = found[name] = said[name]
        print(f"dock: {name}: {wall:.2f} s ({cpu:.2f} s CPU)", flush=True)
    return found


def look_once() -> dict[str, list[float]]:
    """Open the dock and select zones in it; the task of a process of its own."""
    tree = _tree()
    application = rivals.start_qgis(window=True)
    from qgis.gui import QgsMapCanvas
    from qgis.PyQt.QtCore import QSize, Qt
    from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow

    window = QMainWindow()
    canvas = QgsMapCanvas(window)
    window.setCentralWidget(canvas)
    window.resize(_WIDTH, 2 * _HEIGHT)
    iface = SimpleNamespace(
        mapCanvas=lambda: canvas,
        iconSize=lambda _docked=False: QSize(24, 24),
        setActiveLayer=lambda _layer: None,
        mainWindow=lambda: window,
    )
    widget = QDockWidget(window)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, widget)
    window.show()
    drawn: list[tuple[float, float]] = []
    panels: list[Any] = []

    def open_() -> None:
        from sen2chain_ts_plugin.gui.timeseries.panel import TimeSeriesPanel

        panel = TimeSeriesPanel(iface, widget)
        panels.append(panel)
        panel.view.with_chart(lambda chart: chart.canvas.mpl_connect("draw_event", lambda _: note()))
        widget.setWidget(panel)
        widget.show()
        panel.greet(tree.folder, zones=[0])

    def note() -> None:
        drawn.append((time.perf_counter(), time.process_time()))

    def cost(zones: list[int], action: Callable[[], None]) -> list[float]:
        """Return the wall and processor seconds from an action until the curves of zones are drawn."""
        begun, used = time.perf_counter(), time.process_time()
        action()
        while panels[0].busy or sorted(curve.zone for curve in panels[0].curves) != sorted(zones):
            application.processEvents()
            # Not in a hurry: a loop that never sleeps would itself be what is measured.
            time.sleep(0.001)
        # What was drawn until now need not be these.
        drawn.clear()
        while not drawn or time.perf_counter() - drawn[-1][0] < _STILL:
            application.processEvents()
            time.sleep(0.001)
        wall, cpu = drawn[-1]
        return [wall - begun, cpu - used]

    found = {"open": cost([0], open_)}
    for count in SELECTED:
        costs = []
        for number in range(_TIMES + 1):
            zones = [(7 * number + place) % ZONES for place in range(1, count + 1)]
            costs.append(cost(zones, lambda zones=zones: panels[0].show_zones(zones)))
        found[str(count)] = sorted(costs[1:], key=lambda each: each[1])[_TIMES // 2]
    panels[0].close_for_good()
    window.close()
    return found


def _tree() -> Tree:
    """Return the extraction, made at the first call."""
    tree = open_tree(compile_million.made("dock", ZONES, PRODUCTS))
    if not tree.shapefile.is_file():
        west, _, _, north = tile_bounds(library.TILE)
        corners = [(west + 60 * (number % 20), north - 60 * (number // 20)) for number in range(ZONES)]
        library.write_shapefile(tree, library.squares(compile_million.NAME, corners), library.TILE)
    return tree
