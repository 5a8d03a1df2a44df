"""qgis_process with the plugin as it is shipped, and a profile of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.package import plugin_files, stage

PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@dataclass
class QgisProcess:
    """The program and the environment it is started in."""

    environment: dict[str, str]

    def __call__(
        self, *arguments: str, environment: dict[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments],
            env={**self.environment, **(environment or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    def run(
        self, algorithm: str, environment: dict[str, str] | None = None, cwd: Path | None = None, /, **parameters: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run an algorithm of the plugin; a list gives a parameter several times."""
        words = []
        for name, value in parameters.items():
            words += [f"--{name}={item}" for item in (value if isinstance(value, list) else [value])]
        return self("run", f"sen2chain_ts:{algorithm}", *words, environment=environment, cwd=cwd)

    def results(
        self, algorithm: str, environment: dict[str, str] | None = None, /, **parameters: Any
    ) -> dict[str, Any]:
        """Run an algorithm that has to end well; return its outputs."""
        words = [f"--{name}={value}" for name, value in parameters.items()]
        run = self("--json", "run", f"sen2chain_ts:{algorithm}", *words, environment=environment)
        assert run.returncode == 0, run.stdout
        return json.loads(run.stdout[run.stdout.index("{\n") :])["results"]


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory: pytest.TempPathFactory) -> QgisProcess:
    """Return the program, which knows the plugin."""
    if PROGRAM is None:
        pytest.skip("needs qgis_process")
    folder = tmp_path_factory.mktemp("qgis")
    stage(plugin_files(), folder / "plugins")
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "QGIS_PLUGINPATH": str(folder / "plugins"),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("SEN2CHAIN_HOMEPATH", None)
    program = QgisProcess(environment)
    enabled = program("plugins", "enable", "sen2chain_ts_plugin")
    assert enabled.returncode == 0, enabled.stdout
    return program
