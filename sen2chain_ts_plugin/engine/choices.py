"""What can be asked for, and what is when nothing is said.

Constants only, and nothing is imported: the toolbox declares its parameters with them each time QGIS starts.
"""

from __future__ import annotations

# The radiometric indices of Sen2Chain, and the bands that each is computed from.
INDEX_BANDS = {
    "NDVI": ("B08", "B04"),
    "NDWIMCF": ("B03", "B08"),
    "NDWIGAO": ("B08", "B11"),
    "MNDWI": ("B03", "B11"),
    "NDRE": ("B08", "B05"),
    "IRECI": ("B07", "B04", "B05", "B06"),
    "BIGR": ("B03", "B04"),
    "BIRNIR": ("B04", "B08"),
    "BIBG": ("B02", "B03"),
    "EVI": ("B08", "B04", "B02"),
    "NBR": ("B08", "B12"),
    "NDBI": ("B11", "B08"),
}
INDICES = tuple(INDEX_BANDS)

# The statistics of the valid pixels of a zone, in the order of their columns, and whether a value is a whole number.
# They are computed by `statistics.Accumulator.result`.
STATISTICS = {
    "min": int,
    "max": int,
    "mean": float,
    "std": float,
    "median": float,
    "percentile_25": float,
    "percentile_75": float,
}

# Which pixels belong to a zone, and what becomes of a zone that a negative buffer removes.
CENTRE, TOUCHED, FRACTION = PIXELS = ("centre", "touched", "fraction")
DROP, KEEP = SMALL = ("drop", "keep")
MIN_BUFFER, MAX_BUFFER = -500, 5000

# The periods to compile.
ALL_DATA = "alldata"
CUSTOM = "custom"
PERIODS = (ALL_DATA, "daily", "weekly", "monthly", "yearly", CUSTOM)

# Where the pixels of indices come from: what Sen2Chain made, the bands of L2A products, or the first where it is there.
AUTO_SOURCE, LIBRARY_SOURCE, L2A_SOURCE = "auto", "library", "l2a"
INDEX_SOURCES = (AUTO_SOURCE, LIBRARY_SOURCE, L2A_SOURCE)

# Of a job: every index, and when it runs.
ALL_INDICES = "All"
TIMING = "0 0 * * *"

# Around the zones of quicklooks, in metres, as Sen2Chain.
MARGIN = 1000.0

# Of a sample library: pixels per side, up to a full tile; acquisitions, up to all of two orbits in two
# years; years.
MIN_SIZE, DEFAULT_SIZE, MAX_SIZE = 64, 512, 10980
MIN_DATES, DEFAULT_DATES, MAX_DATES = 4, 24, 292
DEFAULT_SEED = 2
DEFAULT_YEARS, MAX_YEARS = 2, 4
