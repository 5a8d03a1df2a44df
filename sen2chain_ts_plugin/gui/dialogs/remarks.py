"""A line below a field of a dialog that says what is wrong with its value, or what it comes to."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QBoxLayout, QGraphicsOpacityEffect, QLabel, QWidget

_PICTURE = "mIconWarning.svg"
_SOFT = 0.7  # how opaque what is right is


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
        # No colour of its own: the dark themes of QGIS are style sheets, whose colours no program can ask for.
        self._soft = QGraphicsOpacityEffect(self._label)
        self._soft.setOpacity(_SOFT)
        self._label.setGraphicsEffect(self._soft)
        self.warns = False
        # A group of QGIS shows all that it holds when it is unfolded, and leaves to be seen what is shown meanwhile.
        self._folded = _folded(widget.parentWidget())
        if self._folded is not None:
            self._folded.collapsedStateChanged.connect(self._settle)
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
        self._show(escape(text))

    def clear(self) -> None:
        """Say nothing."""
        self.warns = False
        self._show("")

    def _show(self, html: str) -> None:
        self._label.setText(html)
        self._soft.setEnabled(not self.warns)
        if self.warns and self._folded is not None:
            self._folded.setCollapsed(False)  # or nobody would see it
        self._settle()

    def _settle(self, *_: object) -> None:
        """Be seen while there is something to say, and what the field stands in is unfolded."""
        folded = self._folded is not None and self._folded.isCollapsed()
        self._label.setVisible(bool(self._label.text()) and not folded)


def _folded(around: QWidget) -> QgsCollapsibleGroupBoxBasic | None:
    """Return the group of QGIS that a widget is; None for another one. Python knows it as that of Qt."""
    ours = around.inherits("QgsCollapsibleGroupBoxBasic")
    return sip.cast(around, QgsCollapsibleGroupBoxBasic) if ours else None


def _lines_with(widget: QWidget) -> QBoxLayout | None:
    parent = widget.parentWidget()
    layout = None if parent is None else parent.layout()
    # Known to Python as what it is only where it was made there.
    return layout if isinstance(layout, QBoxLayout) and layout.indexOf(widget) >= 0 else None
