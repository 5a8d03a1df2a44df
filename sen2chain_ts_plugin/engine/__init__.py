"""Masked zonal statistics of a Sen2Chain library, with numpy, rasterio and GDAL. Nothing below here imports qgis.

What is named here is for notebooks and scripts, and its names stay; docs/engine.md shows how it goes together. Each
name is imported when it is first used: importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Each public name: where it is defined, and under which name where that differs.
_PLACES = {
    "AnalysisSummary": "analysis.run",
    "Compilation": "compilation.compile",
    "EngineError": "errors",
    "Extraction": "extraction.extract",
    "Feedback": "feedback",
    "IndexProduct": "library.index_product",
    "Library": "library.folders",
    "Logged": "feedback",
    "PixelOptions": "zones.pixel_options",
    "Request": "compilation.compile:CompileRequest",
    "Selection": "library.selection",
    "SerialExecutor": "workers.executor",
    "Settings": "series.smoothing:SmoothingSettings",
    "Silent": "feedback",
    "Summary": "extraction.extract:ExtractionSummary",
    "ThreadExecutor": "workers.threads",
    "Tree": "tree.layout",
    "Zones": "zones.layer",
    "aggregate": "analysis.tables",
    "anomaly": "analysis.tables",
    "compile_tree": "compilation.compile",
    "extract": "extraction.extract",
    "find_products": "library.products",
    "open_library": "library.folders",
    "open_tree": "tree.layout",
    "parse_list": "library.cloudmask",
    "phenology": "analysis.tables",
    "read_compiled": "series.tables",
    "read_rows": "series.tables",
    "read_table": "series.tables",
    "read_zones": "zones.vector_files",
    "smooth": "analysis.tables",
    "trend": "analysis.tables",
    "write_timeseries": "extraction.timeseries",
    "zones_from_frame": "zones.vector_files",
}
__all__ = sorted(_PLACES)  # noqa: PLE0605 each name is written once, above


def __getattr__(name: str) -> Any:
    """Import a name of the list above."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, original = _PLACES[name].partition(":")
    return getattr(import_module(f".{module}", __name__), original or name)


def __dir__() -> list[str]:
    """Return the names there are, for completion."""
    return sorted({*globals(), *_PLACES})
