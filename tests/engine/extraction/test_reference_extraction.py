"""Extraction beside Sen2Chain's own: the same folder, files, rows and numbers; what is done is not done again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.raster.opening import open_raster
from tests.support.compare import differences
from tests.support.extracting import NODATA, all_bytes, counts, run, select, write_jp2
from tests.support.layers import ShapefileLayer
from tests.support.raw_tree import Log, contents, read

FIRST, LAST = date(2021, 1, 1), date(2022, 4, 1)
TREE = "zones_3b371b3ac79d9d4f"
CM004 = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
NO_DATA = "product_data/products_no_data.csv"
Extract = Callable[..., tuple[int, ...]]


def asked(
    indices: tuple[str, ...] = ("NDVI",), masks: str = "CM001", first: date = FIRST, last: date = LAST, **cover: float
) -> Selection:
    return select(indices, masks, first, last, **cover)


@pytest.fixture(scope="session")
def zones(reference: Path) -> ShapefileLayer:
    return ShapefileLayer(reference / "layers" / "zones.shp")


@pytest.fixture(scope="session")
def done(reference: Path, zones: ShapefileLayer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extraction of NDVI and NDWIGAO under CM001, made once. Never write there."""
    root = tmp_path_factory.mktemp("extraction")
    tree, summary = run(open_library(reference / "library"), zones, root, asked(("NDVI", "NDWIGAO")))
    assert counts(summary) == (40, 40, 0, 0, 0)
    assert tree.folder == root / TREE
    return tree.folder


@pytest.fixture
def library(reference: Path, tmp_path: Path) -> Path:
    """A copy of the library, to change."""
    return shutil.copytree(reference / "library", tmp_path / "library")


@pytest.fixture
def tree(done: Path, tmp_path: Path) -> Path:
    """A copy of what was made of the library, to go on from."""
    return shutil.copytree(done, tmp_path / TREE)


@pytest.fixture
def extract(library: Path, zones: ShapefileLayer, tmp_path: Path) -> Extract:
    """Extract from the copy; return how many products were found, extracted, skipped, empty and failed."""

    def _extract(log: Log | None = None, force: bool = False, **what: object) -> tuple[int, ...]:
        return counts(run(open_library(library), zones, tmp_path, asked(**what), log=log, force=force)[1])

    return _extract


def masked(library: Path, day: str, tile: str = "40KCB", mask: str = "CM001", index: str = "NDVI") -> Path:
    (path,) = library.glob(f"INDICES/{index}/{tile}/*_{day}T*/*_{index}_{mask}.jp2")
    return path


def raw_csv(tree: Path, raster: Path, mask: str = "CM001") -> Path:
    return tree / "raw_data" / "NDVI" / mask / f"zones_{raster.stem}.csv"


# Equality


def test_raw_data_are_those_of_sen2chain(done: Path, reference: Path) -> None:
    expected = reference / "expected" / "EXTRACTION_CM001"
    assert [folder.name for folder in expected.iterdir()] == [done.name]
    assert differences(done / "raw_data", expected / TREE / "raw_data") == []


def test_raw_data_of_another_mask(reference: Path, zones: ShapefileLayer, tmp_path: Path) -> None:
    tree, summary = run(open_library(reference / "library"), zones, tmp_path, asked(masks=CM004))
    assert summary.rows == 272
    assert differences(tree.folder / "raw_data", reference / "expected" / "EXTRACTION_CM004" / TREE / "raw_data") == []


def test_the_zones_are_the_bytes_of_the_shapefile(done: Path, reference: Path) -> None:
    assert contents(done / "shp_files") == contents(reference / "expected" / "EXTRACTION_CM001" / TREE / "shp_files")


