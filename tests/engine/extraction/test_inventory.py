"""Inventory: what is counted, what extract would skip, and the page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import Cancelled, IndexAbsent, LayerEmpty, LayerMeetsNoTile
from sen2chain_ts_plugin.engine.extraction.inventory import Inventory, InventoryEntry, take_inventory
from sen2chain_ts_plugin.engine.figures.html.inventory_page import inventory_page, log_lines
from sen2chain_ts_plugin.engine.library.folders import open_library
from tests.support.extracting import ShapeLayer, SmallLibrary, all_bytes, box, product_id, run, select
from tests.support.pages import Page
from tests.support.raw_tree import Log

ALWAYS = (None, None)
CM003, CM004 = "CM003-PRB1-ITER5", "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"


def touch(root: Path, day: str, index: str = "NDVI", masks: tuple[str, ...] = ("CM001",), tile: str = "40KCB") -> Path:
    """Make the empty files of a product: an inventory looks at names."""
    name = product_id(day, tile=tile)
    folder = root / "INDICES" / index / tile / name
    folder.mkdir(parents=True)
    for suffix in ("", *(f"_{mask}" for mask in masks)):
        (folder / f"{name}_{index}{suffix}.jp2").touch()
    return folder


def by_key(inventory: Inventory) -> dict[tuple[str, str, str], InventoryEntry]:
    return {(entry.tile, entry.index, entry.mask.name): entry for entry in inventory.entries}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library of two tiles, two indices and two masks, with gaps."""
    root = tmp_path / "library"
    for day in ("2021-01-05", "2021-01-10", "2021-03-01"):
        touch(root, day, masks=("CM001", CM004))
    touch(root, "2021-02-14")
    touch(root, "2022-06-30", masks=())
    touch(root, "2021-01-05", "NDWIGAO", tile="40KCC")
    touch(root, "2021-01-10", "NDWIGAO", ("OCM_v1_0_0", "OCM_v1_2_0"), "40KCC")
    for day in ("2021-01-05", "2021-02-14"):
        folder = root / "CLOUDMASKS" / "40KCB" / product_id(day)
        folder.mkdir(parents=True)
        (folder / "MSK_CLDPRB_20m.jp2").touch()
    metadata = root / "L1C" / "40KCB" / f"{product_id('2021-01-05').replace('L2A', 'L1C')}.SAFE" / "MTD_MSIL1C.xml"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("<Cloud_Coverage_Assessment>12.5</Cloud_Coverage_Assessment>")
    return root


def test_counts(library: Path) -> None:
    entries = by_key(take_inventory(open_library(library), [], ALWAYS, Log()))
    assert {key: entry.products for key, entry in entries.items()} == {
        ("40KCB", "NDVI", "CM001"): 4,
        ("40KCB", "NDVI", CM004): 3,
        ("40KCC", "NDWIGAO", "CM001"): 1,
        ("40KCC", "NDWIGAO", "OCM_v1_0_0"): 1,
        ("40KCC", "NDWIGAO", "OCM_v1_2_0"): 1,
    }
    ours = entries["40KCB", "NDVI", CM004]
    assert (ours.days[0], ours.days[-1]) == (date(2021, 1, 5), date(2021, 3, 1))
    assert ours.without_probability == 2
    assert ours.without_unmasked == 0
    assert ours.cover == 12.5
    assert entries["40KCC", "NDWIGAO", "CM001"].cover is None


def test_missing_masks_are_dated_and_an_older_ocm_is_not_missing(library: Path) -> None:
    inventory = take_inventory(open_library(library), [], ALWAYS, Log())
    entries = by_key(inventory)
    assert entries["40KCB", "NDVI", CM004].missing == [date(2021, 2, 14), date(2022, 6, 30)]
    assert entries["40KCB", "NDVI", "CM001"].missing == [date(2022, 6, 30)]
    assert inventory.unmasked_only == {("40KCB", "NDVI"): [date(2022, 6, 30)]}
    assert entries["40KCC", "NDWIGAO", "OCM_v1_0_0"].missing == [date(2021, 1, 5)]
    page = Page(inventory_page(inventory))
    assert ["40KCB", "NDVI", CM004, "2", "2021-02-14, 2022-06-30", "CM001"] in page.rows()
    assert ["40KCB", "NDVI", "none at all", "1", "2022-06-30", "-"] in page.rows()


def test_dates_and_indices_limit_it(library: Path) -> None:
    dates = (date(2021, 1, 6), date(2021, 2, 14))
    inventory = take_inventory(open_library(library), ["NDVI"], dates, Log())
    assert {key: entry.days for key, entry in by_key(inventory).items()} == {
        ("40KCB", "NDVI", "CM001"): [date(2021, 1, 10), date(2021, 2, 14)],
        ("40KCB", "NDVI", CM004): [date(2021, 1, 10)],
    }
    nothing = take_inventory(open_library(library), ["NDVI"], (date(2030, 1, 1), None), Log())
    assert nothing.entries == []
    assert "No product with a cloud mask in these dates." in Page(inventory_page(nothing)).text


