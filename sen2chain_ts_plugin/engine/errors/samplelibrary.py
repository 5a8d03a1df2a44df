"""Failures of the sample library."""

from __future__ import annotations

from .base import EngineError


class NotASampleLibrary(EngineError):
    """A folder that holds something else than a sample library."""

    message = (
        "{folder} is not empty and no sample library: it holds {found}. "
        "Choose a new or an empty folder, or one that an earlier run made. Nothing was changed."
    )


class SampleNumberInvalid(EngineError):
    """A number of the sample library that is out of its range."""

    message = "{name} is {value}; it has to be a whole number from {low} to {high}."


class RasterWriterMissing(EngineError):
    """A Python with nothing that writes the rasters of the sample library."""

    message = (
        "The sample library is written by rasterio or by GDAL's own Python bindings, and neither is there ({reason}). "
        "Install rasterio: {install}"
    )


class Jp2DriverMissing(EngineError):
    """A GDAL that cannot write JPEG 2000."""

    message = (
        "This GDAL cannot write JPEG 2000: it has no driver {driver}. "
        "Use a QGIS whose GDAL has it: those of Debian, Ubuntu, OSGeo4W and conda-forge do."
    )
