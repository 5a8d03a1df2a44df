"""Files that are whole or absent: atomic writes, one lock per folder, paths beyond 260 characters on Windows.

Everything of ours that is not a result lives in ``<root>/.sen2chain_ts/``, where ``root`` is the folder being written:
temporary files before their rename (``tmp/``), the lock, and what other modules keep there.

Instead of filelock, which pip would have to bring: our lock also says who holds it and since when.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .errors import FileInUse, LeadsOutside, Phrase, RasterUnreadable, WriteFailed

OWN_FOLDER = ".sen2chain_ts"
_TEMPORARY = "tmp"
# In the names of temporary files: the clock of Windows stands still for 15 ms, and several threads write.
_number = itertools.count()
# Whether a program that has a file open keeps others from replacing it.
_READERS_HOLD = sys.platform == "win32"
# How long such a program, a virus scanner or a spreadsheet that saves, is waited for.
_TRIES = 20
_WAIT = 0.1
_SHARING_VIOLATION = 32  # of Windows
# What is read into memory at once is smaller: the largest are raw CSV, of some 100 bytes per zone.
LARGEST_FILE = 1 << 31
_PIECE = 1 << 16
# What reads and writes must not wait for a pipe, change line ends, or be handed on to other programs.
_OPEN_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOSYS, errno.EBADF, errno.ENOTSUP)


def own_folder(root: Path) -> Path:
    """Return the folder of our own files below ``root``."""
    return root / OWN_FOLDER


def system_path(path: Path | str) -> str:
    """Return ``path`` as the system takes it: on Windows with the prefix that lifts the limit of 260 characters."""
    text = os.path.abspath(path)
    if sys.platform != "win32" or text.startswith("\\\\?\\"):
        return text
    return "\\\\?\\UNC" + text[1:] if text.startswith("\\\\") else "\\\\?\\" + text


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder, however long its path; none that may not be looked at."""
    return os.path.isdir(system_path(path))


def is_file(path: Path) -> bool:
    """Tell whether there is a file, however long its path; none that may not be looked at."""
    return os.path.isfile(system_path(path))


def exists(path: Path) -> bool:
    """Tell whether there is anything, however long its path; a link that leads nowhere is nothing."""
    return os.path.exists(system_path(path))


def make_folder(folder: Path) -> None:
    """Make a folder and its parents.

    Raises
    ------
    WriteFailed
        it cannot be made; names the folder and the system's reason.
    """
    try:
        os.makedirs(system_path(folder), exist_ok=True)
    except OSError as error:
        raise WriteFailed(path=folder, reason=error.strerror or error) from error


