"""One class per kind of failure. The message names the thing and the remedy.

The text of a class is a template, filled with the values the failure was raised with, so that a front end can translate
the template and fill it again: ``translate(type(error).message).format(**error.values)``.
"""

from __future__ import annotations

from typing import Any


class EngineError(Exception):
    """Root of every failure the engine raises on purpose.

    Parameters
    ----------
    **values
        what the template of the class needs, by name; anything with a ``str``.
    """

    message = "{reason}"

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.message.format(**values))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception.__reduce__ would lose the keyword arguments, and errors travel between processes.
        return _rebuild, (type(self), self.values)


def _rebuild(kind: type[EngineError], values: dict[str, Any]) -> EngineError:
    return kind(**values)


class Cancelled(EngineError):
    """The user asked to stop."""

    message = "Cancelled."
