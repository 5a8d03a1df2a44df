"""The zones of the dock are read beside the main thread: 100 000 of them take seconds, in which the window works on."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QLabel

from sen2chain_ts_plugin.engine.tree.layout import open_tree
from sen2chain_ts_plugin.gui.common.background import Reading
from sen2chain_ts_plugin.gui.map.dock_zones import DockZones
from sen2chain_ts_plugin.gui.timeseries import panel as panel_module
from sen2chain_ts_plugin.gui.timeseries.day_library import geometry_in_tile
from sen2chain_ts_plugin.gui.timeseries.panel import TimeSeriesPanel
from tests.support.waiting import wait_for


def texts(panel: TimeSeriesPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_the_window_works_on_while_zones_are_read(
    qgis_iface: Any, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on, readers = threading.Event(), threading.Event(), []

    class HeldZones(DockZones):
        """Begins to read once it is allowed to; waiting, it would hold up the main thread for ever."""

        def __init__(self, *of: Any) -> None:
            readers.append(threading.current_thread())
            reading.set()
            if readers[-1] is not threading.main_thread():
                go_on.wait()
            super().__init__(*of)

    monkeypatch.setattr(panel_module, "DockZones", HeldZones)
    folder = next((reference / "expected" / "EXTRACTION_CM004").glob("*_*"))
    dock = QDockWidget()
    panel = TimeSeriesPanel(qgis_iface, dock)
    clicks: list[bool] = []
    try:
        panel.show_extraction(folder)
        wait_for(reading.is_set)
        assert threading.main_thread() not in readers
        QTimer.singleShot(0, lambda: clicks.append(panel.busy))
        wait_for(lambda: clicks, QCoreApplication.processEvents)
        assert clicks == [True]
        assert panel.zones is None
        assert f"Reading the zones of {folder.name.rpartition('_')[0]}" in texts(panel)
        go_on.set()
        wait_for(lambda: panel.zones is not None and not panel.busy, QCoreApplication.processEvents)
        assert len(panel.zones) > 0
        assert "Pick zones on the map" in texts(panel)
        # The same extraction once more, after a run: its zones stay.
        panel.show_extraction(folder)
        wait_for(lambda: not panel.busy, QCoreApplication.processEvents)
        assert len(readers) == 1
    finally:
        go_on.set()
        panel.close_for_good()
        dock.deleteLater()


def test_zones_of_a_thread_that_has_ended_have_their_place_in_a_tile(qgis_app: Any, reference: Path) -> None:
    tree = open_tree(next((reference / "expected" / "EXTRACTION_CM004").glob("*_*")))
    read: list[DockZones] = []
    thread = threading.Thread(target=lambda: read.append(DockZones(tree, Reading())))
    thread.start()
    thread.join()
    (zones,) = read
    moved = [geometry_in_tile(zones, zone, "40KCB") for zone in range(len(zones))]
    places = [geometry.boundingBox().center() for geometry in moved if geometry is not None]
    assert places
    assert all(abs(place.x()) > 1000 and place.y() > 1_000_000 for place in places), places
    assert zones.crs.authid() == "EPSG:4326"
