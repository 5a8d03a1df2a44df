"""What areas save where the GDAL, and its OpenJPEG, are those of rasterio's wheel.

Usage, after ``make check-engine``: ``build/check-engine/venv/bin/python -m benchmarks.wheels [fields…]``.
"""

from __future__ import annotations

import statistics
import sys
import time
from unittest import mock

from sen2chain_ts_plugin.engine.raster import opening as raster

from . import library, ours

_ROUNDS = 3


def wheels(counts: list[int]) -> None:
    """Extract one product for scattered fields, with areas and by whole blocks; print medians of processor seconds."""
    import rasterio

    print(f"rasterio {rasterio.__version__}, GDAL {rasterio.__gdal_version__}")
    for count in counts:
        fields = library.fields("scattered", count)
        with_areas, by_blocks = [], []
        ours.run(library.library(1), fields, 1)  # what a process does once does not count
        for _ in range(_ROUNDS):
            with_areas.append(_seconds(fields))
            with mock.patch.object(raster, "open_tiles", return_value=None):
                by_blocks.append(_seconds(fields))
        print(f"{count}: {statistics.median(with_areas):.2f} {statistics.median(by_blocks):.2f}", flush=True)


def _seconds(fields: library.Fields) -> float:
    begin = time.process_time()
    ours.run(library.library(1), fields, 1)
    return time.process_time() - begin


if __name__ == "__main__":
    wheels([int(word) for word in sys.argv[1:]] or [10, 200, 2000])
