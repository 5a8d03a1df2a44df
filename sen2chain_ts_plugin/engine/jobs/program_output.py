"""What a program has printed, as text.

No program of Windows says in which encoding it prints. Its own use the code page of consoles (OEM); those that came
from Unix print UTF-8, except for the words of Windows that they repeat.
"""

from __future__ import annotations

import sys

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def of_system_program(output: bytes) -> str:
    """Return what a program of the system has printed; on Windows that is in the code page of consoles."""
    if output.startswith(_UTF_16):
        return output.decode("utf-16", "replace")
    return output.decode("oem" if sys.platform == "win32" else "utf-8", "replace")


def of_unix_program(output: bytes) -> str:
    """Return what ssh or rsync has printed: lines of UTF-8, on Windows also lines in the code page of consoles."""
    return "".join(_line(line) for line in output.splitlines(keepends=True))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return of_system_program(line)
