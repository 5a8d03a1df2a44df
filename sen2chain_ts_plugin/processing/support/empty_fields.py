"""What an empty field of a dialog means: the words that it shows, instead of QGIS's "[optional]"."""

from __future__ import annotations

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
    words = {
        "LIBRARY": tr("the library of SEN2CHAIN_HOMEPATH, or of the home folder"),
        "CLOUDMASKS": DEFAULT_MASK,
        "CLOUDMASK": DEFAULT_MASK,
        "DATE_MIN": _date_words(algorithm),
        "DATE_MAX": _date_words(algorithm),
        "KEY_FIELD": tr("the numbers of the zones"),
        "GROUP_FIELD": tr("guessed: crop, culture, farm…"),
        "EXTRACTION_ROOT": tr("the extraction folder of the library"),
        "OUTPUT": _output_words(algorithm),
        "INPUT": _input_words(algorithm),
        "COPY_SERVER": tr("no copy"),
        "TIMING": str(default or ""),
        "TASK": tr("a new one"),
    }
    return words.get(name, "")


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
