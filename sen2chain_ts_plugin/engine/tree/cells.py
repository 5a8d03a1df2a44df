"""Cells of CSV text found, read and put together by whole columns, without a Python object for each of them.

numpy leaves the interpreter free while it works, so that several threads do this at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_ZERO, _POINT = b"0."
_WORD = 8  # bytes, of which each may be a digit
# Behind every text, so that a window over its last cell ends inside.
PADDING = 1 << 12
_ROWS_AT_ONCE = 1 << 11
_EACH_ZERO = np.uint64(0x3030303030303030)
_UPPER_HALVES = np.uint64(0xF0F0F0F0F0F0F0F0)
_EACH_SIX = np.uint64(0x0606060606060606)
_LOWER_HALVES = np.uint64(0x0F0F0F0F0F0F0F0F)
# Of a word, the bytes that a cell of each size up to 8 has, the first byte of the text being the lowest one.
_KEPT = np.array([0, *(((1 << 64) - 1) >> (64 - 8 * size) << (64 - 8 * size) for size in range(1, 9))], np.uint64)
_FIRST_BYTES = np.array([(1 << (8 * size)) - 1 for size in range(8)], np.uint64)
_EACH_ONE = np.uint64(0x0101010101010101)
_TOP_BYTE = np.uint64(56)
_JOINS = tuple(
    (np.uint64(base), np.uint64(bits), np.uint64(mask))
    for base, bits, mask in ((10, 8, 0x00FF00FF00FF00FF), (100, 16, 0x0000FFFF0000FFFF), (10_000, 32, 0xFFFFFFFF))
)


@dataclass(frozen=True)
class Pieces:
    """A piece of text per row: where it begins and ends in a text that has `PADDING` behind it."""

    text: np.ndarray
    begins: np.ndarray
    ends: np.ndarray

    def of(self, rows: np.ndarray) -> Pieces:
        """Return the pieces of some rows."""
        return Pieces(self.text, self.begins[rows], self.ends[rows])

    def tolist(self) -> list[bytes]:
        """Return each piece."""
        view = memoryview(self.text.data)
        return [bytes(view[begin:end]) for begin, end in zip(self.begins.tolist(), self.ends.tolist())]

    def are_all(self, value: bytes) -> bool:
        """Tell whether each piece is a text."""
        if not (self.ends - self.begins == len(value)).all():
            return False
        if not value or not self.begins.size:
            return True
        found = _windows(self.text, len(value))[self.begins].view(np.uint8).reshape(-1, len(value))
        return bool((found == np.frombuffer(value, np.uint8)).all())


def padded(*texts: bytes) -> np.ndarray:
    """Return texts, put together, as an array of bytes with at least `PADDING` behind them, whole words in all."""
    size = sum(map(len, texts)) + PADDING
    return np.frombuffer(b"".join([*texts, bytes(PADDING + -size % _WORD)]), np.uint8)


def pieces_of(texts: Sequence[bytes]) -> Pieces:
    """Return texts as pieces of one."""
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return Pieces(padded(*texts), np.concatenate([[0], ends[:-1]])[: ends.size], ends)


def whole_numbers(text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of cells with up to 8 digits, float64, and which cells are such: ``8``, ``8.0``."""
    values, known = _digits(text, begins, ends)
    others = np.flatnonzero(~known)
    if others.size:
        # Sen2Chain writes 8.0 where it means 8.
        before = ends[others] - len(".0")
        as_float = (text[before] == _POINT) & (text[before + 1] == _ZERO)
        others = others[as_float]
        values[others], known[others] = _digits(text, begins[others], before[as_float])
    return values, known


