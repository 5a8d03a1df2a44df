"""The date that the map shows, in a corner of it."""

from __future__ import annotations

from datetime import datetime

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate, QEvent, QLocale, QObject, Qt
from qgis.PyQt.QtWidgets import QLabel

from ...processing.support.i18n import names_of_dates

_EDGE = 8  # pixels


class DateLabel(QLabel):
    """A date on the map canvas; the mouse goes through it."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            "QLabel { background: rgba(255, 255, 255, 215); color: #1a1a1a; border-radius: 4px; padding: 3px 8px; "
            "font-weight: bold; }"
        )
        self.hide()
        canvas.installEventFilter(self)

    def show_day(self, moment: datetime | None) -> None:
        """Show a day; None for none."""
        self.setVisible(moment is not None)
        if moment is not None:
            day = QDate(moment.year, moment.month, moment.day)
            self.setText(names_of_dates().toString(day, QLocale.FormatType.LongFormat))
            self.adjustSize()
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        # At the top QGIS shows its messages.
        self.move(self._canvas.width() - self.width() - _EDGE, self._canvas.height() - self.height() - _EDGE)
        self.raise_()
