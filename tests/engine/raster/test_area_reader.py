"""Decoding parts of a block gives the pixels that GDAL gives, and the results do not depend on who reads."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import shutil
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import RasterDamaged
from sen2chain_ts_plugin.engine.raster import area_reader, codestream, headers, openjpeg
from sen2chain_ts_plugin.engine.raster import opening as raster
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.raster.readers import Reader
from tests.support.layers import ShapefileLayer

pytestmark = pytest.mark.skipif(openjpeg.load() is None, reason="OpenJPEG is not installed as a library of its own")

LOSSY = {"QUALITY": "20", "NBITS": "15"}
EXACT = {"QUALITY": "100", "REVERSIBLE": "YES"}
SHAPES = {
    # noise is what filters that reach too short would betray first
    "lossy": ("int16", (1500, 2300), 1024, LOSSY),
    "lossy, five levels": ("int16", (1500, 2300), 1024, {**LOSSY, "RESOLUTIONS": "6"}),
    "lossy, one tile": ("int16", (600, 600), 600, LOSSY),
    "lossy, crooked tiles": ("int16", (700, 900), 300, LOSSY),
    "exact": ("uint8", (1150, 750), 512, EXACT),
    "exact, six levels": ("uint8", (1150, 750), 512, {**EXACT, "RESOLUTIONS": "7"}),
    "band of an L2A product": ("uint16", (640, 750), 512, EXACT),
}

SIDECAR = """<PAMDataset>{more}
  <PAMRasterBand band="1"><NoDataValue>{nodata}</NoDataValue></PAMRasterBand>
</PAMDataset>
"""


def write(path: Path, shape: str) -> Path:
    """Write a raster of noise, with a plain part and nodata in it."""
    import rasterio
    from rasterio.transform import from_origin

    dtype, (height, width), block, options = SHAPES[shape]
    random = np.random.default_rng(len(shape))
    if dtype == "int16":
        pixels = random.integers(-9000, 9900, (height, width)).astype(dtype)
        pixels[height // 3 : height // 2] = 16383
        pixels[: height // 4, : width // 2] = np.linspace(-500, 9000, width // 2).astype(dtype)
    elif dtype == "uint16":
        pixels = random.integers(1, 20_000, (height, width)).astype(dtype)
        pixels[height // 3 : height // 2] = 0
    else:
        pixels = random.integers(0, 101, (height, width)).astype(dtype)
    profile = {
        "driver": "JP2OpenJPEG", "dtype": dtype, "count": 1, "height": height, "width": width, "crs": "EPSG:32740",
        "transform": from_origin(300000, 7700020, 10, 10), "BLOCKXSIZE": block, "BLOCKYSIZE": block, **options,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as target:
        target.write(pixels, 1)
    return path


def blocks(reader: Reader) -> list[Window]:
    grid = reader.grid
    return [
        Window(x, y, min(grid.block_width, grid.width - x), min(grid.block_height, grid.height - y))
        for y in range(0, grid.height, grid.block_height)
        for x in range(0, grid.width, grid.block_width)
    ]


def boxes(window: Window, count: int, random: np.random.Generator) -> np.ndarray:
    """Return small rectangles in a block, some of them along its edges."""
    size = np.minimum(random.integers(1, 40, (count, 2)), (window.width, window.height))
    room = np.array([window.width, window.height]) - size
    first = np.where(
        random.random((count, 2)) < 0.2, random.integers(0, 2, (count, 2)) * room, random.integers(0, room + 1)
    )
    return np.hstack([first, first + size])


@contextlib.contextmanager
def blocks_only(monkeypatch: pytest.MonkeyPatch):
    """Read through GDAL alone, as where there is no OpenJPEG library."""
    with monkeypatch.context() as patch:
        patch.setattr(raster, "open_tiles", lambda *_: None)
        yield


@pytest.fixture(autouse=True)
def unproved(monkeypatch):
    monkeypatch.setattr(area_reader, "_proved", {})


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 3, 20])
def test_areas_are_the_pixels_of_gdal(tmp_path, monkeypatch, shape, count):
    path = write(tmp_path / "noise.jp2", shape)
    random = np.random.default_rng(count)
    seen = 0
    with open_raster(path) as areas, blocks_only(monkeypatch), open_raster(path) as gdal:
        decoded = spy(areas, monkeypatch)
        for window in blocks(gdal):
            whole = gdal.read(window)
            for _ in range(12):
                needed = boxes(window, count, random)
                part = areas.read(window, needed)
                assert part.shape == whole.shape
                assert part.dtype == whole.dtype
                for left, top, right, bottom in needed.tolist():
                    np.testing.assert_array_equal(part[top:bottom, left:right], whole[top:bottom, left:right])
                seen += 1
    assert len(decoded) > (0 if count == 20 else seen // 2)


def spy(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every block of which parts were decoded."""
    tiles = reader._tiles
    decode, decoded = tiles.decode, []

    def decode_and_tell(tile, areas, out):
        decoded.append(tile)
        decode(tile, areas, out)

    monkeypatch.setattr(tiles, "decode", decode_and_tell)
    return decoded


