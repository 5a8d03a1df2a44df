"""Attributes of QGIS as plain values."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, QTime

from ...engine.zones.layer import canonical_json
from ...engine.zones.layer import plain_value as plain_python
from ..support.compat import is_null

_PYTHON = (str, int, float, bool)


def plain_value(value: Any, *, is_json: bool = False) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text.

    A map is JSON in its one form, and so is what else a field of JSON has.
    """
    if type(value) in _PYTHON:  # what most are
        return plain_python(value)
    if is_null(value):
        return None
    if isinstance(value, dict) or (is_json and not isinstance(value, str)):
        return canonical_json(value)
    if isinstance(value, (QDateTime, QDate, QTime)):
        return _moment(value)
    return value.toHex().data().decode() if isinstance(value, QByteArray) else plain_python(value)


def _moment(value: QDateTime | QDate | QTime) -> str | None:
    """Return a moment as the file has it: `toString` of a time that summer time leaves out on this machine is empty."""
    if isinstance(value, QDateTime):
        date, time = _moment(value.date()), _moment(value.time())
        return None if date is None else f"{date}T{time or '00:00:00'}"
    if not value.isValid():
        return None
    if isinstance(value, QDate):
        return f"{value.year():04}-{value.month():02}-{value.day():02}"
    return _time_text(value)


def _time_text(value: QTime) -> str:
    text = f"{value.hour():02}:{value.minute():02}:{value.second():02}"
    return f"{text}.{value.msec():03}" if value.msec() else text
