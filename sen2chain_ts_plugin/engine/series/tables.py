"""Results as pandas DataFrames: the rows of an extraction, and the files of a compile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..arrays import NDArray
from ..choices import STATISTICS
from ..errors import NotCompiled, PandasMissing
from ..files import is_file, open_regular
from ..install import install_line
from ..library import cloudmask as cloudmasks
from ..tree.columns import RESULT_COLUMNS, SMOOTH_COLUMNS
from ..tree.layout import open_tree
from ..tree.raw_csv import raw_files
from ..tree.raw_rows import read_raw

if TYPE_CHECKING:
    import pandas as pd

# Of pixels that belong to zones by shares the first ones are floats.
_AMOUNTS = ("count", "nodata", "nbcld", "pixel_tot")
_WHOLE = ("fid", *_AMOUNTS, *(name for name, kind in STATISTICS.items() if kind is int), "valid")
_WORDS = ("tile", "filename")
_DEVIATIONS = ("MAE", "RMSE", "MAPE")
# What is a number and nothing else: a code 00123 stays the text that it is.
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")


def read_table(path: Path | str) -> pd.DataFrame:
    """Read a CSV that extract, compile or timeseries wrote, or Sen2Chain.

    Parameters
    ----------
    path
        Path of the file.

    Returns
    -------
    pandas.DataFrame
        ``date`` as datetime64; numbers of zones and pixels, ``min`` and ``max`` as Int64 (empty cells are NA; sums of
        shares of pixels as float64); the other statistics as float64, in the unit of the raster (index x 10 000),
        ``cldprb`` in percent; names and periods as text. An attribute, whatever its name, is a number when each of its
        cells is one and would be written the same way.

    Raises
    ------
    PandasMissing
        If pandas is not installed.
    OSError
        If the file cannot be read.
    """
    pd = _pandas()
    text = _text(Path(path), pd)
    if len(text.columns) and text.columns[0] == "Unnamed: 0":  # smoothed files number their rows there
        text = text.iloc[:, 1:]
    of_compile = _columns_of_compile(list(text.columns))
    columns = {}
    for name in text.columns:
        cells = text[name].to_numpy(object)
        if name == "year" and of_compile and ((cells == "") | (cells == text["date"].str[:4].to_numpy(object))).all():
            columns[name] = _filled(cells, cells == "", None)  # the period, not an attribute: text as the others
        else:
            known = name in RESULT_COLUMNS or (
                name in of_compile and _are_numbers(cells, whole=name in _WHOLE and name not in _AMOUNTS)
            )
            columns[name] = _typed(name, cells, pd, known=known)
    return pd.DataFrame(columns, index=text.index, columns=text.columns)


def read_rows(extraction: Path | str, index: str, cloudmask: str) -> pd.DataFrame:
    """Read the rows of an extraction for an index and a cloud mask: a row per zone and product, by date and zone.

    Parameters
    ----------
    extraction
        Path of the extraction, ``<name>_<checksum>``.
    index, cloudmask
        Names of the index and the mask, as in ``NDVI`` and ``CM001``.

    Returns
    -------
    pandas.DataFrame
        The rows, in the columns of `read_table`; without rows, the columns alone.

    Raises
    ------
    RawDataDamaged
        If a raw CSV is cut or otherwise damaged. The message names it. Compile leaves such files out and continues.
    NotAnExtraction, FolderUnreadable, UnknownCloudMask, PandasMissing
        See the message.
    """
    pd = _pandas()
    tree = open_tree(Path(extraction))
    paths = raw_files(tree.raw_folder(index, cloudmasks.parse(cloudmask).folder))
    if not paths:
        return pd.DataFrame(columns=list(RESULT_COLUMNS))
    tables = []
    for path in paths:
        read_raw(path)  # pandas takes a cut file for a whole one
        table = _text(path, pd)
        for name in RESULT_COLUMNS:
            table[name] = _typed(name, table[name].to_numpy(object), pd, known=True)
        tables.append(table)
    rows = pd.concat(tables, ignore_index=True)
    # All rows together tell what an attribute is: codes that are numbers on one date only are text on every date.
    for name in rows.columns.difference(RESULT_COLUMNS, sort=False):
        rows[name] = _typed(name, rows[name].fillna("").to_numpy(object), pd, known=False)
    return rows.sort_values(["date", "fid", "filename"], kind="stable", ignore_index=True)


def read_compiled(
    extraction: Path | str, index: str, cloudmask: str, *, smooth: bool = False, cover_max: int = 100
) -> pd.DataFrame:
    """Read the time series that compile made: the best row per zone and date, by zone and date.

    Parameters
    ----------
    extraction
        Path of the extraction, ``<name>_<checksum>``.
    index, cloudmask
        Names of the index and the mask, as in ``NDVI`` and ``CM001``.
    smooth
        Whether to read the smoothed series instead: a row every 5 days, ``smoothed`` in index values (0.5, not 5000).
    cover_max
        Maximum cloud cover that the compile was asked for, which is part of the file's name.

    Returns
    -------
    pandas.DataFrame
        The rows, in the columns of `read_table`.

    Raises
    ------
    NotCompiled
        If there is no such file.
    NotAnExtraction, UnknownCloudMask, PandasMissing
        See the message.
    """
    tree = open_tree(Path(extraction))
    folder = tree.compiled_folder(index, cloudmasks.parse(cloudmask).folder) / "all_data"
    path = folder / f"{tree.name}_CC{cover_max}_{index}_all_data{'_smooth' if smooth else ''}.csv"
    if not is_file(path):
        raise NotCompiled(path=path)
    return read_table(path)


def _pandas() -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise PandasMissing(reason=error, install=install_line("pandas")) from error
    return pd


def _text(path: Path, pd: Any) -> pd.DataFrame:
    """Return a file with its cells as they are written."""
    with open_regular(path) as stream:
        return pd.read_csv(stream, dtype=str, keep_default_na=False, encoding="utf-8")


def _columns_of_compile(header: list[str]) -> set[str]:
    """Return the names of the columns of numbers that are compile's own, by their place."""
    if tuple(header) == ("indice", "fid", *_DEVIATIONS):
        return set(_DEVIATIONS)
    results = len(RESULT_COLUMNS)
    if header[results : results + 1] != ["completeness"]:
        return set()
    smoothed = SMOOTH_COLUMNS if tuple(header[-len(SMOOTH_COLUMNS) :]) == SMOOTH_COLUMNS else ()
    return {"completeness", *smoothed}


