"""What the graphical interface remembers between sessions, in the settings of QGIS."""

from __future__ import annotations

from qgis.core import QgsSettings

_ROOT = "sen2chain_ts"
_RECENT = 10
# Lists of folders, the latest first.
EXTRACTIONS = "recent_extractions"
LIBRARIES = "recent_libraries"
# The library whose jobs are shown.
JOBS = "jobs/library"


def flag(name: str, default: bool) -> bool:
    return QgsSettings().value(f"{_ROOT}/{name}", default, type=bool)


def text(name: str, default: str = "") -> str:
    return QgsSettings().value(f"{_ROOT}/{name}", default, type=str)


def number(name: str, default: float) -> float:
    return QgsSettings().value(f"{_ROOT}/{name}", default, type=float)


def remember(name: str, value: bool | float | str) -> None:
    QgsSettings().setValue(f"{_ROOT}/{name}", value)


def recent(name: str) -> list[str]:
    """Return a list of texts, the latest first."""
    return [line for line in text(name).split("\n") if line]


def add_recent(name: str, value: str) -> None:
    """Put a text at the head of a list."""
    kept = [value, *(each for each in recent(name) if each != value)][:_RECENT]
    remember(name, "\n".join(kept))
