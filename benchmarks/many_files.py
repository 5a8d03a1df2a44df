"""A tree of 90 000 raw files, five years of forty tiles, four indices and three masks: what it takes to look at it.

The library has as many index products, of small rasters: one a tile, named again for each date, index and mask. Both
are made once, the tree by an extraction.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.extraction.extract import extract
from sen2chain_ts_plugin.engine.extraction.inventory import take_inventory
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.library.cloudmask import parse
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.product_id import tile_bounds, tile_epsg
from sen2chain_ts_plugin.engine.library.products import find_products
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.locks import locked
from sen2chain_ts_plugin.engine.series.curves import extracted, read_curves
from sen2chain_ts_plugin.engine.tree.layout import Tree, tree_folders
from sen2chain_ts_plugin.engine.tree.manifest import Manifest
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor

from . import library, measure, nothing, ours, rivals

INDICES = ("NDVI", "NBR", "EVI", "NDWIGAO")
MASKS = ("CM001", "CM003-PRB1-ITER5", "CM004-CSH1-CMP1-CHP1-TCI1-ITER1")
TILES = [f"40K{column}{row}" for column in "CDEFG" for row in "ABCDEFGH"]
DATES, YEARS = 187, 5
FILES = len(INDICES) * len(MASKS) * len(TILES) * DATES
# What is measured in a process with QGIS.
IN_QGIS = ("open the dock, the curves of three zones", "open the extraction in the Browser")
_FIRST = date(2019, 1, 2)
_FIELDS = 5  # of each tile


def many_files() -> dict[str, object]:
    """Look at the library and the tree in every way that somebody who opens or goes on with them does: seconds each."""
    data, root = _library(), _root()
    selection = _selection()
    (tree,) = tree_folders(root)
    layer = fields()
    ways: dict[str, Callable[[], object]] = {
        "list the products": lambda: find_products(open_library(data), selection),
        "inventory of the library": lambda: take_inventory(open_library(data), (), (None, None), ours.Quiet()),
        "inventory beside the extraction": lambda: take_inventory(
            open_library(data), (), (None, None), ours.Quiet(), layer, root
        ),
        "extract again, all done": lambda: _extract(data, root, layer),
        "take the lock": lambda: _lock(tree),
        "read the manifest": lambda: Manifest(tree.folder),
        "offer the extractions": lambda: [extracted(each) for each in tree_folders(root)],
        "compile again, nothing to do": lambda: _compile(tree),
        "the curve of one zone": lambda: read_curves(tree, INDICES[0], MASKS[0], [0], ours.Quiet()),
    }
    _compile(tree)
    found: dict[str, object] = {}
    for name, way in ways.items():
        cost = measure.median([measure.timed(way) for _ in range(measure.rounds())])
        print(f"many files: {name}: {cost.wall:.2f} s ({cost.cpu:.2f} s CPU)", flush=True)
        found[name] = [cost.wall, cost.cpu]
    for name, cost in measure.fresh("many_files").items():
        if name in IN_QGIS:
            print(f"many files: {name}: {cost[0]:.2f} s ({cost[1]:.2f} s CPU)", flush=True)
            found[name] = cost
    shutil.rmtree(tree.folder / "compiled_data")
    first = measure.timed(lambda: _compile(tree))
    print(f"many files: compile: {first.wall:.1f} s ({first.cpu:.1f} s CPU)", flush=True)
    found["compile afresh"] = [first.wall, first.cpu]
    return found


def look_in_qgis() -> dict[str, list[float]]:
    """Do what the window of QGIS does with the tree, without the window; the task of a process of its own."""
    application = rivals.start_qgis()
    from sen2chain_ts_plugin.gui.common.tree_summary import summaries_of
    from sen2chain_ts_plugin.gui.map.browser_items import tree_item
    from sen2chain_ts_plugin.gui.map.dock_zones import DockZones

    def open_dock() -> None:
        DockZones(tree, Silent())
        pairs = extracted(tree)
        summaries_of([tree.folder])
        index = min(pairs)
        if not read_curves(tree, index, min(pairs[index]), [0, 1, 2], Silent()):
            raise SystemExit("bench: the dock has no curves")

    def open_in_browser() -> None:
        item = tree_item(tree.folder)
        if len(item.createChildren()) != len(INDICES) * len(MASKS):
            raise SystemExit("bench: the Browser does not list the extraction")

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        tree = _with_zones(Path(folder))
        for name, way in zip(IN_QGIS, (open_dock, open_in_browser)):
            cost = measure.median([measure.timed(way) for _ in range(measure.rounds())])
            found[name] = [cost.wall, cost.cpu]
    del application
    return found


def _with_zones(folder: Path) -> Tree:
    """Return the tree with a shapefile that can be read, which that of the benchmarks is not."""
    (tree,) = tree_folders(_root())
    other = Tree(folder / tree.folder.name, tree.name, tree.checksum)
    library.write_shapefile(other, fields(), TILES[0])
    (other.folder / "raw_data").symlink_to(tree.folder / "raw_data")
    return other


def fields() -> library.Fields:
    """Return some fields in the corner of each tile."""
    corners = []
    for tile in TILES:
        west, _, _, north = tile_bounds(tile)
        corners += [(west + 200 + 80 * number, north - 200) for number in range(_FIELDS)]
    return library.squares("many", corners)


def _selection() -> Selection:
    return Selection(INDICES, [parse(mask) for mask in MASKS])


def _extract(data: Path, root: Path, layer: library.Fields) -> None:
    feedback = ours.Quiet()
    _, summary = extract(open_library(data), layer, _selection(), root, SerialExecutor(), feedback)
    if feedback.errors or summary.skipped + summary.extracted != FILES:
        raise SystemExit(f"bench: the run failed: {feedback.errors[:3] or summary}")


def _compile(tree: Tree) -> None:
    compile_tree(tree.folder, CompileRequest(("alldata",)), executor=SerialExecutor())


def _lock(tree: Tree) -> None:
    with locked(tree.folder):
        pass


def _library() -> Path:
    return library.once("many_files", _write)


def _root() -> Path:
    return library.once("many_files_extracted", lambda folder: _extract(_library(), folder, fields()))


def _write(folder: Path) -> None:
    """Fill a library: of each tile a small raster of every kind, as links under the names of all products."""
    from rasterio.crs import CRS
    from rasterio.transform import from_origin

    print(f"bench: writing a library of {FILES} small products to {library.cache()}, once", flush=True)
    for tile in TILES:
        west, _, _, north = tile_bounds(tile)
        small = {}
        for kind, path in library.rasters(0).items():
            metres, pixels = (20, nothing.SIDE // 2) if kind == "probability" else (10, nothing.SIDE)
            small[kind] = folder / f"{tile}_{kind}.jp2"
            crs, transform = CRS.from_epsg(tile_epsg(tile)), from_origin(west, north, metres, metres)
            nothing.write_corner(path, small[kind], pixels, crs=crs, transform=transform)
        for number in range(DATES):
            day = f"{_FIRST + timedelta(YEARS * 365 * number // DATES):%Y%m%d}"
            name = f"S2A_MSIL2A_{day}T063511_N0500_R063_T{tile}_{day}T090000"
            masks = folder / "CLOUDMASKS" / tile / name
            masks.mkdir(parents=True)
            os.link(small["probability"], masks / "MSK_CLDPRB_20m.jp2")
            for index in INDICES:
                products = folder / "INDICES" / index / tile / name
                products.mkdir(parents=True)
                os.link(small["unmasked"], products / f"{name}_{index}.jp2")
                for mask in MASKS:
                    os.link(small["masked"], products / f"{name}_{index}_{mask}.jp2")
