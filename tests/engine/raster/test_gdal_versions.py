"""What the log says of the libraries that read the rasters."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.extracting import SmallLibrary, fields_layer, run, select
from tests.support.raw_tree import Log

rasterio = pytest.importorskip("rasterio")
gdal = pytest.importorskip("osgeo.gdal")


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05")
    small.add("2021-01-10")
    return small


def said(small: SmallLibrary, root: Path) -> list[str]:
    """Extract, and return what was said of GDAL."""
    log = Log()
    run(small.open(), fields_layer(), root, select(), log=log)
    return [line for line in [*log.infos, *log.warnings, *log.errors] if "GDAL" in line]


def test_the_same_gdal_is_not_worth_a_word(small: SmallLibrary, tmp_path: Path) -> None:
    assert rasterio.__gdal_version__ == gdal.VersionInfo("RELEASE_NAME"), "this machine mixes two GDAL"
    assert said(small, tmp_path / "root") == []


def test_two_versions_in_one_process_are_reported_once(
    small: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = gdal.VersionInfo("RELEASE_NAME")
    monkeypatch.setattr(rasterio, "__gdal_version__", "3.99.1")
    (line,) = said(small, tmp_path / "root")
    assert f"rasterio brings GDAL 3.99.1 into a process that has GDAL {other}" in line
    # The second run has nothing to read.
    assert said(small, tmp_path / "root") == []


def test_rasterio_alone_does_not_load_another_gdal(
    small: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasterio, "__gdal_version__", "3.99.1")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("osgeo", "qgis")]:
        monkeypatch.delitem(sys.modules, name)
    assert said(small, tmp_path / "root") == []
    assert "osgeo" not in sys.modules
