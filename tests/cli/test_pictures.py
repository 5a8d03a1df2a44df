"""Inventory, plot and quicklooks from the command line, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import QgisProcess
from tests.support.pages import Page


@pytest.fixture(scope="module")
def extraction(qgis_process: QgisProcess, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    result = qgis_process.results(
        "extract",
        INPUT=reference / "layers" / "zones.shp",
        LIBRARY=reference / "library",
        CLOUDMASKS="CM001",
        DATE_MIN="2021-05-01",
        DATE_MAX="2021-07-01",
        OUTPUT=root,
    )
    return Path(result["EXTRACTION"])


def test_inventory(qgis_process: QgisProcess, extraction: Path, reference: Path, tmp_path: Path) -> None:
    result = qgis_process.results(
        "inventory",
        INPUT=reference / "layers" / "zones.shp",
        LIBRARY=reference / "library",
        INDICES="NDVI",
        EXTRACTION_ROOT=extraction.parent,
        TABLE=tmp_path / "inventory.csv",
        REPORT=tmp_path / "inventory.html",
    )
    assert (
        (tmp_path / "inventory.csv").read_text(encoding="utf-8").startswith("tile,index,cloudmask,products,first,last")
    )
    assert ["NDVI", "CM001"] in [cells[:2] for cells in Page(tmp_path / "inventory.html").rows()]
    assert 0 < result["TO_DO"] < result["PRODUCTS"]


def test_plot(qgis_process: QgisProcess, extraction: Path) -> None:
    result = qgis_process.results("plot", EXTRACTION=extraction)
    assert result["FILES"] == len(list((extraction / "plots" / "CM001").glob("*.png"))) > 2
    assert "Time series: zones" in Page(Path(result["REPORT"])).texts


def test_quicklooks(qgis_process: QgisProcess, extraction: Path, reference: Path, tmp_path: Path) -> None:
    result = qgis_process.results(
        "quicklooks", EXTRACTION=extraction, LIBRARY=reference / "library", BUFFER=100, OUTPUT=tmp_path
    )
    assert result["FILES"] == len(list(tmp_path.rglob("*_QL_*.jpg"))) > 20
    assert result["FAILED"] == 0


def test_what_fails_fails_with_words(qgis_process: QgisProcess, extraction: Path, tmp_path: Path) -> None:
    run = qgis_process.run("plot", EXTRACTION=extraction, KEY_FIELD="nobody")
    assert run.returncode == 1
    assert "The zones have no field 'nobody'. Their fields: " in run.stdout
    run = qgis_process.run("quicklooks", EXTRACTION=extraction, LIBRARY=tmp_path)
    assert run.returncode == 1
    assert "No Sen2Chain library found" in run.stdout
    assert "Traceback" not in run.stdout
