"""What the chart and the table show, taken elsewhere: files, the clipboard, and the menus of the right button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, QPoint, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu, QWidget

from ...engine.errors import EngineError
from ...engine.series.curves import Curve
from ...processing.support.i18n import tr, tr_error
from .saving import ask_path, save_picture, save_values
from .view import TimeSeriesView


@dataclass(frozen=True)
class Exported:
    """What is shown.

    Attributes
    ----------
    name
        of files, without ending.
    title
        above a picture.
    curves, labels
        the rows of each zone, and what it is called.
    """

    name: str
    title: str
    curves: Sequence[Curve]
    labels: Sequence[str]


class Exports(QObject):
    """Connects the actions that save and copy, and makes the context menus.

    Parameters
    ----------
    view
        the widgets of the dock.
    shown
        returns what is shown.
    say
        shows a sentence, of some importance.
    """

    def __init__(
        self, view: TimeSeriesView, shown: Callable[[], Exported], say: Callable[[str, Qgis.MessageLevel], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._view, self._shown, self._say = view, shown, say
        view.save_png.triggered.connect(lambda: self._save("png"))
        view.save_svg.triggered.connect(lambda: self._save("svg"))
        view.save_csv.triggered.connect(lambda: self._save("csv"))
        view.copy_chart.triggered.connect(self._copy_chart)
        view.copy_values.triggered.connect(view.table.copy)
        _give_menu(view.table, self.menu_of_table)
        view.with_chart(lambda chart: _give_menu(chart.canvas, self.menu_of_chart))

    def menu_of_chart(self) -> QMenu:
        """Return the context menu of the chart."""
        view, menu = self._view, QMenu(self._view)
        menu.addActions([view.copy_chart, view.copy_values])
        menu.addSeparator()
        menu.addActions([view.save_png, view.save_svg, view.save_csv])
        menu.addSeparator()
        menu.addActions([view.box_zoom, view.everything])
        shown = menu.addMenu(view.shown)
        shown.setText(tr("What the chart shows"))
        return menu

    def menu_of_table(self) -> QMenu:
        """Return the context menu of the table."""
        view, menu = self._view, QMenu(self._view)
        go = QAction(view.images.icon(), tr("Show this day on the map"), menu)
        go.setEnabled(view.table.currentIndex().isValid())
        go.triggered.connect(view.table.choose_current)
        menu.addAction(go)
        menu.addSeparator()
        menu.addActions([view.copy_values, view.save_csv])
        return menu

    def _save(self, kind: str) -> None:
        shown = self._shown()
        path = ask_path(self._view, f"{shown.name}.{kind}", kind)
        if not path:
            return
        try:
            if kind == "csv":
                save_values(path, shown.curves, shown.labels)
            elif self._view.chart is not None:
                save_picture(path, self._view.chart, shown.title)
        except EngineError as error:
            self._say(tr_error(error), Qgis.MessageLevel.Critical)
        else:
            self._say(tr("Saved {path}").format(path=path), Qgis.MessageLevel.Success)

    def _copy_chart(self) -> None:
        if self._view.chart is not None:
            QApplication.clipboard().setImage(self._view.chart.picture(self._shown().title))


def _give_menu(widget: QWidget, make: Callable[[], QMenu]) -> None:
    def pop_up(place: QPoint) -> None:
        menu = make()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(widget.mapToGlobal(place))

    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(pop_up)
