"""Texts and names: made safe for a file, made unique, made fit for a field of a CSV."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

WINDOWS_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{device}{n}" for device in ("COM", "LPT") for n in "0123456789¹²³"))
)


# A layer's name is part of the names of files, of a quicklook along with another one: together within 255 bytes.
_LONGEST_NAME, _LONGEST_NAME_BYTES = 60, 100


def safe_name(text: str) -> str:
    """Return a layer's name made safe for a file name on every system, and never empty.

    Letters of every script stay; spaces, separators and what Windows refuses become ``_``.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w.\-]+", "_", text).strip("._-")[:_LONGEST_NAME]
    text = text.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore").rstrip("._-")
    if not text:
        return "zones"
    stem, dot, rest = text.partition(".")  # "con.txt" is the console too
    return f"{stem}_{dot}{rest}" if stem.upper() in WINDOWS_DEVICES else text


def unique_names(names: Sequence[str], taken: Sequence[str], *, ignore_case: bool = False) -> list[str]:
    """Return names that are neither taken nor repeated: where one is, the first free of ``_1``, ``_2``… is added."""

    def key(name: str) -> str:
        return name.casefold() if ignore_case else name

    used = {key(name) for name in taken}
    # The names that need no change keep theirs, whatever comes before them.
    wanted = {key(name) for name in names}
    result = []
    last: dict[str, int] = {}  # the number that was given last, by name: of many alike none is tried twice
    for name in names:
        number = last.get(key(name), 0)
        free = f"{name}_{number}" if number else name
        while key(free) in used or (number and key(free) in wanted):
            number += 1
            free = f"{name}_{number}"
        last[key(name)] = number
        used.add(key(free))
        result.append(free)
    return result


# In the address of a file that is read from a server: a name and a password before its host, a key behind the ``?``.
# As a path of Windows an address has backslashes.
_PASSWORD = re.compile(r"(?<=:[/\\])(?P<slash>[/\\]?)[^/:@\s|']+:[^/@\s|']+@")
_KEY = re.compile(r"(?<=[/\\]vsi)(?P<path>[^?\s|']*\?)[^\s|']+")


def without_password(text: str) -> str:
    """Return a text as it may be shown: the addresses of servers in it without password and key."""
    return _KEY.sub(r"\g<path>***", _PASSWORD.sub(r"\g<slash>***@", text))


# Inside a field these would break the line or the file for other readers; Sen2Chain removes all but NUL too.
_REMOVED = str.maketrans("", "", "\t\r\n\0")


def clean_text(text: str) -> str:
    """Return text as it is written in a field of a CSV: without tab, CR, LF and NUL."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_REMOVED)
    # Half a character, as a program may leave it by cutting a text, has no UTF-8.
    return text if text.isascii() else text.encode(errors="replace").decode()
