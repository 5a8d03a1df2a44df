"""Files that another program has open, as Windows has it: nobody can replace or remove them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine import files

SHARING_VIOLATION = 32


class Holder:
    """Holds files open, or lets the engine believe so where the system has no such thing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._held: set[str] = set()
        self._shut: set[str] = set()
        self.refusals = 10_000
        self._patch = monkeypatch
        monkeypatch.setattr(files, "_WAIT", 0.01)
        if sys.platform != "win32":
            self._pretend()

    @contextlib.contextmanager
    def holding(self, *paths: Path, shut: bool = False) -> Iterator[None]:
        """Keep files open meanwhile; ``shut`` ones cannot be read either."""
        names = {os.path.abspath(path) for path in paths}
        with contextlib.ExitStack() as stack:
            if sys.platform == "win32":
                for path in paths:
                    stack.enter_context(_opened(path, shut))
            self._held |= names
            self._shut |= names if shut else set()
            yield
            self._held -= names
            self._shut -= names

    def _pretend(self) -> None:
        self._patch.setattr(files, "_READERS_HOLD", True)
        for name in ("replace", "unlink", "rename"):
            self._patch.setattr(os, name, self._refusing(getattr(os, name), last=name == "replace"))
        opened = os.open

        def open_(name: object, flags: int, *rest: int, **options: object) -> int:
            if str(name) in self._shut:
                self._refuse(str(name))
            return opened(name, flags, *rest, **options)

        self._patch.setattr(os, "open", open_)

    def _refusing(self, original, *, last: bool):
        def call(*arguments, **options):
            name = str(arguments[-1 if last else 0])
            if name in self._held:
                self._refuse(name)
            return original(*arguments, **options)

        return call

    def _refuse(self, name: str) -> None:
        if self.refusals <= 0:
            self._held.discard(name)
            self._shut.discard(name)
            return
        self.refusals -= 1
        error = PermissionError(13, "The process cannot access the file because it is being used by another process")
        error.winerror = SHARING_VIOLATION
        raise error


@contextlib.contextmanager
def _opened(path: Path, shut: bool) -> Iterator[None]:
    """Open a file of Windows, so that others may read it, or not even that."""
    import ctypes

    read, share_read, existing = 0x80000000, 0 if shut else 1, 3
    system = ctypes.WinDLL("kernel32")
    system.CreateFileW.restype = ctypes.c_void_p
    handle = system.CreateFileW(files.system_path(path), read, share_read, None, existing, 0, None)
    try:
        yield
    finally:
        system.CloseHandle(ctypes.c_void_p(handle))
