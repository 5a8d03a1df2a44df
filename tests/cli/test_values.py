"""Values on the command line: used as they are meant, or refused by the name of the parameter, with nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import QgisProcess


@pytest.fixture
def given(reference: Path, tmp_path: Path) -> dict[str, Any]:
    return {
        "INPUT": reference / "layers" / "zones.shp", "LIBRARY": reference / "library", "OUTPUT": tmp_path / "out",
        "DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30",
    }  # fmt: skip


def folders(given: dict[str, Any]) -> set[str]:
    return {"/".join(path.parts[-2:]) for path in given["OUTPUT"].glob("*/raw_data/*/*")}


def test_several_words_and_yes_and_no(qgis_process: QgisProcess, given: dict[str, Any], tmp_path: Path) -> None:
    """Options repeated, words with blanks, yes and no in words, numbers as text, a folder below the home folder."""
    given["LIBRARY"] = "~/library/INDICES"
    (tmp_path / "library").symlink_to(Path(__file__).parents[1] / "data" / "reference" / "library")
    run = qgis_process.run(
        "extract", {"HOME": str(tmp_path)}, None, **given, INDICES=["NDVI", "NDWIGAO"],
        CLOUDMASKS=["CM001", "CM003-PRB1-ITER5"], FORCE="no", COVER_MAX="99.5", THREADS="1.0",
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    expected = {f"{index}/{mask}" for index in ("NDVI", "NDWIGAO") for mask in ("CM001", "CM003-PRB1-ITER5")}
    assert folders(given) == expected
    again = qgis_process.run(
        "extract", {"HOME": str(tmp_path)}, None, **given, INDICES="NDVI, NDWIGAO", CLOUDMASKS="CM001", FORCE="off"
    )
    assert "SKIPPED:\t6" in again.stdout


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"CLOUDMASKS": ["CM001", "FOO"]}, "CLOUDMASKS: Unknown cloud mask 'FOO'"),
        ({"FORCE": "maybe", "CLOUDMASKS": "CM001"}, "FORCE is 'maybe', not yes or no"),
    ],
)
def test_what_is_not_understood(
    qgis_process: QgisProcess, given: dict[str, Any], values: dict[str, Any], said: str
) -> None:
    run = qgis_process.run("extract", **given, **values)
    assert run.returncode == 1
    assert said in run.stdout
    assert "Traceback" not in run.stdout
    assert not given["OUTPUT"].exists()
    if "FOO" in said:
        assert "Cloud masks in " in run.stdout
        assert "INDICES: CM001, CM003-PRB1-ITER5, CM004-CSH1-CMP1-CHP1-TCI1-ITER1" in run.stdout
