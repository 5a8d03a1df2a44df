"""A crontab as bytes: only the line that carries the mark of a job changes.

Nothing here starts a process. Every function takes the whole table and returns the whole table, other lines byte for
byte as they were, whatever they hold.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from . import cron
from .errors import JobNotScheduled, TimingInvalid, TimingNeverComes

MARK = "# sen2chain_ts_job_"
# python-crontab, through which Sen2Chain writes, puts the comment at the end of the line.
_SEN2CHAIN_MARK = "# sen2chain_job_"
ENABLED, DISABLED, ABSENT = "enabled", "disabled", "absent"


@dataclass(frozen=True)
class Entry:
    """What the crontab says about a job.

    Attributes
    ----------
    state
        ``enabled``, ``disabled`` (the line is commented) or ``absent``.
    timing
        the timing that stands in the line; empty when absent.
    sen2chain
        the state of Sen2Chain's own line for a job of this name.
    command
        the words of the command that it runs, without quotes; empty when absent, and where they cannot be told.
    """

    state: str
    timing: str = ""
    sen2chain: str = ABSENT
    command: tuple[str, ...] = ()


def entry(table: bytes, name: str) -> Entry:
    """Return what the crontab says about a job."""
    theirs = _state([line for line in _lines(table) if _marked(line, _SEN2CHAIN_MARK, name)])
    ours = [line for line in _lines(table) if _marked(line, MARK, name)]
    if not ours:
        return Entry(ABSENT, sen2chain=theirs)
    shown = next((line for line in ours if not _commented(line)), ours[0])
    return Entry(_state(ours), _timing(shown), theirs, _words(shown, name))


def with_line(table: bytes, name: str, line: bytes) -> bytes:
    """Return the crontab with the job's line set to ``line`` (which carries the mark, and no line end)."""
    return _replaced(table, name, line + b"\n")


def disabled(table: bytes, name: str) -> bytes:
    """Return the crontab with the job's line commented.

    Raises
    ------
    JobNotScheduled
        the crontab has no line for this job.
    """
    ours = [line for line in _lines(table) if _marked(line, MARK, name)]
    if not ours:
        raise JobNotScheduled(name=name)
    if all(_commented(line) for line in ours):
        return table
    running = next(line for line in ours if not _commented(line))
    return _replaced(table, name, b"# " + running)


def removed(table: bytes, name: str) -> bytes:
    """Return the crontab without the job's line."""
    return _replaced(table, name, None)


def _replaced(table: bytes, name: str, line: bytes | None) -> bytes:
    """Put ``line`` where the first line of the job is, or at the end; drop repeats."""
    result: list[bytes] = []
    for old in _lines(table):
        if not _marked(old, MARK, name):
            result.append(old)
        elif line is not None:
            result.append(line)
            line = None
    if line is not None:
        if result and not result[-1].endswith(b"\n"):
            result[-1] += b"\n"
        result.append(line)
    return b"".join(result)


def _lines(table: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", table)


def _marked(line: bytes, mark: str, name: str) -> bool:
    if not re.search(rb"\S[ \t]+" + re.escape(f"{mark}{name}".encode()) + rb"[ \t\r]*\n?\Z", line):
        return False
    # A commented line is a disabled job only if it would run without the "#"; a remark about the job is somebody's own.
    try:
        return not _commented(line) or bool(cron.parse(_timing(line)))
    except (TimingInvalid, TimingNeverComes):
        return False


def _commented(line: bytes) -> bool:
    return line.lstrip(b" \t").startswith(b"#")


def _timing(line: bytes) -> str:
    words = line.decode("utf-8", "replace").lstrip("# \t").split()
    return words[0] if words[0].startswith("@") else " ".join(words[:5])


def _words(line: bytes, name: str) -> tuple[str, ...]:
    """Return the words of a job's line as the shell takes them, which gets it from cron; none where it would not."""
    text = line.decode("utf-8", "surrogateescape").lstrip("# \t")
    text = text[: text.rindex(f"{MARK}{name}")]
    timing_words = 1 if text.startswith("@") else 5
    command = text.split(None, timing_words)[timing_words:]
    # For cron a bare % ends the command, and \% stands for one.
    shell = re.split(r"(?<!\\)%", "".join(command))[0].replace("\\%", "%")
    lexer = shlex.shlex(shell, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        return tuple(lexer)
    except ValueError:
        return ()  # a quote that never ends


def _state(lines: list[bytes]) -> str:
    if not lines:
        return ABSENT
    return DISABLED if all(_commented(line) for line in lines) else ENABLED
