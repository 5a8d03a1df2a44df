"""L2A products for tests: small .SAFE folders with bands, scene classification, probability and metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.extracting import LEFT, PIXEL, TOP, write_jp2

FINE, COARSE = ("B02", "B03", "B04", "B08"), ("B05", "B06", "B07", "B11", "B12")


def metadata(baseline: str, offset: int | None, cover: float = 12.5) -> str:
    """Return the part of MTD_MSIL2A.xml that is read, in its true form."""
    values = "".join(f'<BOA_ADD_OFFSET band_id="{band}">{offset}</BOA_ADD_OFFSET>' for band in range(13))
    offsets = "" if offset is None else f"<BOA_ADD_OFFSET_VALUES_LIST>{values}</BOA_ADD_OFFSET_VALUES_LIST>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<n1:Level-2A_User_Product xmlns:n1="x">'
        f"<PROCESSING_BASELINE>{baseline[1:3]}.{baseline[3:5]}</PROCESSING_BASELINE>"
        '<BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>'
        f"{offsets}<Cloud_Coverage_Assessment>{cover}</Cloud_Coverage_Assessment></n1:Level-2A_User_Product>\n"
    )


@dataclass
class Safes:
    """A folder of L2A products under construction; bands of 64 x 48 pixels of 10 m in blocks of 32."""

    root: Path
    width: int = 64
    height: int = 48
    seed: int = 0
    left: float = LEFT
    top: float = TOP
    bands: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    classes: dict[str, np.ndarray] = field(default_factory=dict)
    probability: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, product: str, *, folder: str = "", with_metadata: bool = True, offset: int | None = None) -> Path:
        """Add a product, by default with the offset of its baseline, and return its folder."""
        random = np.random.default_rng([self.seed, len(self.bands)])
        parts = product.split("_")
        baseline, tile, sensed = parts[3], parts[5], parts[2]
        if offset is None and int(baseline[1:]) >= 400:
            offset = -1000
        safe = self.root / folder / f"{product}.SAFE"
        images = safe / "GRANULE" / f"L2A_{tile}_A000001_{sensed}" / "IMG_DATA"
        shape = (self.height, self.width)
        place: dict[str, Any] = {"left": self.left, "top": self.top, "block": 32}
        half = (self.height // 2, self.width // 2)
        self.bands[product] = {}
        for band in (*FINE, *COARSE):
            size, there = (10, shape) if band in FINE else (20, half)
            pixels = (random.integers(1, 6000, there) - (offset or 0)).astype(np.uint16)
            pixels[: there[0] // 8] = 0  # the edge of the swath
            self.bands[product][band] = pixels
            path = images / f"R{size}m" / f"{tile}_{sensed}_{band}_{size}m.jp2"
            write_jp2(path, pixels, pixel=float(size), **place)
        self.classes[product] = random.choice(np.array([4, 4, 4, 5, 3, 8, 9, 10, 0], np.uint8), half)
        self.probability[product] = random.choice(np.array([0, 0, 0, 10, 60, 100], np.uint8), half)
        write_jp2(images / "R20m" / f"{tile}_{sensed}_SCL_20m.jp2", self.classes[product], pixel=2 * PIXEL, **place)
        quality = images.parent / "QI_DATA" / "MSK_CLDPRB_20m.jp2"
        write_jp2(quality, self.probability[product], pixel=2 * PIXEL, **place)
        if with_metadata:
            (safe / "MTD_MSIL2A.xml").write_text(metadata(baseline, offset))
        return safe

    def path(self, product: str, name: str) -> Path:
        """Return a file of a product by the end of its name."""
        return next(path for path in self.root.rglob(f"*{name}") if product in str(path))
