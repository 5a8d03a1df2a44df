"""Check that the plugin uses nothing that Qt 6, and with it QGIS 4, lacks.

Usage: ``python scripts/checks/check_qt6.py``.

Two looks, neither of which needs a QGIS 4: every name of Qt is imported from PyQt6 and every member followed
(check_names.py); mypy follows the types of PyQt6 through the code, so that it sees a method that went away, an overload
that takes no float any more, or one of Qt's methods hidden behind an attribute. PyQt6 lives in build/qt6, apart from
the environment of the tests: two versions of Qt in one process do not work.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "sen2chain_ts_plugin"
HOME = ROOT / "build" / "qt6"
PYTHON = HOME / "venv" / "bin" / "python"
REQUIREMENTS = ROOT / "requirements-qt6.txt"

# What `qgis.PyQt` is in QGIS 4: PyQt6, with two names where Qt 5 had them.
STUBS = {
    "qgis/__init__.pyi": "",
    "qgis/PyQt/__init__.pyi": "",
    "qgis/PyQt/QtCore.pyi": "from PyQt6.QtCore import *\n",
    "qgis/PyQt/QtGui.pyi": "from PyQt6.QtGui import *\n",
    "qgis/PyQt/QtNetwork.pyi": "from PyQt6.QtNetwork import *\n",
    "qgis/PyQt/QtSvg.pyi": "from PyQt6.QtSvg import *\n",
    "qgis/PyQt/sip.pyi": "from PyQt6.sip import *\n",
    "qgis/PyQt/QtWidgets.pyi": "from PyQt6.QtGui import QAction as QAction, QShortcut as QShortcut\n"
    "from PyQt6.QtWidgets import *\n",
}
# The rest of QGIS has no types.
STUBS.update(
    (f"qgis/{name}.pyi", "from typing import Any\n\ndef __getattr__(name: str) -> Any: ...\n")
    for name in ("analysis", "core", "gui", "utils")
)

CONFIGURATION = """
[mypy]
# Qt's functions promise less than they give: hardly one that never returns None says so.
strict_optional = False
check_untyped_defs = True
ignore_missing_imports = True
follow_imports = silent
[mypy-sen2chain_ts_plugin.engine.*]
follow_imports = skip
"""


def install() -> None:
    """Make the environment, unless it is there with just these versions."""
    wanted = f"{sys.version}\n{REQUIREMENTS.read_text(encoding='utf-8')}"
    stamp = HOME / "installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    HOME.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME / "venv"], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--requirement", REQUIREMENTS], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def main() -> int:
    """Run the looks; all of them, also when one finds something."""
    install()
    for name, content in STUBS.items():
        path = HOME / "stubs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    configuration = HOME / "mypy.ini"
    configuration.write_text(CONFIGURATION, encoding="utf-8")

    names = subprocess.run([PYTHON, ROOT / "scripts" / "checks" / "check_names.py", "qt6"], check=False)
    mypy = [sys.executable, "-m", "mypy", "--config-file", configuration, "--python-executable", PYTHON]
    mypy += ["--cache-dir", os.devnull, "--no-error-summary"]
    types = subprocess.run(
        [*mypy, *(f"--package={PACKAGE}.{part}" for part in ("processing", "gui")), f"--module={PACKAGE}.plugin"],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": f"{HOME / 'stubs'}"},
        check=False,
    )
    return 1 if names.returncode or types.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