def test_an_index_that_is_not_there_names_those_that_are(library: Path) -> None:
    with pytest.raises(IndexAbsent, match=r"no product of EVI.*NDVI, NDWIGAO"):
        take_inventory(open_library(library), ["EVI"], ALWAYS, Log())


def test_what_extract_would_skip_and_why(tmp_path: Path) -> None:
    made = SmallLibrary(tmp_path / "library")
    first = made.add("2021-01-05")
    second = made.add("2021-01-10")
    made.add("2021-01-15", clouds=1.0)
    layer, root = ShapeLayer([box(20, 20, 10, 10)]), tmp_path / "root"
    tree, summary = run(made.open(), layer, root)
    assert (summary.extracted, summary.empty) == (2, 1)
    new = made.add("2021-01-20", mask=CM003)
    made.add("2021-01-25")
    tree.raw_csv("NDVI", "CM001", second.name).unlink()
    first.touch()
    before = all_bytes(tmp_path)

    entries = by_key(take_inventory(made.open(), [], ALWAYS, Log(), layer, root))
    assert dict(entries["40KCB", "NDVI", "CM001"].states) == {"without_data": 1, "changed": 2, "new": 1}
    assert entries["40KCB", "NDVI", "CM001"].to_do == [date(2021, 1, 5), date(2021, 1, 10), date(2021, 1, 25)]
    assert dict(entries["40KCB", "NDVI", CM003].states) == {"new": 1}
    assert all_bytes(tmp_path) == before, "an inventory writes nothing"
    # It promised what extract then does.
    _, summary = run(made.open(), layer, root, select(masks=f"CM001,{CM003}"))
    assert (summary.skipped, summary.extracted) == (1, 4)
    assert new.exists()
    again = take_inventory(made.open(), [], ALWAYS, Log(), layer, root)
    assert again.total(lambda entry: entry.remaining) == 0


def test_page_shows_what_is_left(tmp_path: Path) -> None:
    made = SmallLibrary(tmp_path / "library")
    made.add("2021-01-05")
    layer, root = ShapeLayer([box(20, 20, 10, 10)], name="<b>été</b> & co"), tmp_path / "root"
    run(made.open(), layer, root)
    made.add("2021-02-03")
    inventory = take_inventory(made.open(), [], ALWAYS, Log(), layer, root)
    page = Page(inventory_page(inventory))
    assert "Inventory: <b>été</b> & co" in page.texts
    assert ["NDVI", "CM001", "2", "1", "0", "0", "1", "1"] in page.rows()
    assert "2021-02-03, rasters: 1, 40KCB, 1 left to extract" in page.texts
    assert "2021-01-05, rasters: 1, 40KCB" in page.texts
    lines = [message.format(**values) for message, values in log_lines(inventory)]
    assert lines == ["40KCB NDVI CM001, products: 2, 2021-01-05 to 2021-02-03; 1 already done, 1 to do"]


def test_page_speaks_the_language_it_is_given(library: Path) -> None:
    page = inventory_page(take_inventory(open_library(library), [], ALWAYS, Log()), "[{}]".format, "fr")
    assert b'<html lang="fr">' in page
    assert "[Missing masks]" in Page(page).texts


def test_only_the_tiles_that_the_layer_meets(tmp_path: Path) -> None:
    made = SmallLibrary(tmp_path)
    made.add(tile="40KCB")
    made.add(tile="40KCC", top=7_700_000.0)
    inventory = take_inventory(made.open(), [], ALWAYS, Log(), ShapeLayer([box(1, 1, 5, 5)]), tmp_path / "root")
    assert [entry.tile for entry in inventory.entries] == ["40KCB"]
    assert inventory.other_tiles == ["40KCC"]
    assert inventory.footprints["40KCB"].epsg == 32740
    assert inventory.footprints["40KCB"].bounds == (320_000, 7_659_520, 320_640, 7_660_000)
    with pytest.raises(LayerMeetsNoTile):
        take_inventory(made.open(), [], ALWAYS, Log(), ShapeLayer([box(9_000, 9_000, 5, 5)]), tmp_path / "root")
    with pytest.raises(LayerEmpty):
        take_inventory(made.open(), [], ALWAYS, Log(), ShapeLayer([None]), tmp_path / "root")


def test_cancel(library: Path) -> None:
    with pytest.raises(Cancelled):
        take_inventory(open_library(library), [], ALWAYS, Log(cancel_at=1))


def test_20_000_products(tmp_path: Path) -> None:
    for tile in ("40KCB", "40KCC"):
        for number in range(1000):
            day = (date(2016, 1, 3) + timedelta(3 * number)).isoformat()
            for index in ("NDVI", "NDWIGAO"):
                touch(tmp_path, day, index, ("CM001", CM003, CM004, "OCM_v1_0_0", "CM002-B11"), tile)
    inventory = take_inventory(open_library(tmp_path), [], ALWAYS, Log())
    page = inventory_page(inventory)
    assert inventory.total(lambda entry: entry.products) == 20_000
    assert len(page) < 2_000_000
