"""Rows of raw CSV files as text, with the place of each cell, and the checks that make sure that they are rows.

`checked_blocks` refuses what `parse_raw` does, with the same reason; but it takes a file in blocks, so that memory does
not grow with it. What looks like a plain number is not parsed to know that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..errors import Phrase, RawDataDamaged
from ..files import read_bytes, whole_lines
from .cells import PADDING, Pieces, RunningSum, letters, padded, pieces_of, whole_numbers
from .columns import RESULT_COLUMNS
from .raw_csv import (
    NUMBER_COLUMNS,
    acquired,
    check_text,
    check_values,
    find_cells,
    header_of,
    parse_numbers,
    split_header,
)

# The columns of numbers after that of the file's name.
_MEASURED = RESULT_COLUMNS[RESULT_COLUMNS.index("count") :]
_COLUMN = {name: position for position, name in enumerate(RESULT_COLUMNS)}
_RESULTS = len(RESULT_COLUMNS)
# Bytes of text that are searched at once: small enough to stay in the processor's cache.
_BLOCK = 1 << 19
_LONGEST_LINE = 1 << 26
_MINUS, _NEWLINE = b"-\n"
# As many digits before the point are surely less than the largest number.
_PLAIN_DIGITS = 15
# A number of this many letters at most is in the plainest form when it has digits, perhaps a point and a minus.
_LONGEST_PLAIN = 40
# What digits and points count, so that both can be told from one sum of a plain number.
_DIGIT, _POINT = 1, 64


@dataclass(frozen=True)
class RawRows:
    """Rows of raw files, in any order.

    Attributes
    ----------
    text
        in which they are, uint8, `cells.PADDING` behind it.
    places
        int64, shape (rows, result columns + 3): where the row begins, where each result column ends, where the text of
        the attributes begins (with the comma before it) and ends.
    """

    text: np.ndarray
    places: np.ndarray

    def __len__(self) -> int:
        return len(self.places)

    def of(self, rows: np.ndarray) -> RawRows:
        """Return some of the rows."""
        return RawRows(self.text, self.places[rows])

    def cells(self, name: str) -> Pieces:
        """Return the cells of a result column but the first."""
        column = _COLUMN[name]
        return Pieces(self.text, self.places[:, column] + 1, self.places[:, column + 1])

    @property
    def results(self) -> Pieces:
        """The text of each row from ``fid`` to the last of the result columns."""
        return Pieces(self.text, self.places[:, 1] + 1, self.places[:, _RESULTS])

    @property
    def tails(self) -> Pieces:
        """The text of the attributes of each row, with the comma before them."""
        return Pieces(self.text, self.places[:, -2], self.places[:, -1])

    def numbers(self, name: str) -> np.ndarray:
        """Return the values of a result column, float64, exact; NaN where a cell is empty."""
        cells = self.cells(name)
        values, known = whole_numbers(cells.text, cells.begins, cells.ends)
        others = np.flatnonzero(~known)
        if others.size:
            texts = letters(cells.text, cells.begins[others], cells.ends[others])
            texts[texts == b""] = b"nan"
            values[others] = texts.astype(np.float64)
        return values

    def with_tails(self, tails: Sequence[bytes]) -> RawRows:
        """Return the rows with another text of attributes, the comma before it included."""
        added = pieces_of(tails)
        places = self.places.copy()
        places[:, -2], places[:, -1] = added.begins + self.text.size, added.ends + self.text.size
        return RawRows(np.concatenate([self.text, added.text]), places)


def joined(parts: Sequence[RawRows]) -> RawRows:
    """Return the rows of all parts, in this order."""
    if len(parts) == 1:
        return parts[0]
    texts = [padded(b""), *(part.text for part in parts)]
    starts = np.cumsum([text.size for text in texts]).tolist()
    none = np.empty((0, _RESULTS + 3), np.int64)
    places = np.concatenate([none, *(part.places + start for part, start in zip(parts, starts))])
    return RawRows(np.concatenate(texts), places)


def rows_of(path: Path, texts: Sequence[bytes], attributes: int, first_line: int = 2) -> RawRows:
    """Find the rows and cells of texts of whole lines without a header, one after the other.

    Parameters
    ----------
    path
        the file, for the message.
    texts
        the lines.
    attributes
        how many columns there are after the result columns.
    first_line
        the number of the first line in the file, for the message.

    Raises
    ------
    RawDataDamaged
        a row has too many or too few cells, or a quote in the middle of one.
    """
    text, size = padded(*texts), sum(map(len, texts))
    found = [np.empty((0, _RESULTS + 3), np.int64)]
    begin, line = 0, first_line
    while begin < size:
        end = _line_end(text, begin + _BLOCK, size)
        ends = find_cells(path, text[begin:end], _RESULTS + attributes, line) + begin
        places = np.empty((len(ends), _RESULTS + 3), np.int64)
        places[0, 0] = begin
        places[1:, 0] = ends[:-1, -1] + 1
        places[:, 1 : _RESULTS + 1] = ends[:, :_RESULTS]
        places[:, -2] = ends[:, _RESULTS - 1]
        places[:, -1] = ends[:, -1]
        found.append(places)
        begin, line = end, line + len(ends)
    return RawRows(text, np.concatenate(found))


def _line_end(text: np.ndarray, place: int, size: int) -> int:
    """Return where the line ends in which a place is, behind its line break."""
    while place < size:
        breaks = np.flatnonzero(text[place : min(place + PADDING, size)] == _NEWLINE)
        if breaks.size:
            return place + int(breaks[0]) + 1
        place += PADDING
    return size


def rows_of_each(rows: RawRows, texts: Sequence[bytes]) -> list[int]:
    """Return how many of the rows that `rows_of` found in texts are in each of them."""
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    numbers: list[int] = np.diff(np.searchsorted(rows.places[:, 0], ends), prepend=0).tolist()
    return numbers


@dataclass(frozen=True)
class RawFile:
    """The rows of one product, or some of them, in the order of the file.

    Attributes
    ----------
    attributes
        the names of the columns after the result columns.
    filename
        the name of the masked raster; empty without rows.
    date
        when the product was acquired; ``date_text`` is how the file writes it. None and empty without rows.
    rows
        the rows.
    """

    attributes: tuple[str, ...]
    filename: str
    date: datetime | None
    date_text: bytes
    rows: RawRows


def read_raw(path: Path) -> RawFile:
    """Read a raw CSV of ours or of Sen2Chain.

    Raises
    ------
    RawDataDamaged
        the file is cut, a row has too many or too few cells, a number is none, the rows are of several products, the
        file cannot be read; names the file and what is wrong.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise RawDataDamaged(path=path, reason=error.strerror or error) from error
    return parse_raw(path, data)


