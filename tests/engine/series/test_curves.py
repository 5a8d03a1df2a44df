"""The time series of some zones, read without reading the extraction."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import Cancelled, RawDataDamaged
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.series import curves
from sen2chain_ts_plugin.engine.series.curves import Curve, curves_csv, extracted, read_curves
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.tree.columns import RESULT_COLUMNS
from sen2chain_ts_plugin.engine.tree.layout import Tree, open_tree
from sen2chain_ts_plugin.engine.tree.raw_csv import raw_files
from sen2chain_ts_plugin.engine.tree.raw_rows import read_raw
from tests.support.raw_tree import Log

HEADER = ",".join([*RESULT_COLUMNS, "name"])


@pytest.fixture
def tree(reference: Path, tmp_path: Path) -> Tree:
    """Return an extraction that Sen2Chain itself has made."""
    source = next(path for path in (reference / "expected" / "EXTRACTION_CM001").iterdir() if path.is_dir())
    shutil.copytree(source, tmp_path / source.name)
    return open_tree(tmp_path / source.name)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_curves_are_the_rows_that_compile_writes(tree: Tree) -> None:
    shutil.rmtree(tree.folder / "compiled_data")
    compile_tree(tree.folder, CompileRequest(smoothing=SmoothingSettings()))
    folder = tree.compiled_folder("NDVI", "CM001") / "all_data"
    rows = rows_of(next(folder.glob("*_all_data.csv")))
    smooth = rows_of(next(folder.glob("*_smooth.csv")))
    zones = sorted({int(row["fid"]) for row in rows})

    curves = read_curves(tree, "NDVI", "CM001", zones, Silent(), SmoothingSettings())

    assert [curve.zone for curve in curves] == zones
    for curve in curves:
        mine = [row for row in rows if int(row["fid"]) == curve.zone]
        assert [str(date) for date in curve.dates] == [row["date"] for row in mine]
        assert list(curve.filenames) == [row["filename"] for row in mine]
        assert curve.numbers["mean"].tolist() == pytest.approx([float(row["mean"]) / 10000 for row in mine])
        assert curve.numbers["count"].tolist() == [float(row["count"]) for row in mine]
        line = [row for row in smooth if int(row["fid"]) == curve.zone]
        assert [str(date.date()) for date in curve.smooth_dates] == [row["date"][:10] for row in line]
        assert list(curve.smooth_values) == pytest.approx([float(row["smoothed"]) for row in line])


def test_zones_come_in_the_order_asked_and_those_without_a_row_do_not(tree: Tree) -> None:
    curves = read_curves(tree, "NDVI", "CM001", [5, 0, 5, 100_000, -1], Silent())

    assert [curve.zone for curve in curves] == [5, 0]
    assert all(not curve.smooth_dates for curve in curves)


def test_what_is_extracted_is_counted(tree: Tree) -> None:
    found = extracted(tree)

    assert list(found) == ["NDVI", "NDWIGAO"]
    assert found["NDVI"]["CM001"] == len(list(tree.raw_folder("NDVI", "CM001").glob("*.csv")))


@given(
    zones=st.sets(st.integers(0, 400), max_size=60),
    asked=st.one_of(*(st.sets(st.integers(0, 410), min_size=1, max_size=size) for size in (1, 6, 100))),
    stretch=st.sampled_from([1, 300, 2000, curves._STRETCH]),
)
def test_a_zone_is_found_wherever_its_line_is(
    tmp_path_factory: pytest.TempPathFactory, zones: set[int], asked: set[int], stretch: int
) -> None:
    tree = make_tree(tmp_path_factory.mktemp("tree"), {zone: "x" * (zone * 37 % 900) for zone in zones})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curves, "_STRETCH", stretch)
        found = read_curves(tree, "NDVI", "CM001", sorted(asked), Silent())

    assert [curve.zone for curve in found] == sorted(asked & zones)
    assert [curve.numbers["count"].tolist() for curve in found] == [[float(zone + 1)] for zone in sorted(asked & zones)]


def test_a_damaged_file_is_named_and_the_others_are_read(tree: Tree) -> None:
    before = read_curves(tree, "NDVI", "CM001", [0], Silent())[0]
    victim = tree.raw_csv("NDVI", "CM001", before.filenames[0])
    victim.write_bytes(victim.read_bytes()[:200])
    log = Log()

    after = read_curves(tree, "NDVI", "CM001", [0], log)[0]

    assert after.filenames == before.filenames[1:]
    assert any(victim.name in line for line in log.errors)


def second_row(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """Return what changes the cells of the second row of a file."""

    def change_file(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines[2] = b",".join(change(lines[2].split(b",")))
        return b"\n".join(lines)

    return change_file


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "header cut": lambda data: data[:20],
    "other header": lambda data: data.replace(b"count", b"pixels", 1),
    "last line cut": lambda data: data[:-7],
    "cell missing": second_row(lambda cells: cells[:-1]),
    "cell too many": second_row(lambda cells: [*cells, b"more"]),
    "no number": second_row(lambda cells: [*cells[:8], b"4x2", *cells[9:]]),
    "negative count": second_row(lambda cells: [*cells[:4], b"-4", *cells[5:]]),
    "another product": second_row(lambda cells: [*cells[:3], b"other.jp2", *cells[4:]]),
    "another date": second_row(lambda cells: [b"2001-01-01 10:00:00", *cells[1:]]),
    "no date": lambda data: re.sub(rb"(?m)^\d{4}-", b"year-", data),
    "quote": second_row(lambda cells: [*cells[:-1], b'a"b']),
    "open quote": second_row(lambda cells: [*cells[:-1], b'"']),
    "NUL": second_row(lambda cells: [*cells[:-1], b"a\0b"]),
    "no UTF-8": second_row(lambda cells: [*cells[:-1], b"\xff"]),
}


@pytest.mark.parametrize("places", [(0,), (-1,), (0, -1), (1, 2, 5), tuple(range(8))])
@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_wrong_in_whichever_files_each_is_named_as_if_it_were_alone(
    tree: Tree, damage: str, places: tuple[int, ...]
) -> None:
    paths = [path for path in raw_files(tree.raw_folder("NDVI", "CM001")) if len(rows_of(path)) > 1]
    zones = list(range(36))
    damaged = sorted(paths[place] for place in places)
    expected = []
    for path in damaged:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
        with pytest.raises(RawDataDamaged) as alone:
            read_raw(path)
        expected.append(str(alone.value))
    log = Log()
    with_damage = read_curves(tree, "NDVI", "CM001", zones, log)
    assert log.errors == expected

    for path in damaged:
        path.unlink()
    without = read_curves(tree, "NDVI", "CM001", zones, Silent())
    assert curves_csv(with_damage, [""] * 36) == curves_csv(without, [""] * 36)


def test_reading_stops_when_nobody_wants_it_any_more(tree: Tree) -> None:
    class Stopped(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        read_curves(tree, "NDVI", "CM001", [0], Stopped())


def test_csv_has_a_line_per_observation_and_per_smoothed_date(tree: Tree) -> None:
    curve = read_curves(tree, "NDVI", "CM001", [0], Silent(), SmoothingSettings())[0]

    lines = list(csv.DictReader(io.StringIO(curves_csv([curve], ['a "field", mine']))))

    dates = {date.date() for date in curve.dates} | {date.date() for date in curve.smooth_dates}
    assert len(lines) == len(dates)
    assert [line["date"] for line in lines] == sorted(line["date"] for line in lines)
    assert {line["label"] for line in lines} == {'a "field", mine'}
    observed = [line for line in lines if line["filename"]]
    assert [float(line["mean"]) for line in observed] == curve.numbers["mean"].tolist()
    assert [float(line["smoothed"]) for line in lines if line["smoothed"]] == list(curve.smooth_values)


def calls_during(work: Callable[[], object]) -> int:
    """Count the functions that are called meanwhile: work that no other load of the machine changes."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def test_the_size_of_the_extraction_hardly_matters(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, {zone: f"field {zone}" for zone in range(5000)}, dates=20)

    def read(zones: Sequence[int]) -> list[Curve]:
        return read_curves(tree, "NDVI", "CM001", zones, Silent())

    curves = read([17, 2500, 4999])
    few, everything = calls_during(lambda: read([17, 2500, 4999])), calls_during(lambda: read(range(5000)))
    assert [len(curve.dates) for curve in curves] == [20, 20, 20]
    assert np.array_equal(curves[1].numbers["count"], np.full(20, 2501.0))
    assert few < everything / 4


