"""The analyses of a job's tasks: saved beside the job file, which stays Sen2Chain's, and kept with their task."""

from __future__ import annotations

from pathlib import Path

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from tests.support.saved_jobs import beside_job, save_job

pytestmark = pytest.mark.usefixtures("provider")
HEAD = "# Which analyses follow the tasks of this job; Sen2Chain does not read this file.\n"


def beside(home: Path) -> Path:
    return beside_job(home, "analysis.cfg")


def sections(home: Path) -> str:
    text = beside(home).read_text(encoding="utf-8")
    assert text.startswith(HEAD + "\n")
    return text.removeprefix(HEAD + "\n")


def test_job_file_stays_that_of_sen2chain(home: Path, zones: str) -> None:
    plain = save_job(home, INPUT=zones)
    assert not beside(home).exists()
    settings = "aggregate.period=dekad;\nAggregate.STATISTICS = mean, dates; smooth.LAMBDA=vcurve"
    assert save_job(home, INPUT=zones, ANALYSES=["aggregate", "smooth"], ANALYSIS_SETTINGS=settings) == plain
    assert sections(home) == (
        "[task 1: smooth]\nLAMBDA = vcurve\n\n[task 1: aggregate]\nPERIOD = dekad\nSTATISTICS = mean, dates\n"
    )
    assert save_job(home, INPUT=zones) == plain
    assert not beside(home).exists()


def test_a_task_keeps_what_is_not_given(home: Path, zones: str) -> None:
    save_job(home, INPUT=zones, ANALYSES="smooth", ANALYSIS_SETTINGS="smooth.STEP=10")
    save_job(home, INPUT=zones, MODE="append", ANALYSES="trend,phenology")
    first, second = "[task 1: smooth]\nSTEP = 10\n", "[task 2: trend]\n\n[task 2: phenology]\n"
    assert sections(home) == f"{first}\n{second}"
    save_job(home, TASK=1, MAX_CLOUDS=50)
    assert sections(home) == f"{second}\n{first}"
    save_job(home, TASK=1, ANALYSES="smooth,aggregate")
    assert sections(home) == f"{second}\n{first}\n[task 1: aggregate]\n"
    save_job(home, TASK=1, ANALYSIS_SETTINGS="aggregate.PERIOD=week")
    assert sections(home) == f"{second}\n[task 1: smooth]\n\n[task 1: aggregate]\nPERIOD = week\n"
    save_job(home, TASK=1, ANALYSES="none")
    assert sections(home) == second
    save_job(home, TASK=1, REMOVE=True)
    assert sections(home) == second.replace("task 2", "task 1")
    save_job(home, TASK=1, ANALYSES=[])
    assert not beside(home).exists()


def test_what_was_written_by_hand_for_all_tasks_stays(home: Path, zones: str) -> None:
    save_job(home, INPUT=zones)
    save_job(home, INPUT=zones, MODE="append")
    hand = "# mine\n[smooth]\nSTEP = 8\n"
    beside(home).write_text(hand + "\n[task 2: trend]\n", encoding="utf-8")
    save_job(home, TASK=1, ANALYSES="aggregate")
    assert beside(home).read_text() == hand + "\n[task 2: trend]\n\n[task 1: aggregate]\n"
    save_job(home, INPUT=zones, ANALYSES="trend")  # another job of that name, of one task
    assert beside(home).read_text() == hand + "\n[task 1: trend]\n"
    save_job(home, INPUT=zones)
    assert beside(home).read_text() == hand
    processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home), "DRY_RUN": True})


@pytest.mark.parametrize(
    ("analyses", "settings", "named"),
    [
        ("smooth", "aggregate.PERIOD=week", "aggregate"), ("smooth", "smooth.STEP=0", "STEP"),
        ("smooth", "smooth.STEP=five", "STEP"), ("smooth", "smooth.COLOUR=red", "COLOUR"),
        ("smooth", "STEP=10", "STEP=10"), ("smooth", "smooth.STEP=5; smooth.STEP=6", "smooth.STEP"),
        ("smooth,trend", "smooth.STEP", "smooth.STEP"), ("none", "smooth.STEP=5", "smooth"),
        ("aggregate", "aggregate.STATISTICS=mean,mode", "mode"), ("aggregate", "aggregate.PERIOD=[x]", "PERIOD"),
        ("smoothing", "", "smoothing"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_and_changes_nothing(
    home: Path, zones: str, analyses: str, settings: str, named: str
) -> None:
    before = save_job(home, INPUT=zones, ANALYSES="smooth", ANALYSIS_SETTINGS="smooth.STEP=10")
    text = beside(home).read_text()
    with pytest.raises(QgsProcessingException, match="ANALYS") as refused:
        save_job(home, INPUT=zones, MODE="append", ANALYSES=analyses, ANALYSIS_SETTINGS=settings)
    assert named in str(refused.value)
    assert (save_job(home, TASK=1, MAX_CLOUDS=100), beside(home).read_text()) == (before, text)


def test_a_run_makes_them(home: Path, zones: str) -> None:
    save_job(
        home, INPUT=zones, DATE_MIN="2021-06-01", DATE_MAX="2021-06-30", CLOUDMASKS="CM001",
        ANALYSES="smooth,aggregate", ANALYSIS_SETTINGS="smooth.MIN_DATES=1; aggregate.SOURCE=smooth",
    )  # fmt: skip
    processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)}, feedback=QgsProcessingFeedback())
    (tree,) = (path.parent for path in home.rglob("analysis_data"))
    names = {path.name.split("_NDVI_")[1] for path in (tree / "analysis_data").rglob("*.csv")}
    assert names == {"smooth.csv", "smooth_stats.csv", "month_smooth.csv"}
