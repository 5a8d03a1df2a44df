"""Where jobs are, how they are named, and what a list of them says."""

from __future__ import annotations

import errno
import os
import shlex
from datetime import datetime
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import JobLineInvalid, JobNameInvalid, JobNotFound, JobUnreadable, WriteFailed
from sen2chain_ts_plugin.engine.jobs import cron_timing as cron
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs import log as joblog
from sen2chain_ts_plugin.engine.jobs import store
from sen2chain_ts_plugin.engine.jobs.crontab import ScheduleEntry
from sen2chain_ts_plugin.engine.jobs.schedule import Command, Crontab, NoScheduler
from sen2chain_ts_plugin.engine.jobs.store import (
    find_job,
    job_file,
    job_files,
    list_jobs,
    load_job,
    log_folder,
    named_job,
    save_job,
)
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.library.folders import Library, open_library
from tests.support.capabilities import make_link, needs_permissions, tells_no_capitals_apart
from tests.support.fake_crontab import make_crontab

BAD_NAMES = [
    "",
    "../x",
    "..",
    "/etc/x",
    "a/b",
    "a\\b",
    'a";import os;#',
    "a b",
    "-a",
    "_a",
    ".a",
    "a.b",
    "été",
    "a\n",
    "a\nb",
    "a\x00",
    "CON",
    "con",
    "Nul",
    "COM1",
    "lpt9",
    "x" * 65,
    "x" * 300,
    "$(id)",
    "%TEMP%",
    "*",
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "INDICES").mkdir()
    return open_library(tmp_path)


def save(library: Library, name: str, *tasks: Task) -> None:
    job = jobfile.new_job()
    for task in tasks:
        job = jobfile.with_task(job, task)
    save_job(job_file(library, name), job)


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".sen2chain_ts" not in path.parts}


def folder_of_any_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder find its files whatever the capitals, as on Windows and macOS; it lists them as they are."""
    if tells_no_capitals_apart(folder):
        return
    listed = os.listdir(folder)
    for name in (name for name in listed if name.endswith(".cfg")):
        stem, dot, suffix = name.rpartition(".")
        prefix = "job_" if stem.startswith("job_") else ""
        for other in (stem.removeprefix(prefix).capitalize(), stem.removeprefix(prefix).upper()):
            os.link(folder / name, folder / f"{prefix}{other}{dot}{suffix}")
    list_folder = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed if Path(path) == folder else list_folder(path))


@pytest.mark.parametrize("name", BAD_NAMES)
def test_name_that_breaks_the_rule_is_refused_and_nothing_is_made(name: str, library: Library, tmp_path: Path) -> None:
    before = everything(tmp_path)
    with pytest.raises(JobNameInvalid, match="letters without accents, digits, _ and -"):
        job_file(library, name)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["a", "A1", "0", "night_2-b", "x" * 64, "console", "COM10"])
def test_name_of_a_job(name: str, library: Library) -> None:
    save(library, name)
    assert job_file(library, name).path == library.jobs / f"job_{name}.cfg"
    assert find_job(library, name).path.is_file()


def test_jobs_of_a_data_folder_are_in_it(library: Library, tmp_path: Path) -> None:
    save(library, "night", Task("/data/zones.shp"))
    assert everything(tmp_path) == {"INDICES", "jobs_extr", "jobs_extr/job_night.cfg"}


def test_jobs_of_a_home_are_where_sen2chain_keeps_them(tmp_path: Path) -> None:
    config = tmp_path / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    config.write_text("[LOG PATH]\nlog_path = /var/log/s2c\n")
    (tmp_path / "sen2chain_data" / "data" / "INDICES").mkdir(parents=True)
    library = open_library(tmp_path)
    save(library, "night")
    assert (tmp_path / "sen2chain_data" / "config" / "jobs_extr" / "job_night.cfg").is_file()
    assert log_folder(library, "night") == Path("/var/log/s2c/job_night")


def test_job_is_found_by_the_path_of_its_file(library: Library, tmp_path: Path, monkeypatch) -> None:
    save(library, "night")
    elsewhere = tmp_path / "elsewhere" / "job_other.cfg"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(job_file(library, "night").path.read_bytes())
    assert find_job(library, str(elsewhere)).name == "other"
    monkeypatch.chdir(elsewhere.parent)
    assert find_job(library, "job_other.cfg").path == elsewhere
    elsewhere.with_name("plain.cfg").write_bytes(elsewhere.read_bytes())
    assert find_job(library, "plain.cfg").name == "plain"


@pytest.mark.parametrize("text", ["Night", "NIGHT", "{jobs}/job_Night.cfg"])
def test_a_job_has_the_name_of_its_file_whatever_the_file_system_takes_for_it(
    text: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(library, "night")
    folder_of_any_case(library.jobs, monkeypatch)
    found = find_job(library, text.format(jobs=library.jobs))
    assert (found.name, found.path.name) == ("night", "job_night.cfg")
    assert found == named_job(library, text.format(jobs=library.jobs))
    assert [file.name for file in job_files(library)] == ["night"]


def test_a_file_without_the_prefix_has_its_own_name_too(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain.cfg").write_bytes(b"")
    folder_of_any_case(tmp_path, monkeypatch)
    assert named_job(library, str(tmp_path / "Plain.cfg")).name == "plain"


def test_where_capitals_differ_jobs_do(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    save(library, "night")
    if tells_no_capitals_apart(library.jobs):
        pytest.skip("this file system tells no capitals apart")
    save(library, "Night")
    assert [find_job(library, name).name for name in ("night", "Night")] == ["night", "Night"]
    with pytest.raises(JobNotFound):
        find_job(library, "NIGHT")


def test_folders_that_are_not_there_are_the_same_as_the_system_compares_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library on a disk that is away: Windows tells no capitals apart."""
    one, other = tmp_path / "Gone" / "library", tmp_path / "gone" / "Library"
    monkeypatch.setattr(store.os.path, "normcase", lambda path: os.fspath(path).lower())
    assert store._same(one, other)
    assert not store._same(one, other.with_name("libraries"))


