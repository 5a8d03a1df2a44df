"""The raw CSV files of an extraction tree, read as text and numbers at once.

Compiling passes most cells through unchanged, so a cell stays the bytes it is in the file: a code ``00123`` remains
one, and nothing is parsed only to be formatted again. The numbers are parsed as well, to decide and to be checked.

Instead of pandas: Sen2Chain's text has to stay byte for byte, and pandas parses and formats it again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np

from ..errors import FolderUnreadable, Phrase, RawDataDamaged
from ..files import is_folder, open_regular, system_path
from ..text import clean_text
from .columns import RESULT_COLUMNS, Row, attribute_columns
from .layout import Tree

_COLUMN = {name: position for position, name in enumerate(RESULT_COLUMNS)}
NUMBER_COLUMNS = ("fid", *RESULT_COLUMNS[_COLUMN["count"] :])
_REQUIRED = ("fid", "count", "nodata")
_LINES_AT_ONCE = 1 << 14
_LONGEST_NUMBER = 64  # characters
_LONGEST_HEADER = 1 << 24  # bytes: a thousand times what 255 fields with long names need
_LARGEST_NUMBER = 1e15  # beyond all pixels of the Earth, and exact as a float up to here
# When a satellite may have looked. A year beyond is damage, and smoothing fills every day up to it.
ACQUISITION_YEARS = range(1970, 2150)
_COMMA, _NEWLINE, _QUOTE, _RETURN = b',\n"\r'
# A cell of a line that `parse_raw` has let through: in quotes, those in it doubled, or without any.
_CELL = re.compile(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))')


def folders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder, but hidden ones; none when there is no such folder.

    Raises
    ------
    FolderUnreadable
        the system does not show what is in it.
    """
    return _names(folder, os.DirEntry.is_dir)


def raw_files(folder: Path) -> list[Path]:
    """Return what is named like a raw CSV directly below a folder, by name; none when there is no such folder.

    What is no file there, a pipe or a folder, is refused by name when it is read, not left out.

    Raises
    ------
    FolderUnreadable
        the system does not show what is in it.
    """
    return [folder / name for name in _names(folder, _is_named_csv)]


def _is_named_csv(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".csv")


def _names(folder: Path, wanted: Callable[[os.DirEntry[str]], bool]) -> list[str]:
    if not is_folder(folder):
        return []
    names = []
    try:
        with os.scandir(system_path(folder)) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # a link that leads in circles; its neighbours are sound
                    if wanted(entry) and not entry.name.startswith("."):
                        names.append(entry.name)
    except OSError as error:
        raise FolderUnreadable(path=folder, reason=error.strerror or error) from error
    return sorted(names)


def first_attribute_names(tree: Tree) -> tuple[str, ...]:
    """Return the names of the attribute columns of a tree's raw data: of the first file that is one, none without."""
    root = tree.folder / "raw_data"
    for index in folders(root):
        for mask in folders(root / index):
            for path in raw_files(root / index / mask):
                with contextlib.suppress(RawDataDamaged):
                    return read_attribute_names(path)
    return ()


def read_attribute_names(path: Path) -> tuple[str, ...]:
    """Return the names of the attribute columns of a raw CSV from its first line alone.

    Raises
    ------
    RawDataDamaged
        the first line is not the header of a raw CSV, or the file cannot be read.
    """
    try:
        with open_regular(path) as stream:
            return header_of(path, stream.readline(_LONGEST_HEADER))
    except OSError as error:
        raise RawDataDamaged(path=path, reason=error.strerror or error) from error


def rearrange(tails: Sequence[bytes], names: Sequence[str], wanted: Sequence[str]) -> list[bytes]:
    """Return the text of attributes, the comma before them included, in the order of other columns.

    Parameters
    ----------
    tails
        the attributes of each row, as in `RawFile`.
    names
        the columns they have.
    wanted
        the columns to give them; what a file does not have stays empty.
    """
    position = {name: number for number, name in enumerate(names)}
    places = [position.get(name) for name in wanted]
    arranged = []
    for cells in split_cells([tail[1:] for tail in tails]):
        line = io.StringIO()
        # The leading empty cell makes the leading comma, and keeps a lone empty attribute from being quoted.
        row = ["", *("" if place is None else cells[place] for place in places)]
        csv.writer(line, lineterminator="").writerow(row)
        arranged.append(line.getvalue().encode())
    return arranged


