"""Jobs in the scheduler: a crontab of which only our line changes, a line that runs from nowhere, Windows as text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from sen2chain_ts_plugin.engine.errors import (
    CronLineTooLong,
    JobNotScheduled,
    JobScheduledElsewhere,
    SchedulerMissing,
    SchedulerRefused,
    ScheduleUnsafe,
    TimingNotForWindows,
)
from sen2chain_ts_plugin.engine.jobs import cron_timing as cron
from sen2chain_ts_plugin.engine.jobs import program_output, schedule, windows_tasks
from sen2chain_ts_plugin.engine.jobs.crontab import ScheduleEntry
from sen2chain_ts_plugin.engine.jobs.schedule import (
    Command,
    Crontab,
    NoScheduler,
    cron_line,
    open_scheduler,
    shell_line,
)
from sen2chain_ts_plugin.engine.jobs.store import enable_job, job_arguments, job_file
from sen2chain_ts_plugin.engine.library.folders import open_library
from tests.engine.jobs.test_crontab import OTHERS
from tests.support.capabilities import IS_ROOT, needs_scripts
from tests.support.consoles import OEM
from tests.support.fake_crontab import FakeCrontab, make_crontab
from tests.support.programs import make_program

MIDNIGHT = cron.parse("")
DEBIANS_CRONTAB = (
    IS_ROOT
    and shutil.which("cron")
    and Path("/etc/debian_version").exists()
    and not Path("/var/spool/cron/crontabs/nobody").exists()
)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCrontab:
    crontab = make_crontab(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")
    return crontab


def command(folder: Path, *arguments: str, **environment: str) -> Command:
    return Command(arguments or ("/bin/true",), folder / "logs" / "job_t1" / "job_t1_cron.log", environment)


# The crontab


def test_life_of_a_job_leaves_every_other_line_as_it_was(fake: FakeCrontab, tmp_path: Path) -> None:
    fake.table = OTHERS
    scheduler = open_scheduler()
    assert scheduler.entry("fields") == ScheduleEntry("absent", "", "enabled")
    scheduler.enable("fields", MIDNIGHT, command(tmp_path))
    line = cron_line("fields", MIDNIGHT, command(tmp_path))
    assert fake.table == OTHERS + line + b"\n"
    enabled = scheduler.entry("fields")
    assert enabled == ScheduleEntry("enabled", "0 0 * * *", "enabled", enabled.command)
    scheduler.enable("fields", cron.parse("@daily"), command(tmp_path))
    assert scheduler.entry("fields").timing == "@daily"
    scheduler.disable("fields")
    assert scheduler.entry("fields").state == "disabled"
    assert fake.table.startswith(OTHERS + b"# @daily ")
    scheduler.remove("fields")
    assert fake.table == OTHERS


def test_first_line_of_a_user_without_crontab(fake: FakeCrontab, tmp_path: Path) -> None:
    Crontab().enable("fields", MIDNIGHT, command(tmp_path))
    assert fake.table == cron_line("fields", MIDNIGHT, command(tmp_path)) + b"\n"


def test_nothing_is_written_when_nothing_changes(fake: FakeCrontab, tmp_path: Path) -> None:
    Crontab().enable("fields", MIDNIGHT, command(tmp_path))
    Crontab().enable("fields", MIDNIGHT, command(tmp_path))
    Crontab().remove("another")
    Crontab().entry("fields")
    assert fake.calls.count("-") == 1


def test_edit_by_somebody_else_in_between_is_kept(fake: FakeCrontab, tmp_path: Path) -> None:
    fake.table = OTHERS
    (fake.folder / "somebody_else").write_bytes(b"9 9 * * * theirs\n")
    Crontab().enable("fields", MIDNIGHT, command(tmp_path))
    assert fake.table == OTHERS + b"9 9 * * * theirs\n" + cron_line("fields", MIDNIGHT, command(tmp_path)) + b"\n"


def test_crontab_that_cannot_be_read_is_not_taken_for_an_empty_one(fake: FakeCrontab, tmp_path: Path) -> None:
    fake.table = OTHERS
    (fake.folder / "refuse").touch()
    with pytest.raises(SchedulerRefused, match="not allowed to use this program"):
        Crontab().enable("fields", MIDNIGHT, command(tmp_path))
    (fake.folder / "refuse").unlink()
    assert fake.table == OTHERS
    assert "-" not in fake.calls


def test_disable_of_a_job_that_is_not_there(fake: FakeCrontab) -> None:
    with pytest.raises(JobNotScheduled):
        Crontab().disable("fields")
    assert "-" not in fake.calls


def test_two_changes_at_once_both_arrive(fake: FakeCrontab, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from sen2chain_ts_plugin.engine.jobs.cron_timing import parse;"
        "from sen2chain_ts_plugin.engine.jobs.schedule import Command, Crontab;"
        "Crontab().enable(sys.argv[1], parse(''), Command(('/bin/true',), Path('/tmp/x')))"
    )
    root = Path(__file__).parents[3]
    names = [f"job{number}" for number in range(6)]
    running = [subprocess.Popen([sys.executable, "-c", program, name], cwd=root) for name in names]
    assert [process.wait(60) for process in running] == [0] * 6
    assert [Crontab().entry(name).state for name in names] == ["enabled"] * 6


HEADING = (
    b"# DO NOT EDIT THIS FILE - edit the master and reinstall.\n"
    b"# (- installed on Fri Nov 27 10:55:29 2026)\n"
    b"# (Cron version -- $Id: crontab.c,v 2.13 1994/01/17 03:20:37 vixie Exp $)\n"
)


@pytest.mark.parametrize("mine", [b"", b"# mine\n", b"# one\n# two\n# three\n# four\n", HEADING, HEADING[:57], b"\n"])
@pytest.mark.parametrize("heading", [b"", HEADING])
def test_first_remarks_stay_whether_the_table_has_debians_heading_or_not(
    fake: FakeCrontab, tmp_path: Path, heading: bytes, mine: bytes
) -> None:
    """Debian's crontab hides the first three lines where they are remarks, and puts its heading there."""
    if not heading and mine == HEADING:
        return  # then it is the heading, and one is enough
    (fake.folder / "debian").touch()
    rest = b"5 4 * * * date\n"
    fake.table = heading + mine + rest
    scheduler = Crontab()
    scheduler.enable("fields", MIDNIGHT, command(tmp_path))
    line = cron_line("fields", MIDNIGHT, command(tmp_path)) + b"\n"
    assert fake.table == HEADING + mine + rest + line
    scheduler.disable("fields")
    assert fake.table == HEADING + mine + rest + b"# " + line
    scheduler.remove("fields")
    assert fake.table == HEADING + mine + rest


