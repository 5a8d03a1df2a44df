"""Time series straight from a library: beside what Sen2Chain wrote, and what happens when something is missing."""

from __future__ import annotations

import csv
import errno
import os
import tempfile
from datetime import date
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import Cancelled, LayerMeetsNoTile, WriteFailed
from sen2chain_ts_plugin.engine.extraction import timeseries
from sen2chain_ts_plugin.engine.extraction.timeseries import TimeSeriesFiles, write_timeseries
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.compare import differences
from tests.support.extracting import SmallLibrary
from tests.support.layers import ShapefileLayer
from tests.support.raw_tree import Log

CM003 = "CM003-PRB1-ITER5"
CM004 = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"


def write(
    reference: Path, output: Path, mask: str = "CM001", *, indices=("NDVI",), layer="zones", feedback=None, workers=1,
    **other,
) -> TimeSeriesFiles:  # fmt: skip
    selection = Selection(indices, cloudmask.parse_list(mask), date(2021, 1, 1), date(2022, 4, 1))
    executor = ThreadExecutor(workers) if workers > 1 else SerialExecutor()
    zones = ShapefileLayer(reference / "layers" / f"{layer}.shp")
    return write_timeseries(
        open_library(reference / "library"), zones, selection, output, executor, feedback or Log(), **other
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("run", "mask", "indices"),
    [("CM001", "CM001", ("NDVI", "NDWIGAO")), ("CM003", CM003, ("NDVI",)), ("CM004", CM004, ("NDVI",))],
)
def test_equal_to_sen2chain(reference: Path, tmp_path: Path, run: str, mask: str, indices: tuple[str, ...]) -> None:
    write(reference, tmp_path, mask, indices=indices)
    assert differences(tmp_path, reference / "expected" / "timeseries" / run) == []


def test_points_equal_sen2chain_but_for_exact_ties(reference: Path, tmp_path: Path) -> None:
    (path,) = write(reference, tmp_path, layer="points").files
    got = rows(path)
    expected = rows(reference / "expected" / "timeseries" / "points_CM001" / "points" / path.name)
    assert [(row["date"], row["fid"]) for row in got] == [(row["date"], row["fid"]) for row in expected]
    ties = 0
    for ours, theirs in zip(got, expected):
        if ours["filename"] != theirs["filename"]:
            ties += 1
            assert (ours["count"], float(ours["std"])) == (theirs["count"], float(theirs["std"])) == ("1", 0.0)
            assert ours["filename"] > theirs["filename"]
        else:
            assert [float(ours[name]) for name in ("mean", "nodata", "median")] == [
                float(theirs[name]) for name in ("mean", "nodata", "median")
            ]
    assert ties <= 15


def test_same_bytes_however_it_is_done(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = write(reference, tmp_path / "whole").files
    (parallel,) = write(reference, tmp_path / "parallel", workers=3).files
    monkeypatch.setattr(timeseries, "_ROWS_AT_ONCE", 7)
    (portions,) = write(reference, tmp_path / "portions").files
    assert whole.read_bytes() == parallel.read_bytes() == portions.read_bytes()


def test_rows_are_handed_on(reference: Path, tmp_path: Path) -> None:
    received: list[tuple[object, ...]] = []
    series = write(reference, tmp_path, receive=received.extend)
    table = rows(series.files[0])
    assert series.rows == len(table) == len(received)
    assert [(str(row[0]), str(row[1]), row[3]) for row in received] == [
        (row["date"], row["fid"], row["filename"]) for row in table
    ]


def test_omitted_dates_are_written_none(reference: Path, tmp_path: Path) -> None:
    selection = Selection(("NDVI",), cloudmask.parse_list("CM001"), date_max=date(2021, 2, 1))
    zones = ShapefileLayer(reference / "layers" / "zones.shp")
    library = open_library(reference / "library")
    series = write_timeseries(library, zones, selection, tmp_path, SerialExecutor(), Log())
    assert [path.relative_to(tmp_path).as_posix() for path in series.files] == ["zones/zones_NDVI_None_2021-02-01.csv"]
    assert {row["date"][:10] for row in rows(series.files[0])} == {"2021-01-05", "2021-01-20"}


def test_an_index_without_rows_has_no_file(reference: Path, tmp_path: Path) -> None:
    log = Log()
    series = write(reference, tmp_path, CM004, indices=("NDVI", "EVI"), feedback=log)
    assert [path.name.split("_")[1] for path in series.files] == ["NDVI"]
    assert "No row for EVI: no file." in log.infos
    assert not [warning for warning in log.warnings if "earlier run" in warning]


def test_a_file_of_an_earlier_run_that_this_one_has_no_rows_for_is_named(reference: Path, tmp_path: Path) -> None:
    series = write(reference, tmp_path, CM004, indices=("NDVI", "EVI"))
    stale = series.files[0].with_name(series.files[0].name.replace("NDVI", "EVI"))
    stale.write_text("an earlier one")
    log = Log()
    write(reference, tmp_path, CM004, indices=("NDVI", "EVI"), feedback=log)
    assert f"{stale} is of an earlier run: it stays as it is." in log.warnings
    assert stale.read_text(encoding="utf-8") == "an earlier one"


def test_a_layer_elsewhere_writes_nothing(reference: Path, tmp_path: Path) -> None:
    library = SmallLibrary(tmp_path / "library")
    library.add()
    zones = ShapefileLayer(reference / "layers" / "zones.shp")
    selection = Selection(("NDVI",), cloudmask.parse_list("CM001"))
    with pytest.raises(LayerMeetsNoTile, match="40KCB"):
        write_timeseries(open_library(library.root), zones, selection, tmp_path / "out", SerialExecutor(), Log())
    assert not (tmp_path / "out").exists()


class CancelLater(Log):
    """Cancels after some questions."""

    left = 5

    def cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_no_room_for_what_waits_is_an_error_that_names_the_folder(
    reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(WriteFailed) as caught:
            write(reference, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert f"Cannot write {tmp_path}: {os.strerror(errno.EFBIG)}." in str(caught.value)
    assert not list((tmp_path / "out").rglob("*.csv"))


def test_cancel_keeps_the_file_of_an_earlier_run(reference: Path, tmp_path: Path) -> None:
    (path,) = write(reference, tmp_path).files
    before = path.read_bytes()
    path.write_bytes(b"earlier\n")
    with pytest.raises(Cancelled):
        write(reference, tmp_path, feedback=CancelLater())
    assert path.read_bytes() == b"earlier\n"
    assert [name.name for name in (tmp_path / "zones").glob("*.csv")] == [path.name]
    assert not list((tmp_path / "zones").rglob("tmp/*"))
    write(reference, tmp_path)
    assert path.read_bytes() == before


def test_without_a_folder_for_scratch_files_it_says_so(
    reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(WriteFailed, match="No usable temporary directory found"):
        write(reference, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.csv"))
