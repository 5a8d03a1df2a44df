"""The zones of an extraction on the map: which one is at a point, in a rectangle, or the same as a feature."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSpatialIndex,
    QgsVectorLayer,
)

from ...engine.feedback import Feedback, check
from ...engine.tree.layout import Tree
from ...processing.layers.row_words import likely_name
from ...processing.layers.tree_zones import TreeZones
from ...processing.support.compat import is_null
from ...processing.support.i18n import tr

_CHECK_EVERY = 500
# Of the same zone in another file: how far its bounds may be off, in degrees (a decimetre), and how much of its size.
_OFF_DEGREES = 1e-6
_OFF_SIZE = 1e-3


class DockZones:
    """The zones of an extraction, in memory, with a spatial index; in the CRS of its shapefile, EPSG:4326.

    They are read by whatever thread makes this, which takes seconds for 100 000 of them; what is kept is plain values
    that any thread may use.

    Raises
    ------
    QgsProcessingException
        the shapefile is missing or cannot be read.
    Cancelled
        nobody wants to know any more.
    """

    def __init__(self, tree: Tree, feedback: Feedback) -> None:
        self.tree = tree
        records = TreeZones(tree)
        records.load(feedback)
        self._crs: str = records.crs.authid() or f"WKT:{records.crs.toWkt()}"
        self.fields: list[QgsField] = records.fields
        self.geometries: list[QgsGeometry] = records.geometries
        self._attributes = records.attributes
        self._index = QgsSpatialIndex()
        for zone, geometry in enumerate(self.geometries):
            if zone % _CHECK_EVERY == 0:
                check(feedback)
            if not geometry.isNull():
                feature = QgsFeature(zone)
                feature.setGeometry(geometry)
                self._index.addFeature(feature)

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the zones, made for the thread that asks.

        One that was made in a thread that has ended transforms nothing, and QGIS 3.22 tells nobody.
        """
        return QgsCoordinateReferenceSystem(self._crs)

    def __len__(self) -> int:
        return len(self.geometries)

    def likely_name(self) -> str:
        """Return the field that most likely names a zone; empty when there is none."""
        return likely_name(self.fields)

    def label(self, zone: int, field: str) -> str:
        """Return what a zone is called: the value of a field, or its number where that is empty."""
        names = [each.name() for each in self.fields]
        if field in names and zone < len(self._attributes):
            value: Any = self._attributes[zone][names.index(field)]
            if not is_null(value) and str(value).strip():
                return str(value)
        return tr("Zone {number}").format(number=zone)

    def at(self, point: QgsPointXY, tolerance: float) -> list[int]:
        """Return the zone at a point: the smallest that holds it, or else the nearest within a tolerance in degrees."""
        near = QgsRectangle(point.x() - tolerance, point.y() - tolerance, point.x() + tolerance, point.y() + tolerance)
        click = QgsGeometry.fromPointXY(point)
        ranked = []
        for zone in self._index.intersects(near):
            distance = self.geometries[zone].distance(click)
            if 0 <= distance <= tolerance:
                ranked.append((distance, self.geometries[zone].area(), zone))
        return [min(ranked)[2]] if ranked else []

    def within(self, area: QgsGeometry) -> list[int]:
        """Return the zones that meet an area, by number."""
        candidates = self._index.intersects(area.boundingBox())
        return sorted(zone for zone in candidates if self.geometries[zone].intersects(area))

    def same_as(self, geometry: QgsGeometry) -> list[int]:
        """Return the zones that have this geometry: they are the same in another layer."""
        bounds = geometry.boundingBox()
        wide = bounds.buffered(_OFF_DEGREES)
        return sorted(
            zone for zone in self._index.intersects(wide) if _is_same(self.geometries[zone], geometry, bounds)
        )

    def of_selection(self, layer: QgsVectorLayer, project: QgsProject, most: int) -> list[int]:
        """Return the zones that the selected features of a layer are, up to a number of features."""
        to_zones = QgsCoordinateTransform(layer.crs(), self.crs, project)
        request = QgsFeatureRequest().setFilterFids(layer.selectedFeatureIds()).setNoAttributes().setLimit(most)
        found: dict[int, None] = {}
        for feature in layer.getFeatures(request):
            geometry = QgsGeometry(feature.geometry())
            try:
                if geometry.isNull() or geometry.transform(to_zones) != 0:
                    continue
            except QgsCsException:
                continue  # outside of what this CRS can be transformed to: no zone is there
            found.update(dict.fromkeys(self.same_as(geometry)))
        return list(found)


def _is_same(zone: QgsGeometry, other: QgsGeometry, bounds: QgsRectangle) -> bool:
    if zone.type() != other.type():
        return False
    mine = zone.boundingBox()
    offs = (
        mine.xMinimum() - bounds.xMinimum(),
        mine.yMinimum() - bounds.yMinimum(),
        mine.xMaximum() - bounds.xMaximum(),
        mine.yMaximum() - bounds.yMaximum(),
    )
    if max(map(abs, offs)) > _OFF_DEGREES:
        return False
    return all(
        abs(size - of_other) <= _OFF_SIZE * max(size, of_other)
        for size, of_other in ((zone.area(), other.area()), (zone.length(), other.length()))
    )
