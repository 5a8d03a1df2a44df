"""One unit of work: a product with the indices and cloud masks that are still to do, from its rasters to its rows.

Each raster is read block by block, only where zones are, and each block once. The unmasked raster is read only where a
zone has pixels without data in the masked one; the probability raster once for all indices of the product, and only
where a zone has a row.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..arrays import NDArray
from ..errors import EngineError, GridMismatch, Phrase, RasterChanged, RasterDamaged, RasterUnreadable
from ..files import Signature, signature
from ..library.product_id import ProductId
from ..library.products import IndexProduct
from ..raster.grid import Grid
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import reading
from ..workers.executor import Control
from ..zones.pixel_runs import BlockRuns, ZonePixels, rasterise_zones
from ..zones.wkb import Geometry
from .checks import check_crs, check_index_raster
from .rows import ProductRows
from .statistics import Accumulator, Counts, Floats, count_nodata, sum_values, zones_in

_Result = TypeVar("_Result")
_Block = TypeVar("_Block")
# Shares of the time, for the progress: of the masked raster in an item, of the probability raster in a unit.
_MASKED, _PROBABILITY = 0.6, 0.1
# Each piece opens the rasters again; a whole tile has eleven rows of blocks.
_MOST_SLICES = 11


@dataclass(frozen=True)
class Unit:
    """What is to do for one product: the index products that share its date and its probability raster."""

    product: ProductId
    items: tuple[IndexProduct, ...]
    probability: Path | None


@dataclass(frozen=True)
class Piece:
    """A part of a unit that one worker does: some of its items, a slice of their blocks, the probability raster.

    Attributes
    ----------
    unit
        position of the unit in the run.
    block_slice
        (k, n): the k-th of n runs of neighbouring blocks.
    probability
        whether the piece reads the probability raster: only where the zones of its own items have rows, when it holds
        whole items, else wherever there are zones.
    whole
        the piece is the whole unit.
    """

    unit: int
    product: ProductId
    items: tuple[IndexProduct, ...]
    probability: Path | None
    block_slice: tuple[int, int] = (0, 1)
    whole: bool = True


@dataclass
class ItemStatistics:
    """What was gathered of one item; ``cloudy`` has one value per zone of the index, None without unmasked raster."""

    index: ZonePixels
    source: Signature
    accumulator: Accumulator
    cloudy: Counts | None
    other_nodata: bool = False


@dataclass
class PieceResult:
    """The result of a piece: what was measured, what failed, the sums of the probability raster."""

    measured: dict[IndexProduct, ItemStatistics] = field(default_factory=dict)
    failed: dict[IndexProduct, EngineError] = field(default_factory=dict)
    probability: tuple[ZonePixels, Counts] | None = None
    probability_failed: EngineError | None = None

    def merge(self, other: PieceResult) -> None:
        """Take in another part of the same unit."""
        self.failed.update(other.failed)
        self.probability = self.probability or other.probability
        self.probability_failed = self.probability_failed or other.probability_failed
        for item, there in other.measured.items():
            here = self.measured.get(item)
            if here is None:
                self.measured[item] = there
            elif here.source != there.source:
                self.failed[item] = RasterChanged(path=item.masked)
            else:
                here.accumulator.merge(there.accumulator)
                if here.cloudy is not None and there.cloudy is not None:
                    here.cloudy += there.cloudy


class ZonePixelsByGrid:
    """The zones of the layer on each grid that turns up, made at first use, shared by all workers."""

    def __init__(self, geometries: Mapping[int, Sequence[Geometry]]) -> None:
        self._geometries = geometries
        self._indexes: dict[Grid, ZonePixels] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        # To a worker on another machine: it makes its own.
        return ZonePixelsByGrid, (self._geometries,)

    def of(self, grid: Grid) -> ZonePixels:
        """Return the zones on a grid; its EPSG code is one the geometries were given in."""
        with self._lock:
            if grid not in self._indexes:
                self._indexes[grid] = rasterise_zones(self._geometries[grid.epsg], grid)
            return self._indexes[grid]


def split(units: Sequence[Unit], workers: int) -> list[Piece]:
    """Cut units into pieces: whole units, unless there are fewer of them than workers."""
    if not units or len(units) >= workers:
        return [Piece(number, unit.product, unit.items, unit.probability) for number, unit in enumerate(units)]
    pieces_of_unit = -(-workers // len(units))
    pieces = []
    for number, unit in enumerate(units):
        if unit.probability is not None:
            pieces.append(Piece(number, unit.product, (), unit.probability, whole=False))
        slices = min(-(-pieces_of_unit // len(unit.items)), _MOST_SLICES)
        pieces += [
            Piece(number, unit.product, (item,), None, (number_of_slice, slices), whole=False)
            for item in unit.items
            for number_of_slice in range(slices)
        ]
    return pieces


def run_piece(indexes: ZonePixelsByGrid, piece: Piece, control: Control) -> PieceResult:
    """Read what a piece needs and gather its statistics.

    A failure of one item is noted in the result and does not stop the others.

    Raises
    ------
    Cancelled
        the run is to stop.
    """
    part = PieceResult()
    share = (1 - _PROBABILITY if piece.probability else 1.0) / max(len(piece.items), 1)
    for number, item in enumerate(piece.items):
        progress = _Progress(control, number * share, share)
        try:
            part.measured[item] = _twice(partial(_measure, item, piece.block_slice, indexes, progress))
        except EngineError as error:
            part.failed[item] = error
    if piece.probability is not None and (part.measured or not piece.whole):
        wanted = _zones_with_rows(part) if piece.whole else None
        progress = _Progress(control, 1 - _PROBABILITY, _PROBABILITY)
        read = partial(_probability, piece.probability, piece.product, wanted, indexes, progress)
        try:
            part.probability = _twice(read)
        except EngineError as error:
            part.probability_failed = error
    return part


def rows_of(item: IndexProduct, unit: Unit, part: PieceResult) -> ProductRows:
    """Return the rows of one item of a unit from the merged parts of that unit.

    Raises
    ------
    EngineError
        what made the item fail.
    """
    if item in part.failed:
        raise part.failed[item]
    measured = part.measured[item]
    index, count = measured.index, measured.accumulator.count
    rows = np.flatnonzero(count)
    probability = None
    if len(rows):
        if part.probability_failed is not None:
            raise part.probability_failed
        if part.probability is not None:
            probability = _mean_probability(unit.probability, index, rows, part.probability)
    return ProductRows(
        item=item,
        zone=index.number[rows],
        count=count[rows],
        nodata=index.pixels[rows] - count[rows],
        cloudy=None if measured.cloudy is None else measured.cloudy[rows],
        probability=probability,
        statistics={name: values[rows] for name, values in measured.accumulator.result().items()},
    )


@dataclass(frozen=True)
class _Progress:
    """Progress of one step of a piece."""

    control: Control
    start: float
    length: float

    def part(self, start: float, length: float) -> _Progress:
        return _Progress(self.control, self.start + start * self.length, length * self.length)

    def over(self, blocks: Sequence[_Block]) -> Iterator[_Block]:
        """Yield blocks, with progress and a chance to cancel before each."""
        for number, block in enumerate(blocks):
            self.control.check()
            self.control.report(self.start + self.length * number / len(blocks))
            yield block


def _twice(read: Callable[[], _Result]) -> _Result:
    """Read, and if that fails once more with fresh handles: the file may just have been replaced."""
    try:
        return read()
    except (RasterUnreadable, RasterDamaged, RasterChanged):
        return read()


@contextlib.contextmanager
def _unchanged(path: Path) -> Iterator[Signature]:
    """Raise RasterChanged if a file is another one after it was read than before."""
    before = signature(path)
    yield before
    if signature(path) != before:
        raise RasterChanged(path=path)


def _measure(
    item: IndexProduct, block_slice: tuple[int, int], indexes: ZonePixelsByGrid, progress: _Progress
) -> ItemStatistics:
    with _unchanged(item.masked) as source, open_raster(item.masked) as masked:
        check_index_raster(item.masked, masked, item.product)
        index = indexes.of(masked.grid)
        accumulator = Accumulator(index, INDEX_NODATA)
        cloudy_blocks: list[tuple[BlockRuns, Counts]] = []
        blocks = [runs for batch in index.blocks for runs in _sliced(batch, block_slice)]
        for runs in progress.part(0, _MASKED).over(blocks):
            with reading(item.masked):
                block = masked.read(runs.window, runs.boxes())
            nodata = accumulator.add(runs, block)
            if nodata.any():
                cloudy_blocks.append((runs, nodata))
        measured = ItemStatistics(index, source, accumulator, None)
        measured.other_nodata = masked.nodata != INDEX_NODATA
    if item.unmasked is not None:
        progress = progress.part(_MASKED, 1 - _MASKED)
        measured.cloudy = _count_cloudy(item.unmasked, item, measured, cloudy_blocks, progress)
    return measured


def _count_cloudy(
    path: Path,
    item: IndexProduct,
    measured: ItemStatistics,
    blocks: list[tuple[BlockRuns, Counts]],
    progress: _Progress,
) -> Counts:
    """Return, per zone, the pixels without data in the masked raster that the unmasked one has.

    The unmasked raster is opened even if no zone may have a row: whether it fits must not depend on how blocks are
    divided among workers, and a piece does not know what the others find.
    """
    cloudy = np.zeros(len(measured.index.number), np.int64)
    may_have_rows = measured.accumulator.may_have_rows()
    needed = []
    for runs, nodata in blocks:
        zones = zones_in(runs)
        wanted = (nodata > 0) & may_have_rows[zones]
        if wanted.any():
            mask = np.zeros(len(cloudy), bool)
            mask[zones[wanted]] = True
            needed.append((runs.of_zones(mask), nodata[wanted]))
    with _unchanged(path), open_raster(path) as unmasked:
        check_index_raster(path, unmasked, item.product)
        if not unmasked.grid.same_pixels(measured.index.grid):
            raise GridMismatch(path=path, reason=Phrase("its pixels are not those of {file}", file=item.masked.name))
        for runs, nodata in progress.over(needed):
            with reading(path):
                block = unmasked.read(runs.window, runs.boxes())
            cloudy[zones_in(runs)] += nodata - count_nodata(runs, block, INDEX_NODATA)
    return cloudy


def _zones_with_rows(part: PieceResult) -> NDArray[np.int64]:
    """Return the numbers of the zones for which some item of a part has a row."""
    return np.unique(np.concatenate([m.index.number[m.accumulator.count > 0] for m in part.measured.values()]))


def _probability(
    path: Path, product: ProductId, wanted: NDArray[np.int64] | None, indexes: ZonePixelsByGrid, progress: _Progress
) -> tuple[ZonePixels, Counts]:
    """Return the sum of the probability raster in each zone, at least of the wanted ones (None: all)."""
    with _unchanged(path), open_raster(path) as reader:
        check_crs(path, reader.grid, product)
        if reader.dtype != "uint8":
            raise GridMismatch(
                path=path,
                reason=Phrase("its data type is {found} instead of {wanted}", found=reader.dtype, wanted="uint8"),
            )
        index = indexes.of(reader.grid)
        keep = np.ones(len(index.number), bool) if wanted is None else np.isin(index.number, wanted)
        sums = np.zeros(len(index.number), np.int64)
        blocks = [runs for batch in index.blocks for runs in batch if keep[runs.zone].any()]
        for runs in progress.over(blocks):
            kept = runs.of_zones(keep)
            with reading(path):
                block = reader.read(runs.window, kept.boxes())
            sums[zones_in(kept)] += sum_values(kept, block)
        return index, sums


def _mean_probability(
    path: Path | None, index: ZonePixels, rows: NDArray[np.int64], probability: tuple[ZonePixels, Counts]
) -> Floats:
    """Return the mean cloud probability of some zones of an index; pixels outside the raster count as 0."""
    index_20m, sums = probability
    grid, grid_20m = index.grid, index_20m.grid
    if grid_20m.bounds != grid.bounds or grid_20m.pixel != 2 * grid.pixel:
        raise GridMismatch(
            path=path, reason=Phrase("it does not cover the extent of the index raster at twice its pixel size")
        )
    numbers = index.number[rows]
    position = np.searchsorted(index_20m.number, numbers)
    position_or_0 = np.where(position < len(index_20m.number), position, 0)
    found = index_20m.number[position_or_0] == numbers if len(index_20m.number) else np.zeros(len(rows), bool)
    mean = np.full(len(rows), np.nan)
    here = position_or_0[found]
    mean[found] = sums[here] / index_20m.pixels[here]
    return mean


def _sliced(blocks: list[BlockRuns], block_slice: tuple[int, int]) -> list[BlockRuns]:
    """Return the k-th of n runs of neighbouring blocks."""
    number, slices = block_slice
    return blocks[len(blocks) * number // slices : len(blocks) * (number + 1) // slices]
