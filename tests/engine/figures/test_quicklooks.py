"""Quicklooks: names, what the pictures show, true colours, sheets, failures."""

from __future__ import annotations

import shutil
import sys
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import Cancelled, MatplotlibMissing, NothingToShow, WriteFailed
from sen2chain_ts_plugin.engine.figures import views
from sen2chain_ts_plugin.engine.figures.quicklooks.plan import Plan
from sen2chain_ts_plugin.engine.figures.quicklooks.quicklooks import QuicklookRequest, Quicklooks, draw_quicklooks
from sen2chain_ts_plugin.engine.figures.ramps import ramp_of
from sen2chain_ts_plugin.engine.figures.views import Blocks, View
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.raster.grid import Grid, Window
from sen2chain_ts_plugin.engine.series import batches
from sen2chain_ts_plugin.engine.series.batches import zone_batches
from sen2chain_ts_plugin.engine.series.series_source import open_zone_series
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.text import unique_names
from sen2chain_ts_plugin.engine.tree.layout import Tree, open_tree
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.extracting import (
    LEFT,
    NODATA,
    PIXEL,
    TOP,
    ShapeLayer,
    SmallLibrary,
    all_bytes,
    box,
    product_id,
    run,
    select,
    write_jp2,
)
from tests.support.holding import Holder
from tests.support.raw_tree import Log, make_tree, masked_name, row
from tests.support.safes import Safes
from tests.support.whole_series import read_zone_series

GREY = (222, 226, 231)
# Of a picture: where its pixels begin, and how wide they are.
HEAD, SIDE = 50, 400


def layer(*names: str) -> ShapeLayer:
    shapes = [box(26 + 8 * number, 20, 4, 4) for number in range(len(names))]
    return ShapeLayer(shapes, ("crop",), [(name,) for name in names], "fields")


def draw(
    made: SmallLibrary, tree: Tree, zones: ShapeLayer, *, log: Log | None = None, workers: int = 1, margin: float = 100,
    **choice: Any,
) -> Quicklooks:  # fmt: skip
    return draw_quicklooks(
        made.open(), tree.folder, zones.geometries, QuicklookRequest(Choice(key_field="crop", **choice), margin, None),
        ThreadExecutor(workers), log or Log(),
    )  # fmt: skip


