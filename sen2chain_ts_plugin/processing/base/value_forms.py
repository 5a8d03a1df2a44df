"""The forms in which a value may be given, for each kind of parameter, and what is said of any other.

Each function takes the definition of a parameter and what is given for it, which is not empty, and returns it as a
plain value; it raises a failure whose message begins with the name of the parameter.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingDestinationParameter,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from ...engine.errors import EngineError, ValueMissing, ValueNotUnderstood, ValueOutside, ValueRefused
from ...engine.library import cloudmask
from ..support.i18n import tr

# The texts that are the names of cloud masks, several or one, and those that are a day or words such as today-30.
SEVERAL_CLOUDMASKS, ONE_CLOUDMASK = "CLOUDMASKS", "CLOUDMASK"
DAYS = ("DATE_MIN", "DATE_MAX")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
# A day, or a day and a time as QGIS writes it into the history and on command lines: the day counts.
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?"
_DAY = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:[T ]{_TIME})?", re.ASCII)
# What only a shell or a browser takes for a place: here it would be the name of a folder.
_NO_PLACE = re.compile(r"\$\w|\$\{|%\w+%|file:", re.IGNORECASE)
_YES = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
_LONGEST_SHOWN = 200
_NO_LIMIT = 1e300


def own_name(definition: QgsProcessingParameterDefinition) -> str:
    """Return the name of a parameter, without the step of a model that it belongs to."""
    return str(definition.name()).rpartition(":")[2]


@contextmanager
def about(name: str) -> Iterator[None]:
    """Have a failure of the engine begin with the name of the parameter it is about."""
    try:
        yield
    except (ValueMissing, ValueNotUnderstood, ValueOutside, ValueRefused):
        raise  # it does
    except EngineError as error:
        raise ValueRefused(name=name, problem=error) from error


def read_text(definition: QgsProcessingParameterDefinition, value: Any) -> str:
    """Read a text; a number is the text of it, and of a path, the path."""
    value = _alone(value)
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if _is_number(value):
        value = str(_whole_if_possible(value))
    if not isinstance(value, str) or "\0" in value:
        raise not_understood(definition, value)
    return value


def read_words(definition: QgsProcessingParameterEnum, value: Any) -> tuple[str, ...]:
    """Read the words of a choice, or its one word."""
    words = _items(definition, value, ",") if definition.allowMultiple() else [read_text(definition, value).strip()]
    for word in words:
        if word not in definition.options():
            raise not_understood(definition, word)
    return tuple(dict.fromkeys(words))


def read_cloudmasks(definition: QgsProcessingParameterDefinition, value: Any) -> tuple[cloudmask.CloudMask, ...]:
    """Read the names of cloud masks, or of one."""
    several = own_name(definition) == SEVERAL_CLOUDMASKS
    names = _items(definition, value, "/,") if several else [read_text(definition, value).strip()]
    with about(definition.name()):
        return tuple(dict.fromkeys(cloudmask.parse(name) for name in names))


def read_number(definition: QgsProcessingParameterNumber, value: Any) -> float:
    """Read a number within the range of its parameter; a whole one where that asks for it."""
    given = value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = int(value) if _WHOLE.fullmatch(value.strip()) else float(value)
    if not _is_number(value):
        raise not_understood(definition, given)
    value = _whole_if_possible(value)
    if definition.dataType() == QgsProcessingParameterNumber.Type.Integer and not isinstance(value, int):
        raise not_understood(definition, given)
    if not definition.minimum() <= value <= definition.maximum():
        raise ValueOutside(name=definition.name(), value=shown(given), range=_range(definition))
    return value


def read_yes(definition: QgsProcessingParameterDefinition, value: Any) -> bool:
    """Read a yes or no."""
    answer = _YES.get(value.strip().lower()) if isinstance(value, str) else value
    if isinstance(answer, (bool, int, float)) and answer in (0, 1):
        return bool(answer)
    raise not_understood(definition, value)


def read_day(definition: QgsProcessingParameterDefinition, value: Any) -> date:
    """Read a day; of a day and a time, the day."""
    try:
        return _day(value)
    except (TypeError, ValueError):
        raise not_understood(definition, value) from None


def read_day_text(definition: QgsProcessingParameterDefinition, value: Any) -> str:
    """Read the text of a day, or of words for one such as today-30, which the engine knows."""
    value = _alone(value)
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        return read_text(definition, value).strip()
    return read_day(definition, value).isoformat()


def read_path(definition: QgsProcessingParameterDefinition, value: Any) -> str:
    """Read the path of a file or folder; ``~`` is the home folder, variables of a shell are refused."""
    path = _path(definition, value)
    if _NO_PLACE.match(path):
        raise not_understood(definition, path)
    return path


def _path(definition: QgsProcessingParameterDefinition, value: Any) -> str:
    value = _alone(value)
    if isinstance(value, (str, os.PathLike)):
        return os.path.expanduser(read_text(definition, value))
    raise not_understood(definition, value)


def read_sink(definition: QgsProcessingParameterDefinition, value: Any) -> Any:
    """Read where a layer is written to, as QGIS takes it."""
    return value if isinstance(value, QgsProcessingOutputLayerDefinition) else read_path(definition, value)


def read_layer(definition: QgsProcessingParameterDefinition, value: Any) -> Any:
    """Read a layer, its name, id or path, or a definition of a source, as QGIS takes it."""
    value = _alone(value)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        _check_opens(value.source.staticValue())
    if isinstance(value, (QgsVectorLayer, QgsProcessingFeatureSourceDefinition)):
        return value
    path = _path(definition, value)
    _check_opens(path)
    return path


def _check_opens(value: Any) -> None:
    """Refuse what is no file before QGIS opens it, and waits forever."""
    text = str(value).partition("|")[0] if isinstance(value, (str, Path)) else ""
    from ...engine.files import system_path

    if text and os.path.lexists(system_path(text)):
        from ...engine.zones.file_state import check_are_files

        check_are_files(Path(text))


def _alone(value: Any) -> Any:
    """Return the only item of a list of one, and anything else as it is."""
    return value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value


def _items(definition: QgsProcessingParameterDefinition, value: Any, separators: str) -> list[str]:
    if isinstance(value, str):
        items = [item.strip() for item in re.split(f"[{separators}]", value)]
    elif isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        items = [item.strip() for item in value]
    else:
        raise not_understood(definition, value)
    found = [item for item in items if item]
    if not found:
        raise not_understood(definition, value)  # separators alone
    return found


def _is_number(value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (isinstance(value, float) and math.isfinite(value))


def _whole_if_possible(value: float) -> float:
    return int(value) if value == int(value) else value


def _day(value: Any) -> date:
    if isinstance(value, QDateTime):
        value = value.date()
    if isinstance(value, QDate):
        return date(value.year(), value.month(), value.day())  # raises ValueError for a date that is none
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(value)
    return date.fromisoformat(match[1])


def shown(value: Any) -> str:
    """Return a value as it is shown in a message."""
    if isinstance(value, QgsVectorLayer):
        return str(value.name())
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def shown_null(expression: str) -> str:
    """Return how NULL is shown that an expression gives, or that is given as such."""
    return tr("NULL (from the expression or field {text})").format(text=expression) if expression else "NULL"


def not_understood(definition: QgsProcessingParameterDefinition, value: Any) -> ValueNotUnderstood:
    """Return the failure that says what a parameter takes instead of a value."""
    return ValueNotUnderstood(name=definition.name(), value=shown(value), expected=expected(definition))


@dataclass(frozen=True)
class Kind:
    """A kind of parameter: how its value is read, how QGIS itself would write that, and what it takes."""

    read: Callable[[Any, Any], Any]
    expected: Callable[[Any], str]
    plain: Callable[[Any, Any], Any] = lambda _, read: read


def kind_of(definition: QgsProcessingParameterDefinition) -> Kind:
    """Return the kind of a parameter."""
    name = own_name(definition)
    if isinstance(definition, QgsProcessingParameterString):
        if name in (SEVERAL_CLOUDMASKS, ONE_CLOUDMASK):
            return _CLOUDMASKS
        return _DAY_TEXT if name in DAYS else _TEXT
    for kind, types in _KINDS.items():
        if isinstance(definition, types):
            return kind
    raise TypeError(f"{definition.name()} is of a kind whose values nobody reads: {definition.type()}")


def expected(definition: QgsProcessingParameterDefinition) -> str:
    """Return what a parameter takes, as it is said in a message."""
    return kind_of(definition).expected(definition)


def _range(definition: QgsProcessingParameterNumber) -> str:
    low, high = definition.minimum(), definition.maximum()
    least, most = (str(_whole_if_possible(limit)) for limit in (low, high))
    if high > _NO_LIMIT:
        return tr("from {low}").format(low=least)
    return tr("from {low} to {high}").format(low=least, high=most)


def _expected_number(definition: QgsProcessingParameterNumber) -> str:
    whole = definition.dataType() == QgsProcessingParameterNumber.Type.Integer
    return tr("a whole number such as 10") if whole else tr("a number such as 50.5")


def _expected_words(definition: QgsProcessingParameterEnum) -> str:
    words = ", ".join(definition.options())
    if definition.allowMultiple():
        return tr("one or several of these words: {words}").format(words=words)
    return tr("one of these words: {words}").format(words=words)


def _expected_path(_: QgsProcessingParameterDefinition) -> str:
    return tr("the path of a folder or file (~ is the home folder; variables such as $HOME are not replaced)")


def _plain_words(definition: QgsProcessingParameterEnum, words: tuple[str, ...]) -> Any:
    return list(words) if definition.allowMultiple() else words[0]


_TEXT = Kind(read_text, lambda _: tr("a text"))
_DAY_TEXT = Kind(read_day_text, lambda _: tr("a date such as 2021-06-01, today or today-30"))
_CLOUDMASKS = Kind(
    read_cloudmasks,
    lambda _: tr("the name of a cloud mask such as CM001; several are separated by / or a comma"),
    lambda _, masks: "/".join(mask.name for mask in masks),
)
_KINDS: dict[Kind, tuple[type, ...]] = {
    Kind(read_yes, lambda _: tr("yes or no (also true, false, on, off, 1, 0)")): (QgsProcessingParameterBoolean,),
    Kind(read_number, _expected_number): (QgsProcessingParameterNumber,),
    Kind(read_words, _expected_words, _plain_words): (QgsProcessingParameterEnum,),
    Kind(
        read_day, lambda _: tr("a date such as 2021-06-01"), lambda _, day: QDate(day.year, day.month, day.day)
    ): (QgsProcessingParameterDateTime,),
    Kind(read_layer, lambda _: tr("a vector layer, or the path of one")): (
        QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer,
    ),
    Kind(read_sink, lambda _: tr("a file to write, or TEMPORARY_OUTPUT")): (QgsProcessingParameterFeatureSink,),
    Kind(read_path, _expected_path): (
        QgsProcessingParameterFile, QgsProcessingDestinationParameter,
    ),
}  # fmt: skip
