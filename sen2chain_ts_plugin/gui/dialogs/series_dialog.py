"""A small dialog that asks for what the time series of a layer take: library, index, cloud mask, dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QWidget

from ...processing.support.i18n import tr
from ...processing.support.names import CLOUDMASKS, DATE_MAX, DATE_MIN, INDICES, INPUT, LIBRARY
from ..common import settings
from .parameter_form import ParameterForm

_FIELDS = (INPUT, LIBRARY, INDICES, CLOUDMASKS, DATE_MIN, DATE_MAX)
# What was chosen last; library and cloud mask are among the options of Processing.
_LAST = {INDICES: "series/indices", DATE_MIN: "series/date_min", DATE_MAX: "series/date_max"}
_WIDTH = 460


class SeriesDialog:
    """Asks, and calls back with the values of Extract.

    Parameters
    ----------
    parent
        the window that it belongs to.
    layer
        the zones to propose; None for whatever QGIS proposes.
    start
        called with the values; returns what is wrong with them, and the dialog stays, or nothing.
    """

    def __init__(self, parent: QWidget, layer: QgsVectorLayer | None, start: Callable[[dict[str, Any]], str]) -> None:
        self._start = start
        self.form = ParameterForm(parent, "extract", tr("Time series of a layer"), "timeseries")
        self.form.add(_FIELDS)
        self.form.add_button(tr("Extract and show"), self.accept)
        self.form.show(_WIDTH)
        self._propose(layer)

    def _propose(self, layer: QgsVectorLayer | None) -> None:
        """Fill in the layer, and what was chosen the last time."""
        last = {name: settings.text(key) for name, key in _LAST.items()}
        if last[INDICES]:
            self.form.wrappers[INDICES].choice.propose(last[INDICES].split(","))
        for name in (DATE_MIN, DATE_MAX):
            day = QDate.fromString(last[name], Qt.DateFormat.ISODate)
            self.form.set_values({name: day if day.isValid() else None})
        if layer is not None:
            self.form.set_values({INPUT: layer.id()})

    def accept(self) -> None:
        """Start, if what is chosen can be."""
        values = self.form.values()
        if self.form.finish(lambda: self._start(values)):
            for name, key in _LAST.items():
                settings.remember(key, _as_text(values[name]))


def _as_text(value: Any) -> str:
    date = value.date() if hasattr(value, "date") else value
    return date.toString(Qt.DateFormat.ISODate) if isinstance(date, QDate) else str(date or "")
