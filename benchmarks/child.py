"""What runs in a process of its own, to see its memory: ``python -m benchmarks.child <task> <options as JSON>``."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from functools import partial
from typing import Any

from . import (
    analysing,
    compile_million,
    dock,
    flat,
    library,
    many_files,
    measure,
    nothing,
    ours,
    parcels,
    rivals,
    sources,
)


def extraction(layer: str, count: int, workers: int, mask: str = library.CLOUDMASK) -> dict[str, float]:
    """Extract all products; say what the process held before the run, with every library loaded."""
    for name in ("pandas", "rasterio"):
        importlib.import_module(name)
    fields = library.fields(layer, count)
    data = library.library()
    before = measure.resident_mb()
    start = time.perf_counter()
    summary = ours.run(data, fields, workers, mask=mask)
    return {"before_mb": before, "wall": time.perf_counter() - start, "rows": summary.rows}


def extraction_from_bands(layer: str, count: int, workers: int) -> dict[str, float]:
    """Compute three indices of a product from its bands; say what the process held before the run."""
    for name in ("pandas", "rasterio"):
        importlib.import_module(name)
    fields, data = library.fields(layer, count), library.bands()
    before = measure.resident_mb()
    start = time.perf_counter()
    summary = ours.run(data, fields, workers, sources.L2A_INDICES, mask=sources.L2A_MASK, source="l2a")
    return {"before_mb": before, "wall": time.perf_counter() - start, "rows": summary.rows}


def contender(who: str, workers: int, layer: str, count: int, kinds: list[str] | None = None) -> dict[str, float]:
    """Let one contender work through one product (ours_whole: ten dates and two indices).

    What a process does once does not count: imports, opening the database of PROJ, our comparison of the first areas
    with GDAL. Each has therefore worked through the ten fields before.
    """
    os.environ["GDAL_NUM_THREADS"] = str(workers)
    fields = library.fields(layer, count)
    ten = library.scattered(10)
    keep = None
    if who == "floor":
        ours.decode(ours.blocks_read(library.library(1), ten))
        blocks = ours.blocks_read(library.library(1), fields)
        action = partial(ours.decode, blocks, workers)
    elif who.startswith("ours"):
        all_of_it = who == "ours_whole"
        data = library.library(library.DATES if all_of_it else 1)
        indices = library.INDICES if all_of_it else library.INDICES[:1]
        ours.run(library.library(1), ten)
        action = partial(ours.run, data, fields, workers, indices)
    else:
        keep = rivals.start_qgis() if who == "qgis" else None
        rivals.layer_file(fields)
        rivals.RIVALS[who](ten)
        action = partial(rivals.RIVALS[who], fields, *([tuple(kinds)] if kinds else []))
    results: list[Any] = []
    cost = measure.timed(lambda: results.append(action()))
    # A rival that worked on a sample of the fields says by how much to multiply.
    times = results[0] if who in rivals.RIVALS else 1.0
    del keep
    return {"wall": cost.wall * times, "cpu": cost.cpu * times, "times": times}


TASKS = {
    "extraction": extraction,
    "extraction_from_bands": extraction_from_bands,
    "contender": contender,
    "flat": flat.run_once,
    "parcels": parcels.run_once,
    "plugin_start": nothing.plugin_start_once,
    "analysing": analysing.analyse_once,
    "many_files": many_files.look_in_qgis,
    "dock": dock.look_once,
    "plotting": analysing.plot_once,
    "quicklooks": analysing.quicklooks_once,
    "compiling": compile_million.compile_once,
}

if __name__ == "__main__":
    said = TASKS[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps({**said, "peak_mb": measure.peak_mb()}))
