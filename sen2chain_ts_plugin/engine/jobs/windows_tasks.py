"""A job as a task of the Windows Task Scheduler: the XML that schtasks takes, as text.

Nothing here starts a process. Source of the format: the Task Scheduler schema of Microsoft, version 1.2.

Instead of pywin32, which not every Python has: schtasks comes with Windows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import escape, unescape
from pathlib import PurePath

from ..errors import ScheduleUnsafe, TimingNotForWindows
from .cron_timing import AT_BOOT, Timing

FOLDER = "\\sen2chain_ts\\"
_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
# The description of a task: schtasks shows it in the code page of consoles, so what has to be read back is ASCII there.
_DESCRIPTION = re.compile(r"<Description>(.*?)</Description>", re.DOTALL)
_RUNS, _AT = "runs: ", "timing: "
_ENABLED = re.compile(r"<Settings>.*?<Enabled>\s*(true|false)\s*</Enabled>.*?</Settings>", re.DOTALL)
_ARGUMENTS = re.compile(r"<Arguments>(.*?)</Arguments>", re.DOTALL)
# What cmd is given: its options, and the line in quotes of its own.
_LINE = re.compile(r'[^"]*/c "(.*)"\s*', re.DOTALL)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MOST_TRIGGERS = 48
_DAY_MINUTES = 24 * 60


def task_name(name: str) -> str:
    """Return the name of a job's task, with its folder."""
    return f"{FOLDER}job_{name}"


def task_xml(
    name: str,
    timing: Timing,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    log: PurePath,
    today: date,
    user: str,
) -> str:
    """Return the definition of a task, to be written as UTF-16 for ``schtasks /Create /XML``.

    Parameters
    ----------
    name, timing
        the job and when it runs.
    arguments, environment, log
        the command line, the variables it needs, and the file its output is appended to.
    today
        the first day on which it may run.
    user
        whose log-on ``@reboot`` means, with the domain: a task that runs when the machine starts is for administrators.

    Raises
    ------
    TimingNotForWindows
        the timing needs more triggers than a task can have.
    ScheduleUnsafe
        an argument holds a character that cmd would understand differently.
    """
    runs = json.dumps(list(arguments))
    about = _tag("Description", escape(f"Sen2Chain time series, job {name}, {_RUNS}{runs}, {_AT}{timing.text}"))
    principal = _tag("LogonType", "InteractiveToken") + _tag("RunLevel", "LeastPrivilege")
    settings = (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("Enabled", "true"),
        ("ExecutionTimeLimit", "PT0S"),
    )
    line = f'/d /s /c "{command_line(arguments, environment, log)}"'
    parts = (
        _tag("RegistrationInfo", about),
        _tag("Triggers", _triggers(timing, today, user)),
        _tag("Principals", _tag("Principal", principal, 'id="Author"')),
        _tag("Settings", "".join(_tag(setting, value) for setting, value in settings)),
        _tag("Actions", _tag("Exec", _tag("Command", "cmd.exe") + _tag("Arguments", escape(line))), 'Context="Author"'),
    )
    task = _tag("Task", "".join(parts), f'version="1.2" xmlns="{_NAMESPACE}"')
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{task}'


def command_line(arguments: Sequence[str], environment: Mapping[str, str], log: PurePath) -> str:
    """Return the command as cmd takes it."""
    sets = [f"set {_quoted(f'{name}={value}')}&" for name, value in environment.items()]
    words = [_quoted(word) for word in arguments]
    return " ".join([*sets, f"mkdir {_quoted(str(log.parent))} 2>nul&", *words, f">> {_quoted(str(log))} 2>&1"])


def read_state(xml: str) -> tuple[bool, str]:
    """Return whether the task that schtasks shows is enabled, and its timing."""
    enabled = _ENABLED.search(xml)
    timing = _description(xml).rpartition(_AT)[2].strip() if _AT in _description(xml) else ""
    return enabled is None or enabled[1] == "true", timing


def read_command(xml: str) -> tuple[str, ...]:
    """Return the words of the command that the task runs, as schtasks shows it; none where it is not ours.

    They are noted in the description. A task made before that was done has them only in its command line, between
    quotes, where letters that the code page of consoles lacks are lost.
    """
    noted = _noted(xml)
    if noted:
        return noted
    arguments = _ARGUMENTS.search(xml)
    line = _LINE.fullmatch(unescape(arguments[1])) if arguments else None
    words = re.findall('"([^"]*)"', line[1]) if line else []
    return tuple(word[:-1] if word.endswith("\\") else word for word in words)