def write_atomic(path: Path, data: bytes | Iterable[bytes], root: Path) -> None:
    """Write a file so that it is, at any moment, absent, its old self or whole.

    The bytes go to a temporary file below ``root/.sen2chain_ts``, reach the disk, and get the final name by a rename.

    Parameters
    ----------
    path
        the final name; its folder is made when missing.
    data
        the whole content, or its pieces in order.
    root
        the folder that is being written (an extraction tree, an output folder); ``path`` is inside it.

    Raises
    ------
    LeadsOutside
        a symbolic link on the way leads out of ``root``.
    FileInUse
        another program has the file open (Windows); it is as it was, and nothing is left behind.
    WriteFailed
        the system refused (disk full, no permission…); nothing is left behind.
    """
    temporary = temporary_for(path, root)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            try:
                for piece in _pieces(data):
                    write_all(descriptor, piece)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            give_name(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte to an open file; raise OSError where the system takes no more."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def temporary_for(path: Path, root: Path) -> str:
    """Return the name of a temporary file that will become ``path``, after making the folders of both; see there.

    Raises
    ------
    LeadsOutside, WriteFailed
        see `write_atomic`.
    """
    scratch = own_folder(root) / _TEMPORARY
    for folder in (path.parent, scratch):
        check_inside(folder, root)  # before the folders of the way are made, perhaps out there
        make_folder(folder)
    return system_path(scratch / f"{os.getpid()}-{time.monotonic_ns():x}-{next(_number):x}")


def give_name(temporary: str, path: Path) -> None:
    """Give a temporary file its final name, on the disk too; raise OSError where the system refuses, else FileInUse."""
    _patiently(lambda: os.replace(temporary, system_path(path)), path)
    _sync_folder(path.parent)


def write_if_changed(path: Path, data: bytes | Iterable[bytes], root: Path) -> bool:
    """Write a file as `write_atomic` does, unless it already holds these bytes. Return whether it was written.

    Pieces are gone through twice when the file is there and differs.
    """
    if _holds(path, data):
        return False
    write_atomic(path, data, root)
    return True


def _pieces(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return [data] if isinstance(data, bytes) else data


def _holds(path: Path, data: bytes | Iterable[bytes]) -> bool:
    try:
        with open_regular(path) as stream:
            return all(stream.read(len(piece)) == piece for piece in _pieces(data)) and not stream.read(1)
    except OSError:
        return False  # absent or unreadable: the write decides, with its own error


def open_regular(path: Path | str, flags: int = os.O_RDONLY) -> BinaryIO:
    """Open a file, however long its path, with flags of `os.open`; raise OSError for a pipe, a socket or a device.

    A pipe or a socket would make the reader wait, a device would never end.
    """
    descriptor, _ = _open_descriptor(path, flags)
    try:
        return os.fdopen(descriptor, "ab" if flags & os.O_WRONLY else "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_part(path: str, begin: int, end: int) -> tuple[os.stat_result, bytes]:
    """Return what the system says of a regular file, and its bytes from one place to another, fewer where it ends.

    For many small parts of files that were read before: it takes a quarter of the time of `open_regular` and a stream.

    Parameters
    ----------
    path
        of the file, as `system_path` returns it.
    begin, end
        places in bytes.

    Raises
    ------
    OSError
        there is no regular file, or it cannot be read.
    """
    descriptor, status = _open_regular_descriptor(path, os.O_RDONLY)
    try:
        os.lseek(descriptor, begin, os.SEEK_SET)
        data = os.read(descriptor, end - begin)
        while len(data) < end - begin and (more := os.read(descriptor, end - begin - len(data))):
            data += more
    finally:
        os.close(descriptor)
    return status, data


def _open_descriptor(path: Path | str, flags: int) -> tuple[int, os.stat_result]:
    name = system_path(path)
    with contextlib.suppress(FileNotFoundError):
        _check_mode(os.stat(name).st_mode)  # before it is opened: that alone makes some devices do things
    return _open_regular_descriptor(name, flags)


def _open_regular_descriptor(name: str, flags: int) -> tuple[int, os.stat_result]:
    descriptor = _open_patiently(name, flags | _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        _check_mode(status.st_mode)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, status


def open_append(path: Path | str) -> BinaryIO:
    """Open a file to write at its end, made when missing; see `open_regular`."""
    return open_regular(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def check_regular(path: Path | str) -> None:
    """Raise OSError where there is a pipe, a socket or a device, before a library opens it; folders pass."""
    with contextlib.suppress(FileNotFoundError):
        mode = os.stat(system_path(path)).st_mode
        if not stat.S_ISDIR(mode):
            _check_mode(mode)


def _check_mode(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, Phrase("it is a folder, not a file"))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, Phrase("it is a pipe, a socket or a device, not a file"))


def read_bytes(path: Path | str, largest: int = LARGEST_FILE) -> bytes:
    """Return the content of a file, however long its path; raise OSError for one of more than ``largest`` bytes."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size + 1) if size <= largest else b""
        # It may have grown meanwhile, and the files of /proc have no size.
        while size <= largest and len(data) <= largest and (more := stream.read(_PIECE)):
            data += more
    if max(size, len(data)) > largest:
        raise OSError(errno.EFBIG, Phrase("it has more than {largest} bytes", largest=largest))
    return data


def whole_lines(stream: BinaryIO, size: int, longest: int | None = None) -> Iterator[bytes]:
    """Yield what is left of a file in pieces of whole lines.

    Parameters
    ----------
    stream
        the file.
    size
        about how long a piece is, bytes.
    longest
        a line that is longer comes in pieces that do not end with a line break; None for no limit.

    Yields
    ------
    bytes
        whole lines. The last piece may lack its line break: the file is cut there.
    """
    rest = b""
    while data := stream.read(size):
        rest, data = b"", rest + data
        end = data.rfind(b"\n") + 1
        if end or (longest is not None and len(data) > longest):
            end = end or len(data)
            yield data[:end]
        rest = data[end:]
    if rest:
        yield rest


def remove_file(path: Path, root: Path) -> None:
    """Remove a file inside ``root`` if it is there.

    Raises
    ------
    LeadsOutside
        a symbolic link on the way leads out of ``root``.
    FileInUse
        another program has it open (Windows).
    WriteFailed
        the system refused.
    """
    check_inside(path.parent, root)
    try:
        _patiently(lambda: os.unlink(system_path(path)), path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error


def clean(root: Path) -> None:
    """Remove what a killed run left in the temporary folder of ``root``; only for the holder of its lock."""
    shutil.rmtree(system_path(own_folder(root) / _TEMPORARY), ignore_errors=True)


def check_inside(path: Path, root: Path) -> None:
    """Refuse a path below ``root`` that a symbolic link leads out of it, whether it exists or not.

    Raises
    ------
    LeadsOutside
        names the path and where it leads.
    """
    # With the prefix, of which Windows else leaves some behind where a folder is made meanwhile.
    real_root = os.path.realpath(system_path(root))
    real = os.path.realpath(system_path(path))
    if real != real_root and not real.startswith(real_root.rstrip(os.sep) + os.sep):
        raise LeadsOutside(path=path, target=real.replace("\\\\?\\UNC", "\\").replace("\\\\?\\", ""), root=root)


def _patiently(change: Callable[[], None], path: Path) -> None:
    """Replace or remove a file; on Windows wait a while for a program that has it open, and then raise FileInUse."""
    for _ in range(_TRIES if _READERS_HOLD else 0):
        try:
            return change()
        except PermissionError:
            time.sleep(_WAIT)
    try:
        change()
    except PermissionError as error:
        if not _is_in_use(system_path(path)):
            raise
        raise FileInUse(path=path) from error
    return None


def _is_in_use(name: str) -> bool:
    """Tell whether a program keeps a file from being opened or moved; on Windows alone one can."""
    if not _READERS_HOLD:
        return False
    try:
        os.rename(name, name)  # changes nothing
    except OSError as error:
        return getattr(error, "winerror", None) == _SHARING_VIOLATION
    return False


def _open_patiently(name: str, flags: int) -> int:
    """Open a file; on Windows wait a while for a program that lets nobody else do so."""
    for _ in range(_TRIES if _READERS_HOLD else 0):
        try:
            return os.open(name, flags, 0o666)
        except PermissionError:
            if not _is_in_use(name):
                break
            time.sleep(_WAIT)
    return os.open(name, flags, 0o666)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder cannot be opened there; NTFS journals the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # A network disk (SMB, some of FUSE) may have no such thing for a folder; then it keeps its own promises.
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Signature:
    """What changes when a file is replaced: its size in bytes and its time of change in ns."""

    size: int
    changed: int


def signature(path: Path) -> Signature:
    """Return the signature of a file.

    Raises
    ------
    RasterUnreadable
        it is gone or may not be read.
    """
    try:
        status = os.stat(system_path(path))
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    return Signature(status.st_size, status.st_mtime_ns)
