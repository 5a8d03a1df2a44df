"""GDAL's own Python bindings, which every QGIS has; imported when they are first needed.

Whether they raise exceptions is a setting of the whole process, and of whoever runs in it: nothing here touches it, and
what uses the bindings takes both. Their advice to choose (GDAL 3.7 and later) is therefore not for our users.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any


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
