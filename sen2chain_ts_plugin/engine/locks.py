"""One lock per folder that is written; the system frees it when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .errors import FolderLocked, LockRefused, WriteFailed
from .files import check_inside, clean, make_folder, own_folder, read_bytes, system_path

_LOCK = "lock"
_LARGEST_LOCK = 1 << 16  # bytes
# The lock of Windows covers a byte that nobody reads, so that others can still read who holds it.
_LOCK_BYTE = 1 << 30
# What a lock that somebody else holds is refused with: Linux, some of its network disks, Windows.
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK)}


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of a folder; the system frees it when the process ends, however it ends.

    Leftovers of a killed run are removed on entry.

    Raises
    ------
    FolderLocked
        somebody holds it; names the host, the process and since when.
    LeadsOutside
        a symbolic link leads the lock or our own folder out of ``root``.
    WriteFailed
        the lock file cannot be made.
    """
    path = own_folder(root) / _LOCK
    check_inside(path, root)
    make_folder(path.parent)
    try:
        descriptor = os.open(system_path(path), os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error
    try:
        try:
            free = _try_lock(descriptor)
        except OSError as error:  # some network disks know no locks
            raise LockRefused(path=path, reason=error.strerror or error) from error
        if not free:
            raise FolderLocked(folder=root, **_holder(path))
        _describe_holder(descriptor, path)
        clean(root)
        try:
            yield
        finally:
            clean(root)
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
            _unlock(descriptor)
    finally:
        os.close(descriptor)


def is_locked(root: Path) -> bool:
    """Tell whether somebody holds the lock of a folder at this moment; only for showing it."""
    path = own_folder(root) / _LOCK
    try:
        # Who ends in an orderly way empties the file. Only after a killed run is the lock itself tried, for an instant.
        if not os.stat(system_path(path)).st_size:
            return False
        descriptor = os.open(system_path(path), os.O_RDWR)
    except OSError:
        return False  # never locked, or not ours to look at
    try:
        free = _try_lock(descriptor)
        if free:
            _unlock(descriptor)
        return not free
    except OSError:
        return False  # a disk without locks
    finally:
        os.close(descriptor)


def _describe_holder(descriptor: int, path: Path) -> None:
    holder = {
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(holder).encode())
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error


def _holder(path: Path) -> dict[str, Any]:
    holder = {"host": "?", "pid": "?", "since": "?"}
    # A lock that is being taken at this very moment may not say yet by whom.
    with contextlib.suppress(OSError, ValueError, RecursionError):
        said = json.loads(read_bytes(path, _LARGEST_LOCK))
        if isinstance(said, dict):
            holder.update({key: said[key] for key in holder if key in said})
    return holder


def _try_lock(descriptor: int) -> bool:
    """Take the lock of an open file, and tell whether it was free; raise OSError on a disk that has no locks."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return _is_free(error)
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return _is_free(error)
    return True


def _is_free(error: OSError) -> bool:
    """Say no when the lock is held by somebody; raise what else is wrong with it."""
    if error.errno not in _HELD:
        raise error
    return False


def _unlock(descriptor: int) -> None:
    """Give the lock of an open file back."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
