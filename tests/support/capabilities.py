"""What the system that runs the tests can do. A test asks for what it needs, never for a system by its name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# What ends a process so that it cannot do anything about it, and what its exit code then is.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
KILLED = -KILL if hasattr(signal, "SIGKILL") else KILL

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies of this process (fork)")
needs_scripts = pytest.mark.skipif(os.name != "posix", reason="needs programs that are scripts (#!)")
needs_permissions = pytest.mark.skipif(
    IS_ROOT or not hasattr(os, "geteuid"), reason="permissions of folders refuse nobody here"
)


def link(path: Path, target: Path) -> None:
    """Make a symbolic link; skip the test where there are none, or only ones that pretend."""
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except (OSError, NotImplementedError) as error:
        pytest.skip(f"no symbolic links here: {error}")
    if not path.is_symlink():
        pytest.skip("symbolic links are not real here")
