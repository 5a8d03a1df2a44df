"""Analyses after the compile of a job: what the file beside the job asks for, and what a run makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import JobAnalysisInvalid
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs.run import Tools, plan_job, run_job
from sen2chain_ts_plugin.engine.jobs.store import job_file, log_folder, save_job
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.jobs.task_analyses import analyses_path, forget_task, load_analyses
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.support.homes import make_home
from tests.support.layers import open_shapefile
from tests.support.raw_tree import Log


@pytest.fixture
def job(reference: Path, tmp_path: Path):
    """Return a library, and a saved job of two tasks."""
    library = open_library(make_home(tmp_path, reference))
    layer = str(reference / "layers" / "zones.shp")
    job = jobfile.new_job()
    for index in ("NDVI", "NDWIGAO"):
        job = jobfile.with_task(job, Task(layer, "2021-01-01", "2021-03-31", cloudmasks="CM001", indices=index))
    file = job_file(library, "t1")
    save_job(file, job)
    return library, file, job


def write(file, text: str) -> None:
    analyses_path(file).write_text(text, encoding="utf-8")


def run(library, file, job, log: Log | None = None):
    tools = Tools(library, open_shapefile, lambda _: SerialExecutor(), analyses=load_analyses(file, job))
    return run_job("t1", job, tools, log_folder(library, "t1"), log or Log())


def test_without_the_file_nothing_follows(job) -> None:
    library, file, tasks = job
    assert load_analyses(file, tasks) == {}
    run(library, file, tasks)
    assert not list(library.extraction.glob("*/analysis_data"))


def test_sections_of_all_tasks_and_of_one(job) -> None:
    library, file, tasks = job
    write(
        file,
        "[aggregate]\nperiod = dekad\nstatistics = mean, dates\n\n[task 2: smooth]\nLAMBDA = 1000\nROBUST = no\n"
        "[task 2: aggregate]\nSOURCE = smooth\nEMPTY = yes\n",
    )
    asked = load_analyses(file, tasks)
    assert [[each.KIND for each in asked[number]] for number in (1, 2)] == [["aggregate"], ["smooth", "aggregate"]]
    log = Log()
    run(library, file, tasks, log)
    paths = library.extraction.glob("*/analysis_data/**/*.csv")
    names = {path.relative_to(path.parents[4]).as_posix() for path in paths}
    assert names == {
        "analysis_data/NDVI/CM001/aggregate/zones_NDVI_dekad.csv",
        "analysis_data/NDWIGAO/CM001/aggregate/zones_NDWIGAO_month_smooth.csv",
        "analysis_data/NDWIGAO/CM001/smooth/zones_NDWIGAO_smooth.csv",
        "analysis_data/NDWIGAO/CM001/smooth/zones_NDWIGAO_smooth_stats.csv",
    }
    assert any("aggregate, files: 1" in text for text in log.infos)
    assert log.fractions == sorted(log.fractions)
    plan = Log()
    tools = Tools(library, open_shapefile, lambda _: SerialExecutor(), analyses=asked)
    plan_job("t1", tasks, tools, plan)
    assert [text.strip() for text in plan.infos if "analysis:" in text] == [
        "analysis: aggregate", "analysis: smooth", "analysis: aggregate",
    ]  # fmt: skip


def test_one_that_fails_does_not_stop_the_others(job) -> None:
    library, file, tasks = job
    write(file, "[aggregate]\nSOURCE = smooth\n[trend]\n")
    log = Log()
    with pytest.raises(Exception, match="1, 2"):
        run(library, file, tasks, log)
    assert any("Task 1: aggregate failed" in text for text in log.errors)
    assert len(list(library.extraction.glob("*/analysis_data/*/CM001/trend/*.csv"))) == 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[smoothing]\n", "smoothing"), ("[task 3: smooth]\n", "task 3"), ("[task 0: smooth]\n", "task 0"),
        ("[smooth]\nSTIFFNESS = 3\n", "STIFFNESS"), ("[smooth]\nSTEP = five\n", "STEP"),
        ("[smooth]\nSTEP = 0\n", "STEP"), ("[smooth]\nSTEP = 1_0\n", "STEP"), ("[smooth]\nSPIKE = \uff10.2\n", "SPIKE"),
        ("[smooth]\nLAMBDA = 1_000\n", "LAMBDA"), ("[smooth]\nLAMBDA = inf\n", "LAMBDA"),
        ("[smooth]\nLAMBDA = stiff\n", "LAMBDA"), ("[smooth]\nROBUST = perhaps\n", "ROBUST"),
        ("[aggregate]\nPERIOD = fortnight\n", "PERIOD"), ("[aggregate]\nORIGIN = soon\n", "ORIGIN"),
        ("[aggregate]\nSTATISTICS = mean, mode\n", "mode"), ("[smooth]\n[smooth]\n", "smooth"), ("STEP = 5\n", "STEP"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_by_name(job, text: str, named: str) -> None:
    _, file, tasks = job
    write(file, text)
    with pytest.raises(JobAnalysisInvalid, match=named) as refused:
        load_analyses(file, tasks)
    assert str(analyses_path(file)) in str(refused.value)


def test_other_tasks_keep_theirs_when_one_goes(job) -> None:
    _, file, _ = job
    write(file, "# mine\n[smooth]\n[task 1: trend]\nMIN_YEARS = 6\n[task 2: aggregate]\nPERIOD = week\n")
    forget_task(file, 1)
    assert analyses_path(file).read_text(encoding="utf-8") == "# mine\n[smooth]\n[task 1: aggregate]\nPERIOD = week\n"
    analyses_path(file).unlink()
    forget_task(file, 1)
    assert not analyses_path(file).exists()


def test_the_file_is_no_job(job) -> None:
    from sen2chain_ts_plugin.engine.jobs.store import job_files

    library, file, _ = job
    write(file, "[smooth]\n")
    assert [each.name for each in job_files(library)] == ["t1"]