def test_the_tree_holds_nothing_else(done: Path) -> None:
    raw = ("raw_data/NDVI/CM001/", "raw_data/NDWIGAO/CM001/")
    assert {name for name in all_bytes(done) if not name.startswith(raw)} == {
        *(f"shp_files/zones.{part}" for part in ("shp", "shx", "dbf", "prj", "cpg")),
        ".sen2chain_ts/lock",
        ".sen2chain_ts/manifest.jsonl",
    }
    for index in ("NDVI", "NDWIGAO"):
        assert (done / "raw_data" / index / "CM001" / NO_DATA).read_bytes() == b"filename\n"


def test_cover_50_leaves_out_what_is_cloudier(reference: Path, zones: ShapefileLayer, tmp_path: Path) -> None:
    """2021-03-11 on 40KCB has 95.2 %, 2021-01-05 on 40KCB 12.5 %; of the others nothing is known."""
    tree, summary = run(open_library(reference / "library"), zones, tmp_path, asked(cover_max=50))
    assert summary.products == 19
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE / "raw_data"
    found = differences(tree.folder / "raw_data" / "NDVI", expected / "NDVI")
    assert len(found) == 1
    assert "20210311" in found[0]
    assert "T40KCB" in found[0]
    assert found[0].endswith(": missing")


def test_points_have_the_pixel_that_holds_them(reference: Path, tmp_path: Path) -> None:
    layer = ShapefileLayer(reference / "layers" / "points.shp")
    tree, _ = run(open_library(reference / "library"), layer, tmp_path, asked())
    ours = {
        (row["fid"], row["filename"]): row
        for path in tree.folder.glob("raw_data/NDVI/CM001/*.csv")
        for row in read(path)
    }
    theirs = [
        row
        for path in (reference / "expected" / "timeseries" / "points_CM001").rglob("*_NDVI_*.csv")
        for row in read(path)
    ]
    assert len(theirs) > 100
    for row in theirs:
        mine = ours[row["fid"], row["filename"]]
        for name in ("count", "nodata", "nbcld", "cldprb", "mean", "std", "median"):
            assert float(mine[name] or "nan") == pytest.approx(float(row[name] or "nan"), rel=1e-9, nan_ok=True)


def test_the_library_is_only_read(reference: Path, library: Path, extract: Extract) -> None:
    assert extract(last=date(2021, 1, 31)) == (3, 3, 0, 0, 0)
    assert all_bytes(library) == all_bytes(reference / "library")


# What is done is not done again


def test_a_second_run_decodes_nothing(library: Path, extract: Extract, tree: Path) -> None:
    """The rasters may even be unreadable, as long as they look the same from outside."""
    before = all_bytes(tree)
    for path in library.rglob("*.jp2"):
        times = path.stat()
        path.write_bytes(bytes(times.st_size))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    log = Log()
    assert extract(log) == (20, 0, 20, 0, 0)
    assert all_bytes(tree) == before
    assert (log.warnings, log.errors) == ([], [])


def test_a_second_run_writes_nothing(extract: Extract, tree: Path) -> None:
    def written() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in tree.rglob("*") if path.is_file() and path.name != "lock"}

    before = written()
    extract()
    assert written() == before


def test_a_csv_that_was_deleted_is_made_again_alone(library: Path, extract: Extract, tree: Path) -> None:
    before = all_bytes(tree)
    raw_csv(tree, masked(library, "20210614", "40KCC")).unlink()
    assert extract() == (20, 1, 19, 0, 0)
    assert all_bytes(tree) == before


def test_a_new_product_is_picked_up_alone(library: Path, extract: Extract, tmp_path: Path) -> None:
    late = masked(library, "20210614", "40KCC").parent
    shutil.move(late, tmp_path / "late")
    spring = {"first": date(2021, 5, 1), "last": date(2021, 7, 1)}
    assert extract(**spring) == (3, 3, 0, 0, 0)
    before = contents(tmp_path / TREE)
    shutil.move(tmp_path / "late", late)
    assert extract(**spring) == (4, 1, 3, 0, 0)
    new = contents(tmp_path / TREE)
    assert {name for name in new if new[name] != before.get(name)} == {
        raw_csv(Path(), masked(library, "20210614", "40KCC")).as_posix()
    }


