"""Ranges of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DateRange:
    """From a first to a last day, both included.

    Attributes
    ----------
    first, last
        None for no limit.
    """

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day is in the range."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
