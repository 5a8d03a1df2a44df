"""A run of a job, from its file to its tree, its log and its copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import (
    Cancelled,
    EngineError,
    JobLineInvalid,
    JobPlanFailed,
    JobTaskFailed,
    Phrase,
    VectorUnreadable,
)
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs import log as joblog
from sen2chain_ts_plugin.engine.jobs.run import JobSummary, Tools, plan_job, run_job
from sen2chain_ts_plugin.engine.jobs.store import load_job, log_folder
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.library.folders import Library, open_library
from sen2chain_ts_plugin.engine.locks import locked
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.engine.jobs.test_publish import HOSTILE
from tests.support.capabilities import KILL, KILLED, needs_full_device
from tests.support.compare import differences
from tests.support.extracting import ShapeLayer
from tests.support.holding import Holder
from tests.support.homes import make_home
from tests.support.layers import open_shapefile
from tests.support.programs import make_program
from tests.support.raw_tree import Log, contents
from tests.support.sshd import PROGRAMS_THERE, running_server

FIRST, LAST = "2021-01-01", "2021-03-31"


@pytest.fixture
def library(reference: Path, tmp_path: Path) -> Library:
    """Return the reference library, with its extractions, jobs and logs in a folder of the test."""
    return open_library(make_home(tmp_path, reference))


@pytest.fixture
def zones(reference: Path) -> str:
    return str(reference / "layers" / "zones.shp")


def job_of(*tasks: Task, **keys: str) -> jobfile.Job:
    job = jobfile.new_job()
    for task in tasks:
        job = jobfile.with_task(job, task)
    for key, value in keys.items():
        job = jobfile.with_key(job, key, value)
    return job


def run(
    library: Library, job: jobfile.Job, feedback: Log | None = None, name: str = "t1", opener=open_shapefile
) -> JobSummary:
    tools = Tools(library, opener, one_worker)
    return run_job(name, job, tools, log_folder(library, name), feedback or Log())


def one_worker(threads: int) -> SerialExecutor:
    return SerialExecutor()


def trees(library: Library) -> list[Path]:
    return sorted(library.extraction.iterdir()) if library.extraction.exists() else []


def last(library: Library, name: str = "t1") -> joblog.Run:
    found = joblog.last_run(log_folder(library, name), name)
    assert found is not None
    return found


# What a run gives


def test_job_of_sen2chain_gives_the_trees_of_extract_and_compile(
    library: Library, reference: Path, zones: str, tmp_path: Path
) -> None:
    source = reference / "expected" / "jobs" / "job_t1.cfg"
    text = source.read_text(encoding="utf-8").replace("/data/layers/zones.shp", zones)
    summary = run(library, jobfile.parse(text, source))
    assert (summary.tasks, summary.products_failed, summary.steps_failed) == (1, 0, 0)
    (tree,) = trees(library)
    expected = reference / "expected" / "EXTRACTION_CM001" / "zones_3b371b3ac79d9d4f"
    assert tree.name == expected.name
    asked = tmp_path / "asked" / "raw_data" / "NDVI" / "CM001"
    asked.mkdir(parents=True)
    for path in (expected / "raw_data" / "NDVI" / "CM001").glob("*.csv"):
        if "20210101" <= path.name.split("_")[3][:8] <= "20210331":
            shutil.copy(path, asked)
    (tree / "raw_data" / "NDVI" / "CM001" / "product_data").rename(tmp_path / "product_data")
    assert differences(tree / "raw_data" / "NDVI" / "CM001", asked) == []
    compiled = sorted(path.relative_to(tree / "compiled_data").as_posix() for path in tree.glob("compiled_data/*/*/*"))
    masks = ("CM001", "CM003-PRB1-ITER5")
    assert compiled == [f"NDVI/{mask}/{folder}" for mask in masks for folder in ("custom", "monthly")]
    monthly = [path.name for path in sorted((tree / "compiled_data" / "NDVI" / "CM001" / "monthly").iterdir())]
    assert monthly == [f"zones_CC100_NDVI_monthly_2021-0{month}.csv" for month in (1, 2, 3)]
    header = (
        (tree / "compiled_data" / "NDVI" / "CM001" / "custom")
        .glob("*.csv")
        .__next__()
        .read_text(encoding="utf-8")
        .splitlines()[0]
    )
    assert "month" not in header.split(",")


def test_every_field_is_honoured(library: Library, zones: str) -> None:
    task = Task(zones, FIRST, LAST, "50", "CM001", "NDVI/NDWIGAO", compiled_data="alldata", smooth_data="True")
    run(library, job_of(task))
    (tree,) = trees(library)
    raw = [path.name for path in tree.glob("raw_data/NDVI/CM001/*.csv")]
    assert raw
    assert not [name for name in raw if "20210311" in name and "T40KCB" in name]  # 95 % of clouds
    names = sorted(path.name for path in tree.glob("compiled_data/NDVI/CM001/all_data/*"))
    stem = "zones_CC50_NDVI_all_data"
    assert names == [f"{stem}.csv", f"{stem}_smooth.csv", f"{stem}_smooth_stats.csv"]
    assert (tree / "compiled_data" / "NDWIGAO" / "CM001" / "all_data").is_dir()


def test_all_indices_means_those_there_are(library: Library, zones: str) -> None:
    log = Log()
    run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", indices="All")), log)
    (tree,) = trees(library)
    assert sorted(path.name for path in (tree / "compiled_data").iterdir()) == ["NDVI", "NDWIGAO"]
    assert not [line for line in log.warnings if "EVI" in line]


def test_second_night_extracts_nothing_and_changes_nothing(library: Library, zones: str) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data="monthly/all/alldata"))
    first = run(library, job)
    (tree,) = trees(library)
    before = contents(tree)
    second = run(library, job)
    assert (first.extracted > 0, second.extracted) == (True, 0)
    assert contents(tree) == before


def test_forced_extraction_is_done_again(library: Library, zones: str) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", force_extraction="True"))
    assert run(library, job).extracted == run(library, job).extracted > 0


@pytest.mark.parametrize(
    ("periods", "columns"), [("monthly/yearly", ["month"]), ("monthly/yearly/alldata", []), ("all/daily", [])]
)
def test_smoothed_rows_of_all_data_are_written_once(
    library: Library, zones: str, periods: str, columns: list[str]
) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data=periods, smooth_data="True"))
    run(library, job)
    (tree,) = trees(library)
    files = sorted(tree.glob("compiled_data/NDVI/CM001/*/*_smooth*.csv"))
    names = {"all": "custom", "alldata": "all_data"}
    folders = {names.get(word, word) for word in periods.split("/")} | {"all_data"}
    assert {path.parent.name for path in files} == folders
    (smooth,) = (path for path in files if path.name.endswith("_all_data_smooth.csv"))
    header = smooth.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [name for name in header if name in ("year", "month", "week", "day")] == columns
    before = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in files]
    run(library, job)
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in files] == before


def test_dates_that_move_do_not_pile_up_custom_files(library: Library, zones: str, monkeypatch) -> None:
    job = job_of(Task(zones, "2021-01-01", "today", cloudmasks="CM001", compiled_data="all"))
    for today in (date(2021, 3, 20), date(2021, 4, 20)):
        monkeypatch.setattr("sen2chain_ts_plugin.engine.jobs.run.date", days_from(today))
        run(library, job)
    (tree,) = trees(library)
    (custom,) = tree.glob("compiled_data/NDVI/CM001/custom/*")
    assert re.fullmatch(r"zones_CC100_NDVI_2021-01-05_2021-04-\d\d\.csv", custom.name)


def days_from(today: date) -> type[date]:
    class Frozen(date):
        @classmethod
        def today(cls) -> date:
            return today

    return Frozen


def test_commented_and_empty_tasks_are_not_run(library: Library, zones: str) -> None:
    job = jobfile.with_task(job_of(Task(), Task(zones, indices="False")), Task(zones), commented=True)
    log = Log()
    summary = run(library, job, log)
    assert summary.tasks == 0
    assert [line[:7] for line in log.warnings if "nothing to do" in line] == ["Task 1 ", "Task 2 "]
    assert trees(library) == []
    assert last(library).outcome == "succeeded"


def test_lines_at_once_are_announced(library: Library, zones: str) -> None:
    log = Log()
    run(library, job_of(*[Task(zones, indices="False")] * 5, process_by_line="2"), log)
    assert [line for line in log.infos if line.startswith("Lines")] == [
        "Lines 1 to 2 of 5.",
        "Lines 3 to 4 of 5.",
        "Lines 5 to 5 of 5.",
    ]


def test_progress_grows_to_the_end(library: Library, zones: str) -> None:
    log = Log()
    task = Task(zones, FIRST, "2021-01-31", cloudmasks="CM001", compiled_data="monthly/all")
    run(library, job_of(task, task), log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1


# Its log


def test_log_tells_what_the_user_was_told_and_how_it_ended(library: Library, zones: str) -> None:
    feedback = Log()
    summary = run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")), feedback)
    assert re.fullmatch(r"job_t1_run_\d{8}_\d{6}\.log", summary.log.name)
    assert summary.log.parent == library.logs / "job_t1"
    text = summary.log.read_text(encoding="utf-8")
    assert text.startswith("Sen2Chain time series, job t1\n")
    assert text.endswith("Outcome: succeeded\n")
    for line in feedback.infos + feedback.warnings:
        assert line in text
    run_ = last(library)
    assert run_ == joblog.JobRun(run_.started, "succeeded", summary.log, summary.extracted, tuple(summary.extractions))
    assert summary.extracted > 0
    assert [folder.parent for folder in summary.extractions] == [library.extraction]
    assert abs(run_.started - datetime.now()) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("layer", "shown"),
    [
        ("/vsicurl/https://me:s3cret@host.example/zones.gpkg", "//***@host.example/zones.gpkg"),
        ("/vsizip//vsicurl/ftp://me:s3cret@host.example/zones.zip|layername=zones", "//***@host.example/zones.zip|"),
        ("/vsicurl/https://host.example/zones.gpkg?sig=s3cret&x=1", "host.example/zones.gpkg?***"),
    ],
)
def test_a_password_in_the_address_of_a_layer_is_not_shown(library: Library, layer: str, shown: str) -> None:
    def fail(text: str, feedback: Log) -> ShapeLayer:
        feedback.warning("{path} is slow", path=text)
        raise VectorUnreadable(path=Path(text), reason=Phrase("no answer from {path}", path=text))

    log, job = Log(), job_of(Task(layer))
    with pytest.raises(JobTaskFailed) as raised:
        run(library, job, log, opener=fail)
    with pytest.raises(JobPlanFailed):
        plan_job("t1", job, Tools(library, fail, one_worker), log)
    written = raised.value.values["log"].read_text(encoding="utf-8")
    said = "\n".join([written, *log.infos, *log.warnings, *log.errors, str(raised.value)])
    assert "s3cret" not in said
    assert said.count(shown) >= 4


def test_job_without_logs_leaves_none(library: Library, zones: str) -> None:
    summary = run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001"), logs="False"))
    assert summary.log is None
    assert list(library.logs.glob("**/*.log")) == []


@needs_full_device
def test_log_on_a_full_disk_does_not_stop_the_run(library: Library, zones: str, monkeypatch) -> None:
    folder = log_folder(library, "t1")

    def new_file(_folder: Path, _name: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return Path("/dev/full")

    monkeypatch.setattr(joblog, "_new_file", new_file)
    log = Log()
    summary = run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")), log)
    assert summary.extracted > 0
    assert [line for line in log.warnings if "/dev/full" in line] == [
        "Cannot write /dev/full: [Errno 22] it is a pipe, a socket or a device, not a file. The run continues."
    ]


# What goes wrong


def test_failing_task_does_not_stop_the_next(library: Library, zones: str, tmp_path: Path) -> None:
    missing = Task(str(tmp_path / "gone.shp"), FIRST, LAST, cloudmasks="CM001")
    unknown = Task(zones, FIRST, LAST, cloudmasks="CM003-PRB9-ITER9")
    good = Task(zones, FIRST, LAST, cloudmasks="CM001")
    log = Log()
    with pytest.raises(JobTaskFailed) as error:
        run(library, job_of(missing, unknown, good), log)
    assert "Job t1 failed in task 1, 2 (products: 0, steps: 2). Everything else was done." in str(error.value)
    assert str(last(library).log) in str(error.value)
    assert [line for line in log.errors if "gone.shp is no vector file" in line]
    assert [line for line in log.errors if "CM003-PRB9-ITER9" in line]
    (tree,) = trees(library)
    assert list(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))
    assert last(library).outcome == "failed"
    assert "ERROR " in last(library).log.read_text(encoding="utf-8")


def test_dates_that_are_over_fail_their_task_alone(library: Library, zones: str) -> None:
    over = Task(zones, "today-30", LAST, cloudmasks="CM001", compiled_data="all")
    job = job_of(over, Task(zones, FIRST, LAST, cloudmasks="CM001"))
    log = Log()
    with pytest.raises(JobPlanFailed, match="would fail in task 1;"):
        plan_job("t1", job, Tools(library, open_shapefile, one_worker), log)
    problem = f"date_min 'today-30' comes after date_max '{LAST}'."
    assert log.errors == [f"Task 1 cannot run: {problem}"]
    log = Log()
    with pytest.raises(JobTaskFailed, match=r"failed in task 1 \(products: 0, steps: 1\)"):
        run(library, job, log)
    assert log.errors == [f"Task 1: the extraction failed: {problem}"]
    (tree,) = trees(library)
    assert list(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))


def test_damaged_raw_file_fails_the_job_until_the_next_run_has_made_it_anew(library: Library, zones: str) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data="monthly/all/alldata"))
    run(library, job)
    (tree,) = trees(library)
    raw = min(tree.glob("raw_data/NDVI/CM001/*.csv"))
    sound, whole = raw.read_bytes(), contents(tree)
    raw.write_bytes(sound[:-1] + b"?")  # its size tells nothing
    log = Log()
    with pytest.raises(JobTaskFailed, match=r"failed in task 1 \(products: 1, steps: 0\)"):
        run(library, job, log)
    assert [line for line in log.errors if f"{raw} is damaged" in line]
    assert [line[:75] for line in log.errors if line.startswith("Task 1, damaged")] == [
        "Task 1, damaged raw files, left out of what was compiled: 1. They are named"
    ]
    assert last(library).outcome == "failed"
    assert run(library, job).extracted == 1
    assert contents(tree) == whole


def test_unforeseen_error_of_a_task_is_a_failure_like_others(library: Library, zones: str) -> None:
    def opener(text: str, feedback):
        if "bad" in text:
            raise MemoryError("too large")
        return open_shapefile(text, feedback)

    log = Log()
    with pytest.raises(JobTaskFailed):
        run(library, job_of(Task("/bad.shp"), Task(zones, FIRST, LAST, cloudmasks="CM001")), log, opener=opener)
    (said,) = log.errors
    assert re.fullmatch(r"Task 1: the extraction failed: MemoryError: too large \(test_run\.py, line \d+\)", said)
    assert len(trees(library)) == 1


def test_failed_product_fails_the_job_after_everything_else(library: Library, zones: str, tmp_path: Path) -> None:
    indices = tmp_path / "INDICES"
    shutil.copytree(library.indices, indices)
    damaged = sorted(indices.glob("NDVI/40KCB/*20210105*/*_CM001.jp2"))[0]
    damaged.write_bytes(damaged.read_bytes()[:-200])
    config = tmp_path / "sen2chain_data" / "config" / "config.cfg"
    config.write_text(config.read_text(encoding="utf-8").replace(str(library.indices), str(indices)))
    log = Log()
    with pytest.raises(JobTaskFailed, match=r"Job t1 failed in task 1 \(products: 1, steps: 0\)"):
        run(open_library(tmp_path), job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")), log)
    assert [line for line in log.errors if damaged.name in line]
    (tree,) = trees(library)
    assert list(tree.glob("compiled_data/NDVI/CM001/all_data/*.csv"))


def test_locked_tree_fails_its_task_alone(library: Library, zones: str) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001"))
    run(library, job)
    (tree,) = trees(library)
    with locked(tree), pytest.raises(JobTaskFailed, match="failed in task 1"):
        run(library, job)


def test_cancel_ends_the_run_and_is_logged(library: Library, zones: str) -> None:
    with pytest.raises(Cancelled):
        run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")), Log(cancel_at=5))
    assert last(library).outcome == "cancelled"


def test_second_run_finds_the_first_and_touches_nothing(library: Library, zones: str) -> None:
    job = job_of(Task(zones, FIRST, LAST, cloudmasks="CM001"))
    inner: list[JobSummary] = []
    log = Log()

    def opener(text: str, feedback):
        inner.append(run(library, job, log))
        assert last(library).outcome == "running"
        return open_shapefile(text, feedback)

    outer = run(library, job, opener=opener)
    assert inner[0].skipped
    assert inner[0].tasks == inner[0].extracted == 0
    assert "this run is skipped" in log.errors[0]
    assert f"process {os.getpid()}" in log.errors[0]
    assert inner[0].log.read_text(encoding="utf-8").endswith("Outcome: skipped\n")
    assert not outer.skipped
    assert last(library).log == outer.log
    assert last(library).outcome == "succeeded"


def test_run_that_was_killed_frees_its_lock_and_is_called_interrupted(library: Library, zones: str) -> None:
    folder = log_folder(library, "t1")
    program = (
        "import os, sys; from pathlib import Path;"
        "from sen2chain_ts_plugin.engine.locks import locked;"
        "from sen2chain_ts_plugin.engine.jobs.log import run_log;"
        "from sen2chain_ts_plugin.engine.feedback import Silent;"
        "folder = Path(sys.argv[1]);\n"
        f"with locked(folder), run_log(folder, 't1', Silent()): os.kill(os.getpid(), {int(KILL)})"
    )
    root = Path(__file__).parents[3]
    killed = subprocess.run([sys.executable, "-c", program, folder], cwd=root, check=False)
    assert killed.returncode == KILLED
    assert last(library).outcome == "interrupted"
    assert run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001"))).extracted > 0


# Dry run


def test_plan_says_what_would_be_done_and_does_nothing(
    library: Library, zones: str, tmp_path: Path, monkeypatch
) -> None:
    for name in ("ssh", "rsync"):
        make_program(tmp_path / "bin", name, f"open({str(tmp_path / 'started')!r}, 'w')")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    task = Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data="monthly/all", copy_server="me@server:/data/x y")
    before = contents(tmp_path)
    log = Log()
    tools = Tools(library, open_shapefile, one_worker)
    summary = plan_job("t1", job_of(task), tools, log)
    assert contents(tmp_path) == before
    text = "\n".join(log.infos).replace(os.sep, "/")
    assert re.search(r"products to extract from tile 40KCB: \d+", text)
    assert re.search(r"products to extract from tile 40KCC: \d+", text)
    assert re.search(r"raw files: up to \d+ in .*zones_3b371b3ac79d9d4f/raw_data/NDVI/CM001", text)
    assert "compiled files: in " in text
    assert re.search(
        r"copy, in .*EXTRACTION: .*/rsync.* .*compiled_data/NDVI/CM001/monthly/ .*['\"]me@server:/data/x y/['\"]", text
    )
    assert f"{FIRST} to {LAST}, NDVI, CM001." in text
    assert summary.tasks == 1
    tiles = dict(re.findall(r"from tile (\S+): (\d+)", text))
    done = run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")))
    assert sum(map(int, tiles.values())) == done.extracted + empty_products(trees(library)[0])
    log = Log()
    plan_job("t1", job_of(task), tools, log)
    assert not [line for line in log.infos if "products to extract" in line]


@pytest.mark.parametrize(
    ("first", "last", "said"), [("", "", "… to …"), ("", LAST, f"… to {LAST}"), (FIRST, "", f"{FIRST} to …")]
)
def test_plan_of_a_task_without_limits(library: Library, zones: str, first: str, last: str, said: str) -> None:
    log = Log()
    plan_job(
        "t1", job_of(Task(zones, first, last, cloudmasks="CM001")), Tools(library, open_shapefile, one_worker), log
    )
    assert f", {said}, NDVI, CM001." in log.infos[1]


def test_plan_names_folders_that_will_be(library: Library, zones: str, tmp_path: Path, monkeypatch) -> None:
    """All means twelve indices; the library has two."""
    for name in ("ssh", "rsync"):
        make_program(tmp_path / "bin", name, "")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    task = Task(zones, FIRST, LAST, "100", "CM001", "All", compiled_data="monthly/alldata")
    tools, log = Tools(library, open_shapefile, one_worker), Log()
    plan_job("t1", job_of(replace(task, copy_server="me@server:/x")), tools, log)
    planned = {line.partition("compiled files: in ")[2] for line in log.infos if "compiled files" in line}
    plain = [line.replace(os.sep, "/") for line in log.infos]
    copied = {word for line in plain if "copy, in" in line for word in line.split() if "/compiled_data/" in word}
    run(library, job_of(task))
    (tree,) = trees(library)
    assert {tree.parent / word for word in copied} == {Path(folder) for folder in planned}
    assert planned == {str(path) for path in tree.glob("compiled_data/*/*/*")}
    log = Log()
    plan_job("t1", job_of(task), tools, log)  # everything is extracted
    assert {line.partition("compiled files: in ")[2] for line in log.infos if "compiled files" in line} == planned


def empty_products(tree: Path) -> int:
    lists = tree.glob("raw_data/*/*/product_data/products_no_data.csv")
    return sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in lists)


def test_plan_names_what_cannot_run(library: Library, tmp_path: Path) -> None:
    def open_layer(text: str, feedback: Log):
        return ShapeLayer([None, None], name="void") if text == "/void.shp" else open_shapefile(text, feedback)

    log = Log()
    with pytest.raises(JobPlanFailed, match="would fail in task 1, 2;"):
        plan_job(
            "t1",
            job_of(Task("/nowhere/gone.shp"), Task("/void.shp", cloudmasks="CM001")),
            Tools(library, open_layer, one_worker),
            log,
        )
    gone, void = log.errors
    assert gone == f"Task 1 cannot run: {Path('/nowhere/gone.shp')} is no vector file."
    assert void.startswith("Task 2 cannot run: void has no usable geometry")


# The copy


@pytest.mark.skipif(not PROGRAMS_THERE, reason="needs openssh-server, openssh-client and rsync")
def test_every_index_mask_and_period_of_the_task_is_copied(
    library: Library, zones: str, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "sshd"
    folder.mkdir()
    with running_server(folder) as server:
        monkeypatch.setenv("PATH", server.programs)
        there = tmp_path / "there"
        task = Task(
            zones, FIRST, LAST, cloudmasks="CM001/CM003-PRB1-ITER5", indices="NDVI/NDWIGAO",
            compiled_data="monthly/all", smooth_data="True", copy_server=server.target("server", there),
        )  # fmt: skip
        log = Log()
        run(library, job_of(task), log)
        (tree,) = trees(library)
        sent = {name: data for name, data in contents(tree).items() if name.startswith("compiled_data/")}
        assert contents(there / tree.name) == sent
        folders = {str(Path(name).parent) for name in sent}
        assert len(folders) == 2 * 2 * 3  # indices, masks; monthly, custom and the smoothed all_data
        assert [line for line in log.infos if f", files: {len(sent)}." in line]

        refused = Task(zones, FIRST, LAST, cloudmasks="CM001", copy_server=server.target("stranger", there))
        before = contents(tree)
        with pytest.raises(JobTaskFailed, match="failed in task 1"):
            run(library, job_of(refused))
        assert set(before) <= set(contents(tree))
        assert last(library).outcome == "failed"


@pytest.mark.parametrize("target", [target for target in HOSTILE if target.strip() == target != ""])
def test_hostile_target_stops_the_whole_job_before_anything_starts(
    target: str, library: Library, zones: str, tmp_path: Path, monkeypatch
) -> None:
    started = tmp_path / "started"
    for name in ("ssh", "rsync", "sh"):
        make_program(tmp_path / "bin", name, f"open({str(started)!r}, 'w')")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    good = jobfile.with_task(jobfile.new_job(), Task(zones, FIRST, LAST, cloudmasks="CM001"))
    cell = '"' + target.replace('"', '""') + '"'
    text = good.text + f"{zones};{FIRST};{LAST};100;CM001;NDVI;False;alldata;False;{cell}\n"
    with pytest.raises((JobLineInvalid, EngineError)):
        run(library, jobfile.parse(jobfile.decode(text.encode(), tmp_path), tmp_path))
    assert not started.exists()
    assert trees(library) == []


def test_layer_that_changed_its_name_is_another_run_of_load(library: Library, zones: str) -> None:
    library.jobs.mkdir(parents=True, exist_ok=True)
    path = library.jobs / "job_t1.cfg"
    path.write_text(job_of(Task(zones, FIRST, LAST, cloudmasks="CM001")).text)
    from sen2chain_ts_plugin.engine.jobs.store import find_job

    assert run(library, load_job(find_job(library, "t1"))).tasks == 1
    assert run(library, load_job(find_job(library, str(path)))).extracted == 0


def test_a_compiled_file_that_another_program_has_open_is_a_failure_of_its_task(
    library: Library, zones: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(library, job_of(Task(zones, FIRST, "2021-02-01", cloudmasks="CM001", compiled_data="alldata")))
    (tree,) = trees(library)
    held = min(tree.glob("compiled_data/*/CM001/all_data/*.csv"))
    log = Log()
    with Holder(monkeypatch).holding(held), pytest.raises(JobTaskFailed, match=r"task 1 \(products: 0, steps: 1\)"):
        run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data="alldata")), log)
    assert sum(f"{held.name} is open in another program" in said for said in log.errors) == 1


def test_compile_request_of_a_job_equals_one_asked_by_hand(library: Library, zones: str, tmp_path: Path) -> None:
    run(library, job_of(Task(zones, FIRST, LAST, cloudmasks="CM001", compiled_data="weekly")))
    (tree,) = trees(library)
    other = tmp_path / "other" / tree.name
    shutil.copytree(tree, other, ignore=shutil.ignore_patterns("compiled_data", ".sen2chain_ts"))
    compile_tree(other, CompileRequest(periods=("weekly",)))
    assert contents(other / "compiled_data") == contents(tree / "compiled_data")
