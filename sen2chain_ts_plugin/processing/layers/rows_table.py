"""The table of extract and timeseries: rows straight from the engine, with the zones of the layer they came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)

from ...engine.tree.columns import Row
from ...engine.tree.layout import split_raster_name
from ..support.names import TABLE, TableLayout
from .source_zones import SourceFile, SourceZones, attribute_fields
from .table_fields import ORIGIN_FIELDS, RESULT_FIELDS, add_rows, table_fields
from .time_layer import prepare_when_loaded


def layout(source: QgsProcessingFeatureSource, about: SourceFile) -> TableLayout:
    """Return what the table of a source's zones is like: the statistics, and the attributes of the zones."""
    fields = table_fields((*RESULT_FIELDS, *ORIGIN_FIELDS), attribute_fields(source, about))
    return fields, _kind(source), source.sourceCrs()


class ZoneTable:
    """The sink that the user chose, or nothing."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        source: QgsProcessingFeatureSource,
        zones: SourceZones,
    ) -> None:
        self._context = context
        self._zones = zones
        self._fields, kind, crs = layout(source, zones.about)
        self._pairs: set[tuple[str, str]] = set()
        self._sink, self._id = algorithm.parameterAsSink(parameters, TABLE, context, self._fields, kind, crs)

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        if self._sink is not None:
            add_rows(
                self._sink, self._fields, self._told_apart(rows), self._zones.geometries_as_read, self._zones.values
            )

    def _told_apart(self, rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
        for row in rows:
            index, mask = split_raster_name(row.filename)
            self._pairs.add((index, mask))
            yield (*row, index, mask)

    def finish(self) -> dict[str, str]:
        """Close the layer, have it prepared if QGIS will load it, and return it as an output; nothing without one."""
        if self._sink is None:
            return {}
        self._sink = None
        prepare_when_loaded(self._context, self._id, self._pairs, self._zones.name)
        return {TABLE: self._id}


def _kind(source: QgsProcessingFeatureSource) -> QgsWkbTypes.Type:
    """Return the multi type of a source, flat and without curves; of a source of unknown type, polygons."""
    kind = QgsWkbTypes.multiType(QgsWkbTypes.linearType(QgsWkbTypes.flatType(source.wkbType())))
    return QgsWkbTypes.Type.MultiPolygon if kind == QgsWkbTypes.Type.Unknown else kind
