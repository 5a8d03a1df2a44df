"""The values behind the chart, as a table that can be sorted and copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeySequence, QPixmap, QShowEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ...engine.series.curves import Curve
from ...processing.support.i18n import tr
from ..common.localised import day_text, moment_text, number_text
from ..common.zone_style import colour_of

_SORT_ROLE = Qt.ItemDataRole.UserRole
_FIXED = 2
_WIDEST_NAME, _BESIDE_NAME = 140, 28  # pixels; beside a name are its colour and some space
# Of so many rows the widest cell is looked for: those of a column are about as long as each other.
_ROWS_FOR_WIDTHS = 50


def _columns() -> tuple[tuple[str, str, int], ...]:
    """Return of each numeric column what it is called, its name in the curves, and its decimals."""
    return (
        (tr("Mean"), "mean", 4),
        (tr("Clear (%)"), "", 0),
        (tr("Median"), "median", 4),
        (tr("First quartile"), "percentile_25", 4),
        (tr("Third quartile"), "percentile_75", 4),
        (tr("Minimum"), "min", 4),
        (tr("Maximum"), "max", 4),
        (tr("Standard deviation"), "std", 4),
        (tr("Valid pixels"), "count", 0),
        (tr("Pixels without data"), "nodata", 0),
        (tr("Cloud probability (%)"), "cldprb", 1),
    )


class _Model(QAbstractTableModel):
    """One row per zone and date."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[int, str, Curve, int]] = []
        self._columns = _columns()
        self._names = [tr("Zone"), tr("Date"), *(name for name, *_ in self._columns), tr("Tile"), tr("Product")]

    def show(self, curves: Sequence[Curve], labels: Sequence[str]) -> None:
        self.beginResetModel()
        self._rows = [
            (number, label, curve, row)
            for number, (curve, label) in enumerate(zip(curves, labels))
            for row in range(len(curve.dates))
        ]
        self.endResetModel()

    def date_of(self, row: int) -> datetime:
        _, _, curve, place = self._rows[row]
        return curve.dates[place]

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._names[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = Qt.ItemDataRole
        if role == roles.DisplayRole:
            return self._text(index)
        if role == roles.ToolTipRole:
            value = self._value(index)
            return moment_text(value) if isinstance(value, datetime) else value if isinstance(value, str) else None
        if role == _SORT_ROLE:
            return self._key(index)
        if role == roles.DecorationRole and index.column() == 0:
            swatch = QPixmap(10, 10)
            swatch.fill(QColor(colour_of(self._rows[index.row()][0])))
            return swatch
        if role == roles.TextAlignmentRole and _FIXED <= index.column() < _FIXED + len(self._columns):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, index: QModelIndex) -> str:
        value = self._value(index)
        if isinstance(value, datetime):
            return day_text(value)
        if isinstance(value, float):
            return number_text(value, self._columns[index.column() - _FIXED][2])
        return str(value)

    def _key(self, index: QModelIndex) -> Any:
        value = self._value(index)
        return value.isoformat() if isinstance(value, datetime) else value

    def _value(self, index: QModelIndex) -> Any:
        _, label, curve, row = self._rows[index.row()]
        column = index.column() - _FIXED
        if column < 0:
            return (label, curve.dates[row])[index.column()]
        if column >= len(self._columns):
            return (curve.tiles, curve.filenames)[column - len(self._columns)][row]
        name = self._columns[column][1]
        return float(curve.numbers[name][row]) if name else (1 - float(curve.cloudy[row])) * 100


class ValueTable(QTableView):
    """Rows of some zones. Double-click or press Enter on one to go to its date; copy takes the selected rows."""

    date_chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT_ROLE)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrow keys move in it
        self.setAccessibleName(tr("Values of the time series"))
        self.horizontalHeader().setResizeContentsPrecision(_ROWS_FOR_WIDTHS)
        self._widths_due = False
        self._labels: list[str] = []
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.activated.connect(self._choose)

    def show_curves(self, curves: Sequence[Curve], labels: Sequence[str]) -> None:
        """Show the rows of some zones."""
        self._model.show(curves, labels)
        self._widths_due = True
        self._labels = list(labels)
        if self.isVisible():
            self._fit_columns()

    def showEvent(self, event: QShowEvent) -> None:
        """Give new columns their widths; while the table is hidden, which it mostly is, nobody waits for that."""
        super().showEvent(event)
        if self._widths_due:
            self._fit_columns()

    def _fit_columns(self) -> None:
        self._widths_due = False
        self.resizeColumnsToContents()
        # The rows that were looked at may all be of one zone.
        longest = max(map(self.fontMetrics().horizontalAdvance, self._labels), default=0) + _BESIDE_NAME
        self.setColumnWidth(0, min(max(self.columnWidth(0), longest), _WIDEST_NAME))

    def keyPressEvent(self, event: Any) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows, or all where none is, as a spreadsheet takes them."""
        if not self.selectionModel().hasSelection():
            self.selectAll()
        QApplication.clipboard().setText(self._selected_text())

    def choose_current(self) -> None:
        """Go to the date of the current row."""
        if self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        self.date_chosen.emit(self._model.date_of(self._sorted.mapToSource(index).row()))

    def _selected_text(self) -> str:
        columns = range(self._sorted.columnCount())
        lines = [[self._model.headerData(column, Qt.Orientation.Horizontal) for column in columns]]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines += [[self._sorted.index(row, column).data() for column in columns] for row in rows]
        return "\n".join("\t".join(line) for line in lines)
