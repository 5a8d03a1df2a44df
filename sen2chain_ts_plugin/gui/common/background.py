"""Reading files outside the main thread, so that the window never waits for a disk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, Union

from qgis.core import QgsProcessingException
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.errors import Cancelled, EngineError
from ...processing.support.collecting import no_collection_beside
from ...processing.support.i18n import tr_message
from ...processing.support.preload import preload_standard

# What a function may fail with, in words that can be shown.
Problem = Union[EngineError, QgsProcessingException]


# Threads and what they use. It is let go here, in the main thread: a function may be the last to hold the widgets of a
# dialog that was closed meanwhile, and a thread that deletes widgets takes QGIS down.
_GOING: list[tuple[threading.Thread, QObject, Callable[..., Any]]] = []


class Reading:
    """The engine's feedback for something that is read in the background; keeps what is said."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def progress(self, fraction: float) -> None:
        """Reading takes moments: no progress is shown."""

    def info(self, message: str, **values: Any) -> None:
        """What goes well is not said."""

    def warning(self, message: str, **values: Any) -> None:
        self.messages.append(tr_message(message, values))

    def error(self, message: str, **values: Any) -> None:
        self.messages.append(tr_message(message, values))

    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class Background(QObject):
    """Calls functions of the engine in a thread, and hands what they return to the main thread.

    A plain thread rather than a QgsTask: those share a pool, which a running extraction may fill for hours. Of each
    subject only the newest request counts; an older one is told to stop and what it returns is dropped.
    """

    _ended = pyqtSignal(str, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: dict[str, tuple[Reading, Callable[[Any, list[str]], None], Callable[[Problem], None]]] = {}
        self._ended.connect(self._deliver)

    def start(
        self,
        subject: str,
        function: Callable[[Reading], Any],
        done: Callable[[Any, list[str]], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Call a function; later, in the main thread, ``done`` with its result and messages, or ``failed``."""
        self.forget(subject)
        preload_standard()
        reading = Reading()
        self._newest[subject] = (reading, done, failed)
        thread = threading.Thread(target=self._call, args=(subject, reading, function), daemon=True)
        _GOING[:] = [each for each in _GOING if each[0].is_alive()]
        _GOING.append((thread, self, function))
        thread.start()

    def forget(self, subject: str) -> None:
        """Stop what is going on about a subject."""
        if subject in self._newest:
            self._newest.pop(subject)[0].cancel()

    def close(self) -> None:
        """Stop everything; nothing is delivered any more."""
        for subject in list(self._newest):
            self.forget(subject)

    def is_busy_with(self, subject: str) -> bool:
        """Tell whether something is going on about a subject."""
        return subject in self._newest

    @property
    def busy(self) -> bool:
        return bool(self._newest)

    def _call(self, subject: str, reading: Reading, function: Callable[[Reading], Any]) -> None:
        result: Any = None
        problem: Exception | None = None
        with no_collection_beside():
            try:
                result = function(reading)
            except Cancelled:
                return
            except Exception as error:  # noqa: BLE001 raised again where QGIS shows it; lost, nothing would ever end
                problem = error
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._ended.emit(subject, reading, result, problem)

    def _deliver(self, subject: str, reading: Reading, result: Any, problem: Exception | None) -> None:
        newest = self._newest.get(subject)
        if newest is None or newest[0] is not reading:
            return
        del self._newest[subject]
        _, done, failed = newest
        if problem is None:
            done(result, reading.messages)
        elif isinstance(problem, (EngineError, QgsProcessingException)):
            failed(problem)
        else:
            raise problem
