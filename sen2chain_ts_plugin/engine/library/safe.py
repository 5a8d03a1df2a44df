"""The ``.SAFE`` folder of an L2A product as it is downloaded: its bands, scene classification, cloud probability.

Source of the layout: the Sentinel-2 Products Specification Document, version 14.9, annex on Level-2A.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Phrase
from ..files import is_file, system_path

METADATA_NAME = "MTD_MSIL2A.xml"
PROBABILITY_NAME = "MSK_CLDPRB_20m.jp2"
# How the name of each band's file ends, at the pixel size that indices are computed from.
BAND_FILES = {
    **{band: f"R10m/*_{band}_10m.jp2" for band in ("B02", "B03", "B04", "B08")},
    **{band: f"R20m/*_{band}_20m.jp2" for band in ("B05", "B06", "B07", "B11", "B12")},
}
_CLASSES_FILE = "R20m/*_SCL_20m.jp2"


@dataclass(frozen=True)
class Safe:
    """What a ``.SAFE`` folder holds.

    Attributes
    ----------
    folder
        the folder.
    bands
        the file of each band that is there, by its name.
    classes, probability, metadata
        the scene classification and the cloud probability at 20 m, ``MTD_MSIL2A.xml``; None where they are missing.
    problem
        why it cannot be used; None if it can.
    """

    folder: Path
    bands: Mapping[str, Path] = field(default_factory=dict)
    classes: Path | None = None
    probability: Path | None = None
    metadata: Path | None = None
    problem: Phrase | None = None


def read_safe(folder: Path) -> Safe:
    """Look what a ``.SAFE`` folder holds; opens no file."""
    metadata = folder / METADATA_NAME
    granules = list(_names(folder / "GRANULE", folders=True))
    known = metadata if is_file(metadata) else None
    if len(granules) != 1:
        reason = Phrase("it holds {number} granules (GRANULE/*) instead of one", number=len(granules))
        return Safe(folder, metadata=known, problem=reason)
    granule = folder / "GRANULE" / granules[0]
    images = granule / "IMG_DATA"
    names = {size: list(_names(images / size, folders=False)) for size in ("R10m", "R20m")}

    def ending(pattern: str) -> Path | None:
        size, _, end = pattern.partition("/*")
        return next((images / size / name for name in names[size] if name.endswith(end)), None)

    probability = granule / "QI_DATA" / PROBABILITY_NAME
    bands = {band: ending(pattern) for band, pattern in BAND_FILES.items()}
    return Safe(
        folder,
        {band: path for band, path in bands.items() if path is not None},
        ending(_CLASSES_FILE),
        probability if is_file(probability) else None,
        known,
    )


def _names(folder: Path, *, folders: bool) -> Iterator[str]:
    """Yield the names of the folders, or of the files, in a folder, sorted."""
    try:
        with os.scandir(system_path(folder)) as entries:
            found = [entry.name for entry in entries if not entry.name.startswith(".") and _is(entry, folders=folders)]
    except OSError:
        return  # it is not there, or may not be read
    yield from sorted(found)


def _is(entry: os.DirEntry[str], *, folders: bool) -> bool:
    try:
        return entry.is_dir() if folders else entry.is_file()
    except OSError:
        return False  # a link that leads in circles
