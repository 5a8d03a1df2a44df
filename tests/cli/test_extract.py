"""Extract through qgis_process: the reference, exit codes, what is said, what is left when it is killed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PROGRAM, QgisProcess
from tests.support.compare import differences
from tests.support.extracting import all_bytes
from tests.support.raw_tree import contents
from tests.support.waiting import wait_for

TREE = "zones_3b371b3ac79d9d4f"
ALL = {"DATE_MIN": "2021-01-01", "DATE_MAX": "2022-04-01", "CLOUDMASKS": "CM001"}
JUNE = {"DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30", "CLOUDMASKS": "CM001"}


@pytest.fixture
def given(reference: Path, tmp_path: Path) -> dict[str, Any]:
    return {
        "INPUT": reference / "layers" / "zones.shp",
        "LIBRARY": reference / "library",
        "OUTPUT": tmp_path / "out",
    }


def test_extract_equals_sen2chain(qgis_process: QgisProcess, given: dict[str, Any], reference: Path) -> None:
    result = qgis_process.results("extract", **given, **ALL, INDICES="NDVI,NDWIGAO")
    tree = given["OUTPUT"] / TREE
    assert result == {
        "EXTRACTION": str(tree), "OUTPUT": str(given["OUTPUT"]),
        "PRODUCTS": 40, "EXTRACTED": 40, "SKIPPED": 0, "EMPTY": 0, "FAILED": 0, "ROWS": 676,
    }  # fmt: skip
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE
    assert differences(tree / "raw_data", expected / "raw_data") == []
    assert contents(tree / "shp_files") == contents(expected / "shp_files")


def test_a_second_run_skips_and_gives_the_rest_to_a_table(
    qgis_process: QgisProcess, given: dict[str, Any], tmp_path: Path
) -> None:
    """In other words too: the option repeated, a date with a time, the name of a layer in a GeoPackage."""
    assert qgis_process.results("extract", **given, **JUNE)["EXTRACTED"] == 3
    run = qgis_process.run(
        "extract", **given, **{**JUNE, "DATE_MAX": "2021-07-20T00:00:00"}, INDICES=["NDVI", "NDWIGAO"],
        TABLE=f"ogr:dbname='{tmp_path}/rows.gpkg' table=\"rows\" (geom)", THREADS=2,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    assert "SKIPPED:\t3" in run.stdout
    assert "FAILED:\t0" in run.stdout
    assert "already done" in run.stdout
    assert (tmp_path / "rows.gpkg").is_file()


def test_the_home_path_of_sen2chain(qgis_process: QgisProcess, given: dict[str, Any], tmp_path: Path) -> None:
    config = tmp_path / "home" / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    library = given.pop("LIBRARY")
    root = given.pop("OUTPUT")
    root.mkdir()
    config.write_text(
        f"[DATA PATHS]\nindices_path = {library}/INDICES\ncloudmasks_path = {library}/CLOUDMASKS\n"
        f"l1c_path = {library}/L1C\nl2a_path =\nextraction_path = {root}\n"
    )
    home = {"SEN2CHAIN_HOMEPATH": str(tmp_path / "home")}
    result = qgis_process.results("extract", home, **given, **JUNE)
    assert (result["EXTRACTION"], result["EXTRACTED"]) == (str(root / TREE), 3)


@pytest.fixture
def damaged(given: dict[str, Any], reference: Path, tmp_path: Path) -> Path:
    """A copy of the library in which a raster is cut; asked for from now on."""
    given["LIBRARY"] = shutil.copytree(reference / "library", tmp_path / "library")
    path = next(given["LIBRARY"].glob("INDICES/NDVI/40KCC/*20210614*/*_NDVI_CM001.jp2"))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def test_a_product_that_fails_is_named_and_the_run_ends_well(
    qgis_process: QgisProcess, given: dict[str, Any], damaged: Path
) -> None:
    run = qgis_process.run("extract", **given, **JUNE)
    assert run.returncode == 0, run.stdout
    assert damaged.name in run.stdout
    assert "damaged or still being copied" in run.stdout
    assert "FAILED:\t1" in run.stdout
    assert "Traceback" not in run.stdout


def test_a_product_that_fails_is_named_in_json_too(
    qgis_process: QgisProcess, given: dict[str, Any], damaged: Path
) -> None:
    words = [f"--{name}={value}" for name, value in {**given, **JUNE}.items()]
    run = qgis_process("--json", "run", "sen2chain_ts:extract", *words)
    assert run.returncode == 0, run.stdout
    assert damaged.name in run.stdout
    assert json.loads(run.stdout[run.stdout.index("{\n") :])["results"]["FAILED"] == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"LIBRARY": "/nowhere"}, "No Sen2Chain library found"),
        ({"INPUT": "/nowhere.shp"}, "INPUT"),
        ({"CLOUDMASKS": "CM002-B11"}, "has the cloud mask CM002-B11"),
        ({"DATE_MIN": "yesterday"}, "DATE_MIN"),
        ({"OUTPUT": "/proc/nothing"}, "Cannot write /proc/nothing"),
        ({"COVER_MAX": "50%"}, "COVER_MAX is '50%', not a number"),
    ],
    ids=str,
)
def test_an_error_has_exit_code_1_and_clear_words(
    qgis_process: QgisProcess, given: dict[str, Any], wrong: dict[str, Any], why: str
) -> None:
    run = qgis_process.run("extract", **{**given, **JUNE, **wrong})
    assert run.returncode == 1, run.stdout
    assert why in run.stdout
    assert "Traceback" not in run.stdout
    assert not (given["OUTPUT"]).exists()


WORDS = """
NDVI NDWIMCF NDWIGAO MNDWI NDRE IRECI BIGR BIRNIR BIBG EVI NBR NDBI
CM001 CM002-B11 CM003-PRB1-ITER5 CM004-CSH1-CMP1-CHP1-TCI1-ITER1 OCM
INPUT LIBRARY CLOUDMASKS DATE_MIN DATE_MAX COVER_MIN COVER_MAX FORCE THREADS OUTPUT TABLE
EXTRACTION PRODUCTS EXTRACTED SKIPPED EMPTY FAILED ROWS
"""


def test_help_lists_the_words(qgis_process: QgisProcess) -> None:
    run = qgis_process("help", "sen2chain_ts:extract")
    assert run.returncode == 0
    for word in WORDS.split():
        assert word in run.stdout


def test_the_algorithms_are_listed(qgis_process: QgisProcess) -> None:
    run = qgis_process("list")
    assert "Sen2Chain time series" in run.stdout
    assert "sen2chain_ts:extract" in run.stdout


@pytest.mark.parametrize(
    "ended_by",
    [
        pytest.param(signal.SIGKILL, id="kill -9"),
        pytest.param(signal.SIGTERM, id="kill", marks=pytest.mark.long),
        pytest.param(signal.SIGINT, id="Ctrl+C", marks=pytest.mark.long),
    ],
)
def test_ended_in_the_middle_and_run_again(
    qgis_process: QgisProcess, given: dict[str, Any], tmp_path: Path, ended_by: signal.Signals
) -> None:
    words = [f"--{name}={value}" for name, value in {**given, **ALL, "THREADS": 2}.items()]
    process = subprocess.Popen(
        [PROGRAM, "run", "sen2chain_ts:extract", *words], env=qgis_process.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    some = "*/raw_data/NDVI/CM001/*.csv"
    wait_for(lambda: process.poll() is not None or len(list(given["OUTPUT"].glob(some))) >= 3)
    assert process.poll() is None
    process.send_signal(ended_by)
    process.wait(60)
    assert qgis_process.results("extract", **given, **ALL)["FAILED"] == 0
    undisturbed = qgis_process.results("extract", **{**given, "OUTPUT": tmp_path / "undisturbed"}, **ALL)
    assert all_bytes(given["OUTPUT"] / TREE) == all_bytes(Path(undisturbed["EXTRACTION"]))


def test_text_of_any_script_in_a_bare_locale(qgis_process: QgisProcess, given: dict[str, Any], reference: Path) -> None:
    """Files are UTF-8 with . decimals, whatever the locale of the console says."""
    german = {"LC_ALL": "C", "LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}
    result = qgis_process.results("extract", german, **given, **JUNE)
    tree = Path(result["EXTRACTION"])
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE / "raw_data" / "NDVI" / "CM001"
    files = list((tree / "raw_data" / "NDVI" / "CM001").glob("*.csv"))
    assert len(files) == 3
    assert not [line for line in differences(tree / "raw_data" / "NDVI" / "CM001", expected) if "missing" not in line]
    assert "é".encode() in b"".join(path.read_bytes() for path in files)
