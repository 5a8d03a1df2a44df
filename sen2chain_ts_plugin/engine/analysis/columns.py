"""Results as columns of arrays, and these as CSV text or as a table of pandas.

A column's dtype says what it holds and how it is written: datetime64[D] as ``YYYY-MM-DD``, floats as the shortest text
that reads back, integers as they are (`Whole` where some are missing), anything else as text. What is missing is an
empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from .periods import day_texts

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, Any]
ZONE = "fid"
_ROWS_AT_ONCE = 1 << 14


def length(columns: Mapping[str, Any]) -> int:
    """Return the number of rows."""
    return len(next(iter(columns.values())))


def dates(days: np.ndarray) -> np.ndarray:
    """Return days, counted from 1970-01-01, as a column of dates."""
    column: np.ndarray = np.asarray(days, np.int64).astype("datetime64[D]")
    return column


@dataclass(frozen=True)
class Whole:
    """A column of integers that are not all known; of sums of shares of pixels, of floats."""

    values: np.ndarray
    known: np.ndarray

    def __len__(self) -> int:
        return int(self.values.size)

    def __getitem__(self, some: slice) -> Whole:
        return Whole(self.values[some], self.known[some])

    @property
    def has_shares(self) -> bool:
        """Whether there are sums of shares of pixels among the values."""
        return bool(self.values.dtype.kind == "f")

    def tolist(self) -> list[Any]:
        """Return the values; None for those that are not known."""
        values = self.values.tolist()
        if self.has_shares:
            values = [int(value) if value.is_integer() else value for value in values]
        return [value if known else None for value, known in zip(values, self.known.tolist())]


def whole(values: np.ndarray, known: np.ndarray) -> Whole:
    """Return whole numbers, of any dtype, as a column of integers; sums of shares of pixels stay what they are."""
    filled = np.where(known, values, 0)
    integers = filled.astype(np.int64)
    return Whole(integers if (integers == filled).all() else filled, known)


def joined(tables: Sequence[Columns]) -> Columns:
    """Return the rows of tables with the same columns as one."""
    if len(tables) == 1:
        return tables[0]
    return {name: _joined([table[name] for table in tables]) for name in tables[0]}


def _joined(columns: Sequence[Any]) -> Any:
    if isinstance(columns[0], Whole):
        return Whole(*(np.concatenate([getattr(column, part) for column in columns]) for part in ("values", "known")))
    if isinstance(columns[0], np.ndarray):
        return np.concatenate(columns)
    return [value for column in columns for value in column]


def csv_pieces(columns: Mapping[str, Any], tails: Mapping[int, str] | None) -> Iterator[bytes]:
    """Yield the lines of a CSV file.

    Parameters
    ----------
    columns
        of one length.
    tails
        of each zone the text of its attributes with the comma before them; None for a file without attributes.
    """
    for begin in range(0, length(columns), _ROWS_AT_ONCE):
        some = slice(begin, begin + _ROWS_AT_ONCE)
        cells = [_texts(column[some]) for column in columns.values()]
        lines = [",".join(row) for row in zip(*cells)]
        if tails is not None:
            lines = [line + tails[zone] for line, zone in zip(lines, columns[ZONE][some].tolist())]
        yield ("\n".join(lines) + "\n").encode()


def rows_of(columns: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as plain values; None for what is missing."""
    return zip(*(_plain(column) for column in columns.values()))


def to_frame(columns: Mapping[str, Any], zones: Sequence[Any], pd: Any) -> pd.DataFrame:
    """Return a table of pandas; ``fid``, which counts the zones, becomes ``zone``, their names."""
    table = {}
    for name, column in columns.items():
        if name == ZONE:
            table["zone"] = np.asarray(zones)[column]
        elif isinstance(column, Whole):
            table[name] = pd.array(column.tolist(), dtype="Float64" if column.has_shares else "Int64")
        else:
            table[name] = column.astype("datetime64[ns]") if _is_dates(column) else column
    return pd.DataFrame(table)


def _is_dates(column: Any) -> bool:
    return isinstance(column, np.ndarray) and column.dtype.kind == "M"


def _texts(column: Any) -> list[str]:
    if isinstance(column, Whole):
        return ["" if value is None else str(value) for value in column.tolist()]
    if _is_dates(column):
        missing = np.isnat(column)
        texts = day_texts(np.where(missing, np.datetime64(0, "D"), column))
        return ["" if empty else text for text, empty in zip(texts, missing.tolist())] if missing.any() else texts
    if isinstance(column, np.ndarray):
        values = column.tolist()
        if column.dtype.kind == "f":
            return ["" if isnan(value) else repr(value) for value in values]
        return list(map(str, values))
    return list(column)


def _plain(column: Any) -> list[Any]:
    if isinstance(column, np.ndarray) and column.dtype.kind == "f":
        return [None if isnan(value) else value for value in column.tolist()]
    return list(column.tolist() if isinstance(column, (np.ndarray, Whole)) else column)
