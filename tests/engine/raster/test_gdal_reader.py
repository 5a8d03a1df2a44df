"""Where rasterio is not installed osgeo.gdal reads: the same tree, byte for byte."""

from __future__ import annotations

import importlib.abc
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine import Zones
from sen2chain_ts_plugin.engine.errors import RasterDamaged, RasterUnreadable
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.libraries import rasterio_failure
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.extracting import (
    LEFT,
    NODATA,
    TOP,
    SmallLibrary,
    all_bytes,
    counts,
    fields_layer,
    run,
    select,
    write_jp2,
)
from tests.support.layers import ShapefileLayer
from tests.support.raw_tree import Log

pytest.importorskip("osgeo.gdal")


class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.partition(".")[0] == "rasterio":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.fixture
def without_rasterio(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a QGIS that has only its own GDAL."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "rasterio"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
    rasterio_failure.cache_clear()
    yield
    rasterio_failure.cache_clear()


class LayerOfGeometries:
    """The zones of another layer, transformed before rasterio went away."""

    def __init__(self, layer: Any) -> None:
        self.name, self.fields, self.attributes = layer.name, layer.fields, layer.attributes
        self.has_geometry, self._shapefile = True, layer.shapefile()
        self._geometries = {epsg: layer.geometries(epsg) for epsg in (4326, 32740)}

    def geometries(self, epsg: int) -> Any:
        return self._geometries[epsg]

    def shapefile(self) -> dict[str, bytes]:
        return self._shapefile


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLibrary:
    small = SmallLibrary(tmp_path_factory.mktemp("library"))
    small.add("2021-01-05")
    small.add("2021-01-10", "NDWIGAO")
    sidecar = small.add("2021-01-15")
    sidecar.with_name(f"{sidecar.name}.aux.xml").unlink()
    return small


@pytest.fixture(scope="module")
def with_rasterio(small: SmallLibrary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    tree, _ = run(small.open(), fields_layer(), tmp_path_factory.mktemp("rasterio"), select(("NDVI", "NDWIGAO")))
    return all_bytes(tree.folder)


@pytest.fixture(scope="module")
def layer() -> LayerOfGeometries:
    return LayerOfGeometries(fields_layer())


@pytest.mark.parametrize("workers", [1, 4])
def test_the_tree_is_the_same(
    small: SmallLibrary, layer: LayerOfGeometries, with_rasterio: dict[str, bytes], tmp_path: Path,
    without_rasterio: None, workers: int,
) -> None:  # fmt: skip
    log = Log()
    both = select(("NDVI", "NDWIGAO"))
    tree, summary = run(small.open(), layer, tmp_path, both, executor=ThreadExecutor(workers), log=log)
    assert "rasterio" not in sys.modules
    assert counts(summary) == (3, 3, 0, 0, 0)
    assert all_bytes(tree.folder) == with_rasterio


def test_a_rasterio_that_cannot_be_imported_is_as_good_as_none(
    small: SmallLibrary, layer: LayerOfGeometries, with_rasterio: dict[str, bytes], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """One that was built for another numpy raises no ImportError."""
    broken = tmp_path / "broken" / "rasterio"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ValueError('numpy.ndarray size changed')\n")
    for name in [name for name in sys.modules if name.partition(".")[0] == "rasterio"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(broken.parent))
    rasterio_failure.cache_clear()
    log = Log()
    try:
        tree, _ = run(small.open(), layer, tmp_path / "root", select(("NDVI", "NDWIGAO")), log=log)
        assert Zones("z", [None], "EPSG:2975").geometries(32740)[0].parts() == []
    finally:
        rasterio_failure.cache_clear()
    assert all_bytes(tree.folder) == with_rasterio
    (line,) = [line for line in log.infos if line.startswith("rasterio")]
    assert "rasterio cannot be used (numpy.ndarray size changed): GDAL's own Python bindings read the rasters" in line


def test_lossy_rasters_of_the_reference(reference: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    zones = LayerOfGeometries(ShapefileLayer(reference / "layers" / "zones.shp"))
    library = open_library(reference / "library")
    june = select(masks="CM001/CM003-PRB1-ITER5", first=date(2021, 6, 1), last=date(2021, 6, 30))
    ours = all_bytes(run(library, zones, tmp_path / "rasterio", june)[0].folder)
    request.getfixturevalue("without_rasterio")
    assert all_bytes(run(library, zones, tmp_path / "gdal", june)[0].folder) == ours


def test_damage_is_named_as_well(tmp_path: Path, without_rasterio: None) -> None:
    (tmp_path / "empty.jp2").touch()
    with pytest.raises(RasterDamaged, match=r"empty\.jp2"), open_raster(tmp_path / "empty.jp2"):
        pass
    with pytest.raises(RasterUnreadable, match=r"gone\.jp2"), open_raster(tmp_path / "gone.jp2"):
        pass


def test_a_crs_of_another_authority_fails_by_name(tmp_path: Path, layer: Any, request: pytest.FixtureRequest) -> None:
    """The French one names its CRS with letters. It is the first raster of its tile, so it is asked where that is."""
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-10")
    odd = small.add("2021-01-05")
    sidecar = odd.with_name(f"{odd.name}.aux.xml")
    srs = (
        'GEOGCS["RGR92",DATUM["RGR92",SPHEROID["GRS80",6378137,298.257222101]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433],AUTHORITY["IGNF","RGR92G"]]'
    ).replace('"', "&quot;")
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("<PAMDataset>", f"<PAMDataset><SRS>{srs}</SRS>"))
    request.getfixturevalue("without_rasterio")
    log = Log()
    _, summary = run(small.open(), layer, tmp_path / "root", log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert [odd.name in error and "CRS" in error for error in log.errors] == [True]


def test_several_threads_read_with_handles_of_their_own(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pixels = np.random.default_rng(1).integers(-10_000, 10_000, (200, 200)).astype(np.int16)
    path = write_jp2(tmp_path / "x.jp2", pixels, nodata=NODATA, block=64)
    request.getfixturevalue("without_rasterio")
    wrong: list[object] = []

    def read() -> None:
        try:
            for _ in range(5):
                with open_raster(path) as reader:
                    assert (reader.grid.left, reader.grid.top, reader.nodata) == (LEFT, TOP, NODATA)
                    for row in range(0, 200, 64):
                        window = Window(0, row, 200, min(64, 200 - row))
                        if not np.array_equal(reader.read(window), pixels[row : row + window.height]):
                            wrong.append(window)
        except Exception as error:  # noqa: BLE001 told to the test's thread
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
