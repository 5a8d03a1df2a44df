"""What every failure of the engine is made of."""

from __future__ import annotations

from typing import Any


class Phrase(str):
    """A text of the engine that is one of the values of a message, to be translated like the message.

    It is its English text, and keeps what a front end translates and fills again.

    Parameters
    ----------
    message
        a template with named values.
    **values
        the values; a `Phrase` among them is translated too.
    """

    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, **values: Any) -> Phrase:  # noqa: PYI034 typing.Self is of Python 3.11
        """Fill the template."""
        phrase = super().__new__(cls, message.format(**values))
        phrase.message, phrase.values = message, values
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_phrase, (self.message, self.values)


def _rebuild_phrase(message: str, values: dict[str, Any]) -> Phrase:
    return Phrase(message, **values)


class EngineError(Exception):
    """Root of every failure the engine raises on purpose.

    Parameters
    ----------
    **values
        what the template of the class needs, by name; anything with a ``str``, a text of ours as a `Phrase`.
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


class Cancelled(Exception):
    """The user asked to stop. That is no failure: what handles failures lets it pass."""

    message = "Cancelled."

    def __init__(self) -> None:
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return Cancelled, ()