def _are_numbers(cells: NDArray[Any], *, whole: bool) -> bool:
    """Tell whether all cells are numbers or empty, as in a column of compile's; an attribute may just be named so."""
    try:
        numbers = _filled(cells, cells == "", "nan").astype(np.float64)
    except ValueError:
        return False
    return not whole or _are_whole(numbers)


def _are_whole(numbers: NDArray[np.float64]) -> bool:
    return bool((np.isnan(numbers) | (numbers % 1 == 0)).all())


def _typed(name: str, cells: NDArray[Any], pd: Any, *, known: bool) -> Any:
    """Return the cells of a column, which are texts, as what they stand for; ``known``: by its name."""
    empty = cells == ""
    if known and name == "date":
        return pd.to_datetime(pd.Series(_filled(cells, empty, None)))
    if known and name in _WORDS:
        return _filled(cells, empty, None)
    filled = cells[~empty]
    if not known and (not filled.size or not all(map(_NUMBER.fullmatch, filled))):
        return _filled(cells, empty, None)
    # numpy parses a float as Python does: it is the one that was written.
    numbers = _filled(cells, empty, "nan").astype(np.float64)
    if known and name in _WHOLE and (name not in _AMOUNTS or _are_whole(numbers)):  # Sen2Chain writes them as floats
        return pd.Series(numbers).astype("Int64")
    if not known and all(map(_INTEGER.fullmatch, filled)):
        whole = _filled(cells, empty, "0").astype(np.int64)
        return pd.Series(whole).astype("Int64").mask(empty) if empty.any() else whole
    return numbers


def _filled(cells: NDArray[Any], empty: NDArray[np.bool_], value: object) -> NDArray[Any]:
    """Return the cells with another value where they are empty."""
    result = cells.copy()
    result[empty] = value
    return result
