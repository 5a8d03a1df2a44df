"""What a vector file on disk is at a moment, so that one that is replaced while it is read is noticed."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from ..errors import Phrase, VectorUnreadable
from ..files import check_regular, open_regular, system_path
from .shapefile_check import check_shapefile

_SQLITE = b"SQLite format 3\0"
FileState = dict[str, tuple[int, ...]]


def check_vector_file(path: Path) -> None:
    """Make sure that what a library will open of a vector file are whole files: itself, and what belongs to it.

    Raises
    ------
    VectorUnreadable
        one is a pipe, a socket or a device, or the file is cut; names it.
    """
    check_are_files(path)
    if path.suffix.lower() == ".shp" and os.path.isfile(system_path(path)):
        check_shapefile(path)
    elif _is_cut_database(path):
        raise VectorUnreadable(path=path, reason=Phrase("it is cut or still being copied"))


def check_are_files(path: Path) -> None:
    """Make sure that nothing that a library will open of a vector file is a pipe, a socket or a device.

    Raises
    ------
    VectorUnreadable
        one is; names it.
    """
    for file in parts_of(path):
        try:
            check_regular(file)
        except OSError as error:
            raise VectorUnreadable(path=file, reason=error.strerror or error) from error


def state_of(path: Path) -> FileState:
    """Return what changes when a vector file is replaced or written, by the name of each of its parts."""
    state: FileState = {}
    for file in parts_of(path):
        try:
            status = os.stat(system_path(file))
        except OSError:
            continue  # gone at this moment
        # Who opens a database changes its times, and what it holds is read as of one moment.
        state[file.name] = (
            (status.st_dev, status.st_ino)
            if is_database(file)
            else (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        )
    return state


def parts_of(path: Path) -> list[Path]:
    """Return the files of the same name, whatever their extension: a shapefile has up to ten; else the file itself."""
    if path.suffix.lower() not in (".shp", ".tab", ".mif"):
        return [path]
    try:
        names = os.listdir(os.path.dirname(system_path(path)))
    except OSError:
        return [path]
    same = sorted(name for name in names if os.path.splitext(name)[0] == path.stem and _is_part(name))
    return [path.with_name(name) for name in same] or [path]


def _is_part(name: str) -> bool:
    extension = os.path.splitext(name)[1].lower()
    return extension in (".shp", ".shx", ".dbf", ".prj", ".cpg", ".tab", ".dat", ".map", ".id", ".ind", ".mif", ".mid")


def is_database(path: Path) -> bool:
    """Tell whether a file is one of SQLite, such as a GeoPackage."""
    try:
        with open_regular(path) as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _is_cut_database(path: Path) -> bool:
    """Tell whether a GeoPackage or SpatiaLite file is shorter than its header says."""
    try:
        with open_regular(path) as stream:
            header = stream.read(100)
            size = os.fstat(stream.fileno()).st_size
    except OSError:
        return False
    if not header.startswith(_SQLITE) or len(header) < 100:
        return False
    (page,) = struct.unpack_from(">H", header, 16)
    changes, pages = struct.unpack_from(">2I", header, 24)
    (valid_for,) = struct.unpack_from(">I", header, 92)
    return changes == valid_for and pages * (65_536 if page == 1 else page) > size
