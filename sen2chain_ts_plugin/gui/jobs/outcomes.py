"""What jobs have done since one looked last: told once when QGIS opens, if something failed or new images came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QPushButton

from ...engine.files import is_folder
from ...engine.jobs import log as joblog
from ...engine.jobs.log import JobRun
from ...engine.jobs.store import job_files, log_folder
from ...engine.library.folders import open_library
from ...processing.support.i18n import tr
from ..common import settings
from ..common.background import Background
from .timing_words import moment_words

_TOLD = "jobs/told"
# For a user who was never told of a run, what is older than this is no news.
_NEWS = timedelta(days=3)
_MOST = 3
_WENT_WRONG = (joblog.FAILED, joblog.INTERRUPTED)


@dataclass(frozen=True)
class Outcome:
    """The last run of a job."""

    name: str
    run: JobRun

    @property
    def went_wrong(self) -> bool:
        """Whether something failed."""
        return self.run.outcome in _WENT_WRONG

    @property
    def is_news(self) -> bool:
        """Whether somebody wants to know of it."""
        return self.went_wrong or bool(self.run.extracted)

    def words(self, now: datetime) -> str:
        """Return it in words."""
        when = moment_words(self.run.started, now)
        if self.went_wrong:
            return tr("job {name} failed ({when})").format(name=self.name, when=when)
        return tr("job {name} found {number} new images ({when})").format(
            name=self.name, number=self.run.extracted, when=when
        )


def outcomes(folder: Path) -> list[Outcome]:
    """Return the last run of each job of a library.

    Raises
    ------
    LibraryNotFound, ConfigDamaged
        there is no library.
    """
    library = open_library(folder)
    runs = [(file.name, joblog.last_run(log_folder(library, file.name), file.name)) for file in job_files(library)]
    return [Outcome(name, run) for name, run in runs if run is not None]


def have_been_seen(runs: Iterable[JobRun]) -> None:
    """Take note that somebody has seen how runs ended."""
    ended = [run.started for run in runs if run.outcome != joblog.RUNNING]
    latest = max(ended, default=datetime.min)
    if latest > _told_until(datetime.now()):
        settings.remember(_TOLD, latest.isoformat())


def _told_until(now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(settings.text(_TOLD))
    except ValueError:
        return now - _NEWS


class OutcomeNotice:
    """Tells in the message bar of QGIS what jobs have done.

    Parameters
    ----------
    iface
        the window of QGIS.
    owner
        that it lives as long as.
    show_jobs, show_curves
        show the jobs, and the curves of an extraction.
    """

    def __init__(
        self,
        iface: QgisInterface,
        owner: QObject,
        show_jobs: Callable[[], object],
        show_curves: Callable[[Path], object],
    ) -> None:
        self._iface, self._show_jobs, self._show_curves = iface, show_jobs, show_curves
        self._background = Background(owner)
        self._item: QgsMessageBarItem | None = None

    def look(self, folder: str) -> None:
        """Look how the jobs of a library have ended."""
        self._background.start("jobs", lambda _: outcomes(Path(folder)), self._tell, lambda _: None)

    def close(self) -> None:
        """Take it back."""
        self._background.close()
        self._take_away()

    def _tell(self, found: Sequence[Outcome], _: Sequence[str]) -> None:
        now = datetime.now()
        since = _told_until(now)
        news = [each for each in found if each.run.started > since and each.is_news]
        have_been_seen(each.run for each in found)
        if not news:
            return
        wrong = [each for each in news if each.went_wrong]
        shown = (wrong + [each for each in news if not each.went_wrong])[:_MOST]
        text = "; ".join(each.words(now) for each in shown) + ("; …" if len(news) > _MOST else "")
        folders = [folder for each in shown for folder in each.run.extractions if is_folder(folder)]
        bar = self._iface.messageBar()
        item = self._item = bar.createMessage(tr("Sen2Chain time series"), f"{text[:1].upper()}{text[1:]}.")
        item.setLevel(Qgis.MessageLevel.Warning if wrong else Qgis.MessageLevel.Success)
        if wrong or not folders:
            self._add_button(item, tr("Show the jobs"), self._show_jobs)
        else:
            self._add_button(item, tr("Show the curves"), lambda: self._show_curves(folders[0]))
        bar.pushItem(item)

    def _add_button(self, item: QgsMessageBarItem, text: str, do: Callable[[], object]) -> None:
        button = QPushButton(text, item)

        def pressed() -> None:
            do()
            self._take_away()

        button.clicked.connect(lambda: pressed())
        item.layout().addWidget(button)

    def _take_away(self) -> None:
        item, self._item = self._item, None
        if item is not None and not sip.isdeleted(item):
            self._iface.messageBar().popWidget(item)
