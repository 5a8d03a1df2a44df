"""The columns of raw and compiled files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ..choices import STATISTICS
from ..text import unique_names

RESULT_COLUMNS = (
    "date",
    "fid",
    "tile",
    "filename",
    "count",
    "nodata",
    "nbcld",
    "cldprb",
    *STATISTICS,
)


def attribute_columns(fields: Sequence[str]) -> list[str]:
    """Return the names of the columns of a layer's attributes, which follow the result columns.

    A name that is taken (by a result column or by another attribute) gets ``_1``, ``_2``…
    """
    return unique_names(fields, RESULT_COLUMNS)


# What each period column holds. Weeks begin on Sunday: 2021-01-01 is in 2021-00.
PERIOD_FORMS = {"year": "%Y", "month": "%Y-%m", "week": "%Y-%U", "day": "%Y-%m-%d"}

# What smoothing adds to the columns of a compiled file.
SMOOTH_COLUMNS = ("pixel_tot", "pct_no_data", "valid", "mean_div", "smoothed")


class Row(NamedTuple):
    """The statistics of one zone in one product, in the order of `RESULT_COLUMNS`; None where there is no value.

    Pixels are counted (or are floats: sums of their shares), statistics are in the unit of the raster (index x 10 000),
    the cloud probability is in %.
    """

    date: datetime
    zone: int
    tile: str
    filename: str
    valid: float  # the column `count`, which a tuple has as a method
    nodata: float
    cloudy: float | None
    probability: float | None
    min: int
    max: int
    mean: float
    std: float
    median: float
    percentile_25: float
    percentile_75: float
