"""Plots of an extraction: names, sizes, pages, what they show, and the report."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import (
    Cancelled,
    FolderLocked,
    KeyFieldUnknown,
    MatplotlibMissing,
    NotAnExtraction,
    NothingToShow,
)
from sen2chain_ts_plugin.engine.figures.plots import pictures as plots
from sen2chain_ts_plugin.engine.figures.plots import report
from sen2chain_ts_plugin.engine.figures.plots.plot import Plotted, plot_tree
from sen2chain_ts_plugin.engine.library.cloudmask import parse_list
from sen2chain_ts_plugin.engine.locks import locked
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from tests.support.holding import Holder
from tests.support.pages import Page
from tests.support.raw_tree import Log, add_rows, make_tree, masked_name, row

ROOT = Path(__file__).parents[3]
DAYS = ("2021-01-05", "2021-03-06", "2021-06-14", "2022-02-01")
BLUE, RED = (0, 114, 178), (213, 94, 0)


def rows_of(zones: int = 3, days: tuple[str, ...] = DAYS, index: str = "NDVI", mask: str = "CM001", **cells: Any):
    names = [masked_name(day, index=index, mask=mask) for day in days]
    return [row(fid, name, crop=f"field {fid}", **cells) for name in names for fid in range(zones)]


def plot(tree: Path, *, log: Log | None = None, **choice: Any) -> Plotted:
    return plot_tree(tree, Choice(**choice), tree.parent / "out", log or Log())


def files(plotted: Plotted) -> list[str]:
    found = [path.relative_to(plotted.folder).as_posix() for path in plotted.folder.rglob("*") if path.is_file()]
    return sorted(name for name in found if not name.startswith("."))


def png_size(path: Path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


def pixels(path: Path) -> np.ndarray:
    from PIL import Image

    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def share_of(path: Path, colour: tuple[int, int, int]) -> float:
    """Return which share of a picture has about a colour."""
    return float((np.abs(pixels(path) - colour).max(axis=-1) < 40).mean())


def test_names_are_those_of_sen2chain_with_a_folder_per_mask(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, [*rows_of(), *rows_of(mask="CM002-B11"), *rows_of(index="BIGR")])
    plotted = plot(tree, date_min=date(2021, 1, 1), date_max=date(2022, 12, 31))
    assert plotted.folder == tmp_path / "out" / tree.name / "plots"
    dates = "2021-01-01_2022-12-31"
    assert files(plotted) == [
        f"CM001/zones_plot-details_BIGR-nonan_{dates}.png",
        f"CM001/zones_plot-details_BIGR_{dates}.png",
        f"CM001/zones_plot-details_NDVI-nonan_{dates}.png",
        f"CM001/zones_plot-details_NDVI_{dates}.png",
        f"CM001/zones_plot-global_BIGR_{dates}.png",
        f"CM001/zones_plot-global_NDVI_{dates}.png",
        f"CM002-B11/zones_plot-details_NDVI-nonan_{dates}.png",
        f"CM002-B11/zones_plot-details_NDVI_{dates}.png",
        f"CM002-B11/zones_plot-global_NDVI_{dates}.png",
        f"zones_report_{dates}.html",
    ]
    assert {png_size(path) for path in plotted.pictures} == {(1920, 1080)}


def test_without_a_folder_they_go_into_the_extraction_and_the_raw_data_stay(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    plotted = plot_tree(tree, Choice(), None, Log())
    assert plotted.folder == tree / "plots"
    assert (tree / "plots" / "CM001" / "zones_plot-global_NDVI_None_None.png").is_file()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(("index", "zero"), [("NDVI", 0.5), ("BIGR", 0.0)])
def test_axis_limits_are_those_of_sen2chain(tmp_path: Path, index: str, zero: float) -> None:
    """A mean of 5000 stands at three quarters of -10000 to 10000, and in the middle of 0 to 10000."""
    plotted = plot(make_tree(tmp_path, rows_of(1, index=index, mean=5000)))
    picture = pixels(plotted.folder / "CM001" / f"zones_plot-global_{index}_None_None.png")
    line = np.abs(picture[:, 700] - BLUE).max(axis=-1) < 40
    # The axis takes the picture from 13 % to 93 % of its height.
    height = 1 - (np.flatnonzero(line).mean() - 0.13 * 1080) / (0.80 * 1080)
    assert height == pytest.approx(zero + (1 - zero) * 0.5, abs=0.01)


def test_nan_ratio_is_shown_but_not_in_nonan(tmp_path: Path) -> None:
    clouded = rows_of(2, ("2021-01-05", "2021-02-14", "2021-03-06"), count=40, nodata=60, nbcld=60)
    plotted = plot(make_tree(tmp_path, [*clouded, *rows_of(2, ("2021-06-14", "2021-07-29"))]))
    folder = plotted.folder / "CM001"
    with_ratio = share_of(folder / "zones_plot-details_NDVI_None_None.png", RED)
    without = share_of(folder / "zones_plot-details_NDVI-nonan_None_None.png", RED)
    assert with_ratio > 5e-5
    assert without == 0


def test_no_nonan_picture_where_every_date_has_gaps(tmp_path: Path) -> None:
    log = Log()
    plotted = plot(make_tree(tmp_path, rows_of(count=99, nodata=1, nbcld=1)), log=log)
    assert not [name for name in files(plotted) if "nonan" in name]
    assert "NDVI CM001: no date on which a zone has all its pixels, so no -nonan picture." in log.infos


def test_many_zones_get_pages_and_then_a_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 4)
    monkeypatch.setattr(plots, "MOST_PAGES", 3)
    log, tree = Log(), make_tree(tmp_path, rows_of(11))
    plotted = plot(tree, log=log)
    details = [name for name in files(plotted) if "plot-details_NDVI_" in name]
    assert [name.rpartition("NDVI_")[2] for name in details] == [
        "None_None.png", "None_None_p02.png", "None_None_p03.png",
    ]  # fmt: skip
    assert log.warnings == []
    add_rows(tree, rows_of(30))
    log = Log()
    plot(tree, log=log)
    assert log.warnings == ["NDVI CM001: the pictures of details show 12 of 30 zones, evenly chosen."]
    # Fewer zones: the pages that are no more do not stay.
    add_rows(tree, rows_of(3))
    assert not [name for name in files(plot(tree)) if "_p0" in name]


@pytest.mark.parametrize("what", ["plot-global_NDVI_", "plot-details_NDVI_None_None.png", "nonan_None_None_p02"])
def test_a_picture_that_another_program_has_open_stays_and_the_others_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 4)
    tree = make_tree(tmp_path, rows_of(7))
    pictures = plot(tree).pictures
    (held,) = (path for path in pictures if what in path.name)
    for path in pictures:
        path.write_bytes(b"old")
    log = Log()
    with Holder(monkeypatch).holding(held):
        again = plot(tree, log=log)
        assert [path for path in pictures if path.read_bytes() == b"old"] == [held]
    assert again.in_use == [held]
    assert sorted([*again.pictures, held]) == sorted(pictures)
    assert again.report.exists()
    (said,) = log.errors
    assert f"{held.name} is open in another program" in said


def test_a_page_that_is_no_more_and_open_in_another_program_goes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 4)
    tree, log = make_tree(tmp_path, rows_of(7)), Log()
    held = next(path for path in plot(tree).pictures if path.name.endswith("_p02.png"))
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 10)
    with Holder(monkeypatch).holding(held):
        assert plot(tree, log=log).in_use == [held]
    assert any(f"{held.name} is open in another program" in said for said in log.errors)
    assert not plot(tree).in_use
    assert not held.exists()


def test_up_to_twelve_zones_are_named_more_become_a_band(tmp_path: Path) -> None:
    few = plot(make_tree(tmp_path / "few", rows_of(12))).folder / "CM001" / "zones_plot-global_NDVI_None_None.png"
    many = plot(make_tree(tmp_path / "many", rows_of(13))).folder / "CM001" / "zones_plot-global_NDVI_None_None.png"
    orange = (230, 159, 0)
    assert share_of(few, orange) > 2e-5
    assert share_of(many, orange) == 0


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    first = {path.name: path.read_bytes() for path in plot(tree).pictures}
    assert {path.name: path.read_bytes() for path in plot(tree).pictures} == first


def test_compiled_rows_are_used_unless_raw_data_are_newer(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    compile_tree(tree, CompileRequest())
    log = Log()
    plot(tree, log=log)
    assert "NDVI CM001: from zones_CC100_NDVI_all_data.csv." in log.infos
    compiled = next(tree.rglob("zones_CC100_NDVI_all_data.csv"))
    later = compiled.stat().st_mtime + 10
    add_rows(tree, rows_of(3, ("2022-05-01",)))
    os.utime(next(tree.rglob("*20220501*.csv")), (later, later))
    log = Log()
    page = Page(plot(tree, log=log).report)
    assert "NDVI CM001: from the raw data." in log.infos
    assert ["NDVI", "CM001", "15", "3", "5", "2021-01-05", "2022-05-01"] in [cells[:7] for cells in page.rows()]


def test_compiled_and_raw_rows_give_the_same_pictures(
    tmp_path: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "MOST_PAGES", 1)
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 6)
    source = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    tree = tmp_path / source.name
    shutil.copytree(source / "raw_data" / "NDWIGAO", tree / "raw_data" / "NDWIGAO")
    shutil.copytree(source / "shp_files", tree / "shp_files")
    dates = {"date_min": date(2021, 3, 1), "date_max": date(2021, 6, 30)}
    first = plot(tree, **dates)
    raw = {path.name: path.read_bytes() for path in first.pictures}
    raw_rows = Page(first.report).rows()[1][:-1]
    shutil.copytree(source / "compiled_data" / "NDWIGAO", tree / "compiled_data" / "NDWIGAO")
    for path in tree.rglob("compiled_data/**/*.csv"):
        os.utime(path)
    log = Log()
    second = plot(tree, log=log, **dates)
    assert "NDWIGAO CM001: from zones_CC100_NDWIGAO_all_data.csv." in log.infos, "Sen2Chain's own file"
    assert Page(second.report).rows()[1][:-1] == raw_rows
    assert {path.name: path.read_bytes() for path in second.pictures} == raw


def test_report_numbers(tmp_path: Path) -> None:
    names = [masked_name(day) for day in DAYS]
    rows = [
        row(0, names[0], mean=1000), row(1, names[0], mean=3000),
        row(0, names[1], mean=5000, count=25, nodata=75, nbcld=75),
    ]  # fmt: skip
    tree = make_tree(tmp_path, rows)
    no_data = tree / "raw_data" / "NDVI" / "CM001" / "product_data" / "products_no_data.csv"
    no_data.write_text(f"filename\n{names[2]}\n{names[3]}\n{names[3]}\n")
    page = Page(plot(tree).report)
    expected = [
        "NDVI", "CM001", "3", "2", "2", "2021-01-05", "2021-03-06", "56 %", "0.300", "2", "raw data",
    ]  # fmt: skip
    assert expected in page.rows()
    assert "2021-01-05: 100 % of the zones' pixels seen, zones: 2" in page.texts
    # 25 of the 200 pixels of both zones.
    assert "2021-03-06: 12 % of the zones' pixels seen, zones: 1" in page.texts
    assert "2021-06-14: no valid pixel in any zone" in page.texts
    assert "Products without a valid pixel in any zone: 2 (2021-06-14, 2022-02-01)" in page.texts
    assert "FID0, dates: 2, mean 0.300, 62 % of its pixels seen" in page.texts
    assert "FID1, dates: 1, mean 0.300, 100 % of its pixels seen" in page.texts


def test_report_names_damaged_files_and_zones_without_row(
    tmp_path: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "MOST_PAGES", 1)
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 4)
    source = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    tree = tmp_path / source.name
    shutil.copytree(source / "raw_data" / "NDVI", tree / "raw_data" / "NDVI")
    shutil.copytree(source / "shp_files", tree / "shp_files")
    damaged = sorted((tree / "raw_data" / "NDVI" / "CM001").glob("*.csv"))[0]
    damaged.write_bytes(damaged.read_bytes()[:-20])
    log = Log()
    page = Page(plot(tree, log=log).report)
    assert len(log.errors) == 1
    assert f"Damaged raw files, left out: {damaged.name}" in page.texts
    assert re.search(r"^Zones without a row: \d+ \(FID\d+", page.text, re.MULTILINE)
    assert "zones with rows, of 36" in page.texts


IMPOSSIBLE = [{"std": -1}, {"count": -1}, {"count": 0, "nodata": 0}, {"nodata": -3}]


@pytest.mark.parametrize("cells", IMPOSSIBLE, ids=str)
def test_raw_rows_that_cannot_be_are_damage(tmp_path: Path, cells: dict[str, int]) -> None:
    tree = make_tree(tmp_path, rows_of())
    add_rows(tree, [row(0, masked_name("2022-05-01"), crop="field 0", **cells)])
    log = Log()
    page = Page(plot(tree, log=log).report)
    assert len(log.errors) == 1
    assert "holds a value that cannot be" in log.errors[0]
    assert any("20220501" in text for text in page.texts if text.startswith("Damaged raw files"))


@pytest.mark.parametrize(
    ("old", "new"),
    [(",100,0,0,", cells) for cells in (",,0,0,", ",inf,0,0,", ",nan,0,0,", ",0,0,0,", ",100,-1,0,")]
    + [(",4321.5,12.25,", cells) for cells in (",inf,12.25,", ",4321.5,-1,")]
    + [("2021-01-05 ", "0001-01-01 "), ("2021-01-05 ", "9999-01-05 ")],
)
def test_a_compiled_file_that_somebody_has_edited_is_not_drawn(tmp_path: Path, old: str, new: str) -> None:
    tree = make_tree(tmp_path, rows_of())
    compile_tree(tree, CompileRequest())
    compiled = next(tree.rglob("zones_CC100_NDVI_all_data.csv"))
    text = compiled.read_text(encoding="utf-8")
    assert old in text
    compiled.write_text(text.replace(old, new, 1))
    log = Log()
    plot(tree, log=log)
    assert [warning.partition(" (")[0] for warning in log.warnings] == [f"{compiled.name} is damaged"]
    assert "NDVI CM001: from the raw data." in log.infos


def test_zones_may_be_named_by_a_field_called_like_a_period(tmp_path: Path) -> None:
    """Compile calls it year_1 where it puts a column of its own."""
    rows = [row(fid, masked_name(day), year=2010 + fid) for day in DAYS for fid in range(2)]
    tree = make_tree(tmp_path, rows)
    for periods in ((), ("alldata",), ("alldata", "yearly")):
        if periods:
            compile_tree(tree, CompileRequest(periods))
        texts = Page(plot(tree, key_field="year").report).texts
        assert {"2010", "2011"} <= set(texts)


def test_columns_of_compile_are_not_offered_as_fields(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    compile_tree(tree, CompileRequest(("alldata", "yearly", "monthly")))
    for field in ("name", "year"):
        with pytest.raises(KeyFieldUnknown, match=r"Their fields: crop\b(?!,)"):
            plot(tree, key_field=field)


def test_names_of_zones_mean_nothing_to_html_or_to_formulas(tmp_path: Path) -> None:
    names = [
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "$\\frac{1",
        "_hidden",
        "a" * 300,
        "\u202eabc",
    ]
    rows = [row(fid, masked_name(day), crop=name) for day in DAYS for fid, name in enumerate(names)]
    page = Page(plot(make_tree(tmp_path, rows), key_field="crop").report)
    for name in names[:5]:
        assert name in page.texts
    assert "\u202e" not in page.html


def test_zones_of_one_name_stay_apart(tmp_path: Path) -> None:
    rows = [
        row(fid, masked_name(day), crop=name) for day in DAYS for fid, name in enumerate(["hill", "hill", "", "bay"])
    ]
    texts = Page(plot(make_tree(tmp_path, rows), key_field="crop").report).texts
    assert [text for text in texts if text in {"hill (FID0)", "hill (FID1)", "FID2", "bay"}] == [
        "hill (FID0)", "hill (FID1)", "FID2", "bay",
    ]  # fmt: skip


def test_report_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_CHARTS", 30)
    monkeypatch.setattr(plots, "ZONES_PER_PAGE", 4)
    monkeypatch.setattr(plots, "MOST_PAGES", 1)
    page = Page(plot(make_tree(tmp_path, rows_of(60, DAYS[:2]))).report)
    assert sum(tag == "h4" for tag, _ in page.tags) == 30
    assert "30 of 60 zones, evenly chosen." in page.text


def test_dates_indices_and_masks_choose(tmp_path: Path) -> None:
    log, tree = Log(), make_tree(tmp_path, [*rows_of(), *rows_of(index="EVI")])
    masks = tuple(parse_list("CM001/CM002-B11"))
    plotted = plot(tree, log=log, indices=("EVI", "NBR"), cloudmasks=masks, date_max=date(2021, 3, 6))
    assert ["EVI", "CM001", "6", "3", "2", "2021-01-05", "2021-03-06"] in [c[:7] for c in Page(plotted.report).rows()]
    assert not [name for name in files(plotted) if "NDVI" in name]
    assert "EVI CM002-B11: no raw data here, skipped." in log.warnings
    assert "NBR CM001: no raw data here, skipped." in log.warnings


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    with pytest.raises(NothingToShow, match="NDVI CM001"):
        plot(tree, indices=("EVI",))
    with pytest.raises(NothingToShow, match="NDVI CM001"):
        plot(tree, date_min=date(2030, 1, 1))
    with pytest.raises(KeyFieldUnknown, match=r"'name'. Their fields: crop"):
        plot(tree, key_field="name")
    with pytest.raises(NotAnExtraction):
        plot(tmp_path / "nowhere")
    folder = tmp_path / "out" / tree.name / "plots"
    with locked(folder), pytest.raises(FolderLocked):
        plot(tree)


def test_without_matplotlib_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MatplotlibMissing, match=r"[Ii]nstall.* (python3-)?matplotlib"):
        plot(make_tree(tmp_path, rows_of()))


def test_cancel_leaves_whole_files_only(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    with pytest.raises(Cancelled):
        plot(tree, log=Log(cancel_at=5))
    left = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.name != "lock"]
    assert all(path.suffix == ".png" and png_size(path) == (1920, 1080) for path in left)
    assert not list((tmp_path / "out").rglob("*.html"))


def test_progress_goes_one_way(tmp_path: Path) -> None:
    log = Log()
    plot(make_tree(tmp_path, [*rows_of(), *rows_of(index="EVI")]), log=log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1.0


def test_nothing_global_of_matplotlib_is_touched(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, rows_of())
    code = (
        "import sys, pathlib, matplotlib\n"
        "before = matplotlib.rcParams.copy()\n"  # dict() would look for a backend, and load pyplot for it
        "from sen2chain_ts_plugin.engine.figures.plots.plot import plot_tree\n"
        "from sen2chain_ts_plugin.engine.series.zone_series import Choice\n"
        "from sen2chain_ts_plugin.engine.feedback import Silent\n"
        "plot_tree(pathlib.Path(sys.argv[1]), Choice(), None, Silent())\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert matplotlib.rcParams.copy() == before\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tree)], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_months_below_a_chart_are_in_the_language_of_the_texts() -> None:
    from matplotlib.dates import AutoDateLocator
    from matplotlib.figure import Figure

    from sen2chain_ts_plugin.engine.figures.plots.date_axis import date_formatter

    french = {"Feb": "févr.", "May": "mai"}
    axes = Figure().add_subplot()
    axes.set_xlim(datetime(2021, 2, 1), datetime(2021, 6, 1))
    locator = AutoDateLocator(minticks=4, maxticks=12)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(date_formatter(locator, lambda text: french.get(text, text)))
    axes.figure.draw_without_rendering()
    assert [label.get_text() for label in axes.get_xticklabels()] == ["févr.", "Mar", "Apr", "mai", "Jun"]
    assert axes.xaxis.get_major_formatter().get_offset() == "2021"
