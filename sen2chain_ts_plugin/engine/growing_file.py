"""A file that is written in pieces over a long run, and is still whole or absent."""

from __future__ import annotations

import errno
import os
import zlib
from pathlib import Path

from .errors import WriteFailed
from .files import give_name, open_regular, system_path, temporary_for, write_all

_BINARY = getattr(os, "O_BINARY", 0)
_COPIED_AT_ONCE = 1 << 20


class GrowingFile:
    """A file that is written piece by piece, and gets its name when it is whole, unless it is there as it should be.

    As long as the pieces are those of the file that is there, nothing is written.

    Parameters
    ----------
    path, root
        see `files.write_atomic`.

    Attributes
    ----------
    size, crc32
        of the pieces until now.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.size = self.crc32 = 0
        self._root = root
        self._temporary = ""

    def add(self, piece: bytes) -> None:
        """Write a piece.

        Raises
        ------
        LeadsOutside, WriteFailed
            see `files.write_atomic`.
        """
        if self._temporary or not self._is_there(piece):
            self._write(piece)
        self.size += len(piece)
        self.crc32 = zlib.crc32(piece, self.crc32)

    def finish(self) -> None:
        """Give the file its name.

        Raises
        ------
        LeadsOutside, WriteFailed
            see `files.write_atomic`.
        """
        if not self._temporary and self._size_there() == self.size:
            return
        self._write(b"")
        try:
            descriptor = os.open(self._temporary, os.O_RDWR | _BINARY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            give_name(self._temporary, self.path)
        except OSError as error:
            raise WriteFailed(path=self.path, reason=error.strerror or error) from error

    def _is_there(self, piece: bytes) -> bool:
        try:
            with open_regular(self.path) as stream:
                stream.seek(self.size)
                return stream.read(len(piece)) == piece
        except OSError:
            return False

    def _size_there(self) -> int:
        try:
            return os.stat(system_path(self.path)).st_size
        except OSError:
            return -1

    def _write(self, piece: bytes) -> None:
        first = not self._temporary
        if first:
            self._temporary = temporary_for(self.path, self._root)
        create = os.O_CREAT | os.O_EXCL if first else 0
        try:
            descriptor = os.open(
                self._temporary, os.O_WRONLY | os.O_APPEND | create | getattr(os, "O_BINARY", 0), 0o666
            )
            try:
                if first and self.size:
                    self._copy_what_is_there(descriptor)
                write_all(descriptor, piece)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise WriteFailed(path=self.path, reason=error.strerror or error) from error

    def _copy_what_is_there(self, descriptor: int) -> None:
        left = self.size
        with open_regular(self.path) as stream:
            while left:
                piece = stream.read(min(left, _COPIED_AT_ONCE))
                if not piece:
                    raise OSError(errno.EIO, "it changed while it was read")
                write_all(descriptor, piece)
                left -= len(piece)
