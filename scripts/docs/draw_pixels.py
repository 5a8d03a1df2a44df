"""Draws docs/images/pixels.svg: one small field under each rule of pixels, with what the engine counts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sen2chain_ts_plugin.engine import Zones  # noqa: E402 the path has to be known first
from sen2chain_ts_plugin.engine.feedback import Silent  # noqa: E402
from sen2chain_ts_plugin.engine.raster.grid import Grid  # noqa: E402
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions  # noqa: E402
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, to_wkb  # noqa: E402

GRID = Grid(32740, 320_000.0, 7_660_000.0, 10.0, 9, 8, 1024, 1024)
# 0.21 ha, in pixels from the upper left corner.
FIELD = [(1.35, 2.1), (6.9, 1.25), (7.6, 4.3), (2.1, 6.35), (1.35, 2.1)]
PANELS = [
    ("centre", PixelOptions()),
    ("touched", PixelOptions("touched")),
    ("fraction", PixelOptions("fraction")),
    ("centre, buffer -10 m", PixelOptions(buffer=-10)),
]
SIDE, GAP, HEAD = 26, 26, 46
GREEN, INK, LINES = "#2c7a4b", "#1d2b22", "#c9d1cb"


def main() -> None:
    """Draw the picture."""
    corners = np.array(FIELD) * (10, -10) + (GRID.left, GRID.top)
    zones = Zones("field", [to_wkb(Geometry([[corners]]))], "EPSG:32740")
    width = len(PANELS) * (GRID.width * SIDE + GAP) + GAP
    height = HEAD + GRID.height * SIDE + 2 * GAP
    panels = [panel(n, title, options, zones) for n, (title, options) in enumerate(PANELS)]
    text = "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
            f'role="img" aria-label="One field of 0.2 ha under each rule of pixels">',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *panels,
            "</svg>",
            "",
        ]
    )
    (ROOT / "docs" / "images" / "pixels.svg").write_text(text, encoding="utf-8")


def panel(number: int, title: str, options: PixelOptions, zones: Zones) -> str:
    """Return one panel."""
    left, top = GAP + number * (GRID.width * SIDE + GAP), HEAD + GAP / 2
    layer = options.zones_of(zones, Silent())
    (geometry,) = layer.geometries(GRID.epsg)
    runs = options.rule.burn([geometry], GRID)
    shares = np.ones(len(runs.row)) if runs.share is None else runs.share
    drawn, count = [], 0.0
    for row, start, stop, share in zip(runs.row.tolist(), runs.start.tolist(), runs.stop.tolist(), shares.tolist()):
        for column in range(start, stop):
            count += share
            x, y = left + column * SIDE, top + row * SIDE
            shade = f'fill="{GREEN}" fill-opacity="{0.75 * share:.3f}"'
            drawn.append(f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" {shade}/>')
    right, bottom = left + GRID.width * SIDE, top + GRID.height * SIDE
    lines = [f"M{left + n * SIDE} {top}V{bottom}" for n in range(GRID.width + 1)]
    lines += [f"M{left} {top + n * SIDE}H{right}" for n in range(GRID.height + 1)]
    said = f"count {count:.2f}" if runs.share is not None else f"count {count:.0f}"
    return "\n".join(
        [
            f'<text x="{left}" y="24" font-size="17" font-weight="bold" fill="{INK}">{title}</text>',
            f'<text x="{left}" y="45" font-size="15" fill="{INK}">{said}</text>',
            *drawn,
            f'<path d="{"".join(lines)}" stroke="{LINES}" fill="none"/>',
            outline(zones.geometries(GRID.epsg)[0], left, top, "none" if options.buffer == 0 else "4 3"),
            *([outline(geometry, left, top, "none")] if options.buffer else []),
        ]
    )


def outline(geometry: Geometry, left: float, top: float, dashes: str) -> str:
    """Return the outline of a zone."""
    (rings,) = geometry.polygons
    points = (rings[0] - (GRID.left, GRID.top)) / (10, -10) * SIDE + (left, top)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist()) + "Z"
    return f'<path d="{path}" stroke="{INK}" stroke-width="2" fill="none" stroke-dasharray="{dashes}"/>'


if __name__ == "__main__":
    main()
