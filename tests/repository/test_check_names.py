"""Every name of QGIS that the plugin uses is there, in the QGIS of this machine; and how that is found out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PYQT6 = {
    "QtCore.py": """
        import enum
        class Qt:
            class ItemDataRole(enum.IntEnum):
                UserRole = 256
        class QObject:
            def parent(self): ...
        """,
    "QtGui.py": "class QAction:\n    pass",
    "QtWidgets.py": "class QWidget:\n    pass",
}


def look_up(where: str, package: Path | None = None, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    of_package = ["--package", str(package)] if package else []
    command = [sys.executable, "scripts/checks/check_names.py", where, *of_package]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(path)}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def pyqt6(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH, with as much of a PyQt6 as these tests use."""
    from textwrap import dedent

    folder = tmp_path / "python" / "PyQt6"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    for name, text in PYQT6.items():
        (folder / name).write_text(dedent(text))
    return folder.parent


def test_this_qgis_has_every_name_that_the_plugin_uses() -> None:
    run = look_up("qgis")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "all there" in run.stdout


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("from qgis.PyQt.QtCore import Qt; role = Qt.ItemDataRole.UserRole", ""),
        ("from qgis.PyQt.QtCore import Qt; role = Qt.UserRole", "Qt.UserRole"),
        ("from qgis.PyQt.QtCore import Qt as Q; role = Q.ItemDataRole.Gone", "Qt.ItemDataRole.Gone"),
        ("from qgis.PyQt.QtCore import QRegExp", "QRegExp"),
        ("from qgis.PyQt.QtWidgets import QAction", ""),
        ("from qgis.PyQt.QtWidgets import QDesktopWidget", "QDesktopWidget"),
        ("from qgis.PyQt import QtCore; role = QtCore.Qt.UserRole", "QtCore.Qt.UserRole"),
        ("import qgis.PyQt.QtScript", "PyQt6.QtScript"),
        ("from qgis.PyQt.QtCore import QObject; name = QObject.parent.__name__", ""),
        ("def late():\n    from qgis.PyQt.QtGui import QMatrix", "QMatrix"),
    ],
)
def test_a_name_that_qt6_lacks_is_named_with_its_place(pyqt6: Path, tmp_path: Path, line: str, lacking: str) -> None:
    package = tmp_path / "package"
    (package / "gui").mkdir(parents=True)
    (package / "gui" / "view.py").write_text(f"{line}\n")
    run = look_up("qt6", package, pyqt6)
    assert run.returncode == (1 if lacking else 0)
    if lacking:
        assert run.stdout.startswith("gui/view.py:")
        assert f"({lacking} is not there)" in run.stdout
