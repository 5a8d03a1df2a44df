"""Announces what algorithms do to those who show it: that one has begun to write, that one finished successfully.

Without a window, nobody listens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QDateTime, QObject, pyqtSignal

if TYPE_CHECKING:
    from ...engine.library.index_product import IndexProduct
    from ...engine.tree.layout import Tree


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


@dataclass(frozen=True)
class BegunRun:
    """An extraction that is about to be written.

    Attributes
    ----------
    extraction
        its folder; the zones are in it.
    products
        how many products it will have of each index and folder of a cloud mask, in the order asked for.
    """

    extraction: Path
    products: dict[tuple[str, str], int]


class _Runs(QObject):
    """Lives in the main thread, so that what is told from another one arrives there."""

    begun = pyqtSignal(object)
    finished = pyqtSignal(object)
    # Rows were loaded as a layer: their first and their last date.
    rows_loaded = pyqtSignal(QDateTime, QDateTime)


RUNS = _Runs()


def announce_begun(tree: Tree, products: Sequence[IndexProduct]) -> None:
    """Say that an extraction is about to be written; from any thread."""
    numbers: dict[tuple[str, str], int] = {}
    for item in products:
        pair = item.index, item.mask.folder
        numbers[pair] = numbers.get(pair, 0) + 1
    RUNS.begun.emit(BegunRun(tree.folder, numbers))


def announce(algorithm: str, values: dict[str, Any], results: dict[str, Any], words: str) -> None:
    """Say what an algorithm has done, with which values, read and checked; from any thread."""
    masks = values.get("CLOUDMASKS") or values.get("CLOUDMASK") or ""
    extraction = results.get("EXTRACTION") or values.get("EXTRACTION")
    library = results.get("LIBRARY") or values.get("LIBRARY") or ""
    RUNS.finished.emit(FinishedRun(algorithm, library, masks, Path(extraction) if extraction else None, results, words))
