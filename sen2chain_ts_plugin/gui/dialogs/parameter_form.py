"""A dialog of our own made of some fields of an algorithm: they look, check and propose as in its own dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingParameterBoolean, QgsProject
from qgis.gui import QgsGui, QgsProcessingGui, QgsProcessingParameterWidgetContext
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...processing.support.i18n import tr
from ..common.icons import icon
from ..common.screen import free_area
from .dialogs import PROVIDER
from .live_check import check_of, widget_of

_OURS = "widget_wrapper"
# Around the fields: margins and a scroll bar.
_AROUND = 40
# The fields need what is written in Python as long as their dialog is there.
_OPEN: set[ParameterForm] = set()


class ParameterForm:
    """Asks for some of the parameters of an algorithm.

    Parameters
    ----------
    parent
        the window that it belongs to.
    algorithm
        its id.
    title, picture
        of the dialog.
    """

    def __init__(self, parent: QWidget, algorithm: str, title: str, picture: str) -> None:
        # A plain widget: it may outlive Python, which one of a class of ours must not.
        self.widget = QDialog(parent)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.widget.setWindowTitle(title)
        self.widget.setWindowIcon(icon(picture))
        _OPEN.add(self)
        self.widget.destroyed.connect(lambda: _OPEN.discard(self))
        self._algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"{PROVIDER}:{algorithm}")
        self.context = QgsProcessingContext()
        self.context.setProject(QgsProject.instance())
        self.wrappers: dict[str, Any] = {}
        self._high = 0
        self._labels: dict[str, QLabel] = {}
        outer = QVBoxLayout(self.widget)
        self._scroll = QScrollArea(self.widget)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields = QWidget()
        self.layout = QVBoxLayout(self._fields)
        self.layout.setContentsMargins(0, 0, 6, 0)
        self._scroll.setWidget(self._fields)
        self._problem = QLabel(self.widget)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self.widget)
        # Qt has no French for it where its own translations are not installed.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        self._buttons.rejected.connect(self.widget.close)
        for each in (self._scroll, self._problem, self._buttons):
            outer.addWidget(each)

    def add(self, names: Sequence[str]) -> None:
        """Add the fields of some parameters."""
        for name in names:
            self._add(name)

    def add_button(self, text: str, pressed: Callable[[], object], *, accepts: bool = True) -> QPushButton:
        """Add a button below the fields."""
        roles = QDialogButtonBox.ButtonRole
        button: QPushButton = self._buttons.addButton(text, roles.ActionRole)
        button.setDefault(accepts)
        button.clicked.connect(lambda: pressed())
        return button

    def show(self, width: int) -> None:
        """Show the dialog, as high as its fields where the screen has room for that."""
        self.layout.addStretch(1)
        for wrapper in self.wrappers.values():
            wrapper.postInitialize(list(self.wrappers.values()))
            wrapper.widgetValueHasChanged.connect(lambda *_: self._problem.hide())
        self._high = self._fields.sizeHint().height()
        self.widget.resize(width, self._at_most(self._high + self._buttons.sizeHint().height() + _AROUND))
        self.widget.show()
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._grow())

    def _at_most(self, height: int) -> int:
        """Return a height for the dialog that the screen has room for."""
        return min(height, free_area(self.widget).height() - 2 * _AROUND)

    def _grow(self) -> None:
        """Make the dialog higher by what its fields have become: a line below one of them, or one more of them."""
        high = self._fields.sizeHint().height()
        more, self._high = high - self._high, high
        hidden = self._scroll.verticalScrollBar().maximum()
        if more > 0 and hidden > 0:
            height = self.widget.height()
            self.widget.resize(self.widget.width(), max(height, self._at_most(height + min(more, hidden))))

    def set_values(self, values: dict[str, Any]) -> None:
        """Show values in the fields that there are."""
        for name, value in values.items():
            if name in self.wrappers:
                self.wrappers[name].setParameterValue(value, self.context)

    def values(self) -> dict[str, Any]:
        """Return what is chosen, as the algorithm takes it."""
        return {name: wrapper.parameterValue() for name, wrapper in self.wrappers.items()}

    def hide_field(self, name: str) -> None:
        """Keep a field out of sight; its value still counts."""
        self._set_visible(name, False)

    def show_field(self, name: str) -> None:
        """Show a field again."""
        self._set_visible(name, True)

    def _set_visible(self, name: str, visible: bool) -> None:
        for each in (widget_of(self.wrappers[name]), self._labels.get(name)):
            if each is not None:
                each.setVisible(visible)

    def finish(self, do: Callable[[], str], *, careful: bool = True) -> bool:
        """Do what the dialog is for, unless something is marked as wrong, and close it; it stays with what failed.

        Parameters
        ----------
        do
            does it, and returns what failed in words, or nothing.
        careful
            whether what is marked as wrong now would be wrong then.
        """
        faulty = careful and check_of(self.widget).finds_fault
        problem = tr("Correct what is marked above.") if faulty else do()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if not problem:
            self.widget.close()
        return not problem

    @property
    def problem(self) -> str:
        """What failed, as it is shown above the buttons."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _add(self, name: str) -> None:
        parameter = self._algorithm.parameterDefinition(name)
        ours = parameter.metadata().get(_OURS)
        if ours:
            from . import wrappers

            wrapper = getattr(wrappers, ours["class"].rpartition(".")[2])(parameter, self.widget)
            label, widget = wrapper.label, widget_of(wrapper)
        else:
            kind = QgsProcessingGui.WidgetType.Standard
            wrapper = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(parameter, kind)
            around = QgsProcessingParameterWidgetContext()
            around.setProject(QgsProject.instance())
            wrapper.setWidgetContext(around)
            widget, label = wrapper.createWrappedWidget(self.context), wrapper.createWrappedLabel()
        if label is not None and not isinstance(parameter, QgsProcessingParameterBoolean):
            label.setText(parameter.description())
            self.layout.addWidget(label)
            self._labels[name] = label
        self.layout.addWidget(widget)
        self.wrappers[name] = wrapper