@pytest.mark.skipif(not DEBIANS_CRONTAB, reason="needs root and Debian's cron, and nothing in the crontab of nobody")
def test_a_crontab_written_into_the_spool_keeps_its_first_remarks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Path("/var/spool/cron/crontabs/nobody")
    real = shutil.which("crontab")
    program = tmp_path / "crontab"
    program.write_text(f'#!/bin/sh\nexec {real} -u nobody "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    mine = b"# mine 1\n# mine 2\n0 0 * * * /bin/true\n"
    try:
        spool.write_bytes(mine)
        shutil.chown(spool, "nobody", "crontab")
        spool.chmod(0o600)
        Crontab().enable("fields", MIDNIGHT, command(tmp_path))
        line = cron_line("fields", MIDNIGHT, command(tmp_path)) + b"\n"
        assert b"".join(spool.read_bytes().splitlines(keepends=True)[3:]) == mine + line
        Crontab().remove("fields")
        assert b"".join(spool.read_bytes().splitlines(keepends=True)[3:]) == mine
    finally:
        subprocess.run([str(real), "-u", "nobody", "-r"], check=False)


# The line


@pytest.mark.parametrize("part", ["program", "argument", "variable", "log"])
def test_a_line_that_cron_finds_too_long_is_refused_with_what_makes_it_long(
    fake: FakeCrontab, tmp_path: Path, part: str
) -> None:
    fake.table = OTHERS
    (fake.folder / "longest").write_text("998", encoding="utf-8")
    long = "/data/" + "é long/" * 130 + part
    given = Command(
        (long if part == "program" else "/bin/true", f"--LIBRARY={long if part == 'argument' else '/x'}"),
        Path(long if part == "log" else "/y/log"),
        {"X": f"/short:{long}" if part == "variable" else "1"},
    )
    with pytest.raises(CronLineTooLong) as error:
        Crontab().enable("fields", cron.parse("5 4 * * *"), given)
    said = str(error.value)
    assert f"longest paths: {long}" in said
    assert "command too long" in said
    assert f"at 5 4 * * *: {shell_line(given)}" in said
    assert fake.table == OTHERS
    Crontab().enable("fields", MIDNIGHT, Command(("/bin/true",), Path("/y/log")))


def test_what_cron_refuses_for_another_reason_is_not_called_too_long(fake: FakeCrontab, tmp_path: Path) -> None:
    (fake.folder / "longest").write_text("10", encoding="utf-8")
    with pytest.raises(SchedulerRefused, match="command too long"):
        Crontab().enable("fields", MIDNIGHT, Command(("/bin/true",), Path("/y/log")))


def test_a_cron_that_takes_long_lines_gets_them(fake: FakeCrontab, tmp_path: Path) -> None:
    given = Command(("/bin/true", "x" * 5000), tmp_path / "log")
    Crontab().enable("fields", MIDNIGHT, given)
    assert fake.table == cron_line("fields", MIDNIGHT, given) + b"\n"


NASTY = "a b'c\"d$HOME`id`;e&f|g*h?(i)<j>k!l~m#n%o%%p é区"


@needs_scripts
def test_line_runs_from_a_bare_environment_whatever_the_names(tmp_path: Path) -> None:
    folder = tmp_path / NASTY
    folder.mkdir()
    script = folder / "program.py"
    script.write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ['X'], sorted(os.environ))\nprint('!', file=sys.stderr)"
    )
    given = Command((sys.executable, str(script), NASTY, ""), folder / "new" / "the log", {"X": NASTY})
    line = cron_line("fields", MIDNIGHT, given).decode()
    assert line.startswith("0 0 * * * ")
    assert line.endswith(" # sen2chain_ts_job_fields")
    # What cron does: cut the timing off, end at a bare %, take the backslash from \%, give the rest to a shell.
    shell = line.split(" ", 5)[5]
    assert "%" not in shell.replace("\\%", "")
    bare = {"PATH": "/usr/bin:/bin", "HOME": "/", "SHELL": "/bin/sh", "LOGNAME": "x"}
    for _ in range(2):
        run = subprocess.run(
            ["/bin/sh", "-c", shell.replace("\\%", "%")], env=bare, capture_output=True, cwd="/", check=True
        )
        assert run.stdout + run.stderr == b""
    log = sorted(given.log.read_text(encoding="utf-8").splitlines())
    assert len(log) == 4
    assert log[:2] == ["!", "!"]
    assert log[2] == log[3]
    assert log[2].startswith(f"{[NASTY, '']!r} {NASTY} ")


