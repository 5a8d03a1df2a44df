"""Announces that an algorithm finished successfully to those who show its results; without a window, to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QDateTime, QObject, pyqtSignal


@dataclass(frozen=True)
class FinishedRun:
    """What was run.

    Attributes
    ----------
    algorithm
        its id.
    library, cloudmasks
        that were asked for, or made; empty for none.
    extraction
        that was written or read.
    results
        the outputs.
    words
        what came of it, as the log says it last.
    """

    algorithm: str
    library: str
    cloudmasks: str
    extraction: Path | None
    results: dict[str, Any]
    words: str


class _Runs(QObject):
    """Lives in the main thread, so that what is told from another one arrives there."""

    finished = pyqtSignal(object)
    # Rows were loaded as a layer: their first and their last date.
    rows_loaded = pyqtSignal(QDateTime, QDateTime)


RUNS = _Runs()


def announce(algorithm: str, values: dict[str, Any], results: dict[str, Any], words: str) -> None:
    """Say what an algorithm has done, with which values, read and checked; from any thread."""
    masks = values.get("CLOUDMASKS") or values.get("CLOUDMASK") or ""
    extraction = results.get("EXTRACTION") or values.get("EXTRACTION")
    library = results.get("LIBRARY") or values.get("LIBRARY") or ""
    RUNS.finished.emit(FinishedRun(algorithm, library, masks, Path(extraction) if extraction else None, results, words))
