"""Progress begins with the reading of the zones, and never goes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.qgis_layers import JUNE, memory_layer, save, square


@pytest.mark.parametrize(
    ("algorithm", "other"),
    [
        ("extract", {"CLOUDMASKS": "CM001"}),
        ("extract", {"CLOUDMASKS": "CM001", "TABLE": "TEMPORARY_OUTPUT"}),
        ("timeseries", {"CLOUDMASK": "CM001"}),
        ("inventory", {}),
    ],
)
def test_progress_begins_with_reading_and_never_goes_back(
    provider: Sen2ChainProvider, reference: Path, tmp_path: Path, algorithm: str, other: dict[str, Any]
) -> None:
    squares = [square(10 + n % 40, 10 + n // 40, 1) for n in range(1600)]
    path = save(memory_layer(squares, name="many"), tmp_path / "many.gpkg", "GPKG")
    feedback, shown = QgsProcessingFeedback(False), []
    feedback.progressChanged.connect(shown.append)
    output = {} if algorithm == "inventory" else {"OUTPUT": str(tmp_path / "out")}
    given = {"INPUT": str(path), "LIBRARY": str(reference / "library"), **JUNE, **output, **other}
    processing.run(f"sen2chain_ts:{algorithm}", given, feedback=feedback)
    assert shown == sorted(shown)
    assert shown[-1] == 100
    if algorithm != "inventory":
        assert len([share for share in shown if 0 < share < 10]) >= 2
    if algorithm == "extract":
        assert len([share for share in shown if 5 < share < 10]) >= 3  # its shapefile


def test_cancel_is_heard_while_the_shapefile_is_written(
    provider: Sen2ChainProvider, reference: Path, tmp_path: Path
) -> None:
    squares = [square(10 + n % 40, 10 + n // 40, 1) for n in range(3200)]
    path = save(memory_layer(squares, name="many"), tmp_path / "many.gpkg", "GPKG")
    feedback, shown = QgsProcessingFeedback(False), []

    def look(share: float) -> None:
        shown.append(share)
        if share > 5:
            feedback.cancel()

    feedback.progressChanged.connect(look)
    given = {"INPUT": str(path), "LIBRARY": str(reference / "library"), "CLOUDMASKS": "CM001", **JUNE}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("sen2chain_ts:extract", {**given, "OUTPUT": str(tmp_path / "out")}, feedback=feedback)
    assert 5 < shown[-1] < 6
    assert not list(tmp_path.glob("out/*"))
