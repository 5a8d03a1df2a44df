"""Numbers and lines that are worked on by whole columns: the same as one by one."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import RawDataDamaged
from sen2chain_ts_plugin.engine.series.survey import Damage, survey_file
from sen2chain_ts_plugin.engine.tree import cells as cells_module
from sen2chain_ts_plugin.engine.tree import raw_rows
from sen2chain_ts_plugin.engine.tree.cells import join_rows, letters, padded, pieces_of, whole_numbers
from sen2chain_ts_plugin.engine.tree.columns import RESULT_COLUMNS
from sen2chain_ts_plugin.engine.tree.raw_rows import read_raw, rows_of, rows_of_each
from tests.support.raw_tree import make_tree, masked_name, raw_path, row


def placed(texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return texts as cells of one text, which begins like a row."""
    data = "2021-01-05 06:35:11," + ",".join(texts) + "\n"
    ends = np.flatnonzero(np.frombuffer(data.encode(), np.uint8) == ord(","))
    ends = np.append(ends, len(data) - 1)
    return padded(data.encode()), ends[:-1] + 1, ends[1:]


numbers = st.one_of(
    st.integers(-(10**10), 10**10).map(str),
    st.integers(0, 10**6).map(lambda value: f"{value}.0"),
    st.floats(-1e16, 1e16).map(repr),
    st.text("0123456789.-+e_ naif/:", max_size=30),
    st.sampled_from(
        ["", "-0", "0", "00", "007", "1_0", " 1", "1 ", "\u0661", ".", "-", "1.", ".5", "5.0.0", "1e3", "99999999"]
    ),
)


@given(st.lists(numbers, min_size=1, max_size=30))
def test_whole_numbers_are_those_that_python_reads(texts):
    text, begins, ends = placed([each.encode().decode("ascii", "replace").replace("�", "?") for each in texts])
    values, known = whole_numbers(text, begins, ends)
    for each, value, is_known in zip(texts, values.tolist(), known.tolist()):
        plain = each.removesuffix(".0") if each not in (".0",) else each
        assert is_known == (plain.isascii() and plain.isdigit() and len(plain) <= 8), each
        if is_known:
            assert value == float(each)


@given(st.lists(st.text("abc,é", max_size=9).map(str.encode), min_size=1, max_size=9))
def test_letters_are_the_texts(texts):
    pieces = pieces_of(texts)
    assert letters(pieces.text, pieces.begins, pieces.ends).tolist() == texts
    assert pieces.tolist() == texts


@given(st.lists(st.sampled_from([b"", b"a", b"b", b"ab", "é".encode(), b"x" * 5000]), max_size=4))
def test_pieces_are_all_one_text_when_each_is(texts):
    pieces = pieces_of([b",", *texts, b","]).of(np.arange(1, len(texts) + 1))
    for value in (b"", b"a", b"ab", "é".encode(), b"x" * 5000):
        assert pieces.are_all(value) == all(text == value for text in texts)


@given(st.lists(st.lists(st.integers(0, 999), max_size=5), max_size=5), st.sampled_from([1, 200, 700, 1 << 19]))
def test_rows_of_texts_are_those_of_each_whatever_is_searched_at_once(zones, block):
    texts = [b"".join(line_of(zone) for zone in some) for some in zones]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_rows, "_BLOCK", block)
        rows = rows_of(Path("raw.csv"), texts, 1)
    assert rows.numbers("fid").tolist() == [zone for some in zones for zone in some]
    begins, ends = rows.places[:, 0].tolist(), (rows.places[:, -1] + 1).tolist()
    assert [rows.text[begin:end].tobytes() for begin, end in zip(begins, ends)] == [
        line for text in texts for line in text.splitlines(keepends=True)
    ]
    assert rows_of_each(rows, texts) == [len(some) for some in zones]


@pytest.mark.parametrize("block", [1, 300, 1 << 19])
def test_the_line_with_too_few_cells_is_named_whatever_is_searched_at_once(monkeypatch, block):
    monkeypatch.setattr(raw_rows, "_BLOCK", block)
    lines = [line_of(zone) for zone in range(6)]
    lines[4] = lines[4].replace(b",field", b"")
    with pytest.raises(RawDataDamaged, match="line 6 "):
        rows_of(Path("raw.csv"), [b"".join(lines[:3]), b"".join(lines[3:])], 1)


