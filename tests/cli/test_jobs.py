"""Jobs on the command line: what they give, how they end, and the line that cron runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.locks import locked
from tests.cli.conftest import QgisProcess
from tests.support.compare import differences
from tests.support.fake_crontab import make_crontab
from tests.support.homes import make_home
from tests.support.raw_tree import contents
from tests.support.sshd import PROGRAMS_THERE, running_server

FIRST, LAST = "2021-01-01", "2021-03-31"
BARE = {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), "SHELL": "/bin/sh", "LOGNAME": "x"}


@pytest.fixture
def home(reference: Path, tmp_path: Path) -> Path:
    """Return a Sen2Chain home with a name that needs quotes, whose products are those of the reference."""
    return make_home(tmp_path / "my 100% été", reference)


@pytest.fixture
def zones(reference: Path) -> str:
    return str(reference / "layers" / "zones.shp")


def test_job_of_sen2chain_gives_the_tree_of_extract_and_compile(
    qgis_process: QgisProcess, home: Path, reference: Path, zones: str, tmp_path: Path
) -> None:
    jobs = home / "sen2chain_data" / "config" / "jobs_extr"
    jobs.mkdir()
    source = (reference / "expected" / "jobs" / "job_t1.cfg").read_text(encoding="utf-8")
    (jobs / "job_t1.cfg").write_text(source.replace("/data/layers/zones.shp", zones), encoding="utf-8")
    results = qgis_process.results("runjob", {"SEN2CHAIN_HOMEPATH": str(home)}, JOB="t1")
    assert (results["TASKS"], results["FAILED"]) == (1, 0)
    assert Path(results["LOG"]).read_text(encoding="utf-8").endswith("Outcome: succeeded\n")
    (tree,) = (home / "EXTRACTION").iterdir()

    by_hand = qgis_process.results(
        "extract", LIBRARY=home, INPUT=zones, INDICES="NDVI", CLOUDMASKS="CM001/CM003-PRB1-ITER5",
        DATE_MIN=FIRST, DATE_MAX=LAST, OUTPUT=tmp_path / "by_hand",
    )  # fmt: skip
    for period in ("monthly", "custom"):
        qgis_process.results("compile", EXTRACTION=by_hand["EXTRACTION"], PERIODS=period, DATE_MIN=FIRST, DATE_MAX=LAST)
    assert results["EXTRACTED"] == by_hand["EXTRACTED"] > 0
    assert Path(by_hand["EXTRACTION"]).name == tree.name
    assert contents(Path(by_hand["EXTRACTION"])) == contents(tree)
    # ... and the raw files are those that Sen2Chain wrote.
    theirs = reference / "expected" / "EXTRACTION_CM001" / tree.name / "raw_data" / "NDVI" / "CM001"
    expected, got = tmp_path / "expected", tmp_path / "got"
    shutil.copytree(tree / "raw_data" / "NDVI" / "CM001", got, ignore=shutil.ignore_patterns("product_data"))
    expected.mkdir()
    for path in theirs.glob("*.csv"):
        if FIRST <= acquired(path) <= LAST:
            shutil.copy(path, expected)
    assert differences(got, expected) == []


def acquired(path: Path) -> str:
    text = path.name.split("_MSIL2A_")[1]
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def test_failure_ends_with_exit_code_1_after_everything_else(qgis_process: QgisProcess, home: Path, zones: str) -> None:
    job = qgis_process.results(
        "savejob", NAME="t1", LIBRARY=home, INPUT=zones, DATE_MAX="2021-01-31", CLOUDMASKS="CM001"
    )["JOB"]
    text = Path(job).read_text(encoding="utf-8")
    bad = "/gone/fields.shp;;;100;CM001;NDVI;False;alldata;False;False\n"
    Path(job).write_text(text.replace(f"{zones};", f"{bad}{zones};"), encoding="utf-8")
    run = qgis_process.run("runjob", JOB="t1", LIBRARY=home)
    assert run.returncode == 1
    assert "/gone/fields.shp cannot be opened as a vector layer" in run.stdout
    assert "Job t1 failed in task 1 (products: 0, steps: 1). Everything else was done. Log: " in run.stdout
    assert "Traceback" not in run.stdout
    (tree,) = (home / "EXTRACTION").iterdir()
    assert list(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))


def test_job_that_already_runs_ends_with_exit_code_0_and_says_so(
    qgis_process: QgisProcess, home: Path, zones: str
) -> None:
    qgis_process.results("savejob", NAME="t1", LIBRARY=home, INPUT=zones, CLOUDMASKS="CM001")
    with locked(home / "logs" / "job_t1"):
        run = qgis_process.run("runjob", JOB="t1", LIBRARY=home)
    assert run.returncode == 0
    assert f"Job t1 is already running (host {os.uname().nodename}, process {os.getpid()}" in run.stdout
    assert list((home / "EXTRACTION").iterdir()) == []


@pytest.mark.parametrize("name", ["../x", 'a";import os;#', "a\nb"])
def test_hostile_name_is_refused_and_nothing_is_made(
    qgis_process: QgisProcess, home: Path, name: str, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    run = qgis_process.run("savejob", NAME=name, LIBRARY=home)
    assert run.returncode == 1
    assert "cannot be the name of a job. A name has 1 to 64 characters" in run.stdout
    assert "Traceback" not in run.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_parameters_that_are_left_out_keep_what_the_job_says(qgis_process: QgisProcess, home: Path, zones: str) -> None:
    qgis_process.results("savejob", NAME="t1", LIBRARY=home, INPUT=zones, TIMING="@daily", INDICES="NDVI,EVI")
    result = qgis_process.results("savejob", NAME="t1", LIBRARY=home, TASK=1, COMPILED="none", DATE_MIN="today-30")
    lines = Path(result["JOB"]).read_text(encoding="utf-8").splitlines()
    assert "timing = @daily" in lines
    assert lines[-1] == f"{zones};today-30;;100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI/EVI;False;False;False;False"
    assert result["TASKS"] == 1


@pytest.mark.skipif(not PROGRAMS_THERE, reason="needs openssh-server, openssh-client and rsync")
def test_line_of_the_crontab_runs_extracts_and_copies_from_a_bare_environment(
    qgis_process: QgisProcess, home: Path, zones: str, tmp_path: Path
) -> None:
    crontab = make_crontab(tmp_path / "crontab")
    crontab.table = b"MAILTO=someone\n"
    (tmp_path / "sshd").mkdir()
    with running_server(tmp_path / "sshd") as server:
        path = {"PATH": f"{crontab.folder}{os.pathsep}{server.programs}"}
        target = server.target("server", tmp_path / "there é")
        qgis_process.results(
            "savejob", path, NAME="night", LIBRARY=home, INPUT=zones, DATE_MAX="2021-01-31", CLOUDMASKS="CM001",
            COMPILED="monthly", COPY_SERVER=target, TIMING="30 4 * * *",
        )  # fmt: skip
        results = qgis_process.results("schedulejob", path, JOB="night", LIBRARY=home, ACTION="enable")
        assert results == {"STATUS": "enabled", "TIMING": "30 4 * * *"}
        mailto, line = crontab.table.decode().splitlines()
        assert mailto == "MAILTO=someone"
        assert line.startswith("30 4 * * * ")
        assert line.endswith(" # sen2chain_ts_job_night")
        # What cron hands to the shell, in the environment that cron has.
        shell = line.split(" ", 5)[5].replace("\\%", "%")
        run = subprocess.run(["/bin/sh", "-c", shell], env=BARE, cwd="/", capture_output=True, check=False)
    log = (home / "logs" / "job_night" / "job_night_cron.log").read_text(encoding="utf-8")
    assert run.returncode == 0, log
    assert run.stdout + run.stderr == b""
    assert ": copied to " in log
    (tree,) = (home / "EXTRACTION").iterdir()
    assert contents(tmp_path / "there é" / tree.name / "compiled_data") == contents(tree / "compiled_data") != {}
    (own,) = (home / "logs" / "job_night").glob("job_night_run_*.log")
    assert own.read_text(encoding="utf-8").endswith("Outcome: succeeded\n")


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("cron"), reason="needs root and Debian's cron")
def test_cron_runs_an_enabled_job_and_not_a_disabled_one(qgis_process: QgisProcess, home: Path, zones: str) -> None:
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout
    name = f"test-{os.getpid()}"
    qgis_process.results(
        "savejob", NAME=name, LIBRARY=home, INPUT=zones, DATE_MAX="2021-01-31", CLOUDMASKS="CM001", TIMING="* * * * *"
    )
    logs = home / "logs" / f"job_{name}"
    daemon = subprocess.Popen(["cron", "-f"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        qgis_process.results("schedulejob", JOB=name, LIBRARY=home, ACTION="enable")
        deadline = time.monotonic() + 120
        while not any("Outcome: succeeded" in log.read_text() for log in logs.glob("*_run_*.log")):
            assert time.monotonic() < deadline, [log.read_text() for log in logs.glob("*")]
            time.sleep(1)
        assert "Results" in (logs / f"job_{name}_cron.log").read_text()
        assert qgis_process.results("schedulejob", JOB=name, LIBRARY=home, ACTION="disable")["STATUS"] == "disabled"
        time.sleep(20)  # a run that has begun may end
        there = sorted(logs.glob("*_run_*.log"))
        time.sleep(90)
        assert sorted(logs.glob("*_run_*.log")) == there
    finally:
        qgis_process.results("schedulejob", JOB=name, LIBRARY=home, ACTION="remove")
        daemon.terminate()
        daemon.wait(10)
    assert subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout == before
