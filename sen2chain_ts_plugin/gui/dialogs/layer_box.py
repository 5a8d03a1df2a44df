"""Where a layer of the project is: a rectangle around it, which is known at once, to see which tiles it cannot meet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from ...engine.errors import LayerEmpty, LayerWithoutCrs
from ...engine.zones.layer import Zones

_DEGREES = "EPSG:4326"
# Around the rectangle: what rounding may move, and how many metres a degree has at least where crops grow.
_MARGIN, _METRES = 0.001, 30_000.0
_STEPS = 16


@dataclass(frozen=True)
class LayerBox:
    """A rectangle around the zones of a layer.

    Attributes
    ----------
    name
        of the layer.
    has_crs
        whether its CRS is known.
    bounds
        west, south, east, north in degrees; None where the layer has no zone.
    """

    name: str
    has_crs: bool
    bounds: tuple[float, float, float, float] | None

    def zones(self) -> Zones:
        """Return the rectangle as a layer of one zone; what does not meet a tile has no zone that does.

        Raises
        ------
        LayerWithoutCrs, LayerEmpty
            as the layer would have.
        """
        if not self.has_crs:
            raise LayerWithoutCrs(layer=self.name)
        if self.bounds is None:
            raise LayerEmpty(layer=self.name)
        geometry = QgsGeometry.fromRect(QgsRectangle(*self.bounds)).densifyByCount(_STEPS)
        return Zones(self.name, [geometry.asWkb().data()], _DEGREES)


def layer_of(value: Any) -> tuple[QgsVectorLayer, bool] | None:
    """Return the layer of the project that a value of INPUT is, and whether only its selection is meant."""
    selected = isinstance(value, QgsProcessingFeatureSourceDefinition) and value.selectedFeaturesOnly
    source = value.source.staticValue() if isinstance(value, QgsProcessingFeatureSourceDefinition) else value
    layer = source if isinstance(source, QgsMapLayer) else QgsProject.instance().mapLayer(str(source or ""))
    return (layer, selected) if isinstance(layer, QgsVectorLayer) and layer.isValid() else None


def box_of(value: Any, buffer: float = 0) -> LayerBox | None:
    """Return the rectangle around a layer of the project; None for a file, which would have to be opened.

    Parameters
    ----------
    value
        of a parameter for a layer.
    buffer
        by how many metres its zones are widened.
    """
    found = layer_of(value)
    if found is None:
        return None
    layer, selected = found
    extent = layer.boundingBoxOfSelected() if selected else layer.extent()
    name, has_crs = layer.name(), layer.crs().isValid()
    if extent.isNull() or not extent.isFinite() or layer.featureCount() == 0:
        return LayerBox(name, has_crs, None)
    to_degrees = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem(_DEGREES), QgsProject.instance())
    try:
        box = to_degrees.transformBoundingBox(extent)
    except QgsCsException:
        return None  # nothing can be said of where it is
    if not box.isFinite():
        return None
    margin = _MARGIN + max(0.0, buffer) / _METRES
    bounds = (box.xMinimum() - margin, box.yMinimum() - margin, box.xMaximum() + margin, box.yMaximum() + margin)
    return LayerBox(name, has_crs, bounds if all(map(math.isfinite, bounds)) else None)
