"""The job file: what Sen2Chain writes is read, everything doubtful is refused with its line, edits keep the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import (
    EngineError,
    JobDateInvalid,
    JobDatesReversed,
    JobFileEncoding,
    JobKeyMissing,
    JobLayerInvalid,
    JobLineInvalid,
    JobTaskAbsent,
)
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs.task import Task

PATH = Path("/jobs/job_x.cfg")
HEADER = (
    "shapefile;date_min;date_max;max_clouds;cloudmasks;indices;force_extraction;compiled_data;smooth_data;copy_server"
)
KEYS = "logs = True\ntiming = 0 0 * * *\nnb_proc = 2\nprocess_by_line = 0\n"
ROW = "/data/zones.shp;2021-01-01;2021-03-31;100;CM001;NDVI;True;monthly/all;False;False"


def job_of(text: str) -> jobfile.Job:
    return jobfile.parse(text, PATH)


def job_with(row: str) -> jobfile.Job:
    return job_of(f"{KEYS}\n{HEADER}\n{row}\n")


def task_with(column: str, value: str) -> Task:
    cells = dict(zip(HEADER.split(";"), ROW.split(";")))
    cells[column] = value
    return job_with(";".join(cells[name] for name in HEADER.split(";"))).tasks[1]


def test_file_of_sen2chain_is_read(reference: Path) -> None:
    path = reference / "expected" / "jobs" / "job_t1.cfg"
    job = jobfile.parse(jobfile.decode(path.read_bytes(), path), path)
    assert (job.logs, job.timing, job.threads, job.lines_at_once) == (True, "0 0 * * *", 2, 0)
    (task,) = job.tasks.values()
    assert task.shapefile == "/data/layers/zones.shp"
    assert task.dates(date(2022, 1, 1)) == (date(2021, 1, 1), date(2021, 3, 31))
    assert [mask.name for mask in task.masks] == ["CM001", "CM003-PRB1-ITER5"]
    assert task.index_names == ("NDVI",)
    assert task.periods == ("monthly", "custom")
    assert (task.force, task.smooth, task.cover_max, task.copy_server) == (True, False, 100, "False")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="CR"),
        pytest.param(lambda text: text.encode("latin-1"), id="Latin-1"),
        pytest.param(lambda text: text.replace("logs = True", "LOGS: yes").encode(), id="another way to write a key"),
        pytest.param(lambda text: text.replace(";cloudmasks;", ";cloudmask;").encode(), id="older name of a column"),
        pytest.param(lambda text: text.replace(";", " ; ").encode(), id="spaces"),
        pytest.param(lambda text: text.replace("process_by_line = 0\n", "").encode(), id="without process_by_line"),
        pytest.param(lambda text: text[:-1].encode(), id="without the last line end"),
        pytest.param(
            lambda text: ("\n\n; a remark\n" + text + "\n# the end\n\n").encode(), id="remarks and blank lines"
        ),
    ],
)
def test_other_ways_to_write_the_same(reference: Path, change) -> None:
    path = reference / "expected" / "jobs" / "job_t1.cfg"
    plain = path.read_text(encoding="utf-8")
    changed = jobfile.parse(jobfile.decode(change(plain), path), path)
    expected = jobfile.parse(plain, path)
    assert changed.tasks == expected.tasks
    assert (changed.logs, changed.timing, changed.threads) == (expected.logs, expected.timing, expected.threads)


def test_columns_may_stand_in_any_order() -> None:
    names, cells = HEADER.split(";"), ROW.split(";")
    backwards = f"{KEYS}\n{';'.join(reversed(names))}\n{';'.join(reversed(cells))}\n"
    assert job_of(backwards).tasks == job_with(ROW).tasks


def test_quoted_fields_are_read_as_sen2chain_writes_them() -> None:
    assert task_with("shapefile", '"/data/a;""b"".shp"').shapefile == '/data/a;"b".shp'


def test_name_of_a_layer_in_a_file_stays_text() -> None:
    assert task_with("shapefile", "/data/z.gpkg|layername=été").shapefile == "/data/z.gpkg|layername=été"


@pytest.mark.parametrize(
    ("column", "value", "attribute", "expected"),
    [
        ("max_clouds", "", "cover_max", 100),
        ("max_clouds", "50.0", "cover_max", 50),
        ("max_clouds", "0", "cover_max", 0),
        ("cloudmasks", "False", "masks", ()),
        ("cloudmasks", "", "masks", ()),
        ("cloudmasks", "CM002", "cloudmasks", "CM002-B11"),
        (
            "cloudmasks",
            "CM001/OCM/CM004-CSH1-CMP0-CHP1-TCI0-ITER1/CM001",
            "cloudmasks",
            "CM001/OCM/CM004-CSH1-CMP0-CHP1-TCI0-ITER1",
        ),
        ("indices", "NDVI/NDWIGAO", "index_names", ("NDVI", "NDWIGAO")),
        ("indices", "False", "index_names", ()),
        ("compiled_data", "False", "periods", ()),
        (
            "compiled_data",
            "yearly/monthly/weekly/daily/all/alldata",
            "periods",
            ("yearly", "monthly", "weekly", "daily", "custom", "alldata"),
        ),
        ("smooth_data", "TRUE", "smooth", True),
        ("force_extraction", "false", "force", False),
        ("copy_server", "", "copy_server", "False"),
        ("copy_server", "me@server.org:/data/out", "copy_server", "me@server.org:/data/out"),
        ("shapefile", "", "asks_nothing", True),
        ("shapefile", "False", "asks_nothing", True),
        ("shapefile", r"C:\data\zones.shp", "asks_nothing", False),
    ],
)
def test_values_of_a_column(column: str, value: str, attribute: str, expected) -> None:
    assert getattr(task_with(column, value), attribute) == expected


def test_all_means_every_index_of_sen2chain() -> None:
    assert len(task_with("indices", "All").index_names) == 12


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", (date(2015, 1, 1), date(9999, 12, 31))),
        ("today-30", "today", (date(2021, 2, 13), date(2021, 3, 15))),
        ("today - 0", "today-0", (date(2021, 3, 15), date(2021, 3, 15))),
        ("2021-02-03", "today-10", (date(2021, 2, 3), date(2021, 3, 5))),
        ("2021-02-03", "9999-12-31", (date(2021, 2, 3), date(9999, 12, 31))),
    ],
)
def test_dates_on_the_day_of_a_run(first: str, last: str, expected: tuple[date, date]) -> None:
    assert Task("/z.shp", first, last).dates(date(2021, 3, 15)) == expected


@pytest.mark.parametrize(("first", "last"), [("today-30", "2021-02-12"), ("2021-03-16", "today")])
def test_dates_that_move_leave_the_job_readable_on_every_day(first: str, last: str) -> None:
    job = job_with(ROW.replace("2021-01-01;2021-03-31", f"{first};{last}"))
    with pytest.raises(JobDatesReversed, match=f"date_min '{first}' comes after date_max '{last}'"):
        job.tasks[1].dates(date(2021, 3, 15))
    changed = jobfile.changed_task(job, 1, {"date_min": "2021-01-01", "date_max": "2021-01-31"})
    assert changed.dates(date(2021, 3, 15)) == (date(2021, 1, 1), date(2021, 1, 31))


def test_first_date_that_is_left_out_is_named() -> None:
    with pytest.raises(JobDatesReversed, match="date_min '2015-01-01' comes after date_max '2014-12-31'"):
        Task("/z.shp", date_max="2014-12-31")


def test_today_as_a_first_date_is_written_as_sen2chain_reads_it() -> None:
    assert Task("/z.shp", "today", "today").date_min == "today-0"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("shapefile", "zones.shp", "full path"),
        ("shapefile", "/data/a#b.shp", "without # and !"),
        ("shapefile", "/data/a!.shp", "without # and !"),
        ("date_min", "2021-02-30", "date_min is '2021-02-30'"),
        ("date_min", "01/02/2021", "date_min is '01/02/2021'"),
        ("date_max", "yesterday", "date_max is 'yesterday'"),
        ("date_max", "today+1", "date_max is 'today\\+1'"),
        ("date_max", "20210331", "date_max is '20210331'"),
        ("date_max", "2020-12-31", "date_min '2021-01-01' comes after date_max '2020-12-31'"),
        ("max_clouds", "101", "max_clouds is '101'"),
        ("max_clouds", "-1", "max_clouds is '-1'"),
        ("max_clouds", "50.5", "max_clouds is '50.5'"),
        ("cloudmasks", "CM005", "Unknown cloud mask 'CM005'"),
        ("cloudmasks", "CM003", "Unknown cloud mask 'CM003'"),
        ("cloudmasks", "CM001//CM001", "Unknown cloud mask ''"),
        ("indices", "NDVI/NVDI", "unknown index 'NVDI'"),
        ("indices", "NDVI,NDWIGAO", "unknown index 'NDVI,NDWIGAO'"),
        ("indices", "all", "unknown index 'all'"),
        ("force_extraction", "", "force_extraction is ''"),
        ("smooth_data", "maybe", "smooth_data is 'maybe'"),
        ("compiled_data", "hourly", "unknown period 'hourly'"),
        ("copy_server", "-oProxyCommand=x@h:/y", "user@server:path"),
    ],
)
def test_unknown_value_is_refused_with_its_line(column: str, value: str, words: str) -> None:
    with pytest.raises(JobLineInvalid, match=words) as error:
        task_with(column, value)
    assert f"{PATH}, line 7: " in str(error.value)
    assert "Nothing was run" in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (KEYS.replace("nb_proc", "nbproc") + HEADER + "\n", 3, "'nbproc' is not a known key"),
        (KEYS + "delete = all\n" + HEADER + "\n", 5, "'delete' is not a known key"),
        ("[top]\n" + KEYS + HEADER + "\n", 1, r"'\[top\]' is not a known key"),
        (KEYS + "logs = True\n" + HEADER + "\n", 5, "'logs' is already given in line 1"),
        (KEYS.replace("True", "perhaps") + HEADER + "\n", 1, "logs is 'perhaps'"),
        (KEYS.replace("= 2", "= two") + HEADER + "\n", 3, "nb_proc is 'two'"),
        (KEYS.replace("= 2", "= -2") + HEADER + "\n", 3, "nb_proc is '-2'"),
        (KEYS.replace("0 0", "0 25") + HEADER + "\n", 2, "'0 25 \\* \\* \\*' is not a cron timing"),
        (KEYS + HEADER + ";email\n", 5, "unknown column 'email'"),
        (KEYS + HEADER.replace("smooth_data", "indices") + "\n", 5, "'indices' is already given in line 5"),
        (KEYS + HEADER.removesuffix(";copy_server") + "\n", 5, "no column copy_server"),
        (KEYS + HEADER + "\n" + ROW.removesuffix(";False") + "\n", 6, "Fields: 9; columns of the table: 10"),
        (KEYS + HEADER + "\n" + ROW + ";x\n", 6, "Fields: 11; columns of the table: 10"),
        (KEYS + HEADER + "\n" + '"' + ROW + "\n", 6, "Fields: 1; columns of the table: 10"),
        (KEYS + HEADER + "\n" + ROW + "\n" + HEADER + "\n", 7, "cannot be the layer"),
        (KEYS + HEADER + "\n" + ROW + " # every night\n", 6, "without # and !"),
    ],
)
def test_line_that_cannot_be_understood_is_named(text: str, line: int, words: str) -> None:
    with pytest.raises(JobLineInvalid, match=words) as error:
        job_of(text)
    assert f"{PATH}, line {line}: " in str(error.value)


def test_file_cut_anywhere_never_runs_a_task_that_it_did_not_hold(reference: Path) -> None:
    text = (reference / "expected" / "jobs" / "job_t1.cfg").read_text(encoding="utf-8")
    text = text.replace("False\n", "me@server:/data/results\n")
    (whole,) = job_of(text).tasks.values()
    for end in range(len(text)):
        try:
            tasks = job_of(text[:end]).tasks
        except EngineError:
            continue
        assert tasks in ({}, {1: whole}), end
        assert not tasks or end >= len(text) - 1, end


@pytest.mark.parametrize("data", [b"logs = \x93True\x94\n", "logs = True\n".encode("utf-16"), b"logs = \x00\n"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(JobFileEncoding):
        jobfile.decode(data, PATH)


# Editing


@pytest.mark.parametrize("key", ["logs", "timing"])
def test_key_that_is_missing_is_named(key: str) -> None:
    keys = {"logs": "True", "timing": "0 0 * * *", "nb_proc": "2"}
    lines = [f"{name} = {value}" for name, value in keys.items() if name != key]
    with pytest.raises(JobKeyMissing, match=f"has no line '{key} = "):
        job_of("\n".join([*lines, "", HEADER, ROW, ""]))


REMARKED = f"""### Parameters
# mine: été
logs = True
timing = 0 0 * * *

