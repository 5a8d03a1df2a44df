"""Where OpenJPEG is found: wheels of rasterio bring it under a name of their own, conda and OSGeo4W beside Python."""

from __future__ import annotations

import shutil
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.raster import codestream, openjpeg
from sen2chain_ts_plugin.engine.raster.holes import Holes
from sen2chain_ts_plugin.engine.raster.jp2 import check_structure

MAPS = Path("/proc/self/maps")


def rasterio_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let Python believe that rasterio is installed in a folder; return the folder of the package."""
    package = folder / "rasterio"
    package.mkdir(parents=True)
    module = ModuleType("rasterio")
    module.__spec__ = ModuleSpec("rasterio", None, is_package=True)
    module.__spec__.submodule_search_locations.append(str(package))
    monkeypatch.setitem(sys.modules, "rasterio", module)
    return package


@pytest.mark.parametrize(
    "name",
    [
        "rasterio.libs/openjp2-a57b6ea2b51b5defead0f0bc599096be.dll",
        "rasterio.libs/libopenjp2-650ed7df.so.2.5.3",
        "rasterio.libs/libopenjp2-05423b53.so",
        "rasterio/.dylibs/libopenjp2.2.5.3.dylib",
        "rasterio/.dylibs/libopenjp2.2.4.0.dylib",
    ],
)
def test_the_library_of_a_wheel_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rasterio_in(tmp_path / "site packages é", monkeypatch)
    path = tmp_path / "site packages é" / name
    path.parent.mkdir(exist_ok=True)
    for each in (path, path.with_name("libgdal-c8c9c467.so.36"), path.with_name("libjpeg.9.dylib")):
        each.write_bytes(b"")
    assert next(iter(openjpeg._candidates())) == str(path)
    assert str(path.with_name("libjpeg.9.dylib")) not in list(openjpeg._candidates())


@pytest.mark.parametrize("spec", [None, ModuleSpec("rasterio", None), ModuleSpec("rasterio", None, is_package=True)])
def test_without_a_wheel_the_library_of_the_system_is_taken(
    monkeypatch: pytest.MonkeyPatch, spec: ModuleSpec | None
) -> None:
    module = ModuleType("rasterio")
    module.__spec__ = spec  # of None, importlib says ValueError
    monkeypatch.setitem(sys.modules, "rasterio", module)
    monkeypatch.setattr(openjpeg, "sys", SimpleNamespace(platform="linux", prefix="/nowhere"))
    assert list(openjpeg._candidates()) == ["libopenjp2.so.7"]


def test_no_rasterio_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    assert openjpeg._bundled() == []


@pytest.mark.parametrize(
    ("system", "place"),
    [("win32", "Library/bin/openjp2.dll"), ("linux", "lib/libopenjp2.so.7"), ("darwin", "lib/libopenjp2.7.dylib")],
)
def test_conda_keeps_it_beside_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, place: str) -> None:
    monkeypatch.setattr(openjpeg, "sys", SimpleNamespace(platform=system, prefix=str(tmp_path)))
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert str(path) in list(openjpeg._candidates())


def test_osgeo4w_keeps_it_in_its_folder_of_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openjpeg, "sys", SimpleNamespace(platform="win32", prefix=str(tmp_path / "python")))
    monkeypatch.setenv("OSGEO4W_ROOT", str(tmp_path))
    path = tmp_path / "bin" / "openjp2.dll"
    path.parent.mkdir()
    path.write_bytes(b"")
    assert str(path) in list(openjpeg._candidates())


@pytest.mark.skipif(openjpeg.load() is None, reason="OpenJPEG is not installed as a library of its own")
@pytest.mark.skipif(
    not MAPS.exists() or "openjp2" not in MAPS.read_text(encoding="utf-8"),
    reason="the system does not say which libraries are loaded",
)
def test_areas_are_decoded_with_the_library_of_a_wheel_alone(
    tmp_path: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = next(line.split(None, 5)[5] for line in MAPS.read_text(encoding="utf-8").splitlines() if "openjp2" in line)
    package = rasterio_in(tmp_path, monkeypatch)
    bundled = package.with_name("rasterio.libs") / "libopenjp2-0a1b2c3d.so.2.5.3"
    bundled.parent.mkdir()
    raster = sorted(reference.rglob("*_NDVI.jp2"))[0]
    openjpeg.load.cache_clear()
    try:
        monkeypatch.setattr(openjpeg, "_NAMES", {})
        assert openjpeg.load() is None
        openjpeg.load.cache_clear()
        shutil.copy(loaded, bundled)
        structure = check_structure(raster)
        tiles = codestream.open_tiles(raster, structure, Holes(raster, structure))
        assert tiles is not None
        assert tiles._library._name == str(bundled)
        out = np.full((tiles.layout.tile_height, tiles.layout.tile_width), -1, np.int16)
        tiles.decode(0, np.array([[2, 3, 9, 11]]), out)
        tiles.close()
        assert (out[3:11, 2:9] != -1).all()
    finally:
        openjpeg.load.cache_clear()
