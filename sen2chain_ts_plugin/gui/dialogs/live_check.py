"""What is wrong with the values of a dialog, said below each field as the user chooses, and not only after Run.

What takes reading a library is done outside the main thread, one look at a time, a moment after the last change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingContext
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QWidget

from ...engine.errors import EngineError
from ...processing.support.i18n import tr_error
from ...processing.support.preload import RASTERS, preload_libraries
from ..common.background import Background, Problem, Reading
from .problems import MODE, Answer, Question, look_into, question_of, wrong_values
from .remarks import Remark

_WATCHED = "sen2chain_ts_watched"
_MILLISECONDS = 300
# As long as their dialogs are there.
_CHECKS: list[LiveCheck] = []


def watch(wrappers: Sequence[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
    """Check what is chosen in a dialog from now on; once, however often it is called."""
    places = {wrapper.parameterDefinition().name(): widget_of(wrapper) for wrapper in wrappers}
    fields = {name: widget for name, widget in places.items() if widget is not None}
    first = next(iter(fields.values()))
    # In the table of a batch no line can follow a field.
    if first.window().property(_WATCHED) or not all(map(Remark.fits, fields.values())):
        return
    first.window().setProperty(_WATCHED, True)
    _CHECKS.append(LiveCheck(first.window(), wrappers, fields))


def check_of(dialog: QWidget) -> LiveCheck:
    """Return the check of an open dialog."""
    return next(check for check in _CHECKS if check.dialog is dialog)


def widget_of(wrapper: Any) -> QWidget | None:
    """Return the field of a parameter, QGIS's own or ours."""
    own = getattr(wrapper, "widget", None)
    return own if isinstance(own, QWidget) else wrapper.wrappedWidget()


class LiveCheck:
    """Checks the values of one dialog.

    Parameters
    ----------
    dialog
        the dialog; when it goes, so does this.
    wrappers
        of all parameters of the dialog.
    places
        the field of each parameter.
    """

    def __init__(
        self,
        dialog: QWidget,
        wrappers: Sequence[QgsAbstractProcessingParameterWidgetWrapper],
        places: dict[str, QWidget],
    ) -> None:
        self.dialog = dialog
        self._wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
        self._places = places
        self._remarks: dict[str, Remark] = {}
        self._looking = self._changed = False
        # How a job is saved, as it was proposed last.
        self._mode = self._wrappers[MODE].parameterValue() if MODE in self._wrappers else None
        owner = QObject(next(iter(places.values())))
        self._owner = owner
        self._background = Background(owner)
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._check)
        for wrapper in wrappers:
            wrapper.widgetValueHasChanged.connect(lambda *_: self._later())
        dialog.destroyed.connect(self._forget)
        self._later()

    def _forget(self) -> None:
        """Let go of what has gone with the dialog: Python would take other widgets at the same places for these."""
        _CHECKS.remove(self)
        for held in (self._wrappers, self._places, self._remarks):
            held.clear()

    @property
    def finds_fault(self) -> bool:
        """Something that is chosen is marked as wrong."""
        return any(remark.warns for remark in self._remarks.values())

    @property
    def busy(self) -> bool:
        """Something has changed that is not checked yet."""
        return self._timer.isActive() or self._looking

    def _later(self) -> None:
        if not sip.isdeleted(self._timer):
            self._timer.start()

    def _check(self) -> None:
        if self._looking:
            self._changed = True  # looked at again when the running look has ended
            return
        algorithm = next(iter(self._wrappers.values())).parameterDefinition().algorithm()
        values = {name: wrapper.parameterValue() for name, wrapper in self._wrappers.items()}
        wrong = wrong_values(algorithm, values)
        self._say(Answer(wrong))
        question = None if wrong else question_of(algorithm, values, self._proposed())
        if question is not None:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        self._looking = True

        def look(reading: Reading) -> Answer:
            return look_into(question, reading)

        preload_libraries(RASTERS)  # zones that are projected or shrunk ask whether rasterio is there
        self._background.start("values", look, lambda answer, _: self._answered(answer), self._failed)

    def _answered(self, answer: Answer) -> None:
        self._looking = False
        if self._changed:
            self._changed = False
            self._later()
        self._propose(answer)
        self._say(answer)

    def _failed(self, problem: Problem) -> None:
        self._answered(Answer({"LIBRARY": tr_error(problem)} if isinstance(problem, EngineError) else {}))

    def _proposed(self) -> list[str]:
        """Return the parameters whose value nobody has chosen yet."""
        choices = {name: getattr(wrapper, "choice", None) for name, wrapper in self._wrappers.items()}
        return [name for name, choice in choices.items() if choice is not None and choice.proposed]

    def _propose(self, answer: Answer) -> None:
        """Have what nobody has chosen yet follow the library."""
        for name in self._proposed():
            if name in answer.proposed:
                self._wrappers[name].choice.propose(answer.proposed[name])
        mode = self._wrappers.get(MODE)
        if mode is not None and MODE in answer.proposed and mode.parameterValue() == self._mode:
            (self._mode,) = answer.proposed[MODE]
            mode.setParameterValue(self._mode, QgsProcessingContext())

    def _say(self, answer: Answer) -> None:
        for name, text in answer.wrong.items():
            self._remark(name).warn(text)
        for name, text in answer.right.items():
            if name not in answer.wrong:
                self._remark(name).tell(text)
        for name, remark in self._remarks.items():
            if name not in answer.wrong and name not in answer.right:
                remark.clear()

    def _remark(self, name: str) -> Remark:
        if name not in self._remarks:
            self._remarks[name] = Remark(self._places[name])
        return self._remarks[name]
