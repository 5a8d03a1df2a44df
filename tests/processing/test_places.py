"""Where things are read and written: ``~``, temporary folders, an account without a home folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingOutputLayerDefinition

JUNE = {"DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30", "CLOUDMASKS": "CM001"}


@pytest.fixture
def asked(provider: Any, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what to ask of extract, with everything below a home folder."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("library", "layers"):
        (home / name).symlink_to(reference / name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return {"INPUT": "~/layers/zones.shp", "LIBRARY": "~/library", "OUTPUT": "~/out", **JUNE}


def test_tilde_is_the_home_folder_wherever_a_place_is_given(asked: dict[str, Any], tmp_path: Path) -> None:
    home = tmp_path / "home"
    result = processing.run("sen2chain_ts:extract", {**asked, "TABLE": "~/rows.gpkg"})
    assert Path(result["EXTRACTION"]).parent == home / "out"
    assert (home / "rows.gpkg").is_file()
    library = {"LIBRARY": asked["LIBRARY"], "INPUT": asked["INPUT"], "EXTRACTION_ROOT": "~/out"}
    inventory = processing.run("sen2chain_ts:inventory", {**library, "REPORT": "~/report.html"})
    assert (home / "report.html").is_file()
    assert inventory["TO_DO"] < inventory["PRODUCTS"]
    tree = f"~/out/{Path(result['EXTRACTION']).name}"
    compiled = processing.run("sen2chain_ts:compile", {"EXTRACTION": tree})
    assert Path(compiled["COMPILED"]) == Path(result["EXTRACTION"]) / "compiled_data"
    assert not (tmp_path / "~").exists()


@pytest.mark.parametrize(
    "output", ["TEMPORARY_OUTPUT", QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT")], ids=["word", "definition"]
)
def test_a_temporary_folder_is_one(asked: dict[str, Any], tmp_path: Path, output: Any) -> None:
    result = processing.run("sen2chain_ts:extract", {**asked, "OUTPUT": output})
    assert Path(result["EXTRACTION"]).is_relative_to(tempfile.gettempdir())
    assert Path(result["EXTRACTION"]).parent == Path(result["OUTPUT"])
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


@pytest.mark.parametrize("name", ["extract", "timeseries", "inventory", "savejob", "runjob", "schedulejob"])
def test_an_account_without_a_home_folder(
    asked: dict[str, Any], reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As of a service: no HOME, and no entry in the list of accounts."""

    def nobody(_: int) -> None:
        raise KeyError

    given = {
        "extract": {"INPUT": str(reference / "layers" / "zones.shp"), "OUTPUT": str(tmp_path / "out")},
        "timeseries": {"INPUT": str(reference / "layers" / "zones.shp"), "OUTPUT": str(tmp_path / "out")},
        "savejob": {"NAME": "night"},
        "runjob": {"JOB": "night"},
        "schedulejob": {"JOB": "night"},
    }
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("SEN2CHAIN_HOMEPATH", raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    with pytest.raises(QgsProcessingException, match=r"^LIBRARY: No Sen2Chain library found; looked at: \$SEN2CHAIN"):
        processing.run(f"sen2chain_ts:{name}", given.get(name, {}))