def _digits(text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sizes = ends - begins
    known = (sizes > 0) & (sizes <= _WORD) & (ends >= _WORD)
    # All letters before a cell in the 8 bytes up to its end become zeros.
    words = _words(text)[np.maximum(ends - _WORD, 0)]
    kept = _KEPT[np.minimum(np.maximum(sizes, 0), _WORD)]
    words &= kept
    words |= _EACH_ZERO & ~kept
    # A letter is a digit when the upper half of its byte is that of 0, and still is with 6 added.
    known &= ((words & _UPPER_HALVES) == _EACH_ZERO) & (((words + _EACH_SIX) & _UPPER_HALVES) == _EACH_ZERO)
    words &= _LOWER_HALVES
    # Neighbours are joined: digits to pairs, pairs to fours, fours to eight.
    for base, bits, mask in _JOINS:
        upper = words >> bits
        words *= base
        words += upper
        words &= mask
    return words.astype(np.float64), known


class RunningSum:
    """Sums of the bytes before places of an array, each what is left of it in a byte.

    numpy's own running sum takes a byte at a time; here eight are added at once, and of the last eight a part.

    Parameters
    ----------
    values
        uint8; as many as a `padded` text has.
    """

    def __init__(self, values: np.ndarray) -> None:
        self._words = values.view("<u8")
        self._before = np.zeros(self._words.size + 1, np.uint8)
        np.cumsum((self._words * _EACH_ONE) >> _TOP_BYTE, dtype=np.uint8, out=self._before[1:])

    def before(self, places: np.ndarray) -> np.ndarray:
        """Return the sum of all values before each place, uint8."""
        word, left = places >> 3, places & (_WORD - 1)
        rest = (self._words[word] & _FIRST_BYTES[left]) * _EACH_ONE >> _TOP_BYTE
        total: np.ndarray = self._before[word] + rest.astype(np.uint8)
        return total


def letters(text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return cells, the longest less than `PADDING`, as an array of byte strings that can also hold ``nan``."""
    width = max(int((ends - begins).max(initial=0)), len(b"nan"))
    cells = _windows(text, width)[begins].view(np.uint8).reshape(begins.size, width)
    cells[np.arange(width) >= (ends - begins)[:, np.newaxis]] = 0
    strings: np.ndarray = cells.view(f"S{width}")[:, 0]
    return strings


@dataclass(frozen=True)
class Lines:
    """Lines of text, and how many bytes each has."""

    text: bytes
    sizes: np.ndarray

    @classmethod
    def of(cls, lines: Sequence[bytes]) -> Lines:
        """Put lines together."""
        return cls(b"".join(lines), np.fromiter(map(len, lines), np.int64, len(lines)))

    def split(self, numbers: Sequence[int]) -> Iterator[Lines]:
        """Yield so many lines, then so many further ones."""
        ends = np.cumsum(self.sizes)
        first = begin = 0
        for number in numbers:
            last = first + number
            end = int(ends[last - 1]) if last else 0
            yield Lines(self.text[begin:end], self.sizes[first:last])
            first, begin = last, end

    def numbered(self, numbers: np.ndarray) -> Lines:
        """Return the lines with a number and a comma before each."""
        ends = np.cumsum(self.sizes)
        rest = Pieces(padded(self.text), ends - self.sizes, ends)
        return join_rows([pieces_of([b"%d," % number for number in numbers.tolist()]), rest], np.arange(ends.size))


def join_rows(columns: Sequence[bytes | Pieces], rows: np.ndarray) -> Lines:
    """Return rows as lines: of each row its pieces, and texts that all rows have, next to each other.

    Parameters
    ----------
    columns
        `Pieces`, one per row that there is, and texts.
    rows
        positions of the rows, in the order in which to join them.
    """
    texts = []
    sizes = np.zeros(rows.size, np.int64)
    for begin in range(0, rows.size, _ROWS_AT_ONCE):
        part = rows[begin : begin + _ROWS_AT_ONCE]
        mine = [column if isinstance(column, bytes) else column.of(part) for column in columns]
        widths = []
        for column in mine:
            width: Any = len(column) if isinstance(column, bytes) else column.ends - column.begins
            sizes[begin : begin + part.size] += width
            widths.append(int(np.max(width)))
        texts.append(_joined(mine, widths, part.size) if sum(widths) < PADDING else _joined_singly(mine, part.size))
    return Lines(b"".join(texts), sizes)


def _joined(columns: Sequence[bytes | Pieces], widths: Sequence[int], rows: int) -> bytes:
    """Write each column behind the one before it, as wide as its widest piece, and take what each row has in the end.

    What a piece brings along that is not its own is written over by the next column; no row reaches into the next one.
    """
    room = sum(widths)
    table = np.empty(rows * room, np.uint8)
    begins = ends = np.arange(rows, dtype=np.int64) * room
    for column, width in zip(columns, widths):
        if not width:
            continue
        if isinstance(column, bytes):
            _windows(table, width)[ends] = np.frombuffer(column, f"V{width}")
            ends = ends + width
        else:
            _windows(table, width)[ends] = _windows(column.text, width)[column.begins]
            ends = ends + column.ends - column.begins
    text = table.tobytes()
    return b"".join([text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist())])


def _joined_singly(columns: Sequence[bytes | Pieces], rows: int) -> bytes:
    """Join rows that have a very long piece among them."""
    texts = [[column] * rows if isinstance(column, bytes) else column.tolist() for column in columns]
    return b"".join([text for row in zip(*texts) for text in row])


def _windows(text: np.ndarray, width: int) -> np.ndarray:
    """Return the bytes of a text from each place on, so many of them."""
    return np.ndarray((text.size - width + 1,), f"V{width}", text.data, strides=(1,))


def _words(text: np.ndarray) -> np.ndarray:
    return np.ndarray((text.size - _WORD + 1,), "<u8", text.data, strides=(1,))
