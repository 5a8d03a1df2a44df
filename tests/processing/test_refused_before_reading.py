"""What a library lacks is refused before the zones are read: a million of them take minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsFeatureRequest, QgsProcessingContext, QgsProcessingException

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.qgis_layers import LEFT, TOP, memory_layer, save

# Whoever reads this zone stops at it: it crosses itself.
BOW = f"Polygon (({LEFT} {TOP}, {LEFT + 50} {TOP - 50}, {LEFT + 50} {TOP}, {LEFT} {TOP - 50}, {LEFT} {TOP}))"
MASK = {"CLOUDMASKS": "CM002-B11"}
ONE_MASK = {"CLOUDMASK": "CM002-B11"}
INDEX = {"INDICES": ["EVI"]}
TABLE = {"TABLE": "TEMPORARY_OUTPUT"}


@pytest.mark.parametrize(
    ("algorithm", "asked", "refusal"),
    [
        ("extract", {}, "geometry"),
        ("extract", MASK, "CM002-B11"),
        ("extract", {**MASK, **TABLE}, "CM002-B11"),
        ("extract", {**MASK, "BUFFER": 10}, "CM002-B11"),
        ("extract", {**MASK, "PIXELS": "fraction"}, "CM002-B11"),
        ("extract", INDEX, "no product of EVI"),
        ("extract", {**INDEX, **TABLE, "BUFFER": -10}, "no product of EVI"),
        ("extract", {"INDEX_SOURCE": "l2a"}, "does not go with indices from l2a"),
        ("timeseries", {}, "geometry"),
        ("timeseries", ONE_MASK, "CM002-B11"),
        ("timeseries", INDEX, "no product of EVI"),
        ("inventory", {}, "geometry"),
        ("inventory", INDEX, "no product of EVI"),
    ],
)
def test_it_is_refused_before_the_zones_are_read(
    provider: Sen2ChainProvider, reference: Path, tmp_path: Path, algorithm: str, asked: dict[str, Any], refusal: str
) -> None:
    path = save(memory_layer([BOW], name="bow"), tmp_path / "bow.gpkg", "GPKG")
    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid)
    masks = {"extract": {"CLOUDMASKS": "CM001"}, "timeseries": {"CLOUDMASK": "CM001"}}.get(algorithm, {})
    output = {} if algorithm == "inventory" else {"OUTPUT": str(tmp_path / "out")}
    given = {"INPUT": str(path), "LIBRARY": str(reference / "library"), **masks, **output, **asked}
    with pytest.raises(QgsProcessingException, match=refusal) as refused:
        processing.run(f"sen2chain_ts:{algorithm}", given, context=context)
    assert ("geometry" in str(refused.value)) == (refusal == "geometry")
    assert not (tmp_path / "out").exists()
