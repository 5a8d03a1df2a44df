"""Features that are selected on the map: which layers are looked at."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsMapLayer, QgsPointXY, QgsVectorLayer, QgsVectorTileLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from sen2chain_ts_plugin.gui.map.picking import Picking


class Canvas(QgsMapCanvas):
    """A canvas as of QGIS 3.28, which tells of what is selected in vector tiles too."""

    selectionChanged = pyqtSignal(QgsMapLayer)  # noqa: N815 the name that QGIS gave it


class OneZone:
    """An extraction of which every feature is zone 7."""

    def of_selection(self, *_: Any) -> list[int]:
        return [7]


def test_features_of_vector_tiles_are_no_zones(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _, error, __: failures.append(error))
    canvas, parent, selected = Canvas(), QObject(), []
    picking = Picking(canvas, QAction(parent), OneZone, lambda: True, 10, parent)
    picking.selected.connect(selected.append)
    tiles = QgsVectorTileLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.pbf", "tiles")
    vector = QgsVectorLayer("Point?crs=EPSG:4326", "vector", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1, 44)))
    vector.dataProvider().addFeature(feature)
    vector.selectAll()

    canvas.selectionChanged.emit(tiles)
    assert (failures, selected) == ([], [])
    canvas.selectionChanged.emit(vector)
    assert (failures, selected) == ([], [[7]])
    picking.close()
