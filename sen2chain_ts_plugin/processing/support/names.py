"""The names of parameters, as models, scripts and the history know them."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsFields, QgsWkbTypes

INPUT = "INPUT"
LIBRARY = "LIBRARY"
INDICES = "INDICES"
CLOUDMASK = "CLOUDMASK"
CLOUDMASKS = "CLOUDMASKS"
INDEX_SOURCE = "INDEX_SOURCE"
DATE_MIN = "DATE_MIN"
DATE_MAX = "DATE_MAX"
COVER_MIN = "COVER_MIN"
COVER_MAX = "COVER_MAX"
THREADS = "THREADS"
EXTRACTION = "EXTRACTION"
OUTPUT = "OUTPUT"
TABLE = "TABLE"
WIDE_TABLE = "WIDE_TABLE"
REPORT = "REPORT"
KEY_FIELD = "KEY_FIELD"
GROUP_FIELD = "GROUP_FIELD"

# The fields, the kind of geometry and the CRS of a layer.
TableLayout = tuple[QgsFields, QgsWkbTypes.Type, QgsCoordinateReferenceSystem]