def split_cells(lines: Sequence[bytes]) -> Iterator[list[str]]:
    """Yield the cells of each line of a raw CSV, as text; a line is what `RawFile` has of one."""
    if max(map(len, lines), default=0) <= csv.field_size_limit():
        # Of a lone cell that is empty Python makes an empty line, which has none.
        yield from (cells or [""] for cells in csv.reader(line.decode() for line in lines))
        return
    for line in lines:  # Python's reader takes no cell as long as this
        found = _CELL.finditer(line.decode())
        yield [cell[2] if cell[1] is None else cell[1].replace('""', '"') for cell in found]


def acquired(path: Path, text: bytes) -> datetime:
    """Return when a product was acquired, from the cell ``date`` of its rows.

    Raises
    ------
    RawDataDamaged
        that is no time at which a satellite may have looked.
    """
    try:
        date = datetime.fromisoformat(text.decode())
        if date.year not in ACQUISITION_YEARS or date.tzinfo is not None:
            raise ValueError(text)
    except ValueError as error:
        raise RawDataDamaged(
            path=path, reason=Phrase("'{text}' is not a date such as 2021-01-31", text=text.decode())
        ) from error
    return date


def check_text(path: Path, data: bytes) -> None:
    """Make sure that bytes are whole lines of text."""
    if not data:
        raise RawDataDamaged(path=path, reason=Phrase("it is empty"))
    if not data.endswith(b"\n"):
        raise RawDataDamaged(path=path, reason=Phrase("its last line is cut"))
    if b"\0" in data:
        raise RawDataDamaged(path=path, reason=Phrase("it holds NUL bytes"))
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise RawDataDamaged(path=path, reason=Phrase("it is not UTF-8")) from error


def split_header(path: Path, data: bytes) -> tuple[bytes, bytes]:
    """Return the first line of a raw CSV, for `header_of`, and the text of the others.

    Raises
    ------
    RawDataDamaged
        the first line is cut, or no text.
    """
    end = data.find(b"\n") + 1 or len(data)
    header = data[:end].replace(b"\r\n", b"\n")
    check_text(path, header)
    return header, data[end:]


def header_of(path: Path, line: bytes) -> tuple[str, ...]:
    """Return the names of the attribute columns from the first line of a raw CSV.

    Raises
    ------
    RawDataDamaged
        the line is not the header of a raw CSV.
    """
    try:
        names = next(csv.reader([line.decode()]), [])
    except UnicodeDecodeError as error:
        raise RawDataDamaged(path=path, reason=Phrase("it is not UTF-8")) from error
    except csv.Error:  # a line of a megabyte
        names = []
    if not line.endswith(b"\n") or tuple(names[: len(RESULT_COLUMNS)]) != RESULT_COLUMNS:
        raise RawDataDamaged(path=path, reason=Phrase("its first line is not the header of a raw CSV"))
    return tuple(names[len(RESULT_COLUMNS) :])


def find_cells(path: Path, text: np.ndarray, columns: int, first_line: int = 1) -> np.ndarray:
    """Return where each cell of whole lines ends, int64, shape (lines, columns).

    Raises
    ------
    RawDataDamaged
        a line has too many or too few cells, or a quote in the middle of one; lines count from ``first_line``.
    """
    is_newline = text == _NEWLINE
    separators = np.flatnonzero((text == _COMMA) | is_newline)
    has_quotes, has_returns = (text == _QUOTE).any(), (text == _RETURN).any()
    quotes = np.flatnonzero(text == _QUOTE) if has_quotes else np.empty(0, np.int64)
    if has_returns and (np.searchsorted(quotes, np.flatnonzero(text == _RETURN)) % 2 == 0).any():
        raise RawDataDamaged(path=path, reason=Phrase("a line ends in the middle"))
    if has_quotes:
        _check_quotes(path, text, quotes)
        if (np.searchsorted(quotes, np.flatnonzero(is_newline)) % 2).any():
            raise RawDataDamaged(path=path, reason=Phrase("a line ends in the middle"))
        # Inside quotes an odd number of quotes has gone before; a doubled quote does not change that.
        separators = separators[np.searchsorted(quotes, separators) % 2 == 0]
    if separators.size % columns == 0:
        ends = separators.reshape(-1, columns)
        if is_newline[ends[:, -1]].all() and np.count_nonzero(is_newline) == len(ends):
            return ends
    line = _first_wrong_line(text, separators, columns) + first_line
    raise RawDataDamaged(
        path=path,
        reason=Phrase("line {line} does not have the {columns} cells of the header", line=line, columns=columns),
    )