@pytest.mark.parametrize("character", ["\n", "\r", "\x00", "\\", "\x7f"])
def test_character_that_could_end_a_line_is_refused(character: str, tmp_path: Path) -> None:
    bad = f"/a{character}b"
    for given in (
        Command((bad,), tmp_path),
        Command(("/bin/true", bad), tmp_path),
        Command(("/bin/true",), Path(f"/{bad}")),
        Command(("/bin/true",), tmp_path, {"X": bad}),
    ):
        with pytest.raises(ScheduleUnsafe):
            cron_line("fields", MIDNIGHT, given)


def test_entry_tells_the_words_of_its_command(fake: FakeCrontab, tmp_path: Path) -> None:
    given = command(tmp_path / NASTY, "/opt/QGIS 3/qgis_process", f"--JOB={NASTY}", f"--LIBRARY=/{NASTY}", X=NASTY)
    Crontab().enable("fields", MIDNIGHT, given)
    expected = ("/bin/mkdir", "-p", str(given.log.parent), ";", "/usr/bin/env", f"X={NASTY}", *given.arguments)
    assert Crontab().entry("fields").command == (*expected, ">>", str(given.log), "2", ">&", "1")
    Crontab().disable("fields")
    assert Crontab().entry("fields").command[: len(expected)] == expected


