"""Fault 23: a symbolic link inside the tree that leads outside it is not written through."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import LeadsOutside
from sen2chain_ts_plugin.engine.figures.plots.plot import plot_tree
from sen2chain_ts_plugin.engine.figures.quicklooks.quicklooks import QuicklookRequest, draw_quicklooks
from sen2chain_ts_plugin.engine.series.curves import extracted
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.support.capabilities import make_link
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run
from tests.support.raw_tree import Log
from tests.support.whole_series import read_zone_series

CSV = "raw_data/NDVI/CM001/zones_S2B_MSIL2A_20210105T063511_N0301_R063_T40KCB_20210105T083000_NDVI_CM001.csv"


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05")
    small.add("2021-01-10", clouds=1)
    return small


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    for name in ("tmp", "NDVI/CM001/product_data"):
        (folder / name).mkdir(parents=True)
    for name in (
        "lock",
        "manifest.jsonl",
        "tmp/letter.txt",
        "zones.shp",
        "NDVI/CM001/product_data/products_no_data.csv",
    ):
        (folder / name).write_text("years of work")
    return folder


FOLDERS = [
    *("raw_data", "raw_data/NDVI", "raw_data/NDVI/CM001", "raw_data/NDVI/CM001/product_data"),
    *("shp_files", ".sen2chain_ts", ".sen2chain_ts/tmp"),
]


def state(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    return all_bytes(folder), sorted(str(path) for path in folder.rglob("*"))


@pytest.mark.parametrize("link", FOLDERS)
@pytest.mark.parametrize("fresh", [True, False], ids=["first run", "second run"])
def test_folders(small: SmallLibrary, outside: Path, tmp_path: Path, link: str, fresh: bool) -> None:
    before = state(outside)
    name = run(small.open(), fields_layer(), tmp_path / "name")[0].folder.name
    if not fresh:
        run(small.open(), fields_layer(), tmp_path)
    place = tmp_path / name / link
    if place.exists():
        os.rename(place, tmp_path / "aside")
    place.parent.mkdir(parents=True, exist_ok=True)
    make_link(place, outside)
    with pytest.raises(LeadsOutside) as raised:
        run(small.open(), fields_layer(), tmp_path, force=True)
    assert str(outside) in str(raised.value)
    assert state(outside) == before


@pytest.mark.parametrize("name", ["lock", "manifest.jsonl"])
def test_our_own_files(small: SmallLibrary, outside: Path, tmp_path: Path, name: str) -> None:
    """Not written through, also where the manifest out there is a sound one."""
    place = run(small.open(), fields_layer(), tmp_path)[0].folder / ".sen2chain_ts" / name
    (outside / "manifest.jsonl").write_bytes((place.parent / "manifest.jsonl").read_bytes())
    before = state(outside)
    place.unlink()
    make_link(place, outside / name)
    small.add("2021-01-20")
    with pytest.raises(LeadsOutside):
        run(small.open(), fields_layer(), tmp_path)
    assert state(outside) == before


@pytest.mark.parametrize("link", [CSV, "shp_files/zones.shp", "raw_data/NDVI/CM001/product_data/products_no_data.csv"])
def test_a_link_under_the_name_of_a_result_is_replaced(
    small: SmallLibrary, outside: Path, tmp_path: Path, link: str
) -> None:
    undisturbed = all_bytes(run(small.open(), fields_layer(), tmp_path / "undisturbed")[0].folder)
    before = state(outside)
    tree, _ = run(small.open(), fields_layer(), tmp_path)
    (tree.folder / link).unlink()
    make_link(tree.folder / link, outside / "zones.shp")
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert summary.failed == 0
    assert all_bytes(tree.folder) == undisturbed
    assert state(outside) == before


@pytest.mark.parametrize("name", ["plots", "quicklooks"])
def test_pictures_beside_the_raw_data(small: SmallLibrary, outside: Path, tmp_path: Path, name: str) -> None:
    """Of a tree that comes from elsewhere, with a folder for pictures that is none."""
    tree, _ = run(small.open(), fields_layer(), tmp_path)
    before = state(outside)
    make_link(tree.folder / name, outside)
    outlines, request = fields_layer().geometries, QuicklookRequest(Choice(), 100, None)
    draw = {
        "plots": lambda: plot_tree(tree.folder, Choice(), None, Log()),
        "quicklooks": lambda: draw_quicklooks(small.open(), tree.folder, outlines, request, SerialExecutor(), Log()),
    }
    with pytest.raises(LeadsOutside) as raised:
        draw[name]()
    assert str(outside) in str(raised.value)
    assert state(outside) == before


def test_a_link_that_leads_in_circles_is_passed_over(small: SmallLibrary, tmp_path: Path) -> None:
    tree, _ = run(small.open(), fields_layer(), tmp_path)
    circle = tree.folder / "raw_data" / "NDVI" / "CM001" / "circle"
    make_link(circle, circle)
    make_link(circle.parent / "nowhere", Path("/nowhere"))
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 0, 2, 0, 0)
    rows = compile_tree(tree.folder, CompileRequest()).rows
    compiled = tree.compiled_folder("NDVI", "CM001") / "all_data"
    make_link(compiled / "other_NDVI_all_data.csv", Path("/nowhere"))
    make_link(tree.folder / "raw_data" / "circle", tree.folder / "raw_data" / "circle")
    assert compile_tree(tree.folder, CompileRequest()).rows == rows
    assert len(read_zone_series(tree, "NDVI", "CM001", Choice(), Log())) == rows
    assert extracted(tree) == {"NDVI": {"CM001": 1}}
