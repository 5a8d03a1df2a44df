"""What can be asked for, and what is when nothing is said.

Constants only, and nothing is imported: the toolbox declares its parameters with them each time QGIS starts.
"""

from __future__ import annotations

# The radiometric indices of Sen2Chain.
INDICES = ("NDVI", "NDWIMCF", "NDWIGAO", "MNDWI", "NDRE", "IRECI", "BIGR", "BIRNIR", "BIBG", "EVI", "NBR", "NDBI")

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

# Of a job: every index, and when it runs.
ALL_INDICES = "All"
TIMING = "0 0 * * *"

# Around the zones of quicklooks, in metres, as Sen2Chain.
MARGIN = 1000.0

# Of a sample library: pixels per side, up to a full tile; acquisitions, up to all of two orbits in two years.
MIN_SIZE, DEFAULT_SIZE, MAX_SIZE = 64, 512, 10980
MIN_DATES, DEFAULT_DATES, MAX_DATES = 4, 24, 292
DEFAULT_SEED = 2
