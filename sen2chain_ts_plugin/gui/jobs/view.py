"""The widgets of the dock "Jobs" and how they are laid out; what they do is in `panel`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget, QgsMessageBar
from qgis.PyQt.QtCore import QModelIndex, QPoint, QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolBar,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...engine.jobs import log as joblog
from ...engine.jobs.crontab import DISABLED, ENABLED
from ...engine.jobs.file import JobLine
from ...engine.jobs.log import JobRun
from ...engine.jobs.store import JobState
from ...engine.jobs.task import NONE
from ...processing.support.i18n import tr, tr_error
from ..common.icons import icon
from ..common.keyboard import Keys, buttons_of, in_order, key_text
from .timing_words import moment_words, timing_words

_SPACE = 14
_STATE = Qt.ItemDataRole.UserRole
_TASK = Qt.ItemDataRole.UserRole + 1


class JobsView(QWidget):
    """A tool bar, the library, and the list of its jobs with their tasks."""

    def __init__(self, icon_size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_actions()
        self._wanted = ""
        self.library = QgsFileWidget(self)
        self.library.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.library.lineEdit().setPlaceholderText(tr("the library of SEN2CHAIN_HOMEPATH, or of the home folder"))
        self.messages = QgsMessageBar(self)
        self.messages.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._make_tree()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        bar = self._tool_bar(icon_size)
        layout.addWidget(bar)
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 2)
        row.setSpacing(6)
        label = QLabel(tr("Sen2Chain library"), self)
        label.setBuddy(self.library.lineEdit())
        self.library.lineEdit().setAccessibleName(label.text())
        row.addWidget(label)
        row.addWidget(self.library, 1)
        layout.addLayout(row)
        layout.addWidget(self.messages)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._hint_page())
        self._pages.addWidget(self.tree)
        layout.addWidget(self._pages, 1)
        browse = self.library.findChildren(QToolButton)
        for button in browse:
            button.setAccessibleName(tr("Choose a folder…"))
        in_order([*buttons_of(bar), self.library.lineEdit(), *browse, self._hint_button, self.tree])
        self.setFocusProxy(self.library.lineEdit())

    def selected(self) -> JobState | None:
        """Return the job that is selected, or whose task is."""
        items = self.tree.selectedItems()
        if not items:
            return None
        state: JobState = (items[0].parent() or items[0]).data(0, _STATE)
        return state

    def selected_task(self, *, only_if_chosen: bool = False) -> int | None:
        """Return the number of the task that is selected; of a job with a single task, that one."""
        items = self.tree.selectedItems()
        if not items:
            return None
        number: int | None = items[0].data(0, _TASK)
        state = self.selected()
        if number is None and not only_if_chosen and state and state.job and len(state.job.rows) == 1:
            return 1
        return number

    def show_jobs(self, jobs: Sequence[JobState], running: Collection[str]) -> None:
        """Show jobs; what was selected and opened stays so."""
        state, task = self.selected(), self.selected_task(only_if_chosen=True)
        wanted = (self._wanted, None) if self._wanted else (state.file.name if state else "", task)
        self._wanted = ""
        closed = {item.text(0) for item in self._jobs() if not item.isExpanded()}
        scrolled = self.tree.verticalScrollBar().value()
        self.tree.blockSignals(True)
        self.tree.clear()
        for job in jobs:
            item = self._job_item(job, job.file.name in running)
            self.tree.addTopLevelItem(item)
            item.setExpanded(item.text(0) not in closed)
            tasks = [item.child(row) for row in range(item.childCount())]
            for task_item in tasks:
                task_item.setFirstColumnSpanned(True)
            for each in (item, *tasks):
                if (job.file.name, each.data(0, _TASK)) == wanted:
                    self.tree.setCurrentItem(each)
        self.tree.blockSignals(False)
        self.tree.verticalScrollBar().setValue(scrolled)
        self._hint.setText(
            tr("This library has no job yet.\nA job extracts, compiles and copies by itself, every night if you like.")
        )
        self._hint_button.show()
        self._pages.setCurrentIndex(1 if jobs else 0)

    def want(self, name: str) -> None:
        """Select a job the next time that they are shown."""
        self._wanted = name

    def show_problem(self, text: str) -> None:
        """Show why there is nothing to show."""
        self.tree.clear()
        self._hint.setText(text)
        self._hint_button.hide()
        self._pages.setCurrentIndex(0)

    def _jobs(self) -> list[QTreeWidgetItem]:
        return [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]

    def _job_item(self, state: JobState, running: bool) -> QTreeWidgetItem:
        schedule, last = state.schedule, state.last_run
        words = {
            ENABLED: tr("Enabled"),
            DISABLED: tr("Disabled"),
        }
        said = tr("Cannot be read") if state.problem else words.get(schedule.state, tr("Not scheduled"))
        outcome = joblog.RUNNING if running else (last.outcome if last else "")
        timing = schedule.timing or (state.job.timing if state.job else "")
        item = QTreeWidgetItem(
            [
                state.file.name,
                said,
                timing_words(timing),
                _moment(state.next_run),
                _moment(last.started if last else None),
                "",
            ]
        )
        item.setData(0, _STATE, state)
        item.setIcon(0, icon("jobs"))
        item.setToolTip(0, str(state.file.path))
        item.setToolTip(2, _cron_words(timing))
        item.setText(5, _outcome_text(outcome, last))
        item.setIcon(5, _outcome_icon(outcome))
        if last:
            item.setToolTip(5, str(last.log))
        if state.problem:
            item.setIcon(1, QgsApplication.getThemeIcon("/mIconWarning.svg"))
            item.setToolTip(1, tr_error(state.problem))
        elif state.job and schedule.state == ENABLED and schedule.timing != state.job.timing:
            item.setIcon(2, QgsApplication.getThemeIcon("/mIconWarning.svg"))
            item.setToolTip(
                2,
                tr("The job now says {timing}: enable it again to follow it.").format(
                    timing=timing_words(state.job.timing)
                ),
            )
        for number, row in enumerate(state.job.rows if state.job else (), 1):
            child = QTreeWidgetItem([_task_words(number, row)])
            child.setData(0, _TASK, number)
            child.setToolTip(0, child.text(0))
            item.addChild(child)
        return item

    def _make_actions(self) -> None:
        theme = QgsApplication.getThemeIcon
        self.new = self._action(theme("/symbologyAdd.svg"), tr("New job…"), Qt.Key.Key_Insert)
        self.add = self._action(theme("/mActionNewTableRow.svg"), tr("Add a task to the job…"))
        self.edit = self._action(theme("/symbologyEdit.svg"), tr("Edit the task…"), Qt.Key.Key_Return)
        self.remove = self._action(theme("/symbologyRemove.svg"), tr("Remove…"), Qt.Key.Key_Delete)
        self.run = self._action(theme("/mActionStart.svg"), tr("Run now"))
        self.stop = self._action(theme("/mActionStop.svg"), tr("Stop"))
        self.try_out = self._action(theme("/algorithms/mAlgorithmCheckGeometry.svg"), tr("See what a run would do…"))
        self.enable = self._action(theme("/propertyicons/temporal.svg"), tr("Run by itself, at its timing"))
        self.enable.setCheckable(True)
        self.result = self._action(icon("timeseries"), tr("Show the curves of the last run"))
        self.log = self._action(theme("/mMessageLogRead.svg"), tr("Open the log of the last run"))
        self.refresh = self._action(theme("/mActionRefresh.svg"), tr("Refresh"))

    def _action(self, picture: QIcon, text: str, key: Qt.Key | None = None) -> QAction:
        action = QAction(picture, text, self)
        tip = text.rstrip("…")
        action.setToolTip(f"{tip} ({key_text(key)})" if key is not None else tip)
        return action

    def _tool_bar(self, icon_size: QSize) -> QToolBar:
        bar = QToolBar(self)
        bar.setIconSize(icon_size)
        bar.setMovable(False)
        groups = (
            (self.new, self.add, self.edit, self.remove),
            (self.run, self.stop, self.try_out),
            (self.enable,),
            (self.result, self.log, self.refresh),
        )
        for group in groups:
            if bar.actions():
                bar.addSeparator()
            bar.addActions(group)
        for action in (self.run, self.enable):
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.enable.setIconText(tr("Enabled"))
        return bar

    def _make_tree(self) -> None:
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([tr("Job"), tr("State"), tr("Timing"), tr("Next run"), tr("Last run"), tr("Outcome")])
        self.tree.setAccessibleName(tr("Jobs"))
        self.tree.setUniformRowHeights(True)
        self.tree.setItemDelegate(_Spaced(self.tree))
        self.tree.setAlternatingRowColors(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        keys = Qt.Key
        Keys(
            self.tree,
            {
                keys.Key_Insert: self.new,
                keys.Key_Return: self.edit,
                keys.Key_Enter: self.edit,
                keys.Key_Delete: self.remove,
            },
        )

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([self.run, self.stop, self.try_out, self.enable])
        menu.addSeparator()
        menu.addActions([self.add, self.edit, self.remove])
        menu.addSeparator()
        menu.addActions([self.result, self.log])
        menu.exec(self.tree.viewport().mapToGlobal(place))

    def _hint_page(self) -> QWidget:
        page = QWidget(self)
        self._hint = QLabel(page)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint_button = QPushButton(self.new.icon(), self.new.text(), page)
        self._hint_button.clicked.connect(self.new.trigger)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        layout.addSpacing(6)
        layout.addWidget(self._hint_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page


class _Spaced(QStyledItemDelegate):
    """Keeps the texts of neighbouring columns apart, which are as wide as what they hold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(_SPACE, 0)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment_words(moment, datetime.now())


