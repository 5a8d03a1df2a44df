"""From a folder of L2A products to rows: values by the formulas, masks, both offsets, and every failure named."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.choices import INDEX_BANDS, INDICES
from sen2chain_ts_plugin.engine.errors import (
    CloudMaskAbsent,
    CloudMaskOfSource,
    IndicesAbsent,
    LibraryNotFound,
    ProductRenamed,
    ProductsAbsent,
    ProductsZipped,
    ProductWithoutTile,
)
from sen2chain_ts_plugin.engine.extraction.extract import ExtractionSummary, extract
from sen2chain_ts_plugin.engine.extraction.inventory import take_inventory
from sen2chain_ts_plugin.engine.extraction.timeseries import write_timeseries
from sen2chain_ts_plugin.engine.figures.html.inventory_page import inventory_page, log_lines
from sen2chain_ts_plugin.engine.library.cloudmask import parse, parse_list
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.product_id import parse_product
from sen2chain_ts_plugin.engine.library.products import locate
from sen2chain_ts_plugin.engine.library.selection import Selection, cloud_cover
from sen2chain_ts_plugin.engine.sources import l2a
from sen2chain_ts_plugin.engine.sources.bands import compute_index
from sen2chain_ts_plugin.engine.sources.bilinear import double
from sen2chain_ts_plugin.engine.sources.clouds import clouds
from sen2chain_ts_plugin.engine.sources.halved import Wanted
from sen2chain_ts_plugin.engine.sources.opening import open_source
from sen2chain_ts_plugin.engine.sources.parts import Part, parts_of
from sen2chain_ts_plugin.engine.sources.true_colours import has_true_colours
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions
from tests.support.extracting import NODATA, ShapeLayer, box, product_id
from tests.support.raw_tree import Log
from tests.support.safes import COARSE, Safes, metadata

OLD, NEW = product_id("2021-01-05", baseline="N0214"), product_id("2023-02-01", baseline="N0509")
DEFAULT = "SCL-0-1-3-8-9-10-L2A"


@pytest.fixture
def safes(tmp_path: Path) -> Safes:
    made = Safes(tmp_path / "downloads")
    made.add(OLD)
    made.add(NEW, folder="2023/february")
    return made


def layer() -> ShapeLayer:
    """Zones of several blocks, one of them of a pixel, one across the edge."""
    return ShapeLayer([box(0, 0, 64, 48), box(3, 9, 12, 8), box(28, 28, 9, 9), box(40, 40, 1, 1), box(60, 30, 9, 9)])


def run(
    folder: Path, root: Path, indices: Sequence[str] = ("NDVI",), masks: str = "", log: Log | None = None, *,
    source: str = "auto", workers: int = 1,
) -> tuple[Path, ExtractionSummary]:  # fmt: skip
    selection = Selection(indices, parse_list(masks) if masks else (), index_source=source)
    executor = ThreadExecutor(workers) if workers > 1 else SerialExecutor()
    tree, summary = extract(open_library(folder), layer(), selection, root, executor, log or Log())
    return tree.folder, summary


def rows(tree: Path, index: str, mask: str, product: str) -> list[dict[str, str]]:
    with open(
        next((tree / "raw_data" / index / mask).glob(f"*{product}*.csv")), encoding="utf-8", newline=""
    ) as stream:
        return list(csv.DictReader(stream))


def index_of(safes: Safes, product: str, index: str, offset: int) -> np.ndarray:
    bands = {name: double(band) if name in COARSE else band for name, band in safes.bands[product].items()}
    return compute_index(index, bands, dict.fromkeys(bands, offset), NODATA)


@pytest.mark.parametrize("workers", [1, 5])
def test_every_index_of_both_offsets(safes: Safes, tmp_path: Path, workers: int) -> None:
    tree, summary = run(safes.root, tmp_path / "out", INDICES, workers=workers)
    assert (summary.products, summary.extracted, summary.failed) == (24, 24, 0)
    for product, offset in ((OLD, 0), (NEW, -1000)):
        hidden = np.isin(safes.classes[product], (0, 1, 3, 8, 9, 10)).repeat(2, axis=0).repeat(2, axis=1)
        for index in INDICES:
            values = index_of(safes, product, index, offset)
            clear = (values != NODATA) & ~hidden
            first = rows(tree, index, DEFAULT, product)[0]
            assert first["filename"] == f"{product}_{index}_{DEFAULT}.jp2"
            assert int(first["count"]) == clear.sum()
            assert int(first["nodata"]) == clear.size - clear.sum()
            assert int(first["nbcld"]) == (hidden & (values != NODATA)).sum()
            assert float(first["mean"]) == pytest.approx(values[clear].astype(float).mean(), rel=1e-12)
            assert (int(first["min"]), int(first["max"])) == (values[clear].min(), values[clear].max())
            assert float(first["cldprb"]) == pytest.approx(safes.probability[product].mean(), rel=1e-12)


def test_masks_are_applied_and_share_no_folder(safes: Safes, tmp_path: Path) -> None:
    masks = "SCL-9/SCL-3-DIL40/PRB-50/PRB-100-DIL20/NOMASK"
    masks += "/CM001-VRT/CM004-CSH1-CMP1-CHP1-TCI1-ITER1-VRT/CM003-PRB60-ITER1-VRT"
    tree, summary = run(safes.root, tmp_path / "out", ("NBR",), masks)
    assert summary.failed == 0
    folders = {path.name for path in (tree / "raw_data" / "NBR").iterdir()}
    assert folders == {f"{name}-L2A" for name in masks.split("/")}
    values = index_of(safes, NEW, "NBR", -1000)
    for name in masks.split("/"):
        mask = parse(name)
        if name == "NOMASK":
            hidden = np.zeros(values.shape, bool)
        else:
            kind = "scl" if name.startswith(("SCL", "CM004")) else "probability"
            raster = (safes.classes if kind == "scl" else safes.probability)[NEW]
            hidden = clouds(mask, kind, raster).repeat(2, axis=0).repeat(2, axis=1)
        clear = (values != NODATA) & ~hidden
        found = {row["fid"]: row for row in rows(tree, "NBR", f"{name}-L2A", NEW)} if clear.any() else {}
        if clear.any():
            assert int(found["0"]["count"]) == clear.sum(), name
        part = clear[9:17, 3:15]
        assert int(found.get("1", {"count": "0"})["count"]) == part.sum(), name


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("pixels", "ending"), [("touched", "TOUCH"), ("fraction", "FRAC")])
def test_every_rule_of_pixels(safes: Safes, tmp_path: Path, pixels: str, ending: str, workers: int) -> None:
    """Boxes that begin and end within pixels: their shares are products of lengths."""
    bounds = [(3.25, 9.5, 12.5, 8.75), (27.9, 28.1, 9.4, 9.3), (40.25, 40.25, 0.5, 0.5)]
    folder = tmp_path / "out"
    selection = Selection(("NDVI", "NBR"), parse_list("SCL-3-9-DIL40/NOMASK"))
    executor = ThreadExecutor(workers) if workers > 1 else SerialExecutor()
    zones = ShapeLayer([box(*each) for each in bounds])
    rule = PixelOptions(pixels)
    tree, summary = extract(open_library(safes.root), zones, selection, folder, executor, Log(), pixels=rule)
    assert (summary.failed, summary.extracted) == (0, 8)
    for product, offset in ((OLD, 0), (NEW, -1000)):
        for index, name in [(index, mask.name) for index in ("NDVI", "NBR") for mask in selection.cloudmasks]:
            hidden = np.zeros((48, 64), bool)
            if name != "NOMASK":
                hidden = clouds(parse(name), "scl", safes.classes[product]).repeat(2, axis=0).repeat(2, axis=1)
            values = index_of(safes, product, index, offset)
            clear = (values != NODATA) & ~hidden
            written = {row["fid"]: row for row in rows(tree.folder, index, f"{name}-{ending}-L2A", product)}
            for zone, (left, top, width, height) in enumerate(bounds):
                across, down = shares(left, width, 64), shares(top, height, 48)
                share = down[:, np.newaxis] * across
                share = (share > 0).astype(float) if pixels == "touched" else share
                total = share[clear].sum()
                if not total:
                    assert str(zone) not in written or float(written[str(zone)]["count"]) == 0
                    continue
                row = written[str(zone)]
                assert row["filename"] == f"{product}_{index}_{name}-{ending}-L2A.jp2"
                assert float(row["count"]) == pytest.approx(total, abs=1e-9)
                assert float(row["nodata"]) == pytest.approx(share[~clear].sum(), abs=1e-9)
                assert float(row["nbcld"]) == pytest.approx(share[hidden & (values != NODATA)].sum(), abs=1e-9)
                mean = (share[clear] * values[clear]).sum() / total
                assert float(row["mean"]) == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize("mask", ["SCL-3-DIL20", "CM001-VRT"])
def test_every_way_to_work_on_a_block_gives_the_same_bytes(
    safes: Safes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: str
) -> None:
    def whole(wanted: Wanted) -> list[Part]:
        return [Part((0, 0, wanted.window.width, wanted.window.height))]

    def alone(wanted: Wanted) -> list[Part]:
        return [Part((left, top, right, bottom)) for left, top, right, bottom in wanted.boxes.tolist()]

    def listed(wanted: Wanted) -> list[Part]:
        needed = np.zeros((wanted.window.height, wanted.window.width), bool)
        for left, top, right, bottom in wanted.boxes.tolist():
            needed[top:bottom, left:right] = True
        return [Part((0, 0, needed.shape[1], needed.shape[0]), np.array(needed.nonzero()))]

    def by_row(part: Part) -> list[Part]:
        left, top, right, bottom = part.box
        return [part] if part.listed is not None else [Part((left, row, right, row + 1)) for row in range(top, bottom)]

    found = []
    for number, way in enumerate((parts_of, whole, alone, listed)):
        monkeypatch.setattr(l2a, "parts_of", way)
        tree, summary = run(safes.root, tmp_path / str(number), ("NDVI", "NBR", "IRECI"), mask)
        assert summary.failed == 0
        found.append({path.name: path.read_bytes() for path in (tree / "raw_data").rglob("zones_*.csv")})
        monkeypatch.setattr(Part, "strips", by_row)
    assert len(found[0]) == 6
    assert all(each == found[0] for each in found)


def shares(begin: float, length: float, size: int) -> np.ndarray:
    """Return which part of each pixel of an axis a stretch covers."""
    first = np.arange(size)
    return np.clip(np.minimum(first + 1, begin + length) - np.maximum(first, begin), 0, 1)


def test_where_products_may_lie(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "downloads")
    places = ["", "a", "a/b"]
    names = [product_id(f"2021-0{number}-01", baseline="N0500") for number in range(1, 5)]
    for name, place in zip(names, [*places, "a/b/c"]):
        safes.add(name, folder=place)
    shutil.copytree(safes.root / f"{names[0]}.SAFE", safes.root / "a" / f"{names[0]}.SAFE")  # there twice
    tree, summary = run(safes.root, tmp_path / "out")
    assert summary.products == 3  # the fourth lies too deep
    assert not list((tree / "raw_data").rglob(f"*{names[3]}*"))
    library = open_library(safes.root)
    assert library.extraction == safes.root / "EXTRACTION"
    # A folder of the same name inside, as some programs unpack it.
    nested = tmp_path / "nested" / f"{names[0]}.SAFE"
    shutil.copytree(safes.root / f"{names[0]}.SAFE", nested / nested.name)
    assert run(tmp_path / "nested", tmp_path / "out2")[1].extracted == 1
    # One product alone.
    assert run(safes.root / f"{names[0]}.SAFE", tmp_path / "out3")[1].extracted == 1
    # Sen2Chain's own place, in a data folder without indices.
    shutil.copytree(safes.root / f"{names[0]}.SAFE", tmp_path / "data" / "L2A" / "40KCB" / f"{names[0]}.SAFE")
    assert run(tmp_path / "data", tmp_path / "out4")[1].extracted == 1


@pytest.mark.parametrize("place", ["40KCB", "", "2021", "2021/january", "40KCB/{product}.SAFE", "2021/{product}.SAFE"])
@pytest.mark.parametrize("kind", ["INDICES", "config", "downloads"])
def test_all_of_a_product_is_found_wherever_it_lies(tmp_path: Path, kind: str, place: str) -> None:
    """Bands, classes, probability and cloud cover, below the folder L2A of a library of any kind."""
    data = tmp_path / "home" / "sen2chain_data" / "data" if kind == "config" else tmp_path / "home"
    safes = Safes(data if kind == "downloads" else data / "L2A")
    safes.add(OLD, folder=place.format(product=OLD))
    if kind == "INDICES":
        (data / "INDICES").mkdir()
    elif kind == "config":
        (tmp_path / "home" / "sen2chain_data" / "config").mkdir()
        (tmp_path / "home" / "sen2chain_data" / "config" / "config.cfg").write_text("[DATA PATHS]\n")
    home, out = tmp_path / "home", tmp_path / "out"
    tree, summary = run(home, out, ("NBR",), "SCL/PRB-60", source="l2a")
    assert (summary.extracted, summary.failed) == (2, 0)
    for mask in (DEFAULT, "PRB-60-L2A"):
        row = rows(tree, "NBR", mask, OLD)[0]
        assert float(row["cldprb"]) == pytest.approx(safes.probability[OLD].mean(), rel=1e-12)
    library = open_library(home)
    product = parse_product(OLD)
    assert product is not None
    assert (cloud_cover(library, product), has_true_colours(library, product)) == (12.5, True)
    with open_source([locate(library, product, "NBR", parse(DEFAULT))]) as source:
        assert (source.grid.width, source.grid.height) == (64, 48)


def test_products_beside_a_folder_called_l2a_count_too(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "downloads")
    safes.add(OLD, folder="L2A")
    safes.add(NEW)
    zipped = product_id("2022-01-01", baseline="N0301")
    log = Log()
    (safes.root / f"{zipped}.zip").write_bytes(b"PK")
    _, summary = run(safes.root, tmp_path / "out", log=log)
    assert (summary.extracted, summary.failed) == (2, 0)
    assert [f"{zipped}.zip is zipped" in error for error in log.errors] == [True]


def test_without_metadata_the_name_decides(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "downloads")
    safes.add(OLD, with_metadata=False)
    safes.add(NEW, with_metadata=False)
    tree, _ = run(safes.root, tmp_path / "out", masks="NOMASK")
    for product, offset in ((OLD, 0), (NEW, -1000)):
        values = index_of(safes, product, "NDVI", offset)
        mean = float(rows(tree, "NDVI", "NOMASK-L2A", product)[0]["mean"])
        assert mean == pytest.approx(values[values != NODATA].astype(float).mean(), rel=1e-12)


def test_each_band_has_the_offset_of_its_metadata(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "downloads")
    path = safes.add(NEW) / "MTD_MSIL2A.xml"
    numbers = {"B02": 1, "B04": 3, "B08": 7, "B12": 12}
    offsets = {"B02": -900, "B04": -1100, "B08": 0, "B12": 40}
    text = path.read_text(encoding="utf-8")
    for band, number in numbers.items():
        text = text.replace(f'band_id="{number}">-1000<', f'band_id="{number}">{offsets[band]}<')
    path.write_text(text, encoding="utf-8")
    tree, _ = run(safes.root, tmp_path / "out", ("NDVI", "NBR", "EVI"), "NOMASK")
    bands = {name: double(band) if name in COARSE else band for name, band in safes.bands[NEW].items()}
    for index in ("NDVI", "NBR", "EVI"):
        values = compute_index(index, bands, offsets, NODATA)
        mean = float(rows(tree, index, "NOMASK-L2A", NEW)[0]["mean"])
        assert mean == pytest.approx(values[values != NODATA].astype(float).mean(), rel=1e-12)


def second_granule(safes: Safes) -> None:
    granule = next((safes.root / f"{OLD}.SAFE" / "GRANULE").iterdir())
    shutil.copytree(granule, granule.with_name("L2A_T40KCB_A000002_20210105T063511"))


def no_granule(safes: Safes) -> None:
    shutil.rmtree(safes.root / f"{OLD}.SAFE" / "GRANULE")


def cut_band(safes: Safes) -> None:
    path = safes.path(OLD, "_B08_10m.jp2")
    path.write_bytes(path.read_bytes()[:-50])


def cut_classes(safes: Safes) -> None:
    path = safes.path(OLD, "_SCL_20m.jp2")
    path.write_bytes(path.read_bytes()[:-50])


def other_metadata(safes: Safes) -> None:
    (safes.root / f"{OLD}.SAFE" / "MTD_MSIL2A.xml").write_text(metadata("N0509", -1000))


def cut_metadata(safes: Safes) -> None:
    path = safes.root / f"{OLD}.SAFE" / "MTD_MSIL2A.xml"
    path.write_text(path.read_text(encoding="utf-8")[:150])


def smaller_classes(safes: Safes) -> None:
    from tests.support.extracting import write_jp2

    write_jp2(safes.path(OLD, "_SCL_20m.jp2"), np.zeros((20, 20), np.uint8), pixel=20.0, block=32)


def other_size(safes: Safes) -> None:
    from tests.support.extracting import write_jp2

    write_jp2(safes.path(OLD, "_B04_10m.jp2"), np.ones((20, 20), np.uint16), block=32)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (second_granule, "2 granules"), (no_granule, "0 granules"), (cut_band, "_B08_10m.jp2"),
        (cut_classes, "_SCL_20m.jp2"), (other_metadata, "is 05.09, the name says N0214"), (cut_metadata, "cut"),
        (smaller_classes, "_SCL_20m.jp2"), (other_size, "_B04_10m.jp2"),
    ],
)  # fmt: skip
def test_a_product_that_cannot_be_used_fails_by_name(
    safes: Safes, tmp_path: Path, damage: Callable[[Safes], object], named: str
) -> None:
    damage(safes)
    log = Log()
    _, summary = run(safes.root, tmp_path / "out", ("NDVI", "EVI"), log=log)
    assert (summary.products, summary.extracted, summary.failed) == (4, 2, 2)
    assert len(log.errors) == 2
    for error, index in zip(sorted(log.errors), ("EVI", "NDVI")):
        assert error.startswith(f"{OLD}_{index}_{DEFAULT}.jp2 failed:")
        assert named in error


@pytest.mark.parametrize("band", ["B11", "B08"])
def test_only_the_indices_that_need_a_missing_band_fail(safes: Safes, tmp_path: Path, band: str) -> None:
    safes.path(OLD, f"_{band}_{20 if band == 'B11' else 10}m.jp2").unlink()
    log = Log()
    tree, summary = run(safes.root, tmp_path / "out", INDICES, log=log)
    failing = {index for index, bands in INDEX_BANDS.items() if band in bands}
    assert summary.failed == len(log.errors) == len(failing)
    assert all(f"needs band {band}" in error for error in log.errors)
    assert {error.split("_")[7] for error in log.errors} == failing
    assert rows(tree, "BIBG", DEFAULT, OLD)


def test_zipped_products_are_named_and_not_counted(safes: Safes, tmp_path: Path) -> None:
    zipped = product_id("2022-01-01", baseline="N0301")
    (safes.root / "2023" / f"{zipped}.SAFE.zip").write_bytes(b"PK")
    (safes.root / f"{OLD}.zip").write_bytes(b"PK")  # unpacked already
    (safes.root / "holidays.zip").write_bytes(b"PK")
    log = Log()
    _, summary = run(safes.root, tmp_path / "out", log=log)
    assert (summary.products, summary.failed) == (2, 0)
    assert len(log.errors) == 1
    assert f"{zipped}.SAFE.zip is zipped: unpack it" in log.errors[0]


@pytest.mark.parametrize("ending", ["", ".safe", " (1).SAFE", ".SAFE.part", ".SAFE.incomplete"])
def test_folders_of_products_that_are_called_otherwise_are_named(safes: Safes, tmp_path: Path, ending: str) -> None:
    renamed, also_here = product_id("2022-01-01", baseline="N0301"), OLD
    for product in (renamed, also_here):
        (safes.root / "2023" / f"{product}{ending}" / "GRANULE").mkdir(parents=True)
    log = Log()
    _, summary = run(safes.root, tmp_path / "out", log=log)
    assert (summary.products, summary.failed) == (2, 0)
    assert [f"{renamed}{ending} is passed over" in error for error in log.errors] == [True]
    (tmp_path / "only" / f"{renamed}{ending}" / "GRANULE").mkdir(parents=True)
    with pytest.raises(ProductRenamed, match="Rename it"):
        open_library(tmp_path / "only")


def test_a_zip_file_that_is_called_like_a_folder_is_named(safes: Safes, tmp_path: Path) -> None:
    zipped = product_id("2022-01-01", baseline="N0301")
    (safes.root / f"{zipped}.SAFE").write_bytes(b"PK")
    log = Log()
    _, summary = run(safes.root, tmp_path / "out", log=log)
    assert (summary.products, summary.failed) == (2, 0)
    assert [f"{zipped}.SAFE is zipped: unpack it" in error for error in log.errors] == [True]


def test_products_without_a_tile_in_their_name_fail(safes: Safes, tmp_path: Path) -> None:
    old = "S2A_USER_PRD_MSIL2A_PDMC_20160105T123456_R063_V20160105T063511_20160105T063511"
    for name in (
        old,
        "S2A_MSIL2A_20170105T063511_N0204_R063_20170105T063511",
        "S2A_MSIL1C_20170105T063511_N0204_R063_T40KCB_20170105T063511",
        "S1A_IW_GRDH_1SDV",
    ):
        (safes.root / f"{name}.SAFE" / "GRANULE").mkdir(parents=True)
    log = Log()
    _, summary = run(safes.root, tmp_path / "out", ("NDVI", "NBR"), log=log)
    assert (summary.products, summary.extracted, summary.failed) == (8, 4, 4)
    assert len(log.errors) == 2
    assert all("no tile" in error for error in log.errors)


def test_what_is_not_there_is_an_error_before_any_work(safes: Safes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(CloudMaskOfSource, match=r"CM001 .*-VRT"):
        run(safes.root, out, masks="SCL/CM001")
    with pytest.raises(IndicesAbsent):
        run(safes.root, out, source="library")
    with pytest.raises(CloudMaskAbsent, match=r"CM002-B11-VRT.*SCL-0-1-3-8-9-10"):
        run(safes.root, out, masks="CM002-B11-VRT")
    (tmp_path / "data" / "INDICES").mkdir(parents=True)
    with pytest.raises(ProductsAbsent, match="L2A"):
        run(tmp_path / "data", out, masks="SCL", source="l2a")
    (tmp_path / "zipped").mkdir()
    (tmp_path / "zipped" / f"{OLD}.SAFE.zip").write_bytes(b"PK")
    for folder in (tmp_path / "zipped", tmp_path / "zipped" / f"{OLD}.SAFE.zip"):
        with pytest.raises(ProductsZipped, match=rf"{OLD}\.SAFE\.zip\. Unpack"):
            open_library(folder)
    (tmp_path / "zipped").rename(tmp_path / "data" / "L2A")
    with pytest.raises(ProductsZipped, match=rf"{OLD}\.SAFE\.zip\. Unpack"):
        run(tmp_path / "data", out, masks="SCL", source="l2a")
    (tmp_path / "old" / "S2A_MSIL2A_20170105T063511_N0204_R063_20170105T063511.SAFE").mkdir(parents=True)
    with pytest.raises(ProductWithoutTile, match="_T<tile>"):
        run(tmp_path / "old", out)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(LibraryNotFound, match=r"\*\.SAFE"):
        open_library(tmp_path / "nothing")
    assert not out.exists()


def test_what_is_done_is_skipped_until_a_file_changes(safes: Safes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tree, first = run(safes.root, out, ("NDVI", "NDWIGAO"))
    before = {path: path.read_bytes() for path in (tree / "raw_data").rglob("*.csv")}
    assert run(safes.root, out, ("NDVI", "NDWIGAO"))[1].skipped == first.products == 4
    for name, again in (("_B11_20m.jp2", 1), ("_B04_10m.jp2", 1), ("MTD_MSIL2A.xml", 2), ("_SCL_20m.jp2", 2)):
        path = safes.path(OLD, name)
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        assert run(safes.root, out, ("NDVI", "NDWIGAO"))[1].extracted == again, name
    assert {path: path.read_bytes() for path in before} == before


def test_a_time_series_without_indices_of_sen2chain(safes: Safes, tmp_path: Path) -> None:
    selection = Selection(["NDVI"], ())
    series = write_timeseries(open_library(safes.root), layer(), selection, tmp_path / "out", feedback=Log())
    with open(series.files[0], encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert {row["filename"] for row in found} == {f"{name}_NDVI_{DEFAULT}.jp2" for name in (OLD, NEW)}


def test_the_inventory_counts_what_could_be_had_and_how(safes: Safes, tmp_path: Path) -> None:
    safes.path(NEW, "MSK_CLDPRB_20m.jp2").unlink()
    run(safes.root, safes.root / "EXTRACTION")
    inventory = take_inventory(open_library(safes.root), ["NDVI", "NBR"], (None, None), Log(), layer())
    (nbr, ndvi) = inventory.entries
    assert (nbr.index, nbr.mask.name, nbr.products, nbr.remaining) == ("NBR", DEFAULT, 2, 2)
    assert (ndvi.index, ndvi.remaining, ndvi.without_probability) == ("NDVI", 0, 1)
    how = {each.mask.name: (dict(each.how), each.missing) for each in inventory.possible if each.index == "NDVI"}
    assert how == {
        DEFAULT: ({"classes": 2}, 0),
        "PRB-50-L2A": ({"probability": 1}, 1),
        "CM001-VRT-L2A": ({"computed": 1}, 1),
        "CM004-CSH1-CMP1-CHP1-TCI1-ITER1-VRT-L2A": ({"computed": 2}, 0),
        "NOMASK-L2A": ({"none": 2}, 0),
    }
    page = inventory_page(inventory).decode()
    assert "Masks that can be applied while reading" in page
    assert "computed as Sen2Chain does: 2" in page
    log_lines(inventory)


def test_the_inventory_of_a_library_says_which_masks_could_be_applied(reference: Path) -> None:
    inventory = take_inventory(open_library(reference / "library"), ["NDVI"], (None, None), Log())
    found = {(each.tile, each.mask.name): each for each in inventory.possible}
    produced = {(entry.tile, entry.mask.name): entry for entry in inventory.entries}
    assert {entry.mask.is_produced for entry in inventory.entries} == {True}
    for tile in ("40KCB", "40KCC"):
        virtual = found[tile, "CM001-VRT"]
        assert virtual.how["raster"] == produced[tile, "CM001"].products == len(virtual.days)
        assert found[tile, "NOMASK"].missing == 0
        assert found[tile, "SCL-0-1-3-8-9-10"].how["classes"] == len(found[tile, "SCL-0-1-3-8-9-10"].days)
