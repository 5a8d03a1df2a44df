"""Extraction: which products are still to do, their rows, and the raw tree that keeps them."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .errors import EngineError, LayerEmpty, ProductFailed
from .executor import Executor
from .feedback import Feedback
from .files import locked, make_folder, write_if_changed
from .footprints import products_of_met_tiles
from .library import IndexProduct, Library, Selection, find_products, probability_raster
from .manifest import Manifest, content_of
from .products import tile_epsg
from .raster import Signature
from .records import Records
from .rows import ProductRows, attribute_tails, csv_header, to_csv
from .tree import SHAPEFILE_PARTS, Tree, checksum, safe_name, tree_folders
from .unit import Part, Unit, ZoneIndexes, rows_of, run_piece, split
from .zones import ZoneLayer


@dataclass
class Summary:
    """What a run did: numbers of products by what became of them, and of rows."""

    products: int = 0
    extracted: int = 0
    skipped: int = 0
    empty: int = 0
    failed: int = 0
    rows: int = 0


@dataclass(frozen=True)
class ZoneFiles:
    """The zones as an ESRI shapefile in EPSG:4326, and a key of what they say.

    Attributes
    ----------
    parts
        the bytes of each of `tree.SHAPEFILE_PARTS`, by extension.
    content
        returns the key of `content.content_key`, which recognises the same zones written by another version of GDAL;
        called only when the parts are not those of a known tree.
    """

    parts: Mapping[str, bytes]
    content: Callable[[], str]


def find_tree(root: Path, layer_name: str, files: ZoneFiles) -> Tree:
    """Return the tree of these zones below an extraction root: the one that is there, or the one to be made."""
    digest = checksum(files.parts)
    trees = tree_folders(root)
    for tree in trees:
        if tree.checksum == digest:
            return tree
    contents = {content_of(tree.folder): tree for tree in reversed(trees)}
    contents.pop("", None)
    if contents:
        tree = contents.get(files.content())
        if tree is not None and all(tree.shapefile.with_suffix(part).is_file() for part in SHAPEFILE_PARTS):
            return tree
    name = safe_name(layer_name)
    return Tree(root / f"{name}_{digest}", name, digest)


def extract(
    library: Library,
    layer: ZoneLayer,
    files: ZoneFiles,
    selection: Selection,
    root: Path,
    executor: Executor,
    feedback: Feedback,
    *,
    force: bool = False,
    receive: Callable[[ProductRows], None] | None = None,
) -> tuple[Tree, Summary]:
    """Write the raw CSV of every product that is asked for and not yet done.

    Parameters
    ----------
    library
        where the products are.
    layer, files
        the zones, as geometries and attributes, and as files.
    selection
        which products.
    root
        the extraction root; the tree is found or made in it.
    executor
        the workers.
    feedback
        progress, messages, cancel. A failed product is named by its masked file through ``feedback.error``.
    force
        compute again what is already done.
    receive
        called in the calling thread with the rows of each product that has some.

    Raises
    ------
    CloudMaskAbsent, LayerEmpty, LayerMeetsNoTile
        there is nothing to work on.
    FolderLocked
        another run writes this tree.
    WriteFailed, LeadsOutside
        a file of the tree cannot be written; what was done before stays.
    Cancelled
        the user asked to stop; what was done before stays.
    """
    if library.notes:
        feedback.warning("Not found, default folder used instead: {paths}.", paths="; ".join(library.notes))
    if not layer.has_geometry:
        raise LayerEmpty(layer=layer.name)
    products = find_products(library, selection)
    products = products_of_met_tiles(library, layer, selection, products, feedback)
    make_folder(root)
    tree = find_tree(root, layer.name, files)
    make_folder(tree.folder)
    with locked(tree.folder):
        records = Records(tree, products)
        _write_zones(tree, files, records.manifest)
        to_do = [item for item in products if force or not records.is_done(item, feedback)]
        _announce(tree, products, to_do, feedback)
        run = _Run(library, layer, executor, feedback, receive)
        run.summary.products = len(products)
        run.summary.skipped = len(products) - len(to_do)
        try:
            run.work(to_do, records)
        finally:
            records.save()
    return tree, run.summary


class _Run:
    """One run over one locked tree."""

    def __init__(
        self,
        library: Library,
        layer: ZoneLayer,
        executor: Executor,
        feedback: Feedback,
        receive: Callable[[ProductRows], None] | None,
    ) -> None:
        self._library = library
        self._layer = layer
        self._executor = executor
        self._feedback = feedback
        self._receive = receive
        self._said: set[str] = set()
        self.summary = Summary()

    def work(self, to_do: Sequence[IndexProduct], records: Records) -> None:
        """Measure every product and write what it gave as it comes."""
        units = self._units(to_do)
        header, tails = csv_header(self._layer.fields), attribute_tails(self._layer.attributes)
        for number, part in self._parts(units):
            for item, rows, source in self._results(units[number], part):
                records.write(item, source, len(rows), to_csv(rows, header, tails))
                self._count(rows)
                done = self.summary.extracted + self.summary.empty + self.summary.failed
                self._feedback.info(
                    "Product {done} of {all}: {file}, {rows} rows",
                    done=done, all=len(to_do), file=item.masked.name, rows=len(rows),
                )  # fmt: skip
            for item in part.failed:
                records.fail(item)

    def _units(self, to_do: Sequence[IndexProduct]) -> list[Unit]:
        items: dict[str, list[IndexProduct]] = {}
        for item in to_do:
            items.setdefault(item.product.text, []).append(item)
        return [
            Unit(group[0].product, tuple(group), probability_raster(self._library, group[0].product))
            for group in items.values()
        ]

    def _parts(self, units: list[Unit]) -> Iterator[tuple[int, Part]]:
        """Yield the number and the merged result of each unit as it is complete."""
        epsg_codes = {tile_epsg(unit.product.tile) for unit in units}
        indexes = ZoneIndexes({epsg: self._layer.geometries(epsg) for epsg in epsg_codes})
        pieces = split(units, self._executor.workers)
        missing = Counter(piece.unit for piece in pieces)
        parts: dict[int, Part] = {}
        with contextlib.closing(self._executor.map(partial(run_piece, indexes), pieces, self._feedback)) as outcomes:
            for outcome in outcomes:
                number = outcome.item.unit
                part = outcome.result
                if part is None:
                    part = Part()
                    reason = f"{type(outcome.error).__name__}: {outcome.error}"
                    for item in outcome.item.items or units[number].items:
                        part.failed[item] = ProductFailed(reason=reason)
                if number in parts:
                    parts[number].merge(part)
                else:
                    parts[number] = part
                missing[number] -= 1
                if not missing[number]:
                    yield number, parts.pop(number)

    def _results(self, unit: Unit, part: Part) -> Iterator[tuple[IndexProduct, ProductRows, Signature]]:
        """Yield the rows of each item of a unit, in order; name those that failed."""
        if unit.probability is None:
            self._once("No cloud probability raster for {file}: cldprb stays empty.", unit.items[0].masked.name)
        for item in unit.items:
            try:
                rows = rows_of(item, unit, part)
            except EngineError as error:
                part.failed[item] = error
                self.summary.failed += 1
                self._feedback.error("{file} failed: {reason}", file=item.masked.name, reason=error)
                continue
            measured = part.measured[item]
            if item.unmasked is None:
                self._once("No unmasked raster for {file}: nbcld stays empty.", item.masked.name)
            if measured.other_nodata:
                self._once(
                    "The .aux.xml sidecar of {file} is missing or names another nodata value; nodata is 16383, as ever.",
                    item.masked.name,
                )
            yield item, rows, measured.source

    def _count(self, rows: ProductRows) -> None:
        if not len(rows):
            self.summary.empty += 1
            return
        self.summary.extracted += 1
        self.summary.rows += len(rows)
        if self._receive is not None:
            self._receive(rows)

    def _once(self, message: str, file: str) -> None:
        """Say something of the first product it is true of."""
        if message not in self._said:
            self._said.add(message)
            self._feedback.warning(message, file=file)


def _write_zones(tree: Tree, files: ZoneFiles, manifest: Manifest) -> None:
    if checksum(files.parts) == tree.checksum:
        for extension in SHAPEFILE_PARTS:
            write_if_changed(tree.shapefile.with_suffix(extension), files.parts[extension], tree.folder)
    if not manifest.content:
        manifest.content = files.content()
        manifest.save()


def _announce(tree: Tree, products: Sequence[IndexProduct], to_do: Sequence[IndexProduct], feedback: Feedback) -> None:
    feedback.info("Extraction folder: {folder}", folder=tree.folder)
    if not products:
        feedback.info("No product of this selection on the tiles of the layer: nothing to do.")
    asked = Counter(item.product.tile for item in products)
    left = Counter(item.product.tile for item in to_do)
    for number, tile in enumerate(sorted(asked), 1):
        feedback.info(
            "Tile {tile} ({number} of {tiles}): {asked} products, {done} already done, {left} to do",
            tile=tile, number=number, tiles=len(asked),
            asked=asked[tile], done=asked[tile] - left[tile], left=left[tile],
        )  # fmt: skip
