"""What the chart shows, as a file: a picture, or the values."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...engine.errors import WriteFailed
from ...engine.files import write_atomic
from ...engine.series.curves import Curve, curves_csv
from ...processing.support.i18n import tr
from ..common import settings
from .chart import Chart

_FOLDER = "dock/save_folder"


def ask_path(parent: QWidget, name: str, kind: str) -> str:
    """Ask where to save, beginning where the last file went; empty when the user changes his mind."""
    folder = settings.text(_FOLDER, os.path.expanduser("~"))
    path, _ = QFileDialog.getSaveFileName(parent, tr("Save"), str(Path(folder, name)), f"{kind.upper()} (*.{kind})")
    if not path:
        return ""
    settings.remember(_FOLDER, str(Path(path).parent))
    return path if path.lower().endswith(f".{kind}") else f"{path}.{kind}"


def save_picture(path: str, chart: Chart, title: str) -> None:
    """Write what is in view, below a title, as the ending of the name says.

    Raises
    ------
    WriteFailed
        the system refused.
    """
    try:
        chart.save(path, title)
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error


def save_values(path: str, curves: Sequence[Curve], labels: Sequence[str]) -> None:
    """Write the values as CSV.

    Raises
    ------
    WriteFailed
        the system refused.
    """
    write_atomic(Path(path), curves_csv(curves, labels).encode("utf-8"), Path(path).parent)
