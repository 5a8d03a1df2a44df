"""The timing of a cron line: what is taken, what is refused, and when it comes next."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import TimingInvalid, TimingNeverComes
from sen2chain_ts_plugin.engine.jobs import cron_timing as cron

TAKEN = [
    "0 0 * * *",
    "*/5 * * * *",
    "1-5/2,7 8-18 * * mon-fri",
    "0 0 * * MON,wed",
    "0 0 * jan-Mar *",
    "0 0 * * 7",
    "0 0 * * 5-7",
    "0 0 29 2 *",
    "00 00 01 01 00",
    "0 0 30 2 1",
    "*,5 * * * *",
    "5-5 0-23/6 * * *",
    "\t0\t 0 *  * * ",
    "@daily",
    "@midnight",
    "@hourly",
    "@weekly",
    "@monthly",
    "@yearly",
    "@annually",
    "@reboot",
]
REFUSED = [
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "0 24 * * *",
    "0 0 0 * *",
    "0 0 32 * *",
    "0 0 * 0 *",
    "0 0 * 13 *",
    "0 0 * * 8",
    "*/0 * * * *",
    "1, * * * *",
    ",1 * * * *",
    "1,,2 * * * *",
    "-1 * * * *",
    "+5 * * * *",
    "5/15 * * * *",
    "0 0 * * sunday",
    "0 0 ? * *",
    "0 0 L * *",
    "0 0 15W * *",
    "0 jan * * *",
    "٣ * * * *",
    "@every",
    "@DAILY",
    "@daily 0",
    "tomorrow",
    "0 0 * * *\n1 1 * * * rm -rf /; #",
]
# Taken by some cron, and never what was meant.
REFUSED_BY_US = [
    "1.5 * * * *",
    "0 0 * * 1#2",
    "0 0 * * 6-1",
    "10-5 * * * *",
    "1~5 * * * *",
    "*-5 * * * *",
    "0 0 * * fri-sun",
]


@pytest.mark.parametrize("text", TAKEN)
def test_timing_of_cron_is_taken(text: str) -> None:
    assert cron.parse(text).text == " ".join(text.split())


@pytest.mark.parametrize("text", REFUSED + REFUSED_BY_US)
def test_anything_else_is_refused_with_what_was_given(text: str) -> None:
    with pytest.raises(TimingInvalid) as error:
        cron.parse(text)
    assert text in str(error.value)


@pytest.mark.parametrize("text", ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "5 4 30-31 feb *"])
def test_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(TimingNeverComes):
        cron.parse(text)


def test_message_names_the_field() -> None:
    with pytest.raises(TimingInvalid, match=r"the hour is '25', expected \*, 0 to 23"):
        cron.parse("0 25 * * *")


def test_empty_timing_is_midnight() -> None:
    assert cron.parse("").text == "0 0 * * *"


def checks_without_installing() -> bool:
    """Tell whether ``crontab -n`` is Debian's dry run; elsewhere the option means something else, or nothing."""
    if shutil.which("crontab") is None:
        return False
    usage = subprocess.run(["crontab", "-h"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return "-n\t(dry run" in usage.stdout + usage.stderr


@pytest.mark.skipif(not checks_without_installing(), reason="needs the crontab program of Debian, to compare with")
def test_crontab_itself_agrees(tmp_path: Path) -> None:
    def taken(text: str) -> bool:
        table = tmp_path / "table"
        table.write_text(f"{text} /bin/true\n")
        run = subprocess.run(["crontab", "-n", table], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return run.returncode == 0

    assert [text for text in TAKEN if not taken(text)] == []
    # To crontab what follows five fields is a command, and what follows a line is another line.
    not_a_matter_of_timing = {"* * * * * *", "@daily 0", "0 0 * * *\n1 1 * * * rm -rf /; #"}
    assert [text for text in REFUSED if text not in not_a_matter_of_timing and taken(text)] == []


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("0 0 * * *", "2021-03-01 12:00:30", "2021-03-02 00:00"),
        ("0 0 * * *", "2021-02-28 23:59:59", "2021-03-01 00:00"),
        ("30 4 * * *", "2021-03-01 04:30:00", "2021-03-02 04:30"),
        ("30 4 * * *", "2021-03-01 04:29:59", "2021-03-01 04:30"),
        ("*/20 9-10 * * *", "2021-03-01 09:40:00", "2021-03-01 10:00"),
        ("*/20 9-10 * * *", "2021-03-01 10:40:00", "2021-03-02 09:00"),
        ("0 0 29 2 *", "2021-03-01 00:00:00", "2024-02-29 00:00"),
        ("0 0 29 2 *", "2096-03-01 00:00:00", "2104-02-29 00:00"),
        ("0 6 * * mon-fri", "2021-11-26 07:00:00", "2021-11-29 06:00"),  # a Friday
        ("0 6 * * 7", "2021-11-26 07:00:00", "2021-11-28 06:00"),
        ("0 6 31 * *", "2021-03-31 07:00:00", "2021-05-31 06:00"),
        # both days restricted: either; one of them with a star: both
        ("0 0 13 * fri", "2021-08-01 00:00:00", "2021-08-06 00:00"),
        ("0 0 13 * fri", "2021-08-06 00:00:00", "2021-08-13 00:00"),
        ("0 0 13 * fri", "2021-09-10 00:00:00", "2021-09-13 00:00"),
        ("0 0 */2 * fri", "2021-08-06 00:00:00", "2021-08-13 00:00"),
        ("@monthly", "2021-12-05 00:00:00", "2022-01-01 00:00"),
        ("@weekly", "2021-11-26 07:00:00", "2021-11-28 00:00"),
        ("@hourly", "2021-11-26 07:59:00", "2021-11-26 08:00"),
        ("0 0 1 jan *", "2021-01-01 00:00:00", "2022-01-01 00:00"),
    ],
)
def test_next_run(text: str, after: str, expected: str) -> None:
    assert cron.next_run(cron.parse(text), datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


def test_start_of_the_machine_has_no_next_run() -> None:
    assert cron.next_run(cron.parse("@reboot"), datetime(2021, 1, 1)) is None
