"""What is found in a library: its folders and config, products, cloud masks, cloud cover, probability rasters."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sen2chain_ts_plugin.engine.choices import INDICES
from sen2chain_ts_plugin.engine.errors import CloudMaskAbsent, ConfigDamaged, IndexAbsent, LibraryNotFound
from sen2chain_ts_plugin.engine.library import products as library_module
from sen2chain_ts_plugin.engine.library.cloudmask import parse
from sen2chain_ts_plugin.engine.library.folders import Library, open_library
from sen2chain_ts_plugin.engine.library.index_product import MASKED, UNMASKED
from sen2chain_ts_plugin.engine.library.product_id import is_tile, parse_product, tile_epsg
from sen2chain_ts_plugin.engine.library.products import cloudmasks_of, find_products, probability_raster
from sen2chain_ts_plugin.engine.library.selection import Selection, cloud_cover
from tests.support.capabilities import make_link
from tests.support.extracting import product_id, select

COVER = "<n1:Quality><Cloud_Coverage_Assessment>{cover}</Cloud_Coverage_Assessment></n1:Quality>"


def put(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def put_product(
    data: Path, day: str, *masks: str, index: str = "NDVI", tile: str = "40KCB", unmasked: bool = True, **parts: str
) -> str:
    """Put empty files where the rasters of a product would be."""
    name = product_id(day, tile=tile, **parts)
    folder = data / "INDICES" / index / tile / name
    for mask in masks:
        put(folder / f"{name}_{index}_{mask}.jp2")
    if unmasked:
        put(folder / f"{name}_{index}.jp2")
    return name


def put_cover(data: Path, name: str, level: str, cover: object) -> Path:
    product = name.replace("_MSIL2A_", f"_MSI{level}_")
    path = data / level / name.split("_")[5][1:] / f"{product}.SAFE" / f"MTD_MSI{level}.xml"
    return put(path, COVER.format(cover=cover))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "INDICES").mkdir(parents=True)
    return folder


def names(library: Library, selection: Selection) -> list[str]:
    return [item.filename for item in find_products(library, selection)]


def days(library: Library, selection: Selection) -> list[str]:
    return [item.product.acquired.date().isoformat() for item in find_products(library, selection)]


# Where the library is


def test_a_bare_data_folder(data: Path) -> None:
    library = open_library(data)
    assert (library.indices, library.cloudmasks) == (data / "INDICES", data / "CLOUDMASKS")
    assert (library.l1c, library.l2a) == (data / "L1C", data / "L2A")
    assert (library.extraction, library.jobs) == (data / "EXTRACTION", data / "jobs_extr")
    assert library.logs == data / "logs"
    assert os.listdir(data) == ["INDICES"]


def config(home: Path, *lines: str, head: str = "[DATA PATHS]\n") -> Path:
    return put(home / "sen2chain_data" / "config" / "config.cfg", head + "\n".join(lines) + "\n")


def test_the_paths_of_a_config(tmp_path: Path) -> None:
    keys = ["l1c", "l2a", "indices", "cloudmasks", "extraction"]
    for key in keys:
        (tmp_path / f"my {key}").mkdir()
    config(
        tmp_path, *(f"{key}_path = {tmp_path}/my {key}" for key in keys), "[LOG PATH]", f"log_path = {tmp_path}/my logs"
    )
    library = open_library(tmp_path)
    assert [library.l1c, library.l2a, library.indices, library.cloudmasks, library.extraction] == [
        tmp_path / f"my {key}" for key in keys
    ]
    assert library.logs == tmp_path / "my logs"
    assert library.jobs == tmp_path / "sen2chain_data" / "config" / "jobs_extr"
    assert library.notes == ()


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["indices_path =", "cloudmasks_path ="],
        ["indices_path = /nowhere/at all", "cloudmasks_path = /nowhere/else"],
        ["indices_path = %(home)s/100%"],
    ],
    ids=["no key", "empty", "absent", "a percent sign"],
)
def test_an_empty_or_absent_path_is_the_default_one_and_is_not_made(tmp_path: Path, lines: list[str]) -> None:
    config(tmp_path, *lines)
    default = tmp_path / "sen2chain_data" / "data"
    (default / "INDICES").mkdir(parents=True)
    library = open_library(tmp_path)
    assert (library.indices, library.cloudmasks) == (default / "INDICES", default / "CLOUDMASKS")
    assert library.extraction == default / "EXTRACTION"
    assert library.logs == tmp_path / "sen2chain_data" / "logs"
    assert os.listdir(default) == ["INDICES"]
    # A path that is named and absent is worth a word: a disk may not be mounted.
    assert [note.split(" = ")[0] for note in library.notes] == [
        line.split(" = ")[0] for line in lines if not line.endswith("=")
    ]


def test_a_config_as_windows_editors_leave_it(tmp_path: Path) -> None:
    (tmp_path / "é").mkdir()
    path = config(tmp_path)
    path.write_bytes(f"\ufeff[DATA PATHS]\r\nindices_path = {tmp_path}/é\r\nindices_path = {tmp_path}/é\r\n".encode())
    assert open_library(tmp_path).indices == tmp_path / "é"


@pytest.mark.parametrize("content", [b"indices_path = /x\n", b"[DATA PATHS\n", b"[DATA PATHS]\nindices_path = \xe9\n"])
def test_a_damaged_config_is_named(tmp_path: Path, content: bytes) -> None:
    path = config(tmp_path)
    path.write_bytes(content)
    with pytest.raises(ConfigDamaged, match=r"config\.cfg"):
        open_library(tmp_path)


def test_omitted_the_variable_counts_then_the_home_folder(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "INDICES").mkdir(parents=True)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.delenv("SEN2CHAIN_HOMEPATH", raising=False)
    assert open_library(None).indices == home / "INDICES"
    monkeypatch.setenv("SEN2CHAIN_HOMEPATH", "")
    assert open_library(None).indices == home / "INDICES"
    monkeypatch.setenv("SEN2CHAIN_HOMEPATH", str(data))
    assert open_library(None).indices == data / "INDICES"
    assert open_library(home).indices == home / "INDICES"


@pytest.mark.parametrize("length", [300, 5000])
def test_a_path_too_long_for_any_disk_is_not_found(length: int) -> None:
    with pytest.raises(LibraryNotFound, match="xxx"):
        open_library(Path("/", "x" * length))


@pytest.mark.parametrize("inside", ["INDICES", "INDICES/", "INDICES/../INDICES"])
def test_the_folder_of_indices_itself_is_its_library(data: Path, inside: str) -> None:
    assert open_library(f"{data}/{inside}") == open_library(data)


def test_the_folder_sen2chain_data_is_its_library(tmp_path: Path, data: Path) -> None:
    config(tmp_path, f"indices_path = {data / 'INDICES'}")
    expected = open_library(tmp_path)
    assert expected.indices == data / "INDICES"
    assert open_library(tmp_path / "sen2chain_data") == expected


def test_a_folder_of_that_name_without_a_library_is_none(tmp_path: Path) -> None:
    (tmp_path / "sen2chain_data").mkdir()
    with pytest.raises(LibraryNotFound, match=re.escape(str(Path("sen2chain_data", "INDICES")))):
        open_library(tmp_path / "sen2chain_data")


def test_tilde_is_the_home_folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    assert open_library("~/data") == open_library(data)
    monkeypatch.setenv("SEN2CHAIN_HOMEPATH", "~/data")
    assert open_library() == open_library(data)


def test_an_account_without_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a service: no HOME, and no entry in the list of accounts."""

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("SEN2CHAIN_HOMEPATH", raising=False)
    pytest.importorskip("pwd")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    with pytest.raises(LibraryNotFound, match=r"looked at: \$SEN2CHAIN_HOMEPATH, \$HOME\. Give the library"):
        open_library()
    with pytest.raises(LibraryNotFound, match="~/data"):
        open_library("~/data")


