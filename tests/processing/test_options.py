"""The options of the plugin among those of Processing: a library is offered whatever becomes of its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from processing.core.ProcessingConfig import ProcessingConfig, Setting
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QMessageBox, QToolBar
from qgis.utils import iface

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from sen2chain_ts_plugin.processing.support.options import CLOUDMASKS, LIBRARY, add_options, remember


@pytest.fixture(autouse=True)
def options(provider: Sen2ChainProvider) -> Iterator[None]:
    """Leave the options as they were."""
    yield
    add_options(provider.name(), provider.icon())
    for name in (LIBRARY, CLOUDMASKS):
        ProcessingConfig.setSettingValue(name, "")


class SettingOf344(Setting):
    """A setting as QGIS 3.44 makes it: without a validator of its own, a folder has to be one that can be written."""

    def __init__(self, *arguments: Any, validator: Any = None, **others: Any) -> None:
        super().__init__(*arguments, validator=validator, **others)
        if validator is None and self.valuetype == Setting.FOLDER:
            self.validator = _writable


def _writable(value: str) -> None:
    if value and not os.access(value, os.R_OK | os.W_OK | os.X_OK):
        raise ValueError(value)


def offered(name: str) -> Any:
    """Return what the dialog of extract offers."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sen2chain_ts:extract")
    return algorithm.parameterDefinition(name).defaultValueForGui()


def test_a_library_that_cannot_be_written_is_offered_after_a_run(
    provider: Sen2ChainProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processing.core.ProcessingConfig.Setting", SettingOf344)
    add_options(provider.name(), provider.icon())
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # root may write everywhere
    remember(str(tmp_path), "CM001")
    assert (offered("LIBRARY"), offered("CLOUDMASKS")) == (str(tmp_path), "CM001")


def test_options_are_saved_while_the_library_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Processing adds buttons to a tool bar of the window, which the tests have none of.
    bar = QToolBar()
    monkeypatch.setattr(iface, "selectionToolBar", lambda: bar, raising=False)
    from processing.gui.ConfigDialog import ConfigOptionsPage

    disk = tmp_path / "disk"
    disk.mkdir()
    remember(str(disk), "CM001")
    disk.rmdir()
    warnings: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", staticmethod(lambda *words: warnings.append(words[-1])))

    page = ConfigOptionsPage(None)
    items = page.config_widget.items
    items[ProcessingConfig.settings[CLOUDMASKS]].setText("OCM")
    page.apply()

    assert warnings == []
    assert (offered("LIBRARY"), offered("CLOUDMASKS")) == (str(disk), "OCM")


def test_a_folder_that_is_none_is_not_offered(tmp_path: Path) -> None:
    remember(str(tmp_path), "")
    remember(str(tmp_path / "gone"), "")
    assert offered("LIBRARY") == str(tmp_path)
