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


# Files and folders


class WriteFailed(EngineError):
    """The system refused to write a file or make a folder."""

    message = "Cannot write {path}: {reason}. Nothing half written was left; free space or rights, then run again."


class LeadsOutside(EngineError):
    """A symbolic link would make us write somewhere else."""

    message = "Not written: {path} is a link that leads out of {root}, to {target}. Remove the link and run again."


class FolderLocked(EngineError):
    """Another run is writing the same folder."""

    message = (
        "{folder} is locked: another run writes there (host {host}, process {pid}, since {since}). "
        "Wait until it ends; the lock of a run that was killed frees itself."
    )


# Names


class UnknownCloudMask(EngineError):
    """A text that is no name of a cloud mask."""

    message = (
        "Unknown cloud mask '{name}'. Known forms: CM001, CM002-B11, CM003-PRB1-ITER5, "
        "CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM, OCM_v1_2_3; several are separated by / or a comma."
    )


class NotAnExtraction(EngineError):
    """A folder that is no extraction tree."""

    message = (
        "{folder} is not an extraction folder: expected a folder named <name>_<16 hex digits> that holds raw_data, "
        "as made by Extract or by Sen2Chain."
    )