def parse_raw(path: Path, data: bytes) -> RawFile:
    """Return the rows in the text of a raw CSV, or in its header and some of its lines.

    Raises
    ------
    RawDataDamaged
        see `read_raw`; ``path`` is the file that it names.
    """
    header, lines = split_header(path, data)
    attributes = header_of(path, header)
    rows, (said, *_) = parse_together([(path, lines)], len(attributes))
    return RawFile(attributes, said.filename, said.date, said.date_text, rows)


@dataclass(frozen=True)
class Said:
    """What the rows of a file say of their product: see `RawFile`, and how many there are."""

    filename: str = ""
    date: datetime | None = None
    date_text: bytes = b""
    rows: int = 0


def parse_together(files: Sequence[tuple[Path, bytes]], attributes: int) -> tuple[RawRows, list[Said]]:
    """Return the rows of some raw CSV that have the same columns, and what those of each say.

    For many files with few rows each: it costs about as much as one file.

    Parameters
    ----------
    files
        of each the path, and its lines, or some of them, without the header.
    attributes
        how many columns they have after the result columns.

    Returns
    -------
    rows
        in the order of the files.
    said
        of each file.

    Raises
    ------
    RawDataDamaged
        see `read_raw`; of several files it names one, which need not be the damaged one.
    """
    path = files[0][0]
    # Sen2Chain on Windows ends its lines otherwise.
    lines = [data.replace(b"\r\n", b"\n") for _, data in files]
    for data in filter(None, lines):
        check_text(path, data)
    rows = rows_of(path, lines, attributes)
    said = []
    begin = 0
    for number in rows_of_each(rows, lines):
        said.append(_product_of(path, RawRows(rows.text, rows.places[begin : begin + number])))
        begin += number
    _check_numbers(path, rows)
    return rows, said


def _product_of(path: Path, rows: RawRows) -> Said:
    """Make sure that the rows of a file are of one product, and return what they say of it."""
    if not len(rows):
        return Said()
    date, filename = _said(rows)
    acquired_at = acquired(path, date)
    if len(rows) > 1:
        _check_same(path, rows, (date, filename))
    return Said(filename.decode(), acquired_at, date, len(rows))