def test_all_of_a_block_is_read_whole(tmp_path, monkeypatch):
    path = write(tmp_path / "noise.jp2", "lossy")
    with open_raster(path) as reader, blocks_only(monkeypatch), open_raster(path) as gdal:
        decoded = spy(reader, monkeypatch)
        window = Window(1024, 0, 1024, 1024)
        everything = np.array([[0, 0, 1024, 1024]])
        np.testing.assert_array_equal(reader.read(window, everything), gdal.read(window))
        np.testing.assert_array_equal(reader.read(window), gdal.read(window))
        odd = Window(1000, 10, 50, 60)
        np.testing.assert_array_equal(reader.read(odd, np.array([[1, 1, 5, 5]])), gdal.read(odd))
    assert not decoded


def test_a_library_that_decodes_otherwise_is_not_believed(tmp_path, monkeypatch):
    path = write(tmp_path / "noise.jp2", "lossy")
    window, needed = Window(0, 0, 1024, 1024), np.array([[500, 500, 510, 510]])
    with open_raster(path) as reader, blocks_only(monkeypatch), open_raster(path) as gdal:
        decode = reader._tiles.decode

        def off_by_one(tile, areas, out):
            decode(tile, areas, out)
            out += 1

        monkeypatch.setattr(reader._tiles, "decode", off_by_one)
        for _ in range(2):
            np.testing.assert_array_equal(reader.read(window, needed), gdal.read(window))


def test_a_cloudy_date_proves_nothing(tmp_path, monkeypatch):
    """One value everywhere comes out alike however it is rounded: whether to believe is seen where there are many."""
    import rasterio

    path = write(tmp_path / "noise.jp2", "lossy")
    cloudy = tmp_path / "cloudy.jp2"
    with rasterio.open(path) as source:
        profile = {**source.profile, "driver": "JP2OpenJPEG", **LOSSY}
    with rasterio.open(cloudy, "w", **profile) as target:
        target.write(np.full((1500, 2300), 700, np.int16), 1)
    window, needed = Window(0, 0, 1024, 1024), np.array([[500, 500, 540, 540]])
    decode = codestream.TileDecoder.decode

    def off_where_it_varies(self, tile, areas, out):
        decode(self, tile, areas, out)
        out += out != 700

    monkeypatch.setattr(codestream.TileDecoder, "decode", off_where_it_varies)
    for name in (cloudy, path, cloudy):
        with open_raster(name) as reader, blocks_only(monkeypatch), open_raster(name) as gdal:
            np.testing.assert_array_equal(
                reader.read(window, needed)[500:540, 500:540], gdal.read(window)[500:540, 500:540]
            )


def test_areas_of_many_shapes_leave_nothing_in_the_process(tmp_path):
    """Before Python 3.14 ctypes keeps the type of an array for ever, once something has pointed to it."""
    path = write(tmp_path / "noise.jp2", "lossy, one tile")

    def kept() -> int:
        gc.collect()
        return len(ctypes.Array.__subclasses__())

    with open_raster(path) as reader:
        reader.read(Window(0, 0, 600, 600), np.array([[1, 1, 9, 9]]))
        before = kept()
        for size in range(10, 60):
            reader.read(Window(0, 0, 600, 600), np.array([[300, 300, 300 + size, 300 + 2 * size]]))
    assert kept() == before


def test_what_openjpeg_refuses_is_read_by_gdal(tmp_path, monkeypatch):
    path = write(tmp_path / "noise.jp2", "lossy")
    window, needed = Window(0, 0, 1024, 1024), np.array([[500, 500, 510, 510]])
    with open_raster(path) as reader, blocks_only(monkeypatch), open_raster(path) as gdal:
        parts = reader._tiles._holes._parts
        parts[0] = [(parts[0][0][0] + 5, 100)]  # not the start of a tile-part
        np.testing.assert_array_equal(reader.read(window, needed), gdal.read(window))


