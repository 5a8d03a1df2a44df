"""Compile and the shipped model on the command line, beside what Sen2Chain wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

from qgis.core import QgsVectorLayer

from tests.cli.conftest import QgisProcess
from tests.support.compare import differences


def copy_of(reference: Path, run: str, folder: Path) -> tuple[Path, Path]:
    """Return a tree that has the raw data and the zones of a run of Sen2Chain, and what Sen2Chain compiled."""
    source = next((reference / "expected" / run).iterdir())
    for part in ("raw_data", "shp_files"):
        shutil.copytree(source / part, folder / source.name / part)
    return folder / source.name, source / "compiled_data"


def test_compile_equals_sen2chain(qgis_process: QgisProcess, reference: Path, tmp_path: Path):
    tree, expected = copy_of(reference, "EXTRACTION_CM001", tmp_path)
    table = tmp_path / "rows.gpkg"
    results = qgis_process.results(
        "compile",
        EXTRACTION=tree,
        PERIODS="alldata,daily,weekly,monthly,yearly,custom",
        DATE_MIN="2021-02-01",
        DATE_MAX="2021-12-31",
        SMOOTHING="true",
        TABLE=table,
    )
    assert differences(tree / "compiled_data", expected) == []
    assert results == {"COMPILED": str(tree / "compiled_data"), "FILES": 424, "ROWS": 552, "TABLE": str(table)}
    assert QgsVectorLayer(str(table), "rows", "ogr").featureCount() == 552


def test_all_that_was_extracted_is_compiled_by_default(qgis_process: QgisProcess, reference: Path, tmp_path: Path):
    tree, _ = copy_of(reference, "EXTRACTION_CM001", tmp_path)
    assert qgis_process.results("compile", EXTRACTION=tree)["FILES"] == 2


def test_a_failure_has_exit_code_1_and_no_traceback(qgis_process: QgisProcess, tmp_path: Path):
    run = qgis_process.run("compile", EXTRACTION=tmp_path)
    assert run.returncode == 1
    assert f"{tmp_path} is not an extraction folder" in run.stdout
    assert "Traceback" not in run.stdout


def test_a_damaged_raw_file_is_named_and_the_run_ends_well(qgis_process: QgisProcess, reference: Path, tmp_path: Path):
    tree, _ = copy_of(reference, "EXTRACTION_CM004", tmp_path)
    path = next(tree.glob("raw_data/NDVI/*/*_NDVI_*.csv"))
    path.write_bytes(path.read_bytes()[:-20])
    run = qgis_process.run("compile", EXTRACTION=tree)
    assert run.returncode == 0
    assert f"{path} is damaged" in run.stdout


def test_the_shipped_model_equals_sen2chain(qgis_process: QgisProcess, reference: Path, tmp_path: Path):
    run = qgis_process.run(
        "extractandcompile",
        INPUT=reference / "layers" / "zones.shp",
        LIBRARY=reference / "library",
        INDICES=["NDVI", "NDWIGAO"],
        CLOUDMASKS="CM001",
        DATE_MIN="2021-01-01",
        DATE_MAX="2022-04-01",
        PERIODS="alldata,daily,weekly,monthly,yearly",
        SMOOTHING="true",
        **{"extract:OUTPUT": tmp_path / "extraction"},
    )
    assert run.returncode == 0, run.stdout
    expected = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    found = differences(tmp_path / "extraction" / expected.name, expected)
    # The custom files are of other dates, which the model would take for the extraction too.
    assert {line.split("/")[3] for line in found} == {"custom"}
