"""What came of a compile, in a sentence: how many zones have a series, on how many dates, how often clear."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from .best_rows import BestRows

# From this share of valid pixels on a zone counts as clear.
CLEAR = 0.5
SENTENCE_TEXT = "{index} {mask}: {zones} of {all} zones have a series, {dates} dates, median {clear} clear."


@dataclass
class _Counts:
    """Of one index and mask: the days with a row, and of each zone with a row how many rows are clear."""

    days: set[date] = field(default_factory=set)
    clear: list[np.ndarray] = field(default_factory=list)


class SeriesTally:
    """Counts the rows of compile as they come, some zones at a time.

    Parameters
    ----------
    zones
        how many zones the extraction has.
    """

    def __init__(self, zones: int) -> None:
        self._zones = zones
        self._pairs: dict[tuple[str, str], _Counts] = {}

    def add(self, index: str, mask_folder: str, series: BestRows) -> None:
        """Count the rows of some zones; of a zone they come all at once."""
        counts = self._pairs.setdefault((index, mask_folder), _Counts())
        counts.days |= {series.products[number].date.date() for number in np.unique(series.product)}
        _, zone = np.unique(series.fid, return_inverse=True)
        clear = series.count >= CLEAR * (series.count + series.nodata)
        if len(zone):
            counts.clear.append(np.bincount(zone, weights=clear))

    def sentences(self) -> list[dict[str, Any]]:
        """Return the values of `SENTENCE_TEXT` for each index and mask that has rows."""
        found = []
        for (index, mask), counts in self._pairs.items():
            clear = np.concatenate(counts.clear) if counts.clear else np.zeros(0)
            if len(clear):
                found.append({
                    "index": index, "mask": mask, "zones": len(clear), "all": max(self._zones, len(clear)),
                    "dates": len(counts.days), "clear": f"{np.median(clear):g}",
                })  # fmt: skip
        return found
