"""What reads the rasters in this process, said where the user may want to know.

A wheel of rasterio brings a GDAL and a PROJ of its own. Beside those of QGIS in one process, that has crashed and given
wrong coordinates; nothing can be done about it from inside.
"""

from __future__ import annotations

import sys

from .feedback import Feedback


def report_reader(feedback: Feedback) -> None:
    """Say when rasterio is missing, and when it has another GDAL than the rest of the process."""
    try:
        import rasterio
    except ImportError:
        feedback.info("rasterio is not installed: GDAL's own Python bindings read the rasters, with the same results.")
        return
    # Alone with rasterio, this must not be what loads a second GDAL.
    if not {"osgeo.gdal", "qgis.core"} & sys.modules.keys():
        return
    try:
        from osgeo import gdal
    except ImportError:
        return
    mine, other = rasterio.__gdal_version__, gdal.VersionInfo("RELEASE_NAME")
    if mine != other:
        feedback.warning(
            "rasterio brings GDAL {mine} into a process that has GDAL {other}: this may crash or misplace zones. Use a "
            "rasterio from the same source as QGIS (apt, OSGeo4W, conda-forge), or uninstall it; it is not needed.",
            mine=mine, other=other,
        )  # fmt: skip
