"""Jobs through Processing: what savejob writes, what runjob gives, what schedulejob says."""

from __future__ import annotations

import os
import shlex
import shutil
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import processing
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QSettings

from sen2chain_ts_plugin.engine.errors import QgisProcessMissing
from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from sen2chain_ts_plugin.processing.support import job_command
from tests.support.compare import differences
from tests.support.fake_crontab import FakeCrontab, make_crontab
from tests.support.homes import make_home
from tests.support.raw_tree import contents
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("provider")
HEADER = (
    "shapefile;date_min;date_max;max_clouds;cloudmasks;indices;force_extraction;compiled_data;smooth_data;copy_server"
)
FIRST, LAST = "2021-01-01", "2021-03-31"


@pytest.fixture(autouse=True)
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCrontab:
    """Return a crontab that is nobody's, for every test."""
    fake = make_crontab(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{fake.folder}{os.pathsep}{os.environ['PATH']}")
    return fake


class Messages(QgsProcessingFeedback):
    """Feedback that remembers."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)

    def reportError(self, error: str, fatal: bool = False) -> None:
        self.errors.append(error)


def run(algorithm: str, home: Path, feedback: Messages | None = None, **parameters: Any) -> dict[str, Any]:
    parameters.setdefault("LIBRARY", str(home))
    context = QgsProcessingContext()
    return processing.run(f"sen2chain_ts:{algorithm}", parameters, context=context, feedback=feedback or Messages())


def save(home: Path, feedback: Messages | None = None, **parameters: Any) -> dict[str, Any]:
    return run("savejob", home, feedback, **{"NAME": "t1", **parameters})


def text_of(result: dict[str, Any]) -> str:
    return Path(result["JOB"]).read_text(encoding="utf-8")


def rows_of(result: dict[str, Any]) -> list[str]:
    text = text_of(result)
    return text[text.index(HEADER) :].splitlines()[1:]


# savejob


def test_job_has_the_defaults_of_extract_and_compile(home: Path, reference: Path) -> None:
    zones = reference / "layers" / "zones.shp"
    result = save(home, INPUT=str(zones))
    assert result == {"JOB": str(home / "sen2chain_data" / "config" / "jobs_extr" / "job_t1.cfg"), "TASKS": 1}
    assert rows_of(result) == [f"{zones};;;100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI;False;alldata;False;False"]
    keys = [line for line in text_of(result).splitlines() if " = " in line]
    assert keys == ["logs = True", "timing = 0 0 * * *", "nb_proc = 0", "process_by_line = 0"]


def test_every_parameter_is_written(home: Path, reference: Path) -> None:
    zones = reference / "layers" / "zones.shp"
    result = save(
        home, INPUT=str(zones), DATE_MIN="today-30", DATE_MAX="today", MAX_CLOUDS=50,
        CLOUDMASKS="CM001, CM003-PRB1-ITER5", INDICES=["NDVI", "NDWIGAO"], COMPILED=["monthly", "custom", "all"],
        SMOOTHING=True, FORCE=True, COPY_SERVER="me@server:/data/x y", TIMING="30 4 * * mon-fri", THREADS=3, LOGS=False,
    )  # fmt: skip
    assert rows_of(result) == [
        f"{zones};today-30;today;50;CM001/CM003-PRB1-ITER5;NDVI/NDWIGAO;True;monthly/all;True;me@server:/data/x y"
    ]
    keys = [line for line in text_of(result).splitlines() if " = " in line]
    assert keys == ["logs = False", "timing = 30 4 * * mon-fri", "nb_proc = 3", "process_by_line = 0"]


@pytest.mark.parametrize("empty", [None, "", [], [""], ()])
def test_what_is_emptied_has_the_default(home: Path, reference: Path, empty: Any) -> None:
    """False in the job file would be a job that does nothing, and finishes successfully every night."""
    zones = str(reference / "layers" / "zones.shp")
    result = save(home, INPUT=zones, INDICES=empty, CLOUDMASKS=empty, COMPILED=empty, COPY_SERVER=empty)
    assert rows_of(result) == [f"{zones};;;100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI;False;alldata;False;False"]


@pytest.mark.parametrize("empty", [None, "", [], [""]])
def test_a_task_that_is_changed_keeps_what_is_left_out(home: Path, reference: Path, empty: Any) -> None:
    zones = str(reference / "layers" / "zones.shp")
    save(home, INPUT=zones, DATE_MIN="2021-01-01", MAX_CLOUDS=50, CLOUDMASKS="CM001", COPY_SERVER="me@server:/x")
    before = rows_of(save(home, TASK=1))
    assert rows_of(save(home, TASK=1, MAX_CLOUDS=empty, INPUT=empty, THREADS=empty, REMOVE=empty)) == before
    assert len(rows_of(save(home, TASK=empty, INPUT=zones, MODE="append"))) == 2
    cleared = rows_of(save(home, TASK=1, DATE_MIN="", CLOUDMASKS="", COPY_SERVER=""))[0]
    assert cleared == f"{zones};;;50;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI;False;alldata;False;False"


def test_words_for_nothing_and_for_everything(home: Path) -> None:
    assert rows_of(save(home, COMPILED=["none"]))[0].split(";")[7] == "False"
    assert rows_of(save(home, INDICES=["NDVI", "All"]))[0].split(";")[5] == "All"


def test_without_a_layer_the_line_is_a_template(home: Path) -> None:
    log = Messages()
    result = save(home, log)
    assert result["TASKS"] == 1
    assert rows_of(result)[0].startswith("!False;")
    assert [line for line in log.infos if "Task 1 is commented" in line]
    assert run("runjob", home, JOB="t1")["TASKS"] == 0


def test_layer_of_a_project_and_of_a_geopackage(home: Path, reference: Path) -> None:
    path = f"{reference / 'layers' / 'zones_2975.gpkg'}|layername=zones_2975"
    assert rows_of(save(home, INPUT=path))[0].startswith(f"{path};")
    layer = QgsVectorLayer(str(reference / "layers" / "zones.shp"), "my zones", "ogr")
    QgsProject.instance().addMapLayer(layer)
    try:
        assert rows_of(save(home, INPUT=layer))[0].startswith(f"{reference / 'layers' / 'zones.shp'};")
    finally:
        QgsProject.instance().removeMapLayer(layer)


def test_relative_path_is_written_in_full(home: Path, reference: Path, monkeypatch) -> None:
    monkeypatch.chdir(reference / "layers")
    assert rows_of(save(home, INPUT="points.shp"))[0].startswith(f"{reference / 'layers' / 'points.shp'};")


def test_layer_in_memory_is_refused(home: Path) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "sketch", "memory")
    with pytest.raises(QgsProcessingException, match="'sketch' cannot be the layer of a job"):
        save(home, INPUT=layer)


def test_replace_append_change_and_remove(home: Path, reference: Path) -> None:
    zones, points = (str(reference / "layers" / name) for name in ("zones.shp", "points.shp"))
    save(home, INPUT=points, TIMING="@daily", THREADS=2)
    result = save(home, INPUT=zones, TIMING="5 5 * * *", THREADS=2)
    assert [row.split(";")[0] for row in rows_of(result)] == [zones]
    path = Path(result["JOB"])
    path.write_text(text_of(result).replace("### Table", "# mine\n### Table") + "!/data/off.shp;x\n")
    result = save(home, INPUT=points, MODE="append", INDICES=["EVI"])
    assert result["TASKS"] == 3
    assert [row.split(";")[0] for row in rows_of(result)] == [zones, "!/data/off.shp", points]
    before = text_of(result)
    assert "# mine\n" in before
    assert "timing = 5 5 * * *\n" in before
    assert "nb_proc = 2\n" in before
    result = save(home, TASK=3, MAX_CLOUDS=20)
    assert text_of(result) == before.replace(
        ";100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;EVI", ";20;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;EVI"
    )
    result = save(home, TASK=1, REMOVE=True)
    assert result["TASKS"] == 2
    assert [row.split(";")[0] for row in rows_of(result)] == ["!/data/off.shp", points]
    result = save(home, TASK=1, INPUT=zones)
    assert [row.split(";")[0] for row in rows_of(result)] == [zones, points]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"NAME": "../x"}, "'../x' cannot be the name of a job"),
        ({"NAME": "CON"}, "device of Windows"),
        ({"NAME": "a\nb"}, "cannot be the name of a job"),
        ({"DATE_MIN": "31/01/2021"}, "date_min is '31/01/2021'"),
        ({"DATE_MIN": "2022-01-01", "DATE_MAX": "2021-01-01"}, "comes after date_max"),
        ({"CLOUDMASKS": "CM009"}, "Unknown cloud mask 'CM009'"),
        ({"TIMING": "at noon"}, "'at noon' is not a cron timing"),
        ({"TIMING": "0 0 30 2 *"}, "never occurs"),
        ({"COPY_SERVER": "-oProxyCommand=x@h:/y"}, "user@server:path"),
        ({"TASK": 2, "INDICES": ["EVI"]}, "There is no task 2: the job has 1"),
        ({"REMOVE": True}, "say which one"),
    ],
)
def test_refusal_leaves_the_job_as_it_was(home: Path, reference: Path, parameters: dict[str, Any], words: str) -> None:
    before = text_of(save(home, INPUT=str(reference / "layers" / "zones.shp")))
    there = {path.name for path in home.rglob("*")}
    with pytest.raises(QgsProcessingException, match=words):
        save(home, **parameters)
    assert (home / "sen2chain_data" / "config" / "jobs_extr" / "job_t1.cfg").read_text() == before
    assert {path.name for path in home.rglob("*")} == there


def test_who_may_not_use_cron_saves_jobs_all_the_same(home: Path, crontab: FakeCrontab, reference: Path) -> None:
    (crontab.folder / "refuse").touch()
    zones = str(reference / "layers" / "zones.shp")
    log = Messages()
    assert save(home, log, INPUT=zones)["TASKS"] == 1
    assert [line for line in log.infos if "not allowed to use this program" in line]
    assert log.warnings == log.errors == []
    assert save(home, INPUT=zones, MODE="append")["TASKS"] == 2
    with pytest.raises(QgsProcessingException, match="not allowed to use this program"):
        run("schedulejob", home, JOB="t1", ACTION="enable")


@pytest.mark.parametrize(("first", "last"), [("today-30", "2024-12-31"), ("9999-01-01", "today")])
def test_dates_that_are_reversed_today_are_refused_and_repaired(
    home: Path, reference: Path, first: str, last: str
) -> None:
    zones, points = (str(reference / "layers" / name) for name in ("zones.shp", "points.shp"))
    with pytest.raises(QgsProcessingException, match=f"date_min '{first}' comes after date_max '{last}'"):
        save(home, INPUT=zones, DATE_MIN=first, DATE_MAX=last)
    path = Path(save(home, INPUT=zones, DATE_MIN="2021-01-01", DATE_MAX="2021-01-31")["JOB"])
    path.write_text(path.read_text().replace("2021-01-01;2021-01-31", f"{first};{last}"))  # as on another day
    reversed_ = path.read_bytes()
    with pytest.raises(QgsProcessingException, match="comes after date_max"):
        save(home, TASK=1, MAX_CLOUDS=20)
    assert path.read_bytes() == reversed_
    assert len(rows_of(save(home, INPUT=points, MODE="append"))) == 2
    assert rows_of(save(home, TASK=1, DATE_MIN="2021-01-01", DATE_MAX="2021-01-31"))[0].split(";")[1] == "2021-01-01"
    path.write_bytes(reversed_)
    assert rows_of(save(home, TASK=1, REMOVE=True)) == []


def test_task_of_a_job_that_does_not_exist(home: Path) -> None:
    with pytest.raises(QgsProcessingException, match="There is no job 't1'"):
        save(home, TASK=1, MAX_CLOUDS=20)


def test_useless_copy_is_said(home: Path, reference: Path) -> None:
    log = Messages()
    save(home, log, INPUT=str(reference / "layers" / "zones.shp"), COMPILED="none", COPY_SERVER="me@server:/x")
    assert [line for line in log.warnings if "nothing will be copied" in line]


# runjob


def test_job_gives_the_tree_that_extract_and_compile_give(home: Path, reference: Path, tmp_path: Path) -> None:
    zones = str(reference / "layers" / "zones.shp")
    source = (reference / "expected" / "jobs" / "job_t1.cfg").read_text(encoding="utf-8")
    job = tmp_path / "job_t1.cfg"
    job.write_text(source.replace("/data/layers/zones.shp", zones), encoding="utf-8")
    result = run("runjob", home, JOB=str(job))
    assert (result["TASKS"], result["FAILED"]) == (1, 0)
    assert result["EXTRACTED"] > 0
    assert Path(result["LOG"]).read_text().endswith("Outcome: succeeded\n")
    (tree,) = (home / "EXTRACTION").iterdir()

    by_hand = run(
        "extract", home, INPUT=zones, INDICES=["NDVI"], CLOUDMASKS="CM001/CM003-PRB1-ITER5",
        DATE_MIN=FIRST, DATE_MAX=LAST, OUTPUT=str(tmp_path / "by_hand"),
    )  # fmt: skip
    for period in ("monthly", "custom"):
        run("compile", home, EXTRACTION=by_hand["EXTRACTION"], PERIODS=[period], DATE_MIN=FIRST, DATE_MAX=LAST)
    assert result["EXTRACTED"] == by_hand["EXTRACTED"]
    assert Path(by_hand["EXTRACTION"]).name == tree.name
    assert contents(Path(by_hand["EXTRACTION"])) == contents(tree)
    expected = reference / "expected" / "EXTRACTION_CM001" / tree.name / "raw_data" / "NDVI" / "CM001"
    asked = tmp_path / "asked"
    asked.mkdir()
    for path in expected.glob("*.csv"):
        if (tree / "raw_data" / "NDVI" / "CM001" / path.name).exists():
            shutil.copy(path, asked)
    got = tmp_path / "got"
    shutil.copytree(tree / "raw_data" / "NDVI" / "CM001", got, ignore=shutil.ignore_patterns("product_data"))
    assert differences(got, asked) == []
    assert run("runjob", home, JOB=str(job))["EXTRACTED"] > 0  # the job of the reference forces its extraction


def test_job_runs_in_the_background_as_the_toolbox_does_it(home: Path, reference: Path) -> None:
    save(home, INPUT=str(reference / "layers" / "zones.shp"), DATE_MAX="2021-01-31", CLOUDMASKS="CM001", THREADS=3)
    algorithm = QgsApplication.processingRegistry().algorithmById("sen2chain_ts:runjob").create()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    task = QgsProcessingAlgRunnerTask(algorithm, {"JOB": "t1", "LIBRARY": str(home)}, context, feedback)
    ended: list[tuple[bool, dict[str, Any]]] = []
    task.executed.connect(lambda succeeded, results: ended.append((succeeded, dict(results))))
    QgsApplication.taskManager().addTask(task)
    wait_for(lambda: ended, QCoreApplication.processEvents)
    assert ended[0][0], feedback.textLog()
    assert (ended[0][1]["TASKS"], ended[0][1]["FAILED"]) == (1, 0)
    assert ended[0][1]["EXTRACTED"] > 0


def test_layer_of_another_crs_and_name_gives_the_tree_of_extract(home: Path, reference: Path, tmp_path: Path) -> None:
    shutil.copy(reference / "layers" / "zones_2975.gpkg", tmp_path / "a.gpkg")
    text = f"{tmp_path / 'a.gpkg'}|layername=zones_2975"
    save(home, INPUT=text, DATE_MAX="2021-01-31", CLOUDMASKS="CM001")
    run("runjob", home, JOB="t1")
    (tree,) = (home / "EXTRACTION").iterdir()
    by_hand = run(
        "extract", home, INPUT=text, DATE_MAX="2021-01-31", CLOUDMASKS="CM001", OUTPUT=str(tmp_path / "by_hand")
    )
    assert Path(by_hand["EXTRACTION"]).name == tree.name


def test_failure_is_an_error_after_everything_else(home: Path, reference: Path) -> None:
    zones = reference / "layers" / "zones.shp"
    result = save(home, INPUT=str(zones), DATE_MAX="2021-01-31", CLOUDMASKS="CM001")
    path = Path(result["JOB"])
    path.write_text(
        path.read_text().replace(f"{zones};", f"/gone.shp;;;100;CM001;NDVI;False;all;False;False\n{zones};")
    )
    log = Messages()
    with pytest.raises(
        QgsProcessingException,
        match=r"Job t1 failed in task 1 \(products: 0, steps: 1\)\. Everything else was done\. Log: /",
    ):
        run("runjob", home, log, JOB="t1")
    assert [line for line in log.errors if "/gone.shp cannot be opened as a vector layer" in line]
    assert len(list((home / "EXTRACTION").iterdir())) == 1


def test_line_that_cannot_be_understood_stops_everything(home: Path, reference: Path) -> None:
    result = save(home, INPUT=str(reference / "layers" / "zones.shp"), CLOUDMASKS="CM001")
    path = Path(result["JOB"])
    path.write_text(path.read_text() + rows_of(result)[0].replace("NDVI", "NDIV") + "\n")
    number = len(path.read_text().splitlines())
    with pytest.raises(QgsProcessingException, match=f"job_t1.cfg, line {number}: unknown index 'NDIV'"):
        run("runjob", home, JOB="t1")
    assert list((home / "EXTRACTION").iterdir()) == []
    assert not (home / "logs").exists()


def test_dry_run_says_what_would_be_done(home: Path, reference: Path) -> None:
    save(
        home, INPUT=str(reference / "layers" / "zones.shp"), CLOUDMASKS="CM001", COMPILED=["monthly"],
        COPY_SERVER="me@server:/data",
    )  # fmt: skip
    before = contents(home)
    log = Messages()
    result = run("runjob", home, log, JOB="t1", DRY_RUN=True)
    assert contents(home) == before
    assert result == {"TASKS": 1, "EXTRACTED": 0, "FAILED": 0, "LOG": ""}
    text = "\n".join(log.infos)
    for words in (
        "products to extract from tile 40KCB: 15",
        "raw files: up to ",
        "compiled_data/NDVI/CM001/monthly",
        "me@server:/data/",
    ):
        assert words in text


def test_job_that_is_not_there_names_those_that_are(home: Path) -> None:
    save(home, NAME="night")
    with pytest.raises(QgsProcessingException, match=r"There is no job 'day'.*Jobs there: night"):
        run("runjob", home, JOB="day")


# schedulejob


def test_life_of_a_schedule(home: Path, crontab: FakeCrontab, reference: Path) -> None:
    others = b"MAILTO=x\n0 1 * * * /usr/bin/python3 /j/jobextraction_t1.py # sen2chain_job_t1\n"
    crontab.table = others
    save(home, INPUT=str(reference / "layers" / "zones.shp"), TIMING="30 4 * * *")
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1") == {"STATUS": "absent", "TIMING": "30 4 * * *"}
    assert [line for line in log.errors if "Sen2Chain's own line for a job t1" in line]
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1", ACTION="enable") == {"STATUS": "enabled", "TIMING": "30 4 * * *"}
    assert [line for line in log.infos if "next run: " in line]
    assert crontab.table.startswith(others + b"30 4 * * * ")
    log = Messages()
    save(home, log, INPUT=str(reference / "layers" / "zones.shp"), TIMING="@daily")
    assert [line for line in log.warnings if "The schedule still says 30 4 * * *" in line]
    assert run("schedulejob", home, JOB="t1") == {"STATUS": "enabled", "TIMING": "30 4 * * *"}
    assert run("schedulejob", home, JOB="t1", ACTION="enable") == {"STATUS": "enabled", "TIMING": "@daily"}
    assert run("schedulejob", home, JOB="t1", ACTION="disable") == {"STATUS": "disabled", "TIMING": "@daily"}
    (home / "sen2chain_data" / "config" / "jobs_extr" / "job_t1.cfg").unlink()
    assert run("schedulejob", home, JOB="t1") == {"STATUS": "disabled", "TIMING": "@daily"}
    assert run("schedulejob", home, JOB="t1", ACTION="remove") == {"STATUS": "absent", "TIMING": ""}
    assert crontab.table == others
    with pytest.raises(QgsProcessingException, match="There is no job 't1'"):
        run("schedulejob", home, JOB="t1")
    with pytest.raises(QgsProcessingException, match="There is no job 't1'"):
        run("schedulejob", home, JOB="t1", ACTION="enable")


def test_line_needs_nothing_of_the_session(home: Path, crontab: FakeCrontab, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("SEN2CHAIN_HOMEPATH", str(home))
    save(home)
    run("schedulejob", home, JOB="t1", ACTION="enable", LIBRARY=None)
    line = crontab.table.decode()
    words = shlex.split(line.split(" ", 5)[5], comments=True)
    command = words[words.index("/usr/bin/env") + 1 :]
    variables = dict(word.split("=", 1) for word in takewhile(lambda word: "=" in word, command))
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert variables["LC_ALL"] == "C.UTF-8"
    assert Path(variables["QGIS_PLUGINPATH"], "sen2chain_ts_plugin", "__init__.py").is_file()
    settings = Path(variables["QGIS_CUSTOM_CONFIG_PATH"], "profiles", "default")
    assert settings.samefile(QgsApplication.qgisSettingsDirPath())
    assert Path(command[len(variables)]).name.startswith("qgis_process")
    assert command[len(variables) + 1 : -3] == [
        "run", "sen2chain_ts:runjob", "--JOB=t1", f"--LIBRARY={home}",
    ]  # fmt: skip
    assert command[-3:] == [">>", str(home / "logs" / "job_t1" / "job_t1_cron.log"), "2>&1"]


def test_job_in_another_folder_is_scheduled_by_its_path(home: Path, crontab: FakeCrontab, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere é" / "job_far.cfg"
    path.parent.mkdir()
    shutil.copy(save(home)["JOB"], path)
    assert run("schedulejob", home, JOB=str(path), ACTION="enable")["STATUS"] == "enabled"
    assert f"'--JOB={path}'" in crontab.table.decode()
    assert crontab.table.endswith(b" # sen2chain_ts_job_far\n")
    assert run("schedulejob", home, JOB="far")["STATUS"] == "enabled"


def test_job_of_the_same_name_in_another_library_keeps_its_line(
    home: Path, crontab: FakeCrontab, reference: Path, tmp_path: Path
) -> None:
    other = make_home(tmp_path / "other 100% é", reference)
    save(other)
    assert run("schedulejob", other, JOB="t1", ACTION="enable")["STATUS"] == "enabled"
    line, log = crontab.table, Messages()
    save(home, log, TIMING="30 4 * * *")
    assert log.warnings == []

    with pytest.raises(QgsProcessingException, match=f"another job of this name already is, t1 of the library {other}"):
        run("schedulejob", home, JOB="t1", ACTION="enable")
    assert crontab.table == line
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1") == {"STATUS": "absent", "TIMING": "30 4 * * *"}
    assert [words for words in log.errors if f"t1 of the library {other}, and not this one" in words]
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1", ACTION="disable")["STATUS"] == "disabled"
    assert [words for words in log.errors if f"t1 of the library {other}. If that one is to run again" in words]
    with pytest.raises(QgsProcessingException, match="another job of this name"):
        run("schedulejob", home, JOB="t1", ACTION="enable")
    assert crontab.table == b"# " + line
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1", ACTION="remove")["STATUS"] == "absent"
    assert [words for words in log.errors if f"t1 of the library {other}. If that one is to run again" in words]
    assert crontab.table == b""
    log = Messages()
    assert run("schedulejob", home, log, JOB="t1", ACTION="enable")["STATUS"] == "enabled"
    assert run("schedulejob", home, log, JOB="t1", ACTION="disable")["STATUS"] == "disabled"
    assert log.errors == []


def test_line_that_is_not_of_another_job_is_brought_up_to_date(
    home: Path, crontab: FakeCrontab, tmp_path: Path
) -> None:
    save(home)
    run("schedulejob", home, JOB="t1", ACTION="enable")
    line = crontab.table
    old = line.replace(b"QT_QPA_PLATFORM=offscreen", b"OLD='a b'").replace(b" run ", b" --verbose run ")
    assert old != line
    link = tmp_path / "link"
    link.symlink_to(home)
    for before in (
        old,
        b"# " + old,
        line.replace(str(home).encode() + b" >>", str(link).encode() + b" >>"),
        b"0 0 * * * /a/script/of/mine # sen2chain_ts_job_t1\n",
        b"0 0 * * * 'it never ends # sen2chain_ts_job_t1\n",
    ):
        assert before != line
        crontab.table = before
        log = Messages()
        assert run("schedulejob", home, log, JOB="t1", ACTION="enable")["STATUS"] == "enabled"
        assert log.errors == []
        assert crontab.table == line


def test_profile_of_another_name_is_found_through_a_link(home: Path, tmp_path: Path, monkeypatch) -> None:
    profile = tmp_path / "profiles" / "work"
    profile.mkdir(parents=True)
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: f"{profile}/"))
    from sen2chain_ts_plugin.engine.library.folders import open_library

    root = job_command._profiles(open_library(home))
    assert (root / "profiles" / "default").samefile(profile)
    assert job_command._profiles(open_library(home)) == root


@pytest.mark.parametrize("before", ["nothing", "a link elsewhere", "a copy"])
def test_profile_that_cannot_be_linked_is_copied_without_its_secrets(
    home: Path, tmp_path: Path, monkeypatch, before: str
) -> None:
    """As on Windows, where making a link takes a right of its own."""
    profile = tmp_path / "profiles" / "work"
    profile.mkdir(parents=True)
    (profile / "qgis.db").write_bytes(b"the user's coordinate systems")
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: f"{profile}/"))
    from sen2chain_ts_plugin.engine.library.folders import open_library

    library = open_library(home)
    default = library.jobs / ".sen2chain_ts" / "profile-work" / "profiles" / "default"
    if before != "nothing":
        default.parent.mkdir(parents=True)
        default.symlink_to(tmp_path) if before == "a link elsewhere" else (default / "QGIS").mkdir(parents=True)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(22, "A required privilege is not held by the client")

    monkeypatch.setattr(os, "symlink", refuse)
    settings = QgsSettings()
    settings.setValue("PythonPlugins/sen2chain_ts_plugin", True)
    settings.setValue("proxy/proxyPassword", "secret")
    try:
        root = job_command._profiles(library)
    finally:
        settings.remove("proxy/proxyPassword")
    assert root / "profiles" / "default" == default
    (ini,) = (default / "QGIS").glob("*")
    copied = QSettings(str(ini), QSettings.Format.IniFormat)
    assert copied.value("PythonPlugins/sen2chain_ts_plugin", type=bool) is True
    assert "secret" not in ini.read_text(encoding="utf-8")
    assert (default / "qgis.db").read_bytes() == b"the user's coordinate systems"
    assert list(tmp_path.glob("QGIS")) == []


class Windows:
    """What of a Windows the search for qgis_process sees."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._patch = root, monkeypatch
        monkeypatch.setattr(job_command, "sys", SimpleNamespace(platform="win32", prefix=str(root / "env")))
        monkeypatch.setattr("shutil.which", lambda name: str(root / "PATH" / name) if self._on_path(name) else None)
        monkeypatch.delenv("OSGEO4W_ROOT", raising=False)

    def _on_path(self, name: str) -> bool:
        return (self.root / "PATH" / name).exists()

    def qgis_in(self, folder: str) -> None:
        place = folder if folder.startswith("/") else str(self.root / folder)
        self._patch.setattr(QgsApplication, "applicationDirPath", staticmethod(lambda: place))

    def make(self, *programs: str) -> None:
        for program in programs:
            path = self.root / program
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


@pytest.mark.parametrize(
    ("here", "variable", "programs", "found"),
    [
        ("O/apps/qgis/bin", "O", ["O/bin/qgis_process-qgis.bat"], "O/bin/qgis_process-qgis.bat"),
        ("O/apps/qgis/bin", "", ["O/bin/qgis_process-qgis.bat"], "O/bin/qgis_process-qgis.bat"),
        (
            "O/apps/qgis-ltr/bin", "", ["O/apps/qgis-ltr/bin/qgis_process.exe", "O/bin/qgis_process-qgis-ltr.bat"],
            "O/bin/qgis_process-qgis-ltr.bat",
        ),
        ("O/bin", "O", ["O/bin/qgis_process-qgis.bat"], "O/bin/qgis_process-qgis.bat"),
        ("env/Library/bin", "", ["env/Library/bin/qgis_process.exe"], "env/Library/bin/qgis_process.exe"),
        ("env/Library/bin", "elsewhere", ["env/Library/bin/qgis_process.exe"], "env/Library/bin/qgis_process.exe"),
        ("Q/bin", "", ["PATH/qgis_process.exe"], "PATH/qgis_process.exe"),
        ("Q/bin", "", ["PATH/qgis_process-qgis-ltr.bat", "PATH/qgis_process.exe"], "PATH/qgis_process-qgis-ltr.bat"),
        ("/", "", ["PATH/qgis_process.exe"], "PATH/qgis_process.exe"),
        ("/bin", "", ["PATH/qgis_process.exe"], "PATH/qgis_process.exe"),
        ("", "", ["PATH/qgis_process.exe"], "PATH/qgis_process.exe"),
    ],
)  # fmt: skip
def test_qgis_process_on_windows(
    tmp_path: Path, monkeypatch, here: str, variable: str, programs: list[str], found: str
) -> None:
    windows = Windows(tmp_path, monkeypatch)
    windows.qgis_in(here)
    if variable:
        monkeypatch.setenv("OSGEO4W_ROOT", str(tmp_path / variable))
    windows.make(*programs)
    assert job_command.find_qgis_process() == tmp_path / found


@pytest.mark.parametrize("here", ["/", "/bin", "O/apps/qgis/bin", ""])
def test_no_qgis_process_on_windows_names_where_it_was_looked_for(tmp_path: Path, monkeypatch, here: str) -> None:
    Windows(tmp_path, monkeypatch).qgis_in(here)
    with pytest.raises(QgisProcessMissing, match="PATH"):
        job_command.find_qgis_process()


def test_the_program_of_conda_gets_the_environment_that_a_batch_file_would_make(
    home: Path, tmp_path: Path, monkeypatch
) -> None:
    from sen2chain_ts_plugin.engine.library.folders import open_library

    windows, library = Windows(tmp_path, monkeypatch), open_library(home)
    windows.make("PATH/rsync", "PATH/ssh")
    monkeypatch.setenv("PROJ_DATA", "C:/env/Library/share/proj")
    monkeypatch.setenv("SYSTEMROOT", "/Windows")
    alone = job_command._environment(library, tmp_path / "env" / "Library" / "bin" / "qgis_process.exe")
    assert alone["PROJ_DATA"] == "C:/env/Library/share/proj"
    environment = tmp_path / "env"
    folders = alone["PATH"].split(os.pathsep)
    for wanted in (environment / "Library" / "bin", environment, tmp_path / "PATH"):
        assert str(wanted) in folders
    assert folders[-2:] == [os.path.join("/Windows", "System32"), "/Windows"]
    batch = job_command._environment(library, tmp_path / "qgis_process-qgis.bat")
    assert set(batch) == {"QGIS_PLUGINPATH", "QGIS_CUSTOM_CONFIG_PATH"}


def test_without_qgis_process_the_schedule_is_refused(home: Path, crontab: FakeCrontab, monkeypatch) -> None:
    monkeypatch.setattr(job_command, "_PROGRAMS", ("qgis_process.nowhere",))
    save(home)
    with pytest.raises(QgsProcessingException, match="Cannot find qgis_process"):
        run("schedulejob", home, JOB="t1", ACTION="enable")
    assert crontab.table == b""


def test_group(provider: Sen2ChainProvider) -> None:
    jobs = {algorithm.name() for algorithm in provider.algorithms() if algorithm.groupId() == "jobs"}
    assert jobs == {"savejob", "runjob", "schedulejob"}