def test_force_makes_everything_again(library: Path, extract: Extract, tree: Path) -> None:
    before = all_bytes(tree)
    stamp = raw_csv(tree, masked(library, "20210120")).stat().st_mtime_ns
    assert extract(force=True, last=date(2021, 1, 31)) == (3, 3, 0, 0, 0)
    assert all_bytes(tree) == before
    assert raw_csv(tree, masked(library, "20210120")).stat().st_mtime_ns > stamp


def test_a_raster_that_changed_is_looked_at_again(library: Path, extract: Extract, tree: Path) -> None:
    raster = masked(library, "20210614", "40KCC")
    path = raw_csv(tree, raster)
    before = read(path)
    shutil.copy(masked(library, "20210823", "40KCC"), raster)
    assert extract() == (20, 1, 19, 0, 0)
    after = read(path)
    assert [row["fid"] for row in after]
    assert [row["mean"] for row in after] != [row["mean"] for row in before]
    assert {row["date"] for row in after} == {"2021-06-14 06:35:11"}


def test_another_mask_leaves_the_first_alone(extract: Extract, tree: Path, reference: Path) -> None:
    before = contents(tree)
    assert extract(masks=f"CM001/{CM004}", first=date(2021, 6, 1), last=date(2021, 7, 1)) == (6, 3, 3, 0, 0)
    after = contents(tree)
    new = {name for name in after if after[name] != before.get(name)}
    assert len(new) == 4
    assert all(name.startswith(f"raw_data/NDVI/{CM004}/") for name in new)


# Products without data


def all_nodata(raster: Path) -> None:
    """Make a product one without a valid pixel."""
    with open_raster(raster) as reader:
        grid = reader.grid
    pixels = np.full((grid.height, grid.width), NODATA, np.int16)
    write_jp2(raster, pixels, left=grid.left, top=grid.top, nodata=NODATA)


def no_data(tree: Path) -> list[str]:
    return (tree / "raw_data" / "NDVI" / "CM001" / NO_DATA).read_text(encoding="utf-8").splitlines()


def test_a_product_without_a_row_is_listed_once_and_not_read_again(library: Path, extract: Extract, tree: Path) -> None:
    """Also when it had rows before: then its file goes."""
    empty = masked(library, "20210614", "40KCC")
    all_nodata(empty)
    assert extract() == (20, 0, 19, 1, 0)
    assert no_data(tree) == ["filename", empty.name]
    assert not raw_csv(tree, empty).exists()
    assert extract() == (20, 0, 20, 0, 0)
    assert extract(force=True, first=date(2021, 6, 14), last=date(2021, 6, 14)) == (3, 2, 0, 1, 0)
    assert no_data(tree) == ["filename", empty.name]


def test_a_product_without_a_row_is_looked_at_again_when_its_file_changed(
    library: Path, extract: Extract, tree: Path, reference: Path
) -> None:
    empty = masked(library, "20210614", "40KCC")
    all_nodata(empty)
    extract()
    shutil.copy(masked(reference / "library", "20210614", "40KCC"), empty)
    assert extract() == (20, 1, 19, 0, 0)
    assert no_data(tree) == ["filename"]
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE / "raw_data"
    assert differences(tree / "raw_data", expected) == []


def test_a_product_that_failed_is_not_one_without_data(library: Path, extract: Extract, tree: Path) -> None:
    broken = masked(library, "20210614", "40KCC")
    raw_csv(tree, broken).unlink()
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-200])
    log = Log()
    assert extract(log) == (20, 0, 19, 0, 1)
    assert [broken.name in error for error in log.errors] == [True]
    assert no_data(tree) == ["filename"]
    assert extract() == (20, 0, 19, 0, 1)
    broken.write_bytes(whole)
    assert extract() == (20, 1, 19, 0, 0)