def test_without_a_scheduler_the_command_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(schedule, "sys", SimpleNamespace(platform="linux"))
    scheduler = open_scheduler()
    assert isinstance(scheduler, NoScheduler)
    assert scheduler.entry("fields") == ScheduleEntry("absent")
    given = command(tmp_path, "/usr/bin/qgis_process.bin", "run", "sen2chain_ts:runjob", "--", "JOB=fields")
    with pytest.raises(SchedulerMissing) as error:
        scheduler.enable("fields", cron.parse("5 4 * * *"), given)
    assert f"run at 5 4 * * *: {shell_line(given)}" in str(error.value)
    with pytest.raises(JobNotScheduled):
        scheduler.disable("fields")
    scheduler.remove("fields")


# A real cron


@pytest.mark.long
@pytest.mark.skipif(not IS_ROOT or not shutil.which("cron"), reason="needs root and Debian's cron")
def test_cron_runs_an_enabled_line_and_not_a_disabled_one(tmp_path: Path) -> None:
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout
    name = f"test-{os.getpid()}"
    log = tmp_path / "a %b é" / "cron.log"
    given = Command((sys.executable, "-c", "import os; print('ran', os.environ['X'])"), log, {"X": "100%"})
    daemon = subprocess.Popen(["cron", "-f"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    scheduler = Crontab()
    try:
        scheduler.enable(name, cron.parse("* * * * *"), given)
        wait_until(log.exists, 125)
        wait_until(lambda: "ran 100%" in log.read_text(encoding="utf-8"), 10)
        scheduler.disable(name)
        time.sleep(5)
        said = log.read_text(encoding="utf-8")
        time.sleep(125)
        assert log.read_text(encoding="utf-8") == said
    finally:
        scheduler.remove(name)
        daemon.terminate()
        daemon.wait(10)
    assert subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout == before


def wait_until(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.5)


# Windows

XML = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
LOG = PureWindowsPath(r"C:\Data été\logs\job_t1\job_t1_cron.log")
USER = "RÉSEAU & CO\\Zoé"
ARGUMENTS = (
    r"C:\OSGeo4W\bin\qgis_process-qgis.bat",
    "run",
    "sen2chain_ts:runjob",
    "--",
    "JOB=t1",
    "LIBRARY=C:\\lib & co\\",
)


def task(timing: str) -> ET.Element:
    xml = windows_tasks.task_xml(
        "t1", cron.parse(timing), ARGUMENTS, {"QGIS_PLUGINPATH": r"C:\p q"}, LOG, date(2021, 3, 5), USER
    )
    text = xml.encode("utf-16")
    assert text.startswith((b"\xff\xfe", b"\xfe\xff"))
    return ET.fromstring(text)  # noqa: S314 it was made by the line above


def triggers(timing: str) -> list[list[str]]:
    found = []
    for trigger in task(timing).find(f"{XML}Triggers"):
        words = [trigger.tag.removeprefix(XML)]
        for element in trigger.iter():
            tag = element.tag.removeprefix(XML)
            if element.text and tag != "Enabled":
                words.append(f"{tag}={element.text}")
            elif not len(element) and element is not trigger and tag != "Enabled":
                words.append(tag)
        found.append(words)
    return found


DAILY = "DaysInterval=1"
ALL_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("0 0 * * *", [["CalendarTrigger", "StartBoundary=2021-03-05T00:00:00", DAILY]]),
        ("@daily", [["CalendarTrigger", "StartBoundary=2021-03-05T00:00:00", DAILY]]),
        (
            "30 4,16 * * *",
            [["CalendarTrigger", "Interval=PT720M", "Duration=PT721M", "StartBoundary=2021-03-05T04:30:00", DAILY]],
        ),
        (
            "0 6,7,9 * * *",
            [["CalendarTrigger", f"StartBoundary=2021-03-05T0{hour}:00:00", DAILY] for hour in (6, 7, 9)],
        ),
        (
            "*/15 * * * *",
            [["CalendarTrigger", "Interval=PT15M", "Duration=PT1426M", "StartBoundary=2021-03-05T00:00:00", DAILY]],
        ),
        (
            "* * * * *",
            [["CalendarTrigger", "Interval=PT1M", "Duration=PT1440M", "StartBoundary=2021-03-05T00:00:00", DAILY]],
        ),
        (
            "0 5 * * mon,sun",
            [["CalendarTrigger", "StartBoundary=2021-03-05T05:00:00", "WeeksInterval=1", "Sunday", "Monday"]],
        ),
        ("0 5 1,15 * *", [["CalendarTrigger", "StartBoundary=2021-03-05T05:00:00", "Day=1", "Day=15", *ALL_MONTHS]]),
        (
            "0 5 1 jan,jul *",
            [["CalendarTrigger", "StartBoundary=2021-03-05T05:00:00", "Day=1", "January", "July"]],
        ),
        (
            "0 5 * mar fri",
            [
                [
                    "CalendarTrigger", "StartBoundary=2021-03-05T05:00:00",
                    "Week=1", "Week=2", "Week=3", "Week=4", "Week=Last", "Friday", "March",
                ]
            ],
        ),
        (
            "0 5 13 * fri",
            [
                ["CalendarTrigger", "StartBoundary=2021-03-05T05:00:00", "Day=13", *ALL_MONTHS],
                ["CalendarTrigger", "StartBoundary=2021-03-05T05:00:00", "WeeksInterval=1", "Friday"],
            ],
        ),
        ("@reboot", [["LogonTrigger", f"UserId={USER}"]]),  # that of the machine is for administrators
    ],
)  # fmt: skip
def test_timing_as_triggers(timing: str, expected: list[list[str]]) -> None:
    assert triggers(timing) == expected


