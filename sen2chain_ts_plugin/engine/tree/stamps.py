"""What tells whether a file is still the one it was, without reading it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from ..files import system_path

# A file that changes twice within one tick of the disk's clock keeps its times: those that are younger are read again.
_TICK = 50_000_000  # ns
_COARSE_TICK = 2_000_000_000  # of disks that count whole seconds


@dataclass(frozen=True)
class Stamp:
    """What tells whether a file is still the same: its size in bytes, when its content and its entry changed in ns."""

    size: int
    changed: int
    touched: int

    def is_settled(self) -> bool:
        """Tell whether the next change of the file will show in its times."""
        last = max(self.changed, self.touched)
        return time.time_ns() - last > (_TICK if last % 1_000_000_000 else _COARSE_TICK)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def stamp(path: Path) -> list[int]:
    """Return the stamp of a file as numbers; none for one that is not there."""
    try:
        found = stamp_of(os.stat(system_path(path)))
    except OSError:
        return []
    return [found.size, found.changed, found.touched]
