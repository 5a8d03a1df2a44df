"""The shapefile of a tree: whole on disk before anything is noted as done, valid UTF-8, mended when it is damaged."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsField, QgsProcessingException
from qgis.PyQt.QtCore import QVariant

from sen2chain_ts_plugin.engine.tree.layout import checksum
from sen2chain_ts_plugin.engine.zones.shapefile import SHAPEFILE_PARTS
from sen2chain_ts_plugin.engine.zones.shapefile_check import damage_of
from tests.support.full_disk import files_of_at_most
from tests.support.qgis_layers import memory_layer, square

Run = Callable[..., dict[str, Any]]
PATTERN = [square(5 * column, 300, 4) for column in range(100)]


def layer() -> Any:
    return memory_layer(PATTERN, [QgsField("text", QVariant.String)], [["x" * 100]] * len(PATTERN))


def parts_of(tree: str) -> dict[str, bytes]:
    (shp,) = Path(tree).glob("shp_files/*.shp")
    return {part: shp.with_suffix(part).read_bytes() for part in SHAPEFILE_PARTS}


def is_whole(tree: str) -> bool:
    parts = parts_of(tree)
    return damage_of(parts) is None and tree.endswith(checksum(parts))


@pytest.mark.parametrize("size", [0, 50, 200, 900, 3000, 8000, 12_000])
def test_a_disk_that_fills_while_it_is_written(extract: Run, tmp_path: Path, size: int) -> None:
    with files_of_at_most(size), pytest.raises(QgsProcessingException, match=r"zones\.|full|shp|Cannot|File too large"):
        extract(layer())
    out = tmp_path / "out"
    left = [path for path in out.rglob("*.csv") if path.parent.name != "product_data"] if out.exists() else []
    assert left == []
    result = extract(layer())
    assert result["FAILED"] == 0
    assert is_whole(result["EXTRACTION"])
    assert [path.name for path in out.iterdir()] == [Path(result["EXTRACTION"]).name]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("damage", [cut, zero, Path.unlink], ids=["cut", "zeros", "gone"])
@pytest.mark.parametrize("part", SHAPEFILE_PARTS)
def test_a_damaged_one_is_written_again(extract: Run, part: str, damage: Callable[[Path], object]) -> None:
    first = extract(layer())
    whole = parts_of(first["EXTRACTION"])
    (path,) = Path(first["EXTRACTION"]).glob(f"shp_files/*{part}")
    damage(path)
    again = extract(layer())
    assert again["EXTRACTION"] == first["EXTRACTION"]
    assert (again["SKIPPED"], again["FAILED"]) == (first["PRODUCTS"], 0)
    assert parts_of(again["EXTRACTION"]) == whole


def test_one_that_was_written_on_a_full_disk_gets_its_name_and_its_shapefile(extract: Run) -> None:
    """As a version before this one left it: cut parts, under the checksum of the cut parts."""
    first = extract(layer())
    tree = Path(first["EXTRACTION"])
    whole = parts_of(first["EXTRACTION"])
    (shp,) = tree.glob("shp_files/*.shp")
    cut(shp)
    shp.with_suffix(".shx").write_bytes(b"")
    broken = tree.with_name(f"zones_{checksum(parts_of(str(tree)))}")
    tree.rename(broken)
    again = extract(layer())
    assert again["EXTRACTION"] == first["EXTRACTION"]
    assert parts_of(again["EXTRACTION"]) == whole
    assert again["SKIPPED"] == first["PRODUCTS"]
    assert not broken.exists()


@pytest.mark.parametrize("letters", ["é", "中", "😀", "xé"])
@pytest.mark.parametrize("length", [100, 126, 127, 128, 253, 254, 255, 1000])
def test_every_field_is_valid_utf_8(extract: Run, tmp_path: Path, letters: str, length: int) -> None:
    name = (letters * 12)[:12]
    fields = [QgsField(name, QVariant.String), QgsField("n" + name, QVariant.Int)]
    result = extract(memory_layer(PATTERN[:1], fields, [[(letters * length)[:length], 1]]))
    table = parts_of(result["EXTRACTION"])[".dbf"]
    rows, header, width = struct.unpack_from("<IHH", table, 4)
    for field in range((header - 33) // 32):
        table[32 + 32 * field : 32 + 32 * field + 11].rstrip(b"\0").decode()
    at = header + 1
    for field in range((header - 33) // 32):
        size = table[32 + 32 * field + 16]
        table[at : at + size].decode()
        at += size
    assert rows == 1
    assert at == header + width
