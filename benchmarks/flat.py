"""Memory that stays flat: many products, a million vertices, a hundred thousand zones, each beside fewer of them."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path

import numpy as np

from sen2chain_ts_plugin.engine.zones.wkb import Geometry

from . import library, measure, nothing, ours

# What there is more and more of, and how many.
GROWING = {
    "products": (50, 500),
    "vertices": (1_000, 1_000_000),
    "zones": (1_000, 100_000),
}


def flat() -> dict[str, object]:
    """Peak memory of a run with one worker in a fresh process, and how much of it the run took beside its layer."""
    found: dict[str, object] = {}
    for kind, counts in GROWING.items():
        found[kind] = {str(count): _measured(kind, count) for count in counts}
    return found


def _measured(kind: str, count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=library.cache()) as folder:
        data = library.library(1)
        if kind == "products":
            data = Path(folder)
            nothing.many_products(data, count)
        said = measure.fresh("flat", kind=kind, count=count, data=str(data))
    beyond = said["peak_mb"] - said["before_mb"]
    print(
        f"flat: {count} {kind}: peak {said['peak_mb']:.0f} MB, {beyond:.0f} MB of it for the run; {said['wall']:.1f} s",
        flush=True,
    )
    return {"peak_mb": said["peak_mb"], "beyond_mb": beyond, "wall": said["wall"], "rows": said["rows"]}


def run_once(kind: str, count: int, data: str) -> dict[str, float]:
    """Extract all products of a library; say what the process held before, with its layer and every library loaded."""
    for name in ("pandas", "rasterio"):
        importlib.import_module(name)
    fields = {
        "products": nothing.corner_fields,
        "vertices": lambda: winding(count),
        "zones": lambda: library.scattered(count),
    }
    layer = fields[kind]()
    before = measure.resident_mb()
    rows = 0

    def run() -> None:
        nonlocal rows
        rows = ours.run(Path(data), layer).rows

    cost = measure.timed(run)
    return {"before_mb": before, "wall": cost.wall, "rows": rows}


def winding(vertices: int) -> library.Fields:
    """Return one field of about 500 square kilometres, its border as crooked as so many vertices can make it."""
    random = np.random.default_rng(vertices)
    angle = np.linspace(0.0, 2 * np.pi, vertices + 1)[:-1]
    radius = 12_600.0 * (1 + 0.1 * np.cos(5 * angle)) + random.uniform(-15, 15, vertices)
    west, south, east, north = library.grid().bounds
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None]
    ring += ((west + east) / 2, (south + north) / 2)
    return library.Fields(f"{vertices} vertices", [Geometry([[np.vstack([ring, ring[:1]])]])])
