"""The table of extract and timeseries: rows straight from the engine, with the zones of the layer they came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)

from ...engine.choices import FRACTION
from ...engine.tree.columns import Row
from ...engine.tree.layout import split_raster_name
from ...engine.zones.geometries import Geometries
from ...engine.zones.layer import ZoneLayer
from ...engine.zones.pixel_options import PixelOptions
from ..support.names import TABLE, TableLayout
from .checked_sink import CheckedSink
from .source_file import WGS84, SourceFile, attribute_fields
from .source_zones import SourceZones
from .table_fields import ORIGIN_FIELDS, result_fields, table_fields
from .time_layer import prepare_when_loaded
from .zones_shapefile import ShownGeometries

_MULTIPLE = (QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.MultiLineString, QgsWkbTypes.Type.MultiPoint)


def layout(source: QgsProcessingFeatureSource, about: SourceFile, pixels: PixelOptions) -> TableLayout:
    """Return what the table of a source's zones is like: the statistics, and the attributes of the zones."""
    results = result_fields(shares=pixels.pixels == FRACTION)
    fields = table_fields((*results, *ORIGIN_FIELDS), attribute_fields(source, about))
    kind = QgsWkbTypes.Type.MultiPolygon if pixels.buffer > 0 else _kind(source)
    return fields, kind, QgsCoordinateReferenceSystem(WGS84) if pixels.buffer else about.crs_of(source)


class ZoneTable:
    """The sink that the user chose, or nothing."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        source: QgsProcessingFeatureSource,
        zones: SourceZones,
        pixels: PixelOptions,
        layer: ZoneLayer,
    ) -> None:
        self._context = context
        self._zones = zones
        self._name = layer.name
        # With their buffer they are not those of the source any more.
        buffered = ShownGeometries(Geometries.of(layer.geometries(4326))) if pixels.buffer else None
        self._geometries = buffered or zones.geometries_as_read
        self._fields, kind, crs = layout(source, zones.about, pixels)
        if zones.has_geometry and not pixels.buffer:  # a layer of any type, or of collections, says not what is in it
            kind = zones.kind
        self._pairs: set[tuple[str, str]] = set()
        sink, layer_id = algorithm.parameterAsSink(parameters, TABLE, context, self._fields, kind, crs)
        self._sink = None if sink is None else CheckedSink(sink, layer_id, self._fields, context)
        del sink  # or it would stay open

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        if self._sink is not None:
            self._sink.add(self._told_apart(rows), self._geometries, self._zones.values)

    def _told_apart(self, rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
        for row in rows:
            index, mask = split_raster_name(row.filename)
            self._pairs.add((index, mask))
            yield (*row, index, mask)

    def finish(self) -> dict[str, str]:
        """Close the layer, have it prepared if QGIS will load it, and return it as an output; nothing without one."""
        if self._sink is None:
            return {}
        self._sink.close()
        prepare_when_loaded(self._context, self._sink.layer_id, self._pairs, self._name)
        return {TABLE: self._sink.layer_id}


def _kind(source: QgsProcessingFeatureSource) -> QgsWkbTypes.Type:
    """Return the multi type of a source, flat and without curves; of one of any type or of collections, polygons."""
    kind = QgsWkbTypes.multiType(QgsWkbTypes.linearType(QgsWkbTypes.flatType(source.wkbType())))
    return kind if kind in _MULTIPLE else QgsWkbTypes.Type.MultiPolygon
