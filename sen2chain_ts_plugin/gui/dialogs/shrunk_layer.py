"""How many zones of a layer a buffer inwards makes vanish, told before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from qgis.core import QgsFeatureRequest, QgsVectorLayerFeatureSource

from ...engine.feedback import Feedback
from ...engine.zones.buffering import vanishing
from ...engine.zones.layer import Zones
from ...engine.zones.vector_files import straight_wkb
from .layer_box import layer_of

# Enough to see what a buffer does; more would keep the answer waiting.
_MOST = 20_000
_DEGREES = 4326


@dataclass(frozen=True)
class ShrunkLayer:
    """A layer of the project, as it was when it was asked about, and a buffer.

    Attributes
    ----------
    name, crs
        of the layer.
    features
        what reads it, in any thread.
    selected
        the features that are meant; None for all.
    metres
        negative.
    """

    name: str
    crs: str
    features: QgsVectorLayerFeatureSource
    selected: tuple[int, ...] | None
    metres: int

    def counted(self, feedback: Feedback) -> tuple[int, int, int]:
        """Return how many zones vanish, of how many with a geometry, and of how many at all.

        Raises
        ------
        BufferFailed, BufferToolMissing, Cancelled
            see `buffering.vanishing`.
        """
        request = QgsFeatureRequest().setNoAttributes()
        if self.selected is not None:
            request.setFilterFids(list(self.selected))
        found = islice(self.features.getFeatures(request), _MOST)
        shapes = [straight_wkb(bytes(each.geometry().asWkb())) if each.hasGeometry() else None for each in found]
        zones = Zones(self.name, shapes, self.crs)
        seen = sum(bool(geometry.parts()) for geometry in zones.geometries(_DEGREES))
        return len(vanishing(zones, self.metres, feedback)), seen, len(shapes)


def shrunk_layer(value: Any, metres: float) -> ShrunkLayer | None:
    """Return the layer of a value of INPUT with a buffer inwards; None for a file, or for no such buffer."""
    found = layer_of(value) if metres < 0 else None
    if found is None or not found[0].crs().isValid():
        return None
    layer, selected = found
    crs = layer.crs().authid() or layer.crs().toWkt()
    fids = tuple(layer.selectedFeatureIds()) if selected else None
    return ShrunkLayer(layer.name(), crs, QgsVectorLayerFeatureSource(layer), fids, int(metres))
