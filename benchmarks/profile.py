"""Where the time of a run goes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from sen2chain_ts_plugin.engine.extraction import extract as extraction
from sen2chain_ts_plugin.engine.extraction import statistics
from sen2chain_ts_plugin.engine.raster import area_reader, codestream, readers
from sen2chain_ts_plugin.engine.raster import opening as raster
from sen2chain_ts_plugin.engine.zones import pixel_runs, pixels_by_grid

from . import library, ours

COUNT = 20_000
_RASTERIO = readers.RasterioReader  # what it reads with is nobody else's business
# What each part is called, and the functions whose processor time, with all they call, it is.
PARTS: dict[str, list[tuple[Any, str]]] = {
    "open: check the structure, read the header": [
        (raster, "check_structure"), (raster, "open_tiles"), (_RASTERIO, "_open")
    ],
    "decode whole blocks (GDAL)": [(_RASTERIO, "read")],
    "choose the areas": [(pixel_runs.BlockRuns, "boxes"), (area_reader, "plan_areas")],
    "decode areas (OpenJPEG)": [(codestream.TileDecoder, "decode")],
    "zones to runs, once a run": [(pixels_by_grid, "rasterise_zones")],
    "key and checksum of the layer, once a run": [(extraction, "tree_of")],
    "gather the pixels": [(statistics, "gather")],
    "sort, quartiles": [(statistics.Accumulator, "_set_order")],
    "write the rows": [(extraction, "to_csv"), (extraction.ResumeRecords, "write")],
}  # fmt: skip


def profile() -> dict[str, object]:
    """Processor seconds of one product by part, 20 000 fields, one worker."""
    data, fields = library.library(1), library.scattered(COUNT)
    ours.run(data, library.scattered(10))  # imports, and the proof that OpenJPEG decodes as GDAL does
    seconds = dict.fromkeys(PARTS, 0.0)
    with contextlib.ExitStack() as stack:
        for part, functions in PARTS.items():
            for owner, name in functions:
                stack.enter_context(_timing(owner, name, part, seconds))
        start = time.process_time()
        ours.run(data, fields)
        total = time.process_time() - start
    seconds["all else"] = total - sum(seconds.values())
    for part, taken in seconds.items():
        print(f"profile: {part}: {taken:.2f} s, {100 * taken / total:.1f} %", flush=True)
    return {"seconds": seconds, "total": total}


@contextlib.contextmanager
def _timing(owner: Any, name: str, part: str, seconds: dict[str, float]) -> Iterator[None]:
    """Add up the processor time of a function while this lasts; opening again within a read counts as opening."""
    function: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any, **named: Any) -> Any:
        elsewhere, start = sum(seconds.values()), time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            seconds[part] += time.process_time() - start - (sum(seconds.values()) - elsewhere)

    with mock.patch.object(owner, name, timed):
        yield
