"""Fault 1: bytes of a raster that have changed. The process reads the file or refuses it, whatever they are."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import EngineError
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.jp2 import Structure, check_structure
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from sen2chain_ts_plugin.engine.raster.readers import reading
from tests.support.child import in_child
from tests.support.extracting import write_jp2

SIDE = 160
ROUNDS = 150
# Markers that a decoder acts upon, and sizes at which it may overflow.
MARKERS = [0xFF4F, 0xFF50, 0xFF52, 0xFF53, 0xFF58, 0xFF5C, 0xFF5D, 0xFF5E, 0xFF5F, 0xFF60, 0xFF61, 0xFF90, 0xFF93]
SIZES = [0, 1, 2, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 65_535, 1 << 20]
KINDS: dict[str, dict[str, Any]] = {
    "one tile, lossy": {"block": 1024, "REVERSIBLE": "NO", "QUALITY": "20"},
    "small tiles, lossy": {"block": 64, "REVERSIBLE": "NO", "QUALITY": "20"},
    "small tiles, lossless": {"block": 64},
}


def places(structure: Structure, chance: random.Random) -> range:
    """Return where to do damage: the main header, the head of a tile-part, what it codes, or the boxes."""
    _, position, length = chance.choice(structure.tile_parts)
    return chance.choices(
        [
            range(*structure.header), range(position, position + min(40, length)),
            range(position + 12, position + length), range(structure.header[0]),
        ],
        [4, 4, 3, 1],
    )[0]  # fmt: skip


def damaged(sound: bytes, structure: Structure, chance: random.Random) -> bytes:
    data = bytearray(sound)
    for _ in range(chance.choice([1, 1, 1, 2, 8, 30])):
        at = chance.choice(places(structure, chance))
        piece = chance.choice(
            [
                bytes([data[at] ^ 1 << chance.randrange(8)]), chance.randbytes(1), chance.randbytes(64),
                struct.pack(">I", chance.choice(SIZES)), struct.pack(">H", chance.choice(MARKERS)), bytes(16),
            ]
        )  # fmt: skip
        data[at : at + len(piece)] = piece
    return bytes(data[: len(sound)])


def read_some(path: Path, chance: random.Random) -> None:
    with open_raster(path) as reader, reading(path):
        grid = reader.grid
        for row in range(0, grid.height, grid.block_height):
            window = Window(0, row, min(grid.block_width, grid.width), min(grid.block_height, grid.height - row))
            column, line = chance.randrange(window.width), chance.randrange(window.height)
            boxes = np.array([[column, line, min(column + 9, window.width), min(line + 9, window.height)]])
            reader.read(window, boxes if chance.random() < 0.7 else None)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_ends_the_process(kind: str, seed: int, tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 9000, (SIDE, SIDE)).astype(np.int16)
    path = write_jp2(tmp_path / "a.jp2", values, **KINDS[kind])
    sound, structure = path.read_bytes(), check_structure(path)
    number = tmp_path / "number"

    def read_all() -> None:
        for case in range(ROUNDS):
            number.write_text(str(case))
            chance = random.Random(1000 * seed + case)  # noqa: S311 cases, no secrets
            path.write_bytes(damaged(sound, structure, chance))
            try:
                read_some(path, chance)
            except EngineError:
                continue

    assert in_child(read_all) == 0, f"case {number.read_text(encoding='utf-8')}"
