"""QGIS and the engine alone see the same zones; and QGIS works with no more than what every QGIS has."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from sen2chain_ts_plugin.engine import SerialExecutor, Silent, open_library, read_zones
from sen2chain_ts_plugin.engine import extract as extract_alone
from sen2chain_ts_plugin.engine.raster.libraries import rasterio_failure
from tests.support.extracting import all_bytes, select

JUNE = select(first=date(2021, 6, 1), last=date(2021, 6, 30))


@pytest.mark.parametrize("name", ["zones.shp", "zones.geojson", "zones_2975.gpkg", "points.shp"])
def test_the_engine_alone_writes_the_rows_that_qgis_writes_and_continues_its_folder(
    extract: Callable[..., dict[str, Any]], reference: Path, tmp_path: Path, name: str
) -> None:
    layer = reference / "layers" / name
    by_qgis = extract(layer)
    library, zones = open_library(reference / "library"), read_zones(layer)

    alone, summary = extract_alone(library, zones, JUNE, tmp_path / "alone", SerialExecutor(), Silent())
    assert summary.extracted == by_qgis["EXTRACTED"] == 3
    assert all_bytes(alone.folder / "raw_data") == all_bytes(Path(by_qgis["EXTRACTION"]) / "raw_data")

    again, summary = extract_alone(library, zones, JUNE, tmp_path / "out", SerialExecutor(), Silent())
    assert again.folder == Path(by_qgis["EXTRACTION"])
    assert summary.skipped == 3


def test_qgis_continues_the_folder_of_the_engine_alone(
    extract: Callable[..., dict[str, Any]], reference: Path, tmp_path: Path
) -> None:
    layer = reference / "layers" / "zones_2975.gpkg"
    library = open_library(reference / "library")
    alone, _ = extract_alone(library, read_zones(layer), JUNE, tmp_path / "out", SerialExecutor(), Silent())
    by_qgis = extract(layer)
    assert Path(by_qgis["EXTRACTION"]) == alone.folder
    assert (by_qgis["SKIPPED"], by_qgis["EXTRACTED"]) == (3, 0)


@pytest.fixture
def hide(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Hide a package, as on a QGIS that does not have it."""

    def hide(package: str) -> None:
        for name in [name for name in sys.modules if name.startswith(f"{package}.")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
        rasterio_failure.cache_clear()

    yield hide
    rasterio_failure.cache_clear()


class Told(QgsProcessingFeedback):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(False)
        self.told: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.told.append(info)


@pytest.mark.parametrize("package", ["rasterio", "pandas", "scipy", "matplotlib"])
def test_extract_needs_nothing_that_qgis_has_not(
    extract: Callable[..., dict[str, Any]], reference: Path, tmp_path: Path, hide: Callable[[str], None], package: str
) -> None:
    layer = reference / "layers" / "zones_2975.gpkg"
    expected = extract(layer, OUTPUT=str(tmp_path / "all"))
    hide(package)
    feedback = Told()
    found = extract(layer, feedback, OUTPUT=str(tmp_path / "poor"))
    assert found["ROWS"] == expected["ROWS"] > 0
    assert all_bytes(tmp_path / "poor") == all_bytes(tmp_path / "all")
    assert sys.modules[package] is None
    said = [line for line in feedback.told if "rasterio is not installed" in line]
    assert len(said) == (package == "rasterio")


@pytest.mark.parametrize(
    ("package", "algorithm", "parameters"),
    [("scipy", "compile", {"SMOOTHING": True}), ("matplotlib", "plot", {}), ("matplotlib", "quicklooks", {})],
)
def test_what_needs_more_says_how_to_install_it(
    extract: Callable[..., dict[str, Any]], reference: Path, hide: Callable[[str], None], package: str, algorithm: str,
    parameters: dict[str, Any], tmp_path: Path,
) -> None:  # fmt: skip
    import processing

    tree = extract(reference / "layers" / "zones.shp")["EXTRACTION"]
    hide(package)
    if package == "matplotlib":
        hide("PIL")  # which comes with it
        parameters = {"OUTPUT": str(tmp_path / "pictures"), "LIBRARY": str(reference / "library")}
        parameters = {key: parameters[key] for key in (("OUTPUT",) if algorithm == "plot" else parameters)}
    with pytest.raises(QgsProcessingException, match=rf"install (python3-)?{package}"):
        processing.run(f"sen2chain_ts:{algorithm}", {"EXTRACTION": tree, **parameters})
