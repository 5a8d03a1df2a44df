"""How a long run speaks to the front end that started it: progress, messages, cancel."""

from __future__ import annotations

import logging
from typing import Any, Protocol

from .errors import Cancelled


class Feedback(Protocol):
    """The only link from the engine to a front end.

    Messages are templates with named values (``"Tile {tile}"``, ``tile="40KCB"``), so that a front end can translate
    them. Everything but ``cancelled`` is called from the thread that called the engine.
    """

    def progress(self, fraction: float) -> None:
        """Report the share of the work that is done, 0 to 1."""

    def info(self, message: str, **values: Any) -> None:
        """Say what is going on."""

    def warning(self, message: str, **values: Any) -> None:
        """Say what the user should look at; the run continues."""

    def error(self, message: str, **values: Any) -> None:
        """Name a thing that failed; the others continue."""

    def cancelled(self) -> bool:
        """Tell whether the user asked to stop; safe from any thread."""


def fill(message: str, values: dict[str, Any]) -> str:
    """Return a message in English; a front end that translates has its own way to."""
    return message.format(**values)


class Silent:
    """Feedback for nobody: says nothing and never cancels."""

    def progress(self, fraction: float) -> None:
        """Drop it."""

    def info(self, message: str, **values: Any) -> None:
        """Drop it."""

    def warning(self, message: str, **values: Any) -> None:
        """Drop it."""

    def error(self, message: str, **values: Any) -> None:
        """Drop it."""

    def cancelled(self) -> bool:
        """Never."""
        return False


class CancelOnly(Silent):
    """Feedback of a look that may lead to nothing: it says nothing, but the user can stop it.

    Parameters
    ----------
    whole
        the feedback of the run.
    """

    def __init__(self, whole: Feedback) -> None:
        self._whole = whole

    def cancelled(self) -> bool:
        """Tell whether the user asked to stop the run."""
        return self._whole.cancelled()


class Logged(Silent):
    """Feedback for scripts and notebooks: messages go to the logger ``sen2chain_ts``, which shows warnings and errors.

    ``logging.basicConfig(level="INFO")`` shows the others too. Stopped by an interrupt from the keyboard.
    """

    _log = logging.getLogger("sen2chain_ts")

    def info(self, message: str, **values: Any) -> None:
        """Log it as information."""
        self._log.info("%s", fill(message, values))

    def warning(self, message: str, **values: Any) -> None:
        """Log it as a warning."""
        self._log.warning("%s", fill(message, values))

    def error(self, message: str, **values: Any) -> None:
        """Log it as an error."""
        self._log.error("%s", fill(message, values))


class StepFeedback:
    """Feedback of one step of a longer run: its progress moves a part of the whole, the rest is passed on.

    Parameters
    ----------
    whole
        the feedback of the run.
    begin, end
        where the step begins and ends in the progress of the run, 0 to 1.
    """

    def __init__(self, whole: Feedback, begin: float, end: float) -> None:
        self._whole = whole
        self._begin = begin
        self._length = end - begin
        self.info = whole.info
        self.warning = whole.warning
        self.error = whole.error
        self.cancelled = whole.cancelled

    def progress(self, fraction: float) -> None:
        """Report the share of the step that is done."""
        self._whole.progress(self._begin + self._length * fraction)


def check(feedback: Feedback) -> None:
    """Raise Cancelled if the user asked to stop."""
    if feedback.cancelled():
        raise Cancelled
