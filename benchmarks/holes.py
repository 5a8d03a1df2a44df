"""What it costs to look for holes of zeros in the tiles that are decoded."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sen2chain_ts_plugin.engine.raster.holes import Holes

from . import library, measure, ours

COUNT, PRODUCTS = 20_000, 2


def holes() -> dict[str, object]:
    """Time of looking for holes / time to decode the blocks that are looked at, once, for a dense layer: at most 2 %.

    Both in seconds of one worker. Looking takes the reading of the bytes too, where GDAL then reads them once more.
    """
    data, fields = library.library(PRODUCTS), library.scattered(COUNT)
    blocks = ours.blocks_read(data, fields)
    looked: list[measure.Cost] = []
    decoded: list[measure.Cost] = []
    for _ in range(measure.rounds()):
        looked.append(_looking(data, fields))
        decoded.append(measure.timed(lambda: ours.decode(blocks)))
    looking, decoding, share = measure.median(looked), measure.median(decoded), measure.ratio(looked, decoded)
    print(
        f"holes: {COUNT} scattered fields, {PRODUCTS} products: looking for holes {1000 * looking.wall:.0f} ms "
        f"({1000 * looking.cpu:.0f} ms CPU), decoding {decoding.wall:.2f} s ({decoding.cpu:.2f} s CPU), "
        f"{100 * share.wall:.2f} % ({100 * share.cpu:.2f} % CPU)",
        flush=True,
    )
    return {
        "looking": [looking.wall, looking.cpu], "decoding": [decoding.wall, decoding.cpu],
        "share": [share.wall, share.cpu],
    }  # fmt: skip


def _looking(data: Path, fields: library.Fields) -> measure.Cost:
    """Run once, and return what all looks for holes took together."""
    wall = cpu = 0.0
    deep = False

    def clocked(look: Callable[..., None]) -> Callable[..., None]:
        def looks(*of: Any) -> None:
            nonlocal wall, cpu, deep
            if deep:  # a look at a window looks at parts
                look(*of)
                return
            deep, wall, cpu = True, wall - time.perf_counter(), cpu - time.thread_time()
            try:
                look(*of)
            finally:
                deep, wall, cpu = False, wall + time.perf_counter(), cpu + time.thread_time()

        return looks

    looks = {name: clocked(getattr(Holes, name)) for name in ("check_window", "check_part")}
    with patch.multiple(Holes, **looks):
        ours.run(data, fields)
    return measure.Cost(wall, cpu)
