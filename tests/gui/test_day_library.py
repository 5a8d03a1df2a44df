"""The rasters that were computed for the map: earlier ones go, those that are shown stay."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from sen2chain_ts_plugin.gui.timeseries import day_library


def test_one_that_windows_keeps_open_does_not_keep_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        day_library, "QgsApplication", SimpleNamespace(qgisSettingsDirPath=lambda: os.path.join(tmp_path, ""))
    )
    monkeypatch.setattr(day_library, "_MOST_KEPT", 2)
    folder = day_library.folder_of_computed()
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"{number}.tif").write_bytes(b"")
        os.utime(folder / f"{number}.tif", (number, number))
    unlink = Path.unlink

    def refusing(path: Path) -> None:
        if path.name == "0.tif":
            raise PermissionError(13, "The process cannot access the file")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refusing)
    assert day_library.folder_of_computed() == folder
    assert sorted(path.name for path in folder.iterdir()) == ["0.tif", "3.tif", "4.tif"]
