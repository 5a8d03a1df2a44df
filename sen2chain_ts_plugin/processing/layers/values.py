"""Attributes of QGIS as plain values."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, QTime

from ...engine.zones.layer import plain_value as plain_python
from ..support.compat import is_null


def plain_value(value: Any) -> object:
    """Return an attribute as a Python scalar: str, int, float, bool or None; dates and times as ISO text."""
    if is_null(value):
        return None
    if isinstance(value, QDateTime):
        # As the file has it: `toString` of a time that the summer time of this machine leaves out is empty.
        date, time = plain_value(value.date()), plain_value(value.time())
        return None if date is None else f"{date}T{time or '00:00:00'}"
    if isinstance(value, QDate):
        return f"{value.year():04}-{value.month():02}-{value.day():02}" if value.isValid() else None
    if isinstance(value, QTime):
        return _time_text(value) if value.isValid() else None
    if isinstance(value, QByteArray):
        return value.toHex().data().decode()
    return plain_python(value)


def _time_text(value: QTime) -> str:
    text = f"{value.hour():02}:{value.minute():02}:{value.second():02}"
    return f"{text}.{value.msec():03}" if value.msec() else text
