"""The chart of time series as a widget: moved with the mouse and the keyboard as a map is."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from qgis.PyQt.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QCursor, QImage, QPainter, QPaintEvent, QTextDocumentFragment
from qgis.PyQt.QtWidgets import QRubberBand, QToolTip, QVBoxLayout, QWidget

from ...processing.support.i18n import tr
from ..common.keyboard import focus_colour
from .chart_drawing import LEAST_DAYS, Drawing
from .chart_keys import ChartKeys, Place
from .chart_words import describe, keys_text
from .content import Content
from .paint import Paint
from .zone_artists import date_numbers

if TYPE_CHECKING:
    from matplotlib.backend_bases import MouseEvent

_CLICK_PIXELS = 9
_DRAG_PIXELS = 4
_WHEEL = 1.25
_FILE_DPI = 200
_FRAME = 2  # the width of the frame that shows the focus
_EDGE = 0.05  # of what is shown, within which a marked point is moved inwards


def why_no_chart() -> str:
    """Return why there can be no chart, in words; empty when there can."""
    try:
        import matplotlib.backends.backend_qtagg  # noqa: F401 whether it is there is what is asked
    except ImportError as error:
        return tr(
            "The chart needs the Python package matplotlib, 3.5 or later ({reason}). Debian, Ubuntu: apt install "
            "python3-matplotlib. Windows: OSGeo4W setup, advanced install, python3-matplotlib. "
            "conda: conda install matplotlib. The table of values works without it."
        ).format(reason=error)
    return ""


@dataclass
class _Drag:
    """A button is held: where it went down, what was shown then, and whether the mouse has moved since."""

    x: float
    y: float
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    button: int
    moved: bool = False


class Chart(QWidget):
    """Curves over time. Drag to move, wheel to zoom, click a point to go to its date; the keys are those of ChartKeys.

    Only to be made where `why_no_chart` has no objection.

    Parameters
    ----------
    like
        a widget of the kind that the themes of QGIS give colours to, which they do not to a plain one.
    """

    date_chosen = pyqtSignal(object)
    # The next zone, 1, or the previous one, -1.
    zone_asked = pyqtSignal(int)
    # The number of a zone that was clicked.
    zone_chosen = pyqtSignal(int)
    # The place of the curve whose observation was marked.
    marked = pyqtSignal(int)

    def __init__(self, like: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._like = like
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
        from matplotlib.figure import Figure

        self._figure = Figure()
        self._canvas = FigureCanvasQTAgg(self._figure)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._canvas.setAccessibleName(tr("Chart of the time series"))
        self._canvas.setAccessibleDescription(keys_text())
        self._canvas.installEventFilter(self)
        self.setFocusProxy(self._canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        layout.addWidget(self._canvas)
        self.box_zoom = False
        self.content = Content()
        self.moment: tuple[datetime, datetime] | None = None
        self._drawing = Drawing(self._figure)
        self._keys = ChartKeys(self)
        self._keys.chosen.connect(self.date_chosen)
        self._keys.zone_asked.connect(self.zone_asked)
        self._fitted = True  # all dates and values are in view
        self._drag: _Drag | None = None
        self._box: QRubberBand | None = None
        handlers: dict[str, Callable[[Any], None]] = {
            "button_press_event": self._press,
            "motion_notify_event": self._move,
            "button_release_event": self._release,
            "scroll_event": self._scroll,
            "resize_event": self._resized,
            "figure_leave_event": lambda _: QToolTip.hideText(),
        }
        for name, handler in handlers.items():
            self._canvas.mpl_connect(name, handler)
        like.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    def show_content(self, content: Content, *, keep_view: bool) -> None:
        """Draw some zones; with or without keeping the dates and values in view."""
        keep_view = keep_view and bool(self.content.zones)
        self.content = content
        self._keys.content_changed()
        self._draw(self._paint, keep_view=keep_view)
        self._drawing.ring(content, self._keys.place)
        self._canvas.draw_idle()

    def show_moment(self, moment: tuple[datetime, datetime] | None) -> None:
        """Mark what the map shows, from one moment to another; None for nothing."""
        if moment != self.moment:
            self.moment = moment
            self._drawing.mark(moment)
            self._canvas.draw_idle()

    def show_everything(self) -> None:
        """Bring all dates and values into view."""
        self._fitted = True
        self._drawing.fit(self.content)
        self._drawing.arrange(self.content, self._paint)
        self._canvas.draw_idle()

    def shown_dates(self) -> tuple[datetime, datetime]:
        """Return the first and the last date in view."""
        from matplotlib.dates import num2date

        first, last = (num2date(edge).replace(tzinfo=None) for edge in self._axes.get_xlim())
        return first, last

    def place_of(self, curve: int, row: int) -> QPoint:
        """Return where the point of a row is drawn, in the coordinates of the canvas."""
        self._canvas.draw()
        return self._place(*self._axes.transData.transform(self._data_of((curve, row))))

    def _data_of(self, place: Place) -> tuple[float, float]:
        """Return the place of an observation on the axes."""
        curve, row = self.content.zones[place[0]].curve, place[1]
        return float(date_numbers(curve)[row]), float(curve.numbers["mean"][row])

    @property
    def canvas(self) -> QWidget:
        """The widget that matplotlib draws on, which takes the mouse and the keys."""
        return self._canvas

    def save(self, path: str | BinaryIO, title: str) -> None:
        """Write what is in view, below a title, as a PNG or SVG; black on white, whatever the theme.

        Parameters
        ----------
        path
            a file, whose ending decides, or an open one, for a PNG.
        title
            may be empty.
        """
        try:
            self._drawing.title = title
            self._draw(Paint.on_paper(), keep_view=True)
            # What the map shows just now is of no use on paper.
            self._drawing.mark(None)
            self._drawing.ring(self.content, None)
            self._figure.savefig(path, dpi=_FILE_DPI)
        finally:
            self._drawing.title = ""
            self._repaint()

    def picture(self, title: str) -> QImage:
        """Return what `save` writes, for the clipboard."""
        stream = io.BytesIO()
        self.save(stream, title)
        return QImage.fromData(stream.getvalue())

    def view(self) -> tuple[float, float, float, float] | None:
        """Return the first and last date and the lowest and highest value in view; None where all are."""
        return None if self._fitted else (*self._axes.get_xlim(), *self._axes.get_ylim())

    def set_view(self, first: float, last: float, low: float, high: float) -> None:
        """Bring what `view` returned into view again."""
        self._set_view((first, last), (low, high))

    def show_place(self, place: Place | None) -> None:
        """Mark an observation, bring it into view and say what it is; None for none."""
        self._drawing.ring(self.content, place)
        self._canvas.draw_idle()
        if place is None:
            QToolTip.hideText()
            self._canvas.setAccessibleDescription(keys_text())
            return
        date, value = self._data_of(place)
        self.marked.emit(place[0])
        xlim, ylim = _holding(self._axes.get_xlim(), date), _holding(self._axes.get_ylim(), value)
        if (xlim, ylim) != (self._axes.get_xlim(), self._axes.get_ylim()):
            self._set_view(xlim, ylim)
        text = describe(self.content, *place)
        # What a screen reader says.
        self._canvas.setAccessibleDescription(QTextDocumentFragment.fromHtml(text).toPlainText())
        point = self._place(*self._axes.transData.transform((date, value)))
        QToolTip.showText(self._canvas.mapToGlobal(point), text, self._canvas)

    def _resized(self, _: Any) -> None:
        paint = self._paint
        if self.content.display.legend and self._drawing.legend_columns(self.content, paint) != self._drawing.columns:
            self._repaint()
        else:
            self._drawing.arrange(self.content, paint)

    def _repaint(self) -> None:
        self._draw(self._paint, keep_view=True)
        self._drawing.ring(self.content, self._keys.place)
        self._canvas.draw_idle()

    @property
    def _paint(self) -> Paint:
        """The colours and letters that it has now."""
        return Paint.of(self._like.palette())

    @property
    def _axes(self) -> Any:
        return self._drawing.axes

    def _draw(self, paint: Paint, *, keep_view: bool) -> None:
        view = self._axes.get_xlim(), self._axes.get_ylim()
        self._drawing.draw(self.content, paint)
        self._drawing.mark(self.moment)
        if keep_view and not self._fitted:
            self._set_view(*view)
        elif not keep_view:
            self._fitted = True

    def _set_view(self, xlim: tuple[float, float], ylim: tuple[float, float]) -> None:
        self._fitted = False
        self._axes.set_xlim(xlim)
        self._axes.set_ylim(ylim)
        self._drawing.arrange(self.content, self._paint)
        self._canvas.draw_idle()

    # The mouse

    def _press(self, event: MouseEvent) -> None:
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.dblclick:
            self.show_everything()
        elif event.button in (1, 2) and event.inaxes is self._axes:
            self._drag = _Drag(event.x, event.y, self._axes.get_xlim(), self._axes.get_ylim(), int(event.button))

    def _move(self, event: MouseEvent) -> None:
        drag = self._drag
        if drag is None:
            self._tell(event)
            return
        right, up = event.x - drag.x, event.y - drag.y
        if not drag.moved and abs(right) + abs(up) < _DRAG_PIXELS:
            return
        drag.moved = True
        QToolTip.hideText()
        if self.box_zoom and drag.button == 1:
            self._show_box(drag, event)
            return
        self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        area = self._axes.bbox
        across = right / area.width * (drag.xlim[1] - drag.xlim[0])
        along = up / area.height * (drag.ylim[1] - drag.ylim[0])
        self._set_view((drag.xlim[0] - across, drag.xlim[1] - across), (drag.ylim[0] - along, drag.ylim[1] - along))

    def _release(self, event: MouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is None:
            return
        self._show_cursor()
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
            self._box = None
            corners = [(drag.x, drag.y), (event.x, event.y)]
            (first, low), (last, high) = (self._axes.transData.inverted().transform(corner) for corner in corners)
            if abs(event.x - drag.x) > _DRAG_PIXELS and abs(event.y - drag.y) > _DRAG_PIXELS:
                self._set_view((min(first, last), max(first, last)), (min(low, high), max(low, high)))
        elif not drag.moved and drag.button == 1:
            found = self._near(event)
            self._keys.mark(found)
            if found is not None:
                curve = self.content.zones[found[0]].curve
                self.date_chosen.emit(curve.dates[found[1]])
                if len(self.content.zones) > 1:
                    self.zone_chosen.emit(curve.zone)

    def _scroll(self, event: MouseEvent) -> None:
        if event.inaxes is self._axes:
            factor = _WHEEL if event.step < 0 else 1 / _WHEEL
            upright = event.key == "control"
            self.zoom(factor, event.ydata if upright else event.xdata, upright=upright)

    def _show_box(self, drag: _Drag, event: MouseEvent) -> None:
        if self._box is None:
            self._box = QRubberBand(QRubberBand.Shape.Rectangle, self._canvas)
            self._box.show()
        self._box.setGeometry(QRect(self._place(drag.x, drag.y), self._place(event.x, event.y)).normalized())

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        self._canvas.setCursor(shapes.CrossCursor if self.box_zoom else shapes.ArrowCursor)

    def _place(self, x: float, y: float) -> QPoint:
        # matplotlib counts device pixels from the bottom, Qt logical ones from the top.
        ratio = self._canvas.devicePixelRatioF()
        return QPoint(round(x / ratio), round((self._figure.bbox.height - y) / ratio))

    # What is in view

    def zoom(self, factor: float, centre: float | None = None, *, upright: bool = False) -> None:
        """Show a part, or more, of the dates or, upright, of the values, around one of them."""
        low, high = self._axes.get_ylim() if upright else self._axes.get_xlim()
        middle = (low + high) / 2 if centre is None else centre
        low, high = middle - (middle - low) * factor, middle + (high - middle) * factor
        if upright:
            self._set_view(self._axes.get_xlim(), (low, high))
        elif high - low >= LEAST_DAYS:
            self._set_view((low, high), self._axes.get_ylim())

    def shift(self, right: float, up: float) -> None:
        """Move by shares of what is in view."""
        (left, end), (bottom, top) = self._axes.get_xlim(), self._axes.get_ylim()
        across, along = right * (end - left), up * (top - bottom)
        self._set_view((left + across, end + across), (bottom + along, top + along))

    # The focus and the theme

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        kinds = QEvent.Type
        if watched is self._canvas and event.type() in (kinds.FocusIn, kinds.FocusOut):
            self.update()
        elif watched is self._like and event.type() in (kinds.PaletteChange, kinds.StyleChange):
            # Once the new theme has reached it.
            QTimer.singleShot(0, self._repaint)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the chart while the keys go to it."""
        super().paintEvent(event)
        if self._canvas.hasFocus():
            QPainter(self).fillRect(self.rect(), focus_colour(self._like.palette()))

    # What is under the mouse

    def _near(self, event: MouseEvent) -> Place | None:
        """Return the zone and the row whose point is under the mouse."""
        if event.inaxes is not self._axes:
            return None
        best, found = float(_CLICK_PIXELS * self._canvas.devicePixelRatioF()), None
        for number, curve in enumerate(self.content.curves):
            points = np.column_stack([date_numbers(curve), curve.numbers["mean"]])
            gaps = np.hypot(*(self._axes.transData.transform(points) - (event.x, event.y)).T)
            gaps = np.where(np.isfinite(gaps), gaps, np.inf)
            if gaps.min() < best:
                best, found = float(gaps.min()), (number, int(gaps.argmin()))
        return found

    def _tell(self, event: MouseEvent) -> None:
        found = self._near(event)
        if self.content.groups and self._drawing.groups.pick_out(self.content, found and found[0]):
            self._canvas.draw_idle()
        if found is None:
            QToolTip.hideText()
            self._show_cursor()
            return
        self._canvas.setCursor(Qt.CursorShape.PointingHandCursor)
        QToolTip.showText(QCursor.pos(), describe(self.content, *found), self._canvas)


def _holding(edges: tuple[float, float], value: float) -> tuple[float, float]:
    """Return edges moved, where they must be, so that a value is well within them."""
    low, high = edges
    spare = (high - low) * _EDGE
    by = min(value - low - spare, 0.0) or max(value - high + spare, 0.0)
    return low + by, high + by
