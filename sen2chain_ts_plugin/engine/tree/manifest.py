"""What we know of an extraction tree beyond its files: the content of its zones, and what each product gave.

``<tree>/.sen2chain_ts/manifest.jsonl`` holds one JSON object per line, the last one about a product counts. The first
line describes the tree: ``{"format": 1, "content": <key of the zones>}``; the others a product:
``{"file": <name of the masked raster>, "size": …, "changed": …, "rows": …, "csv": <bytes of the raw CSV>,
"unmasked": …, "probability": …, "rasters": {<role>: [size, changed], …}}``, where size (bytes) and changed (ns) are
those of its first raster at the time, the masked one where there is one, the next two tell whether those rasters were
there, and the last one is the same of every other file that the rows came from (lines of earlier versions have none).
A line is added when the CSV has its final name; a killed run loses at most the last line, and its CSV is then looked at
again. At the end of a run the file is rewritten, sorted, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ..errors import WriteFailed
from ..files import (
    Signature,
    check_inside,
    is_file,
    open_append,
    open_regular,
    own_folder,
    read_bytes,
    write_if_changed,
)

_NAME = "manifest.jsonl"
_FORMAT = 1
_LONGEST_LINE = 1 << 20  # bytes; ours have some hundred


@dataclass(frozen=True)
class ManifestEntry:
    """What one product gave: the rows of its CSV and the size of it in bytes; no rows, no CSV.

    ``unmasked`` and ``probability`` are false where the rows lack a column that these rasters would give. ``rasters``
    are the signatures of the files other than the first that the rows came from, by role; None where they are unknown.
    """

    file: str
    size: int
    changed: int
    rows: int
    csv: int
    unmasked: bool
    probability: bool
    rasters: Mapping[str, Signature] | None = None

    @property
    def source(self) -> Signature:
        """The signature of the first raster when it was read."""
        return Signature(self.size, self.changed)


_KINDS = {"str": str, "int": int, "bool": bool}
_RASTERS = "rasters"
_FIELDS = {field.name: _KINDS[str(field.type)] for field in fields(ManifestEntry) if field.name != _RASTERS}


class Manifest:
    """The manifest of a tree; for the holder of the tree's lock."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._path = own_folder(tree) / _NAME
        self.content = ""
        self.entries: dict[str, ManifestEntry] = {}
        for line in _lines(self._path):
            if _is_text(line.get("content")):
                self.content = line["content"]
            else:
                entry = _entry(line)
                if entry is not None:
                    self.entries[entry.file] = entry

    def add(self, entry: ManifestEntry) -> None:
        """Note what a product gave, on disk before anything else happens.

        Raises
        ------
        LeadsOutside
            the manifest is a symbolic link out of the tree.
        WriteFailed
            the system refused.
        """
        check_inside(self._path, self._tree)
        self.entries[entry.file] = entry
        if not is_file(self._path):  # there is none yet, or what is there is no file: a pipe, a folder
            self.save()
            return
        try:
            with open_append(self._path) as stream:
                # A line that a killed run left half written must not take this one with it.
                stream.write(b"\n" + _encode(_line(entry)))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise WriteFailed(path=self._path, reason=error.strerror or error) from error

    def forget(self, files: Collection[str]) -> None:
        """Drop what is known of some products, given the names of their masked rasters.

        Raises
        ------
        WriteFailed
            the system refused.
        """
        known = self.entries.keys() & files
        for name in known:
            del self.entries[name]
        if known:
            self.save()

    def save(self) -> None:
        """Rewrite the manifest, sorted.

        Raises
        ------
        WriteFailed
            the system refused.
        """
        lines: list[dict[str, Any]] = [{"format": _FORMAT, "content": self.content}]
        lines += [_line(self.entries[name]) for name in sorted(self.entries)]
        write_if_changed(self._path, b"\n".join(map(_encode, lines)) + b"\n", self._tree)


def content_of(tree: Path) -> str:
    """Return the key of the zones of a tree, from its manifest; empty when it has none."""
    try:
        with open_regular(own_folder(tree) / _NAME) as stream:
            first = json.loads(stream.readline(_LONGEST_LINE))
        return str(first["content"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _entry(line: dict[str, Any]) -> ManifestEntry | None:
    """Return what a line says about a product; None for one of another format, which says nothing to us."""
    if line.keys() - {_RASTERS} != _FIELDS.keys() or not _is_text(line["file"]):
        return None
    if any(type(line[name]) is not kind for name, kind in _FIELDS.items()):
        return None
    rasters = line.get(_RASTERS)
    if rasters is None:
        return ManifestEntry(**line)
    if not isinstance(rasters, dict) or not all(map(_is_text, rasters)) or not all(map(_is_pair, rasters.values())):
        return None
    return ManifestEntry(**{**line, _RASTERS: {role: Signature(*pair) for role, pair in rasters.items()}})


def _line(entry: ManifestEntry) -> dict[str, Any]:
    """Return an entry as a JSON object."""
    line = {name: getattr(entry, name) for name in _FIELDS}
    if entry.rasters is not None:
        there = sorted(entry.rasters.items())
        line[_RASTERS] = {role: [signature.size, signature.changed] for role, signature in there}
    return line


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value)


def _is_text(value: object) -> bool:
    # An escaped half of a pair of UTF-16 is a str too, and can never be written again.
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _encode(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        data = read_bytes(path)
    except OSError:
        return []
    lines = []
    for text in data.split(b"\n"):
        with contextlib.suppress(ValueError, RecursionError):
            line = json.loads(text) if text else None
            if isinstance(line, dict):
                lines.append(line)
    return lines
