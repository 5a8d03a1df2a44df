"""The best rows of all zones, some zones at a time: what compile and the analyses go through, within bounded memory.

The raw files of an index and a mask are sorted by zone, so the rows of zones from one number to another are a slice of
each. `zone_batches` cuts the zones into batches whose slices are about as large as each other, however many products
there are; `ZoneBatches.read` gives the best rows of one, in any thread or on any machine that sees the files.
"""

from __future__ import annotations

import bisect
import contextlib
import math
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..errors import OutOfMemory, Phrase, RawFileChanged
from ..feedback import Feedback
from ..files import read_part
from ..tree.layout import Tree
from ..tree.raw_csv import acquired, raw_files
from ..tree.raw_rows import rows_of, rows_of_each
from ..tree.stamps import stamp_of
from ..workers.executor import Control, Executor, SerialExecutor, results_in_order
from .attribute_columns import AttributeColumns
from .best_rows import BestRows, FileRows, SeriesProduct, choose_best, order_of_product
from .survey import RawFacts, RawFilesCache, survey


@contextlib.contextmanager
def memory_said(folder: Path) -> Iterator[None]:
    """Turn a lack of memory into a failure that names the extraction and what helps.

    Raises
    ------
    OutOfMemory
        there was not enough.
    """
    try:
        yield
    except MemoryError as error:
        raise OutOfMemory(folder=folder) from error


Result = TypeVar("Result")
# Text of raw rows in a batch: at most, and at least. Of small batches the slices take most of the time.
BATCH_BYTES = 24 << 20
_SMALLEST = 3 << 20
# Between the two, what all workers together may hold says it: each has a Python, and its batch many times over, as text
# with its places, curves and lines.
_MEMORY, _OF_A_PYTHON, _TIMES = 560 << 20, 45 << 20, 15
_BEYOND = 1 << 62  # more than any zone's number
# Where a batch can end between two zones whose places are known.
_STEPS_OF_BATCH, _FEWEST_STEPS, _MOST_STEPS = 4, 8, 16


@dataclass(frozen=True)
class Batch:
    """The zones from one number up to another one, which is not among them."""

    first: int
    end: int


@dataclass(frozen=True)
class ZoneBatches:
    """What there is of an index and a cloud mask, and the batches to go through it.

    Attributes
    ----------
    products
        those that have rows, by date, then file name.
    rows
        of all raw files; of several for a zone and date the best one is taken later.
    batches
        by zone; none without rows.
    damaged
        the raw files that are left out; they were named.
    """

    products: list[SeriesProduct]
    rows: int
    batches: list[Batch]
    damaged: tuple[Path, ...]
    _files: list[tuple[RawFacts, SeriesProduct]]
    _attributes: AttributeColumns
    _batch_bytes: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the rows, see `BestRows.columns`."""
        return self._attributes.columns

    @property
    def stamps(self) -> dict[str, list[int]] | None:
        """The stamp of each raw file that has rows, by its name; None where one has just changed or is damaged."""
        if self.damaged or not all(facts.settled for facts, _ in self._files):
            return None
        return {facts.name: [facts.stamp.size, facts.stamp.changed, facts.stamp.touched] for facts, _ in self._files}

    def only(self, names: Collection[str]) -> ZoneBatches:
        """Return the batches of some raw files, with the columns of all."""
        files = [(facts, product) for facts, product in self._files if facts.name in names]
        return replace(
            self,
            products=sorted((product for _, product in files), key=order_of_product),
            rows=sum(facts.rows for facts, _ in files),
            batches=_cut([facts for facts, _ in files], self._batch_bytes),
            _files=files,
        )

    def dates(self) -> dict[str, datetime]:
        """Return when the product of each raw file was acquired, by the file's name."""
        return {facts.name: product.date for facts, product in self._files}

    def read(self, batch: Batch) -> BestRows:
        """Return the best rows of the zones of a batch, ordered by zone, then date.

        Raises
        ------
        RawFileChanged
            a raw file is no longer what it was.
        """
        by_header: dict[tuple[str, ...], list[tuple[RawFacts, SeriesProduct]]] = {}
        for facts, product in self._files:
            by_header.setdefault(facts.attributes, []).append((facts, product))
        files = [_read_slices(header, some, batch) for header, some in by_header.items()]
        return choose_best(files, self._attributes, self.products, self.damaged)

    def each(
        self, function: Callable[[BestRows], Result], feedback: Feedback, executor: Executor | None = None
    ) -> Generator[Result, None, None]:
        """Yield what a function makes of the best rows of each batch, in the order of the zones.

        Parameters
        ----------
        function
            called by the workers with the rows of a batch; for workers on other machines, one that can be pickled.
        feedback
            told the share of the batches that are done; asked for cancel.
        executor
            the workers; None: the calling thread alone.

        Raises
        ------
        Cancelled
            the user asked to stop.
        RawFileChanged
            see `read`.
        """
        yield from results_in_order(executor or SerialExecutor(), _Step(self, function), self.batches, feedback)


