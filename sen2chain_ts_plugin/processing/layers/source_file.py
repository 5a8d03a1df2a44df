"""What the layer behind a feature source says that the source does not: its file, its key, its order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsField,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ...engine.errors import (
    Phrase,
    VectorUnreadable,
)
from ...engine.files import exists, is_file, read_bytes
from ...engine.raster.libraries import gdal_version
from ...engine.zones.file_state import check_vector_file, state_of
from ...engine.zones.shapefile import SHAPEFILE_PARTS
from ...engine.zones.vector_files import check_readable
from ..support.compat import is_json

# Those whose source names a file that may be cut, or replaced while it is read.
_FILE_PROVIDERS = ("ogr", "delimitedtext", "gpx", "spatialite")
WGS84 = "EPSG:4326"


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
    file, layer
        path of the file that the layer is read from, and the name or number of the layer in it; None where it is in no
        file of its own.
    name
        of the layer or else of the file, where a file was asked for and no layer of the project: as the engine names
        what it reads. None where the layer has a name of its own.
    nested
        names of the fields of JSON that are in the file as the layer shows them.
    address
        what GDAL calls that file, where it is an archive; None for any other.
    order
        place of each feature in the layer, by its id, where only some are asked for.
    crs
        that of the file, where the layer is one of collections alone: QGIS gives such a layer none.
    read_as
        what decides which zones are read, apart from the bytes of the file; None where they do not tell: of a layer
        that the project holds, and of a part of one.
    """

    shapefile: Path | None
    key_fields: frozenset[str]
    invalid: Any
    selected: bool = False
    file: Path | None = None
    layer: str | int | None = None
    name: str | None = None
    nested: tuple[str, ...] = ()
    address: str | None = None
    order: Mapping[int, int] = field(default_factory=dict)
    crs: QgsCoordinateReferenceSystem | None = None
    read_as: tuple[str, ...] | None = None

    def name_of(self, source: QgsProcessingFeatureSource) -> str:
        """Return what a source of this layer is called."""
        return self.name or str(source.sourceName())

    def crs_of(self, source: QgsProcessingFeatureSource) -> QgsCoordinateReferenceSystem:
        """Return the CRS of a source of this layer; one that is not valid where nobody knows it."""
        return self.crs or source.sourceCrs()


def describe_source(
    layer: QgsVectorLayer | None, value: Any, context: QgsProcessingContext, *, ordered: bool = False
) -> SourceFile:
    """Take what is needed of a layer.

    Parameters
    ----------
    layer, value
        the layer, and the parameter as the caller gave it, for its own geometry check.
    context
        of the algorithm.
    ordered
        whether the zones will be read: a selection then needs the order of the layer.
    """
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
    file, within = _file_of(layer)
    order = _order_of(layer) if ordered and selected else {}
    crs = None if layer.isSpatial() else layer.dataProvider().crs()
    opened = file is not None and isinstance(value, str) and not _is_held(layer, context)
    read_as = _read_as(layer, context) if opened else None
    name = (within if isinstance(within, str) else file.stem) if opened and file is not None else None
    nested = _nested_of(layer) if file is not None else ()
    address = _archive_of(layer) if file is not None else None
    return SourceFile(
        _whole_shapefile(layer), keys, invalid, selected, file, within, name, nested, address, order, crs, read_as
    )


def _nested_of(layer: QgsVectorLayer) -> tuple[str, ...]:
    if layer.providerType() != "ogr" or layer.isModified():
        return ()
    fields = layer.dataProvider().fields()
    return tuple(field.name() for field in fields if is_json(field))


def _is_held(layer: QgsVectorLayer, context: QgsProcessingContext) -> bool:
    """Tell whether a layer is one of the project's; else this run has opened it."""
    projects = {QgsProject.instance(), context.project()} - {None}
    return any(project.mapLayer(layer.id()) is not None for project in projects)


def _read_as(layer: QgsVectorLayer, context: QgsProcessingContext) -> tuple[str, ...] | None:
    """Return what decides which zones are read from a file that this run has opened itself.

    A layer that was opened earlier may show a file that is another one by now.
    """
    provider = layer.dataProvider()
    if layer.providerType() != "ogr" or layer.isModified():
        return None
    if layer.fields().names() != provider.fields().names():  # a join, or a virtual field
        return None
    return (
        "QGIS", Qgis.version(), str(gdal_version()),
        "|".join(layer.source().split("|")[1:]), layer.subsetString(), provider.encoding(), layer.crs().toWkt(),
        str(context.invalidGeometryCheck()),
    )  # fmt: skip


def _file_of(layer: QgsVectorLayer) -> tuple[Path | None, str | int | None]:
    """Return the file of a layer, or the archive it is in, and its name or number there; None for a database."""
    if layer.providerType() not in _FILE_PROVIDERS:
        return None, None
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    text = str(parts.get("path") or "")
    path = Path(os.path.abspath(text))  # QGIS keeps a path as it was given
    name = parts.get("layerName") or parts.get("layerId") or None
    return (path, name) if text and exists(path) else (None, None)


def _archive_of(layer: QgsVectorLayer) -> str | None:
    """Return what GDAL calls a file in an archive, or the archive of one file; None for any other layer."""
    address = layer.source().split("|")[0]
    return address if layer.providerType() == "ogr" and address.startswith("/vsi") else None


def _order_of(layer: QgsVectorLayer) -> dict[int, int]:
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes()
    return {feature.id(): number for number, feature in enumerate(layer.getFeatures(request))}


def _whole_shapefile(layer: QgsVectorLayer) -> Path | None:
    if layer.providerType() != "ogr" or layer.dataProvider().storageType() != "ESRI Shapefile":
        return None
    path = Path(layer.dataProvider().dataSourceUri().split("|")[0])
    unedited = not layer.isModified() and not layer.subsetString()
    own_fields = layer.fields().names() == layer.dataProvider().fields().names()  # no join, no virtual field
    in_wgs84 = layer.crs().authid() == WGS84 and layer.dataProvider().crs().authid() == WGS84
    whole = path.suffix == ".shp" and all(is_file(path.with_suffix(part)) for part in SHAPEFILE_PARTS)
    return path if unedited and own_fields and in_wgs84 and whole else None


@contextlib.contextmanager
def unchanged(about: SourceFile) -> Iterator[None]:
    """Refuse a file that is cut, or that is another one after it was read than before.

    Raises
    ------
    VectorUnreadable
        names the file.
    """
    if about.file is None:
        yield
        return
    check_vector_file(about.file)
    before = state_of(about.file)
    yield
    if about.file.suffix.lower() != ".shp":  # which was looked at as a whole
        check_readable(about.file, about.layer, about.address)
    if state_of(about.file) != before:
        raise VectorUnreadable(path=about.file, reason=Phrase("it changed while it was read"))


def own_parts(shapefile: Path | None) -> dict[str, bytes]:
    """Return the parts of the shapefile that the layer shows in full; none for any other layer."""
    if shapefile is None:
        return {}
    try:
        return {part: read_bytes(shapefile.with_suffix(part)) for part in SHAPEFILE_PARTS}
    except OSError as error:
        raise VectorUnreadable(path=shapefile, reason=error.strerror or error) from error


def attribute_fields(source: QgsProcessingFeatureSource, about: SourceFile) -> list[QgsField]:
    """Return the fields of a source that are attributes: all but the provider's own key."""
    return [QgsField(field) for field in source.fields() if field.name() not in about.key_fields]
