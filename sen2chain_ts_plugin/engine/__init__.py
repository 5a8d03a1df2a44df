"""Masked zonal statistics of a Sen2Chain library, with numpy, rasterio and GDAL. Nothing below here imports qgis.

What is named here is for notebooks and scripts, and stays; docs/engine.md shows how it goes together. Each name is
imported when it is first used: importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cloudmask import parse_list
    from .compilation import Compilation, Request, compile_tree
    from .errors import EngineError
    from .executor import SerialExecutor, ThreadExecutor
    from .extraction import Summary, extract
    from .feedback import Feedback, Logged, Silent
    from .frames import read_compiled, read_rows, read_table
    from .layers import Zones, read_zones, zones_from_frame
    from .library import IndexProduct, Library, Selection, find_products, open_library
    from .smoothing import Settings
    from .timeseries import write_timeseries
    from .tree import Tree, open_tree

_MODULES = {
    "Compilation": "compilation",
    "EngineError": "errors",
    "Feedback": "feedback",
    "IndexProduct": "library",
    "Library": "library",
    "Logged": "feedback",
    "Request": "compilation",
    "Selection": "library",
    "SerialExecutor": "executor",
    "Settings": "smoothing",
    "Silent": "feedback",
    "Summary": "extraction",
    "ThreadExecutor": "executor",
    "Tree": "tree",
    "Zones": "layers",
    "compile_tree": "compilation",
    "extract": "extraction",
    "find_products": "library",
    "open_library": "library",
    "open_tree": "tree",
    "parse_list": "cloudmask",
    "read_compiled": "frames",
    "read_rows": "frames",
    "read_table": "frames",
    "read_zones": "layers",
    "write_timeseries": "timeseries",
    "zones_from_frame": "layers",
}

__all__ = [
    "Compilation",
    "EngineError",
    "Feedback",
    "IndexProduct",
    "Library",
    "Logged",
    "Request",
    "Selection",
    "SerialExecutor",
    "Settings",
    "Silent",
    "Summary",
    "ThreadExecutor",
    "Tree",
    "Zones",
    "compile_tree",
    "extract",
    "find_products",
    "open_library",
    "open_tree",
    "parse_list",
    "read_compiled",
    "read_rows",
    "read_table",
    "read_zones",
    "write_timeseries",
    "zones_from_frame",
]


def __getattr__(name: str) -> object:
    """Import a name of the list above."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    """Return the names there are, for completion."""
    return sorted({*globals(), *__all__})