@dataclass(frozen=True)
class _Step:
    batches: ZoneBatches
    function: Callable[[BestRows], Any]

    def __call__(self, batch: Batch, control: Control) -> Any:
        control.check()
        return self.function(self.batches.read(batch))


def zone_batches(
    tree: Tree,
    index: str,
    mask_folder: str,
    feedback: Feedback,
    executor: Executor | None = None,
    *,
    reserved: Sequence[str] = (),
    keep: bool = False,
    batch_bytes: int | None = None,
) -> ZoneBatches:
    """Read what is not known yet of the raw files of an index and a mask, and cut their zones into batches.

    Parameters
    ----------
    tree, index, mask_folder
        whose raw files.
    feedback
        told the share of the files that were read, and of files that are damaged, which are left out; asked for cancel.
    executor
        the workers that read; None: the calling thread alone.
    reserved
        names of columns that are added later: an attribute named like one gets another name.
    keep
        remember what is found out, for the next time; only for the holder of the tree's lock.
    batch_bytes
        how much text of raw rows a batch has, about; None: as much as the memory of the workers allows.

    Raises
    ------
    Cancelled
        the user asked to stop.
    FolderUnreadable
        the system does not show what is in the folder.
    WriteFailed, LeadsOutside
        what is found out cannot be kept.
    """
    executor = executor or SerialExecutor()
    batch_bytes = batch_bytes or _batch_bytes(executor.workers)
    cache = RawFilesCache(tree, index, mask_folder)
    paths = raw_files(tree.raw_folder(index, mask_folder))
    found, damaged = survey(paths, cache, executor, feedback)
    for damage in damaged:
        feedback.error(damage.error.message, **damage.error.values)
    if keep:
        found = [_sorted(facts, cache, feedback) for facts in found]
        cache.keep(found)
    of_path = {facts.name: facts.attributes for facts in found}
    of_path.update((damage.path.name, damage.attributes) for damage in damaged if damage.attributes is not None)
    headers = list(dict.fromkeys(of_path[path.name] for path in paths if path.name in of_path))
    files = [(facts, _product_of(facts)) for facts in found if facts.rows]
    return ZoneBatches(
        products=sorted((product for _, product in files), key=order_of_product),
        rows=sum(facts.rows for facts, _ in files),
        batches=_cut([facts for facts, _ in files], batch_bytes),
        damaged=tuple(damage.path for damage in damaged),
        _files=files,
        _attributes=AttributeColumns(headers, reserved),
        _batch_bytes=batch_bytes,
    )


def _sorted(facts: RawFacts, cache: RawFilesCache, feedback: Feedback) -> RawFacts:
    if facts.is_sorted:
        return facts
    feedback.info("{file} is not sorted by zone: a sorted copy of it is kept.", file=facts.name)
    return cache.sort(facts)


def _product_of(facts: RawFacts) -> SeriesProduct:
    text = facts.date_text.encode()
    return SeriesProduct(facts.filename, acquired(facts.path, text), text)


