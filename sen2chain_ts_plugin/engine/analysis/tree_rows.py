"""The rows of an extraction for an analysis, some zones at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..feedback import Feedback
from ..series.best_rows import BestRows, read_series
from ..tree.columns import RESULT_COLUMNS
from ..tree.layout import Tree
from ..tree.raw_csv import raw_files
from .kinds import Acquisitions
from .periods import day_number
from .rows import CLOUDY_PROBABILITY, SCALE, Rows, Span, best_of_day
