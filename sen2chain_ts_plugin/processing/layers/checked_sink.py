"""The sink of a table, closed and looked at before the run ends: what a full disk has not kept shows nowhere else."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ...engine.files import is_file
from ..support.i18n import tr
from .table_fields import add_rows

_LINES = (".csv", ".tsv", ".txt")


class CheckedSink:
    """The sink that the user chose, and how many rows it got."""

    def __init__(self, sink: QgsFeatureSink, layer_id: str, fields: QgsFields, context: QgsProcessingContext) -> None:
        self._sink: QgsFeatureSink | None = sink
        self.layer_id = layer_id
        self._fields = fields
        self._context = context
        self._added = 0

    def add(
        self,
        rows: Iterable[tuple[Any, ...]],
        geometries: Sequence[QgsGeometry],
        attributes: Callable[[], Iterable[Sequence[Any]]] | Sequence[Sequence[Any]],
    ) -> None:
        """Add rows; see `table_fields.add_rows`."""
        if self._sink is not None:
            self._added += add_rows(self._sink, self._fields, rows, geometries, attributes)

    def close(self) -> None:
        """Close it, and make sure that it has every row.

        Raises
        ------
        QgsProcessingException
            rows are missing, or the layer cannot be read.
        """
        self._sink = None  # closes it, and writes what is still in memory
        gc.collect()
        found = self._rows_found()
        if found is not None and found < self._added:
            raise QgsProcessingException(
                tr(
                    "The table {table} has {found} of its {added} rows: it could not be written to its end. "
                    "Make room there, or choose another file, and run again."
                ).format(table=self.layer_id, found=found, added=self._added)
            )

    def _rows_found(self) -> int | None:
        """Return how many rows can be read back; None where the layer is in a database that is not asked again."""
        stored = self._context.temporaryLayerStore().mapLayer(self.layer_id)
        if isinstance(stored, QgsVectorLayer):
            return int(stored.featureCount())
        path = Path(self.layer_id.partition("|")[0])
        if not path.is_absolute():
            layer = QgsProcessingUtils.mapLayerFromString(self.layer_id, self._context)
            return int(layer.featureCount()) if isinstance(layer, QgsVectorLayer) else None
        layer = QgsVectorLayer(self.layer_id, "table", "ogr")
        if not is_file(path) or not layer.isValid() or _is_cut(path):
            return 0 if self._added else None
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes()
        return sum(1 for _ in layer.getFeatures(request))


def _is_cut(path: Path) -> bool:
    """Tell whether a table of lines ends in the middle of one."""
    if path.suffix.lower() not in _LINES:
        return False
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - 1, 0))
        return size == 0 or stream.read() != b"\n"
