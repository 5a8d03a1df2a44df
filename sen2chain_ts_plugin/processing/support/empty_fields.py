"""What an empty field of a dialog means: the words that it shows, instead of QGIS's "[optional]"."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition

from ...engine.library.cloudmask import DEFAULT as DEFAULT_MASK
from .i18n import tr

# Under which the words are kept in a parameter, for the widgets of dialogs.
EMPTY = "sen2chain_ts_empty"


def empty_words(algorithm: QgsProcessingAlgorithm, parameter: QgsProcessingParameterDefinition) -> str | None:
    """Return what an empty field means; empty where it is seldom empty, None where QGIS's own words are right."""
    name = parameter.name()
    if not parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional or name in ("TABLE", "REPORT"):
        return None
    if name in ("INDICES", "CLOUDMASKS") and parameter.defaultValue() is None:
        return _whatever_is_there(algorithm)
    default = parameter.defaultValue()
    if isinstance(default, list):
        return ", ".join(str(word) for word in default)
    if name == "TIMING":
        return str(default or "")
    words = _WORDS.get(name)
    return words(algorithm) if words else ""


def _whatever_is_there(algorithm: QgsProcessingAlgorithm) -> str:
    if algorithm.parameterDefinition("EXTRACTION") is not None:
        return tr("all that were extracted")
    return tr("all that the library has")


def _date_words(algorithm: QgsProcessingAlgorithm) -> str:
    return tr("only for custom") if algorithm.name() == "compile" else tr("no limit")


def _output_words(algorithm: QgsProcessingAlgorithm) -> str:
    if algorithm.parameterDefinition("EXTRACTION") is not None:
        return tr("in the extraction itself")
    if algorithm.name() == "timeseries":
        return tr("the time series folder of the library")
    return tr("the extraction folder of the library")


def _input_words(algorithm: QgsProcessingAlgorithm) -> str:
    if algorithm.name() == "inventory":
        return tr("all tiles of the library")
    return tr("a line to complete by hand")


# Called only for the fields that there are: an algorithm is made many times, and QGIS starts with all of them.
_WORDS: dict[str, Callable[[QgsProcessingAlgorithm], str]] = {
    "LIBRARY": lambda _: tr("the library of SEN2CHAIN_HOMEPATH, or of the home folder"),
    "CLOUDMASKS": lambda _: DEFAULT_MASK,
    "CLOUDMASK": lambda _: DEFAULT_MASK,
    "DATE_MIN": _date_words,
    "DATE_MAX": _date_words,
    "KEY_FIELD": lambda _: tr("the numbers of the zones"),
    "GROUP_FIELD": lambda _: tr("guessed: crop, culture, farm…"),
    "EXTRACTION_ROOT": lambda _: tr("the extraction folder of the library"),
    "OUTPUT": _output_words,
    "INPUT": _input_words,
    "COPY_SERVER": lambda _: tr("no copy"),
    "TASK": lambda _: tr("a new one"),
}
