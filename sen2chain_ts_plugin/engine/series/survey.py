"""What is known of raw CSV files without reading them again: whether they are sound, and where in them a zone is.

A file is read and checked once, wholly. What was found is kept in ``.sen2chain_ts/raw_files/`` of the tree, a cache
that may be deleted at any time; it counts only while size and times of change of a file are those that it had then.
Sen2Chain's files need not be sorted by zone: of one that is not, a sorted copy is kept in ``.sen2chain_ts/sorted/``.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import Phrase, RawDataDamaged
from ..feedback import Feedback
from ..files import open_regular, own_folder, read_bytes, system_path, write_atomic, write_if_changed
from ..tree.cells import Pieces, join_rows, padded
from ..tree.layout import Tree
from ..tree.raw_csv import header_of
from ..tree.raw_rows import Block, checked_blocks
from ..tree.stamps import Stamp, stamp_of
from ..workers.executor import Control, Executor, results_in_order

_FORMAT = 1
# Of every so many rows it is noted where they are; of large files of every eighth of these, above so many a share.
_STEP = 32
_ENOUGH, _LARGEST_SHARE = 128, 8
_FILES_AT_ONCE = 16


@dataclass(frozen=True)
class RawFacts:
    """What is known of a raw file.

    Attributes
    ----------
    path
        where its rows are, in the order of their zones: the file, or its sorted copy.
    name, stamp
        of the file; ``copy`` is the stamp of the sorted copy, None where the file itself is sorted.
    attributes
        the names of the columns after the result columns.
    rows
        how many it has.
    date_text, filename
        what its rows have in these columns; empty without rows.
    zones, places
        of some rows, the first one among them, the zone, and where it begins in ``path``.
    last
        the greatest zone.
    is_sorted
        whether the zones ascend.
    settled
        whether the next change of the file will show in its stamp.
    system_path
        ``path`` as the system takes it; a compile opens thousands of files hundreds of times.
    """

    path: Path
    name: str
    stamp: Stamp
    attributes: tuple[str, ...]
    rows: int
    date_text: str
    filename: str
    zones: tuple[int, ...]
    places: tuple[int, ...]
    last: int
    is_sorted: bool = True
    copy: Stamp | None = None
    settled: bool = True
    system_path: str = field(init=False, repr=False, compare=False)

    @property
    def content(self) -> Stamp:
        """The stamp of ``path``."""
        return self.copy or self.stamp

    def __post_init__(self) -> None:
        # Not when it is first asked for: other threads may be sending this to their Pythons then.
        object.__setattr__(self, "system_path", system_path(self.path))


@dataclass(frozen=True)
class Damage:
    """A raw file that cannot be used: why, and the names of its attributes where these can be read."""

    path: Path
    error: RawDataDamaged
    attributes: tuple[str, ...] | None


class RawFilesCache:
    """What an earlier run has found out about the raw files of an index and a mask.

    Parameters
    ----------
    tree, index, mask_folder
        whose.
    """

    def __init__(self, tree: Tree, index: str, mask_folder: str) -> None:
        self._tree = tree
        self._folder = tree.raw_folder(index, mask_folder)
        self._path = own_folder(tree.folder) / "raw_files" / index / f"{mask_folder}.json"
        self._sorted = own_folder(tree.folder) / "sorted" / index / mask_folder
        self._known = self._load()

    def get(self, path: Path) -> RawFacts | None:
        """Return what is known of a file that is still the same."""
        facts = self._known.get(path.name)
        try:
            if facts is None or stamp_of(os.stat(system_path(path))) != facts.stamp:
                return None
            if facts.copy is not None and stamp_of(os.stat(system_path(facts.path))) != facts.copy:
                return None
        except OSError:
            return None
        return facts

    def sort(self, facts: RawFacts) -> RawFacts:
        """Write a copy of a raw file with its rows in the order of their zones, and return what is known with it.

        Raises
        ------
        WriteFailed, LeadsOutside
            it cannot be written.
        RawDataDamaged
            the file is no longer what it was.
        """
        path, copy = facts.path, self._sorted / facts.name
        data = read_bytes(path).replace(b"\r\n", b"\n")
        start = data.index(b"\n") + 1
        ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
        lines = Pieces(padded(data), ends[:-1] + 1, ends[1:] + 1)
        zones = [float(line.split(b",", 2)[1]) for line in lines.tolist()]
        order = np.argsort(np.array(zones), kind="stable")
        write_atomic(copy, [data[:start], join_rows([lines], order).text], self._tree.folder)
        found = survey_file(copy)
        if isinstance(found, Damage) or (found.rows, found.filename) != (facts.rows, facts.filename):
            raise RawDataDamaged(path=path, reason=Phrase("it changed while it was read"))
        return replace(found, stamp=facts.stamp, copy=found.stamp, settled=facts.settled)

    def keep(self, facts: Iterable[RawFacts]) -> None:
        """Remember what is known now; for the holder of the tree's lock.

        Raises
        ------
        WriteFailed, LeadsOutside
            it cannot be written.
        """
        headers: dict[tuple[str, ...], int] = {}
        files = [
            {
                "name": each.name,
                "stamp": _numbers_of(each.stamp),
                "header": headers.setdefault(each.attributes, len(headers)),
                "rows": each.rows,
                "date": each.date_text,
                "filename": each.filename,
                "zones": each.zones,
                "places": each.places,
                "last": each.last,
                "sorted": each.is_sorted,
                "copy": each.copy and _numbers_of(each.copy),
            }
            for each in facts
            if each.settled
        ]
        body = json.dumps(
            {"headers": list(headers), "files": files}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        write_if_changed(self._path, b"%d %08x\n%b\n" % (_FORMAT, zlib.crc32(body), body), self._tree.folder)

    def _load(self) -> dict[str, RawFacts]:
        try:
            first, body = read_bytes(self._path).split(b"\n", 1)
            body = body.removesuffix(b"\n")
            if first != b"%d %08x" % (_FORMAT, zlib.crc32(body)):
                return {}
            said = json.loads(body)
            headers = [tuple(header) for header in said["headers"]]
            return {each["name"]: self._facts(each, headers) for each in said["files"]}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return {}

    def _facts(self, said: dict[str, Any], headers: Sequence[tuple[str, ...]]) -> RawFacts:
        copy = said["copy"] and Stamp(*said["copy"])
        return RawFacts(
            (self._sorted if copy else self._folder) / said["name"], said["name"], Stamp(*said["stamp"]),
            headers[said["header"]], said["rows"], said["date"], said["filename"],
            tuple(said["zones"]), tuple(said["places"]), said["last"], said["sorted"], copy,
        )  # fmt: skip


def survey(
    paths: Sequence[Path], cache: RawFilesCache, executor: Executor, feedback: Feedback
) -> tuple[list[RawFacts], list[Damage]]:
    """Return what is known of raw files, after reading those that are not known yet; and those that are damaged.

    Parameters
    ----------
    paths
        the raw CSV files of an index and a mask.
    cache
        what an earlier run knew. What is known now is not written here.
    executor
        the workers that read.
    feedback
        told the share of the files that were read; asked for cancel. A damaged file is not named here.

    Raises
    ------
    Cancelled
        the user asked to stop.
    """
    known = {path: cache.get(path) for path in paths}
    unknown = [path for path in paths if known[path] is None]
    groups = [unknown[begin : begin + _FILES_AT_ONCE] for begin in range(0, len(unknown), _FILES_AT_ONCE)]
    damaged = []
    for group in results_in_order(executor, _survey_files, groups, feedback):
        for path, found in group:
            if isinstance(found, Damage):
                damaged.append(found)
                del known[path]
            else:
                known[path] = found
    return [facts for facts in known.values() if facts is not None], damaged


def _survey_files(paths: Sequence[Path], control: Control) -> list[tuple[Path, RawFacts | Damage]]:
    found = []
    for path in paths:
        control.check()
        found.append((path, survey_file(path)))
    return found


def survey_file(path: Path) -> RawFacts | Damage:
    """Read and check a raw file."""
    attributes = None
    try:
        with open_regular(path) as stream:
            stamp = stamp_of(os.fstat(stream.fileno()))
            attributes = header_of(path, stream.readline())
            marks = _Marks()
            for block in checked_blocks(path, stream, len(attributes)):
                marks.add(block)
            settled = stamp.is_settled()
            if stamp_of(os.fstat(stream.fileno())) != stamp:
                return Damage(
                    path, RawDataDamaged(path=path, reason=Phrase("it changed while it was read")), attributes
                )
    except OSError as error:
        return Damage(path, RawDataDamaged(path=path, reason=error.strerror or error), attributes)
    except RawDataDamaged as error:
        return Damage(path, error, attributes)
    return replace(marks.facts(path, stamp, attributes), settled=settled)


class _Marks:
    """Where the zones are in a file, gathered block by block."""

    def __init__(self) -> None:
        self._rows = 0
        self._last = self._greatest = -1
        self._said = (b"", b"")
        self._zones: list[int] = []
        self._places: list[int] = []
        self.is_sorted = True

    def add(self, block: Block) -> None:
        """Take the next block of the file; it has at least one row."""
        zones = block.zones
        self.is_sorted &= bool((np.diff(zones, prepend=self._last) >= 0).all())
        self._said = (block.date_text, block.filename)
        marks = slice(-self._rows % _STEP, None, _STEP)
        self._zones += zones[marks].tolist()
        self._places += (block.line_begins[marks] + block.begin).tolist()
        self._rows += zones.size
        self._last = int(zones[-1])
        self._greatest = max(self._greatest, int(zones.max()))

    def facts(self, path: Path, stamp: Stamp, attributes: tuple[str, ...]) -> RawFacts:
        """Return what is known of the file once all its blocks were taken."""
        date, filename = (text.decode() for text in self._said)
        share = min(max(len(self._zones) // _ENOUGH, 1), _LARGEST_SHARE)
        return RawFacts(
            path, path.name, stamp, attributes, self._rows, date, filename,
            tuple(self._zones[::share]), tuple(self._places[::share]), self._greatest, self.is_sorted,
        )  # fmt: skip


def _numbers_of(stamp: Stamp) -> list[int]:
    return [stamp.size, stamp.changed, stamp.touched]