@pytest.mark.parametrize("timing", ["1,2,17 * * * *", "0 5 */2 * fri"])
def test_timing_that_windows_cannot_follow_is_refused(timing: str) -> None:
    with pytest.raises(TimingNotForWindows, match="Choose a simpler timing"):
        task(timing)


def test_task_runs_the_command_with_its_environment_and_log() -> None:
    root = task("0 0 * * *")
    assert root.findtext(f"{XML}Actions/{XML}Exec/{XML}Command") == "cmd.exe"
    assert root.findtext(f"{XML}Actions/{XML}Exec/{XML}Arguments") == (
        r'/d /s /c "set "QGIS_PLUGINPATH=C:\p q"& mkdir "C:\Data été\logs\job_t1" 2>nul& '
        r'"C:\OSGeo4W\bin\qgis_process-qgis.bat" "run" "sen2chain_ts:runjob" "--" "JOB=t1" "LIBRARY=C:\lib & co\\" '
        r'>> "C:\Data été\logs\job_t1\job_t1_cron.log" 2>&1"'
    )
    assert root.findtext(f"{XML}Settings/{XML}MultipleInstancesPolicy") == "IgnoreNew"
    assert root.findtext(f"{XML}Settings/{XML}ExecutionTimeLimit") == "PT0S"


