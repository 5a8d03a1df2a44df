"""Announces that an algorithm finished successfully to those who show its results; without a window, to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QDateTime, QObject, pyqtSignal


@dataclass(frozen=True)
class FinishedRun:
    """What was run: the algorithm, the library and the cloud masks that were asked for, the extraction it wrote."""

    algorithm: str
    library: str
    cloudmasks: str
    extraction: Path | None


class _Runs(QObject):
    """Lives in the main thread, so that what is told from another one arrives there."""

    finished = pyqtSignal(object)
    # Rows were loaded as a layer: their first and their last date.
    rows_loaded = pyqtSignal(QDateTime, QDateTime)


RUNS = _Runs()


def announce(algorithm: str, values: dict[str, Any], results: dict[str, Any]) -> None:
    """Say what an algorithm has done, with which values, read and checked; from any thread."""
    masks = values.get("CLOUDMASKS") or values.get("CLOUDMASK") or ""
    extraction = results.get("EXTRACTION") or values.get("EXTRACTION")
    library = results.get("LIBRARY") or values.get("LIBRARY") or ""
    RUNS.finished.emit(FinishedRun(algorithm, library, masks, Path(extraction) if extraction else None))
