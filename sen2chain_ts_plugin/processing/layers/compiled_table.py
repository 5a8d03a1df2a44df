"""The table of compile: all rows of an extraction, with the zones of its shapefile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingException, QgsWkbTypes

from ...engine.feedback import Feedback
from ...engine.series.best_rows import BestRows
from ...engine.tree.columns import PERIOD_FORMS
from ...engine.tree.layout import Tree
from ..support.names import TABLE, TableLayout
from .checked_sink import CheckedSink
from .table_fields import ORIGIN_FIELDS, result_fields, table_fields
from .time_layer import prepare_when_loaded
from .tree_zones import TreeZones


def layout(columns: Sequence[str], zones: TreeZones) -> TableLayout:
    """Return what the table is like: the statistics, the columns of the periods, the attributes of the zones."""
    results = (*result_fields(shares=zones.has_shares), ("completeness", "float"))
    fields = table_fields((*results, *((column, "text") for column in columns), *ORIGIN_FIELDS), zones.raw.fields)
    return fields, QgsWkbTypes.multiType(zones.wkb_type), zones.crs


class CompiledTable:
    """The layer of all rows that the user asked for."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        tree: Tree,
        columns: Sequence[str],
        parameters: dict[str, Any],
        context: QgsProcessingContext,
    ) -> None:
        self._context = context
        self._columns = columns
        self._name = tree.name
        self._zones = TreeZones(tree)
        self._fields, kind, crs = layout(columns, self._zones)
        sink, layer_id = algorithm.parameterAsSink(parameters, TABLE, context, self._fields, kind, crs)
        if sink is None:
            raise QgsProcessingException(algorithm.invalidSinkError(parameters, TABLE))
        self._sink = CheckedSink(sink, layer_id, self._fields, context)
        del sink  # or it would stay open
        self._pairs: set[tuple[str, str]] = set()

    def load_zones(self, feedback: Feedback) -> None:
        """Read the zones."""
        self._zones.load(feedback)

    def add(self, index: str, mask_folder: str, series: BestRows) -> None:
        """Add the rows of an index and a mask."""
        self._pairs.add((index, mask_folder))
        self._zones.check_has(int(series.fid.max()))
        rows = (
            (date, *values, *(date.strftime(PERIOD_FORMS[column]) for column in self._columns), index, mask_folder)
            for date, *values in series.values()
        )
        self._sink.add(rows, self._zones.geometries, lambda: self._zones.raw.of(series))

    def finish(self) -> str:
        """Close the layer, have it prepared if QGIS will load it, and return what it is known by."""
        self._sink.close()
        prepare_when_loaded(self._context, self._sink.layer_id, self._pairs, self._name)
        return self._sink.layer_id
