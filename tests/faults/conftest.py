"""A folder for tests that write thousands of files for good: in memory, where there is such a place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108 only the folder in which a private one is made


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder where fsync costs nothing."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="sen2chain_ts_test_", dir=_MEMORY))
    yield folder
    shutil.rmtree(folder)
