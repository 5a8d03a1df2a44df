"""What is already done in an extraction tree: raw CSV that are sound, products known to give no row.

Sen2Chain's own record is the tree itself: a product is done when it has a CSV or is listed in products_no_data.csv. It
also lists products that it never reached and leaves cut files after a crash, so what our manifest does not know is
looked at once.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import FileInUse, RasterUnreadable, RawDataDamaged
from ..feedback import Feedback, check
from ..files import Signature, read_bytes, remove_file, signature, system_path, write_atomic, write_if_changed
from ..library.folders import Library
from ..library.index_product import UNMASKED, IndexProduct
from ..library.products import probability_raster
from ..sources.source import Signatures
from ..tree.layout import Tree
from ..tree.manifest import Manifest, ManifestEntry
from ..tree.raw_rows import read_raw
from .rows import ProductRows
from .run import CLOUD_PROBABILITY

_NO_DATA_HEADER = "filename"
# Rasters that add columns to the rows of a mask that Sen2Chain applied, and of all.
_ADDING = {UNMASKED, CLOUD_PROBABILITY}


@dataclass
class _Group:
    """One index and mask folder: the products listed as without data, the size of each raw CSV by name.

    ``new`` are the products that this run has found to be without data.
    """

    no_data: set[str]
    csv: dict[str, int]
    new: set[str] = field(default_factory=set)


class ResumeRecords:
    """The records of a locked tree."""

    def __init__(self, tree: Tree, products: Sequence[IndexProduct], library: Library) -> None:
        self._tree = tree
        self._library = library
        self._looked_inside = False
        self._probability: dict[str, Path | None] = {}
        self.manifest = Manifest(tree.folder)
        self._groups: dict[tuple[str, str], _Group] = {}
        for item in products:
            key = (item.index, item.mask.folder)
            if key not in self._groups:
                listed, csv = _read_list(tree.no_data_csv(*key)), _sizes(tree.raw_folder(*key))
                # Sen2Chain lists what it has not reached yet, and leaves it there once it has rows.
                no_data = {masked for masked in listed if tree.raw_csv(*key, masked).name not in csv}
                self._groups[key] = _Group(no_data, csv)

    def is_done(self, item: IndexProduct, feedback: Feedback) -> bool:
        """Tell whether a product has an intact CSV or is known to give no row, and its rasters are still the same.

        Raises
        ------
        Cancelled
            the user asked to stop: of a tree that is not ours each file is read.
        """
        check(feedback)
        group, path = self._group(item), self._path(item)
        entry = self.manifest.entries.get(item.filename)
        size = group.csv.get(path.name)
        there = self._signatures(item)
        same = entry is None or _is_same(item, entry, there)
        if entry is not None and entry.csv == (size or 0) and (entry.rows or item.filename in group.no_data):
            return same and not _has_come(entry, there)
        if size is None or not same or any(raster.role not in there for raster in item.deciding):
            return False  # the CSV was changed since, and is not of these rasters
        rows = self._rows_of(path, entry, feedback)
        if rows:
            # What somebody else has found good enough stays, even if it lacks a column.
            note = _entry(item, there, rows, size, unmasked=True, probability=True)
            self.manifest.entries[item.filename] = note
        return rows > 0

    def _rows_of(self, path: Path, entry: ManifestEntry | None, feedback: Feedback) -> int:
        """Return how many rows a CSV has that we did not write as it is; 0 where it is to be computed again.

        It was written by Sen2Chain, or by a run of ours that was killed before it could note it.
        """
        if not self._looked_inside:
            self._looked_inside = True
            feedback.info("Raw files that this plugin has no note of are read once.")
        try:
            raw = read_raw(path)
        except RawDataDamaged as error:
            feedback.warning(
                "{file} is damaged ({reason}); computed again.", file=path.name, reason=error.values["reason"]
            )
            return 0
        rows = len(raw.rows)
        if entry is not None and entry.rows != rows:
            feedback.warning(
                "Rows of {file}: {rows} instead of {known}; computed again.",
                file=path.name, rows=rows, known=entry.rows,
            )  # fmt: skip
            return 0
        return rows

    def write(self, item: IndexProduct, signatures: Signatures, rows: ProductRows, data: bytes) -> None:
        """Write the CSV of a product, or, when it has no rows, remove an older one and list it as without data.

        Parameters
        ----------
        item, signatures
            the product, and what its rasters were when they were read.
        rows, data
            what it gave, and the text of it.

        Raises
        ------
        WriteFailed, LeadsOutside
            a file cannot be written.
        """
        group, path = self._group(item), self._path(item)
        if len(rows):
            write_atomic(path, data, self._tree.folder)
            group.no_data.discard(item.filename)
        else:
            remove_file(path, self._tree.folder)
            group.no_data.add(item.filename)
            group.new.add(item.filename)
        # Where there is no row, nothing can be added to it either.
        whole = not len(rows)
        unmasked, probability = whole or rows.cloudy is not None, whole or rows.probability is not None
        size = 0 if whole else len(data)
        if whole:
            deciding = {raster.role for raster in item.deciding}
            signatures = {role: signature for role, signature in signatures.items() if role in deciding}
        self.manifest.add(_entry(item, signatures, len(rows), size, unmasked=unmasked, probability=probability))

    def fail(self, item: IndexProduct) -> None:
        """Take note that a product failed: it is not one without data."""
        self._group(item).no_data.discard(item.filename)

    def save(self, feedback: Feedback) -> int:
        """Write the lists of products without data, each once, sorted, and the manifest.

        A list that is open in another program stays as it was. The products that are missing in it are named as failed:
        the next run looks at them again.

        Returns
        -------
        int
            how many products of this run are not listed.

        Raises
        ------
        WriteFailed, LeadsOutside
            a file cannot be written.
        """
        unlisted: set[str] = set()
        for key, group in self._groups.items():
            text = "\n".join([_NO_DATA_HEADER, *sorted(group.no_data)]) + "\n"
            try:
                write_if_changed(self._tree.no_data_csv(*key), text.encode(), self._tree.folder)
            except FileInUse as error:
                feedback.error(
                    "Products without data are not listed, {number}: {reason}", number=len(group.new), reason=error
                )
                unlisted |= group.new
        if unlisted:
            self.manifest.forget(unlisted)
        self.manifest.save()
        return len(unlisted)

    def _signatures(self, item: IndexProduct) -> Signatures:
        """Return what the rasters of an item that are there are now."""
        if item.product.text not in self._probability:
            self._probability[item.product.text] = probability_raster(self._library, item.product)
        paths = {raster.role: raster.path for raster in item.rasters}
        probability = self._probability[item.product.text]
        if probability is not None:
            paths[CLOUD_PROBABILITY] = probability
        found = {role: _signature(path) for role, path in paths.items()}
        return {role: signature for role, signature in found.items() if signature is not None}

    def _group(self, item: IndexProduct) -> _Group:
        return self._groups[item.index, item.mask.folder]

    def _path(self, item: IndexProduct) -> Path:
        return self._tree.raw_csv(item.index, item.mask.folder, item.filename)


def _is_same(item: IndexProduct, entry: ManifestEntry, there: Signatures) -> bool:
    """Tell whether the rasters that rows came from are the ones that are there now."""
    if entry.source != there.get(item.rasters[0].role):
        return False
    if entry.rasters is None:
        return True  # of an earlier version, which knew of no others
    others = {raster.role for raster in item.deciding[1:]}
    if others != entry.rasters.keys() - _ADDING:
        return False  # a mask that was computed has its raster now, or the other way round
    # One that only adds columns may be gone since: the columns are there.
    return all(there.get(role, signature) == signature for role, signature in entry.rasters.items()) and (
        others <= there.keys()
    )


def _has_come(entry: ManifestEntry, there: Signatures) -> bool:
    """Tell whether a raster is there by now that the rows were made without."""
    return (UNMASKED in there and not entry.unmasked) or (CLOUD_PROBABILITY in there and not entry.probability)


def _entry(
    item: IndexProduct, signatures: Signatures, rows: int, csv: int, *, unmasked: bool, probability: bool
) -> ManifestEntry:
    first = item.rasters[0].role
    others = {role: signature for role, signature in signatures.items() if role != first}
    size, changed = signatures[first].size, signatures[first].changed
    return ManifestEntry(item.filename, size, changed, rows, csv, unmasked, probability, others)


def _signature(path: Path) -> Signature | None:
    try:
        return signature(path)
    except RasterUnreadable:
        return None


def _read_list(path: Path) -> set[str]:
    try:
        lines = read_bytes(path).decode(errors="replace").splitlines()
    except OSError:
        return set()
    return {line.strip().strip('"') for line in lines[1:] if line.strip()}


def _sizes(folder: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    with contextlib.suppress(OSError), os.scandir(system_path(folder)) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):  # a link that leads in circles; its neighbours are sound
                if entry.is_file():
                    sizes[entry.name] = entry.stat().st_size
    return sizes
