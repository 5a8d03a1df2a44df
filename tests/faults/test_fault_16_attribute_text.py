"""Fault 16: attribute text that means something to a CSV, a spreadsheet or a browser. It reads back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.tree.raw_csv import attribute_tails, csv_header
from tests.support.extracting import ShapeLayer, SmallLibrary, all_bytes, box, counts, run
from tests.support.raw_tree import read

TEXTS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"),
    *("a\tb", "a\rb", "a\nb", "a\r\nb", "a\0b", "a;b", "a,b", 'a"b', '"', '""', "'", " a "),
    *("<script>alert(1)</script>", "&amp;", "a\\b", "a\\", "{0}", "{name}", "%s", "#"),
    *("", "NULL", "nan", "None", "1e5", "007", "été 地块 🌱"),
    *("\u2028", "\x85", "\x0b\x0c\x1c\x1d\x1e", "\ufeff", "a" * 5000),
]
REMOVED = str.maketrans("", "", "\t\r\n\0")


def test_every_text_reads_back_and_no_row_shifts(tmp_path: Path) -> None:
    small = SmallLibrary(tmp_path / "library")
    small.add()
    shapes = [box(20 + number % 20, 20 + number // 20, 1, 1) for number in range(len(TEXTS))]
    layer = ShapeLayer(shapes, ("text", "number"), [(text, number) for number, text in enumerate(TEXTS)])
    tree, _ = run(small.open(), layer, tmp_path)
    (path,) = tree.folder.glob("raw_data/NDVI/CM001/*.csv")
    rows = read(path)
    assert len(rows) > 20
    for row in rows:
        number = int(row["fid"])
        assert (row["text"], row["number"]) == (TEXTS[number].translate(REMOVED), str(number))
    import pandas as pd

    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert table.to_dict("records") == rows
    assert path.read_bytes().count(b"\n") == len(rows) + 1


@given(st.lists(st.tuples(st.text(), st.text(), st.none() | st.integers() | st.floats() | st.booleans()), min_size=1))
def test_any_text(values: list[tuple[object, ...]]) -> None:
    lines = [csv_header(("one", "two", "three")).rstrip("\n").partition(",percentile_75,")[2] + "\n"]
    lines += [tail.removeprefix(",") for tail in attribute_tails(values)]
    header, *rows = csv.reader(io.StringIO("".join(lines), newline=""))
    assert header == ["one", "two", "three"]
    assert len(rows) == len(values)
    for (one, two, three), expected in zip(rows, values):
        assert (one, two) == tuple(str(text).translate(REMOVED) for text in expected[:2])
        if isinstance(expected[2], float) and three:
            assert float(three) == expected[2]
        elif three:
            assert three == str(expected[2])
        else:
            assert expected[2] is None or expected[2] != expected[2]


@given(st.lists(st.text(min_size=1), min_size=1, unique=True))
def test_any_name_of_a_field(names: list[str]) -> None:
    (header,) = csv.reader(io.StringIO(csv_header(names), newline=""))
    assert len(header) == 15 + len(names)
    assert len(set(header)) >= 15


@pytest.mark.parametrize("text", ["x" * 200_000, "\ud800 half a character", "a\0b"])
def test_texts_that_trouble_csv_readers(tmp_path: Path, text: str) -> None:
    """Also when our notes are lost and the file has to be looked at."""
    small = SmallLibrary(tmp_path / "library")
    small.add()
    layer = ShapeLayer([box(20, 20, 25, 20)], ("text",), [(text,)])
    tree, summary = run(small.open(), layer, tmp_path)
    assert counts(summary) == (1, 1, 0, 0, 0)
    before = all_bytes(tree.folder)
    (tree.folder / ".sen2chain_ts" / "manifest.jsonl").unlink()
    _, summary = run(small.open(), layer, tmp_path)
    assert counts(summary) == (1, 0, 1, 0, 0)
    assert all_bytes(tree.folder) == before
