"""Job files go to Sen2Chain and back, with Sen2Chain itself. Left out where it is not installed.

SEN2CHAIN_PYTHON names the Python of an environment that has it::

    /usr/bin/python3 -m venv --system-site-packages s2c
    s2c/bin/pip install "rasterio==1.3.10" "numpy<2" "pandas==2.3.3" "sen2chain==1.4.1"
    export SEN2CHAIN_PYTHON=$PWD/s2c/bin/python
    .venv/bin/python -m pytest -p no:pytest_qgis tests/engine/jobs/test_jobs_sen2chain.py
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs.store import job_file, load_job, save_job
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.library.folders import Library, open_library

PYTHON = os.environ.get("SEN2CHAIN_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="set SEN2CHAIN_PYTHON to compare with Sen2Chain itself")
READ = """
import json, sys
from sen2chain import JobExtraction
job = JobExtraction("t1")
keys = [job.logs, job.timing, job.nb_proc, job.process_by_line]
{change}
print(json.dumps([keys, job.tasks.to_dict("records")]))
"""
TASKS = (
    Task("/data/été/zones.shp", "today", "today", "50", "CM002/CM003-PRB1-ITER5", "All", "True", "monthly/all", "True",
         "me@server:/data/x"),
    Task('/data/a;"b".gpkg|layername=q', "2021-01-01", "", compiled_data="yearly"),
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return the library of a Sen2Chain home that Sen2Chain itself has made."""
    sen2chain(tmp_path, "import sen2chain")
    return open_library(tmp_path)


def sen2chain(home: Path, program: str) -> list:
    environment = {**os.environ, "SEN2CHAIN_HOMEPATH": str(home), "LC_ALL": "C.UTF-8"}
    run = subprocess.run([PYTHON, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1]) if run.stdout.strip() else []


def save(library: Library) -> jobfile.Job:
    job = jobfile.with_key(jobfile.new_job(), "timing", "30 4 * * 1-5")
    for task in TASKS:
        job = jobfile.with_task(job, task)
    job = jobfile.with_task(job, Task(), commented=True)
    save_job(job_file(library, "t1"), job)
    return job


def test_sen2chain_reads_what_we_write(library: Library, tmp_path: Path) -> None:
    save(library)
    keys, rows = sen2chain(tmp_path, READ.format(change=""))
    assert keys == [True, "30 4 * * 1-5", 0, 0]
    assert len(rows) == 3
    assert rows[0]["shapefile"] == "/data/été/zones.shp"
    assert rows[0]["date_min"] == "today-0"
    assert rows[0]["cloudmasks"] == ["CM002-B11", "CM003-PRB1-ITER5"]
    assert len(rows[0]["indices"]) == 12
    assert rows[0]["compiled_data"] == ["monthly", "all"]
    assert (rows[0]["force_extraction"], rows[0]["smooth_data"]) == ("True", "True")
    assert rows[0]["copy_server"] == "me@server:/data/x"
    assert rows[1]["shapefile"] == '/data/a;"b".gpkg|layername=q'
    assert (rows[1]["date_min"], rows[1]["date_max"], rows[1]["max_clouds"]) == ("2021-01-01", "", "100")
    assert rows[2]["shapefile"].startswith("!")


def test_we_read_what_sen2chain_makes_of_it(library: Library, tmp_path: Path) -> None:
    before = save(library)
    sen2chain(
        tmp_path, READ.format(change="job.task_edit(1, indices='EVI', max_clouds=20); job.task_add(); job.save()")
    )
    after = load_job(job_file(library, "t1"))
    assert len(after.rows) == 4
    assert after.tasks[1].index_names == before.tasks[1].index_names
    assert after.tasks[1].periods == before.tasks[1].periods
    assert (after.tasks[2].indices, after.tasks[2].max_clouds) == ("EVI", "20")
    assert after.tasks[2].shapefile == before.tasks[2].shapefile
    assert after.rows[2].task is None
    assert after.tasks[4].asks_nothing
    assert after.timing == before.timing
