"""Failures of files and folders."""

from __future__ import annotations

from .base import EngineError


class WriteFailed(EngineError):
    """The system refused to write a file or make a folder."""

    message = (
        "Cannot write {path}: {reason}. Nothing half written was left. Make room there or get the right to write, then "
        "run again."
    )


class FileInUse(EngineError):
    """A file that another program keeps open, so that Windows lets nobody replace or remove it."""

    message = "{path} is open in another program: it stays as it was. Close it there and run again."


class LockRefused(WriteFailed):
    """A disk that knows no locks."""


class LeadsOutside(EngineError):
    """A symbolic link would make us write somewhere else."""

    message = "Not written: {path} is a link that leads out of {root}, to {target}. Remove the link and run again."


class FolderLocked(EngineError):
    """Another run is writing the same folder."""

    message = (
        "{folder} is locked: another run writes there (host {host}, process {pid}, since {since}). "
        "Wait until it ends; the lock of a run that was killed frees itself."
    )
