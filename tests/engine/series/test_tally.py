"""What compile says last: zones with a series, dates, and how many of them are clear."""

from __future__ import annotations

import csv
import statistics
from collections import Counter
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.series.tally import SeriesTally
from sen2chain_ts_plugin.engine.tree.layout import open_tree, zone_count


@pytest.fixture
def tree(reference: Path, tmp_path: Path) -> Path:
    import shutil

    (expected,) = (reference / "expected" / "EXTRACTION_CM004").iterdir()
    return Path(shutil.copytree(expected, tmp_path / expected.name))


def test_it_counts_what_the_compiled_file_holds(tree: Path) -> None:
    tally = SeriesTally(zone_count(open_tree(tree)))
    compile_tree(tree, CompileRequest(), each=tally.add)
    found = {(each["index"], each["mask"]): each for each in tally.sentences()}
    assert len(found) == len(list((tree / "raw_data").glob("*/CM*")))
    for (index, mask), told in found.items():
        (path,) = (tree / "compiled_data" / index / mask / "all_data").glob("*_all_data.csv")
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        zones = {row["fid"] for row in rows}
        clear = Counter(
            row["fid"] for row in rows if 2 * float(row["count"]) >= float(row["count"]) + float(row["nodata"])
        )
        assert told["zones"] == len(zones)
        assert told["all"] == 36
        assert told["dates"] == len({row["date"][:10] for row in rows})
        assert float(told["clear"]) == statistics.median(clear[zone] for zone in zones)


def test_what_has_no_rows_is_not_told(tree: Path) -> None:
    assert SeriesTally(3).sentences() == []


def test_zones_are_counted_by_the_index_of_their_shapefile(tree: Path) -> None:
    opened = open_tree(tree)
    assert zone_count(opened) == 36
    opened.shapefile.with_suffix(".shx").write_bytes(b"")
    assert zone_count(opened) == 0
    opened.shapefile.with_suffix(".shx").unlink()
    assert zone_count(opened) == 0