def make_tree(folder: Path, names: dict[int, str], dates: int = 1) -> Tree:
    tree = Tree(folder / "fields_0123456789abcdef", "fields", "0123456789abcdef")
    tree.raw_folder("NDVI", "CM001").mkdir(parents=True)
    for number in range(dates):
        moment = datetime(2021, 1, 5, 6, 35, 11) + timedelta(days=5 * number)
        masked = f"S2B_MSIL2A_{moment:%Y%m%dT%H%M%S}_N0301_R063_T40KCB_20210105T083000_NDVI_CM001.jp2"
        lines = [
            f"{moment},{zone},40KCB,{masked},{zone + 1},0,0,,1,9,5.0,1.0,5.0,4.0,6.0,{names[zone]}"
            for zone in sorted(names)
        ]
        path = tree.raw_csv("NDVI", "CM001", masked)
        path.write_text("".join(f"{line}\n" for line in [HEADER, *lines]), encoding="utf-8")
    return tree


def test_a_row_without_a_mean_is_no_point(tree: Tree) -> None:
    (whole,) = read_curves(tree, "NDVI", "CM001", [0], Silent())
    path = next(path for path in tree.raw_folder("NDVI", "CM001").glob("*.csv") if whole.filenames[1][:-4] in path.name)
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("mean")] = ""
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    (curve,) = read_curves(tree, "NDVI", "CM001", [0], Silent())
    assert curve.filenames == (whole.filenames[0], *whole.filenames[2:])
    assert not np.isnan(curve.numbers["mean"]).any()
