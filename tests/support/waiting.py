"""Waiting for something to happen, without a clock that a slow machine loses against."""

from __future__ import annotations

import time
from collections.abc import Callable

_HANGS_SECONDS = 600  # nobody is as slow; a test that hangs ends some day


def wait_for(condition: Callable[[], object], meanwhile: Callable[[], object] = lambda: time.sleep(0.01)) -> None:
    """Return once something is so; until then, call what makes it so, or sleep for a moment."""
    end = time.monotonic() + _HANGS_SECONDS
    while not condition():
        assert time.monotonic() < end, "it hangs"
        meanwhile()
