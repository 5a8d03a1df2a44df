"""The compiled files of a tree, and the record of those that are ours.

A compile replaces and removes what an earlier one made, but never a file that somebody else made or has changed since.
So each file is recorded, in ``.sen2chain_ts/compiled.json``, with its size, its CRC-32 and what asked for it::

    {"files": {"compiled_data/NDVI/CM001/monthly/fields_CC100_NDVI_monthly_2021-01.csv":
               {"size": 1234, "crc32": 5678, "asked": ["CC100 monthly"]}}}
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import EngineError, FileInUse
from ..feedback import Feedback
from ..files import open_regular, own_folder, read_bytes, remove_file, system_path, write_if_changed
from ..growing_file import GrowingFile
from ..tree.layout import Tree

_PIECE = 1 << 20


class CompiledFiles:
    """Writes the compiled files of a tree and keeps the record. Only for the holder of the tree's lock.

    Parameters
    ----------
    tree
        the tree whose ``compiled_data`` is written.
    feedback
        told when the record cannot be read.
    """

    def __init__(self, tree: Tree, feedback: Feedback) -> None:
        self._root = tree.folder
        self._feedback = feedback
        self._path = own_folder(tree.folder) / "compiled.json"
        self._files = self._load()
        self._changed = False

    def has(self, path: Path, asked: str) -> bool:
        """Tell whether it is noted that something asked for a file."""
        return asked in self._files.get(self._key(path), {"asked": []})["asked"]

    def begin(self, path: Path) -> GrowingFile:
        """Begin a file, given its path below the tree."""
        return GrowingFile(path, self._root)

    def finish(self, file: GrowingFile, asked: str) -> None:
        """Finish a file, and note what asked for it.

        Parameters
        ----------
        file
            what `begin` returned, with all its content.
        asked
            the part of a compile that this file comes from.

        Raises
        ------
        WriteFailed, LeadsOutside
            see `files.write_atomic`.
        """
        file.finish()
        key = self._key(file.path)
        known = self._files.get(key, {"asked": []})
        entry = {"size": file.size, "crc32": file.crc32, "asked": sorted({*known["asked"], asked})}
        if entry != known:
            self._files[key] = entry
            self._changed = True

    @contextlib.contextmanager
    def remembering(self) -> Iterator[None]:
        """Write the record, if it has changed, when this ends; as far as can be, even if it is cut short."""
        try:
            yield
        except BaseException:
            with contextlib.suppress(EngineError):  # the same disk may be full
                self._save()
            raise
        self._save()

    def _save(self) -> None:
        if self._changed:
            record = json.dumps({"files": self._files}, ensure_ascii=False, indent=0, sort_keys=True)
            write_if_changed(self._path, record.encode() + b"\n", self._root)
            self._changed = False

    def keep_only(self, folder: Path, asked: str, kept: Iterable[Path]) -> None:
        """Remove what earlier compiles wrote below a folder for the same request, but ``kept``.

        A file that something else asked for too stays; so does one that is no longer as it was written.
        """
        inside = self._key(folder) + "/"
        keys = {self._key(path) for path in kept}
        for key, entry in list(self._files.items()):
            if key not in keys and key.startswith(inside) and asked in entry["asked"]:
                try:
                    if entry["asked"] == [asked]:
                        self._remove(self._root / key, entry)
                        del self._files[key]
                except FileInUse as error:  # the next compile removes it
                    self._feedback.error("{reason}", reason=error)
                    continue
                entry["asked"].remove(asked)
                self._changed = True

    def _remove(self, path: Path, entry: dict[str, Any]) -> None:
        if not os.path.lexists(system_path(path)):
            return
        if _is_as_written(path, entry):
            remove_file(path, self._root)
            self._feedback.info("Removed {path}: it no longer has rows, or a newer file replaces it.", path=path)
        else:
            self._feedback.warning("{path} no longer has rows, but was changed by others: it stays.", path=path)

    def _key(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _load(self) -> dict[str, dict[str, Any]]:
        try:
            files = json.loads(read_bytes(self._path))["files"]
            return {
                _text(key): {
                    "size": int(entry["size"]),
                    "crc32": int(entry["crc32"]),
                    "asked": [_text(asked) for asked in entry["asked"]],
                }
                for key, entry in files.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            self._feedback.warning(
                "Cannot read {path} ({reason}): compiled files that are out of date will stay.",
                path=self._path,
                reason=error,
            )
            return {}


def _text(value: object) -> str:
    """Return a text that can be written again: other entries of the record are not ours."""
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    value.encode()
    return value


def _is_as_written(path: Path, entry: dict[str, Any]) -> bool:
    size = crc = 0
    try:
        with open_regular(path) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                crc = zlib.crc32(piece, crc)
    except OSError:
        return False
    return (size, crc) == (entry["size"], entry["crc32"])
