"""The widgets of the dock "Time series" and how they are laid out; what they do is in `panel`."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QAction,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...processing.support.compat import action_group
from ...processing.support.i18n import tr
from ..common import settings
from ..common.extraction_box import ExtractionBox
from ..common.keyboard import buttons_of, in_order
from ..common.shortened_list import ShortenedList
from .actions import DockActions
from .chart import Chart, why_no_chart
from .day_library import DayLibrary
from .display_menu import DisplayMenu
from .thumbnails import Thumbnails
from .value_table import ValueTable
from .walk import SPEEDS

# From this width on, in pixels, all choices are in one row.
_WIDE = 860
# What the pictures leave for the chart, in pixels.
_LEAST_CHART = 130
# For how long the dock is looked at before the chart is made, in ms.
_FIRST_LOOK = 100


class TimeSeriesView(DockActions):
    """A tool bar, the choice of what to show, the chart with its table, and a line that says what is shown."""

    def __init__(self, icon_size: QSize, library: DayLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.extraction = ExtractionBox(self)
        self.index = self._list(tr("Index"))
        self.cloudmask = self._list(tr("Cloud mask"))
        self.label_field = self._list(tr("Legend"))
        self.messages = QgsMessageBar(self)
        self.messages.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.status = QLabel(self)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.shown = DisplayMenu(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        bar = self._tool_bar(icon_size)
        layout.addWidget(bar)
        layout.addLayout(self._choices())
        layout.addWidget(self.messages)
        layout.addWidget(self._content(), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 3)
        foot.addWidget(self.status)
        layout.addLayout(foot)
        choices = [*self.extraction.stops, self.index, self.cloudmask, self.label_field]
        in_order([*buttons_of(bar), *choices, *self._hint_buttons, self.thumbnails, self.table])
        self.setFocusProxy(self.extraction)

    def ask(self, text: str, buttons: dict[str, QAction]) -> None:
        """Show a sentence on what to do next instead of the chart, with buttons."""
        self._hint.setText(text)
        for button, (label, action) in zip(self._hint_buttons, [*buttons.items(), ("", None), ("", None)]):
            button.setVisible(action is not None)
            if action is not None:
                button.setText(label)
                button.setIcon(action.icon())
                button.action = action
        self._pages.setCurrentIndex(0)

    def show_chart(self) -> None:
        """Show the chart instead of a sentence."""
        self._pages.setCurrentIndex(1)

    def _list(self, name: str) -> ShortenedList:
        box = ShortenedList(name, self)
        box.setEnabled(False)
        return box

    def _tool_bar(self, icon_size: QSize) -> QToolBar:
        bar = QToolBar(self)
        bar.setIconSize(icon_size)
        bar.setMovable(False)
        bar.addAction(self.pick)
        bar.addAction(self.follow_selection)
        bar.addAction(self.add_layer)
        bar.addSeparator()
        bar.addAction(self.previous)
        bar.addAction(self.next)
        bar.addSeparator()
        bar.addAction(self.previous_day)
        bar.addWidget(self._play_button(bar))
        bar.addAction(self.next_day)
        bar.addAction(self.images)
        bar.addAction(self.colours)
        bar.addAction(self.thumbnails_shown)
        bar.addSeparator()
        bar.addAction(self.box_zoom)
        bar.addAction(self.everything)
        bar.addSeparator()
        bar.addWidget(self._menu_button(bar, "/mActionStyleManager.svg", tr("What the chart shows"), self.shown))
        bar.addAction(self.table_shown)
        exports = QMenu(self)
        exports.addActions([self.save_png, self.save_svg, self.save_csv])
        bar.addWidget(self._menu_button(bar, "/mActionSharingExport.svg", tr("Export"), exports))
        options = QMenu(self)
        options.setToolTipsVisible(True)
        options.addAction(self.follow_runs)
        bar.addWidget(self._menu_button(bar, "/mActionOptions.svg", tr("Options"), options))
        return bar

    def _play_button(self, bar: QToolBar) -> QToolButton:
        """Return the button that plays, with how fast in its menu."""
        button = QToolButton(bar)
        button.setDefaultAction(self.play)
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        self.speeds = action_group(menu)
        for speed in SPEEDS:
            action = menu.addAction(tr("Images per second: {speed}").format(speed=f"{speed:g}"))
            action.setCheckable(True)
            action.setData(speed)
            action.setChecked(speed == settings.number("dock/speed", 1.0))
            self.speeds.addAction(action)
        menu.addSeparator()
        menu.addAction(self.link_dates)
        button.setMenu(menu)
        return button

    def _menu_button(self, bar: QToolBar, picture: str, name: str, menu: QMenu) -> QToolButton:
        button = QToolButton(bar)
        button.setIcon(QgsApplication.getThemeIcon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        button.setMenu(menu)
        return button

    def _choices(self) -> QGridLayout:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(6, 0, 6, 2)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._pairs: list[tuple[QLabel, QWidget]] = []
        for name, widget in (
            (tr("Extraction"), self.extraction),
            (tr("Index"), self.index),
            (tr("Cloud mask"), self.cloudmask),
            (tr("Legend"), self.label_field),
        ):
            label = QLabel(name, self)
            label.setBuddy(widget)
            self._pairs.append((label, widget))
        self._columns = 0
        # The narrow form first: a single row would forbid the dock to become narrow.
        self._arrange(1)
        return self._grid

    def _arrange(self, columns: int) -> None:
        """Lay the choices out, so many in a row."""
        if columns == self._columns:
            return
        self._columns = columns
        for number, (label, widget) in enumerate(self._pairs):
            row, column = divmod(number, columns)
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(widget, row, 2 * column + 1)
        for column in range(len(self._pairs)):
            # In one row the long names, of the extraction and of the mask, get more room.
            stretch = (4, 3, 4, 2)[column] if columns == len(self._pairs) else int(column < columns)
            self._grid.setColumnStretch(2 * column + 1, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._pairs) if self.width() >= _WIDE else 2 if self.width() >= _WIDE // 2 else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.arrange_thumbnails()
        return super().eventFilter(watched, event)

    def arrange_thumbnails(self) -> None:
        """Show the pictures where they are wanted and leave room for the chart."""
        room = self._pages.height() - self.thumbnails.height() >= _LEAST_CHART
        self.thumbnails.setVisible(self.thumbnails_shown.isChecked() and room and self.chart is not None)

    def _content(self) -> QStackedWidget:
        self.chart: Chart | None = None
        self.why_no_chart = ""
        self._for_chart: list[Callable[[Chart], None]] = []
        self.table = ValueTable(self)
        self.table.setVisible(self.table_shown.isChecked())
        self.thumbnails = Thumbnails(self.library, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self._pictured = QVBoxLayout()
        self._pictured.setContentsMargins(0, 0, 0, 0)
        self._pictured.setSpacing(0)
        self._pictured.addWidget(self.thumbnails)
        pictured = QWidget(self.splitter)
        pictured.setLayout(self._pictured)
        self.splitter.addWidget(pictured)
        self.splitter.addWidget(self.table)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([600, 400])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._hint_page())
        self._pages.addWidget(self.splitter)
        self._pages.installEventFilter(self)
        return self._pages

    def with_chart(self, use: Callable[[Chart], None]) -> None:
        """Call a function with the chart, as soon as there is one."""
        if self.chart is not None:
            use(self.chart)
        else:
            self._for_chart.append(use)

    def make_chart(self) -> None:
        """Make the chart, where there is none yet; matplotlib takes its time, and the dock is to be seen before."""
        if self.chart is not None or self.why_no_chart:
            return
        self.why_no_chart = why_no_chart()
        if self.why_no_chart:
            text = QLabel(self.why_no_chart, self)
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setMargin(12)
            self._pictured.addWidget(text, 1)
            self.table.show()
            return
        self.chart = Chart(self.table, self)
        self._pictured.addWidget(self.chart, 1)
        in_order([self.thumbnails, self.chart.canvas, self.table])
        self.arrange_thumbnails()
        for use in self._for_chart:
            use(self.chart)
        self._for_chart.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_FIRST_LOOK, self.make_chart)

    def _hint_page(self) -> QWidget:
        page = QWidget(self)
        self._hint = QLabel(page)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint_buttons = [_HintButton(page), _HintButton(page)]
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in self._hint_buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addStretch(1)
        return page


class _HintButton(QPushButton):
    """A button that triggers an action."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.action: QAction | None = None
        self.clicked.connect(self._trigger)

    def _trigger(self) -> None:
        if self.action is not None:
            self.action.trigger()
