"""A real QGIS with a window, on a screen that nobody sees, for one scenario at a time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.package import plugin_files, stage

PROGRAM = shutil.which("qgis.bin") or shutil.which("qgis")
SCREEN = shutil.which("xvfb-run")
SCENARIOS = Path(__file__).parent / "scenarios"
TIMEOUT_SECONDS = 300


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the plugin as it is shipped."""
    folder = tmp_path_factory.mktemp("plugins")
    stage(plugin_files(), folder)
    return folder


@pytest.fixture
def play(staged: Path, tmp_path: Path, reference: Path) -> Callable[..., dict[str, Any]]:
    """Return a function that starts QGIS, plays a scenario in it, and returns what the scenario has seen.

    The scenario has a library and layers of its own, in ``<tmp_path>/data``.
    """
    if PROGRAM is None or SCREEN is None:
        pytest.skip("needs QGIS and xvfb-run")
    data = tmp_path / "data"
    shutil.copytree(reference / "library", data / "library")
    shutil.copytree(reference / "layers", data / "layers")
    shutil.copytree(reference / "expected" / "EXTRACTION_CM004", data / "expected")
    (data / "trees").mkdir()
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)

    def run(scenario: str, *options: str, **environment: str) -> dict[str, Any]:
        before = tmp_path / "data before"
        shutil.copytree(data, before)
        ended, said = once(scenario, *options, **environment)
        if f"QGIS died on signal {signal.SIGSEGV.value}" in said:
            # 3.22 does so now and then while a program walks through its widgets; twice running is no accident.
            warnings.warn(f"QGIS died in {scenario}, and is started again", stacklevel=2)
            for folder in (data, tmp_path / "profiles"):
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(before, data)
            ended, said = once(scenario, *options, **environment)
        shutil.rmtree(before)
        assert seen.exists(), said
        found = json.loads(seen.read_text(encoding="utf-8"))
        assert not found.get("problem"), found["problem"]
        assert found["imported_beside"] == []
        assert found["warned"] == []
        assert ended == 0, said
        return found

    seen = tmp_path / "seen.json"

    def once(scenario: str, *options: str, **environment: str) -> tuple[int, str]:
        seen.unlink(missing_ok=True)
        command = [SCREEN, "-a", "-s", "-screen 0 1400x900x24", PROGRAM, "--noversioncheck", "--nologo"]
        command += [
            *options,
            "--profiles-path",
            str(tmp_path / "profiles"),
            "--code",
            str(SCENARIOS / f"{scenario}.py"),
        ]
        process = subprocess.Popen(
            command,
            env={
                **{name: value for name, value in os.environ.items() if name != "QGIS_CUSTOM_CONFIG_PATH"},
                "QGIS_PLUGINPATH": str(staged),
                "QT_QPA_PLATFORM": "xcb",
                "LC_ALL": "C.UTF-8",
                "PYTHONFAULTHANDLER": "1",
                "XDG_RUNTIME_DIR": str(runtime),
                "SCENARIO_FOLDER": str(SCENARIOS),
                "SCENARIO_DATA": str(data),
                "SCENARIO_SEEN": str(seen),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # QGIS and the screen
            said, _ = process.communicate()
            pytest.fail(f"QGIS did not end: {said}")
        return process.returncode, said

    return run
