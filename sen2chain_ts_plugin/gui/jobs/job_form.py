"""The form of a job: its zones, what to make of them, and when; what it does not ask for keeps its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtWidgets import QComboBox, QLabel, QWidget

from ...processing.support.i18n import tr
from ...processing.support.names import CLOUDMASKS, DATE_MAX, DATE_MIN, INDICES, INPUT, LIBRARY
from ..dialogs.parameter_form import ParameterForm
from .when_box import WhenBox

NAME, COMPILED, MODE, TIMING, TASK = "NAME", "COMPILED", "MODE", "TIMING", "TASK"
_WIDTH = 520
# The last day is that of the run.
_DAYS = (30, 90, 365)

# Saves a job with the values of `savejob`, schedules it where that is asked for, and returns what failed, in words.
Save = Callable[["dict[str, Any]", bool], str]


class JobForm:
    """Asks for a job, or for a task of one.

    Parameters
    ----------
    parent
        the window that it belongs to.
    library
        the folder of the library; empty for the one of the home folder.
    values
        what to show, and what to keep, as `savejob` takes it; with TASK that task is changed.
    save
        called when the user has chosen.
    more
        called with all values when the user wants to see every setting.
    """

    def __init__(
        self,
        parent: QWidget,
        library: str,
        values: dict[str, Any],
        save: Save,
        more: Callable[[dict[str, Any]], object],
    ) -> None:
        self._kept, self._save, self._more = dict(values), save, more
        title = tr("Task {number} of job {name}").format(number=values.get(TASK), name=values.get(NAME))
        self.form = form = ParameterForm(parent, "savejob", title if TASK in values else tr("Job"), "savejob")
        form.add((NAME, MODE, INPUT, LIBRARY, INDICES, CLOUDMASKS))
        self.dates = self._dates(form)
        form.add((DATE_MIN, DATE_MAX, COMPILED))
        form.layout.addWidget(QLabel(tr("When it runs, once it is scheduled"), form.widget))
        self.when = WhenBox()
        form.layout.addWidget(self.when.widget)
        form.add_button(tr("All settings…"), self._show_more, accepts=False)
        form.add_button(tr("Save"), self.save, accepts=False)
        form.add_button(tr("Save and schedule"), lambda: self.save(schedule=True))
        form.hide_field(LIBRARY)
        form.hide_field(MODE)
        form.show(_WIDTH)
        form.set_values({**values, LIBRARY: library})
        self.when.timing = str(values.get(TIMING) or "30 4 * * *")
        self._choose_dates(str(values.get(DATE_MIN) or ""), str(values.get(DATE_MAX) or ""))
        if TASK in values:
            form.wrappers[NAME].wrappedWidget().setEnabled(False)
        else:
            # Whether to add to a job that is there is asked once the name is that of one.
            form.wrappers[MODE].widgetValueHasChanged.connect(lambda *_: form.show_field(MODE))

    def values(self) -> dict[str, Any]:
        """Return what is chosen, as `savejob` takes it."""
        chosen = {**self._kept, **self.form.values(), TIMING: self.when.timing}
        days = self.dates.currentData()
        if days is not None:
            chosen[DATE_MIN], chosen[DATE_MAX] = (f"today-{days}" if days else ""), ""
        return chosen

    def save(self, *, schedule: bool = False) -> None:
        """Save the job, and schedule it where that is asked for."""
        values = self.values()
        # A job may be of an index, or a disk, that is not there yet; what cannot be at all is refused when it is saved.
        self.form.finish(lambda: self.when.problem or self._save(values, schedule), careful=False)

    def _show_more(self) -> None:
        self._more(self.values())
        self.form.widget.close()

    def _dates(self, form: ParameterForm) -> QComboBox:
        """Add a list of how far back a run looks."""
        box = QComboBox(form.widget)
        box.addItem(tr("All dates"), 0)
        for days in _DAYS:
            box.addItem(tr("The last {days} days before each run").format(days=days), days)
        box.addItem(tr("From a date to a date"), None)
        label = QLabel(tr("Acquisitions"), form.widget)
        label.setBuddy(box)
        form.layout.addWidget(label)
        form.layout.addWidget(box)
        box.currentIndexChanged.connect(lambda _: self._show_dates())
        return box

    def _choose_dates(self, first: str, last: str) -> None:
        known = {"": 0, **{f"today-{days}": days for days in _DAYS}}
        days = known.get(first) if last in ("", "today") else None
        self.dates.setCurrentIndex(self.dates.findData(days) if days is not None else self.dates.count() - 1)
        self._show_dates()

    def _show_dates(self) -> None:
        """Show the two dates where no stretch of days is chosen."""
        for name in (DATE_MIN, DATE_MAX):
            if name in self.form.wrappers:
                (self.form.show_field if self.dates.currentData() is None else self.form.hide_field)(name)
