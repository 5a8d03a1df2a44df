"""Failures of extraction trees."""

from __future__ import annotations

from .base import EngineError


class NotAnExtraction(EngineError):
    """A folder that is no extraction tree."""

    message = (
        "{folder} is not an extraction folder: expected a folder named <name>_<16 hex digits> that holds raw_data, "
        "as made by Extract or by Sen2Chain."
    )


class FolderUnreadable(EngineError):
    """A folder of the tree that the system does not show."""

    message = "Cannot read {path}: {reason}."


class RawFileChanged(EngineError):
    """A raw CSV that somebody has changed during a run."""

    message = "{path} cannot be read on: {reason}. Run this again when no other program writes to the extraction."


class OutOfMemory(EngineError):
    """Less memory than the work on an extraction takes."""

    message = (
        "There is not enough memory to work on {folder}; files that were finished before are whole. Close other "
        "programs, or run this with fewer threads."
    )


class RawDataDamaged(EngineError):
    """A raw CSV that cannot be trusted."""

    message = "{path} is damaged: {reason}. Delete it and run Extract again; it writes this file again."
