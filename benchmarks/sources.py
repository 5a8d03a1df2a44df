"""Where pixels come from: a mask applied while reading beside the produced one, and indices from the bands of L2A.

The bands are those of one product of a full tile. Beside our run stand the decode floor, which is to decode each block
of each band that holds zones once, and what a user would write: a script that computes the three indices of the whole
tile, and exactextract over the three rasters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from . import library, measure, ours, rivals

COUNTS = (200, 20_000)
VIRTUAL = f"{library.CLOUDMASK}-VRT"
L2A_INDICES = ("NDVI", "NBR", "EVI")
L2A_MASK = "SCL"
TOGETHER = "NDVI, NBR and EVI"
# Whose memory is measured, by what they are called: a task of `benchmarks.child`, with options.
MEASURED: dict[str, tuple[str, dict[str, str]]] = {
    "four products, a produced mask": ("extraction", {}),
    "four products, the same mask applied while reading": ("extraction", {"mask": VIRTUAL}),
    "one product, three indices from bands": ("extraction_from_bands", {}),
}


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
        found[action] = {"cost": [cost.wall, cost.cpu], "ratio": [share.wall, share.cpu]}
    return found


def sources() -> dict[str, object]:
    """CPU time of ``CM001-VRT`` / ``CM001``, at most 1.0; of three indices from bands / the floor, at most 1.1.

    The three indices from bands take at most 0.35 of the time of the script and exactextract.
    """
    found: dict[str, object] = {"masks": {}, "bands": {}, "memory": {}}
    for count in COUNTS:
        full, fields = library.library(), library.scattered(count)
        masks: Sequence[str] = (library.CLOUDMASK, VIRTUAL)
        actions = {mask: partial(ours.run, full, fields, mask=mask) for mask in masks}
        found["masks"][str(count)] = _compare(f"{count} scattered fields, a mask", actions, masks[0])
    for count in COUNTS:
        found["bands"][str(count)] = _compare(f"{count} scattered fields, indices from bands", *_ways(count))
    for what, (task, options) in MEASURED.items():
        said = measure.fresh(task, layer="scattered", count=COUNTS[-1], workers=1, **options)
        beyond = said["peak_mb"] - said["before_mb"]
        print(f"sources: {what}: peak {said['peak_mb']:.0f} MB, {beyond:.0f} MB of it for the run", flush=True)
        found["memory"][what] = {"peak_mb": said["peak_mb"], "beyond_mb": beyond}
    return found


def _ways(count: int) -> tuple[dict[str, Callable[[], object]], str]:
    """Return what computes and extracts the indices of the bands, or decodes these alone, and which is the floor."""
    bands, fields = library.bands(), library.scattered(count)
    run = partial(ours.run, bands, fields, mask=L2A_MASK, source="l2a")
    of_bands = {
        path: windows
        for path, windows in ours.blocks_read(bands, fields, L2A_INDICES, L2A_MASK, "l2a").items()
        if path.parent.parent.name == "IMG_DATA" and "_SCL_" not in path.name
    }
    actions: dict[str, Callable[[], object]] = {
        "floor": partial(ours.decode, of_bands),
        TOGETHER: partial(run, indices=L2A_INDICES),
        **{index: partial(run, indices=(index,)) for index in L2A_INDICES},
    }
    if rivals.is_there("exactextract"):
        rivals.layer_file(fields)
        actions["script and exactextract"] = partial(rivals.script_and_exactextract, fields)
    return actions, "floor"