def constant(made: SmallLibrary, value: int, hidden: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return an unmasked raster of one value, and a masked one: its right half hidden if so wished."""
    unmasked = np.full((made.height, made.width), value, np.int16)
    masked = unmasked.copy()
    if hidden:
        masked[:, 28:] = NODATA
    return unmasked, masked


def add_true_colours(made: SmallLibrary, masked: Path, colour: tuple[int, int, int]) -> None:
    import rasterio
    from rasterio.transform import from_origin

    name, tile = masked.parent.name, masked.parents[1].name
    folder = made.root / "L2A" / tile / f"{name}.SAFE" / "GRANULE" / "L2A_T" / "IMG_DATA" / "R10m"
    folder.mkdir(parents=True)
    with rasterio.open(
        folder / f"T{tile}_{name[11:26]}_TCI_10m.jp2", "w", driver="JP2OpenJPEG", width=made.width, height=made.height,
        count=3, dtype="uint8", crs="EPSG:32740", transform=from_origin(LEFT, TOP, PIXEL, PIXEL),
        QUALITY="100", REVERSIBLE="YES", BLOCKXSIZE="32", BLOCKYSIZE="32",
    ) as dataset:  # fmt: skip
        for band, level in enumerate(colour, 1):
            dataset.write(np.full((made.height, made.width), level, np.uint8), band)


def pixels(path: Path) -> np.ndarray:
    from PIL import Image

    with Image.open(path) as image:
        assert image.format == "JPEG"
        return np.asarray(image).astype(int)


def view(path: Path) -> np.ndarray:
    """Return the pixels of a picture without what stands above and below."""
    return pixels(path)[HEAD : HEAD + SIDE]


def share(picture: np.ndarray, colour: Any, near: int = 12) -> float:
    """Return which share of a picture has about a colour."""
    return float((np.abs(picture - np.array(colour)).max(axis=-1) <= near).mean())


def names(quicklooks: Quicklooks) -> list[str]:
    found = [path.relative_to(quicklooks.folder).as_posix() for path in quicklooks.folder.rglob("*.jpg")]
    return sorted(found)


@pytest.fixture
def made(tmp_path: Path) -> SmallLibrary:
    return SmallLibrary(tmp_path / "library")


def test_names_are_those_of_sen2chain(made: SmallLibrary, tmp_path: Path) -> None:
    first = made.add("2021-01-05", clouds=0)
    made.add("2021-02-14", clouds=0)
    add_true_colours(made, first, (10, 20, 30))
    zones = layer("Grand Hazier")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    quicklooks = draw(made, tree, zones, date_min=date(2021, 1, 1), date_max=date(2021, 12, 31))
    zone = "QL_Grand_Hazier"
    assert quicklooks.folder == tree.folder / "quicklooks"
    assert names(quicklooks) == [
        f"{zone}/CM001/fields_MOZ-QL_Grand_Hazier_NDVI_2021-01-01_2021-12-31.jpg",
        f"{zone}/CM001/fields_QL_Grand_Hazier_NDVI_20210105_40KCB_S2.jpg",
        f"{zone}/CM001/fields_QL_Grand_Hazier_NDVI_20210214_40KCB_S2.jpg",
        f"{zone}/fields_MOZ-QL_Grand_Hazier_L2A_2021-01-01_2021-12-31.jpg",
        f"{zone}/fields_QL_Grand_Hazier_L2A_20210105_40KCB_S2.jpg",
    ]
    assert (quicklooks.pictures, quicklooks.sheets, quicklooks.failed) == (3, 2, 0)


def test_index_has_its_colour_and_clouds_are_hatched(made: SmallLibrary, tmp_path: Path) -> None:
    unmasked, masked = constant(made, 6000, hidden=True)
    made.add("2021-01-05", masked=masked, unmasked=unmasked)
    clear = constant(made, 6000)[0]
    made.add("2021-02-14", masked=clear, unmasked=clear)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    folder = draw(made, tree, zones).folder / "QL_a" / "CM001"
    clouded, cloudless = (view(folder / f"fields_QL_a_NDVI_{day}_40KCB_S2.jpg") for day in ("20210105", "20210214"))
    colour = ramp_of("NDVI").paint(np.array(6000)).astype(int)
    veiled = (colour * 0.45 + 255 * 0.55).astype(int)
    dark = (70, 78, 88)
    assert share(cloudless, colour) > 0.85
    assert share(cloudless, dark) < 0.01
    # The zone is at columns 26 to 30: the view begins 10 pixels left of it, and from column 28 on all is hidden.
    left, right = clouded[:, : SIDE // 2 - 4], clouded[:, SIDE // 2 + 4 :]
    assert share(left, colour) > 0.85
    assert share(right, veiled) > 0.5
    assert 0.05 < share(right, dark, 40) < 0.3


def test_what_was_never_seen_is_grey_not_hatched(made: SmallLibrary, tmp_path: Path) -> None:
    seen = constant(made, 6000)[0]
    seen[:, 28:] = NODATA
    made.add("2021-01-05", masked=seen, unmasked=seen)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    picture = view(draw(made, tree, zones).folder / "QL_a" / "CM001" / "fields_QL_a_NDVI_20210105_40KCB_S2.jpg")
    assert share(picture[:, SIDE // 2 + 4 :], GREY) > 0.85


def test_without_the_unmasked_raster_all_that_lacks_is_hatched(made: SmallLibrary, tmp_path: Path) -> None:
    unmasked, masked = constant(made, 6000, hidden=True)
    path = made.add("2021-01-05", masked=masked, unmasked=unmasked)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    made.unmasked(path).unlink()
    picture = view(draw(made, tree, zones).folder / "QL_a" / "CM001" / "fields_QL_a_NDVI_20210105_40KCB_S2.jpg")
    assert 0.05 < share(picture[:, SIDE // 2 + 4 :], (70, 78, 88), 40) < 0.3


def test_outline_is_around_the_zone(made: SmallLibrary, tmp_path: Path) -> None:
    clear = constant(made, 6000)[0]
    made.add("2021-01-05", masked=clear, unmasked=clear)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    picture = view(draw(made, tree, zones).folder / "QL_a" / "CM001" / "fields_QL_a_NDVI_20210105_40KCB_S2.jpg")
    rows, columns = np.nonzero(picture.max(axis=-1) < 60)
    # 4 of the 24 pixels that the view is wide, in its middle.
    edges = [columns.min(), columns.max(), rows.min(), rows.max()]
    assert edges == pytest.approx([SIDE * 10 / 24, SIDE * 14 / 24, SIDE * 10 / 24, SIDE * 14 / 24], abs=4)


def test_true_colours_are_true(made: SmallLibrary, tmp_path: Path) -> None:
    path = made.add("2021-01-05", clouds=0)
    add_true_colours(made, path, (40, 90, 160))
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    picture = view(draw(made, tree, zones).folder / "QL_a" / "fields_QL_a_L2A_20210105_40KCB_S2.jpg")
    assert share(picture, (40, 90, 160)) > 0.8


def test_margin_decides_how_much_is_seen(made: SmallLibrary, tmp_path: Path) -> None:
    clear = constant(made, 6000)[0]
    made.add("2021-01-05", masked=clear, unmasked=clear)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    shares = []
    for margin in (0, 100, 1000):
        picture = view(
            draw(made, tree, zones, margin=margin).folder / "QL_a" / "CM001" / "fields_QL_a_NDVI_20210105_40KCB_S2.jpg"
        )
        shares.append(share(picture, GREY))
    assert shares[:2] == [0, 0]
    # 64 x 48 pixels of the raster in a square of 204.
    assert shares[2] == pytest.approx(1 - 64 * 48 / 204**2, abs=0.03)


def test_sheet_has_a_cell_per_date(made: SmallLibrary, tmp_path: Path) -> None:
    colours = []
    for number, value in enumerate((0, 3000, 5000, 7000, 9000)):
        raster = constant(made, value)[0]
        made.add(f"2021-01-{5 + 5 * number:02d}", masked=raster, unmasked=raster)
        colours.append(ramp_of("NDVI").paint(np.array(value)).astype(int))
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    sheet = pixels(draw(made, tree, zones).folder / "QL_a" / "CM001" / "fields_MOZ-QL_a_NDVI_None_None.jpg")
    step = sheet.shape[1] // 3
    for number, colour in enumerate(colours):
        row, column = divmod(number, 3)
        cell = sheet[64 + row * 330 + 30 : 64 + row * 330 + 310, column * step + 20 : column * step + 280]
        assert share(cell, colour) > 0.8
    empty = sheet[64 + 330 + 30 : 64 + 330 + 310, 2 * step + 20 : 2 * step + 280]
    assert share(empty, (255, 255, 255)) == 1


def test_zones_of_one_name_and_odd_names_stay_apart(made: SmallLibrary, tmp_path: Path) -> None:
    made.add("2021-01-05", clouds=0)
    zones = layer("a/b", "A b", "../..", "CON")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    quicklooks = draw(made, tree, zones)
    folders = sorted(path.name for path in quicklooks.folder.iterdir() if path.name.startswith("QL_"))
    assert folders == ["QL_A_b_1", "QL_CON_", "QL_a_b", "QL_zones"]
    assert quicklooks.pictures == 4


def test_very_many_zones_of_one_name_have_a_folder_each() -> None:
    """Counted on, not counted from the beginning for each: 50 000 of them would not end."""
    names = unique_names(["plot"] * 50_000 + ["plot_3", "PLOT"], [], ignore_case=True)
    assert names[:3] == ["plot", "plot_1", "plot_2"]
    assert names[3] == "plot_4"
    assert names[-2] == "plot_3"
    assert len({name.casefold() for name in names}) == len(names)


def test_two_acquisitions_of_a_day_both_stay(made: SmallLibrary, tmp_path: Path) -> None:
    path = made.add("2021-01-05", clouds=0)
    add_acquisition(path, "T064511")
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    quicklooks = draw(made, tree, zones)
    assert [name for name in names(quicklooks) if "_QL_" in name] == [
        "QL_a/CM001/fields_QL_a_NDVI_20210105_40KCB_S2.jpg",
        "QL_a/CM001/fields_QL_a_NDVI_20210105_40KCB_S2_2.jpg",
    ]


def test_a_raster_that_fails_is_named_and_the_others_go_on(made: SmallLibrary, tmp_path: Path) -> None:
    bad = made.add("2021-01-05", clouds=0)
    made.add("2021-01-10", clouds=0)
    gone = made.add("2021-01-15", clouds=0)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    bad.write_bytes(bad.read_bytes()[:-100])
    gone.unlink()
    log = Log()
    quicklooks = draw(made, tree, zones, log=log)
    assert (quicklooks.pictures, quicklooks.failed) == (1, 2)
    assert [error.partition(" failed: ")[0] for error in sorted(log.errors)] == [bad.name, gone.name]
    assert quicklooks.sheets == 1


@pytest.mark.parametrize("what", ["QL_a/CM001/*20210110*.jpg", "QL_a/CM001/*_MOZ-QL_*.jpg"])
def test_a_picture_that_another_program_has_open_stays_and_the_others_are_drawn(
    made: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    for day in ("2021-01-05", "2021-01-10"):
        made.add(day, clouds=0)
    zones = layer("a", "b")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    folder = draw(made, tree, zones).folder
    pictures = sorted(folder.rglob("*.jpg"))
    (held,) = folder.glob(what)
    for path in pictures:
        path.write_bytes(b"old")
    log = Log()
    with Holder(monkeypatch).holding(held):
        quicklooks = draw(made, tree, zones, log=log)
        assert [path for path in pictures if path.read_bytes() == b"old"] == [held]
    assert quicklooks.failed == 1
    assert quicklooks.pictures + quicklooks.sheets == len(pictures) - 1
    (said,) = log.errors
    assert f"{held.name} is open in another program" in said


def test_workers_and_repeats_change_nothing(made: SmallLibrary, tmp_path: Path) -> None:
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        made.add(day, clouds=0.2)
        made.add(day, "NDWIGAO", clouds=0.2)
    zones = layer("a", "b")
    tree, _ = run(made.open(), zones, tmp_path / "root", select(("NDVI", "NDWIGAO")))
    first = all_bytes(draw(made, tree, zones).folder)
    assert len([name for name in first if name.endswith(".jpg")]) == 2 * 2 * 4
    assert all_bytes(draw(made, tree, zones, workers=3).folder) == first


def add_acquisition(path: Path, time: str) -> None:
    """Add a product like another one, of another time of its day."""
    other = Path(str(path.parent).replace("T063511", time))
    other.mkdir()
    for file in list(path.parent.iterdir()):
        (other / file.name.replace("T063511", time)).write_bytes(file.read_bytes())


@pytest.mark.parametrize("size", [1, 300, 1500])
def test_zones_in_batches_give_the_same_pictures(
    made: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    for day in ("2021-01-05", "2021-01-10"):
        add_true_colours(made, made.add(day, clouds=0.2), (10, 20, 30))
        # Earlier than the one above, and of one index only.
        add_acquisition(made.add(day, "NDWIGAO", clouds=0.2), "T062511")
    zones = layer("a", "b", "a", "", "B")
    tree, _ = run(made.open(), zones, tmp_path / "root", select(("NDVI", "NDWIGAO")))
    quicklooks = draw(made, tree, zones)
    whole = all_bytes(quicklooks.folder)
    found = names(quicklooks)
    assert len(found) == quicklooks.pictures + quicklooks.sheets
    assert {name.partition("/")[0] for name in found} == {"QL_a_FID0", "QL_b", "QL_a_FID2", "QL_FID3", "QL_B_1"}
    assert "QL_b/CM001/fields_QL_b_NDWIGAO_20210105_40KCB_S2_2.jpg" in found
    assert not any("NDVI" in name and name.endswith("S2_2.jpg") for name in found)
    shutil.rmtree(quicklooks.folder)
    monkeypatch.setattr(batches, "BATCH_BYTES", size)
    assert len(zone_batches(tree, "NDVI", "CM001", Log()).batches) > 1
    again = draw(made, tree, zones)
    assert all_bytes(again.folder) == whole
    assert again == quicklooks


def test_a_planned_picture_takes_a_few_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_BYTES", 100_000)
    products = [masked_name(f"2021-{month:02d}-{day:02d}") for month in range(1, 13) for day in (1, 6, 11, 16, 21)]
    tree = make_tree(tmp_path, [row(zone, name) for name in products for zone in range(300)])

    def held(choice: Choice) -> tuple[int, int]:
        tracemalloc.start()
        try:
            plan = Plan("zones", tmp_path, choice)
            plan.add(open_zone_series(open_tree(tree), "NDVI", "CM001", choice, Log()), Log())
            plan.finish()
            return plan.pictures, tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    few, before = held(Choice(date_max=date(2021, 1, 31)))
    many, after = held(Choice())
    assert (few, many) == (300 * 5, 300 * 60)
    assert (after - before) / (many - few) < 20


# A zone, a day, a tile and a time of each row, by index.
_ROWS = st.dictionaries(
    st.sampled_from(["NDVI", "NDWIGAO"]),
    st.sets(
        st.tuples(
            st.integers(0, 4), st.sampled_from(["2021-01-05", "2021-01-06"]), st.sampled_from(["40KCB", "40KCC"]),
            st.sampled_from(["06:25:11", "06:30:11", "06:35:11"]),
        ),
        min_size=1,
        max_size=20,
    ),
    min_size=1,
)  # fmt: skip


def named_plainly(folder: Path, indices: list[str]) -> dict[Path, tuple[int, str]]:
    """Name a picture of each row and one in true colours of each zone and product, one after the other."""
    found: dict[Path, tuple[int, str]] = {}
    for index in indices:
        series = read_zone_series(open_tree(folder), index, "CM001", Choice(), Log())
        rows = [(zone.fid, name) for zone in series.zones for name in series.filename[zone.rows]]
        for zone, name in rows:
            product = name.partition(f"_{index}_")[0]
            shown = {index: f"QL_FID{zone}/CM001"}
            if not any(what == (zone, product) and "_L2A_" in path.name for path, what in found.items()):
                shown["L2A"] = f"QL_FID{zone}"
            for what, place in shown.items():
                stem = f"ql/{place}/zones_QL_FID{zone}_{what}_{product[11:19]}_{product[39:44]}_S2"
                path, number = Path(f"{stem}.jpg"), 1
                while path in found:
                    number += 1
                    path = Path(f"{stem}_{number}.jpg")
                found[path] = zone, product
    return found


@given(_ROWS)
def test_each_picture_has_its_name_by_a_plain_count(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, set[tuple[int, str, str, str]]]
) -> None:
    """Those of a zone, day and tile are numbered as they come: by index, then time."""
    folder = make_tree(
        tmp_path_factory.mktemp("trees"),
        [
            row(zone, masked_name(day, tile=tile, index=index, time=time))
            for index, some in wanted.items()
            for zone, day, tile, time in sorted(some)
        ],
    )
    plan = Plan("zones", Path("ql"), Choice())
    for index in sorted(wanted):
        plan.add(open_zone_series(open_tree(folder), index, "CM001", Choice(), Log()), Log())
    plan.finish()
    found: dict[Path, tuple[int, str]] = {}
    for pictures in plan.rows:
        for place, product in enumerate(plan.products):
            positions = pictures.of_product(place)
            for picture, zone in zip(positions.tolist(), pictures.zones_of(positions).tolist()):
                found[plan.path(pictures, picture, zone)] = zone, product.text
            pictures.drawn[positions] = True
    assert found == named_plainly(folder, sorted(wanted))
    on_sheets = [path for sheet in plan.sheets() if sheet is not None for path, _ in sheet.pictures]
    assert sorted(on_sheets) == sorted(found)
    assert plan.pictures == sum("_L2A_" not in path.name for path in found)


def test_library_and_raw_data_are_left_alone(made: SmallLibrary, tmp_path: Path) -> None:
    made.add("2021-01-05")
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    library, raw = all_bytes(made.root), all_bytes(tree.folder / "raw_data")
    draw(made, tree, zones)
    assert all_bytes(made.root) == library
    assert all_bytes(tree.folder / "raw_data") == raw


def test_progress_cancel_and_nothing_to_show(made: SmallLibrary, tmp_path: Path) -> None:
    for day in ("2021-01-05", "2021-01-10"):
        made.add(day, clouds=0)
    zones = layer("a", "b")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    with pytest.raises(Cancelled):
        draw(made, tree, zones, log=Log(cancel_at=8))
    assert not list(tree.folder.rglob("*MOZ*"))
    assert not list(tree.folder.rglob("tmp/*"))
    log = Log()
    draw(made, tree, zones, log=log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1.0
    with pytest.raises(NothingToShow, match="NDVI CM001"):
        draw(made, tree, zones, date_min=date(2030, 1, 1))


def test_a_disk_that_is_full_ends_it(made: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.add("2021-01-05", clouds=0)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")

    def full(path: Path, data: bytes, root: Path) -> None:
        raise WriteFailed(path=path, reason="No space left on device")

    monkeypatch.setattr("sen2chain_ts_plugin.engine.figures.quicklooks.quicklooks.write_atomic", full)
    with pytest.raises(WriteFailed, match="No space left"):
        draw(made, tree, zones)


@pytest.mark.parametrize("module", ["PIL", "matplotlib"])
def test_without_what_it_needs_it_says_what_to_install(
    made: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    from sen2chain_ts_plugin.engine.figures.quicklooks import pictures

    made.add("2021-01-05", clouds=0)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root")
    pictures._font.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MatplotlibMissing, match=r"[Ii]nstall.* (python3-)?matplotlib"):
        draw(made, tree, zones)


class Pixels:
    """An open raster in memory that counts the blocks it decodes."""

    dtype, nodata, bands = "int16", None, 1

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.values = np.arange(grid.width * grid.height, dtype=np.int16).reshape(grid.height, grid.width)
        self.decoded: list[Window] = []

    def read(self, window: Window, needed: Any = None) -> np.ndarray:
        self.decoded.append(window)
        return self.values[window.row : window.row + window.height, window.column : window.column + window.width]

    def close(self) -> None:
        pass


class Going:
    def check(self) -> None:
        pass

    def report(self, fraction: float) -> None:
        pass


@given(
    size=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    block=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    corner=st.tuples(st.integers(-40, 70), st.integers(-40, 70)),
    side=st.integers(1, 90),
)
def test_a_view_is_what_a_plain_cut_gives_from_the_blocks_it_touches(size, block, corner, side) -> None:
    grid = Grid(32740, 0.0, 0.0, 10.0, *size, *block)
    raster = Pixels(grid)
    column, row = corner
    found = Blocks(raster, Path("x.jp2"), Going().check).read(View(10.0 * column, -10.0 * row, 10.0 * side), NODATA)
    padded = np.full((size[1] + 300, size[0] + 300), NODATA, np.int16)
    padded[100 : 100 + size[1], 100 : 100 + size[0]] = raster.values
    cut = padded[100 + row : 100 + row + side, 100 + column : 100 + column + side]
    assert np.array_equal(found, cut)
    for window in raster.decoded:
        assert window.column < column + side
        assert window.column + window.width > column
        assert window.row < row + side
        assert window.row + window.height > row
    assert len(set(raster.decoded)) == len(raster.decoded)


@pytest.mark.parametrize("corner", [(-900.0, 0.0), (0.0, 900.0), (700.0, -700.0), (20.0, -20.0)])
def test_a_view_of_three_bands_has_three_also_where_it_is_wholly_outside(corner: tuple[float, float]) -> None:
    raster = Pixels(Grid(32740, 0.0, 0.0, 10.0, 60, 60, 20, 20))
    raster.bands, raster.values = 3, np.stack([raster.values] * 3)
    raster.read = lambda window, _=None: raster.values[
        :, window.row : window.row + window.height, window.column : window.column + window.width
    ]
    picture = Blocks(raster, Path("x.jp2"), Going().check).read(View(*corner, 300.0), NODATA)
    assert picture.shape == (3, 30, 30)
    assert (picture == NODATA).all() == (corner != (20.0, -20.0))


def test_a_large_view_is_thinned_out_and_few_blocks_are_kept() -> None:
    raster = Pixels(Grid(32740, 0.0, 0.0, 10.0, 4000, 4000, 256, 256))
    blocks = Blocks(raster, Path("x.jp2"), Going().check)
    picture = blocks.read(View(0.0, 0.0, 40_000.0), NODATA)
    assert picture.shape == (views.MOST_PIXELS, views.MOST_PIXELS)
    assert np.array_equal(picture, raster.values[4::8, 4::8])
    assert len(blocks._kept) <= 12


def test_a_mask_applied_while_reading_is_drawn_as_the_produced_one(made: SmallLibrary, tmp_path: Path) -> None:
    unmasked, masked = constant(made, 6000, hidden=True)
    path = made.add("2021-01-05", masked=masked, unmasked=unmasked)
    half = (masked == NODATA)[::2, ::2].astype(np.uint8)
    write_jp2(made.probability(path).with_name(f"{path.parent.name}_CM001.jp2"), half, pixel=2 * PIXEL)
    zones = layer("a")
    tree, _ = run(made.open(), zones, tmp_path / "root", select(masks="CM001/CM001-VRT"))
    folder = draw(made, tree, zones).folder / "QL_a"
    drawn = [view(folder / mask / "fields_QL_a_NDVI_20210105_40KCB_S2.jpg") for mask in ("CM001", "CM001-VRT")]
    assert np.array_equal(*drawn)


def test_an_index_computed_from_bands_is_drawn(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "safes")
    name = product_id("2023-02-01", baseline="N0509")
    safes.add(name)
    zones = layer("a")
    library = open_library(safes.root)
    tree, _ = run(library, zones, tmp_path / "root", Selection(["NDWIGAO"], ()))
    request = QuicklookRequest(Choice(key_field="crop"), 100, None)
    drawn = draw_quicklooks(library, tree.folder, zones.geometries, request, ThreadExecutor(1), Log())
    assert (drawn.pictures, drawn.failed) == (1, 0)
    assert (drawn.folder / "QL_a" / "SCL-0-1-3-8-9-10-L2A" / "fields_QL_a_NDWIGAO_20230201_40KCB_S2.jpg").is_file()
