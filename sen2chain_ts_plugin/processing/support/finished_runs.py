"""Says that an algorithm has ended well, to whoever shows its results; without a window nobody listens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext
from qgis.PyQt.QtCore import QObject, pyqtSignal


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


RUNS = _Runs()


def announce(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    results: dict[str, Any],
) -> None:
    """Say what an algorithm has done; from any thread."""

    def text(*names: str) -> str:
        given = (name for name in names if algorithm.parameterDefinition(name) is not None)
        return next((algorithm.parameterAsString(parameters, name, context) for name in given), "")

    extraction = results.get("EXTRACTION") or text("EXTRACTION")
    run = FinishedRun(
        algorithm.name(), text("LIBRARY"), text("CLOUDMASKS", "CLOUDMASK"), Path(extraction) if extraction else None
    )
    RUNS.finished.emit(run)
