"""The cost of nothing: a run with everything done, a large library listed, a plugin loaded."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sen2chain_ts_plugin.engine.extraction.extract import extract
from sen2chain_ts_plugin.engine.library.cloudmask import parse
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.products import find_products
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor

from . import library, measure, ours

DONE, LISTED, ZONES = 10_000, 20_000, 20
SIDE = 64  # pixels of the small rasters


def nothing() -> dict[str, object]:
    """Re-run with 10 000 products done, at most 2 s; list 20 000 products, at most 3 s; plugin start, at most 50 ms."""
    with tempfile.TemporaryDirectory(dir=library.cache()) as folder:
        data = Path(folder)
        many_products(data, LISTED)
        selection = Selection(["NDVI"], [parse(library.CLOUDMASK)])
        last = date(2000, 1, 1) + timedelta(DONE - 1)
        some = Selection(["NDVI"], [parse(library.CLOUDMASK)], date_max=last)
        listing = measure.median(
            [measure.timed(lambda: find_products(open_library(data), selection)) for _ in range(measure.rounds())]
        )
        fields, root = corner_fields(), data / "EXTRACTION"

        def run() -> int:
            tree, summary = extract(open_library(data), fields, some, root, SerialExecutor(), ours.Quiet())
            del tree
            return summary.skipped

        first = measure.timed(run)
        costs = []
        for _ in range(measure.rounds()):
            skipped: list[int] = []
            costs.append(measure.timed(lambda said=skipped: said.append(run())))
            if skipped != [DONE]:
                raise SystemExit(f"bench: {skipped} products skipped instead of {DONE}")
        again = measure.median(costs)
    start = plugin_start()
    print(f"nothing: listing {LISTED} products {listing.wall:.2f} s ({listing.cpu:.2f} s CPU)", flush=True)
    print(
        f"nothing: {DONE} small products {first.wall:.0f} s, run again with all done {again.wall:.2f} s "
        f"({again.cpu:.2f} s CPU)",
        flush=True,
    )
    print(f"nothing: plugin start in a running QGIS {1000 * start:.0f} ms", flush=True)
    return {"listing": [listing.wall, listing.cpu], "again": [again.wall, again.cpu], "start": start}


def corner_fields() -> library.Fields:
    """Return squares of 40 m in the corner of the tile that the small rasters cover."""
    west, _, _, north = library.grid().bounds
    corners = [(west + 100 * (number % 5), north - 100 * (number // 5)) for number in range(ZONES)]
    return library.squares("corner", corners)


def many_products(data: Path, count: int) -> None:
    """Fill a library with products of small rasters: one real one under many dates, as links."""
    paths = library.rasters(0)
    small = {}
    for kind, path in paths.items():
        small[kind] = data / f"{kind}.jp2"
        write_corner(path, small[kind], SIDE // 2 if kind == "probability" else SIDE)
    for number in range(count):
        day = f"{date(2000, 1, 1) + timedelta(number):%Y%m%d}"
        name = f"S2A_MSIL2A_{day}T063511_N0301_R063_T{library.TILE}_{day}T090000"
        index = data / "INDICES" / "NDVI" / library.TILE / name
        masks = data / "CLOUDMASKS" / library.TILE / name
        for folder in (index, masks):
            folder.mkdir(parents=True)
        os.link(small["masked"], index / f"{name}_NDVI_{library.CLOUDMASK}.jp2")
        os.link(small["unmasked"], index / f"{name}_NDVI.jp2")
        os.link(small["probability"], masks / "MSK_CLDPRB_20m.jp2")


def write_corner(path: Path, target: Path, pixels: int, **place: object) -> None:
    """Write the upper left corner of a raster as one of its own, without loss; ``place``: another CRS and transform."""
    from rasterio import open as open_with_rasterio
    from rasterio.windows import Window

    with open_with_rasterio(path) as source:
        profile = {**source.profile, "driver": "JP2OpenJPEG", "width": pixels, "height": pixels, **place}
        del profile["tiled"]
        profile.update(blockxsize=pixels, blockysize=pixels, QUALITY="100", REVERSIBLE="YES")
        with open_with_rasterio(target, "w", **profile) as corner:
            corner.write(source.read(1, window=Window(0, 0, pixels, pixels)), 1)


def plugin_start() -> float:
    """Return the median seconds that a running QGIS takes to load the plugin, each time in a fresh process."""
    stage = Path(__file__).parents[1] / "build"
    subprocess.run(["make", "--silent", "stage"], cwd=stage.parent, check=True, stdout=subprocess.DEVNULL)
    compileall.compile_dir(stage / "sen2chain_ts_plugin", quiet=1)  # as it is after the first start
    times = [measure.fresh("plugin_start", folder=str(stage))["start"] for _ in range(max(3, measure.rounds()))]
    return sorted(times)[len(times) // 2]


def plugin_start_once(folder: str) -> dict[str, float]:
    """Start QGIS with Processing, then load the plugin."""
    from . import rivals

    application = rivals.start_qgis()
    for name in [name for name in sys.modules if name.startswith("sen2chain_ts_plugin")]:
        del sys.modules[name]  # the benchmarks have it already
    sys.path.insert(0, folder)
    start = time.perf_counter()
    from sen2chain_ts_plugin import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    taken = time.perf_counter() - start
    del application
    return {"start": taken}