@pytest.mark.parametrize("text", ['a"b', "%PATH%", "a\nb"])
def test_text_that_cmd_would_understand_differently_is_refused(text: str) -> None:
    with pytest.raises(ScheduleUnsafe):
        windows_tasks.command_line((text,), {}, LOG)


def test_what_schtasks_shows_is_understood() -> None:
    xml = windows_tasks.task_xml("t1", cron.parse("30 4 * * 1-5"), ARGUMENTS, {}, LOG, date(2021, 3, 5), USER)
    assert windows_tasks.read_state(xml) == (True, "30 4 * * 1-5")
    off = xml.replace("<Enabled>true</Enabled><Exec", "<Enabled>false</Enabled><Exec")
    assert off != xml
    assert windows_tasks.read_state(off) == (False, "30 4 * * 1-5")


@pytest.mark.parametrize(
    "xml",
    [
        "<Task><Actions/></Task>",
        "<Task><Arguments></Arguments></Task>",
        '<Task><Arguments>/c "C:\\x.bat</Arguments></Task>',
        "<Task><Arguments>run.py --JOB=t1</Arguments></Task>",
    ],
)
def test_task_that_is_not_ours_has_no_words(xml: str) -> None:
    assert windows_tasks.read_command(xml) == ()


def test_words_of_a_task_are_those_that_it_was_made_from() -> None:
    environment = {"QGIS_PLUGINPATH": "C:\\p & q\\", "X": "<é>'1'"}
    words = (*ARGUMENTS, "--LIBRARY=C:\\données & été, timing: 区\\", "runs: []")
    xml = windows_tasks.task_xml("t1", cron.parse("5 4 * * *"), words, environment, LOG, date(2021, 3, 5), USER)
    for shown in (xml, xml.replace("&quot;", '"'), xml.encode("cp850", "replace").decode("cp850")):
        assert windows_tasks.read_command(shown) == words
        assert windows_tasks.read_state(shown) == (True, "5 4 * * *")


def test_words_of_a_task_made_before_they_were_noted() -> None:
    environment = {"QGIS_PLUGINPATH": "C:\\p & q\\", "X": "<é>'1'"}
    xml = windows_tasks.task_xml("t1", cron.parse("5 4 * * *"), ARGUMENTS, environment, LOG, date(2021, 3, 5), USER)
    old = re.sub("runs: .*, timing: ", "timing: ", xml)
    assert old != xml
    variables = (f"{name}={value}" for name, value in environment.items())
    assert windows_tasks.read_command(old) == (*variables, str(LOG.parent), *ARGUMENTS, str(LOG))
    assert windows_tasks.read_state(old) == (True, "5 4 * * *")


@pytest.mark.parametrize(
    "noted", ["runs: ", "runs: [", "runs: {}", "runs: [1]", "runs: nonsense, timing: x", "runs: [] "]
)
def test_a_description_that_somebody_has_changed_notes_nothing(noted: str) -> None:
    assert windows_tasks.read_command(f"<Task><Description>{noted}</Description></Task>") == ()


@pytest.fixture
def schtasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a schtasks that keeps the task of one job in a folder in the place of that of Windows.

    Like that one it prints in the code page of consoles, and knows no difference between capitals and small letters.
    """
    folder = tmp_path / "bin"
    source = f"""
import sys
from pathlib import Path
folder, words = Path({str(folder)!r}), sys.argv[1:]
task, page = folder / "task.xml", {OEM!r}
if words == ["/Query", "/FO", "CSV", "/NH"]:
    print('"\\\\Other","N/A","Ready"')
    if task.exists():
        print('"\\\\sen2chain_ts\\\\job_t1","N/A","Ready"')
elif words[0] == "/Create":
    task.write_bytes(Path(words[words.index("/XML") + 1]).read_bytes())
