"""The table of an analysis: its rows with the zones of the extraction, ready to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from ...engine.analysis.columns import ZONE, Columns, rows_of
from ...engine.analysis.parameters import AGGREGATE, SMOOTH
from ...engine.analysis.run import no_zones
from ...engine.feedback import Feedback
from ...engine.tree.layout import Tree
from ..support.i18n import tr
from ..support.names import TABLE, WIDE_TABLE, TableLayout
from .analysis_layer import prepare_when_loaded
from .table_fields import ORIGIN_FIELDS, table_fields
from .tree_zones import TreeZones

if TYPE_CHECKING:
    from ...engine.analysis.kinds import Analysis

# Which of the files of an analysis is its table: the last one, but of these the first.
_FIRST = (SMOOTH, AGGREGATE)
_DAYS = frozenset(("begin", "end", "sos", "pos", "eos"))
_WORDS = frozenset(("period", "step", "flags"))
_WHOLE = frozenset((
    "used", "count", "gap", "dates", "pixels", "years", "year", "season", "los", "sos_doy", "pos_doy", "eos_doy",
    "longest_gap", "s",
))  # fmt: skip

# Pixels, which are not counted where they belong to zones by shares.
_AMOUNTS = ("count", "pixels")


def layout(tree: Tree, analysis: Analysis, zones: TreeZones) -> TableLayout:
    """Return what the table is like: the columns of the file, index and mask, the attributes of the zones."""
    columns = no_zones(tree, analysis).tables[_number(analysis)]
    amounts = _AMOUNTS if zones.has_shares else ()
    results = [(_field(name), "float" if name in amounts else _kind(name, analysis.KIND)) for name in columns]
    return table_fields((*results, *ORIGIN_FIELDS), zones.fields), QgsWkbTypes.multiType(zones.wkb_type), zones.crs


def wide_layout(tree: Tree, analysis: Analysis, zones: TreeZones) -> TableLayout:
    """Return what the wide table is like: a column per period, and no geometry, which no spreadsheet takes."""
    columns = no_zones(tree, analysis).tables[-1]
    results = [(_field(name), "int" if name == ZONE else "float") for name in columns]
    return table_fields((*results, *ORIGIN_FIELDS), zones.fields), QgsWkbTypes.Type.NoGeometry, zones.crs


class AnalysisTable:
    """A layer of rows that the user asked for.

    Parameters
    ----------
    algorithm, parameters, context
        of the run.
    tree, analysis
        whose rows.
    name
        the parameter, ``TABLE`` or ``WIDE_TABLE``.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        tree: Tree,
        analysis: Analysis,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        name: str = TABLE,
    ) -> None:
        self.name = name
        self._context = context
        self._tree = tree
        self._analysis = analysis
        self._zones = TreeZones(tree)
        self._is_wide = name == WIDE_TABLE
        of_table = wide_layout if self._is_wide else layout
        self._fields, kind, crs = of_table(tree, analysis, self._zones)
        self._sink, self._id = algorithm.parameterAsSink(parameters, name, context, self._fields, kind, crs)
        if self._sink is None:
            raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
        self._pairs: set[tuple[str, str]] = set()

    def load_zones(self, feedback: Feedback) -> None:
        """Read the zones."""
        self._zones.load(feedback)

    def add(self, index: str, mask_folder: str, tables: Sequence[Columns]) -> None:
        """Add the rows of some zones."""
        columns = tables[-1 if self._is_wide else _number(self._analysis)]
        if not len(columns[ZONE]):
            return
        self._pairs.add((index, mask_folder))
        self._zones.check_has(int(np.max(columns[ZONE])))
        place = list(columns).index(ZONE)
        for values in self._values(columns):
            zone = values[place]
            feature = QgsFeature(self._fields)
            feature.setAttributes([*values, index, mask_folder, *self._zones.attributes[zone]])
            geometry = self._zones.geometries[zone]
            if not self._is_wide and not geometry.isNull():
                geometry = QgsGeometry(geometry)
                geometry.convertToMultiType()
                feature.setGeometry(geometry)
            if not self._sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(
                    tr("The table refused a row (zone {zone}): {reason}").format(
                        zone=zone, reason=self._sink.lastError()
                    )
                )

    def _values(self, columns: Columns) -> Iterator[list[Any]]:
        """Yield the rows as values of Qt."""
        as_moment = [name == "date" for name in columns]
        for row in rows_of(columns):
            yield [_to_qt(value, moment) if isinstance(value, date) else value for value, moment in zip(row, as_moment)]

    def finish(self) -> str:
        """Close the layer, have it prepared if QGIS will load it, and return what it is known by."""
        self._sink = None
        if not self._is_wide:
            prepare_when_loaded(self._context, self._id, self._pairs, self._tree.name, self._analysis)
        return self._id


def _number(analysis: Analysis) -> int:
    """Return which of the files is the table."""
    return 0 if analysis.KIND in _FIRST else len(analysis.file_names) - 1


def _field(column: str) -> str:
    # A field named fid is the key of a GeoPackage, which would keep one row per zone.
    return "zone" if column == ZONE else column


def _kind(column: str, analysis: str) -> str:
    if column == "date":
        return "datetime"
    if column in _DAYS:
        return "date"
    if column in _WORDS:
        return "text"
    # Of a period it is a share of its dates.
    is_whole = column in _WHOLE or column == ZONE or (column == "filled" and analysis == SMOOTH)
    return "int" if is_whole else "float"


def _to_qt(day: date, moment: bool) -> QDate | QDateTime:
    plain = QDate(day.year, day.month, day.day)
    return QDateTime(plain, QTime(0, 0)) if moment else plain