def _batch_bytes(workers: int) -> int:
    share = (_MEMORY // workers - _OF_A_PYTHON) // _TIMES
    return min(max(share, _SMALLEST), BATCH_BYTES)


def _cut(files: Sequence[RawFacts], batch_bytes: int) -> list[Batch]:
    """Cut the zones where about as many bytes of rows are before as should be."""
    if not files:
        return []
    # Between two zones whose places are known the others are taken to be spread evenly, in steps: some for each batch.
    wanted_batches = sum(facts.content.size for facts in files) / batch_bytes
    steps = math.ceil(_STEPS_OF_BATCH * wanted_batches * len(files) / sum(len(facts.zones) for facts in files))
    steps = min(max(steps, _FEWEST_STEPS), _MOST_STEPS)
    zones, sizes = (np.concatenate(parts) for parts in zip(*(_spread(facts, steps) for facts in files)))
    order = np.argsort(zones, kind="stable")
    total = np.cumsum(sizes[order])
    wanted = np.arange(batch_bytes, int(total[-1]), batch_bytes)
    # A batch ends before the zone with which the one after it begins.
    begins = np.unique(zones[order][np.searchsorted(total, wanted)]).tolist()
    if begins and begins[0] == zones[order[0]]:
        del begins[0]
    return [Batch(*bounds) for bounds in zip([0, *begins], [*begins, _BEYOND])]


def _spread(facts: RawFacts, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return zones of a file, and about how many bytes of rows there are from each to the next one."""
    zones = np.array([*facts.zones, facts.last + 1], np.float64)
    sizes = np.diff([*facts.places, facts.content.size])
    shares = np.arange(steps) / steps
    between = zones[:-1, np.newaxis] + np.diff(zones)[:, np.newaxis] * shares
    return between.ravel().astype(np.int64), np.repeat(sizes / steps, steps)


def _read_slices(header: tuple[str, ...], files: Sequence[tuple[RawFacts, SeriesProduct]], batch: Batch) -> FileRows:
    slices = [_slice(facts, batch) for facts, _ in files]
    rows = rows_of(files[0][0].path, slices, len(header))
    return FileRows(header, list(zip((product for _, product in files), rows_of_each(rows, slices))), rows)


def _slice(facts: RawFacts, batch: Batch) -> bytes:
    """Return the lines of a raw file that belong to the zones of a batch."""
    zones, places = facts.zones, [*facts.places, facts.content.size]
    # The batch begins before the row after the first one noted here, and ends at or before the last one.
    first, last = 0, len(zones)
    if facts.is_sorted:
        first = max(bisect.bisect_left(zones, batch.first) - 1, 0)
        last = bisect.bisect_left(zones, batch.end)
    begin, end = places[first], places[last]
    if begin >= end:
        return b""
    try:
        status, data = read_part(facts.system_path, begin, end)
    except OSError as error:
        raise RawFileChanged(path=facts.path, reason=error.strerror or error) from error
    if stamp_of(status) != facts.content or len(data) != end - begin:
        raise RawFileChanged(path=facts.path, reason=Phrase("it changed while it was read"))
    if not facts.is_sorted:
        lines = data.replace(b"\r\n", b"\n").split(b"\n")[:-1]
        return b"".join([line + b"\n" for line in lines if batch.first <= float(line.split(b",", 2)[1]) < batch.end])
    first_line = _find(data, batch.first, 0, places[first + 1] - begin)
    some = data[first_line : _find(data, batch.end, places[last - 1] - begin, end - begin)]
    return some.replace(b"\r\n", b"\n") if b"\r" in some else some


def _find(data: bytes, zone: int, begin: int, end: int) -> int:
    """Return where the first line of a zone, or of one after it, begins in sorted lines from ``begin`` to ``end``."""
    index = data.index
    while begin < end:
        start = data.rfind(b"\n", begin, (begin + end) // 2) + 1 or begin
        cell = index(b",", start) + 1
        if float(data[cell : index(b",", cell)]) < zone:
            begin = index(b"\n", cell) + 1
        else:
            end = start
    return begin
