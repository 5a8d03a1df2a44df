"""Time series through QGIS Processing."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsProcessingException
from qgis.PyQt.QtCore import QDateTime

from tests.support.compare import differences


@pytest.fixture
def run(provider, reference: Path):
    import processing

    def _run(output: Path, **other: object) -> dict[str, object]:
        values = {
            "INPUT": str(reference / "layers" / "zones.shp"),
            "LIBRARY": str(reference / "library"),
            "CLOUDMASK": "CM001",
            "DATE_MIN": "2021-01-01",
            "DATE_MAX": "2022-04-01",
            "OUTPUT": str(output),
        }
        return processing.run("sen2chain_ts:timeseries", {**values, **other})

    return _run


def test_files_equal_sen2chain(run, provider, reference: Path, tmp_path: Path) -> None:
    result = run(tmp_path, INDICES=["NDVI", "NDWIGAO"])
    assert result == {"OUTPUT": str(tmp_path), "FILES": 2, "ROWS": 552}
    assert differences(tmp_path, reference / "expected" / "timeseries" / "CM001") == []


def test_table_holds_the_rows_with_their_zones(run, tmp_path: Path) -> None:
    result = run(tmp_path, TABLE="memory:", DATE_MAX="2021-01-10")
    layer = result["TABLE"]
    features = sorted(layer.getFeatures(), key=lambda feature: feature["zone"])
    assert len(features) == result["ROWS"] > 20
    first = features[0]
    assert first["date"] == QDateTime(2021, 1, 5, 6, 35, 11)
    assert (first["zone"], first["tile"], first["count"], first["index"], first["cloudmask"]) == (
        0, "40KCB", 10, "NDVI", "CM001",
    )  # fmt: skip
    assert first["mean"] == pytest.approx(3816.8, rel=1e-12)
    assert first["name"] == "Canne à sucre 0"
    assert first.geometry().isMultipart()
    assert not first.geometry().isEmpty()
    assert layer.crs().authid() == "EPSG:4326"


def test_one_cloud_mask_only(run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="Unknown cloud mask 'CM001/CM002-B11'"):
        run(tmp_path, CLOUDMASK="CM001/CM002-B11")


def test_dates_the_wrong_way_round(run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="last date 2021-04-01 is before the first date 2021-05-01"):
        run(tmp_path, DATE_MIN="2021-05-01", DATE_MAX="2021-04-01")
    assert list(tmp_path.iterdir()) == []
