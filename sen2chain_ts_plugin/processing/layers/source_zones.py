"""Feature source -> zones as plain values: geometries in the CRS of each tile, attributes, the files of the tree."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, Qt, QTime

from ...engine.errors import (
    GeometryInvalid,
    GeometryUnusable,
    LayerMixed,
    LayerOfOtherKind,
    LayerWithoutCrs,
    Phrase,
    WriteFailed,
)
from ...engine.feedback import Feedback, check
from ...engine.text import clean_text
from ...engine.zones.layer import plain_value as plain_python
from ...engine.zones.shapefile import SHAPEFILE_PARTS, record_count
from ...engine.zones.wkb import Geometry, parse_wkb
from ..support.compat import is_null, make_field

WGS84 = "EPSG:4326"
_SHOWN = 20
_CHECK_EVERY = 500
# What a shapefile holds of a text; RESIZE then cuts the field to what the longest one needs.
_LONGEST_TEXT = 254


@dataclass(frozen=True)
class SourceFile:
    """What the layer behind a feature source says that the source does not; plain values, taken in the main thread.

    Attributes
    ----------
    shapefile
        path of the ESRI shapefile in EPSG:4326 that the layer shows in full; None for any other layer.
    key_fields
        names of the fields that are the provider's own key (the ``fid`` of a GeoPackage), not attributes.
    invalid
        what to do with invalid geometries.
    selected
        whether only the selected features are asked for.
    """

    shapefile: Path | None
    key_fields: frozenset[str]
    invalid: Any
    selected: bool = False


def describe_source(layer: QgsVectorLayer | None, value: Any, context: QgsProcessingContext) -> SourceFile:
    """Take what is needed of a layer; ``value`` is the parameter as the caller gave it, for its own geometry check."""
    invalid = context.invalidGeometryCheck()
    selected = False
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        selected = value.selectedFeaturesOnly
        override = QgsProcessingFeatureSourceDefinition.Flag.FlagOverrideDefaultGeometryCheck
        if value.flags & override:
            invalid = value.geometryCheck
    if layer is None:
        return SourceFile(None, frozenset(), invalid, selected)
    keys: frozenset[str] = frozenset()
    if layer.providerType() == "ogr":
        keys = frozenset(layer.fields().at(number).name() for number in layer.primaryKeyAttributes())
    return SourceFile(_whole_shapefile(layer), keys, invalid, selected)


def _whole_shapefile(layer: QgsVectorLayer) -> Path | None:
    if layer.providerType() != "ogr" or layer.dataProvider().storageType() != "ESRI Shapefile":
        return None
    path = Path(layer.dataProvider().dataSourceUri().split("|")[0])
    unedited = not layer.isModified() and not layer.subsetString()
    own_fields = layer.fields().names() == layer.dataProvider().fields().names()  # no join, no virtual field
    in_wgs84 = layer.crs().authid() == WGS84 and layer.dataProvider().crs().authid() == WGS84
    whole = path.suffix == ".shp" and all(path.with_suffix(part).is_file() for part in SHAPEFILE_PARTS)
    return path if unedited and own_fields and in_wgs84 and whole else None


class SourceZones:
    """The features of a source, read once; zone i is the i-th of them. Implements the engine's `ZoneLayer`.

    Raises
    ------
    LayerWithoutCrs, LayerOfOtherKind
        the layer has no CRS; that it is no layer of zones may be why.
    GeometryInvalid
        a geometry is invalid and the user's setting is to stop; names the feature.
    LayerMixed
        the layer mixes points, lines and polygons.
    Cancelled
        the user asked to stop.
    """

    def __init__(
        self, source: QgsProcessingFeatureSource, about: SourceFile, context: QgsProcessingContext, feedback: Feedback
    ) -> None:
        self.name = source.sourceName()
        self.crs = source.sourceCrs()
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
        kept = [source.fields().indexFromName(name) for name in self.fields]
        self.attributes: list[tuple[object, ...]] = []
        self.values: list[list[Any]] = []
        self.geometries_as_read: list[QgsGeometry] = []
        self._parsed: dict[str, list[Geometry]] = {}
        skip_checks = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        features: Iterable[QgsFeature] = source.getFeatures(QgsFeatureRequest(), skip_checks)
        if about.selected:
            # A selection is a set: some providers hand it out in another order in every session.
            features = sorted(features, key=lambda feature: feature.id())
        for number, feature in enumerate(features):
            if number % _CHECK_EVERY == 0:
                check(feedback)
            values = feature.attributes()
            self.values.append([values[position] for position in kept])
            self.attributes.append(tuple(plain_value(values[position]) for position in kept))
            self.geometries_as_read.append(self._usable(number, feature))
        self._say_skipped()
        self._check_kinds()

    def _usable(self, number: int, feature: QgsFeature) -> QgsGeometry:
        """Return a feature's geometry, flat and without curves; an empty one where it is missing or to be skipped."""
        geometry = QgsGeometry(feature.geometry())
        if geometry.isNull() or geometry.isEmpty():
            return QgsGeometry()
        checks = QgsFeatureRequest.InvalidGeometryCheck
        if self.about.invalid != checks.GeometryNoCheck and not geometry.isGeosValid():
            if self.about.invalid == checks.GeometryAbortOnInvalid:
                raise GeometryInvalid(layer=self.name, zone=number, feature=feature.id())
            return QgsGeometry()
        if QgsWkbTypes.isCurvedType(geometry.wkbType()):
            geometry = QgsGeometry(geometry.constGet().segmentize())
        geometry.get().dropZValue()
        geometry.get().dropMValue()
        return geometry

    def _say_skipped(self) -> None:
        skipped = [number for number, geometry in enumerate(self.geometries_as_read) if geometry.isNull()]
        for number in skipped[:_SHOWN]:
            self._feedback.warning("Zone {zone} is skipped: its geometry is missing, empty or invalid.", zone=number)
        if len(skipped) > _SHOWN:
            self._feedback.warning("Further zones that are skipped likewise: {number}.", number=len(skipped) - _SHOWN)

    def _check_kinds(self) -> None:
        kinds: dict[Any, int] = {}
        for number, geometry in enumerate(self.geometries_as_read):
            if not geometry.isNull():
                kinds.setdefault(geometry.type(), number)
        self.has_geometry = bool(kinds)
        if len(kinds) > 1:
            raise LayerMixed(layer=self.name, first=min(kinds.values()), second=max(kinds.values()))

    def geometries(self, epsg: int) -> list[Geometry]:
        """Return the geometry of each zone in the CRS of an EPSG code; empty where it cannot be transformed."""
        return self._in_crs(f"EPSG:{epsg}")

    def _in_crs(self, authid: str) -> list[Geometry]:
        if authid not in self._parsed:
            transform = self._transform(authid)
            self._parsed[authid] = [
                self._parse(number, geometry, transform) for number, geometry in enumerate(self.geometries_as_read)
            ]
        return self._parsed[authid]

    def _transform(self, authid: str) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(self.crs, QgsCoordinateReferenceSystem(authid), self._transforms)

    def _parse(self, number: int, geometry: QgsGeometry, transform: QgsCoordinateTransform) -> Geometry:
        if number % _CHECK_EVERY == 0:
            check(self._feedback)
        if geometry.isNull():
            return Geometry()
        try:
            return parse_wkb(bytes(self._moved(geometry, transform).asWkb()))
        except (QgsCsException, GeometryUnusable) as error:
            self._feedback.warning(
                "Zone {zone} is skipped in {crs}: {reason}",
                zone=number, crs=transform.destinationCrs().authid(), reason=error,
            )  # fmt: skip
            return Geometry()

    @staticmethod
    def _moved(geometry: QgsGeometry, transform: QgsCoordinateTransform) -> QgsGeometry:
        moved = QgsGeometry(geometry)
        if not transform.isShortCircuited():
            moved.transform(transform)
        return moved

    def shapefile(self) -> dict[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326: the user's own bytes when the layer is one, else ours.

        Raises
        ------
        WriteFailed
            the shapefile cannot be written.
        """
        own = self.about.shapefile
        if own is not None and record_count(own) == len(self.attributes):
            return {part: own.with_suffix(part).read_bytes() for part in SHAPEFILE_PARTS}
        return self._own_shapefile

    @cached_property
    def _own_shapefile(self) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory(prefix="sen2chain_ts_") as folder:
            path = Path(folder) / "zones.shp"
            self._write_shapefile(path)
            return {part: path.with_suffix(part).read_bytes() for part in SHAPEFILE_PARTS}

    def _write_shapefile(self, path: Path) -> None:
        kind = next((g.wkbType() for g in self.geometries_as_read if not g.isNull()), QgsWkbTypes.Type.Polygon)
        fields = QgsFields()
        for field in self._source_fields:
            fields.append(_shapefile_field(field))
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "ESRI Shapefile"
        options.fileEncoding = "UTF-8"
        # The date of the day in the header would give another checksum every day.
        options.layerOptions = ["DBF_DATE_LAST_UPDATE=2000-01-01", "RESIZE=YES"]
        writer = QgsVectorFileWriter.create(
            str(path), fields, QgsWkbTypes.multiType(kind), QgsCoordinateReferenceSystem(WGS84),
            self._transforms, options,
        )  # fmt: skip
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise WriteFailed(path=path, reason=writer.errorMessage())
        transform = self._transform(WGS84)
        for number, (geometry, values) in enumerate(zip(self.geometries_as_read, self.attributes)):
            feature = QgsFeature(fields)
            feature.setAttributes(
                [clean_text(value)[:_LONGEST_TEXT] if isinstance(value, str) else value for value in values]
            )
            if len(self._in_crs(WGS84)[number].parts()):
                feature.setGeometry(self._moved(geometry, transform))
            if not writer.addFeature(feature):
                raise WriteFailed(
                    path=path, reason=Phrase("zone {number}: {reason}", number=number, reason=writer.errorMessage())
                )
        if not writer.flushBuffer():
            raise WriteFailed(path=path, reason=writer.errorMessage())
        del writer  # closes the files


def attribute_fields(source: QgsProcessingFeatureSource, about: SourceFile) -> list[QgsField]:
    """Return the fields of a source that are attributes: all but the provider's own key."""
    return [QgsField(field) for field in source.fields() if field.name() not in about.key_fields]


def plain_value(value: Any) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text."""
    if is_null(value):
        return None
    if isinstance(value, (QDate, QTime, QDateTime)):
        return str(value.toString(Qt.DateFormat.ISODate)) or None
    if isinstance(value, QByteArray):
        return value.toHex().data().decode()
    return plain_python(value)


def _shapefile_field(field: QgsField) -> QgsField:
    """Return a field that a shapefile can hold: numbers as such, everything else as text."""
    kind = field.typeName().lower()
    if field.isNumeric():
        return make_field(field.name(), "float" if field.precision() or "double" in kind or "real" in kind else "int")
    text = make_field(field.name(), "text")
    text.setLength(_LONGEST_TEXT)
    return text