@dataclass(frozen=True)
class Block:
    """Some rows of a file that were checked: where they begin in it, their zones, and what they say of the product."""

    begin: int
    line_begins: np.ndarray
    zones: np.ndarray
    date_text: bytes
    filename: bytes


def checked_blocks(path: Path, stream: BinaryIO, attributes: int) -> Iterator[Block]:
    """Read a raw CSV from behind its header on, and yield its rows by blocks, each checked.

    Raises
    ------
    RawDataDamaged
        see `read_raw`.
    OSError
        the file cannot be read.
    """
    place, line = stream.tell(), 2
    first: tuple[bytes, bytes] | None = None
    for data in whole_lines(stream, _BLOCK, _LONGEST_LINE):
        if len(data) > _LONGEST_LINE and not data.endswith(b"\n"):
            raise RawDataDamaged(path=path, reason=Phrase("a line of it has no end"))
        has_returns = b"\r\n" in data
        plain = data.replace(b"\r\n", b"\n") if has_returns else data
        check_text(path, plain)
        rows = rows_of(path, [plain], attributes, line)
        said = first or _said(rows)
        if said != first:
            acquired(path, said[0])
        first = said
        _check_same(path, rows, said)
        zones = _check_numbers(path, rows)
        begins = rows.places[:, 0]
        if has_returns:
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
            begins = np.concatenate([[0], ends[:-1] + 1])
        yield Block(place, begins, zones, *said)
        place += len(data)
        line += len(rows)


def _said(rows: RawRows) -> tuple[bytes, bytes]:
    text, first = rows.text, rows.places[0].tolist()
    filename = _COLUMN["filename"]
    return text[first[0] : first[1]].tobytes(), text[first[filename] + 1 : first[filename + 1]].tobytes()


def _check_same(path: Path, rows: RawRows, said: tuple[bytes, bytes]) -> None:
    """Make sure that all rows are of one product."""
    dates = Pieces(rows.text, rows.places[:, 0], rows.places[:, 1])
    for name, cells, value in zip(("date", "filename"), (dates, rows.cells("filename")), said):
        if not cells.are_all(value):
            raise RawDataDamaged(path=path, reason=Phrase("its rows have several values of '{column}'", column=name))


def _check_numbers(path: Path, rows: RawRows) -> np.ndarray:
    """Make sure that numbers are numbers, and can be; return the zones."""
    known = dict(zip(_MEASURED, _are_plain(rows).T))
    known["std"] &= rows.text[rows.cells("std").begins] != _MINUS
    values = {"std": np.zeros(len(rows))}
    for name in NUMBER_COLUMNS:
        cells = rows.cells(name)
        if name in ("fid", "count", "nodata"):
            values[name], known[name] = whole_numbers(cells.text, cells.begins, cells.ends)
        others = np.flatnonzero(~known[name])
        if others.size:
            found = parse_numbers(path, name, rows.text, cells.begins[others], cells.ends[others])
            if name in values:
                values[name][others] = found
    check_values(path, values)
    return values["fid"].astype(np.int64)


def _are_plain(rows: RawRows) -> np.ndarray:
    """Tell of the cells `_MEASURED` which are empty, or a number in the plainest form: ``-12.5``."""
    text = rows.text
    counts = (text - ord("0") < 10).view(np.uint8)  # of bytes below 0 the difference is large
    counts += (text == ord(".")).view(np.uint8) * np.uint8(_POINT)
    counted = RunningSum(counts)
    ends = rows.places[:, _COLUMN[_MEASURED[0]] : _RESULTS + 1]
    begins = ends[:, :-1] + 1
    at_ends = counted.before(ends)
    found = at_ends[:, 1:] - at_ends[:, :-1]
    sizes = np.minimum(np.diff(ends) - 1, _LONGEST_PLAIN + 1).astype(np.uint8)
    digits, points = found & np.uint8(_POINT - 1), found // np.uint8(_POINT)
    minus = (text[begins] == _MINUS).view(np.uint8)
    plain: np.ndarray = (digits > 0) & (points <= 1) & (digits + points + minus == sizes) & (sizes <= _LONGEST_PLAIN)
    row, column = np.nonzero(plain & (digits > _PLAIN_DIGITS))
    # What has more digits has its point early.
    early = counted.before(begins[row, column] + _PLAIN_DIGITS + 1) - at_ends[row, column]
    plain[row, column] = early >= _POINT
    return plain | (sizes == 0)
