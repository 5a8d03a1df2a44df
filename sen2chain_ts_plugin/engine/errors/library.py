"""Failures of finding the library, and in it what is asked."""

from __future__ import annotations

from .base import EngineError


class LibraryNotFound(EngineError):
    """No Sen2Chain library where one was looked for."""

    message = (
        "No Sen2Chain library found; looked at: {places}. Give the library: a data folder (it holds INDICES), "
        "a folder that holds sen2chain_data/config/config.cfg, or a folder of L2A products (<product>.SAFE)."
    )


class ProductsZipped(EngineError):
    """A folder of products that are not unpacked."""

    message = "The products in {folder} are zipped: {files}. Unpack them: each becomes a folder <product>.SAFE."


class ProductZipped(EngineError):
    """A product that is not unpacked."""

    message = "{path} is zipped: unpack it, so that it becomes a folder <product>.SAFE."


class ProductRenamed(EngineError):
    """A product in a folder that is not called like one."""

    message = "{path} is passed over: the folder of a product is called <product>.SAFE. Rename it, once it is complete."


class ProductWithoutTile(EngineError):
    """A product whose name does not say which tile it shows."""

    message = (
        "{path}: the name says no tile (_T<tile>), as of products before December 2016. Download a later processing "
        "of this acquisition."
    )


class IndicesAbsent(EngineError):
    """A library without the indices that Sen2Chain makes."""

    message = (
        "There are no indices in {folder}. With INDEX_SOURCE auto or l2a they are computed from the bands of L2A "
        "products."
    )


class ProductsAbsent(EngineError):
    """A library without L2A products."""

    message = "No L2A product (<product>.SAFE) in {folder}, up to three levels deep. INDEX_SOURCE l2a needs some."


class CloudMaskOfSource(EngineError):
    """A cloud mask that the indices asked for cannot have."""

    message = (
        "Cloud mask {mask} does not go with indices from {source}: {reason}. Masks that are applied while reading "
        "do: SCL, PRB-50, NOMASK, CM001-VRT."
    )


class MaskNotComputed(EngineError):
    """A cloud mask that is not computed where its raster is missing."""

    message = (
        "No product of {indices} in {library} has the raster of {mask}, and CM003 with ITER0 is not computed: "
        "Sen2Chain would dilate such a mask until nothing is left. Choose at least ITER1."
    )


class ConfigDamaged(EngineError):
    """A config.cfg that cannot be read."""

    message = "Cannot read {path}: {reason}. Correct that line, or give the data folder itself as the library."


class UnknownCloudMask(EngineError):
    """A text that is no name of a cloud mask."""

    message = (
        "Unknown cloud mask '{name}'. Known forms: {produced}, OCM_v1_2_3; applied while reading: CM001-VRT (any of "
        "these with -VRT), "
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

    message = (
        "No product of {indices} in {library} has the cloud mask {masks}. Cloud masks found there: {there}. "
        "Masks that can be applied while reading: {possible}."
    )


class IndexAbsent(EngineError):
    """Indices that the library has no product of."""

    message = "{library} has no product of {indices}. Indices found there: {there}."


class CoverReversed(EngineError):
    """A minimum cloud cover above the maximum."""

    message = "The minimum cloud cover, {least} %, is above the maximum, {most} %. Swap them."