def test_a_path_too_long_for_any_disk_is_not_there(library: Library) -> None:
    with pytest.raises(JobNotFound, match="There is no job 'night'"):
        find_job(library, f"/{'x' * 300}/job_night.cfg")


def test_job_that_is_not_there_is_named_with_those_that_are(library: Library) -> None:
    save(library, "night")
    save(library, "day")
    with pytest.raises(JobNotFound, match=r"There is no job 'noon'.*Jobs there: day, night"):
        find_job(library, "noon")
    with pytest.raises(JobNotFound, match="Jobs there: -"):
        find_job(open_library_without_jobs(library), "noon")


def open_library_without_jobs(library: Library) -> Library:
    for path in library.jobs.glob("*.cfg"):
        path.unlink()
    return library


def test_files_that_are_no_jobs_are_passed_over(library: Library) -> None:
    save(library, "night")
    for name in ("job_.cfg", "job_a b.cfg", "job_CON.cfg", "notes.txt", "job_x.cfg.bak", "jobextraction_night.py"):
        (library.jobs / name).write_text("x")
    assert [file.name for file in job_files(library)] == ["night"]


def test_file_that_cannot_be_read_is_named(library: Library) -> None:
    file = job_file(library, "night")
    file.path.mkdir(parents=True)
    with pytest.raises(JobUnreadable, match=r"job_night\.cfg"):
        load_job(file)


@needs_permissions
def test_folder_that_cannot_be_written_is_named(library: Library) -> None:
    save(library, "night")
    library.jobs.chmod(0o500)
    try:
        with pytest.raises(WriteFailed, match="job_night"):
            save(library, "night", Task("/z.shp"))
    finally:
        library.jobs.chmod(0o700)
    assert load_job(job_file(library, "night")).tasks == {}


