"""Fault 4: a raster that is not where its tile is. It fails by name, and says nothing about the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import LayerMeetsNoTile
from sen2chain_ts_plugin.engine.library.product_id import is_in_tile, tile_bounds
from tests.support.extracting import LEFT, TOP, ShapeLayer, SmallLibrary, box, counts, run
from tests.support.raw_tree import Log

# Upper left corners of tiles of ESA's, in both hemispheres, odd and even zones, on both sides of a band.
CORNERS = {
    "40KCB": (300_000, 7_700_040),
    "40KCC": (300_000, 7_800_000),
    "31TCJ": (300_000, 4_900_020),
    "31TDJ": (399_960, 4_900_020),
    "30TVK": (399_960, 4_500_000),
    "33UUP": (300_000, 5_400_000),
    "10SEG": (499_980, 4_200_000),
    "18TWL": (499_980, 4_600_020),
    "31UDQ": (399_960, 5_500_020),
}
SIDECARS = {
    "far away": "{left}, 10, 0, 1000000, 0, -10",
    "pixels of 2 km": "{left}, 2000, 0, {top}, 0, -2000",
    "pixels of 200 m": "300000, 200, 0, 7700040, 0, -200",
    "at the corner of the CRS": "0, 1, 0, 0, 0, -1",
    "a tile further east": "420000, 10, 0, {top}, 0, -10",
    "hanging over the edge": "409700, 10, 0, {top}, 0, -10",
}


@pytest.mark.parametrize("tile", CORNERS)
def test_where_a_tile_is(tile: str) -> None:
    left, top = CORNERS[tile]
    assert tile_bounds(tile) == (left, top - 109_800, left + 109_800, top)


def test_a_name_that_no_square_has_is_nowhere_and_refuses_nothing() -> None:
    assert tile_bounds("40KSB") is None
    assert is_in_tile((0, 0, 1, 1), "40KSB")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("what", SIDECARS)
def test_a_raster_elsewhere_fails_and_the_others_are_extracted(what: str, first: bool, tmp_path: Path) -> None:
    small = SmallLibrary(tmp_path / "library", width=600, height=600)
    masked = {day: small.add(day, block=256) for day in ("2021-01-05", "2021-01-10", "2021-01-15")}
    wrong = masked["2021-01-05" if first else "2021-01-15"]
    transform = SIDECARS[what].format(left=LEFT, top=TOP)
    sidecar = f"<PAMDataset><GeoTransform>{transform}</GeoTransform></PAMDataset>"
    wrong.with_name(wrong.name + ".aux.xml").write_text(sidecar)
    log, layer = Log(), ShapeLayer([box(100, 100, 50, 50), None, box(300, 500, 90, 90)])
    _, summary = run(small.open(), layer, tmp_path / "out", log=log)
    assert counts(summary) == (3, 2, 0, 0, 1)
    (error,) = log.errors
    assert wrong.name in error
    assert "tile 40KCB 300000 7590240 409800 7700040" in error


def test_zones_outside_the_tile_meet_no_raster_that_claims_to_be_there(tmp_path: Path) -> None:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05", left=500_000.0)
    far = ShapeLayer([box((500_000 - LEFT) / 10 + 5, 5, 10, 10)])
    with pytest.raises(LayerMeetsNoTile, match="40KCB"):
        run(small.open(), far, tmp_path / "out")
