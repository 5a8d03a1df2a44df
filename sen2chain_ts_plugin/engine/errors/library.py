"""Failures of finding the library, and in it what is asked."""

from __future__ import annotations

from .base import EngineError


class LibraryNotFound(EngineError):
    """No Sen2Chain library where one was looked for."""

    message = (
        "No Sen2Chain library found; looked at: {places}. Give the library: a data folder (it holds INDICES), "
        "or a folder that holds sen2chain_data/config/config.cfg."
    )


class ConfigDamaged(EngineError):
    """A config.cfg that cannot be read."""

    message = "Cannot read {path}: {reason}. Correct that line, or give the data folder itself as the library."


class UnknownCloudMask(EngineError):
    """A text that is no name of a cloud mask."""

    message = (
        "Unknown cloud mask '{name}'. Known forms: CM001, CM002-B11, CM003-PRB1-ITER5, "
        "CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM, OCM_v1_2_3; applied while reading: CM001-VRT (any of these with -VRT), "
        "SCL, SCL-3-8-9-10, PRB-50, these also with a dilation in metres, as in SCL-DIL40, and NOMASK; "
        "several are separated by / or a comma."
    )


class CloudMaskMalformed(UnknownCloudMask):
    """The name of a cloud mask with a part that does not exist."""

    message = "Unknown cloud mask '{name}': {reason}. CM003-PRB1-ITER5, SCL-3-8-9-10 and CM001-VRT-DIL40 are names."


class UnknownCloudMaskHere(EngineError):
    """A text that is no name of a cloud mask, and those that the library or the extraction has."""

    message = "{problem} Cloud masks in {place}: {there}."


class CloudMaskAbsent(EngineError):
    """A cloud mask that no product has."""

    message = "No product of {indices} in {library} has the cloud mask {masks}. Cloud masks found there: {there}."


class IndexAbsent(EngineError):
    """Indices that the library has no product of."""

    message = "{library} has no product of {indices}. Indices found there: {there}."


class CoverReversed(EngineError):
    """A minimum cloud cover above the maximum."""

    message = "The minimum cloud cover, {least} %, is above the maximum, {most} %. Swap them."
