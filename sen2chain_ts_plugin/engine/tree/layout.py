"""The extraction folder tree: its names, its zones, the schema of its raw CSV.

Source of the layout: Sen2Chain 1.4.1 (``TimeSeriesCompil``), which can continue a tree of ours, as we can one of its.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import NotAnExtraction
from ..files import is_folder, system_path
from ..zones.shapefile import SHAPEFILE_PARTS

_FOLDER = re.compile(r"(?P<name>.+)_(?P<checksum>[0-9a-f]{16})")
# The identifier of a product has seven parts between underscores.
_PARTS_OF_PRODUCT = 7
# A shapefile's index: a heading, and so many bytes a record.
_SHX_HEADING, _SHX_RECORD = 100, 8


@dataclass(frozen=True)
class Tree:
    """One extraction: the folder ``<root>/<name>_<checksum>`` and the names in it.

    Attributes
    ----------
    folder
        Path of the folder.
    name
        Name of the layer, made safe for a file name.
    checksum
        Checksum of the zones, 16 hex digits, see `checksum`.
    """

    folder: Path
    name: str
    checksum: str

    @property
    def shapefile(self) -> Path:
        """The zones, EPSG:4326; record i is zone i."""
        return self.folder / "shp_files" / f"{self.name}.shp"

    def raw_folder(self, index: str, mask_folder: str) -> Path:
        """Return where the raw CSV of an index and a cloud mask are, one per product."""
        return self.folder / "raw_data" / index / mask_folder

    def raw_csv(self, index: str, mask_folder: str, masked_name: str) -> Path:
        """Return the raw CSV of a product, given the file name of its masked raster."""
        return self.raw_folder(index, mask_folder) / f"{self.name}_{masked_name.removesuffix('.jp2')}.csv"

    def masked_name(self, raw_csv: Path) -> str:
        """Return the file name of the masked raster of a raw CSV: the way back of `raw_csv`."""
        return raw_csv.name.removeprefix(f"{self.name}_").removesuffix(".csv") + ".jp2"

    def no_data_csv(self, index: str, mask_folder: str) -> Path:
        """Return the list of the products that gave no row."""
        return self.raw_folder(index, mask_folder) / "product_data" / "products_no_data.csv"

    def compiled_folder(self, index: str, mask_folder: str) -> Path:
        """Return where the compiled files of an index and a cloud mask are, one folder per period."""
        return self.folder / "compiled_data" / index / mask_folder


def open_tree(folder: Path) -> Tree:
    """Recognise an extraction folder made by extract or by Sen2Chain.

    Parameters
    ----------
    folder
        Path of a folder ``<name>_<checksum>`` that holds ``raw_data``.

    Returns
    -------
    Tree
        The extraction.

    Raises
    ------
    NotAnExtraction
        If the folder is missing, is not named ``<name>_<checksum>`` or holds no ``raw_data``.
    """
    folder = Path(os.path.abspath(folder))
    match = _FOLDER.fullmatch(folder.name)
    if not match or not is_folder(folder / "raw_data"):
        raise NotAnExtraction(folder=folder)
    return Tree(folder, match["name"], match["checksum"])


def tree_folders(root: Path) -> list[Tree]:
    """Return the folders below an extraction root that are named like a tree, by name."""
    trees = []
    if is_folder(root):
        with os.scandir(system_path(root)) as entries:
            for entry in entries:
                match = _FOLDER.fullmatch(entry.name)
                if match and os.path.isdir(entry.path):
                    trees.append(Tree(root / entry.name, match["name"], match["checksum"]))
    return sorted(trees, key=lambda tree: tree.folder.name)


def zone_count(tree: Tree) -> int:
    """Return how many zones a tree has, by the size of the index of its shapefile; 0 where that is missing."""
    try:
        size = os.path.getsize(system_path(tree.shapefile.with_suffix(".shx")))
    except OSError:
        return 0
    return max(0, size - _SHX_HEADING) // _SHX_RECORD


def checksum(parts: Mapping[str, bytes]) -> str:
    """Return the checksum that names a tree: 16 hex digits of the SHA-256 over the parts of the zones' shapefile.

    Parameters
    ----------
    parts
        the bytes of each of `SHAPEFILE_PARTS`, by extension.
    """
    digest = hashlib.sha256()
    for extension in SHAPEFILE_PARTS:
        digest.update(parts[extension])
    return digest.hexdigest()[:16]


def split_raster_name(name: str) -> tuple[str, str]:
    """Return the index and the cloud mask in the name of a masked raster, ``<product>_<INDEX>_<mask>.jp2``."""
    index, _, mask = name.removesuffix(".jp2").split("_", _PARTS_OF_PRODUCT)[-1].partition("_")
    return index, mask
