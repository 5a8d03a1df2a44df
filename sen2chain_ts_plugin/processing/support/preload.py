"""Modules that a run needs, imported in the main thread before it begins.

What is declared imports little, so that QGIS starts quickly; the rest was once imported by the run itself, in a thread
of its own, while the window was in use. Under load QGIS 3.22 crashed there: extension modules set themselves up as they
are imported, among them a second user of GDAL (rasterio), and nothing says that they may do so outside the main thread.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil

from qgis.core import QgsApplication

_ROOT = __package__.split(".processing")[0]
_PACKAGES = (f"{_ROOT}.engine", f"{_ROOT}.processing.layers", f"{_ROOT}.processing.support")
# What Python imports late, when the first date is parsed, the first file decoded; and, from version 2 on, numpy.
_STANDARD = ("_strptime", "encodings.utf_8_sig", "numpy.ma")
_WINDOW = "desktop"
GDAL = ("osgeo.gdal", "osgeo.gdal_array", "osgeo.ogr", "osgeo.osr")
RASTERS = (*GDAL, "rasterio", "rasterio.crs", "rasterio.warp", "rasterio.windows")
TABLES = ("pandas",)
SMOOTHING = ("scipy.signal",)
FIGURES = ("matplotlib.backends.backend_agg", "matplotlib.figure", "matplotlib.dates", "PIL.Image")


def preload(libraries: tuple[str, ...]) -> None:
    """Import the whole engine, the layers, and libraries; one that is missing is told of where it is used.

    Where QGIS has no window, a run has the main thread for itself, and imports what it comes to.
    """
    if QgsApplication.platform() != _WINDOW:
        return
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    preload_libraries(libraries)


def preload_libraries(libraries: tuple[str, ...]) -> None:
    """Import libraries, as far as they are there, and what Python and numpy import late."""
    preload_standard()
    for library in libraries:
        with contextlib.suppress(ImportError):
            importlib.import_module(library)


def preload_standard() -> None:
    """Import what Python and numpy import late, before something is read outside the main thread."""
    for name in _STANDARD:
        importlib.import_module(name)