def test_list_says_everything_that_is_known(library: Library, tmp_path: Path, monkeypatch) -> None:
    crontab = make_crontab(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")
    save(library, "night", Task("/data/a.shp"), Task("/data/b.shp"))
    save(library, "off")
    save(library, "broken")
    (library.jobs / "job_broken.cfg").write_text("logs = True\nwhat = this\n")
    save(library, "plain")
    crontab.table = b"0 1 * * * x # sen2chain_job_plain\n"
    scheduler = Crontab()
    for name in ("night", "off", "broken"):
        scheduler.enable(name, cron.parse("30 4 * * *"), Command(("/bin/true",), tmp_path / "log"))
    scheduler.disable("off")
    logs = log_folder(library, "night")
    logs.mkdir(parents=True)
    for time, outcome in (
        ("20210304_043001", "failed"),
        ("20210305_043001", "skipped"),
        ("20200305_000000", "succeeded"),
    ):
        (logs / f"job_night_run_{time}.log").write_text(f"Sen2Chain time series, job night\n...\nOutcome: {outcome}\n")
    (logs / "job_night_run_99999999_999999.log").write_text("not a time")
    theirs = log_folder(library, "plain")
    theirs.mkdir()
    (theirs / "job_plain_run_20210101_000000.log").write_text("2021-01-01 00:00:00.1\nStart\n")

    broken, night, off, plain = list_jobs(library, scheduler, datetime(2021, 3, 5, 12))

    assert [state.file.name for state in (broken, night, off, plain)] == ["broken", "night", "off", "plain"]
    assert list(night.job.tasks) == [1, 2]
    assert night.problem is None
    assert (night.schedule.state, night.schedule.timing) == ("enabled", "30 4 * * *")
    assert night.next_run == datetime(2021, 3, 6, 4, 30)
    assert night.last_run.started == datetime(2021, 3, 4, 4, 30, 1)
    assert night.last_run.outcome == "failed"
    assert night.last_run.log == logs / "job_night_run_20210304_043001.log"
    assert (off.schedule.state, off.next_run, off.last_run) == ("disabled", None, None)
    assert broken.job is None
    assert isinstance(broken.problem, JobLineInvalid)
    assert "line 2: 'what' is not a known key" in str(broken.problem)
    assert broken.schedule.state == "enabled"
    assert (plain.schedule.state, plain.schedule.sen2chain) == ("absent", "enabled")
    assert plain.last_run.outcome == "unknown"


def test_a_log_says_what_came_of_the_run(library: Library) -> None:
    logs = log_folder(library, "night")
    logs.mkdir(parents=True)
    path = logs / "job_night_run_20210304_043001.log"
    heading, moment = "Sen2Chain time series, job night\n", datetime(2021, 3, 4, 4, 30, 1)
    for lines, found in (
        (
            "Products extracted: 12\nExtraction: /data/a b_0\nExtraction: /data/c_1\n",
            (12, ("/data/a b_0", "/data/c_1")),
        ),
        ("Products extracted: 0\nExtraction: /data/a_0\n", (0, ("/data/a_0",))),
        ("Products extracted: many\n2021-03-04 04:30:01 Extraction: /data/no_0\n", (0, ())),
        ("", (0, ())),  # of an earlier version
    ):
        path.write_text(f"{heading}2021-03-04 04:30:01 Task 1\n{lines}Outcome: succeeded\n")
        run = joblog.last_run(logs, "night")
        assert run == joblog.JobRun(moment, "succeeded", path, found[0], tuple(map(Path, found[1])))


def test_list_without_scheduler_and_without_jobs(library: Library) -> None:
    assert list_jobs(library, NoScheduler(), datetime(2021, 3, 5)) == []
    save(library, "night")
    (state,) = list_jobs(library, NoScheduler(), datetime(2021, 3, 5))
    assert state.schedule.state == "absent"


def test_list_where_cron_is_not_for_everybody(library: Library, tmp_path: Path, monkeypatch) -> None:
    crontab = make_crontab(tmp_path / "bin")
    (crontab.folder / "refuse").touch()
    monkeypatch.setenv("PATH", f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")
    save(library, "night", Task("/data/a.shp"))
    save(library, "noon")
    noon_and_night = list_jobs(library, Crontab(), datetime(2021, 3, 5))
    assert [(state.file.name, state.schedule, state.next_run) for state in noon_and_night] == [
        ("night", ScheduleEntry("absent"), None),
        ("noon", ScheduleEntry("absent"), None),
    ]
    assert list(noon_and_night[0].job.tasks) == [1]


def test_line_of_another_library_is_not_that_of_the_job(library: Library, tmp_path: Path, monkeypatch) -> None:
    crontab = make_crontab(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")
    other = tmp_path / "other"
    (other / "INDICES").mkdir(parents=True)
    make_link(tmp_path / "link", tmp_path)
    save(library, "night")
    theirs = b"0 1 * * * x # sen2chain_job_night\n"
    for folder, job, state in (
        (tmp_path, "night", "enabled"),
        (f"{tmp_path}/", "night", "enabled"),
        (tmp_path / "link", "night", "enabled"),
        (tmp_path, job_file(library, "night").path, "enabled"),
        (other, "night", "absent"),
        (f"{tmp_path}2", "night", "absent"),
        (tmp_path / "gone", "night", "absent"),
        (tmp_path, "/elsewhere/job_night.cfg", "absent"),
    ):
        words = shlex.join(["/opt/qgis_process", f"--JOB={job}", f"--LIBRARY={folder}"])
        crontab.table = theirs + f"5 5 * * * {words} # sen2chain_ts_job_night\n".encode()
        (found,) = list_jobs(library, Crontab(), datetime(2021, 3, 5, 12))
        assert (folder, job, found.schedule.state) == (folder, job, state)
        assert found.schedule.sen2chain == "enabled"
        assert found.next_run == (datetime(2021, 3, 6, 5, 5) if state == "enabled" else None)


def test_a_disk_without_locks_keeps_jobs(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    save(library, "fields")
    assert load_job(job_file(library, "fields")).lines == jobfile.new_job().lines
