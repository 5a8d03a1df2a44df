"""Fault 1: zeros inside what a raster codes, as a copy in several streams leaves them. Such a tile is never read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import RasterDamaged
from sen2chain_ts_plugin.engine.raster import openjpeg
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.jp2 import check_structure
from sen2chain_ts_plugin.engine.raster.opening import open_colours, open_raster
from tests.support.extracting import ShapeLayer, SmallLibrary, box, counts, run, write_jp2
from tests.support.raw_tree import Log

BLOCK = 256
SIDE = 3 * BLOCK  # GDAL makes stripes of it: three tiles, one below the other
WHOLE = np.array([[0, 0, SIDE, BLOCK]])
FIELD = np.array([[100, 100, 110, 110]])


def write_noise(path: Path) -> Path:
    values = np.random.default_rng(1).integers(-10_000, 10_000, (SIDE, SIDE)).astype(np.int16)
    return write_jp2(path, values, block=BLOCK)


def punch(path: Path, position: int, size: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(position)
        stream.write(bytes(size))


def inside(path: Path, tile: int, size: int, share: float) -> int:
    """Return a place in a part of a tile, after its headers, where a hole of a size has room."""
    ((position, length),) = [part[1:] for part in check_structure(path).tile_parts if part[0] == tile]
    return position + 14 + int((length - 14 - size) * share)


@pytest.fixture(params=["areas", "blocks"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read areas through OpenJPEG where there is one, or whole blocks through GDAL."""
    if request.param == "blocks":
        monkeypatch.setattr("sen2chain_ts_plugin.engine.raster.codestream.load", lambda: None)
    elif openjpeg.load() is None:
        pytest.skip("no OpenJPEG here")
    return str(request.param)


@pytest.mark.parametrize("share", [0, 0.37, 1])
@pytest.mark.parametrize("size", [400, 512, 4096, 65_536])
def test_a_tile_with_a_hole_is_never_read_and_the_others_are(way: str, size: int, share: float, tmp_path: Path) -> None:
    sound = write_noise(tmp_path / "sound.jp2")
    path = Path(shutil.copy(sound, tmp_path / "holed.jp2"))
    punch(path, inside(path, 1, size, share), size)
    with open_raster(sound) as good, open_raster(path) as reader:
        for tile in range(3):
            window = Window(0, tile * BLOCK, SIDE, BLOCK)
            needed = FIELD if way == "areas" else WHOLE
            if tile == 1:
                with pytest.raises(RasterDamaged, match=r"holed\.jp2 .*hole of zeros at byte \d+"):
                    reader.read(window, needed)
                continue
            part = np.s_[100:110, 100:110] if way == "areas" else np.s_[:]
            assert np.array_equal(reader.read(window, needed)[part], good.read(window)[part])


@pytest.mark.parametrize("seed", range(6))
def test_holes_in_any_file_of_a_product_fail_it_and_no_other(seed: int, tmp_path: Path) -> None:
    random = np.random.default_rng(seed)
    small = SmallLibrary(tmp_path / "library", width=512, height=512, seed=seed)
    layer = ShapeLayer([box(20, 100, 450, 400)])
    small.add("2021-01-10", block=128)
    masked = small.add("2021-01-05", block=128)
    victim: Callable[[Path], Path] = [lambda path: path, small.unmasked, small.probability][seed % 3]
    path = victim(masked)
    parts = check_structure(path).tile_parts
    for tile, position, length in parts:  # somewhere in each part, or no zone need meet it
        size = int(random.integers(400, length - 20))
        punch(path, position + 14 + int(random.integers(0, length - 14 - size)), size)
        assert tile >= 0
    log = Log()
    tree, summary = run(small.open(), layer, tmp_path / "out", log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    (error,) = log.errors
    assert masked.name in error
    assert path.name in error
    assert "hole of zeros" in error
    assert len(list(tree.folder.glob("raw_data/NDVI/CM001/*.csv"))) == 1


@pytest.mark.parametrize("what", ["all alike", "half alike", "noise", "steps"])
@pytest.mark.parametrize(
    "options", [{}, {"REVERSIBLE": "NO", "QUALITY": "5"}, {"PRECINCTS": "{64,64},{64,64},{32,32}"}]
)
def test_what_is_sound_has_no_hole(what: str, options: dict[str, str], tmp_path: Path) -> None:
    values = np.full((512, 512), 16383, np.int16)
    if what == "half alike":
        values[:, 300:] = np.random.default_rng(0).integers(0, 9000, (512, 212))
    elif what == "noise":
        values[:] = np.random.default_rng(0).integers(-10_000, 10_000, (512, 512))
    elif what == "steps":
        values[:] = np.arange(512)[:, None] // 64 * 1000
    path = write_jp2(tmp_path / "a.jp2", values, block=512, **options)
    with open_raster(path) as reader:
        assert reader.read(Window(0, 0, 512, 512)).shape == (512, 512)


def test_a_hole_in_a_picture_of_three_bands(tmp_path: Path) -> None:
    import rasterio

    path = tmp_path / "T40KCB_TCI_10m.jp2"
    values = np.random.default_rng(2).integers(0, 255, (3, 256, 256)).astype(np.uint8)
    about: dict[str, Any] = {"driver": "JP2OpenJPEG", "width": 256, "height": 256, "count": 3, "dtype": "uint8"}
    place = rasterio.transform.from_origin(320_000, 7_660_000, 10, 10)
    with rasterio.open(path, "w", crs="EPSG:32740", transform=place, QUALITY="100", REVERSIBLE="YES", **about) as out:
        out.write(values)
    with open_colours(path) as reader:
        assert np.array_equal(reader.read(Window(0, 0, 256, 256)), values)
    punch(path, inside(path, 0, 2000, 0.5), 2000)
    with open_colours(path) as reader, pytest.raises(RasterDamaged, match="hole of zeros"):
        reader.read(Window(0, 0, 256, 256))
