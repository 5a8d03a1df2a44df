"""A line below a field of a dialog that says what is wrong with its value, or what it comes to."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QBoxLayout, QLabel, QWidget

_PICTURE = "mIconWarning.svg"


class Remark:
    """The line below one field; hidden while there is nothing to say.

    Parameters
    ----------
    widget
        the field, in a layout of lines.

    Attributes
    ----------
    warns
        whether it says that something is wrong.
    """

    def __init__(self, widget: QWidget) -> None:
        layout = _lines_with(widget)
        if layout is None:
            raise ValueError("the field is not in a layout of lines")
        self._label = QLabel(widget.parentWidget())
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setObjectName("sen2chain_ts_remark")
        self._label.hide()
        self.warns = False
        layout.insertWidget(layout.indexOf(widget) + 1, self._label)

    @staticmethod
    def fits(widget: QWidget) -> bool:
        """Tell whether a field is where a line can follow it: in a dialog, and not in the table of a batch."""
        return _lines_with(widget) is not None

    def warn(self, text: str) -> None:
        """Say what is wrong."""
        picture = QgsApplication.iconPath(_PICTURE)
        size = self._label.fontMetrics().height()
        self.warns = True
        self._show(f'<img src="{escape(picture)}" width="{size}" height="{size}"> {escape(text)}')

    def tell(self, text: str) -> None:
        """Say what is right, less loudly."""
        self.warns = False
        self._show(f'<span style="color: gray">{escape(text)}</span>')

    def clear(self) -> None:
        """Say nothing."""
        self.warns = False
        self._label.hide()

    def _show(self, html: str) -> None:
        self._label.setText(html)
        self._label.show()


def _lines_with(widget: QWidget) -> QBoxLayout | None:
    parent = widget.parentWidget()
    layout = None if parent is None else parent.layout()
    # Known to Python as what it is only where it was made there.
    return layout if isinstance(layout, QBoxLayout) and layout.indexOf(widget) >= 0 else None
