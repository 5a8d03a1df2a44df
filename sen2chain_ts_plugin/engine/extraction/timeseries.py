"""Time series straight from a library: one CSV per index, the best row per zone and date, no tree.

The rows of every product wait in one scratch file until all are there, so that memory does not grow with their number.
Source of the file's name, columns and order: Sen2Chain 1.4.1 (``TimeSeries.to_csv``).
"""

from __future__ import annotations

import contextlib
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..arrays import NDArray
from ..choices import FRACTION, STATISTICS
from ..errors import FileInUse, WriteFailed
from ..feedback import Feedback, Logged
from ..files import is_file, make_folder, write_all, write_atomic
from ..library.folders import Library
from ..library.index_product import IndexProduct
from ..library.selection import Selection
from ..locks import locked
from ..text import safe_name
from ..tree.columns import Row
from ..tree.raw_csv import attribute_tails, csv_header, csv_lines
from ..workers.executor import Executor
from ..workers.threads import ThreadExecutor
from ..zones.layer import ZoneLayer
from ..zones.pixel_options import CENTRE_OPTIONS, PixelOptions
from .rows import ProductRows
from .run import ItemResult, measure, meet_products

# Rows sorted and written at once: bounds the memory to about 500 bytes for each.
_ROWS_AT_ONCE = 200_000
_STORED = np.dtype(
    [
        ("zone", np.int64),
        *((name, np.float64) for name in ("count", "nodata", "cloudy", "probability")),
        *((name, np.int64 if kind is int else np.float64) for name, kind in STATISTICS.items()),
        ("product", np.int64),
    ]
)


@dataclass
class TimeSeriesFiles:
    """The files of a run.

    Attributes
    ----------
    folder
        Folder of the files.
    files
        Paths of the files, one per index that has rows.
    rows
        Number of rows in all files together.
    failed
        Number of products that could not be read. Each is named in the log.
    """

    folder: Path
    files: list[Path] = field(default_factory=list)
    rows: int = 0
    failed: int = 0


def write_timeseries(
    library: Library,
    layer: ZoneLayer,
    selection: Selection,
    output: Path,
    executor: Executor | None = None,
    feedback: Feedback | None = None,
    *,
    receive: Callable[[list[Row]], object] | None = None,
    pixels: PixelOptions = CENTRE_OPTIONS,
) -> TimeSeriesFiles:
    """Write ``<output>/<name>/<name>_<INDEX>_<first date>_<last date>.csv`` for each index that has rows.

    Of several rows of one zone and date, the one with most valid pixels is kept, then the one with the smallest
    standard deviation, then that of the greatest file name.

    Parameters
    ----------
    library, layer
        Library of the products, and the zones.
    selection
        The products to read, with one cloud mask.
    output
        Folder in which a folder named like the layer is made.
    executor
        Workers that read the rasters. None for a thread per processor core, up to 8. The result does not depend on it.
    feedback
        Receiver of progress and messages, asked for cancel. None: warnings and errors are logged. A product that fails
        is named, by its masked file, through ``feedback.error``.
    receive
        Function that is called with the rows of each file, in order.
    pixels
        Which pixels belong to a zone, and the buffer, see `extract.extract`.

    Returns
    -------
    TimeSeriesFiles
        The folder, its files, and the numbers of rows and of failed products.

    Raises
    ------
    CloudMaskAbsent, LayerEmpty, LayerMeetsNoTile, AllZonesVanish
        If there is nothing to work on.
    FractionNeedsPolygons, PixelsInMaskName, BufferFailed, BufferToolMissing
        If ``pixels`` is not possible here.
    FolderLocked
        If another run writes this folder.
    WriteFailed, LeadsOutside, Cancelled
        If a file cannot be written, or the user asks to stop. A file of an earlier run stays as it was.
    """
    executor, feedback = executor or ThreadExecutor(), feedback or Logged()
    work = meet_products(library, layer, selection, pixels, feedback)
    name = safe_name(work.layer.name)
    series = TimeSeriesFiles(output / name)
    make_folder(series.folder)
    with locked(series.folder), contextlib.ExitStack() as stack:
        number = float if pixels.pixels == FRACTION else int
        stores = {index: _Store(stack.enter_context(_scratch_file()), number) for index in selection.indices}
        measurements = measure(library, work.layer, work.products, executor, feedback, pixels.rule)
        stack.callback(measurements.close)
        series.failed = work.unusable + _gather(measurements, len(work.products), stores, feedback)
        header, tails = csv_header(work.layer.fields), attribute_tails(work.layer.attributes)
        for index, store in stores.items():
            path = series.folder / f"{name}_{index}_{selection.date_min}_{selection.date_max}.csv"
            if not store.size:
                _say_no_row(index, path, feedback)
                continue
            rows = _Counted(store.best_rows(), receive)
            _write(path, rows, _encode(header, rows, tails), series, feedback)
    return series


def _write(path: Path, rows: _Counted, content: Iterator[bytes], series: TimeSeriesFiles, feedback: Feedback) -> None:
    """Write the file of an index, unless somebody has it open, and count its rows."""
    try:
        write_atomic(path, content, series.folder)
    except FileInUse as error:
        feedback.error("{reason}", reason=error)
        return
    series.files.append(path)
    series.rows += rows.number
    feedback.info("{file}, rows: {rows}", file=path, rows=rows.number)


