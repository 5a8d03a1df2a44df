"""The attributes of the zones of a layer: a million rows as text, not as a hundred million bytes of small objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

_Row = tuple[object, ...]
# Rows to a page: enough that Python's cost of a page does not count, few enough to hold one as objects.
_PAGE = 1024


class Attributes(Sequence[_Row]):
    """One row of values per zone: str, int, float, bool or None, which JSON gives back as they were.

    Rows are read by page; those that follow each other cost little.
    """

    def __init__(self, rows: Iterable[_Row] = ()) -> None:
        self._pages: list[bytes] = []
        self._last: list[_Row] = []
        self._shown: tuple[int, list[_Row]] = (-1, [])
        for row in rows:
            self.add(row)

    def add(self, row: _Row) -> None:
        """Take in the row of the next zone."""
        self._last.append(row)
        if len(self._last) == _PAGE:
            self._pages.append(json.dumps(self._last, separators=(",", ":")).encode())
            self._last = []

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._pages) * _PAGE + len(self._last)

    @overload
    def __getitem__(self, zone: int) -> _Row: ...
    @overload
    def __getitem__(self, zone: slice) -> list[_Row]: ...

    def __getitem__(self, zone: int | slice) -> _Row | list[_Row]:
        """Return the row of a zone, or of some zones."""
        if isinstance(zone, slice):
            return [self[each] for each in range(len(self))[zone]]
        page, place = divmod(range(len(self))[zone], _PAGE)
        number, rows = self._shown
        if number != page:
            rows = self._rows(page)
            self._shown = (page, rows)
        return rows[place]

    def __iter__(self) -> Iterator[_Row]:
        """Yield each row."""
        for page in range(len(self._pages) + 1):
            yield from self._rows(page)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self)!r})"

    def have(self, character: str) -> bool:
        """Tell whether a text among them has a character that is not ASCII."""
        escaped = json.dumps(character).strip('"').encode()
        pages = [number for number, page in enumerate(self._pages) if escaped in page]
        rows = (row for page in (*pages, len(self._pages)) for row in self._rows(page))
        texts = (value for row in rows for value in row)
        return any(isinstance(text, str) and character in text for text in texts)

    def _rows(self, page: int) -> list[_Row]:
        return self._last if page == len(self._pages) else list(map(tuple, json.loads(self._pages[page])))
