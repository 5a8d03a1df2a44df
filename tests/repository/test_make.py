"""The Makefile is the list of what one can do here."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def make(*arguments: str) -> str:
    command = ["make", "--no-print-directory", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}).stdout


def test_make_alone_lists_every_target_in_one_line_each() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = re.findall(r"^  make ([a-z-]+) +\S.+$", make(), re.MULTILINE)
    assert targets is not None
    assert sorted(listed) == sorted(targets[1].split())
    assert max(map(len, make().splitlines())) <= 120


@pytest.mark.parametrize("target", ["demo", "test", "lint"])
def test_what_needs_a_prepared_machine_prepares_it_first(target: str) -> None:
    plan = make("--dry-run", "--jobs=8", target).splitlines()
    assert plan[0] == "scripts/setup.sh"
    assert "scripts/package.py stage" in plan[1]
    assert plan[2].startswith(f"scripts/{target}.sh")
