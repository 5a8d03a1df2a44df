"""Gives the answers of Windows where Wine 8 has others, so that a test that fails shows a fault of what it tests."""

from __future__ import annotations

import errno
import msvcrt
import nt
import ntpath
import os
import time

_NO_ERRNO = 0
_MORE_DATA = 234  # ERROR_MORE_DATA of Windows
_TICK = 15_625_000  # ns


def _locking(descriptor: int, mode: int, size: int, _locking=msvcrt.locking) -> None:
    """Refuse a locked file with EACCES; Wine refuses without saying why."""
    try:
        _locking(descriptor, mode, size)
    except OSError as error:
        if error.errno != _NO_ERRNO:
            raise
        raise OSError(errno.EACCES, os.strerror(errno.EACCES)) from None


def _final_path(path: str, _final=nt._getfinalpathname) -> str:
    """Return the real path also of more than 260 characters, for which Wine fails."""
    try:
        return _final(path)
    except OSError as error:
        if error.winerror != _MORE_DATA:
            raise
        head, tail = ntpath.split(path)
        return ntpath.join(_final_path(head), tail)


def _time_ns(_time_ns=time.time_ns) -> int:
    """Return the time in steps of 15.6 ms, as the clock of Windows goes; distributed waits for a step."""
    return _time_ns() // _TICK * _TICK


def _time() -> float:
    return _time_ns() / 1e9


time.time, time.time_ns = _time, _time_ns
msvcrt.locking = _locking
ntpath._getfinalpathname = _final_path