def test_nothing_found_names_the_places(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound) as raised:
        open_library(tmp_path / "nothing")
    assert str(tmp_path / "nothing" / "INDICES") in str(raised.value)
    assert str(tmp_path / "nothing" / "sen2chain_data" / "config" / "config.cfg") in str(raised.value)
    config(tmp_path)
    with pytest.raises(LibraryNotFound) as raised:
        open_library(tmp_path)
    assert str(tmp_path / "sen2chain_data" / "data" / "INDICES") in str(raised.value)


# What is in it


def test_products_by_tile_acquisition_and_name(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001", tile="40KCC")
    put_product(data, "2021-02-10", "CM001")
    put_product(data, "2021-01-20", "CM001", baseline="N0500")
    put_product(data, "2021-01-20", "CM001", baseline="N0301")
    put_product(data, "2021-01-20", "CM001", baseline="N0301", index="NDWIGAO")
    found = find_products(open_library(data), select(("NDWIGAO", "NDVI")))
    assert [(item.product.tile, str(item.product.acquired), item.product.baseline, item.index) for item in found] == [
        ("40KCB", "2021-01-20 06:35:11", "N0301", "NDVI"),
        ("40KCB", "2021-01-20 06:35:11", "N0301", "NDWIGAO"),
        ("40KCB", "2021-01-20 06:35:11", "N0500", "NDVI"),
        ("40KCB", "2021-02-10 06:35:11", "N0301", "NDVI"),
        ("40KCC", "2021-01-10 06:35:11", "N0301", "NDVI"),
    ]
    first = found[0]
    masked = first.path(MASKED)
    assert masked.is_file()
    assert masked.name == first.filename
    assert first.raster(UNMASKED) == masked.with_name(masked.name.replace("_CM001", ""))


def test_without_unmasked_raster(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001", unmasked=False)
    assert [item.raster(UNMASKED) for item in find_products(open_library(data), select())] == [None]


def test_dates_are_inclusive_and_compared_as_dates(data: Path) -> None:
    for day in ("2021-01-10", "2021-01-11", "2021-02-02", "9999-12-31"):
        put_product(data, day, "CM001")
    library = open_library(data)
    assert days(library, select(first=date(2021, 1, 11), last=date(2021, 2, 2))) == ["2021-01-11", "2021-02-02"]
    assert days(library, select(first=date(2021, 2, 2), last=date(9999, 12, 31))) == ["2021-02-02", "9999-12-31"]
    assert days(library, select(last=date(2021, 1, 10))) == ["2021-01-10"]
    assert days(library, select(first=date(2021, 2, 3), last=date(9999, 12, 30))) == []


def test_an_index_asked_twice_is_one(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001")
    assert len(names(open_library(data), select(("NDVI", "NDVI")))) == 1


def test_each_mask_by_its_whole_name(data: Path) -> None:
    masks = ["CM001", "CM002-B11", "CM003-PRB1-ITER5", "CM003-PRB10-ITER5", "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"]
    name = put_product(data, "2021-01-10", *masks, "CM004-CSH1-CMP1-CHP1-TCI1-ITER10", "OCM_v1_0_0")
    library = open_library(data)
    for mask in masks:
        assert names(library, select(masks=mask)) == [f"{name}_NDVI_{mask}.jp2"]
    assert set(names(library, select(masks="/".join(masks)))) == {f"{name}_NDVI_{mask}.jp2" for mask in masks}
    assert [mask.name for mask in cloudmasks_of(library, ["NDVI"])] == [
        *masks, "CM004-CSH1-CMP1-CHP1-TCI1-ITER10", "OCM_v1_0_0"
    ]  # fmt: skip


def test_ocm_is_the_newest_version_of_each_product_by_number(data: Path) -> None:
    first = put_product(data, "2021-01-10", "OCM_v1_9_0", "OCM_v1_10_0", "OCM_v1_2_11", "CM001")
    second = put_product(data, "2021-01-20", "OCM_v1_2_11")
    put_product(data, "2021-01-30", "CM001")
    library = open_library(data)
    assert names(library, select(masks="OCM")) == [f"{first}_NDVI_OCM_v1_10_0.jp2", f"{second}_NDVI_OCM_v1_2_11.jp2"]
    assert names(library, select(masks="OCM_v1_2_11")) == [
        f"{first}_NDVI_OCM_v1_2_11.jp2", f"{second}_NDVI_OCM_v1_2_11.jp2"
    ]  # fmt: skip
    assert names(library, select(masks="OCM,OCM_v1_10_0,OCM_v1_2_11")) == [
        f"{first}_NDVI_OCM_v1_10_0.jp2", f"{first}_NDVI_OCM_v1_2_11.jp2", f"{second}_NDVI_OCM_v1_2_11.jp2"
    ]  # fmt: skip
    assert {item.mask.folder for item in find_products(library, select(masks="OCM"))} == {"OCM"}


def test_an_absent_mask_is_an_error_that_names_those_there_are(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001", "OCM_v1_0_0")
    put_product(data, "2021-01-10", "CM003-PRB1-ITER5", index="NDWIGAO")
    library = open_library(data)
    with pytest.raises(CloudMaskAbsent) as raised:
        find_products(library, select(masks="CM001/CM002-B11"))
    assert "mask CM002-B11." in str(raised.value)
    assert "there: CM001, OCM_v1_0_0." in str(raised.value)
    assert names(library, select(("NDVI", "NDWIGAO"), "CM003-PRB1-ITER5"))


def test_an_absent_index_is_an_error_that_names_those_there_are(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001")
    put_product(data, "2021-01-10", "CM003-PRB1-ITER5", index="NDWIGAO")
    library = open_library(data)
    with pytest.raises(IndexAbsent, match=r"has no product of EVI, NBR\. Indices found there: NDVI, NDWIGAO\."):
        find_products(library, select(("EVI", "NBR")))


def test_what_is_not_there_is_said_in_words(data: Path) -> None:
    with pytest.raises(IndexAbsent, match=r"Indices found there: none\."):
        find_products(open_library(data), select())
    put_product(data, "2021-01-10")
    with pytest.raises(CloudMaskAbsent, match=r"Cloud masks found there: none\."):
        find_products(open_library(data), select())


def test_a_mask_that_exists_at_other_dates_only_is_no_error(data: Path) -> None:
    put_product(data, "2021-01-10", "CM001")
    put_product(data, "2022-01-10", "CM002-B11", "OCM_v1_0_0")
    for mask in ("CM002-B11", "OCM", "OCM/CM002-B11/CM001"):
        selection = select(masks=mask, last=date(2021, 1, 1))
        assert names(open_library(data), selection) == []


@pytest.mark.parametrize(
    "odd",
    [
        "INDICES/NDVI/readme.txt",
        "INDICES/NDVI/lost+found/x",
        "INDICES/NDVI/61KCB/{name}/{name}_NDVI_CM001.jp2",
        "INDICES/NDVI/40KCC/{name}/{name}_NDVI_CM001.jp2",
        "INDICES/NDVI/40KCB/{name}.jp2",
        "INDICES/NDVI/40KCB/{name}.tmp/{name}_NDVI_CM001.jp2",
        "INDICES/NDVI/40KCB/S2B_MSIL2A_20211399T063511_N0301_R063_T40KCB_20210110T083000/x_NDVI_CM001.jp2",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_CM001.jp2.part",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_CM001_QL.tif",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_CM005.jp2",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_CM003-PRB01-ITER5.jp2",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_OCM.jp2",
        "INDICES/NDVI/40KCB/{name}/.{name}_NDVI_CM002-B11.jp2",
        "INDICES/NDVI/40KCB/{name}/{name}_NDWIGAO_CM002-B11.jp2",
        "INDICES/NDVI/40KCB/{name}/another_NDVI_CM002-B11.jp2",
        "INDICES/NDVI/40KCB/{name}/{name}_NDVI_CM002-B11.jp2/a folder.txt",
        "INDICES/NDVI/Thumbs.db",
        "INDICES/EVI",
    ],
)
def test_odd_files_and_folders_are_passed_over(data: Path, odd: str) -> None:
    name = put_product(data, "2021-01-10", "CM001")
    put(data / odd.format(name=name))
    library = open_library(data)
    assert names(library, select(("NDVI", "EVI"))) == [f"{name}_NDVI_CM001.jp2"]
    assert [mask.name for mask in cloudmasks_of(library, INDICES)] == ["CM001"]


@pytest.mark.parametrize("place", ["INDICES/NDVI", "INDICES/NDVI/40KCB", "INDICES/NDVI/40KCB/{name}"])
def test_links_that_lead_nowhere_or_in_circles_are_passed_over(data: Path, place: str) -> None:
    name = put_product(data, "2021-01-10", "CM001")
    folder = data / place.format(name=name)
    make_link(folder / "40KCC", folder / "40KCC")
    make_link(folder / "40KCD", Path("/nowhere"))
    assert names(open_library(data), select()) == [f"{name}_NDVI_CM001.jp2"]


def test_folders_may_be_links_to_another_disk(data: Path, tmp_path: Path) -> None:
    name = put_product(tmp_path / "disk", "2021-01-10", "CM001")
    make_link(data / "INDICES" / "NDVI", tmp_path / "disk" / "INDICES" / "NDVI")
    assert names(open_library(data), select()) == [f"{name}_NDVI_CM001.jp2"]


def test_five_thousand_products_are_listed_without_a_storm_of_calls(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    products, tiles = 5_000, ["40KCB", "40KCC"]
    folder = data / "INDICES" / "NDVI"
    for number in range(products):
        tile = tiles[number % 2]
        day = date.fromordinal(date(2016, 1, 1).toordinal() + number // 2)
        name = product_id(day.isoformat(), tile=tile)
        here = folder / tile / name
        here.mkdir(parents=True)
        for ending in ("NDVI.jp2", "NDVI.jp2.aux.xml", "NDVI_CM001.jp2", "NDVI_CM001.jp2.aux.xml"):
            (here / f"{name}_{ending}").touch()
    calls: dict[str, int] = {}

    def counted(module: Any, function: str) -> Callable[..., Any]:
        original = getattr(module, function)

        def call(*arguments: Any, **options: Any) -> Any:
            calls[function] = calls.get(function, 0) + 1
            return original(*arguments, **options)

        return call

    library = open_library(data)
    for function in ("scandir", "listdir", "stat", "lstat", "open"):
        monkeypatch.setattr(library_module.os, function, counted(os, function))
    found = find_products(library, select())
    assert len(found) == products
    # One look into each folder: the index, two tiles, every product.
    assert calls.pop("scandir", 0) + calls.pop("listdir", 0) == products + 3
    assert calls.pop("stat", 0) <= 2  # whether there are indices at all
    assert calls == {}


# What is known of a product


def test_cloud_cover_from_l2a_else_l1c_else_unknown(data: Path) -> None:
    library = open_library(data)
    both, l1c, neither, odd = (put_product(data, f"2021-01-0{number}", "CM001") for number in range(1, 5))
    put_cover(data, both, "L2A", 12.5)
    put_cover(data, both, "L1C", 99)
    put_cover(data, l1c, "L1C", "4.3e1")
    put_cover(data, odd, "L2A", "n/a")
    assert [cloud_cover(library, parse_product(name)) for name in (both, l1c, neither, odd)] == [12.5, 43.0, None, None]
    put_cover(data, odd, "L1C", " 7 ")
    assert cloud_cover(library, parse_product(odd)) == 7


def test_cover_limits_are_inclusive_and_keep_the_unknown(data: Path) -> None:
    for number, cover in enumerate([0, 10, 50, 95.2, None], 1):
        name = put_product(data, f"2021-01-0{number}", "CM001")
        if cover is not None:
            put_cover(data, name, "L1C", cover)
    library = open_library(data)

    def numbers(low: float, high: float) -> str:
        return "".join(day[-1] for day in days(library, select(cover_min=low, cover_max=high)))

    assert numbers(0, 100) == "12345"
    assert numbers(0, 50) == "1235"
    assert numbers(10, 50) == "235"
    assert numbers(50.01, 100) == "45"
    assert numbers(0, 0) == "15"


def test_cover_of_the_reference(reference: Path) -> None:
    library = open_library(reference / "library")
    with_all = names(library, select())
    clear = names(library, select(cover_max=50))
    assert {name[11:19] + name[38:44] for name in set(with_all) - set(clear)} == {"20210311T40KCB"}


def test_probability_raster_from_the_safe_else_beside_the_masks_else_none(data: Path) -> None:
    name = put_product(data, "2021-01-10", "CM001")
    library, product = open_library(data), parse_product(name)
    assert probability_raster(library, product) is None
    kept = put(data / "CLOUDMASKS" / "40KCB" / name / "MSK_CLDPRB_20m.jp2")
    assert probability_raster(library, product) == kept
    safe = data / "L2A" / "40KCB" / f"{name}.SAFE"
    safe.mkdir(parents=True)
    assert probability_raster(library, product) == kept
    original = put(safe / "GRANULE" / "L2A_T40KCB_A020" / "QI_DATA" / "MSK_CLDPRB_20m.jp2")
    assert probability_raster(library, product) == original


# Names


@pytest.mark.parametrize(
    ("tile", "epsg"),
    [("40KCB", 32740), ("31TCJ", 32631), ("01NAA", 32601), ("60MZZ", 32760), ("36NYF", 32636), ("36MYE", 32736)],
)
def test_the_utm_zone_of_a_tile(tile: str, epsg: int) -> None:
    assert is_tile(tile)
    assert tile_epsg(tile) == epsg


@pytest.mark.parametrize(
    "text", ["", "40KC", "40KCBX", "00KCB", "61KCB", "40ICB", "40KOB", "4OKCB", "40kcb", "40KCB\n"]
)
def test_what_is_no_tile(text: str) -> None:
    assert not is_tile(text)


def test_a_product_name_says(data: Path) -> None:
    product = parse_product("S2B_MSIL2A_20210614T063511_N0500_R063_T40KCB_20230205T014500")
    assert product is not None
    assert (product.level, str(product.acquired), product.baseline, product.tile) == (
        "L2A", "2021-06-14 06:35:11", "N0500", "40KCB"
    )  # fmt: skip
    assert product.l1c == "S2B_MSIL1C_20210614T063511_N0500_R063_T40KCB_20230205T014500"


@pytest.mark.parametrize("ending", ["", "00_CM001", "00\n", "00.SAFE", "00x", "0O"])
def test_what_is_no_product_name(ending: str) -> None:
    assert parse_product(f"S2B_MSIL2A_20210614T063511_N0500_R063_T40KCB_20230205T0145{ending}") is None


def test_the_default_mask_is_one() -> None:
    assert parse("CM004-CSH1-CMP1-CHP1-TCI1-ITER1").folder == "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
