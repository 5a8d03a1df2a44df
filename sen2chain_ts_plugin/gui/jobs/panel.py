"""The dock "Jobs": the recurring extractions of a library, their state, and everything to do with them."""

from __future__ import annotations

import os
from dataclasses import fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingException, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QMessageBox, QVBoxLayout, QWidget

from ...engine.errors import EngineError, JobLayerInvalid, JobLineInvalid
from ...engine.files import is_folder, remove_file
from ...engine.jobs.crontab import ABSENT, ENABLED
from ...engine.jobs.file import Job, written_task
from ...engine.jobs.schedule import open_scheduler
from ...engine.jobs.store import JobState, list_jobs, log_folder
from ...engine.jobs.task import NONE, Task
from ...engine.jobs.task_analyses import analyses_path, asked_of_task, settings_line
from ...engine.jobs.task_pixels import load_pixels, pixels_path
from ...engine.library.folders import Library, open_library
from ...engine.zones.pixel_options import CENTRE_OPTIONS
from ...processing.support import options
from ...processing.support.i18n import tr, tr_error
from ...processing.support.loading import is_result
from ..common import settings
from ..common.background import Background, Problem, Reading
from ..common.open_file import open_file
from ..dialogs.dialogs import PROVIDER, open_dialog
from .job_runner import JobRunner
from .outcomes import have_been_seen
from .view import JobsView

if TYPE_CHECKING:
    from .job_form import JobForm

_REFRESH_MS = 15_000