def _noted(xml: str) -> tuple[str, ...]:
    try:
        words, _ = json.JSONDecoder().raw_decode(_description(xml).partition(_RUNS)[2])
    except (ValueError, RecursionError):
        return ()
    return tuple(words) if isinstance(words, list) and all(isinstance(word, str) for word in words) else ()


def _description(xml: str) -> str:
    found = _DESCRIPTION.search(xml)
    return unescape(found[1]) if found else ""


def _quoted(text: str) -> str:
    # Between quotes cmd leaves every character alone but these.
    for character in text:
        if character in '"%' or not character.isprintable():
            raise ScheduleUnsafe(text=text, character=repr(character))
    # A backslash before the closing quote would be taken for an escaped quote.
    return '"' + text + ("\\" if text.endswith("\\") else "") + '"'


def _tag(name: str, content: str = "", attributes: str = "") -> str:
    """Return an element; the content is XML already."""
    return f"<{name}{' ' if attributes else ''}{attributes}>{content}</{name}>"


def _triggers(timing: Timing, today: date, user: str) -> str:
    enabled = _tag("Enabled", "true")
    if timing.text == AT_BOOT:
        return _tag("LogonTrigger", enabled + _tag("UserId", escape(user)))
    triggers = []
    for start, every in _starts(timing):
        repetition = ""
        if every:
            interval, duration = (_tag(name, f"PT{minutes}M") for name, minutes in zip(("Interval", "Duration"), every))
            repetition = _tag("Repetition", interval + duration)
        boundary = _tag("StartBoundary", datetime.combine(today, start).isoformat())
        triggers += [_tag("CalendarTrigger", repetition + boundary + enabled + days) for days in _schedules(timing)]
    return "".join(triggers)


def _starts(timing: Timing) -> list[tuple[time, tuple[int, int] | None]]:
    """Return the times of a day at which something starts, and how it repeats: every … minutes, for … minutes."""
    minutes = sorted(hour * 60 + minute for hour in timing.hours for minute in timing.minutes)
    steps = {later - earlier for earlier, later in zip(minutes, minutes[1:])}
    if len(steps) == 1:
        (step,) = steps
        # The last start counts when it comes before the end of the duration.
        duration = min(minutes[-1] - minutes[0] + 1, _DAY_MINUTES) if step > 1 else len(minutes)
        return [(time(*divmod(minutes[0], 60)), (step, duration))]
    if len(minutes) * len(_schedules(timing)) > _MOST_TRIGGERS:
        raise TimingNotForWindows(timing=timing.text)
    return [(time(*divmod(minute, 60)), None) for minute in minutes]


def _schedules(timing: Timing) -> list[str]:
    """Return the days as schedules of the Task Scheduler: one, or two where either may match."""
    every_day, every_weekday, every_month = len(timing.days) == 31, len(timing.weekdays) == 7, len(timing.months) == 12
    if timing.either_day:
        return [_by_month(timing), _by_week(timing)]
    if not every_day and not every_weekday:
        raise TimingNotForWindows(timing=timing.text)
    if not every_weekday:
        return [_by_week(timing)]
    if not every_day or not every_month:
        return [_by_month(timing)]
    return [_tag("ScheduleByDay", _tag("DaysInterval", "1"))]


def _by_month(timing: Timing) -> str:
    days = "".join(_tag("Day", str(day)) for day in sorted(timing.days))
    return _tag("ScheduleByMonth", _tag("DaysOfMonth", days) + _months(timing))


def _by_week(timing: Timing) -> str:
    weekdays = _tag("DaysOfWeek", "".join(_tag(_WEEKDAYS[day]) for day in sorted(timing.weekdays)))
    if len(timing.months) == 12:
        return _tag("ScheduleByWeek", _tag("WeeksInterval", "1") + weekdays)
    weeks = "".join(_tag("Week", week) for week in ("1", "2", "3", "4", "Last"))
    return _tag("ScheduleByMonthDayOfWeek", _tag("Weeks", weeks) + weekdays + _months(timing))


def _months(timing: Timing) -> str:
    return _tag("Months", "".join(_tag(_MONTHS[month - 1]) for month in sorted(timing.months)))
