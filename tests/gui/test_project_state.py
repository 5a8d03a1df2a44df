"""What a project remembers of the dock, also where somebody has edited it or the folder is gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from sen2chain_ts_plugin.gui.timeseries.project_state import ProjectState, remember, remembered

STATE = {"index": "NDVI", "mask": "CM001", "zones": [3, 1]}


def written(project: QgsProject, **values: Any) -> None:
    project.writeEntry("sen2chain_ts", "/time_series", json.dumps({**STATE, **values}))


def test_everything_comes_back(tmp_path: Path) -> None:
    project = QgsProject()
    switches = {"line": "smoothed", "band": False}
    state = ProjectState(
        str(tmp_path), "NDVI", "CM001", (3, 1), "crop", switches, (18000.0, 18500.5, 0.1, 0.9), date(2021, 6, 14)
    )
    remember(project, state)
    assert remembered(project) == state


def test_a_project_that_moves_with_its_extraction_finds_it(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "extraction").mkdir(parents=True)
    project = QgsProject()
    project.setFileName(str(first / "fields.qgz"))
    remember(project, ProjectState(str(first / "extraction"), "NDVI", "CM001", (0,)))
    first.rename(second)
    project.setFileName(str(second / "fields.qgz"))
    assert Path(remembered(project).extraction) == second / "extraction"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"field": "", "switches": {}, "view": None, "day": None}),  # of version 0.2.0
        ({"view": [1, 2, 3]}, None),
        ({"view": [2, 1, 0, 1]}, {"view": None}),
        ({"view": ["a", 2, 0, 1]}, None),
        ({"view": [1, 2, 0.5, 1]}, {"view": (1.0, 2.0, 0.5, 1.0)}),
        ({"day": "2021-06-14"}, {"day": date(2021, 6, 14)}),
        ({"day": "yesterday"}, None),
        ({"day": 5}, None),
        ({"switches": {"band": True, "x": None, "y": [1]}}, {"switches": {"band": True}}),
        ({"switches": 5}, None),
        ({"zones": "abc"}, None),
        ({"zones": ["4"]}, {"zones": (4,)}),
    ],
)  # fmt: skip
def test_what_is_edited_is_read_as_far_as_it_makes_sense(
    tmp_path: Path, values: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    project = QgsProject()
    written(project, extraction=str(tmp_path), **values)
    found = remembered(project)
    if expected is None:
        assert found is None
    else:
        assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", '{"extraction": 5}'])
def test_nonsense_is_nothing(text: str) -> None:
    project = QgsProject()
    project.writeEntry("sen2chain_ts", "/time_series", text)
    assert remembered(project) is None


def test_a_folder_that_is_gone_is_nothing(tmp_path: Path) -> None:
    project = QgsProject()
    written(project, extraction=str(tmp_path / "gone"))
    assert remembered(project) is None