def _cron_words(timing: str) -> str:
    return tr("minute, hour, day, month, weekday: {timing}").format(timing=timing) if timing else ""


def _outcome_text(outcome: str, last: JobRun | None) -> str:
    words = _outcome_words().get(outcome, "")
    if outcome == joblog.SUCCEEDED and last is not None and last.extracted:
        return tr("{outcome}, {number} new").format(outcome=words, number=last.extracted)
    return words


def _outcome_words() -> dict[str, str]:
    return {
        joblog.SUCCEEDED: tr("Succeeded"),
        joblog.FAILED: tr("Failed"),
        joblog.CANCELLED: tr("Stopped"),
        joblog.RUNNING: tr("Running"),
        joblog.INTERRUPTED: tr("Interrupted"),
        joblog.UNKNOWN: tr("Unknown"),
    }


def _outcome_icon(outcome: str) -> QIcon:
    pictures = {
        joblog.SUCCEEDED: "/mIconSuccess.svg",
        joblog.FAILED: "/mIconCritical.svg",
        joblog.CANCELLED: "/mIconWarning.svg",
        joblog.INTERRUPTED: "/mIconWarning.svg",
        joblog.RUNNING: "/mActionStart.svg",
    }
    return QgsApplication.getThemeIcon(pictures[outcome]) if outcome in pictures else QIcon()


def _task_words(number: int, row: JobLine) -> str:
    task = row.task
    if task is None:
        return tr("{number}: commented, not run").format(number=number)
    layer = task.shapefile.split("|")[0].replace("\\", "/").rpartition("/")[2]
    dates = f"{task.date_min or '…'} → {task.date_max or '…'}"
    parts = [layer, task.indices, task.cloudmasks, dates]
    if task.compiled_data != NONE:
        parts.append(tr("compiled: {periods}").format(periods=task.compiled_data))
    if task.copy_server != NONE:
        parts.append(tr("copied to {server}").format(server=task.copy_server))
    return f"{number}:  " + "  ·  ".join(parts)
