"""The files of analyses in a tree, and the record of those that are ours.

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
from ..growing_file import GrowingFile
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

    def begin(self, path: Path) -> GrowingFile | ForeignFile:
        """Begin a file."""
        there = _digest(path)
        known = self._files.get(self._key(path), {})
        is_foreign = there is not None and there != (known.get("size"), known.get("crc32"))
        return ForeignFile(path) if is_foreign else GrowingFile(path, self._root)

    def finish(self, file: GrowingFile | ForeignFile, made: dict[str, Any]) -> bool:
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
            False where another file is there: it stays, and is among ``kept``.

        Raises
        ------
        WriteFailed, LeadsOutside
            see `files.write_atomic`.
        """
        if isinstance(file, GrowingFile):
            file.finish()
        elif _digest(file.path) != (file.size, file.crc32):
            self.kept.append(file.path)
            return False
        self._files[self._key(file.path)] = {"size": file.size, "crc32": file.crc32, **made}
        record = json.dumps({"files": self._files}, ensure_ascii=False, indent=1, sort_keys=True)
        write_if_changed(self._path, record.encode() + b"\n", self._root)
        return True

    def _key(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()


class ForeignFile:
    """A file of others in the place of one of ours: its content is compared, and it stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = self.crc32 = 0

    def add(self, piece: bytes) -> None:
        """Take note of a piece that would be written."""
        self.size += len(piece)
        self.crc32 = zlib.crc32(piece, self.crc32)


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
    """Return a text that can be written again: other entries of the record are not ours."""
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