def _check_quotes(path: Path, text: np.ndarray, quotes: np.ndarray) -> None:
    """Refuse quotes that do not begin or end a cell and are not doubled inside of one: readers differ about them."""
    opening, closing = quotes[::2], quotes[1::2]
    doubled = np.diff(quotes) == 1
    opens = np.isin(text[opening - 1], (_COMMA, _NEWLINE))
    opens[1:] |= doubled[1::2]
    closes = np.isin(text.take(closing + 1, mode="clip"), (_COMMA, _NEWLINE))
    closes[: len(doubled[1::2])] |= doubled[1::2]
    if not (opens.all() and closes.all()):
        raise RawDataDamaged(path=path, reason=Phrase("there is a quote in the middle of a cell"))


def _first_wrong_line(text: np.ndarray, separators: np.ndarray, columns: int) -> int:
    cells = np.diff(np.flatnonzero(text[separators] == _NEWLINE), prepend=-1)
    wrong = np.flatnonzero(cells != columns)
    return int(wrong[0] if wrong.size else cells.size)


def parse_numbers(path: Path, name: str, text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Parse cells of one column; exact, as Python parses a float. NaN for what may be empty, and is.

    Raises
    ------
    RawDataDamaged
        one of them is not a number.
    """
    width = max(int((ends - begins).max()), len(b"nan"))
    if width <= _LONGEST_NUMBER:
        places = begins[:, np.newaxis] + np.arange(width)
        letters = np.where(places < ends[:, np.newaxis], text.take(places, mode="clip"), 0).astype(np.uint8)
        cells = letters.view(f"S{width}")[:, 0]
        empty = begins == ends
        cells[empty] = b"nan"
        try:
            values = cells.astype(np.float64)
        except ValueError:
            pass  # reported below, with the kinds of wrong number that can be parsed
        else:
            sound = np.abs(values) <= _LARGEST_NUMBER  # NaN and infinite are not
            if np.array_equal(sound, ~empty) and not (name in _REQUIRED and empty.any()):
                return values
    raise RawDataDamaged(path=path, reason=Phrase("column '{column}' holds a value that is not a number", column=name))


def check_values(path: Path, numbers: dict[str, np.ndarray]) -> None:
    """Make sure that there can be such zones, numbers of pixels and standard deviations.

    Raises
    ------
    RawDataDamaged
        there cannot.
    """
    fid = numbers["fid"]
    if (fid.astype(np.int64) != fid).any() or (fid < 0).any():
        raise RawDataDamaged(path=path, reason=Phrase("column 'fid' holds a value that is not a zone"))
    count, nodata = numbers["count"], numbers["nodata"]
    none = (count < 0) | (count + nodata == 0)
    for column, wrong in (("count", none), ("nodata", nodata < 0), ("std", numbers["std"] < 0)):
        if wrong.any():
            reason = Phrase("column '{column}' holds a value that cannot be", column=column)
            raise RawDataDamaged(path=path, reason=reason)


def csv_header(fields: Sequence[str]) -> str:
    """Return the first line of a raw CSV, given the names of the layer's attributes."""
    return ",".join([*RESULT_COLUMNS, *(_field(name) for name in attribute_columns(fields))]) + "\n"


def attribute_tails(attributes: Sequence[tuple[object, ...]]) -> list[str]:
    """Return the end of each zone's lines: its attributes, each with a comma before it, and the newline."""
    return ["".join(f",{_field(value)}" for value in values) + "\n" for values in attributes]


def to_csv(rows: Iterable[Row], header: str, tails: Sequence[str]) -> bytes:
    """Return the raw CSV of a product: UTF-8, comma, LF; floats in the shortest form that reads back exactly.

    Parameters
    ----------
    rows
        by zone.
    header
        from `csv_header`.
    tails
        from `attribute_tails`, one per zone of the layer.
    """
    lines = csv_lines(rows, tails)
    # As bytes some at a time: as texts the lines of a million zones take 400 MB more.
    batches = iter(lambda: "".join(islice(lines, _LINES_AT_ONCE)).encode(), b"")
    return b"".join([header.encode(), *batches])


def csv_lines(rows: Iterable[Row], tails: Sequence[str]) -> Iterator[str]:
    """Yield the line of each row; ``tails`` from `attribute_tails`, one per zone of the layer."""
    for date, zone, tile, name, count, nodata, cloudy, probability, *statistics in rows:
        start = f"{date},{zone},{tile},{name},{count},{nodata},{_number(cloudy)},{_number(probability)},"
        yield start + ",".join(map(repr, statistics)) + tails[zone]


def _number(value: object) -> str:
    return "" if value is None else repr(value)


def _field(value: object) -> str:
    """Return a value as a field: empty for none, quoted only where it must be."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if type(value) in (int, float):
        return str(value)
    text = clean_text(str(value))
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