class JobsPanel(QWidget):
    """Lists the jobs of a library."""

    # The curves of an extraction that a job has written are asked for.
    result_asked = pyqtSignal(object)

    def __init__(self, iface: QgisInterface, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._iface = iface
        self._library: Library | None = None
        self._background = Background(self)
        self._runner = JobRunner(self)
        self.form: JobForm | None = None
        self._runner.ended.connect(self._run_ended)
        self.view = JobsView(iface.iconSize(True), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh_in_time)
        self._connect()
        dock.visibilityChanged.connect(self._visible)
        self.view.library.setFilePath(settings.text(settings.JOBS) or options.default_library())
        self._enable()

    def close_for_good(self) -> None:
        """Let go of everything outside of the panel; runs that are going on are told to stop."""
        self._timer.stop()
        self._background.close()
        self._runner.close()

    @property
    def busy(self) -> bool:
        """Something is being read."""
        return self._background.busy

    def refresh(self) -> None:
        """Read the jobs again."""
        text = self._folder()

        def look(_: Reading) -> tuple[Library, list[JobState]]:
            library = open_library(Path(text) if text else None)
            return library, list_jobs(library, open_scheduler(), datetime.now())

        self._background.start("jobs", look, self._show, self._cannot_show)

    def _refresh_in_time(self) -> None:
        # A disk may take longer than the time between two looks: a new one would drop what the first is about to find.
        if not self.busy:
            self.refresh()

    def _show(self, found: tuple[Library, list[JobState]], messages: list[str]) -> None:
        self._library, jobs = found
        self.view.show_jobs(jobs, self._runner.names)
        have_been_seen(state.last_run for state in jobs if state.last_run is not None)
        self._enable()

    def _cannot_show(self, error: Problem) -> None:
        self._library = None
        self.view.show_problem(tr_error(error) if isinstance(error, EngineError) else str(error))
        self._enable()

    def _connect(self) -> None:
        view = self.view
        view.library.fileChanged.connect(self._library_changed)
        view.new.triggered.connect(self._new)
        view.add.triggered.connect(self._add)
        view.edit.triggered.connect(self._edit)
        view.remove.triggered.connect(self._remove)
        view.run.triggered.connect(self._run)
        view.stop.triggered.connect(lambda: self._runner.cancel(self._name()))
        view.try_out.triggered.connect(lambda: self._open("runjob", {"JOB": self._name(), "DRY_RUN": True}))
        view.enable.triggered.connect(self._schedule)
        view.log.triggered.connect(self._open_log)
        view.result.triggered.connect(self._open_result)
        view.refresh.triggered.connect(self.refresh)
        view.tree.itemSelectionChanged.connect(self._enable)
        view.tree.itemDoubleClicked.connect(lambda *_: self._edit())

    def _visible(self, visible: bool) -> None:
        if visible:
            self.refresh()
            self._timer.start()
        else:
            self._timer.stop()

    def _library_changed(self, text: str) -> None:
        settings.remember(settings.JOBS, text)
        if self.isVisible():
            self.refresh()

    def _folder(self) -> str:
        return os.path.expanduser(self.view.library.filePath().strip())

    def _name(self) -> str:
        state = self.view.selected()
        return state.file.name if state else ""

    # What the buttons do

    def _new(self) -> None:
        layer = self._iface.activeLayer()
        zones = isinstance(layer, QgsVectorLayer) and layer.isSpatial() and not is_result(layer)
        self._open_form({"INPUT": layer.id()} if zones else {})

    def _add(self) -> None:
        state = self.view.selected()
        if state and state.job:
            self._open_form({**_job_values(state), "MODE": "append"})

    def _edit(self) -> None:
        state, number = self.view.selected(), self.view.selected_task()
        if state is None:
            return
        if state.job is None or number is None:
            self._say(open_file(state.file.path, self), Qgis.MessageLevel.Info)
            return
        try:
            values = {**_row_values(state.job, number, state.file.path), **_values_beside(state, number)}
        except EngineError as error:
            # A dialog without values shows defaults, and would write these over what is there.
            self._say(tr_error(error))
            open_file(state.file.path, self)
            return
        self._open_form({**_job_values(state), **values, "MODE": "append", "TASK": number})

    def _remove(self) -> None:
        state, number = self.view.selected(), self.view.selected_task(only_if_chosen=True)
        if state is None:
            return
        if number is not None and state.job and len(state.job.rows) > 1:
            question = tr("Take task {number} out of job {name}?").format(number=number, name=state.file.name)
            if self._sure(question):
                values = {"NAME": state.file.name, "TASK": number, "REMOVE": True}
                self._call("savejob", values)
        elif self._sure(
            tr("Remove job {name}? It no longer runs, and its file is deleted. Its logs and its results stay.").format(
                name=state.file.name
            )
        ):
            self._delete(state)
        self.refresh()

    def _delete(self, state: JobState) -> None:
        if state.schedule.state != ABSENT and not self._call(
            "schedulejob", {"JOB": state.file.name, "ACTION": "remove"}
        ):
            return
        try:
            for path in (analyses_path(state.file), pixels_path(state.file), state.file.path):
                remove_file(path, path.parent)
        except EngineError as error:
            self._say(tr_error(error))

    def _run(self) -> None:
        name = self._name()
        if name:
            self._runner.run(name, self._folder())
            self.refresh()

    def _run_ended(self, name: str, problem: str) -> None:
        if problem:
            self._say(tr("Job {name}: {problem}").format(name=name, problem=problem))
        else:
            self._say(tr("Job {name} finished successfully.").format(name=name), Qgis.MessageLevel.Success)
        self.refresh()

    def _schedule(self) -> None:
        state = self.view.selected()
        if state:
            action = "disable" if state.schedule.state == ENABLED else "enable"
            self._call("schedulejob", {"JOB": state.file.name, "ACTION": action})
            self.refresh()

    def _open_log(self) -> None:
        state = self.view.selected()
        if state and state.last_run:
            self._say(open_file(state.last_run.log, self), Qgis.MessageLevel.Info)
        elif state and self._library:
            self._say(open_file(log_folder(self._library, state.file.name), self), Qgis.MessageLevel.Info)

    def _open_form(self, values: dict[str, Any]) -> None:
        from .job_form import JobForm

        more = partial(self._open, "savejob")
        self.form = JobForm(self._iface.mainWindow(), self._folder(), values, self._save, more)

    def _save(self, values: dict[str, Any], schedule: bool) -> str:
        """Save a job as the form has it, and schedule it; return what failed, in words."""
        self.view.want(str(values["NAME"]))
        problem = self._try("savejob", values)
        if not problem and schedule:
            problem = self._try("schedulejob", {"JOB": values["NAME"], "ACTION": "enable"})
        self.refresh()
        return problem

    def _open_result(self) -> None:
        """Show the curves of the last run."""
        state = self.view.selected()
        folder = _result_of(state) if state else None
        if folder is not None:
            self.result_asked.emit(folder)

    def _open(self, algorithm: str, values: dict[str, Any]) -> None:
        dialog = open_dialog(algorithm, {**values, "LIBRARY": self._folder()})
        dialog.algorithmFinished.connect(self.refresh)
        dialog.rejected.connect(self.refresh)

    def _call(self, algorithm: str, values: dict[str, Any]) -> bool:
        problem = self._try(algorithm, values)
        if problem:
            self._say(problem)
        return not problem

    def _try(self, algorithm: str, values: dict[str, Any]) -> str:
        """Run an algorithm that takes moments, and return what failed, in words."""
        from processing import run

        try:
            run(f"{PROVIDER}:{algorithm}", {**values, "LIBRARY": self._folder()})
        except QgsProcessingException as error:
            return str(error)
        return ""

    def _sure(self, question: str) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(self, tr("Jobs"), question, buttons.Yes | buttons.No, buttons.No)
        return answer == buttons.Yes

    def _enable(self) -> None:
        view, state = self.view, self.view.selected()
        running = state is not None and state.file.name in self._runner.names
        readable = state is not None and state.job is not None
        view.new.setEnabled(self._library is not None)
        view.add.setEnabled(readable)
        view.edit.setEnabled(state is not None)
        view.remove.setEnabled(state is not None and not running)
        view.run.setEnabled(readable and not running)
        view.stop.setEnabled(running)
        view.try_out.setEnabled(readable)
        view.enable.setEnabled(readable)
        view.enable.setChecked(state is not None and state.schedule.state == ENABLED)
        view.log.setEnabled(state is not None and state.last_run is not None)
        view.result.setEnabled(state is not None and _result_of(state) is not None)

    def _say(self, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Warning) -> None:
        self.view.messages.clearWidgets()
        self.view.messages.pushMessage("", text, level, 0 if level == Qgis.MessageLevel.Warning else 8)


def _result_of(state: JobState) -> Path | None:
    """Return the extraction that the last run of a job has written; None where it is not known, or gone."""
    folders = state.last_run.extractions if state.last_run else ()
    return next((folder for folder in folders if is_folder(folder)), None)


def _job_values(state: JobState) -> dict[str, Any]:
    job = state.job
    return {"NAME": state.file.name, "TIMING": job.timing, "THREADS": job.threads, "LOGS": job.logs} if job else {}


def _row_values(job: Job, number: int, path: Path) -> dict[str, Any]:
    """Return what the dialog is to show of a line of the table.

    A commented line stays commented, and keeps its layer, as long as no layer is chosen: so none is.

    Raises
    ------
    JobLineInvalid
        the line is commented, and the text behind the mark is no task.
    """
    task = written_task(job, number)
    if task is None:
        place = job.rows[number - 1].place
        raise JobLineInvalid(path=path, line=place + 1, problem=JobLayerInvalid(value=job.lines[place]))
    values = _task_values(task)
    return values if job.rows[number - 1].task is not None else {**values, "INPUT": None}


def _task_values(task: Task) -> dict[str, Any]:
    def words(text: str) -> list[str]:
        return [] if text == NONE else [word for word in text.split("/") if word]

    def line(text: str) -> str:
        return "" if text == NONE else text

    return {
        "INPUT": line(task.shapefile) or None,
        "DATE_MIN": task.date_min,
        "DATE_MAX": task.date_max,
        "MAX_CLOUDS": task.cover_max,
        "CLOUDMASKS": line(task.cloudmasks),
        "INDEX_SOURCE": task.index_source,
        "INDICES": words(task.indices),
        "COMPILED": words(task.compiled_data) or ["none"],
        "SMOOTHING": task.smooth,
        "FORCE": task.force,
        "COPY_SERVER": line(task.copy_server),
    }


def _values_beside(state: JobState, number: int) -> dict[str, Any]:
    """Return what the dialog is to show of the files next to the job, for a task: its pixels and analyses.

    Raises
    ------
    JobPixelsInvalid, JobAnalysisInvalid
        the files next to the job cannot be used.
    """
    asked = asked_of_task(state.file, number)
    pixels = load_pixels(state.file, state.job).get(number, CENTRE_OPTIONS) if state.job else CENTRE_OPTIONS
    return {
        **{field.name.upper(): getattr(pixels, field.name) for field in fields(pixels)},
        "ANALYSES": list(asked) or ["none"],
        "ANALYSIS_SETTINGS": settings_line(asked),
    }
