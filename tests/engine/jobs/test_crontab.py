"""The crontab as bytes: only the job's own line changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import JobNotScheduled
from sen2chain_ts_plugin.engine.jobs import crontab

LINE = b"0 0 * * * /usr/bin/env qgis_process.bin run x >> '/a b/log' 2>&1 # sen2chain_ts_job_fields"
OTHERS = (
    b"# m h  dom mon dow   command\n"
    b"MAILTO=someone@example.org\n"
    b"\n"
    b"  5 4 * * *\tdate +\\%F >> /tmp/x   # keep\n"
    b"0 0 * * * latin-1 \xe9\xff and \x00 and a carriage return\r\n"
    b"@reboot /usr/local/bin/start\n"
    b"#0 1 * * * off # sen2chain_ts_job_fields2\n"
    b"0 0 * * * /usr/bin/python3 /j/jobextraction_fields.py # sen2chain_job_fields\n"
    b"# a remark about # sen2chain_ts_job_fields\n"
    b"0 2 * * * echo '# sen2chain_ts_job_fields' > /tmp/y\n"
)


def test_line_is_added_at_the_end() -> None:
    assert crontab.with_line(OTHERS, "fields", LINE) == OTHERS + LINE + b"\n"
    assert crontab.with_line(b"", "fields", LINE) == LINE + b"\n"


def test_last_line_without_end_gets_one() -> None:
    assert crontab.with_line(b"1 1 * * * x", "fields", LINE) == b"1 1 * * * x\n" + LINE + b"\n"


def test_line_is_replaced_where_it_stands_and_only_once() -> None:
    table = b"# before\n# " + LINE + b"\n" + OTHERS + LINE + b"\n"
    new = LINE.replace(b"0 0", b"30 5", 1)
    assert crontab.with_line(table, "fields", new) == b"# before\n" + new + b"\n" + OTHERS


def test_disable_comments_and_enable_restores() -> None:
    table = OTHERS + LINE + b"\n# after\n"
    off = crontab.disabled(table, "fields")
    assert off == OTHERS + b"# " + LINE + b"\n# after\n"
    assert crontab.disabled(off, "fields") == off
    assert crontab.with_line(off, "fields", LINE) == table


def test_disable_of_a_job_that_is_not_there_says_so() -> None:
    with pytest.raises(JobNotScheduled, match="Job fields is not scheduled"):
        crontab.disabled(OTHERS, "fields")


def test_remove_takes_the_line_out_and_nothing_else() -> None:
    assert crontab.removed(OTHERS + LINE + b"\n# after\n", "fields") == OTHERS + b"# after\n"
    assert crontab.removed(OTHERS, "fields") == OTHERS


@pytest.mark.parametrize(
    ("table", "state", "timing", "sen2chain"),
    [
        (b"", "absent", "", "absent"),
        (OTHERS, "absent", "", "enabled"),
        (OTHERS + LINE + b"\n", "enabled", "0 0 * * *", "enabled"),
        (b"#" + LINE + b"\n", "disabled", "0 0 * * *", "absent"),
        (b"# " + LINE + b"\n" + LINE.replace(b"0 0", b"7 7", 1) + b"\n", "enabled", "7 7 * * *", "absent"),
        (b"@daily x # sen2chain_ts_job_fields \t\r\n", "enabled", "@daily", "absent"),
        (b"# 0 0 * * * /usr/bin/python3 j.py # sen2chain_job_fields\n", "absent", "", "disabled"),
    ],
)
def test_what_the_crontab_says(table: bytes, state: str, timing: str, sen2chain: str) -> None:
    assert replace(crontab.entry(table, "fields"), command=()) == crontab.ScheduleEntry(state, timing, sen2chain)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (LINE, ("/usr/bin/env", "qgis_process.bin", "run", "x", ">>", "/a b/log", "2", ">&", "1")),
        (b"#  " + LINE, ("/usr/bin/env", "qgis_process.bin", "run", "x", ">>", "/a b/log", "2", ">&", "1")),
        (b"@daily\t/a/b; c --x='1 2;3'\"'\"'#4' # sen2chain_ts_job_fields\r\n", ("/a/b", ";", "c", "--x=1 2;3'#4")),
        (b"1 2 3 4 5 echo 100\\% 'a\\%b'%input # sen2chain_ts_job_fields", ("echo", "100%", "a%b")),
        (b"1 2 3 4 5 echo '\xe9' # sen2chain_ts_job_fields", ("echo", "\udce9")),
        (b"1 2 3 4 5 echo 'it never ends # sen2chain_ts_job_fields", ()),
        (b"1 2 3 4 # sen2chain_ts_job_fields", ()),
        (b"", ()),
    ],
)
def test_command_of_a_line_is_what_the_shell_gets(line: bytes, command: tuple[str, ...]) -> None:
    assert crontab.entry(line, "fields").command == command


def test_name_that_ends_like_another_is_another_job() -> None:
    table = b"0 0 * * * x # sen2chain_ts_job_my-fields\n0 0 * * * x # sen2chain_ts_job_fields_\n"
    assert crontab.entry(table, "fields").state == "absent"
    assert crontab.entry(table, "my-fields").state == "enabled"


@given(st.lists(st.binary().filter(lambda line: b"sen2chain_ts_job_fields" not in line)))
def test_every_other_byte_stays(lines: list[bytes]) -> None:
    others = b"".join(line.replace(b"\n", b"") + b"\n" for line in lines)
    enabled = crontab.with_line(others, "fields", LINE)
    assert enabled == others + LINE + b"\n"
    assert crontab.removed(crontab.disabled(enabled, "fields"), "fields") == others