def _say_no_row(index: str, path: Path, feedback: Feedback) -> None:
    feedback.info("No row for {index}: no file.", index=index)
    if is_file(path):
        feedback.warning("{path} is of an earlier run: it stays as it is.", path=path)


def _encode(header: str, batches: Iterable[list[Row]], tails: Sequence[str]) -> Iterator[bytes]:
    yield header.encode()
    for rows in batches:
        yield "".join(csv_lines(rows, tails)).encode()


def _gather(measurements: Iterable[ItemResult], products: int, stores: dict[str, _Store], feedback: Feedback) -> int:
    """Store what each product gave as it comes; return how many failed."""
    failed = 0
    for number, measured in enumerate(measurements, 1):
        if measured.rows is None:
            failed += 1
            continue
        stores[measured.item.index].add(measured.item, measured.rows)
        feedback.info(
            "Product {done} of {all}: {file}, rows: {rows}",
            done=number, all=products, file=measured.item.filename, rows=len(measured.rows),
        )  # fmt: skip
    return failed


class _Counted:
    """Portions of rows on their way to the file, shown to `receive` and counted."""

    def __init__(self, batches: Iterable[list[Row]], receive: Callable[[list[Row]], object] | None) -> None:
        self._batches = batches
        self._receive = receive
        self.number = 0

    def __iter__(self) -> Iterator[list[Row]]:
        for rows in self._batches:
            self.number += len(rows)
            if self._receive is not None:
                self._receive(rows)
            yield rows


def _scratch_file() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(buffering=0)
    except OSError as error:
        raise _no_scratch(error) from error


def _no_scratch(error: OSError) -> WriteFailed:
    # A scratch file has no name; where there is no folder for them, that is the reason.
    folder = tempfile.tempdir or os.environ.get("TMPDIR", "TMPDIR")
    return WriteFailed(path=folder, reason=error.strerror or error)


class _Store:
    """The rows of one index, product after product, in a scratch file."""

    def __init__(self, file: IO[bytes], number: type[int | float]) -> None:
        self._file = file
        # Pixels are counted, or sums of shares.
        self._number = number
        self._products: list[IndexProduct] = []
        self._ends: list[int] = [0]
        self._rows_of_zone = np.zeros(0, np.int64)

    @property
    def size(self) -> int:
        """The number of rows."""
        return self._ends[-1]

    def add(self, item: IndexProduct, rows: ProductRows) -> None:
        """Keep the rows of a product.

        Raises
        ------
        WriteFailed
            there is no room for them.
        """
        if not len(rows):
            return
        stored = np.zeros(len(rows), _STORED)
        stored["zone"], stored["product"] = rows.zone, len(self._products)
        stored["count"], stored["nodata"] = rows.count, rows.nodata
        stored["cloudy"] = np.nan if rows.cloudy is None else rows.cloudy
        stored["probability"] = np.nan if rows.probability is None else rows.probability
        for name, values in rows.statistics.items():
            stored[name] = values
        try:
            write_all(self._file.fileno(), stored.tobytes())
        except OSError as error:
            raise _no_scratch(error) from error
        self._products.append(item)
        self._ends.append(self._ends[-1] + len(rows))
        counts = np.bincount(rows.zone, minlength=len(self._rows_of_zone))
        counts[: len(self._rows_of_zone)] += self._rows_of_zone
        self._rows_of_zone = counts

    def best_rows(self) -> Iterator[list[Row]]:
        """Yield one row per zone and date, by zone and date, some zones at a time."""
        stored = np.memmap(self._file, _STORED, "r")
        products = [stored[start:end] for start, end in zip(self._ends, self._ends[1:])]
        reach = np.cumsum(self._rows_of_zone)
        zone = 0
        while zone < len(reach):
            before = reach[zone - 1] if zone else 0
            stop = max(int(np.searchsorted(reach, before + _ROWS_AT_ONCE, side="right")), zone + 1)
            parts = [rows[slice(*np.searchsorted(rows["zone"], (zone, stop)))] for rows in products]
            yield list(self._tuples(self._best(np.concatenate(parts))))
            zone = stop

    def _best(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the best row of each zone and date, by zone and date."""
        dates = np.array([item.product.acquired for item in self._products], "datetime64[s]")[rows["product"]]
        names = np.array([item.filename for item in self._products])
        rank = np.argsort(np.argsort(names))[rows["product"]]
        order = np.lexsort((rank, -rows["std"], rows["count"], dates, rows["zone"]))
        rows, dates = rows[order], dates[order]
        last = np.ones(len(rows), bool)
        last[:-1] = (rows["zone"][1:] != rows["zone"][:-1]) | (dates[1:] != dates[:-1])
        return rows[last]

    def _tuples(self, rows: NDArray[Any]) -> Iterator[Row]:
        for zone, count, nodata, cloudy, probability, *values, product in rows.tolist():
            item = self._products[product]
            yield Row(
                item.product.acquired,
                zone,
                item.product.tile,
                item.filename,
                self._number(count),
                self._number(nodata),
                None if math.isnan(cloudy) else self._number(cloudy),
                None if math.isnan(probability) else probability,
                *values,
            )
