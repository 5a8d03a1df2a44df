"""How the chart smooths: the same numbers as Compile takes, to be tried out on what is shown."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ...engine.series.smoothing import SmoothingSettings
from ...processing.support.i18n import tr
from ..common import settings


class SmoothingDialog(QDialog):
    """The settings of the smoothing, remembered; stays open next to the chart, which follows each change."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Smoothing"))
        self._cover = QDoubleSpinBox(self)
        self._cover.setRange(0, 1000)
        self._cover.setDecimals(0)
        self._cover.setSuffix(" %")
        self._cover.setToolTip(tr("Rows with more pixels without data than this are not used."))
        self._window = QSpinBox(self)
        self._window.setRange(1, 199)
        self._window.setSingleStep(2)
        self._window.setToolTip(tr("Dates of 5 days, an odd number: the longer, the smoother."))
        self._order = QSpinBox(self)
        self._order.setRange(0, 9)
        self._order.setToolTip(tr("Order of the polynomials, less than the window."))
        self._season = QCheckBox(tr("Fill long gaps with other years"), self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        defaults = QPushButton(tr("Defaults"), self)
        buttons.addButton(defaults, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        # Enter takes the number that was typed, and nothing else.
        for button in (defaults, buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)
        form = QFormLayout(self)
        form.addRow(tr("Maximum share of pixels without data"), self._cover)
        form.addRow(tr("Window"), self._window)
        form.addRow(tr("Order"), self._order)
        form.addRow(self._season)
        form.addRow(buttons)
        standard = SmoothingSettings()
        self._show(
            SmoothingSettings(
                cover_max=settings.number("smoothing/cover_max", standard.cover_max),
                window_length=int(settings.number("smoothing/window_length", standard.window_length)),
                polyorder=int(settings.number("smoothing/polyorder", standard.polyorder)),
                season_mean=settings.flag("smoothing/season_mean", standard.season_mean),
            )
        )
        for box in (self._cover, self._window, self._order):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._remember)
        self._season.toggled.connect(self._remember)
        defaults.clicked.connect(lambda: self._show(standard))

    def open_beside(self) -> None:
        """Open, or come to the front."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._cover.setFocus()

    def value(self) -> SmoothingSettings:
        """Return how to smooth; the window odd and longer than the order."""
        window = self._window.value() | 1
        return SmoothingSettings(
            cover_max=self._cover.value(),
            window_length=window,
            polyorder=min(self._order.value(), window - 1),
            season_mean=self._season.isChecked(),
        )

    def _show(self, value: SmoothingSettings) -> None:
        self._cover.setValue(value.cover_max)
        self._window.setValue(value.window_length)
        self._order.setValue(value.polyorder)
        self._season.setChecked(value.season_mean)

    def _remember(self) -> None:
        value = self.value()
        settings.remember("smoothing/cover_max", value.cover_max)
        settings.remember("smoothing/window_length", value.window_length)
        settings.remember("smoothing/polyorder", value.polyorder)
        settings.remember("smoothing/season_mean", value.season_mean)
        self.changed.emit()
