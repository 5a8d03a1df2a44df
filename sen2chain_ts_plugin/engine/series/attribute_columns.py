"""The attribute columns of raw files that need not agree: Sen2Chain cuts names to ten characters, we do not."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import unique_names
from ..tree.columns import RESULT_COLUMNS
from ..tree.raw_csv import rearrange
from ..tree.raw_rows import RawRows

# What a shapefile leaves of a column's name: so many bytes, or so many characters and a number.
_CUT_NAME = 10
_KEPT_OF_IT = 8


class AttributeColumns:
    """The attribute columns that rows get, of files that may have different ones.

    Parameters
    ----------
    headers
        the attribute columns of each kind of file.
    reserved
        names of columns that are added later: an attribute named like one gets another name.
    """

    def __init__(self, headers: Sequence[tuple[str, ...]], reserved: Sequence[str]) -> None:
        self._whole = whole_names(headers)
        self._wanted = list(dict.fromkeys(name for header in self._whole.values() for name in header))
        self.columns = (
            *RESULT_COLUMNS[1:],
            "completeness",
            *unique_names(self._wanted, (*RESULT_COLUMNS, "completeness", *reserved)),
        )

    def arranged(self, attributes: tuple[str, ...], rows: RawRows) -> RawRows:
        """Return rows with their attributes in the order of all."""
        names = self._whole[attributes]
        if list(names) == self._wanted or not len(rows):
            return rows
        return rows.with_tails(rearrange(rows.tails.tolist(), names, self._wanted))


def whole_names(headers: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Map the attribute columns of each kind of file to the names to use: whole ones, where another kind has them."""
    return {
        header: next((other for other in headers if other != header and is_cut(header, other)), header)
        for header in headers
    }


def is_cut(names: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether some names are cut as GDAL cuts them for a shapefile (``a_long_nam``, or ``a_long_n_1``)."""
    return len(names) == len(whole) and all(
        name == full or (len(name.encode()) <= _CUT_NAME < len(full.encode()) and full.startswith(name[:_KEPT_OF_IT]))
        for name, full in zip(names, whole)
    )
