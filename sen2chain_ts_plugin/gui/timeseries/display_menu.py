"""The menu that says what the chart shows; what is chosen is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ...processing.support.i18n import names_of_dates, tr
from ..common import settings
from .content import LINES, PERIODS, SEN2CHAIN, SMOOTHED, STRAIGHT, Display
from .smoothing_dialog import SmoothingDialog

# What changes only the drawing, not what is read.
_DRAWN_ONLY = ("seasons", "band", "extremes", "points", "clouds", "legend")


class DisplayMenu(QMenu):
    """What the chart shows of each zone, as ticks and choices."""

    # Whether the zones have to be read again for it.
    changed = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.smoothing = SmoothingDialog(parent)
        self.smoothing.changed.connect(lambda: self.changed.emit(True))
        self._ticks: dict[str, QAction] = {}
        self.setToolTipsVisible(True)
        self.line = self._choice("line", {
            STRAIGHT: tr("Observations and straight lines"),
            SMOOTHED: tr("Smoothed curve on the true dates"),
            SEN2CHAIN: tr("As Sen2Chain smooths it, on every fifth day"),
        }, LINES)  # fmt: skip
        self.addSeparator()
        self._tick("years", tr("Other years (median, 10 to 90 %)"))
        months = self.addMenu(tr("A year begins in"))
        names = {str(month): names_of_dates().standaloneMonthName(month) for month in range(1, 13)}
        self.start_month = self._choice("start_month", names, tuple(names), months)
        periods = self.addMenu(tr("Mean of each period"))
        self.period = self._choice("period", {
            "": tr("None"), "dekad": tr("Dekads"), "month": tr("Months"), "season": tr("Seasons")
        }, PERIODS, periods)  # fmt: skip
        self.addSeparator()
        self._tick("seasons", tr("Seasons, with the smoothed curve"))
        self._tick("band", tr("Band of the quartiles"))
        self._tick("extremes", tr("Minimum and maximum"))
        self._tick("points", tr("Observations"))
        self._tick("clouds", tr("Colour observations by clouds"))
        self._tick("legend", tr("Legend"))
        self.addSeparator()
        self.addAction(tr("Smoothing of Sen2Chain…"), self.smoothing.open_beside)

    def display(self) -> Display:
        """Return what is to be shown."""
        ticks = {name: action.isChecked() for name, action in self._ticks.items()}
        return Display(
            line=_chosen(self.line),
            period=_chosen(self.period),
            start_month=int(_chosen(self.start_month)),
            **ticks,
        )

    def switches(self) -> dict[str, bool | str]:
        """Return what is ticked and chosen, by name."""
        ticks: dict[str, bool | str] = {name: action.isChecked() for name, action in self._ticks.items()}
        return {**ticks, **{name: _chosen(group) for name, group in self._choices().items()}}

    def restore(self, switches: Mapping[str, bool | str]) -> None:
        """Tick and choose what `switches` returned; names and values that are not known are passed over."""
        for name, action in self._ticks.items():
            if isinstance(switches.get(name), bool):
                action.setChecked(bool(switches[name]))
        for name, group in self._choices().items():
            chosen = next((action for action in group if action.data() == switches.get(name)), None)
            if chosen is not None and not chosen.isChecked():
                self._choose(name, group, chosen)

    def _choices(self) -> dict[str, list[QAction]]:
        return {"line": self.line, "period": self.period, "start_month": self.start_month}

    def choose_line(self, line: str) -> None:
        """Choose how observations are joined."""
        next(action for action in self.line if action.data() == line).trigger()

    def _tick(self, name: str, text: str) -> None:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(settings.flag(f"dock/{name}", asdict(Display())[name]))
        action.toggled.connect(lambda on: self._changed(name, on))
        self._ticks[name] = action
        self.addAction(action)

    def _choice(
        self, name: str, texts: dict[str, str], values: tuple[str, ...], menu: QMenu | None = None
    ) -> list[QAction]:
        group: list[QAction] = []
        default = str(asdict(Display())[name])
        chosen = settings.text(f"dock/{name}", default)
        for value in values:
            action = QAction(texts[value], self)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value == (chosen if chosen in values else default))
            action.triggered.connect(lambda _, chosen=action: self._choose(name, group, chosen))
            (menu or self).addAction(action)
            group.append(action)
        return group

    def _choose(self, name: str, group: list[QAction], chosen: QAction) -> None:
        """Tick one of several, and no other."""
        for action in group:
            action.setChecked(action is chosen)
        self._changed(name, chosen.data())

    def _changed(self, name: str, value: bool | str) -> None:
        settings.remember(f"dock/{name}", value)
        self.changed.emit(name not in _DRAWN_ONLY)


def _chosen(group: list[QAction]) -> str:
    return str(next(action.data() for action in group if action.isChecked()))
