"""What runs in a process of its own, to see its memory: ``python -m benchmarks.child <task> <options as JSON>``."""

from __future__ import annotations

import importlib
import json
import sys
import time

from . import compile_million, library, measure, ours


def extraction(layer: str, count: int, workers: int) -> dict[str, float]:
    """Extract all products; say what the process held before the run, with every library loaded."""
    for name in ("pandas", "rasterio"):
        importlib.import_module(name)
    fields = library.fields(layer, count)
    data = library.library()
    before = measure.resident_mb()
    start = time.perf_counter()
    summary = ours.run(data, fields, workers)
    return {"before_mb": before, "wall": time.perf_counter() - start, "rows": summary.rows}


TASKS = {"extraction": extraction, "compiling": compile_million.compile_once}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