def test_a_product_that_fails_later_keeps_its_rows(library: Path, extract: Extract, tree: Path) -> None:
    broken = masked(library, "20210614", "40KCC")
    before = raw_csv(tree, broken).read_bytes()
    broken.write_bytes(broken.read_bytes()[:-200])
    assert extract() == (20, 0, 19, 0, 1)
    assert raw_csv(tree, broken).read_bytes() == before
    assert extract() == (20, 0, 19, 0, 1)


# A tree that Sen2Chain began


@pytest.fixture
def begun(reference: Path, tmp_path: Path) -> Path:
    """What Sen2Chain wrote, with its list of products without data, in which each stands many times."""
    tree = reference / "expected" / "EXTRACTION_CM001" / TREE
    return shutil.copytree(tree, tmp_path / TREE)


def test_a_complete_tree_of_sen2chain_has_nothing_to_do(begun: Path, extract: Extract) -> None:
    before = contents(begun)
    assert extract(indices=("NDVI", "NDWIGAO")) == (40, 0, 40, 0, 0)
    after = contents(begun)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    # All but one of these are listed though they have a row.
    assert changed == {f"raw_data/{index}/CM001/{NO_DATA}" for index in ("NDVI", "NDWIGAO")}
    assert no_data(begun) == ["filename"]


def test_a_tree_that_sen2chain_did_not_finish_is_continued(
    begun: Path, library: Path, extract: Extract, reference: Path
) -> None:
    """It lists every product that it has not reached as one without data."""
    missing = [masked(library, "20210614", "40KCC"), masked(library, "20220306"), masked(library, "20210823")]
    for raster in missing:
        raw_csv(begun, raster).unlink()
        assert raster.name in no_data(begun)
    assert extract() == (20, 3, 17, 0, 0)
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE / "raw_data"
    assert differences(begun / "raw_data", expected) == []
    assert no_data(begun) == ["filename"]
    assert extract() == (20, 0, 20, 0, 0)


def test_a_product_truly_without_data_is_looked_at_once(begun: Path, library: Path, extract: Extract) -> None:
    empty = masked(library, "20210614", "40KCC")
    all_nodata(empty)
    raw_csv(begun, empty).unlink()
    assert extract() == (20, 0, 19, 1, 0)
    assert no_data(begun) == ["filename", empty.name]
    assert extract() == (20, 0, 20, 0, 0)


def test_products_of_other_dates_stay_listed(begun: Path, library: Path, zones: ShapefileLayer, tmp_path: Path) -> None:
    """What this run does not look at is none of its business."""
    absent = masked(library, "20220306")
    raw_csv(begun, absent).unlink()
    run(open_library(library), zones, tmp_path, select(last=date(2021, 12, 31)))
    assert no_data(begun) == ["filename", absent.name]


def test_what_a_killed_sen2chain_left_is_made_again(
    begun: Path, library: Path, extract: Extract, reference: Path
) -> None:
    cut = raw_csv(begun, masked(library, "20210823"))
    cut.write_bytes(cut.read_bytes()[:-20])
    log = Log()
    assert extract(log) == (20, 1, 19, 0, 0)
    assert any(cut.name in warning for warning in log.warnings)
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE / "raw_data" / "NDVI"
    assert differences(begun / "raw_data" / "NDVI", expected) == []


# Which tree


def test_a_tree_is_known_by_its_checksum_and_keeps_its_name(
    reference: Path, zones: ShapefileLayer, tmp_path: Path
) -> None:
    (tmp_path / "fields of last year_3b371b3ac79d9d4f").mkdir()
    tree, _ = run(open_library(reference / "library"), zones, tmp_path, select(last=date(2021, 1, 10)))
    assert tree.folder.name == "fields of last year_3b371b3ac79d9d4f"
    assert (tree.folder / "shp_files" / "fields of last year.shp").is_file()
    assert len(list(tree.folder.glob("raw_data/NDVI/CM001/fields of last year_S2B_*.csv"))) == 2
