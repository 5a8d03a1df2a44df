"""A crontab program for tests that touch nobody's crontab: ``-l`` and ``-`` as Debian's, the table in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = """#!{python}
import os, sys
from pathlib import Path

folder = Path({folder!r})
table, calls = folder / "table", folder / "calls"
with calls.open("a") as stream:
    print(*sys.argv[1:], file=stream)
if (folder / "refuse").exists():
    sys.exit("You (test) are not allowed to use this program (crontab)")
if sys.argv[1:] == ["-l"]:
    if not table.exists():
        sys.exit("no crontab for test")
    sys.stdout.buffer.write(table.read_bytes())
    other = folder / "somebody_else"
    if other.exists():  # somebody edits the crontab right after it was read
        with table.open("ab") as stream:
            stream.write(other.read_bytes())
        other.unlink()
elif sys.argv[1:] == ["-"]:
    data = sys.stdin.buffer.read()
    if data and not data.endswith(b"\\n"):
        sys.exit("new crontab file is missing newline before EOF, can't install.")
    table.write_bytes(data)
else:
    sys.exit("usage error")
"""


@dataclass
class FakeCrontab:
    """The program's folder, to be put first on the PATH, and its table."""

    folder: Path

    @property
    def table(self) -> bytes:
        path = self.folder / "table"
        return path.read_bytes() if path.exists() else b""

    @table.setter
    def table(self, data: bytes) -> None:
        (self.folder / "table").write_bytes(data)

    @property
    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []


def make_crontab(folder: Path) -> FakeCrontab:
    """Make the program in a folder."""
    folder.mkdir()
    program = folder / "crontab"
    program.write_text(PROGRAM.format(python=sys.executable, folder=str(folder)))
    program.chmod(0o755)
    return FakeCrontab(folder)
