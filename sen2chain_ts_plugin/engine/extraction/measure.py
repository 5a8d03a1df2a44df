"""One unit of work: a product with the indices and cloud masks that are still to do, from its rasters to its rows.

Each raster is read block by block, only where zones are, and each block once, for all items that share it (`sources`).
The unmasked raster is read only where a zone has pixels without data in the masked one; the probability raster once
for all indices of the product, and only where a zone has a row.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from ..arrays import NDArray
from ..errors import EngineError, RasterChanged, RasterDamaged, RasterUnreadable
from ..files import Signature
from ..library.index_product import IndexProduct
from ..library.product_id import ProductId
from ..raster.opening import INDEX_NODATA, open_raster
from ..raster.readers import reading
from ..sources.checks import check_halved, check_raster
from ..sources.halved import Wanted
from ..sources.opening import open_source, sharing
from ..sources.source import Blocks, Pixels, Signatures, unchanged
from ..workers.executor import Control
from ..zones.pixel_runs import BlockRuns, ZonePixels
from ..zones.pixels_by_grid import ZonePixelsByGrid
from .rows import ProductRows
from .statistics import Amounts, Floats, Gathering, count_nodata, sum_values, zones_in
from .weighted_statistics import accumulator_of
from .zone_sums import ZoneSums

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
    """What was gathered of one item; ``cloudy`` is None without unmasked raster."""

    index: ZonePixels
    signatures: Signatures
    accumulator: Gathering
    cloudy: ZoneSums | None
    other_nodata: bool = False


@dataclass
class PieceResult:
    """The result of a piece: what was measured, what failed, the sums of the probability raster."""

    measured: dict[IndexProduct, ItemStatistics] = field(default_factory=dict)
    failed: dict[IndexProduct, EngineError] = field(default_factory=dict)
    probability: tuple[ZonePixels, ZoneSums] | None = None
    probability_signature: Signature | None = None
    probability_failed: EngineError | None = None

    def merge(self, other: PieceResult) -> None:
        """Take in another part of the same unit."""
        self.failed.update(other.failed)
        self.probability = self.probability or other.probability
        self.probability_signature = self.probability_signature or other.probability_signature
        self.probability_failed = self.probability_failed or other.probability_failed
        for item, there in other.measured.items():
            here = self.measured.get(item)
            if here is None:
                self.measured[item] = there
            elif here.signatures != there.signatures:
                self.failed[item] = RasterChanged(path=_changed(item, here.signatures, there.signatures))
            else:
                here.accumulator.merge(there.accumulator)
                if here.cloudy is not None and there.cloudy is not None:
                    here.cloudy.merge(there.cloudy)


def split(units: Sequence[Unit], workers: int) -> list[Piece]:
    """Cut units into pieces: whole units, unless there are fewer of them than workers."""
    if not units or len(units) >= workers:
        return [Piece(number, unit.product, unit.items, unit.probability) for number, unit in enumerate(units)]
    pieces_of_unit = -(-workers // len(units))
    pieces = []
    for number, unit in enumerate(units):
        if unit.probability is not None:
            pieces.append(Piece(number, unit.product, (), unit.probability, whole=False))
        groups = sharing(unit.items)
        slices = min(-(-pieces_of_unit // len(groups)), _MOST_SLICES)
        pieces += [
            Piece(number, unit.product, group, None, (number_of_slice, slices), whole=False)
            for group in groups
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
    begin = 0.0
    for group in sharing(piece.items):
        progress = _Progress(control, begin, share * len(group))
        _measure_or_fail(group, piece.block_slice, indexes, progress, part)
        begin += share * len(group)
    if piece.probability is not None and (part.measured or not piece.whole):
        wanted = _zones_with_rows(part) if piece.whole else None
        progress = _Progress(control, 1 - _PROBABILITY, _PROBABILITY)
        read = partial(_probability, piece.probability, piece.product, wanted, indexes, progress)
        try:
            part.probability, part.probability_signature = _twice(read)
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
        nodata=measured.accumulator.nodata()[rows],
        cloudy=None if measured.cloudy is None else measured.cloudy.total()[rows],
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
        """Return the progress of a part of this step: where it begins and how long it is, both as shares of 1."""
        return _Progress(self.control, self.start + start * self.length, length * self.length)

    def over(self, blocks: Iterable[_Block], number: int) -> Iterator[_Block]:
        """Yield a number of blocks, with progress and a chance to cancel before each is read."""
        done, rest = 0, iter(blocks)
        while True:
            self.control.check()
            if done < number:
                self.control.report(self.start + self.length * done / number)
            try:
                block = next(rest)
            except StopIteration:
                return
            yield block
            done += 1


def _twice(read: Callable[[], _Result]) -> _Result:
    """Read, and if that fails once more with fresh handles: the file may just have been replaced."""
    try:
        return read()
    except (RasterUnreadable, RasterDamaged, RasterChanged):
        return read()


def _changed(item: IndexProduct, here: Signatures, there: Signatures) -> Path:
    """Return the first raster of an item that was another one when it was read again."""
    return next(raster.path for raster in item.rasters if here.get(raster.role) != there.get(raster.role))


def _measure_or_fail(
    items: tuple[IndexProduct, ...],
    block_slice: tuple[int, int],
    indexes: ZonePixelsByGrid,
    progress: _Progress,
    part: PieceResult,
) -> None:
    """Measure items that share rasters; where one of these fails, each item alone, so that the others do not."""
    try:
        part.measured.update(_twice(partial(_measure, items, block_slice, indexes, progress)))
    except EngineError as error:
        if len(items) == 1:
            part.failed[items[0]] = error
            return
        for item in items:
            _measure_or_fail((item,), block_slice, indexes, progress, part)


def _measure(
    items: tuple[IndexProduct, ...], block_slice: tuple[int, int], indexes: ZonePixelsByGrid, progress: _Progress
) -> dict[IndexProduct, ItemStatistics]:
    measured = {}
    with open_source(items) as source:
        index = indexes.of(source.grid, progress.control.check)
        gatherers = [_Gatherer(index, has_beneath=source.has_beneath(item)) for item in source.items]
        batches = [_sliced(batch, block_slice) for batch in index.blocks]
        blocks = (block for batch in batches for block in _blocks(source.blocks, batch))
        for runs, pixels in progress.part(0, _MASKED).over(blocks, sum(map(len, batches))):
            for gatherer, each in zip(gatherers, pixels):
                gatherer.add(runs, each)
        rest = progress.part(_MASKED, 1 - _MASKED)
        for item, gatherer in zip(source.items, gatherers):
            if source.has_beneath(item):
                later = gatherer.needed()
                read = _blocks(partial(source.beneath, item), [runs for runs, _ in later])
                for (runs, values), (_, nodata) in zip(rest.over(read, len(later)), later):
                    gatherer.count_cloudy(runs, nodata, values)
            measured[item] = ItemStatistics(
                index, source.signatures(item), gatherer.accumulator, gatherer.cloudy, source.other_nodata
            )
    return measured


def _blocks(
    read: Callable[[Sequence[Wanted]], Blocks[_Block]], blocks: Sequence[BlockRuns]
) -> Iterator[tuple[BlockRuns, _Block]]:
    """Yield some blocks of the zones with what was read of them."""
    with contextlib.closing(read([Wanted(runs.window, runs.boxes()) for runs in blocks])) as found:
        for number, pixels in found:
            yield blocks[number], pixels


class _Gatherer:
    """Gathers the blocks of one item."""

    def __init__(self, index: ZonePixels, *, has_beneath: bool) -> None:
        self._later: list[tuple[BlockRuns, Amounts]] = []
        self.accumulator = accumulator_of(index, INDEX_NODATA)
        self.cloudy = ZoneSums(index) if has_beneath else None

    def add(self, runs: BlockRuns, pixels: Pixels) -> None:
        """Take in a block."""
        nodata = self.accumulator.add(runs, pixels.values)
        if not nodata.any():
            return
        if pixels.beneath is None:
            self._later.append((runs, nodata))
        elif pixels.beneath is not pixels.values:
            wanted = nodata > 0
            self.count_cloudy(self._of_zones(runs, zones_in(runs)[wanted]), nodata[wanted], pixels.beneath)

    def needed(self) -> list[tuple[BlockRuns, Amounts]]:
        """Return the zones, by block, whose pixels without cloud mask are still to be looked at."""
        may_have_rows = self.accumulator.may_have_rows()
        needed = []
        for runs, nodata in self._later:
            zones = zones_in(runs)
            wanted = (nodata > 0) & may_have_rows[zones]
            if wanted.any():
                needed.append((self._of_zones(runs, zones[wanted]), nodata[wanted]))
        return needed

    def count_cloudy(self, runs: BlockRuns, nodata: Amounts, beneath: NDArray[np.int16]) -> None:
        """Count the pixels without data that have some without the cloud mask."""
        if self.cloudy is not None:
            self.cloudy.add(runs, nodata - count_nodata(runs, beneath, INDEX_NODATA))

    def _of_zones(self, runs: BlockRuns, zones: NDArray[np.int64]) -> BlockRuns:
        mask = np.zeros(len(self.accumulator.count), bool)
        mask[zones] = True
        return runs.of_zones(mask)


def _zones_with_rows(part: PieceResult) -> NDArray[np.int64]:
    """Return the numbers of the zones for which some item of a part has a row."""
    return np.unique(np.concatenate([m.index.number[m.accumulator.count > 0] for m in part.measured.values()]))


def _probability(
    path: Path, product: ProductId, wanted: NDArray[np.int64] | None, indexes: ZonePixelsByGrid, progress: _Progress
) -> tuple[tuple[ZonePixels, ZoneSums], Signature]:
    """Return the sum of the probability raster in each zone, at least of the wanted ones (None: all)."""
    with unchanged([path]) as before, open_raster(path) as reader:
        check_raster(path, reader, product, "uint8")
        index = indexes.of(reader.grid, progress.control.check)
        keep = np.ones(len(index.number), bool) if wanted is None else np.isin(index.number, wanted)
        sums = ZoneSums(index)
        blocks = [runs for batch in index.blocks for runs in batch if keep[runs.zone].any()]
        for runs in progress.over(blocks, len(blocks)):
            kept = runs.of_zones(keep)
            with reading(path):
                block = reader.read(runs.window, kept.boxes())
            sums.add(kept, sum_values(kept, block))
        return (index, sums), before[path]


def _mean_probability(
    path: Path | None, index: ZonePixels, rows: NDArray[np.int64], probability: tuple[ZonePixels, ZoneSums]
) -> Floats:
    """Return the mean cloud probability of some zones of an index; pixels outside the raster count as 0."""
    index_20m, sums = probability
    if path is not None:
        check_halved(path, index_20m.grid, index.grid)
    numbers = index.number[rows]
    position = np.searchsorted(index_20m.number, numbers)
    position_or_0 = np.where(position < len(index_20m.number), position, 0)
    found = index_20m.number[position_or_0] == numbers if len(index_20m.number) else np.zeros(len(rows), bool)
    mean = np.full(len(rows), np.nan)
    here = position_or_0[found]
    size = index_20m.pixels if index_20m.area is None else index_20m.area
    mean[found] = sums.total()[here] / size[here]
    return mean


def _sliced(blocks: list[BlockRuns], block_slice: tuple[int, int]) -> list[BlockRuns]:
    """Return the k-th of n runs of neighbouring blocks."""
    number, slices = block_slice
    return blocks[len(blocks) * number // slices : len(blocks) * (number + 1) // slices]
