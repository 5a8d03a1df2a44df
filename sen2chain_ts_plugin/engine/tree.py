"""The extraction folder tree: its names, its zones, the schema of its raw CSV.

Source of the layout: Sen2Chain 1.4.1 (``TimeSeriesCompil``), which can continue a tree of ours, as we can one of its.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .choices import STATISTICS
from .errors import NotAnExtraction
from .files import is_folder, system_path

# The parts of the zones' shapefile, in the order in which the checksum takes them.
SHAPEFILE_PARTS = (".shp", ".cpg", ".dbf", ".prj", ".shx")
RESULT_COLUMNS = (
    "date",
    "fid",
    "tile",
    "filename",
    "count",
    "nodata",
    "nbcld",
    "cldprb",
    *STATISTICS,
)
_FOLDER = re.compile(r"(?P<name>.+)_(?P<checksum>[0-9a-f]{16})")
WINDOWS_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{device}{n}" for device in ("COM", "LPT") for n in "0123456789¹²³"))
)
# A layer's name stands in the names of files, that of a quicklook beside another one: together within 255 bytes.
_LONGEST_NAME, _LONGEST_NAME_BYTES = 60, 100
# The identifier of a product has seven parts between underscores.
_PARTS_OF_PRODUCT = 7


@dataclass(frozen=True)
class Tree:
    """One extraction: the folder ``<root>/<name>_<checksum>`` and the names in it.

    Attributes
    ----------
    folder
        where it is.
    name
        of the layer, made safe for a file name.
    checksum
        of the zones, 16 hex digits, see `checksum`.
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
        named ``<name>_<checksum>``, with ``raw_data`` in it.

    Raises
    ------
    NotAnExtraction
        the folder is missing, is not named ``<name>_<checksum>`` or holds no ``raw_data``.
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


def safe_name(text: str) -> str:
    """Return a layer's name made safe for a file name on every system, and never empty.

    Letters of every script stay; spaces, separators and what Windows refuses become ``_``.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w.\-]+", "_", text).strip("._-")[:_LONGEST_NAME]
    text = text.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore").rstrip("._-")
    if not text:
        return "zones"
    stem, dot, rest = text.partition(".")  # "con.txt" is the console too
    return f"{stem}_{dot}{rest}" if stem.upper() in WINDOWS_DEVICES else text


def split_raster_name(name: str) -> tuple[str, str]:
    """Return the index and the cloud mask in the name of a masked raster, ``<product>_<INDEX>_<mask>.jp2``."""
    index, _, mask = name.removesuffix(".jp2").split("_", _PARTS_OF_PRODUCT)[-1].partition("_")
    return index, mask


def attribute_columns(fields: Sequence[str]) -> list[str]:
    """Return the names under which the attributes of a layer stand after the result columns.

    A name that is taken (by a result column or by another attribute) gets ``_1``, ``_2``…
    """
    return unique_names(fields, RESULT_COLUMNS)


def unique_names(names: Sequence[str], taken: Sequence[str], *, ignore_case: bool = False) -> list[str]:
    """Return names of which none is taken or repeated: where one is, the first free of ``_1``, ``_2``… is added."""

    def key(name: str) -> str:
        return name.casefold() if ignore_case else name

    used = {key(name) for name in taken}
    # The names that need no change keep theirs, whatever stands before them.
    wanted = {key(name) for name in names}
    result = []
    last: dict[str, int] = {}  # the number that was given last, by name: of many alike none is tried twice
    for name in names:
        number = last.get(key(name), 0)
        free = f"{name}_{number}" if number else name
        while key(free) in used or (number and key(free) in wanted):
            number += 1
            free = f"{name}_{number}"
        last[key(name)] = number
        used.add(key(free))
        result.append(free)
    return result
