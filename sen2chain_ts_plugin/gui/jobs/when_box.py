"""The choice of when a job runs: how often and at what time, or cron's own text; below it the next three runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from qgis.PyQt.QtCore import QTime
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QTimeEdit, QVBoxLayout, QWidget

from ...engine.errors import EngineError
from ...engine.jobs import cron_timing as cron
from ...processing.support.i18n import tr, tr_error
from .timing_words import DAILY, HOURLY, MONTHLY, OTHER, WEEKLY, WORKDAYS, When, next_runs_words, often_words, when_of

# The week begins on Monday.
_CHOICES = (
    (DAILY, 0), (WORKDAYS, 0), *((WEEKLY, day % 7) for day in range(1, 8)), (MONTHLY, 0), (HOURLY, 0), (OTHER, 0),
)  # fmt: skip


class WhenBox:
    """Shows and takes a timing. Made of plain widgets, like everything in a dialog.

    Parameters
    ----------
    changed
        called when another timing is chosen.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self.widget = QWidget()
        self.often = QComboBox(self.widget)
        for often, weekday in _CHOICES:
            self.often.addItem(often_words(often, weekday), (often, weekday))
        self.often.setAccessibleName(tr("How often"))
        self.at = QTimeEdit(self.widget)
        self.at.setAccessibleName(tr("Time"))
        self.text = QLineEdit(self.widget)
        self.text.setAccessibleName(tr("Timing, as cron writes it"))
        self.text.setToolTip(
            tr("Minute, hour, day, month and weekday as in cron, or @daily: 30 4 * * mon-fri is 4:30 on working days.")
        )
        self._label = QLabel(tr("at"), self.widget)
        self.next = QLabel(self.widget)
        self.next.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for each, stretch in ((self.often, 2), (self._label, 0), (self.at, 1), (self.text, 2)):
            row.addWidget(each, stretch)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.next)
        self.often.currentIndexChanged.connect(lambda _: self._choose())
        self.at.timeChanged.connect(lambda _: self._show_next())
        self.text.textChanged.connect(lambda _: self._show_next())
        self._choose()

    @property
    def timing(self) -> str:
        """The timing, as cron writes it."""
        often, weekday = self.often.currentData()
        if often == OTHER:
            return str(self.text.text()).strip()
        at = self.at.time()
        return When(often, time(at.hour(), at.minute()), weekday).timing

    @timing.setter
    def timing(self, timing: str) -> None:
        when = when_of(timing)
        self.text.setText(timing)
        self.at.setTime(QTime(when.at.hour, when.at.minute))
        places = [place for place, choice in enumerate(_CHOICES) if choice == (when.often, when.weekday)]
        self.often.setCurrentIndex(places[0] if places else len(_CHOICES) - 1)
        self._choose()

    @property
    def problem(self) -> str:
        """What is wrong with the timing; empty for nothing."""
        try:
            cron.parse(self.timing)
        except EngineError as error:
            return tr_error(error)
        return ""

    def _choose(self) -> None:
        often, _ = self.often.currentData()
        for each in (self._label, self.at):
            each.setVisible(often != OTHER)
        self.text.setVisible(often == OTHER)
        self.at.setDisplayFormat(":mm" if often == HOURLY else "HH:mm")
        self._show_next()

    def _show_next(self) -> None:
        self.next.setText(self.problem or next_runs_words(self.timing, datetime.now()))
        self._changed()
