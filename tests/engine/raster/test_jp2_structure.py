"""A damaged JPEG 2000 file is refused before anything is decoded, wherever the damage is."""

from __future__ import annotations

import contextlib
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import EngineError, RasterDamaged, RasterUnreadable
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.jp2 import check_structure
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.raster.readers import reading
from tests.support.extracting import NODATA, write_jp2


@pytest.fixture(scope="module")
def pixels() -> np.ndarray:
    return np.random.default_rng(0).integers(-10_000, 10_000, (96, 64)).astype(np.int16)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, pixels: np.ndarray) -> bytes:
    """A file of six tiles."""
    path = write_jp2(tmp_path_factory.mktemp("sound") / "sound.jp2", pixels, nodata=NODATA, block=32)
    return path.read_bytes()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "damaged.jp2"


def check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    check_structure(path)


def test_sound_files_pass(sound: bytes, scratch: Path, reference: Path) -> None:
    check(scratch, sound)
    files = sorted((reference / "library").rglob("*.jp2"))
    for path in files:
        check_structure(path)
    assert len(files) > 100


def test_a_file_cut_anywhere_is_damaged(sound: bytes, scratch: Path) -> None:
    offsets = {*range(0, len(sound), 61), *range(len(sound) - 300, len(sound)), *range(200)}
    for offset in sorted(offsets):
        with pytest.raises(RasterDamaged, match=r"damaged\.jp2"):
            check(scratch, sound[:offset])


def test_a_file_whose_rest_is_still_zeros_is_damaged(sound: bytes, scratch: Path) -> None:
    """As a copy in progress leaves it that has reserved its room."""
    offsets = {*range(0, len(sound), 61), *range(len(sound) - 300, len(sound))}
    for offset in sorted(offsets):
        with pytest.raises(RasterDamaged):
            check(scratch, sound[:offset].ljust(len(sound), b"\0"))


def test_a_cut_file_with_the_end_of_another(sound: bytes, scratch: Path) -> None:
    """The end-of-codestream marker alone proves nothing."""
    for share in (0.3, 0.5, 0.9):
        with pytest.raises(RasterDamaged):
            check(scratch, sound[: int(len(sound) * share)] + b"\xff\xd9")


JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
CODESTREAM = JP2 + struct.pack(">I4s", 0, b"jp2c") + b"\xff\x4f\xff\x51\x00\x02"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 10_000,
        b"<html><title>504 Gateway Time-out</title></html>",
        JP2,
        JP2 + struct.pack(">I4sQ", 1, b"jp2c", 2**64 - 1),
        JP2 + struct.pack(">I4sQ", 1, b"jp2c", 3),
        JP2 + struct.pack(">I4s", 7, b"jp2h") * 9,
        JP2 + struct.pack(">I4s", 8, b"free") * 1000,
        CODESTREAM + b"\xff\x90" * 99,
        CODESTREAM + b"\xff\x90" + b"\0" * 99,
    ],
)
def test_what_is_no_jpeg_2000_file(content: bytes, scratch: Path) -> None:
    with pytest.raises(RasterDamaged):
        check(scratch, content)


@given(data=st.data())
def test_damaged_bytes_raise_nothing_else_and_end(data: st.DataObject, sound: bytes, scratch: Path) -> None:
    content = bytearray(sound)
    # Most of what steers the walk stands in the first bytes and at the starts of tile-parts.
    starts = [0, *(at for at in range(len(sound) - 1) if sound[at : at + 2] == b"\xff\x90")]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.sampled_from(starts)) + data.draw(st.integers(0, 30))
        piece = data.draw(st.binary(min_size=1, max_size=8))
        content[start : start + len(piece)] = piece
    refused = ""
    try:
        check(scratch, bytes(content))
    except RasterDamaged as error:
        refused = str(error)
    assert not refused or scratch.name in refused


@given(damages=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=40)), min_size=1, max_size=5))
def test_a_damaged_file_is_read_or_refused(
    damages: list[tuple[float, bytes]], sound: bytes, pixels: np.ndarray, scratch: Path
) -> None:
    """Bits that flipped on a disk: an error of ours, or pixels of the right shape; never a crash."""
    content = bytearray(sound)
    for share, piece in damages:
        at = int(share * (len(sound) - len(piece)))
        content[at : at + len(piece)] = piece
    scratch.write_bytes(bytes(content))
    with contextlib.suppress(EngineError), open_raster(scratch) as reader, reading(scratch):
        if reader.grid.width * reader.grid.height <= 1_000_000:
            window = Window(0, 0, reader.grid.width, reader.grid.height)
            assert reader.read(window).shape == (window.height, window.width)


def test_a_file_that_is_gone_or_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.jp2").mkdir()
    for name in ("gone.jp2", "folder.jp2"):
        with pytest.raises(RasterUnreadable, match=name), open_raster(tmp_path / name):
            pass


def test_another_format_under_the_name_is_refused(tmp_path: Path, pixels: np.ndarray) -> None:
    import rasterio

    path = tmp_path / "geotiff.jp2"
    grid = {"crs": "EPSG:32740", "transform": rasterio.Affine(10, 0, 0, 0, -10, 0)}
    with rasterio.open(path, "w", driver="GTiff", width=64, height=96, count=1, dtype="int16", **grid) as dataset:
        dataset.write(pixels, 1)
    with pytest.raises(RasterDamaged, match=r"geotiff\.jp2"), open_raster(path):
        pass
