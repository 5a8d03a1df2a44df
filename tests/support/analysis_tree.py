"""An extraction of several years for the tests of the analyses: what its zones do is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.support.raw_tree import Row, make_tree, masked_name, row

FIRST, YEARS = date(2016, 1, 3), 6
ATTRIBUTES = ({"name": "north", "code": "007"}, {"name": 'a "quoted", one', "code": ""}, {"name": "sugar", "code": "1"})


def season(day: date) -> float:
    """Return the index of a field with one season a year, whose half points are days 100 and 250."""
    doy = day.timetuple().tm_yday
    return float(0.2 + 0.5 * (1 / (1 + np.exp(-(doy - 100) / 8)) - 1 / (1 + np.exp(-(doy - 250) / 8))))


def rows_of_years(zones: int = 3, years: int = YEARS, **names: str) -> list[Row]:
    """Return a row per zone every 5 days; now and then the zone is not seen, or a cloud was missed.

    Zone 1 is lower by 0.1 in the fourth year.
    """
    random = np.random.default_rng(7)
    rows = []
    for number in range(73 * years):
        day = FIRST + timedelta(5 * number)
        filename = masked_name(day.isoformat(), **names)
        for zone in range(zones):
            seen, missed = random.random(2)
            if seen < 0.2:
                continue
            value = (
                season(day) + 0.01 * random.standard_normal() - (0.1 if (zone, day.year) == (1, FIRST.year + 3) else 0)
            )
            value -= 0.3 if missed < 0.03 else 0
            count = int(random.integers(40, 101))
            cells = {"count": count, "nodata": 100 - count, "nbcld": int(missed < 0.03), "mean": float(value * 10000)}
            attributes = ATTRIBUTES[zone % len(ATTRIBUTES)]
            rows.append(row(zone, filename, **cells, median=cells["mean"] + 10, std=500.0, cldprb=0.1, **attributes))
    return rows


def analysis_tree(root: Path, **names: str) -> Path:
    """Make the extraction, without its shapefile."""
    return make_tree(root, rows_of_years(**names))
