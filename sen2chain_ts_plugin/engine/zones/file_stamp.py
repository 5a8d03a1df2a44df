"""A stamp of what a vector file holds, by which zones are recognised without being read.

It is the SHA-256 over the bytes of the file and of those that belong to it, and over words that say how it is read. Two
runs with the same stamp read the same zones.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from ..files import open_regular, system_path
from .file_state import is_database, parts_of

# What is a whole in these files; others may be an entry to data that lie somewhere else.
_WHOLE = (".shp", ".gpkg", ".geojson", ".fgb", ".sqlite")
# A database of SQLite notes in its header how often and how it was opened: journal, changes, and who wrote last.
_OF_OPENING = (slice(18, 20), slice(24, 28), slice(92, 100))
_HEADER = 100
_AT_ONCE = 1 << 20


def stamp_of(path: Path, words: Sequence[str]) -> str | None:
    """Return the stamp of a vector file.

    Parameters
    ----------
    path
        the file.
    words
        what else decides which zones are read from it: the layer, the encoding, the program, the buffer.

    Returns
    -------
    str or None
        64 hex digits; None where the bytes do not tell all: of another format, of a database with changes in another
        file, and of what cannot be read.
    """
    if path.suffix.lower() not in _WHOLE:
        return None
    digest = hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass"))
    try:
        for part in parts_of(path):
            if _has_changes_beside(part):
                return None
            digest.update(f"\x1e{part.suffix.lower()}\x1f".encode())
            _add_file(digest, part)
    except OSError:
        return None
    return digest.hexdigest()


def _has_changes_beside(path: Path) -> bool:
    return any(
        os.path.exists(system_path(beside)) and os.path.getsize(system_path(beside)) > 0
        for beside in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal"))
    )


def _add_file(digest: hashlib._Hash, path: Path) -> None:
    database = is_database(path)
    with open_regular(path) as stream:
        digest.update(os.fstat(stream.fileno()).st_size.to_bytes(8, "big"))
        if database:
            header = bytearray(stream.read(_HEADER))
            for place in _OF_OPENING:
                header[place] = bytes(len(header[place]))
            digest.update(header)
        while data := stream.read(_AT_ONCE):
            digest.update(data)