elif words[0] == "/Query":
    sys.stdout.buffer.write(task.read_bytes().decode("utf-16").encode(page, "replace"))
elif words[0] == "/Change":
    text = task.read_bytes().decode("utf-16")
    task.write_bytes(text.replace("<Enabled>true</Enabled><Exec", "<Enabled>false</Enabled><Exec").encode("utf-16"))
elif words[0] == "/Delete":
    task.unlink()
"""
    make_program(folder, "schtasks", source)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for module in (schedule, program_output):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="win32"))


def test_windows_tasks_through_schtasks(schtasks: None) -> None:
    scheduler = schedule.WindowsTasks()
    assert scheduler.entry("t1").state == "absent"
    with pytest.raises(JobNotScheduled):
        scheduler.disable("t1")
    scheduler.enable("t1", cron.parse("5 4 * * *"), Command(ARGUMENTS, LOG))
    enabled = scheduler.entry("t1")
    assert enabled == ScheduleEntry("enabled", "5 4 * * *", command=enabled.command)
    assert enabled.command == ARGUMENTS
    assert scheduler.entry("T1") == enabled
    assert scheduler.entry("t2").state == "absent"
    scheduler.disable("t1")
    assert scheduler.entry("t1") == ScheduleEntry("disabled", "5 4 * * *", command=enabled.command)
    scheduler.remove("t1")
    scheduler.remove("t1")
    assert scheduler.entry("t1").state == "absent"


@pytest.mark.parametrize(
    ("one", "two"), [("one", "two"), ("été", "étè"), ("区", "地"), ("Ωmega", "Ýmega"), ("é & (ü)", "a, timing; 区")]
)
def test_windows_task_of_another_library_is_not_replaced(schtasks: None, tmp_path: Path, one: str, two: str) -> None:
    """Whatever the code page of consoles makes of their folders: it has no letter for some, and one for several."""
    scheduler = schedule.WindowsTasks()
    for name in (one, two):
        (tmp_path / name / "INDICES").mkdir(parents=True)

    def enable(name: str) -> None:
        library = open_library(tmp_path / name)
        file = job_file(library, "t1")
        program = (ARGUMENTS[0], *job_arguments(library, tmp_path / name, file))
        enable_job(library, file, MIDNIGHT, Command(program, LOG), scheduler)

    enable(one)
    enable(one)
    before = scheduler.entry("t1")
    with pytest.raises(JobScheduledElsewhere, match=re.escape(f"t1 of the library {tmp_path / one}")):
        enable(two)
    assert scheduler.entry("t1") == before
    scheduler.remove("t1")
    enable(two)
    assert f"--LIBRARY={tmp_path / two}" in scheduler.entry("t1").command


def test_what_schtasks_says_is_read_in_the_code_page_of_consoles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = "Erreur : l'accès est refusé."
    make_program(
        tmp_path / "bin",
        "schtasks",
        f"import sys; sys.stderr.buffer.write({complaint.encode(OEM, 'replace')!r}); sys.exit(1)",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    for module in (schedule, program_output):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="win32"))
    with pytest.raises(SchedulerRefused, match=re.escape(complaint.encode(OEM, "replace").decode(OEM))):
        schedule.WindowsTasks().entry("t1")


def test_at_boot_is_the_log_on_of_whoever_schedules(schtasks: None, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("USERDOMAIN", "BÜRO")
    monkeypatch.setenv("USERNAME", "zoé")
    schedule.WindowsTasks().enable("t1", cron.parse("@reboot"), Command(ARGUMENTS, LOG))
    xml = (tmp_path / "bin" / "task.xml").read_bytes().decode("utf-16")
    assert "<LogonTrigger><Enabled>true</Enabled><UserId>BÜRO\\zoé</UserId></LogonTrigger>" in xml
    assert "BootTrigger" not in xml
    assert schedule.WindowsTasks().entry("t1").timing == "@reboot"
