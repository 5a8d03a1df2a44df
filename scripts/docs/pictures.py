"""Makes the pictures of the docs from the real program: `make pictures`. They change only when the program does.

A QGIS with a window, on a screen that nobody sees, follows the first steps of the manual (see pictures_session.py).
Everything but the pictures goes to a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Its paths are seen in the pictures.
WORK = Path(tempfile.gettempdir()) / "sen2chain"
PICTURES = ROOT / "docs" / "images"
TIMEOUT_SECONDS = 900


def main() -> int:
    """Make everything anew; return the exit code."""
    qgis = shutil.which("qgis.bin") or shutil.which("qgis")
    screen = shutil.which("xvfb-run")
    if qgis is None or screen is None:
        print("pictures: needs QGIS and xvfb-run; make setup installs them", file=sys.stderr)
        return 1
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    print("pictures: taking them in QGIS")
    PICTURES.mkdir(parents=True, exist_ok=True)
    command = [screen, "-a", "-s", "-screen 0 1440x900x24", qgis, "--noversioncheck", "--nologo"]
    session = Path(__file__).with_name("pictures_session.py")
    command += ["--profiles-path", str(WORK / "profiles"), "--code", str(session)]
    with (WORK / "qgis.log").open("wb") as log:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            env={**environment(), "PICTURES_TO": str(PICTURES), "PICTURES_WORK": str(WORK)},
        )  # fmt: skip
        try:
            failed = running.wait(TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # QGIS and its screen
            failed = running.wait()
    shutil.rmtree(WORK / "profiles", ignore_errors=True)
    if failed:
        print((WORK / "qgis.log").read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
        return 1
    for path in sorted(PICTURES.glob("*.png")):
        print(f"pictures: {path.relative_to(ROOT)}")
    return 0


def environment() -> dict[str, str]:
    """Return an environment in which QGIS finds the staged plugin, and no jobs or settings of the user."""
    programs = WORK / "bin"
    programs.mkdir(exist_ok=True)
    # A crontab that only the pictures see.
    crontab = programs / "crontab"
    table = WORK / "crontab.txt"
    table.touch()
    crontab.write_text(f'#!/bin/sh\nif [ "$1" = -l ]; then cat "{table}"; else cat >"{table}"; fi\n')
    crontab.chmod(0o755)
    runtime = WORK / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in ("QGIS_CUSTOM_CONFIG_PATH",)}
    return {
        **kept,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "QGIS_PLUGINPATH": str(ROOT / "build"),
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",
    }


if __name__ == "__main__":
    sys.exit(main())
