"""The commands of README.md, run as they stand there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.conftest import PROGRAM, QgisProcess
from tests.support.readme import examples, make_data, placed


def test_the_commands(qgis_process: QgisProcess, reference: Path, tmp_path: Path) -> None:
    (block,) = examples("", "qgis_process run")
    commands = block.replace("\\\n", " ").splitlines()
    assert [command.split()[2] for command in commands] == ["sen2chain_ts:extract", "sen2chain_ts:compile"]
    make_data(reference, tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "qgis_process").symlink_to(str(PROGRAM))
    environment = {**qgis_process.environment, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    tree = ""
    for command in commands:
        run = subprocess.run(
            ["sh", "-c", placed(command, tmp_path, tree)], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout
        (made,) = (tmp_path / "library" / "EXTRACTION").iterdir()
        tree = made.name
    for index in ("NDVI", "NBR"):
        compiled = made / "compiled_data" / index / "CM001"
        assert list((compiled / "all_data").glob("*_all_data.csv"))
        assert list((compiled / "monthly").glob("fields_CC100_*_monthly_2023-*.csv"))
        assert "smooth" in run.stdout
