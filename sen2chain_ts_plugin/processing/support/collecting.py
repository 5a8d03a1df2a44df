"""Python's collector of reference cycles, kept out of the threads in which a run or a dock reads.

What it frees may be widgets and other objects of Qt that somebody has let go: freed outside the main thread, while that
one draws them or walks through them, they take QGIS down. The collector runs in whatever thread happens to make the
next object. So where QGIS has a window, it waits while a thread of ours works, and the main thread collects meanwhile.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

_EVERY_MS = 30_000


class CollectorKeeper(QObject):
    """Lives in the main thread of a QGIS with a window, and lets the collector run there, and there only.

    Parameters
    ----------
    parent
        goes when the plugin goes.
    """

    _released = pyqtSignal()
    _kept: list[CollectorKeeper] = []  # noqa: RUF012 the one there is, if any

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._threads = 0
        self._was_enabled = False
        self._released.connect(self._let_run)  # from another thread: delivered in this one
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(self._collect)
        timer.start()
        self._kept[:] = [self]

    def close(self) -> None:
        """Let the collector run as it did before."""
        self._kept.clear()
        self._let_run(whatever=True)

    @classmethod
    @contextlib.contextmanager
    def no_collection_beside(cls) -> Iterator[None]:
        """Keep the collector waiting while this thread works; without effect in the main thread."""
        keeper = next(iter(cls._kept), None)
        if keeper is None or threading.current_thread() is threading.main_thread():
            yield
            return
        keeper._hold()  # noqa: SLF001 of its own class
        try:
            yield
        finally:
            keeper._release()  # noqa: SLF001

    def _hold(self) -> None:
        with self._lock:
            if gc.isenabled():
                self._was_enabled = True
                gc.disable()
            self._threads += 1

    def _release(self) -> None:
        with self._lock:
            self._threads -= 1
        with contextlib.suppress(RuntimeError):  # the plugin is gone
            self._released.emit()

    def _let_run(self, *, whatever: bool = False) -> None:
        # Here and not where the thread ends: the collector would start there with the next object.
        with self._lock:
            if self._was_enabled and (whatever or not self._threads):
                self._was_enabled = False
                gc.enable()

    def _collect(self) -> None:
        if self._threads:
            gc.collect()


no_collection_beside = CollectorKeeper.no_collection_beside
