"""The log button: a file that no program of the system opens is shown in QGIS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDialog, QPlainTextEdit, QWidget

from sen2chain_ts_plugin.gui.common import open_file as opening


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system have no program that opens anything."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)


def texts_shown(parent: QWidget) -> list[str]:
    return [
        dialog.findChild(QPlainTextEdit).toPlainText() for dialog in parent.findChildren(QDialog) if dialog.isVisible()
    ]


def test_a_log_that_no_program_opens_is_shown(qgis_app: Any, no_program: None, tmp_path: Path) -> None:
    log, parent = tmp_path / "job.log", QWidget()
    log.write_text("first\nOutcome: failed\n", encoding="utf-8")
    said = opening.open_file(log, parent)
    assert str(log) in said
    assert "no program" in said
    assert texts_shown(parent) == ["first\nOutcome: failed\n"]


def test_of_a_long_log_the_end_is_shown(qgis_app: Any, no_program: None, tmp_path: Path) -> None:
    log, parent = tmp_path / "job.log", QWidget()
    log.write_bytes(b"x" * (3 << 20) + b"\nOutcome: failed\n")
    opening.open_file(log, parent)
    (text,) = texts_shown(parent)
    assert text.endswith("Outcome: failed\n")
    assert len(text) <= 1 << 20


def test_a_folder_is_named(qgis_app: Any, no_program: None, tmp_path: Path) -> None:
    parent = QWidget()
    assert str(tmp_path) in opening.open_file(tmp_path, parent)
    assert texts_shown(parent) == []


def test_what_a_program_opens_is_said(qgis_app: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    parent = QWidget()
    assert str(tmp_path) in opening.open_file(tmp_path, parent)
    assert opened == [str(tmp_path)]
    assert texts_shown(parent) == []
