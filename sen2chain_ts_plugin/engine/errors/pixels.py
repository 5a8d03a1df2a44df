"""Failures of the rules by which pixels belong to zones."""

from __future__ import annotations

from .base import EngineError


class PixelOptionInvalid(EngineError):
    """A value that a rule of pixels does not take."""

    message = "{option}: '{value}' is not possible; it is {allowed}."


class FractionNeedsPolygons(EngineError):
    """Points or lines, which cover no share of a pixel."""

    message = (
        "{layer} has {kind}, which cover no share of a pixel: PIXELS = fraction needs polygons. Choose centre or "
        "touched, or make polygons of them with a BUFFER of some metres."
    )


class PixelsInMaskName(EngineError):
    """The name of a cloud mask with the ending of results."""

    message = (
        "The ending -{ending} of the cloud mask {name} is that of results: ask for the cloud mask {plain}, and for "
        "PIXELS = {pixels}."
    )


class AllZonesVanish(EngineError):
    """A negative buffer that leaves nothing."""

    message = (
        "A buffer of {metres} m leaves nothing of any zone of {layer}. Take a smaller one, or SMALL = keep, which uses "
        "such zones as they are."
    )


class BufferToolMissing(EngineError):
    """A buffer, and no GEOS: neither GDAL's own Python bindings nor shapely."""

    message = (
        "BUFFER needs GDAL's own Python bindings, which QGIS has, or shapely, and neither is installed for this Python "
        "({reason}). Install shapely, or leave BUFFER at 0. To install it: {install}"
    )


class BufferFailed(EngineError):
    """A zone that GEOS cannot buffer."""

    message = "Zone {zone} of {layer} cannot be buffered: {reason}. Repair its geometry."


class JobPixelsInvalid(EngineError):
    """The pixels of a job's tasks, in a file that does not suit the job."""

    message = (
        "{path}: {reason}. Nothing was run. Save the tasks of the job again with 'Save a job', or correct this file, "
        "which says which pixels they take."
    )


class MinCoverageDiffers(EngineError):
    """A folder of results made with another least coverage."""

    message = (
        "The rows in {folder} were extracted with MIN_COVERAGE = {before}, now it is {now}. Rows of both must not mix: "
        "re-extract all existing products of this folder, or choose another output folder."
    )
