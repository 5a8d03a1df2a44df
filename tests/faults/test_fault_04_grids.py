"""Fault 4: rasters of a product do not fit each other, or their CRS is not the tile's. The product fails by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.extracting import LEFT, NODATA, TOP, SmallLibrary, counts, fields_layer, run, write_jp2
from tests.support.raw_tree import Log

SHAPE = (48, 64)
VALUES = np.random.default_rng(0).integers(-10_000, 10_000, (100, 100)).astype(np.int16)
BYTES = np.random.default_rng(0).integers(0, 101, (100, 100)).astype(np.uint8)
UNMASKED: dict[str, tuple[np.ndarray, dict[str, Any]]] = {
    "shifted by a pixel": (VALUES[:48, :64], {"left": LEFT + 10}),
    "shifted by half a pixel": (VALUES[:48, :64], {"top": TOP + 5}),
    "a column less": (VALUES[:48, :63], {}),
    "a row more": (VALUES[:49, :64], {}),
    "coarser": (VALUES[:24, :32], {"pixel": 20.0}),
    "another CRS": (VALUES[:48, :64], {"epsg": 32739}),
    "bytes": (BYTES[:48, :64], {}),
}
PROBABILITY: dict[str, tuple[np.ndarray, dict[str, Any]]] = {
    "shifted by a pixel": (BYTES[:24, :32], {"left": LEFT - 20}),
    "smaller": (BYTES[:23, :32], {}),
    "larger": (BYTES[:24, :33], {}),
    "10 m": (BYTES[:48, :64], {"pixel": 10.0}),
    "60 m": (BYTES[:8, :11], {"pixel": 60.0}),
    "another CRS": (BYTES[:24, :32], {"epsg": 32640}),
    "int16": (VALUES[:24, :32], {}),
}
MASKED: dict[str, tuple[np.ndarray, dict[str, Any]]] = {
    "the next UTM zone": (VALUES[:48, :64], {"epsg": 32739}),
    "the northern hemisphere": (VALUES[:48, :64], {"epsg": 32640}),
    "degrees": (VALUES[:48, :64], {"epsg": 4326, "left": 55.3, "top": -21.1, "pixel": 0.0001}),
    "bytes": (BYTES[:48, :64], {}),
}


def fails(small: SmallLibrary, masked: Path, tmp_path: Path) -> str:
    """Check that one product fails and the other is extracted; return what is said."""
    log = Log()
    tree, summary = run(small.open(), fields_layer(), tmp_path, log=log)
    assert counts(summary) == (2, 1, 0, 0, 1)
    (error,) = log.errors
    assert masked.name in error
    assert len(list(tree.folder.glob("raw_data/NDVI/CM001/*.csv"))) == 1
    assert (tree.folder / "raw_data/NDVI/CM001/product_data/products_no_data.csv").read_text(
        encoding="utf-8"
    ) == "filename\n"
    return error


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-10")
    return small


@pytest.mark.parametrize(("pixels", "place"), UNMASKED.values(), ids=UNMASKED)
def test_the_unmasked_raster(small: SmallLibrary, tmp_path: Path, pixels: np.ndarray, place: dict[str, Any]) -> None:
    masked = small.add("2021-01-05")
    write_jp2(small.unmasked(masked), pixels, nodata=NODATA, **place)
    assert small.unmasked(masked).name in fails(small, masked, tmp_path)


@pytest.mark.parametrize(("pixels", "place"), PROBABILITY.values(), ids=PROBABILITY)
def test_the_probability_raster(small: SmallLibrary, tmp_path: Path, pixels: np.ndarray, place: dict[str, Any]) -> None:
    masked = small.add("2021-01-05", probability=False)
    small.add_probability("2021-01-05", pixels, **place)
    assert "MSK_CLDPRB_20m.jp2" in fails(small, masked, tmp_path)


@pytest.mark.parametrize(("pixels", "place"), MASKED.values(), ids=MASKED)
def test_the_masked_raster(small: SmallLibrary, tmp_path: Path, pixels: np.ndarray, place: dict[str, Any]) -> None:
    masked = small.add("2021-01-05", masked=pixels, unmasked=pixels, probability=False, **place)
    error = fails(small, masked, tmp_path)
    assert ("EPSG" in error) == ("epsg" in place)


def test_products_of_a_tile_may_differ_in_extent(small: SmallLibrary, tmp_path: Path) -> None:
    """That is no fault: each product has its own grid."""
    large = SmallLibrary(small.root, width=100, height=90)
    large.add("2021-01-05", left=LEFT - 200, top=TOP + 300)
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 2, 0, 0, 0)
