"""Fault 1: a raster that announces more than a tile can have is refused before anything is decoded."""

from __future__ import annotations

import contextlib
import struct
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import RasterDamaged, RasterUnreadable
from sen2chain_ts_plugin.engine.raster.codestream import _essential, _parse
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.jp2 import check_structure
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.raster.readers import reading
from tests.support.extracting import SmallLibrary, counts, fields_layer, run, write_jp2
from tests.support.raw_tree import Log


def write_raster(path: Path) -> Path:
    values = np.random.default_rng(0).integers(0, 9000, (100, 100)).astype(np.int16)
    return write_jp2(path, values, block=64)


def set_siz(path: Path, **values: int) -> None:
    """Write other numbers into the SIZ segment: right, bottom, left, top, and the same of tiles."""
    names = ("right", "bottom", "left", "top", "tile_width", "tile_height", "tile_left", "tile_top")
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\x4f\xff\x51") + 8
    for name, value in values.items():
        struct.pack_into(">I", data, at + 4 * names.index(name), value)
    path.write_bytes(data)


HUGE = {
    "a million each way": {"right": 10**6, "bottom": 10**6, "tile_width": 10**6, "tile_height": 10**6},
    "one row too many": {"bottom": 10_981},
    "one column too many": {"right": 10_981},
    "all there is": {"right": 2**32 - 1, "bottom": 2**32 - 1},
    "no column": {"left": 100},
    "tiles of a pixel": {"right": 10_000, "bottom": 10_000, "tile_width": 1, "tile_height": 1},
    "tiles of nothing": {"tile_width": 0},
    "tiles that begin after the image": {"tile_left": 5},
    "tiles far wider than the image": {"tile_width": 1 << 24},
    "tiles far higher than the image": {"tile_height": 1 << 31},
}


@pytest.mark.parametrize("what", HUGE)
def test_what_no_tile_can_be(what: str, tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.jp2")
    set_siz(path, **HUGE[what])
    with pytest.raises(RasterDamaged, match=r"a\.jp2 .*(a tile has at most 10980|impossible size)"), open_raster(path):
        pass


@pytest.mark.parametrize("place", [7, 9, 10, 11])
@pytest.mark.parametrize("value", [0, 32, 33, 64, 200, 255])
def test_how_tiles_are_coded_is_possible_or_refused(place: int, value: int, tmp_path: Path) -> None:
    """Layers, levels, width and height of code blocks. GDAL may refuse more than the format does."""
    path = write_raster(tmp_path / "a.jp2")
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\x52")
    data[at + place] = value
    path.write_bytes(data)
    with contextlib.suppress(RasterDamaged, RasterUnreadable), open_raster(path) as reader:
        with reading(path):
            reader.read(Window(0, 0, 64, 64), np.array([[3, 3, 9, 9]]))
        assert (place, value) not in {(9, 33), (9, 255), (10, 32), (11, 255)}


def test_more_packets_than_an_encoder_makes(tmp_path: Path) -> None:
    """16 384 layers of precincts of one pixel: a decoder would look for each."""
    path = write_raster(tmp_path / "a.jp2")
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\x52")
    length = struct.unpack_from(">H", data, at + 2)[0]
    data[at + 4] |= 1  # precincts are given
    struct.pack_into(">H", data, at + 6, 1 << 14)
    data[at + 14 : at + 2 + length] = bytes(length - 12)
    path.write_bytes(data)
    with pytest.raises(RasterDamaged, match="main header is damaged"):
        check_structure(path)


def test_such_a_product_fails_and_the_others_go_on(tmp_path: Path) -> None:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-10")
    masked = small.add("2021-01-05")
    set_siz(masked, **HUGE["a million each way"])
    log = Log()
    _, summary = run(small.open(), fields_layer(), tmp_path / "out", log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert "1000000 x 1000000" in log.errors[0]


def test_boxes_and_headers_without_end(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.jp2")
    data = path.read_bytes()
    at = data.index(b"jp2c") - 4
    path.write_bytes(data[:at] + struct.pack(">I4s", 8, b"free") * 2000 + data[at:])
    with pytest.raises(RasterDamaged, match="no codestream"):
        check_structure(path)
    start = at + 8 + 2
    remarks = b"\xff\x64\x00\x04\x00\x01" * 300_000
    path.write_bytes(data[:at] + struct.pack(">I4s", 0, b"jp2c") + data[at + 8 : start] + data[start:-2] + b"\xff\xd9")
    assert check_structure(path).tile_parts
    siz_end = start + 2 + struct.unpack_from(">H", data, start + 2)[0]
    path.write_bytes(
        data[:at] + struct.pack(">I4s", 0, b"jp2c") + data[at + 8 : siz_end] + remarks + data[siz_end:-2] + b"\xff\xd9"
    )
    with pytest.raises(RasterDamaged, match="no tile-part"):
        check_structure(path)


def test_how_tiles_are_coded_is_read_whatever_stands_before_it(tmp_path: Path) -> None:
    """QCD may come before COD, and its numbers may look like COD's marker."""
    path = write_raster(tmp_path / "a.jp2")
    structure = check_structure(path)
    start, end = structure.header
    header = path.read_bytes()[start:end]
    plain = _parse(*_essential(header))
    siz_end = 4 + struct.unpack_from(">H", header, 4)[0]
    segments, position = {}, siz_end
    while position < len(header):
        marker, length = struct.unpack_from(">HH", header, position)
        segments[marker] = header[position : position + 2 + length]
        position += 2 + length
    decoy = b"\xff\x5d\x00\x08\x00\x00\xff\x52\x00\x0c"  # QCC of one component
    turned = header[:siz_end] + decoy + segments[0xFF5C] + segments[0xFF52]
    assert _parse(*_essential(turned)) == plain
