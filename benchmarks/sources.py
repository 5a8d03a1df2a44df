"""What a mask applied while reading costs beside the produced one, and indices from L2A bands beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sen2chain_ts_plugin.engine.samplelibrary import PROBABILITY, build, index_raster, mask_raster

from . import library, measure, ours

COUNTS = (200, 20_000)
VIRTUAL = f"{library.CLOUDMASK}-VRT"
L2A_INDICES = ("NDVI", "NBR", "EVI")
# Of the bands a full tile would take 1 GB for each product.
_L2A_SIZE = 4096


def _library(name: str, size: int, *, l2a: bool) -> Path:
    """Return a library of one tile with the rasters that masks are read from, made at the first call."""
    folder = library.cache() / name
    masked = [index_raster("NDVI"), index_raster("NDVI", library.CLOUDMASK), mask_raster(library.CLOUDMASK)]
    if not folder.is_dir():
        build(folder, size=size, dates=4, seed=3, tiles=(library.TILE,), rasters=[*masked, PROBABILITY], l2a=l2a)
    return folder


def _compare(name: str, actions: dict[str, Callable[[], object]], first: str) -> dict[str, object]:
    costs = measure.interleaved(actions, measure.rounds())
    found: dict[str, object] = {}
    for action in actions:
        cost, share = measure.median(costs[action]), measure.ratio(costs[action], costs[first])
        print(
            f"sources: {name}, one worker: {action}: {cost.wall:.2f} s ({cost.cpu:.2f} s CPU), "
            f"{share.wall:.3f} x {first} (CPU {share.cpu:.3f})",
            flush=True,
        )
        found[f"{name}: {action}"] = {"cost": [cost.wall, cost.cpu], "ratio": [share.wall, share.cpu]}
    return found


def sources() -> dict[str, object]:
    """CPU time of ``CM001-VRT`` / ``CM001``, at most 1.0; of three indices from bands / of each alone."""
    found: dict[str, object] = {}
    full = _library("sources", library.SIZE, l2a=False)
    for count in COUNTS:
        fields = library.scattered(count)
        masks: Sequence[str] = (library.CLOUDMASK, VIRTUAL)
        actions = {mask: partial(ours.run, full, fields, mask=mask) for mask in masks}
        found.update(_compare(f"{count} scattered fields", actions, masks[0]))
    bands = _library("sources_l2a", _L2A_SIZE, l2a=True)
    fields = library.scattered(COUNTS[-1])
    chosen = {"NDVI, NBR and EVI together": L2A_INDICES, **{index: (index,) for index in L2A_INDICES}}
    actions = {
        name: partial(ours.run, bands, fields, indices=indices, mask="SCL", source="l2a")
        for name, indices in chosen.items()
    }
    found.update(_compare("indices from bands", actions, next(iter(chosen))))
    return found
