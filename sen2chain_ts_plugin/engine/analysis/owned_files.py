"""The files of analyses in a tree, and the record of which of them are ours.

A file is replaced only if it is ours, and still as we wrote it. So each one is recorded, in
``.sen2chain_ts/analysis.json``, with its size, its CRC-32, what made it, and with which settings and versions::

    {"files": {"analysis_data/NDVI/CM001/smooth/fields_NDVI_smooth.csv":
               {"size": 1234, "crc32": 5678, "analysis": "smooth", "parameters": {...}, "versions": {...}}}}
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from ..feedback import Feedback
from ..files import own_folder, read_bytes, system_path, write_if_changed
from ..tree.layout import Tree

_RECORD = "analysis.json"
_PIECE = 1 << 20


class OwnedFiles:
    """Writes the files of analyses and keeps the record. Only for the holder of the tree's lock.

    Parameters
    ----------
    tree
        the tree.
    feedback
        told when the record cannot be read.
    """

    def __init__(self, tree: Tree, feedback: Feedback) -> None:
        self._root = tree.folder
        self._path = own_folder(tree.folder) / _RECORD
        self._files = _load(self._path, feedback)
        self.kept: list[Path] = []

    def begin(self, path: Path) -> GrowingResult:
        """Begin a file."""
        return GrowingResult(path, self._root)

    def finish(self, file: GrowingResult, made: dict[str, Any]) -> bool:
        """Give a file its name, and record it.

        Parameters
        ----------
        file
            what `begin` returned, whole.
        made
            what goes into the record: analysis, parameters, versions.

        Returns
        -------
        bool
            False where something else stands there: it stays, and is among ``kept``.

        Raises
        ------
        WriteFailed, LeadsOutside
            see `files.write_atomic`.
        """
        key = file.path.relative_to(self._root).as_posix()
        there = _digest(file.path)
        mine = (file.size, file.crc32)
        known = self._files.get(key, {})
        if there is not None and there not in (mine, (known.get("size"), known.get("crc32"))):
            self.kept.append(file.path)
            return False
        file.finish()
        self._files[key] = {"size": file.size, "crc32": file.crc32, **made}
        record = json.dumps({"files": self._files}, ensure_ascii=False, indent=1, sort_keys=True)
        write_if_changed(self._path, record.encode() + b"\n", self._root)
        return True


class GrowingResult:
    """A file that is put together piece by piece."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.size = self.crc32 = 0
        self._root = root
        self._pieces: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """Add a piece."""
        self._pieces.append(piece)
        self.size += len(piece)
        self.crc32 = zlib.crc32(piece, self.crc32)

    def finish(self) -> None:
        """Write the file, unless it is there as it should be."""
        write_if_changed(self.path, self._pieces, self._root)


def recorded(tree: Tree, path: Path, feedback: Feedback) -> dict[str, Any]:
    """Return what is recorded of a file that is as it was written; nothing for any other."""
    known = _load(own_folder(tree.folder) / _RECORD, feedback).get(path.relative_to(tree.folder).as_posix(), {})
    return known if _digest(path) == (known.get("size"), known.get("crc32")) else {}


def _load(path: Path, feedback: Feedback) -> dict[str, dict[str, Any]]:
    try:
        files = json.loads(read_bytes(path))["files"]
        return {_text(key): dict(entry) for key, entry in files.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        feedback.warning("Cannot read {path} ({reason}): files of earlier analyses will stay.", path=path, reason=error)
        return {}


def _text(value: str) -> str:
    """Return a text that can be written again: what else stands in the record is none of ours."""
    value.encode()
    return value


def _digest(path: Path) -> tuple[int, int] | None:
    """Return the size and the CRC-32 of a file; None where there is none."""
    size = crc = 0
    try:
        with open(system_path(path), "rb") as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                crc = zlib.crc32(piece, crc)
    except FileNotFoundError:
        return None
    except OSError:
        return -1, 0  # something that cannot be read is not ours
    return size, crc
