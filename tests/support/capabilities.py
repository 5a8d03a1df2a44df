"""What the system that runs the tests can do. A test asks for what it needs, never for a system by its name."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# What ends a process so that it cannot do anything about it, and what its exit code then is.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
KILLED = -KILL if hasattr(signal, "SIGKILL") else KILL
# The same of `subprocess.Popen.kill`: Windows ends such a process with the code 1.
KILLED_BY_POPEN = -KILL if hasattr(signal, "SIGKILL") else 1

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies of this process (fork)")


def _runs_scripts() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script")
        script.write_bytes(b"#!/bin/sh\nexit 3\n")
        script.chmod(0o755)
        try:
            return subprocess.run([str(script)], check=False).returncode == 3
        except OSError:
            return False


RUNS_SCRIPTS = _runs_scripts()
needs_scripts = pytest.mark.skipif(not RUNS_SCRIPTS, reason="needs programs that are scripts (#!)")
needs_permissions = pytest.mark.skipif(
    IS_ROOT or not hasattr(os, "geteuid"), reason="permissions of folders refuse nobody here"
)


def _is_device(path: str) -> bool:
    try:
        # Wine shows those of the system beneath it, on a drive.
        return os.path.abspath(path) == path and stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return False


def _tells_when_changed() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(b"")
        os.utime(path, ns=(0, 0))
        before = path.stat().st_ctime_ns
        time.sleep(0.05)
        path.write_bytes(b"1")
        os.utime(path, ns=(0, 0))
        return path.stat().st_ctime_ns != before


needs_change_time = pytest.mark.skipif(
    not _tells_when_changed(), reason="needs a time of change that nobody can set (ctime)"
)
needs_full_device = pytest.mark.skipif(not _is_device("/dev/full"), reason="needs a device that is full (/dev/full)")


def make_link(path: Path, target: Path) -> None:
    """Make a symbolic link; skip the test where there are none, or only ones that pretend."""
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except (OSError, NotImplementedError) as error:
        pytest.skip(f"no symbolic links here: {error}")
    if not path.is_symlink():
        pytest.skip("symbolic links are not real here")


def make_pipe(path: Path) -> None:
    """Make a named pipe; skip the test where there are none."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(path)


def tells_no_capitals_apart(folder: Path) -> bool:
    """Tell whether the files of a folder, which has some, are found whatever the capitals of their names."""
    name = next(name for name in os.listdir(folder) if name.swapcase() != name)
    return os.path.exists(folder / name.swapcase())
