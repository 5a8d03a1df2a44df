"""The ``.SAFE`` folder of an L2A product as it is downloaded: its bands, scene classification, cloud probability.

Source of the layout: the Sentinel-2 Products Specification Document, version 14.9, annex on Level-2A.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ..errors import EngineError, Phrase, ProductRenamed, ProductsZipped
from ..files import exists, is_file, is_folder, system_path
from .product_id import ProductId, parse_product

SAFE = ".SAFE"
GRANULE = "GRANULE"

METADATA_NAME = "MTD_MSIL2A.xml"
LARGEST_XML = 1 << 26  # bytes, a hundred times what ESA's have
PROBABILITY_NAME = "MSK_CLDPRB_20m.jp2"
# How the name of each band's file ends, at the pixel size that indices are computed from.
BAND_FILES = {
    **{band: f"R10m/*_{band}_10m.jp2" for band in ("B02", "B03", "B04", "B08")},
    **{band: f"R20m/*_{band}_20m.jp2" for band in ("B05", "B06", "B07", "B11", "B12")},
}
_CLASSES_FILE = "R20m/*_SCL_20m.jp2"


# How deep products are looked for below a folder.
LEVELS = 3
# Names of Level-2A products, those before 2016-12 included, which do not name a tile.
_L2A = re.compile(r"S2[A-Z]_(?:[A-Z]+_)*(?:MSIL2A|PRD_MSIL2A)_\w+", re.ASCII)
_DAY = re.compile(r"_V?(\d{8})T\d{6}", re.ASCII)


@dataclass(frozen=True)
class SafeScan:
    """The L2A products below a folder.

    Attributes
    ----------
    products
        each once, with its ``.SAFE`` folder, by tile, acquisition and identifier.
    unnamed
        ``.SAFE`` folders of Level-2A whose name does not say the tile.
    zipped
        products that are not unpacked, and have no ``.SAFE`` folder.
    renamed
        folders of products that have another name, and no ``.SAFE`` folder: a copy, a download that is not
        complete.
    """

    products: tuple[tuple[ProductId, Path], ...]
    unnamed: tuple[Path, ...]
    zipped: tuple[Path, ...]
    renamed: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where all of these are."""
        return (*(path for _, path in self.products), *self.unnamed, *self.zipped, *self.renamed)


def none_to_use(scan: SafeScan, folder: Path) -> EngineError | None:
    """Return why there is no product to use below a folder; None where there is nothing at all that looks like one."""
    if scan.renamed:
        return ProductRenamed(path=scan.renamed[0])
    if scan.zipped:
        names = ", ".join(path.name for path in scan.zipped[:3]) + (", …" if len(scan.zipped) > 3 else "")
        return ProductsZipped(folder=folder, files=names)
    return None


@dataclass
class _Found:
    products: dict[str, tuple[ProductId, Path]] = field(default_factory=dict)
    unnamed: list[Path] = field(default_factory=list)
    zipped: list[Path] = field(default_factory=list)
    renamed: list[Path] = field(default_factory=list)


def scan_safes(folder: Path) -> SafeScan:
    """Look for L2A products up to `LEVELS` deep; what cannot be read is passed over.

    Parameters
    ----------
    folder
        Folder of products, or one product, zipped or not.
    """
    found = _Found()
    if is_file(folder) and _is_zipped(folder.name):
        found.zipped.append(folder)
    # Level by level: of a product that is there twice, the one that lies less deep counts.
    folders = [folder.parent] if folder.name.endswith(SAFE) and is_folder(folder / GRANULE) else [folder]
    only = folder.name if folders[0] != folder else None
    for _ in range(LEVELS):
        below = []
        for place in folders:
            below += _scan(place, only, found)
        folders, only = below, None
    ordered = sorted(found.products.values(), key=lambda each: (each[0].tile, each[0].acquired, each[0].text))
    zipped = [path for path in found.zipped if _stem(path.name) not in found.products]
    renamed = [path for path in found.renamed if _name_of(path) not in found.products]
    return SafeScan(tuple(ordered), tuple(sorted(found.unnamed)), tuple(sorted(zipped)), tuple(sorted(renamed)))


def _scan(place: Path, only: str | None, found: _Found) -> list[Path]:
    """Take the products in a folder, and return the folders to look into."""
    files = _names(place, folders=False)
    found.zipped += [place / name for name in files if _is_zipped(name)]
    below = []
    for name in _names(place, folders=True) if only is None else [only]:
        path = place / name
        if not name.endswith(SAFE) or not is_folder(path / GRANULE):
            below.append(path)  # unpackers put a folder into a folder of the same name
        product = parse_product(_stem(name))
        named = name.endswith(SAFE) and (product is not None or _is_l2a(name))
        if not named and _L2A.match(name) and is_folder(path / GRANULE):
            found.renamed.append(path)
        if not named or _holds_itself(path):
            continue
        if product is None:
            found.unnamed.append(path)
        elif product.level == "L2A":
            found.products.setdefault(product.text, (product, path))
    return below


def _name_of(folder: Path) -> str:
    """Return the name of the product that the name of a folder begins with."""
    match = _L2A.match(folder.name)
    return match[0] if match else ""


def _holds_itself(path: Path) -> bool:
    return not is_folder(path / GRANULE) and is_folder(path / path.name)


def _stem(name: str) -> str:
    return name.removesuffix(".zip").removesuffix(SAFE)


def _is_zipped(file: str) -> bool:
    return file.endswith((".zip", SAFE)) and _is_l2a(file)


def _is_l2a(name: str) -> bool:
    product = parse_product(_stem(name))
    return _L2A.fullmatch(_stem(name)) is not None if product is None else product.level == "L2A"


def day_in_name(name: str) -> date | None:
    """Return the day of acquisition in the name of a product that has no tile in it, as far as it can be told."""
    match = _DAY.search(name.partition("L2A")[2])
    try:
        return datetime.strptime(match[1], "%Y%m%d").date() if match else None
    except ValueError:
        return None


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
    granules = list(_names(folder / GRANULE, folders=True))
    known = metadata if exists(metadata) else None
    if len(granules) != 1:
        reason = Phrase("it holds {number} granules (GRANULE/*) instead of one", number=len(granules))
        return Safe(folder, metadata=known, problem=reason)
    granule = folder / GRANULE / granules[0]
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
        probability if exists(probability) else None,
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
