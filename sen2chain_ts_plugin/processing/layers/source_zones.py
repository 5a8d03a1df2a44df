"""Feature source -> zones as plain values: geometries in the CRS of each tile, attributes, the files of the tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)

from ...engine.errors import (
    GeometryInvalid,
    GeometryUnusable,
    LayerOfOtherKind,
    LayerWithoutCrs,
)
from ...engine.feedback import Feedback, StepFeedback, check
from ...engine.zones.attributes import Attributes
from ...engine.zones.geometries import LINE, POINTS, SHELL, Gatherer, Geometries
from ...engine.zones.layer import Zones
from ...engine.zones.shapefile import records_of_index
from ...engine.zones.vector_files import json_texts, straight_wkb
from ..support.compat import is_json
from .source_file import SourceFile, attribute_fields, own_parts, unchanged
from .table_fields import is_plain
from .values import plain_value
from .zones_shapefile import ShownGeometries, shapefile_of

# What decoders put in the place of bytes that mean nothing in an encoding.
_NO_CHARACTER = "\ufffd"
_SHOWN = 20
_CHECK_EVERY = 500
# About how far the zones are when they are read, and their shapefile is to be written.
_READ = 0.5
_MULTIPLE = {
    SHELL: QgsWkbTypes.Type.MultiPolygon, LINE: QgsWkbTypes.Type.MultiLineString, POINTS: QgsWkbTypes.Type.MultiPoint,
}  # fmt: skip
_SINGLE = (QgsWkbTypes.Type.Polygon, QgsWkbTypes.Type.LineString, QgsWkbTypes.Type.Point)
# Types that the engine takes as they are.
_FLAT = frozenset((*_SINGLE, *_MULTIPLE.values()))


class SourceZones:
    """The features of a source, read once; zone i is the i-th of them. Implements the engine's `ZoneLayer`.

    What QGIS gives are bytes and values; what they mean, and where they are in another CRS, is for the engine's `Zones`
    to say, so that a layer gives the same with QGIS and without.

    With ``shown`` a table can show them: their values are kept as QGIS has them, too.

    Raises
    ------
    LayerWithoutCrs, LayerOfOtherKind
        the layer has no CRS, or one that leads nowhere on Earth; that it is no layer of zones may be why.
    GeometryInvalid
        a geometry is invalid and the user's setting is to stop; names the feature.
    LayerMixed
        the layer mixes points, lines and polygons.
    VectorUnreadable
        the file of the layer is cut, or was replaced while it was read.
    Cancelled
        the user asked to stop.
    """

    def __init__(
        self,
        source: QgsProcessingFeatureSource,
        about: SourceFile,
        context: QgsProcessingContext,
        feedback: Feedback,
        *,
        shown: bool = False,
    ) -> None:
        self.name = about.name_of(source)
        self.crs = about.crs_of(source)
        if not self.crs.isValid():
            kind = source.wkbType()
            if QgsWkbTypes.geometryType(kind) in (
                QgsWkbTypes.GeometryType.UnknownGeometry, QgsWkbTypes.GeometryType.NullGeometry
            ):  # fmt: skip
                raise LayerOfOtherKind(layer=self.name, kind=QgsWkbTypes.displayString(kind))
            raise LayerWithoutCrs(layer=self.name)
        self.about = about
        self._transforms: QgsCoordinateTransformContext = context.transformContext()
        self._feedback = feedback
        self._source_fields = attribute_fields(source, about)
        self.fields = [field.name() for field in self._source_fields]
        self._are_json = [is_json(field) for field in self._source_fields]
        self._are_plain = [is_plain(field) for field in self._source_fields]
        self._positions = [source.fields().indexFromName(name) for name in self.fields]
        self.attributes = Attributes()
        # Of each zone, as a table shows it; empty where no table is made of the layer.
        self.values: list[list[Any]] = []
        self._shown = shown
        # Zones that are skipped, and named with the reason.
        self._named: set[int] = set()
        gatherer = Gatherer()
        with unchanged(about):
            self._nested = self._nested_values()
            self._own_parts = own_parts(about.shapefile)
            number_of = max(source.featureCount(), 1)
            for number, feature in enumerate(self._features(source)):
                if number % _CHECK_EVERY == 0:
                    check(feedback)
                    feedback.progress(_READ * min(number / number_of, 1.0))
                self._take(number, feature, gatherer)
        self._zones = Zones(self.name, gatherer.geometries(), _crs_text(self.crs), self.fields, self.attributes)
        self.has_geometry = self._zones.has_geometry
        self._say_skipped()
        self._say_unreadable()

    def _features(self, source: QgsProcessingFeatureSource) -> Iterable[QgsFeature]:
        skip_checks = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        features: Iterable[QgsFeature] = source.getFeatures(QgsFeatureRequest(), skip_checks)
        if not self.about.selected:
            return features
        # A selection is a set: some providers hand it out in another order in every session.
        order = self.about.order
        return sorted(features, key=lambda feature: (order.get(feature.id(), len(order)), feature.id()))

    def _take(self, number: int, feature: QgsFeature, gatherer: Gatherer) -> None:
        """Keep the values of a feature, and its geometry as the engine sees it."""
        values = feature.attributes()
        kept = [values[position] for position in self._positions]
        plain = tuple([plain_value(value, is_json=nested) for value, nested in zip(kept, self._are_json)])
        if feature.id() in self._nested:
            of_file = dict(zip(self.about.nested, self._nested[feature.id()]))
            plain = tuple(of_file.get(name, value) for name, value in zip(self.fields, plain))
        self.attributes.add(plain)
        if self._shown:
            # What a table has no field for is written as in the raw files.
            self.values.append(
                [value if as_it_is else text for value, text, as_it_is in zip(kept, plain, self._are_plain)]
            )
        try:
            gatherer.add(self._usable(number, feature))
        except GeometryUnusable as error:
            self._feedback.warning("Zone {zone} is skipped: {reason}", zone=number, reason=error)
            self._named.add(number)
            gatherer.add(None)

    def _nested_values(self) -> dict[int, tuple[object, ...]]:
        """Return the values of the fields of JSON as the file has them, by feature."""
        nested = [name for name in self.about.nested if name in self.fields]
        if not nested or self.about.file is None:
            return {}
        return json_texts(self.about.file, self.about.layer, self.about.nested, self.about.address)

    def _usable(self, number: int, feature: QgsFeature) -> bytes | None:
        """Return a feature's geometry, flat and without curves; None where it is missing or to be skipped."""
        geometry = feature.geometry()
        if geometry.isNull() or geometry.isEmpty():
            return None
        checks = QgsFeatureRequest.InvalidGeometryCheck
        if self.about.invalid != checks.GeometryNoCheck and not geometry.isGeosValid():
            if self.about.invalid == checks.GeometryAbortOnInvalid:
                raise GeometryInvalid(layer=self.name, zone=number, feature=feature.id())
            return None
        if geometry.wkbType() not in _FLAT:
            geometry = _flat(geometry)
        return None if geometry.isNull() else geometry.asWkb().data()

    @property
    def kind(self) -> QgsWkbTypes.Type:
        """The multiple type of the zones; that of polygons where there is none."""
        return _MULTIPLE.get(next(iter(self._zones.as_read().kinds.tolist()), SHELL))

    @property
    def geometries_as_read(self) -> ShownGeometries:
        """What a table shows: of a collection its parts of the layer's kind, of a zone across 180 degrees two parts."""
        return ShownGeometries(self._zones.as_read(cut=self.crs.isGeographic()))

    def _say_skipped(self) -> None:
        skipped = [zone for zone in np.flatnonzero(~self._zones.as_read().filled).tolist() if zone not in self._named]
        for number in skipped[:_SHOWN]:
            self._feedback.warning("Zone {zone} is skipped: its geometry is missing, empty or invalid.", zone=number)
        if len(skipped) > _SHOWN:
            self._feedback.warning("Further zones that are skipped likewise: {number}.", number=len(skipped) - _SHOWN)

    def _say_unreadable(self) -> None:
        """Say when texts are not in the encoding of the layer."""
        if self.attributes.have(_NO_CHARACTER) or any(_NO_CHARACTER in name for name in self.fields):
            self._feedback.warning(
                "Some texts of {layer} are not in the encoding of the layer: they hold {character}. Choose another "
                "encoding in the layer properties, or write its name into a .cpg file next to the shapefile.",
                layer=self.name, character=_NO_CHARACTER,
            )  # fmt: skip

    def geometries(self, epsg: int) -> Geometries:
        """Return the geometry of each zone in the CRS of an EPSG code; empty where it cannot be transformed."""
        check(self._feedback)
        return self._zones.geometries(epsg)

    def accuracy_in(self, epsg: int) -> float | None:
        """Return how many metres the way to a CRS may be wrong; see the engine's `Zones`."""
        return self._zones.accuracy_in(epsg)

    def shapefile(self) -> dict[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the user's own bytes when the layer is one, else ours.

        Raises
        ------
        WriteFailed
            the shapefile cannot be written.
        Cancelled
            the user asked to stop.
        """
        own = self._own_parts
        if own and records_of_index(len(own[".shx"])) == len(self.attributes):
            return own
        writing = StepFeedback(self._feedback, _READ, 1.0)
        return shapefile_of(self._zones, self._source_fields, self.kind, self._transforms, writing)


def _flat(geometry: QgsGeometry) -> QgsGeometry:
    """Return a geometry without curves, Z and M; an empty one where GDAL cannot read it."""
    geometry = QgsGeometry(geometry)
    kind = QgsWkbTypes.flatType(geometry.wkbType())
    if QgsWkbTypes.isCurvedType(kind) or kind == QgsWkbTypes.Type.GeometryCollection:  # of curves too
        straight = straight_wkb(geometry.asWkb().data())
        geometry = QgsGeometry()
        geometry.fromWkb(straight or b"")
        if geometry.isNull():
            return geometry
    geometry.get().dropZValue()
    geometry.get().dropMValue()
    return geometry


def _crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as the engine takes it."""
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)) or str(crs.toProj())
