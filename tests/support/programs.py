"""Programs for tests, in a folder to be put first on the PATH: Python under another name, on every system."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def make_program(folder: Path, name: str, source: str) -> None:
    """Make a program that runs some Python.

    Parameters
    ----------
    folder
        made when missing.
    name
        by which it is called.
    source
        what it does; its arguments are in ``sys.argv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        program = folder / name
        program.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
        program.chmod(0o755)
        return
    script = folder / f"{name}.py"
    script.write_text(source, encoding="utf-8")
    (folder / f"{name}.bat").write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="oem")