@pytest.mark.parametrize("cut", [0.5, 200, 2])
def test_a_cut_file_is_rejected_before_it_is_read(tmp_path, cut):
    path = write(tmp_path / "noise.jp2", "lossy")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut) if cut < 1 else len(data) - cut])
    with pytest.raises(RasterDamaged, match=r"noise\.jp2"), open_raster(path):
        pass


def test_a_missing_library_means_gdal(tmp_path, monkeypatch):
    path = write(tmp_path / "noise.jp2", "exact")
    monkeypatch.setattr(openjpeg, "_NAMES", {})
    openjpeg.load.cache_clear()
    try:
        with open_raster(path) as reader:
            assert reader.read(Window(0, 0, 512, 512), np.array([[1, 1, 3, 3]])).shape == (512, 512)
    finally:
        openjpeg.load.cache_clear()


def test_a_raster_of_other_blocks_is_read_by_gdal(tmp_path, monkeypatch):
    """Tiles of 1100 pixels: GDAL's blocks are not the tiles of every file."""
    path = write(tmp_path / "noise.jp2", "lossy")
    with open_raster(path) as reader:
        tiles = reader._tiles
        monkeypatch.setattr(tiles, "layout", codestream.Layout(2300, 1500, 1100, 1100, 64, 64, 5, False))
        assert not area_reader.are_blocks(tiles, reader)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_reader_gives_the_same_files(tmp_path, monkeypatch, workers):
    from sen2chain_ts_plugin.engine import samplelibrary
    from sen2chain_ts_plugin.engine.extraction.extract import extract
    from sen2chain_ts_plugin.engine.feedback import Silent
    from sen2chain_ts_plugin.engine.library import cloudmask
    from sen2chain_ts_plugin.engine.library.folders import open_library
    from sen2chain_ts_plugin.engine.library.selection import Selection
    from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor

    sample = samplelibrary.build(tmp_path / "sample", size=1200, dates=4, tiles=["40KCB"])
    library = open_library(sample.library)
    selection = Selection(["NDVI", "NDWIGAO"], [cloudmask.parse("CM001")])

    def files(root: Path) -> dict[str, bytes]:
        extract(library, ShapefileLayer(sample.layer), selection, root, ThreadExecutor(workers), Silent())
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.csv")}
        shutil.rmtree(root)
        return found

    with_areas = files(tmp_path / "extraction")
    with blocks_only(monkeypatch):
        assert files(tmp_path / "extraction") == with_areas
    assert sum(text.count(b"\n") - 1 for text in with_areas.values()) > 20


def test_a_raster_with_the_header_of_another_is_described_by_its_own_sidecar(tmp_path):
    first = write(tmp_path / "first.jp2", "lossy, one tile")
    first.with_name("first.jp2.aux.xml").write_text(SIDECAR.format(nodata=16383, more=""))
    plain = Path(shutil.copy(first, tmp_path / "plain.jp2"))
    moved = Path(shutil.copy(first, tmp_path / "moved.jp2"))
    there = "<GeoTransform>300100, 10, 0, 7700020, 0, -10</GeoTransform>"
    moved.with_name("moved.jp2.aux.xml").write_text(SIDECAR.format(nodata=5, more=there))
    found = []
    for path in (first, plain, moved, first):
        with open_raster(path) as reader:
            found.append((reader.grid.left, reader.nodata))
    assert found == [(300000, 16383), (300000, None), (300100, 5), (300000, 16383)]


def test_a_sidecar_replaced_while_a_raster_is_opened_misleads_no_other(tmp_path, monkeypatch):
    first = write(tmp_path / "first.jp2", "lossy, one tile")
    second = Path(shutil.copy(first, tmp_path / "second.jp2"))
    for path in (first, second):
        path.with_name(path.name + ".aux.xml").write_text(SIDECAR.format(nodata=5, more="<!-- of this test -->"))
    adapter = headers.adapter()

    def replace_and_open(path: Path) -> Reader:
        first.with_name("first.jp2.aux.xml").write_text(SIDECAR.format(nodata=6, more=""))
        return adapter(path)

    with monkeypatch.context() as patch:
        patch.setattr(headers, "adapter", lambda: replace_and_open)
        with open_raster(first) as reader:
            assert reader.nodata == 6
    with open_raster(second) as reader:
        assert reader.nodata == 5


def test_a_sidecar_that_cannot_be_read_is_passed_over(tmp_path):
    path = write(tmp_path / "first.jp2", "lossy, one tile")
    path.with_name("first.jp2.aux.xml").mkdir()
    with open_raster(path) as reader:
        assert reader.nodata is None
        assert reader.read(blocks(reader)[0]).shape == (600, 600)
