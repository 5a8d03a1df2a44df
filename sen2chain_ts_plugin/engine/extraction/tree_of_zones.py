"""Which tree the zones of a layer have, and the shapefile in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..errors import Phrase, WriteFailed
from ..feedback import Feedback
from ..files import is_file, is_folder, read_bytes, system_path, write_if_changed
from ..locks import locked
from ..text import safe_name
from ..tree.layout import Tree, checksum, tree_folders
from ..tree.manifest import Manifest, content_of
from ..zones.fingerprint import content_key
from ..zones.layer import ZoneLayer
from ..zones.shapefile import SHAPEFILE_PARTS
from ..zones.shapefile_check import is_damaged

_WGS84 = 4326


def find_tree(root: Path, layer: ZoneLayer) -> Tree:
    """Return the tree of the zones of a layer below an extraction root: the one that is there, or the one to be made.

    See `tree_of`.
    """
    return tree_of(root, layer).tree


class ZonesTree(NamedTuple):
    """The tree of the zones of a layer, the key of what they say, and their shapefile where that had to be made."""

    tree: Tree
    content: str
    parts: Mapping[str, bytes] | None


def tree_of(root: Path, layer: ZoneLayer) -> ZonesTree:
    """Return the tree of the zones of a layer.

    A tree is known by the checksum of its shapefile; when that was written by another version of GDAL, with other bytes
    for the same zones, by the content key in its manifest. To make a shapefile takes long, so the key is tried first:
    where all trees have one, and the shapefile of the one with this key is whole, both ways lead to the same tree.

    One whose shapefile is damaged is not taken: what it says may be of other zones. See `mend_tree`.
    """
    trees = tree_folders(root)
    contents = {content_of(tree.folder): tree for tree in reversed(trees)}
    all_known = len(contents) == len(trees) and "" not in contents
    contents.pop("", None)
    content = content_key(layer.geometries(_WGS84), layer.fields, layer.attributes)
    known = contents.get(content)
    if known is not None and not is_whole(known):
        known = None
    if known is not None and all_known:
        return ZonesTree(known, content, None)
    parts = layer.shapefile()
    digest = checksum(parts)
    for tree in trees:
        if tree.checksum == digest:
            return ZonesTree(tree, content, parts)
    if known is not None:
        return ZonesTree(known, content, parts)
    name = safe_name(layer.name)
    return ZonesTree(Tree(root / f"{name}_{digest}", name, digest), content, parts)


def mend_tree(root: Path, found: ZonesTree, feedback: Feedback) -> Tree:
    """Take over the tree of these zones whose shapefile is damaged, if there is one, and return what is to be written.

    A run on a full disk may have left a cut shapefile under the checksum of the cut bytes. Its rows are sound: the
    folder gets its right name, and the shapefile is written again.

    Parameters
    ----------
    root
        where it is.
    found
        what `tree_of` gave.
    feedback
        told of it.

    Raises
    ------
    FolderLocked
        another run writes the damaged tree.
    """
    tree, content = found.tree, found.content
    if is_folder(tree.folder):
        return tree
    damaged = next(
        (each for each in tree_folders(root) if content_of(each.folder) == content and _is_there(each)), None
    )
    if damaged is None:
        return tree
    mended = Tree(root / f"{damaged.name}_{tree.checksum}", damaged.name, tree.checksum)
    feedback.warning(
        "The shapefile of {folder} is damaged. It is written again, and the folder renamed to {name}.",
        folder=damaged.folder, name=mended.folder.name,
    )  # fmt: skip
    try:
        with locked(damaged.folder):
            os.rename(system_path(damaged.folder), system_path(mended.folder))
    except OSError:
        return tree  # on Windows, where the lock is in use; its rows are extracted again
    return mended


def _is_there(tree: Tree) -> bool:
    """Tell whether a tree has a shapefile, whole or not: one whose zones are gone may be of other zones."""
    return all(is_file(tree.shapefile.with_suffix(part)) for part in SHAPEFILE_PARTS)


def is_whole(tree: Tree) -> bool:
    """Tell whether the shapefile of a tree is the one that it is named after, and no cut one."""
    try:
        parts = {part: read_bytes(tree.shapefile.with_suffix(part)) for part in SHAPEFILE_PARTS}
    except OSError:
        return False
    return checksum(parts) == tree.checksum and not is_damaged(parts)


def write_zones(
    tree: Tree, found: ZonesTree, layer: ZoneLayer, manifest: Manifest, feedback: Feedback, *, force: bool
) -> None:
    """Write the shapefile of a tree where it is not there as it should be, and note what its zones say.

    ``found`` is what `tree_of` gave for the layer.

    Raises
    ------
    WriteFailed
        it cannot be written, or reads back otherwise.
    """
    content, parts = found.content, found.parts
    if parts is not None and checksum(parts) == tree.checksum:
        for extension in SHAPEFILE_PARTS:
            write_if_changed(tree.shapefile.with_suffix(extension), parts[extension], tree.folder)
        _check_written(tree, parts)
    if manifest.content and manifest.content != content and not force:
        feedback.warning(
            "The attributes of {layer} are not those that this extraction began with, although its shapefile is the "
            "same (names of more than 10 characters, texts of more than 254): rows that are already extracted keep the "
            "old ones. To renew them, extract again what is already extracted.",
            layer=layer.name,
        )
    elif manifest.content != content:
        manifest.content = content
        manifest.save()


def _check_written(tree: Tree, parts: Mapping[str, bytes]) -> None:
    for extension in SHAPEFILE_PARTS:
        path = tree.shapefile.with_suffix(extension)
        try:
            same = read_bytes(path) == parts[extension]
        except OSError as error:
            raise WriteFailed(path=path, reason=error.strerror or error) from error
        if not same:
            raise WriteFailed(path=path, reason=Phrase("it reads back otherwise"))
