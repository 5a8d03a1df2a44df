"""Which compiled files of a tree were made of which raw files.

It is kept in ``.sen2chain_ts/compiled_from/``, a cache that may be deleted at any time: a file of JSON for each index,
mask and kind of request, after a line with its format and CRC-32.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from ..files import own_folder, read_bytes, system_path, write_if_changed
from .layout import Tree
from .stamps import stamp

_FORMAT = 1


@dataclass(frozen=True)
class Known:
    """What an earlier compile of an index and a mask has made.

    Attributes
    ----------
    asked
        a text that says what was asked for, and the columns that the files have.
    rows
        how many rows all data have.
    short
        the zones that were too short for the smoothing.
    raw
        the stamps of the raw files by name.
    files
        by part of the request: by the end of its name, the stamp of each file.
    """

    asked: str
    rows: int
    short: list[int]
    raw: dict[str, list[int]]
    files: dict[str, dict[str, list[int]]]


class Memory:
    """What is known of the compiled files of an index and a mask.

    Parameters
    ----------
    tree, index, mask_folder
        whose.
    kind
        of request: a text fit for the name of a file. What is known of other kinds stays.
    """

    def __init__(self, tree: Tree, index: str, mask_folder: str, kind: str) -> None:
        self._tree = tree
        self._path = _folder(tree, index, mask_folder) / f"{kind}.json"

    def load(self) -> Known | None:
        """Return what was kept; None when there is nothing that can be used."""
        return _read(self._path)

    def keep(self, known: Known) -> None:
        """Remember what was made of the raw files.

        Raises
        ------
        WriteFailed, LeadsOutside
            it cannot be written.
        """
        body = json.dumps(asdict(known), ensure_ascii=False, separators=(",", ":")).encode()
        write_if_changed(self._path, b"%d %08x\n%b\n" % (_FORMAT, zlib.crc32(body), body), self._tree.folder)


def is_of_these(tree: Tree, index: str, mask_folder: str, compiled: Path) -> bool:
    """Tell whether a compiled file is known to be made of the raw files as they are now, all of them."""
    folder = _folder(tree, index, mask_folder)
    raw = tree.raw_folder(index, mask_folder)
    with contextlib.suppress(OSError):
        for name in os.listdir(system_path(folder)):
            known = _read(folder / name)
            if known is None or stamp(compiled) not in (
                each for part in known.files.values() for each in part.values()
            ):
                continue
            if known.raw == {name: stamp(raw / name) for name in _raw_names(raw)}:
                return True
    return False


def _folder(tree: Tree, index: str, mask_folder: str) -> Path:
    return own_folder(tree.folder) / "compiled_from" / index / mask_folder


def _raw_names(folder: Path) -> list[str]:
    names = os.listdir(system_path(folder))
    return [name for name in names if name.endswith(".csv") and not name.startswith(".")]


def _read(path: Path) -> Known | None:
    try:
        first, body = read_bytes(path).split(b"\n", 1)
        body = body.removesuffix(b"\n")
        if first != b"%d %08x" % (_FORMAT, zlib.crc32(body)):
            return None
        said = json.loads(body)
        return Known(said["asked"], int(said["rows"]), list(said["short"]), dict(said["raw"]), dict(said["files"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
