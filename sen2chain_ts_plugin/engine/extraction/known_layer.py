"""Layers whose zones a tree is known to hold, so that a run with nothing to do does not read them.

``<tree>/.sen2chain_ts/layers.json`` holds ``{"format": 1, "layers": [[<key>, {"content": <key of the zones>, "met":
[<tiles>], "away": [<tiles>]}], …]}``, the layer that was read last at the end. ``met`` are tiles whose products were
extracted, ``away`` those that lie elsewhere. It may be deleted at any time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import EngineError
from ..files import own_folder, read_bytes, write_if_changed
from ..library.folders import Library
from ..library.index_product import IndexProduct
from ..library.products import find_products
from ..library.selection import Selection
from ..tree.layout import Tree, tree_folders
from ..zones.layer import ZoneLayer
from ..zones.pixel_options import PixelOptions
from ..zones.unread_layer import UnreadLayer
from .tree_of_zones import is_whole

_NAME = "layers.json"
_FORMAT = 1  # goes up when a file of zones is read otherwise than before: what was noted then counts no longer
_KEPT = 20
_LARGEST = 1 << 22  # bytes


class KnownLayer(NamedTuple):
    """What a tree knows of a layer: the key of its zones, the tiles that they meet, and those that lie elsewhere."""

    tree: Tree
    content: str
    met: frozenset[str]
    away: frozenset[str]


def key_of(layer: ZoneLayer, pixels: PixelOptions, *, read: bool = False) -> str | None:
    """Return the key of a layer and the buffer of its zones; None where the layer has to be read to be known.

    Parameters
    ----------
    layer, pixels
        the layer as it was before the buffer, and the buffer.
    read
        whether the zones have been read: then the key of what was read, None where that is another file by now.
    """
    if not isinstance(layer, UnreadLayer):
        return None
    stamp = layer.stamp_of_zones if read else layer.stamp
    return stamp and (f"{stamp} {pixels.buffer} {pixels.small}" if pixels.buffer else stamp)


def known_layer(root: Path, key: str | None) -> KnownLayer | None:
    """Return what a tree below an extraction root knows of a layer; None where none knows it, or is not whole."""
    if key is None:
        return None
    for tree in tree_folders(root):
        note = dict(_read(tree.folder)).get(key)
        if note is not None and is_whole(tree):
            return KnownLayer(tree, note["content"], frozenset(note["met"]), frozenset(note["away"]))
    return None


def products_of_known(
    known: KnownLayer, library: Library, selection: Selection, pixels: PixelOptions
) -> list[IndexProduct]:
    """List the products that are asked for, of the tiles that the zones are known to meet.

    None at all where a product is of a tile that is not known yet, or the selection cannot be met.
    """
    try:
        products = find_products(library, selection)
    except EngineError:
        return []  # who reads the layer says why
    tiles = {item.product.tile for item in products}
    if not tiles <= known.met | known.away:
        return []
    return pixels.named([item for item in products if item.product.tile in known.met])


def note_layer(tree: Tree, key: str, content: str, met: Collection[str], away: Collection[str]) -> None:
    """Remember that a tree holds the zones of a layer; for the holder of the tree's lock.

    Raises
    ------
    WriteFailed, LeadsOutside
        the note cannot be written.
    """
    notes = dict(_read(tree.folder))
    before = notes.pop(key, None)
    if before is not None and before["content"] == content:
        met, away = {*met, *before["met"]}, {*away, *before["away"]} - set(met)
    notes[key] = {"content": content, "met": sorted(met), "away": sorted(away)}
    text = json.dumps({"format": _FORMAT, "layers": list(notes.items())[-_KEPT:]}, indent=0) + "\n"
    write_if_changed(own_folder(tree.folder) / _NAME, text.encode(), tree.folder)


def _read(tree: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the notes of a tree; none where the file is damaged or of another format."""
    try:
        found = json.loads(read_bytes(own_folder(tree) / _NAME, _LARGEST))
        if found["format"] != _FORMAT:
            return []
        notes = [(str(key), dict(note)) for key, note in found["layers"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [(key, note) for key, note in notes if _is_note(note)]


def _is_note(note: dict[str, Any]) -> bool:
    return isinstance(note.get("content"), str) and _are_texts(note.get("met")) and _are_texts(note.get("away"))


def _are_texts(values: object) -> bool:
    return isinstance(values, Sequence) and all(isinstance(value, str) for value in values)
