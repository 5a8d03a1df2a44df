"""What every test may use, with QGIS and without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

DATA = Path(__file__).parent / "data"

# No deadline: the first call compiles and fills caches. The same cases on every machine in CI, new ones at every desk:
# few in one run, but others in the next.
settings.register_profile("default", deadline=None, max_examples=40, derandomize=bool(os.environ.get("CI")))
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the small library, the layers, and what Sen2Chain itself wrote for them. Never write there."""
    return DATA / "reference"
