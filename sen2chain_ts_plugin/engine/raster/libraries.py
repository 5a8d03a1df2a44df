"""The libraries that read: GDAL's own Python bindings, rasterio, and what the log says of them.

GDAL's bindings come with every QGIS and are imported when they are first needed. Whether they raise exceptions is a
setting of the whole process and of all that runs in it. Nothing here touches it; what uses the bindings takes both.
Their advice to choose (GDAL 3.7 and later) is therefore not for our users.

A wheel of rasterio brings a GDAL and a PROJ of its own. In one process with those of QGIS, that has crashed and given
wrong coordinates; nothing can be done about it from inside.
"""

from __future__ import annotations

import re
import sys
import warnings
from functools import lru_cache
from typing import Any

from ..feedback import Feedback


@lru_cache(maxsize=1)
def rasterio_failure() -> Exception | None:
    """Return why rasterio cannot be used in this Python, tried once; None when it can."""
    try:
        import rasterio  # noqa: F401 asked for here only to know whether it is there
    except Exception as error:  # noqa: BLE001 one that was built for another numpy raises ValueError, for instance
        return error.with_traceback(None)
    return None


def has_rasterio() -> bool:
    """Tell whether rasterio can be used."""
    return rasterio_failure() is None


def report_reader(feedback: Feedback) -> None:
    """Say when rasterio cannot be used, and when it has another GDAL than the rest of the process."""
    failure = rasterio_failure()
    if isinstance(failure, ModuleNotFoundError) and failure.name == "rasterio":
        feedback.info("rasterio is not installed: GDAL's own Python bindings read the rasters, with the same results.")
    elif failure is not None:
        feedback.info(
            "rasterio cannot be used ({reason}): GDAL's own Python bindings read the rasters, with the same results.",
            reason=failure,
        )
    else:
        _report_versions(feedback)


def _report_versions(feedback: Feedback) -> None:
    # Alone with rasterio, this must not be what loads a second GDAL.
    if not {"osgeo.gdal", "qgis.core"} & sys.modules.keys():
        return
    try:
        bindings = gdal()
    except ImportError:
        return
    import rasterio

    mine, other = rasterio.__gdal_version__, bindings.VersionInfo("RELEASE_NAME")
    if mine != other:
        feedback.warning(
            "rasterio brings GDAL {mine} into a process that has GDAL {other}: this may crash or misplace zones. Use a "
            "rasterio from the same source as QGIS (apt, OSGeo4W, conda-forge), or uninstall it; it is not needed.",
            mine=mine, other=other,
        )  # fmt: skip


@lru_cache(maxsize=1)
def gdal_version() -> tuple[int, ...]:
    """Return the version of the GDAL that reads the rasters, as in ``(3, 6, 2)``."""
    if has_rasterio():
        import rasterio

        text = rasterio.__gdal_version__
    else:
        text = gdal().VersionInfo("RELEASE_NAME")
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def gdal() -> Any:
    """Return the module ``osgeo.gdal``; raises ImportError where there is none."""
    from osgeo import gdal as module

    _without_advice()
    return module


def ogr() -> Any:
    """Return the module ``osgeo.ogr``; raises ImportError where there is none."""
    from osgeo import ogr as module

    _without_advice()
    return module


def osr() -> Any:
    """Return the module ``osgeo.osr``; raises ImportError where there is none."""
    from osgeo import osr as module

    _without_advice()
    return module


@lru_cache(maxsize=1)
def _without_advice() -> None:
    warnings.filterwarnings("ignore", r"Neither \w+\.UseExceptions\(\)", FutureWarning)