def line_of(zone: int) -> bytes:
    """Return a line of a raw CSV with one attribute, which gets longer with the zone's number."""
    cells = row(zone, masked_name())
    return ",".join([*(str(cells[name]) for name in RESULT_COLUMNS), "field " + "é" * (zone % 7)]).encode() + b"\n"


@pytest.mark.parametrize("longest", [5, 5000])
@given(st.data())
def test_rows_are_joined_as_one_by_one(longest, data):
    texts = st.lists(st.binary(max_size=6) | st.just(b"x" * longest), min_size=5, max_size=5)
    first, second = data.draw(texts), data.draw(texts)
    rows = data.draw(st.lists(st.integers(0, 4), max_size=12))
    joined = join_rows([pieces_of(first), b",", pieces_of(second), b"\n"], np.array(rows, np.int64))
    expected = [first[each] + b"," + second[each] + b"\n" for each in rows]
    assert joined.text == b"".join(expected)
    assert joined.sizes.tolist() == [len(each) for each in expected]
    halves = [len(rows) // 2, len(rows) - len(rows) // 2]
    assert b"".join(each.text for each in joined.split(halves)) == joined.text
    numbered = joined.numbered(np.arange(len(rows)) + 98)
    assert numbered.text == b"".join(b"%d,%b" % pair for pair in enumerate(expected, 98))


def test_many_rows_are_joined_in_steps(monkeypatch):
    monkeypatch.setattr(cells_module, "_ROWS_AT_ONCE", 3)
    texts = [b"%d" % number for number in range(11)]
    assert join_rows([pieces_of(texts), b";"], np.arange(11)).text == b"0;1;2;3;4;5;6;7;8;9;10;"


# Which cells are numbers

MEASURED = RESULT_COLUMNS[RESULT_COLUMNS.index("count") :]


@given(st.lists(st.tuples(st.sampled_from(("fid", *MEASURED)), numbers), min_size=1, max_size=4))
def test_a_file_is_sound_when_each_cell_is_a_number_that_can_be(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("raw")
    rows = [row(zone, masked_name()) for zone in range(3)]
    for number, (name, text) in enumerate(changes):
        rows[number % 3][name] = text
    path = raw_path(make_tree(folder, rows), masked_name())
    assert isinstance(survey_file(path), Damage) == any(map(is_wrong, rows))


def is_wrong(cells: dict[str, object]) -> bool:
    values = {}
    for name in ("fid", *MEASURED):
        text = str(cells[name])
        try:
            values[name] = float(text) if text else math.nan
            # numpy takes the digits of ASCII alone
            bad = bool(text) and (not abs(values[name]) <= 1e15 or not text.isascii())
        except ValueError:
            bad = True
        if bad or (not text and name in ("fid", "count", "nodata")):
            return True
    fid, count, nodata, std = (values[name] for name in ("fid", "count", "nodata", "std"))
    return fid % 1 != 0 or fid < 0 or count < 0 or nodata < 0 or count + nodata == 0 or std < 0


@pytest.mark.parametrize("text", ["", "1", "1.5", "-3", "1e-300", "0.1000000000000000055511151231257827"])
def test_numbers_are_exact(tmp_path, text):
    path = raw_path(make_tree(tmp_path, [row(0, masked_name(), mean=text), row(1, masked_name())]), masked_name())
    first = read_raw(path).rows.numbers("mean").tolist()[0]
    assert first == float(text) if text else math.isnan(first)


def same_damage(path: Path) -> bool:
    """Tell whether a file is refused in blocks as it is at once, with the same words."""
    found = survey_file(path)
    try:
        read_raw(path)
    except RawDataDamaged as error:
        return isinstance(found, Damage) and str(found.error) == str(error)
    return not isinstance(found, Damage)


@given(st.binary(max_size=3), st.integers(0, 10**6), st.integers(0, 40))
def test_damage_is_seen_in_blocks_as_at_once(tmp_path_factory, put, place, cut):
    path = raw_path(make_tree(tmp_path_factory.mktemp("raw"), [row(n, masked_name()) for n in range(4)]), masked_name())
    data = path.read_bytes()
    place = data.index(b"\n") + 1 + place % len(data[data.index(b"\n") + 1 :])
    path.write_bytes(data[:place] + put + data[place + cut :])
    assert same_damage(path)
