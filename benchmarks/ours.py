"""Runs of the engine, and the decode floor below them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sen2chain_ts_plugin.engine.extraction import measure as unit
from sen2chain_ts_plugin.engine.extraction.extract import ExtractionSummary, extract
from sen2chain_ts_plugin.engine.library.cloudmask import parse
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.raster.grid import Window
from sen2chain_ts_plugin.engine.raster.readers import JP2_DRIVER
from sen2chain_ts_plugin.engine.sources import cloud_rasters, l2a, produced, virtual_mask
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from sen2chain_ts_plugin.engine.zones.pixel_options import CENTRE_OPTIONS, PixelOptions

from .library import CLOUDMASK, Fields

# Every raster that a run reads, with the blocks it reads of it.
Blocks = dict[Path, list[Window]]


class Quiet:
    """Feedback that keeps the failures only."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def progress(self, fraction: float) -> None:
        """Drop it."""

    def info(self, message: str, **values: Any) -> None:
        """Drop it."""

    warning = info

    def error(self, message: str, **values: Any) -> None:
        """Keep it."""
        self.errors.append(message.format(**values))

    def cancelled(self) -> bool:
        """Never."""
        return False


def run(
    data: Path,
    fields: Fields,
    workers: int = 1,
    indices: Sequence[str] = ("NDVI",),
    root: Path | None = None,
    pixels: PixelOptions = CENTRE_OPTIONS,
    mask: str = CLOUDMASK,
    source: str = "auto",
) -> ExtractionSummary:
    """Extract every product of a library into a fresh tree, from zones to files, and check that nothing failed.

    The tree is removed at the end, unless it is asked for below a root.
    """
    feedback = Quiet()
    executor = SerialExecutor() if workers == 1 else ThreadExecutor(workers)
    with contextlib.ExitStack() as stack:
        folder = root or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        selection = Selection(indices, [parse(mask)], index_source=source)
        _, summary = extract(open_library(data), fields, selection, folder, executor, feedback, pixels=pixels)
    if feedback.errors or not summary.rows:
        raise SystemExit(f"bench: the run failed: {feedback.errors or summary}")
    return summary


def blocks_read(
    data: Path, fields: Fields, indices: Sequence[str] = ("NDVI",), mask: str = CLOUDMASK, source: str = "auto"
) -> Blocks:
    """Return what a run reads, noted while it runs."""
    noted: Blocks = {}
    original = unit.open_raster
    # Where the rasters of index products, of their masks, and of the cloud probability are opened.
    places = (unit, produced, virtual_mask, l2a, cloud_rasters)

    @contextlib.contextmanager
    def noting(path: Path) -> Iterator[Any]:
        with original(path) as reader:
            read = reader.read

            def note(window: Window, *more: Any) -> Any:
                noted.setdefault(path, []).append(window)
                return read(window, *more)

            reader.read = note
            yield reader

    for place in places:
        place.open_raster = noting
    try:
        run(data, fields, 1, indices, mask=mask, source=source)
    finally:
        for place in places:
            place.open_raster = original
    for path, windows in noted.items():
        if len(set(windows)) != len(windows):
            raise SystemExit(f"bench: a block of {path} was read twice")
    return noted


def decode(blocks: Blocks, workers: int = 1) -> None:
    """Decode each block once through GDAL and do nothing with it: the floor of everything that decodes whole blocks.

    The work is cut among the workers evenly, whatever the number of products.
    """
    shares: list[Blocks] = [{} for _ in range(workers)]
    for path, windows in blocks.items():
        for number, share in enumerate(shares):
            share[path] = windows[len(windows) * number // workers : len(windows) * (number + 1) // workers]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(_decode, shares))


def _decode(blocks: Blocks) -> None:
    import rasterio
    from rasterio.windows import Window as RasterioWindow

    with rasterio.Env(GDAL_NUM_THREADS="1"):
        for path, windows in blocks.items():
            with rasterio.open(path, driver=JP2_DRIVER, sharing=False) as dataset:
                for window in windows:
                    dataset.read(1, window=RasterioWindow(window.column, window.row, window.width, window.height))
