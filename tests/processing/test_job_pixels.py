"""The pixels of a job's tasks: saved beside the job file, which stays Sen2Chain's, and used by every run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from tests.support.raw_tree import contents
from tests.support.saved_jobs import beside_job, save_job

pytestmark = pytest.mark.usefixtures("provider")


def beside(home: Path) -> Path:
    return beside_job(home, "extract.cfg")


def test_job_file_stays_that_of_sen2chain(home: Path, zones: str) -> None:
    plain = save_job(home, INPUT=zones)
    assert not beside(home).exists()
    assert save_job(home, INPUT=zones, PIXELS="fraction", BUFFER=-10, SMALL="keep", MIN_COVERAGE=0.5) == plain
    text = beside(home).read_text(encoding="utf-8")
    assert text.splitlines()[2:] == [
        "[task 1]", f"shapefile = {zones}", "pixels = fraction", "buffer = -10", "small = keep", "min_coverage = 0.5",
    ]  # fmt: skip
    # Jobs of that folder are still one.
    result = processing.run("sen2chain_ts:schedulejob", {"JOB": "t1", "LIBRARY": str(home)})
    assert result["STATUS"] == "absent"
    assert save_job(home, INPUT=zones) == plain
    assert not beside(home).exists()


def test_what_is_asked_follows_its_task(home: Path, zones: str) -> None:
    save_job(home, INPUT=zones)
    save_job(home, INPUT=zones, PIXELS="touched", MODE="append")
    save_job(home, INPUT=zones, BUFFER=20, MODE="append")
    assert [line for line in beside(home).read_text().splitlines() if line.startswith("[")] == ["[task 2]", "[task 3]"]
    save_job(home, TASK=3, MAX_CLOUDS=50)  # what is not given keeps its value
    assert "buffer = 20" in beside(home).read_text()
    save_job(home, TASK=3, PIXELS="fraction")
    save_job(home, TASK=1, REMOVE=True)
    text = beside(home).read_text()
    assert text.index("[task 1]") < text.index("pixels = touched") < text.index("[task 2]") < text.index("buffer = 20")
    assert "[task 3]" not in text
    assert text.count("pixels = fraction") == 1


@pytest.mark.parametrize(
    "options", [{"PIXELS": "touched"}, {"PIXELS": "fraction", "MIN_COVERAGE": 0.3}, {"BUFFER": -10}]
)
def test_job_gives_the_files_of_extract_and_compile(
    home: Path, zones: str, tmp_path: Path, options: dict[str, Any]
) -> None:
    dates = {"DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30"}
    save_job(home, INPUT=zones, CLOUDMASKS="CM001", COMPILED=["alldata"], **dates, **options)
    feedback = QgsProcessingFeedback()
    parameters = {"JOB": "t1", "LIBRARY": str(home), "DRY_RUN": True}
    processing.run("sen2chain_ts:runjob", parameters, feedback=feedback)
    result = processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)})
    assert (result["FAILED"], result["TASKS"]) == (0, 1)
    extraction = processing.run(
        "sen2chain_ts:extract",
        {
            "INPUT": zones,
            "LIBRARY": str(home),
            "CLOUDMASKS": "CM001",
            "OUTPUT": str(tmp_path / "out"),
            **dates,
            **options,
        },
    )
    processing.run("sen2chain_ts:compile", {"EXTRACTION": extraction["EXTRACTION"], "COVER_MAX": 100})
    tree = Path(extraction["EXTRACTION"])
    (root,) = [path.parent for path in home.rglob(tree.name) if path != tree]
    for folder in ("shp_files", "raw_data", "compiled_data"):
        assert contents(root / tree.name / folder) == contents(tree / folder)
    assert tree.name in feedback.textLog()  # the dry run named the folder that was written


BROKEN = {
    "of another layer": (("shapefile = ", "shapefile = /elsewhere"), "in the job for"),
    "of a task that is gone": (("[task 1]", "[task 4]"), "the job has no task 4"),
    "with an unknown key": (("buffer", "bufer"), "'bufer' is not a known key"),
    "with an unknown word": (("fraction", "fractions"), "PIXELS: 'fractions' is not possible"),
    "with half a metre": (("buffer = -10", "buffer = 0.5"), "0.5"),
    "without a section": (("[task 1]", ""), "header"),
    "with a strange section": (("[task 1]", "[tasks]"), "is no section"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_file_that_does_not_suit_the_job_stops_the_run(home: Path, zones: str, name: str) -> None:
    (old, new), message = BROKEN[name]
    save_job(home, INPUT=zones, CLOUDMASKS="CM001", PIXELS="fraction", BUFFER=-10)
    text = beside(home).read_text(encoding="utf-8")
    assert old in text
    beside(home).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(QgsProcessingException, match=r"job_t1\.extract\.cfg") as failure:
        processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)})
    assert message in str(failure.value)
    assert "Nothing was run" in str(failure.value)


def test_a_line_to_complete_by_hand_keeps_what_was_asked(home: Path, zones: str) -> None:
    text = save_job(home, CLOUDMASKS="CM001", PIXELS="touched", DATE_MIN="2021-06-01", DATE_MAX="2021-06-30")
    path = beside(home).with_name("job_t1.cfg")
    (line,) = [line for line in text.splitlines() if line.startswith("!")]
    path.write_text(text.replace(line, line[1:].replace("False", zones, 1)), encoding="utf-8")
    result = processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)})
    assert result["EXTRACTED"] > 0
    assert list(home.rglob("raw_data/NDVI/CM001-TOUCH/*.csv"))