# the table
{HEADER}
{ROW}
!/data/off;whatever # stays as it is
# between
/data/b.shp;;;50;CM001;All;False;False;False;False
"""


def test_adding_a_task_keeps_every_line() -> None:
    job = jobfile.with_task(job_of(REMARKED), Task("/data/c.gpkg|layername=c", compiled_data="all"))
    added = "/data/c.gpkg|layername=c;;;100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI;False;all;False;False\n"
    assert job.text == REMARKED + added
    assert list(job.tasks) == [1, 3, 4]
    assert len(job.rows) == 4


def test_changing_a_task_changes_its_line_alone() -> None:
    job = job_of(REMARKED)
    changed = jobfile.with_task(job, jobfile.changed_task(job, 3, {"max_clouds": "20", "indices": "NDVI"}), 3)
    assert changed.text == REMARKED.replace("50;CM001;All", "20;CM001;NDVI")


def test_commented_task_can_be_replaced() -> None:
    job = jobfile.with_task(job_of(REMARKED), Task("/data/new.shp"), 2)
    assert job.tasks[2].shapefile == "/data/new.shp"
    assert "/data/off" not in job.text


def test_commented_task_keeps_what_is_not_changed() -> None:
    job = job_of(REMARKED.replace("/data/b.shp", "!/data/b.shp"))
    expected = Task("/data/b.shp", max_clouds="50", cloudmasks="CM001", indices="NBR", compiled_data="False")
    assert jobfile.changed_task(job, 3, {"indices": "NBR"}) == expected
    assert jobfile.changed_task(job, 2, {"indices": "NBR"}) == Task(indices="NBR")


def test_removing_a_task_takes_its_line_alone() -> None:
    assert jobfile.without_task(job_of(REMARKED), 2).text == REMARKED.replace(
        "!/data/off;whatever # stays as it is\n", ""
    )


@pytest.mark.parametrize("number", [0, 4, -1])
def test_task_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(JobTaskAbsent, match=f"no task {number}: the job has 3"):
        jobfile.without_task(job_of(REMARKED), number)
    with pytest.raises(JobTaskAbsent):
        jobfile.with_task(job_of(REMARKED), Task("/z.shp"), number)


def test_setting_a_key_changes_its_line_or_adds_it_after_the_others() -> None:
    job = jobfile.with_key(jobfile.with_key(job_of(REMARKED), "timing", "@daily"), "nb_proc", "3")
    assert job.text == REMARKED.replace("timing = 0 0 * * *\n", "timing = @daily\nnb_proc = 3\n")
    assert (job.timing, job.threads) == ("@daily", 3)


def test_template_is_a_commented_line() -> None:
    job = jobfile.with_task(jobfile.new_job(), Task(), commented=True)
    assert job.tasks == {}
    assert job.text.splitlines()[-1].startswith("!False;;;100;CM004-CSH1-CMP1-CHP1-TCI1-ITER1;NDVI;")


def test_layer_with_separators_is_quoted_and_read_back() -> None:
    name = '/data/a;b "c".gpkg|layername=d;e'
    job = jobfile.with_task(jobfile.new_job(), Task(name))
    assert job_of(job.text).tasks[1].shapefile == name


@pytest.mark.parametrize("path", ["/data/a\nb.shp", "/data/a\x00.shp", "/data/a\rb", "relative.shp", "/data/#1.shp"])
def test_layer_that_would_break_the_table_is_refused(path: str) -> None:
    with pytest.raises(JobLayerInvalid):
        Task(path)


def test_date_of_another_form_is_refused_before_it_is_written() -> None:
    with pytest.raises(JobDateInvalid):
        Task("/z.shp", date_min="1 May 2021")
