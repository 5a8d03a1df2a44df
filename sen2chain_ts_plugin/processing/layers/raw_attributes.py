"""The attributes of a tree's zones as its raw files have them: a shapefile rounds numbers, and knows no yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from qgis.core import QgsField
from qgis.PyQt.QtCore import QDate, QMetaType

from ...engine.errors import RawDataDamaged
from ...engine.series.best_rows import BestRows
from ...engine.tree.layout import Tree
from ...engine.tree.raw_csv import folders, raw_files, split_cells
from ...engine.tree.raw_rows import read_raw
from ..support.compat import is_null, make_field

_LARGEST = 2**63
_BOOLEANS = {"True": True, "False": False}
# Raw files looked into for a value of each attribute; most have one of every zone.
_LOOKED_INTO = 20


class RawAttributes:
    """How the text of attributes becomes the values of a table's fields.

    Parameters
    ----------
    tree
        whose raw files are asked what a field of text means.
    fields
        of the shapefile, under the names of the raw files.
    records
        the values in the shapefile, for what a raw file has not: one list per zone.
    """

    def __init__(self, tree: Tree, fields: Sequence[QgsField], records: Sequence[Sequence[Any]]) -> None:
        self._records = records
        self._names = [field.name() for field in fields]
        truth = [number for number, field in enumerate(fields) if _may_be_truth(field, number, records)]
        known = _first_texts(tree, [self._names[number] for number in truth]) if truth else {}
        self.fields: list[QgsField] = []
        self._kinds: list[str] = []
        for number, field in enumerate(fields):
            is_truth = number in truth and known.get(self._names[number], "") in _BOOLEANS
            kind = "truth" if is_truth else _kind(field, number, records)
            self._kinds.append(kind)
            self.fields.append(make_field(field.name(), kind) if kind in ("int", "float", "text", "truth") else field)

    def of(self, series: BestRows) -> Iterable[list[Any]]:
        """Yield the attributes of each row."""
        position = {name: number for number, name in enumerate(series.attributes)}
        places = [position.get(name) for name in self._names]
        known: dict[tuple[int, bytes], list[Any]] = {}  # most rows of a zone have the same
        tails = series.tails.of(np.arange(len(series))).tolist()
        for zone, tail in zip(series.fid.tolist(), tails):
            key = (int(zone), tail)
            if key not in known:
                (cells,) = split_cells([tail[1:]]) if places else ([],)
                known[key] = [self._value(number, place, cells, int(zone)) for number, place in enumerate(places)]
            yield known[key]

    def _value(self, number: int, place: int | None, cells: Sequence[str], zone: int) -> Any:
        recorded = self._records[zone][number] if zone < len(self._records) else None
        if place is None:
            return recorded
        text = cells[place]
        if not text:
            return None
        with suppress(ValueError, KeyError, OverflowError):
            return _CONVERT[self._kinds[number]](text)
        return recorded


def _whole(text: str) -> int:
    """Return a whole number, which Sen2Chain may have written as a float."""
    try:
        return int(text)
    except ValueError:
        number = float(text)
        if number != int(number):
            raise
        return int(number)


def _day(text: str) -> QDate:
    day = QDate.fromString(text, "yyyy-MM-dd")
    if not day.isValid():
        raise ValueError(text)
    return day


_CONVERT: dict[str, Any] = {
    "int": _whole,
    "float": float,
    "text": str,
    "truth": _BOOLEANS.__getitem__,
    "date": _day,
}


def _is_text(field: QgsField) -> bool:
    return bool(field.type() == QMetaType.Type.QString)


def _kind(field: QgsField, number: int, records: Sequence[Sequence[Any]]) -> str:
    if field.isNumeric():
        # A table of dBASE says how many decimals; without any it is whole, however long: QGIS takes a long one for a
        # float.
        values = [record[number] for record in records if not is_null(record[number])]
        if field.precision() > 0:
            return "float"
        return "int" if all(abs(value) < _LARGEST for value in values) else "text"
    if field.type() == QMetaType.Type.QDate:
        return "date"
    return "text"


def _may_be_truth(field: QgsField, number: int, records: Sequence[Sequence[Any]]) -> bool:
    if not _is_text(field):
        return bool(field.type() == QMetaType.Type.Bool)
    values = {record[number] for record in records if not is_null(record[number])} - {""}
    return bool(values) and values <= {"true", "false"}


def _first_texts(tree: Tree, names: Sequence[str]) -> dict[str, str]:
    """Return some text that the raw files have of each attribute."""
    found: dict[str, str] = {}
    root = tree.folder / "raw_data"
    places = [root / index / mask for index in folders(root) for mask in folders(root / index)]
    paths = [path for place in places for path in raw_files(place)]
    for path in paths[:_LOOKED_INTO]:
        with suppress(RawDataDamaged):
            raw = read_raw(path)
            tails = raw.rows.tails.of(np.arange(len(raw.rows))).tolist() if raw.attributes else []
            for cells in split_cells([tail[1:] for tail in tails]):
                found.update({name: text for name, text in zip(raw.attributes, cells) if text and name in names})
        if found.keys() >= set(names):
            break
    return found
