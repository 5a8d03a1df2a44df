"""The layer that was extracted, as it is now: whether its features are still the zones of the extraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ...engine.feedback import Feedback, check
from ...engine.text import safe_name
from .dock_zones import DockZones
from .zone_layer import is_zone_layer

_CHECK_EVERY = 500


class ExtractedLayer(QObject):
    """Watches the layer of the project that has the name of an extraction.

    Parameters
    ----------
    changed
        called with the layer when its features have been edited, and when it is found.
    """

    def __init__(self, changed: Callable[[QgsVectorLayer], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self._name = ""
        self._layer: QgsVectorLayer | None = None
        QgsProject.instance().layersAdded.connect(self._look)

    def close(self) -> None:
        """Let go of the project."""
        QgsProject.instance().layersAdded.disconnect(self._look)
        self._let_go()

    def watch(self, zones: DockZones | None) -> None:
        """Watch the layer of an extraction; None for none."""
        self._let_go()
        self._name = zones.tree.name if zones is not None else ""
        self._look()

    def _look(self, *_: object) -> None:
        if self._layer is not None and not sip.isdeleted(self._layer):
            return
        self._layer = None
        if not self._name:
            return
        for layer in QgsProject.instance().mapLayers().values():
            if _may_be(layer, self._name):
                self._layer = layer
                layer.afterCommitChanges.connect(self._edited)
                self._edited()
                return

    def _let_go(self) -> None:
        if self._layer is not None and not sip.isdeleted(self._layer):
            self._layer.afterCommitChanges.disconnect(self._edited)
        self._layer = None

    def _edited(self) -> None:
        if self._layer is not None:
            self._changed(self._layer)


def _may_be(layer: QgsMapLayer, name: str) -> bool:
    return (
        isinstance(layer, QgsVectorLayer) and layer.isSpatial() and not is_zone_layer(layer)
        and safe_name(layer.name()) == name
    )  # fmt: skip


def difference_of(layer: QgsVectorLayer, zones: DockZones) -> Callable[[Feedback], int]:
    """Return a function, for any thread, that counts in how many features a layer differs from zones by shape.

    It finds none where most are others: then a part of the layer was extracted, or it is another layer of that name.
    """
    source = QgsVectorLayerFeatureSource(layer)
    to_zones = QgsCoordinateTransform(layer.crs(), zones.crs, QgsProject.instance())

    def count(feedback: Feedback) -> int:
        # How often each zone is there: of two fields of one shape, one may be gone.
        free = Counter(zone for zone in range(len(zones)) if not zones.geometries[zone].isNull())
        strange = 0
        for number, feature in enumerate(source.getFeatures(QgsFeatureRequest().setNoAttributes())):
            if number % _CHECK_EVERY == 0:
                check(feedback)
            geometry = QgsGeometry(feature.geometry())
            try:
                if geometry.isNull() or geometry.transform(to_zones) != 0:
                    continue
            except QgsCsException:
                continue
            same = next((zone for zone in zones.same_as(geometry) if free[zone]), None)
            if same is None:
                strange += 1
            else:
                free[same] = 0
        found = max(strange, sum(free.values()))
        return found if 2 * found <= len(zones) else 0

    return count
