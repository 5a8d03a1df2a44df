"""The engine's feedback, spoken through that of QGIS."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback

from .i18n import tr_message


class QgisFeedback:
    """Passes progress, messages and cancel between the engine and a `QgsProcessingFeedback`.

    Attributes
    ----------
    last
        the last line of the log that is no warning: what came of the run, in words.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self.last = ""

    def progress(self, fraction: float) -> None:
        """Move the progress bar; `fraction` is 0 to 1."""
        self._feedback.setProgress(100.0 * fraction)

    def info(self, message: str, **values: Any) -> None:
        """Write a line to the log."""
        self.last = tr_message(message, values)
        self._feedback.pushInfo(self.last)

    def warning(self, message: str, **values: Any) -> None:
        """Write a line that stands out to the log."""
        self._feedback.pushWarning(tr_message(message, values))

    def error(self, message: str, **values: Any) -> None:
        """Name what failed while the run continues."""
        self._feedback.reportError(tr_message(message, values))

    def cancelled(self) -> bool:
        """Tell whether the user pressed Cancel; safe from any thread."""
        return self._feedback.isCanceled()
