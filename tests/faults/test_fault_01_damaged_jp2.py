"""Fault 1: a JPEG 2000 file that is empty, cut, or still being copied. The product fails by name and is tried again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import RasterUnreadable
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.readers import GdalReader, RasterioReader, reading
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run, select
from tests.support.raw_tree import Log

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "cut by 200 bytes": lambda whole: whole[:-200],
    "cut by 2 bytes": lambda whole: whole[:-2],
    "zeros after the middle": lambda whole: whole[: len(whole) // 2].ljust(len(whole), b"\0"),
    "zeros only": lambda whole: bytes(len(whole)),
}
every_damage = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
BOTH = select(("NDVI", "NDWIGAO"))


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-01-10"):
        small.add(day, "NDWIGAO")
        small.add(day)
    return small


@every_damage
@pytest.mark.parametrize("which", ["masked", "unmasked", "probability"])
def test_the_product_fails_by_name_and_is_tried_again(
    small: SmallLibrary, tmp_path: Path, which: str, damage: Callable[[bytes], bytes]
) -> None:
    tree, _ = run(small.open(), fields_layer(), tmp_path / "undisturbed", BOTH)
    undisturbed = all_bytes(tree.folder)
    masked = next(small.root.glob("INDICES/NDVI/*/*20210105*/*_CM001.jp2"))
    path = {"masked": masked, "unmasked": small.unmasked(masked), "probability": small.probability(masked)}[which]
    stamp, whole = path.stat(), path.read_bytes()
    path.write_bytes(damage(whole))

    # The probability raster is that of both indices.
    failed = 2 if which == "probability" else 1
    for done in (0, 4 - failed):
        log = Log()
        tree, summary = run(small.open(), fields_layer(), tmp_path, BOTH, log=log)
        assert counts(summary) == (4, 4 - failed - done, done, 0, failed)
        assert len(log.errors) == failed
        assert all(masked.name[:60] in error and path.name in error for error in log.errors)
        assert "damaged or still being copied" in log.errors[0]
        for name, content in all_bytes(tree.folder).items():
            if name.endswith(".csv"):
                assert content == undisturbed[name]

    path.write_bytes(whole)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    tree, summary = run(small.open(), fields_layer(), tmp_path, BOTH)
    assert counts(summary) == (4, failed, 4 - failed, 0, 0)
    assert all_bytes(tree.folder) == undisturbed


@pytest.mark.parametrize("damage", ["empty", "cut in the middle", "cut by 200 bytes", "zeros only"])
@pytest.mark.parametrize("adapter", [RasterioReader, GdalReader])
def test_the_read_would_notice_too(small: SmallLibrary, adapter: type, damage: str) -> None:
    """All but preallocated zeros, and a missing end marker, which costs no pixel: for these there is the check."""
    if adapter is GdalReader:
        pytest.importorskip("osgeo.gdal")
    path = next(small.root.glob("INDICES/NDVI/*/*20210105*/*_CM001.jp2"))
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(RasterUnreadable), reading(path), contextlib.closing(adapter(path)) as reader:
        reader.read(Window(0, 0, reader.grid.width, reader.grid.height))
